// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/object.h"
#include "../net.h"

static const struct vpc_nl_noun *const vpc_nl_nouns[VPC_A_OP_MAX + 1] = {
	[VPC_A_OP_VPC] = &vpc_nl_vpc,
	[VPC_A_OP_SUBNET] = &vpc_nl_subnet,
	[VPC_A_OP_ENI] = &vpc_nl_eni,
	[VPC_A_OP_UPLINK] = &vpc_nl_uplink,
	[VPC_A_OP_ROUTE_TABLE] = &vpc_nl_route_table,
	[VPC_A_OP_ROUTE] = &vpc_nl_route,
	[VPC_A_OP_ASSOCIATION] = &vpc_nl_association,
	[VPC_A_OP_PREFIX_LIST] = &vpc_nl_prefix_list,
	[VPC_A_OP_IGW] = &vpc_nl_igw,
	[VPC_A_OP_EIP] = &vpc_nl_eip,
	[VPC_A_OP_SERVICE] = &vpc_nl_service,
	[VPC_A_OP_ENDPOINT] = &vpc_nl_endpoint,
	[VPC_A_OP_PEERING] = &vpc_nl_peering,
	[VPC_A_OP_SECURITY_GROUP] = &vpc_nl_security_group,
	[VPC_A_OP_NETWORK_ACL] = &vpc_nl_network_acl,
	[VPC_A_OP_EIGW] = &vpc_nl_eigw,
	[VPC_A_OP_NAT_GATEWAY] = &vpc_nl_nat_gateway,
	[VPC_A_OP_NLB] = &vpc_nl_nlb,
	[VPC_A_OP_LISTENER] = &vpc_nl_listener,
	[VPC_A_OP_TARGET_GROUP] = &vpc_nl_target_group,
	[VPC_A_OP_TARGET] = &vpc_nl_target,
	[VPC_A_OP_LIMITS] = &vpc_nl_limits,
	[VPC_A_OP_BLOCK_PUBLIC_ACCESS] = &vpc_nl_block,
	[VPC_A_OP_ENDPOINT_SERVICE] = &vpc_nl_endpoint_service,
};

/* The noun whose operations stand in attribute @attr of a transaction's op, or NULL. */
const struct vpc_nl_noun *vpc_nl_noun_by_op(u16 attr)
{
	return attr <= VPC_A_OP_MAX ? vpc_nl_nouns[attr] : NULL;
}

const struct vpc_nl_noun *vpc_nl_noun_by_kind(u8 kind)
{
	int i;

	for (i = 0; i <= VPC_A_OP_MAX; i++)
		if (vpc_nl_nouns[i] && vpc_nl_nouns[i]->kind == kind)
			return vpc_nl_nouns[i];
	return NULL;
}

static const struct genl_ops *vpc_nl_ops_by_cmd(u32 cmd)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(vpc_nl_ops); i++)
		if (vpc_nl_ops[i].cmd == cmd)
			return &vpc_nl_ops[i];
	return NULL;
}

/*
 * The core sized its table of attributes after the command; parse again into one that every
 * noun may index freely.
 */
static int vpc_nl_parse_nlmsg(const struct nlmsghdr *nlh, struct vpc_nl_msg *msg)
{
	const struct genlmsghdr *genlhdr = nlmsg_data(nlh);
	const struct genl_ops *ops = vpc_nl_ops_by_cmd(genlhdr->cmd);

	if (WARN_ON_ONCE(!ops || ops->maxattr > VPC_NL_REQ_MAX))
		return -EINVAL;
	msg->head = nlmsg_attrdata(nlh, GENL_HDRLEN);
	msg->len = nlmsg_attrlen(nlh, GENL_HDRLEN);
	return nlmsg_parse(nlh, GENL_HDRLEN, msg->tb, ops->maxattr, ops->policy, msg->extack);
}

/* The attributes of a request. */
int vpc_nl_parse_info(struct genl_info *info, struct vpc_nl_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->extack = info->extack;
	return vpc_nl_parse_nlmsg(info->nlhdr, msg);
}

/* The attributes that narrow a dump. */
int vpc_nl_dump_parse(struct netlink_callback *cb, struct vpc_nl_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->extack = cb->extack;
	return vpc_nl_parse_nlmsg(cb->nlh, msg);
}

