#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Find the kernel that a test run boots, and build it if the cache has none.
#
# kernel.sh KIND                   um, um-bench, lean or stock: prints IMAGE=... and
#                                  KDIR=... (what modules build against)
# kernel.sh oldest                 likewise KDIR= of 6.1, which is only built for; fails without
# kernel.sh verify KIND            in the guest: is everything on that this kernel is there for?
# kernel.sh source                 prints the folder of the source of 6.12
#
# All but stock are built from the distribution's linux-source-6.12, um from the newest one, with
# the fragments beside this file, and kept in $VPC_CACHE (~/.cache/vpc-router), one folder per
# source, fragments and compiler.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=progress.sh
. "$rig/progress.sh"
set -e -o pipefail

tarball=/usr/src/linux-source-6.12.tar.xz
um_patches=("$rig"/um-*.patch)

source_version() { # source_version KIND, as Debian writes it: 6.12.117-1~deb12u1
	if [ "$1" = um ]; then
		dpkg-deb -f "$(newest_source)" Version 2>/dev/null
	else
		# shellcheck disable=SC2016 # a format of dpkg's
		dpkg-query -W -f '${Version}' linux-source-6.12 2>/dev/null
	fi || die "there is no kernel source for $1; run selftests/rig/setup.sh"
}

fragment() { # fragment KIND
	local files=(common)

	case $1 in
	um)
		files+=(um um-debug)
		! is_patched || files+=(um-smp) ;;
	um-bench) files+=(um um-bench) ;;
	*) files+=("$1") ;;
	esac
	(cd "$rig" && cat "${files[@]/%/.config}")
}

# ---- the source ----

extract() { # extract KIND DIR
	if [ "$1" = um ]; then
		dpkg-deb --fsys-tarfile "$(newest_source)" | tar -xO --wildcards '*/linux-source-*.tar.xz'
	else
		cat "$tarball"
	fi | tar -xJ -C "$2" --strip-components=1
}

# Unpacked beside its place and renamed, so that half a tree is never taken for a whole one
unpack() { # unpack KIND DIR
	local tmp=$2.unpacking

	rm -rf "$tmp"
	mkdir -p "$tmp"
	with_progress "unpacking the kernel source" "$cache/unpack.log" extract "$1" "$tmp" || return 1
	[ "$1" != um ] || patch_source "$tmp"
	mv "$tmp" "$2"
}

# Some day a newer kernel will be another one there: then um is slow and has one processor, and a
# test says so.
patch_source() { # patch_source DIR
	cat "${um_patches[@]}" | patch -d "$1" -p1 --dry-run >"$cache/patch.log" 2>&1 || return 0
	cat "${um_patches[@]}" | patch -d "$1" -p1 >"$cache/patch.log" && touch "$1/patched"
}

patches_hash() {
	cat "${um_patches[@]}" | sha256sum | cut -c 1-8
}

source_dir() { # source_dir KIND
	local version

	version=$(source_version "$1")
	version=${version%%-*}
	[ "$1" != um ] || version+=-$(patches_hash)
	echo "$cache/src-$version"
}

is_patched() {
	[ -e "$(source_dir um)/patched" ]
}

source_tree() { # source_tree KIND
	local dir

	dir=$(source_dir "$1")
	mkdir -p "$cache"
	(
		flock 9
		[ -e "$dir" ] || unpack "$1" "$dir"
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
	um*) echo "linux modules" ;;
	lean) echo "bzImage modules" ;;
	esac
}

# An interrupted build goes on where it was: only a finished one is marked so, with the folder's name,
# because the build has that inside: one that was moved is built again. Two builders do not meet: the
# second waits for the first's lock.
is_finished() { # is_finished DIR
	[ "$(cat "$1/finished" 2>/dev/null)" = "$1" ]
}

build() { # build KIND DIR
	local kind=$1 dir=$2 src

	src=$(source_dir "$kind")
	[ ! -e "$dir/finished" ] || rm -rf "$dir"	# it was moved here
	mkdir -p "$dir"
	configure "$kind" "$src" "$dir" || return 1
	# shellcheck disable=SC2046 # lists of words
	with_progress "building kernel $kind" "$dir/build.log" \
		make -C "$src" O="$dir" $(arch_args "$kind") -j"$jobs" $(targets "$kind") || return 1
	echo "$dir" >"$dir/finished"
}

image() { # image KIND DIR
	case $1 in
	um*) echo "$2/linux" ;;
	lean) echo "$2/arch/x86/boot/bzImage" ;;
	esac
}

folder() { # folder KIND: where its build is kept
	local version key

	source_tree "$1" >/dev/null
	version=$(source_version "$1")
	[ "$1" != um ] || version+=-$(patches_hash)
	# Comments do not change a kernel.
	key=$({ echo "$version $1"; fragment "$1" | grep '^CONFIG_'; gcc -dumpfullversion -dumpmachine; } |
		sha256sum | cut -c 1-12)
	echo "$cache/$1-${version%%-*}-$key"
}

built() { # built KIND
	local dir

	dir=$(folder "$1")
	mkdir -p "$cache"
	(
		flock 9
		is_finished "$dir" || build "$1" "$dir" 1>&2
	) 9>"$dir.lock" || exit 1
	printf 'IMAGE=%q\nKDIR=%q\n' "$(image "$1" "$dir")" "$dir"
}

stock() {
	local release

	release=$(stock_release)
	[ -n "$release" ] || die "no kernel 6.12 with headers; run selftests/rig/setup.sh"
	printf 'IMAGE=%q\nKDIR=%q\n' "/boot/vmlinuz-$release" "/lib/modules/$release/build"
}

oldest() {
	local release

	release=$(headers_release 6.1)
	[ -n "$release" ] || die "no headers of 6.1 here"
	printf 'KDIR=%q\n' "/lib/modules/$release/build"
}

# ---- in the guest ----

verify_stock() {
	local option missing=""

	while read -r option; do
		grep -qE "^$option=[ym]" "/boot/config-$(uname -r)" || missing="$missing $option"
	done < <(grep -o '^CONFIG_[A-Z0-9_]*' "$rig/../config")
	[ -z "$missing" ] || die "this kernel lacks$missing"
}

# A complaint of lockdep's switches it off for good: one while booting is no test's fault, but then
# nothing would be tested.
lockdep_works() {
	[ ! -e /proc/lockdep_stats ] || grep -q 'debug_locks: *1' /proc/lockdep_stats ||
		die "lockdep has given up"
}

verify() { # verify KIND
	lockdep_works
	if [ "$1" = stock ]; then
		verify_stock
	else
		check_config <(fragment "$1") <(zcat /proc/config.gz)
	fi
}

case ${1:-} in
um | um-bench | lean) built "$1" ;;
stock) stock ;;
oldest) oldest ;;
source) source_tree lean ;;
folder) folder "${2:-}" ;;
verify) verify "${2:-}" ;;
*) usage ;;
esac
