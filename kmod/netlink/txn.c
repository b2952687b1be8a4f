// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/slab.h>

#include "../net.h"
#include "stage.h"

/* vnet->lock */
static struct vpc_nl_stage *vpc_nl_txn_find(struct vpc_net *vnet, u32 portid)
{
	struct vpc_nl_stage *stage;

	list_for_each_entry(stage, &vnet->txns, list)
		if (stage->portid == portid)
			return stage;
	return NULL;
}

static struct vpc_nl_stage *vpc_nl_txn_need(struct vpc_net *vnet, struct genl_info *info)
{
	struct vpc_nl_stage *stage;

	stage = vpc_nl_txn_find(vnet, info->snd_portid);
	if (!stage)
		NL_SET_ERR_MSG(info->extack, "no transaction is open on this socket");
	return stage;
}

void vpc_nl_txn_free(struct vpc_nl_stage *stage)
{
	if (!stage)
		return;
	vpc_nl_stage_drop(stage);
	kfree(stage);
}

/* The socket is closing. */
void vpc_nl_txn_release(struct vpc_net *vnet, u32 portid)
{
	struct vpc_nl_stage *stage;

	/* Its own transaction cannot come now: do not wait for the commit of another. */
	if (list_empty_careful(&vnet->txns))
		return;
	mutex_lock(&vnet->lock);
	stage = vpc_nl_txn_find(vnet, portid);
	if (stage)
		list_del(&stage->list);
	mutex_unlock(&vnet->lock);
	vpc_nl_txn_free(stage);
}

/* No socket can reach them any more. */
void vpc_nl_txn_flush(struct vpc_net *vnet)
{
	struct vpc_nl_stage *stage, *tmp;
	LIST_HEAD(txns);

	mutex_lock(&vnet->lock);
	list_splice_init(&vnet->txns, &txns);
	mutex_unlock(&vnet->lock);
	list_for_each_entry_safe(stage, tmp, &txns, list)
		vpc_nl_txn_free(stage);
}

/* The client says how many operations it means. */
int vpc_nl_txn_check_staged(struct genl_info *info, u32 n_ops)
{
	const struct nlattr *attr = info->attrs[VPC_A_TXN_STAGED];
	u32 staged;

	if (!attr)
		return 0;
	staged = nla_get_u32(attr);
	if (staged == n_ops)
		return 0;
	NL_SET_ERR_MSG_FMT(info->extack, "transaction holds %u operations, not %u", n_ops, staged);
	return -EINVAL;
}

struct sk_buff *vpc_nl_txn_reply(struct genl_info *info, u32 staged)
{
	struct sk_buff *skb;
	void *hdr;

	skb = genlmsg_new(nla_total_size(sizeof(staged)), GFP_KERNEL);
	if (!skb)
		return NULL;
	hdr = genlmsg_put_reply(skb, info, &vpc_nl_family, 0, info->genlhdr->cmd);
	if (!hdr || nla_put_u32(skb, VPC_A_TXN_STAGED, staged)) {
		nlmsg_free(skb);
		return NULL;
	}
	genlmsg_end(skb, hdr);
	return skb;
}

int vpc_nl_txn_begin_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_stage *stage;
	struct sk_buff *reply;
	int err;

	err = vpc_nl_txn_check_staged(info, 0);
	if (err)
		return err;
	stage = kzalloc(sizeof(*stage), GFP_KERNEL_ACCOUNT);
	reply = vpc_nl_txn_reply(info, 0);
	err = -ENOMEM;
	if (!stage || !reply)
		goto err_free;
	vpc_nl_stage_init(stage, info->snd_portid);

	mutex_lock(&vnet->lock);
	err = 0;
	if (vnet->dead) {
		err = -ENODEV;
	} else if (vpc_nl_txn_find(vnet, info->snd_portid)) {
		NL_SET_ERR_MSG(info->extack, "a transaction is open on this socket");
		err = -EBUSY;
	} else {
		list_add_tail(&stage->list, &vnet->txns);
	}
	mutex_unlock(&vnet->lock);
	if (!err)
		return genlmsg_reply(reply, info);

