#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The daemon that checks health, alone: the addresses of checks are those of its own namespace,
# so that no packet crosses the router.
#
#   my/a, zone a: w .10      lb with a node in each zone       daemon: every check that is answered
#   my/b, zone b             checks, 100.65.0.1/26             goes to a server beside it

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
VPCS_CLOSED=yes		# see add_instance

VPCD=${VPCD:-$LIB_DIR/../tools/vpcd/vpcd}
W=w-$SUFFIX
D=d-$SUFFIX
FAST=(health-check-interval 5 health-check-timeout 2 healthy-threshold 2 unhealthy-threshold 2)

cat >"$TMP/server.py" <<-'END'
	import socket, sys
	sock = socket.create_server(("0.0.0.0", int(sys.argv[1])), backlog=64)
	print("listens", flush=True)
	while True:
	    conn, _ = sock.accept()
	    conn.settimeout(5)
	    try:
	        request = conn.recv(4096).decode()
	        if request:
	            print(request.replace("\r\n", " | "), flush=True)
	            conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	    except OSError:
	        pass
	    conn.close()
END

build() {
	add_ns "$D" &&
	add_veth "$R" checks "$D" eth0 &&
	ip_batch "$D" <<-END &&
		addr add 100.65.0.2/32 dev eth0
		route add 100.65.0.1 dev eth0
		route add default via 100.65.0.1
	END
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/a cidr 10.0.0.0/24 zone a
		subnet add my/b cidr 10.0.1.0/24 zone b
		service add checks type health dev checks gateway 100.65.0.1/26
		nlb add lb subnet my/a,my/b
		target-group add tcp vpc my protocol tcp port 80 ${FAST[*]}
		target-group add http vpc my protocol tcp port 80 health-check-protocol http \
			health-check-path /up health-check-port 8080 ${FAST[*]}
		listener add lb protocol tcp port 80 target-group tcp
		listener add lb protocol tcp port 443 target-group http
	END
	add_instance "$W" my/a 10.0.0.10
}

# server PORT: it listens; SERVER is its process
server() {
	ip netns exec "$D" "$PYTHON" "$TMP/server.py" "$1" >"$TMP/server.$1" 2>&1 &
	SERVER=$!
	PIDS+=("$SERVER")
	busywait 10000 grep -q listens "$TMP/server.$1"
}

stop() { # stop PROCESS
	kill "$1" && ! wait "$1"
}

daemon() {
	: >"$TMP/vpcd"
	ip netns exec "$D" "$VPCD" -v -n "$R" >"$TMP/vpcd" 2>&1 &
	DAEMON=$!
	PIDS+=("$DAEMON")
	busywait 10000 grep -q ready "$TMP/vpcd"
}

# answers GROUP: who runs beside the daemon answers the checks of its targets
answers() {
	local address

	for address in $(probes "$1"); do
		ip -n "$D" route replace local "$address" dev lo || return
	done
}

probes() { # probes GROUP: the addresses of its checks
	vr target show "$1" | grep -oE 'node [0-9.]+ address [0-9.]+' | cut -d ' ' -f 4
}

state_is() { # state_is GROUP STATE [REASON]
	vr target show "$1" | grep -qE " state $2${3:+ reason $3}( |$)"
}

# becomes NAME GROUP STATE [REASON]: a TAP line
becomes() {
	check "$1" busywait 20000 state_is "${@:2}"
}

# status KEY: of the daemon's process
status() {
	awk -v key="$1:" '$1 == key { print $2 }' "/proc/$DAEMON/status"
}

must add_router
must build
must vr target add tcp eni "$W"
must answers tcp
must server 80
check "NLB-24: nobody has checked it yet" state_is tcp initial
must daemon
becomes "NLB-22: a success makes a new target healthy" tcp healthy
check "it is nobody" equals "$(status Uid)" 65534
check "who may ask the router" equals "$(status CapEff)/$(status CapPrm)/$(status CapBnd)" \
	0000000000001000/0000000000001000/0000000000000000
check "and no more than that" equals "$(status NoNewPrivs)" 1

must stop "$SERVER"
becomes "NLB-21: refused connections make it unhealthy" tcp unhealthy "Target\.FailedHealthChecks"
fails=$(grep -c ' Target.FailedHealthChecks' "$TMP/vpcd")
check "NLB-21: two in a row" test "$fails" -ge 2
must server 80
becomes "NLB-21: and successes healthy" tcp healthy

must stop "$DAEMON"
must stop "$SERVER"
check "without the daemon it stays what it was" state_is tcp healthy
must daemon
becomes "NLB-21: which the next one goes on from" tcp unhealthy
check "NLB-21: after two checks of its own" \
	test "$(grep -c ' Target.FailedHealthChecks' "$TMP/vpcd")" -ge 2

# Another target is a new one to the daemon, which hears of it
must vr target add http eni "$W"
must answers http
becomes "NLB-21: nobody listens for HTTP" http unhealthy "Target\.FailedHealthChecks"
must server 8080
becomes "NLB-21: a status of 200 is healthy" http healthy
NODE=$(vr target show http | grep -oE 'node [0-9.]+' | cut -d ' ' -f 2)
check "NLB-21: asked for by path, of the node and the listener" \
	grep -qF "GET /up HTTP/1.1 | Host: $NODE:443 | " "$TMP/server.8080"
must vr target-group set http matcher 201-299
becomes "NLB-21: unless it does not match" http unhealthy "Target\.ResponseCodeMismatch"
must vr target-group set http matcher 200
becomes "NLB-21: and when it does again" http healthy

# Two nodes
must vr nlb set lb cross-zone on
OTHER=$(probes http | tail -n 1)
check "NLB-22: across zones both check it" equals "$(probes http | wc -l)" 2
must ip -n "$D" route add unreachable "$OTHER"
becomes "NLB-22: one node that does not reach it is enough" http unhealthy
must ip -n "$D" route del unreachable "$OTHER"
must answers http
becomes "NLB-22: all of them that do are needed" http healthy

# No answer at all: it goes to the router, which has no such neighbour
must ip -n "$D" route del local "$OTHER" dev lo
must ip -n "$D" neigh replace 100.65.0.1 lladdr 02:00:00:00:00:99 dev eth0
becomes "NLB-24: a check that is not answered" http unhealthy "Target\.Timeout"

finish
