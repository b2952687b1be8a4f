#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Security groups: two gates on the way of a flow's first packet, and which flows they remember.
#
#   my/net   10.0.0.0/24: client .10 (203.0.113.10), web .20 (203.0.113.20), peer .30,
#                         forwarder .40 (source-dest-check off)
#   my/mid   10.0.2.0/24: appliance .10 (source-dest-check off)
#   my/db    10.0.1.0/24: db .10
#   far/net  10.2.0.0/24: far .10, by a peering

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2034 # see open_vpc
VPCS_CLOSED=yes

CLIENT=cl-$SUFFIX
WEB=we-$SUFFIX
PEER=pe-$SUFFIX
FORWARDER=fo-$SUFFIX
MID=mi-$SUFFIX
DB=db-$SUFFIX
FAR=fa-$SUFFIX
CLOSED=4444

# rules GROUP RULE...: those, after what the group has
rules() {
	local group=$1 rule

	shift
	for rule; do
		echo "security-group rule-add $group $rule"
	done | vr -b -
}

unrule() { # unrule GROUP RULE...
	local group=$1 rule

	shift
	for rule; do
		echo "security-group rule-del $group $rule"
	done | vr -b -
}

wear() { # wear INSTANCE GROUP...
	local eni=$1 group words=()

	shift
	for group; do
		words+=(security-group "$group")
	done
	vr eni set "$eni" "${words[@]}"
}

build() {
	add_vpc my && add_igw my &&
	vr -b - <<-END &&
		subnet add my/db cidr 10.0.1.0/24 zone ap-northeast-2c
		subnet add my/mid cidr 10.0.2.0/24 zone ap-northeast-2c
		security-group add my/web
		security-group add my/ping
		security-group add my/db
		security-group add my/out
		vpc add far cidr 10.2.0.0/16
		subnet add far/net cidr 10.2.0.0/24 zone ap-northeast-2a
		route-table add far/net
		route-table associate far/net subnet far/net
		peering add pcx vpc my peer-vpc far
		peering accept pcx
		route add my/net 10.2.0.0/16 peering pcx
		route add far/net 10.0.0.0/16 peering pcx
	END
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_instance "$WEB" my/net 10.0.0.20 && add_server "$WEB" &&
	add_instance "$PEER" my/net 10.0.0.30 && add_server "$PEER" &&
	add_instance "$FORWARDER" my/net 10.0.0.40 source-dest-check off &&
	add_instance "$MID" my/mid 10.0.2.10 source-dest-check off &&
	add_instance "$DB" my/db 10.0.1.10 && add_server "$DB" &&
	add_instance "$FAR" far/net 10.2.0.10 && add_server "$FAR" &&
	add_eip 203.0.113.10 "$CLIENT" && add_eip 203.0.113.20 "$WEB"
}

# cut_by FLOW PORT REASON CMD...: CMD stops the flow at its next packet, and that is counted at PORT
cut_by() {
	local flow=$1 port=$2 reason=$3 before now

	shift 3
	before=$(counter_sum "$port" "$reason") || return
	"$@" || return
	flow_stands "$flow" || return
	busywait 3000 counter_reaches "$port" "$reason" $((before + 1)) && return
	echo "the flow stands but no $reason was counted"
	return 1
}

must add_router
must add_internet
must add_s3
must build
ROUTER_MAC=$(router_mac "$CLIENT")
SYNS="tcp[tcpflags] == tcp-syn"
IN=security-group-ingress
OUT=security-group-egress

# The default group
check "VPC-11, SG-2: members of the default group reach each other" ping_ok "$CLIENT" 10.0.0.30
check "SG-2, SG-9: they reach anybody, and the answers come" ping_ok "$CLIENT" "$INET_HOST"
nothing_arrives "SG-2: nobody else reaches them" "$CLIENT" eth0 "icmp" inet $IN 3 \
	"ping_ok $CLIENT $INET_HOST" "ping_fails $INET 203.0.113.10"
check "SG-1: what is denied makes no session" counter_stays "$CLIENT" sessions-created \
	ping_fails "$INET" 203.0.113.10

