#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# NAT gateways without public addresses: over a peering, within the VPC, past filters.
#
#   my/private 10.0.1.0/24: client .10, forwarder .40    my/nat 10.0.0.0/24: nat .50
#     10.5.0.0/16, later 10.0.2.0/24: nat                   10.5.0.0/16: peering
#   my/db 10.0.2.0/24: db .10                             peer/net 10.5.0.0/24: peer .10
#                                                            no route back

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VPCS_CLOSED=yes
CLIENT=c-$SUFFIX
FORWARDER=fo-$SUFFIX
DB=d-$SUFFIX
PEER=p-$SUFFIX
NAT=10.0.0.50

build() {
	add_nat_vpcs nat &&
	vr -b - <<-END &&
		subnet add my/db cidr 10.0.2.0/24 zone ap-northeast-2a
		peering add pcx vpc my peer-vpc peer
		peering accept pcx
		nat-gateway add nat subnet my/nat connectivity-type private address $NAT
		route add my/nat 10.5.0.0/16 peering pcx
		route add my/private 10.5.0.0/16 peering pcx
		security-group add my/clients
		security-group rule-add my/clients ingress cidr 0.0.0.0/0
		security-group add my/db
		security-group rule-add my/db ingress group my/clients
		security-group rule-add peer/default ingress cidr 0.0.0.0/0
	END
	add_instance "$CLIENT" my/private 10.0.1.10 security-group my/clients &&
	add_instance "$FORWARDER" my/private 10.0.1.40 security-group my/clients \
		source-dest-check off &&
	add_instance "$DB" my/db 10.0.2.10 security-group my/db && add_server "$DB" &&
	add_instance "$PEER" peer/net 10.5.0.10 && add_server "$PEER"
}

must add_router
must add_internet
must build
ROUTER_MAC=$(router_mac "$CLIENT")

# Over a peering
check "PCX-3: without the gateway the peer cannot answer" \
	reason_rises "$PEER" no-route 3 ping_fails "$CLIENT" 10.5.0.10
must vr route replace my/private 10.5.0.0/16 nat-gateway nat
check "NAT-13a: with it the answer finds its way, without a route" ping_ok "$CLIENT" 10.5.0.10
check "NAT-4: from the gateway's private address" http_source "$CLIENT" 10.5.0.10 $NAT
check "NAT-3: UDP" udp_source "$CLIENT" 10.5.0.10 $NAT
check "NAT-20: an ICMP error finds it, too" udp_refused "$CLIENT" 10.5.0.10 4444
check "L2-9: the gateway is a hop to it, too" \
	sees 1 unreachable "$CLIENT" "icmp[icmptype] == icmp-unreach and ip[8] == 63" \
	udp_refused "$CLIENT" 10.5.0.10 4445
check "NAT-10: the peer reaches nobody by it" vr route-table add peer/net
must vr route-table associate peer/net subnet peer/net
must vr route add peer/net 10.0.0.0/16 peering pcx
check "NAT-10: not the gateway" \
	reason_rises "$PEER" nat-gateway-unsolicited 3 ping_fails "$PEER" $NAT
must vr route add peer/net 0.0.0.0/0 peering pcx
must vr igw add my-igw vpc my uplink inet
must vr route add my/nat 0.0.0.0/0 igw my-igw
check "PCX-5, NAT-13: nor the internet" \
	reason_rises "$PEER" peering-transit 3 ping_fails "$PEER" "$INET_HOST"
must vr route del peer/net 0.0.0.0/0
must vr route del peer/net 10.0.0.0/16
FORWARDED="frame $FORWARDER eth0 dmac=$ROUTER_MAC count=3 proto=icmp dst=10.5.0.10"
nothing_arrives "NAT-13: what is of no interface of the vpc" "$PEER" eth0 "icmp" \
	"$FORWARDER" nat-gateway-source 3 "ping_ok $FORWARDER 10.5.0.10" "$FORWARDED src=10.7.0.9"
check "NAT-13: but of another one of the vpc" sees 3 "$NAT > 10\.5\.0\.10: ICMP echo request" \
	"$PEER" "icmp[icmptype] == icmp-echo" eval "$FORWARDED src=10.0.1.10"
check "a flow" flow_start live "$CLIENT" 10.5.0.10
must vr peering del pcx
check "PCX-7: without the peering it stands" flow_stands live
must flow_stop live
must vr peering add pcx vpc my peer-vpc peer
must vr peering accept pcx
must vr route replace my/nat 10.5.0.0/16 peering pcx
check "and with a new one others pass" ping_ok "$CLIENT" 10.5.0.10
check "a flow" flow_start moved "$CLIENT" 10.5.0.10
must vr route replace my/private 10.5.0.0/16 peering pcx
must vr route add peer/net 10.0.0.0/16 peering pcx
check "RT-29: a flow whose path leads elsewhere stands" flow_stands moved
must flow_stop moved
check "RT-29: new ones take it" http_source "$CLIENT" 10.5.0.10 10.0.1.10
must vr route del peer/net 10.0.0.0/16
must vr route replace my/private 10.5.0.0/16 nat-gateway nat

# Within the VPC
check "SG-6: directly, the db lets the clients' group in" http_source "$CLIENT" 10.0.2.10 10.0.1.10
check "RT-12, NAT-14: a whole subnet by the gateway" \
	vr route add my/private 10.0.2.0/24 nat-gateway nat
nothing_arrives "SG-6: behind it a group is not known" "$DB" eth0 "icmp" \
	"$CLIENT" security-group-ingress 3 \
	"vr route del my/private 10.0.2.0/24; ping_ok $CLIENT 10.0.2.10; vr route add my/private 10.0.2.0/24 nat-gateway nat" \
	"ping_fails $CLIENT 10.0.2.10"
