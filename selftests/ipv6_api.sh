#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# IPv6 as it is configured: blocks, subnets, addresses, routes, lists, filters, gateways. What
# packets make of it is shown elsewhere.
#
#   my 10.0.0.0/16 and 2001:db8:100::/56
#   my/dual 10.0.0.0/24 and 2001:db8:100::/64: one .10 and ::10, two .11
#   my/six  2001:db8:100:6::/64 alone: lone

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

build() {
	local dev

	for dev in one two lone spare; do
		add_veth "$R" "v-$dev" "d-$SUFFIX" "$dev" || return
	done
	vr -b - <<-END
		vpc add my cidr 10.0.0.0/16 ipv6 2001:db8:100::/56
		subnet add my/dual cidr 10.0.0.0/24 ipv6 2001:db8:100::/64
		subnet add my/six ipv6 2001:db8:100:6::/64
		eni add one subnet my/dual dev v-one address 10.0.0.10 ipv6 2001:db8:100::10
		eni add two subnet my/dual dev v-two address 10.0.0.11
		route-table add my/table
		vpc add old cidr 10.8.0.0/16
		uplink add inet dev v-spare
	END
}

shown() { # shown PATTERN NOUN REF: what `vpcctl show` says of it is so
	vr "$2" show "$3" | grep -qE -- "$1" && return
	vr "$2" show "$3"
	return 1
}

must add_router
must add_ns "d-$SUFFIX"
must build

# Blocks and subnets
check "VPC-15: a VPC of both families" shown 'cidr 10\.0\.0\.0/16.* ipv6-cidr 2001:db8:100::/56' vpc my
check "VPC-21: a subnet of both" shown 'cidr 10\.0\.0\.0/24.* ipv6-cidr 2001:db8:100::/64' subnet my/dual
check "VPC-22: a subnet of IPv6 alone" shown 'ipv6-cidr 2001:db8:100:6::/64' subnet my/six
check_not "VPC-22: it has no IPv4" shown ' cidr ' subnet my/six
check "VPC-22: and no IPv4 addresses to give" shown 'available-addresses 0' subnet my/six
check "VPC-2: host bits are cleared" vr subnet add my/bits ipv6 2001:db8:100:b::b/64
check "VPC-2: and not shown" shown 'ipv6-cidr 2001:db8:100:b::/64' subnet my/bits
check "VPC-15: every size from /44 to /60 in steps of 4" vr -b - <<-END
	vpc add a cidr 10.0.0.0/16 ipv6 2001:db8:1000::/44
	vpc add b cidr 10.0.0.0/16 ipv6 2001:db8:2000::/48 ipv6 2001:db8:3000::/52
	vpc add c cidr 10.0.0.0/16 ipv6 2001:db8:4000::/60
END
check "VPC-6, VPC-10: one more block" vr vpc set my ipv6 2001:db8:200::/56
check "VPC-10, RT-10: its local route is in the main table" \
	route_state my/main 2001:db8:200::/56 active
check "VPC-10, RT-10: and in the others" route_state my/table 2001:db8:200::/56 active
check "RT-10: so is that of the first" route_state my/table 2001:db8:100::/56 active
check "VPC-4: two VPCs may have the same block" vr vpc add twin cidr 10.0.0.0/16 ipv6 2001:db8:100::/56

config_mark
refused "VPC-15: /43" "/44 to /60 in steps of 4" vr vpc add x cidr 10.9.0.0/16 ipv6 2001:db8:400::/43
refused "VPC-15: /61" "/44 to /60" vr vpc add x cidr 10.9.0.0/16 ipv6 2001:db8:400::/61
refused "VPC-15: /57, no step of 4" "steps of 4" vr vpc add x cidr 10.9.0.0/16 ipv6 2001:db8:400::/57
refused "VPC-15: an IPv4 block as one of IPv6" "must be ipv6" vr vpc add x cidr 10.9.0.0/16 ipv6 10.10.0.0/16
refused "VPC-1: and the other way round" "must be ipv4" vr vpc add x cidr 2001:db8:400::/56
refused "VPC-7: link-local" "overlaps fe80::/10" vr vpc add x cidr 10.9.0.0/16 ipv6 fe80::/56
refused "VPC-7: multicast" "overlaps ff00::/8" vr vpc add x cidr 10.9.0.0/16 ipv6 ff02::/56
refused "VPC-7, VPC-24: the services' addresses" "overlaps fd00:ec2::/32" \
	vr vpc add x cidr 10.9.0.0/16 ipv6 fd00:ec2::/56
