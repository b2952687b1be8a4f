#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# A million sessions: how fast they come, what each takes, how fast they go.
#
# VPC_SESSIONS: how many (1000000)

# shellcheck source=flows.sh
. "$(dirname "$0")/flows.sh"

# They are in the slab caches vpc_session and vpc_path, and the hash table in pages of its own.
memory() {
	local session path table

	session=$(object_bytes vpc_session)
	path=$(object_bytes vpc_path)
	table=$((($(meminfo VmallocUsed) - vmalloc + SESSIONS / 2) / SESSIONS))
	head_row "memory of a session" "bytes" "seen in"
	row "session, two directions" "$session" "vpc_session: $(slab_line vpc_session)"
	row "verdict of the first direction" "$path" "vpc_path: $(slab_line vpc_path)"
	row "verdict of the second, once answered" "$path" "the same"
	row "hash table" "$table" "VmallocUsed"
	row "sum, answered" $((session + 2 * path + table)) ""
	row "seen: MemFree for each session, unanswered" $(((free - $(meminfo MemFree)) / SESSIONS)) ""
}

slab_line() { # slab_line CACHE
	awk -v name="$1" '$1 == name {
		printf "%d objects of %d bytes, %d in %d pages", $2, $4, $5, $6
	}' /proc/slabinfo
}

# How long CMD takes, and then the sessions to go
gone_by() { # gone_by TITLE CMD...
	local title=$1 start

	shift
	start=$(now)
	timed "$@"
	row "$title" "$(milliseconds)" ""
	must sessions_end
	since "$start"
	row "... until all are gone" "$(milliseconds)" "$(rate "$SESSIONS")"
}

must build
must send_flows 1000
must del_enis
must sessions_end
must add_enis
settle
free=$(meminfo MemFree)
vmalloc=$(meminfo VmallocUsed)

head_row "$(grouped "$SESSIONS") sessions" "took" "a second"
start_flows
row "created, a packet each" "$(milliseconds)" "$(rate "$SESSIONS")"
memory >"$TMP/memory"
timed sessions_end
row "left alone (30 s without an answer), until all are gone" "$(milliseconds)" ""
start_flows
gone_by "their interfaces deleted" del_enis
must add_enis
start_flows
gone_by "their VPC deleted, with all in it" del_vpc
must add_vpc my
must add_enis
start_flows
timed netns_ends
row "their namespace deleted, until all are gone" "$(milliseconds)" "$(rate "$SESSIONS")"
echo
cat "$TMP/memory"
