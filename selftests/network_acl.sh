#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Network ACLs: first match, both ways on their own, at the borders of subnets and nowhere else.
#
#   my/app 10.0.0.0/24: a .10 (203.0.113.10), b .11 (203.0.113.11)    default route: the gateway
#   my/db  10.0.1.0/24: d .10, e .11                                  no default route
#   my/mid 10.0.2.0/24: m .10, which forwards
#   two/net 10.16.0.0/24: p .10 (203.0.113.20), a peer of my

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

A=a-$SUFFIX
B=b-$SUFFIX
D=d-$SUFFIX
E=e-$SUFFIX
M=m-$SUFFIX
P=p-$SUFFIX
ALL=0.0.0.0/0
OPEN="100 ingress allow all $ALL
100 egress allow all $ALL"
REQUEST="icmp[icmptype] == icmp-echo"
REPLY="icmp[icmptype] == icmp-echoreply"

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/app cidr 10.0.0.0/24
		subnet add my/db cidr 10.0.1.0/24
		subnet add my/mid cidr 10.0.2.0/24
		route-table add my/app
		route-table associate my/app subnet my/app
		igw add my-igw vpc my uplink inet
		route add my/app 0.0.0.0/0 igw my-igw
		vpc add two cidr 10.16.0.0/16
		subnet add two/net cidr 10.16.0.0/24
		route-table add two/net
		route-table associate two/net subnet two/net
		igw add two-igw vpc two uplink inet
		route add two/net 0.0.0.0/0 igw two-igw
		peering add peers vpc my peer-vpc two
		peering accept peers
		route add my/app 10.16.0.0/16 peering peers
		route add two/net 10.0.0.0/16 peering peers
	END
	add_instance "$A" my/app 10.0.0.10 && add_eip 203.0.113.10 "$A" &&
	add_instance "$B" my/app 10.0.0.11 && add_eip 203.0.113.11 "$B" &&
	add_instance "$D" my/db 10.0.1.10 && add_server "$D" &&
	add_instance "$E" my/db 10.0.1.11 && add_server "$E" &&
	add_instance "$M" my/mid 10.0.2.10 source-dest-check off && tester forwarding "$M" &&
	add_instance "$P" two/net 10.16.0.10 && add_eip 203.0.113.20 "$P"
}

acl() {
	vr network-acl "$@"
}

# allow|deny ACL NUMBER DIRECTION PROTOCOL CIDR [WORD...]: one more rule
allow() {
	acl entry-add "$1" "$2" "$3" allow protocol "$4" cidr "$5" "${@:6}"
}

deny() {
	acl entry-add "$1" "$2" "$3" deny protocol "$4" cidr "$5" "${@:6}"
}

# rules ACL < NUMBER DIRECTION ACTION PROTOCOL CIDR [WORD...]: these and no others, at one instant
rules() {
	local list=$1 rule number direction action protocol cidr words

	{
		acl show "$list" | grep -oE 'entry [0-9]+ (in|e)gress' | while read -r _ rule; do
			echo "network-acl entry-del $list $rule"
		done
		while read -r number direction action protocol cidr words; do
			echo "network-acl entry-add $list $number $direction $action" \
				"protocol $protocol cidr $cidr $words"
		done
	} | vr -b -
}

value() { # value NOUN NAME KEY: a string of what is shown
	vr -j "$1" show "$2" | grep -oE "\"$3\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4
}

shows() { # shows ACL PATTERN
	acl show "$1" | grep -qE -- "$2" && return
	acl show "$1"
	return 1
}

guarded_by() { # guarded_by SUBNET ACL
	equals "$(value subnet "$1" network-acl)" "$(value network-acl "$2" id)"
}

# denies PORT REASON CMD...: CMD works, and at least one packet is dropped so
denies() {
	local port=$1 reason=$2 before now

	shift 2
	before=$(counter_sum "$port" "$reason") || return
	"$@" || return
	busywait 3000 counter_reaches "$port" "$reason" $((before + 1)) && return
	echo "$port: $reason did not rise"
	return 1
}

