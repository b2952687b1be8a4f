// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <net/sock.h>

#include "../model/prefix_list.h"
#include "../net.h"
#include "route.h"

/* Elements of a route table, in the order of a dump. */
enum {
	PHASE_CIDRS,
	PHASE_CIDRS6,
	PHASE_LISTS,
};

static int vpc_nl_route_dump_msg(struct sk_buff *skb, struct netlink_callback *cb,
				 const struct vpc_rtb *rtb, const struct vpc_nl_route_dst *dst,
				 u64 value)
{
	void *hdr;
	int err;

	hdr = vpc_nl_dump_put(skb, cb);
	if (!hdr)
		return -EMSGSIZE;
	err = vpc_nl_route_put(skb, vpc_net(sock_net(skb->sk)), rtb, dst,
			       vpc_route_unpack(value));
	if (err) {
		genlmsg_cancel(skb, hdr);
		return err;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int vpc_nl_route_dump_cidrs(struct sk_buff *skb, struct netlink_callback *cb,
				   struct vpc_rtb *rtb, u8 family)
{
	const struct vpc_lpm *routes = vpc_rtb_routes(rtb, family);
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_lpm_iter iter = {};
	struct vpc_nl_route_dst dst = {
		.family = family,
		.key = iter.key,
	};
	int err;

	memcpy(iter.key, cur->key, sizeof(iter.key));
	iter.plen = cur->plen;
	iter.started = cur->started;
	while (vpc_lpm_next(routes, &iter)) {
		dst.plen = iter.plen;
		err = vpc_nl_route_dump_msg(skb, cb, rtb, &dst, iter.value);
		if (err)
			return err;
		memcpy(cur->key, iter.key, sizeof(cur->key));
		cur->plen = iter.plen;
		cur->started = true;
	}
	cur->started = false;
	cur->plen = 0;
	memset(cur->key, 0, sizeof(cur->key));
	cur->phase++;
	return 0;
}

/* By ascending id of the prefix list, which is the order that the table keeps. */
static int vpc_nl_route_dump_lists(struct sk_buff *skb, struct netlink_callback *cb,
				   const struct vpc_rtb *rtb)
{
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_nl_route_dst dst = {};
	const struct vpc_list_ref *ref;
	int err;

	list_for_each_entry(ref, &rtb->lists, list) {
		if (ref->pl->obj.id <= cur->part)
			continue;
		dst.pl = ref->pl;
		err = vpc_nl_route_dump_msg(skb, cb, rtb, &dst, ref->value);
		if (err)
			return err;
		cur->part = ref->pl->obj.id;
	}
	return 0;
}

static int vpc_nl_route_dump_table(struct sk_buff *skb, struct netlink_callback *cb,
				   const struct vpc_obj *obj)
{
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_rtb *rtb = obj_to_rtb(obj);
	int err = 0;

	vpc_nl_cursor_own(cur, obj);
	if (cur->phase == PHASE_CIDRS)
		err = vpc_nl_route_dump_cidrs(skb, cb, rtb, AF_INET);
	if (!err && cur->phase == PHASE_CIDRS6)
		err = vpc_nl_route_dump_cidrs(skb, cb, rtb, AF_INET6);
	if (!err)
		err = vpc_nl_route_dump_lists(skb, cb, rtb);
	if (!err)
		cur->seq = obj->seq;
	return err;
}

static int vpc_nl_route_dump_locked(struct sk_buff *skb, struct netlink_callback *cb,
				    struct vpc_net *vnet, const char *ref)
{
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_obj *obj;
	int err;

	if (ref) {
		obj = vpc_obj_find(vnet, VPC_KIND_ROUTE_TABLE, ref, NULL, cb->extack);
		if (!obj)
			return -ENOENT;
		return cur->seq == obj->seq ? 0 : vpc_nl_route_dump_table(skb, cb, obj);
	}
	obj = vpc_obj_after(vnet, VPC_KIND_ROUTE_TABLE, cur->seq);
	for (; obj; obj = vpc_nl_obj_next(vnet, obj)) {
		err = vpc_nl_route_dump_table(skb, cb, obj);
		if (err)
			return err;
	}
	return 0;
}

int vpc_nl_route_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	struct vpc_nl_msg msg;
	int err;

	err = vpc_nl_dump_parse(cb, &msg);
	if (err)
		return err;
	if (msg.tb[VPC_A_ROUTE_DESTINATION] || msg.tb[VPC_A_ROUTE_PREFIX_LIST]) {
		NL_SET_ERR_MSG(cb->extack, "routes are dumped by route table");
		return -EOPNOTSUPP;
	}

	mutex_lock(&vnet->lock);
	cb->seq = (u32)vnet->gen;
	err = vpc_nl_route_dump_locked(skb, cb, vnet, vpc_nl_str(&msg, VPC_A_ROUTE_ROUTE_TABLE));
	mutex_unlock(&vnet->lock);
	return vpc_nl_dump_end(skb, err);
}
