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
set -e -o pipefail

copy_sources() { # copy_sources DIR: objects of earlier builds stay, files that are gone go
	local objects=(.*.cmd '*.o' '*.ko' '*.mod' '*.mod.c' '*.d' '*.symvers' modules.order)

	mkdir -p "$1"
	rsync -rt --delete "${objects[@]/#/--exclude=}" "$root/Kbuild" "$root/kmod" "$root/uapi" "$1/"
}

make_arguments() { # make_arguments KIND
	arch_args "$1"
	case $1 in um* | lean) echo CONFIG_VPC_KUNIT=m ;; esac
}

# What is said about our code; that the distribution's kernel comes from another build of the
# compiler is not.
warnings() { # warnings LOG
	grep -iE 'warning:' "$1" | grep -v 'compiler differs'
}

build_modules() { # build_modules KIND DIR LOG [MAKE-ARGUMENT...]
	local kind=$1 dir=$2 log=$3

	shift 3
	# shellcheck disable=SC2046 # words
	make -C "$KDIR" M="$dir" $(make_arguments "$kind") W=1 -j"$jobs" "$@" modules \
		>"$log" 2>&1 || { grep -vE '^  (CC|LD|MODPOST)' "$log" >&2; return 1; }
	! warnings "$log" >&2 || forget "$dir"
}

# What warned must warn again the next time
forget() { # forget DIR
	find "$1/kmod" -name '*.o' -delete
	rm -f "$1/Module.symvers"
	return 1
}

build_tools() { # build_tools LOG
	flock "$1.lock" make -C "$root/tools" -j"$jobs" >"$1" 2>&1 || { cat "$1" >&2; return 1; }
}

[ $# -gt 0 ] || usage
kind=$1
shift
settings=$("$rig/kernel.sh" "$kind")
eval "$settings"
mkdir -p "$root/build/log"
# One builder at a time in a folder
exec 9>"$root/build/log/$kind.lock"
flock 9
copy_sources "$root/build/$kind"
build_modules "$kind" "$root/build/$kind" "$root/build/log/$kind.build" "$@" ||
	die "vpc.ko does not build without complaint for kernel $kind"
build_tools "$root/build/log/tools.build" || die "the tools do not build"