exits_usage() { # exits_usage CMD...: vpcctl does not understand it
	"$@"
	equals $? 1
}

# stopped PORT REASON FLOW CMD...: CMD stops the flow at once, and the router says why
stopped() {
	local flow=$3

	denies "$1" "$2" "${@:4}" && flow_stands "$flow"
}

must add_router
must add_internet
must add_s3
must build
ROUTER_MAC=$(router_mac "$A")
FRAME="frame $A eth0 dmac=$ROUTER_MAC src=10.0.0.10 dst=10.0.1.10 count=3"

# The default one
check "VPC-11: a VPC has a default one" \
	equals "$(value vpc my default-network-acl)" "$(value network-acl my/default id)"
check "VPC-11: and another VPC another one" \
	is_false equals "$(value vpc my default-network-acl)" "$(value vpc two default-network-acl)"
check "ACL-1: it guards every subnet" guarded_by my/app my/default
check "ACL-3: rule 100 allows everything, both ways" shows my/default \
	"default on entry 100 ingress allow cidr 0\.0\.0\.0/0 entry 100 egress allow cidr 0\.0\.0\.0/0 entries 2"
check "ACL-3: ping" ping_ok "$A" 10.0.1.10
check "ACL-3: TCP" http_source "$A" 10.0.1.11 10.0.0.10
check "ACL-3: UDP" udp_source "$A" 10.0.1.10 10.0.0.10

# One of one's own
check "ACL-3: a new one" acl add my/app
check "ACL-3: it has no rules" shows my/app "default off entries 0"
nothing_arrives "ACL-3: it lets nothing out" "$D" eth0 "$REQUEST" "$A" network-acl-egress 3 \
	"ping_ok $A 10.0.1.10" "acl associate my/app subnet my/app && ping_fails $A 10.0.1.10"
check "ACL-1, VPC-18: the subnet shows it" guarded_by my/app my/app
check "ACL-2: what is denied makes no session" \
	counter_stays "$A" sessions-created udp_send "$A" 10.0.1.10 7 3
nothing_arrives "ACL-3: nor anything in" "$A" eth0 "$REQUEST" "$D" network-acl-ingress 3 \
	"acl associate my/default subnet my/app && ping_ok $D 10.0.0.10" \
	"acl associate my/app subnet my/app && ping_fails $D 10.0.0.10"
check "ACL-5: within the subnet nothing is asked" ping_ok "$A" 10.0.0.11
must ip -n "$A" route add 10.0.0.11/32 via 10.0.0.1 dev eth0
check "ACL-5: nor of what goes there by the router" ping_ok "$A" 10.0.0.11
must ip -n "$A" route del 10.0.0.11/32
check "ACL-5: nor of ICMP errors" udp_refused "$A" 10.0.0.11 4444
check "ACL-9: the router answers" \
	equals "$(frame "$A" eth0 type=arp spa=10.0.0.10 tpa=10.0.0.1 wait=1)" "$ROUTER_MAC"

# Each direction on its own
must rules my/app <<-END
	100 egress allow icmp $ALL icmp-type 8
	100 ingress allow icmp $ALL icmp-type 0
END
check "ACL-2: a ping needs a rule each way" ping_ok "$A" 10.0.1.10
nothing_arrives "ACL-2: the reply is denied although the request is not" \
	"$A" eth0 "$REPLY" "$D" network-acl-ingress 3 \
	"ping_ok $A 10.0.1.10" "acl entry-del my/app 100 ingress && ping_fails $A 10.0.1.10"
check "ACL-2: which arrives" sees 3 "echo request" "$D" "$REQUEST" ping_fails "$A" 10.0.1.10
must allow my/app 100 ingress icmp "$ALL"
must allow my/app 110 egress tcp 10.0.1.0/24 port 80
check "ACL-8: without a rule for the client's ports no connection" \
	denies "$E" network-acl-ingress http_fails "$A" 10.0.1.11
