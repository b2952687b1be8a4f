#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Route tables, prefix lists and gateways: who is under which table, how much fits in, which of
# two equal lists wins.
#
#   my/app   10.0.0.0/24, table my/app: client .10
#   my/mid   10.0.1.0/24: m1 .10 (203.0.113.11), m2 .11, both with source-dest-check off
#   my/plain 10.0.2.0/24, no table of its own: plain .10
#   my/main: 0.0.0.0/0 -> IGW

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
M1=m1-$SUFFIX
M2=m2-$SUFFIX
PLAIN=pl-$SUFFIX
M1_EIP=203.0.113.11

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16 region ap-northeast-2
		subnet add my/app cidr 10.0.0.0/24 zone ap-northeast-2a
		subnet add my/mid cidr 10.0.1.0/24 zone ap-northeast-2a
		subnet add my/plain cidr 10.0.2.0/24 zone ap-northeast-2a
		route-table add my/app
		route-table add my/count
		igw add my-igw vpc my uplink inet
		route add my/main 0.0.0.0/0 igw my-igw
		vpc add two cidr 10.0.0.0/16
		route-table add two/net
		igw add two-igw uplink inet
	END
	add_instance "$CLIENT" my/app 10.0.0.10 &&
	add_instance "$M1" my/mid 10.0.1.10 source-dest-check off &&
	add_instance "$M2" my/mid 10.0.1.11 source-dest-check off &&
	add_instance "$PLAIN" my/plain 10.0.2.10 &&
	add_eip "$M1_EIP" "$M1" &&
	add_ns "d-$SUFFIX" &&
	add_veth "$R" spare "d-$SUFFIX" eth0
}

id_in() { # id_in TEXT PREFIX: the first id of that kind
	grep -oE "$2-[0-9a-f]+" <<<"$1" | head -n 1
}

# association KEY ID [PATTERN]: the id of the association with that
association() {
	id_in "$(vr association show | grep -E "$1 $2\b.*${3:-}")" rtbassoc
}

main_association() { # main_association TABLE
	association route-table "$(id_in "$(vr -j route-table show "$1")" rtb)" "main on"
}

app_association() {
	association subnet "$(id_in "$(vr -j subnet show my/app)" subnet)"
}

main_table() { # main_table TABLE: it is the main one
	equals "$(id_in "$(vr -j vpc show my)" rtb)" "$(id_in "$(vr -j route-table show "$1")" rtb)"
}

no_public() { # no_public NAMESPACE: the gateway is asked, which wants a public address
	reason_rises "$1" no-public-address 3 ping_fails "$1" "$INET_HOST"
}

no_route() { # no_route NAMESPACE
	reason_rises "$1" no-route 3 ping_fails "$1" "$INET_HOST"
}

not_understood() { # not_understood CMD...: vpcctl has no such words
	"$@"
	equals $? 1 && config_unchanged
}

# chosen WINNER LOSER DESTINATION: what the client sends there comes to one alone
chosen() {
	local rc=0

	taps=$((taps + 1))
	cap_start "win$taps" "$1" eth0 "icmp" && cap_start "lose$taps" "$2" eth0 "icmp" || return
	ping_fails "$CLIENT" "$3" || rc=1
	cap_stop "win$taps" && cap_stop "lose$taps" || rc=1
	cap_count "win$taps" 0 "10\.0\.0\.10 > ${3//./\\.}: ICMP echo request" 3 || rc=1
	expect_capture_empty "lose$taps" 0 || rc=1
	return "$rc"
}

must add_router
must add_internet
must add_s3
must build
config_mark

# Who is under which table
check "RT-2: one table for two subnets" vr -b - <<-END
	route-table associate my/app subnet my/app
	route-table associate my/app subnet my/plain
END
config_mark
refused "RT-2: a second association of a subnet" 'associated with route table "app"' \
	vr route-table associate my/count subnet my/app
refused "RT-2: nor the same once more" 'associated with route table "app"' \
	vr route-table associate my/app subnet my/app
check "RT-2: a subnet is under it" no_route "$PLAIN"
check "RT-2: take it away" vr route-table disassociate subnet my/plain
check "RT-1: then the main table counts" no_public "$PLAIN"
check "RT-2: associate a subnet with the main table" \
	vr route-table associate my/main subnet my/mid
check "RT-2: it uses it" http_source "$M1" "$INET_HOST" "$M1_EIP"
must vr route-table main my/count
old=$(main_association my/count)
check "RT-1, RT-4: another table becomes main" main_table my/count
check "RT-1: a subnet that has none follows" no_route "$PLAIN"
check "RT-2: a subnet with the old one stays" http_source "$M1" "$INET_HOST" "$M1_EIP"
must vr association set "$old" route-table my/main
new=$(main_association my/main)
check "RT-4: replacing the main association changes the main table" main_table my/main
check "RT-4: the new one has an id" test -n "$new"
check_not "RT-4: of its own" equals "$new" "$old"
check "RT-4: subnets follow" no_public "$PLAIN"
config_mark
refused "RT-4: the main association cannot be removed" "main association cannot be removed" \
	vr association del "$new"
