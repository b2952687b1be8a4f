#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Write the uAPI header and the policy tables from uapi/netlink/specs/vpc.yaml with the
# generator of Linux 6.12 (other versions print other text).
#
# regen.sh              write them
# regen.sh --check      change nothing, fail when a committed file differs
# regen.sh --ynl        print the folder of the generator, which has a client's library too
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
spec=$root/uapi/netlink/specs/vpc.yaml
cache=${VPC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vpc-router}
tarball=$(find /usr/src -maxdepth 1 -name 'linux-source-6.12.tar.*' | head -n 1)

ynl() {
	local dir=$cache/ynl-6.12

	if [ ! -e "$dir/tools/net/ynl/ynl-gen-c.py" ]; then
		[ -n "$tarball" ] || { echo "regen: linux-source-6.12 is not installed" >&2; exit 1; }
		mkdir -p "$dir"
		tar -xf "$tarball" -C "$dir" --strip-components=1 \
			linux-source-6.12/tools/net/ynl linux-source-6.12/Documentation/netlink
	fi
	echo "$dir/tools/net/ynl"
}

gen() { # gen OUTPUT-DIR
	local py

	py=$(ynl)/ynl-gen-c.py
	mkdir -p "$1/uapi/linux" "$1/kmod/netlink/gen"
	# The paths in the first lines of the output are those given here: run from the root.
	cd "$root"
	python3 "$py" --spec "$spec" --mode uapi --header -o "$1/uapi/linux/vpc.h"
	python3 "$py" --spec "$spec" --mode kernel --header -o "$1/kmod/netlink/gen/vpc-nl.h"
	python3 "$py" --spec "$spec" --mode kernel --source -o "$1/kmod/netlink/gen/vpc-nl.c"
}

case ${1:-} in
--ynl) ynl; exit ;;
--check) ;;
*) gen "$root"; exit ;;
esac

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
gen "$tmp"
for f in uapi/linux/vpc.h kmod/netlink/gen/vpc-nl.h kmod/netlink/gen/vpc-nl.c; do
	diff -u "$root/$f" "$tmp/$f" || { echo "regen: $f differs from the spec" >&2; exit 1; }
done
