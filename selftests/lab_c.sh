#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Lab C: an endpoint service and who may have it, row by row; and once more with the provider's VPC
# renumbered to the consumer's own addresses.
#
#   MyVPC 10.0.0.0/16: My-EC2 10.0.0.10 (EIP 203.0.113.10), endpoint 10.0.0.218
#   CustomVPC 20.0.0.0/16: web servers 1 and 2 behind an internet-facing NLB (EIP 203.0.113.20)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib_dns.sh
. "$(dirname "$0")/lib_dns.sh"
# shellcheck source=lib_nlb.sh
. "$(dirname "$0")/lib_nlb.sh"

VPCS_CLOSED=yes
EC2=my-$SUFFIX
CLIENT=$EC2		# who asks beside, see lib_dns.sh
EP=10.0.0.218
PUBLIC=203.0.113.20
LARGE=100000		# megabytes: no download ends by itself
PAGE="Endpoint Service Lab - CloudNeta Web Server"

build_consumer() {
	vr vpc add MyVPC cidr 10.0.0.0/16 region us-east-1 &&
	vr subnet add MyVPC/net cidr 10.0.0.0/24 zone us-east-1a &&
	vr route-table add MyVPC/net &&
	vr route-table associate MyVPC/net subnet MyVPC/net &&
	vr igw add my-igw vpc MyVPC uplink inet &&
	vr route add MyVPC/net 0.0.0.0/0 igw my-igw &&
	vr security-group rule-add MyVPC/default ingress cidr 10.0.0.0/16 &&
	vr instance add "$EC2" subnet MyVPC/net address 10.0.0.10 &&
	adopt_ns "$EC2" &&
	add_eip 203.0.113.10 "$EC2" &&
	use_resolver "$EC2"
}

# build_provider NET OCTET-1 OCTET-2: CustomVPC is NET.0.0/16, its servers NET.0.OCTET
build_provider() {
	vr -b - <<-END &&
		vpc add CustomVPC cidr $1.0.0/16 region us-east-1
		subnet add CustomVPC/net cidr $1.0.0/24 zone us-east-1a
		route-table add CustomVPC/net
		route-table associate CustomVPC/net subnet CustomVPC/net
		igw add custom-igw vpc CustomVPC uplink inet
		route add CustomVPC/net 0.0.0.0/0 igw custom-igw
		security-group rule-add CustomVPC/default ingress protocol tcp port 80 cidr 0.0.0.0/0
		eip add $PUBLIC uplink inet
	END
	WEB1=w1$round-$SUFFIX
	WEB2=w2$round-$SUFFIX
	WEB1_ADDR=$1.0.$2
	vr instance add "$WEB1" subnet CustomVPC/net address "$1.0.$2" &&
	adopt_ns "$WEB1" &&
	vr instance add "$WEB2" subnet CustomVPC/net address "$1.0.$3" &&
	adopt_ns "$WEB2" &&
	web "$WEB1" 1 "$LARGE" &&
	web "$WEB2" 2 "$LARGE" &&
	vr -b - <<-END
		nlb add NLB-1 scheme internet-facing subnet CustomVPC/net eip $PUBLIC
		target-group add web vpc CustomVPC protocol tcp port 80 $FAST_CHECKS
		target add web eni $WEB1
		target add web eni $WEB2
	END
}

states() { # states STATE...: of the targets, in any order
	local got

	got=$(vr target-group show web | grep -oE ' state [a-z-]+' | cut -d' ' -f3 | xargs)
	equals "$got" "$*"
}

fetch() { # fetch HOST [WORD...]: as typed on My-EC2
	in_ns "$EC2" curl -s -S -m 5 "${@:2}" "http://$1/"
}

both_pages() { # both_pages HOST: each server's, over some tries, and nothing else
	local i

	for ((i = 0; i < 12; i++)); do
		fetch "$1"
	done | sort -u >"$TMP/pages"
	cat "$TMP/pages"
	equals "$(grep -c "$PAGE [12]</h1>" "$TMP/pages")/$(wc -l <"$TMP/pages")" 2/2
}

