// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/gateway.h"

static int vpc_nl_uplink_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_uplink_cfg *cfg = &op->uplink;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_UPLINK_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_UPLINK_NAME);
	cfg->ifname = vpc_nl_str(msg, VPC_A_UPLINK_IFNAME);
	cfg->remove_pool = nla_get_flag(msg->tb[VPC_A_UPLINK_REMOVE_PUBLIC_POOL]);
	if (op->cmd == VPC_CMD_UPLINK_NEW)
		err = vpc_nl_need(msg, VPC_A_UPLINK_IFNAME, "device");
	else
		err = vpc_nl_need(msg, VPC_A_UPLINK_ID, "id");
	if (err || !msg->tb[VPC_A_UPLINK_PUBLIC_POOL])
		return err;
	return vpc_nl_get_prefix(msg->tb[VPC_A_UPLINK_PUBLIC_POOL], &cfg->pool, msg->extack);
}

static int vpc_nl_uplink_put_pool(const struct vpc_nl_fill *f, const struct vpc_uplink *uplink)
{
	const struct vpc_prefix *pool = &uplink->pool;

	if (!pool->family)
		return 0;
	if (vpc_nl_put_prefix(f->skb, VPC_A_UPLINK_PUBLIC_POOL, AF_INET, &pool->addr, pool->len) ||
	    nla_put_u32(f->skb, VPC_A_UPLINK_PUBLIC_ADDRESSES, uplink->n_automatic) ||
	    nla_put_u32(f->skb, VPC_A_UPLINK_PUBLIC_ADDRESSES_AVAILABLE,
			vpc_uplink_available(f->vnet, uplink)))
		return -EMSGSIZE;
	return 0;
}

static int vpc_nl_uplink_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_uplink *uplink = obj_to_uplink(obj);
	struct sk_buff *skb = f->skb;
	u8 state;

	state = vpc_nl_port_bound(obj, uplink->port) ? VPC_STATE_ATTACHED : VPC_STATE_DETACHED;
	if (vpc_nl_put_ref(skb, VPC_A_UPLINK_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_UPLINK_NAME, obj->name) ||
	    vpc_nl_put_port(skb, VPC_A_UPLINK_IFNAME, VPC_A_UPLINK_IFINDEX, obj, uplink->port) ||
	    nla_put_u8(skb, VPC_A_UPLINK_STATE, state) || vpc_nl_uplink_put_pool(f, uplink))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_uplink = {
	.kind = VPC_KIND_UPLINK,
	.get = VPC_CMD_UPLINK_GET,
	.reply = VPC_CMD_UPLINK_NEW,
	.new_ntf = VPC_CMD_UPLINK_NEW_NTF,
	.del_ntf = VPC_CMD_UPLINK_DEL_NTF,
	.parse = vpc_nl_uplink_parse,
	.fill = vpc_nl_uplink_fill,
};

int vpc_nl_uplink_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_uplink);
}

int vpc_nl_uplink_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_uplink);
}

int vpc_nl_uplink_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_uplink);
}

int vpc_nl_uplink_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_uplink);
}

int vpc_nl_uplink_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_uplink);
}
