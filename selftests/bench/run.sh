#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# `make bench`: the numbers of BENCH.md, as Markdown. Each benchmark in a guest of its own.
#
# run.sh [NAME...]              routes, lists, changes, sessions, slices, first_packet; without one: all
# VPC_ROUTES, VPC_PREFIXES, VPC_SESSIONS
#                               how many (1000000 of each); VPC_FLOWS: of first_packet (2000)

# shellcheck source=../rig/lib.sh
. "$(dirname "$0")/../rig/lib.sh"
cd "$root" || exit 1

# A guest says nothing until a row is finished.
beside_clock() { # beside_clock TITLE CMD...: with the time that it takes, on a terminal
	local title=$1 start=$SECONDS pid

	shift
	[ -t 2 ] || { "$@"; return; }
	"$@" &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		printf '\r%s: %d:%02d ' "$title" $(((SECONDS - start) / 60)) $(((SECONDS - start) % 60)) >&2
		sleep 1
	done
	printf '\r\033[K' >&2
	wait "$pid"
}

# Else caches of one size are one, and none has our name in /proc/slabinfo.
export VPC_PARAMETERS=slab_nomerge

# Native speed
on_um() { # on_um NAME
	"$rig/build.sh" um-bench &&
		VPC_LIMIT=3600 VPC_MEM=${VPC_MEM:-6G} \
			beside_clock "$1" "$rig/um.sh" um-bench selftests/rig/guest.sh um-bench bench "$1"
}

# The distribution's kernel, its time counted in instructions
on_stock() { # on_stock NAME
	"$rig/build.sh" stock &&
		VPC_LIMIT=7200 VPC_MEM=${VPC_MEM:-4G} VPC_ICOUNT=1 \
			beside_clock "$1" "$rig/vng.sh" stock selftests/rig/guest.sh stock bench "$1"
}

run() { # run NAME
	case $1 in
	routes | lists | changes | sessions) on_um "$1" ;;
	slices | first_packet) on_stock "$1" ;;
	*) usage ;;
	esac
}

[ $# -gt 0 ] || set -- routes lists changes sessions slices first_packet
"$rig/setup.sh" || die "the set-up failed"
rc=0
for name in "$@"; do
	printf '### %s\n\n' "$name"
	run "$name" || rc=1
	echo
done
exit $rc
