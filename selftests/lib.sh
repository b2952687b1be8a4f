# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What every script needs: TAP, cleaning up, waiting, counters, refusals. See lib_topo.sh for
# namespaces and lib_traffic.sh for captures, frames, servers and flows.
#
# A script sources this file, builds its topology with `must`, says one TAP line per `check`
# and ends with `finish`. Its router namespace is $R; `vr` is vpcctl in there.

set -u

LIB_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
VPCCTL=${VPCCTL:-$LIB_DIR/../tools/vpcctl/vpcctl}
# Not a version manager's wrapper, which takes longer than the program.
PYTHON=$(PATH=/usr/bin:/bin:$PATH command -v python3)
SELF=$(basename "$0" .sh)
SUFFIX=$(printf '%x' $$)
TMP=$(mktemp -d "/tmp/vpc-$SELF.XXXXXX")

# Exit codes of kselftest
KSFT_PASS=0
KSFT_FAIL=1
KSFT_SKIP=4

checks=0
failures=0
skips=0
NAMESPACES=()
PIDS=()

# ---- TAP ----

comment() { # comment < TEXT
	sed 's/^/# /'
}

# The state that explains a failure.
diagnose() {
	[ -n "${R:-}" ] || return
	{
		echo "--- stats"
		vr stats
		echo "--- sessions"
		vr session show
		declare -F captures_show >/dev/null && captures_show
	} 2>&1 | head -n 80 | comment
}

passed() { # passed NAME
	checks=$((checks + 1))
	echo "ok $checks $1"
}

failed() { # failed NAME < DIAGNOSTICS
	checks=$((checks + 1))
	failures=$((failures + 1))
	echo "not ok $checks $1"
	comment
	diagnose
	if [ -n "${PAUSE_ON_FAIL:-}" ]; then
		read -r -p "failed; namespaces: ${NAMESPACES[*]}; Enter goes on " </dev/tty
	fi
}

# check NAME CMD...: one TAP line; the command's output is shown when it fails
check() {
	local name=$1

	shift
	CAP_RECENT=()
	if "$@" >"$TMP/check" 2>&1; then
		passed "$name"
	else
		{ echo "failed: $*"; cat "$TMP/check"; } >"$TMP/check.failed"
		failed "$name" <"$TMP/check.failed"
	fi
}

# check_not NAME CMD...: the command must fail
check_not() {
	local name=$1

	shift
	check "$name" is_false "$@"
}

is_false() {
	if "$@"; then
		echo "succeeded: $*"
		return 1
	fi
}

# equals GOT WANTED
equals() {
	[ "$1" = "$2" ] && return
	echo "got '$1', wanted '$2'"
	return 1
}

# A part that cannot be tried here; with VPC_EXPECT_ALL=1 that is a failure.
skip() { # skip NAME WHY
	if [ -n "${VPC_EXPECT_ALL:-}" ]; then
		echo "$2" | failed "$1"
		return
	fi
	checks=$((checks + 1))
	skips=$((skips + 1))
	echo "ok $checks $1 # SKIP $2"
}

# must CMD...: part of the set-up; without it nothing else makes sense
must() {
	local rc

	"$@" >"$TMP/must" 2>&1
	rc=$?
	[ $rc -eq 0 ] && return
	comment <"$TMP/must"
	echo "Bail out! exit code $rc: $*"
	exit $KSFT_FAIL
}

finish() {
	echo "1..$checks"
	echo "# passed $((checks - failures - skips)), failed $failures, skipped $skips"
	[ "$failures" -eq 0 ] || exit $KSFT_FAIL
	[ "$skips" -lt "$checks" ] || exit $KSFT_SKIP
	exit $KSFT_PASS
}

# ---- cleaning up ----

