#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The resolver of every VPC: the way there, and what vpcdnsd says.
#
#   my/a 10.0.0.0/24, zone a: client .10, neighbour .11      my/b 10.0.1.0/24, zone c
#   twin/a 10.0.0.0/24: twin .10, region us-east-1           peer/a 10.5.0.0/24: peer .10

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib_dns.sh
. "$(dirname "$0")/lib_dns.sh"

VPCS_CLOSED=yes
CLIENT=c-$SUFFIX
NEIGHBOUR=n-$SUFFIX
TWIN=t-$SUFFIX
PEER=p-$SUFFIX
SERVICE=com.amazonaws.ap-northeast-2.sqs
SQS=sqs.ap-northeast-2.amazonaws.com
SQS_PUBLIC=52.95.193.156
EP_A=10.0.0.65
EP_B=10.0.1.237
WWW=www.example.com
HERE=ap-northeast-2.compute.internal
ASK="udp and dst port 53"

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16 region ap-northeast-2
		subnet add my/a cidr 10.0.0.0/24 zone ap-northeast-2a
		subnet add my/b cidr 10.0.1.0/24 zone ap-northeast-2c
		security-group add my/silent
		network-acl add my/none
		vpc add twin cidr 10.0.0.0/16 region us-east-1 dns-hostnames on
		subnet add twin/a cidr 10.0.0.0/24 zone us-east-1a
		vpc add peer cidr 10.5.0.0/16 region ap-northeast-2 dns-hostnames on
		subnet add peer/a cidr 10.5.0.0/24 zone ap-northeast-2a
		peering add pcx vpc my peer-vpc peer
		peering accept pcx
	END
	add_instance "$CLIENT" my/a 10.0.0.10 &&
	add_instance "$NEIGHBOUR" my/a 10.0.0.11 &&
	add_instance "$TWIN" twin/a 10.0.0.10 &&
	use_resolver "$CLIENT" &&
	add_instance "$PEER" peer/a 10.5.0.10 &&
	use_resolver "$NEIGHBOUR" &&
	use_resolver "$TWIN" &&
	use_resolver "$PEER" 10.5.0.2
}

# refusals < LINES OF NAME|WORD|COMMAND
refusals() {
	local name word cmd

	config_mark
	while IFS='|' read -r name word cmd; do
		# shellcheck disable=SC2086 # a command
		refused "$name" "$word" vr $cmd
	done
}

shows() { # shows PATTERN NOUN REF
	vr "$2" show "$3" >"$TMP/said"
	cat "$TMP/said"
	grep -qE -- "$1" "$TMP/said"
}

must add_router
must add_internet
must build
must add_resolver

# The way there
check "VPC-20: the resolver is at the VPC's first address and two" resolves "$CLIENT" "$INET_HOST" "$WWW"
check "VPC-24: and at $LINK_LOCAL" resolves "$CLIENT" "$INET_HOST" @$LINK_LOCAL "$WWW"
check "VPC-4: of another VPC with the same addresses, too" resolves "$TWIN" "$INET_HOST" "$WWW"
check "its sessions end with their answers" busywait 3000 no_sessions
check "by TCP" resolves "$CLIENT" "$INET_HOST" +tcp "$WWW"
check "the two questions of a program from one socket" \
	equals "$(in_ns "$CLIENT" timeout 3 getent ahosts "$WWW" | cut -d' ' -f1 | sort -u)" "$INET_HOST"
check "questions in a row from one socket: each is answered" \
	equals "$(in_ns "$CLIENT" "$PYTHON" "$LIB_DIR/dns_client.py" burst 10.0.0.2 "$WWW" 50)" 50

pool_sources() { # each VPC has another address of the pool before it
	local rc=0

	cap_start sources "$DNS" eth0 "$ASK" || return
	resolves "$CLIENT" "$INET_HOST" "$WWW" || rc=1
	cap_mark sources || rc=1
	resolves "$TWIN" "$INET_HOST" "$WWW" || rc=1
	cap_stop sources || rc=1
	cap_only sources 0 "100\.64\.0\.1\.[0-9]+ > " || rc=1
	cap_only sources 1 "100\.64\.0\.2\.[0-9]+ > " || rc=1
	return "$rc"
}
check "each VPC has an address of its own there" pool_sources
check "and it is shown" shows "resolver-source 100.64.0.2" vpc twin

