#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The network below IP: a map of addresses, not a switch.
#
#   my/net   10.0.0.0/24: asker .10, peer .11, third .12, forwarder .40 (source-dest-check off)
#   my/other 10.0.1.0/24: other .10

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ASKER=as-$SUFFIX
PEER=pe-$SUFFIX
THIRD=th-$SUFFIX
FORWARDER=fo-$SUFFIX
OTHER=ot-$SUFFIX

build() {
	vr vpc add my cidr 10.0.0.0/16 &&
	vr subnet add my/net cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr subnet add my/other cidr 10.0.1.0/24 zone ap-northeast-2c &&
	add_instance "$ASKER" my/net 10.0.0.10 &&
	add_instance "$PEER" my/net 10.0.0.11 &&
	add_server "$PEER" &&
	add_instance "$THIRD" my/net 10.0.0.12 &&
	add_instance "$FORWARDER" my/net 10.0.0.40 source-dest-check off &&
	add_instance "$OTHER" my/other 10.0.1.10
}

must add_router
must build
PEER_MAC=$(mac_of "$PEER" eth0)
OTHER_MAC=$(mac_of "$OTHER" eth0)
FORWARDER_MAC=$(mac_of "$FORWARDER" eth0)
ROUTER_MAC=$(router_mac "$ASKER")

ask() { # ask NAMESPACE SENDER TARGET: the MAC that is answered, or none
	frame "$1" eth0 type=arp spa="$2" tpa="$3" wait=0.5
}

# ARP
check "L2-2: there is a router MAC" test -n "$ROUTER_MAC"
check "L2-1: ARP for a peer is answered with the peer's MAC" \
	equals "$(ask "$ASKER" 10.0.0.10 10.0.0.11)" "$PEER_MAC"
check "L2-2: ARP for base+1 is answered with the router's MAC" \
	equals "$(ask "$ASKER" 10.0.0.10 10.0.0.1)" "$ROUTER_MAC"
check "L2-2: the router's MAC is the same in another subnet" \
	equals "$(ask "$OTHER" 10.0.1.10 10.0.1.1)" "$ROUTER_MAC"
check "L2-2: an unused address is not answered" \
	equals "$(ask "$ASKER" 10.0.0.10 10.0.0.99)" none
check "L2-2: nor an address of another subnet" \
	equals "$(ask "$ASKER" 10.0.0.10 10.0.1.10)" none
check "L2-2: nor the DNS server's reserved one" \
	equals "$(ask "$ASKER" 10.0.0.10 10.0.0.2)" none

CONTROL="frame $ASKER eth0 dmac=$PEER_MAC src=10.0.0.10 dst=10.0.0.11"

# Neither what the peer sends nor what answers its own ARP.
NOT_OWN="not ether src $PEER_MAC and not (ether dst $PEER_MAC and arp[6:2] == 2)"

# peer_sees_none NAME REASON N KEY=VALUE...: frames of the asker that never reach the peer
peer_sees_none() {
	local name=$1 reason=$2 want=$3

	shift 3
	nothing_arrives "$name" "$PEER" eth0 "$NOT_OWN" "$ASKER" "$reason" "$want" \
		"$CONTROL" "frame $ASKER eth0 count=$want $*"
}

peer_sees_none "L2-1: ARP is never flooded" arp-replies 3 type=arp spa=10.0.0.10 tpa=10.0.0.11
peer_sees_none "L2-2: not for an unused address either" arp-unknown-address 3 \
	type=arp spa=10.0.0.10 tpa=10.0.0.99

# Claims
peer_sees_none "L2-3: a gratuitous ARP for a peer's address" arp-invalid 3 \
	type=arp spa=10.0.0.11 tpa=10.0.0.11
peer_sees_none "L2-3: an unsolicited reply in a peer's name" arp-invalid 3 \
	type=arp op=2 spa=10.0.0.11 tpa=10.0.0.12 dmac="$(mac_of "$THIRD" eth0)"
peer_sees_none "L2-3: a request in a peer's name" arp-invalid 3 \
	type=arp spa=10.0.0.11 tpa=10.0.0.12
peer_sees_none "L2-3: an announcement of the own address" arp-invalid 3 \
	type=arp spa=10.0.0.10 tpa=10.0.0.10
check "L2-3: an announcement is not answered, it would look like a conflict" \
	equals "$(ask "$ASKER" 10.0.0.10 10.0.0.10)" none
