// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/gateway.h"
#include "../model/vpc.h"

static int vpc_nl_igw_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_igw_cfg *cfg = &op->igw;

	cfg->id = vpc_nl_str(msg, VPC_A_IGW_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_IGW_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_IGW_VPC);
	cfg->uplink = vpc_nl_str(msg, VPC_A_IGW_UPLINK);
	if (op->cmd == VPC_CMD_IGW_NEW)
		return vpc_nl_need(msg, VPC_A_IGW_UPLINK, "uplink");
	return vpc_nl_need(msg, VPC_A_IGW_ID, "id");
}

static int vpc_nl_igw_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_igw *igw = obj_to_igw(obj);
	const struct vpc_uplink *uplink = igw->uplink;
	const struct vpc_vpc *vpc = igw->vpc;
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_IGW_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_IGW_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_IGW_VPC, vpc ? &vpc->obj : NULL) ||
	    vpc_nl_put_ref(skb, VPC_A_IGW_UPLINK, uplink ? &uplink->obj : NULL) ||
	    nla_put_u8(skb, VPC_A_IGW_STATE, vpc ? VPC_STATE_ATTACHED : VPC_STATE_DETACHED))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_igw = {
	.kind = VPC_KIND_IGW,
	.get = VPC_CMD_IGW_GET,
	.reply = VPC_CMD_IGW_NEW,
	.new_ntf = VPC_CMD_IGW_NEW_NTF,
	.del_ntf = VPC_CMD_IGW_DEL_NTF,
	.parse = vpc_nl_igw_parse,
	.fill = vpc_nl_igw_fill,
};

int vpc_nl_igw_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_igw);
}

int vpc_nl_igw_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_igw);
}

int vpc_nl_igw_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_igw);
}

int vpc_nl_igw_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_igw);
}

int vpc_nl_igw_detach_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_igw);
}

int vpc_nl_igw_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_igw);
}
