#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Install what the rig needs and is not there. Debian 12 and 13; needs no network when all is there.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

packages=(
	gcc make bc flex bison libelf-dev libssl-dev pkg-config libmnl-dev sparse shellcheck
	iproute2 iputils-ping tcpdump curl ethtool socat python3 python3-yaml python3-jsonschema
	python3-requests qemu-system-x86 rsync xz-utils kmod cpio perl linux-source-6.12
)
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

apt_install() {
	say "installing $*"
	as_root env DEBIAN_FRONTEND=noninteractive \
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

# A release without virtme-ng takes that one package (architecture all) from the next release.
# Lists and sources of its own: the user's apt configuration stays as it is.
fetch_virtme_ng() { # fetch_virtme_ng DIR
	local uri sources=$1/sources lists=$1/lists opts

	# Mirrors of the security archive come along: the main one has the release's plain name.
	# shellcheck disable=SC2016 # apt-get's own variables
	uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
		awk '$2 ~ /^[a-z]+$/ { print $1; exit }')
	[ -n "$uri" ] || die "apt-get indextargets names no main archive"
	mkdir -p "$sources" "$lists/partial"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri trixie main" \
		>"$sources/next.list"
	opts=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$sources"
		-o "Dir::State::lists=$lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
		-o APT::Sandbox::User=root)
	(cd "$1" && as_root apt-get update "${opts[@]}" &&
		as_root apt-get download "${opts[@]}" virtme-ng) >&2
}

install_virtme_ng() {
	local tmp

	if known virtme-ng; then
		apt_install virtme-ng
		return
	fi
	tmp=$(mktemp -d)
	fetch_virtme_ng "$tmp" || die "virtme-ng could not be fetched"
	apt_install "$tmp"/virtme-ng_*.deb
	as_root rm -rf "$tmp"
}

mapfile -t absent < <(missing "${packages[@]}")
if [ "${#absent[@]}" -gt 0 ] || ! stock_is_there; then
	install_packages "${absent[@]}"
fi
command -v vng >/dev/null || install_virtme_ng
