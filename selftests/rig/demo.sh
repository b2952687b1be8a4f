#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# `make demo`: the labs of selftests/demo.sh on the distribution's own kernel, in a virtual machine.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1

"$rig/setup.sh" demo || die "the set-up failed"
say "building vpc.ko and its tools"
"$rig/build.sh" stock || exit 1
say "booting the lab; without working KVM this takes a minute"
exec "$rig/vng.sh" stock selftests/rig/guest.sh stock demo