silence() { # nothing but the resolver is to be reached
	local rule

	for rule in $(vr security-group show my/silent | grep -oE 'sgr-[0-9a-f]+'); do
		vr security-group rule-del my/silent "$rule" || return
	done
	vr eni set "$CLIENT" security-group my/silent
}
must silence
check "SG-12: a group without a rule lets nothing out" \
	reason_rises "$CLIENT" security-group-egress 3 udp_send "$CLIENT" 10.0.0.11 9 3
check "SG-12: but to the resolver" resolves "$CLIENT" "$INET_HOST" "$WWW"
check "SG-12: and back, an error about it as well" reason_rises "$CLIENT" security-group-ingress 0 \
	resolves "$CLIENT" "$INET_HOST" +tcp "$WWW"
must vr eni set "$CLIENT" security-group my/default
must vr network-acl associate my/none subnet my/a
check "ACL-9: nothing passes the network ACL" \
	reason_rises "$CLIENT" network-acl-egress 3 udp_send "$CLIENT" 10.0.1.9 9 3
check "ACL-9: but to the resolver" resolves "$CLIENT" "$INET_HOST" @$LINK_LOCAL "$WWW"
must vr network-acl associate my/default subnet my/a

for to in "10.0.0.2 54" "10.0.1.2 53" "169.254.169.253 123" "169.254.169.254 53" "10.0.0.1 53"; do
	# shellcheck disable=SC2086 # two words
	nothing_arrives "VPC-24: to ${to/ /, port } leads nowhere" "$DNS" eth0 "udp" \
		"$CLIENT" reserved-address 3 \
		"resolves $CLIENT $INET_HOST $WWW" "udp_send $CLIENT ${to/ /' '} 3"
done
nothing_arrives "it never begins a conversation" "$CLIENT" eth0 "udp" resolver no-session 3 \
	"resolves $CLIENT $INET_HOST $WWW" "udp_send $DNS 100.64.0.1 5353 3"
nothing_arrives "TCP in mid-flow has no session there" "$DNS" eth0 "tcp" "$CLIENT" tcp-not-syn 1 \
	"resolves $CLIENT $INET_HOST +tcp $WWW" \
	"frame $CLIENT eth0 src=10.0.0.10 dst=10.0.0.2 proto=tcp sport=999 dport=53 flags=0x10 dmac=$(router_mac "$CLIENT")"

must vr vpc set twin dns-support off
nothing_arrives "VPC-13: without dns-support there is none" "$DNS" eth0 "udp" \
	"$TWIN" reserved-address 1 "resolves $CLIENT $INET_HOST $WWW" "no_answer $TWIN $WWW"
check "VPC-13: but for others" resolves "$CLIENT" "$INET_HOST" "$WWW"
must vr vpc set twin dns-support on
check "VPC-13: and again" resolves "$TWIN" "$INET_HOST" "$WWW"

# How much
one_more() { # one connection is there: it counts against no tenant, and takes the last port
	local rc=0 pid

	ip netns exec "$CLIENT" bash -c 'exec 3<>/dev/tcp/10.0.0.2/53; read -t 8 <&3' &
	pid=$!
	busywait 3000 established || rc=1
	equals "$(number sessions vpc my)" 0 || rc=1
	equals "$(number sessions eni "$CLIENT")" 0 || rc=1
	reason_rises "$CLIENT" resolver-ports 1 \
		frame "$CLIENT" eth0 src=10.0.0.10 dst=10.0.0.2 proto=tcp sport=999 dport=53 flags=0x02 \
		"dmac=$(router_mac "$CLIENT")" || rc=1
	resolves "$TWIN" "$INET_HOST" +tcp "$WWW" || rc=1
	kill "$pid"
	wait "$pid" 2>/dev/null
	return "$rc"
}
established() {
	vr session show | grep -q "tcp established .*10.0.0.2:53"
}
end_all() { # what is closed stays for a while, and counts
	local id

	for id in $(vr session show | cut -d' ' -f1); do
		end_session "$id" || return
	done
}
must end_all
must vr limits set service-connections-per-destination 1
check "no tenant is charged, and each VPC has ports of its own toward the resolver" one_more
must vr limits set service-connections-per-destination 55000

