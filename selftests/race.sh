#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317,SC2086 # functions are called by name; words of frames
# The same moment on every processor: first packets of one flow, of a flow and its reply, of two
# VPCs that want the same translated tuple, and the last place under a limit.
#
# VPC_ROUNDS: how many flows each time (200)
#
#   left/net 10.0.0.0/24: l1 .10 (203.0.113.10), l2 .11       right/net 10.0.0.0/24: r1 .10
#             \---- gateway endpoints of one S3 service ----/

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ROUNDS=${VPC_ROUNDS:-200}
L1=l1-$SUFFIX
L2=l2-$SUFFIX
R1=r1-$SUFFIX

build_vpc() { # build_vpc VPC CLIENT
	add_vpc "$1" && add_instance "$2" "$1/net" 10.0.0.10 && add_s3_endpoint "$1-s3" "$1" "$1/net"
}

race() { # race NAMESPACE KEY=VALUE... [+ ...]: one frame a round each, all by eth0
	local words=() word next=1

	for word in "$@"; do
		words+=("$word")
		[ $next -eq 0 ] || words+=(eth0)
		next=0
		[ "$word" != + ] || next=1
	done
	"$PYTHON" -SB "$LIB_DIR/racers.py" together "$ROUNDS" "${words[@]}"
}

listed() { # listed N PATTERN: so many sessions
	equals "$(vr session show | grep -cE -- "$2")" "$1"
}

# What a guest answers to a port of nobody may come when its flow has just lost to another.
drops() {
	vr stats drops | grep -v ' drop icmp-error '
}

# no_drops CMD...: CMD works, and no port drops anything
no_drops() {
	drops >"$TMP/drops"
	"$@" && drops | diff "$TMP/drops" -
}

# begins N CMD...: CMD works and begins so many sessions of the two clients
begins() {
	local want=$1 before now

	shift
	before=$(($(counter "$L1" sessions-created) + $(counter "$R1" sessions-created)))
	"$@" || return
	now=$(($(counter "$L1" sessions-created) + $(counter "$R1" sessions-created)))
	equals $((now - before)) "$want"
}

# differ N: what the last `sees` saw came from so many different ports
differ() {
	equals "$(cap_section "tap$taps" 0 | grep -oE '10\.0\.0\.10\.[0-9]+ >' | sort -u | wc -l)" "$1"
}

must add_router
must add_internet
must add_s3
must build_vpc left "$L1"
must add_instance "$L2" left/net 10.0.0.11
must add_server "$L2"
must add_igw left
must add_eip 203.0.113.10 "$L1"
must build_vpc right "$R1"
must vr limits set half-open-sessions-per-eni $((ROUNDS * 10))
VIA_LEFT="src=10.0.0.10 dmac=$(router_mac "$L1")"
VIA_RIGHT="src=10.0.0.10 dmac=$(router_mac "$R1")"
TO_L2="src=10.0.0.10 dst=10.0.0.11 dport=7 dmac=$(mac_of "$L2" eth0)"
TO_L1="src=10.0.0.11 dst=10.0.0.10 sport=7 dmac=$(mac_of "$L1" eth0)"
FROM_INET="src=$INET_HOST dmac=$(mac_of "$R" uplink)"
TO_S3="dst=$S3_HOST proto=tcp dport=4444"
echo "# $ROUNDS rounds on $(nproc) processors"

# The last place
must vr limits set sessions-per-eni $((ROUNDS / 2))
check "under a limit that both would pass: not one too many" \
	begins $((ROUNDS / 2)) race $L1 $TO_L2 sport=14000 + $L1 $TO_L2 sport=16000
must vr limits set sessions-per-eni 100000

# One flow, two processors: the second to insert goes on with the first one's session.
check "first packets of a flow: every one arrives" \
	sees $((2 * ROUNDS)) UDP "$L2" "udp dst port 7" \
	no_drops begins "$ROUNDS" race $L1 $TO_L2 sport=10000 + $L1 $TO_L2 sport=10000
check "and there is one session of each flow" listed "$ROUNDS" '10\.0\.0\.10:10[0-9]+ '

# A flow and its reply at once: each may lose to the other, and then the next packet begins anew.
check "a flow and its reply: every packet of the flow arrives" \
	sees "$ROUNDS" UDP "$L2" "udp dst port 7" \
	no_drops race $L1 $TO_L2 sport=11000 + $L2 $TO_L1 dport=11000 step=dport
check "so do the next packets" sees "$ROUNDS" UDP "$L2" "udp dst port 7" \
	no_drops race $L1 $TO_L2 sport=11000
check "one session of each" listed "$ROUNDS" ':11[0-9]+ '

# The same by the gateway, where the reply's addresses are others
check "a flow to the internet and its reply: every packet of the flow arrives" \
	sees "$ROUNDS" '203.0.113.10' "$INET" "udp dst port 7" \
	no_drops race $L1 $VIA_LEFT dst=$INET_HOST dport=7 sport=18000 \
	+ $INET $FROM_INET dst=203.0.113.10 sport=7 dport=18000 step=dport
check "so do the next packets, as well" sees "$ROUNDS" '203.0.113.10' "$INET" "udp dst port 7" \
	no_drops race $L1 $VIA_LEFT dst=$INET_HOST dport=7 sport=18000
check "and there is one session of each" listed "$ROUNDS" ':18[0-9]+ '

# VPC-4: two VPCs, one translated tuple
check "two VPCs' equal flows to a service: every one arrives" \
	sees $((2 * ROUNDS)) 'Flags \[S\]' "$S3" "tcp dst port 4444 and tcp[tcpflags] = tcp-syn" \
	no_drops begins $((2 * ROUNDS)) \
	race $L1 $VIA_LEFT $TO_S3 sport=12000 + $R1 $VIA_RIGHT $TO_S3 sport=12000
check "and no two look alike to it" differ $((2 * ROUNDS))
check "the same packets again: no more sessions" begins 0 \
	race $L1 $VIA_LEFT $TO_S3 sport=12000 + $R1 $VIA_RIGHT $TO_S3 sport=12000

# Books
check "the interfaces are deleted" vr -b - <<-END
	eni del $L1
	eni del $L2
	eni del $R1
END
check "nothing is left on any account" busywait 10000 no_sessions

finish
