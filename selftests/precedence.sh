#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Which route wins: longest match, CIDR before list, blackholes, local and its overrides.
#
#   app 10.0.0.0/24      client .10, EIP 203.0.113.10
#   mid 10.0.2.0/24      middlebox .10 (source-dest-check off), strict .11 (on)
#   db  10.0.1.0/24      db1 .10, db2 .11
#   my/app: 0.0.0.0/0 -> IGW, the S3 list -> endpoint

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
MID=mid-$SUFFIX
STRICT=st-$SUFFIX
DB1=d1-$SUFFIX
DB2=d2-$SUFFIX
EIP=203.0.113.10
OTHER=52.219.57.9		# in the list's first prefix, outside 52.219.56.0/24

build() {
	local name

	vr vpc add my cidr 10.0.0.0/16 || return
	for name in app:10.0.0.0/24 db:10.0.1.0/24 mid:10.0.2.0/24; do
		vr subnet add "my/${name%:*}" cidr "${name#*:}" zone ap-northeast-2a &&
		vr route-table add "my/${name%:*}" &&
		vr route-table associate "my/${name%:*}" subnet "my/${name%:*}" || return
	done
	add_instance "$CLIENT" my/app 10.0.0.10 &&
	add_instance "$MID" my/mid 10.0.2.10 source-dest-check off &&
	add_instance "$STRICT" my/mid 10.0.2.11 &&
	add_instance "$DB1" my/db 10.0.1.10 &&
	add_instance "$DB2" my/db 10.0.1.11 &&
	tester forwarding "$MID" &&
	vr igw add my-igw vpc my uplink inet &&
	vr route add my/app 0.0.0.0/0 igw my-igw &&
	add_eip "$EIP" "$CLIENT" &&
	ip -n "$S3" addr add "$OTHER/32" dev eth0 &&
	add_s3_endpoint s3ep my my/app
}

by_igw() { # by_igw HOST
	http_source "$CLIENT" "$1" "$EIP"
}

by_endpoint() {
	http_source "$CLIENT" "$1" 10.0.0.10
}

# The ping works and the middlebox sees each request twice, in and out again, or not at all.
by_middlebox() { # by_middlebox TIMES NAMESPACE DESTINATION
	local times=$1 rc=0

	shift
	taps=$((taps + 1))
	cap_start "mid$taps" "$MID" eth0 "icmp" || return
	ping_all "$@" || rc=1
	cap_stop "mid$taps" || rc=1
	cap_count "mid$taps" 0 "> ${2//./\\.}: ICMP echo request" $((3 * times)) || rc=1
	return "$rc"
}
taps=0

must add_router
must add_internet
must add_s3
must build

# Longest match over everything.
check "RT-17: a list's /22 beats 0.0.0.0/0" by_endpoint "$S3_HOST"
check "RT-17: outside the list 0.0.0.0/0 is used" by_igw "$INET_HOST"
check "GWE-8: add 52.219.56.0/24 -> igw" vr route add my/app 52.219.56.0/24 igw my-igw
check "RT-17, GWE-8: the more specific CIDR route beats the list" by_igw "$S3_HOST"
check "RT-17: the rest of the entry still leads to the endpoint" by_endpoint "$OTHER"
check "GWE-8: delete it" vr route del my/app 52.219.56.0/24
check "RT-17: the list is used again" by_endpoint "$S3_HOST"

# Equal length.
check "RT-18: add 52.219.56.0/22 -> igw, equal to an entry" \
	vr route add my/app 52.219.56.0/22 igw my-igw
check "RT-18b, GWE-8: the CIDR route beats the equal entry" by_igw "$S3_HOST"
check "RT-18: for that entry only" by_endpoint "${S3_HOSTS[1]}"
check "RT-18: delete it" vr route del my/app 52.219.56.0/22
check "RT-18: the entry counts again" by_endpoint "$S3_HOST"

# The list changes under the routes.
check "PFX-9: take an entry out of the list" vr prefix-list set s3 remove 52.219.60.0/22
check "PFX-9: what left the list goes by 0.0.0.0/0" by_igw "${S3_HOSTS[1]}"
check "PFX-9: what stayed goes by the endpoint" by_endpoint "$S3_HOST"
check "PFX-9: put a wider entry in" vr prefix-list set s3 add 52.219.60.0/23
check "PFX-9: and it is used without a change of routes" by_endpoint "${S3_HOSTS[1]}"

# Blackhole.
must add_instance "gone-$SUFFIX" my/mid 10.0.2.20 source-dest-check off
check "RT-22: add 52.219.56.0/24 -> an interface" \
	vr route add my/app 52.219.56.0/24 eni "gone-$SUFFIX"
check "RT-22: the route is active" route_state my/app 52.219.56.0/24 active
check "RT-23: delete the interface" vr eni del "gone-$SUFFIX"
check "RT-22: the route shows blackhole" route_state my/app 52.219.56.0/24 blackhole
nothing_arrives "RT-22: it wins and drops, neither endpoint nor 0.0.0.0/0 is tried" \
	"$S3" eth0 "icmp" "$CLIENT" blackhole 3 \
	"ping_ok $CLIENT $OTHER" "ping_fails $CLIENT $S3_HOST"
nothing_arrives "RT-22: likewise toward the internet" \
	"$INET" eth0 "icmp" "$CLIENT" blackhole 3 \
	"ping_ok $CLIENT $INET_HOST" "ping_fails $CLIENT $S3_HOST"
