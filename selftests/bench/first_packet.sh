#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# What the first packet of a flow costs with few and many rules and routes, and what the next one
# costs. Meant for the emulator's clock that counts instructions, a nanosecond each.
#
#   my/net 10.0.0.0/24: client .10 --- router --- .11 sink
#   my/far 10.0.1.0/24:                           .10 far
#
# Neither sink nor far answers. The sink's only group has the rules, of which one matches; the table
# of my/net has the routes, of which the local one leads to far.
#
# VPC_FLOWS: how many first packets for each number (2000)

# shellcheck source=flows.sh
. "$(dirname "$0")/flows.sh"

FLOWS=${VPC_FLOWS:-2000}
FAR=fr-$SUFFIX
RULES=(1 60 1000 10000)
ACL_RULES=(1 20 40)
ROUTES=(10 1000 100000)
SINK_ADDRESS=10.0.0.11
FAR_ADDRESS=10.0.1.10
next_port=2000

build_all() {
	build &&
	vr -b - <<-END &&
		limits set groups-times-rules 1048576
		limits set rules-per-security-group 20000
		limits set rules-per-network-acl 100
		limits set routes-per-route-table 200000
		subnet add my/far cidr 10.0.1.0/24
		security-group add my/rules
		security-group rule-add my/rules ingress protocol udp port 9 cidr 10.0.0.0/24
		network-acl add my/acl
		network-acl entry-add my/acl 32000 egress allow protocol udp cidr 10.0.1.0/24
		network-acl entry-add my/acl 32000 ingress allow protocol all cidr 0.0.0.0/0
		eni set $SINK security-group my/rules
	END
	add_instance "$FAR" my/far "$FAR_ADDRESS" && ip -n "$FAR" addr flush dev eth0 &&
	"$PYTHON" -S "$LIB_DIR/random_routes.py" "${ROUTES[-1]}" >"$TMP/cidrs"
}

# packets ADDRESS PORTS: as many as FLOWS to port 9 of ADDRESS, from so many ports in turn
packets() {
	cat <<-END
		kpktgend_0 rem_device_all
		kpktgend_0 add_device eth0
		eth0 count $FLOWS
		eth0 delay 0
		eth0 pkt_size 60
		eth0 src_min 10.0.0.10
		eth0 src_max 10.0.0.10
		eth0 dst_min $1
		eth0 dst_max $1
		eth0 dst_mac $(router_mac "$CLIENT")
		eth0 udp_src_min $next_port
		eth0 udp_src_max $((next_port + $2))
		eth0 udp_dst_min 9
		eth0 udp_dst_max 9
		pgctrl start
	END
}

# send ADDRESS PORTS: the instructions that a packet took from the generator to the sink's device
send() {
	local took_us

	# shellcheck disable=SC2016 # for the inner shell
	took_us=$(packets "$@" | in_ns "$CLIENT" bash -c '
		while read -r file command; do
			echo "$command" >"/proc/net/pktgen/$file" || exit
		done
		cat /proc/net/pktgen/eth0' | grep -oE 'OK: [0-9]+' | cut -d' ' -f2)
	[ -n "$took_us" ] && instructions=$((took_us * 1000 / FLOWS))
}

# first ADDRESS: FLOWS flows begin, which takes `instructions` a packet
first() {
	local before after

	before=$(counter "$CLIENT" sessions-created)
	send "$1" "$FLOWS" || return
	after=$(counter "$CLIENT" sessions-created)
	next_port=$((next_port + FLOWS))
	equals $((after - before)) "$FLOWS"
}

# next ADDRESS: one flow goes on
next() {
	send "$1" 1 && send "$1" 1
	next_port=$((next_port + 1))
}

measure() { # measure TITLE N ADDRESS: a row
	must first "$3"
	local begin=$instructions

	must next "$3"
	row "$1" "$(grouped "$2")" "$(grouped "$begin")" "$(grouped "$instructions")"
}

# rules_to N: so many in the group, the one that matches among them
rules_to() {
	local have

	have=$(number rules security-group my/rules)
	# The rules of egress do not count.
	head -n $(($1 - 1)) "$TMP/cidrs" | tail -n +$((have - 1)) |
		awk '{ printf "security-group rule-add my/rules ingress protocol udp port %d-%d cidr %s\n",
			NR % 60000, NR % 60000 + NR % 7, $1 }' >"$TMP/rules"
	[ ! -s "$TMP/rules" ] || batch "$TMP/rules"
}

acl_to() { # acl_to N: so many before the one that matches counts
	local i

	for ((i = $(number entries network-acl my/acl) - 1; i < $1; i++)); do
		echo "network-acl entry-add my/acl $i egress deny protocol udp cidr 192.0.2.0/24"
	done | vr -b -
}

routes_to() { # routes_to N FROM: more than there are
	head -n "$1" "$TMP/cidrs" | tail -n +$(($2 + 1)) |
		sed "s|.*|route add my/net & eni $SINK|" >"$TMP/routes"
	batch "$TMP/routes"
}

modprobe pktgen 2>/dev/null
must build_all
must next "$SINK_ADDRESS"		# what happens once, at the start

head_row "" "number" "first packet, instructions" "next packet, instructions"
for n in "${RULES[@]}"; do
	must rules_to "$n"
	measure "rules of a security group" "$n" "$SINK_ADDRESS"
done
before=0
for n in "${ROUTES[@]}"; do
	must routes_to "$n" "$before"
	before=$n
	measure "routes of a table" "$n" "$FAR_ADDRESS"
done
must vr network-acl associate my/acl subnet my/net
for n in "${ACL_RULES[@]}"; do
	must acl_to "$n"
	measure "rules of a network ACL" "$n" "$FAR_ADDRESS"
done
