#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Install what the rig needs and is not there. Debian 12 and 13; needs no network when all is there.
#
# setup.sh [demo]           demo: only what that needs, without compilers for test kernels and such

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

packages=(
	gcc libc6-dev make pkg-config libmnl-dev libjansson-dev iproute2 iputils-ping tcpdump curl python3 qemu-system-x86
	busybox-static rsync kmod git util-linux libldns-dev libunbound-dev bind9-dnsutils dnsmasq-base
)
if [ "${1:-}" != demo ]; then
	packages+=(
		bc flex bison libelf-dev libssl-dev sparse shellcheck ethtool python3-yaml
		python3-jsonschema python3-requests linux-headers-amd64 xz-utils cpio perl
		linux-source-6.12 patch clang libclang-rt-dev llvm
	)
fi
# Debian 12 names its second kernel by version; in Debian 13 it is the only one.
kernels=(linux-image-6.12-amd64 linux-headers-6.12-amd64)

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# The packages of those given that are not installed.
missing() {
	comm -23 <(printf '%s\n' "$@" | sort -u) <(
		dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null |
			sed -n 's/^ii *//p' | sort -u)
}

stock_is_there() {
	[ -n "$(stock_release 2>/dev/null)" ]
}

# An initrd takes a minute. Where no kernel lies in /boot nobody boots from there, and the test
# kernels have their own.
apt_install() {
	local env=(DEBIAN_FRONTEND=noninteractive)

	say "installing $*"
	compgen -G '/boot/vmlinuz-*' >/dev/null || env+=(INITRD=No)
	as_root env "${env[@]}" \
		apt-get install -y -q --no-install-recommends "$@" >&2 || die "apt-get install failed"
}

known() { # known PACKAGE: apt has a version of it to install
	[ -n "$(apt-cache madison "$1" 2>/dev/null)" ]
}

install_packages() {
	local wanted=("$@")

	as_root apt-get update -q >&2 || die "apt-get update failed"
	if ! stock_is_there; then
		known "${kernels[0]}" || kernels=(linux-image-amd64 linux-headers-amd64)
		wanted+=("${kernels[@]}")
	fi
	apt_install "${wanted[@]}"
}

# Packages of another release: lists and sources of their own, the user's apt stays as it is.
# Sets other to the options that apt-get and apt-cache need for it.
other_release() { # other_release CODENAME DIR
	local uri sources=$2/sources lists=$2/lists

	# Mirrors of the security archive come along: the main one has the release's plain name.
	# shellcheck disable=SC2016 # apt-get's own variables
	uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
		awk '$2 ~ /^[a-z]+$/ { print $1; exit }')
	[ -n "$uri" ] || die "apt-get indextargets names no main archive"
	mkdir -p "$sources" "$lists/partial"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $1 main" \
		>"$sources/other.list"
	other=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$sources"
		-o "Dir::State::lists=$lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
		-o APT::Sandbox::User=root)
	as_root apt-get update "${other[@]}" >&2
}

download() { # download PACKAGE DIR, from the other release
	(cd "$2" && as_root apt-get download "${other[@]}" "$1" >&2)
}

install_virtme_ng() {
	local tmp

	if known virtme-ng; then
		apt_install virtme-ng
		return
	fi
	tmp=$(mktemp -d)
	# It is of architecture all.
	if ! other_release trixie "$tmp" || ! download virtme-ng "$tmp"; then
		die "virtme-ng could not be fetched"
	fi
	apt_install "$tmp"/virtme-ng_*.deb
	as_root rm -rf "$tmp"
}

# The newest kernel's source is unpacked, not installed. Which one that is stays until the cache is
# emptied: a check that passed today is not another check tomorrow.
fetch_newest_source() {
	local tmp package

	say "fetching the newest kernel's source"
	tmp=$(mktemp -d)
	other_release testing "$tmp" || die "the lists of the next release could not be fetched"
	package=$(apt-cache "${other[@]}" search --names-only '^linux-source-[0-9.]+$' |
		awk '{ print $1 }' | sort -V | tail -n 1)
	download "$package" "$tmp" || die "the newest kernel's source could not be fetched"
	mkdir -p "$newest"
	mv "$tmp"/linux-source-*.deb "$newest/"
	as_root rm -rf "$tmp"
}

mapfile -t absent < <(missing "${packages[@]}")
if [ "${#absent[@]}" -gt 0 ] || ! stock_is_there; then
	install_packages "${absent[@]}"
fi
command -v vng >/dev/null || install_virtme_ng
if [ "${1:-}" != demo ] && ! newest_source >/dev/null; then
	fetch_newest_source
fi
