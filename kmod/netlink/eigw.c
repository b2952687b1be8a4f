// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/gateway.h"
#include "../model/vpc.h"

static int vpc_nl_eigw_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_eigw_cfg *cfg = &op->eigw;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_EIGW_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_EIGW_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_EIGW_VPC);
	cfg->uplink = vpc_nl_str(msg, VPC_A_EIGW_UPLINK);
	if (op->cmd != VPC_CMD_EIGW_NEW)
		return vpc_nl_need(msg, VPC_A_EIGW_ID, "id");
	err = vpc_nl_need(msg, VPC_A_EIGW_VPC, "vpc");
	return err ?: vpc_nl_need(msg, VPC_A_EIGW_UPLINK, "uplink");
}

static int vpc_nl_eigw_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_eigw *eigw = obj_to_eigw(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_EIGW_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_EIGW_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_EIGW_VPC, &obj->vpc->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_EIGW_UPLINK, &eigw->uplink->obj) ||
	    nla_put_u8(skb, VPC_A_EIGW_STATE, VPC_STATE_ATTACHED))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_eigw = {
	.kind = VPC_KIND_EIGW,
	.get = VPC_CMD_EIGW_GET,
	.reply = VPC_CMD_EIGW_NEW,
	.new_ntf = VPC_CMD_EIGW_NEW_NTF,
	.del_ntf = VPC_CMD_EIGW_DEL_NTF,
	.parse = vpc_nl_eigw_parse,
	.fill = vpc_nl_eigw_fill,
};

int vpc_nl_eigw_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_eigw);
}

int vpc_nl_eigw_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_eigw);
}

int vpc_nl_eigw_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eigw);
}

int vpc_nl_eigw_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eigw);
}
