#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The daemon that checks health: by way of the router, of a target that listens and of one that does
# not.
#
#   my/a 10.0.0.0/24, zone a: target .10, node .80      daemon 100.65.0.2, behind a device with the
#   my/b 10.0.1.0/24, zone b: node .80                  gateway 100.65.0.1/26

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VPCD=${VPCD:-$LIB_DIR/../tools/vpcd/vpcd}
TARGET=t-$SUFFIX
HOME_NS=h-$SUFFIX
NODE_A=10.0.0.80
NODE_B=10.0.1.80
FAST="health-check-interval 5 health-check-timeout 2 healthy-threshold 2 unhealthy-threshold 2"

cat >"$TMP/server.py" <<-'END'
	import socket, sys
	sock = socket.create_server(("0.0.0.0", int(sys.argv[1])), backlog=64)
	print("listens", flush=True)
	while True:
	    conn, peer = sock.accept()
	    conn.settimeout(5)
	    try:
	        request = conn.recv(4096).decode().replace("\r\n", " | ")
	        print(peer[0], request, flush=True)
	        if request:
	            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	    except OSError:
	        pass
	    conn.close()
END

build() {
	add_ns "$HOME_NS" &&
	add_veth "$R" checks "$HOME_NS" eth0 &&
	ip_batch "$HOME_NS" <<-END &&
		addr add 100.65.0.2/32 dev eth0
		route add 100.65.0.1 dev eth0
		route add default via 100.65.0.1
	END
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/a cidr 10.0.0.0/24 zone a
		subnet add my/b cidr 10.0.1.0/24 zone b
		security-group add my/target
		security-group rule-add my/target ingress cidr $NODE_A/32
		service add checks type health dev checks gateway 100.65.0.1/26
		nlb add lb subnet my/a,my/b address $NODE_A address $NODE_B
		target-group add tcp vpc my protocol tcp port 80 $FAST
		target-group add http vpc my protocol tcp port 80 health-check-protocol http health-check-path /up health-check-port 8080 $FAST
		listener add lb protocol tcp port 80 target-group tcp
		listener add lb protocol tcp port 443 target-group http
	END
	add_instance "$TARGET" my/a 10.0.0.10 security-group my/target
}

server() { # server PORT: the target listens there; SERVER is the process
	ip netns exec "$TARGET" "$PYTHON" "$TMP/server.py" "$1" >"$TMP/server.$1" 2>&1 &
	SERVER=$!
	PIDS+=("$SERVER")
	busywait 10000 grep -q listens "$TMP/server.$1"
}

stop() { # stop PROCESS
	kill "$1" && ! wait "$1"
}

daemon() { # DAEMON is the process
	: >"$TMP/vpcd"
	ip netns exec "$HOME_NS" "$VPCD" -v -n "$R" >"$TMP/vpcd" 2>&1 &
	DAEMON=$!
	PIDS+=("$DAEMON")
	busywait 10000 grep -q ready "$TMP/vpcd"
}

failures_told() {
	grep -c ': Target\.FailedHealthChecks$' "$TMP/vpcd"
}

state_is() { # state_is GROUP STATE [REASON]
	vr target show "$1" | grep -qE " state $2${3:+ reason $3}( |$)"
}

# becomes NAME GROUP STATE [REASON]: a TAP line
becomes() {
	check "$1" busywait 20000 state_is "${@:2}"
	state_is "${@:2}" || comment <"$TMP/vpcd"
}

probes() { # probes GROUP: how many nodes check its targets
	vr target show "$1" | grep -oE 'node [0-9.]+ address' | wc -l
}

# status KEY: of the daemon's process
status() {
	awk -v key="$1:" '$1 == key { print $2 }' "/proc/$DAEMON/status"
}

must add_router
must build
must vr target add tcp eni "$TARGET"
must server 80
check "NLB-24: nobody has checked it yet" state_is tcp initial
must daemon
becomes "NLB-22: a success makes a new target healthy" tcp healthy
check "NLB-22: which the node of its zone had" grep -qx "$NODE_A " "$TMP/server.80"
check_not "NLB-22: and not the other" grep -q "^$NODE_B" "$TMP/server.80"
check "the daemon is nobody" equals "$(status Uid)" "$(id -u nobody)"
check "who may ask the router, and no more" \
	equals "$(status CapEff)/$(status CapPrm)/$(status CapBnd)/$(status NoNewPrivs)" \
	0000000000001000/0000000000001000/0000000000000000/1

must stop "$SERVER"
becomes "NLB-21: refused connections make it unhealthy" tcp unhealthy "Target\.FailedHealthChecks"
check "NLB-21: two in a row" test "$(failures_told)" -ge 2
must server 80
becomes "NLB-21: and successes healthy" tcp healthy

must stop "$DAEMON"
must stop "$SERVER"
check "NLB-24: without the daemon it stays what it was" state_is tcp healthy
must daemon
becomes "NLB-24: which the next one goes on from" tcp unhealthy
check "NLB-21: after two checks of its own" test "$(failures_told)" -ge 2

# The daemon hears of another target
must vr target add http eni "$TARGET"
becomes "NLB-21: nobody listens for HTTP" http unhealthy "Target\.FailedHealthChecks"
must server 8080
becomes "NLB-21: a status of 200 is healthy" http healthy
check "NLB-21: asked for by path, of the node and the listener" \
	grep -qF "$NODE_A GET /up HTTP/1.1 | Host: $NODE_A:443 | " "$TMP/server.8080"
must vr target-group set http matcher 201-299
becomes "NLB-21: unless it does not match" http unhealthy "Target\.ResponseCodeMismatch"
must vr target-group set http matcher 200
becomes "NLB-21: and when it does again" http healthy

# Two nodes, of which the target lets in one
must vr nlb set lb cross-zone on
check "NLB-22: across zones both check it" equals "$(probes http)" 2
becomes "NLB-22: one that does not reach it is enough" http unhealthy "Target\.Timeout"
must vr security-group rule-add my/target ingress cidr $NODE_B/32
becomes "NLB-22: both that do are needed" http healthy
check "NLB-22: they do" grep -q "^$NODE_B GET" "$TMP/server.8080"

# Nobody checks what is being deregistered
must vr target del http eni "$TARGET"
pause 1
now=$(wc -l <"$TMP/server.8080")
pause 6
check "NLB-28: what drains is not checked" equals "$(wc -l <"$TMP/server.8080")" "$now"
check "NLB-28: though it drains" state_is http draining

finish
