#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# VPC Block Public Access: what each mode keeps from each kind of gateway, and who is excluded.
#
#   As lib_ipv6.sh has it: my/net, of both families, under an internet gateway; my/far, which gets
#   out by a NAT gateway in my/net; my/six, which gets out by an egress-only one.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# shellcheck source=lib_ipv6.sh
. "$(dirname "$0")/lib_ipv6.sh"

build() {
	add_my &&
	vr -b - <<-END
		route add my/net ::/0 igw my-igw
		route-table add my/far
		route-table associate my/far subnet my/far
		eip add 203.0.113.11 uplink inet
		nat-gateway add nat subnet my/net eip 203.0.113.11
		route add my/far 0.0.0.0/0 nat-gateway nat
	END
}

mode() { # mode off|block-bidirectional|block-ingress
	vr block-public-access set "$1"
}

must add_router
must add_internet
must add_internet6
must build
must ip -n "$R" neigh replace "$INET_GATEWAY" lladdr "$(mac_of "$INET" eth0)" dev uplink nud permanent
must ip -n "$R" neigh replace "$INET6_GATEWAY" lladdr "$(mac_of "$INET" eth0)" dev uplink nud permanent

# Each way by a gateway: who sends to whom, where the first packet comes in and where it would go out
declare -A FROM=([out]=$CLIENT [in]=$INET [out6]=$CLIENT [in6]=$INET [nat]=$FAR [egress]=$SIX)
declare -A DEST=([out]=$INET_HOST [in]=203.0.113.10 [out6]=$INET6 [in6]=$CLIENT6
	[nat]=$INET_HOST [egress]=$INET6)
declare -A PORT=([out]=$CLIENT [in]=inet [out6]=$CLIENT [in6]=inet [nat]=$FAR [egress]=$SIX)
declare -A SEEN=([out]=$INET [in]=$CLIENT [out6]=$INET [in6]=$CLIENT [nat]=$INET [egress]=$INET)

passes() { # passes NAME WAY...
	local way

	for way in "${@:2}"; do
		check "IGW-12: $1: $way" ping_ok "${FROM[$way]}" "${DEST[$way]}"
	done
}

stopped() { # stopped NAME MODE WAY...: what passes without does not under that mode
	local way echo

	for way in "${@:3}"; do
		echo="icmp[icmptype] == icmp-echo or ip6[40] == 128"
		nothing_arrives "IGW-12: $1: not $way" "${SEEN[$way]}" eth0 "$echo" \
			"${PORT[$way]}" block-public-access 3 \
			"mode off && ping_ok ${FROM[$way]} ${DEST[$way]}" \
			"mode $2; ping_fails ${FROM[$way]} ${DEST[$way]}"
	done
	must mode "$2"
}

shown() { # shown PATTERN NOUN [REF]
	vr "$2" show "${@:3}" | grep -qE -- "$1" && return
	vr "$2" show "${@:3}"
	return 1
}

check "IGW-12: off by default" shown 'internet-gateway-block-mode off' block-public-access
passes "off" out in out6 in6 nat egress

stopped "block-bidirectional" block-bidirectional out in out6 in6 nat egress
check "IGW-12: it is shown" shown 'internet-gateway-block-mode block-bidirectional' block-public-access
check "IGW-12: within the VPC nothing is blocked" ping_ok "$FAR" 10.0.0.10
check "IGW-12: of neither family" ping_ok "$FAR" "$CLIENT6"
nothing_arrives "IGW-12, IGW-7: nor does a public address help inside" \
	"$CLIENT" eth0 "icmp[icmptype] == icmp-echo and dst host 10.0.0.10" "$FAR" block-public-access 3 \
	"mode off && ping_ok $FAR 203.0.113.10" "mode block-bidirectional; ping_fails $FAR 203.0.113.10"

stopped "block-ingress" block-ingress out in out6 in6
passes "block-ingress" nat egress

# Live connections
must mode off
check "a connection from inside" flow_start web "$CLIENT" "$INET_HOST"
check "one by the NAT gateway" flow_start nat "$FAR" "$INET_HOST"
check "IGW-12: block-ingress" mode block-ingress
check "IGW-12: the first stands at the next packet" flow_stands web
check "IGW-12: the other goes on" flow_goes_on nat
check "IGW-12: off" mode off
check "IGW-12: and the first goes on, too" flow_goes_on web
must flow_stop web
must flow_stop nat

# Exclusions
check "IGW-12: a subnet is excluded" \
	vr subnet set my/net internet-gateway-exclusion-mode allow-bidirectional
check "IGW-12: which is shown" shown 'internet-gateway-exclusion-mode allow-bidirectional' subnet my/net
must mode block-bidirectional
passes "block-bidirectional, subnet allow-bidirectional" out in out6 in6 nat
stopped "block-bidirectional, another subnet" block-bidirectional egress
must mode block-ingress
passes "block-ingress, subnet allow-bidirectional" out in out6 in6 nat egress
check "IGW-12: only what begins inside" \
	vr subnet set my/net internet-gateway-exclusion-mode allow-egress
stopped "block-bidirectional, subnet allow-egress" block-bidirectional out in out6 in6 egress
passes "block-bidirectional, subnet allow-egress" nat
check "IGW-12: the subnet has none" vr subnet set my/net internet-gateway-exclusion-mode none
check "IGW-12: its VPC has" vr vpc set my internet-gateway-exclusion-mode allow-egress
check "IGW-12: which is shown" shown 'internet-gateway-exclusion-mode allow-egress' vpc my
stopped "block-bidirectional, VPC allow-egress" block-bidirectional out in out6 in6
passes "block-bidirectional, VPC allow-egress" nat egress
check "IGW-12: more" vr vpc set my internet-gateway-exclusion-mode allow-bidirectional
passes "block-bidirectional, VPC allow-bidirectional" out in out6 in6 nat egress
check "IGW-12: the subnet's goes first" \
	vr subnet set my/net internet-gateway-exclusion-mode allow-egress
stopped "block-bidirectional, subnet before VPC" block-bidirectional out in out6 in6
passes "block-bidirectional, subnet before VPC" nat egress
check "IGW-12: without exclusions" vr -b - <<-END
	subnet set my/net internet-gateway-exclusion-mode none
	vpc set my internet-gateway-exclusion-mode none
END
stopped "block-bidirectional again" block-bidirectional out nat egress
must mode off
passes "off again" out in out6 in6 nat egress

finish
