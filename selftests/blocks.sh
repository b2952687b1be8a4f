#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The address blocks of a VPC: which may be added, and what a new one changes at once.
#
#   my/net 10.0.0.0/24: client .10, EIP 203.0.113.10; 0.0.0.0/0 and 192.0.2.0/24 -> IGW
#   later my/own 198.51.100.0/24, a range of the internet: own .7, an address of the internet, too

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
OWN=ow-$SUFFIX
EIP=203.0.113.10
OUTER=192.0.2.200		# of the internet, in the half of a route that stays the gateway's

build() {
	add_vpc my &&
	add_igw my &&
	vr -b - <<-END &&
		route-table add my/spare
		route add my/net 192.0.2.0/24 igw my-igw
		route add my/main 192.88.99.0/24 igw my-igw
		limits set subnets-per-vpc 2
	END
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_eip "$EIP" "$CLIENT" &&
	add_ns "$OWN" &&
	add_veth "$R" own "$OWN" eth0 &&
	ip_batch "$OWN" <<-END &&
		addr add $INET_HOST/24 dev eth0
		route add default via ${INET_HOST%.*}.1 dev eth0
	END
	add_server "$OWN" &&
	ip -n "$INET" addr add "$OUTER/32" dev lo
}

local_routes() { # local_routes CIDR N: of all tables
	equals "$(vr route show | grep -cE "^rtb-[0-9a-f]+ $1 local active create-route-table")" "$2" &&
	return
	vr route show
	return 1
}

shows_cidrs() { # shows_cidrs CIDR...: of the VPC, in that order
	equals "$(vr vpc show my | grep -oE '[0-9.]+/[0-9]+' | tr '\n' ' ')" "$* "
}

# The host of the VPC is reached, and nothing of that is seen in the internet, where the same
# address is.
local_wins() {
	local rc=0

	cap_start inet "$INET" eth0 "icmp" || return
	ping_ok "$CLIENT" "$INET_GATEWAY" || rc=1
	cap_mark inet || rc=1
	sees 3 "10\.0\.0\.10 > 198\.51\.100\.7: ICMP echo request" "$OWN" "icmp" \
		ping_all "$CLIENT" "$INET_HOST" || rc=1
	cap_stop inet || rc=1
	cap_seen inet 0 || rc=1
	expect_capture_empty inet 1 || rc=1
	return "$rc"
}

not_understood() { # not_understood CMD...: vpcctl has no such word
	"$@"
	equals $? 1 && config_unchanged
}

# says WORDS CMD...: CMD works, and WORDS, an extended regular expression, are all that it tells
# on standard error
says() {
	local words=$1 out rc

	shift
	out=$("$@" 2>&1 >/dev/null)
	rc=$?
	echo "exit code $rc: $out"
	[ "$rc" -eq 0 ] && [[ $out =~ ^$words$ ]]
}

in_batch() { # in_batch COMMANDS
	vr -b - <<<"$1"
}

must add_router
must add_internet
must build

# A range of the internet becomes the VPC's own
check "VPC-3: control: the address is the internet's" http_source "$CLIENT" "$INET_HOST" "$EIP"
check "VPC-10: a flow by the gateway" flow_start live "$CLIENT" "$INET_GATEWAY"
check "VPC-3, VPC-10: a block of public addresses is added under it" \
	vr vpc set my cidr 198.51.100.0/24
check "VPC-10: each of the three tables has its local route" local_routes 198.51.100.0/24 3
check "VPC-10: the flow goes on" flow_goes_on live
check "VPC-5: the primary block stays the first" shows_cidrs 10.0.0.0/16 198.51.100.0/24
nothing_arrives "VPC-3, VPC-10: what nobody has in the block is not looked for in the internet" \
	"$INET" eth0 "icmp" "$CLIENT" no-such-address 3 \
	"ping_ok $CLIENT $INET_GATEWAY" "ping_fails $CLIENT $INET_HOST"
check "VPC-10: a subnet and a host there" vr -b - <<-END
	subnet add my/own cidr 198.51.100.0/24 zone ap-northeast-2c
	eni add $OWN subnet my/own dev own address $INET_HOST
