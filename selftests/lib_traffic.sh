# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Captures, hand-made frames, servers and flows: what tester.py does for a script.

# ---- the tester ----

"$PYTHON" -SB "$LIB_DIR/tester.py" "$TMP" <"$TMP/questions" >"$TMP/answers" 2>"$TMP/tester.err" &
PIDS+=($!)
exec {TESTER_IN}>"$TMP/questions" {TESTER_OUT}<"$TMP/answers"

# tester COMMAND WORD...: prints what it says, its verdict is the exit code
tester() {
	local IFS=$'\t' line

	echo "$*" >&"$TESTER_IN"
	while IFS= read -r -u "$TESTER_OUT" line; do
		case $line in
		" "*) echo "${line# }" ;;
		=ok) return 0 ;;
		*) return 1 ;;
		esac
	done
	echo "the tester died"
	cat "$TMP/tester.err"
	return 1
}

# ---- captures ----
#
# Sections, counted from 0, end with cap_mark or cap_stop. An empty one is believed when the same
# capture has seen a positive control in another.

declare -A CAP_DEV=() CAP_SECTION=()
CAP_RECENT=()		# those of the check at hand, to be shown if it fails

# cap_start TAG NAMESPACE DEVICE FILTER
cap_start() {
	CAP_DEV[$1]="$2 $3"
	CAP_SECTION[$1]=0
	CAP_RECENT+=("$1")
	tester capture "$@"
}

# cap_mark TAG: everything that came until now is a section of its own
cap_mark() {
	tester mark "$1" && CAP_SECTION[$1]=$((CAP_SECTION[$1] + 1))
}

cap_stop() { # cap_stop TAG: the last section ends, too
	tester stop "$1" && CAP_SECTION[$1]=$((CAP_SECTION[$1] + 1))
}

