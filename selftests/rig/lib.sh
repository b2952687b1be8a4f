# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What every script of the rig needs: where things are, and how to say things.

set -u

rig=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$rig/../.." && pwd)
cache=${VPC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vpc-router}
jobs=${VPC_JOBS:-$(nproc)}
export rig root cache jobs

# `make -s check` or `make -j4 check` is not meant for the builds inside.
unset MAKEFLAGS MFLAGS MAKELEVEL

say() { # say TEXT: for people, so never on stdout, which carries results
	printf '%s: %s\n' "$(basename "$0")" "$*" >&2
}

die() { # die TEXT
	say "$@"
	exit 1
}

usage() { # usage: the comment at the top of the calling script
	sed -n '/^# SPDX/d; /^#!/d; /^# shellcheck/d; /^#/!q; s/^# \{0,1\}//p' "$0" >&2
	exit 2
}

# The make arguments that kernel KIND needs beside its build tree
arch_args() { # arch_args um|lean|stock
	[ "$1" != um ] || echo "ARCH=um SUBARCH=x86_64"
}

# The newest installed 6.12 of the distribution that has both an image and headers
stock_release() {
	local release

	find /lib/modules -maxdepth 1 -name '6.12*' -printf '%f\n' | sort -Vr |
		while read -r release; do
			[ -e "/boot/vmlinuz-$release" ] || continue
			[ -e "/lib/modules/$release/build/Makefile" ] || continue
			echo "$release"
			break
		done
}

# Our files, committed or to be, whose names match
our_files() { # our_files PATTERN [FOLDER...]
	local pattern=$1 file

	shift
	git -C "$root" ls-files -co --exclude-standard -- "$@" | grep -E -- "$pattern" |
		while read -r file; do
			[ ! -e "$root/$file" ] || echo "$file"
		done
}
