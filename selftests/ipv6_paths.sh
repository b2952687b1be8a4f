#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# IPv6 by longer ways: a middlebox, a small link in the internet, from gateway to gateway, and
# by an uplink that comes and goes.
#
#   my   2001:db8:1::/56
#     my/net :1::/64: client ::10 ---+--- box ::10 of my/box :4::/64
#     my/far :2::/64: far ::10 ------+
#     my/six :3::/64: six ::10 --- egress-only gateway ---+
#   pal  2001:db8:2::/56: pal ::10 --- internet gateway --+-- the internet 2001:db8:ffff::7
#                                                         |
#   beyond 2001:db8:fffd::7 ------ a link of 1400 bytes --+

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# shellcheck source=lib_ipv6.sh
. "$(dirname "$0")/lib_ipv6.sh"

BOX=bo-$SUFFIX
BEYOND=be-$SUFFIX
BOX6=$MY:4::10
BEYOND6=2001:db8:fffd::7

REQUEST="icmp6 and ip6[40] == 128"
TOO_BIG="icmp6 and ip6[40] == 2"

# Both ways between my/net and my/far lead by the box, which forwards.
build_box() {
	vr subnet add my/box cidr 10.0.2.0/24 ipv6 "$MY:4::/64" zone ap-northeast-2a &&
	dual "$BOX" my/box 10.0.2.10 "$BOX6" source-dest-check off &&
	tester forwarding "$BOX" &&
	vr -b - <<-END
		route-table add my/far
		route-table associate my/far subnet my/far
		route add my/net $MY:2::/64 eni $BOX
		route add my/far $MY:1::/64 eni $BOX
	END
}

build_pal() {
	add_pal &&
	vr -b - <<-END
		igw add pal-igw vpc pal uplink inet
		route add pal/net ::/0 igw pal-igw
	END
}

# Only toward it is the link small: what it sends itself says nothing of that.
build_beyond() {
	add_ns "$BEYOND" && add_veth "$INET" beyond "$BEYOND" eth0 &&
	tester ipv6 "$INET" beyond && tester ipv6 "$BEYOND" lo eth0 &&
	ip_batch "$INET" <<-END &&
		link set beyond mtu 1400
		addr add 2001:db8:fffd::1/64 dev beyond nodad
	END
	ip_batch "$BEYOND" <<-END &&
		addr add $BEYOND6/64 dev eth0 nodad
		route add default via 2001:db8:fffd::1 dev eth0
	END
	tester serve6 "$BEYOND"
}

must add_router
must add_internet
must add_internet6
must add_my
must vr route add my/net ::/0 igw my-igw
must build_box
must build_pal
must build_beyond
ROUTER_MAC=$(router_mac "$CLIENT")

# ---- a middlebox ----

by_box() { # by_box FROM TO ADDRESS: each request has passed a hop
	sees 3 "ICMP6, echo request" "$2" "$REQUEST and ip6[7] == 63" ping_all "$1" "$3"
}
forge() { # forge KEY=VALUE...: what the box says in the client's name
	frame "$BOX" eth0 type=ip6 dmac="$ROUTER_MAC" src="$CLIENT6" dst="$FAR6" "$@"
}
check "ENI-6, RT-30: off, the check lets a middlebox forward" ping_ok "$CLIENT" "$FAR6"
check "RT-30: it is on the way" by_box "$CLIENT" "$FAR" "$FAR6"
check "RT-30: and back" by_box "$FAR" "$CLIENT" "$CLIENT6"
check "RT-30: addresses stay as they are" http_source "$CLIENT" "$FAR6" "$CLIENT6"
check "RT-30: an error about a flow comes back by it" udp_refused "$CLIENT" "$FAR6" 99
check "ENI-6: what is its own it gets" ping_ok "$CLIENT" "$BOX6"
nothing_arrives "ENI-6: on, nothing for others comes to it" "$BOX" eth0 "$REQUEST" \
	"$CLIENT" destination-check 3 "ping_ok $CLIENT $FAR6" \
	"vr eni set $BOX source-dest-check on && ping_fails $CLIENT $FAR6"
check "ENI-6: but what is its own" ping_ok "$CLIENT" "$BOX6"
nothing_arrives "ENI-5: and it says nothing in another's name" "$FAR" eth0 "ip6 and udp" \
	"$BOX" source-address 3 \
	"vr eni set $BOX source-dest-check off && forge" \
	"vr eni set $BOX source-dest-check on && forge count=3"
