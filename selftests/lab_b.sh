#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Lab B: an interface endpoint for CloudFormation and private DNS, row by row.
#
#   public EC2 10.0.0.10 (EIP 203.0.113.10)     private EC2 10.0.1.10
#   subnet public, 0.0.0.0/0 -> IGW             subnet private, local only
#   endpoint 10.0.0.65                          endpoint 10.0.1.237

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib_dns.sh
. "$(dirname "$0")/lib_dns.sh"

VPCS_CLOSED=yes
PUB=pub-$SUFFIX
PRV=prv-$SUFFIX
OTHER=oth-$SUFFIX
CLIENT=$PRV		# who asks beside, see lib_dns.sh
EIP=203.0.113.10
EP_A=10.0.0.65
EP_C=10.0.1.237
BOTH="$EP_A $EP_C"

build() {
	vr vpc add my cidr 10.0.0.0/16 region ap-northeast-2 &&
	vr subnet add my/public cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr subnet add my/private cidr 10.0.1.0/24 zone ap-northeast-2c &&
	vr route-table add my/public &&
	vr route-table associate my/public subnet my/public &&
	vr route-table add my/private &&
	vr route-table associate my/private subnet my/private &&
	vr igw add my-igw vpc my uplink inet &&
	vr route add my/public 0.0.0.0/0 igw my-igw &&
	vr security-group add my/endpoint &&
	vr security-group rule-add my/endpoint ingress protocol tcp port 80 cidr 10.0.0.0/16 &&
	vr instance add "$PUB" subnet my/public address 10.0.0.10 &&
	adopt_ns "$PUB" &&
	vr instance add "$PRV" subnet my/private address 10.0.1.10 &&
	adopt_ns "$PRV" &&
	add_eip "$EIP" "$PUB" &&
	use_resolver "$PUB" &&
	use_resolver "$PRV"
}

# Another VPC with the same addresses and no endpoint
build_other() {
	vr vpc add other cidr 10.0.0.0/16 region ap-northeast-2 dns-hostnames on &&
	vr subnet add other/net cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr instance add "$OTHER" subnet other/net address 10.0.0.10 &&
	adopt_ns "$OTHER" &&
	use_resolver "$OTHER"
}

# page NAMESPACE SOURCE: by name it is curl itself, as in the lab; the service saw that source
page() {
	equals "$(in_ns "$1" curl -s -S -m 5 "http://$CFN_NAME/" | grep -o 'peer=[^ ]*')" "peer=$2"
}

no_page() {
	is_false in_ns "$1" curl -s -S -m 2 "http://$CFN_NAME/"
}

# Nothing of it crosses the uplink, nor does the gateway count anything.
privately() { # privately NAMESPACE CMD...
	local ns=$1 rc=0

	shift
	tags=$((tags + 1))
	cap_start "igw-$tags" "$INET" eth0 "ip" || return
	counter_stays "$ns" "igw-out-packets|igw-in-packets" "$@" || rc=1
	cap_stop "igw-$tags" || rc=1
	expect_capture_empty "igw-$tags" 0 || rc=1
	return "$rc"
}
tags=0

add_endpoint() {
	vr endpoint add cfn vpc my service "$CFN_SERVICE" type interface \
		subnet my/public,my/private address "$EP_A" address "$EP_C" \
		security-group my/endpoint private-dns on
}

# name_of [ZONE]: the endpoint's name, of all zones or one
name_of() {
	local shown id suffix

	shown=$(vr endpoint show cfn)
	id=$(grep -oE '^vpce-[0-9a-f]+' <<<"$shown")
	suffix=$(grep -oE 'dns-suffix [0-9a-f]{8}' <<<"$shown")
	echo "$id-${suffix#* }${1:+-$1}.cloudformation.ap-northeast-2.vpce.amazonaws.com"
}

must add_router
must add_internet
must add_cloudformation
must build
must add_resolver
must build_other

# before
for ns in "$PUB" "$PRV"; do
	check "before: dig +short of the default name, ${ns%-*}" resolves "$ns" "$CFN_HOST" "$CFN_NAME"
done
check "before: HTTP from the public EC2, which the service sees as $EIP" page "$PUB" "$EIP"
nothing_arrives "before: not from the private EC2 (RT-21)" "$CFN" wan "tcp" "$PRV" no-route 1 \
	"page $PUB $EIP" "timeout 1 ip netns exec $PRV curl -s http://$CFN_NAME/"
nothing_arrives "before: nor by the service's port" "$INET" eth0 "tcp" "$PRV" no-route 1 \
	"page $PUB $EIP" "timeout 1 ip netns exec $PRV curl -s http://$CFN_NAME/"

# create
config_mark
refused "private DNS without DNS hostnames is refused (IFE-32)" "dns-hostnames" add_endpoint
check "DNS hostnames on" vr vpc set my dns-hostnames on
check "the endpoint in both subnets, private DNS on" add_endpoint
REGIONAL=$(name_of)

# after
for ns in "$PUB" "$PRV"; do
	who=${ns%-*}
	check "after: dig +short of the default name, $who: both (IFE-32)" \
		not_forwarded resolves "$ns" "$BOTH" "$CFN_NAME"
	check "after: their order rotates, $who" rotates "$ns" "$CFN_NAME" $EP_A $EP_C
	check "after: the endpoint's name, $who: both (IFE-31)" \
		not_forwarded resolves "$ns" "$BOTH" "$REGIONAL"
	check "after: its name in ap-northeast-2a, $who: that zone's" \
		not_forwarded resolves "$ns" $EP_A "$(name_of ap-northeast-2a)"
	check "after: its name in ap-northeast-2c, $who: that zone's" \
		not_forwarded resolves "$ns" $EP_C "$(name_of ap-northeast-2c)"
	check "after: dig AAAA of an owned name, $who: no error and no data, never forwarded" \
		not_forwarded dig_says "$ns" "status: NOERROR" AAAA "$CFN_NAME"
	check "after: really no data, $who" dig_says "$ns" "ANSWER: 0" AAAA "$CFN_NAME"
done
check "after: HTTP to the default name, from the public EC2, privately" \
	privately "$PUB" page "$PUB" 52.95.193.1
check "after: and from the private EC2" privately "$PRV" page "$PRV" 52.95.193.1
for ns in "$PUB" "$PRV"; do
	nothing_arrives "ping the endpoint address, ${ns%-*}: no answer (IFE-18)" "$CFN" eth0 \
		"icmp or tcp" "$ns" endpoint-protocol\|security-group-ingress 3 \
		"page $ns 52.95.193.1" "ping_fails $ns $EP_A"
done

# private DNS off
check "private DNS off" vr endpoint set cfn private-dns off
for ns in "$PUB" "$PRV"; do
	check "off: dig of the default name, ${ns%-*}: the public address (IFE-32b)" \
		resolves "$ns" "$CFN_HOST" "$CFN_NAME"
	check "off: dig of the endpoint's name, ${ns%-*}: both" resolves "$ns" "$BOTH" "$REGIONAL"
done
check "off: HTTP to the default name leaves by the IGW" page "$PUB" "$EIP"
check "private DNS on again" vr endpoint set cfn private-dns on
check "and it is private again" privately "$PUB" page "$PUB" 52.95.193.1

check "another VPC with the same CIDR: dig of the default name (IFE-32c)" \
	resolves "$OTHER" "$CFN_HOST" "$CFN_NAME"
check "though the endpoint's name is everywhere (IFE-31)" resolves "$OTHER" "$BOTH" "$REGIONAL"

finish
