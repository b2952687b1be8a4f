# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A long make with its output in a log: a line that is updated in place on a terminal, and
# elsewhere one line a minute.

progress_line() { # progress_line TITLE LOG START
	local steps

	steps=$(grep -cE '^  (CC|AS|LD|AR|HOSTCC|MODPOST) ' "$2")
	printf '%s: %d files, %d:%02d' "$1" "$steps" \
		$(((SECONDS - $3) / 60)) $(((SECONDS - $3) % 60))
}

progress_watch() { # progress_watch TITLE LOG PID
	local start=$SECONDS next=60

	while kill -0 "$3" 2>/dev/null; do
		sleep 1
		if [ -t 2 ]; then
			printf '\r%s ' "$(progress_line "$1" "$2" "$start")" >&2
		elif [ $((SECONDS - start)) -ge "$next" ]; then
			next=$((next + 60))
			printf '%s\n' "$(progress_line "$1" "$2" "$start")" >&2
		fi
	done
	[ ! -t 2 ] || echo >&2
}

# Runs CMD, shows how far it is, and the end of its log if it fails
with_progress() { # with_progress TITLE LOG CMD...
	local title=$1 log=$2 pid

	shift 2
	(renice -n 10 "$BASHPID" >/dev/null; "$@") >"$log" 2>&1 </dev/null &
	pid=$!
	progress_watch "$title" "$log" "$pid"
	wait "$pid" && return
	echo "$title failed; the end of $log:" >&2
	tail -n 30 "$log" >&2
	return 1
}
