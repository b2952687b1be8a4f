#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Checksums and segments that are left to the hardware, or not: what arrives is what was sent.
#
#   my/net 10.0.0.0/24, 2001:db8:1:1::/64: client .10 (203.0.113.10) ::10, peer .11 ::11
# A stream within the VPC is not edited, one by the gateway is.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# shellcheck source=lib_ipv6.sh
. "$(dirname "$0")/lib_ipv6.sh"

PEER6=$MY:1::11
PEER=pe-$SUFFIX

# In each combination; VPC_MEGABYTES=64 where there is time for it.
MEGABYTES=${VPC_MEGABYTES:-8}

build() {
	add_vpc6 my 10.0 "$MY" && add_igw my && vr route add my/net ::/0 igw my-igw &&
	add_instance "$CLIENT" my/net 10.0.0.10 ipv6 "$CLIENT6" &&
	add_eip 203.0.113.10 "$CLIENT" &&
	add_instance "$PEER" my/net 10.0.0.11 ipv6 "$PEER6" &&
	add_server "$PEER"
}

offload() { # offload NAMESPACE FEATURE on|off ...
	in_ns "$1" ethtool -K eth0 "${@:2}"
}

must add_router
must add_internet
must build

for sender in "tx on tso on gso on" "tx on tso off gso off" "tx off"; do
	# shellcheck disable=SC2086 # words
	must offload "$CLIENT" $sender
	for receiver in "rx on gro on" "rx off gro off"; do
		# shellcheck disable=SC2086
		must offload "$PEER" $receiver
		# shellcheck disable=SC2086
		must offload "$INET" $receiver
		check "within the VPC: sender $sender, receiver $receiver" \
			stream "$CLIENT" 10.0.0.11 "$MEGABYTES"
		comment <"$TMP/check"
		check "by the gateway: sender $sender, receiver $receiver" \
			stream "$CLIENT" "$INET_HOST" "$MEGABYTES"
		comment <"$TMP/check"
	done
done
check "nothing was dropped on the way" equals "$(vr stats drops "$CLIENT")" ""

# Of IPv6 one combination: nothing of a packet is edited, and a segment is cut by nobody. Only now,
# for what is said to groups of the link is dropped.
speak_ipv6() {
	add_internet6 && number_it "$CLIENT" "$CLIENT6" && number_it "$PEER" "$PEER6" &&
	tester serve6 "$PEER"
}
merged() { # merged NAMESPACE ADDRESS: a stream arrives, in segments larger than any device takes
	local rc=0

	cap_start merged "$1" eth0 "ip6 and greater 3000" || return
	stream "$CLIENT" "$2" 1 || rc=1
	cap_stop merged || rc=1
	cap_seen merged 0 || rc=1
	return "$rc"
}
for ns in "$CLIENT" "$PEER" "$INET"; do
	must offload "$ns" tx on tso on gso on rx on gro on
done
must speak_ipv6
check "by IPv6 within the VPC" merged "$PEER" "$PEER6"
check "by IPv6 and the gateway" merged "$INET" "$INET6"

finish
