#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Boot a user-mode Linux kernel and run CMD as root in it, in this repository. What the guest
# writes goes to memory and is gone afterwards; the host's file system is read through.
#
# um.sh um|um-bench CMD...          exit code: that of CMD; 125: the guest died or its kernel
#                                   complained
# VPC_LIMIT                         seconds after which the guest is ended (600)
# VPC_MEM                           its memory (1500M)
# VPC_PARAMETERS                    more for the kernel's command line

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=guest-lib.sh
. "$rig/guest-lib.sh"

limit=${VPC_LIMIT:-600}

# The guest's first two terminals are our standard output and standard error; the third has what
# the kernel says. All through pipes: the kernel cannot wait for a file.
boot() { # boot IMAGE KERNEL-PARAMETER...
	local image=$1 rc

	shift

	exec 7> >(exec cat) 8> >(exec cat >&2) 9> >(exec cat >>"$out/console")
	timeout -k 5 "$limit" "$image" "$@" mem="${VPC_MEM:-1500M}" rootfstype=hostfs rw \
		init="$rig/um-init.sh" "VPC_OUT=$out" kunit.enable=1 panic=-1 \
		rcupdate.rcu_expedited=1 console=tty2 \
		con=null con0=null,fd:7 con1=null,fd:8 con2=null,fd:9 ssl=null \
		</dev/null >>"$out/console" 2>&1
	rc=$?
	exec 7>&- 8>&- 9>&-
	wait
	return "$rc"
}

kind=${1:-}
parameters=()
case $kind in
um) parameters=(ncpus=2 seccomp=on) ;;	# its other mode, ptrace, knows one processor
um-bench) ;;
*) usage ;;
esac
shift
[ $# -gt 0 ] || usage
eval "$("$rig/kernel.sh" "$kind")"
[ -n "${IMAGE:-}" ] || exit 125
guest_prepare "$@"
read -ra more <<<"${VPC_PARAMETERS:-}"
boot "$IMAGE" "${parameters[@]}" "${more[@]}"
guest_finish "$kind" $?
