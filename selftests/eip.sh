#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Public addresses: 1:1 through the gateway, between VPCs without leaving, and who gets none.
#
#   one/pub 10.0.0.0/24: p1 .10 (203.0.113.10), p2 .11 (203.0.113.11), bare .12
#   one/prv 10.0.1.0/24, no route to the gateway: pr .10 (203.0.113.12)
#   two/pub 10.0.0.0/24: q1 .10 (203.0.113.20)
#   203.0.113.30 is allocated and associated with nobody

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

P1=p1-$SUFFIX
P2=p2-$SUFFIX
BARE=ba-$SUFFIX
PR=pr-$SUFFIX
Q1=q1-$SUFFIX

build_vpc() { # build_vpc NAME
	vr vpc add "$1" cidr 10.0.0.0/16 &&
	vr subnet add "$1/pub" cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr route-table add "$1/pub" &&
	vr route-table associate "$1/pub" subnet "$1/pub" &&
	vr igw add "$1-igw" vpc "$1" uplink inet &&
	vr route add "$1/pub" 0.0.0.0/0 igw "$1-igw"
}

build() {
	build_vpc one && build_vpc two &&
	vr subnet add one/prv cidr 10.0.1.0/24 zone ap-northeast-2a &&
	add_instance "$P1" one/pub 10.0.0.10 && add_eip 203.0.113.10 "$P1" && add_server "$P1" &&
	add_instance "$P2" one/pub 10.0.0.11 && add_eip 203.0.113.11 "$P2" && add_server "$P2" &&
	add_instance "$BARE" one/pub 10.0.0.12 && add_server "$BARE" &&
	add_instance "$PR" one/prv 10.0.1.10 && add_eip 203.0.113.12 "$PR" &&
	add_instance "$Q1" two/pub 10.0.0.10 && add_eip 203.0.113.20 "$Q1" && add_server "$Q1" &&
	vr eip add 203.0.113.30 uplink inet
}

# seen NAMESPACE FILTER PATTERN CMD...: CMD works; every packet at eth0 there is so
seen() {
	local ns=$1 filter=$2 pattern=$3 rc=0

	shift 3
	tags=$((tags + 1))
	cap_start "seen$tags" "$ns" eth0 "$filter" || return
	"$@" || rc=1
	cap_stop "seen$tags" || rc=1
	cap_only "seen$tags" 0 "$pattern" || rc=1
	return "$rc"
}
tags=0

stays_inside() { # stays_inside CMD...: CMD works and nothing is seen beyond the uplink
	local rc=0

	tags=$((tags + 1))
	cap_start "inside$tags" "$INET" eth0 "ip" || return
	"$@" || rc=1
	cap_stop "inside$tags" || rc=1
	expect_capture_empty "inside$tags" 0 || rc=1
	return "$rc"
}

answers_as() { # answers_as NAMESPACE ADDRESS HOST: who has that address now
	http "$1" "$2" | grep -q "host=$3 "
}

must add_router
must add_internet
must build
UPLINK_MAC=$(mac_of "$R" uplink)

# Out
check "IGW-2: ping out, the internet sees the public address" \
	seen "$INET" "icmp" '203\.0\.113\.10 > 198\.51\.100\.7|198\.51\.100\.7 > 203\.0\.113\.10' \
	ping_ok "$P1" "$INET_HOST"
check "IGW-2: the guest never sees it" \
	seen "$P1" "icmp" '10\.0\.0\.10 > 198\.51\.100\.7|198\.51\.100\.7 > 10\.0\.0\.10' \
	ping_ok "$P1" "$INET_HOST"
check "IGW-2: TCP out" http_source "$P1" "$INET_HOST" 203.0.113.10
check "IGW-2: UDP out" udp_source "$P1" "$INET_HOST" 203.0.113.10
check "IGW-3: each has its own" http_source "$P2" "$INET_HOST" 203.0.113.11
check "VPC-4: the same private address in another VPC, too" \
	http_source "$Q1" "$INET_HOST" 203.0.113.20
check "packets out are counted" reason_rises "$P1" igw-out-packets 3 ping_all "$P1" "$INET_HOST"
check "packets in are counted" reason_rises "$P1" igw-in-packets 3 ping_all "$P1" "$INET_HOST"

# In
check "IGW-2, IGW-9: ping in, the guest sees its private address" \
	seen "$P1" "icmp" '203\.0\.113\.1 > 10\.0\.0\.10|10\.0\.0\.10 > 203\.0\.113\.1:' \
	ping_ok "$INET" 203.0.113.10