# A group of its own
must wear "$WEB" my/web
nothing_arrives "SG-2, SG-18: a new group lets nothing in, from the same subnet either" \
	"$WEB" eth0 "icmp" "$CLIENT" $IN 3 "ping_ok $WEB $INET_HOST" "ping_fails $CLIENT 10.0.0.20"
check "SG-3: allow a port from an address" \
	rules my/web "ingress protocol tcp port 80 cidr 10.0.0.10/32"
check "SG-1: it is open" http_source "$CLIENT" 10.0.0.20 10.0.0.10
nothing_arrives "SG-1: for that protocol" "$WEB" eth0 "icmp" "$CLIENT" $IN 3 \
	"ping_ok $WEB $INET_HOST" "ping_fails $CLIENT 10.0.0.20"
# syn PORT [FROM]: three, by hand
syn() {
	frame "${2:-$CLIENT}" eth0 dmac="$ROUTER_MAC" count=3 proto=tcp src="${3:-10.0.0.10}" \
		dst=10.0.0.20 sport=$((50000 + $1)) dport="$1"
}
nothing_arrives "SG-1: and that port" "$WEB" eth0 "$SYNS" "$CLIENT" $IN 3 \
	"http $CLIENT 10.0.0.20" "syn 81"
nothing_arrives "SG-1, PIPE-3: from that address, silently" "$WEB" eth0 "$SYNS" "$PEER" $IN 3 \
	"http $CLIENT 10.0.0.20" "syn 80 $PEER 10.0.0.30"
check "SG-3: a range of ports" rules my/web "ingress protocol tcp port 100-200 cidr 10.0.0.0/24"
for port in 100 200; do
	check "SG-3: its end $port" sees 3 "10.0.0.20.$port: Flags \[S\]" "$WEB" "tcp" syn $port
done
for port in 99 201; do
	nothing_arrives "SG-3: not beyond, $port" "$WEB" eth0 "$SYNS" \
		"$CLIENT" $IN 3 "http $CLIENT 10.0.0.20" "syn $port"
done
check "SG-3: an ICMP type" rules my/ping "ingress protocol icmp icmp-type 8 cidr 10.0.0.0/24"
check "SG-1, SG-17: another group beside the first" wear "$WEB" my/web my/ping
check "SG-1: the union counts" ping_ok "$CLIENT" 10.0.0.20
check "SG-1: of both" http_source "$CLIENT" 10.0.0.20 10.0.0.10
nothing_arrives "SG-3: not another ICMP type" "$WEB" eth0 "icmp" "$CLIENT" $IN 3 \
	"ping_ok $CLIENT 10.0.0.20" \
	"frame $CLIENT eth0 dmac=$ROUTER_MAC count=3 proto=icmp icmp=13 src=10.0.0.10 dst=10.0.0.20"
check "SG-17: without the second group" wear "$WEB" my/web
check "SG-17: it is over at once" reason_rises "$CLIENT" $IN 3 ping_fails "$CLIENT" 10.0.0.20

# The other direction
check "SG-9: forbid the server to send anything" unrule my/web "egress cidr 0.0.0.0/0"
check "SG-9: it still answers" http_source "$CLIENT" 10.0.0.20 10.0.0.10
nothing_arrives "SG-1: but begins nothing" "$PEER" eth0 "icmp" "$WEB" $OUT 3 \
	"ping_ok $CLIENT 10.0.0.30" "ping_fails $WEB 10.0.0.30"
check "SG-3: allow one port" rules my/web "egress protocol tcp port 80 cidr 10.0.0.30/32"
check "SG-1: then that gets to the peer, whose own group says no" reason_rises "$WEB" $IN 3 \
	frame "$WEB" eth0 dmac="$ROUTER_MAC" count=3 proto=tcp src=10.0.0.20 dst=10.0.0.30 dport=80
must rules my/web "egress cidr 0.0.0.0/0"

# References
check "SG-6: allow a group" rules my/db "ingress protocol tcp group my/web"
must wear "$DB" my/db
check "SG-6: its member gets in" http_source "$WEB" 10.0.1.10 10.0.0.20
nothing_arrives "SG-6: nobody else" "$DB" eth0 "$SYNS" "$CLIENT" $IN 3 \
	"http $WEB 10.0.1.10" \
	"frame $CLIENT eth0 dmac=$ROUTER_MAC count=3 proto=tcp src=10.0.0.10 dst=10.0.1.10 dport=80"
