/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NL_STAGE_H
#define _VPC_NL_STAGE_H

#include <linux/list.h>
#include <linux/types.h>

struct genl_info;
struct netlink_ext_ack;
struct sk_buff;
struct vpc_net;

/**
 * struct vpc_nl_stage - operations that wait for their commit
 * @list: in vpc_net.txns, vpc_net.lock
 * @portid: socket that owns it
 * @n_ops: operations in it
 * @bytes: memory that they take
 * @rtnl: one of them needs RTNL
 * @ops: struct vpc_op.list
 */
struct vpc_nl_stage {
	struct list_head list;
	u32 portid;
	u32 n_ops;
	u64 bytes;
	bool rtnl;
	struct list_head ops;
};

void vpc_nl_stage_init(struct vpc_nl_stage *stage, u32 portid);
/* Free the operations. May sleep. */
void vpc_nl_stage_drop(struct vpc_nl_stage *stage);

/* Which operation of the transaction @extack is about: the cookie of the ack. */
void vpc_nl_stage_blame(struct netlink_ext_ack *extack, u32 index);

/**
 * vpc_nl_stage_parse - the operations of a txn-add message
 * @info: the message
 * @stage: empty; holds what was parsed, also on failure
 * @base: operations that the transaction holds already
 * Needs no lock: nothing is looked up. Return: 0, or an errno with message and cookie in @info.
 */
int vpc_nl_stage_parse(struct genl_info *info, struct vpc_nl_stage *stage, u32 base);

/* Move the operations of @from to the end of @to. */
void vpc_nl_stage_splice(struct vpc_nl_stage *from, struct vpc_nl_stage *to);

/* txn.c */
void vpc_nl_txn_free(struct vpc_nl_stage *stage);
int vpc_nl_txn_check_staged(struct genl_info *info, u32 n_ops);
struct sk_buff *vpc_nl_txn_reply(struct genl_info *info, u32 staged);
struct vpc_nl_stage *vpc_nl_txn_take(struct vpc_net *vnet, struct genl_info *info);

#endif /* _VPC_NL_STAGE_H */