must allow my/app 110 ingress tcp 10.0.1.0/24 port 1024-65535
check "ACL-8: with it there is one" http_source "$A" 10.0.1.11 10.0.0.10

# Order
nothing_arrives "ACL-2: the lower number decides, here to deny" \
	"$D" eth0 "$REQUEST" "$A" network-acl-egress 3 "ping_ok $A 10.0.1.10" \
	"deny my/app 50 egress icmp 10.0.1.10/32 && ping_fails $A 10.0.1.10"
check "ACL-2: what it does not match is the next one's" ping_ok "$A" 10.0.1.11
check "ACL-2: a still lower one allows" allow my/app 40 egress icmp 10.0.1.0/24
check "ACL-2: and that decides" ping_ok "$A" 10.0.1.10
check "ACL-4: replace it" \
	acl entry-replace my/app 40 egress deny protocol icmp cidr 10.0.1.11/32
check "ACL-4: it denies something else now" \
	reason_rises "$A" network-acl-egress 3 ping_fails "$A" 10.0.1.11
check "ACL-4: and there is but one of that number" shows my/app \
	"entry 40 egress deny protocol icmp cidr 10\.0\.1\.11/32 entry 50 egress"
must acl entry-del my/app 40 egress
must acl entry-del my/app 50 egress
nothing_arrives "ACL-2: what no rule matches is denied" "$D" eth0 "udp" "$A" network-acl-egress 3 \
	"allow my/app 120 egress udp 10.0.1.0/24 && udp_send $A 10.0.1.10 7 3" \
	"acl entry-del my/app 120 egress && udp_send $A 10.0.1.10 7 3"

# Associations
acl_assoc() { # acl_assoc SUBNET: the id of its association
	value subnet "$1" network-acl-association
}
first=$(acl_assoc my/app)
check "ACL-1: an association has an id" grep -qE '^aclassoc-[0-9a-f]{17}$' <<<"$first"
check "ACL-1: by which it is replaced" acl associate my/default subnet "$first"
check "ACL-1: another list guards the subnet" guarded_by my/app my/default
check_not "ACL-1: by another association" equals "$(acl_assoc my/app)" "$first"
config_mark
refused "ACL-1: the first one is gone" "association \"$first\" not found" \
	acl associate my/app subnet "$first"
must acl associate my/app subnet my/app

# What a rule matches
must rules my/app <<-END
	100 egress allow 200 $ALL
	110 egress allow icmp $ALL icmp-type 8 icmp-code 0
	120 egress allow udp $ALL port 1000-2000
END
nothing_arrives "ACL-4: protocol 200, not 201" "$D" eth0 "ip proto 200 or ip proto 201" \
	"$A" network-acl-egress 3 "$FRAME proto=200" "$FRAME proto=201"
nothing_arrives "ACL-4: ICMP type 8, not 13" "$D" eth0 "icmp[0] == 8 or icmp[0] == 13" \
	"$A" network-acl-egress 3 "$FRAME proto=icmp icmp=8" "$FRAME proto=icmp icmp=13"
nothing_arrives "ACL-4: code 0, not 1, be it of one flow" "$D" eth0 "$REQUEST" \
	"$A" network-acl-egress 3 "$FRAME proto=icmp icmp=8" "$FRAME proto=icmp icmp=8 code=1"
nothing_arrives "ACL-4: again" "$D" eth0 "$REQUEST" \
	"$A" network-acl-egress 3 "$FRAME proto=icmp icmp=8" "$FRAME proto=icmp icmp=8 code=1"
alternate() { # three requests of code 0 and three of code 1, in turn
	local i

	for i in 1 2 3; do
		$FRAME proto=icmp icmp=8 count=1 && $FRAME proto=icmp icmp=8 code=1 count=1
	done
}
must eval "$FRAME proto=icmp icmp=8"
check "ACL-4: only those that the verdict is not of are judged anew" \
	reason_rises "$A" slow-path 3 alternate
