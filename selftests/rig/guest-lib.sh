# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # rig and root are lib.sh's, limit the caller's
# What um.sh and vng.sh share: the folder through which host and guest talk, and the verdict.
#
# In the folder: command (what the guest runs), rc (its exit code), dmesg (the guest's own, at
# the end), console (all that the kernel said, also when it died).

mkdir -p "$root/build"
out=$(mktemp -d "$root/build/guest.XXXXXX")
trap 'rm -rf "$out"' EXIT

# guest_prepare CMD...: with the caller's VPC_ and test variables, in the repository
guest_prepare() {
	local name

	{
		for name in ${!VPC_@} CI SUITE; do
			[ -z "${!name+x}" ] || printf 'export %s=%q\n' "$name" "${!name}"
		done
		echo 'export PATH=/usr/sbin:/sbin:/usr/bin:/bin HOME=/tmp TMPDIR=/tmp LC_ALL=C'
		# A host made of packages alone has none for `ip netns exec` to lay a namespace's own over.
		echo '[ -e /etc/hosts ] || echo 127.0.0.1 localhost >/etc/hosts'
		printf 'cd %q || exit 1\n' "$root"
		printf '%q ' "$@"
		echo
	} >"$out/command"
}

# The console of the last guest of each kind is kept for who wants to look.
keep_console() { # keep_console KIND
	mkdir -p "$root/build/log"
	cp "$out/console" "$root/build/log/$1.console"
	[ ! -s "$out/dmesg" ] || cp "$out/dmesg" "$root/build/log/$1.dmesg"
}

# guest_finish KIND EMULATOR-EXIT-CODE: never returns
guest_finish() {
	local log=$out/dmesg rc

	keep_console "$1"
	if [ ! -s "$out/rc" ]; then
		tail -n 60 "$out/console" >&2
		[ "$2" -ne 124 ] || say "the $1 guest overran its limit of $limit s"
		die_with 125 "the $1 guest died; its last words are above, all of them in build/log/$1.console"
	fi
	# The ring buffer of the guest may have lost its start, the console may lack levels.
	[ -s "$log" ] || log=$out/console
	"$rig/dmesg-check.sh" "$log" >&2 || die_with 125 "the $1 kernel complained, see build/log/$1.dmesg"
	read -r rc <"$out/rc"
	exit "$rc"
}

die_with() { # die_with CODE MESSAGE
	say "$2"
	exit "$1"
}