check "IGW-2: TCP in" http_source "$INET" 203.0.113.10 203.0.113.1
check "IGW-2: UDP in" udp_source "$INET" 203.0.113.10 203.0.113.1
check "IGW-2: the right host answers" answers_as "$INET" 203.0.113.10 "$P1"
check "VPC-4: the other VPC's host answers for its own" answers_as "$INET" 203.0.113.20 "$Q1"

# Without
nothing_arrives "IGW-4: no public address, no way out" \
	"$INET" eth0 "icmp" "$BARE" no-public-address 3 \
	"ping_ok $P1 $INET_HOST" "ping_fails $BARE $INET_HOST"
nothing_arrives "IGW-13a: nothing private goes out" \
	"$INET" eth0 "icmp" "$P1" igw-private-address 3 \
	"ping_ok $P1 $INET_HOST" "ping_fails $P1 192.168.1.1"
nothing_arrives "IGW-13a: nor 100.64.0.0/10" \
	"$INET" eth0 "icmp" "$P1" igw-private-address 3 \
	"ping_ok $P1 $INET_HOST" "ping_fails $P1 100.64.0.1"
each_fails() { # each_fails NAMESPACE DESTINATION...
	local dst

	for dst in "${@:2}"; do
		ping_fails "$1" "$dst" || return
	done
}
nothing_arrives "IGW-13a: the ranges go as far as they should" \
	"$INET" eth0 "icmp" "$P1" igw-private-address 12 "ping_ok $P1 $INET_HOST" \
	"each_fails $P1 10.255.255.254 172.31.255.254 192.168.255.254 100.127.255.254"
nothing_arrives "RT-15: 0.0.0.0/0 does not cover 169.254.169.254" \
	"$INET" eth0 "icmp" "$P1" reserved-address 3 \
	"ping_ok $P1 $INET_HOST" "ping_fails $P1 169.254.169.254"

# The host's own neighbour discovery is left to the host too: keep it quiet for exact counts.
must ip -n "$R" neigh replace "$INET_GATEWAY" lladdr "$(mac_of "$INET" eth0)" dev uplink nud permanent

# outside NAME REASON N KEY=VALUE...: frames from the internet that never reach p1
outside() {
	local name=$1 reason=$2 want=$3

	shift 3
	nothing_arrives "$name" "$P1" eth0 "(udp or tcp) and not src host 10.0.0.10" inet "$reason" "$want" \
		"frame $INET eth0 dmac=$UPLINK_MAC src=198.51.100.7 dst=203.0.113.10" \
		"frame $INET eth0 dmac=$UPLINK_MAC count=$want $*"
}
outside "IGW-13a: a private source comes in" igw-private-address 3 \
	src=192.168.5.5 dst=203.0.113.10
outside "EIP-1: an address that is associated with nobody" eip-not-associated 3 \
	src=198.51.100.7 dst=203.0.113.30
outside "IGW-13b: one of our addresses as source" source-address 3 \
	src=203.0.113.11 dst=203.0.113.10
outside "what is not ours is left to the host" to-host 3 \
	src=198.51.100.7 dst=203.0.113.99
outside "TCP in the middle of nothing" tcp-not-syn 3 \
	src=198.51.100.7 dst=203.0.113.10 proto=tcp flags=16
check "EIP-1: from inside as well" \
	reason_rises "$P1" eip-not-associated 3 ping_fails "$P1" 203.0.113.30

one_way() { # the request is delivered, the reply finds no way (IGW-5)
	local rc=0

	cap_start oneway "$PR" eth0 "icmp" || return
	reason_rises "$PR" "no-route|reply-path" 3 ping_fails "$INET" 203.0.113.12 || rc=1
	cap_stop oneway || rc=1
	cap_count oneway 0 '203\.0\.113\.1 > 10\.0\.1\.10: ICMP echo request' 3 || rc=1
	return "$rc"
}
check "IGW-5: a public address in a private subnet: requests in, no replies out" one_way

# From public address to public address
check "IGW-7: within one VPC, the receiver sees the public source" \
	stays_inside http_source "$P1" 203.0.113.11 203.0.113.10
check "IGW-7: between VPCs with the same addresses" \
	stays_inside http_source "$P1" 203.0.113.20 203.0.113.10
