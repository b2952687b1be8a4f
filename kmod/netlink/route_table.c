// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/rtb.h"
#include "../model/vpc.h"

static int vpc_nl_route_table_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_rtb_cfg *cfg = &op->rtb;

	cfg->id = vpc_nl_str(msg, VPC_A_ROUTE_TABLE_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_ROUTE_TABLE_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_ROUTE_TABLE_VPC);
	if (op->cmd == VPC_CMD_ROUTE_TABLE_NEW)
		return vpc_nl_need(msg, VPC_A_ROUTE_TABLE_VPC, "vpc");
	return vpc_nl_need(msg, VPC_A_ROUTE_TABLE_ID, "id");
}

static int vpc_nl_route_table_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_rtb *rtb = obj_to_rtb(obj);
	const struct vpc_vpc *vpc = obj->vpc;
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_ROUTE_TABLE_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_ROUTE_TABLE_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_ROUTE_TABLE_VPC, &vpc->obj) ||
	    vpc_nl_put_str(skb, VPC_A_ROUTE_TABLE_VPC_NAME, vpc->obj.name) ||
	    nla_put_u8(skb, VPC_A_ROUTE_TABLE_MAIN, vpc->main == rtb) ||
	    nla_put_u32(skb, VPC_A_ROUTE_TABLE_ROUTES, rtb->routes.count + rtb->n_lists) ||
	    nla_put_u32(skb, VPC_A_ROUTE_TABLE_ASSOCIATIONS, rtb->n_assocs))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_route_table = {
	.kind = VPC_KIND_ROUTE_TABLE,
	.get = VPC_CMD_ROUTE_TABLE_GET,
	.reply = VPC_CMD_ROUTE_TABLE_NEW,
	.new_ntf = VPC_CMD_ROUTE_TABLE_NEW_NTF,
	.del_ntf = VPC_CMD_ROUTE_TABLE_DEL_NTF,
	.parse = vpc_nl_route_table_parse,
	.fill = vpc_nl_route_table_fill,
};

int vpc_nl_route_table_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_route_table);
}

int vpc_nl_route_table_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_route_table);
}

int vpc_nl_route_table_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_route_table);
}

int vpc_nl_route_table_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_route_table);
}