refused "VPC-8: a block over another" "overlaps 2001:db8:100::/56 of the vpc" \
	vr vpc set my ipv6 2001:db8:100::/60
refused "VPC-17, VPC-21: a subnet outside the VPC" "not inside a cidr" \
	vr subnet add my/x ipv6 2001:db8:300::/64
refused "VPC-17, VPC-21: over a sibling" "overlaps another subnet" \
	vr subnet add my/x ipv6 2001:db8:100::/60
refused "VPC-21: a subnet of /65" "/44 to /64" vr subnet add my/x ipv6 2001:db8:100:7::/65
refused "VPC-22: a subnet of nothing" "required" vr subnet add my/x
refused "VPC-21: IPv6 in a VPC without" "not inside a cidr" \
	vr subnet add old/x cidr 10.8.0.0/24 ipv6 2001:db8:100:7::/64
must vr limits set ipv6-cidrs-per-vpc 2
config_mark
refused "VPC-6: more blocks than the limit" "2 ipv6 cidrs, the limit" \
	vr vpc set my ipv6 2001:db8:500::/56
must vr limits set ipv6-cidrs-per-vpc 5

# Addresses
check "ENI-1: an IPv6 address" shown 'ipv6-address 2001:db8:100::10' eni one
check_not "ENI-1: none by default" shown 'ipv6-address' eni two
check "ENI-1: another, and a prefix" \
	vr eni assign one 2001:db8:100::20 prefix 2001:db8:100:0:1::/80
check "ENI-1: they are shown" shown 'ipv6-address 2001:db8:100::10.*2001:db8:100::20.*2001:db8:100:0:1::/80' eni one
check "VPC-29: any one" vr eni assign two ipv6-count 1
check "VPC-29: of the subnet" shown 'ipv6-address 2001:db8:100:0?:' eni two
check "ENI-9: one moves" vr eni assign two 2001:db8:100::20 reassign
check "ENI-9: it is there" shown '2001:db8:100::20( |$)' eni two
check_not "ENI-9: and not here" shown '2001:db8:100::20( |$)' eni one
check "VPC-22: an interface without IPv4" vr eni add lone subnet my/six dev v-lone
check "VPC-22: it has an IPv6 address all the same" shown 'ipv6-address 2001:db8:100:6:' eni lone
check_not "VPC-22: and no other" shown ' address ' eni lone
lone=$(vr eni show lone | grep -oE '2001:db8:100:6:[0-9a-f:]+')

config_mark
for addr in 2001:db8:100:: 2001:db8:100::1 2001:db8:100::2 2001:db8:100::3 \
		2001:db8:100:0:ffff:ffff:ffff:ffff; do
	refused "VPC-21: $addr is reserved" "reserved" vr eni assign two "$addr"
done
refused "ENI-1: an address of another subnet" "not in subnet" vr eni assign two 2001:db8:100:6::10
refused "VPC-29: an address in use" "in use" vr eni assign two 2001:db8:100::10
refused "VPC-29: an address in another's prefix" "in use" vr eni assign two 2001:db8:100:0:1::9
refused "ENI-1: a prefix of /64" "must be /80" vr eni assign two prefix 2001:db8:100::/64
refused "VPC-21: a prefix with reserved addresses" "reserved" vr eni assign two prefix 2001:db8:100::/80
refused "VPC-22: IPv4 in an IPv6-only subnet" "no ipv4 cidr" vr eni assign lone 10.0.0.50
refused "VPC-22: the last address stays" "no other address" vr eni unassign lone "$lone"
refused "ENI-1: IPv6 is no primary address" "must be ipv4" \
	vr eni add x subnet my/dual dev v-spare address 2001:db8:100::30
