#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Gateway route tables: what comes in by an internet gateway meets an appliance first.
#
#   internet --- IGW --- my/mid 10.0.1.0/24: appliance .10 (203.0.113.11), no source-dest-check,
#                 |                                   forwards; spare .11
#                 +----- my/app 10.0.0.0/24: web .10 (203.0.113.10), default route to the appliance
#
# my/edge is the gateway's table: 10.0.0.0/24 -> appliance.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

WEB=we-$SUFFIX
MID=mi-$SUFFIX
SPARE=sp-$SUFFIX
WEB_EIP=203.0.113.10
MID_EIP=203.0.113.11

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/app cidr 10.0.0.0/24
		subnet add my/mid cidr 10.0.1.0/24
		route-table add my/app
		route-table add my/edge
		route-table add my/wide
		route-table associate my/app subnet my/app
		igw add my-igw vpc my uplink inet
		igw add loose-igw uplink inet
		route add my/main 0.0.0.0/0 igw my-igw
		route add my/wide 198.18.0.0/15 igw my-igw
		prefix-list add nets entry 10.0.0.0/24
		vpc add other cidr 10.8.0.0/16
		route-table add other/edge
	END
	add_instance "$WEB" my/app 10.0.0.10 && add_eip "$WEB_EIP" "$WEB" && add_server "$WEB" &&
	add_instance "$MID" my/mid 10.0.1.10 source-dest-check off && add_eip "$MID_EIP" "$MID" &&
	add_server "$MID" &&
	add_instance "$SPARE" my/mid 10.0.1.11 source-dest-check off &&
	tester forwarding "$MID" &&
	vr route add my/app 0.0.0.0/0 eni "$MID"
}

# by_appliance TIMES CMD...: CMD works, and the appliance sees each echo request so often
by_appliance() {
	local times=$1 rc=0

	shift
	taps=$((taps + 1))
	cap_start "mid$taps" "$MID" eth0 "icmp" || return
	"$@" || rc=1
	cap_stop "mid$taps" || rc=1
	cap_count "mid$taps" 0 "> 10\.0\.0\.10: ICMP echo request" $((3 * times)) || rc=1
	cap_count "mid$taps" 0 "10\.0\.0\.10 > .*: ICMP echo reply" $((3 * times)) || rc=1
	return "$rc"
}

assoc_id() { # assoc_id: of the gateway's association
	vr association show | grep -F gateway | grep -oE 'rtbassoc-[0-9a-f]+'
}

must add_router
must add_internet
must build
must ping_ok "$INET" "$MID_EIP"

# What may be a gateway's table
config_mark
refused "RT-6: the main table is none" "main route table" \
	vr route-table associate my/main gateway my-igw
refused "RT-7: nor one that leads beyond the VPC" "leads to network interfaces only" \
	vr route-table associate my/wide gateway my-igw
refused "RT-6: a gateway that is not attached" "not attached" \
	vr route-table associate my/edge gateway loose-igw
refused "RT-6: a table of another VPC" "another vpc" \
	vr route-table associate other/edge gateway my-igw
must vr route replace my/wide 198.18.0.0/15 eni "$MID"
config_mark
refused "RT-7: nor one beyond it to an interface" "no routes beyond the vpc" \
	vr route-table associate my/wide gateway my-igw
must vr route del my/wide 198.18.0.0/15
must vr route add my/wide nets eni "$MID"
config_mark
refused "RT-7, PFX-7: nor one with a prefix list" "takes no prefix lists" \
	vr route-table associate my/wide gateway my-igw
must vr route del my/wide nets

# Local
check "RT-6: a table for what comes in by the gateway" \
	vr route-table associate my/edge gateway my-igw
check "RT-6: as the association shows" grep -qE "gateway igw-" <(vr association show "$(assoc_id)")
check "RT-6: which is not the main one" grep -q "main off" <(vr association show "$(assoc_id)")
check "IGW-9: it leads to the instance" by_appliance 0 ping_all "$INET" "$MID_EIP"
check "IGW-9: whose replies go by its own subnet's table" \
	reason_rises "$MID" igw-in-packets 3 ping_all "$INET" "$MID_EIP"

# What it may hold
config_mark
refused "RT-3: an associated table is not deleted" "has 1 associations" vr route-table del my/edge
refused "RT-2: a gateway has one table" 'associated with route table "edge"' \
	vr route-table associate my/wide gateway my-igw
refused "RT-6: it does not become main" "cannot be the main one" vr route-table main my/edge
refused "RT-7: it takes no route to a gateway" "leads to network interfaces only" \
	vr route add my/edge 10.0.0.0/24 igw my-igw