/* The attributes of operation @cmd in a transaction, held to the policy of that command. */
int vpc_nl_parse_nest(const struct nlattr *nest, u32 cmd, struct vpc_nl_msg *msg)
{
	const struct genl_ops *ops = vpc_nl_ops_by_cmd(cmd);

	if (WARN_ON_ONCE(!ops || ops->maxattr > VPC_NL_REQ_MAX))
		return -EINVAL;
	msg->head = nla_data(nest);
	msg->len = nla_len(nest);
	msg->nest = nest;
	return nla_parse_nested(msg->tb, ops->maxattr, nest, ops->policy, msg->extack);
}

struct vpc_obj *vpc_nl_find(struct vpc_net *vnet, const struct vpc_nl_noun *noun, const char *ref,
			    struct netlink_ext_ack *extack)
{
	if (noun->find)
		return noun->find(vnet, ref, extack);
	return vpc_obj_find(vnet, noun->kind, ref, NULL, extack);
}

/* A message with room for @obj; @brief tells that its elements are too many for one. */
struct sk_buff *vpc_nl_obj_skb(const struct vpc_nl_noun *noun, struct vpc_net *vnet,
			       const struct vpc_obj *obj, bool *brief)
{
	size_t elements = noun->elements ? noun->elements(vnet, obj) : 0;

	*brief = elements > VPC_NL_MSG_MAX;
	if (*brief)
		elements = 0;
	return genlmsg_new(GENLMSG_DEFAULT_SIZE + elements, GFP_KERNEL);
}

/* The answer to @info about what is no object, for vpc_nl_answer_send(); NULL without memory. */
struct sk_buff *vpc_nl_answer_new(struct genl_info *info, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);

	if (skb)
		*hdr = genlmsg_put_reply(skb, info, &vpc_nl_family, 0, info->genlhdr->cmd);
	return skb;
}

/* @err: why it was not filled, or 0. */
int vpc_nl_answer_send(struct genl_info *info, struct sk_buff *skb, void *hdr, int err)
{
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	genlmsg_end(skb, hdr);
	return genlmsg_reply(skb, info);
}

static struct sk_buff *vpc_nl_get_locked(struct genl_info *info, struct vpc_net *vnet,
					 const struct vpc_nl_noun *noun,
					 const struct vpc_nl_msg *msg)
{
	const char *ref = vpc_nl_str(msg, VPC_A_VPC_ID);
	struct vpc_nl_fill f = { .vnet = vnet, .msg = msg };
	struct vpc_obj *obj;
	void *hdr;
	int err;

	obj = vpc_nl_find(vnet, noun, ref, info->extack);
	if (!obj)
		return ERR_PTR(-ENOENT);
	f.skb = vpc_nl_obj_skb(noun, vnet, obj, &f.brief);
	if (!f.skb)
		return ERR_PTR(-ENOMEM);
	err = -EMSGSIZE;
	if (f.brief) {
		NL_SET_ERR_MSG_FMT(info->extack, "%s is too long for a message, dump it",
				   vpc_kind_name(noun->kind));
		goto err_free;
	}
	hdr = genlmsg_put_reply(f.skb, info, &vpc_nl_family, 0, noun->get);
	if (!hdr)
		goto err_free;
	err = noun->fill(&f, obj);
	if (err)
		goto err_free;
	genlmsg_end(f.skb, hdr);
	return f.skb;

err_free:
	nlmsg_free(f.skb);
	return ERR_PTR(err);
}

/* doit of <noun>-get; the id is the first attribute of every noun that has one. */
int vpc_nl_get(struct genl_info *info, const struct vpc_nl_noun *noun)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_msg msg;
	struct sk_buff *skb;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (err)
		return err;
	err = vpc_nl_need(&msg, VPC_A_VPC_ID, "id");
	if (err)
		return err;

	mutex_lock(&vnet->lock);
	skb = vpc_nl_get_locked(info, vnet, noun, &msg);
	mutex_unlock(&vnet->lock);
	if (IS_ERR(skb))
		return PTR_ERR(skb);
	return genlmsg_reply(skb, info);
}
