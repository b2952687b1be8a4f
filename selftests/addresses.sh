#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# What an interface has beside its primary address, and how it comes, moves and goes.
#
#   my/net 10.0.0.0/24: one .10, two .11, near .12; then one has .20 .30 and 10.0.0.48/28 as well
#   my/app 10.0.1.0/24: far .10
#   203.0.113.10 is one's primary address, 203.0.113.20 its .20

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ONE=on-$SUFFIX
TWO=tw-$SUFFIX
NEAR=ne-$SUFFIX
FAR=fa-$SUFFIX

build() {
	add_vpc my && add_igw my &&
	vr subnet add my/app cidr 10.0.1.0/24 zone ap-northeast-2a &&
	add_instance "$ONE" my/net 10.0.0.10 && add_server "$ONE" &&
	add_instance "$TWO" my/net 10.0.0.11 && add_server "$TWO" &&
	add_instance "$NEAR" my/net 10.0.0.12 && add_server "$NEAR" &&
	add_instance "$FAR" my/app 10.0.1.10 &&
	add_eip 203.0.113.10 "$ONE" &&
	vr eip add 203.0.113.20 uplink inet
}

guest() { # guest add|del NAMESPACE ADDRESS...: the instance has them, too, or has them no more
	printf "addr $1 %s/32 dev eth0\n" "${@:3}" | ip_batch "$2"
}

addresses() { # addresses ENI: all but the primary, as they are shown
	vr -j eni show "$1" | tr -d ' \n' | grep -oE '"(secondary-address|prefix)":\[[^]]*\]' |
		grep -oE '[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+' | paste -sd' '
}

available() { # available SUBNET
	number available-addresses subnet "$1"
}

ask() { # ask NAMESPACE SENDER TARGET: the MAC that is answered, or none
	frame "$1" eth0 type=arp spa="$2" tpa="$3" wait=0.5
}

answers_as() { # answers_as NAMESPACE ADDRESS HOST
	http "$1" "$2" | grep -q "host=$3 "
}

must add_router
must add_internet
must build
ONE_MAC=$(mac_of "$ONE" eth0)
TWO_MAC=$(mac_of "$TWO" eth0)
NEAR_MAC=$(mac_of "$NEAR" eth0)
ROUTER_MAC=$(router_mac "$ONE")
UPLINK_MAC=$(mac_of "$R" uplink)

# speaks FROM ADDRESS: three packets of that source, to the neighbour, which gets them
speaks() {
	sees 3 "$2\.40000 > 10\.0\.0\.12\.7" "$NEAR" "udp" \
		frame "$1" eth0 count=3 dmac="$NEAR_MAC" src="$2" dst=10.0.0.12
}

# may_not_speak NAME FROM OWN ADDRESS: what OWN says arrives, what ADDRESS says does not
may_not_speak() {
	nothing_arrives "$1" "$NEAR" eth0 "udp" "$2" source-address 3 \
		"frame $2 eth0 dmac=$NEAR_MAC src=$3 dst=10.0.0.12" \
		"frame $2 eth0 count=3 dmac=$NEAR_MAC src=$4 dst=10.0.0.12"
}

# Secondary addresses
check "VPC-19: three interfaces of a /24" equals "$(available my/net)" 248
may_not_speak "ENI-5: an address is not the interface's before it is assigned" \
	"$ONE" 10.0.0.10 10.0.0.20
check "ENI-1: a secondary address" vr eni assign "$ONE" 10.0.0.20
check "ENI-1: one more, and none twice" vr eni assign "$ONE" 10.0.0.30
check "ENI-1: they are shown" equals "$(addresses "$ONE")" "10.0.0.20 10.0.0.30"
check "VPC-19: and used" equals "$(available my/net)" 246
must guest add "$ONE" 10.0.0.20 10.0.0.30
check "ENI-1: reached from the subnet" ping_ok "$NEAR" 10.0.0.20
check "ENI-1: and from another" ping_ok "$FAR" 10.0.0.20
check "ENI-6: the right host answers" answers_as "$FAR" 10.0.0.20 "$ONE"
check "L2-1: ARP for it is answered with the interface's MAC" \
	equals "$(ask "$NEAR" 10.0.0.12 10.0.0.20)" "$ONE_MAC"
check "L2-3: not to the interface itself" equals "$(ask "$ONE" 10.0.0.10 10.0.0.20)" none
check "L2-1: the interface may ask in its name" \
	equals "$(ask "$ONE" 10.0.0.20 10.0.0.12)" "$NEAR_MAC"
