# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The resolver: vpcdnsd in a namespace of its own, and the server of the internet that it asks.
#
#   instance 10.0.0.10 ... asks 10.0.0.2              $INET --- tovpcdnsd
#      |                                                            |
#   ------------- router $R -------------                          wan 192.0.2.6
#                     | dns 198.18.0.1/30     eth0 198.18.0.2/30    |
#                     +------------------------------ $DNS: vpcdnsd +
#
# A script sources lib.sh first, and adds the internet before the resolver.

VPCDNSD=${VPCDNSD:-$LIB_DIR/../tools/vpcdnsd/vpcdnsd}
RESOLVER=198.18.0.2
UPSTREAM=192.0.2.5			# of nsd, in the internet
# Where every instance finds the resolver (VPC-24)
# shellcheck disable=SC2034 # of the scripts
LINK_LOCAL=169.254.169.253

# The world's names: a root zone that has all of them.
zone() {
	cat <<-END
		\$ORIGIN .
		\$TTL 5
		@ SOA ns. host. 1 3600 900 86400 5
		@ NS ns.
		ns. A $UPSTREAM
		s3.ap-northeast-2.amazonaws.com. A 52.219.56.9
		cloudformation.ap-northeast-2.amazonaws.com. A 52.95.193.155
		sqs.ap-northeast-2.amazonaws.com. A 52.95.193.156
		www.example.com. A $INET_HOST
		alias.example.com. CNAME www.example.com.
	END
	printf 'many.example.com. A 198.51.100.%s\n' {1..120}
}

add_nsd() {
	zone >"$TMP/zone"
	cat >"$TMP/nsd.conf" <<-END
		server:
		  ip-address: $UPSTREAM
		  server-count: 1
		  username: ""
		  zonesdir: "$TMP"
		  database: ""
		  pidfile: ""
		  xfrdfile: ""
		  xfrdir: "$TMP"
		  zonelistfile: "$TMP/nsd.zones"
		  logfile: "$TMP/nsd.log"
		remote-control:
		  control-enable: no
		zone:
		  name: "."
		  zonefile: "zone"
	END
	ip netns exec "$INET" nsd -d -c "$TMP/nsd.conf" >"$TMP/nsd.out" 2>&1 &
	PIDS+=($!)
}

start_vpcdnsd() {
	ip netns exec "$DNS" "$VPCDNSD" -n "$R" -l "$RESOLVER" -f "$UPSTREAM" >>"$TMP/vpcdnsd" 2>&1 &
	VPCDNSD_PID=$!
	PIDS+=("$VPCDNSD_PID")
	busywait 10000 vpcdnsd_speaks || { cat "$TMP/vpcdnsd"; return 1; }
}

stop_vpcdnsd() {
	kill "$VPCDNSD_PID" && wait "$VPCDNSD_PID" 2>/dev/null
	return 0
}

# Who is no VPC is refused, but not before it listens.
vpcdnsd_speaks() {
	in_ns "$DNS" dig +tries=1 +time=1 @"$RESOLVER" www.example.com | grep -q REFUSED
}

# add_resolver [OPTION...]: the service, its namespace, and who answers there
add_resolver() {
	DNS=d-$SUFFIX
	add_ns "$DNS" &&
	add_veth "$R" dns "$DNS" eth0 &&
	add_veth "$INET" tovpcdnsd "$DNS" wan &&
	ip_batch "$DNS" <<-END &&
		addr add $RESOLVER/30 dev eth0
		route add 100.64.0.0/10 via 198.18.0.1
		addr add 192.0.2.6/30 dev wan
	END
	ip -n "$INET" addr add "$UPSTREAM/30" dev tovpcdnsd &&
	vr service add resolver type resolver dev dns address "$RESOLVER" gateway 198.18.0.1/30 \
		"$@" &&
	add_nsd &&
	start_vpcdnsd
}

# use_resolver NAMESPACE [ADDRESS]: whom its programs ask
use_resolver() {
	mkdir -p "/etc/netns/$1" &&
	printf 'nameserver %s\noptions attempts:1 timeout:3\n' "${2:-10.0.0.2}" \
		>"/etc/netns/$1/resolv.conf"
}

# dig_in NAMESPACE WORD...: dig itself, as an instance runs it
dig_in() {
	in_ns "$1" dig +tries=1 +time=3 "${@:2}"
}

# short NAMESPACE WORD...: the data alone, in order, on one line
short() {
	dig_in "$1" +short "${@:2}" | sort | xargs
}

resolves() { # resolves NAMESPACE "ADDRESSES, SORTED" WORD...
	equals "$(short "$1" "${@:3}")" "$2"
}

# says NAMESPACE PATTERN WORD...: of all that dig prints
dig_says() {
	dig_in "$1" "${@:3}" >"$TMP/dig"
	cat "$TMP/dig"
	grep -qE -- "$2" "$TMP/dig"
}

no_answer() { # no_answer NAMESPACE WORD...: dig waits in vain
	in_ns "$1" dig +tries=1 +time=1 "${@:2}" >"$TMP/dig"
	cat "$TMP/dig"
	grep -qE 'timed out|no servers could be reached' "$TMP/dig"
}

# As many answers of that many questions as there are addresses, each first once in a round.
rotates() { # rotates NAMESPACE NAME FIRST SECOND
	local first=() _

	for _ in 1 2 3 4; do
		first+=("$(dig_in "$1" +short "$2" | head -n 1)")
	done
	echo "${first[*]}"
	[ "${first[*]}" = "$3 $4 $3 $4" ] || [ "${first[*]}" = "$4 $3 $4 $3" ]
}

# not_forwarded CMD...: CMD works, and upstream hears nothing of it, though it hears of others
not_forwarded() {
	local rc=0 tag

	asked=$((asked + 1))
	tag=upstream$asked
	cap_start "$tag" "$INET" tovpcdnsd "port 53" || return
	resolves "$CLIENT" "" "not-there-$asked.example.com" || rc=1
	cap_mark "$tag" || rc=1
	cap_seen "$tag" 0 || rc=1
	"$@" || rc=1
	cap_stop "$tag" || rc=1
	expect_capture_empty "$tag" 1 || rc=1
	return "$rc"
}
asked=0

# Lab B's service: in the internet, and behind a device of the router's for interface endpoints. What
# comes from a public address is answered that way, what comes from the router's by the device.
CFN_NAME=cloudformation.ap-northeast-2.amazonaws.com
CFN_SERVICE=com.amazonaws.ap-northeast-2.cloudformation
CFN_HOST=52.95.193.155

add_cloudformation() {
	CFN=cf-$SUFFIX
	add_service "$CFN" "$CFN_SERVICE" cfn "$CFN_HOST" 52.95.193.1 &&
	add_veth "$INET" tocfn "$CFN" wan &&
	ip_batch "$CFN" <<-END &&
		addr add 192.0.2.10/30 dev wan
		route add 203.0.113.0/24 via 192.0.2.9
	END
	ip_batch "$INET" <<-END
		addr add 192.0.2.9/30 dev tocfn
		route add 52.95.193.0/24 via 192.0.2.10
	END
}
