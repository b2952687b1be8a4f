#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Fail when a kernel log has what a healthy kernel does not say, and show it. What it says before
# its first process runs is about itself.
#
# dmesg-check.sh FILE

set -u

complaints=(
	'WARNING:' 'BUG:' 'RIP:' 'Call Trace:' 'KASAN' 'UBSAN' 'Oops' 'Kernel panic'
	'suspicious RCU usage' 'possible recursive locking' 'inconsistent lock state'
	'possible circular locking' 'held lock freed' 'ref_tracker:' 'unreferenced object'
	'unregister_netdevice: waiting' 'kmemleak: [0-9]+ new'
)

# The announcements of the checkers themselves
harmless='KernelAddressSanitizer initialized|Running KASAN KUnit'

pattern=$(IFS='|'; echo "${complaints[*]}")
booted=$(grep -n -m 1 'Run .* as init process' "$1")
booted=${booted%%:*}
hits=$(grep -nE "$pattern" "$1" | grep -vE "$harmless" | awk -F: -v after="${booted:-0}" '$1 > after')
[ -n "$hits" ] || exit 0

echo "kernel log: $(wc -l <<<"$hits") complaint(s), the first with what surrounds it:"
first=${hits%%:*}
sed -n "$((first > 3 ? first - 3 : 1)),$((first + 40))p" "$1"
echo "kernel log: all complaints:"
head -n 30 <<<"$hits"
exit 1
