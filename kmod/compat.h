/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_COMPAT_H
#define _VPC_COMPAT_H

/* The only place that knows kernels differ. HAVE_* come from the probes in Kbuild. */

#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/workqueue.h>
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

#ifdef HAVE_TIMER_DELETE_SYNC
#define vpc_timer_delete_sync(timer)	timer_delete_sync(timer)
#else
#define vpc_timer_delete_sync(timer)	del_timer_sync(timer)
#endif

#ifdef HAVE_SYSTEM_DFL_WQ
#define vpc_unbound_wq	system_dfl_wq
#else
#define vpc_unbound_wq	system_unbound_wq
#endif

#ifndef NL_SET_ERR_MSG_FMT
#define VPC_EXTACK_FORMAT
/*
 * An acknowledgement without room for a message: it points to one of several buffers that take
 * turns, which is long enough for as many requests to be refused at once.
 */
__printf(2, 3) void vpc_extack_format(struct netlink_ext_ack *extack, const char *fmt, ...);
#define NL_SET_ERR_MSG_FMT(extack, fmt, ...)	vpc_extack_format(extack, fmt, ##__VA_ARGS__)
#endif

#endif /* _VPC_COMPAT_H */
