#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# IPv6: the link, delivery, filters, gateways, sizes and fragments.
#
#   my   2001:db8:1::/56
#     my/net 10.0.0.0/24, :1::/64: client ::10 (203.0.113.10), peer ::11, asker ::20, victim ::21
#     my/far 10.0.1.0/24, :2::/64: far ::10
#     my/six :3::/64 alone: six ::10, whose way out is an egress-only gateway
#   twin 2001:db8:1::/56, the same once more: t1 ::10, t2 ::11
#   pal  2001:db8:2::/56: pal ::10, a peering with my
#   the internet: 2001:db8:ffff::7

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# shellcheck source=lib_ipv6.sh
. "$(dirname "$0")/lib_ipv6.sh"

PEER=pe-$SUFFIX
ASKER=as-$SUFFIX
VICTIM=vi-$SUFFIX
T1=t1-$SUFFIX
T2=t2-$SUFFIX
PEER6=$MY:1::11
ASKER6=$MY:1::20
VICTIM6=$MY:1::21

build_my() {
	add_my &&
	dual "$PEER" my/net 10.0.0.11 "$PEER6" &&
	dual "$ASKER" my/net 10.0.0.20 "$ASKER6" &&
	dual "$VICTIM" my/net 10.0.0.21 "$VICTIM6" &&
	tester serve6 "$PEER" && tester serve6 "$VICTIM"
}

build_twin() {
	add_vpc6 twin 10.0 "$MY" &&
	dual "$T1" twin/net 10.0.0.10 "$CLIENT6" &&
	dual "$T2" twin/net 10.0.0.11 "$PEER6" &&
	tester serve6 "$T2"
}

must add_router
must add_internet
must add_internet6
must build_my
must build_twin
ASKER_MAC=$(mac_of "$ASKER" eth0)
PEER_MAC=$(mac_of "$PEER" eth0)
VICTIM_MAC=$(mac_of "$VICTIM" eth0)
ROUTER_MAC=$(router_mac "$ASKER")

# ---- neighbour discovery ----

nd() { # nd KEY=VALUE...: a solicitation of the asker's, made by hand
	frame "$ASKER" eth0 type=ip6 proto=icmp6 icmp=135 ttl=255 src="$ASKER6" "$@"
}

ask() { # ask TARGET [KEY=VALUE...]: the MAC that is answered, or none
	nd target="$1" sll="$ASKER_MAC" wait=0.5 "${@:2}"
}

eui64() { # eui64 MAC: the address of the link that is made from it
	local b

	IFS=: read -ra b <<<"$1"
	printf 'fe80::%02x%s:%sff:fe%s:%s%s' $((0x${b[0]} ^ 2)) "${b[@]:1}"
}

check "L2-1: a peer's address is answered with the peer's MAC" \
	equals "$(ask "$PEER6")" "$PEER_MAC"
check "L2-1: from an address of the link too" equals "$(ask "$PEER6" src=fe80::20)" "$PEER_MAC"
check "VPC-21: the router is ::1" equals "$(ask "$MY:1::1")" "$ROUTER_MAC"
check "VPC-21: and fe80:ec2::1" equals "$(ask "$ROUTER6")" "$ROUTER_MAC"
check "VPC-21: and has an address made of its MAC" \
	equals "$(ask "$(eui64 "$ROUTER_MAC")")" "$ROUTER_MAC"
check "L2-2: an unused address is not answered" equals "$(ask "$MY:1::99")" none
check "L2-2: nor one of another subnet" equals "$(ask "$FAR6")" none
check "L2-2: nor a reserved one" equals "$(ask "$MY:1::2")" none
check "L2-2: nor an interface's own" equals "$(ask "$ASKER6")" none
check "RFC 4862: who probes for a peer's address learns that it is taken" \
	equals "$(nd src=:: target="$PEER6" wait=0.5)" "$PEER_MAC"
check "RFC 4862: and for its own, that it is free" equals "$(nd src=:: target="$ASKER6" wait=0.5)" none
check "RFC 4862: which is no drop" counter_stays "$ASKER" "nd-invalid|nd-unknown-address" \
	nd src=:: target="$ASKER6"

TO="frame $ASKER eth0 type=ip6 src=$ASKER6 dst=$VICTIM6"

# none NAME REASON N KEY=VALUE...: frames of the asker that never reach the victim
none() {
	local name=$1 reason=$2 want=$3

	shift 3
	nothing_arrives "$name" "$VICTIM" eth0 "ip6 and not ether src $VICTIM_MAC" "$ASKER" \
		"$reason" "$want" "$TO dmac=$VICTIM_MAC" "$*"
}