check "IGW-7: and back" stays_inside http_source "$Q1" 203.0.113.10 203.0.113.20
check "IGW-7: ping, and nothing on the uplink" stays_inside ping_ok "$P1" 203.0.113.20
# Flow and reply are one direction then.
check "IGW-7: to one's own public address, by equal ports: it arrives, in one session" \
	sees 3 '203.0.113.10.7777 > 10.0.0.10.7777' "$P1" "udp and src host 203.0.113.10" \
	reason_rises "$P1" sessions-created 1 frame "$P1" eth0 dmac="$(router_mac "$P1")" count=3 \
	src=10.0.0.10 dst=203.0.113.10 sport=7777 dport=7777
check "IGW-7: the sender's gateway counts" \
	reason_rises "$P1" igw-out-packets 3 ping_all "$P1" 203.0.113.20
check "IGW-7: the receiver's gateway counts" \
	reason_rises "$Q1" igw-in-packets 3 ping_all "$P1" 203.0.113.20
check "IGW-7: the receiver's frames carry the public source" \
	seen "$Q1" "icmp" '203\.0\.113\.10 > 10\.0\.0\.10|10\.0\.0\.10 > 203\.0\.113\.10' \
	ping_ok "$P1" 203.0.113.20
nothing_arrives "IGW-4: without a public address not even inside" \
	"$P2" eth0 "icmp" "$BARE" no-public-address 3 \
	"ping_ok $P1 203.0.113.11" "ping_fails $BARE 203.0.113.11"

# To an appliance by the subnet's table, from outside directly: each way by itself (IGW-2, RT-30).
must vr eni set "$BARE" source-dest-check off
must vr route add one/pub 198.51.100.7/32 eni "$BARE"
check "RT-30: what is spoken first goes to the appliance" \
	sees 1 '10.0.0.10.9001 > 198.51.100.7.9002' "$BARE" "udp and dst host 198.51.100.7" \
	frame "$P1" eth0 dmac="$(router_mac "$P1")" \
	src=10.0.0.10 dst=198.51.100.7 sport=9001 dport=9002
check "IGW-9: and what comes in by the gateway comes in" \
	sees 3 '198.51.100.7.9002 > 10.0.0.10.9001' "$P1" "udp and src host 198.51.100.7" \
	frame "$INET" eth0 dmac="$UPLINK_MAC" count=3 \
	src=198.51.100.7 dst=203.0.113.10 sport=9002 dport=9001
check "RT-30: the answers go to the appliance, too" \
	sees 3 '10.0.0.10.9001 > 198.51.100.7.9002' "$BARE" "udp and dst host 198.51.100.7" \
	frame "$P1" eth0 dmac="$(router_mac "$P1")" count=3 \
	src=10.0.0.10 dst=198.51.100.7 sport=9001 dport=9002
must vr route del one/pub 198.51.100.7/32
must vr eni set "$BARE" source-dest-check on

# An address of somebody outside becomes one of ours: its flows turn round (IGW-7).
to_somebody() { # to_somebody N PATTERN NAMESPACE: a flow of p1's arrives there
	sees "$1" "$2" "$3" "udp port 9101" \
		frame "$P1" eth0 dmac="$(router_mac "$P1")" count=3 \
		src=10.0.0.10 dst=198.51.100.40 sport=9100 dport=9101
}
check "an address of the internet's" \
	to_somebody 3 '203.0.113.10.9100 > 198.51.100.40.9101' "$INET"
check "IGW-7: it becomes one of ours" vr eip add 198.51.100.40 uplink inet
check "IGW-7: the next packet does not go out" to_somebody 0 . "$INET"
must vr eip associate 198.51.100.40 eni "$Q1"
check "IGW-7: but to who has it now" to_somebody 3 '203.0.113.10.9100 > 10.0.0.10.9101' "$Q1"
must vr eip disassociate 198.51.100.40
must vr eip del 198.51.100.40
must vr eip associate 203.0.113.20 eni "$Q1"

# Moving
eip_assoc() { # eip_assoc ADDRESS: the id of its association
	vr eip show "$1" | grep -oE 'eipassoc-[0-9a-f]{17}'
}
first=$(eip_assoc 203.0.113.10)
check "EIP-1: an association has an id" test -n "$first"
check "EIP-2: once more is no other one" vr eip associate 203.0.113.10 eni "$P1"
check "EIP-2: it is the same" equals "$(eip_assoc 203.0.113.10)" "$first"
config_mark
refused "EIP-2: not moved if that is asked for" "associat" \
	vr eip associate 203.0.113.10 eni "$BARE" no-reassociation
