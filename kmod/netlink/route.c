// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/eni.h"
#include "../model/prefix_list.h"
#include "../model/txn.h"
#include "../net.h"
#include "../port.h"
#include "route.h"

/* A route is named by its table and either a CIDR or a prefix list. */
static int vpc_nl_route_need_key(const struct vpc_nl_msg *msg)
{
	int err;

	err = vpc_nl_need(msg, VPC_A_ROUTE_ROUTE_TABLE, "route table");
	if (err)
		return err;
	if (!msg->tb[VPC_A_ROUTE_PREFIX_LIST])
		return vpc_nl_need(msg, VPC_A_ROUTE_DESTINATION, "destination or prefix list");
	if (!msg->tb[VPC_A_ROUTE_DESTINATION])
		return 0;
	NL_SET_ERR_MSG_ATTR(msg->extack, msg->tb[VPC_A_ROUTE_PREFIX_LIST],
			    "a route has a destination or a prefix list, not both");
	return -EINVAL;
}

static int vpc_nl_route_need_target(const struct vpc_nl_msg *msg)
{
	int err;

	err = vpc_nl_need(msg, VPC_A_ROUTE_TARGET, "target");
	if (err || nla_get_u8(msg->tb[VPC_A_ROUTE_TARGET]) == VPC_TARGET_LOCAL)
		return err;
	return vpc_nl_need(msg, VPC_A_ROUTE_TARGET_ID, "target id");
}

static int vpc_nl_route_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *dst = msg->tb[VPC_A_ROUTE_DESTINATION];
	struct vpc_route_cfg *cfg = &op->route;
	int err;

	err = vpc_nl_route_need_key(msg);
	if (!err && (op->cmd == VPC_CMD_ROUTE_NEW || op->cmd == VPC_CMD_ROUTE_SET))
		err = vpc_nl_route_need_target(msg);
	if (!err && dst)
		err = vpc_nl_get_prefix(dst, &cfg->dst, msg->extack);
	if (err)
		return err;

	cfg->rtb = vpc_nl_str(msg, VPC_A_ROUTE_ROUTE_TABLE);
	cfg->list = vpc_nl_str(msg, VPC_A_ROUTE_PREFIX_LIST);
	cfg->target = vpc_nl_opt_u8(msg, VPC_A_ROUTE_TARGET);
	cfg->target_id = vpc_nl_str(msg, VPC_A_ROUTE_TARGET_ID);
	return 0;
}

static int vpc_nl_route_put_target(struct sk_buff *skb, struct vpc_net *vnet,
				   struct vpc_route_val val)
{
	const struct vpc_obj *obj = NULL;

	/* The slot of a target that is gone stands for something else, sooner or later. */
	if (val.slot && !val.blackhole)
		obj = vpc_obj_by_slot(vnet, val.slot);
	if (nla_put_u8(skb, VPC_A_ROUTE_TARGET, val.target))
		return -EMSGSIZE;
	return vpc_nl_put_ref(skb, VPC_A_ROUTE_TARGET_ID, obj);
}

/* An instance that is stopped: its device is down or gone (RT-23). */
static bool vpc_nl_route_stopped(struct vpc_net *vnet, struct vpc_route_val val)
{
	const struct vpc_obj *obj = NULL;
	const struct net_device *dev;
	bool up;

	if (val.target == VPC_TARGET_ENI && !val.blackhole)
		obj = vpc_obj_by_slot(vnet, val.slot);
	if (!obj || obj->kind != VPC_KIND_ENI)
		return false;
	rcu_read_lock();
	dev = rcu_dereference(obj_to_eni(obj)->port->dev);
	up = dev && netif_running(dev) && netif_carrier_ok(dev);
	rcu_read_unlock();
	return !up;
}

