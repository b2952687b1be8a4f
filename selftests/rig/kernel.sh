#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Find the kernel that a test run boots, and build it if the cache has none.
#
# kernel.sh um|lean|stock          prints IMAGE=... and KDIR=... (what modules build against)
# kernel.sh verify um|lean|stock   in the guest: is everything on that this kernel is there for?
# kernel.sh source                 prints the folder of the kernel source
#
# um and lean are built from the distribution's linux-source-6.12 and the fragments beside this
# file, and kept in $VPC_CACHE (~/.cache/vpc-router), one folder per source, fragment and compiler.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=progress.sh
. "$rig/progress.sh"
set -e

tarball=/usr/src/linux-source-6.12.tar.xz

source_version() { # as Debian writes it: 6.12.117-1~deb12u1
	# shellcheck disable=SC2016 # a format of dpkg's
	dpkg-query -W -f '${Version}' linux-source-6.12 2>/dev/null ||
		die "linux-source-6.12 is not installed; run selftests/rig/setup.sh"
}

fragment() { # fragment um|lean
	cat "$rig/common.config" "$rig/$1.config"
}

# ---- the source ----

# Unpacked beside its place and renamed, so that half a tree is never taken for a whole one
unpack() { # unpack DIR
	local tmp=$1.unpacking

	rm -rf "$tmp"
	mkdir -p "$tmp"
	with_progress "unpacking the kernel source" "$cache/unpack.log" \
		tar -xJf "$tarball" -C "$tmp" --strip-components=1
	mv "$tmp" "$1"
}

source_tree() {
	local version dir

	version=$(source_version)
	dir=$cache/src-${version%%-*}
	mkdir -p "$cache"
	(
		flock 9
		[ -e "$dir" ] || unpack "$dir"
	) 9>"$dir.lock"
	echo "$dir"
}

# ---- the build ----

# An option that kconfig quietly drops would leave a checker off unnoticed
check_config() { # check_config FRAGMENT CONFIG
	local missing

	missing=$(grep '^CONFIG_' "$1" | grep -vxFf "$2" || true)
	[ -n "$missing" ] || return 0
	say "options of the fragment that the kernel does not have:" "$missing"
	return 1
}

configure() { # configure KIND SOURCE DIR
	fragment "$1" >"$3/fragment"
	# shellcheck disable=SC2046 # two words or none
	make -s -C "$2" O="$3" $(arch_args "$1") KCONFIG_ALLCONFIG="$3/fragment" allnoconfig \
		>"$3/config.log" 2>&1 || { cat "$3/config.log" >&2; return 1; }
	check_config "$3/fragment" "$3/.config"
}

targets() { # targets KIND
	case $1 in
	um) echo "linux modules" ;;
	lean) echo "bzImage modules" ;;
	esac
}

# An interrupted build goes on where it was: its folder has the final name only when finished.
# Two builders do not meet: the second waits for the first one's lock.
build() { # build KIND DIR
	local kind=$1 dir=$2 tmp=$2.building src

	src=$(source_tree)
	mkdir -p "$tmp"
	configure "$kind" "$src" "$tmp" || return 1
	# shellcheck disable=SC2046 # lists of words
	with_progress "building kernel $kind" "$tmp/build.log" \
		make -C "$src" O="$tmp" $(arch_args "$kind") -j"$jobs" $(targets "$kind") || return 1
	mv "$tmp" "$dir"
}

image() { # image KIND DIR
	case $1 in
	um) echo "$2/linux" ;;
	lean) echo "$2/arch/x86/boot/bzImage" ;;
	esac
}

folder() { # folder KIND: where its build is kept
	local version key

	version=$(source_version)
	# Comments do not change a kernel.
	key=$({ echo "$version $1"; fragment "$1" | grep '^CONFIG_'; gcc -dumpfullversion -dumpmachine; } |
		sha256sum | cut -c 1-12)
	echo "$cache/$1-${version%%-*}-$key"
}

built() { # built um|lean
	local dir

	dir=$(folder "$1")
	mkdir -p "$cache"
	(
		flock 9
		[ -e "$dir" ] || build "$1" "$dir" 1>&2
	) 9>"$dir.lock" || exit 1
	printf 'IMAGE=%q\nKDIR=%q\n' "$(image "$1" "$dir")" "$dir"
}

stock() {
	local release

	release=$(stock_release)
	[ -n "$release" ] || die "no kernel 6.12 with headers; run selftests/rig/setup.sh"
	printf 'IMAGE=%q\nKDIR=%q\n' "/boot/vmlinuz-$release" "/lib/modules/$release/build"
}

# ---- in the guest ----

verify_stock() {
	local option missing=""

	while read -r option; do
		grep -qE "^$option=[ym]" "/boot/config-$(uname -r)" || missing="$missing $option"
	done < <(grep -o '^CONFIG_[A-Z0-9_]*' "$rig/../config")
	[ -z "$missing" ] || die "this kernel lacks$missing"
}

verify() { # verify KIND
	if [ "$1" = stock ]; then
		verify_stock
	else
		check_config <(fragment "$1") <(zcat /proc/config.gz)
	fi
}

case ${1:-} in
um | lean) built "$1" ;;
stock) stock ;;
source) source_tree ;;
folder) folder "${2:-}" ;;
verify) verify "${2:-}" ;;
*) usage ;;
esac
