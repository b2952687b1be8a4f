#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Peering connections: two VPCs' own addresses reach each other, and nobody else by them.
#
#   a/net 10.1.0.0/24: a .10, a2 .20            c/net 10.3.0.0/24: c .10
#           |                                       |
#          ab -------- b/net 10.2.0.0/24 --------- bc      b: .10 (203.0.113.20), forwarder .40
#                          igw, gateway endpoint
#   twin/net 10.1.0.0/24: t .20, as a2

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

A=a-$SUFFIX
A2=a2-$SUFFIX
B=b-$SUFFIX
C=c-$SUFFIX
FORWARDER=fo-$SUFFIX
TWIN=t-$SUFFIX
CLOSED=4444

add_net() { # add_net VPC BLOCK: VPC with BLOCK.0.0/16, and VPC/net with BLOCK.0.0/24
	vr -b - <<-END
		vpc add $1 cidr $2.0.0/16
		subnet add $1/net cidr $2.0.0/24 zone ap-northeast-2a
		route-table add $1/net
		route-table associate $1/net subnet $1/net
	END
}

build() {
	add_net a 10.1 && add_net b 10.2 && add_net c 10.3 && add_net twin 10.1 &&
	add_instance "$A" a/net 10.1.0.10 &&
	add_instance "$A2" a/net 10.1.0.20 &&
	add_instance "$B" b/net 10.2.0.10 && add_server "$B" &&
	add_instance "$FORWARDER" b/net 10.2.0.40 source-dest-check off &&
	add_instance "$C" c/net 10.3.0.10 &&
	add_instance "$TWIN" twin/net 10.1.0.20 &&
	add_igw b && add_eip 203.0.113.20 "$B" &&
	add_s3_endpoint b-s3 b b/net
}

state() { # state PEERING STATE
	vr peering show "$1" | grep -qw "state $2" && return
	vr peering show "$1"
	return 1
}

must add_router
must add_internet
must add_s3
must build
ROUTER_MAC=$(router_mac "$FORWARDER")
ROUTER_MAC_A=$(router_mac "$A")

# Asking
config_mark
refused "PCX-2: with oneself" "own peer" vr peering add x vpc a peer-vpc a
refused "PCX-2: with a vpc of the same addresses" "overlaps" vr peering add x vpc a peer-vpc twin
refused "RT-27: a route to a peering that is not there" "not found" \
	vr route add a/net 10.2.0.0/16 peering ab
check "PCX-1: ask" vr peering add ab vpc a peer-vpc b
check "PCX-1: and it waits for acceptance" state ab pending-acceptance
config_mark
refused "PCX-2: another one of the two" "of the two is pending-acceptance" \
	vr peering add x vpc a peer-vpc b
refused "PCX-2: from the other side either" "of the two is pending-acceptance" \
	vr peering add x vpc b peer-vpc a
check "RT-22: a route to what is not accepted yet" vr route add a/net 10.2.0.0/16 peering ab
check "RT-22: is a blackhole" route_state a/net 10.2.0.0/16 blackhole
must vr route add b/net 10.1.0.0/16 peering ab
check "PCX-1: nothing passes before" reason_rises "$A" blackhole 3 ping_fails "$A" 10.2.0.10

# Accepting
check "PCX-1: accept" vr peering accept ab
check "PCX-1: it is active" state ab active
check "RT-22: and so are its routes" route_state a/net 10.2.0.0/16 active
check "RT-22: on both sides" route_state b/net 10.1.0.0/16 active
check "PCX-3: from a to b" ping_ok "$A" 10.2.0.10
check "PCX-3: from b to a" ping_ok "$B" 10.1.0.10
check "PCX-4: b sees a's own address" http_source "$A" 10.2.0.10 10.1.0.10
check "L2-9: no hop can be seen between them" ping_all "$A" 10.2.0.10 ttl=1
check "an ICMP error crosses it" udp_refused "$A" 10.2.0.10 $CLOSED
config_mark
refused "PCX-1: to accept it again" "is active, not pending-acceptance" vr peering accept ab
refused "PCX-1: or to reject it now" "is active, not pending-acceptance" vr peering reject ab
refused "RT-27: a route of a vpc that it does not concern" "between other vpcs" \
	vr route add c/net 10.1.0.0/16 peering ab
