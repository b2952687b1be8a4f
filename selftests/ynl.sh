#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# A second client: the kernel's own, in Python, which knows of the family what its specification
# says. Every command, required attribute, bound and notification; see ynl_client.py.
#
# VPC_YNL: the folder tools/net/ynl of a kernel source

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VPC_YNL=${VPC_YNL:-$HOME/.cache/vpc-router/ynl-6.12/tools/net/ynl}
SPEC=$LIB_DIR/../uapi/netlink/specs/vpc.yaml

skip_all() {
	echo "1..0 # SKIP $1"
	exit $KSFT_SKIP
}

# Ports to be, their other ends beside them.
add_devices() {
	local dev

	for dev in va vb up0 up1 up2 svc0 svc1 svc2 svc3 spare0; do
		echo "link add $dev type veth peer name p-$dev"
	done
	printf 'link set %s up\n' va p-va vb p-vb
}

# From the client's words to checks; what it says before "not ok" tells why.
report() {
	local line

	: >"$TMP/why"
	while IFS= read -r line; do
		case $line in
		"ok "*) passed "${line#ok }" ;;
		"not ok "*) failed "${line#not ok }" <"$TMP/why" ;;
		"# "*) echo "${line#\# }" >>"$TMP/why"; continue ;;
		"skip "*) skip_all "${line#skip }" ;;
		done) return ;;
		*) echo "# $line" ;;
		esac
		: >"$TMP/why"
	done
	failed "the client ran to its end" <"$TMP/stderr"
}

[ -e "$VPC_YNL/lib/ynl.py" ] || skip_all "no YNL library in VPC_YNL=$VPC_YNL"
[ -e "$SPEC" ] || skip_all "no specification: $SPEC"

must add_router
must ip -n "$R" -batch <(add_devices)

report < <(in_ns "$R" "$PYTHON" "$LIB_DIR/ynl_client.py" "$SPEC" "$VPC_YNL" "$VPCCTL" \
	2>"$TMP/stderr")

finish
