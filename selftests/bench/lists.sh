#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Prefix lists of 10 to a million random CIDRs: filled by one transaction, then named by the routes
# of more and more tables, which share them.
#
# VPC_PREFIXES: the largest (1000000)
# VPC_TABLES: how many tables name it (10)

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

PREFIXES=${VPC_PREFIXES:-1000000}
TABLES=${VPC_TABLES:-10}
PER_LINE=100		# entries that one operation adds

build() {
	add_vpc my && add_igw my &&
	{
		echo "limits set entries-per-prefix-list $PREFIXES"
		echo "limits set routes-per-route-table $((PREFIXES + 100))"
		printf 'route-table add my/t%d\n' $(seq "$TABLES")
	} | vr -b -
}

fill() { # fill N: the commands of one transaction
	echo "prefix-list add big max-entries $1"
	head -n "$1" "$TMP/prefixes" | awk -v per="$PER_LINE" '
		NR % per == 1 { printf "%sprefix-list set big", (NR > 1 ? "\n" : "") }
		{ printf " add %s", $0 }
		END { print "" }'
}

name_it() { # name_it FIRST LAST: routes of those tables
	printf 'route add my/t%d big igw my-igw\n' $(seq "$1" "$2") | vr -b -
}

forget_it() {
	{
		printf 'route del my/t%d big\n' $(seq "$TABLES")
		echo "prefix-list del big"
	} | vr -b -
}

taken() { # taken CMD...: CMD works; `bytes` is the memory that it took for good
	local before

	settle
	before=$(kmalloc_bytes)
	timed "$@"
	settle
	bytes=$(($(kmalloc_bytes) - before))
}

measure() { # measure N: a row
	local list

	fill "$1" >"$TMP/fill"
	taken batch "$TMP/fill"
	list=("$(rate "$1")" "$(grouped "$bytes")" "$(bytes_each "$1" "$bytes")")
	taken name_it 1 1
	list+=("$(grouped "$bytes")")
	taken name_it 2 "$TABLES"
	list+=("$(grouped "$bytes")")
	timed vr prefix-list set big remove "$(head -n 1 "$TMP/prefixes")" add 192.0.2.0/24
	list+=("$(milliseconds)")
	timed forget_it
	row "$(grouped "$1")" "${list[@]}" "$(milliseconds)"
}

must add_router
must add_internet
must build
"$PYTHON" -S "$LIB_DIR/random_routes.py" "$PREFIXES" >"$TMP/prefixes"

head_row "prefixes" "add, prefixes/s" "bytes of the list" "bytes/prefix" "of a route to it" \
	"of $((TABLES - 1)) more tables' routes" "one entry out, one in" "routes and list deleted"
for ((n = 10; n < PREFIXES; n *= 10)); do
	measure "$n"
done
measure "$PREFIXES"
