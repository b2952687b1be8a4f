#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Datagrams in pieces: put in order, judged as one, never mixed, never kept for ever.
#
#   left/net 10.0.0.0/24: l1 .10 (203.0.113.10), l2 .11, idle .12     right/net 10.0.0.0/24: r1 .10, r2 .11
#                  \---- gateway endpoints of one S3 service ----/

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

L1=l1-$SUFFIX
L2=l2-$SUFFIX
R1=r1-$SUFFIX
R2=r2-$SUFFIX
IDLE=id-$SUFFIX

build_vpc() { # build_vpc NAME FIRST SECOND
	add_vpc "$1" && add_igw "$1" &&
	add_instance "$2" "$1/net" 10.0.0.10 &&
	add_instance "$3" "$1/net" 10.0.0.11 &&
	add_server "$3" &&
	add_s3_endpoint "$1-s3" "$1" "$1/net"
}

must add_router
must add_internet
must add_s3
must build_vpc left "$L1" "$L2"
must build_vpc right "$R1" "$R2"
must add_instance "$IDLE" left/net 10.0.0.12
must add_eip 203.0.113.10 "$L1"
must add_server "$L1"
L2_MAC=$(mac_of "$L2" eth0)
ROUTER_MAC=$(router_mac "$L1")
check "the neighbours know each other" ping_ok "$L1" 10.0.0.11

# A UDP datagram of 3000 bytes and its header; the pieces of it are named by their bytes.
UDP="proto=udp src=10.0.0.10 dst=10.0.0.11 size=3000 data=sink"
WHOLE=0-1200,1200-2400,2400-3008

# Begun and never ended, by an interface that does nothing of the kind later: it is looked at last.
started=$SECONDS
# shellcheck disable=SC2086 # words
must fragments "$IDLE" eth0 dmac="$L2_MAC" $UDP src=10.0.0.12 id=999 parts=0-1200,1200-2400

# As hosts send them
check "UDP of 5000 bytes within the VPC, and back" udp_source "$L1" 10.0.0.11 10.0.0.10 5000
check "each is one datagram to the router" \
	reason_rises "$L1" datagrams-reassembled 1 udp_source "$L1" 10.0.0.11 10.0.0.10 5000
check "and needs one lookup" reason_rises "$L1" lookups 1 udp_source "$L1" 10.0.0.11 10.0.0.10 5000
check "UDP of 60000 bytes" udp_source "$L1" 10.0.0.11 10.0.0.10 60000
check "ping of 8000 bytes" ping_ok "$L1" 10.0.0.11 size=8000
check "IGW-2: UDP of 5000 bytes by the gateway, and back" \
	udp_source "$L1" "$INET_HOST" 203.0.113.10 5000
check "IGW-2: from outside" udp_source "$INET" 203.0.113.10 203.0.113.1 5000
check "IGW-2: ping of 8000 bytes" ping_ok "$L1" "$INET_HOST" size=8000
check "GWE-13: ping of 8000 bytes by the endpoint" ping_ok "$L1" "$S3_HOST" size=8000

# In any order
arrives() { # arrives N CMD...: so many pieces come out at the other end
	sees "$1" '10\.0\.0\.10(\.40000)? > 10\.0\.0\.11' "$L2" "udp or (ip[6:2] & 0x1fff != 0)" "${@:2}"
}
id=1000

send() { # send PARTS [KEY=VALUE...]: of a datagram of its own
	local parts=$1

	shift
	id=$((id + 1))
	# shellcheck disable=SC2086 # words
	fragments "$L1" eth0 dmac="$L2_MAC" $UDP id=$id parts="$parts" "$@"
}

check "pieces in order" arrives 3 send "$WHOLE"
check "the last one first" arrives 3 send 2400-3008,1200-2400,0-1200
check "the middle one last" arrives 3 send 2400-3008,0-1200,1200-2400
check "a hundred of 24 bytes" arrives 126 send \
	"$(for ((i = 0; i < 3000; i += 24)); do printf '%d-%d,' $i $((i + 24)); done)3000-3008"
check "one twice: the second is dropped, the rest arrives" arrives 3 \
	reason_rises "$L1" fragment-duplicate 1 send 0-1200,0-1200,1200-2400,2400-3008
check "a piece after its datagram is complete begins another" \
	reason_rises "$L1" datagrams-reassembled 1 send "$WHOLE"

# What is wrong with a datagram
bad() { # bad NAME REASON N PARTS [KEY=VALUE...]
	local name=$1 reason=$2 want=$3

	shift 3
	nothing_arrives "$name" "$L2" eth0 "udp or (ip[6:2] & 0x1fff != 0)" "$L1" "$reason" "$want" \
		"send $WHOLE" "send $*"
}
bad "RFC 5722: a piece that overlaps the next" fragment-overlap 2 0-1200,1192-2400
bad "RFC 5722: one that begins inside another" fragment-overlap 2 0-1200,400-800
bad "RFC 5722: one that holds another" fragment-overlap 2 400-800,0-1200
bad "RFC 5722: the same beginning, another end" fragment-overlap 2 0-1200,0-800
after_the_end() { # after_the_end PARTS SIZE: of another datagram of the same id
	send 2400-3008 && id=$((id - 1)) && send "$1" size="$2"
}
nothing_arrives "two ends" "$L2" eth0 "udp or (ip[6:2] & 0x1fff != 0)" "$L1" fragment-overlap 2 \
	"send $WHOLE" "after_the_end 1200-2008 2000"
