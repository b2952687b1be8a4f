// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/rtnetlink.h>

#include "../model/object.h"
#include "../model/txn.h"
#include "../net.h"

/**
 * struct vpc_nl_reply - the answer to a change
 * @f: where the object goes; f.skb is NULL when there is no answer
 * @hdr: the message's header
 */
struct vpc_nl_reply {
	struct vpc_nl_fill f;
	void *hdr;
};

/* All that can fail about the answer, before the change is published. */
static int vpc_nl_reply_prepare(struct genl_info *info, const struct vpc_nl_noun *noun,
				const struct vpc_obj *obj, struct vpc_nl_reply *reply)
{
	struct vpc_nl_fill *f = &reply->f;

	if (!noun->reply || info->genlhdr->cmd != noun->reply || !obj)
		return 0;
	f->skb = vpc_nl_obj_skb(noun, f->vnet, obj, &f->brief);
	if (!f->skb)
		return -ENOMEM;
	reply->hdr = genlmsg_put_reply(f->skb, info, &vpc_nl_family, 0, info->genlhdr->cmd);
	return reply->hdr ? 0 : -EMSGSIZE;
}

static void vpc_nl_reply_fill(const struct vpc_nl_noun *noun, const struct vpc_obj *obj,
			      struct vpc_nl_reply *reply)
{
	if (!reply->f.skb)
		return;
	if (WARN_ON_ONCE(noun->fill(&reply->f, obj))) {
		nlmsg_free(reply->f.skb);
		reply->f.skb = NULL;
		return;
	}
	genlmsg_end(reply->f.skb, reply->hdr);
}

static int vpc_nl_change_locked(struct genl_info *info, const struct vpc_nl_noun *noun,
				const struct vpc_op *op, struct vpc_nl_reply *reply)
{
	struct vpc_net *vnet = reply->f.vnet;
	struct vpc_obj *obj = NULL;
	struct vpc_txn *txn;
	int err;

	if (vnet->dead)
		return -ENODEV;
	txn = vpc_txn_begin(vnet);
	if (!txn)
		return -ENOMEM;
	err = vpc_op_apply(txn, op, &obj, info->extack);
	if (!err)
		err = vpc_nl_reply_prepare(info, noun, obj, reply);
	if (!err)
		err = vpc_txn_commit(txn, info->extack);
	if (err) {
		vpc_txn_abort(txn);
		nlmsg_free(reply->f.skb);
		reply->f.skb = NULL;
		return err;
	}

	vpc_nl_reply_fill(noun, obj, reply);
	vpc_nl_notify(txn);
	vpc_nl_notify_op(vnet, op);
	vpc_txn_end(txn);
	return 0;
}

/*
 * A writer, which may need RTNL: of all namespaces, so nobody waits with it for the long transaction
 * of another writer.
 */
void vpc_nl_lock(struct vpc_net *vnet, bool rtnl)
{
	if (!rtnl) {
		mutex_lock(&vnet->lock);
		return;
	}
	rtnl_lock();
	while (!mutex_trylock(&vnet->lock)) {
		rtnl_unlock();
		mutex_lock(&vnet->lock);
		mutex_unlock(&vnet->lock);
		rtnl_lock();
	}
}

void vpc_nl_unlock(struct vpc_net *vnet, bool rtnl)
{
	mutex_unlock(&vnet->lock);
	if (rtnl)
		rtnl_unlock();
}

/* doit of every command that changes something: a transaction of one operation. */
int vpc_nl_change(struct genl_info *info, const struct vpc_nl_noun *noun)
{
	struct vpc_nl_reply reply = { .f.vnet = vpc_net(genl_info_net(info)) };
	struct vpc_op op = { .cmd = info->genlhdr->cmd };
	bool rtnl = vpc_op_needs_rtnl(op.cmd);
	struct vpc_nl_msg msg;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = noun->parse(&msg, &op);
	if (err)
		goto out;

	vpc_nl_lock(reply.f.vnet, rtnl);
	err = vpc_nl_change_locked(info, noun, &op, &reply);
	vpc_nl_unlock(reply.f.vnet, rtnl);

	/* The change stands, whatever becomes of the answer. */
	if (reply.f.skb)
		genlmsg_reply(reply.f.skb, info);
out:
	kvfree(op.arrays);
	return err;
}