refused "VPC-27: a subnet with an interface" "network interface" vr subnet del my/six
must vr limits set addresses-per-interface 3
config_mark
refused "each family has a limit of its own" "limit of 3 ipv6 addresses" vr eni assign two ipv6-count 2
check "and the other is not touched by it" vr eni assign two count 2
must vr limits set addresses-per-interface 50

# Routes
check "EIG-1: a gateway for what goes out" vr eigw add out vpc my uplink inet
check "EIG-1: it is shown" shown "vpc vpc-.* uplink uplink-.* state attached" eigw out
check "RT-25: a route to it" vr route add my/table ::/0 eigw out
check "RT-25: is shown" route_state my/table ::/0 active
check "RT-16: beside one of IPv4, which has another" vr route add my/table 0.0.0.0/0 eni one
check "RT-16: 0.0.0.0/0 is not ::/0" vr route del my/table 0.0.0.0/0
check "RT-16: which stays" route_state my/table ::/0 active
check "RT-12: a whole subnet, to an interface" vr route add my/table 2001:db8:100:6::/64 eni one
check "RT-11: the local route, to an interface" vr route replace my/table 2001:db8:100::/56 eni one
check "RT-11: and back" vr route replace my/table 2001:db8:100::/56 local
config_mark
refused "EIG-1: no IPv4" "ipv6 routes only" vr route add my/table 0.0.0.0/0 eigw out
refused "EIG-1: a second gateway" "already has an egress-only" vr eigw add more vpc my uplink inet
refused "RT-27: the gateway of another VPC" "another vpc" vr route add twin/main ::/0 eigw out
refused "RT-12: a part of a subnet" "whole subnet" vr route add my/table 2001:db8:100:6::/80 eni one
refused "RT-15: the services' addresses" "reserved" vr route add my/table fd00:ec2::/48 eni one
refused "RT-19: a route that is there" "exists already" vr route add my/table ::/0 eni one
refused "RT-19: one that is not" "not found" vr route del my/table 2001:db8:ff::/48
refused "RT-10: the local route" "cannot be deleted" vr route del my/table 2001:db8:100::/56
must vr route add my/table 2001:db8:ff00::/48 eni one
config_mark
refused "VPC-9: a block around a route" "contains the route to 2001:db8:ff00::/48" \
	vr vpc set my ipv6 2001:db8:ff00::/44
must vr route del my/table 2001:db8:ff00::/48
config_mark
refused "VPC-12: a VPC with a gateway" "network interface|egress-only" vr vpc del my

routes_apart() { # the limit is each family's own
	vr limits set routes-per-route-table 2 &&
	vr route add my/table 198.51.100.0/24 eni one && vr route add my/table 192.0.2.0/24 eni one
}
check "RT-9: two routes of each family" routes_apart
config_mark
refused "RT-9: a third of IPv6" "limit of 2" vr route add my/table 2001:db8:ff::/48 eni one
refused "RT-9: a third of IPv4" "limit of 2" vr route add my/table 203.0.113.0/24 eni one
must vr limits set routes-per-route-table 1000

# Blocks that are seen outside
config_mark
refused "IGW-6: a block of another VPC with a gateway" "another vpc's with a gateway" \
	vr eigw add twin vpc twin uplink inet
refused "IGW-6: by an internet gateway, too" "another vpc's with a gateway" \
	vr igw add twin vpc twin uplink inet
must vr eigw add c vpc c uplink inet
config_mark
refused "IGW-6: nor can it be added later" "another vpc's with a gateway" \
	vr vpc set c ipv6 2001:db8:100::/56
check "RT-23: the gateway is deleted" vr eigw del out
check "RT-23, RT-22: its route is a blackhole" route_state my/table ::/0 blackhole
check "IGW-6: then the other VPC may" vr eigw add twin vpc twin uplink inet
check "EIG-1: deleted again" vr eigw del twin

# Lists
check "PFX-1: a list of IPv6" vr prefix-list add six max-entries 5 entry 2001:db8:f000::/48
check "PFX-1: it says so" shown 'address-family ipv6' prefix-list six
check "PFX-1: an empty one, by word" vr prefix-list add none family ipv6 max-entries 5
check "PFX-1: and entries" vr prefix-list set none add 2001:db8:f001::/48
config_mark
refused "PFX-1: no IPv4 in it" "must be ipv6" vr prefix-list set six add 192.0.2.0/24
refused "PFX-1: nor both in a new one" "must be ipv4" \
	vr prefix-list add x entry 192.0.2.0/24 entry 2001:db8:f000::/48
