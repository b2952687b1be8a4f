# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the benchmarks share: the clock, the kernel's memory, rows of a table. They stand on the
# selftests' lib.sh but judge nothing: what fails ends them, what works prints Markdown.

export NO_TAP=1
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

row() { # row CELL...
	local cell

	printf '|'
	for cell in "$@"; do
		printf ' %s |' "$cell"
	done
	echo
}

head_row() { # head_row TITLE...
	row "$@"
	printf '|---%.0s' "$@"
	echo '|'
}

grouped() { # grouped N: 1234567 as 1,234,567
	sed -E ':more; s/^(-?[0-9]+)([0-9]{3})/\1,\2/; t more' <<<"$1"
}

now() { # microseconds
	echo "${EPOCHREALTIME/[.,]/}"
}

since() { # since START: sets `took`, microseconds
	took=$(($(now) - $1 + 1))
}

timed() { # timed CMD...: must work; sets `took`
	local start

	start=$(now)
	must "$@"
	since "$start"
}

# A file as one transaction. What vpcctl says of its progress is for a terminal of its own.
batch() { # batch FILE
	vr -b "$1" 2>"$TMP/progress" || { tail -n 3 "$TMP/progress"; return 1; }
}

rate() { # rate N: in a second of what took so long
	grouped $(($1 * 1000000 / took))
}

milliseconds() {
	printf '%d.%01d ms' $((took / 1000)) $((took / 100 % 10))
}

# What a change replaced is freed after a grace period, from a workqueue.
settle() {
	pause 0.5
}

kmalloc_bytes() { # what is taken from the kmalloc caches
	awk '/^kmalloc-/ { sum += $2 * $4 } END { printf "%.0f\n", sum }' /proc/slabinfo
}

# Few objects disappear in what the caches keep at hand.
bytes_each() { # bytes_each N BYTES
	[ "$1" -lt 1000 ] && echo "-" && return
	echo $((($2 + $1 / 2) / $1))
}

# What an object of a cache takes of its slab: the ends of slabs that hold none count, too.
object_bytes() { # object_bytes CACHE
	awk -v name="$1" '$1 == name { printf "%d\n", $6 * 4096 / $5 }' /proc/slabinfo
}

objects() { # objects CACHE
	awk -v name="$1" '$1 == name { print $2 }' /proc/slabinfo
}

meminfo() { # meminfo FIELD, in bytes
	awk -v name="$1:" '$1 == name { printf "%.0f\n", $2 * 1024 }' /proc/meminfo
}
