// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/sched.h>

#include "../model/object.h"
#include "../model/txn.h"
#include "../net.h"

/* Begin a notification. Return: NULL, and listeners told of the loss, without memory. */
struct sk_buff *vpc_nl_ntf_new(struct vpc_net *vnet, size_t size, u8 cmd, void **hdr)
{
	struct sk_buff *skb;

	skb = genlmsg_new(size, GFP_KERNEL);
	if (!skb) {
		genl_set_err(&vpc_nl_family, vnet->net, 0, VPC_NLGRP_EVENTS, ENOBUFS);
		return NULL;
	}
	*hdr = genlmsg_put(skb, 0, 0, &vpc_nl_family, 0, cmd);
	return skb;
}

/* Send it, or drop it if filling it ended with @err. */
void vpc_nl_ntf_send(struct vpc_net *vnet, struct sk_buff *skb, void *hdr, int err)
{
	if (WARN_ON_ONCE(err)) {
		nlmsg_free(skb);
		genl_set_err(&vpc_nl_family, vnet->net, 0, VPC_NLGRP_EVENTS, ENOBUFS);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&vpc_nl_family, vnet->net, skb, 0, VPC_NLGRP_EVENTS, GFP_KERNEL);
}

static void vpc_nl_notify_obj(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	const struct vpc_nl_noun *noun = vpc_nl_noun_by_kind(obj->kind);
	struct vpc_nl_fill f = { .vnet = vnet };
	size_t elements = 0;
	void *hdr;
	u8 cmd;

	if (WARN_ON_ONCE(!noun))
		return;
	cmd = obj->event_type == VPC_EVENT_DEL ? noun->del_ntf : noun->new_ntf;
	if (noun->elements)
		elements = noun->elements(vnet, obj);
	f.brief = elements > VPC_NL_MSG_MAX;
	if (f.brief)
		elements = 0;
	f.skb = vpc_nl_ntf_new(vnet, GENLMSG_DEFAULT_SIZE + elements, cmd, &hdr);
	if (f.skb)
		vpc_nl_ntf_send(vnet, f.skb, hdr, noun->fill(&f, obj));
}

/* Tell listeners what a committed transaction did. */
void vpc_nl_notify(struct vpc_txn *txn)
{
	struct vpc_net *vnet = txn->vnet;
	struct vpc_route_event *event;
	struct vpc_obj *obj;

	if (!genl_has_listeners(&vpc_nl_family, vnet->net, VPC_NLGRP_EVENTS))
		return;
	list_for_each_entry(obj, &txn->events, event) {
		vpc_nl_notify_obj(vnet, obj);
		cond_resched();
	}
	list_for_each_entry(event, &txn->route_events, list) {
		vpc_nl_route_notify(vnet, event);
		cond_resched();
	}
}

/* Likewise for an operation that changes no object. */
void vpc_nl_notify_op(struct vpc_net *vnet, const struct vpc_op *op)
{
	if (!genl_has_listeners(&vpc_nl_family, vnet->net, VPC_NLGRP_EVENTS))
		return;
	if (op->cmd == VPC_CMD_LIMITS_SET)
		vpc_nl_limits_notify(vnet, op->limits.name);
	else if (op->cmd == VPC_CMD_BLOCK_PUBLIC_ACCESS_SET)
		vpc_nl_block_notify(vnet);
}