none "L2-1: a solicitation is never flooded" nd-replies 3 \
	nd count=3 target="$VICTIM6" sll="$ASKER_MAC"
none "L2-2: not for an unused address either" nd-unknown-address 3 \
	nd count=3 target="$MY:1::99" sll="$ASKER_MAC"
none "L2-3: an advertisement in a peer's name" nd-invalid 3 \
	nd count=3 icmp=136 src="$PEER6" dst=ff02::1 target="$PEER6" tll="$ASKER_MAC"
none "L2-3: one of the own address" nd-invalid 3 \
	nd count=3 icmp=136 dst=ff02::1 target="$ASKER6" tll="$ASKER_MAC"
none "L2-3: a solicitation in a peer's name" nd-invalid 3 \
	nd count=3 src="$PEER6" target="$VICTIM6" sll="$ASKER_MAC"
none "L2-3: with a peer's MAC" nd-invalid 3 nd count=3 target="$VICTIM6" sll="$PEER_MAC"
none "RFC 4861: from beyond the link" nd-invalid 3 \
	nd count=3 target="$VICTIM6" sll="$ASKER_MAC" ttl=254
none "RFC 6980: behind an extension header" nd-invalid 3 \
	nd count=3 target="$VICTIM6" sll="$ASKER_MAC" ext=60.00010400000000
none "a router's advertisement" nd-invalid 3 nd count=3 icmp=134 src=fe80::20 dst=ff02::1
none "a redirect" nd-invalid 3 nd count=3 icmp=137 src=fe80::20 dst="$VICTIM6" dmac="$VICTIM_MAC"
none "a router is not advertised" router-solicitation 3 \
	nd count=3 icmp=133 src=fe80::20 dst=ff02::2

# ---- the link and the headers ----

none "L2-5: a group of the link" multicast 3 "$TO" count=3 dst=ff02::fb
none "L2-5: and a wider one" multicast 3 "$TO" count=3 dst=ff0e::101
none "L2-4: the victim's address in a frame to all" broadcast 3 "$TO" count=3
none "ENI-5: a peer's address" source-address 3 "$TO" count=3 dmac="$VICTIM_MAC" src="$PEER6"
none "ENI-5: an address of the link" source-address 3 \
	"$TO" count=3 dmac="$VICTIM_MAC" src=fe80::20
none "ENI-5: no address" source-address 3 "$TO" count=3 dmac="$VICTIM_MAC" src=::
for dst in "$MY:1::" "$MY:1::1" "$MY:1::3" "$MY:1:ffff:ffff:ffff:ffff"; do
	none "VPC-21: $dst is reserved" reserved-address 3 "$TO" count=3 dmac="$ROUTER_MAC" dst="$dst"
done
none "VPC-24, RT-15: the metadata address" reserved-address 3 \
	"$TO" count=3 dmac="$ROUTER_MAC" dst=fd00:ec2::254
none "an address of the link" reserved-address 3 "$TO" count=3 dmac="$ROUTER_MAC" dst=fe80::1
none "PIPE-3: an unused address, silently" no-such-address 3 \
	"$TO" count=3 dmac="$ROUTER_MAC" dst="$MY:1::99"

bad() { # bad NAME REASON KEY=VALUE...
	none "$1" "$2" 3 "$TO" count=3 dmac="$VICTIM_MAC" "${@:3}"
}
PADN=60.00010400000000		# options for the destination, of no meaning

bad "version 4 in an IPv6 frame" bad-header version=4
bad "longer than the frame" short-packet totlen=1000
bad "UDP without ports" short-packet totlen=4
bad "a jumbogram" bad-header totlen=0 ext=0.00010400000000
bad "hop-by-hop options behind others" bad-header ext="$PADN,0.00010400000000"
bad "nine extension headers" extension-headers \
	ext="$PADN,$PADN,$PADN,$PADN,$PADN,$PADN,$PADN,$PADN,$PADN"
bad "RFC 5095: a source route" source-route ext=43.00000100000000
bad "a segment to go" source-route ext=43.00040100000000
bad "an ICMPv6 type that is neither query nor answer" icmp-type proto=icmp6 icmp=200
check "eight extension headers arrive" sees 3 "$ASKER6.40000 > $VICTIM6.7|$ASKER6 > $VICTIM6" \
	"$VICTIM" "ip6[6] == 60" frame "$ASKER" eth0 type=ip6 count=3 dmac="$VICTIM_MAC" \
	src="$ASKER6" dst="$VICTIM6" ext="$PADN,$PADN,$PADN,$PADN,$PADN,$PADN,$PADN,$PADN"

