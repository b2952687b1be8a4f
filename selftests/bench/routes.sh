#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Route tables of 10 to a million random routes: each is filled by one transaction, changed by
# single requests, and emptied by one transaction.
#
# VPC_ROUTES: the largest (1000000)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ROUTES=${VPC_ROUTES:-1000000}
SINGLES=201

build() {
	add_vpc my && add_igw my &&
	vr -b - <<-END
		limits set routes-per-route-table $((ROUTES + SINGLES + 100))
		route-table add my/big
	END
}

# The first N of the random routes, as commands that add and that delete them
commands() { # commands N
	head -n "$1" "$TMP/routes" | sed 's|.*|route add my/big & igw my-igw|' >"$TMP/add"
	head -n "$1" "$TMP/routes" | sed 's|^|route del my/big |' >"$TMP/del"
}

# Requests of one client, so that no process starts in what is timed: middle microseconds of an
# add, a delete, and an add that is refused at once.
singles() {
	in_ns "$R" "$PYTHON" -S "$LIB_DIR/genl.py" singles my/big my-igw < <(tail -n "$SINGLES" "$TMP/routes")
}

table_has() { # table_has N, and its local route
	equals "$(vr route show my/big | wc -l)" $(($1 + 1))
}

measure() { # measure N: a row
	local before bytes added single

	commands "$1"
	settle
	before=$(kmalloc_bytes)
	timed batch "$TMP/add"
	added=$(rate "$1")
	settle
	bytes=$(($(kmalloc_bytes) - before))
	read -ra single < <(singles)
	[ "$1" -lt "$ROUTES" ] || at_full_size >"$TMP/notes"
	timed batch "$TMP/del"
	row "$(grouped "$1")" "$added" "$(rate "$1")" "${single[@]}" "$(bytes_each "$1" "$bytes")"
}

all_but_the_last() {
	! vr -b <(cat "$TMP/del"; echo "route del my/big 192.0.2.0/24") >/dev/null 2>&1
}

at_full_size() {
	timed vr help
	row "a vpcctl that does nothing" "$(milliseconds)"
	timed vr route add my/big 192.0.2.0/24 igw my-igw
	row "\`vpcctl route add\`" "$(milliseconds)"
	timed vr route del my/big 192.0.2.0/24
	row "\`vpcctl route del\`" "$(milliseconds)"
	timed table_has "$ROUTES"
	row "\`vpcctl route show\` of all" "$(milliseconds)"
	timed all_but_the_last
	must table_has "$ROUTES"
	row "\`vpcctl -b\`: all deletes are good but the last; nothing changes" "$(milliseconds)"
}

must add_router
must add_internet
must build
"$PYTHON" -S "$LIB_DIR/random_routes.py" $((ROUTES + SINGLES)) >"$TMP/routes"

head_row "routes" "add, routes/s" "delete, routes/s" "add one, µs" "delete one, µs" \
	"refused, µs" "bytes/route"
for ((n = 10; n < ROUTES; n *= 10)); do
	measure "$n"
done
measure "$ROUTES"
echo
head_row "with $(grouped "$ROUTES") routes" "took"
cat "$TMP/notes"