limited() { # limited N: of N packets at once more than a second's do not arrive
	local want rc=0 before now

	before=$(counter "$CLIENT" resolver-rate)
	cap_start limited "$DNS" eth0 "$ASK" || return
	udp_send "$CLIENT" 10.0.0.2 53 "$1" || rc=1
	cap_stop limited || rc=1
	now=$(counter "$CLIENT" resolver-rate)
	want=$(($1 - now + before))
	echo "$want of $1 arrived"
	[ "$want" -ge 100 ] && [ "$want" -lt "$1" ] || rc=1
	cap_count limited 0 " > $RESOLVER" "$want" || rc=1
	return "$rc"
}
check "VPC-24: 1024 packets a second" equals "$(number value limits resolver-packets-per-second-per-eni)" 1024
must vr limits set resolver-packets-per-second-per-eni 100
check "VPC-24: more of an interface are dropped, and counted" limited 1500
check "VPC-24: its neighbour's are not" resolves "$NEIGHBOUR" "$INET_HOST" "$WWW"
check "VPC-24: nor are its own to others" \
	reason_rises "$CLIENT" resolver-rate 0 ping_ok "$CLIENT" 10.0.0.11
must vr limits set resolver-packets-per-second-per-eni 1024

# What vpcdnsd says
check "it is nobody, and may read the router's state alone" \
	equals "$(awk '/^(Uid|CapEff|NoNewPrivs):/ { print $2 }' "/proc/$VPCDNSD_PID/status" | xargs)" \
	"$(id -u nobody) 0000000000001000 1"
check "an interface has a name in its VPC" \
	not_forwarded resolves "$CLIENT" 10.0.0.11 "ip-10-0-0-11.$HERE"
check "of another domain in us-east-1" \
	not_forwarded resolves "$TWIN" 10.0.0.10 ip-10-0-0-10.ec2.internal
check "VPC-4: the twin has no such neighbour" \
	not_forwarded dig_says "$TWIN" NXDOMAIN ip-10-0-0-11.ec2.internal
check "VPC-4: nor knows names of the other VPC" dig_says "$TWIN" NXDOMAIN "ip-10-0-0-11.$HERE"
check "whatever the case" dig_says "$CLIENT" "^IP-10-0-0-11.*A.10.0.0.11" "IP-10-0-0-11.${HERE^^}"
check "no data of another type, and upstream is not asked" \
	not_forwarded dig_says "$CLIENT" "NOERROR.*" AAAA "ip-10-0-0-11.$HERE"
check "with what to remember that by" dig_says "$CLIENT" "SOA" MX "ip-10-0-0-11.$HERE"
check "an alias of the internet" resolves "$CLIENT" "$INET_HOST $WWW." alias.example.com
check "what is not there" dig_says "$CLIENT" NXDOMAIN nowhere.example.com
check "a long answer is cut short by UDP" dig_says "$CLIENT" "flags:.* tc" +ignore many.example.com
check "and comes whole by TCP" dig_says "$CLIENT" "ANSWER: 120" many.example.com
check "without EDNS there is none in the answer" is_false dig_says "$CLIENT" OPT +noedns "$WWW"
check "with it there is" dig_says "$CLIENT" "EDNS: version: 0, flags:; udp: 1232" "$WWW"
check "another version of EDNS is refused" dig_says "$CLIENT" BADVERS +edns=1 +noednsnegotiation "$WWW"
check "so is another class" dig_says "$CLIENT" REFUSED CH TXT version.bind
check "a transfer" dig_says "$CLIENT" "Transfer failed" AXFR "$HERE"
check "and a stranger" dig_says "$DNS" REFUSED @$RESOLVER "$WWW"

must add_service "sv-$SUFFIX" $SERVICE svc 10.9.0.2 10.9.0.1
must vr security-group add my/ep
X="endpoint add sqs vpc my service $SERVICE type interface subnet my/a,my/b"
refusals <<-END
	IFE-32: private DNS, the default, without dns-hostnames|dns-hostnames|$X
	IFE-32: likewise when asked for|dns-hostnames|$X private-dns on
	IFE-32: of a gateway endpoint|has no private dns|endpoint add x vpc my service $SERVICE private-dns on
	SVC-18: a name that is none|is no name|service add x type interface dev dns gateway 10.8.0.1/24 address 10.8.0.2 private-dns-name A.b
	SVC-18: of what is no interface service|no private dns name|service add x type resolver dev dns gateway 10.8.0.1/24 address 10.8.0.2 private-dns-name a.b
	a second resolver|there is a resolver already|service add x type resolver dev dns gateway 10.8.0.1/24 address 10.8.0.2
	a resolver with a prefix list|no prefix list|service add x type resolver prefix-list x dev dns gateway 10.8.0.1/24
	a pool of no resolver|no pool|service add x type interface dev dns gateway 10.8.0.1/24 address 10.8.0.2 pool 100.64.0.0/10
	an endpoint to the resolver|of type resolver|endpoint add x vpc my service resolver type interface
