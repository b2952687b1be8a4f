#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# What of a subnet comes and goes while it is in use: ranges that are reserved in it, and its IPv6
# block, as those of its VPC; see lib_ipv6.sh for the topology.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# shellcheck source=lib_ipv6.sh
. "$(dirname "$0")/lib_ipv6.sh"

must add_router
must add_internet
must add_internet6
must add_my
must ip -n "$R" link add spare type veth peer name spare-peer
must vr subnet add my/small cidr 10.0.2.0/28 ipv6 "$MY:5::/64"
must vr eni add one subnet my/small dev spare address 10.0.2.4

# ---- reservations ----

secondary() { # the secondary addresses of the interface, in order
	vr -j eni show one | tr -d ' \n' | grep -oE '"secondary-address":\[[^]]*\]' |
		grep -oE '[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+' | sort -t. -k4n | paste -sd' '
}

shown() { # shown PATTERN SUBNET
	vr subnet show "$2" | grep -qE -- "$1" && return
	vr subnet show "$2"
	return 1
}

config_mark
refused "VPC-28: a range outside the subnet" "not in subnet" \
	vr subnet reservation-add my/small 10.0.3.0/28
refused "VPC-28: one that is larger" "not in subnet" vr subnet reservation-add my/small 10.0.2.0/27
check "VPC-28: half of the subnet" vr subnet reservation-add my/small 10.0.2.8/29 type explicit
check "VPC-28: it is shown" shown 'reservation 10\.0\.2\.8/29 explicit scr-0[0-9a-f]{16}' my/small
check "VPC-2: host bits are cleared" vr subnet reservation-add my/far 10.0.1.77/28 type prefix
check "VPC-28: the other type" shown 'reservation 10\.0\.1\.64/28 prefix scr-' my/far
config_mark
refused "VPC-28: the same again" "overlaps reservation 10\.0\.2\.8/29" \
	vr subnet reservation-add my/small 10.0.2.8/29
refused "VPC-28: a part of it" "overlaps reservation 10\.0\.2\.8/29" \
	vr subnet reservation-add my/small 10.0.2.12/31
refused "VPC-28: one that is not there" "no reservation 10\.0\.2\.8/30" \
	vr subnet reservation-del my/small 10.0.2.8/30
must vr limits set reservations-per-subnet 1
config_mark
refused "VPC-28: more than the limit" "limit of 1 reservations" \
	vr subnet reservation-add my/small 10.0.2.6/31
must vr limits set reservations-per-subnet 20

check "VPC-28: three addresses, any" vr eni assign one count 3
check "VPC-28: they are those that are not reserved" equals "$(secondary)" "10.0.2.5 10.0.2.6 10.0.2.7"
config_mark
refused "VPC-28: a fourth there is not" "no free address" vr eni assign one count 1
refused "VPC-28: nor for a NAT gateway" "no free address" \
	vr nat-gateway add nat subnet my/small connectivity-type private
check "VPC-28: by name one of the range is had" vr eni assign one 10.0.2.9
check "VPC-28: given back" vr subnet reservation-del my/small 10.0.2.8/29
check_not "VPC-28: it is not shown any more" shown 'reservation' my/small
check "VPC-28: now there are more" vr eni assign one count 6
check "VPC-28: those" equals "$(secondary)" \
	"10.0.2.5 10.0.2.6 10.0.2.7 10.0.2.8 10.0.2.9 10.0.2.10 10.0.2.11 10.0.2.12 10.0.2.13 10.0.2.14"
check "VPC-28: a range for prefixes gives one" vr eni assign "$FAR" prefix 10.0.1.64/28

check "VPC-28: of IPv6, the lower half" vr subnet reservation-add my/small "$MY:5::/65" type prefix
check "VPC-28: and the upper" vr subnet reservation-add my/small "$MY:5:8000::/65"
config_mark
refused "VPC-28: then none is free" "no free address" vr eni assign one ipv6-count 1
check "VPC-28: the upper half is given back" vr subnet reservation-del my/small "$MY:5:8000::/65"
check "VPC-28: ten of the other" vr eni assign one ipv6-count 10
check "VPC-28: all of them are there" \
	equals "$(vr eni show one | grep -oE "$MY:5:[89a-f][0-9a-f]{3}:" | wc -l)" 10
must vr eni del one
config_mark
refused "VPC-28: a block with a reservation stays" "has reservation $MY:5::/65" \
	vr subnet set my/small no-ipv6
check "VPC-28: with its subnet a reservation goes" vr subnet del my/small

# ---- the IPv6 block of a subnet ----

