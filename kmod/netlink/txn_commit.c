// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/sched.h>

#include "../model/txn.h"
#include "../net.h"
#include "stage.h"

/* The mutex is not held for longer than this many operations without a look at the scheduler. */
#define RESCHED_OPS	64

/* Do all operations. Return: 0 or an errno; message, or warning, and cookie in @extack. */
static int vpc_nl_txn_apply(struct vpc_txn *txn, const struct vpc_nl_stage *stage,
			    struct netlink_ext_ack *extack)
{
	const struct vpc_op *op;
	int err;

	list_for_each_entry(op, &stage->ops, list) {
		err = vpc_op_apply(txn, op, NULL, extack);
		if (err) {
			vpc_nl_stage_blame(extack, op->index);
			return err;
		}
		if (extack->_msg && !extack->cookie_len)	/* the first to warn */
			vpc_nl_stage_blame(extack, op->index);
		if (op->index % RESCHED_OPS == RESCHED_OPS - 1)
			cond_resched();
	}
	err = vpc_txn_commit(txn, extack);
	if (err)
		extack->cookie_len = 0;		/* no operation's fault, though one may have warned */
	return err;
}

static int vpc_nl_txn_run(struct vpc_net *vnet, const struct vpc_nl_stage *stage,
			  struct netlink_ext_ack *extack)
{
	const struct vpc_op *op;
	struct vpc_txn *txn;
	int err;

	if (vnet->dead)
		return -ENODEV;
	txn = vpc_txn_begin(vnet);
	if (!txn)
		return -ENOMEM;
	err = vpc_nl_txn_apply(txn, stage, extack);
	if (err) {
		vpc_txn_abort(txn);
		return err;
	}
	vpc_nl_notify(txn);
	list_for_each_entry(op, &stage->ops, list)
		vpc_nl_notify_op(vnet, op);
	vpc_txn_end(txn);
	return 0;
}

int vpc_nl_txn_commit_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_stage *stage;
	struct sk_buff *reply;
	int err;

	stage = vpc_nl_txn_take(vnet, info);
	if (!stage)
		return -ENOENT;
	reply = vpc_nl_txn_reply(info, stage->n_ops);
	err = reply ? vpc_nl_txn_check_staged(info, stage->n_ops) : -ENOMEM;
	if (err)
		goto out;

	vpc_nl_lock(vnet, stage->rtnl);
	err = vpc_nl_txn_run(vnet, stage, info->extack);
	vpc_nl_unlock(vnet, stage->rtnl);
out:
	vpc_nl_txn_free(stage);
	if (err)
		nlmsg_free(reply);
	else
		genlmsg_reply(reply, info);
	return err;
}
