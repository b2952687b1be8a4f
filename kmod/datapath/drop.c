// SPDX-License-Identifier: GPL-2.0
#include "drop.h"

#include <linux/skbuff.h>

#include "../stats.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

void vpc_drop(struct vpc_acct *acct, u64 port_id, struct sk_buff *skb, enum vpc_drop reason)
{
	vpc_acct_drop(acct, reason);
	trace_vpc_drop(skb, port_id, reason);
	kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
}

void vpc_drop_list(struct vpc_acct *acct, u64 port_id, struct sk_buff *list, enum vpc_drop reason)
{
	struct sk_buff *next;

	for (; list; list = next) {
		next = list->next;
		skb_mark_not_on_list(list);
		vpc_drop(acct, port_id, list, reason);
	}
}