check "L2-3: the peer's address still has the peer's MAC" \
	equals "$(ask "$THIRD" 10.0.0.12 10.0.0.11)" "$PEER_MAC"

still_the_peers() {
	local rc=0

	cap_start owner "$PEER" eth0 "icmp" && cap_start thief "$ASKER" eth0 "icmp" || return
	ping_all "$THIRD" 10.0.0.11 || rc=1
	cap_stop owner && cap_stop thief || rc=1
	cap_count owner 0 'echo request' 3 || rc=1
	expect_capture_empty thief 0 || rc=1
	return "$rc"
}
check "L2-3, L2-7: and the peer's traffic goes to the peer alone" still_the_peers

# Broadcast and multicast
peer_sees_none "L2-4: 255.255.255.255" broadcast 3 src=10.0.0.10 dst=255.255.255.255
peer_sees_none "L2-4: the subnet's broadcast address" broadcast 3 src=10.0.0.10 dst=10.0.0.255
peer_sees_none "L2-4: the same by the router's MAC" broadcast 3 \
	src=10.0.0.10 dst=10.0.0.255 dmac="$ROUTER_MAC"
peer_sees_none "L2-4: the peer's address in a broadcast frame" broadcast 3 \
	src=10.0.0.10 dst=10.0.0.11
peer_sees_none "L2-5: a multicast group" multicast 3 \
	src=10.0.0.10 dst=224.0.0.251 dmac=01:00:5e:00:00:fb

# Other protocols
peer_sees_none "L2-6: a VLAN tag" vlan 3 \
	src=10.0.0.10 dst=10.0.0.11 dmac="$PEER_MAC" vlan=5
peer_sees_none "L2-6: another ethertype" not-ip 3 type=0x88b6 dmac="$PEER_MAC"
peer_sees_none "L2-6: another ethertype to all" not-ip 3 type=0x88b6
peer_sees_none "IPv6 in name only" short-packet 3 type=0x86dd data=frame dmac="$PEER_MAC"

# Reserved addresses
peer_sees_none "VPC-19, VPC-20: the DNS server's address" reserved-address 3 \
	src=10.0.0.10 dst=10.0.0.2 dmac="$ROUTER_MAC"
peer_sees_none "VPC-19: the address that is kept for the future" reserved-address 3 \
	src=10.0.0.10 dst=10.0.0.3 dmac="$ROUTER_MAC"
peer_sees_none "VPC-24: the metadata address" reserved-address 3 \
	src=10.0.0.10 dst=169.254.169.254 dmac="$ROUTER_MAC"
peer_sees_none "PIPE-3: an unused address of the VPC, silently" no-such-address 3 \
	src=10.0.0.10 dst=10.0.0.99 dmac="$ROUTER_MAC"

# Delivery by MAC
carried() { # a frame to the forwarder's MAC, for an address that no route of the table has
	local rc=0

	cap_start carry "$FORWARDER" eth0 "udp" || return
	counter_stays "$ASKER" no-route \
		frame "$ASKER" eth0 count=3 src=10.0.0.10 dst=198.51.100.7 dmac="$FORWARDER_MAC" || rc=1
	cap_stop carry || rc=1
	cap_count carry 0 "^$(mac_of "$ASKER" eth0) > $FORWARDER_MAC.* 198\.51\.100\.7" 3 || rc=1
	return "$rc"
}
check "L2-8: a frame to a neighbour's MAC is carried there, no table asked" carried
peer_sees_none "L2-8: no interface has this MAC" unknown-mac 3 \
	src=10.0.0.10 dst=10.0.0.11 dmac=02:00:00:00:00:99
peer_sees_none "L2-8: the MAC of an interface in another subnet" unknown-mac 3 \
	src=10.0.0.10 dst=10.0.1.10 dmac="$OTHER_MAC"

# TTL
one_hop() {
	local rc=0

	cap_start ttl "$OTHER" eth0 "icmp[icmptype] == icmp-echo and ip[8] == 1" || return
	ping_all "$ASKER" 10.0.1.10 ttl=1 || rc=1
	cap_stop ttl || rc=1
	cap_count ttl 0 'echo request' 3 || rc=1
	return "$rc"
}
check "the other subnet can be reached" ping_ok "$ASKER" 10.0.1.10
check "L2-9: TTL 1 crosses the router and arrives as 1" one_hop

finish