int vpc_nl_route_put(struct sk_buff *skb, struct vpc_net *vnet, const struct vpc_rtb *rtb,
		     const struct vpc_nl_route_dst *dst, struct vpc_route_val val)
{
	u8 state = VPC_ROUTE_STATE_ACTIVE;
	int err;

	if (val.blackhole || vpc_nl_route_stopped(vnet, val))
		state = VPC_ROUTE_STATE_BLACKHOLE;
	err = vpc_nl_put_ref(skb, VPC_A_ROUTE_ROUTE_TABLE, &rtb->obj);
	if (!err && dst->pl)
		err = vpc_nl_put_ref(skb, VPC_A_ROUTE_PREFIX_LIST, &dst->pl->obj);
	else if (!err)
		err = vpc_nl_put_prefix(skb, VPC_A_ROUTE_DESTINATION, dst->family, dst->key,
					dst->plen);
	if (err || vpc_nl_route_put_target(skb, vnet, val) ||
	    nla_put_u8(skb, VPC_A_ROUTE_STATE, state) ||
	    nla_put_u8(skb, VPC_A_ROUTE_ORIGIN, val.origin))
		return -EMSGSIZE;
	return 0;
}

void vpc_nl_route_notify(struct vpc_net *vnet, const struct vpc_route_event *event)
{
	struct vpc_nl_route_dst dst = {
		.family = event->dst.family,
		.key = &event->dst.addr,
		.plen = event->dst.len,
		.pl = event->pl,
	};
	struct sk_buff *skb;
	void *hdr;
	u8 cmd;

	cmd = event->type == VPC_EVENT_DEL ? VPC_CMD_ROUTE_DEL_NTF : VPC_CMD_ROUTE_NEW_NTF;
	skb = vpc_nl_ntf_new(vnet, GENLMSG_DEFAULT_SIZE, cmd, &hdr);
	if (skb)
		vpc_nl_ntf_send(vnet, skb, hdr,
				vpc_nl_route_put(skb, vnet, event->rtb, &dst, event->value));
}

static bool vpc_nl_route_find_list(const struct vpc_rtb *rtb, const struct vpc_list *pl,
				   u64 *value)
{
	const struct vpc_list_ref *ref;

	list_for_each_entry(ref, &rtb->lists, list) {
		if (ref->pl != pl)
			continue;
		*value = ref->value;
		return true;
	}
	return false;
}

/* Write the route that @cfg names. vnet->lock. */
static int vpc_nl_route_get_locked(struct vpc_net *vnet, const struct vpc_route_cfg *cfg,
				   struct sk_buff *skb, struct netlink_ext_ack *extack)
{
	struct vpc_nl_route_dst dst = {
		.family = cfg->dst.p.family,
		.key = &cfg->dst.p.addr,
		.plen = cfg->dst.p.len,
	};
	const struct vpc_obj *list, *table;
	struct vpc_rtb *rtb;
	bool found = false;
	u64 value;

	table = vpc_obj_find(vnet, VPC_KIND_ROUTE_TABLE, cfg->rtb, NULL, extack);
	if (!table)
		return -ENOENT;
	rtb = obj_to_rtb(table);
	if (cfg->list) {
		list = vpc_obj_find(vnet, VPC_KIND_PREFIX_LIST, cfg->list, NULL, extack);
		if (!list)
			return -ENOENT;
		dst.pl = obj_to_list(list);
		found = vpc_nl_route_find_list(rtb, dst.pl, &value);
	} else {
		found = vpc_lpm_find(vpc_rtb_routes(rtb, dst.family), dst.key, dst.plen, &value);
	}
	if (!found) {
		NL_SET_ERR_MSG(extack, "route not found");
		return -ENOENT;
	}
	return vpc_nl_route_put(skb, vnet, rtb, &dst, vpc_route_unpack(value));
}

int vpc_nl_route_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_op op = { .cmd = VPC_CMD_ROUTE_GET };
	struct vpc_nl_msg msg;
	struct sk_buff *reply;
	void *hdr;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = vpc_nl_route_parse(&msg, &op);
	if (err)
		return err;
	reply = vpc_nl_answer_new(info, &hdr);
	if (!reply)
		return -ENOMEM;

	mutex_lock(&vnet->lock);
	err = vpc_nl_route_get_locked(vnet, &op.route, reply, info->extack);
	mutex_unlock(&vnet->lock);
	return vpc_nl_answer_send(info, reply, hdr, err);
}

const struct vpc_nl_noun vpc_nl_route = {
	.get = VPC_CMD_ROUTE_GET,
	.new_ntf = VPC_CMD_ROUTE_NEW_NTF,
	.del_ntf = VPC_CMD_ROUTE_DEL_NTF,
	.parse = vpc_nl_route_parse,
};

int vpc_nl_route_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_route);
}

int vpc_nl_route_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_route);
}

int vpc_nl_route_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_route);
}
