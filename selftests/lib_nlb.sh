# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Load balancers: the daemon that checks the health of targets, and web servers to be targets.
#
#   ------------- router $R ---------------
#        | checks 100.65.0.1/26
#        +--- eth0 100.65.0.2 $HEALTH: vpcd

VPCD=${VPCD:-$LIB_DIR/../tools/vpcd/vpcd}
# As often as can be (NLB-21)
# shellcheck disable=SC2034 # of the scripts
FAST_CHECKS="health-check-interval 5 health-check-timeout 2 healthy-threshold 2 unhealthy-threshold 2"

start_vpcd() {
	ip netns exec "$HEALTH" "$VPCD" -n "$R" >>"$TMP/vpcd" 2>&1 &
	VPCD_PID=$!
	PIDS+=("$VPCD_PID")
}

stop_vpcd() {
	kill "$VPCD_PID" && wait "$VPCD_PID" 2>/dev/null
	return 0
}

# The service that checks enter by, its namespace, and who checks
add_health() {
	HEALTH=h-$SUFFIX
	add_ns "$HEALTH" &&
	add_veth "$R" checks "$HEALTH" eth0 &&
	ip_batch "$HEALTH" <<-END &&
		addr add 100.65.0.2/32 dev eth0
		route add 100.65.0.1 dev eth0
		route add default via 100.65.0.1
	END
	vr service add checks type health dev checks gateway 100.65.0.1/26 &&
	start_vpcd
}

# web NAMESPACE N MEGABYTES: the lab's page number N and a large file, until the end; who asked is noted
web() {
	local dir=$TMP/web$2

	mkdir -p "$dir" &&
	echo "<html><h1>Endpoint Service Lab - CloudNeta Web Server $2</h1></html>" >"$dir/index.html" &&
	truncate -s "$3M" "$dir/large" &&
	ip netns exec "$1" "$PYTHON" -m http.server -d "$dir" 80 >"$TMP/web$2.log" 2>&1 &
	PIDS+=($!)
	busywait 15000 web_listens "$1"
}

web_listens() {
	in_ns "$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/80' 2>/dev/null
}
