#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Headers that lie, are cut short, or carry options.
#
#   my/net 10.0.0.0/24: sender .10, receiver .11

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

SENDER=se-$SUFFIX
RECEIVER=re-$SUFFIX

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/net cidr 10.0.0.0/24 zone ap-northeast-2a
	END
	add_instance "$SENDER" my/net 10.0.0.10 &&
	add_instance "$RECEIVER" my/net 10.0.0.11 &&
	add_server "$RECEIVER"
}

must add_router
must build
check "the neighbours know each other" ping_ok "$SENDER" 10.0.0.11
MAC=$(mac_of "$RECEIVER" eth0)
TO="frame $SENDER eth0 dmac=$MAC src=10.0.0.10 dst=10.0.0.11"

bad() { # bad NAME REASON KEY=VALUE...
	local name=$1 reason=$2

	shift 2
	nothing_arrives "$name" "$RECEIVER" eth0 "ether src not $MAC and not arp" "$SENDER" "$reason" 3 \
		"$TO" "$TO count=3 $*"
}

good() { # good NAME PATTERN KEY=VALUE...: three arrive, and so
	# shellcheck disable=SC2086 # words
	check "$1" sees 3 "$2" "$RECEIVER" "ether src not $MAC and not arp" $TO count=3 "${@:3}"
}

# The IP header
bad "version 6 in an IPv4 frame" bad-header version=6
bad "version 0" bad-header version=0
bad "a header of 16 bytes" bad-header ihl=4
bad "a header of no bytes" bad-header ihl=0
bad "a header longer than the packet" short-packet ihl=15 data=x cut=54
bad "a wrong checksum" bad-header-checksum ipsum=0x1234
bad "longer than the frame" short-packet totlen=1000
bad "shorter than its own header" bad-header totlen=19
bad "a length of 0" bad-header totlen=0
bad "cut within the header" short-packet cut=30

# Transport headers
bad "UDP without ports" short-packet totlen=24
bad "UDP longer than the packet" short-packet udplen=500
bad "UDP shorter than its header" bad-header udplen=7
bad "TCP without its flags" short-packet proto=tcp totlen=32
bad "TCP with a header of 16 bytes" bad-header proto=tcp doff=4
bad "TCP with a header beyond the packet" short-packet proto=tcp doff=15
bad "ICMP of 4 bytes" short-packet proto=icmp totlen=24
bad "an ICMP type that is neither query nor answer" icmp-type proto=icmp icmp=42
good "padding behind the packet is cut off" 'length (60|50)' data=abcdefgh totlen=36
good "a protocol without ports" '10\.0\.0\.10 > 10\.0\.0\.11:' proto=200 size=20

# Checksums that are left to the device
good "UDP's own" '10\.0\.0\.10\.40000 > 10\.0\.0\.11\.7' csum=34,6
bad "one that would be written over the source address" bad-header-checksum csum=20,6
bad "over the ports" bad-header-checksum csum=34,0
bad "over the ports, from further in front" bad-header-checksum csum=30,4

# Options
good "no-operations" '10\.0\.0\.10\.40000 > 10\.0\.0\.11\.7' options=01010101
good "record route" '10\.0\.0\.10\.40000 > 10\.0\.0\.11\.7' options=0107040000000000
good "router alert" '10\.0\.0\.10\.40000 > 10\.0\.0\.11\.7' options=94040000
good "forty bytes of them" '10\.0\.0\.10\.40000 > 10\.0\.0\.11\.7' \
	options=072704"$(printf '%074d' 0)"
check "packets with options have a session like all others" counter_stays "$SENDER" sessions-created \
	frame "$SENDER" eth0 dmac="$MAC" src=10.0.0.10 dst=10.0.0.11 options=01010101
bad "a loose source route" source-route options=8307040a00000100
bad "a strict one, behind others" source-route options=0189070408080808
bad "an option of length 0" bad-header options=07000000
bad "an option longer than the header" bad-header options=07090400

# Frames
bad "L2-6: a VLAN tag" vlan vlan=5
bad "L2-6: another ethertype" not-ip type=0x88b6
bad "IPv6 that says more than there is" short-packet type=0x86dd data=frame

check "after all of it the two talk" ping_ok "$SENDER" 10.0.0.11

finish
