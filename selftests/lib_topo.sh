# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Namespaces: the router, its instances, the internet and an S3-like service.
#
#   instance ... instance          S3 (52.219.x.x)  <-- wan ---+
#     eth0         eth0              eth0                      |
#      |            |                 |                        |
#   v-NAME       v-NAME               s3                       |
#   ------------------- router $R, vpc.ko ------------------   |
#                       uplink                                 |
#                         |                                    |
#                        eth0  203.0.113.1/24                  |
#                      the internet, 198.51.100.7 --- tos3 ----+

INET_GATEWAY=203.0.113.1		# next hop of the uplink; EIPs are 203.0.113.x
INET_HOST=198.51.100.7			# some host of the internet
S3_NAME=s3.ap-northeast-2.amazonaws.com
S3_SERVICE=com.amazonaws.ap-northeast-2.s3
S3_GATEWAY=52.219.56.1/22
S3_PREFIXES=(52.219.56.0/22 52.219.60.0/22 52.219.144.0/20)
S3_HOSTS=(52.219.56.9 52.219.60.10 52.219.144.11)
S3_HOST=${S3_HOSTS[0]}

in_ns() { # in_ns NAMESPACE CMD...
	ip netns exec "$@"
}

# No reverse path filter, no redirects, no IPv6 (the router never asks for it here, and a neighbour
# discovery would count as a drop); lo is up.
quiet_ns() { # quiet_ns NAMESPACE
	tester quiet "$1"
}