check "RT-24: an interface of the same name" \
	vr eni add "gone-$SUFFIX" subnet my/mid dev "v-gone-$SUFFIX" address 10.0.2.20
check "RT-24: does not revive the route" route_state my/app 52.219.56.0/24 blackhole
check "RT-22: delete the route" vr route del my/app 52.219.56.0/24
check "RT-22: and the endpoint is used again" by_endpoint "$S3_HOST"

# Local.
check "RT-10: local works" by_middlebox 0 "$CLIENT" 10.0.1.10
check "RT-14: add 10.0.0.0/8 -> igw, wider than local" vr route add my/app 10.0.0.0/8 igw my-igw
check "RT-14: local still wins" by_middlebox 0 "$CLIENT" 10.0.1.10
config_mark
refused "RT-12: part of a subnet is refused" "subnet" \
	vr route add my/app 10.0.1.128/25 eni "$MID"
refused "RT-12: a host of a subnet is refused" "subnet" \
	vr route add my/app 10.0.1.10/32 eni "$MID"
refused "RT-12: a whole subnet to a gateway is refused" "local|subnet|target|interface" \
	vr route add my/app 10.0.1.0/24 igw my-igw
refused "RT-10: the local route cannot be deleted" "local" vr route del my/app 10.0.0.0/16
refused "RT-14: nothing else is local" "only a cidr of the vpc" \
	vr route add my/app 10.9.0.0/16 local

check "RT-12: a whole subnet to an interface" vr route add my/app 10.0.1.0/24 eni "$MID"
check "RT-12, RT-30: the middlebox sees the packets and passes them on unchanged" \
	by_middlebox 2 "$CLIENT" 10.0.1.10
check "RT-12: the same for the table of the subnet itself" \
	vr route add my/db 10.0.1.0/24 eni "$MID"
check "RT-13, RT-20: hosts of one subnet talk directly" by_middlebox 0 "$DB1" 10.0.1.11
check "RT-13: send by the router" ip -n "$DB1" route add 10.0.1.11/32 via 10.0.1.1 dev eth0
check "RT-13: directly even so" by_middlebox 0 "$DB1" 10.0.1.11

check "ENI-6: lead the route to an interface that checks" \
	vr route replace my/app 10.0.1.0/24 eni "$STRICT"
nothing_arrives "ENI-6, RT-30: it gets no packet for others" \
	"$STRICT" eth0 "icmp" "$CLIENT" destination-check 3 \
	"ping_ok $CLIENT 10.0.2.11" "ping_fails $CLIENT 10.0.1.10"
check "RT-12: delete the override" vr route del my/app 10.0.1.0/24
check "RT-10: local is back" by_middlebox 0 "$CLIENT" 10.0.1.10

check "RT-11: replace local itself by an interface" \
	vr route replace my/app 10.0.0.0/16 eni "$MID"
check "RT-11: the middlebox sees the packets" by_middlebox 2 "$CLIENT" 10.0.1.10
must add_server "$DB1"
check "RT-29: a flow by the middlebox" flow_start moves "$CLIENT" 10.0.1.10
moves_to() { # moves_to TIMES: what the flow sends next passes the middlebox so often
	local rc=0

	taps=$((taps + 1))
	cap_start "mid$taps" "$MID" eth0 "tcp and dst host 10.0.1.10" || return
	flow_goes_on moves || rc=1
	cap_stop "mid$taps" || rc=1
	if [ "$1" -eq 0 ]; then
		expect_capture_empty "mid$taps" 0 || rc=1
	else
		cap_seen "mid$taps" 0 || rc=1
	fi
	return "$rc"
}
check "RT-29: which its packets pass" moves_to 1
check "RT-11: restore local" vr route replace my/app 10.0.0.0/16 local
check "RT-29: the next packet goes the other way, and the flow on" moves_to 0
must vr route replace my/app 10.0.0.0/16 eni "$MID"
check "RT-29: and back" moves_to 1
must flow_stop moves
must vr route replace my/app 10.0.0.0/16 local
check "RT-11: and it is gone again" by_middlebox 0 "$CLIENT" 10.0.1.10

# Nothing matches.
check "RT-21: take 0.0.0.0/0 away" vr route del my/app 0.0.0.0/0
check "RT-21: and keep a small one" vr route add my/app 203.0.113.0/24 igw my-igw
nothing_arrives "RT-21: no route, no packet" \
	"$INET" eth0 "icmp" "$CLIENT" no-route 3 \
	"ping_ok $CLIENT $INET_GATEWAY" "ping_fails $CLIENT $INET_HOST"

# Which table is in force.
must vr subnet add my/plain cidr 10.0.3.0/24 zone ap-northeast-2a
must add_instance "pl-$SUFFIX" my/plain 10.0.3.10
must vr route-table add my/public
must vr route add my/public 0.0.0.0/0 igw my-igw
check "RT-1: a subnet without association uses the main table" \
	reason_rises "pl-$SUFFIX" no-route 3 ping_fails "pl-$SUFFIX" "$INET_HOST"
check "RT-1, RT-4: another table becomes main" vr route-table main my/public
check "RT-1: and the subnet uses it (the gateway asks for a public address)" \
	reason_rises "pl-$SUFFIX" no-public-address 3 ping_fails "pl-$SUFFIX" "$INET_HOST"
check "RT-2: a subnet with an association does not care" \
	reason_rises "$CLIENT" no-route 3 ping_fails "$CLIENT" "$INET_HOST"

finish
