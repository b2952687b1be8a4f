#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The first process of a user-mode Linux guest (see um.sh). Its root is the host's file system,
# writable: nothing is written before an overlay in memory lies over it. To start a process is
# slow here, so there are few.
#
# From the kernel's command line: VPC_OUT, the one folder of the host that the guest writes to.

exec </dev/null >/dev/kmsg 2>&1
export PATH=/usr/sbin:/sbin:/usr/bin:/bin
umask 022

# mount reads this as its fstab: the overlay at /mnt/root and what is the guest's own in it. What
# the host has in /tmp shows (a checkout may live there), what the guest writes there does not.
mounts() {
	cat <<-END
	overlay /mnt/root overlay lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work 0 0
	proc /mnt/root/proc proc defaults 0 0
	sysfs /mnt/root/sys sysfs defaults 0 0
	debugfs /mnt/root/sys/kernel/debug debugfs defaults 0 0
	tmpfs /mnt/root/run tmpfs mode=755 0 0
	tmpfs /mnt/root/dev/shm tmpfs mode=1777,nofail 0 0
	$VPC_OUT /mnt/root/run/out none bind,X-mount.mkdir 0 0
	END
}

lay_overlay() {
	mount -t tmpfs tmpfs /mnt &&
		mkdir /mnt/upper /mnt/work /mnt/root &&
		mounts >/mnt/fstab &&
		mount -a -T /mnt/fstab
}

# A real pivot, not a chroot: user namespaces and `ip netns` want one.
enter() { # enter ROOT
	cd "$1" && pivot_root . mnt && umount -l /mnt && cd /
}

# The nodes of the host's /dev serve, but a container's may lack some.
node() { # node NAME MAJOR MINOR
	[ -e "/dev/$1" ] || mkdir -p "/dev/${1%/*}" 2>/dev/null
	[ -e "/dev/$1" ] || mknod "/dev/$1" c "$2" "$3"
}

add_nodes() {
	node tty0 4 0
	node tty1 4 1
	node net/tun 10 200
}

# Terminals turn newlines into two characters unless told not to.
run_command() {
	local rc

	exec 4<>/dev/tty0 5<>/dev/tty1
	stty raw -echo -opost <&4
	stty raw -echo -opost <&5
	bash /run/out/command >&4 2>&5 4>&- 5>&-
	rc=$?
	dmesg >/run/out/dmesg
	echo "$rc" >/run/out/rc
	sync
}

if lay_overlay && enter /mnt/root; then
	add_nodes
	echo vpc-um >/proc/sys/kernel/hostname
	ip link set lo up
	# Only a kernel with tracing has a place for it.
	[ ! -d /sys/kernel/tracing ] || mount -t tracefs tracefs /sys/kernel/tracing
	run_command
else
	echo "um-init: no root to run in"
fi
halt -f -p
