#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# ICMP errors reach who sent the packet that they are about, in his own addresses, and nobody else.
#
#   one/net 10.0.0.0/24: a .10 (203.0.113.10), b .11; c .12, without a public address
#   two/net 10.0.0.0/24: q .10 (203.0.113.20)
#   the internet --- S3, by a link of 1400 bytes

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

A=a-$SUFFIX
B=b-$SUFFIX
C=c-$SUFFIX
Q=q-$SUFFIX
CLOSED=4444

build() {
	add_vpc one && add_igw one && add_vpc two && add_igw two &&
	add_instance "$A" one/net 10.0.0.10 && add_eip 203.0.113.10 "$A" &&
	add_instance "$B" one/net 10.0.0.11 && add_server "$B" &&
	add_instance "$C" one/net 10.0.0.12 &&
	add_instance "$Q" two/net 10.0.0.10 && add_eip 203.0.113.20 "$Q" && add_server "$Q" &&
	ip -n "$INET" link set tos3 mtu 1400
}

# says NAMESPACE PATTERN PING-ARGUMENT...: ping itself tells of the error
says() {
	local ns=$1 pattern=$2

	shift 2
	in_ns "$ns" ping -n -c 2 -i 0.2 -W 1 "$@" >"$TMP/ping" 2>&1
	cat "$TMP/ping"
	grep -qE -- "$pattern" "$TMP/ping"
}

must add_router
must add_internet
must add_s3
must build
ROUTER_MAC=$(router_mac "$A")
check "the neighbours know each other" ping_ok "$A" 10.0.0.11

# Port unreachable
check "SG-16: within the VPC" udp_refused "$A" 10.0.0.11 $CLOSED
check "it is counted where it came in" \
	reason_rises "$B" icmp-errors-passed 1 udp_refused "$A" 10.0.0.11 $CLOSED
check "IGW-13: from the internet, about a packet by the gateway" \
	udp_refused "$A" "$INET_HOST" $CLOSED
check "IGW-13: to the internet, about a packet that came in" \
	udp_refused "$INET" 203.0.113.10 $CLOSED
check "IGW-7, IGW-13: from public address to public address" udp_refused "$A" 203.0.113.20 $CLOSED
check "IGW-7, IGW-13: and back" udp_refused "$Q" 203.0.113.10 $CLOSED

# The headers, as each side sees them
headers() { # headers NAMESPACE PATTERN CMD...
	sees 1 "$2" "$1" "icmp[icmptype] == icmp-unreach" "${@:3}" || return
	# Whole, inside and out: tcpdump -v would say so.
	tcpdump -nv -r "$TMP/tap$taps.0.pcap" 2>/dev/null >"$TMP/verbose"
	is_false grep -E 'bad cksum|wrong icmp cksum|\|' "$TMP/verbose"
}
check "IGW-13: outer and inner header are the instance's own" headers "$A" \
	'198\.51\.100\.7 > 10\.0\.0\.10: ICMP 198\.51\.100\.7 udp port 4444 unreachable' \
	udp_refused "$A" "$INET_HOST" $CLOSED
check "IGW-13: outer and inner header are public outside" headers "$INET" \
	'203\.0\.113\.10 > 203\.0\.113\.1: ICMP 203\.0\.113\.10 udp port 4444 unreachable' \
	udp_refused "$INET" 203.0.113.10 $CLOSED

# From routers on the way
check "IGW-13: time exceeded, of ping" \
	says "$A" 'From 203\.0\.113\.1 icmp_seq=1 Time to live exceeded' -t 1 "$S3_HOST"
check "IGW-13: the path's MTU, of ping" \
	says "$A" '(From 203\.0\.113\.1 .*Frag needed and DF set|message too long, mtu=1400)' \
	-M "do" -s 1450 "$S3_HOST"
check "IGW-13: and of TCP" stream "$A" "$S3_HOST" 1

# By the endpoint
must add_s3_endpoint s3ep one one/net
must ip -n "$R" route add 52.219.61.0/24 via "$S3_HOST" dev s3 onlink
must ip -n "$S3" route add prohibit 52.219.61.0/24
must tester forwarding "$S3"
check "GWE-10: the service's router refuses a ping" \
	says "$A" 'From 52\.219\.56\.9 icmp_seq=1 Packet filtered' 52.219.61.5
check "GWE-13: the endpoint's traffic itself works" ping_ok "$A" "$S3_HOST"

# Errors about nothing
flow_and_error() { # the victim's flow goes on whatever is said about it
	flow_goes_on victim || return
	"$@" || return
	flow_goes_on victim
}
check "a flow" flow_start victim "$A" 10.0.0.11 40000
# forged NAME REASON FROM KEY=VALUE...: three port unreachables to the victim's interface
forged() {
	local name=$1 reason=$2 from=$3

	shift 3
	nothing_arrives "$name" "$A" eth0 "icmp[icmptype] == icmp-unreach" "$from" "$reason" 3 \
		"udp_refused $A 10.0.0.11 $CLOSED" \
		"frame $from eth0 dmac=$(mac_of "$A" eth0) count=3 proto=icmp icmp=3 code=3 dst=10.0.0.10 $*"
}
forged "SG-16: about a flow with another" icmp-error "$C" src=10.0.0.12 \
	quote=tcp,10.0.0.10,40000,10.0.0.11,7
forged "SG-16: about a flow that is none" icmp-error "$C" src=10.0.0.12 \
	quote=udp,10.0.0.10,1,10.0.0.12,2
must frame "$B" eth0 dmac="$(mac_of "$C" eth0)" src=10.0.0.11 dst=10.0.0.12 sport=1 dport=2
forged "SG-16: to another than who sent the packet" icmp-error "$C" src=10.0.0.12 \
	quote=udp,10.0.0.11,1,10.0.0.12,2
forged "ENI-5: in another's name" source-address "$C" src=10.0.0.11 \
	quote=tcp,10.0.0.10,40000,10.0.0.11,7
forged "about nothing at all" icmp-error "$C" src=10.0.0.12 size=8
forged "a redirect about the flow itself" icmp-error "$B" src=10.0.0.11 icmp=5 code=1 \
	quote=tcp,10.0.0.10,40000,10.0.0.11,7
check "the victim's flow goes on" flow_and_error true
outside() { # outside NAME REASON KEY=VALUE...
	local name=$1 reason=$2

	shift 2
	nothing_arrives "$name" "$A" eth0 "icmp[icmptype] == icmp-unreach" inet "$reason" 3 \
		"udp_refused $A $INET_HOST $CLOSED" \
		"frame $INET eth0 dmac=$(mac_of "$R" uplink) count=3 proto=icmp icmp=3 code=1 dst=203.0.113.10 $*"
}
must ip -n "$R" neigh replace "$INET_GATEWAY" lladdr "$(mac_of "$INET" eth0)" dev uplink nud permanent
outside "from the internet, about a flow that is none" icmp-error src=198.51.100.7 \
	quote=udp,203.0.113.10,1,198.51.100.7,2
outside "IGW-13a: from a private address" igw-private-address src=192.168.1.1 \
	quote=udp,203.0.113.10,1,198.51.100.7,2
check "errors make no sessions" counter_stays "$C" sessions-created \
	frame "$C" eth0 dmac="$ROUTER_MAC" proto=icmp icmp=3 src=10.0.0.12 dst=10.0.0.10 \
	quote=udp,10.0.0.10,1,10.0.0.12,2

finish
