/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vpc

#if !defined(_VPC_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _VPC_TRACE_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/tracepoint.h>

#include "../lib/reason.h"

/* A packet that the router drops: port's device, reason as `vpcctl stats` names it. */
TRACE_EVENT(vpc_drop,
	TP_PROTO(const struct sk_buff *skb, u64 port_id, enum vpc_drop reason),
	TP_ARGS(skb, port_id, reason),
	TP_STRUCT__entry(
		__field(u64, port_id)
		__field(const void *, skb)
		__field(int, ifindex)
		__field(unsigned int, len)
		__field(u8, reason)
	),
	TP_fast_assign(
		__entry->port_id = port_id;
		__entry->skb = skb;
		__entry->ifindex = skb->dev ? skb->dev->ifindex : 0;
		__entry->len = skb->len;
		__entry->reason = reason;
	),
	TP_printk("port=%016llx ifindex=%d len=%u skb=%p reason=%s", __entry->port_id,
		  __entry->ifindex, __entry->len, __entry->skb,
		  vpc_drop_name(__entry->reason))
);

#endif /* _VPC_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
