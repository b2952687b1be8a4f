#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Floods of new flows against each limit of sessions: exactly as many as there is room for get in,
# the others are counted, flows that stand go on, and those whom the limit does not mean notice
# nothing.
#
#   my/net 10.0.0.0/24: server .10, bystander .11, a flooder for each limit
#   other/net 10.0.0.0/24: other1 .10, other2 .11

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ROOM=60
FLOOD=200
SERVER=se-$SUFFIX
BYSTANDER=by-$SUFFIX
OTHER=o1-$SUFFIX
OTHER2=o2-$SUFFIX

build() {
	add_vpc my &&
	add_instance "$SERVER" my/net 10.0.0.10 && add_server "$SERVER" &&
	add_instance "$BYSTANDER" my/net 10.0.0.11 &&
	add_vpc other &&
	add_instance "$OTHER" other/net 10.0.0.10 &&
	add_instance "$OTHER2" other/net 10.0.0.11
}

add_flooder() {
	flooder=f$1-$SUFFIX
	add_instance "$flooder" my/net "10.0.0.2$1" &&
	flood="$flooder eth0 src=10.0.0.2$1 dst=10.0.0.10 dport=7 dmac=$(mac_of "$SERVER" eth0)"
}

pings() {
	vr session show | awk '$2 == "icmp" { print $1 }'
}

alone() {
	equals "$(number used limits sessions)" 1
}

# Only the flow that stands has a session then: none ends by itself and makes room. The flooder's
# go with it, some of them while this looks.
calm() {
	local id

	vr eni del "$flooder" || return
	for id in $(pings); do
		vr session del "$id"
	done
	busywait 10000 alone
}

send_flood() {
	# shellcheck disable=SC2086 # words
	"$PYTHON" -SB "$LIB_DIR/racers.py" apart "$FLOOD" $flood sport=10000
}

# against LIMIT USED REASON: a flooder meets LIMIT when there is room for ROOM beside what is used
against() {
	local limit=$1 normal

	normal=$(number value limits "$limit")
	must vr limits set "$limit" $(($2 + ROOM))
	check "$limit: as many get in as there is room for" \
		reason_rises "$flooder" sessions-created "$ROOM" \
		reason_rises "$flooder" "$3" $((FLOOD - ROOM)) send_flood
	check "$limit: a flow that stands goes on" flow_goes_on stands
	meanwhile
	must vr limits set "$limit" "$normal"
	check "$limit: with more room the flooder is let in" ping_ok "$flooder" 10.0.0.10
	check "then it goes, and all its sessions" calm
}

must add_router
must build
check "a flow" flow_start stands "$BYSTANDER" 10.0.0.10

must add_flooder 1
meanwhile() {
	check "others of the VPC notice nothing" ping_ok "$BYSTANDER" 10.0.0.10
}
against sessions-per-eni 0 eni-session-limit

must add_flooder 2
against half-open-sessions-per-eni 0 half-open-limit

must add_flooder 3
meanwhile() {
	check "others of the VPC wait" reason_rises "$BYSTANDER" vpc-session-limit 3 \
		ping_fails "$BYSTANDER" 10.0.0.10
	check "other VPCs notice nothing" ping_ok "$OTHER" 10.0.0.11
}
against sessions-per-vpc 1 vpc-session-limit

must add_flooder 4
meanwhile() {
	check "everybody waits" reason_rises "$OTHER" session-limit 3 ping_fails "$OTHER" 10.0.0.11
}
against sessions 1 session-limit

must add_flooder 5
meanwhile() {
	check "everybody waits" reason_rises "$OTHER" half-open-limit 3 ping_fails "$OTHER" 10.0.0.11
}
against half-open-sessions 0 half-open-limit

finish