check "SG-6: who becomes a member" wear "$CLIENT" my/web my/default
check "SG-6: gets in" http_source "$CLIENT" 10.0.1.10 10.0.0.10
must wear "$CLIENT" my/default
must wear "$FORWARDER" my/web my/default
nothing_arrives "SG-6: a member does not vouch for what it forwards" "$DB" eth0 \
	"$SYNS" "$FORWARDER" $IN 3 "http $WEB 10.0.1.10" \
	"frame $FORWARDER eth0 dmac=$ROUTER_MAC count=3 proto=tcp src=10.0.0.10 dst=10.0.1.10 dport=80"
nothing_arrives "ENI-7: and is filtered itself, though it forwards" "$FORWARDER" eth0 "icmp" \
	"$CLIENT" $IN 3 "wear $FORWARDER my/default && ping_ok $CLIENT 10.0.0.40" \
	"wear $FORWARDER my/web && ping_fails $CLIENT 10.0.0.40"
must wear "$FORWARDER" my/default
must rules my/out "egress protocol tcp group my/db"
must unrule my/out "egress cidr 0.0.0.0/0"
must rules my/db "ingress protocol tcp cidr 10.0.0.10/32"
must wear "$CLIENT" my/out
check "SG-6: send to a group" http_source "$CLIENT" 10.0.1.10 10.0.0.10
nothing_arrives "SG-6: and to nobody else" "$WEB" eth0 "$SYNS" "$CLIENT" $OUT 3 \
	"http $WEB 10.0.1.10" "syn 80"
must wear "$CLIENT" my/default

# The router itself
must vr security-group add my/none
must unrule my/none "egress cidr 0.0.0.0/0"
must wear "$CLIENT" my/none
check "SG-1: a group without rules lets nothing out" \
	reason_rises "$CLIENT" $OUT 3 ping_fails "$CLIENT" 10.0.0.30
check "SG-12: but the router's address answers" equals \
	"$(frame "$CLIENT" eth0 type=arp spa=10.0.0.10 tpa=10.0.0.1 wait=0.5)" "$ROUTER_MAC"
must wear "$CLIENT" my/default

# By a peering
check "SG-6: allow a group of a peered vpc" rules far/default "ingress protocol tcp group my/web"
check "SG-6: its member gets in" http_source "$WEB" 10.2.0.10 10.0.0.20
check "SG-6: others do not" reason_rises "$CLIENT" $IN 3 \
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" count=3 proto=tcp src=10.0.0.10 dst=10.2.0.10 dport=80
must vr peering del pcx
must vr -b - <<-END
	peering add pcx vpc my peer-vpc far
	peering accept pcx
	route replace my/net 10.2.0.0/16 peering pcx
	route replace far/net 10.0.0.0/16 peering pcx
END
check "SG-7: a new peering makes the rule count again" http_source "$WEB" 10.2.0.10 10.0.0.20

# Prefix lists
must vr prefix-list add friends max-entries 5 entry 10.0.0.10/32
check "SG-3, PFX-7: allow a prefix list" \
	rules my/web "ingress protocol tcp port 300-310 prefix-list friends"
check "SG-3: who is on it" sees 3 "10.0.0.20.300: Flags \[S\]" "$WEB" "tcp" syn 300
check "PFX-9: the list changes" vr prefix-list set friends remove 10.0.0.10/32 add 10.0.0.30/32
check "PFX-9: and so does who gets in" reason_rises "$CLIENT" $IN 3 syn 301
check "PFX-9: to the other" sees 3 "10.0.0.20.302: Flags \[S\]" "$WEB" "tcp" syn 302 "$PEER" 10.0.0.30