check "L2-3: nobody else may" equals "$(ask "$TWO" 10.0.0.20 10.0.0.12)" none
check "ENI-5: the interface may speak as it" speaks "$ONE" 10.0.0.20
may_not_speak "ENI-5: nobody else may" "$TWO" 10.0.0.11 10.0.0.20
may_not_speak "ENI-5: nor it as an address that it has not" "$ONE" 10.0.0.30 10.0.0.21

# Public addresses
check "EIP-1: a public address for a secondary one" \
	vr eip associate 203.0.113.20 eni "$ONE" private 10.0.0.20
check "EIP-1: which is shown" grep -q 'private-address 10\.0\.0\.20' <(vr eip show 203.0.113.20)
check "IGW-3: the primary keeps its own" \
	grep -q 'private-address 10\.0\.0\.10' <(vr eip show 203.0.113.10)
check "IGW-2: it is pinged from the internet" ping_ok "$INET" 203.0.113.20
check "IGW-3, IGW-2: in by each, to the address that it stands for" \
	sees 3 '203\.0\.113\.1 > 10\.0\.0\.20: ICMP echo request' "$ONE" "icmp" \
	ping_all "$INET" 203.0.113.20
check "IGW-2: so is the other" ping_ok "$INET" 203.0.113.10
check "IGW-3, IGW-2: by the other to the other" \
	sees 3 '203\.0\.113\.1 > 10\.0\.0\.10: ICMP echo request' "$ONE" "icmp" \
	ping_all "$INET" 203.0.113.10

out_as() { # out_as FROM PRIVATE PUBLIC
	sees 3 "$3\.40000 > 198\.51\.100\.7\.7" "$INET" "udp" \
		frame "$1" eth0 count=3 dmac="$ROUTER_MAC" src="$2" dst="$INET_HOST"
}
check "IGW-3: out as the one" out_as "$ONE" 10.0.0.20 203.0.113.20
check "IGW-3: and as the other" out_as "$ONE" 10.0.0.10 203.0.113.10
nothing_arrives "IGW-4: the address without one gets none of the others'" \
	"$INET" eth0 "udp" "$ONE" no-public-address 3 \
	"out_as $ONE 10.0.0.20 203.0.113.20" \
	"frame $ONE eth0 count=3 dmac=$ROUTER_MAC src=10.0.0.30 dst=$INET_HOST"

# Delegated prefixes
nothing_arrives "ENI-1: nobody has the addresses of a prefix before" \
	"$ONE" eth0 "icmp" "$FAR" no-such-address 3 \
	"ping_ok $FAR 10.0.0.20" "ping_fails $FAR 10.0.0.50"
check "ENI-1: a delegated prefix" vr eni assign "$ONE" prefix 10.0.0.48/28
check "ENI-1: it is shown" equals "$(addresses "$ONE")" "10.0.0.20 10.0.0.30 10.0.0.48"
check "VPC-19: sixteen addresses are used" equals "$(available my/net)" 230
must guest add "$ONE" 10.0.0.48 10.0.0.50 10.0.0.63
for addr in 10.0.0.48 10.0.0.50 10.0.0.63; do
	check "ENI-1: $addr is the interface's" ping_ok "$FAR" $addr
done
check "L2-1: ARP for an address of the prefix" \
	equals "$(ask "$NEAR" 10.0.0.12 10.0.0.55)" "$ONE_MAC"
check "ENI-5: the interface may speak as any of it" speaks "$ONE" 10.0.0.55
may_not_speak "ENI-5: not as its neighbour" "$ONE" 10.0.0.55 10.0.0.64
may_not_speak "ENI-5: nor may another" "$TWO" 10.0.0.11 10.0.0.55

# Taking over
must vr eni assign "$TWO" 10.0.0.40
must guest add "$TWO" 10.0.0.40
config_mark
refused "ENI-9: an address in use, without reassign" "10\.0\.0\.20 is in use" \
	vr eni assign "$TWO" 10.0.0.20
refused "ENI-9: the primary address of another" "primary" \
	vr eni assign "$TWO" 10.0.0.10 reassign
refused "ENI-9: an address of another's prefix" "in use" \
	vr eni assign "$TWO" 10.0.0.50 reassign
refused "ENI-9: another's prefix" "in use" vr eni assign "$TWO" prefix 10.0.0.48/28 reassign
refused "ENI-9: an address of another subnet" "not in subnet" \
	vr eni assign "$FAR" 10.0.0.20 reassign