check "EIP-2: it moves by itself" vr eip associate 203.0.113.10 eni "$BARE"
check_not "EIP-1: by another association" equals "$(eip_assoc 203.0.113.10)" "$first"
check "EIP-2: the new owner answers" answers_as "$INET" 203.0.113.10 "$BARE"
check "EIP-2: the new owner's source" http_source "$BARE" "$INET_HOST" 203.0.113.10
nothing_arrives "EIP-2: the old owner has none now" \
	"$INET" eth0 "icmp" "$P1" no-public-address 3 \
	"ping_ok $BARE $INET_HOST" "ping_fails $P1 $INET_HOST"
check "EIP-2: an address with one gets another" vr eip associate 203.0.113.30 eni "$BARE"
check "EIP-2: which replaces the first" http_source "$BARE" "$INET_HOST" 203.0.113.30

# The gateway goes and comes back
config_mark
refused "EIP-1: an association that is over" "association \"$first\" not found" \
	vr eip disassociate "$first"
check "EIP-1: by the id of its association one is disassociated" \
	vr eip disassociate "$(eip_assoc 203.0.113.30)"
check "EIP-1: which is then gone" equals "$(eip_assoc 203.0.113.30)" ""
for addr in 203.0.113.11 203.0.113.12; do
	check "disassociate $addr" vr eip disassociate "$addr"
done
check "IGW-8: now it can be detached" vr igw detach one-igw
check "RT-23: its route is a blackhole" route_state one/pub 0.0.0.0/0 blackhole
nothing_arrives "RT-22, RT-23: and drops" \
	"$INET" eth0 "icmp" "$P1" blackhole 3 \
	"ping_ok $Q1 $INET_HOST" "ping_fails $P1 $INET_HOST"
check "RT-24: attach it again" vr igw attach one-igw vpc one
check "RT-24: the route lives again" route_state one/pub 0.0.0.0/0 active
check "EIP-1: associate again" vr eip associate 203.0.113.10 eni "$P1"
check "RT-24: and traffic flows" http_source "$P1" "$INET_HOST" 203.0.113.10

# An address goes to an interface of another VPC that has the same private one.
answered() { # answered PORT: from outside to a port of 203.0.113.10
	frame "$INET" eth0 dmac="$UPLINK_MAC" count=3 \
		src=198.51.100.7 dst=203.0.113.10 sport=9201 dport="$1"
}
check "a flow of p1's" sees 3 '203.0.113.10.9200 > 198.51.100.7.9201' "$INET" "udp port 9201" \
	frame "$P1" eth0 dmac="$(router_mac "$P1")" count=3 \
	src=10.0.0.10 dst=198.51.100.7 sport=9200 dport=9201
check "and its answers" sees 3 '198.51.100.7.9201 > 10.0.0.10.9200' "$P1" "udp" answered 9200
must vr eip associate 203.0.113.10 eni "$Q1"
nothing_arrives "EIP-4: who has the address now gets no answers to them" \
	"$Q1" eth0 "udp src port 9201" inet reply-path 3 "answered 9202" "answered 9200"

# Likewise when the answers come from an address of ours.
from_p2() { # from_p2 PORT: to a port of 203.0.113.10
	frame "$P2" eth0 dmac="$(router_mac "$P2")" count=3 \
		src=10.0.0.11 dst=203.0.113.10 sport=9301 dport="$1"
}
must vr eip associate 203.0.113.10 eni "$P1"
must vr eip associate 203.0.113.11 eni "$P2"
check "IGW-7: a flow of p1's to p2" sees 3 '203.0.113.10.9300 > 10.0.0.11.9301' "$P2" "udp port 9301" \
	frame "$P1" eth0 dmac="$(router_mac "$P1")" count=3 \
	src=10.0.0.10 dst=203.0.113.11 sport=9300 dport=9301
check "IGW-7: and its answers" sees 3 '203.0.113.11.9301 > 10.0.0.10.9300' "$P1" "udp" from_p2 9300
must vr eip associate 203.0.113.10 eni "$Q1"
nothing_arrives "EIP-4: who has the address now gets no answers to them, either" \
	"$Q1" eth0 "udp src port 9301" "$P2" reply-path 3 "from_p2 9302" "from_p2 9300"

finish