# Tracked and untracked
must rules my/web "ingress protocol tcp port 7 cidr 10.0.0.10/32"
check "SG-11: a flow that an address may" flow_start tracked "$CLIENT" 10.0.0.20
check "SG-11: its rule goes" unrule my/web "ingress protocol tcp port 7 cidr 10.0.0.10/32"
check "SG-11: it goes on" flow_goes_on tracked
check "SG-11: a new one does not begin" reason_rises "$CLIENT" $IN 3 syn 7
must rules my/web "ingress protocol tcp port 320 cidr 10.0.0.10/32"
check "SG-11: a connection that is refused" sees 3 "10.0.0.20.320: Flags \[S\]" "$WEB" "tcp" syn 320
must unrule my/web "ingress protocol tcp port 320 cidr 10.0.0.10/32"
check "SG-11: without its rule another one from the same port does not begin" \
	reason_rises "$CLIENT" $IN 3 syn 320
must rules my/web "ingress protocol tcp port 7 cidr 0.0.0.0/0"
check "SG-10: a flow that everybody may" flow_start open "$CLIENT" 10.0.0.20
check "SG-10: its rule goes, and so does the flow" cut_by open "$CLIENT" $IN \
	unrule my/web "ingress protocol tcp port 7 cidr 0.0.0.0/0"
check "SG-11: the tracked one still goes on" flow_goes_on tracked
check "SG-10: the rule comes back" rules my/web "ingress protocol tcp port 7 cidr 0.0.0.0/0"
check "SG-10: and with it the flow" flow_goes_on open
check "SG-10: the answers are no longer for everybody" unrule my/web "egress cidr 0.0.0.0/0"
check "SG-10: so that it is tracked from its next packet" flow_goes_on open
must rules my/web "egress protocol tcp port 1-65535 cidr 0.0.0.0/0"
check "SG-10: with a port less a flow is tracked" flow_start narrow "$CLIENT" 10.0.0.20
must unrule my/web "ingress protocol tcp port 7 cidr 0.0.0.0/0"
check "SG-11: and goes on without its rule" flow_goes_on narrow
check "SG-11: as does the one that is tracked now" flow_goes_on open
must flow_stop open
must rules my/web "egress cidr 0.0.0.0/0"
check "SG-11, SG-17: with no group that allows it, too" wear "$WEB" my/ping
check "SG-11: it goes on" flow_goes_on narrow
must wear "$WEB" my/web
must flow_stop narrow
must flow_stop tracked

# What tracks a flow later than at its first packet
ask() {
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" src=10.0.0.10 dst=10.0.0.20 sport=40000 dport=300
}
answer() {
	frame "$WEB" eth0 dmac="$ROUTER_MAC" count=3 src=10.0.0.20 dst=10.0.0.10 sport=300 dport=40000
}
must rules my/web "ingress protocol udp port 300 cidr 0.0.0.0/0"
check "SG-10: an untracked question" sees 1 "> 10.0.0.20.300: UDP" "$WEB" "udp" ask
check "SG-10: its answers" sees 3 "> 10.0.0.10.40000: UDP" "$CLIENT" "udp" answer
must unrule my/web "egress cidr 0.0.0.0/0"
check "SG-10: without their rule they stay away" reason_rises "$WEB" $OUT 3 answer
check "SG-9: a question that is tracked now" sees 1 "> 10.0.0.20.300: UDP" "$WEB" "udp" ask
check "SG-9: brings its answers back" sees 3 "> 10.0.0.10.40000: UDP" "$CLIENT" "udp" answer
must rules my/web "egress cidr 0.0.0.0/0"

# The responder alone goes on, and its rule tracks the flow from then on.
ask2() {
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" src=10.0.0.10 dst=10.0.0.20 sport=40001 dport=300
}
answer2() {
	frame "$WEB" eth0 dmac="$ROUTER_MAC" count=3 src=10.0.0.20 dst=10.0.0.10 sport=300 dport=40001
}
check "SG-10: another untracked question" sees 1 "> 10.0.0.20.300: UDP" "$WEB" "udp" ask2
check "SG-10: and answers" sees 3 "> 10.0.0.10.40001: UDP" "$CLIENT" "udp" answer2
must unrule my/web "egress cidr 0.0.0.0/0"
check "SG-10: which need a rule" reason_rises "$WEB" $OUT 3 answer2
must rules my/web "egress protocol udp cidr 10.0.0.10/32"
check "SG-11: that of an address tracks the flow" sees 3 "> 10.0.0.10.40001: UDP" "$CLIENT" "udp" answer2
must unrule my/web "egress protocol udp cidr 10.0.0.10/32"
check "SG-11: though nobody asks again, it goes on without the rule" \
	sees 3 "> 10.0.0.10.40001: UDP" "$CLIENT" "udp" answer2
