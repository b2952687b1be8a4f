#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Build the fuzz targets and run each for a time, as TAP.
#
# run.sh [SECONDS]          for each target; without it: VPC_FUZZ_SECONDS, or 60
#
# Finds beyond the committed corpus are kept in build/fuzz/corpus and tried first the next time.

# shellcheck source=../rig/lib.sh
. "$(dirname "$0")/../rig/lib.sh"

fuzz=$root/selftests/fuzz
out=$root/build/fuzz
seconds=${1:-${VPC_FUZZ_SECONDS:-60}}
# Longest input of each target: what its operations need, for the sake of many runs.
targets=(parse:160 parse6:192 rewrite:128 lpm:256 odd:128 dns:512)
number=0
bad=0

build() {
	local log=$out/build.log

	mkdir -p "$out"
	make -C "$fuzz" >"$log" 2>&1 && return
	tail -n 30 "$log" | sed 's/^/# /'
	return 1
}

# The last line of libFuzzer's that tells of runs, in place, until it ends
watch_log() { # watch_log TARGET LOG PID
	while kill -0 "$3" 2>/dev/null; do
		sleep 1
		printf '\r%s: %.60s\033[K' "$1" "$(grep '^#[0-9]' "$2" | tail -n 1)" >&2
	done
	printf '\r\033[K' >&2
}

run_target() { # run_target TARGET MAX-LENGTH LOG
	local target=$1 new=$out/corpus/$1 pid

	mkdir -p "$new"
	"$out/fuzz_$target" -max_total_time="$seconds" -max_len="$2" -timeout=10 \
		-rss_limit_mb=1024 -artifact_prefix="$out/$target-" \
		"$new" "$fuzz/corpus/$target" >"$3" 2>&1 </dev/null &
	pid=$!
	[ ! -t 2 ] || watch_log "$target" "$3" "$pid"
	wait "$pid"
}

# What went wrong, and with which input
complain() { # complain TARGET LOG
	grep -vE '^(#[0-9]|INFO:|NEW_FUNC)' "$2" | tail -n 40 | sed 's/^/# /'
	sed -n 's/.*Test unit written to \(.*\)/\1/p' "$2" | while read -r input; do
		echo "# again: $out/fuzz_$1 $input"
	done
}

test_target() { # test_target TARGET MAX-LENGTH
	local log=$out/$1.log summary

	number=$((number + 1))
	if run_target "$1" "$2" "$log" && summary=$(grep '^Done ' "$log"); then
		[[ $summary =~ ([0-9]+)\ runs\ in\ ([0-9]+) ]]
		echo "ok $number fuzz: $1 (${BASH_REMATCH[1]} runs in ${BASH_REMATCH[2]} s)"
		return
	fi
	complain "$1" "$log"
	echo "not ok $number fuzz: $1"
	bad=1
}

[[ $seconds =~ ^[1-9][0-9]*$ ]] || usage
if ! build; then
	echo "Bail out! the fuzz targets do not build"
	exit 1
fi
for target in "${targets[@]}"; do
	test_target "${target%:*}" "${target#*:}"
done
echo "1..$number"
exit $bad