END
must vr vpc set my dns-hostnames on
# shellcheck disable=SC2086 # a command
must vr $X address $EP_A address $EP_B security-group my/ep
ID=$(vr endpoint show sqs | grep -oE 'vpce-[0-9a-f]+' | head -n 1)
SUFFIX_OF=$(vr endpoint show sqs | grep -oE 'dns-suffix [0-9a-f]{8}' | cut -d' ' -f2)
REGIONAL=$ID-$SUFFIX_OF.sqs.ap-northeast-2.vpce.amazonaws.com
ZONAL_A=$ID-$SUFFIX_OF-ap-northeast-2a.sqs.ap-northeast-2.vpce.amazonaws.com
ZONAL_C=$ID-$SUFFIX_OF-ap-northeast-2c.sqs.ap-northeast-2.vpce.amazonaws.com
check "IFE-30: its names, in order" \
	shows "dns-entry $REGIONAL dns-entry $ZONAL_A dns-entry $ZONAL_C dns-entry $SQS" endpoint sqs
check "IFE-32a: private DNS is on where nothing else is said" shows "private-dns-enabled on" endpoint sqs
check "IFE-32: the private name" not_forwarded resolves "$CLIENT" "$EP_A $EP_B" $SQS
check "IFE-31: the regional one" not_forwarded resolves "$CLIENT" "$EP_A $EP_B" "$REGIONAL"
check "IFE-31: it rotates" rotates "$CLIENT" "$REGIONAL" $EP_A $EP_B
check "IFE-31: a zone's" not_forwarded resolves "$CLIENT" $EP_A "$ZONAL_A"
check "IFE-31: another's" not_forwarded resolves "$CLIENT" $EP_B "$ZONAL_C"
check "IFE-31: from every VPC" not_forwarded resolves "$TWIN" "$EP_A $EP_B" "$REGIONAL"
check "IFE-32c: the private name is not the twin's" resolves "$TWIN" $SQS_PUBLIC $SQS
check "IFE-32c: nor that of a VPC with a peering" resolves "$PEER" $SQS_PUBLIC $SQS
check "IFE-32d: no AAAA" not_forwarded dig_says "$CLIENT" "NOERROR" AAAA $SQS
check "IFE-32d: really none" resolves "$CLIENT" "" AAAA $SQS
refusals <<-END
	IFE-32: dns-hostnames off while it is needed|dns-hostnames|vpc set my dns-hostnames off
	IFE-32: dns-support off likewise|dns-support|vpc set my dns-support off
	IFE-8: a second endpoint of that name|conflicting|endpoint add more vpc my service $SERVICE type interface private-dns on
END
check "IFE-8: without private DNS it may be" \
	vr endpoint add more vpc my service $SERVICE type interface private-dns off
config_mark
refused "IFE-8: nor may it get it later" conflicting vr endpoint set more private-dns on
must vr endpoint del more
must vr endpoint set sqs private-dns off
check "IFE-32b: off, the public name" resolves "$CLIENT" $SQS_PUBLIC $SQS
check "IFE-32b: and the endpoint's as before" resolves "$CLIENT" "$EP_A $EP_B" "$REGIONAL"
check "IFE-32: then dns-hostnames may be off" vr vpc set my dns-hostnames off
must vr vpc set my dns-hostnames on
must vr endpoint set sqs private-dns on

