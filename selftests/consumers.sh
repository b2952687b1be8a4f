#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# One endpoint service and very many consumers, every one with the same addresses.
#
# VPC_CONSUMERS: how many (1000)
#
#   prov/net 10.0.0.0/24: target .10, load balancer .80
#   cN/net   10.0.0.0/24: client .10, endpoint .218        for each N
#
# All clients and the target are devices of one namespace without addresses: see consumers.py.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CONSUMERS=${VPC_CONSUMERS:-1000}
CLIENT=10.0.0.10
TARGET=10.0.0.10
NODE=10.0.0.80
EP=10.0.0.218
ALL=ac-$SUFFIX		# all clients

consumers() {
	"$PYTHON" -SB "$LIB_DIR/consumers.py" "$@"
}

build_provider() {
	vr -b - <<-END
		vpc add prov cidr 10.0.0.0/16 region us-east-1 owner 111111111111
		subnet add prov/net cidr 10.0.0.0/24 zone us-east-1a
		security-group rule-add prov/default ingress cidr 0.0.0.0/0
		eni add target subnet prov/net dev vt address $TARGET mac 02:00:00:00:00:01
		nlb add lb subnet prov/net address $NODE
		target-group add both vpc prov protocol tcp_udp port 7
		target add both eni target
		listener add lb protocol tcp_udp port 7 target-group both
		endpoint-service add svc nlb lb
		limits set vpcs $((CONSUMERS + 10))
	END
}

devices() {
	local i

	echo "link add vt up type veth peer name target netns $ALL"
	for ((i = 0; i < CONSUMERS; i++)); do
		echo "link add v$i up type veth peer name c$i netns $ALL"
	done
}

their_ends() {
	local i

	echo "link set target up"
	for ((i = 0; i < CONSUMERS; i++)); do
		echo "link set c$i up"
	done
}

names() { # names FIRST STEP: of endpoints, separated by commas
	seq -s, -f 'e%g' "$1" "$2" $((CONSUMERS - 1))
}

talk() { # talk [SILENT...]
	vr -j eni show >"$TMP/enis"
	in_ns "$ALL" "$PYTHON" -SB "$LIB_DIR/consumers.py" talk "$CONSUMERS" "$CLIENT" "$EP" "$NODE" \
		"$TARGET:target" "$@" <"$TMP/enis"
}

available() { # available N
	equals "$(vr endpoint show | grep -c ' state available')" "$1"
}

must add_router
must add_ns "$ALL"
must ip_batch "$R" < <(devices)
must ip_batch "$ALL" < <(their_ends)
must build_provider
SERVICE=$(vr endpoint-service show svc | grep -oE 'com\.amazonaws\.[^ ]+')
must vr endpoint-service set svc add-allowed-principal 222222222222

must consumers batch "$CONSUMERS" "$CLIENT" "$EP" "$SERVICE"
cp "$TMP/must" "$TMP/batch"
check "$CONSUMERS consumers with the same addresses, in one transaction" vr -b "$TMP/batch"
check "SVC-9: not one is available" available 0
check "SVC-9: all are accepted" vr endpoint-service accept svc endpoint "$(names 0 1)"
check "SVC-9: all are available" available "$CONSUMERS"
check "IFE-25, IFE-26: each gets its own answers, by UDP and TCP" talk
mapfile -t rejected < <(seq 5 100 $((CONSUMERS - 1)))
check "SVC-9: some are rejected" vr endpoint-service reject svc endpoint "$(names 5 100)"
check "SVC-9: they get nothing, the others what they got" talk "${rejected[@]}"
check "IFE-15: all are deleted in one transaction" \
	vr -b - < <(seq -f 'endpoint del e%g' 0 $((CONSUMERS - 1)))
check "and their flows are gone within 10 seconds" busywait 10000 no_sessions

finish
