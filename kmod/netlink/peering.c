// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/peering.h"
#include "../model/vpc.h"

static int vpc_nl_peering_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_peering_cfg *cfg = &op->peering;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_PEERING_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_PEERING_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_PEERING_VPC);
	cfg->peer_vpc = vpc_nl_str(msg, VPC_A_PEERING_PEER_VPC);
	if (op->cmd != VPC_CMD_PEERING_NEW)
		return vpc_nl_need(msg, VPC_A_PEERING_ID, "id");
	err = vpc_nl_need(msg, VPC_A_PEERING_VPC, "vpc");
	return err ?: vpc_nl_need(msg, VPC_A_PEERING_PEER_VPC, "peer vpc");
}

static int vpc_nl_peering_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_peering *pcx = obj_to_peering(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_PEERING_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_PEERING_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_PEERING_VPC, &pcx->vpc->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_PEERING_PEER_VPC, &pcx->peer->obj) ||
	    nla_put_u8(skb, VPC_A_PEERING_STATE, pcx->state))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_peering = {
	.kind = VPC_KIND_PEERING,
	.get = VPC_CMD_PEERING_GET,
	.reply = VPC_CMD_PEERING_NEW,
	.new_ntf = VPC_CMD_PEERING_NEW_NTF,
	.del_ntf = VPC_CMD_PEERING_DEL_NTF,
	.parse = vpc_nl_peering_parse,
	.fill = vpc_nl_peering_fill,
};

int vpc_nl_peering_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_peering);
}

int vpc_nl_peering_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_peering);
}

int vpc_nl_peering_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_peering);
}

int vpc_nl_peering_accept_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_peering);
}

int vpc_nl_peering_reject_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_peering);
}

int vpc_nl_peering_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_peering);
}
