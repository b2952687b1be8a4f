#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The module goes and comes back under traffic.
#
# VPC_KO: the module; VPC_RELOADS: how often (3)
#
#   my/net 10.0.0.0/24: client .10 (203.0.113.10), server .11

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

RELOADS=${VPC_RELOADS:-3}
CLIENT=cl-$SUFFIX
SERVER=se-$SUFFIX

unload() { # packets of a moment ago may still hold it
	busywait 5000 rmmod vpc
}

configure() { # everything at once, of what add_router and its like have put up
	vr -b - <<-END
		vpc add my cidr 10.0.0.0/16
		subnet add my/net cidr 10.0.0.0/24 zone ap-northeast-2a
		route-table add my/net
		route-table associate my/net subnet my/net
		uplink add inet dev uplink
		igw add my-igw vpc my uplink inet
		route add my/net 0.0.0.0/0 igw my-igw
		eni add $CLIENT subnet my/net dev v-$CLIENT address 10.0.0.10
		eni add $SERVER subnet my/net dev v-$SERVER address 10.0.0.11
		eip add 203.0.113.10 uplink inet
		eip associate 203.0.113.10 eni $CLIENT
		prefix-list add s3 max-entries 10 $(printf 'entry %s ' "${S3_PREFIXES[@]}")
		service add $S3_SERVICE type gateway prefix-list s3 dev s3 gateway $S3_GATEWAY
		endpoint add s3ep vpc my service $S3_SERVICE type gateway route-table my/net
	END
}

build() {
	add_vpc my && add_igw my &&
	add_instance "$CLIENT" my/net 10.0.0.10 && add_eip 203.0.113.10 "$CLIENT" &&
	add_instance "$SERVER" my/net 10.0.0.11 && add_server "$SERVER"
}

# Until the module is back for good: flows of every kind, new ones all the time, and datagrams
# that never become whole.
traffic() {
	local gateway_mac

	while [ ! -e "$TMP/calm" ]; do
		gateway_mac=$(<"$TMP/gateway")
		"$PYTHON" -SB "$LIB_DIR/racers.py" apart 300 \
			"$CLIENT" eth0 src=10.0.0.10 dst=10.0.0.11 dport=7 data=hello "dmac=$server_mac" \
			+ "$CLIENT" eth0 src=10.0.0.10 dst=10.0.0.11 fragoff=0x2000 size=64 step=id "dmac=$server_mac" \
			+ "$CLIENT" eth0 src=10.0.0.10 "dst=$INET_HOST" dport=7 data=hello "dmac=$gateway_mac" \
			+ "$CLIENT" eth0 src=10.0.0.10 "dst=$S3_HOST" proto=tcp "dmac=$gateway_mac"
	done
}

transaction_open() {
	busywait 30000 grep -q staged "$TMP/stage" || { cat "$TMP/stage"; return 1; }
}

nothing_passes() {
	ping_fails "$CLIENT" 10.0.0.11 && ping_fails "$CLIENT" "$INET_HOST"
}

everything_passes() {
	ping_ok "$CLIENT" 10.0.0.11 && ping_ok "$CLIENT" "$INET_HOST" && ping_ok "$CLIENT" "$S3_HOST"
}

[ -n "${VPC_KO:-}" ] || { echo "1..0 # SKIP VPC_KO does not say where vpc.ko is"; exit "$KSFT_SKIP"; }

must add_router
must add_internet
must add_s3
must build
server_mac=$(mac_of "$SERVER" eth0)
router_mac "$CLIENT" >"$TMP/gateway"
must add_s3_endpoint s3ep my my/net
check "control: everything passes" everything_passes
traffic >"$TMP/traffic" 2>&1 &
PIDS+=($!)
traffic=$!

for ((n = 1; n <= RELOADS; n++)); do
	ip netns exec "$R" "$PYTHON" -S "$LIB_DIR/genl.py" stage hold half-done >"$TMP/stage" 2>&1 &
	PIDS+=($!)
	check "a transaction is open" transaction_open
	check "unloaded under traffic, $n" unload
	check "nothing passes" nothing_passes
	check "loaded again" insmod "$VPC_KO"
	check "there is nothing configured" equals "$(vr vpc show | wc -l)" 0
	check "the same configuration" configure
	router_mac "$CLIENT" >"$TMP/gateway"
	# The gateway has another MAC: a host would find out by itself, in some seconds.
	must ip -n "$CLIENT" neigh flush dev eth0
	check "everything passes" everything_passes
done

touch "$TMP/calm"
check "the traffic was there all the time" wait "$traffic"

finish