NEW6=$MY:9::10
check "VPC-21: an instance by its address" ping_ok "$FAR" "$CLIENT6"
must vr route add my/net ::/0 igw my-igw
check "VPC-21: and it out" ping_ok "$CLIENT" "$INET6"
config_mark
refused "VPC-21: a block in use" "an interface has $CLIENT6 of the subnet" \
	vr subnet set my/net no-ipv6
refused "VPC-21: a second block" "subnet has ipv6 cidr $MY:1::/64" \
	vr subnet set my/net ipv6 "$MY:9::/64"
refused "VPC-22: the only block" "subnet has no other cidr" vr subnet set my/six no-ipv6
must vr eni unassign "$CLIENT" "$CLIENT6"
must ip -n "$CLIENT" addr del "$CLIENT6/64" dev eth0
check "VPC-21: nobody has an address of it: it goes" vr subnet set my/net no-ipv6
check_not "VPC-21: it is not shown" shown 'ipv6-cidr' my/net
config_mark
refused "VPC-21: twice it does not" "subnet has no ipv6 cidr" vr subnet set my/net no-ipv6
refused "VPC-21: no interface gets one" "no ipv6 cidr" vr eni assign "$CLIENT" ipv6-count 1
nothing_arrives "VPC-21: nothing is there any more" \
	"$CLIENT" eth0 "icmp or icmp6" "$FAR" no-such-address 3 \
	"ping_ok $FAR 10.0.0.10" "ping_fails $FAR $CLIENT6"
config_mark
refused "VPC-17, VPC-21: another one, outside of the VPC" "not inside a cidr" \
	vr subnet set my/net ipv6 2001:db8:77::/64
refused "VPC-17, VPC-21: of another subnet" "overlaps another subnet" \
	vr subnet set my/net ipv6 "$MY:2::/64"
refused "VPC-21: too small" "/44 to /64" vr subnet set my/net ipv6 "$MY:9::/68"
nothing_arrives "VPC-21: an address in none is nobody's" \
	"$CLIENT" eth0 "icmp or icmp6" "$FAR" no-such-address 3 \
	"ping_ok $FAR 10.0.0.10" "ping_fails $FAR $NEW6"
check "VPC-21: the subnet gets another" vr subnet set my/net ipv6 "$MY:9::/64"
check "VPC-21: it is shown" shown "ipv6-cidr $MY:9::/64" my/net
must vr eni assign "$CLIENT" "$NEW6"
must ip -n "$CLIENT" addr add "$NEW6/64" dev eth0 nodad
must ip -n "$CLIENT" route replace default via "$ROUTER6" dev eth0
check "VPC-21: by which it is reached" ping_ok "$FAR" "$NEW6"
check "VPC-21: and reaches others" ping_ok "$CLIENT" "$FAR6"
check "IGW-6: and the internet" ping_ok "$CLIENT" "$INET6"
check "IGW-6: which reaches it" ping_ok "$INET" "$NEW6"

# ---- the IPv6 blocks of a VPC ----

MORE=2001:db8:2
config_mark
refused "VPC-5: a block with a subnet stays" "cidr $MY::/56 has subnet $MY:2::/64" \
	vr vpc set my remove-cidr "$MY::/56"
refused "VPC-5: one that is none" "vpc has no cidr $MORE::/56" vr vpc set my remove-cidr "$MORE::/56"
must ip -n "$R" neigh replace "$INET6_GATEWAY" lladdr "$(mac_of "$INET" eth0)" dev uplink nud permanent
check "VPC-5: what is no block is the host's" reason_rises inet to-host 3 from_outside dst="$MORE:1::10"
check "VPC-5: one more block" vr vpc set my ipv6 "$MORE::/56"
check "VPC-10: with its local route" route_state my/net "$MORE::/56" active
check "VPC-5: what comes to it is the router's" \
	reason_rises inet no-such-address 3 from_outside dst="$MORE:1::10"
must vr vpc add pal cidr 10.2.0.0/16 ipv6 "$MORE::/56"
config_mark
refused "IGW-6: nobody else has it outside" "another vpc's with a gateway" \
	vr eigw add pal vpc pal uplink inet
check "VPC-5: it is given up" vr vpc set my remove-cidr "$MORE::/56"
check_not "RT-10: its local route went with it" grep -q "$MORE::/56" <(vr route show my/net)
check "VPC-5: it is the host's again" reason_rises inet to-host 3 from_outside dst="$MORE:1::10"
check "IGW-6: somebody else may have it" vr eigw add pal vpc pal uplink inet
check "VPC-5: the other block is as it was" ping_ok "$CLIENT" "$FAR6"

finish