# ---- delivery ----

check "VPC-21: within the subnet" ping_ok "$CLIENT" "$PEER6"
check "TCP, and who asks" http_source "$CLIENT" "$PEER6" "$CLIENT6"
check "UDP" udp_source "$CLIENT" "$PEER6" "$CLIENT6"
check "by the router, to another subnet" ping_ok "$CLIENT" "$FAR6"
check "L2-9: a hop limit of 1 crosses it and arrives as 1" \
	sees 3 'echo request' "$FAR" "icmp6 and ip6[40] == 128 and ip6[7] == 1" \
	ping_all "$CLIENT" "$FAR6" ttl=1
check "VPC-22: to a subnet without IPv4" ping_ok "$CLIENT" "$SIX6"
check "SG-16: an error about a flow" udp_refused "$CLIENT" "$FAR6" 99
check "VPC-22: its interface has no IPv4 address" \
	reason_rises "$SIX" source-address 3 \
	frame "$SIX" eth0 dmac="$ROUTER_MAC" count=3 src=10.0.0.30 dst=10.0.0.10

# VPC-4
apart() { # apart FROM OWN OTHER
	local rc=0

	cap_start "own-$1" "$2" eth0 "icmp6 and ip6[40] == 128" &&
	cap_start "other-$1" "$3" eth0 "icmp6 and ip6[40] == 128" || return
	ping_ok "$1" "$PEER6" || rc=1
	cap_stop "own-$1" && cap_stop "other-$1" || rc=1
	cap_has "own-$1" 0 "$CLIENT6 > $PEER6: ICMP6, echo request" || rc=1
	expect_capture_empty "other-$1" 0 || rc=1
	return "$rc"
}
check "VPC-4: two VPCs with the same IPv6 addresses: the one" apart "$CLIENT" "$PEER" "$T2"
check "VPC-4: and the other" apart "$T1" "$T2" "$PEER"

# ---- gateways ----

INET_ECHO="icmp6 and ip6[40] == 128 and dst host $INET6"

check "IPv4 has its way out" ping_ok "$CLIENT" "$INET_HOST"
check "RT-16: 0.0.0.0/0 is none for IPv6" reason_rises "$CLIENT" no-route 3 \
	ping_fails "$CLIENT" "$INET6"
check "RT-16: a route of its own" vr route add my/net ::/0 igw my-igw
check "IGW-6: out and back" ping_ok "$CLIENT" "$INET6"
check "IGW-6: nothing is translated" http_source "$CLIENT" "$INET6" "$CLIENT6"
check "IGW-6: that is counted" reason_rises "$CLIENT" igw-out-packets 3 ping_all "$CLIENT" "$INET6"
check "IGW-9: from outside" http_source "$INET" "$CLIENT6" 2001:db8:fffe::1
check "IGW-6: an error about a flow comes back" udp_refused "$CLIENT" "$INET6" 99
nothing_arrives "IGW-13a: a unique local address is not on the internet" "$INET" eth0 \
	"ip6 and src host $CLIENT6" "$CLIENT" igw-private-address 3 \
	"ping_ok $CLIENT $INET6" "ping_fails $CLIENT fd00::7"
none_out() { # none_out NAME REASON KEY=VALUE...: frames of the client's that do not get out
	nothing_arrives "$1" "$INET" eth0 "ip6 and udp" "$CLIENT" "$2" 3 \
		"frame $CLIENT eth0 type=ip6 dmac=$ROUTER_MAC src=$CLIENT6 dst=$INET6" \
		"frame $CLIENT eth0 type=ip6 dmac=$ROUTER_MAC count=3 dst=$INET6 ${*:3}"
}
none_out "IGW-13b: nobody else's address gets out" source-address src="$MY:1::99"
must vr eni set "$CLIENT" source-dest-check off
none_out "IGW-13b: nor does it when any may be forwarded" source-address src="$MY:1::99"
must vr eni set "$CLIENT" source-dest-check on

nothing_arrives "IGW-13b: from outside in the name of one inside" "$VICTIM" eth0 \
	"ip6 and not ether src $VICTIM_MAC" inet source-address 3 \
	"from_outside dst=$VICTIM6" "from_outside src=$PEER6 dst=$VICTIM6"
