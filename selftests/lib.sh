# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What every script needs: TAP, cleaning up, waiting, counters, refusals. See lib_topo.sh for
# namespaces and lib_traffic.sh for captures, frames, servers and flows.
#
# A script sources this file, builds its topology with `must`, says one TAP line per `check`
# and ends with `finish`. Its router namespace is $R; `vr` is vpcctl in there.

set -u

case ${BASH_SOURCE[0]} in
/*) LIB_DIR=${BASH_SOURCE[0]%/*} ;;
*/*) LIB_DIR=$PWD/${BASH_SOURCE[0]%/*} ;;
*) LIB_DIR=$PWD ;;
esac
VPCCTL=${VPCCTL:-$LIB_DIR/../tools/vpcctl/vpcctl}
# Not a version manager's wrapper, which takes longer than the program.
PYTHON=/usr/bin/python3
[ -x "$PYTHON" ] || PYTHON=$(command -v python3)
SELF=${0##*/}
SELF=${SELF%.sh}
printf -v SUFFIX '%x' $$
TMP=$(mktemp -d "/tmp/vpc-$SELF.XXXXXX")
# The first two are the tester's, the last three vpcctl's.
mkfifo "$TMP"/{questions,answers,never,requests,slots,answer.{0..4}}

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
	# Whose program has not even begun misses a signal, but not the end of its input.
	[ -z "${TESTER_IN:-}" ] || exec {TESTER_IN}>&-
	[ -z "$REQUESTS" ] || exec {REQUESTS}>&-
	wait "${PIDS[@]}" 2>/dev/null
	printf 'netns del %s\n' "${NAMESPACES[@]}" | ip -force -batch - 2>/dev/null
	[ -z "${KEEP_TMP:-}" ] || TMP=
	rm -rf "${NAMESPACES[@]/#//etc/netns/}" "$TMP"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# ---- waiting ----

# A pause without a process: nobody ever writes to this pipe.
exec {NEVER}<>"$TMP/never"

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

# To start a program costs more than what vpcctl does. So one process, started once, forks for each
# command and runs it with the standard files of whoever asks, see vpcctl_server.c. A pipe takes
# its exit code back: the first the script's own, each of the others that of a subshell which has
# taken its number from the pipe of free ones.
start_server() {
	local file answer

	"$VPCCTL-server" "$TMP" 5 <"$TMP/requests" 2>"$TMP/server.err" &
	PIDS+=($!)
	exec {REQUESTS}>"$TMP/requests" {SLOTS}<>"$TMP/slots"
	for file in "$TMP"/answer.*; do
		exec {answer}<>"$file"
		ANSWERS+=("$answer")
	done
	printf 1234 >&"$SLOTS"
}

ANSWERS=()
REQUESTS=
[ ! -x "$VPCCTL-server" ] || start_server

# vpcctl WORD...: what the program does, in the script's or a subshell's foreground. A process
# to be killed is started by "$VPCCTL".
vpcctl() {
	local slot=0 rc words="$*"

	# More than a pipe takes at once, or no server, or no answer pipe is free
	if [ -z "$REQUESTS" ] || [ ${#words} -gt 3000 ] || [ $# -gt 500 ] ||
	   [[ $words == *$'\n'* ]] ||
	   { [ "$BASHPID" != $$ ] && ! read -rt 0.01 -N 1 -u "$SLOTS" slot; }; then
		"$VPCCTL" "$@"
		return
	fi
	{
		printf '%s\0' "$slot" "$BASHPID" $# "$@" >&"$REQUESTS"
		read -r -u "${ANSWERS[slot]}" rc
	} 31>&1
	[ "$slot" = 0 ] || printf %s "$slot" >&"$SLOTS"
	return "$rc"
}

vr() {
	vpcctl -n "$R" "$@"
}

# Each match of a regular expression's only group in what a command says, a line each
each_match() { # each_match REGEX CMD...
	local regex=$1 text

	shift
	"$@" >"$TMP/text.$BASHPID" || return
	text=$(<"$TMP/text.$BASHPID")
	while [[ $text =~ $regex ]]; do
		echo "${BASH_REMATCH[1]}"
		text=${text#*"${BASH_REMATCH[0]}"}
	done
}

# end_session ID: it may have ended by itself meanwhile
end_session() {
	vr session del "$1" || ! vr session show "$1"
}

# number KEY NOUN NAME: of what `vpcctl NOUN show NAME` says
number() {
	each_match "\"$1\": *([0-9]+)" vr -j "$2" show "$3"
}

# No session is left, and no account says otherwise.
no_sessions() {
	equals "$(number used limits sessions)/$(number used limits half-open-sessions)" 0/0
}

# counter PORT COUNTER-OR-REASON: its value; PORT is the name of an ENI, uplink or service
counter() {
	vr stats get "$1" "$2"
}

# read_counters PORT A|B|...: their sum into the caller's `now`
read_counters() {
	local IFS='|' name value

	now=0
	for name in $2; do
		vr stats get "$1" "$name" >"$TMP/counter.$BASHPID" &&
			read -r value <"$TMP/counter.$BASHPID" || return 1
		now=$((now + value))
	done
}

# counter_sum PORT A|B|...: for events that may be counted under one of several names
counter_sum() {
	local now

	read_counters "$@" && echo "$now"
}

counter_reaches() { # counter_reaches PORT COUNTERS N; the caller's `now` is what was read
	read_counters "$1" "$2" && [ "$now" -ge "$3" ]
}

# reason_rises PORT REASON N CMD...: CMD raises exactly that counter by exactly N, whether it
# succeeds or not. REASON may be A|B: their sum.
reason_rises() {
	# shellcheck disable=SC2034 # see ping_fails
	local port=$1 reason=$2 want=$3 before now accounted=yes

	shift 3
	read_counters "$port" "$reason" || return 1
	before=$now
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
	read_counters "$port" "$counter" || return 1
	before=$now
	"$@" || return 1
	read_counters "$port" "$counter" || return 1
	[ "$now" -eq "$before" ] && return
	echo "$port: $counter rose by $((now - before)), wanted 0"
	return 1
}

# The whole configuration as text, without what traffic changes.
config() {
	vr -j config | without_traffic
}

without_traffic() {
	sed -E -e 's/"(sessions|used|active-connection-count|active-flow-count|draining)": *[0-9]+//g' \
		-e 's/"conntrack-allowance-available": *[0-9]+//g; s/\},? *\{/},\n{/g'
}

# Note the configuration that the next refusals must leave alone.
config_mark() {
	vr -j config >"$TMP/config"
}

# Most often not even a byte that traffic changes is another.
config_unchanged() {
	vr -j config >"$TMP/config.now" || return
	[ "$(<"$TMP/config")" != "$(<"$TMP/config.now")" ] || return 0
	without_traffic <"$TMP/config" >"$TMP/config.before"
	without_traffic <"$TMP/config.now" | diff "$TMP/config.before" -
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
	"$@" >"$TMP/refused" 2>&1
	rc=$?
	out=$(<"$TMP/refused")
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

[ "$EUID" -eq 0 ] || { echo "1..0 # SKIP needs root"; exit $KSFT_SKIP; }
[ -n "${NO_TAP:-}" ] || echo "TAP version 13"
