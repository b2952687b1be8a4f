/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_COMPAT_H
#define _VPC_COMPAT_H

/* The only place that knows kernels differ. HAVE_* come from the probes in Kbuild. */

#include <linux/netdevice.h>
#include <net/route.h>
#ifdef HAVE_NET_GSO_H
#include <net/gso.h>
#endif

#if BITS_PER_LONG != 64
#error "vpc.ko needs a 64-bit kernel: packets read 64-bit generations without a lock"
#endif

#ifdef HAVE_DST_RTABLE
#define vpc_dst_rtable(dst)	dst_rtable(dst)
#else
#define vpc_dst_rtable(dst)	((struct rtable *)(dst))
#endif

#endif /* _VPC_COMPAT_H */