nothing_arrives "ACL-4: ports from the first on" "$D" eth0 "udp" "$A" network-acl-egress 3 \
	"$FRAME dport=1000" "$FRAME dport=999"
nothing_arrives "ACL-4: up to the last" "$D" eth0 "udp" "$A" network-acl-egress 3 \
	"$FRAME dport=2000" "$FRAME dport=2001"
nothing_arrives "ACL-4: of the destination" "$D" eth0 "udp" "$A" network-acl-egress 3 \
	"$FRAME sport=1500 dport=1500" "$FRAME sport=1500 dport=7"
nothing_arrives "ACL-4: of that protocol" "$D" eth0 "udp or tcp" "$A" network-acl-egress 3 \
	"$FRAME dport=1500" "$FRAME proto=tcp dport=1500"
check "VPC-2: host bits are cleared" deny my/app 130 egress all 10.0.1.77/24
check "VPC-2: and not shown" shows my/app "entry 130 egress deny cidr 10\.0\.1\.0/24"

# Two subnets
must rules my/app <<<"$OPEN"
must acl add my/db
must rules my/db <<<"$OPEN"
must acl associate my/db subnet my/db
check "ACL-6: two lists that allow" ping_ok "$A" 10.0.1.10
nothing_arrives "ACL-6: the destination's list has its say" \
	"$D" eth0 "$REQUEST" "$A" network-acl-ingress 3 "ping_ok $A 10.0.1.10" \
	"deny my/db 50 ingress icmp 10.0.0.0/24 && ping_fails $A 10.0.1.10"
check "ACL-2: what it denies makes no session either" \
	counter_stays "$A" sessions-created ping_fails "$A" 10.0.1.10
must deny my/app 50 egress icmp 10.0.1.0/24
check "ACL-6: the source's list comes first" reason_rises "$A" network-acl-egress 3 \
	counter_stays "$A" network-acl-ingress ping_fails "$A" 10.0.1.10
must acl entry-del my/app 50 egress
must acl entry-del my/db 50 ingress
nothing_arrives "ACL-6: replies face both in reverse" "$A" eth0 "$REPLY" "$D" network-acl-egress 3 \
	"ping_ok $A 10.0.1.10" "deny my/db 50 egress icmp 10.0.0.0/24 && ping_fails $A 10.0.1.10"
must acl entry-del my/db 50 egress
check "ACL-6: where there is no route" reason_rises "$D" no-route 3 ping_fails "$D" "$INET_HOST"
must deny my/db 50 egress icmp 198.51.100.0/24
check "ACL-6: the list is asked before the route" reason_rises "$D" network-acl-egress 3 \
	counter_stays "$D" no-route ping_fails "$D" "$INET_HOST"
must acl entry-del my/db 50 egress

# By a middlebox, with the reply on the straight way
must acl add my/mid
must rules my/mid <<<"$OPEN"
must acl associate my/mid subnet my/mid
must vr route add my/app 10.0.1.0/24 eni "$M"
nothing_arrives "ACL-4, RT-30: into the middlebox's subnet, by the packet's own addresses" \
	"$M" eth0 "$REQUEST" "$A" network-acl-ingress 3 "ping_ok $A 10.0.1.10" \
	"deny my/mid 50 ingress icmp 10.0.0.10/32 && ping_fails $A 10.0.1.10"
must acl entry-del my/mid 50 ingress
nothing_arrives "ACL-4, RT-30: out of it again, likewise" \
	"$D" eth0 "$REQUEST" "$M" network-acl-egress 3 "ping_ok $A 10.0.1.10" \
	"deny my/mid 50 egress icmp 10.0.1.10/32 && ping_fails $A 10.0.1.10"
must acl entry-del my/mid 50 egress
must deny my/mid 50 ingress icmp 10.0.1.0/24
check "ACL-5, PIPE-2: it has no say about a reply that does not pass there" ping_ok "$A" 10.0.1.10
must vr route del my/app 10.0.1.0/24