END
check "VPC-3: its host is reached, not the internet's" local_wins
check "VPC-10: and sees the private address" http_source "$CLIENT" "$INET_HOST" 10.0.0.10
check "VPC-10: a table made later has both local routes" vr route-table add my/late
check "VPC-10: as one can see" local_routes 198.51.100.0/24 4
config_mark
refused "VPC-20: base+2 of a subnet in a further block is reserved" "reserved" \
	vr eni add x subnet my/own dev uplink address 198.51.100.2
check "VPC-20: and nobody answers there" \
	reason_rises "$CLIENT" reserved-address 3 ping_fails "$CLIENT" 198.51.100.2
refused "RT-10: a further local route cannot be deleted" "local route cannot be deleted" \
	vr route del my/net 198.51.100.0/24

# Subnets
check "VPC-18: a subnet has one zone, one table and one network ACL" \
	grep -qE '^subnet-[^ ]+ .* zone ap-northeast-2c .*route-table rtb-[0-9a-f]+ network-acl acl-[0-9a-f]+ network-acl-association aclassoc-[0-9a-f]+( |$)' \
	<(vr subnet show my/own)
check "VPC-18: it cannot span two" not_understood \
	vr subnet add my/x cidr 10.0.9.0/24 zone ap-northeast-2a zone ap-northeast-2c
refused "VPC-14: a third subnet where two may be" "limit of 2 subnets per vpc" \
	vr subnet add my/x cidr 10.0.9.0/24 zone ap-northeast-2a
check "VPC-14: the limit can be raised" vr -b - <<-END
	limits set subnets-per-vpc 3
	subnet add my/x cidr 10.0.9.0/24 zone ap-northeast-2a
END
config_mark

# What may not be added
while IFS='|' read -r rule cidr why; do
	refused "$rule: $cidr cannot be added" "$why" vr vpc set my cidr "$cidr"
done <<-END
	VPC-1|10.64.0.0/15|/16 to /28
	VPC-7|127.1.0.0/16|overlaps 127\.0\.0\.0/8
	VPC-7|0.9.0.0/16|overlaps 0\.0\.0\.0/8
	VPC-7|224.5.0.0/16|overlaps 224\.0\.0\.0/4
	VPC-8|10.0.0.0/16|overlaps 10\.0\.0\.0/16 of the vpc
	VPC-8|10.0.128.0/24|overlaps 10\.0\.0\.0/16 of the vpc
	VPC-8|198.51.0.0/16|overlaps 198\.51\.100\.0/24 of the vpc
	VPC-9|192.0.2.0/24|contains the route to 192\.0\.2\.0/24
	VPC-9|192.0.0.0/16|contains the route to 192\.0\.2\.0/24
	VPC-9|192.88.99.0/24|contains the route to 192\.88\.99\.0/24
END
refused "VPC-8: two that overlap each other" "overlaps 10\.8\.0\.0/16 of the vpc" \
	vr vpc set my cidr 10.8.0.0/16 cidr 10.8.1.0/24

# What may
check "VPC-9: control: the whole route is the gateway's" http_source "$CLIENT" "$OUTER" "$EIP"
check "VPC-9: a part of a route's destination can be added" vr vpc set my cidr 192.0.2.0/25
check "VPC-9: that part is local now" \
	reason_rises "$CLIENT" no-such-address 3 ping_fails "$CLIENT" 192.0.2.100
check "VPC-9: the rest is the gateway's" http_source "$CLIENT" "$OUTER" "$EIP"
check "VPC-8: blocks that only touch the others, and others' blocks" vr -b - <<-END
	vpc set my cidr 10.1.0.0/16
	vpc add other cidr 10.0.0.0/16 cidr 198.51.100.0/24
END
check "VPC-6: a fifth block" vr vpc set my cidr 100.64.0.0/16
config_mark
refused "VPC-6: a sixth one" "vpc has 5 cidrs, the limit" vr vpc set my cidr 10.2.0.0/16
refused "VPC-6: six from the start" "vpc has 5 cidrs, the limit" vr vpc add six \
	cidr 10.0.0.0/28 cidr 10.1.0.0/28 cidr 10.2.0.0/28 cidr 10.3.0.0/28 cidr 10.4.0.0/28 cidr 10.5.0.0/28
