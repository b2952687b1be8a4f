#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# `make check`: every test there is, on every kernel of the rig, as TAP, with one sum at the end.
#
# check.sh [STAGE...]       STAGE: static stock lean um fuzz; without one: all of them. One more, oracle,
#                           is for `make soak`
# VPC_...                   how long or large tests are, see their scripts; `make soak` sets many
#
# With CI=true or VPC_EXPECT_ALL=1 a skipped test is a failed one, but for optional clients.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1

log=$root/build/log/check.tap

# A stage of one test, for what is no test by itself
one_test() { # one_test STAGE RESULT NAME
	printf '# stage %s\n%s 1 %s\n1..1\n' "$1" "$2" "$3"
}

timed() { # timed NAME CMD...
	local name=$1 start=$SECONDS rc

	shift
	"$@"
	rc=$?
	echo "# time: $name $((SECONDS - start)) s"
	return $rc
}

builds() { # builds KIND: what is wrong goes to stderr, like the progress of a kernel's build
	if "$rig/build.sh" "$1"; then
		one_test "$1 build" ok "$1: builds"
	else
		one_test "$1 build" "not ok" "$1: builds"
		return 1
	fi
}

# Exit code 1 of a guest is a failed test, which the TAP names; any other is more than that.
boots() { # boots KIND CMD...
	local kind=$1 tap rc result=ok

	shift
	tap=$(mktemp)
	"$@" | tee "$tap"
	rc=${PIPESTATUS[0]}
	[ "$rc" -le 1 ] || { echo "# the guest ended with code $rc"; result="not ok"; }
	grep -qE '^(not )?ok ' "$tap" || { echo "# the guest ran no test"; result="not ok"; }
	rm -f "$tap"
	one_test "$kind guest" "$result" "$kind: the guest came to its end, its kernel log is clean"
}

stage_static() {
	echo "# stage static"
	"$rig/static.sh"
}

stage_fuzz() {
	echo "# stage fuzz"
	"$root/selftests/fuzz/run.sh"
}

# One boot for each kernel. guest.sh opens its own stages.
stage_um() {
	builds um && VPC_MEGABYTES=${VPC_MEGABYTES:-64} VPC_DOWNLOAD=${VPC_DOWNLOAD:-1024} VPC_ORACLE_STEPS=${VPC_ORACLE_STEPS:-10000} \
		VPC_SEED=${VPC_SEED:-1} VPC_LIMIT=${VPC_LIMIT:-3600} \
		boots um "$rig/um.sh" um selftests/rig/guest.sh um all
}

stage_stock() {
	builds stock && VPC_LIMIT=3600 VPC_ORACLE_STEPS=${VPC_ORACLE_STEPS:-500} \
		VPC_SEED=${VPC_SEED:-1} \
		boots stock "$rig/vng.sh" stock selftests/rig/guest.sh stock selftests
}

# A million steps take hours under checkers (see stage_um); without them the router and its model still have to agree.
stage_oracle() {
	builds um-bench && VPC_ORACLE_STEPS=${VPC_ORACLE_MILLION:-1000000} VPC_LIMIT=${VPC_LIMIT:-3600} \
		VPC_TIMEOUT=${VPC_TIMEOUT:-3600} VPC_MEM=3G \
		boots um-bench "$rig/um.sh" um-bench selftests/rig/guest.sh um-bench selftests oracle
}

# Stock's with KUnit: of the selftests it runs those that count from outside the module what a packet
# costs.
stage_lean() {
	builds lean && VPC_LIMIT=3600 boots lean "$rig/vng.sh" lean selftests/rig/guest.sh lean all lab_a fastpath
}

# Both kernels on both processors, before anything is measured that they would slow down
stage_kernels() {
	"$rig/kernel.sh" um >/dev/null && "$rig/kernel.sh" lean >/dev/null
}

# Whoever comes to a stage first runs it; what is not wanted is nobody's.
run_stages() { # run_stages STAGE...
	local stage

	for stage in "$@"; do
		! rmdir "$todo/$stage" 2>/dev/null || timed "$stage" "stage_$stage"
	done
}

# An emulated guest keeps one processor busy, so two lines of work go on beside each other; what the
# one with the longest of them says comes last.
run_all() { # run_all STAGE...
	local beside=$root/build/log/beside.tap

	todo=$(mktemp -d)
	(cd "$todo" && mkdir -- "$@")
	[ ! -d "$todo/um" ] || [ ! -d "$todo/lean" ] || mkdir "$todo/kernels"
	run_stages stock fuzz lean >"$beside" &
	run_stages static kernels um lean fuzz oracle
	wait
	cat "$beside"
	rmdir "$todo"
}

# Whether skips are allowed is judged here, over all, and not in the guests.
strict=0
if [ "${CI:-}" = true ] || [ "${VPC_EXPECT_ALL:-}" = 1 ]; then
	strict=1
fi
unset CI VPC_EXPECT_ALL

all=
[ $# -gt 0 ] || { all=all; set -- static stock lean um fuzz; }
for stage in "$@"; do
	declare -F "stage_$stage" >/dev/null || usage
done
mkdir -p "$root/build/log"
"$rig/setup.sh" || die "the set-up failed"
find_ynl
run_all "$@" | tee "$log"
# What was said there, held against the table of AWS's rules, is a stage itself.
"$rig/rules.sh" "$log" $all | tee -a "$log"
awk -v strict=$strict -f "$rig/tap-sum.awk" "$log"
