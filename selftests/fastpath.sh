#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# An established flow costs one session lookup a packet and no memory. Counted from outside the
# module where the kernel can: kprobes on its lookup, the kernel's own allocation events by
# caller. Where it cannot, by the module's counters, and the check's name says so.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
SERVER=se-$SUFFIX
PACKETS=10000
TRACE=/sys/kernel/tracing
KMEM="kmem_cache_alloc kmem_cache_alloc_node kmalloc kmalloc_node"
LOOKUP=vpc_session_lookup

build() {
	vr vpc add my cidr 10.0.0.0/16 &&
	vr subnet add my/one cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr subnet add my/two cidr 10.0.1.0/24 zone ap-northeast-2c &&
	add_instance "$CLIENT" my/one 10.0.0.10 &&
	add_instance "$SERVER" my/two 10.0.1.10 &&
	add_server "$SERVER"
}

# send.py HOST SOURCE-PORT N: one echo, then N datagrams of the same flow that get no answer
cat >"$TMP/send.py" <<'PY'
import socket, sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[2])))
s.connect((sys.argv[1], 7))
s.settimeout(5)
s.send(b"hello")
s.recv(100)
print("established", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[3])):
    s.send(b"sink")
PY

# ---- counting from outside ----

tracing_cleanup() {
	local event

	[ -e "$TRACE/trace" ] || return
	for event in $KMEM; do
		[ ! -e "$TRACE/events/kmem/$event" ] || {
			echo 0 >"$TRACE/events/kmem/$event/enable"
			echo 0 >"$TRACE/events/kmem/$event/filter"
		}
	done
	if [ -e "$TRACE/events/vpcself" ]; then
		echo 0 >"$TRACE/events/vpcself/enable"
		echo '-:vpcself/lookup' >>"$TRACE/kprobe_events"
	fi
} 2>/dev/null
trap 'tracing_cleanup; cleanup' EXIT

# The module's text as LOW HIGH; its symbols are sorted by their addresses, 16 digits each.
module_range() {
	awk '$2 ~ /^[tT]$/ && $4 == "[vpc]" { print $1 }' /proc/kallsyms | sort |
		sed -n '1p;$p' | tr '\n' ' '
}

# Events of allocations whose call site lies in the module
allocations_start() {
	local event low high found=1

	read -r low high <<<"$(module_range)"
	if [ -z "${high:-}" ] || [ -z "${low//0/}" ]; then
		echo "no symbols of the module"
		return 1
	fi
	high=$(printf '%x' $((0x$high + 0x2000)))
	for event in $KMEM; do
		[ -e "$TRACE/events/kmem/$event" ] || continue
		echo "call_site >= 0x$low && call_site < 0x$high" >"$TRACE/events/kmem/$event/filter" &&
		echo 1 >"$TRACE/events/kmem/$event/enable" && found=0
	done
	return "$found"
}

allocations() {
	grep -cE ' (kmem_cache_alloc|kmalloc)(_node)?: ' "$TRACE/trace"
}

# Hits of a kprobe, whether recorded or not, stand in kprobe_profile.
lookups_start() {
	echo "p:vpcself/lookup vpc:$LOOKUP" >>"$TRACE/kprobe_events" &&
	echo 1 >"$TRACE/events/vpcself/lookup/enable"
}

lookups_outside() {
	awk '$1 == "lookup" { print $2 }' "$TRACE/kprobe_profile"
}

# ---- what is measured ----

COUNTERS="lookups slow-path sessions-created"

note() { # note WHEN: all counters as they are now
	local name

	for name in $COUNTERS; do
		counter "$CLIENT" "$name" >"$TMP/$name.$1"
	done
	counter "$SERVER" tx-packets >"$TMP/tx.$1"
	[ -z "$can_probe" ] || lookups_outside >"$TMP/probe.$1"
	[ -z "$can_trace" ] || allocations >"$TMP/alloc.$1"
}

rose() { # rose COUNTER FROM TO BY
	equals $(($(cat "$TMP/$1.$3") - $(cat "$TMP/$1.$2"))) "$4"
}

rose_some() { # rose_some COUNTER FROM TO
	[ "$(cat "$TMP/$1.$3")" -gt "$(cat "$TMP/$1.$2")" ]
}

run_flow() {
	local pid now

	mkfifo "$TMP/go"
	note start
	ip netns exec "$CLIENT" "$PYTHON" -S "$TMP/send.py" 10.0.1.10 40000 "$PACKETS" \
		<"$TMP/go" >"$TMP/sent" &
	pid=$!
	PIDS+=("$pid")
	exec 8>"$TMP/go"
	busywait 10000 grep -q established "$TMP/sent" || return
	note established
	echo go >&8
	exec 8>&-
	wait "$pid" || return
	busywait 5000 counter_reaches "$SERVER" tx-packets $(($(cat "$TMP/tx.established") + PACKETS))
	note sent
}

must add_router
must build
check "warm up" udp_source "$CLIENT" 10.0.1.10 10.0.0.10

[ -e "$TRACE/trace" ] || mount -t tracefs tracefs "$TRACE" 2>/dev/null
can_trace=
can_probe=
if [ -e "$TRACE/events/kmem" ]; then
	echo >"$TRACE/trace"
	can_trace=yes
	check "allocations can be counted by caller" allocations_start
fi
if [ -e "$TRACE/kprobe_events" ]; then
	can_probe=yes
	check "lookups can be probed" lookups_start
fi

check "$PACKETS packets of one established UDP flow are sent" run_flow
check "every one arrives" rose tx established sent "$PACKETS"

if [ -n "$can_probe" ]; then
	check "fast path: one $LOOKUP() a packet (kprobe)" rose probe established sent "$PACKETS"
fi
check "fast path: one lookup a packet (the module's own counter)" \
	rose lookups established sent "$PACKETS"
check "fast path: the pipeline never runs (the module's own counter)" \
	rose slow-path established sent 0
check "fast path: no session is made (the module's own counter)" \
	rose sessions-created established sent 0
if [ -n "$can_trace" ]; then
	check "control: the first packet of the flow does allocate (kmem events, by caller)" \
		rose_some alloc start established
	check "fast path: no packet allocates (kmem events, by caller)" \
		rose alloc established sent 0
fi
check "control: the first packet did make a session" rose sessions-created start established 1

finish