refused "ENI-9: all or nothing" "10\.0\.0\.10 is the primary" \
	vr eni assign "$TWO" 10.0.0.20 10.0.0.10 reassign

ping_once() { # one more request of one and the same flow
	frame "$FAR" eth0 dmac="$ROUTER_MAC" src=10.0.1.10 dst=10.0.0.20 proto=icmp
}

take_over() { # ten requests of one flow, and after the fifth the address moves
	local i rc=0

	cap_start old "$ONE" eth0 "icmp and dst host 10.0.0.20" || return
	cap_start new "$TWO" eth0 "icmp and dst host 10.0.0.20" || return
	for ((i = 0; i < 5; i++)); do ping_once; done
	vr eni assign "$TWO" 10.0.0.20 reassign || rc=1
	for ((i = 0; i < 5; i++)); do ping_once; done
	cap_stop old && cap_stop new || rc=1
	cap_count old 0 'echo request' 5 || rc=1
	cap_count new 0 'echo request' 5 || rc=1
	return "$rc"
}
check "ENI-9: an address moves, and with the next packet what is sent to it" take_over
must guest del "$ONE" 10.0.0.20
must guest add "$TWO" 10.0.0.20
check "ENI-9: it is shown there" equals "$(addresses "$TWO")" "10.0.0.40 10.0.0.20"
check "ENI-9: and no more here" equals "$(addresses "$ONE")" "10.0.0.30 10.0.0.48"
check "ENI-9: the new owner answers" answers_as "$FAR" 10.0.0.20 "$TWO"
check "ENI-9: and pings" ping_ok "$FAR" 10.0.0.20
check "ENI-9, L2-1: ARP says so at once" equals "$(ask "$NEAR" 10.0.0.12 10.0.0.20)" "$TWO_MAC"
check "ENI-9, ENI-5: the new owner speaks as it" speaks "$TWO" 10.0.0.20
may_not_speak "ENI-9, ENI-5: the old one does not" "$ONE" 10.0.0.10 10.0.0.20
nothing_arrives "ENI-6: nor does it get what is sent to its MAC" \
	"$ONE" eth0 "udp" "$NEAR" destination-check 3 \
	"frame $NEAR eth0 dmac=$ONE_MAC src=10.0.0.12 dst=10.0.0.30" \
	"frame $NEAR eth0 count=3 dmac=$ONE_MAC src=10.0.0.12 dst=10.0.0.20"
check "ENI-9: the public address stays with it" ping_ok "$INET" 203.0.113.20
check "ENI-9: the new owner gets what comes for it" \
	sees 3 '203\.0\.113\.1 > 10\.0\.0\.20: ICMP echo request' "$TWO" "icmp" \
	ping_all "$INET" 203.0.113.20
check "ENI-9: and is its source, by the ports of a flow that the old one had" out_as "$TWO" 10.0.0.20 203.0.113.20
check "ENI-9: taking what one has is no change" vr eni assign "$TWO" 10.0.0.20 reassign

swap() { # two addresses change places at one instant
	vr -b - <<-END
		eni assign $ONE 10.0.0.40 reassign
		eni assign $TWO 10.0.0.30 reassign
	END
}
check "ENI-9: two addresses change places in one transaction" swap
check "ENI-9: the one is here" equals "$(addresses "$ONE")" "10.0.0.40 10.0.0.48"
check "ENI-9: the other there" equals "$(addresses "$TWO")" "10.0.0.20 10.0.0.30"

# Giving back
config_mark
refused "ENI-1: the primary address cannot be unassigned" "primary" vr eni unassign "$TWO" 10.0.0.11
refused "an address that it has not" "has no address 10\.0\.0\.40" vr eni unassign "$TWO" 10.0.0.40
refused "a prefix that it has not" "has no prefix 10\.0\.0\.48/28" \
	vr eni unassign "$TWO" prefix 10.0.0.48/28
refused "an address out of a prefix" "has no address 10\.0\.0\.50" vr eni unassign "$ONE" 10.0.0.50
refused "all or nothing" "has no address 10\.0\.0\.99" vr eni unassign "$TWO" 10.0.0.20 10.0.0.99

drop_two() {
	vr eni unassign "$TWO" 10.0.0.20
	ping_fails "$FAR" 10.0.0.20
}
nothing_arrives "ENI-1: unassigned, it is nobody's with the next packet" \
	"$TWO" eth0 "icmp" "$FAR" no-such-address 3 "ping_ok $FAR 10.0.0.20" "drop_two"