must rules my/web "egress cidr 0.0.0.0/0"
must unrule my/web "ingress protocol udp port 300 cidr 0.0.0.0/0"

# A reference by way of an appliance: who joins the group is none of the interfaces on the way.
to_db() {
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" count=3 src=10.0.0.10 dst=10.0.1.10 sport=40002 dport=9
}
must vr security-group add my/sinks
must rules my/out "egress cidr 0.0.0.0/0" "ingress protocol udp cidr 0.0.0.0/0"
must wear "$CLIENT" my/out
must wear "$FORWARDER" my/web
must rules my/web "ingress protocol udp port 9 cidr 10.0.0.0/24"
must vr route add my/net 10.0.1.0/24 eni "$FORWARDER"
check "SG-10: a flow by way of an appliance" sees 3 "> 10.0.1.10.9: UDP" "$FORWARDER" "udp" to_db
must unrule my/out "egress cidr 0.0.0.0/0"
must rules my/out "egress protocol udp group my/sinks"
check "SG-6: which may go to a group that its destination is not in" \
	reason_rises "$CLIENT" $OUT 3 to_db
check "SG-6: until it joins" wear "$DB" my/db my/sinks
check "SG-6: the next packet passes" sees 3 "> 10.0.1.10.9: UDP" "$FORWARDER" "udp" to_db
must vr route del my/net 10.0.1.0/24
must wear "$DB" my/db
must wear "$CLIENT" my/default
must wear "$FORWARDER" my/default
must unrule my/out "ingress protocol udp cidr 0.0.0.0/0" "egress protocol udp group my/sinks"
must unrule my/web "ingress protocol udp port 9 cidr 10.0.0.0/24"

# The way to somebody leads by an appliance from now on, the answers come as they did: whose answers
# they are tells the tuple. The frames are UDP to and from port 9 of db.
by_db() { # by_db INSTANCE PORT: to there, as the client sends it, or the appliance after it
	frame "$1" eth0 dmac="$(router_mac "$1")" count=3 src=10.0.0.10 dst=10.0.1.10 sport="$2" dport=9
}
db_answers() { # db_answers PORT
	frame "$DB" eth0 dmac="$(router_mac "$DB")" count=3 src=10.0.1.10 dst=10.0.0.10 sport=9 dport="$1"
}
must rules my/db "ingress protocol udp port 9 cidr 10.0.0.0/24"
must rules my/web "ingress protocol udp port 9 cidr 10.0.0.0/24"
must wear "$DB" my/db
must wear "$MID" my/web
for port in 40005 40006; do
	must sees 3 "10.0.0.10.$port > 10.0.1.10.9: UDP" "$DB" "udp" by_db "$CLIENT" $port
	check "SG-9: a flow to a database, answered" \
		sees 3 "> 10.0.0.10.$port: UDP" "$CLIENT" "udp" db_answers $port
done
must vr route add my/net 10.0.1.0/24 eni "$MID"
check "RT-29: its next packet goes to an appliance" \
	sees 3 "10.0.0.10.40005 > 10.0.1.10.9: UDP" "$MID" "udp" by_db "$CLIENT" 40005
check "SG-11: the answers come as before" \
	sees 3 "> 10.0.0.10.40005: UDP" "$CLIENT" "udp" db_answers 40005
check "RT-30: the appliance forwards it" \
	sees 3 "10.0.0.10.40005 > 10.0.1.10.9: UDP" "$DB" "udp" by_db "$MID" 40005
check "SG-11: the answers to that are the client's" \
	sees 3 "> 10.0.0.10.40005: UDP" "$CLIENT" "udp" db_answers 40005
check "RT-30: the appliance alone goes on with another flow" \
	sees 3 "10.0.0.10.40006 > 10.0.1.10.9: UDP" "$DB" "udp" by_db "$MID" 40006
