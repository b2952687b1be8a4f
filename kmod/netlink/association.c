// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/gateway.h"
#include "../model/rtb.h"
#include "../model/subnet.h"

static int vpc_nl_association_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_assoc_cfg *cfg = &op->assoc;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_ASSOCIATION_ID);
	cfg->rtb = vpc_nl_str(msg, VPC_A_ASSOCIATION_ROUTE_TABLE);
	cfg->subnet = vpc_nl_str(msg, VPC_A_ASSOCIATION_SUBNET);
	cfg->gateway = vpc_nl_str(msg, VPC_A_ASSOCIATION_GATEWAY);
	if (op->cmd == VPC_CMD_ASSOCIATION_DEL)
		return vpc_nl_need(msg, VPC_A_ASSOCIATION_ID, "id");

	err = vpc_nl_need(msg, VPC_A_ASSOCIATION_ROUTE_TABLE, "route table");
	if (err)
		return err;
	if (cfg->subnet && cfg->gateway) {
		NL_SET_ERR_MSG_ATTR(msg->extack, msg->tb[VPC_A_ASSOCIATION_GATEWAY],
				    "either a subnet or a gateway, not both");
		return -EINVAL;
	}
	if (op->cmd == VPC_CMD_ASSOCIATION_NEW && !cfg->gateway)
		return vpc_nl_need(msg, VPC_A_ASSOCIATION_SUBNET, "subnet");
	return 0;	/* neither id nor subnet: the main association of the table's VPC */
}

static int vpc_nl_association_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_assoc *assoc = obj_to_assoc(obj);
	const struct vpc_subnet *subnet = assoc->subnet;
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_ASSOCIATION_ID, obj) ||
	    vpc_nl_put_ref(skb, VPC_A_ASSOCIATION_ROUTE_TABLE,
			   assoc->rtb ? &assoc->rtb->obj : NULL) ||
	    vpc_nl_put_ref(skb, VPC_A_ASSOCIATION_SUBNET, subnet ? &subnet->obj : NULL) ||
	    nla_put_u8(skb, VPC_A_ASSOCIATION_MAIN, vpc_assoc_is_main(assoc)) ||
	    vpc_nl_put_ref(skb, VPC_A_ASSOCIATION_GATEWAY,
			   assoc->igw ? &assoc->igw->obj : NULL))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_association = {
	.kind = VPC_KIND_ASSOCIATION,
	.get = VPC_CMD_ASSOCIATION_GET,
	.reply = VPC_CMD_ASSOCIATION_NEW,
	.new_ntf = VPC_CMD_ASSOCIATION_NEW_NTF,
	.del_ntf = VPC_CMD_ASSOCIATION_DEL_NTF,
	.parse = vpc_nl_association_parse,
	.fill = vpc_nl_association_fill,
};

int vpc_nl_association_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_association);
}

int vpc_nl_association_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_association);
}

int vpc_nl_association_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_association);
}

int vpc_nl_association_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_association);
}

int vpc_nl_association_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_association);
}
