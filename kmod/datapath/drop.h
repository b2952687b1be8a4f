/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_DROP_H
#define _VPC_DROP_H

#include <linux/types.h>

#include "../lib/reason.h"

struct sk_buff;
struct vpc_acct;

/* Count, trace and free a packet: the one end of all that are not sent. BH disabled. */
void vpc_drop(struct vpc_acct *acct, u64 port_id, struct sk_buff *skb, enum vpc_drop reason);

/* The same for each of a list by skb->next. */
void vpc_drop_list(struct vpc_acct *acct, u64 port_id, struct sk_buff *list, enum vpc_drop reason);

#endif /* _VPC_DROP_H */
