#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Lab A: a gateway endpoint for S3, row by row.
#
#   public EC2 10.0.0.10 (EIP 203.0.113.10)     private EC2 10.0.1.10
#   subnet public, 0.0.0.0/0 -> IGW             subnet private, local only

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

PUB=pub-$SUFFIX
PRV=prv-$SUFFIX
EIP=203.0.113.10

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
	vr instance add "$PUB" subnet my/public address 10.0.0.10 &&
	adopt_ns "$PUB" &&
	vr instance add "$PRV" subnet my/private address 10.0.1.10 &&
	adopt_ns "$PRV" &&
	add_eip "$EIP" "$PUB" &&
	add_hosts "$PUB" &&
	add_hosts "$PRV"
}

# s3_sees DEVICE SOURCE CMD...: CMD works and S3 sees requests from SOURCE only
s3_sees() {
	local dev=$1 source=$2 rc=0

	shift 2
	tags=$((tags + 1))
	cap_start "s3-$tags" "$S3" "$dev" "icmp or tcp port 80" || return
	"$@" || rc=1
	cap_stop "s3-$tags" || rc=1
	cap_only "s3-$tags" 0 "(${source//./\\.}(\.[0-9]+)? >|> ${source//./\\.}(\.[0-9]+)?:)" || rc=1
	return "$rc"
}
tags=0

# By name it is ping and curl themselves that an instance runs, as in the lab.
ping_by_name() { # ping_by_name NAMESPACE
	in_ns "$1" ping -n -c 3 -i 0.05 -W 2 "$S3_NAME" >"$TMP/ping" 2>&1
	cat "$TMP/ping"
	grep -q ' 3 received' "$TMP/ping"
}

no_ping_by_name() {
	in_ns "$1" ping -n -c 3 -i 0.05 -W 0.5 "$S3_NAME" >"$TMP/ping" 2>&1
	cat "$TMP/ping"
	grep -q "($S3_HOST)" "$TMP/ping" && grep -q ' 0 received' "$TMP/ping"
}

curl_by_name() { # curl_by_name NAMESPACE SOURCE: the page comes, S3 saw that source
	equals "$(in_ns "$1" curl -s -S -m 5 "http://$S3_NAME/" | grep -o 'peer=[^ ]*')" "peer=$2"
}

visit_all() { # visit_all NAMESPACE SOURCE: every prefix has a host that answers
	local host

	for host in "${S3_HOSTS[@]}"; do
		ping_ok "$1" "$host" && http_source "$1" "$host" "$2" || return
	done
	curl_by_name "$1" "$2"
}

# Nothing to or from S3 crosses the uplink, and the gateway counts nothing.
not_by_igw() { # not_by_igw NAMESPACE CMD...
	local ns=$1 rc=0

	shift
	tags=$((tags + 1))
	cap_start "igw-$tags" "$INET" eth0 "ip" || return
	counter_stays "$ns" "igw-out-packets|igw-in-packets" "$@" || rc=1
	cap_stop "igw-$tags" || rc=1
	expect_capture_empty "igw-$tags" 0 || rc=1
	return "$rc"
}

tables_with_endpoint() { # as text: pl-... leads to vpce-... in N tables
	equals "$(vr route show | grep -cE 'pl-[0-9a-f]+.*vpce-[0-9a-f]+')" "$1" && return
	vr route show
	return 1
}

name_resolves() { # name_resolves NAMESPACE
	in_ns "$1" getent hosts "$S3_NAME" | grep -q "$S3_HOST"
}

must add_router
must add_internet
must add_s3
must build

# before
check "before: ping and HTTP from the public EC2 to S3, which sees $EIP (IGW-2)" \
	s3_sees wan "$EIP" visit_all "$PUB" "$EIP"
check "before: ping by name from the public EC2" ping_by_name "$PUB"
check "before: it leaves by the internet gateway" \
	reason_rises "$PUB" igw-out-packets 3 ping_all "$PUB" "$S3_HOST"
check "before: the name resolves on the private EC2" name_resolves "$PRV"
check "the private EC2 itself works (RT-10)" ping_ok "$PRV" 10.0.0.10
nothing_arrives "before: ping from the private EC2 gets no reply (RT-21)" \
	"$S3" wan "icmp" "$PRV" no-route 3 \
	"ping_by_name $PUB" "no_ping_by_name $PRV"
nothing_arrives "before: nor by the service's port" \
	"$INET" eth0 "icmp" "$PRV" no-route 3 \
	"ping_ok $PUB $S3_HOST" "ping_fails $PRV $S3_HOST"
check "before: HTTP from the private EC2 fails" http_fails "$PRV" "$S3_HOST"

# create
check "create the endpoint on both tables (GWE-3)" \
	add_s3_endpoint s3ep my my/public,my/private
check "route show: both tables lead pl-... to vpce-... (GWE-1, GWE-5)" tables_with_endpoint 2
config_mark
refused "the route cannot be deleted by route del (GWE-6)" "endpoint" \
	vr route del my/private s3

# after
check "after: public EC2 reaches every prefix, S3 sees 10.0.0.10 (GWE-10, GWE-21)" \
	s3_sees eth0 10.0.0.10 visit_all "$PUB" 10.0.0.10
check "after: private EC2 likewise, S3 sees 10.0.1.10" \
	s3_sees eth0 10.0.1.10 visit_all "$PRV" 10.0.1.10
check "after: ping by name on the public EC2" ping_by_name "$PUB"
check "after: ping by name on the private EC2" ping_by_name "$PRV"
check "after: no packet of the public EC2 through the IGW (GWE-2)" \
	not_by_igw "$PUB" visit_all "$PUB" 10.0.0.10
check "after: no packet of the private EC2 through the IGW" \
	not_by_igw "$PRV" visit_all "$PRV" 10.0.1.10
check "after: every request is counted as the endpoint's" \
	reason_rises "$PRV" endpoint-out-packets 3 ping_all "$PRV" "$S3_HOST"
check "after: and so is every reply" \
	reason_rises "$PRV" endpoint-in-packets 3 ping_all "$PRV" "$S3_HOST"

nothing_arrives "outside the prefix list: no reply for the private EC2 (GWE-8)" \
	"$INET" eth0 "icmp" "$PRV" no-route 3 \
	"ping_ok $PUB $INET_HOST" "ping_fails $PRV $INET_HOST"
nothing_arrives "UDP through the endpoint is dropped (GWE-13)" \
	"$S3" eth0 "icmp or udp" "$PRV" endpoint-protocol 3 \
	"ping_ok $PRV $S3_HOST" "udp_send $PRV $S3_HOST 7 3"

# one table off
check "take the private table off" vr endpoint set s3ep remove-route-table my/private
check "route show: one table is left" tables_with_endpoint 1
nothing_arrives "ping stops on the private EC2 (GWE-9)" \
	"$S3" eth0 "icmp" "$PRV" no-route 3 \
	"ping_ok $PUB $S3_HOST" "ping_fails $PRV $S3_HOST"
check "the other table goes on" s3_sees eth0 10.0.0.10 visit_all "$PUB" 10.0.0.10
check "put it back" vr endpoint set s3ep add-route-table my/private
check "and it works again" s3_sees eth0 10.0.1.10 visit_all "$PRV" 10.0.1.10

finish
