#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# NAT gateways with public addresses: who may have one, and the way out through one and back.
#
#   my/private 10.0.1.0/24: client .10, other .11      my/public 10.0.0.0/24: web .10
#     default: nat                                        (203.0.113.10), nat .50 (203.0.113.50)
#                                                         default: igw
#   peer 10.5.0.0/16                                    the internet 198.51.100.7, S3 behind it

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=c-$SUFFIX
OTHER=o-$SUFFIX
WEB=w-$SUFFIX
NAT=10.0.0.50
NAT_EIP=203.0.113.50
CLOSED=4444

build() {
	add_nat_vpcs public &&
	vr -b - <<-END &&
		subnet add my/small cidr 10.0.3.0/28 zone ap-northeast-2c
		eip add 203.0.113.50 uplink inet
		eip add 203.0.113.51 uplink inet
		eip add 203.0.113.52 uplink inet
	END
	add_instance "$CLIENT" my/private 10.0.1.10 &&
	add_instance "$OTHER" my/private 10.0.1.11 &&
	add_instance "$WEB" my/public 10.0.0.10 && add_server "$WEB"
}

nat_is() { # nat_is NAT WORDS: a line of its says so
	vr nat-gateway show "$1" | grep -qE -- "$2" && return
	vr nat-gateway show "$1"
	return 1
}

eip_is() { # eip_is EIP WORDS
	vr eip show "$1" | grep -qE -- "$2" && return
	vr eip show "$1"
	return 1
}

must add_router
must add_internet
must add_s3
must build
must ip -n "$R" link add spare type dummy
ROUTER_MAC=$(router_mac "$CLIENT")

# Who may have one
config_mark
refused "NAT-2: a public one in a vpc without an internet gateway" "no internet gateway attached" \
	vr nat-gateway add n subnet my/public eip $NAT_EIP
must vr igw add my-igw vpc my uplink inet
must vr route add my/public 0.0.0.0/0 igw my-igw
must add_eip 203.0.113.10 "$WEB"
config_mark
refused "NAT-2: a subnet that is not there" "subnet .* not found" \
	vr nat-gateway add n subnet my/nowhere eip $NAT_EIP
refused "NAT-2: an elastic ip that is not there" "not found" \
	vr nat-gateway add n subnet my/public eip 203.0.113.99
refused "NAT-2: an elastic ip that is in use" "is associated with" \
	vr nat-gateway add n subnet my/public eip 203.0.113.10
refused "NAT-1: a public one without elastic ip" "needs an elastic ip" \
	vr nat-gateway add n subnet my/public
refused "NAT-1: a private one with one" "has no elastic ip" \
	vr nat-gateway add n subnet my/public connectivity-type private eip $NAT_EIP
refused "NAT-1: an address that an interface has" "in use" \
	vr nat-gateway add n subnet my/public eip $NAT_EIP address 10.0.0.10
refused "NAT-1: an address that is reserved" "reserved" \
	vr nat-gateway add n subnet my/public eip $NAT_EIP address 10.0.0.1
refused "NAT-1: an address of another subnet" "not in" \
	vr nat-gateway add n subnet my/public eip $NAT_EIP address 10.0.1.50
refused "RT-27: a route to one that is not there" "not found" \
	vr route add my/private 0.0.0.0/0 nat-gateway nat
check "NAT-1: create a public one" vr nat-gateway add nat subnet my/public eip $NAT_EIP address $NAT
check "NAT-2: it is available" nat_is nat "connectivity-type public .*state available"
check "NAT-1: with its two addresses" nat_is nat "$NAT public-address $NAT_EIP"
check "its elastic ip says so" eip_is $NAT_EIP "private-address $NAT .*nat-gateway nat-0"
check "NAT-1: create a private one" vr natgw create quiet subnet my/public connectivity-type private
check "NAT-1: with any free address" nat_is quiet "connectivity-type private .*address 10\.0\.0\."

# What holds what
config_mark
refused "NAT-1: an address that a nat gateway has" "in use" \
	vr nat-gateway add n subnet my/public eip 203.0.113.51 address $NAT
refused "NAT-1: nor can an interface get it" "in use" \
	vr eni add x subnet my/public dev spare address $NAT
refused "NAT-2: its elastic ip for another one" "is associated with" \
	vr nat-gateway add n subnet my/public eip $NAT_EIP
refused "NAT-12: its elastic ip cannot be taken away" "belongs to nat gateway" \
	vr eip disassociate $NAT_EIP