refused "GWE-4: a gateway service has a list of IPv4" "must be ipv4" \
	vr service add svc type gateway prefix-list six dev v-spare gateway 192.0.2.1/24
check "RT-17: a route to it" vr route add my/table six eni one

# Filters
json_has() { # json_has TEXT NOUN REF: the answer, without spaces, has it
	vr -j "$2" show "$3" | tr -d ' \n' | grep -qF -- "$1" && return
	vr -j "$2" show "$3"
	return 1
}

passes_all() { # passes_all DIRECTION ACL
	json_has "{\"number\":101,\"direction\":\"$1\",\"action\":\"allow\",\"cidr\":{\"address\":\"::\",\"length\":0}}" \
		network-acl "$2"
}

lets_out() { # lets_out GROUP
	json_has '"direction":"egress","cidr":{"address":"::","length":0}}' security-group "$1"
}

check "ACL-3: rule 101 of the default list" passes_all ingress my/default
check "ACL-3: both ways" passes_all egress my/default
check "SG-2: the default group lets IPv6 out" lets_out my/default
check "SG-2: a new group, too" vr security-group add my/new
check "SG-2: it does" lets_out my/new
check "SG-2: not in a VPC without IPv6" vr security-group add old/new
check_not "SG-2: there it does not" lets_out old/new
check_not "ACL-3: nor is there a rule 101" passes_all ingress old/default
must vr network-acl entry-add old/default 50 ingress deny protocol all cidr 192.0.2.0/24
check "VPC-6: that VPC gets IPv6" vr vpc set old ipv6 2001:db8:800::/56
check "SG-2: its default group lets that out" lets_out old/default
check_not "ACL-3: but a list that was changed stays as it is" passes_all ingress old/default
check "SG-3: a rule for an IPv6 CIDR" \
	vr security-group rule-add my/new ingress protocol tcp port 80 cidr 2001:db8::/32
check "SG-3: it is shown" \
	json_has '"port-to":80,"cidr":{"address":"2001:db8::","length":32}}' security-group my/new
check "SG-3: ICMPv6 has types" \
	vr security-group rule-add my/new ingress protocol icmpv6 icmp-type 128 cidr ::/0
check "ACL-4: an entry for an IPv6 CIDR" \
	vr network-acl entry-add my/default 90 ingress deny protocol icmpv6 icmp-type 128 cidr 2001:db8:bad::/48
config_mark
refused "SG-3: the same rule twice" "exists already" \
	vr security-group rule-add my/new ingress protocol tcp port 80 cidr 2001:db8::/32
must vr limits set rules-per-security-group 2
check "SG-8: IPv4 has room of its own" vr security-group rule-add my/new ingress protocol tcp port 81 cidr 10.0.0.0/8
config_mark
refused "SG-8: IPv6 has none left" "limit of 2 ingress rules" \
	vr security-group rule-add my/new ingress protocol tcp port 82 cidr 2001:db8::/32
must vr limits set rules-per-security-group 60

# Peers
must vr vpc add peer cidr 10.16.0.0/16 ipv6 2001:db8:100:80::/60
config_mark
refused "PCX-2: IPv6 blocks that overlap" "overlaps 2001:db8:100:80::/60 of the peer" \
	vr peering add pcx vpc my peer-vpc peer
must vr vpc add far cidr 10.17.0.0/16 ipv6 2001:db8:a00::/56
must vr peering add pcx vpc my peer-vpc far
must vr peering accept pcx
check "PCX-2: others are peers" vr route add my/table 2001:db8:a00::/56 peering pcx
config_mark
refused "VPC-8: a block of a peer" "of a peered vpc" vr vpc set my ipv6 2001:db8:a00::/60

# And down again
check "VPC-22: the lone interface goes" vr eni del lone
check "VPC-21: and its subnet" vr subnet del my/six

finish