in_time() { # in_time CMD...: what CMD, at whose end it is done, changes is seen within 100 ms
	local done_at seen rc=0 pid

	: >"$TMP/watch"
	ip netns exec "$CLIENT" "$PYTHON" "$LIB_DIR/dns_client.py" watch 10.0.0.2 "$REGIONAL" 6 \
		>"$TMP/watch" &
	pid=$!
	busywait 10000 test -s "$TMP/watch" || rc=1
	"$@" || rc=1
	done_at=${EPOCHREALTIME/[.,]/}
	wait "$pid"
	cat "$TMP/watch"
	[ "$(wc -l <"$TMP/watch")" -eq 2 ] || return 1
	seen=$(tail -n 1 "$TMP/watch" | cut -d' ' -f1)
	seen=${seen/./}
	echo "done at $done_at, seen at $seen"
	[ "$seen" -lt $((done_at + 100000)) ] || rc=1
	return "$rc"
}
check "a subnet less is known within 100 ms" in_time vr endpoint set sqs remove-subnet my/b
check "and is what it was" resolves "$CLIENT" $EP_A "$REGIONAL"
check "its zone has a name no more" is_false resolves "$CLIENT" $EP_B "$ZONAL_C"
check "a subnet more as well" in_time vr endpoint set sqs add-subnet my/b address $EP_B

# Load balancers, and the endpoint service of one
must vr -b - <<-END
	subnet add peer/c cidr 10.5.1.0/24 zone ap-northeast-2c
	nlb add lb subnet peer/a,peer/c address 10.5.0.80 address 10.5.1.80
	target-group add echo vpc peer protocol tcp port 7 target-type ip
	target add echo address 10.5.0.10
	target add echo address 10.5.1.10
	listener add lb protocol tcp port 7 target-group echo
	endpoint-service add svc nlb lb acceptance-required off allowed-principal * private-dns-name api.corp.example
	nlb add lb2 subnet peer/a
	endpoint-service add wild nlb lb2 acceptance-required off allowed-principal * private-dns-name *.corp.example
	endpoint-service set wild private-dns-verified on
END
NLB=$(vr nlb show lb | grep -oE 'dns-name [^ ]+' | cut -d' ' -f2)
check "NLB-3: the name of a load balancer" not_forwarded resolves "$TWIN" "10.5.0.80 10.5.1.80" "$NLB"
check "NLB-3: a zone's" not_forwarded resolves "$TWIN" 10.5.1.80 "ap-northeast-2c.$NLB"
must vr target set echo address 10.5.0.10 health healthy
check "NLB-26: a zone without a healthy target is left out" busywait 2000 resolves "$TWIN" 10.5.0.80 "$NLB"
check "NLB-3: but not of its own name" resolves "$TWIN" 10.5.1.80 "ap-northeast-2c.$NLB"
must vr target set echo address 10.5.0.10 health unhealthy
check "NLB-25: where no zone has one, all are there" \
	busywait 2000 resolves "$TWIN" "10.5.0.80 10.5.1.80" "$NLB"

