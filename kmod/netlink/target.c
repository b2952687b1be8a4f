// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/eni.h"
#include "../model/nlb.h"
#include "../model/target_group.h"

/* Either its id or how it was registered. */
static int vpc_nl_target_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd == VPC_CMD_TARGET_NEW || !msg->tb[VPC_A_TARGET_ID]) {
		err = vpc_nl_need(msg, VPC_A_TARGET_TARGET_GROUP, "target group");
		if (!err && !msg->tb[VPC_A_TARGET_ENI])
			err = vpc_nl_need(msg, VPC_A_TARGET_ADDRESS, "an eni or an address");
		if (err)
			return err;
	}
	if (msg->tb[VPC_A_TARGET_ENI] && msg->tb[VPC_A_TARGET_ADDRESS]) {
		NL_SET_ERR_MSG_ATTR(msg->extack, msg->tb[VPC_A_TARGET_ADDRESS],
				    "a target is an eni or an address, not both");
		return -EINVAL;
	}
	return cmd == VPC_CMD_TARGET_SET ? vpc_nl_need(msg, VPC_A_TARGET_HEALTH, "health") : 0;
}

static int vpc_nl_target_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *addr = msg->tb[VPC_A_TARGET_ADDRESS];
	struct vpc_target_cfg *cfg = &op->target;
	int err = vpc_nl_target_need(msg, op->cmd);

	if (!err && addr)
		err = vpc_nl_get_addr(addr, &cfg->family, &cfg->addr, msg->extack);
	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_TARGET_ID);
	cfg->group = vpc_nl_str(msg, VPC_A_TARGET_TARGET_GROUP);
	cfg->eni = vpc_nl_str(msg, VPC_A_TARGET_ENI);
	cfg->port = vpc_nl_opt_u16(msg, VPC_A_TARGET_PORT);
	cfg->reason = vpc_nl_str(msg, VPC_A_TARGET_REASON);
	cfg->health = vpc_nl_opt_u8(msg, VPC_A_TARGET_HEALTH).val;
	return 0;
}

static int vpc_nl_target_put_probe(struct sk_buff *skb, const struct vpc_eni *node, __be32 addr)
{
	struct nlattr *nest = nla_nest_start(skb, VPC_A_TARGET_PROBE);

	if (!nest)
		return -EMSGSIZE;
	if (vpc_nl_put_ref(skb, VPC_A_TARGET_PROBE_ENI, &node->obj) ||
	    nla_put_in_addr(skb, VPC_A_TARGET_PROBE_NODE, node->addr) ||
	    nla_put_in_addr(skb, VPC_A_TARGET_PROBE_ADDRESS, addr)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int vpc_nl_target_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_nlb_target *target = obj_to_target(obj);
	const struct vpc_nlb *nlb = target->group->nlb;
	struct sk_buff *skb = f->skb;
	u8 i;

	if (vpc_nl_put_ref(skb, VPC_A_TARGET_ID, obj) ||
	    vpc_nl_put_ref(skb, VPC_A_TARGET_TARGET_GROUP, &target->group->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_TARGET_ENI, target->eni ? &target->eni->obj : NULL) ||
	    nla_put_in_addr(skb, VPC_A_TARGET_ADDRESS, target->addr) ||
	    nla_put_u16(skb, VPC_A_TARGET_PORT, target->port) ||
	    vpc_nl_put_str(skb, VPC_A_TARGET_ZONE, target->zone) ||
	    nla_put_u8(skb, VPC_A_TARGET_STATE, vpc_target_state(target)) ||
	    vpc_nl_put_str(skb, VPC_A_TARGET_REASON, vpc_target_reason(target)) ||
	    nla_put_u16(skb, VPC_A_TARGET_HEALTH_CHECK_PORT, vpc_target_check_port(target)))
		return -EMSGSIZE;
	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (target->probes[i] &&
		    vpc_nl_target_put_probe(skb, nlb->nodes[i], target->probes[i]))
			return -EMSGSIZE;
	return 0;
}

static const struct vpc_obj *vpc_nl_target_owner(const struct vpc_obj *obj)
{
	return &obj_to_target(obj)->group->obj;
}

const struct vpc_nl_noun vpc_nl_target = {
	.kind = VPC_KIND_TARGET,
	.get = VPC_CMD_TARGET_GET,
	.reply = VPC_CMD_TARGET_NEW,
	.new_ntf = VPC_CMD_TARGET_NEW_NTF,
	.del_ntf = VPC_CMD_TARGET_DEL_NTF,
	.parse = vpc_nl_target_parse,
	.fill = vpc_nl_target_fill,
	.owner = vpc_nl_target_owner,
	.owner_attr = VPC_A_TARGET_TARGET_GROUP,
	.owner_kind = VPC_KIND_TARGET_GROUP,
};

int vpc_nl_target_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_target);
}

int vpc_nl_target_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_target);
}

int vpc_nl_target_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_target);
}

int vpc_nl_target_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_target);
}

int vpc_nl_target_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_target);
}