refused "NAT-12: nor moved" "belongs to nat gateway" vr eip associate $NAT_EIP eni "$CLIENT"
refused "EIP-3: nor released" "belongs to nat gateway" vr eip del $NAT_EIP
refused "IGW-8: its internet gateway cannot be detached" "mapped public address" \
	vr igw detach my-igw
refused "RT-27: a route to one of another vpc" "another vpc" \
	vr route add peer/main 0.0.0.0/0 nat-gateway nat
refused "RT-12: a part of a subnet to one" "only whole subnets" \
	vr route add my/private 10.0.0.128/25 nat-gateway nat
refused "NAT-6: the primary address cannot be removed" "primary address" \
	vr nat-gateway address-del nat eip $NAT_EIP
refused "NAT-6: nor one that it has not" "no such address" \
	vr nat-gateway address-del nat address 10.0.0.51
check "NAT-6: a second elastic ip" vr nat-gateway address-add nat eip 203.0.113.51
config_mark
refused "NAT-6: a third one" "limit of 2 elastic ips" vr nat-gateway address-add nat eip 203.0.113.52
must vr limits set addresses-per-nat-gateway 2
must vr nat-gateway address-add quiet address 10.0.0.71
config_mark
refused "NAT-18: one address too many" "limit of 2 addresses" vr nat-gateway address-add quiet
must vr limits set addresses-per-nat-gateway 8
check "NAT-18: and with more room" vr nat-gateway address-add quiet
must vr nat-gateway del quiet
must vr limits set eips-per-nat-gateway 3

# NAT-18: five in a zone, eight addresses each
fill_zone() {
	local i

	for i in 1 2 3 4 5; do
		vr nat-gateway add "z$i" subnet my/small connectivity-type private || return
	done
}
check "NAT-18: five in a zone" fill_zone
config_mark
refused "NAT-18: a sixth" "limit of 5 nat gateways per zone" \
	vr nat-gateway add z6 subnet my/small connectivity-type private
check "NAT-18: in another zone there is room" \
	vr nat-gateway add z6 subnet my/public connectivity-type private
fill_subnet() { # 11 addresses, of which five are in use
	local i

	for i in 1 2 3 4 5 6; do
		vr nat-gateway address-add z1 || return
	done
}
check "NAT-18: all addresses of a small subnet" fill_subnet
config_mark
refused "NAT-2: and one more" "no free address" vr nat-gateway address-add z2
refused "VPC-27: a subnet with nat gateways" "has 5 nat gateways" vr subnet del my/small
refused "VPC-12: a vpc with nat gateways" "nat gateway|network interface" vr vpc del my
must vr -b - <<-END
	nat-gateway del z1
	nat-gateway del z2
	nat-gateway del z3
	nat-gateway del z4
	nat-gateway del z5
	nat-gateway del z6
END
check "VPC-27: without them it goes" vr subnet del my/small

# Out and back
check "RT-25: the default route of the private subnet" \
	vr route add my/private 0.0.0.0/0 nat-gateway nat
must vr nat-gateway address-del nat eip 203.0.113.51 max-drain-duration 1
check "NAT-17: a secondary address that drains is gone in time" \
	busywait 5000 is_false nat_is nat 203.0.113.51
check "NAT-4: the internet sees the elastic ip" http_source "$CLIENT" "$INET_HOST" $NAT_EIP
check "NAT-3: ping" ping_ok "$CLIENT" "$INET_HOST"
check "NAT-3: UDP" udp_source "$OTHER" "$INET_HOST" $NAT_EIP
session_shows() { # both tuples: the client's, and the one that the internet sees
	vr session show | grep -E "10\.0\.1\.10:.*> $INET_HOST:80 .*reply .*$INET_HOST:80 > $NAT_EIP:" |
		grep -q "nat-gateway nat-0" && return
	vr session show
	return 1
}
check "NAT-4: the session has both tuples and the gateway" session_shows
check "NAT-24: the destination is as it was" sees 3 "> $INET_HOST: ICMP echo request" \
	"$INET" "icmp[icmptype] == icmp-echo" ping_all "$CLIENT" "$INET_HOST"