cap_section() { # cap_section TAG SECTION: one packet a line
	local packets

	cap_read "$@" || return
	[ ${#packets[@]} -eq 0 ] || printf '%s\n' "${packets[@]}"
}

# cap_read TAG SECTION: its lines into the caller's `packets`
cap_read() {
	local file=$TMP/$1.$2

	[ -e "$file.pcap" ] || { echo "capture $1 has no section $2"; return 1; }
	[ -e "$file.text" ] || tester text "$1" "$2" || return
	mapfile -t packets <"$file.text"
}

# cap_match TAG SECTION PATTERN: how many packets match the extended regular expression and how many
# do not, into the caller's `like` and `unlike`
cap_match() {
	local packets packet

	like=0 unlike=0
	cap_read "$1" "$2" || return
	[[ "" =~ $3 ]]
	[ $? -ne 2 ] || { echo "'$3' is no regular expression"; return 1; }
	for packet in "${packets[@]}"; do
		if [[ $packet =~ $3 ]]; then like=$((like + 1)); else unlike=$((unlike + 1)); fi
	done
}

# cap_has TAG SECTION PATTERN: some packet matches
cap_has() {
	local like unlike

	cap_match "$@" && [ "$like" -gt 0 ] && return
	echo "capture $1, section $2: nothing like '$3' in:"
	cap_section "$1" "$2"
	return 1
}

# cap_only TAG SECTION PATTERN: there are packets and every one matches
cap_only() {
	local like unlike

	cap_match "$@" && [ "$like" -gt 0 ] && [ "$unlike" -eq 0 ] && return
	echo "capture $1, section $2: not all are like '$3':"
	cap_section "$1" "$2"
	return 1
}

cap_count() { # cap_count TAG SECTION PATTERN N
	local like unlike

	cap_match "$@" && equals "$like" "$4" && return
	cap_section "$1" "$2"
	return 1
}

cap_seen() { # cap_seen TAG SECTION: something was captured
	[ -s "$TMP/$1.$2.pcap" ] && return
	echo "capture $1, section $2 is empty"
	return 1
}

taps=0

# sees N PATTERN NAMESPACE FILTER CMD...: CMD works, and N such packets are at eth0 there
sees() {
	local want=$1 pattern=$2 ns=$3 filter=$4 rc=0 tag

	shift 4
	taps=$((taps + 1))
	tag=tap$taps
	cap_start "$tag" "$ns" eth0 "$filter" || return
	"$@" || rc=1
	cap_stop "$tag" || rc=1
	cap_count "$tag" 0 "$pattern" "$want" || rc=1
	return "$rc"
}

expect_capture_empty() { # expect_capture_empty TAG SECTION
	[ -e "$TMP/$1.$2.pcap" ] && [ ! -s "$TMP/$1.$2.pcap" ] && return
	echo "capture $1, section $2 is not empty:"
	cap_section "$1" "$2"
	return 1
}

captures_show() {
	local tag n

	for tag in "${CAP_RECENT[@]}"; do
		for ((n = 0; n < CAP_SECTION[$tag]; n++)); do
			echo "--- capture $tag, section $n: ${CAP_DEV[$tag]}"
			cap_section "$tag" "$n" | tail -n 20
		done
	done
}

# nothing_arrives NAME NAMESPACE DEVICE FILTER PORT REASON N CONTROL PROBE
# CONTROL, a command line, must work and be seen at the far end; then PROBE must raise REASON
# at PORT by exactly N and be seen there by nothing.
nothing_arrives() {
	local name=$1

	shift
	check "$name" dropped_on_the_way "$@"
}

far_tag=0

dropped_on_the_way() {
	local ns=$1 dev=$2 filter=$3 port=$4 reason=$5 want=$6 control=$7 probe=$8
	local tag rc=0

	far_tag=$((far_tag + 1))
	tag=far$far_tag
	cap_start "$tag" "$ns" "$dev" "$filter" || return
	eval "$control" || { echo "the control failed: $control"; rc=1; }
	cap_mark "$tag" || rc=1
	cap_seen "$tag" 0 || { echo "the control was not seen"; rc=1; }
	[ $rc -ne 0 ] || reason_rises "$port" "$reason" "$want" eval "$probe" || rc=1
	cap_stop "$tag" || rc=1
	expect_capture_empty "$tag" 1 || rc=1
	return "$rc"
}

# ---- frames and pings ----

frame() { # frame NAMESPACE DEVICE KEY=VALUE...: see frames.py
	tester frame "$@"
}

fragments() { # fragments NAMESPACE DEVICE parts=START-END,... KEY=VALUE... [+ NAMESPACE ...]
	tester fragments "$@"
}

ping_all() { # ping_all NAMESPACE DESTINATION [ttl=N] [size=N]: three requests, three replies
	tester ping-all "$@"
}

ping_ok() { # ping_ok NAMESPACE DESTINATION: the same, after neighbours were resolved
	tester ping-ok "$@"
}

# How long those who get no answer wait for one is theirs to say, but in reason_rises: there each
# packet is accounted for by a counter, which is waited for, and so none is on its way.

ping_fails() { # ping_fails NAMESPACE DESTINATION: three requests, no reply
	tester ping-fails "$@" ${accounted:+0.1}
}

# ---- servers and clients ----

add_server() { # add_server NAMESPACE: HTTP on 80, echo on 7, both say who asks
	tester serve "$1"
}

http() { # http NAMESPACE ADDRESS: the page
	tester http "$@"
}

# http_source NAMESPACE ADDRESS SOURCE: the page comes, and the server saw that source
http_source() {
	local page

	page=$(http "$1" "$2")
	[[ $page == *"peer=$3 "* ]] && return
	echo "page of $2 for $1: '$page', wanted peer $3"
	return 1
}

http_fails() { # http_fails NAMESPACE ADDRESS
	tester http-fails "$@" ${accounted:+0.1}
}

udp_send() { # udp_send NAMESPACE ADDRESS PORT N: one datagram each, of N flows
	tester udp-send "$@"
}

# udp_source NAMESPACE ADDRESS SOURCE [SIZE]: echo works over UDP, and the server saw that source
udp_source() {
	local answer

	answer=$(tester udp-echo "$1" "$2" "${4:-5}")
	[[ $answer == "hello|$3|"* ]] && return
	echo "$2 answered '$answer' to $1, wanted peer $3"
	return 1
}

udp_refused() { # udp_refused NAMESPACE ADDRESS PORT: the sender learns that nobody listens
	tester udp-refused "$@" ${accounted:+0.2}
}

udp_prohibited() { # udp_prohibited NAMESPACE ADDRESS PORT: the sender learns that it may not
	tester udp-prohibited "$@"
}

tcp_refused() { # tcp_refused NAMESPACE ADDRESS PORT [SOURCE-PORT]: the connection is reset at once
	tester tcp-refused "$@"
}

stream() { # stream NAMESPACE ADDRESS MEGABYTES: what arrives is what was sent
	tester stream "$@"
}

# ---- long-lived TCP flows ----

# flow_start TAG NAMESPACE ADDRESS [SOURCE-PORT]: to an echo server, until it speaks
flow_start() {
	tester flow-start "$1" "$2" "$3" "${4:-0}"
}

flow_goes_on() { # flow_goes_on TAG
	tester flow-goes-on "$1"
}

flow_stands() { # flow_stands TAG
	tester flow-stands "$1"
}

flow_sees() { # flow_sees TAG SOURCE: the server sees this source
	local answer

	answer=$(tester flow-answer "$1")
	[[ $answer == *"|$2|"* ]] && return
	echo "$answer"
	return 1
}

flow_source_port() { # flow_source_port TAG: as the server sees it
	local answer

	answer=$(tester flow-answer "$1")
	echo "${answer##*|}"
}

flow_stop() {
	tester flow-stop "$1"
}
