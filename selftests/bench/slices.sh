#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The longest softirq slice of each kind while sessions come, expire, and lose their interfaces,
# their VPC and their namespace. Meant for the emulator's clock that counts instructions, a
# nanosecond each: there nothing else that the host does makes a slice longer.
#
# VPC_SESSIONS: how many (1000000)

# shellcheck source=flows.sh
. "$(dirname "$0")/flows.sh"

TRACING=/sys/kernel/tracing
ENTRY=$TRACING/events/irq/softirq_entry/trigger
EXIT=$TRACING/events/irq/softirq_exit/trigger
# The kernel keeps the time at which a vector was entered, and the longest from there to its exit.
# shellcheck disable=SC2016 # $at is the kernel's
HISTOGRAMS=('hist:keys=vec:at=common_timestamp.usecs'
	'hist:keys=vec:took=common_timestamp.usecs-$at:onmax($took).save(common_pid)')
# Those that occur, by their numbers
VECTORS=(1 2 3 6 7 9)
NAMES=(timer net-tx net-rx tasklet sched rcu)

trace_on() {
	[ -e "$ENTRY" ] || mount -t tracefs tracefs "$TRACING" || return
	echo "${HISTOGRAMS[0]}" >"$ENTRY" && echo "${HISTOGRAMS[1]}" >"$EXIT"
}

trace_off() {
	echo "!${HISTOGRAMS[1]}" >"$EXIT" && echo "!${HISTOGRAMS[0]}" >"$ENTRY"
}

longest() { # longest VECTOR: microseconds
	awk -v vec="$1" '
		/^\{ vec:/ { found = $3 == vec }
		found && $1 == "max:" { max = $2; exit }
		END { print max + 0 }' "$TMP/hist"
}

watched() { # watched TITLE CMD...: a row
	local title=$1 vec cells=()

	shift
	must trace_on
	timed "$@"
	cp "${EXIT%/*}/hist" "$TMP/hist"
	must trace_off
	for vec in "${VECTORS[@]}"; do
		cells+=("$(longest "$vec")")
	done
	row "$title" "${cells[@]}" "$(milliseconds)"
}

enis_end() {
	del_enis && sessions_end
}

vpc_ends() {
	del_vpc && sessions_end
}

modprobe pktgen 2>/dev/null
must build
must send_flows 100

head_row "$(grouped "$SESSIONS") sessions" "${NAMES[@]/%/, µs}" "all of it"
watched "come" start_flows
watched "expire" sessions_end
start_flows
watched "go with their interfaces" enis_end
must add_enis
start_flows
watched "go with their VPC" vpc_ends
must add_vpc my
must add_enis
start_flows
watched "go with their namespace" netns_ends
