#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# What runs inside a guest (see um.sh, vng.sh): load the modules that were built for its kernel
# and test them. Prints TAP, each group of tests after a line "# stage KIND GROUP".
#
# guest.sh KIND kunit              the unit tests; SUITE=vpc_lpm: that suite only
# guest.sh KIND selftests [TEST...]
# guest.sh KIND all [TEST...]      both, and the search for leaks
# guest.sh KIND demo
# guest.sh KIND mutants NAME...    who notices what is wrong with the modules in build/mutants/NAME
# guest.sh KIND bench NAME         a benchmark of selftests/bench, which prints no TAP

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

kind=${1:-}
what=${2:-}
[ $# -ge 2 ] || usage
shift 2
modules=$root/build/$kind/kmod
debugfs=/sys/kernel/debug
failed=0

stage() {
	echo "# stage $kind $*"
}

# alone NAME CMD...: a group with this one test
alone() {
	local name=$1 output

	shift
	echo "1..1"
	if output=$("$@" 2>&1); then
		echo "ok 1 $name"
		return
	fi
	echo "not ok 1 $name"
	head -n 60 <<<"$output" | sed 's/^/# /'
	failed=1
	return 1
}

check_kernel() {
	stage kernel
	alone "the running kernel has the options it is there for" "$rig/kernel.sh" verify "$kind"
	[ "$kind" != um ] || two_processors
}

two_processors() {
	stage processors
	echo "1..1"
	if [ "$(nproc)" -ge 2 ]; then
		echo "ok 1 there are two processors"
	else
		echo "ok 1 there are two processors # SKIP um-*.patch do not apply to this kernel"
	fi
}

# ---- unit tests ----

# A suite prints its results when asked for them; the kernel log has them between other lines.
kunit_results() {
	local results found=""

	for results in "$debugfs"/kunit/*/results; do
		# A suite that the filter left out has no tests.
		grep -qE '^ *(not )?ok ' "$results" 2>/dev/null || continue
		cat "$results"
		found=yes
		! grep -q '^not ok' "$results" || failed=1
	done
	[ -n "$found" ]
}

# What modules run when they are loaded from now on
kunit_only() { # kunit_only SUITE[.TEST]
	local filter=/sys/module/kunit/parameters/filter_glob

	[ ! -e "$filter" ] || printf %s "$1" >"$filter"
}

run_kunit() {
	stage kunit
	[ -z "${SUITE:-}" ] || kunit_only "$SUITE"
	if ! insmod "$modules/vpc_kunit.ko"; then
		dmesg | tail -n 20 | sed 's/^/# /'
		alone "vpc_kunit.ko loads" false
		return
	fi
	# The model's suite is in vpc.ko and runs when that is loaded.
	load_vpc || alone "vpc.ko loads" false
	kunit_results || alone "${SUITE:-a suite} ran" false
}

# It has run when vpc.ko was loaded, where there is KUnit.
model_suite() {
	[ -e "$debugfs/kunit/vpc_model" ] || return 0
	stage kunit
	kunit_results
}

unload_kunit() {
	stage unload
	alone "the modules unload" unload_modules
}

unload_modules() {
	unload_vpc && rmmod vpc_kunit
}

# ---- selftests ----

load_vpc() {
	local dependency

	for dependency in $(modinfo -F depends "$modules/vpc.ko" | tr , ' '); do
		modprobe "$dependency" || return 1
	done
	insmod "$modules/vpc.ko" && return
	dmesg | tail -n 20
	return 1
}

run_selftests() { # run_selftests [TEST...]
	export VPCCTL=$root/tools/vpcctl/vpcctl VPC_KO=$modules/vpc.ko

	stage selftests
	kunit_only none		# who loads the module again does not test it again
	bash "$root/selftests/run.sh" "$@" || failed=1
}

# The last packet of a test may still be on its way.
unload_vpc() {
	local try

	for try in 1 2 3 4 5; do
		[ "$try" -eq 1 ] || sleep 1
		rmmod vpc && return
	done
	return 1
}

# ---- leaks ----

# An object without a reference counts only when it is five seconds old and two scans agree.
no_leaks() {
	local leaks

	echo scan >"$debugfs/kmemleak"
	sleep 6
	echo scan >"$debugfs/kmemleak"
	leaks=$(cat "$debugfs/kmemleak")
	echo "$leaks"
	[ -z "$leaks" ]
}

find_leaks() {
	[ -e "$debugfs/kmemleak" ] || return 0
	stage kmemleak
	alone "no leaks" no_leaks
}

# ---- mutants ----

# A suite of the pure files is in vpc_kunit.ko, the model's in vpc.ko.
suite_fails() { # suite_fails SUITE
	kunit_only "$1"
	if [ "$1" = vpc_model ]; then
		load_vpc && kunit_results | grep -o -m 1 'not ok .*'
		unload_vpc
	else
		insmod "$modules/vpc_kunit.ko" && kunit_results | grep -o -m 1 'not ok .*'
		rmmod vpc_kunit
	fi
}

test_fails() { # test_fails TEST
	kunit_only none
	load_vpc >&2
	run_selftests "$1" >/run/test.tap
	grep -m 1 '^not ok' /run/test.tap
	unload_vpc >&2
}

complaint() {
	dmesg >/run/test.dmesg
	! "$rig/dmesg-check.sh" /run/test.dmesg >/run/complaints || return 1
	tail -n 1 /run/complaints
}

# Says what first notices that something is wrong, if anything does.
who_notices() { # who_notices NAME
	local test suite line

	dmesg -C
	while read -r test suite; do
		if [ -n "$suite" ]; then
			line=$(suite_fails "$suite")
		else
			line=$(test_fails "$test")
		fi
		[ -z "$line" ] || { echo "$test${suite:+ $suite}: $line"; return; }
		! line=$(complaint) || { echo "the kernel log, in $test: $line"; return; }
	done <"$root/build/mutants/$1/noticed-by"
	return 1
}

# A module that cannot be unloaded ends the boot: the caller goes on in another one.
run_mutant() { # run_mutant NAME
	local line names=$root/build/mutants/$1/noticed-by

	modules=$root/build/mutants/$1/kmod
	echo "mutant $1 began"
	kunit_only none
	# That it is noticed must not mean that there is none.
	if ! load_vpc >&2 || ! unload_vpc >&2; then
		echo "mutant $1 broken vpc.ko does not load"
	elif line=$(who_notices "$1"); then
		echo "mutant $1 noticed $line"
	else
		echo "mutant $1 survived $(paste -s -d, "$names")"
	fi
	! lsmod | grep -q '^vpc'
}

case $what in
kunit)
	check_kernel
	run_kunit
	unload_kunit ;;
selftests)
	check_kernel
	stage load
	if alone "vpc.ko loads" load_vpc; then
		model_suite
		run_selftests "$@"
		stage unload
		alone "vpc.ko unloads" unload_vpc
	fi ;;
all)
	check_kernel
	run_kunit
	run_selftests "$@"
	unload_kunit
	find_leaks ;;
mutants)
	for name in "$@"; do
		run_mutant "$name" || break
	done ;;
bench)
	"$rig/kernel.sh" verify "$kind" || exit 1
	kunit_only none
	[ "$1" != changes ] || kunit_only vpc_model.model_readers
	load_vpc || die "vpc.ko does not load"
	VPCCTL=$root/tools/vpcctl/vpcctl exec bash "$root/selftests/bench/$1.sh" ;;
demo)
	load_vpc || die "vpc.ko does not load"
	VPCCTL=$root/tools/vpcctl/vpcctl exec bash "$root/selftests/demo.sh" "$@" ;;
*)
	usage ;;
esac
exit "$failed"