check "SG-11: whose answers are the client's, too" \
	sees 3 "> 10.0.0.10.40006: UDP" "$CLIENT" "udp" db_answers 40006
check "SG-9: what the appliance asks in the client's name alone" \
	sees 3 "10.0.0.10.40007 > 10.0.1.10.9: UDP" "$DB" "udp" by_db "$MID" 40007
check "SG-9: brings the client nothing" reason_rises "$DB" $IN 3 db_answers 40007
must vr route del my/net 10.0.1.0/24

# By a NAT gateway from now on: for the receiver it is another flow.
must sees 3 "10.0.0.10.40008 > 10.0.1.10.9: UDP" "$DB" "udp" by_db "$CLIENT" 40008
must vr nat-gateway add quiet subnet my/mid connectivity-type private address 10.0.2.50
must vr route add my/net 10.0.1.0/24 nat-gateway quiet
nothing_arrives "SG-9: a flow that the receiver knows, in another's name" "$DB" eth0 "udp" \
	"$CLIENT" $IN 3 "by_db $MID 40009" "by_db $CLIENT 40008"
must rules my/db "ingress protocol udp port 9 cidr 10.0.2.50/32"
check "SG-1: which a rule may allow" \
	sees 3 "10\.0\.2\.50\.[0-9]+ > 10\.0\.1\.10\.9: UDP" "$DB" "udp" by_db "$CLIENT" 40008
must unrule my/db "ingress protocol udp port 9 cidr 10.0.2.50/32"
must vr route del my/net 10.0.1.0/24
must vr nat-gateway del quiet
must wear "$MID" my/default
must unrule my/db "ingress protocol udp port 9 cidr 10.0.0.0/24"
must unrule my/web "ingress protocol udp port 9 cidr 10.0.0.0/24"

# How long a flow is known
expires() { # expires PROTOCOL-NUMBER LEAST MOST: the longest that a session of the client's has left
	vr -j session show eni "$CLIENT" | "$PYTHON" -c '
import json, sys
proto, least, most = (int(word) for word in sys.argv[1:])
left = max([s["expires"] for s in json.load(sys.stdin) if s["protocol"] == proto] or [-1])
assert least <= left <= most, "%d seconds" % left' "$@"
}
forget() { # every session of the client's
	local id

	for id in $(vr session show eni "$CLIENT" | awk '{ print $1 }'); do
		end_session "$id" || return
	done
}
must forget
check "SG-14: a connection" flow_start long "$CLIENT" "$INET_HOST"
check "SG-14: may be idle for five days" expires 6 431000 432000
check "SG-14: or a minute, if its interface says so" \
	vr eni set "$CLIENT" tcp-established-timeout 60
check "SG-14: which goes for it at once" expires 6 50 60
question() {
	frame "$CLIENT" eth0 dmac="$ROUTER_MAC" src=10.0.0.10 dst=10.0.0.30 sport=40003 dport=300
}
answer3() {
	frame "$PEER" eth0 dmac="$ROUTER_MAC" src=10.0.0.30 dst=10.0.0.10 sport=300 dport=40003
}
check "SG-14: a UDP question" sees 1 "> 10.0.0.30.300: UDP" "$PEER" "udp" question
check "SG-14: half a minute" expires 17 20 30
must vr eni set "$CLIENT" udp-timeout 60 udp-stream-timeout 90
check "SG-14: the sooner of its interfaces counts" expires 17 20 30
must vr eni set "$PEER" udp-timeout 50
check "SG-14: longer if both say so" expires 17 40 50
check "SG-14: its answer" sees 1 "> 10.0.0.10.40003: UDP" "$CLIENT" "udp" answer3
check "SG-14: makes no stream yet" expires 17 40 50
check "SG-14: but another question" sees 1 "> 10.0.0.30.300: UDP" "$PEER" "udp" question
check "SG-14: does" expires 17 80 90
check "SG-14: of two interfaces the sooner counts" flow_start both "$CLIENT" 10.0.0.30
must flow_stop long
must vr eni set "$CLIENT" tcp-established-timeout 432000
must vr eni set "$PEER" tcp-established-timeout 350
check "SG-14: whichever of them it is" expires 6 340 350
must flow_stop both
config_mark
for seconds in 59 432001; do
	refused "SG-14: not $seconds seconds" "must be 60 to 432000" \
		vr eni set "$CLIENT" tcp-established-timeout $seconds
