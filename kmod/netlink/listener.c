// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/nlb.h"
#include "../model/target_group.h"

/* Either its id or what it listens for. */
static int vpc_nl_listener_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err = 0;

	if (cmd != VPC_CMD_LISTENER_NEW && msg->tb[VPC_A_LISTENER_ID])
		return 0;
	err = vpc_nl_need(msg, VPC_A_LISTENER_NLB, "nlb");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_LISTENER_PROTOCOL, "protocol");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_LISTENER_PORT, "port");
	if (!err && cmd == VPC_CMD_LISTENER_NEW)
		err = vpc_nl_need(msg, VPC_A_LISTENER_TARGET_GROUP, "target group");
	return err;
}

static int vpc_nl_listener_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_listener_cfg *cfg = &op->listener;
	int err = vpc_nl_listener_need(msg, op->cmd);

	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_LISTENER_ID);
	cfg->nlb = vpc_nl_str(msg, VPC_A_LISTENER_NLB);
	cfg->protocol = vpc_nl_opt_u8(msg, VPC_A_LISTENER_PROTOCOL);
	cfg->port = vpc_nl_opt_u16(msg, VPC_A_LISTENER_PORT).val;
	cfg->group = vpc_nl_str(msg, VPC_A_LISTENER_TARGET_GROUP);
	cfg->tcp_idle = vpc_nl_opt_u32(msg, VPC_A_LISTENER_TCP_IDLE_TIMEOUT);
	return 0;
}

static int vpc_nl_listener_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_listener *listener = obj_to_listener(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_LISTENER_ID, obj) ||
	    vpc_nl_put_ref(skb, VPC_A_LISTENER_NLB, &listener->nlb->obj) ||
	    nla_put_u8(skb, VPC_A_LISTENER_PROTOCOL, listener->protocol) ||
	    nla_put_u16(skb, VPC_A_LISTENER_PORT, listener->port) ||
	    vpc_nl_put_ref(skb, VPC_A_LISTENER_TARGET_GROUP, &listener->group->obj) ||
	    (vpc_nlb_protocol_tcp(listener->protocol) &&
	     nla_put_u32(skb, VPC_A_LISTENER_TCP_IDLE_TIMEOUT, listener->tcp_idle)))
		return -EMSGSIZE;
	return 0;
}

static const struct vpc_obj *vpc_nl_listener_owner(const struct vpc_obj *obj)
{
	return &obj_to_listener(obj)->nlb->obj;
}

const struct vpc_nl_noun vpc_nl_listener = {
	.kind = VPC_KIND_LISTENER,
	.get = VPC_CMD_LISTENER_GET,
	.reply = VPC_CMD_LISTENER_NEW,
	.new_ntf = VPC_CMD_LISTENER_NEW_NTF,
	.del_ntf = VPC_CMD_LISTENER_DEL_NTF,
	.parse = vpc_nl_listener_parse,
	.fill = vpc_nl_listener_fill,
	.owner = vpc_nl_listener_owner,
	.owner_attr = VPC_A_LISTENER_NLB,
	.owner_kind = VPC_KIND_NLB,
};

int vpc_nl_listener_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_listener);
}

int vpc_nl_listener_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_listener);
}

int vpc_nl_listener_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_listener);
}

int vpc_nl_listener_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_listener);
}

int vpc_nl_listener_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_listener);
}