# Changes under a flow
must acl add my/shut
check "ACL-7: a flow" flow_start flow "$A" 10.0.1.11
check "ACL-7: a rule stops what it sends" \
	stopped "$A" network-acl-egress flow deny my/app 50 egress tcp 10.0.1.11/32
must acl entry-del my/app 50 egress
check "ACL-7: and without the rule it goes on" flow_goes_on flow
check "ACL-7: a rule at the destination" \
	stopped "$A" network-acl-ingress flow deny my/db 50 ingress tcp 10.0.0.0/24
must acl entry-del my/db 50 ingress
check "ACL-7: and without" flow_goes_on flow
check "ACL-7: a rule against the answers" \
	stopped "$E" network-acl-egress flow deny my/db 50 egress tcp 10.0.0.0/24
must acl entry-replace my/db 50 egress allow protocol tcp cidr 10.0.0.0/24
check "ACL-7: and for them" flow_goes_on flow
check "ACL-1, ACL-7: another list for the subnet" \
	stopped "$A" network-acl-egress flow acl associate my/shut subnet my/app
check "ACL-1: back to the default one" acl associate my/default subnet my/app
check "ACL-1, ACL-7: and the flow goes on" flow_goes_on flow
must acl associate my/app subnet my/app
rewrite() {
	local i

	for ((i = 0; i < 20; i++)); do
		rules my/app <<<"$OPEN" || return
	done
}
check "ACL-7: a list that is rewritten at one instant is never in the way" \
	counter_stays "$A" network-acl-egress counter_stays "$E" network-acl-ingress rewrite
check "ACL-7: nor has the flow noticed" flow_goes_on flow
must flow_stop flow

# By the internet gateway: public addresses outside, private ones inside
check "ACL-4: out" ping_ok "$A" "$INET_HOST"
nothing_arrives "ACL-4: to whom" "$INET" eth0 "$REQUEST" "$A" network-acl-egress 3 \
	"ping_ok $A $INET_HOST" "deny my/app 50 egress icmp $INET_HOST/32 && ping_fails $A $INET_HOST"
must acl entry-del my/app 50 egress
nothing_arrives "ACL-4: in, from whom" "$A" eth0 "$REQUEST" inet network-acl-ingress 3 \
	"ping_ok $INET 203.0.113.10" \
	"deny my/app 50 ingress icmp $INET_GATEWAY/32 && ping_fails $INET 203.0.113.10"
check "ACL-4: not from another" ping_ok "$A" "$INET_HOST"
must acl entry-del my/app 50 ingress
nothing_arrives "ACL-2: replies from the internet" "$A" eth0 "$REPLY" inet network-acl-ingress 3 \
	"ping_ok $A $INET_HOST" \
	"deny my/app 50 ingress icmp $INET_HOST/32 && ping_fails $A $INET_HOST"
must acl entry-del my/app 50 ingress
must acl add two/net
must rules two/net <<-END
	100 ingress allow icmp 203.0.113.10/32
	100 egress allow all $ALL
END
must acl associate two/net subnet two/net
nothing_arrives "ACL-4, IGW-7: a public address of ours is seen as such, not as the private one" \
	"$P" eth0 "$REQUEST" "$A" network-acl-ingress 3 "ping_ok $A 203.0.113.20" \
	"acl entry-replace two/net 100 ingress allow protocol icmp cidr 10.0.0.10/32 &&
	 ping_fails $A 203.0.113.20"
nothing_arrives "ACL-5, IGW-7: a neighbour by his public address is beyond the border" \
	"$B" eth0 "$REQUEST" "$A" network-acl-ingress 3 "ping_ok $A 203.0.113.11" \
	"deny my/app 50 ingress icmp 203.0.113.10/32 && ping_fails $A 203.0.113.11"
check "ACL-5: by his private one he is not" ping_ok "$A" 10.0.0.11
must acl entry-del my/app 50 ingress

