#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# How large a packet may be on which way, who is told, and who is not.
#
#   my/net 10.0.0.0/24, devices of 9100: client .10 (203.0.113.10), peer .11
#   uplink and S3: 9100

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
PEER=pe-$SUFFIX

build() {
	add_vpc my && add_igw my &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_instance "$PEER" my/net 10.0.0.11 &&
	add_server "$PEER" &&
	add_eip 203.0.113.10 "$CLIENT" &&
	jumbo "$CLIENT" && jumbo "$PEER" && jumbo "$INET" uplink && jumbo "$S3" s3
}

# echo_frames DESTINATION IP-LENGTH FRAGOFF: three hand-made requests, DF is 0x4000
echo_frames() {
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" count=3 src=10.0.0.10 dst="$1" proto=icmp \
		size=$(($2 - 28)) fragoff="$3"
}

must add_router
must add_internet
must add_s3
must build
ROUTER_MAC=$(router_mac "$CLIENT")
DF=0x4000

# Within the VPC
check "MTU-1: 9001 bytes" ping_ok "$CLIENT" 10.0.0.11 size=8973
nothing_arrives "MTU-1: 9002 bytes are too big" "$PEER" eth0 "icmp" "$CLIENT" too-big 3 \
	"ping_ok $CLIENT 10.0.0.11" \
	"frame $CLIENT eth0 dmac=$(mac_of "$PEER" eth0) count=3 src=10.0.0.10 dst=10.0.0.11 proto=icmp size=8974"

# By the gateway
check "MTU-2: 1500 bytes" ping_ok "$CLIENT" "$INET_HOST" size=1472
nothing_arrives "MTU-2, MTU-3: 1501 bytes that may not be cut" "$INET" eth0 "icmp" "$CLIENT" too-big 3 \
	"ping_ok $CLIENT $INET_HOST" "echo_frames $INET_HOST 1501 $DF"
check "MTU-3: the sender is told, by the subnet's router" \
	sees 3 '10\.0\.0\.1 > 10\.0\.0\.10: ICMP 198\.51\.100\.7 unreachable - need to frag \(mtu 1500\)' \
	"$CLIENT" "icmp[icmptype] == icmp-unreach" \
	echo_frames "$INET_HOST" 1501 $DF
check "MTU-3: that is counted" \
	reason_rises "$CLIENT" icmp-errors-sent 3 echo_frames "$INET_HOST" 1501 $DF
must vr limits set answers-per-second-per-port 1
check "MTU-3: not more often than the limit says" \
	reason_rises "$CLIENT" answers-suppressed 2 echo_frames "$INET_HOST" 1501 $DF
must vr limits set answers-per-second-per-port 1000
pause 1.1			# the last answer has paid for that long
check "MTU-2: 1501 bytes that may be cut arrive in two pieces" \
	sees 6 '203\.0\.113\.10 > 198\.51\.100\.7' "$INET" "ip[6:2] & 0x3fff != 0" \
	echo_frames "$INET_HOST" 1501 0
check "MTU-2: and are answered" \
	sees 3 '198\.51\.100\.7 > 10\.0\.0\.10' "$CLIENT" "icmp[icmptype] == icmp-echoreply" \
	echo_frames "$INET_HOST" 1501 0
check "MTU-2: 9001 bytes are cut in seven" \
	reason_rises "$CLIENT" packets-fragmented 1 \
	sees 7 '203\.0\.113\.10 > 198\.51\.100\.7' "$INET" "ip[6:2] & 0x3fff != 0" \
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" src=10.0.0.10 dst="$INET_HOST" proto=icmp size=8973
check "MTU-2: a piece of 2000 bytes is cut again" \
	sees 4 '203\.0\.113\.10 > 198\.51\.100\.7' "$INET" "ip[6:2] & 0x3fff != 0" \
	fragments "$CLIENT" eth0 dmac="$ROUTER_MAC" src=10.0.0.10 dst="$INET_HOST" proto=icmp \
	size=3992 parts=0-2000,2000-4000

learns() { # the client's own stack believes it
	in_ns "$CLIENT" ping -n -M "do" -s 1473 -c 2 -i 0.2 -W 1 "$INET_HOST" >"$TMP/ping" 2>&1
	cat "$TMP/ping"
	grep -qE 'From 10\.0\.0\.1 .*Frag needed and DF set \(mtu = 1500\)' "$TMP/ping"
}
check "MTU-3: ping says so" learns
check "MTU-3: TCP with segments of 9000 bytes finds its way" stream "$CLIENT" "$INET_HOST" 1

# By the endpoint
must add_s3_endpoint s3ep my my/net
check "MTU-7: 8500 bytes" ping_ok "$CLIENT" "$S3_HOST" size=8472
nothing_arrives "MTU-5, MTU-7: 8501 bytes are too big" "$S3" eth0 "icmp" "$CLIENT" too-big 3 \
	"ping_ok $CLIENT $S3_HOST" "echo_frames $S3_HOST 8501 $DF"
check "MTU-5: and nobody is told" \
	sees 0 . "$CLIENT" "icmp[icmptype] == icmp-unreach" echo_frames "$S3_HOST" 8501 $DF
check "MTU-5: nor are they cut" \
	sees 0 . "$S3" "ip[6:2] & 0x3fff != 0" echo_frames "$S3_HOST" 8501 0
check "MTU-5: the client's MSS is lowered" \
	sees 1 'mss 8460' "$S3" "tcp[13] & 18 == 2" http_source "$CLIENT" "$S3_HOST" 10.0.0.10
check "MTU-5: the service's too" \
	sees 1 'mss 8460' "$CLIENT" "tcp[13] & 18 == 18" http_source "$CLIENT" "$S3_HOST" 10.0.0.10
check "MTU-5: TCP with large segments" stream "$CLIENT" "$S3_HOST" 1
must ip -n "$R" link set s3 mtu 1500
must ip -n "$S3" link set eth0 mtu 1500
check "a smaller link counts as well" \
	sees 1 'mss 1460' "$S3" "tcp[13] & 18 == 2" http_source "$CLIENT" "$S3_HOST" 10.0.0.10
check "and what it takes arrives" stream "$CLIENT" "$S3_HOST" 1

finish