# consume NAME SERVICE ADDRESS: an endpoint in my/a; CANONICAL is its name
consume() {
	local service suffix

	service=$(vr endpoint-service show "$2" | grep -oE 'com\.amazonaws\.[^ ]+')
	vr endpoint add "$1" vpc my service "$service" type interface subnet my/a address "$3" private-dns on &&
	suffix=$(vr endpoint show "$1" | grep -oE 'dns-suffix [0-9a-f]{8}' | cut -d' ' -f2) &&
	CANONICAL=$(vr endpoint show "$1" | cut -d' ' -f1)-$suffix.${service##*.}.ap-northeast-2.vpce.amazonaws.com
}
config_mark
refused "IFE-32: a private name that nobody has verified" "no private dns name" \
	vr endpoint add ep vpc my service \
	"$(vr endpoint-service show svc | grep -oE 'com\.amazonaws\.[^ ]+')" type interface \
	subnet my/a private-dns on
must vr endpoint-service set svc private-dns-verified on
must consume ep svc 10.0.0.70
EP_NAME=$CANONICAL
must busywait 2000 resolves "$CLIENT" 10.0.0.70 "$EP_NAME"
check "IFE-32: the private name of an endpoint service is an alias" \
	not_forwarded dig_says "$CLIENT" "^api\.corp\.example\..*CNAME.${CANONICAL//./\\.}\.$" api.corp.example
check "IFE-32: of the regional one, whose address comes along" \
	not_forwarded resolves "$CLIENT" "10.0.0.70 $CANONICAL." api.corp.example
check "IFE-32: alone if that is asked for" \
	not_forwarded resolves "$CLIENT" "$CANONICAL." CNAME api.corp.example
check "IFE-32d: it has no AAAA" not_forwarded resolves "$CLIENT" "$CANONICAL." AAAA api.corp.example
check "IFE-32c: it is not the twin's" dig_says "$TWIN" NXDOMAIN api.corp.example
check "SVC-18: nor is another label's" dig_says "$CLIENT" NXDOMAIN other.corp.example
must consume all wild 10.0.0.71
check "SVC-18: but a wildcard's" \
	busywait 2000 not_forwarded resolves "$CLIENT" "10.0.0.71 $CANONICAL." other.corp.example
check "SVC-18: of any depth" not_forwarded resolves "$CLIENT" "10.0.0.71 $CANONICAL." a.b.corp.example
check "SVC-18: a name of its own comes first" \
	equals "$(short "$CLIENT" api.corp.example | cut -d' ' -f1)" 10.0.0.70
check "SVC-18: nor are names below one that is there" dig_says "$CLIENT" NXDOMAIN x.api.corp.example
check "SVC-18: the domain itself is not meant" dig_says "$CLIENT" NXDOMAIN corp.example
must vr endpoint-service set svc private-dns-name new.example private-dns-verified on
check "SVC-18: another name is there at once" \
	busywait 2000 not_forwarded resolves "$CLIENT" "10.0.0.70 $EP_NAME." new.example
must vr endpoint-service set svc private-dns-name api.corp.example private-dns-verified on
must vr endpoint set ep private-dns off
check "IFE-32b: off, it falls to the wildcard" \
	busywait 2000 not_forwarded resolves "$CLIENT" "10.0.0.71 $CANONICAL." api.corp.example
must vr -b - <<-END
	endpoint del ep
	endpoint del all
	endpoint-service del svc
	endpoint-service del wild
END

must stop_vpcdnsd
check "without vpcdnsd who asks is told so" dig_says "$CLIENT" "connection refused" "$WWW"
must start_vpcdnsd
check "started again it knows all" resolves "$CLIENT" "$EP_A $EP_B" $SQS
check "and all VPCs" resolves "$TWIN" 10.0.0.10 ip-10-0-0-10.ec2.internal

too_fast() { # more events than fit are lost: all is read anew
	kill -STOP "$VPCDNSD_PID"
	yes "limits set vpcs 1024" | head -n 8000 >"$TMP/many" &&
	vr -b "$TMP/many" &&
	vr endpoint set sqs private-dns off
	kill -CONT "$VPCDNSD_PID"
	busywait 5000 grep -q "read anew" "$TMP/vpcdnsd"
}
check "events that come too fast" too_fast
check "do no harm" resolves "$CLIENT" $SQS_PUBLIC $SQS
check "what comes next is seen" vr endpoint set sqs private-dns on
check "at once" resolves "$CLIENT" "$EP_A $EP_B" $SQS

must in_ns "$CLIENT" "$PYTHON" "$LIB_DIR/dns_client.py" garbage 10.0.0.2 3000 1
check "malformed questions do no harm" resolves "$CLIENT" "$EP_A $EP_B" $SQS
check "it has not even started again" kill -0 "$VPCDNSD_PID"

# Addresses of the pool
check "an endpoint that goes takes its names along" vr endpoint del sqs
check "the public name is back" resolves "$CLIENT" $SQS_PUBLIC $SQS
check "the regional one is gone" resolves "$CLIENT" "" "$REGIONAL"
must vr vpc add third cidr 10.0.0.0/16
must vr vpc del third
must vr vpc add fourth cidr 10.0.0.0/16
check "an address of the pool is not given out twice" shows "resolver-source 100.64.0.5" vpc fourth
check "the resolver goes" vr service del resolver
check "and all sessions" busywait 8000 no_sessions
check "nobody answers then" reason_rises "$CLIENT" reserved-address 1 no_answer "$CLIENT" "$WWW"
X="service add resolver type resolver dev dns address $RESOLVER gateway 198.18.0.1/30"
refusals <<-END
	a pool that lies around the gateway|overlaps|$X pool 198.18.0.0/24
	a pool that is too small|prefix|$X pool 192.0.2.64/30
	a pool of IPv6|ipv4|$X pool 2001:db8::/64
END
# shellcheck disable=SC2086 # a command
check "a pool for fourteen" vr $X pool 192.0.2.64/28
must vr -b - < <(printf 'vpc add more%s cidr 10.0.0.0/16\n' {5..14})
config_mark
refused "then it is used up" "used up" vr vpc add more15 cidr 10.0.0.0/16
must ip -n "$DNS" route add 192.0.2.64/28 via 198.18.0.1
check "and the resolver is there again" resolves "$CLIENT" "$INET_HOST" "$WWW"

finish
