#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Do the tests notice when a rule is broken? Each patch of selftests/mutants breaks one; vpc.ko is
# built with it, and the tests that it names must fail. As TAP: "not ok" for what survives them,
# for a patch that no longer applies and for one that does not build.
#
# mutants.sh [NUMBER...]        e.g. 03 07; without one all, and the tests without a mutant before
# mutants.sh --check            only: does each patch apply?
# VPC_LIMIT                     seconds that a boot may take (1800)
#
# A patch begins with what it breaks and who should notice, the cheapest first:
#
#   Rule: RT-18, ...
#   Noticed-by: precedence
#   Noticed-by: kunit vpc_lpm

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=build-lib.sh
. "$rig/build-lib.sh"
cd "$root" || exit 1

patches=$root/selftests/mutants
work=$root/build/mutants
number=0
bad=0

result() { # result ok|"not ok" TEXT
	number=$((number + 1))
	echo "$1 $number $2"
	[ "$1" = ok ] || bad=1
}

applies() { # applies PATCH DIR [PATCH-OPTION...]
	local patch=$1 dir=$2

	shift 2
	patch -d "$dir" -p1 -s -f -F1 --no-backup-if-mismatch -r - "$@" <"$patch"
}

# A patch without both lines has nobody to notice it.
check_patch() { # check_patch PATCH
	grep -q '^Rule: .' "$1" && grep -q '^Noticed-by: .' "$1" &&
		applies "$1" "$root" --dry-run >/dev/null && return
	echo "${1##*/}: does not apply, or does not say which rule it breaks and who notices"
	return 1
}

check_all() {
	local patch rc=0

	for patch in "$patches"/*.patch; do
		check_patch "$patch" || rc=1
	done
	return $rc
}

progress() { # progress TEXT
	[ ! -t 2 ] || printf '\r\e[K%s' "$1" >&2
}

wanted() { # wanted [NUMBER...]: the names of the patches
	local patch

	for patch in "$patches"/*.patch; do
		patch=${patch##*/}
		[ $# -eq 0 ] || [[ " $* " = *" ${patch%%-*} "* ]] || continue
		echo "${patch%.patch}"
	done
}

# ---- building ----

# What differs is copied and is newer than its object, so what the last mutant changed is built
# again.
fresh_sources() {
	copy_sources "$work/src" --checksum
}

build_here() { # build_here NAME: its modules go to a folder of this name
	# shellcheck disable=SC2046 # words
	make -C "$KDIR" M="$work/src" $(make_arguments um) -j"$jobs" modules \
		>"$work/$1.build" 2>&1 || return 1
	mkdir -p "$work/$1/kmod"
	cp "$work/src/kmod/vpc.ko" "$work/src/kmod/vpc_kunit.ko" "$work/$1/kmod/"
}

build_one() { # build_one NAME
	fresh_sources
	if ! applies "$patches/$1.patch" "$work/src" >"$work/$1.build" 2>&1; then
		result "not ok" "mutant $1: the patch does not apply"
	elif ! build_here "$1"; then
		result "not ok" "mutant $1: does not build, see build/mutants/$1.build"
	else
		sed -n 's/^Noticed-by: //p' "$patches/$1.patch" >"$work/$1/noticed-by"
		built+=("$1")
	fi
}

# All that any of the mutants names, without one.
build_none() { # build_none NAME...
	fresh_sources
	build_here none || die "vpc.ko does not build, see build/mutants/none.build"
	for name in "$@"; do
		cat "$work/$name/noticed-by"
	done | sort -u >"$work/none/noticed-by"
	built=(none "${built[@]}")
}

# ---- running ----

# One boot: says what became of those that it came to. A mutant may end it before the last.
boot() { # boot NAME...
	"$rig/um.sh" um selftests/rig/guest.sh um mutants "$@" 2>"$work/boot.log"
}

judge() { # judge NAME began|noticed|survived|broken TEXT
	case $1:$2 in
	none:noticed) result "not ok" "no mutant: $3" ;;
	none:survived) result ok "no mutant: all tests pass" ;;
	*:noticed) result ok "mutant $1: noticed by $3" ;;
	*:survived) result "not ok" "mutant $1: survived $3" ;;
	*:broken) result "not ok" "mutant $1: $3" ;;
	*) return ;;
	esac
	judged=$((judged + 1))
	name=
}

# Who was last when the guest died has killed it.
run_boot() { # run_boot NAME...
	local line what

	name=
	while read -r line; do
		case $line in "mutant "*) ;; *) continue ;; esac
		read -r _ name what line <<<"$line"
		progress "$name: $what"
		judge "$name" "$what" "$line"
	done < <(boot "$@")
	[ -z "$name" ] || judge "$name" noticed "the end of the kernel, see build/log/um.console"
	progress ""
}

run_all() { # run_all NAME...
	local judged before

	judged=0
	while [ $# -gt 0 ]; do
		before=$judged
		run_boot "$@"
		[ "$judged" -gt "$before" ] || die "the guest does not come up, see $work/boot.log"
		shift $((judged - before))
	done
}

if [ "${1:-}" = --check ]; then
	check_all
	exit
fi
export VPC_LIMIT=${VPC_LIMIT:-1800} VPC_TIMEOUT=${VPC_TIMEOUT:-120}
"$rig/setup.sh" || die "the set-up failed"
find_ynl
settings=$("$rig/kernel.sh" um) || exit 1
eval "$settings"
mkdir -p "$work" "$root/build/log"
build_tools "$root/build/log/tools.build" || die "the tools do not build"
exec 9>"$work/lock"
flock 9
mapfile -t names < <(wanted "$@")
[ ${#names[@]} -gt 0 ] || die "there is no such mutant"
built=()
for name in "${names[@]}"; do
	progress "building $name"
	build_one "$name"
done
[ $# -gt 0 ] || build_none "${built[@]}"
run_all "${built[@]}"
echo "1..$number"
exit $bad