refused "RT-7: none beyond the VPC" "no routes beyond the vpc" \
	vr route add my/edge 198.18.0.0/15 eni "$MID"
refused "RT-7: none that is wider" "no routes beyond the vpc" \
	vr route add my/edge 10.0.0.0/8 eni "$MID"
refused "RT-7: no part of a subnet" "only whole subnets" \
	vr route add my/edge 10.0.0.0/25 eni "$MID"
refused "RT-7, PFX-7: no prefix list" "takes no prefix lists" \
	vr route add my/edge nets eni "$MID"

# By the appliance, and back
check "RT-7: a whole subnet to an interface" vr route add my/edge 10.0.0.0/24 eni "$MID"
must ping_ok "$INET" "$WEB_EIP"
check "IGW-9, RT-6: requests and replies pass the appliance, in and out again" \
	by_appliance 2 ping_all "$INET" "$WEB_EIP"
check "IGW-9: TCP, too; the server sees the client" \
	http_source "$INET" "$WEB_EIP" "$INET_GATEWAY"
check "IGW-9: and out, by the appliance and the server's own address" \
	http_source "$WEB" "$INET_HOST" "$WEB_EIP"
must ip -n "$MID" route add prohibit 10.0.0.10
check "IGW-13: an error of the appliance's has its address, and quotes the instance's" \
	sees 1 '203\.0\.113\.11 > 203\.0\.113\.1: ICMP host 203\.0\.113\.10 unreachable' \
	"$INET" "icmp[icmptype] == icmp-unreach" frame "$INET" eth0 proto=icmp \
	dmac="$(mac_of "$R" uplink)" src="$INET_GATEWAY" dst="$WEB_EIP"
must ip -n "$MID" route del prohibit 10.0.0.10
check "IGW-9: what is for the appliance itself is not led astray" \
	http_source "$INET" "$MID_EIP" "$INET_GATEWAY"

# Who may be in between
nothing_arrives "RT-8: an appliance needs a public address" \
	"$WEB" eth0 "icmp[0] == 8" inet no-public-address 3 \
	"ping_ok $INET $WEB_EIP" \
	"vr route replace my/edge 10.0.0.0/24 eni $SPARE; ping_fails $INET $WEB_EIP"
must vr route replace my/edge 10.0.0.0/24 eni "$MID"
nothing_arrives "ENI-6, RT-8: and must take what is not its own" \
	"$WEB" eth0 "icmp[0] == 8" inet destination-check 3 \
	"ping_ok $INET $WEB_EIP" \
	"vr eni set $MID source-dest-check on; ping_fails $INET $WEB_EIP"
must vr eni set "$MID" source-dest-check off
nothing_arrives "RT-8: and be there" \
	"$WEB" eth0 "icmp[0] == 8" inet port-down 3 \
	"ping_ok $INET $WEB_EIP" \
	"ip -n $R link set v-$MID down; ping_fails $INET $WEB_EIP"
must ip -n "$R" link set "v-$MID" up
must ping_ok "$INET" "$WEB_EIP"
check "RT-11: the whole VPC to the appliance" vr -b - <<-END
	route del my/edge 10.0.0.0/24
	route replace my/edge 10.0.0.0/16 eni $MID
END
check "RT-7, RT-11: works as well" by_appliance 2 ping_all "$INET" "$WEB_EIP"

# Another table, none
check "RT-4: another table takes its place" vr association set "$(assoc_id)" route-table my/wide
nothing_arrives "RT-4: at once, past the appliance: its session does not know the reply" \
	"$INET" eth0 "icmp[0] == 0" "$WEB" reply-path 3 \
	"ping_ok $INET $MID_EIP" "ping_fails $INET $WEB_EIP"
check "RT-4: back, by the gateway's name" vr association set my-igw route-table my/edge
check "RT-4: and by the appliance again" by_appliance 2 ping_all "$INET" "$WEB_EIP"
check "RT-6: no table" vr route-table disassociate gateway my-igw
config_mark
refused "RT-6: there is none to take away" "no association of its own" \
	vr route-table disassociate gateway my-igw
check "RT-3: now it can be deleted" vr route-table del my/edge
must vr route replace my/app 0.0.0.0/0 igw my-igw
check "IGW-9: what comes in is delivered again" by_appliance 0 ping_all "$INET" "$WEB_EIP"

# The gateway goes
must vr route-table associate my/wide gateway my-igw
must vr eip disassociate "$WEB_EIP"
must vr eip disassociate "$MID_EIP"
check "RT-6: a gateway that goes takes its association along" vr igw detach my-igw
check "RT-6: nothing is left of it" equals "$(assoc_id)" ""
check "RT-3: its table can be deleted" vr route-table del my/wide

finish
