#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The developer's loop: build for user-mode Linux, boot it, run some tests, add them up.
#
# loop.sh kunit [SUITE]           e.g. vpc_lpm
# loop.sh selftests [TEST...]     e.g. lab_a

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1

what=${1:-}
case $what in kunit | selftests) shift ;; *) usage ;; esac
if [ "$what" = kunit ]; then
	export SUITE=${1:-}
	set --
fi

tap=$(mktemp)
trap 'rm -f "$tap"' EXIT
"$rig/setup.sh" || die "the set-up failed"
[ "$what" = kunit ] || find_ynl
"$rig/build.sh" um || exit 1
"$rig/um.sh" um selftests/rig/guest.sh um "$what" "$@" | tee "$tap"
rc=${PIPESTATUS[0]}
awk -f "$rig/tap-sum.awk" "$tap" && exit "$rc"