refused "RT-4: the old one is gone" "not found" vr association del "$old"

check "RT-4: a subnet's association is replaced" vr association set my/app route-table my/main
check "RT-4: packets follow" no_public "$CLIENT"
old=$(app_association)
check "RT-4: and back, by its id" vr association set "$old" route-table my/app
check "RT-4: packets follow again" no_route "$CLIENT"
new=$(app_association)
check "RT-4: by a new one" test -n "$new"
check_not "RT-4: with an id of its own" equals "$new" "$old"
check "RT-4: which it is found by" grep -q "$new" <(vr association show "$new")
config_mark
refused "RT-4: not by the old one" "not found" vr association set "$old" route-table my/main

# One target
check "RT-25: a route to one target" vr route add my/app 198.18.9.0/24 igw my-igw
check "RT-28: made by hand" grep -qE ' active create-route$' <(vr route get my/app 198.18.9.0/24)
config_mark
check "RT-25: not to two" not_understood vr route add my/app 198.18.8.0/24 igw my-igw eni "$M1"
check "RT-25: nor to none" not_understood vr route add my/app 198.18.8.0/24
check "RT-25: another target" vr route replace my/app 198.18.9.0/24 eni "$M1"
check "RT-25: takes the place of the first" \
	equals "$(vr route show my/app | grep -F 198.18.9.0/24 | grep -oE '(igw|eni)-')" eni-
check "RT-25: packets go there" chosen "$M1" "$M2" 198.18.9.1

# Two lists with the same entry
check "RT-18d: two lists with an equal entry" vr -b - <<-END
	prefix-list add first max-entries 3 entry 198.18.5.0/24 entry 198.18.6.0/24
	prefix-list add second max-entries 3 entry 198.18.5.0/24
	route add my/app first eni $M1
	route add my/app second eni $M2
END
first=$(id_in "$(vr -j prefix-list show first)" pl)
second=$(id_in "$(vr -j prefix-list show second)" pl)
if [[ $first < $second ]]; then
	winner=$M1 loser=$M2 later=second
else
	winner=$M2 loser=$M1 later=first
fi
check "PFX-7: a route to a list of one's own" chosen "$M1" "$M2" 198.18.6.1
check "PFX-7: what it does not have goes elsewhere" \
	reason_rises "$CLIENT" no-route 3 ping_fails "$CLIENT" 198.18.7.1
check "RT-18d: the lower id wins" chosen "$winner" "$loser" 198.18.5.1
check "RT-18d: the routes come in the other order" vr -b - <<-END
	route del my/app first
	route del my/app second
	route add my/app second eni $M2
	route add my/app first eni $M1
END
check "RT-18d: the lower id wins again" chosen "$winner" "$loser" 198.18.5.1
check "RT-18d: a longer entry" vr prefix-list set "$later" add 198.18.5.0/25
check "RT-17, RT-18d: beats the lower id" chosen "$loser" "$winner" 198.18.5.1
check "RT-18d: but for what it does not have" chosen "$winner" "$loser" 198.18.5.129
config_mark
refused "RT-19: the same list twice" 'prefix list "first" exists already' \
	vr route add my/app first igw my-igw
refused "PFX-4: a list with a route" "used by" vr prefix-list del first

# How much fits in; local routes do not count.
check "RT-9: 500 routes if nothing else is said" \
	equals "$(number value limits routes-per-route-table)" 500
config_mark
check "RT-9: four tables at most" vr limits set route-tables-per-vpc 4
check "RT-9: a fourth, the main one counts" vr route-table add my/fourth
config_mark
refused "RT-9: a fifth table" "limit of 4 route tables per vpc" vr route-table add my/fifth
check "RT-9: another VPC has its own" vr route-table add two/fourth
check "RT-9, PFX-3: a list of three entries at most and one route of four fill a table" vr -b - <<-END
	limits set routes-per-route-table 4
	prefix-list add three max-entries 3 entry 192.0.2.0/24
	prefix-list add two max-entries 2
	prefix-list add com.amazonaws.ap-northeast-2.dynamodb owner AWS entry 192.0.2.0/25
	route add my/count three igw my-igw
	route add my/count 198.18.1.0/24 igw my-igw
END
config_mark
refused "RT-9: a fifth route" "limit of 4 routes per route table" \
	vr route add my/count 198.18.2.0/24 igw my-igw
refused "PFX-3: the list cannot grow where it is used" "limit of 4 routes per route table" \
	vr prefix-list set three max-entries 4
refused "PFX-3: nor with other changes" "limit of 4 routes per route table" \
	vr prefix-list set three max-entries 4 add 198.18.3.0/24
