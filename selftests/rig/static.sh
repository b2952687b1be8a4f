#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# The checks that need no guest, as TAP: one line for each, its output when it fails.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1
number=0
bad=0

check() { # check NAME CMD...
	local name=$1 out result=ok start=$SECONDS

	shift
	number=$((number + 1))
	if ! out=$("$@" 2>&1); then
		result="not ok"
		bad=1
		printf '%s\n' "$out" | sed 's/^/# /'
	fi
	echo "$result $number $name ($((SECONDS - start)) s)"
}

layers_see_a_violation() {
	local tmp rc

	tmp=$(mktemp -d)
	cp -r kmod "$tmp/"
	echo '#include <linux/skbuff.h>' >>"$tmp/kmod/lib/planted.c"
	"$rig/layers.sh" "$tmp/kmod" | grep 'planted.c:1: lib must not include linux/skbuff.h'
	rc=$?
	rm -rf "$tmp"
	return "$rc"
}

# Each complaint of a kernel that a run must fail for, and lines that are no complaint
dmesg_check_sees() {
	local line log

	log=$(mktemp)
	while read -r line; do
		printf '%s\n' "[ 1.0] Run /init as init process" "$line" >"$log"
		! "$rig/dmesg-check.sh" "$log" >/dev/null || { echo "passed: $line"; return 1; }
	done <<'END'
WARNING: CPU: 0 PID: 1 at kernel/softirq.c:361
BUG: KASAN: slab-use-after-free in vpc_x+0x1/0x2 [vpc]
WARNING: suspicious RCU usage
WARNING: possible recursive locking detected
WARNING: possible circular locking dependency detected
WARNING: inconsistent lock state
unreferenced object 0x0000000062ad3b00 (size 64):
kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
ref_tracker: net notrefcnt@0000000061 has 1/1 users at
unregister_netdevice: waiting for veth0 to become free. Usage count = 2
UBSAN: shift-out-of-bounds in lib/x.c:3:1
END
	printf '%s\n' "WARNING: of the boot itself" "[ 1.0] Run /init as init process" \
		"KernelAddressSanitizer initialized" "vpc: loaded" >"$log"
	"$rig/dmesg-check.sh" "$log" && rm "$log"
}

shellcheck_all() {
	our_files '\.sh$|^\.ci/run$' | xargs shellcheck -x -P SCRIPTDIR
}

sparse_version() {
	sparse --version
}

check "layers: nobody includes what its layer must not" "$rig/layers.sh"
check "layers: a planted violation is seen" layers_see_a_violation
check "dmesg-check: sees each complaint, and no other" dmesg_check_sees
check "tap-sum: counts right" "$rig/tap-sum-test.sh"
check "rules: a wrong table, or a wrong run, is seen" "$rig/rules-test.sh"
check "rules: rules.tsv agrees with sources and README" "$rig/rules.sh"
check "mutants: each patch applies, and says who notices" "$rig/mutants.sh" --check
check "shellcheck: all scripts" shellcheck_all
check "style: checkpatch" "$rig/style.sh"
check "gen-check: generated files are those of the spec" tools/gen/regen.sh --check
check "sparse is there" sparse_version
check "sparse: vpc.ko" "$rig/build.sh" stock C=2 CF=-D__CHECK_ENDIAN__
# Where the distribution has that kernel
if "$rig/kernel.sh" oldest >/dev/null 2>&1; then
	check "vpc.ko builds for kernel 6.1" "$rig/build.sh" oldest
fi
echo "1..$number"
exit $bad
