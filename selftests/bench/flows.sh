# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A VPC and any number of flows in it, a packet each, for the benchmarks of sessions.
#
#   my/net 10.0.0.0/24: client .10 --- router --- .11 sink, which never answers

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SESSIONS=${VPC_SESSIONS:-1000000}
CLIENT=cl-$SUFFIX
SINK=si-$SUFFIX

build() {
	add_router && raise_limits && add_vpc my &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_instance "$SINK" my/net 10.0.0.11 &&
	ip -n "$SINK" addr flush dev eth0
}

add_enis() {
	vr -b - <<-END
		eni add $CLIENT subnet my/net dev v-$CLIENT address 10.0.0.10
		eni add $SINK subnet my/net dev v-$SINK address 10.0.0.11
	END
}

del_enis() {
	printf 'eni del %s\n' "$CLIENT" "$SINK" | vr -b -
}

# All of it in one transaction, what is within the VPC before it
del_vpc() {
	vr -b - <<-END
		eni del $CLIENT
		eni del $SINK
		route-table disassociate subnet my/net
		route-table del my/net
		subnet del my/net
		vpc del my
	END
}

raise_limits() {
	printf "limits set %s $((SESSIONS + 1000))\n" sessions sessions-per-vpc sessions-per-eni \
		half-open-sessions half-open-sessions-per-eni | vr -b -
}

# The kernel's packet generator. The two ranges of ports have no common divisor: no pair of ports
# comes again before all have been.
generator() { # generator N
	cat <<-END
		kpktgend_0 rem_device_all
		kpktgend_0 add_device eth0
		eth0 count $1
		eth0 delay 0
		eth0 pkt_size 60
		eth0 src_min 10.0.0.10
		eth0 src_max 10.0.0.10
		eth0 dst_min 10.0.0.11
		eth0 dst_max 10.0.0.11
		eth0 dst_mac $(router_mac "$CLIENT")
		eth0 udp_src_min 2000
		eth0 udp_src_max 62000
		eth0 udp_dst_min 2000
		eth0 udp_dst_max 61999
		pgctrl start
	END
}

send_flows() { # send_flows N
	# shellcheck disable=SC2016 # for the inner shell
	generator "$1" | in_ns "$CLIENT" bash -c '
		while read -r file command; do
			echo "$command" >"/proc/net/pktgen/$file" || exit
		done'
}

sessions_are() { # sessions_are N
	equals "$(number used limits sessions)" "$1"
}

# Within a minute. Asked seldom: on an emulator the question takes longer than the answer's delay.
until_true() { # until_true CMD...
	local try

	for ((try = 0; try < 240; try++)); do
		"$@" && return
		pause 0.25
	done
	return 1
}

sessions_end() {
	until_true sessions_are 0
}

start_flows() { # and `took`
	timed send_flows "$SESSIONS"
	must sessions_are "$SESSIONS"
}

# What a processor's own slab still holds counts as taken.
no_objects() {
	[ "$(objects vpc_session)" -lt 100 ]
}

# The namespace goes in the background, and vpcctl can no longer ask for its sessions.
netns_ends() {
	ip netns del "$R" && until_true no_objects
}