nothing_arrives "a piece beyond the end" "$L2" eth0 "udp or (ip[6:2] & 0x1fff != 0)" \
	"$L1" fragment-overlap 2 "send $WHOLE" "after_the_end 3008-3208 4000"
bad "RFC 1858: a first piece without the whole UDP header" short-packet 1 0-4
bad "a piece that is no multiple of eight" fragment-invalid 1 8-1207

odd() { # odd NAME REASON KEY=VALUE...: three single frames
	local name=$1 reason=$2

	shift 2
	nothing_arrives "$name" "$L2" eth0 "udp or (ip[6:2] & 0x1fff != 0)" "$L1" "$reason" 3 \
		"send $WHOLE" "frame $L1 eth0 dmac=$L2_MAC count=3 src=10.0.0.10 dst=10.0.0.11 $*"
}
odd "beyond 65535 bytes (the ping of death)" fragment-invalid fragoff=0x1ffe size=100
odd "a piece of nothing" fragment-invalid fragoff=0x2001 proto=200 size=0

# Tenants
same_id() { # both VPCs, one address, one ICMP id, one IP id, in turns: each has its own answer
	local rc=0 ns frames="src=10.0.0.10 dst=$S3_HOST proto=icmp sport=77 id=4711 size=3000"

	cap_start both "$S3" eth0 "src host 10.0.0.10" || return
	for ns in "$L1" "$R1"; do
		cap_start "own-$ns" "$ns" eth0 "icmp[icmptype] == icmp-echoreply" || return
	done
	# shellcheck disable=SC2086 # words
	fragments "$L1" eth0 dmac="$ROUTER_MAC" $frames data=left parts=0-1200,1200-2400,2400-3008 + \
		"$R1" eth0 dmac="$(router_mac "$R1")" $frames data=right \
		parts=0-1200,1200-2400,2400-3008 || rc=1
	busywait 3000 both_answered
	for ns in "$L1" "$R1"; do
		cap_stop "own-$ns" || rc=1
		cap_count "own-$ns" 0 'ICMP echo reply, id 77' 1 || rc=1
	done
	cap_stop both || rc=1
	cap_count both 0 '10\.0\.0\.10 > ' 6 || rc=1
	equals "$(tcpdump -nvr "$TMP/both.0.pcap" 2>/dev/null | grep -oE ', id [0-9]+, offset' |
		sort -u | wc -l)" 2 || rc=1
	return "$rc"
}

both_answered() {
	[ "$(counter "$L1" endpoint-in-packets)" -ge "$((l_before + 3))" ] &&
	[ "$(counter "$R1" endpoint-in-packets)" -ge "$((r_before + 3))" ]
}
l_before=$(counter "$L1" endpoint-in-packets)
r_before=$(counter "$R1" endpoint-in-packets)
check "VPC-4: two VPCs, the same addresses and ids, interleaved" same_id

# Budgets
check "limit: 4096 bytes for each port" vr limits set fragment-bytes-per-port 4096
flood() {
	local n

	for ((n = 0; n < 12; n++)); do
		send 0-1200 || return
	done
}
flooded() {
	local before

	before=$(counter "$L1" fragment-limit)
	flood || return
	[ "$(counter "$L1" fragment-limit)" -gt "$before" ]
}
check "limit: a flood of beginnings is held to it" flooded
check "limit: and does not keep whole datagrams out" udp_source "$L1" 10.0.0.11 10.0.0.10 1600
check "limit: and is nobody else's concern" udp_source "$R1" 10.0.0.11 10.0.0.10 1600
check "limit: whole packets of the same interface pass" ping_ok "$L1" 10.0.0.11
check "limit: more room" vr limits set fragment-bytes-per-port 1048576
check "limit: and fragments pass again" udp_source "$L1" 10.0.0.11 10.0.0.10 5000

# The host's
to_host() {
	tester fragments "$INET" eth0 dmac="$(mac_of "$R" uplink)" src=198.51.100.7 dst=203.0.113.99 \
		proto=udp size=3000 parts="$WHOLE"
}
check "pieces for others than us are left to the host" reason_rises inet to-host 3 to_host

# Time
timed_out() { # both pieces
	[ "$(counter "$IDLE" fragment-timeout)" -eq 2 ]
}
check "what never gets whole is dropped after 30 seconds" \
	busywait $(((40 - (SECONDS - started)) * 1000)) timed_out
check "and fragments go on" udp_source "$L1" 10.0.0.11 10.0.0.10 5000

finish
