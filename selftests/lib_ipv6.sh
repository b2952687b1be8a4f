# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2153 # lib_topo.sh makes the namespace INET
# Instances, VPCs and an internet that speak IPv6, too. To be sourced after lib.sh.
#
#   my   2001:db8:1::/56
#     my/net 10.0.0.0/24, :1::/64: client ::10 (203.0.113.10)
#     my/far 10.0.1.0/24, :2::/64: far ::10
#     my/six :3::/64 alone: six ::10, whose way out is an egress-only gateway
#   pal  2001:db8:2::/56: pal ::10
#   the internet: 2001:db8:ffff::7, next hop 2001:db8:fffe::1

CLIENT=cl-$SUFFIX
FAR=fa-$SUFFIX
SIX=si-$SUFFIX
PAL=pa-$SUFFIX
MY=2001:db8:1
PALS=2001:db8:2
CLIENT6=$MY:1::10
FAR6=$MY:2::10
SIX6=$MY:3::10
PAL6=$PALS:1::10
INET6=2001:db8:ffff::7
INET6_GATEWAY=2001:db8:fffe::1
ROUTER6=fe80:ec2::1

# Addresses and the default route of an instance
number_it() { # number_it NAMESPACE IPV6
	tester ipv6 "$1" lo eth0 &&
	ip_batch "$1" <<-END
		addr add $2/64 dev eth0 nodad
		route add default via $ROUTER6 dev eth0
	END
}

dual() { # dual NAME SUBNET IPV4 IPV6 [ENI-OPTION...]
	add_instance "$1" "$2" "$3" ipv6 "$4" "${@:5}" && number_it "$1" "$4"
}

six() { # six NAME SUBNET IPV6: an instance without IPv4
	add_ns "$1" && add_veth "$R" "v-$1" "$1" eth0 &&
	vr eni add "$1" subnet "$2" dev "v-$1" ipv6 "$3" && number_it "$1" "$3"
}

# add_vpc6 NAME IPV4 IPV6: IPV4.0.0/16 and IPV6::/56, with NAME/net IPV4.0.0/24 and IPV6:1::/64
# under a table NAME/net; everything is let in.
add_vpc6() {
	vr -b - <<-END
		vpc add $1 cidr $2.0.0/16 ipv6 $3::/56
		subnet add $1/net cidr $2.0.0/24 ipv6 $3:1::/64 zone ap-northeast-2a
		route-table add $1/net
		route-table associate $1/net subnet $1/net
		security-group rule-add $1/default ingress cidr ::/0
	END
}

add_my() {
	add_vpc6 my 10.0 "$MY" && add_igw my &&
	vr -b - <<-END &&
		subnet add my/far cidr 10.0.1.0/24 ipv6 $MY:2::/64 zone ap-northeast-2a
		subnet add my/six ipv6 $MY:3::/64 zone ap-northeast-2a
		route-table add my/six
		route-table associate my/six subnet my/six
		eigw add my-eigw vpc my uplink inet
		route add my/six ::/0 eigw my-eigw
	END
	dual "$CLIENT" my/net 10.0.0.10 "$CLIENT6" &&
	dual "$FAR" my/far 10.0.1.10 "$FAR6" &&
	six "$SIX" my/six "$SIX6" &&
	add_eip 203.0.113.10 "$CLIENT" &&
	tester serve6 "$CLIENT" && tester serve6 "$FAR" && tester serve6 "$SIX"
}

add_pal() {
	add_vpc6 pal 10.2 "$PALS" && dual "$PAL" pal/net 10.2.0.10 "$PAL6" && tester serve6 "$PAL"
}

# The uplink's address and the way out by it, which go when its device does or is down.
uplink_route6() {
	ip_batch "$R" <<-END
		addr add 2001:db8:fffe::2/64 dev uplink nodad
		route add default via $INET6_GATEWAY dev uplink
	END
}

# The other side of it: the next hop, and the ways to the VPCs.
inet_route6() {
	ip_batch "$INET" <<-END
		addr add $INET6_GATEWAY/64 dev eth0 nodad
		route add $MY::/56 via 2001:db8:fffe::2 dev eth0
		route add $PALS::/56 via 2001:db8:fffe::2 dev eth0
	END
}

add_internet6() {
	tester ipv6 "$INET" lo eth0 && tester ipv6 "$R" uplink &&
	inet_route6 && uplink_route6 &&
	ip -n "$INET" addr add "$INET6/128" dev lo nodad &&
	tester serve6 "$INET"
}

from_outside() { # from_outside KEY=VALUE...
	frame "$INET" eth0 type=ip6 dmac="$(mac_of "$R" uplink)" count=3 src="$INET6" "$@"
}

out_of_six() { # out_of_six KEY=VALUE...
	frame "$SIX" eth0 type=ip6 dmac="$(router_mac "$SIX")" count=3 src="$SIX6" dst="$INET6" "$@"
}
