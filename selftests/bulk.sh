#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Big tables and many sessions: what they cost, and that they go away.
#
# VPC_ROUTES, VPC_SESSIONS: how many (20000, 5000)
#
#   my/net 10.0.0.0/24: client .10, server .11;  my/big: a table of random routes

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ROUTES=${VPC_ROUTES:-20000}
SESSIONS=${VPC_SESSIONS:-5000}
CLIENT=cl-$SUFFIX
SERVER=se-$SUFFIX

build() {
	add_vpc my && add_igw my &&
	add_instance "$CLIENT" my/net 10.0.0.10 udp-timeout 60 &&
	add_instance "$SERVER" my/net 10.0.0.11 udp-timeout 60 && add_server "$SERVER" &&
	vr -b - <<-END
		route-table add my/big
		limits set routes-per-route-table $((ROUTES + 1000))
	END
}

note() { # note TEXT: a number for people
	echo "# $1"
}

milliseconds() {
	echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

unreclaimable() { # kB that the kernel's objects take
	awk '$1 == "SUnreclaim:" { print $2 }' /proc/meminfo
}

timed() { # timed WHAT N CMD...: CMD works; says how many a second
	local what=$1 n=$2 start took

	shift 2
	start=$(milliseconds)
	"$@" || return
	took=$(($(milliseconds) - start + 1))
	echo "$n $what in $took ms: $((n * 1000 / took)) a second" >"$TMP/timed"
}

routes_are() { # routes_are N: of the big table, its local one included
	equals "$(vr route show my/big | wc -l)" "$1"
}

must add_router
must add_internet
must build

# Routes
"$PYTHON" -S "$LIB_DIR/random_routes.py" "$ROUTES" >"$TMP/routes"
sed 's|.*|route add my/big & igw my-igw|' "$TMP/routes" >"$TMP/add"
sed 's|^|route del my/big |' "$TMP/routes" >"$TMP/del"
before=$(unreclaimable)
check "$ROUTES routes in one transaction" timed "routes added" "$ROUTES" vr -b "$TMP/add"
note "$(<"$TMP/timed")"
check "they are all there" routes_are $((ROUTES + 1))
note "$((($(unreclaimable) - before) * 1024 / ROUTES)) bytes of kernel memory for each, model and datapath"
tail -n 1 "$TMP/add" >"$TMP/again"
config_mark
check "a transaction that fails in its last line changes none of them" \
	is_false vr -b - < <(head -n 1000 "$TMP/del"; cat "$TMP/again"; echo "route del my/big 192.0.2.0/24")
check "none" config_unchanged
check "one more" timed "route added to them" 1 vr route add my/big 192.0.2.0/24 igw my-igw
note "$(<"$TMP/timed")"
check "and away with it" vr route del my/big 192.0.2.0/24
check "$ROUTES routes deleted in one transaction" timed "routes deleted" "$ROUTES" vr -b "$TMP/del"
note "$(<"$TMP/timed")"
check "none is left" routes_are 1

# Sessions
slab() { # slab NAME: objects and their size
	awk -v name="$1" '$1 == name { print $2, $4 }' /proc/slabinfo
}

check "limits: room for them" vr limits set half-open-sessions-per-eni $((SESSIONS + 1000))
check "$SESSIONS flows" timed "flows begun" "$SESSIONS" udp_send "$CLIENT" 10.0.0.11 7 "$SESSIONS"
note "$(<"$TMP/timed")"
check "are $SESSIONS sessions" test "$(number used limits sessions)" -ge "$SESSIONS"
for cache in vpc_session vpc_path; do
	note "$cache: $(slab $cache) (objects, bytes of each)"
done
check "a dump has them all" test "$(vr session show | wc -l)" -ge "$SESSIONS"
check "their interface is deleted" vr eni del "$CLIENT"
check "and they are gone within 10 seconds" busywait 10000 no_sessions

finish
