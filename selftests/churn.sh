#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Everything at once: objects, devices and namespaces that come and go, dumps, sessions that are
# ended, first packets by the hundred, datagrams that never become whole. Afterwards the flows that
# all this does not concern go on, the configuration is what it was, and no account is off.
#
# VPC_CHURN: for how many seconds (20)
#
#   my/net 10.0.0.0/24: client .10 (203.0.113.10), server .11, moving .12, shaken .13

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CHURN=${VPC_CHURN:-20}
CLIENT=cl-$SUFFIX
SERVER=se-$SUFFIX
MOVING=mo-$SUFFIX
SHAKEN=sh-$SUFFIX

build() {
	add_vpc my && add_igw my &&
	add_instance "$CLIENT" my/net 10.0.0.10 && add_eip 203.0.113.10 "$CLIENT" &&
	add_instance "$SERVER" my/net 10.0.0.11 && add_server "$SERVER" &&
	add_instance "$MOVING" my/net 10.0.0.12 &&
	add_instance "$SHAKEN" my/net 10.0.0.13 &&
	add_s3_endpoint s3ep my my/net &&
	vr -b - <<-END
		limits set half-open-sessions-per-eni 20000
		eip add 203.0.113.12 uplink inet
		route-table add my/spare
		eni del $MOVING
	END
}

# ---- what goes on: each function is one round, and must work ----

# An interface with a public address, a route to it, an endpoint, a network ACL for all that comes
# and goes, and all of that gone again
objects() {
	vr -b - <<-END &&
		eni add $MOVING subnet my/net dev v-$MOVING address 10.0.0.12
		eip associate 203.0.113.12 eni $MOVING
		route add my/net 198.51.100.128/25 eni $MOVING
		endpoint add spare vpc my service $S3_SERVICE type gateway route-table my/spare
		prefix-list set s3 add 52.219.200.0/24
		network-acl add my/spare
		network-acl entry-add my/spare 100 ingress allow protocol all cidr 0.0.0.0/0
		network-acl entry-add my/spare 100 egress allow protocol all cidr 0.0.0.0/0
		network-acl associate my/spare subnet my/net
	END
	vr -b - <<-END
		network-acl associate my/default subnet my/net
		network-acl del my/spare
		prefix-list set s3 remove 52.219.200.0/24
		endpoint del spare
		route del my/net 198.51.100.128/25
		eip disassociate 203.0.113.12
		eni del $MOVING
	END
}

# A transaction whose last line fails
refusals() {
	local said

	said=$(vr -b - 2>&1 <<-END
		vpc add other cidr 10.0.0.0/16
		subnet add other/net cidr 10.0.0.0/24 zone ap-northeast-2a
		route add my/spare 198.51.100.0/24 igw my-igw
		route add my/spare 0.0.0.0/0 igw nobody
	END
	)
	[[ $said == *nobody* ]]
}

devices() {
	ip_batch "$R" <<-END
		link set v-$SHAKEN down
		link set v-$SHAKEN name shaken
		link set shaken mtu 1400
		link set shaken up
		link set shaken down
		link set shaken name v-$SHAKEN
		link set v-$SHAKEN mtu 1500
		link set v-$SHAKEN up
		neigh flush dev s3
		neigh flush dev uplink
	END
}

namespaces() {
	vr instance add "ns-$SUFFIX" subnet my/net address 10.0.0.14 &&
	vr instance del "ns-$SUFFIX"
}

dumps() {
	vr -j config && vr session show && vr stats && vr route show my/net
}

# Whatever session comes first; it may be gone by itself by then.
endings() {
	local id

	for id in $(vr session show eni "$SHAKEN" | awk 'NR <= 10 { print $1 }'); do
		vr session del "$id"
	done
	return 0
}

transactions() {
	ip netns exec "$R" "$PYTHON" -S "$LIB_DIR/genl.py" churn 1
}

first_packets() { # to those that come and go, from them, and to a service
	"$PYTHON" -SB "$LIB_DIR/racers.py" apart 200 \
		"$SHAKEN" eth0 src=10.0.0.13 dst=10.0.0.12 dport=7 "dmac=$gateway_mac" \
		+ "$MOVING" eth0 src=10.0.0.12 dst=10.0.0.13 dport=7 "dmac=$gateway_mac" \
		+ "$SHAKEN" eth0 src=10.0.0.13 dst=10.0.0.11 dport=7 data=hello "dmac=$gateway_mac" \
		+ "$SHAKEN" eth0 src=10.0.0.13 "dst=$S3_HOST" proto=tcp "dmac=$gateway_mac"
}

pieces() {
	"$PYTHON" -SB "$LIB_DIR/racers.py" apart 200 \
		"$SHAKEN" eth0 src=10.0.0.13 dst=10.0.0.11 fragoff=0x2000 size=64 step=id "dmac=$gateway_mac" \
		+ "$MOVING" eth0 src=10.0.0.12 dst=10.0.0.11 fragoff=0x2000 size=64 step=id "dmac=$gateway_mac"
}

ALL=(objects refusals devices namespaces dumps endings transactions first_packets pieces)

again_and_again() { # again_and_again WHAT: until it is calm again; how many rounds, or why no more
	local rounds=0

	while [ ! -e "$TMP/calm" ]; do
		"$1" >"$TMP/$1.out" 2>&1 || return
		rounds=$((rounds + 1))
		echo "$rounds" >"$TMP/$1.rounds"
	done
}

worked() { # worked WHAT PID: to the end
	wait "$2" && [ -e "$TMP/$1.rounds" ] && return
	cat "$TMP/$1.out"
	return 1
}

configuration() { # but for how often the prefix list and the subnet's ACL were changed
	config | sed -E 's/"version": *[0-9]+//; s/"network-acl-association": *"[^"]*"//'
}

same_configuration() {
	configuration | diff "$TMP/before" -
}

must add_router
must add_internet
must add_s3
must build
gateway_mac=$(router_mac "$CLIENT")
check "a flow within the VPC" flow_start local "$CLIENT" 10.0.0.11
check "a flow by the gateway" flow_start web "$CLIENT" "$INET_HOST"
check "a flow by the endpoint" flow_start s3 "$CLIENT" "$S3_HOST"
configuration >"$TMP/before"

declare -A pids=()
for what in "${ALL[@]}"; do
	again_and_again "$what" &
	pids[$what]=$!
	PIDS+=($!)
done
end=$((SECONDS + CHURN))
while [ "$SECONDS" -lt "$end" ]; do
	pause 10
	check "after $((SECONDS - end + CHURN)) s: the flow within the VPC goes on" flow_goes_on local
	check "so does the one by the gateway" flow_goes_on web
	check "and the one by the endpoint" flow_goes_on s3
done
touch "$TMP/calm"
for what in "${ALL[@]}"; do
	check "all the time: $what" worked "$what" "${pids[$what]}"
	echo "# $(<"$TMP/$what.rounds") rounds of $what"
done

check "the configuration is what it was" same_configuration
for flow in local web s3; do
	must flow_stop "$flow"
done
check "the interfaces are deleted" vr -b - <<-END
	eip disassociate 203.0.113.10
	eni del $CLIENT
	eni del $SERVER
	eni del $SHAKEN
END
check "no session is left, and no account says otherwise" busywait 10000 no_sessions

finish
