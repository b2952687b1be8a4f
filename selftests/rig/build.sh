#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Build vpc.ko for one of the rig's kernels, in build/KIND, and vpcctl.
#
# build.sh KIND [MAKE-ARGUMENT...]     KIND: as of kernel.sh; e.g. C=2 for sparse
#
# Modules are built beside their sources, so each kernel gets a copy of those. Warnings are
# errors. The kernels that have KUnit get vpc_kunit.ko too.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=build-lib.sh
. "$rig/build-lib.sh"
set -e -o pipefail

[ $# -gt 0 ] || usage
kind=$1
shift
settings=$("$rig/kernel.sh" "$kind")
eval "$settings"
mkdir -p "$root/build/log"
# One builder at a time in a folder
exec 9>"$root/build/log/$kind.lock"
flock 9
copy_sources "$root/build/$kind" -t
build_modules "$kind" "$root/build/$kind" "$root/build/log/$kind.build" "$@" ||
	die "vpc.ko does not build without complaint for kernel $kind"
build_tools "$root/build/log/tools.build" || die "the tools do not build"