check "RT-9: a route in place of another" vr -b - <<-END
	route del my/count 198.18.1.0/24
	route add my/count 198.18.2.0/24 igw my-igw
	route replace my/count 198.18.2.0/24 eni $M1
END
check "PFX-3: with room the list grows" vr -b - <<-END
	route del my/count 198.18.2.0/24
	prefix-list set three max-entries 4
END
check "PFX-3, PFX-6: one more place" vr limits set routes-per-route-table 5
config_mark
refused "PFX-3: a list of two does not fit" "limit of 5 routes per route table" \
	vr route add my/count two igw my-igw
check "PFX-6: one of AWS's does, it counts as one" \
	vr route add my/count com.amazonaws.ap-northeast-2.dynamodb igw my-igw
config_mark
refused "PFX-6: not as none" "limit of 5 routes per route table" \
	vr route add my/count 198.18.2.0/24 igw my-igw
check "PFX-5: lists of three entries at most" vr limits set entries-per-prefix-list 3
config_mark
refused "PFX-5: one of four" "max-entries is above the limit of 3" \
	vr prefix-list add x max-entries 4
refused "PFX-5: four entries without a word" "max-entries is above the limit of 3" vr prefix-list add x \
	entry 192.0.2.0/28 entry 192.0.2.16/28 entry 192.0.2.32/28 entry 192.0.2.48/28
refused "PFX-5: nor later" "max-entries is above the limit of 3" vr prefix-list set two max-entries 4
check "PFX-5: three are fine" vr prefix-list add x max-entries 3 \
	entry 192.0.2.0/28 entry 192.0.2.16/28 entry 192.0.2.32/28
check "RT-9: more room again" vr limits set routes-per-route-table 500

# Gateways
config_mark
refused "IGW-1: a gateway for a second VPC" 'attached to vpc "my"' vr igw attach my-igw vpc two
check "IGW-1: the second one gets its own" vr igw attach two-igw vpc two
config_mark
refused "IGW-1: which is not for the first" 'attached to vpc "two"' vr igw attach two-igw vpc my
M1_ROUTER=$(router_mac "$M1")
for src in 192.0.2.55 203.0.113.77 10.0.0.99; do
	nothing_arrives "IGW-13b: a forwarder sends for $src, which no interface has" \
		"$INET" eth0 "udp and dst host $INET_HOST" "$M1" no-public-address 3 \
		"frame $M1 eth0 dmac=$M1_ROUTER src=10.0.1.10 dst=$INET_HOST" \
		"frame $M1 eth0 dmac=$M1_ROUTER count=3 src=$src dst=$INET_HOST"
done
check "IGW-13b: for itself it may, by its public address" \
	sees 3 "203\.0\.113\.11\.[0-9]+ > 198\.51\.100\.7" "$INET" "udp and dst host $INET_HOST" \
	frame "$M1" eth0 dmac="$M1_ROUTER" count=3 src=10.0.1.10 dst="$INET_HOST"

# Endpoints
check "GWE-1: an endpoint without a type" \
	vr endpoint add s3ep vpc my service "$S3_SERVICE" route-table my/app
check "GWE-1: is a gateway" grep -q 'type gateway' <(vr endpoint show s3ep)
check "GWE-4: of IPv4" grep -qE 'ip-address-type ipv4( |$)' <(vr endpoint show s3ep)
check "GWE-1: and works" http_source "$CLIENT" "$S3_HOST" 10.0.0.10
check "GWE-17: a service of another Region, and two endpoints at most" vr -b - <<-END
	prefix-list add far entry 198.18.77.0/24
	service add far type gateway prefix-list far dev spare gateway 198.18.77.1/24 region us-east-1
	limits set gateway-endpoints-per-vpc 2
END
config_mark
for family in ipv6 dualstack; do
	refused "GWE-4: one of $family" "must be ipv4: a gateway service has no ipv6 list" \
		vr endpoint add x vpc my service "$S3_SERVICE" ip-address-type $family
done
check "GWE-4: there is no other word" not_understood \
	vr endpoint add x vpc my service "$S3_SERVICE" ip-address-type ipv5
refused "GWE-17: is out of reach" "service is in region us-east-1" \
	vr endpoint add x vpc my service far
check "GWE-17: an endpoint stays in its VPC" not_understood vr endpoint set s3ep vpc two
check "GWE-17: and with its service" not_understood vr endpoint set s3ep service far
check "GWE-17: a second endpoint" \
	vr endpoint add more vpc my service "$S3_SERVICE" route-table my/main
config_mark
refused "GWE-17: a third one" "limit of 2 gateway endpoints per vpc" \
	vr endpoint add x vpc my service "$S3_SERVICE"
check "GWE-4, GWE-17: another VPC has its own, by word one of IPv4" \
	vr endpoint add x vpc two service "$S3_SERVICE" ip-address-type ipv4
check "GWE-4: which is shown" grep -qE 'ip-address-type ipv4( |$)' <(vr endpoint show x)

finish