err_free:
	nlmsg_free(reply);
	kfree(stage);
	return err;
}

/* Operations that the socket's transaction holds. */
static int vpc_nl_txn_count(struct vpc_net *vnet, struct genl_info *info, u32 *n_ops)
{
	struct vpc_nl_stage *stage;
	int err = -ENOENT;

	mutex_lock(&vnet->lock);
	stage = vpc_nl_txn_need(vnet, info);
	if (stage) {
		*n_ops = stage->n_ops;
		err = 0;
	}
	mutex_unlock(&vnet->lock);
	return err;
}

static int vpc_nl_txn_check_limits(struct vpc_net *vnet, const struct vpc_nl_stage *stage,
				   const struct vpc_nl_stage *added,
				   struct netlink_ext_ack *extack)
{
	u32 max_bytes = READ_ONCE(vnet->in_force.txn_bytes);
	u32 max_ops = READ_ONCE(vnet->in_force.txn_ops);

	if ((u64)stage->n_ops + added->n_ops > max_ops) {
		NL_SET_ERR_MSG_FMT(extack, "limit operations-per-transaction (%u) reached",
				   max_ops);
		vpc_nl_stage_blame(extack, max_ops);
		return -ENOSPC;
	}
	if (stage->bytes + added->bytes > max_bytes) {
		NL_SET_ERR_MSG_FMT(extack, "limit bytes-per-transaction (%u) reached", max_bytes);
		return -ENOSPC;
	}
	return 0;
}

/* Put what was parsed behind what is staged. */
static int vpc_nl_txn_append(struct vpc_net *vnet, struct genl_info *info,
			     struct vpc_nl_stage *added, u32 base, struct sk_buff **reply)
{
	struct vpc_nl_stage *stage;
	int err;

	stage = vpc_nl_txn_need(vnet, info);
	if (!stage)
		return -ENOENT;
	if (stage->n_ops != base) {
		NL_SET_ERR_MSG(info->extack, "two threads add to the transaction");
		return -EBUSY;
	}
	err = vpc_nl_txn_check_limits(vnet, stage, added, info->extack);
	if (err)
		return err;
	*reply = vpc_nl_txn_reply(info, base + added->n_ops);
	if (!*reply)
		return -ENOMEM;
	vpc_nl_stage_splice(added, stage);
	return 0;
}

int vpc_nl_txn_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct sk_buff *reply = NULL;
	struct vpc_nl_stage added;
	u32 base;
	int err;

	err = vpc_nl_txn_count(vnet, info, &base);
	if (err)
		return err;
	vpc_nl_stage_init(&added, info->snd_portid);
	err = vpc_nl_stage_parse(info, &added, base);
	if (!err) {
		mutex_lock(&vnet->lock);
		err = vpc_nl_txn_append(vnet, info, &added, base, &reply);
		mutex_unlock(&vnet->lock);
	}
	if (err) {
		vpc_nl_stage_drop(&added);
		return err;
	}
	return genlmsg_reply(reply, info);
}

/* Take the transaction away from the socket: whatever becomes of it, it is not open any more. */
struct vpc_nl_stage *vpc_nl_txn_take(struct vpc_net *vnet, struct genl_info *info)
{
	struct vpc_nl_stage *stage;

	mutex_lock(&vnet->lock);
	stage = vpc_nl_txn_need(vnet, info);
	if (stage)
		list_del(&stage->list);
	mutex_unlock(&vnet->lock);
	return stage;
}

int vpc_nl_txn_abort_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_stage *stage;
	struct sk_buff *reply;
	u32 n_ops;
	int err;

	stage = vpc_nl_txn_take(vnet, info);
	if (!stage)
		return -ENOENT;
	n_ops = stage->n_ops;
	vpc_nl_txn_free(stage);
	err = vpc_nl_txn_check_staged(info, n_ops);
	if (err)
		return err;
	reply = vpc_nl_txn_reply(info, n_ops);
	return reply ? genlmsg_reply(reply, info) : -ENOMEM;
}