must vr security-group rule-add my/db ingress cidr $NAT/32
check "NAT-14: the db sees the gateway's address" http_source "$CLIENT" 10.0.2.10 $NAT
check "NAT-14: ping" ping_ok "$CLIENT" 10.0.2.10
check "RT-12: not within the client's own subnet" \
	sees 3 "10\.0\.1\.10 > 10\.0\.1\.40: ICMP echo request" "$FORWARDER" \
	"icmp[icmptype] == icmp-echo" ping_all "$CLIENT" 10.0.1.40
must vr route del my/private 10.0.2.0/24
check "RT-11: the local route by the gateway" \
	vr route replace my/private 10.0.0.0/16 nat-gateway nat
check "RT-11, NAT-14: its address again" http_source "$CLIENT" 10.0.2.10 $NAT
check "RT-11: and restored" vr route replace my/private 10.0.0.0/16 local
check "RT-11: the client's own" http_source "$CLIENT" 10.0.2.10 10.0.1.10

# Security groups of the client
must vr security-group rule-del my/clients egress cidr 0.0.0.0/0
check "SG-1: the client's group has the first word" \
	reason_rises "$CLIENT" security-group-egress 3 ping_fails "$CLIENT" 10.5.0.10
must vr security-group rule-add my/clients egress cidr 0.0.0.0/0
check "a flow that a rule for everybody allows" flow_start tracked "$CLIENT" 10.5.0.10
must vr security-group rule-del my/clients egress cidr 0.0.0.0/0
check "SG-13: is tracked all the same behind a nat gateway" flow_goes_on tracked
must vr security-group rule-add my/clients egress cidr 0.0.0.0/0
must flow_stop tracked

# Network ACLs of the gateway's subnet
must vr -b - <<-END
	network-acl add my/nat
	network-acl entry-add my/nat 100 ingress allow protocol udp cidr 10.0.1.0/24 port 7
	network-acl entry-add my/nat 110 ingress allow protocol udp cidr 10.5.0.0/16 port 1024-65535
	network-acl entry-add my/nat 100 egress allow protocol udp cidr 10.5.0.0/16 port 7
	network-acl entry-add my/nat 110 egress allow protocol udp cidr 10.0.1.0/24 port 1024-65535
	network-acl associate my/nat subnet my/nat
END
check "NAT-11, ACL-8: with the four rules it needs it works" udp_source "$CLIENT" 10.5.0.10 $NAT
check "NAT-11: into its subnet" \
	reason_rises "$CLIENT" network-acl-ingress 3 ping_fails "$CLIENT" 10.5.0.10
FRAME="frame $CLIENT eth0 dmac=$ROUTER_MAC src=10.0.1.10 dst=10.5.0.10"
# denies DIRECTION CIDR PORT REASON: a rule before the others denies the way of two datagrams or of
# their answers
denies() {
	local rc=0

	vr network-acl entry-add my/nat 50 "$1" deny protocol udp cidr "$2" || return
	reason_rises "$3" "$4" 2 eval "$FRAME proto=udp dport=7 data=hello count=2" || rc=1
	vr network-acl entry-del my/nat 50 "$1" || return
	return "$rc"
}
check "NAT-11: and out of it" denies egress 10.5.0.0/16 "$CLIENT" network-acl-egress
check "NAT-11: back into it" denies ingress 10.5.0.0/16 "$PEER" network-acl-ingress
check "NAT-11: and out to the client" denies egress 10.0.1.0/24 "$PEER" network-acl-egress
check "NAT-11: without them it works again" udp_source "$CLIENT" 10.5.0.10 $NAT
must vr network-acl associate my/default subnet my/nat
must vr -b - <<-END
	network-acl add peer/net
	network-acl entry-add peer/net 100 ingress allow protocol all cidr 0.0.0.0/0
	network-acl entry-add peer/net 100 egress deny protocol all cidr $NAT/32
	network-acl associate peer/net subnet peer/net
END
check "NAT-13a: only a network acl keeps the answer back" \
	reason_rises "$PEER" network-acl-egress 3 ping_fails "$CLIENT" 10.5.0.10
must vr network-acl associate peer/default subnet peer/net
check "NAT-13a: without it it comes" ping_ok "$CLIENT" 10.5.0.10

# Large packets
must jumbo "$CLIENT"
must jumbo "$PEER"
check "MTU-6: 8500 bytes" ping_ok "$CLIENT" 10.5.0.10 size=8472
check "MTU-6: 8501 bytes that must not be cut" \
	sees 1 "$NAT > 10\.0\.1\.10: ICMP 10\.5\.0\.10 unreachable - need to frag \(mtu 8500\)" \
	"$CLIENT" "icmp[icmptype] == icmp-unreach" reason_rises "$CLIENT" too-big 1 \
	eval "$FRAME proto=udp size=8473 fragoff=0x4000"
check "MTU-6: that may be cut, and the pieces have an id of the gateway's" \
	sees 2 "$NAT" "$PEER" "(udp or ip[6:2] & 0x1fff != 0) and ip[4:2] != 4711" \
	eval "$FRAME proto=udp size=8473 id=4711"
check "MTU-6: a connection is told not to send larger ones" \
	sees 1 "mss 8460" "$PEER" "tcp dst port 80 and tcp[tcpflags] & tcp-syn != 0" \
	http_source "$CLIENT" 10.5.0.10 $NAT
check "MTU-6: nor to get them" \
	sees 1 "mss 8460" "$CLIENT" "tcp src port 80 and tcp[tcpflags] & tcp-syn != 0" \
	http_source "$CLIENT" 10.5.0.10 $NAT
check "MTU-6: a stream" stream "$CLIENT" 10.5.0.10 4

finish