check "two clients of one source port" flow_start one "$CLIENT" "$INET_HOST" 999
check "NAT-7: the other" flow_start two "$OTHER" "$INET_HOST" 999
ports_differ() {
	local one two

	one=$(flow_source_port one)
	two=$(flow_source_port two)
	echo "ports $one $two"
	[ "$one" -ge 1024 ] && [ "$two" -ge 1024 ] && [ "$one" -ne "$two" ]
}
check "NAT-23: have ports of 1024 and above there, and not the same" ports_differ
check "NAT-4: at the one address" flow_sees two $NAT_EIP
must flow_stop one
must flow_stop two
check "IGW-7: by the internet gateway to a public address of the vpc" \
	http_source "$CLIENT" 203.0.113.10 $NAT_EIP
check "IGW-7: ping" ping_ok "$CLIENT" 203.0.113.10
check "a stream" stream "$CLIENT" "$INET_HOST" 2

# What does not get through
nothing_arrives "NAT-10: nobody gets in by the elastic ip" "$CLIENT" eth0 "icmp or udp" \
	inet nat-gateway-unsolicited 3 "ping_ok $OTHER 10.0.1.10" "ping_fails $INET $NAT_EIP"
check "NAT-10: not by TCP either" reason_rises inet nat-gateway-unsolicited 1 \
	frame "$INET" eth0 "dmac=$(mac_of "$R" uplink)" src=198.51.100.7 dst=$NAT_EIP proto=tcp dport=80
check "NAT-10: nor in the middle of a connection" reason_rises inet nat-gateway-unsolicited 1 \
	frame "$INET" eth0 "dmac=$(mac_of "$R" uplink)" src=198.51.100.7 dst=$NAT_EIP proto=tcp flags=16 \
	dport=80
check "NAT-10: it answers no ping to its private address" \
	reason_rises "$CLIENT" nat-gateway-unsolicited 3 ping_fails "$CLIENT" $NAT
check "NAT-10: nor from its own subnet" \
	reason_rises "$WEB" nat-gateway-unsolicited 3 ping_fails "$WEB" $NAT
arp_says() { # arp_says MAC
	equals "$(frame "$WEB" eth0 type=arp spa=10.0.0.10 tpa="$NAT" wait=1)" "$1"
}
check "NAT-12: its private address has the router's MAC" arp_says "$(router_mac "$WEB")"
check "NAT-22: nor to its own elastic ip" \
	reason_rises "$CLIENT" nat-gateway-unsolicited 3 ping_fails "$CLIENT" $NAT_EIP
FRAME="frame $CLIENT eth0 dmac=$ROUTER_MAC src=10.0.1.10 dst=$INET_HOST"
nothing_arrives "NAT-3: another protocol" "$INET" eth0 "ip proto 47 or icmp" \
	"$CLIENT" nat-gateway-protocol 2 "ping_ok $CLIENT $INET_HOST" "$FRAME count=2 proto=47"
nothing_arrives "NAT-3: ICMP that is no echo" "$INET" eth0 "icmp" \
	"$CLIENT" nat-gateway-protocol 2 "ping_ok $CLIENT $INET_HOST" "$FRAME count=2 proto=icmp icmp=13"
check "NAT-9: UDP in fragments" udp_source "$CLIENT" "$INET_HOST" $NAT_EIP 4000
nothing_arrives "NAT-9: a ping in fragments" "$INET" eth0 "icmp" "$CLIENT" nat-gateway-fragment 2 \
	"ping_ok $CLIENT $INET_HOST" \
	"fragments $CLIENT eth0 dmac=$ROUTER_MAC src=10.0.1.10 dst=$INET_HOST proto=icmp size=1000 parts=0-504,504-1008"
nothing_arrives "NAT-9: TCP in fragments" "$INET" eth0 "tcp port 81 or icmp" \
	"$CLIENT" nat-gateway-fragment 2 "ping_ok $CLIENT $INET_HOST" \
	"fragments $CLIENT eth0 dmac=$ROUTER_MAC src=10.0.1.10 dst=$INET_HOST proto=tcp dport=81 size=1000 parts=0-504,504-1020"
check "NAT-21: a segment of no connection is turned away" \
	sees 1 "$INET_HOST\.80 > 10\.0\.1\.10\.40001: Flags \[R\], .*seq 7000," "$CLIENT" \
	"tcp src port 80" reason_rises "$CLIENT" tcp-not-syn 1 \
	eval "$FRAME proto=tcp flags=16 sport=40001 dport=80 seq=500 ack=7000"
check "NAT-21: but no reset is" counter_stays "$CLIENT" tcp-resets-sent \
	reason_rises "$CLIENT" tcp-not-syn 1 eval "$FRAME proto=tcp flags=4 sport=40001 dport=80"