# The first one is ip's, which prepares the place for them.
add_ns() { # add_ns NAMESPACE
	if [ ${#NAMESPACES[@]} -eq 0 ]; then
		ip netns add "$1"
	else
		tester add-netns "$1"
	fi && adopt_ns "$1"
}

# Know of a namespace that something else made, `vpcctl instance add` for one.
adopt_ns() { # adopt_ns NAMESPACE
	[ -n "$1" ] || return
	NAMESPACES+=("$1")
	quiet_ns "$1"
}

add_router() {
	R=r-$SUFFIX
	add_ns "$R"
}

ip_batch() { # ip_batch NAMESPACE < COMMANDS OF ip
	ip -n "$1" -batch -
}

# A veth pair between two namespaces, up.
add_veth() { # add_veth NS-A DEV-A NS-B DEV-B
	tester add-veth "$@"
}

# Devices that carry more than a VPC does (MTU-1)
jumbo() { # jumbo NAMESPACE [ROUTER-DEVICE]
	ip -n "$1" link set eth0 mtu 9100 && ip -n "$R" link set "${2:-v-$1}" mtu 9100
}

mac_of() { # mac_of NAMESPACE DEVICE
	tester mac-address "$@"
}

add_vpc() { # add_vpc NAME: 10.0.0.0/16, with NAME/net 10.0.0.0/24 under a table NAME/net
	vr -b - <<-END
		vpc add $1 cidr 10.0.0.0/16
		subnet add $1/net cidr 10.0.0.0/24 zone ap-northeast-2a
		route-table add $1/net
		route-table associate $1/net subnet $1/net
	END
}

# add_nat_vpcs SUBNET: a VPC "my", in which NAT gateways of my/SUBNET 10.0.0.0/24 can serve
# my/private 10.0.1.0/24, each under a table of its name; and peer/net 10.5.0.0/24 of another
add_nat_vpcs() {
	vr -b - <<-END
		vpc add my cidr 10.0.0.0/16
		subnet add my/$1 cidr 10.0.0.0/24 zone ap-northeast-2a
		subnet add my/private cidr 10.0.1.0/24 zone ap-northeast-2a
		route-table add my/$1
		route-table associate my/$1 subnet my/$1
		route-table add my/private
		route-table associate my/private subnet my/private
		vpc add peer cidr 10.5.0.0/16
		subnet add peer/net cidr 10.5.0.0/24 zone ap-northeast-2a
	END
}

add_igw() { # add_igw VPC: by the uplink, the default of the table above
	vr -b - <<-END
		igw add $1-igw vpc $1 uplink inet
		route add $1/net 0.0.0.0/0 igw $1-igw
	END
}

declare -A VPCS_OPEN=()

# Who is not about security groups lets everything into what has its VPC's default one.
open_vpc() { # open_vpc VPC
	[ -z "${VPCS_CLOSED:-}${VPCS_OPEN[$1]:-}" ] || return 0
	VPCS_OPEN[$1]=yes
	vr security-group rule-add "$1/default" ingress cidr 0.0.0.0/0
}

# add_instance NAME SUBNET ADDRESS [ENI-OPTION...]: a namespace NAME with eth0 in a /24, and an
# ENI of the same name. By hand, not by `vpcctl instance`, to know the devices.
add_instance() {
	local name=$1 subnet=$2 addr=$3

	shift 3
	add_ns "$name" &&
	add_veth "$R" "v-$name" "$name" eth0 &&
	tester number "$name" "$addr" &&
	vr eni add "$name" subnet "$subnet" dev "v-$name" address "$addr" "$@" &&
	open_vpc "${subnet%%/*}"
}

router_mac() { # router_mac ENI
	each_match '"router-mac": *"(([0-9a-f]{2}:){5}[0-9a-f]{2})"' vr -j eni show "$1"
}

route_state() { # route_state TABLE DESTINATION active|blackhole
	vr route show "$1" | grep -F "$2" | grep -qw "$3" && return
	vr route show "$1"
	return 1
}

# add_eip ADDRESS ENI
add_eip() {
	vr -b - <<-END
		eip add $1 uplink inet
		eip associate $1 eni $2
	END
}

# The uplink "inet" and the internet behind it, which answers HTTP and echo.
add_internet() {
	INET=i-$SUFFIX
	add_ns "$INET" &&
	add_veth "$R" uplink "$INET" eth0 &&
	ip_batch "$INET" <<-END &&
		addr add $INET_GATEWAY/24 dev eth0
		addr add $INET_HOST/32 dev lo
	END
	tester forwarding "$INET" &&
	ip -n "$R" route add default via "$INET_GATEWAY" dev uplink onlink &&
	vr uplink add inet dev uplink &&
	add_server "$INET"
}

# S3 behind a service port, and reachable by the internet too: what comes from a public address
# is answered that way, what comes from a private one by the service's gateway.
add_s3() {
	S3=s3-$SUFFIX
	add_ns "$S3" &&
	add_veth "$R" s3 "$S3" eth0 &&
	add_veth "$INET" tos3 "$S3" wan &&
	ip_batch "$S3" <<-END &&
		addr add $S3_HOST/22 dev eth0
		$(printf 'addr add %s/32 dev eth0\n' "${S3_HOSTS[@]:1}")
		route add default via ${S3_GATEWAY%/*} dev eth0
		addr add 192.0.2.2/30 dev wan
		route add 203.0.113.0/24 via 192.0.2.1
	END
	ip_batch "$R" <<-END &&
		$(printf 'route add %s dev s3 scope link\n' "${S3_PREFIXES[@]:1}")
	END
	ip_batch "$INET" <<-END &&
		addr add 192.0.2.1/30 dev tos3
		route add 52.219.0.0/16 via 192.0.2.2
	END
	vr -b - <<-END &&
		prefix-list add s3 max-entries 10 $(printf 'entry %s ' "${S3_PREFIXES[@]}")
		service add $S3_SERVICE type gateway prefix-list s3 dev s3 gateway $S3_GATEWAY
	END
	add_server "$S3"
}

# add_s3_endpoint NAME VPC ROUTE-TABLES
add_s3_endpoint() {
	vr endpoint add "$1" vpc "$2" service "$S3_SERVICE" type gateway route-table "$3"
}

# add_service NAMESPACE NAME DEVICE ADDRESS GATEWAY WORD...: an interface service, in a /24 behind a
# device of its own
add_service() {
	add_ns "$1" &&
	add_veth "$R" "$3" "$1" eth0 &&
	ip -n "$1" addr add "$4/24" dev eth0 &&
	vr service add "$2" type interface dev "$3" gateway "$5/24" address "$4" "${@:6}" &&
	add_server "$1"
}

# Public names of the labs for the programs in a namespace (`ip netns exec` puts it in place).
add_hosts() { # add_hosts NAMESPACE
	mkdir -p "/etc/netns/$1" &&
	printf '127.0.0.1 localhost\n%s %s\n' "$S3_HOST" "$S3_NAME" >"/etc/netns/$1/hosts"
}
