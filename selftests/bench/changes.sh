#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Changes that do not concern a flow, as many a second as one client can make, and what readers see
# beside transactions.
#
#   my/net 10.0.0.0/24: client .10, server .11

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SECONDS_OF_CHURN=${VPC_CHURN:-5}
CLIENT=cl-$SUFFIX
SERVER=se-$SUFFIX

build() {
	add_router && add_vpc my &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_instance "$SERVER" my/net 10.0.0.11 && add_server "$SERVER" &&
	flow_start flow "$CLIENT" 10.0.0.11
}

change() {
	ip netns exec "$R" "$PYTHON" -S "$LIB_DIR/genl.py" churn "$SECONDS_OF_CHURN" >"$TMP/churn"
}

# The flow speaks all the while.
beside_a_flow() {
	local pid

	change &
	pid=$!
	PIDS+=($!)
	while kill -0 "$pid" 2>/dev/null; do
		flow_goes_on flow || return
	done
	wait "$pid"
}

# The suite's own line, from when the module was loaded: 2 readers, 16 routes a transaction
readers() {
	dmesg | sed -nE 's/.*# model_readers: ([0-9]+) transactions and ([0-9]+) snapshots in ([0-9]+) ms.*/\1 \2 \3/p'
}

must build
slow=$(counter "$CLIENT" slow-path)
seen=$(counter "$CLIENT" lookups)
must beside_a_flow
read -r changes _ _ took _ <"$TMP/churn"
head_row "changes" "a second" "packets of the flow meanwhile" "of them on the slow path"
row "$(grouped "$changes")" "$(grouped "$(awk -v n="$changes" -v s="$took" 'BEGIN { printf "%d", n / s }')")" \
	"$(($(counter "$CLIENT" lookups) - seen))" "$(($(counter "$CLIENT" slow-path) - slow))"
echo
read -r transactions snapshots took < <(readers)
head_row "transactions" "a second" "snapshots that readers looked at"
row "$transactions" "$(grouped $((transactions * 1000 / took)))" "$(grouped "$snapshots")"
