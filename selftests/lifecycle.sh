#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Devices that come, go and change under traffic.
#
#   my/net 10.0.0.0/24: a .10 (203.0.113.10), b .11, lost .12, moved .13

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

A=a-$SUFFIX
B=b-$SUFFIX
LOST=lo-$SUFFIX
MOVED=mo-$SUFFIX

build() {
	add_vpc my && add_igw my &&
	add_instance "$A" my/net 10.0.0.10 && add_eip 203.0.113.10 "$A" &&
	add_instance "$B" my/net 10.0.0.11 && add_server "$B" &&
	add_instance "$LOST" my/net 10.0.0.12 && add_server "$LOST" &&
	add_instance "$MOVED" my/net 10.0.0.13 && add_server "$MOVED"
}

# no_way FROM REASONS TO: no reply, and the drops are counted; those of a flow that goes on too
no_way() {
	local before now

	before=$(counter_sum "$1" "$2") || return
	ping_fails "$1" "$3" || return
	busywait 2000 counter_reaches "$1" "$2" $((before + 3)) && return
	echo "$2 rose by $((now - before)) only"
	return 1
}

eni_says() { # eni_says ENI PATTERN
	vr eni show "$1" | grep -qE -- "$2" && return
	vr eni show "$1"
	return 1
}

bond() {
	ip -n "$R" link add bond0 type bond && ip -n "$R" link set renamed down &&
	ip -n "$R" link set renamed master bond0
}

uplink_back() { # routes by a device go down with it
	ip -n "$R" link set uplink up &&
	ip -n "$R" route replace default via "$INET_GATEWAY" dev uplink onlink
}

must add_router
must add_internet
must add_s3
must build
LOST_MAC=$(mac_of "$LOST" eth0)
check "a flow within the VPC" flow_start local "$A" 10.0.0.11
check "a flow by the gateway" flow_start web "$A" "$INET_HOST"

# Down and up
check "the server's device goes down" ip -n "$R" link set "v-$B" down
check "packets to it are dropped" no_way "$A" port-down 10.0.0.11
check "and up again" ip -n "$R" link set "v-$B" up
check "the flow goes on" flow_goes_on local

# Other names, other sizes
rename() { # a device must be down for it on older kernels
	ip -n "$R" link set "v-$B" down && ip -n "$R" link set "v-$B" name renamed &&
	ip -n "$R" link set renamed up
}
check "the device gets another name" rename
check "which the interface shows" eni_says "$B" 'ifname renamed'
check "the flow goes on" flow_goes_on local
check "another MTU" ip -n "$R" link set renamed mtu 1300
check "packets for it are measured by that at once" ping_ok "$A" 10.0.0.11 size=1200
nothing_arrives "and too large ones are dropped" "$B" eth0 "icmp" "$A" too-big 3 \
	"ping_ok $A 10.0.0.11" \
	"frame $A eth0 dmac=$(mac_of "$B" eth0) count=3 src=10.0.0.10 dst=10.0.0.11 proto=icmp size=1280"
must ip -n "$R" link set renamed mtu 1500
check "the flow goes on" flow_goes_on local

# Others who want the device
must ip -n "$R" link add br0 type bridge
check_not "a bridge does not get it" ip -n "$R" link set renamed master br0
check_not "nor does a bond" bond
must ip -n "$R" link set renamed up
must ip -n "$R" link add spare type veth peer name spare-peer
must ip -n "$R" link set spare master br0
config_mark
refused "a bridge's port is no port of ours" "has a master" \
	vr eni add x subnet my/net dev spare address 10.0.0.50
check "the flow goes on" flow_goes_on local

# The device goes
check "a flow to it" flow_start lost "$A" 10.0.0.12
check "the device is deleted" ip -n "$R" link del "v-$LOST"
check "its interface has none" eni_says "$LOST" 'state available'
check "the flow stands" flow_stands lost
must flow_stop lost			# what it sends again would count below
check "packets for it are dropped" \
	reason_rises "$A" port-down 3 frame "$A" eth0 count=3 dmac="$(router_mac "$A")" \
	src=10.0.0.10 dst=10.0.0.12
check "RT-23: a route to it" vr route add my/net 198.18.0.0/16 eni "$LOST"
check "RT-23: is a blackhole" route_state my/net 198.18.0.0/16 blackhole
config_mark
refused "ENI-8: an interface does not change its device" 'is bound to device "v-' \
	vr eni set "$A" dev "v-$MOVED"
refused "ENI-8: one that has none does not get that of another" "port already" \
	vr eni set "$LOST" dev "v-$A"
revive() { # the same instance with another device, and the MAC that its interface has for life
	ip -n "$R" link add anew type veth peer name eth0 address "$LOST_MAC" netns "$LOST" &&
	ip -n "$R" link set anew up && tester up "$LOST" eth0 &&
	ip -n "$LOST" addr add 10.0.0.12/24 dev eth0
}
must revive
check "ENI-8: it gets another device" vr eni set "$LOST" dev anew
check "ENI-8: which it shows" eni_says "$LOST" 'ifname anew .*address 10\.0\.0\.12 .*state in-use'
check "ENI-8: and has its address as before" ping_ok "$A" 10.0.0.12
check "ENI-8: once more changes nothing" vr eni set "$LOST" dev anew
check "RT-23: the route is active again" route_state my/net 198.18.0.0/16 active
must ip -n "$R" link set anew down
check "RT-23: a device that is down makes it a blackhole" route_state my/net 198.18.0.0/16 blackhole
must vr route del my/net 198.18.0.0/16
check "the interface can be deleted" vr eni del "$LOST"
must ip -n "$R" link add again type dummy
must ip -n "$R" link set again up
check "ENI-8: its address is another's then" \
	vr eni add again subnet my/net dev again address 10.0.0.12 mac 02:00:00:00:00:12
check "packets for it go there" ping_fails "$A" 10.0.0.12
check "a flow to one that will move" flow_start moved "$A" 10.0.0.13
check "the device moves to another namespace" ip -n "$R" link set "v-$MOVED" netns "$B"
check "its interface has none" eni_says "$MOVED" 'state available'
check "the flow stands" flow_stands moved
check "there it is an ordinary device" ip -n "$B" link set "v-$MOVED" up
check "and can come back" ip -n "$B" link set "v-$MOVED" netns "$R"
check "but is nobody's then" eni_says "$MOVED" 'state available'
must flow_stop moved

# Neighbours
check "the next hop gets another MAC" ip -n "$INET" link set eth0 address 02:00:00:00:99:01
must ip -n "$R" neigh flush dev uplink
check "and the flow finds it" flow_goes_on web
check "the uplink goes down" ip -n "$R" link set uplink down
check "packets to the internet are dropped" \
	no_way "$A" "port-down|no-host-route" "$INET_HOST"
check "and comes back" uplink_back
check "the flow by the gateway goes on" flow_goes_on web

# The namespace goes, with everything in it
check "a flow is there to the end" flow_goes_on local
check "a datagram has begun" \
	fragments "$A" eth0 dmac="$(mac_of "$B" eth0)" proto=udp src=10.0.0.10 dst=10.0.0.11 size=3000 parts=0-1200
check "the namespace is deleted under traffic" ip netns del "$R"
check "the flow stands" flow_stands local

finish
