#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Changes of the configuration and the flows that they do not concern, and those that they do.
#
#   my/net 10.0.0.0/24: client .10, server .11, busy .12

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
SERVER=se-$SUFFIX
BUSY=bu-$SUFFIX
SECONDS_OF_CHURN=3
CHANGES=600

build() {
	add_vpc my &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_instance "$SERVER" my/net 10.0.0.11 &&
	add_server "$SERVER" &&
	add_instance "$BUSY" my/net 10.0.0.12 &&
	add_s3_endpoint s3ep my my/net
}

must add_router
must add_internet
must add_s3
must build

# Unrelated changes as fast as one client can make them: a flow compares one number and goes on.
churn() {
	ip netns exec "$R" "$PYTHON" -S "$LIB_DIR/genl.py" churn "$SECONDS_OF_CHURN" "$CHANGES" >"$TMP/churn" &
	churn_pid=$!
	PIDS+=($!)
}

on_the_fast_path() { # both flows speak all the time; neither runs the pipeline again
	churn
	flow_goes_on local && flow_goes_on s3 || return
	wait "$churn_pid" || return
	flow_goes_on local && flow_goes_on s3
}

check "a flow within the VPC" flow_start local "$CLIENT" 10.0.0.11
check "a flow by the endpoint" flow_start s3 "$CLIENT" "$S3_HOST"
check "unrelated changes leave both on the fast path" \
	counter_stays "$CLIENT" slow-path on_the_fast_path
comment <"$TMP/churn"
table_changes() {
	vr route add my/net 198.51.100.0/24 eni "$BUSY"
	flow_goes_on s3
}
check "control: a change of the flow's own table makes it look once" \
	reason_rises "$CLIENT" slow-path 1 table_changes

# Owners that go
count_sessions() { # count_sessions ENI
	vr session show eni "$1" | wc -l
}

none_left() {
	equals "$(vr session show | grep -c '10\.0\.0\.12')" 0
}

check "two hundred flows of an interface" udp_send "$BUSY" 10.0.0.11 7 200
check "they are there" test "$(count_sessions "$BUSY")" -ge 200
check "the interface is deleted" vr eni del "$BUSY"
check "and its sessions are gone within 10 seconds" busywait 10000 none_left
check "others stay" flow_goes_on local

finish
