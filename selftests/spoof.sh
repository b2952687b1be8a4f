#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Nobody speaks for another: source MAC, source address, and live flows of others.
#
#   my/net 10.0.0.0/24: victim .10 --- flow ---> server .20;  attacker .30;  forwarder .40

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VICTIM=vi-$SUFFIX
SERVER=se-$SUFFIX
ATTACKER=at-$SUFFIX
FORWARDER=fo-$SUFFIX

build() {
	vr vpc add my cidr 10.0.0.0/16 &&
	vr subnet add my/net cidr 10.0.0.0/24 zone ap-northeast-2a &&
	add_instance "$VICTIM" my/net 10.0.0.10 &&
	add_instance "$SERVER" my/net 10.0.0.20 &&
	add_instance "$ATTACKER" my/net 10.0.0.30 &&
	add_instance "$FORWARDER" my/net 10.0.0.40 source-dest-check off &&
	add_server "$SERVER"
}

# forge FROM KEY=VALUE...: five frames to the server's MAC
forge() {
	local ns=$1

	shift
	frame "$ns" eth0 count=5 dmac="$SERVER_MAC" dst=10.0.0.20 "$@"
}

must add_router
must build
SERVER_MAC=$(mac_of "$SERVER" eth0)
VICTIM_MAC=$(mac_of "$VICTIM" eth0)
ROUTER_MAC=$(router_mac "$VICTIM")
check "the router has a MAC" test -n "$ROUTER_MAC"

forged() { # forged NAME REASON PORT KEY=VALUE...: five frames, five drops, nothing arrives
	local name=$1 reason=$2 from=$3

	shift 3
	nothing_arrives "$name" "$SERVER" eth0 "dst host 10.0.0.20 and (udp or icmp or tcp[13] & 4 != 0)" \
		"$from" "$reason" 5 \
		"forge $from src=$(address_of "$from") proto=udp" "forge $from $*"
}

address_of() {
	case $1 in
	"$VICTIM") echo 10.0.0.10 ;;
	"$ATTACKER") echo 10.0.0.30 ;;
	"$FORWARDER") echo 10.0.0.40 ;;
	esac
}

forged "ENI-5: the address of a neighbour" source-address "$ATTACKER" src=10.0.0.10
forged "ENI-5: an unused address of the subnet" source-address "$ATTACKER" src=10.0.0.99
forged "ENI-5: an address of the internet" source-address "$ATTACKER" src=198.51.100.7
forged "ENI-5: the router's address" source-address "$ATTACKER" src=10.0.0.1
forged "ENI-5: the MAC of a neighbour" source-mac "$ATTACKER" src=10.0.0.30 smac="$VICTIM_MAC"
forged "ENI-5: the router's MAC" source-mac "$ATTACKER" src=10.0.0.30 smac="$ROUTER_MAC"
forged "ENI-5: MAC and address of a neighbour" source-mac "$ATTACKER" \
	src=10.0.0.10 smac="$VICTIM_MAC"
forged "ENI-5: the MAC counts with source-dest-check off too" source-mac "$FORWARDER" \
	src=10.0.0.40 smac="$VICTIM_MAC"

# A session is found by the port of entry too: the victim's does not serve the attacker.
check "a flow of the victim" flow_start victim "$VICTIM" 10.0.0.20 40000
for flags in "4 RST" "1 FIN" "24 data"; do
	nothing_arrives "VPC-4, ENI-5: ${flags#* } into the victim's live flow" \
		"$SERVER" eth0 "(udp or tcp) and ether src $(mac_of "$ATTACKER" eth0)" \
		"$ATTACKER" source-address 5 \
		"forge $ATTACKER src=10.0.0.30 proto=udp" \
		"forge $ATTACKER src=10.0.0.10 proto=tcp sport=40000 dport=7 flags=${flags% *}"
done
check "ENI-5: RST with the victim's MAC as well" \
	reason_rises "$ATTACKER" source-mac 5 \
	forge "$ATTACKER" src=10.0.0.10 smac="$VICTIM_MAC" proto=tcp sport=40000 dport=7 flags=4
check "ENI-5: RST toward the victim in the server's name" \
	reason_rises "$ATTACKER" source-address 5 \
	frame "$ATTACKER" eth0 count=5 dmac="$VICTIM_MAC" src=10.0.0.20 dst=10.0.0.10 \
	proto=tcp sport=7 dport=40000 flags=4
check "the victim's flow goes on" flow_goes_on victim
check "and no drop is charged to the victim" equals "$(counter "$VICTIM" source-address)" 0

# The other side of the check
nothing_arrives "ENI-6: a frame to the server's MAC for another address" \
	"$SERVER" eth0 "udp" "$ATTACKER" destination-check 5 \
	"forge $ATTACKER src=10.0.0.30 proto=udp" \
	"frame $ATTACKER eth0 count=5 dmac=$SERVER_MAC src=10.0.0.30 dst=10.0.0.99"

accepted() { # the forwarder may send for others and receive for others
	local rc=0

	cap_start fwd "$FORWARDER" eth0 "udp" && cap_start srv "$SERVER" eth0 "udp" || return
	frame "$ATTACKER" eth0 count=5 dmac="$(mac_of "$FORWARDER" eth0)" \
		src=10.0.0.30 dst=198.51.100.7 || rc=1
	forge "$FORWARDER" src=198.51.100.7 || rc=1
	cap_stop fwd && cap_stop srv || rc=1
	cap_count fwd 0 '10\.0\.0\.30\.40000 > 198\.51\.100\.7\.7: UDP' 5 || rc=1
	cap_count srv 0 '198\.51\.100\.7\.40000 > 10\.0\.0\.20\.7: UDP' 5 || rc=1
	return "$rc"
}
check "ENI-5, ENI-6: with source-dest-check off both are allowed" accepted
nothing_arrives "no host has 127.0.0.1, whatever the check" \
	"$SERVER" eth0 "udp" "$FORWARDER" source-invalid 5 \
	"forge $FORWARDER src=10.0.0.40" "forge $FORWARDER src=127.0.0.1"

check "the victim's flow still goes on" flow_goes_on victim

finish
