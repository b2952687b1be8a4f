#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Checksums and segments that are left to the hardware, or not: what arrives is what was sent.
#
#   my/net 10.0.0.0/24: client .10 (203.0.113.10), peer .11
# A stream within the VPC is not edited, one by the gateway is.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
PEER=pe-$SUFFIX

# In each combination; VPC_MEGABYTES=64 where there is time for it.
MEGABYTES=${VPC_MEGABYTES:-8}

build() {
	add_vpc my && add_igw my &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_eip 203.0.113.10 "$CLIENT" &&
	add_instance "$PEER" my/net 10.0.0.11 &&
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

finish