# By the peering connection
must rules two/net <<<"$OPEN"
peered() { # peered NAME REASON PORT AT FILTER ACL DIRECTION CIDR
	nothing_arrives "$1" "$4" eth0 "$5" "$3" "$2" 3 "ping_ok $A 10.16.0.10" \
		"deny $6 50 $7 icmp $8 && ping_fails $A 10.16.0.10"
	must acl entry-del "$6" 50 "$7"
}
peered "ACL-6: out of the one VPC" network-acl-egress "$A" "$P" "$REQUEST" my/app egress 10.16.0.0/16
peered "ACL-6: into the other" network-acl-ingress "$A" "$P" "$REQUEST" two/net ingress 10.0.0.0/16
peered "ACL-6: the reply out of it" network-acl-egress "$P" "$A" "$REPLY" two/net egress 10.0.0.0/16
peered "ACL-6: and into the first" network-acl-ingress "$P" "$A" "$REPLY" my/app ingress 10.16.0.0/16

# By the gateway endpoint
must add_s3_endpoint s3ep my my/app
must rules my/app <<-END
	100 egress allow all 52.219.56.0/22
	100 ingress allow all 52.219.56.0/22
END
check "ACL-8, GWE-16: S3, and back" http_source "$A" "$S3_HOST" 10.0.0.10
nothing_arrives "ACL-2, GWE-16: replies are judged when they come in" \
	"$A" eth0 "$REPLY" "$S3_SERVICE" network-acl-ingress 3 "ping_ok $A $S3_HOST" \
	"deny my/app 50 ingress icmp $S3_HOST/32 && ping_fails $A $S3_HOST"
must acl entry-del my/app 50 ingress
nothing_arrives "ACL-4, GWE-16: requests when they go out" \
	"$S3" eth0 "$REQUEST" "$A" network-acl-egress 3 \
	"$FRAME proto=icmp dst=$S3_HOST sport=77" \
	"deny my/app 50 egress icmp $S3_HOST/32 && $FRAME proto=icmp dst=$S3_HOST sport=77"
check "ACL-2: whose denial says nothing about replies" sees 3 "ICMP echo reply, id 77" "$A" "$REPLY" \
	frame "$S3" eth0 dmac="$(mac_of "$R" s3)" src="$S3_HOST" dst=10.0.0.10 proto=icmp icmp=0 \
	sport=77 count=3

# Fragments
must rules my/app <<<"100 egress allow udp 10.0.1.0/24 port 7"
id=1000
pieces() { # pieces PORT: a datagram of three
	id=$((id + 1))
	fragments "$A" eth0 dmac="$ROUTER_MAC" src=10.0.0.10 dst=10.0.1.10 size=3000 data=sink \
		dport="$1" id="$id" parts=1200-2400,2400-3008,0-1200
}
nothing_arrives "ACL-11: the first fragment's ports count for all" \
	"$D" eth0 "udp or (ip[6:2] & 0x1fff != 0)" "$A" network-acl-egress 3 "pieces 7" "pieces 8"

# ICMP errors
must rules my/app <<<"$OPEN"
must rules my/db <<-END
	100 ingress allow udp $ALL
	100 egress allow icmp $ALL icmp-type 3 icmp-code 3
END
check "ACL-4: an error passes where a reply would not" udp_refused "$A" 10.0.1.10 4444
nothing_arrives "ACL-4: its own code counts" "$A" eth0 "icmp" "$D" network-acl-egress 1 \
	"udp_refused $A 10.0.1.10 4444" \
	"acl entry-replace my/db 100 egress allow protocol icmp cidr $ALL icmp-type 3 icmp-code 1 &&
	 is_false udp_refused $A 10.0.1.10 4444"
must rules my/db <<<"$OPEN"
nothing_arrives "ACL-4: and at its receiver's border" "$A" eth0 "icmp" "$D" network-acl-ingress 1 \
	"udp_refused $A 10.0.1.10 4444" \
	"deny my/app 50 ingress icmp 10.0.1.0/24 icmp-type 3 && is_false udp_refused $A 10.0.1.10 4444"
