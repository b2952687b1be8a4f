#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# A gateway endpoint comes and goes under live flows, and what it never carries.
#
#   my/pub 10.0.0.0/24: client .10 (203.0.113.10), forwarder .40 (source-dest-check off)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
FORWARDER=fo-$SUFFIX
EIP=203.0.113.10

build() {
	vr vpc add my cidr 10.0.0.0/16 &&
	vr subnet add my/pub cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr route-table add my/pub &&
	vr route-table associate my/pub subnet my/pub &&
	vr igw add my-igw vpc my uplink inet &&
	vr route add my/pub 0.0.0.0/0 igw my-igw &&
	add_instance "$CLIENT" my/pub 10.0.0.10 &&
	add_instance "$FORWARDER" my/pub 10.0.0.40 source-dest-check off &&
	add_server "$CLIENT" &&
	add_eip "$EIP" "$CLIENT"
}

# broken_by FLOW CMD...: CMD stops the flow at once, and the router says why it drops it
broken_by() {
	local flow=$1 before now

	shift
	before=$(counter_sum "$CLIENT" "path-changed|tcp-not-syn") || return
	"$@" || return
	flow_stands "$flow" || return
	busywait 3000 counter_reaches "$CLIENT" "path-changed|tcp-not-syn" $((before + 1)) && return
	echo "the flow stands but no drop was counted"
	return 1
}

must add_router
must add_internet
must add_s3
must build
ROUTER_MAC=$(router_mac "$CLIENT")

# GWE-11: creating
check "a flow to S3 by the gateway" flow_start old "$CLIENT" "$S3_HOST"
check "S3 sees the public address" flow_sees old "$EIP"
check "a flow to the internet beside it" flow_start web "$CLIENT" "$INET_HOST"
check "GWE-11: creating the endpoint breaks the flow to S3" \
	broken_by old add_s3_endpoint s3ep my my/pub
check "GWE-11: the flow to the internet goes on" flow_goes_on web
check "GWE-11: a new connection works" flow_start new "$CLIENT" "$S3_HOST"
check "GWE-10: S3 sees the private address" flow_sees new 10.0.0.10

# Modifying
check "GWE-11: an entry that this flow does not use leaves it alone" \
	vr prefix-list set s3 remove 52.219.144.0/20
check "the flow goes on" flow_goes_on new
check "GWE-11, RT-29: taking the table off breaks it" \
	broken_by new vr endpoint set s3ep remove-route-table my/pub
check "GWE-11: the first flow is not resumed on its old path" flow_stands old
check "the flow to the internet goes on" flow_goes_on web
check "GWE-11: a new connection goes by the gateway" flow_start gate "$CLIENT" "$S3_HOST"
check "and S3 sees the public address" flow_sees gate "$EIP"
check "GWE-11: putting the table back breaks that one" \
	broken_by gate vr endpoint set s3ep add-route-table my/pub
check "GWE-11: and a new one is private" flow_start first "$CLIENT" "$S3_HOST"
check "GWE-10: seen as such" flow_sees first 10.0.0.10
another_endpoint() { # to the same service by the same table, from one moment to the next
	vr -b - <<-END
		endpoint del s3ep
		endpoint add s3ep vpc my service $S3_SERVICE type gateway route-table my/pub
	END
}
check "GWE-11: another endpoint in its place breaks it" broken_by first another_endpoint
check "GWE-11: a new connection takes that" flow_start last "$CLIENT" "$S3_HOST"
for flow in old new gate first; do
	must flow_stop "$flow"
done

# GWE-13: what it carries
check "GWE-13: ping and TCP" ping_ok "$CLIENT" "$S3_HOST"
CONTROL="ping_ok $CLIENT $S3_HOST"
FRAME="frame $CLIENT eth0 dmac=$ROUTER_MAC src=10.0.0.10 dst=$S3_HOST count=3"
nothing_arrives "GWE-13: UDP" "$S3" eth0 "icmp or udp" "$CLIENT" endpoint-protocol 3 \
	"$CONTROL" "udp_send $CLIENT $S3_HOST 7 3"
nothing_arrives "GWE-13: other ICMP queries" "$S3" eth0 "icmp" \
	"$CLIENT" "endpoint-protocol|icmp-type" 3 "$CONTROL" "$FRAME proto=icmp icmp=13"
nothing_arrives "GWE-13: an echo reply that nobody asked for" "$S3" eth0 "icmp" \
	"$CLIENT" "no-session" 3 "$CONTROL" "$FRAME proto=icmp icmp=0"
nothing_arrives "TCP in the middle of nothing" "$S3" eth0 "icmp or tcp port 40001" \
	"$CLIENT" tcp-not-syn 3 "$CONTROL" "$FRAME proto=tcp flags=16 sport=40001"

# GWE-13: it never initiates
nothing_arrives "GWE-13: the service's own ping" "$CLIENT" eth0 "icmp" \
	"$S3_SERVICE" no-session 3 "$CONTROL" "ping_fails $S3 10.0.0.10"
nothing_arrives "GWE-13: the service's own connection" "$CLIENT" eth0 "icmp or tcp port 40002" \
	"$S3_SERVICE" no-session 3 "$CONTROL" \
	"frame $S3 eth0 count=3 dmac=$(mac_of "$R" s3) src=$S3_HOST dst=10.0.0.10 proto=tcp sport=40002"

# GWE-12: not for those who only pass through
nothing_arrives "GWE-12: a source that is not in the VPC" "$S3" eth0 "icmp" \
	"$FORWARDER" endpoint-transit 3 "ping_ok $FORWARDER $S3_HOST" \
	"frame $FORWARDER eth0 count=3 dmac=$ROUTER_MAC src=192.168.9.9 dst=$S3_HOST proto=icmp"

# GWE-11: deleting
check "the flow has gone on all the time" flow_goes_on last
check "GWE-6, GWE-11: deleting the endpoint breaks it" broken_by last vr endpoint del s3ep
check "GWE-6: its route is gone" is_false grep -q vpce- <(vr route show)
check "GWE-11: a new connection goes by the gateway again" \
	http_source "$CLIENT" "$S3_HOST" "$EIP"
check "the flow to the internet never noticed anything" flow_goes_on web

finish
