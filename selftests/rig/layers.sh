#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The layers of kmod/ are folders, and this is who may include what. Prints each offending line.
#
# layers.sh [KMOD-DIR]
#
#   lib       pure logic: plain C of the kernel, the headers of lib itself, the uAPI
#   model     objects and rules: also lib; no packets, no generic netlink
#   datapath  packets: also lib and model; no netlink
#   netlink   the API: also lib and model; no packets, and of the datapath one header only

cd "${1:-$(dirname "$0")/../../kmod}" || exit 1
bad=0

# What a layer may have although a rule below says no, each with its reason
allowed() { # allowed LAYER HEADER
	case $1:$2 in
	lib:net/checksum.h) ;;			# arithmetic on bytes, nothing of packets
	netlink:../datapath/session_info.h) ;;	# dumps of sessions, and their end
	*) return 1 ;;
	esac
}

forbidden() { # forbidden LAYER HEADER
	case $1:$2 in
	lib:linux/skbuff.h | lib:linux/netdevice.h | lib:linux/etherdevice.h) ;;
	lib:net/* | lib:linux/netfilter* | lib:*netlink* | lib:linux/module.h) ;;
	lib:../compat.h) return 1 ;;
	lib:*/../*) ;;
	lib:../*) ;;
	model:linux/skbuff.h | model:*genetlink* | model:net/netlink.h) ;;
	model:../netlink/* | model:../datapath/*) ;;
	datapath:*genetlink* | datapath:*netlink.h | datapath:../netlink/*) ;;
	netlink:linux/skbuff.h | netlink:linux/ip.h | netlink:linux/ipv6.h) ;;
	netlink:linux/tcp.h | netlink:linux/udp.h | netlink:net/ip.h | netlink:net/tcp.h) ;;
	netlink:../datapath/*) ;;
	*) return 1 ;;
	esac
	! allowed "$1" "$2"
}

check_line() { # check_line LAYER FILE:LINE HEADER
	forbidden "$1" "$3" || return 0
	echo "kmod/$2: $1 must not include $3"
	bad=1
}

for layer in lib model datapath netlink; do
	while IFS=: read -r file line text; do
		header=${text#*[\"<]}
		header=${header%%[\">]*}
		check_line "$layer" "$file:$line" "$header"
	done < <(grep -rn --include='*.[ch]' '^[ 	]*#[ 	]*include' "$layer" 2>/dev/null)
done
exit $bad
