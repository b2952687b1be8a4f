// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/jiffies.h>

#include "../model/gateway.h"
#include "../model/nat_gateway.h"
#include "../model/subnet.h"
#include "../model/vpc.h"

/* An address is named by itself or by what stands for it. */
static int vpc_nl_nat_gateway_need_addr(const struct vpc_nl_msg *msg)
{
	if (!msg->tb[VPC_A_NAT_GATEWAY_EIP])
		return vpc_nl_need(msg, VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS,
				   "private address or elastic ip");
	if (!msg->tb[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS])
		return 0;
	NL_SET_ERR_MSG_ATTR(msg->extack, msg->tb[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS],
			    "an address is named by itself or by its elastic ip, not both");
	return -EINVAL;
}

static int vpc_nl_nat_gateway_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd == VPC_CMD_NAT_GATEWAY_NEW)
		return vpc_nl_need(msg, VPC_A_NAT_GATEWAY_SUBNET, "subnet");
	err = vpc_nl_need(msg, VPC_A_NAT_GATEWAY_ID, "id");
	if (!err && cmd == VPC_CMD_NAT_GATEWAY_ADDRESS_DEL)
		err = vpc_nl_nat_gateway_need_addr(msg);
	return err;
}

static int vpc_nl_nat_gateway_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *addr = msg->tb[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS];
	const struct nlattr *drain = msg->tb[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION];
	struct vpc_nat_cfg *cfg = &op->nat;
	int err;

	err = vpc_nl_nat_gateway_need(msg, op->cmd);
	if (!err && addr)
		err = vpc_nl_get_addr(addr, &cfg->family, &cfg->addr, msg->extack);
	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_NAT_GATEWAY_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_NAT_GATEWAY_NAME);
	cfg->subnet = vpc_nl_str(msg, VPC_A_NAT_GATEWAY_SUBNET);
	cfg->eip = vpc_nl_str(msg, VPC_A_NAT_GATEWAY_EIP);
	cfg->type = vpc_nl_opt_u8(msg, VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE);
	if (drain)
		cfg->drain = (struct vpc_opt_u32){ true, nla_get_u32(drain) };
	return 0;
}

static int vpc_nl_nat_gateway_put_drain(struct sk_buff *skb, const struct vpc_nat_addr *addr)
{
	long left = addr->until - jiffies;

	if (!addr->draining)
		return 0;
	return nla_put_u32(skb, VPC_A_NAT_ADDRESS_DRAINING, DIV_ROUND_UP(max(left, 0L), HZ));
}

static int vpc_nl_nat_gateway_put_addr(struct sk_buff *skb, const struct vpc_nat_addr *addr)
{
	struct nlattr *nest = nla_nest_start(skb, VPC_A_NAT_GATEWAY_ADDRESS);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_in_addr(skb, VPC_A_NAT_ADDRESS_PRIVATE_ADDRESS, addr->addr) ||
	    (addr->eip &&
	     (nla_put_in_addr(skb, VPC_A_NAT_ADDRESS_PUBLIC_ADDRESS, addr->eip->addr) ||
	      vpc_nl_put_ref(skb, VPC_A_NAT_ADDRESS_EIP, &addr->eip->obj))) ||
	    vpc_nl_nat_gateway_put_drain(skb, addr)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int vpc_nl_nat_gateway_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_nat *nat = obj_to_nat(obj);
	struct sk_buff *skb = f->skb;
	u8 i;

	if (vpc_nl_put_ref(skb, VPC_A_NAT_GATEWAY_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_NAT_GATEWAY_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_NAT_GATEWAY_VPC, &obj->vpc->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_NAT_GATEWAY_SUBNET, &nat->subnet->obj) ||
	    nla_put_u8(skb, VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE, nat->type) ||
	    nla_put_u8(skb, VPC_A_NAT_GATEWAY_STATE, VPC_STATE_AVAILABLE) ||
	    vpc_nl_put_sessions(skb, VPC_A_NAT_GATEWAY_ACTIVE_CONNECTION_COUNT, obj, nat->acct))
		return -EMSGSIZE;
	for (i = 0; i < nat->n_addrs; i++)
		if (vpc_nl_nat_gateway_put_addr(skb, &nat->addrs[i]))
			return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_nat_gateway = {
	.kind = VPC_KIND_NAT_GATEWAY,
	.get = VPC_CMD_NAT_GATEWAY_GET,
	.reply = VPC_CMD_NAT_GATEWAY_NEW,
	.new_ntf = VPC_CMD_NAT_GATEWAY_NEW_NTF,
	.del_ntf = VPC_CMD_NAT_GATEWAY_DEL_NTF,
	.parse = vpc_nl_nat_gateway_parse,
	.fill = vpc_nl_nat_gateway_fill,
};

int vpc_nl_nat_gateway_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_nat_gateway);
}

int vpc_nl_nat_gateway_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_nat_gateway);
}

int vpc_nl_nat_gateway_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nat_gateway);
}

int vpc_nl_nat_gateway_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nat_gateway);
}

int vpc_nl_nat_gateway_address_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nat_gateway);
}

int vpc_nl_nat_gateway_address_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nat_gateway);
}
