#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Boot an x86 kernel in a virtual machine and run CMD as root in it, in this repository. The
# host's file system is read-only there; /tmp, /etc, /run and the like are the guest's own copies.
#
# vng.sh stock|lean CMD...    exit code: that of CMD; 125: the guest died or its kernel complained
#                             the command's standard error comes on standard output
# VPC_LIMIT                   seconds after which the guest is ended (1800)
# VPC_MEM, VPC_CPUS           its memory (2G) and processors (2)
# VPC_PARAMETERS              more for the kernel's command line
# VPC_KVM=0|1                 emulate, or use KVM, without trying whether KVM works
# VPC_ICOUNT=1                emulate one processor with a clock that counts its instructions, a
#                             nanosecond each, whatever else the host does

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=guest-lib.sh
. "$rig/guest-lib.sh"

limit=${VPC_LIMIT:-1800}

# /dev/kvm may be there and a guest still not run. So run one: a kernel without a root file
# system panics within two seconds, and says so.
kvm_boots() {
	[ -w /dev/kvm ] || return 1
	timeout -k 1 8 qemu-system-x86_64 -accel kvm -cpu host -m 256 -kernel "$IMAGE" \
		-append "console=ttyS0 panic=-1" -no-reboot -display none -serial stdio \
		</dev/null 2>/dev/null | grep -q 'Kernel panic'
}

# The answer holds until the host boots again.
kvm_works() {
	local boot answer

	[ -z "${VPC_KVM:-}" ] || return $((VPC_KVM == 0))
	read -r boot </proc/sys/kernel/random/boot_id
	answer=$cache/kvm-$boot
	if [ ! -s "$answer" ]; then
		mkdir -p "$cache"
		rm -f "$cache"/kvm-*
		kvm_boots && echo yes >"$answer" || echo no >"$answer"
	fi
	[ "$(<"$answer")" = yes ]
}

# What the guest starts again and again comes by a second way that it may cache: its root asks the
# host for each step of each path, which in emulation costs more than a program's start.
cached=(-virtfs "local,path=/,mount_tag=cached,security_model=none,readonly=on,multidevs=remap")

# What udev would load for devices that no test looks at takes a quarter of a stock kernel's boot.
unwanted=ahci,libata,scsi_mod,sd_mod,sr_mod,cdrom,sg,kvm,kvm_amd,kvm_intel,irqbypass,i6300esb,iTCO_wdt
unwanted+=,i2c_i801,lpc_ich,psmouse,pcspkr,button,evdev,joydev,mousedev,powernow_k8,acpi_cpufreq

# vng truncates plain files that it is given as its output, hence the pipes. Its standard error
# is the console. Without random addresses QEMU 7.2 need not translate each process's code anew.
boot() { # boot QEMU-OPTIONS [VNG-OPTION...]
	local qemu="$1 ${cached[*]}" rc

	shift
	exec 7> >(exec cat) 8> >(exec cat >"$out/console")
	timeout -k 5 "$limit" vng -r "$IMAGE" "$@" "--qemu-opts=$qemu" --cpus "${VPC_CPUS:-2}" \
		--memory "${VPC_MEM:-2G}" --user root --verbose --rwdir "$out=$out" \
		--append "kunit.enable=1 panic=-1 norandmaps rcupdate.rcu_expedited=1" \
		--append "module_blacklist=$unwanted ${VPC_PARAMETERS:-}" \
		--exec "bash $out/wrapper" </dev/null >&7 2>&8
	rc=$?
	exec 7>&- 8>&-
	wait
	return "$rc"
}

kind=${1:-}
case $kind in stock | lean) shift ;; *) usage ;; esac
[ $# -gt 0 ] || usage
eval "$("$rig/kernel.sh" "$kind")"
[ -n "${IMAGE:-}" ] || exit 125
guest_prepare "$@"
cat >"$out/wrapper" <<-END
	mkdir /run/cached
	mount -t 9p -o ro,trans=virtio,version=9p2000.L,cache=loose,msize=512000 cached /run/cached &&
	for dir in /usr "$root/tools" "$root/selftests"; do
		mount --bind "/run/cached\$dir" "\$dir"
	done
	bash $out/command 2>&1 </dev/null
	echo \$? >$out/rc
	dmesg >$out/dmesg
END
# Emulated processors take turns in one thread: with a thread each, QEMU 7.2 may run a stale int3
# that the kernel has just patched away (static keys, e.g. when tcpdump starts), and that is an oops.
accel=("")
if [ -n "${VPC_ICOUNT:-}" ]; then
	accel=("-icount shift=0,sleep=off" --disable-kvm)
	VPC_CPUS=1
elif ! kvm_works; then
	say "no working KVM here: emulating, which is slow"
	accel=("-accel tcg,thread=single" --disable-kvm)
fi
boot "${accel[@]}"
guest_finish "$kind" $?