done
for limit in udp-timeout=29 udp-timeout=61 udp-stream-timeout=59 udp-stream-timeout=181; do
	refused "SG-14: not $limit seconds" "out of range" \
		vr eni set "$CLIENT" "${limit%=*}" "${limit#*=}"
done
must vr eni set "$CLIENT" udp-timeout 30 udp-stream-timeout 180

# ICMP errors
must rules my/web "ingress protocol udp cidr 10.0.0.10/32"
check "SG-16: an error about a tracked flow comes back" udp_refused "$CLIENT" 10.0.0.20 $CLOSED
must wear "$CLIENT" my/out
must rules my/out "egress cidr 0.0.0.0/0" "ingress protocol udp cidr 0.0.0.0/0"
check "SG-10, SG-16: of an untracked one it is judged by the rules" \
	reason_rises "$WEB" $IN 1 is_false udp_refused "$CLIENT" 10.0.0.20 $CLOSED
must rules my/out "ingress protocol icmp cidr 10.0.0.20/32"
check "SG-16: which may allow it" udp_refused "$CLIENT" 10.0.0.20 $CLOSED
must wear "$CLIENT" my/default

# By public addresses
must rules my/web "ingress protocol tcp port 80 cidr $INET_GATEWAY/32"
check "IGW-2: the rule names the internet's address" http_source "$INET" 203.0.113.20 "$INET_GATEWAY"
nothing_arrives "IGW-7: in the VPC by its public address a private one does not count" \
	"$WEB" eth0 "$SYNS" "$CLIENT" $IN 3 "http $CLIENT 10.0.0.20" \
	"frame $CLIENT eth0 dmac=$ROUTER_MAC count=3 proto=tcp src=10.0.0.10 dst=203.0.113.20 dport=80"

# By a gateway endpoint
must add_s3_endpoint s3ep my my/net
must vr security-group add my/s3
must unrule my/s3 "egress cidr 0.0.0.0/0"
must wear "$CLIENT" my/s3
nothing_arrives "GWE-16: the client's group must allow it" "$S3" eth0 "icmp" "$CLIENT" $OUT 3 \
	"ping_ok $PEER $S3_HOST" "ping_fails $CLIENT $S3_HOST"
check "GWE-16: by its list" rules my/s3 "egress prefix-list s3"
check "GWE-16: then it passes" http_source "$CLIENT" "$S3_HOST" 10.0.0.10
check "GWE-16: and only there" reason_rises "$CLIENT" $OUT 3 ping_fails "$CLIENT" "$INET_HOST"

# What is tracked whatever the rules say
must unrule my/s3 "egress prefix-list s3"
must rules my/s3 "egress cidr 0.0.0.0/0" "ingress cidr 0.0.0.0/0"
check "SG-10: a flow to S3 that everybody may" flow_start s3 "$CLIENT" "$S3_HOST"
check "SG-10: is cut with its rule" cut_by s3 "$CLIENT" $OUT unrule my/s3 "egress cidr 0.0.0.0/0"
must flow_stop s3
must vr -b - <<-END
	endpoint del s3ep
	service del $S3_SERVICE
END
must vr -b - <<-END
	service add com.amazonaws.ap-northeast-2.dynamodb type gateway prefix-list s3 dev s3 gateway $S3_GATEWAY
	endpoint add ddb vpc my service com.amazonaws.ap-northeast-2.dynamodb route-table my/net
END
must rules my/s3 "egress cidr 0.0.0.0/0"
check "SG-13, GWE-20: one to DynamoDB" flow_start ddb "$CLIENT" "$S3_HOST"
must unrule my/s3 "egress cidr 0.0.0.0/0"
check "SG-13, GWE-20: is always tracked and goes on" flow_goes_on ddb
check "SG-13: a new one does not begin" reason_rises "$CLIENT" $OUT 3 ping_fails "$CLIENT" "$S3_HOST"
must flow_stop ddb

finish