refused "VPC-8: a block of the peer's" "overlaps 10\.2\.0\.0/16 of a peered vpc" \
	vr vpc set a cidr 10.2.128.0/20

# Routes on both sides
must vr route del b/net 10.1.0.0/16
nothing_arrives "PCX-3: without a route back the answer goes to the gateway, which drops it" \
	"$A" eth0 "icmp and dst 10.1.0.10" "$B" igw-private-address 3 \
	"ping_ok $A 10.1.0.20" "ping_fails $A 10.2.0.10"
must vr route add b/net 10.1.0.0/16 peering ab

# Not transitive
must vr peering add bc vpc b peer-vpc c
must vr peering accept bc
must vr route add b/net 10.3.0.0/16 peering bc
must vr route add c/net 10.2.0.0/16 peering bc
must vr route add c/net 10.1.0.0/16 peering bc
must vr route add a/net 10.3.0.0/16 peering ab
check "b reaches c" ping_ok "$B" 10.3.0.10
nothing_arrives "PCX-4: a does not reach c by b" "$C" eth0 "icmp" "$A" peering-transit 3 \
	"ping_ok $B 10.3.0.10" "ping_fails $A 10.3.0.10"
nothing_arrives "PCX-4: nor c a" "$A" eth0 "icmp" "$C" peering-transit 3 \
	"ping_ok $B 10.1.0.10" "ping_fails $C 10.1.0.10"
FRAME="frame $FORWARDER eth0 dmac=$ROUTER_MAC count=3 proto=icmp"
nothing_arrives "PCX-4: not by an interface that forwards either" "$A" eth0 "icmp" \
	"$FORWARDER" peering-transit 3 "ping_ok $FORWARDER 10.1.0.10" "$FRAME src=10.3.0.10 dst=10.1.0.10"
# The forwarder itself answers, too.
nothing_arrives "PCX-4: nor an error in another's name" \
	"$A" eth0 "icmp[icmptype] == icmp-unreach and not src 10.2.0.40" \
	"$FORWARDER" peering-transit 3 "udp_refused $A 10.2.0.10 $CLOSED" \
	"frame $A eth0 dmac=$ROUTER_MAC_A src=10.1.0.10 dst=10.2.0.40 sport=40000 dport=$CLOSED
	$FRAME icmp=3 code=3 src=10.3.0.10 dst=10.1.0.10 quote=udp,10.1.0.10,40000,10.2.0.40,$CLOSED"

# No edge to edge
must vr route add a/net 0.0.0.0/0 peering ab
check "b uses its own gateway" ping_ok "$B" "$INET_HOST"
nothing_arrives "PCX-5, IGW-10: the peer's internet gateway" "$INET" eth0 "icmp" \
	"$A" peering-transit 3 "ping_ok $B $INET_HOST" "ping_fails $A $INET_HOST"
check "b uses its own endpoint" http_source "$B" "$S3_HOST" 10.2.0.10
nothing_arrives "PCX-5, GWE-12: the peer's gateway endpoint" "$S3" eth0 "icmp" \
	"$A" peering-transit 3 "ping_ok $B $S3_HOST" "ping_fails $A $S3_HOST"
must vr route del a/net 0.0.0.0/0
check "PCX-4: an address of the peer that nobody has" \
	reason_rises "$A" no-such-address 3 ping_fails "$A" 10.2.0.99
check "VPC-19: its router's address" reason_rises "$A" reserved-address 3 ping_fails "$A" 10.2.0.1
must jumbo "$A"
must jumbo "$B"
check "MTU-1: 9001 bytes" ping_ok "$A" 10.2.0.10 size=8973
nothing_arrives "MTU-1: 9002 bytes are too big" "$B" eth0 "icmp" "$A" too-big 3 \
	"ping_ok $A 10.2.0.10" \
	"frame $A eth0 dmac=$ROUTER_MAC_A count=3 src=10.1.0.10 dst=10.2.0.10 proto=icmp size=8974"

