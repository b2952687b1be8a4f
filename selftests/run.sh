#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Run the selftests (all of TEST_PROGS, or those named) with vpc.ko loaded, as root, and print
# their checks as one flat TAP stream with one plan at the end.
#
# run.sh [TEST...]      TEST: lab_a or lab_a.sh; VPCCTL says where vpcctl is
# VPC_TIMEOUT           seconds that a test may take, instead of those of the file settings

set -u
cd "$(dirname "$0")" || exit 1

limit=${VPC_TIMEOUT:-$(sed -n 's/^timeout=//p' settings)}
total=0
failed=0
status=$(mktemp)
trap 'rm -f "$status"' EXIT

tests=("$@")
if [ ${#tests[@]} -eq 0 ]; then
	mapfile -t tests < <(sed -n '/^TEST_PROGS :=/,/^#/s/^\t\([a-z0-9_]*\.sh\).*/\1/p' Makefile)
fi

line_ok() { # line_ok TEXT
	total=$((total + 1))
	echo "ok $total $1"
}

line_not_ok() {
	total=$((total + 1))
	failed=$((failed + 1))
	echo "not ok $total $1"
}

# How a script ended, judged beside the checks that it printed.
judge() { # judge TEST EXIT-CODE PLAN CHECKS
	case $2 in
	124 | 137)
		line_not_ok "$1: overran its time limit of $limit s" ;;
	0 | 1 | 4)
		if [ -z "$3" ]; then
			line_not_ok "$1: died without a plan, exit code $2"
		elif [ "$3" -ne "$4" ]; then
			line_not_ok "$1: planned $3 checks and made $4"
		fi ;;
	*)
		line_not_ok "$1: died, exit code $2" ;;
	esac
}

run_one() { # run_one TEST.sh
	local name=${1%.sh} line plan="" made=0 failed_before=$failed rc
	local start=$SECONDS

	[ -e "$1" ] || { line_not_ok "$name: no such test"; return; }
	while IFS= read -r line; do
		case $line in
		"ok "[0-9]*)
			made=$((made + 1))
			line_ok "$name: ${line#ok * }" ;;
		"not ok "[0-9]*)
			made=$((made + 1))
			line_not_ok "$name: ${line#not ok * }" ;;
		"1..0 # SKIP"*)
			plan=0
			if [ -n "${VPC_EXPECT_ALL:-}" ]; then
				line_not_ok "$name: skipped, ${line#1..0 # SKIP }"
			else
				line_ok "$name # ${line#1..0 # }"
			fi ;;
		1..[0-9]*)
			plan=${line#1..} ;;
		"TAP version "*) ;;
		"#"*)
			echo "$line" ;;
		*)
			echo "# $line" ;;
		esac
	done < <(timeout -k 20 "$limit" bash "./$1" 2>&1 </dev/null; echo $? >"$status")
	wait $! 2>/dev/null
	rc=$(cat "$status")
	judge "$name" "$rc" "$plan" "$made"
	# A script that says 1 without a failed check has failed somewhere that we cannot name.
	[ "$rc" -ne 1 ] || [ "$failed" -gt "$failed_before" ] ||
		line_not_ok "$name: exit code 1 without a failed check"
	echo "# $name: $((SECONDS - start)) s"
}

echo "TAP version 13"
for test in "${tests[@]}"; do
	run_one "${test%.sh}.sh"
done
echo "1..$total"
echo "# passed $((total - failed)), failed $failed"
[ "$failed" -eq 0 ]