nothing_arrives "IGW-13a: from a unique local address" "$VICTIM" eth0 \
	"ip6 and not ether src $VICTIM_MAC" inet igw-private-address 3 \
	"from_outside dst=$VICTIM6" "from_outside src=fd00::7 dst=$VICTIM6"
check "IGW-13a: to an address that nobody has" \
	reason_rises inet no-such-address 3 from_outside dst="$MY:1::99"
check "what is not for a VPC's block is the host's" ping_ok "$INET" 2001:db8:fffe::2

check "EIG-2: out by the egress-only gateway, and back" ping_ok "$SIX" "$INET6"
check "EIG-2: nothing is translated" http_source "$SIX" "$INET6" "$SIX6"
check "EIG-2: out is counted" reason_rises "$SIX" eigw-out-packets 3 ping_all "$SIX" "$INET6"
check "EIG-2: and back" reason_rises "$SIX" eigw-in-packets 3 ping_all "$SIX" "$INET6"
check "EIG-2: an error about a flow comes back" udp_refused "$SIX" "$INET6" 99
nothing_arrives "EIG-2: nobody outside begins" "$SIX" eth0 \
	"icmp6 and ip6[40] == 128" inet egress-only 3 \
	"ping_ok $CLIENT $SIX6" "from_outside proto=icmp6 dst=$SIX6"
nothing_arrives "EIG-2: nor with what looks like an answer" "$SIX" eth0 \
	"ip6 and src host $INET6" inet egress-only 3 \
	"ping_ok $SIX $INET6" "from_outside proto=tcp sport=80 dport=4321 flags=16 dst=$SIX6"
nothing_arrives "EIG-2: what it did not see begin it does not know" "$INET" eth0 \
	"ip6 and tcp and src host $SIX6" "$SIX" tcp-not-syn 3 \
	"http_source $SIX $INET6 $SIX6" "out_of_six proto=tcp flags=16 sport=4444 dport=80"

must vr network-acl add my/none
nothing_arrives "EIG-3: the network ACL of the subnet is asked" "$INET" eth0 "$INET_ECHO" \
	"$SIX" network-acl-egress 3 "ping_ok $SIX $INET6" \
	"vr network-acl associate my/none subnet my/six && ping_fails $SIX $INET6"
must vr network-acl associate my/default subnet my/six

expires() { # expires DESTINATION: seconds that the TCP session toward it has left
	vr -j session show | tr '{' '\n' | grep -F "$1" | grep -oE '"expires": *[0-9]+' |
		grep -oE '[0-9]+$' | sort -n | tail -n 1
}
forgets() { # forgets LOW HIGH DESTINATION
	local left

	left=$(expires "$3")
	echo "$3: $left s"
	[ "$left" -gt "$1" ] && [ "$left" -le "$2" ]
}
check "a TCP flow by the internet gateway" flow_start long "$CLIENT" "$INET6"
check "SG-14: it may be idle for five days" forgets 400000 432000 "$CLIENT6"
check "a TCP flow by the egress-only gateway" flow_start short "$SIX" "$INET6"
check "EIG-4: it may be idle for 350 s" forgets 300 350 "$SIX6"
check "it goes on" flow_goes_on short
must flow_stop long
must flow_stop short
check "RT-22: without the gateway its route is a blackhole" vr eigw del my-eigw
nothing_arrives "RT-22: and drops" "$INET" eth0 "icmp6 and ip6[40] == 128" "$SIX" blackhole 3 \
	"ping_ok $CLIENT $INET6" "ping_fails $SIX $INET6"

# ---- filters ----

REQUEST="icmp6 and ip6[40] == 128"
EVERYTHING="ingress cidr ::/0"
ICMP6="ingress protocol 58 cidr ::/0"

sg() { # sg add|del RULE: of the peer's group, the client has the default one
	# shellcheck disable=SC2086 # words
	vr security-group "rule-$1" my/web $2
}

acl() {
	vr network-acl "$@"
}

must vr security-group add my/web
must sg add "ingress cidr 10.0.0.0/8"
must vr eni set "$PEER" security-group my/web
check "SG-3: ICMPv6 alone is allowed" sg add "$ICMP6"
check "SG-3: and comes in" ping_ok "$CLIENT" "$PEER6"
nothing_arrives "SG-1: nothing else" "$PEER" eth0 "ip6 and udp and dst port 9" \
	"$CLIENT" security-group-ingress 3 \
	"sg add '$EVERYTHING' && udp_send $CLIENT $PEER6 9 1" \
	"sg del '$EVERYTHING' && udp_send $CLIENT $PEER6 9 3"