# The answering side's table decides
must vr peering add twins vpc twin peer-vpc b
must vr peering accept twins
must vr route add twin/net 10.2.0.0/16 peering twins
# stray NAMESPACE: the answers to the twin's ping are there
stray() {
	sees 3 '10.2.0.10 > 10.1.0.20: ICMP echo reply' "$1" "icmp" ping_fails "$TWIN" 10.2.0.10
}
check "PCX-6: b's answers go where its routes lead, to a's host of the same address" stray "$A2"
must vr route replace b/net 10.1.0.0/16 peering twins
check "PCX-6: or to the twin" ping_ok "$TWIN" 10.2.0.10
check "PCX-6: a waits for its answers then" ping_fails "$A2" 10.2.0.10
must vr route replace b/net 10.1.0.0/16 peering ab
check "PCX-6: and gets them again" ping_ok "$A2" 10.2.0.10

# Deleting
check "a flow from a to b" flow_start live "$A" 10.2.0.10
check "another of b's, to the internet" flow_start web "$B" "$INET_HOST"
check "PCX-7: delete" vr peering del ab
check "PCX-7: the flow stands" flow_stands live
check "PCX-7: others of the vpc go on" flow_goes_on web
must flow_stop live
check "PCX-7, RT-23: the routes are blackholes" route_state a/net 10.2.0.0/16 blackhole
check "PCX-7, RT-23: on both sides" route_state b/net 10.1.0.0/16 blackhole
nothing_arrives "PCX-7, RT-22: and drop" "$B" eth0 "icmp" "$A" blackhole 3 \
	"ping_ok $C 10.2.0.10" "ping_fails $A 10.2.0.10"
check "PCX-1: ask again" vr peering add ab vpc b peer-vpc a
check "PCX-1: reject it" vr peering reject ab
check "PCX-1: it is rejected" state ab rejected
config_mark
refused "PCX-1: to accept it then" "is rejected, not pending-acceptance" vr peering accept ab
refused "RT-27: a route to it" "rejected" vr route add a/net 10.9.0.0/16 peering ab
check "PCX-1: and ask once more" vr peering add again vpc a peer-vpc b
check "PCX-1: accept" vr peering accept again
check "RT-24: the old routes do not come back" route_state a/net 10.2.0.0/16 blackhole
check "RT-24: replace them" vr route replace a/net 10.2.0.0/16 peering again
check "RT-24: on both sides" vr route replace b/net 10.1.0.0/16 peering again
check "RT-24: and a reaches b" ping_ok "$A" 10.2.0.10

# All or nothing
before=$(vr peering show)
check_not "a transaction whose last command fails" vr -b - <<-END
	peering del again
	peering add gone vpc a peer-vpc twin
END
check "leaves it as it was" equals "$(vr peering show)" "$before"
check "and a still reaches b" ping_ok "$A" 10.2.0.10

# Limits
must vr limits set active-peerings-per-vpc 2
must vr vpc add d cidr 10.4.0.0/16
must vr vpc add e cidr 10.5.0.0/16
must vr peering add bd vpc d peer-vpc b
config_mark
refused "PCX-9: one active peering too many" "active peerings, the limit" vr peering accept bd
must vr limits set active-peerings-per-vpc 50
check "PCX-9: and with more room" vr peering accept bd
must vr limits set outstanding-peering-requests 1
must vr peering add de vpc d peer-vpc e
config_mark
refused "VPC-12: a vpc with a peering that waits" "has 1 peering connection" vr vpc del e
refused "PCX-9: one request too many" "outstanding peering requests" vr peering add ae vpc a peer-vpc e
check "PCX-9: answer the first" vr peering reject de
check "PCX-9: and ask" vr peering add ae vpc a peer-vpc e
config_mark
refused "VPC-12: a vpc with an active one" "has 1 peering connection" vr vpc del d
must vr peering del ae
check "VPC-12: a vpc whose peerings are gone or rejected can be deleted" vr vpc del e
check "VPC-12: and its rejected one is gone with it" \
	is_false grep -q '^peering de ' <(vr peering show)

finish