may_not_speak "ENI-5: and nobody speaks as it" "$TWO" 10.0.0.11 10.0.0.20
check "EIP-1: its public address is associated with nobody" \
	reason_rises inet eip-not-associated 3 frame "$INET" eth0 count=3 dmac="$UPLINK_MAC" \
	src="$INET_HOST" dst=203.0.113.20
check "EIP-1: and stays allocated" vr eip associate 203.0.113.20 eni "$ONE" private 10.0.0.40
check "ENI-1: a prefix is given back" vr eni unassign "$ONE" prefix 10.0.0.48/28
nothing_arrives "ENI-1: and its addresses are nobody's" \
	"$ONE" eth0 "icmp" "$FAR" no-such-address 3 \
	"ping_ok $FAR 10.0.0.10" "ping_fails $FAR 10.0.0.50"

# Any addresses
check "VPC-29: any three" vr eni assign "$FAR" count 3
check "VPC-29: there are three, all different" \
	equals "$(addresses "$FAR" | tr ' ' '\n' | sort -u | grep -c '^10\.0\.1\.')" 3
check "VPC-19: none of them was in use" equals "$(available my/app)" 247

# What cannot be
config_mark
for addr in 10.0.0.0 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.255; do
	refused "VPC-19: $addr is reserved" "reserved" vr eni assign "$ONE" $addr
done
refused "ENI-1: an address of another subnet" "not in subnet" vr eni assign "$ONE" 10.0.1.20
refused "VPC-29: an address that it has already" "in use" vr eni assign "$ONE" 10.0.0.40
refused "ENI-1: a prefix of another length" "must be /28" vr eni assign "$ONE" prefix 10.0.0.96/27
refused "ENI-1: a prefix with reserved addresses" "reserved" \
	vr eni assign "$ONE" prefix 10.0.0.0/28
refused "ENI-1: a prefix with the last address" "reserved" \
	vr eni assign "$ONE" prefix 10.0.0.240/28
refused "ENI-1: a prefix around an address in use" "in use" \
	vr eni assign "$ONE" prefix 10.0.0.32/28
refused "ENI-1: a prefix outside the subnet" "not in subnet" \
	vr eni assign "$ONE" prefix 10.0.1.16/28
refused "VPC-22: an IPv6 address where there is none" "no ipv6 cidr" \
	vr eni assign "$ONE" 2001:db8::10
refused "nothing at all" "required" vr eni assign "$ONE"
refused "EIP-1: a public address for what the interface has not" "no address 10\.0\.0\.99" \
	vr eip associate 203.0.113.20 eni "$ONE" private 10.0.0.99
must vr limits set addresses-per-interface 3
must vr eni assign "$ONE" prefix 10.0.0.64/28
config_mark
refused "a prefix counts as one address, the primary as well" "limit of 3 ipv4 addresses" \
	vr eni assign "$ONE" 10.0.0.99
refused "nor can one be taken over" "limit of 3" \
	vr eni assign "$ONE" 10.0.0.30 reassign
refused "any five are too many, and not even two are left" "limit of 3" \
	vr eni assign "$NEAR" count 5
must vr limits set addresses-per-interface 50

# An interface that goes
check "ENI-8: an interface is deleted" vr eni del "$ONE"
check "ENI-8: its addresses are free" vr eni assign "$TWO" 10.0.0.10 10.0.0.40 prefix 10.0.0.64/28
check "EIP-1: what stood for them stays allocated" \
	vr eip associate 203.0.113.10 eni "$TWO" private 10.0.0.10
must guest add "$TWO" 10.0.0.10
check "ENI-8: and the next interface answers" answers_as "$FAR" 10.0.0.10 "$TWO"
check "IGW-2: to the internet, too" answers_as "$INET" 203.0.113.10 "$TWO"

# At once
add_late() {
	add_ns "la-$SUFFIX" && add_veth "$R" v-late "la-$SUFFIX" eth0 &&
	vr eni add late subnet my/net dev v-late address 10.0.0.100 secondary 10.0.0.101 \
		secondary 10.0.0.102 prefix 10.0.0.112/28 count 1
}
check "ENI-1: an interface is made with all of them" add_late
check "ENI-1: it has them" grep -qE '^10\.0\.0\.101 10\.0\.0\.102 (10\.0\.0\.[0-9]+ )?10\.0\.0\.112' \
	<(addresses late)

finish
