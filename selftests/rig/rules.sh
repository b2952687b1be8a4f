#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Is rules.tsv, the table of AWS's rules and of the tests that show them, true?
#
# rules.sh                  does it agree with the sources and README.md? Says what does not
# rules.sh TAP [all]        did the tests that it names run in that log, and are they ok? As TAP,
#                           all: none of them may be missing

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1

rules() { # rules FILE...: see rules.awk
	awk -v all="${all:-}" -f "$rig/rules.awk" selftests/rules.tsv "$@"
}

if [ $# -gt 0 ]; then
	[ "${2:-}" != all ] || all=1
	rules "$1"
else
	mapfile -t files < <(our_files '\.[ch]$' kmod)
	rules selftests/Makefile selftests/*.sh "${files[@]}" README.md
fi