says() { # says PATTERN NOUN REF
	vr "$2" show "$3" >"$TMP/said"
	cat "$TMP/said"
	grep -qE -- "$1" "$TMP/said"
}

# Nothing crosses the uplink, and neither gateway counts anything.
privately() { # privately CMD...
	local rc=0 before after

	tags=$((tags + 1))
	before=$(vr stats | grep -E 'igw-(in|out)-packets')
	cap_start "igw-$tags" "$INET" eth0 "ip" || return
	"$@" || rc=1
	cap_stop "igw-$tags" || rc=1
	after=$(vr stats | grep -E 'igw-(in|out)-packets')
	equals "$after" "$before" || rc=1
	expect_capture_empty "igw-$tags" 0 || rc=1
	return "$rc"
}
tags=0

# servers_see_node CMD...: what CMD asks for both servers are asked for by the load balancer's address
servers_see_node() {
	local n one two

	one=$(wc -l <"$TMP/web1.log")
	two=$(wc -l <"$TMP/web2.log")
	"$@" || return
	for n in 1 2; do
		[ "$n" = 1 ] || one=$two
		tail -n +$((one + 1)) "$TMP/web$n.log" | grep '"GET' >"$TMP/seen"
		cat "$TMP/seen"
		equals "$(cut -d' ' -f1 "$TMP/seen" | sort -u)" "$(node_address)" || return
	done
}

cut_packets() { # what either end has sent in vain
	local port

	for port in "$EC2" "$WEB1" "$WEB2"; do
		counter "$port" endpoint-not-available
	done
}

counted_since() { # counted_since WHAT-WAS-COUNTED
	[ "$1" != "$(cut_packets)" ]
}

# download_cut CMD...: a download is in progress; when CMD is acknowledged no payload arrives any more
download_cut() {
	local payload="ip[2:2] - ((ip[0] & 15) << 2) - ((tcp[12] & 240) >> 2) > 0" rc=0 before

	before=$(cut_packets)
	cap_start down "$EC2" eth0 "src host $EP and $payload" || return
	in_ns "$EC2" curl -s -m 20 -o /dev/null "http://$VPCE/large" &
	PIDS+=($!)
	pause 0.7
	kill -0 $! || { echo "no download in progress"; rc=1; }
	"$@" || rc=1
	cap_mark down && cap_seen down 0 || rc=1
	pause 1
	cap_stop down && expect_capture_empty down 1 || rc=1
	busywait 5000 counted_since "$before" || { echo "nothing was counted"; rc=1; }
	return "$rc"
}

