#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Mutants: the router with one rule broken, which some test must notice. Each patch in
# selftests/mutants names the rule ("Rule:") and the tests that are expected to ("Tests:").
#
# mutants.sh apply                 do all patches still apply? Boots nothing
# mutants.sh run [NAME...]         builds each, boots user-mode Linux once and runs their tests
# mutants.sh guest DIR [NAME...]   the part in the guest
#
# A test "kunit" stands for the unit tests; the oracle takes VPC_ORACLE_STEPS (1500).

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1
patches=selftests/mutants
number=0
bad=0

line() { # line ok|"not ok" TEXT
	number=$((number + 1))
	[ "$1" = ok ] || bad=1
	echo "$1 $number mutant $2"
}

names() { # names [NAME...]: all, or those
	local file

	if [ $# -gt 0 ]; then
		printf '%s\n' "$@"
		return
	fi
	for file in "$patches"/*.patch; do
		basename "$file" .patch
	done
}

tests_of() { # tests_of NAME
	sed -n 's/^Tests: //p' "$patches/$1.patch"
}

applies() { # applies NAME DIR
	patch -d "$2" -p1 -s -f --dry-run <"$patches/$1.patch"
}

check_all() {
	local name

	for name in $(names); do
		if [ -z "$(tests_of "$name")" ]; then
			line "not ok" "$name: names no test"
		elif applies "$name" . >&2; then
			line ok "$name: applies"
		else
			line "not ok" "$name: no longer applies"
		fi
	done
}

# One folder, whose objects stay: each mutant costs the files that it changes.
build_all() { # build_all DIR NAME...
	local dir=$1 name settings

	shift
	settings=$("$rig/kernel.sh" um) || die "there is no kernel"
	eval "$settings"
	mkdir -p "$dir/src"
	for name; do
		rsync -rct --delete --exclude='*.o' --exclude='*.ko' --exclude='*.mod*' --exclude='.*.cmd' \
			--exclude='*.symvers' --exclude=modules.order Kbuild kmod uapi "$dir/src/"
		if ! applies "$name" "$dir/src"; then
			line "not ok" "$name: no longer applies"
			continue
		fi
		patch -d "$dir/src" -p1 -s -f <"$patches/$name.patch"
		# shellcheck disable=SC2046 # words
		if make -C "$KDIR" M="$dir/src" $(arch_args um) CONFIG_VPC_KUNIT=m -j"$jobs" modules \
			>"$dir/$name.log" 2>&1; then
			mkdir -p "$dir/$name"
			cp "$dir/src/kmod/vpc.ko" "$dir/src/kmod/vpc_kunit.ko" "$dir/$name/"
		else
			tail -n 5 "$dir/$name.log" | sed 's/^/# /'
			line "not ok" "$name: does not build"
		fi
	done
}

unit_tests() { # unit_tests DIR
	dmesg -C
	insmod "$1/vpc_kunit.ko" || return
	rmmod vpc_kunit
	dmesg | sed 's/^\[[^]]*\] //'
}

one_test() { # one_test DIR TEST
	if [ "$2" = kunit ]; then
		unit_tests "$1"
	else
		VPC_TIMEOUT=120 bash selftests/run.sh "$2"
	fi
}

# The test that notices, or nobody
noticed_by() { # noticed_by DIR TEST...
	local dir=$1 test

	shift
	for test; do
		if one_test "$dir" "$test" 2>&1 | grep -E '^ *not ok ' >/tmp/mutant.first; then
			echo "$test: $(sed -n '1s/^ *not ok [0-9]* //p' /tmp/mutant.first)"
			return
		fi
	done
	return 1
}

in_guest() { # in_guest DIR NAME...
	local dir=$1 name dependency by

	shift
	export VPCCTL=$root/tools/vpcctl/vpcctl VPC_ORACLE_STEPS=${VPC_ORACLE_STEPS:-1500} VPC_SHRINK=0
	export VPC_SEED=${VPC_SEED:-1}
	for name; do
		[ -e "$dir/$name/vpc.ko" ] || continue
		for dependency in $(modinfo -F depends "$dir/$name/vpc.ko" | tr , ' '); do
			modprobe "$dependency"
		done
		insmod "$dir/$name/vpc.ko" || { line "not ok" "$name: does not load"; continue; }
		# shellcheck disable=SC2046 # words
		if by=$(noticed_by "$dir/$name" $(tests_of "$name") 2>&1); then
			line ok "$name: noticed by $by"
		else
			line "not ok" "$name: survived $(tests_of "$name")"
		fi
		rmmod vpc || { sleep 2; rmmod vpc; } || { line "not ok" "$name: does not unload"; break; }
	done
	echo "1..$number"
}

run_all() { # run_all NAME...
	local dir=$root/build/mutants

	"$rig/setup.sh" || die "the set-up failed"
	build_all "$dir" "$@"
	VPC_LIMIT=${VPC_LIMIT:-7200} "$rig/um.sh" um selftests/rig/mutants.sh guest "$dir" "$@" || bad=1
}

what=${1:-}
[ $# -eq 0 ] || shift
mapfile -t wanted < <(names "${@:1}")
case $what in
apply) check_all; echo "1..$number" ;;
run) run_all "${wanted[@]}" ;;
guest)
	dir=$1
	shift
	in_guest "$dir" "$@" ;;
*) usage ;;
esac
exit "$bad"