check "ACL-2: where replies pass" udp_source "$A" 10.0.1.10 10.0.0.10
must acl entry-del my/app 50 ingress
nothing_arrives "ACL-4: from the internet, by the public source" \
	"$A" eth0 "icmp" inet network-acl-ingress 1 "udp_refused $A $INET_HOST 4444" \
	"deny my/app 50 ingress icmp $INET_HOST/32 icmp-type 3 && is_false udp_refused $A $INET_HOST 4444"
must rules my/app <<<"100 egress allow all $ALL"
must ip -n "$A" link set eth0 mtu 9100
must ip -n "$R" link set "v-$A" mtu 9100
check "ACL-9: the router's own error is not filtered" \
	sees 3 '10\.0\.0\.1 > 10\.0\.0\.10: ICMP 198\.51\.100\.7 unreachable - need to frag' \
	"$A" "icmp[icmptype] == icmp-unreach" frame "$A" eth0 dmac="$ROUTER_MAC" count=3 \
	src=10.0.0.10 dst="$INET_HOST" proto=icmp size=1500 fragoff=0x4000

# What is refused
must rules my/app <<<"$OPEN"
config_mark
refused "ACL-4: a number twice" "has ingress rule 100 already" allow my/app 100 ingress all "$ALL"
refused "ACL-4: replace what is not there" "no ingress rule 101" \
	acl entry-replace my/app 101 ingress allow protocol all cidr "$ALL"
refused "ACL-4: delete what is not there" "no egress rule 101" acl entry-del my/app 101 egress
refused "ACL-2: number 0" "." allow my/app 0 ingress all "$ALL"
refused "ACL-2: number 32767, which is the implicit one's" "." \
	allow my/app 32767 ingress all "$ALL"
refused "ACL-4: ports of all protocols" "rule 7: only tcp and udp have ports" \
	allow my/app 7 ingress all "$ALL" port 80
refused "ACL-4: ports of ICMP" "rule 7: only tcp and udp have ports" \
	allow my/app 7 ingress icmp "$ALL" port 80
refused "ACL-4: a range that ends before it begins" "rule 7: port 81 is above 80" \
	allow my/app 7 ingress tcp "$ALL" port 81-80
refused "ACL-4: an ICMP type of TCP" "rule 7: only icmp has types and codes" \
	allow my/app 7 ingress tcp "$ALL" icmp-type 8
refused "ACL-4: an ICMP code of any type" "rule 7: an icmp code needs a type" \
	allow my/app 7 ingress icmp "$ALL" icmp-code 0
refused "ACL-4: a list that is not there" "not found" allow my/none 7 ingress all "$ALL"
refused "ACL-1: a list of another VPC" "another vpc" acl associate two/net subnet my/app
refused "ACL-1: a subnet that is not there" "not found" acl associate my/app subnet my/none
refused "ACL-1: a list in use is not deleted" "used by 1 subnet" acl del my/app
refused "VPC-12: nor is the default one" "default network acl" acl del my/default
refused "ACL-3: there is but one default" "exists already" acl add my/default
check "ACL-4: prefix lists are no CIDRs" exits_usage allow my/app 7 ingress all s3

# Limits
must vr limits set rules-per-network-acl 2
must allow my/app 200 ingress all "$ALL"
config_mark
refused "ACL-10: a rule too many" "2 ingress rules, the limit" allow my/app 300 ingress all "$ALL"
check "ACL-10: of that direction" allow my/app 200 egress all "$ALL"
check "ACL-10: one can be replaced" \
	acl entry-replace my/app 200 ingress deny protocol all cidr "$ALL"
must vr limits set network-acls-per-vpc 5
config_mark
refused "ACL-10: a list too many" "limit of 5 network acls" acl add my/more
check "ACL-10: of that VPC" acl add two/more

# The end
check "ACL-1: a list that guards nothing is deleted" acl del my/shut
check "ACL-1: a subnet that goes gives its list free" vr -b - <<-END
	subnet add my/new cidr 10.0.3.0/24
	network-acl add my/new
	network-acl associate my/new subnet my/new
	subnet del my/new
	network-acl del my/new
END

finish
