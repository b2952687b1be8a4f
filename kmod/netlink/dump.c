// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <net/sock.h>

#include "../model/object.h"
#include "../net.h"

struct vpc_nl_cursor *vpc_nl_cursor(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct vpc_nl_cursor) > sizeof(cb->ctx));

	return (void *)cb->ctx;
}

/* Begin a message of a dump; cb->seq is set. NULL when the buffer is full. */
void *vpc_nl_dump_put(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genlmsghdr *req = nlmsg_data(cb->nlh);
	void *hdr;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, &vpc_nl_family,
			  NLM_F_MULTI, req->cmd);
	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

/* What a dumpit returns: a full buffer is an error only when nothing is in it. */
int vpc_nl_dump_end(const struct sk_buff *skb, int err)
{
	if (err && (err != -EMSGSIZE || !skb->len))
		return err;
	return skb->len;
}

/* The object after @obj, without looking for it from the beginning. */
struct vpc_obj *vpc_nl_obj_next(const struct vpc_net *vnet, struct vpc_obj *obj)
{
	if (list_is_last(&obj->list, &vnet->kinds[obj->kind]))
		return NULL;
	return list_next_entry(obj, list);
}

/* What an earlier round left of another object is not where this one goes on. */
void vpc_nl_cursor_own(struct vpc_nl_cursor *cur, const struct vpc_obj *obj)
{
	u64 seq = cur->seq;

	if (cur->owner == obj->seq)
		return;
	memset(cur, 0, sizeof(*cur));
	cur->seq = seq;
	cur->owner = obj->seq;
}

/* One object in as many messages as its elements need. */
static int vpc_nl_dump_obj(struct sk_buff *skb, struct netlink_callback *cb,
			   const struct vpc_nl_noun *noun, const struct vpc_nl_msg *msg,
			   const struct vpc_obj *obj)
{
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_nl_fill f = { .skb = skb, .cur = cur, .msg = msg };
	void *hdr;
	int more;

	f.vnet = vpc_net(sock_net(skb->sk));
	vpc_nl_cursor_own(cur, obj);
	do {
		hdr = vpc_nl_dump_put(skb, cb);
		if (!hdr)
			return -EMSGSIZE;
		more = noun->fill(&f, obj);
		if (more < 0) {
			genlmsg_cancel(skb, hdr);
			return more;
		}
		genlmsg_end(skb, hdr);
	} while (more);
	cur->seq = obj->seq;
	return 0;
}

static int vpc_nl_dump_one(struct sk_buff *skb, struct netlink_callback *cb,
			   const struct vpc_nl_noun *noun, const struct vpc_nl_msg *msg)
{
	const char *ref = vpc_nl_str(msg, VPC_A_VPC_ID);
	struct vpc_obj *obj;

	obj = vpc_nl_find(vpc_net(sock_net(skb->sk)), noun, ref, cb->extack);
	if (!obj)
		return -ENOENT;
	if (vpc_nl_cursor(cb)->seq == obj->seq)
		return 0;
	return vpc_nl_dump_obj(skb, cb, noun, msg, obj);
}

static int vpc_nl_dump_all(struct sk_buff *skb, struct netlink_callback *cb,
			   const struct vpc_nl_noun *noun, const struct vpc_nl_msg *msg)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	const struct vpc_obj *owner = NULL;
	struct vpc_obj *obj;
	int err;

	if (noun->owner && msg->tb[noun->owner_attr]) {
		owner = vpc_obj_find(vnet, noun->owner_kind, vpc_nl_str(msg, noun->owner_attr),
				     NULL, cb->extack);
		if (!owner)
			return -ENOENT;
	}
	obj = vpc_obj_after(vnet, noun->kind, vpc_nl_cursor(cb)->seq);
	for (; obj; obj = vpc_nl_obj_next(vnet, obj)) {
		if (owner && noun->owner(obj) != owner)
			continue;
		err = vpc_nl_dump_obj(skb, cb, noun, msg, obj);
		if (err)
			return err;
	}
	return 0;
}

/* dumpit of <noun>-get, of one object when the request names it. */
int vpc_nl_dump(struct sk_buff *skb, struct netlink_callback *cb, const struct vpc_nl_noun *noun)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	struct vpc_nl_msg msg;
	int err;

	err = vpc_nl_dump_parse(cb, &msg);
	if (err)
		return err;

	mutex_lock(&vnet->lock);
	cb->seq = (u32)vnet->gen;
	if (msg.tb[VPC_A_VPC_ID])
		err = vpc_nl_dump_one(skb, cb, noun, &msg);
	else
		err = vpc_nl_dump_all(skb, cb, noun, &msg);
	mutex_unlock(&vnet->lock);
	return vpc_nl_dump_end(skb, err);
}
