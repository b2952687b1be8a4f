#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Two VPCs with the same CIDR and the same hosts, side by side (VPC-4).
#
#   left/net 10.0.0.0/24: l1 .10, l2 .11        right/net 10.0.0.0/24: r1 .10, r2 .11
#                  \---- gateway endpoints of one S3 service ----/

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

L1=l1-$SUFFIX
L2=l2-$SUFFIX
R1=r1-$SUFFIX
R2=r2-$SUFFIX

build_vpc() { # build_vpc NAME FIRST SECOND
	vr vpc add "$1" cidr 10.0.0.0/16 &&
	vr subnet add "$1/net" cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr route-table add "$1/net" &&
	vr route-table associate "$1/net" subnet "$1/net" &&
	add_instance "$2" "$1/net" 10.0.0.10 &&
	add_instance "$3" "$1/net" 10.0.0.11 &&
	add_server "$3" &&
	add_s3_endpoint "$1-s3" "$1" "$1/net"
}

# The ping of one VPC is seen by its own second host and by nobody else.
ping_apart() { # ping_apart FROM OWN OTHER
	local rc=0

	cap_start "own-$1" "$2" eth0 "icmp" && cap_start "other-$1" "$3" eth0 "icmp" || return
	ping_ok "$1" 10.0.0.11 || rc=1
	cap_stop "own-$1" && cap_stop "other-$1" || rc=1
	cap_has "own-$1" 0 '10.0.0.10 > 10.0.0.11: ICMP echo request' || rc=1
	expect_capture_empty "other-$1" 0 || rc=1
	return "$rc"
}

page_from() { # page_from CLIENT SERVER
	http "$1" 10.0.0.11 | grep -q "host=$2 peer=10.0.0.10 "
}

side_by_side() {
	local pids=() pid rc=0

	for ns in "$L1" "$R1"; do
		in_ns "$ns" ping -n -q -c 20 -i 0.05 -W 2 10.0.0.11 >"$TMP/side-$ns" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || rc=1
	done
	for ns in "$L1" "$R1"; do
		grep -q ' 20 received' "$TMP/side-$ns" || { cat "$TMP/side-$ns"; rc=1; }
	done
	return "$rc"
}

ports_differ() {
	local l r

	l=$(flow_source_port left)
	r=$(flow_source_port right)
	echo "S3 sees ports $l and $r"
	[ -n "$l" ] && [ -n "$r" ] && [ "$l" != "$r" ]
}

sessions_of_vpc() { # sessions_of_vpc VPC N: sessions with the fixed port
	equals "$(vr session show vpc "$1" | grep -c ':40000 >')" "$2"
}

must add_router
must add_internet
must add_s3
must build_vpc left "$L1" "$L2"
must build_vpc right "$R1" "$R2"

check "VPC-4: ping in the left VPC stays there" ping_apart "$L1" "$L2" "$R2"
check "VPC-4: ping in the right VPC stays there" ping_apart "$R1" "$R2" "$L2"
check "VPC-4: both at once, nothing lost" side_by_side
check "VPC-4: the left client gets the left server's page" page_from "$L1" "$L2"
check "VPC-4: the right client gets the right server's page" page_from "$R1" "$R2"

# The same five-tuple from both, at the same time, toward one service.
check "VPC-4: left connects to S3 from port 40000" flow_start left "$L1" "$S3_HOST" 40000
check "VPC-4: right connects with the same tuple, counted as reallocated" \
	reason_rises "$R1" tuples-reallocated 1 flow_start right "$R1" "$S3_HOST" 40000
check "VPC-4: left goes on" flow_goes_on left
check "VPC-4: right goes on" flow_goes_on right
check "GWE-10: S3 sees 10.0.0.10 twice" flow_sees left 10.0.0.10
check "GWE-10: from the right VPC too" flow_sees right 10.0.0.10
check "VPC-4: from two ports" ports_differ
check "VPC-4: the first one kept its port" equals "$(flow_source_port left)" 40000
check "session show vpc: one such session for the left" sessions_of_vpc left 1
check "session show vpc: one for the right" sessions_of_vpc right 1
check "one flow ends" flow_stop left
check "VPC-4: the other goes on" flow_goes_on right

# What one VPC may do says nothing about the other. Tried from the other client: segments of the
# flow that just ended may still be on their way.
check "the left VPC gives its endpoint up" vr endpoint del left-s3
nothing_arrives "VPC-4: left has no way to S3 now, right has" \
	"$S3" eth0 "icmp" "$L2" no-route 3 \
	"ping_ok $R1 $S3_HOST" "ping_fails $L2 $S3_HOST"
check "VPC-4: the right flow never noticed" flow_goes_on right

finish
