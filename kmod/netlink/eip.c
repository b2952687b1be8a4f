// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/gateway.h"
#include "../model/nouns.h"

static int vpc_nl_eip_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd == VPC_CMD_EIP_NEW) {
		err = vpc_nl_need(msg, VPC_A_EIP_ADDRESS, "address");
		return err ?: vpc_nl_need(msg, VPC_A_EIP_UPLINK, "uplink");
	}
	err = vpc_nl_need(msg, VPC_A_EIP_ID, "id");
	if (!err && cmd == VPC_CMD_EIP_ASSOCIATE)
		err = vpc_nl_need(msg, VPC_A_EIP_ENI, "network interface");
	return err;
}

static int vpc_nl_eip_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *private_addr = msg->tb[VPC_A_EIP_PRIVATE_ADDRESS];
	const struct nlattr *addr = msg->tb[VPC_A_EIP_ADDRESS];
	struct vpc_eip_cfg *cfg = &op->eip;
	int err;

	err = vpc_nl_eip_need(msg, op->cmd);
	if (!err && addr)
		err = vpc_nl_get_addr(addr, &cfg->family, &cfg->addr, msg->extack);
	if (!err && private_addr)
		err = vpc_nl_get_addr(private_addr, &cfg->private_family, &cfg->private_addr,
				      msg->extack);
	if (err)
		return err;

	cfg->id = vpc_nl_str(msg, VPC_A_EIP_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_EIP_NAME);
	cfg->uplink = vpc_nl_str(msg, VPC_A_EIP_UPLINK);
	cfg->eni = vpc_nl_str(msg, VPC_A_EIP_ENI);
	cfg->no_reassociation = nla_get_flag(msg->tb[VPC_A_EIP_NO_REASSOCIATION]);
	return 0;
}

static int vpc_nl_eip_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_eip *eip = obj_to_eip(obj);
	const struct vpc_obj *holder = vpc_eip_holder(eip);
	struct sk_buff *skb = f->skb;
	char assoc[VPC_ID_STRLEN];

	if (vpc_nl_put_ref(skb, VPC_A_EIP_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_EIP_NAME, obj->name) ||
	    nla_put_in_addr(skb, VPC_A_EIP_ADDRESS, eip->addr) ||
	    vpc_nl_put_ref(skb, VPC_A_EIP_UPLINK, eip->uplink ? &eip->uplink->obj : NULL) ||
	    (eip->automatic && nla_put_flag(skb, VPC_A_EIP_AUTOMATIC)))
		return -EMSGSIZE;
	if (holder && (vpc_nl_put_ref(skb, eip->nat ? VPC_A_EIP_NAT_GATEWAY : VPC_A_EIP_ENI,
				      holder) ||
		       nla_put_in_addr(skb, VPC_A_EIP_PRIVATE_ADDRESS, eip->private_addr) ||
		       (eip->assoc && nla_put_string(skb, VPC_A_EIP_ASSOCIATION,
						     vpc_id_text(VPC_EIP_ASSOC_PREFIX, eip->assoc,
								 assoc)))))
		return -EMSGSIZE;
	return 0;
}

static struct vpc_obj *vpc_nl_eip_find(struct vpc_net *vnet, const char *ref,
				       struct netlink_ext_ack *extack)
{
	struct vpc_eip *eip = vpc_eip_find(vnet, ref, extack);

	return eip ? &eip->obj : NULL;
}

const struct vpc_nl_noun vpc_nl_eip = {
	.kind = VPC_KIND_EIP,
	.get = VPC_CMD_EIP_GET,
	.reply = VPC_CMD_EIP_NEW,
	.new_ntf = VPC_CMD_EIP_NEW_NTF,
	.del_ntf = VPC_CMD_EIP_DEL_NTF,
	.parse = vpc_nl_eip_parse,
	.fill = vpc_nl_eip_fill,
	.find = vpc_nl_eip_find,
};

int vpc_nl_eip_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_eip);
}

int vpc_nl_eip_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_eip);
}

int vpc_nl_eip_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eip);
}

int vpc_nl_eip_associate_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eip);
}

int vpc_nl_eip_disassociate_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eip);
}

int vpc_nl_eip_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eip);
}