nothing_arrives "SG-3: one of its types" "$PEER" eth0 "$REQUEST" "$CLIENT" security-group-ingress 3 \
	"ping_ok $CLIENT $PEER6" \
	"sg add 'ingress protocol 58 icmp-type 129 cidr ::/0' && sg del '$ICMP6' && ping_fails $CLIENT $PEER6"
check "RT-16: which says nothing about IPv4" ping_ok "$CLIENT" 10.0.0.11
nothing_arrives "SG-3: one address" "$PEER" eth0 "$REQUEST" "$ASKER" security-group-ingress 3 \
	"sg add 'ingress cidr $CLIENT6/128' && ping_ok $CLIENT $PEER6" \
	"frame $ASKER eth0 type=ip6 proto=icmp6 count=3 dmac=$PEER_MAC src=$ASKER6 dst=$PEER6"
nothing_arrives "SG-6: a group, by the addresses of its members" "$PEER" eth0 "$REQUEST" \
	"$CLIENT" security-group-ingress 3 \
	"sg del 'ingress cidr $CLIENT6/128' && sg add 'ingress group my/default' && ping_ok $CLIENT $PEER6" \
	"sg del 'ingress group my/default' && ping_fails $CLIENT $PEER6"
must sg add "$EVERYTHING"
check "SG-9: and all is well again" ping_ok "$CLIENT" "$PEER6"

must vr -b - <<-END
	network-acl add my/far
	network-acl entry-add my/far 100 ingress allow protocol all cidr ::/0
	network-acl entry-add my/far 100 egress allow protocol all cidr ::/0
	network-acl associate my/far subnet my/far
END
nothing_arrives "ACL-4: a type of ICMPv6 from one address" "$FAR" eth0 "$REQUEST" \
	"$CLIENT" network-acl-ingress 3 "ping_ok $CLIENT $FAR6" \
	"acl entry-add my/far 50 ingress deny protocol 58 icmp-type 128 cidr $CLIENT6/128 &&
	 ping_fails $CLIENT $FAR6"
check "ACL-4: another address passes" ping_ok "$PEER" "$FAR6"
check "ACL-4: another protocol passes" http_source "$CLIENT" "$FAR6" "$CLIENT6"
check "RT-16: rules for IPv6 are none for IPv4" reason_rises "$CLIENT" network-acl-ingress 3 \
	ping_fails "$CLIENT" 10.0.1.10
must acl entry-del my/far 50 ingress
nothing_arrives "ACL-2: answers need a rule, too" "$CLIENT" eth0 "icmp6 and ip6[40] == 129" \
	"$FAR" network-acl-egress 3 "ping_ok $CLIENT $FAR6" \
	"acl entry-add my/far 50 egress deny protocol 58 cidr $CLIENT6/128 && ping_fails $CLIENT $FAR6"
must acl entry-del my/far 100 egress
check "ACL-9: neighbour discovery is never filtered" equals \
	"$(frame "$FAR" eth0 type=ip6 proto=icmp6 icmp=135 ttl=255 src="$FAR6" target="$MY:2::1" wait=0.5)" \
	"$ROUTER_MAC"
must acl associate my/default subnet my/far

# ---- peering ----

build_pal() {
	add_pal &&
	vr -b - <<-END
		peering add mp vpc my peer-vpc pal
		peering accept mp
		route add my/net $PALS::/56 peering mp
		route add pal/net $MY::/56 peering mp
	END
}
must build_pal
check "PCX-3: over a peering connection" ping_ok "$CLIENT" "$PAL6"
check "PCX-3: with its own address" http_source "$CLIENT" "$PAL6" "$CLIENT6"
check "PCX-3: and the other way" http_source "$PAL" "$CLIENT6" "$PAL6"
nothing_arrives "PCX-4: not to a third place" "$INET" eth0 "$INET_ECHO" \
	"$PAL" peering-transit 3 "ping_ok $CLIENT $INET6" \
	"vr route add pal/net ::/0 peering mp && ping_fails $PAL $INET6"
nothing_arrives "PCX-7: without it the route is a blackhole" "$PAL" eth0 "$REQUEST" \
	"$CLIENT" blackhole 3 "ping_ok $CLIENT $PAL6" "vr peering del mp && ping_fails $CLIENT $PAL6"

