#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# A long download through an endpoint, while the daemons beside the router go and come back and the
# whole configuration is said once more.
#
# VPC_DOWNLOAD: megabytes (128; `make check` takes 1024 where the kernel is not emulated)
#
#   my/net   10.0.0.0/24: client .10, endpoint .218 of the service
#   prov/net 10.0.0.0/24: web .10 behind a load balancer

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib_dns.sh
. "$(dirname "$0")/lib_dns.sh"
# shellcheck source=lib_nlb.sh
. "$(dirname "$0")/lib_nlb.sh"

# shellcheck disable=SC2034 # see open_vpc
VPCS_CLOSED=yes
MEGABYTES=${VPC_DOWNLOAD:-128}
RATE=$((MEGABYTES / 20))M	# a second: so much happens meanwhile
CLIENT=cl-$SUFFIX
WEB=we-$SUFFIX
EP=10.0.0.218

build() {
	vr -b - <<-END &&
		vpc add prov cidr 10.0.0.0/16 region us-east-1
		subnet add prov/net cidr 10.0.0.0/24 zone us-east-1a
		security-group add prov/web
		security-group rule-add prov/web ingress protocol tcp port 80 cidr 10.0.0.0/24
		vpc add my cidr 10.0.0.0/16 region us-east-1
		subnet add my/net cidr 10.0.0.0/24 zone us-east-1a
		route-table add my/net
		route-table associate my/net subnet my/net
		igw add my-igw vpc my uplink inet
		route add my/net 0.0.0.0/0 igw my-igw
		prefix-list add some entry 10.0.0.0/24
		security-group add my/ep
		security-group rule-add my/ep ingress protocol tcp prefix-list some
	END
	add_instance "$WEB" prov/net 10.0.0.10 security-group prov/web &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	use_resolver "$CLIENT" &&
	web "$WEB" 1 "$MEGABYTES" &&
	vr -b - <<-END
		nlb add lb subnet prov/net
		target-group add web vpc prov protocol tcp port 80 $FAST_CHECKS
		target add web eni $WEB
		listener add lb protocol tcp port 80 target-group web
		endpoint-service add svc nlb lb
	END
}

add_endpoint() {
	local service suffix

	service=$(vr endpoint-service show svc | grep -oE 'com\.amazonaws\.[^ ]+')
	vr endpoint add ep vpc my service "$service" type interface subnet my/net address "$EP" \
		security-group my/ep &&
	vr endpoint-service accept svc endpoint ep &&
	suffix=$(vr endpoint show ep | grep -oE 'dns-suffix [0-9a-f]{8}' | cut -d' ' -f2) &&
	NAME=$(vr endpoint show ep | cut -d' ' -f1)-$suffix.${service#com.amazonaws.vpce.us-east-1.}.us-east-1.vpce.amazonaws.com
}

healthy() {
	vr target-group show web | grep -q ' state healthy'
}

# What every object is already, in one transaction
the_same_again() {
	vr -b - <<-END
		vpc set my dns-support on
		vpc set prov dns-support on
		subnet set my/net map-public-ip-on-launch off
		subnet set prov/net map-public-ip-on-launch off
		eni set $CLIENT source-dest-check on security-group my/default
		eni set $WEB source-dest-check on security-group prov/web
		route replace my/net 0.0.0.0/0 igw my-igw
		prefix-list set some name some
		service set resolver address $RESOLVER
		target-group set web preserve-client-ip on cross-zone use-load-balancer-configuration
		target set web eni $WEB health healthy
		nlb set lb cross-zone off
		listener set lb protocol tcp port 80 target-group web
		endpoint-service set svc acceptance-required on
		endpoint set ep private-dns off
		limits set sessions 1048576
	END
}

in_progress() {
	kill -0 "$DOWNLOAD" 2>/dev/null && return
	echo "the download is over"
	cat "$TMP/curl"
	return 1
}

# while_it_lasts CMD...: CMD works and the download goes on
while_it_lasts() {
	local before

	in_progress && "$@" && in_progress || return
	before=$(received)
	busywait 10000 more_than "$before"
}

received() { # bytes that the client's interface has sent to it
	counter "$CLIENT" tx-bytes
}

more_than() {
	[ "$(received)" -gt "$1" ] && in_progress
}

restart_vpcd() {
	stop_vpcd && healthy && pause 1 && healthy && start_vpcd
}

# Without a word: it has no time to say goodbye.
restart_vpcdnsd() {
	kill -9 "$VPCDNSD_PID" && wait "$VPCDNSD_PID" 2>/dev/null
	no_answer "$CLIENT" "$NAME" && start_vpcdnsd && busywait 5000 resolves "$CLIENT" "$EP" "$NAME"
}

must add_router
must add_internet
must add_resolver
must add_health
must build
must busywait 60000 healthy
must add_endpoint
must busywait 5000 resolves "$CLIENT" "$EP" "$NAME"

in_ns "$CLIENT" bash -c "curl -s -S --fail --limit-rate $RATE \
	http://$NAME/large | sha256sum" >"$TMP/sum" 2>"$TMP/curl" &
DOWNLOAD=$!
PIDS+=("$DOWNLOAD")
config_mark
must busywait 10000 more_than 1000000
check "NLB-21: vpcd goes and comes back, the states stay" while_it_lasts restart_vpcd
check "vpcdnsd is killed and comes back" while_it_lasts restart_vpcdnsd
check "everything becomes what it is already" while_it_lasts the_same_again
check "nothing has changed" config_unchanged
check "the download comes to its end" wait "$DOWNLOAD"
check "it is the file" equals "$(cut -d' ' -f1 "$TMP/sum")" \
	"$(head -c "${MEGABYTES}M" /dev/zero | sha256sum | cut -d' ' -f1)"
check "by one session, which nothing has broken" equals "$(vr stats drops "$CLIENT")" ""

finish