# It is a hop
check "L2-9: its time to live ends there" \
	sees 1 "$NAT > 10\.0\.1\.10: ICMP time exceeded in-transit" "$CLIENT" "icmp" \
	reason_rises "$CLIENT" ttl-expired 1 eval "$FRAME proto=udp ttl=1"
check "L2-9: or at the next one" \
	sees 1 "$INET_GATEWAY > 10\.0\.1\.10: ICMP time exceeded in-transit" "$CLIENT" \
	"icmp[icmptype] == icmp-timxceed" \
	eval "frame $CLIENT eth0 dmac=$ROUTER_MAC src=10.0.1.10 dst=$S3_HOST proto=udp ttl=2"
check "L2-9: and with one more it is there" ping_all "$CLIENT" "$INET_HOST" ttl=2
check "NAT-20: who is not there says so to the client" udp_refused "$CLIENT" "$INET_HOST" $CLOSED
must ip -n "$INET" link set tos3 mtu 1200
must ip -n "$S3" link set wan mtu 1200
check "NAT-20: a small link on the way lets the client send less" stream "$CLIENT" "$S3_HOST" 1
too_big_passed() {
	[ "$(counter inet icmp-errors-passed)" -ge 1 ]
}
check "NAT-20: because it was told" too_big_passed

# Where its subnet leads
check "NAT-5: without a route" vr route del my/public 0.0.0.0/0
check "NAT-5: packets go nowhere" reason_rises "$CLIENT" no-route 3 ping_fails "$CLIENT" "$INET_HOST"
must vr route add my/public 0.0.0.0/0 nat-gateway nat
check "NAT-5: with one to itself neither" \
	reason_rises "$CLIENT" nat-gateway-route 3 ping_fails "$CLIENT" "$INET_HOST"
must vr nat-gateway add second subnet my/public eip 203.0.113.51
must vr route replace my/public 0.0.0.0/0 nat-gateway second
check "NAT-5: nor with one to another" \
	reason_rises "$CLIENT" nat-gateway-route 3 ping_fails "$CLIENT" "$INET_HOST"
must vr route replace my/public 0.0.0.0/0 igw my-igw
check "NAT-5: with one to the internet gateway they do" ping_ok "$CLIENT" "$INET_HOST"
must vr nat-gateway add quiet subnet my/public connectivity-type private
must vr route replace my/private 0.0.0.0/0 nat-gateway quiet
nothing_arrives "NAT-5: but not from a private one" "$INET" eth0 "icmp" \
	"$CLIENT" no-public-address 3 "ping_ok $WEB $INET_HOST" "ping_fails $CLIENT $INET_HOST"
must vr route replace my/private 0.0.0.0/0 nat-gateway nat

# Away with it
check "a flow" flow_start live "$CLIENT" "$INET_HOST"
check "NAT-17: delete" vr nat-gateway del nat
check "NAT-17: the flow dies" flow_stands live
must flow_stop live
check "NAT-17, RT-23: the route is a blackhole" route_state my/private 0.0.0.0/0 blackhole
check "RT-22: and drops" reason_rises "$CLIENT" blackhole 3 ping_fails "$CLIENT" "$INET_HOST"
check "NAT-17: the elastic ip stays" eip_is $NAT_EIP "address $NAT_EIP "
check_not "NAT-17: and stands for nothing" eip_is $NAT_EIP "private-address"
check "NAT-17: its sessions are reaped" busywait 10000 \
	is_false eval "vr session show | grep -q $NAT_EIP:"
check "RT-24: one of the same name does not bring the route back" \
	vr nat-gateway add nat subnet my/public eip $NAT_EIP address $NAT
check "RT-24: it stays a blackhole" route_state my/private 0.0.0.0/0 blackhole
check "RT-24: a new route leads to it" vr route replace my/private 0.0.0.0/0 nat-gateway nat
check "RT-24: and out" http_source "$CLIENT" "$INET_HOST" $NAT_EIP

# All or nothing
before=$(vr nat-gateway show nat | sed 's/active.*//')
check_not "a transaction whose last command fails" vr -b - <<-END
	nat-gateway del nat
	eip del $NAT_EIP
	nat-gateway add quiet subnet my/public connectivity-type private
END
check "leaves it as it was" equals "$(vr nat-gateway show nat | sed 's/active.*//')" "$before"
check "and the client goes out" ping_ok "$CLIENT" "$INET_HOST"

finish