check "VPC-6: the limit can be raised" vr -b - <<-END
	limits set cidrs-per-vpc 6
	vpc set my cidr 10.2.0.0/16
END
check "VPC-5: the primary block is the first even so" shows_cidrs 10.0.0.0/16 198.51.100.0/24 \
	192.0.2.0/25 10.1.0.0/16 100.64.0.0/16 10.2.0.0/16
config_mark
refused "VPC-5: the primary block stays" "the primary cidr cannot be removed" \
	vr vpc set my remove-cidr 10.0.0.0/16
refused "VPC-5: one that it has not" "vpc has no cidr 10\.3\.0\.0/16" \
	vr vpc set my remove-cidr 10.3.0.0/16
refused "VPC-5: one with a subnet" "has subnet 198\.51\.100\.0/24" \
	vr vpc set my remove-cidr 198.51.100.0/24
check "VPC-5: a block without one" vr vpc set my remove-cidr 192.0.2.0/25
check "VPC-5: goes" shows_cidrs 10.0.0.0/16 198.51.100.0/24 10.1.0.0/16 100.64.0.0/16 10.2.0.0/16
check "VPC-5, RT-10: and its local routes with it" local_routes 192.0.2.0/25 0
must ip -n "$INET" addr add 192.0.2.50/32 dev lo
check "VPC-5: what was local there is the gateway's again" http_source "$CLIENT" 192.0.2.50 "$EIP"
check "VPC-5: one goes and another comes, at once" \
	vr vpc set my remove-cidr 10.2.0.0/16 cidr 10.2.0.0/24
check "VPC-5: in its place" \
	shows_cidrs 10.0.0.0/16 198.51.100.0/24 10.1.0.0/16 100.64.0.0/16 10.2.0.0/24

# What may, but not with AWS
OTHER_RANGE="cidr 172\.16\.0\.0/16 is in another rfc 1918 range than 10\.0\.0\.0/16"
must vr vpc add mixed cidr 10.0.0.0/16
check "VPC-7: control: the same range of RFC 1918 is worth no word" \
	says "" vr vpc set mixed cidr 10.1.0.0/16
check "VPC-7: nor are blocks of no such range" \
	says "" vr vpc set mixed cidr 198.18.0.0/16 cidr 100.64.0.0/16
check "VPC-7: another range of RFC 1918 is, which is warned of and added" \
	says "vpcctl: warning: $OTHER_RANGE" vr vpc set mixed cidr 172.16.0.0/16
check "VPC-7: as one can see" grep -qF 172.16.0.0/16 <(vr vpc show mixed)
config_mark
refused "VPC-7: a refusal is no warning" "overlaps 192\.168\.0\.0/16 of the vpc" \
	vr vpc set mixed remove-cidr 10.1.0.0/16 cidr 192.168.0.0/16 cidr 192.168.0.0/24
check "VPC-7: from the start" says "vpcctl: warning: $OTHER_RANGE" \
	vr vpc add begin cidr 10.0.0.0/16 cidr 172.16.0.0/16
check "VPC-7: with -j on standard error, too" says "vpcctl: warning: $OTHER_RANGE" \
	vr -j vpc add json cidr 10.0.0.0/16 cidr 172.16.0.0/16
check "VPC-7: of a batch it is told which line" says "stdin:2: warning: $OTHER_RANGE" \
	in_batch $'vpc add batch cidr 10.0.0.0/16\nvpc set batch cidr 172.16.0.0/16\nvpc del begin'
check "VPC-7: and every line is done" \
	equals "$(vr vpc show | grep -cE 'name (begin|batch)( |$)')" 1
config_mark
check "VPC-6: but not beyond 50" is_false vr limits set cidrs-per-vpc 51
check "VPC-6: and nothing changed" config_unchanged
check "VPC-3: at the end the host in the public range still is reached" local_wins

finish