must vr eni set "$BOX" source-dest-check off
check "ENI-6: off again, it forwards" by_box "$CLIENT" "$FAR" "$FAR6"

# ---- sizes ----

learned() { # the sender's own stack knows the path's MTU
	local route

	route=$(ip -n "$SIX" -6 route get "$BEYOND6")
	[[ $route == *" mtu 1400"* ]] && return
	echo "$route"
	return 1
}
claim() { # claim KEY=VALUE...: packets of six are said to be too big
	from_outside proto=icmp6 icmp=2 mtu=1300 dst="$SIX6" "$@"
}
forged() { # forged NAME REASON KEY=VALUE...: three such errors that do not get in
	nothing_arrives "$1" "$SIX" eth0 "$TOO_BIG" inet "$2" 3 \
		"out_of_six && claim quote=udp,$SIX6,40000,$INET6,7" "claim ${*:3}"
}
check "EIG-2: a host behind a small link" ping_ok "$SIX" "$BEYOND6"
check_not "MTU-3: of which nobody knows yet" learned
check "EIG-2, MTU-3: TCP with segments of 1500 bytes finds its way" stream "$SIX" "$BEYOND6" 1
check "EIG-2, MTU-3: as it was told" learned
check "EIG-2, MTU-3: a router of the internet tells who sent too much" \
	sees 3 "$INET6_GATEWAY > $SIX6: ICMP6, packet too big, mtu 1400" "$SIX" "$TOO_BIG" \
	reason_rises inet icmp-errors-passed 3 out_of_six proto=icmp6 dst="$BEYOND6" size=1452
forged "EIG-2: an error about a flow that is none" icmp-error quote="udp,$SIX6,1,$INET6,2"
forged "EIG-2: about another's packet" icmp-error quote="udp,$CLIENT6,40000,$INET6,7"
forged "EIG-2: about nothing" icmp-error size=8
forged "IGW-13a: from a unique local address" igw-private-address src=fd00::7 \
	quote="udp,$SIX6,40000,$INET6,7"

must jumbo "$SIX"
must jumbo "$CLIENT"
check "MTU-2: 1500 bytes by the egress-only gateway" ping_ok "$SIX" "$INET6" size=1452
nothing_arrives "MTU-2: 1501 bytes are too big" "$INET" eth0 "$REQUEST" "$SIX" too-big 3 \
	"ping_ok $SIX $INET6" "out_of_six proto=icmp6 size=1453"
check "MTU-3: the sender is told, by the subnet's router" \
	sees 3 "$MY:3::1 > $SIX6: ICMP6, packet too big, mtu 1500" "$SIX" "$TOO_BIG" \
	out_of_six proto=icmp6 size=1453

# ---- from gateway to gateway ----

# None of it is seen in the internet.
stays_inside() {
	local rc=0

	cap_start outside "$INET" eth0 "$REQUEST" || return
	ping_ok "$CLIENT" "$INET6" || rc=1
	cap_mark outside || rc=1
	sees 3 "$CLIENT6 > $PAL6: ICMP6, echo request" "$PAL" "$REQUEST" \
		ping_all "$CLIENT" "$PAL6" || rc=1
	cap_stop outside || rc=1
	cap_seen outside 0 || rc=1
	expect_capture_empty outside 1 || rc=1
	return "$rc"
}
both_count() {
	local before

	before=$(counter "$PAL" igw-in-packets) || return
	reason_rises "$CLIENT" igw-out-packets 3 ping_all "$CLIENT" "$PAL6" &&
	equals "$(counter "$PAL" igw-in-packets)" $((before + 3))
}
check "IGW-6, IGW-7: to a VPC behind another gateway" ping_ok "$CLIENT" "$PAL6"
check "IGW-6, IGW-7: nothing is translated" http_source "$CLIENT" "$PAL6" "$CLIENT6"
check "IGW-6, IGW-7: from there" http_source "$PAL" "$CLIENT6" "$PAL6"
check "IGW-7: out by the one gateway, in by the other" both_count
check "IGW-7: and never outside" stays_inside
check "IGW-6: an error about a flow" udp_refused "$CLIENT" "$PAL6" 99
check "MTU-2, MTU-3: no larger packets than outside" \
	sees 3 "$MY:1::1 > $CLIENT6: ICMP6, packet too big, mtu 1500" "$CLIENT" "$TOO_BIG" \
	reason_rises "$CLIENT" too-big 3 frame "$CLIENT" eth0 type=ip6 proto=icmp6 count=3 \
	dmac="$ROUTER_MAC" src="$CLIENT6" dst="$PAL6" size=1453
