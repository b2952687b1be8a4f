# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What every script of the rig needs: where things are, and how to say things.

set -u

rig=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$rig/../.." && pwd)
cache=${VPC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vpc-router}
newest=$cache/newest
jobs=${VPC_JOBS:-$(nproc)}
export rig root cache newest jobs

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
arch_args() { # arch_args KIND
	case $1 in um*) echo "ARCH=um SUBARCH=x86_64" ;; esac
}

# The newest release of SERIES that the distribution has installed the headers of
headers_release() { # headers_release 6.12
	local release

	find /lib/modules -maxdepth 1 -name "$1.*" -printf '%f\n' | sort -Vr |
		while read -r release; do
			[ -e "/lib/modules/$release/build/Makefile" ] || continue
			echo "$release"
			break
		done
}

# Likewise of 6.12, with an image
stock_release() {
	local release

	release=$(headers_release 6.12)
	[ ! -e "/boot/vmlinuz-$release" ] || echo "$release"
}

# The package with the newest kernel's source, see setup.sh
newest_source() {
	local package

	package=$(find "$newest" -name 'linux-source-*.deb' 2>/dev/null | head -n 1)
	[ -n "$package" ] && echo "$package"
}

# For the test that drives the family with the kernel's own client; without it that one skips.
find_ynl() {
	export VPC_YNL=${VPC_YNL:-$("$root/tools/gen/regen.sh" --ynl)}
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