# The rows of the lab, for a provider at NET.
lab() {
	local what=$1 id suffix

	# targets registered
	must stop_vpcd
	must vr listener add NLB-1 protocol tcp port 80 target-group web
	check "$what: targets are initial" states initial initial
	must start_vpcd
	check "$what: then healthy, by real checks (NLB-22)" busywait 60000 states healthy healthy

	# base
	NAME=$(vr nlb show NLB-1 | grep -oE 'dns-name [^ ]+' | cut -d' ' -f2)
	check "$what: the load balancer's name has a public address (NLB-3)" \
		not_forwarded resolves "$EC2" "$PUBLIC" "$NAME"
	check "$what: curl shows the page of server 1 or 2" both_pages "$NAME"

	# create
	check "$what: an endpoint service" vr endpoint-service add svc nlb NLB-1
	id=$(vr endpoint-service show svc | cut -d' ' -f1)
	check "$what: its name (SVC-3)" \
		says "service-name com\.amazonaws\.vpce\.us-east-1\.$id " endpoint-service svc
	check "$what: an endpoint in MyVPC" vr endpoint add ep vpc MyVPC \
		service "com.amazonaws.vpce.us-east-1.$id" type interface subnet MyVPC/net address $EP
	check "$what: it is pendingAcceptance (IFE-11)" says " state pendingAcceptance" endpoint ep
	check "$what: its address is mute (IFE-16)" reason_rises "$EC2" arp-unknown-address 1 \
		frame "$EC2" eth0 type=arp spa=10.0.0.10 tpa=$EP

	# accept
	: >"$TMP/monitor"
	ip netns exec "$R" "$VPCCTL" monitor >"$TMP/monitor" 2>&1 &
	PIDS+=($!)
	pause 0.5
	check "$what: accept" vr endpoint-service accept svc endpoint ep
	check "$what: it is available" says " state available" endpoint ep
	check "$what: as listeners hear (SVC-19)" \
		busywait 3000 grep -qE 'endpoint .* state available' "$TMP/monitor"
	suffix=$(vr endpoint show ep | grep -oE 'dns-suffix [0-9a-f]{8}' | cut -d' ' -f2)
	VPCE=$(vr endpoint show ep | cut -d' ' -f1)-$suffix.$id.us-east-1.vpce.amazonaws.com
	check "$what: dig its name: the address of its interface (IFE-30)" \
		busywait 2000 resolves "$EC2" $EP "$VPCE"
	check "$what: curl it: the page, and nothing crosses either IGW" privately both_pages "$VPCE"
	check "$what: the servers see the load balancer's private address (IFE-25)" \
		servers_see_node both_pages "$VPCE"

	# only that service; without checks, which begin connections too
	must stop_vpcd
	nothing_arrives "$what: no other port (IFE-29)" "$WEB1" eth0 "tcp[13] & 18 == 2" \
		"$EC2" nlb-listener 1 "privately both_pages $VPCE" \
		"timeout 1 ip netns exec $EC2 bash -c 'exec 3<>/dev/tcp/$EP/22'"
	nothing_arrives "$what: the provider opens nothing toward My-EC2 (IFE-19)" "$EC2" eth0 \
		"tcp[13] & 18 == 2 and not src host 10.0.0.10" "$WEB1" nlb-listener 2 \
		"opened_from_peer" \
		"frame $WEB1 eth0 dmac=$(router_mac "$WEB1") src=$WEB1_ADDR dst=$(node_address) proto=tcp sport=80 dport=50000 flags=2 count=2"

	must start_vpcd

	# reject
	check "$what: reject cuts a download in progress, and counts it (SVC-9)" \
		download_cut vr endpoint-service reject svc endpoint ep
	check "$what: and curl fails" is_false fetch $EP -m 2
	must vr endpoint-service accept svc endpoint ep
	check "$what: accepted again it works (SVC-10)" both_pages "$VPCE"

	# clean up in the wrong order
	config_mark
	refused "$what: the service cannot go" "used by endpoint" vr endpoint-service del svc
	refused "$what: nor the load balancer" "endpoint service" vr nlb del NLB-1
	refused "$what: nor the VPCs" "endpoint" vr vpc del MyVPC
	refused "$what: nor the provider's" "load balancer|internet gateway|network interface|instance" \
		vr vpc del CustomVPC
}

node_address() {
	vr nlb show NLB-1 | grep -oE ' address [0-9.]+' | head -n 1 | cut -d' ' -f3
}

# Some connection request does reach My-EC2, as the control: from the internet to its Elastic IP.
opened_from_peer() {
	vr security-group rule-add MyVPC/default ingress protocol tcp port 80 cidr 0.0.0.0/0
	timeout 1 ip netns exec "$INET" bash -c "exec 3<>/dev/tcp/203.0.113.10/80" 2>/dev/null
	vr security-group rule-del MyVPC/default ingress protocol tcp port 80 cidr 0.0.0.0/0
}

tear_down() {
	vr -b - <<-END &&
		endpoint del ep
		endpoint-service del svc
		nlb del NLB-1
		target-group del web
		eip del $PUBLIC
	END
	vr instance del "$WEB1" && vr instance del "$WEB2" && vr -b - <<-END
		route del CustomVPC/net 0.0.0.0/0
		igw detach custom-igw
		igw del custom-igw
		subnet del CustomVPC/net
		route-table del CustomVPC/net
		vpc del CustomVPC
	END
}

must add_router
must add_internet
must add_resolver
must add_health
must build_consumer
round=1
must build_provider 20.0 11 12
lab "20.0.0.0/16"
check "clean up in the right order" tear_down
round=2
must build_provider 10.0 10 12
lab renumbered

finish