check "EIG-2: out by the egress-only gateway, in by the other VPC's" \
	http_source "$SIX" "$PAL6" "$SIX6"
check "EIG-2: an error about a flow comes back" udp_refused "$SIX" "$PAL6" 99
nothing_arrives "EIG-2: the other VPC does not begin" "$SIX" eth0 "$REQUEST" "$PAL" egress-only 3 \
	"ping_ok $CLIENT $SIX6" "ping_fails $PAL $SIX6"
check "a flow from VPC to VPC" flow_start inside "$CLIENT" "$PAL6"
check "IGW-8: the other VPC's gateway is detached" vr igw detach pal-igw
check "RT-22: the flow stands" flow_stands inside
must flow_stop inside
check "IGW-6: its block is nobody's here then" \
	sees 3 "$CLIENT6 > $PAL6: ICMP6, echo request" "$INET" "$REQUEST and ip6[7] == 64" \
	ping_fails "$CLIENT" "$PAL6"
check "RT-22: and its own way out a blackhole" \
	reason_rises "$PAL" blackhole 3 ping_fails "$PAL" "$CLIENT6"
must vr igw attach pal-igw vpc pal
must vr route replace pal/net ::/0 igw pal-igw
check "IGW-6: with it again all is well" http_source "$PAL" "$CLIENT6" "$PAL6"

# ---- the uplink ----

uplink_back() {
	ip_batch "$R" <<-END &&
		link set uplink up
		route replace default via $INET_GATEWAY dev uplink onlink
	END
	uplink_route6
}

# The device is gone for good, and with the uplink goes all that uses it, at one instant.
another_uplink() {
	add_veth "$R" uplink "$INET" eth0 && tester ipv6 "$INET" eth0 && tester ipv6 "$R" uplink &&
	ip -n "$INET" addr add "$INET_GATEWAY/24" dev eth0 && inet_route6 && uplink_back &&
	vr -b - <<-END
		eip disassociate 203.0.113.10
		eip del 203.0.113.10
		eigw del my-eigw
		igw detach my-igw
		igw detach pal-igw
		igw del my-igw
		igw del pal-igw
		uplink del inet
		uplink add inet dev uplink
		igw add my-igw vpc my uplink inet
		igw add pal-igw vpc pal uplink inet
		eigw add my-eigw vpc my uplink inet
		route replace my/net ::/0 igw my-igw
		route replace pal/net ::/0 igw pal-igw
		route replace my/six ::/0 eigw my-eigw
	END
}

flows_stand() {
	flow_stands web && flow_stands out
}

# The longer they stood, the later they try again.
flows_go_on() {
	busywait 15000 flow_goes_on web && busywait 15000 flow_goes_on out
}

check "a flow by the internet gateway" flow_start web "$CLIENT" "$INET6"
check "a flow by the egress-only gateway" flow_start out "$SIX" "$INET6"
nothing_arrives "the uplink goes down, and nothing leaves by it" "$INET" eth0 "$REQUEST" \
	"$PAL" no-host-route 3 "ping_ok $PAL $INET6" \
	"ip -n $R link set uplink down && ping_fails $PAL $INET6"
check "the flows stand" flows_stand
check "but from gateway to gateway it is not needed" ping_ok "$CLIENT" "$PAL6"
check "it comes up" uplink_back
check "IGW-6, EIG-2: and the flows go on" flows_go_on
check "and others pass" ping_ok "$PAL" "$INET6"
check "the device is deleted" ip -n "$R" link del uplink
check "packets for it are dropped" reason_rises "$PAL" port-down 3 ping_fails "$PAL" "$INET6"
check "the flows stand" flows_stand
check "but from gateway to gateway it is not needed" ping_ok "$CLIENT" "$PAL6"
check "the uplink gets another device, which is another uplink" another_uplink
check "IGW-6, EIG-2: untranslated as they are, the flows go on by it" flows_go_on
check "IGW-6: others go out" http_source "$PAL" "$INET6" "$PAL6"
check "EIG-2: by the egress-only gateway, too" http_source "$SIX" "$INET6" "$SIX6"
nothing_arrives "EIG-2: by which nobody comes in" "$SIX" eth0 "$REQUEST" inet egress-only 3 \
	"ping_ok $CLIENT $SIX6" "from_outside proto=icmp6 dst=$SIX6"

finish