cleanup() {
	trap - EXIT INT TERM
	kill "${PIDS[@]}" 2>/dev/null
	wait "${PIDS[@]}" 2>/dev/null
	printf 'netns del %s\n' "${NAMESPACES[@]}" | ip -force -batch - 2>/dev/null
	rm -rf "${NAMESPACES[@]/#//etc/netns/}"
	[ -n "${KEEP_TMP:-}" ] || rm -rf "$TMP"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# ---- waiting ----

# A pause without a process: nobody ever writes to this pipe.
exec {NEVER}<> <(:)

pause() { # pause SECONDS
	read -rt "$1" -u "$NEVER" _ || true		# not into $REPLY
}

# busywait MILLISECONDS CMD...: until the command succeeds; never sleeps longer than needed
busywait() {
	local end=$((${EPOCHREALTIME/[.,]/} + $1 * 1000))

	shift
	until "$@"; do
		[ "${EPOCHREALTIME/[.,]/}" -lt "$end" ] || return 1
		pause 0.02
	done
}

# ---- the router ----

vr() {
	"$VPCCTL" -n "$R" "$@"
}

# end_session ID: it may have ended by itself meanwhile
end_session() {
	vr session del "$1" || ! vr session show "$1"
}

# number KEY NOUN NAME: of what `vpcctl NOUN show NAME` says
number() {
	vr -j "$2" show "$3" | grep -oE "\"$1\": *[0-9]+" | grep -oE '[0-9]+$'
}

# No session is left, and no account says otherwise.
no_sessions() {
	equals "$(number used limits sessions)/$(number used limits half-open-sessions)" 0/0
}

# counter PORT COUNTER-OR-REASON: its value; PORT is the name of an ENI, uplink or service
counter() {
	"$VPCCTL" -n "$R" stats get "$1" "$2"
}

# counter_sum PORT A|B|...: for events that may be counted under one of several names
counter_sum() {
	local name value sum=0 names

	IFS='|' read -ra names <<<"$2"
	for name in "${names[@]}"; do
		value=$("$VPCCTL" -n "$R" stats get "$1" "$name") || return 1
		sum=$((sum + value))
	done
	echo "$sum"
}

counter_reaches() { # counter_reaches PORT COUNTERS N; the caller's `now` is what was read
	now=$(counter_sum "$1" "$2") && [ "$now" -ge "$3" ]
}

# reason_rises PORT REASON N CMD...: CMD raises exactly that counter by exactly N, whether it
# succeeds or not. REASON may be A|B: their sum.
reason_rises() {
	local port=$1 reason=$2 want=$3 before now

	shift 3
	before=$(counter_sum "$port" "$reason") || return 1
	"$@"
	busywait 2000 counter_reaches "$port" "$reason" $((before + want))
	[ $((now - before)) -eq "$want" ] && return
	echo "$port: $reason rose by $((now - before)), wanted $want"
	return 1
}

# counter_stays PORT COUNTERS CMD...: CMD succeeds and the counter does not move
counter_stays() {
	local port=$1 counter=$2 before now

	shift 2
	before=$(counter_sum "$port" "$counter") || return 1
	"$@" || return 1
	now=$(counter_sum "$port" "$counter") || return 1
	[ "$now" -eq "$before" ] && return
	echo "$port: $counter rose by $((now - before)), wanted 0"
	return 1
}

# The whole configuration as text, without what traffic changes.
config() {
	vr -j config | sed -E 's/"(sessions|used|conntrack-allowance-available|active-connection-count|active-flow-count|draining)": *[0-9]+//g; s/\},? *\{/},\n{/g'
}

# Note the configuration that the next refusals must leave alone.
config_mark() {
	config >"$TMP/config"
}

config_unchanged() {
	config >"$TMP/config.now"
	diff "$TMP/config" "$TMP/config.now"
}

# refused NAME WORD CMD...: exit code 2, a message with WORD (an extended regular expression,
# any case), and the configuration as config_mark saw it
refused() {
	local name=$1

	shift
	check "$name" refused_with "$@"
}

refused_with() {
	local word=$1 out rc

	shift
	out=$("$@" 2>&1)
	rc=$?
	echo "exit code $rc: $out"
	[ $rc -eq 2 ] || { echo "wanted exit code 2"; return 1; }
	# The command, which vpcctl repeats before the kernel's words, does not count.
	shopt -s nocasematch
	[[ ${out#vpcctl: *: } =~ $word ]]
	rc=$?
	shopt -u nocasematch
	[ $rc -eq 0 ] || { echo "message without '$word'"; return 1; }
	config_unchanged
}

# shellcheck source=lib_topo.sh
. "$LIB_DIR/lib_topo.sh"
# shellcheck source=lib_traffic.sh
. "$LIB_DIR/lib_traffic.sh"

[ "$(id -u)" -eq 0 ] || { echo "1..0 # SKIP needs root"; exit $KSFT_SKIP; }
[ -n "${NO_TAP:-}" ] || echo "TAP version 13"