# ---- fragments ----

id=1000
send() { # send PARTS: of a UDP datagram of 3008 bytes
	id=$((id + 1))
	fragments "$CLIENT" eth0 type=ip6 dmac="$PEER_MAC" src="$CLIENT6" dst="$PEER6" size=3000 \
		id="$id" parts="$1"
}
WHOLE=0-1200,1200-2400,2400-3008
PIECES="ip6[6] == 44 and src host $CLIENT6"

check "ping of 5000 bytes" ping_ok "$CLIENT" "$PEER6" size=5000
check "UDP of 5000 bytes, and back" udp_source "$CLIENT" "$PEER6" "$CLIENT6" 5000
check "UDP of 60000 bytes" udp_source "$CLIENT" "$PEER6" "$CLIENT6" 60000
check "each is one datagram to the router" \
	reason_rises "$CLIENT" datagrams-reassembled 3 ping_all "$CLIENT" "$PEER6" size=5000
check "IGW-6: ping of 5000 bytes by the gateway" ping_ok "$CLIENT" "$INET6" size=5000
check "pieces arrive as they were sent" sees 3 'frag' "$PEER" "$PIECES" send "$WHOLE"
check "the last one first" sees 3 'frag' "$PEER" "$PIECES" send 2400-3008,1200-2400,0-1200
check "one twice: the second is dropped, the rest arrives" sees 3 'frag' "$PEER" "$PIECES" \
	reason_rises "$CLIENT" fragment-duplicate 1 send 0-1200,0-1200,1200-2400,2400-3008
pieces() { # pieces NAME REASON N PARTS
	nothing_arrives "$1" "$PEER" eth0 "$PIECES" "$CLIENT" "$2" "$3" "send $WHOLE" "send $4"
}
pieces "RFC 5722: a piece that overlaps the next" fragment-overlap 2 0-1200,1192-2400
pieces "RFC 5722: one that begins inside another" fragment-overlap 2 0-1200,400-800
pieces "RFC 7112: a first piece without the whole UDP header" short-packet 1 0-4
pieces "a piece that is no multiple of eight" fragment-invalid 1 8-1207

# ---- sizes ----

must jumbo "$CLIENT"
must jumbo "$PEER"
must jumbo "$INET" uplink

echoes() { # echoes IP-LENGTH: three hand-made requests to the internet
	frame "$CLIENT" eth0 type=ip6 dmac="$ROUTER_MAC" count=3 src="$CLIENT6" dst="$INET6" proto=icmp6 \
		size=$(($1 - 48))
}
check "MTU-1: 9001 bytes within the VPC" ping_ok "$CLIENT" "$PEER6" size=8953
check "MTU-2: 1500 bytes by the gateway" ping_ok "$CLIENT" "$INET6" size=1452
nothing_arrives "MTU-2: 1501 bytes are too big" "$INET" eth0 "$INET_ECHO" "$CLIENT" too-big 3 \
	"ping_ok $CLIENT $INET6" "echoes 1501"
check "MTU-3: the sender is told, by the subnet's router" \
	sees 3 "$MY:1::1 > $CLIENT6: ICMP6, packet too big, mtu 1500" "$CLIENT" \
	"icmp6 and ip6[40] == 2" echoes 1501
check "MTU-3: that is counted" reason_rises "$CLIENT" icmp-errors-sent 3 echoes 1501
learns() { # the client's own stack believes it
	in_ns "$CLIENT" ping -6 -n -M "do" -s 1453 -c 2 -i 0.2 -W 1 "$INET6" >"$TMP/ping" 2>&1
	cat "$TMP/ping"
	grep -qE "mtu[=:] ?1500" "$TMP/ping"
}
check "MTU-3: ping says so" learns
check "MTU-3: TCP with segments of 9000 bytes finds its way" stream "$CLIENT" "$INET6" 1

# In segments that the device makes, and that it does not; of what the VPC takes
must ip -n "$CLIENT" link set eth0 mtu 9001
must ip -n "$PEER" link set eth0 mtu 9001
for offload in on off; do
	must in_ns "$CLIENT" ethtool -K eth0 tx $offload tso $offload gso $offload
	check "TCP within the VPC, offload $offload" stream "$CLIENT" "$PEER6" 4
	check "TCP by the gateway, offload $offload" stream "$CLIENT" "$INET6" 4
done

finish
