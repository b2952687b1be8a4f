#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Fail when a kernel log has what a healthy kernel does not say, and show it.
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
hits=$(grep -nE "$pattern" "$1" | grep -vE "$harmless")
[ -n "$hits" ] || exit 0

echo "kernel log: $(wc -l <<<"$hits") complaint(s), the first with what surrounds it:"
first=${hits%%:*}
sed -n "$((first > 3 ? first - 3 : 1)),$((first + 40))p" "$1"
echo "kernel log: all complaints:"
head -n 30 <<<"$hits"
exit 1
