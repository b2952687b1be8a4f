// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/prefix_list.h"
#include "../model/security_group.h"
#include "../model/vpc.h"

/* A nested rule with all that it can have */
#define RULE_SIZE	nla_total_size(nla_total_size(VPC_NAME_MAX + 1) +		\
				       2 * nla_total_size(VPC_ID_STRLEN) +		\
				       2 * nla_total_size(sizeof(u16)) +		\
				       2 * nla_total_size(sizeof(u8)) + nla_total_size(0))

/* Ports and ICMP types are of a protocol, and each of them has two ends or parts. */
static int vpc_nl_security_group_need_points(const struct vpc_nl_msg *msg)
{
	bool ports = msg->tb[VPC_A_SECURITY_GROUP_PORT_FROM] ||
		     msg->tb[VPC_A_SECURITY_GROUP_PORT_TO];
	bool icmp = msg->tb[VPC_A_SECURITY_GROUP_ICMP_TYPE] ||
		    msg->tb[VPC_A_SECURITY_GROUP_ICMP_CODE];
	int err = 0;

	if (ports || icmp)
		err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_PROTOCOL, "protocol");
	if (!err && ports)
		err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_PORT_FROM, "port from");
	if (!err && ports)
		err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_PORT_TO, "port to");
	if (!err && icmp)
		err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_ICMP_TYPE, "icmp type");
	return err;
}

/* SG-3: exactly one of three. */
static int vpc_nl_security_group_need_peer(const struct vpc_nl_msg *msg)
{
	const struct nlattr *cidr = msg->tb[VPC_A_SECURITY_GROUP_CIDR];
	const struct nlattr *list = msg->tb[VPC_A_SECURITY_GROUP_PREFIX_LIST];
	const struct nlattr *group = msg->tb[VPC_A_SECURITY_GROUP_GROUP];

	if (!list && !group)
		return vpc_nl_need(msg, VPC_A_SECURITY_GROUP_CIDR, "cidr, prefix list or group");
	if (!cidr && !(list && group))
		return 0;
	NL_SET_ERR_MSG_ATTR(msg->extack, group ? group : list,
			    "a rule has one cidr, prefix list or group");
	return -EINVAL;
}

static int vpc_nl_security_group_parse_rule(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *cidr = msg->tb[VPC_A_SECURITY_GROUP_CIDR];
	struct vpc_group_cfg *cfg = &op->group;
	int err;

	err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_DIRECTION, "direction");
	if (!err)
		err = vpc_nl_security_group_need_points(msg);
	if (!err)
		err = vpc_nl_security_group_need_peer(msg);
	if (err)
		return err;
	cfg->direction = nla_get_u8(msg->tb[VPC_A_SECURITY_GROUP_DIRECTION]);
	cfg->proto = vpc_nl_opt_u8(msg, VPC_A_SECURITY_GROUP_PROTOCOL);
	cfg->port_from = vpc_nl_opt_u16(msg, VPC_A_SECURITY_GROUP_PORT_FROM);
	cfg->port_to = vpc_nl_opt_u16(msg, VPC_A_SECURITY_GROUP_PORT_TO);
	cfg->icmp_type = vpc_nl_opt_u8(msg, VPC_A_SECURITY_GROUP_ICMP_TYPE);
	cfg->icmp_code = vpc_nl_opt_u8(msg, VPC_A_SECURITY_GROUP_ICMP_CODE);
	cfg->list = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_PREFIX_LIST);
	cfg->group = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_GROUP);
	return cidr ? vpc_nl_get_prefix(cidr, &cfg->cidr, msg->extack) : 0;
}

/* A rule's id says all. */
static int vpc_nl_security_group_parse_rule_id(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	u16 attr;

	for (attr = VPC_A_SECURITY_GROUP_DIRECTION; attr <= VPC_A_SECURITY_GROUP_GROUP; attr++) {
		if (!msg->tb[attr])
			continue;
		NL_SET_ERR_MSG_ATTR(msg->extack, msg->tb[attr],
				    "a rule is named by its id or by what it says, not both");
		return -EINVAL;
	}
	op->group.rule = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_RULE_ID);
	return 0;
}

static int vpc_nl_security_group_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_group_cfg *cfg = &op->group;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_VPC);
	cfg->description = vpc_nl_str(msg, VPC_A_SECURITY_GROUP_DESCRIPTION);
	if (op->cmd == VPC_CMD_SECURITY_GROUP_NEW) {
		err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_NAME, "name");
		return err ?: vpc_nl_need(msg, VPC_A_SECURITY_GROUP_VPC, "vpc");
	}
	err = vpc_nl_need(msg, VPC_A_SECURITY_GROUP_ID, "id");
	if (err || op->cmd == VPC_CMD_SECURITY_GROUP_DEL)
		return err;
	if (op->cmd == VPC_CMD_SECURITY_GROUP_ASSOCIATE ||
	    op->cmd == VPC_CMD_SECURITY_GROUP_DISASSOCIATE)
		return vpc_nl_need(msg, VPC_A_SECURITY_GROUP_VPC, "vpc");
	if (msg->tb[VPC_A_SECURITY_GROUP_RULE_ID])
		return vpc_nl_security_group_parse_rule_id(msg, op);
	return vpc_nl_security_group_parse_rule(msg, op);
}

/* What it does not narrow is left out. */
static int vpc_nl_security_group_put_points(struct sk_buff *skb, const struct vpc_rule *rule)
{
	u16 low = rule->first, high = rule->last;
	u8 proto = rule->first >> 16;

	if (vpc_rule_all(rule))
		return 0;
	if (nla_put_u8(skb, VPC_A_SECURITY_GROUP_PROTOCOL, proto))
		return -EMSGSIZE;
	switch (proto) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		if (nla_put_u16(skb, VPC_A_SECURITY_GROUP_PORT_FROM, low) ||
		    nla_put_u16(skb, VPC_A_SECURITY_GROUP_PORT_TO, high))
			return -EMSGSIZE;
		break;
	case IPPROTO_ICMP:
		if (low >> 8 == high >> 8 &&
		    nla_put_u8(skb, VPC_A_SECURITY_GROUP_ICMP_TYPE, low >> 8))
			return -EMSGSIZE;
		if (low == high && nla_put_u8(skb, VPC_A_SECURITY_GROUP_ICMP_CODE, low))
			return -EMSGSIZE;
		break;
	}
	return 0;
}

static int vpc_nl_security_group_put_peer(const struct vpc_nl_fill *f,
					  const struct vpc_group *group,
					  const struct vpc_rule *rule)
{
	const struct vpc_prefix *cidr = &rule->cidr;

	switch (rule->peer) {
	case VPC_PEER_CIDR:
		return vpc_nl_put_prefix(f->skb, VPC_A_SECURITY_GROUP_CIDR, cidr->family,
					 &cidr->addr, cidr->len);
	case VPC_PEER_LIST:
		return vpc_nl_put_ref(f->skb, VPC_A_SECURITY_GROUP_PREFIX_LIST, &rule->pl->obj);
	}
	if (vpc_nl_put_id(f->skb, VPC_A_SECURITY_GROUP_GROUP, VPC_KIND_SECURITY_GROUP,
			  rule->group))
		return -EMSGSIZE;
	if (vpc_rule_group(f->vnet, group, rule))
		return 0;
	return nla_put_flag(f->skb, VPC_A_SECURITY_GROUP_STALE);
}

static int vpc_nl_security_group_put_rule(const struct vpc_nl_fill *f,
					  const struct vpc_group *group,
					  const struct vpc_group_rule *entry)
{
	struct sk_buff *skb = f->skb;
	char id[VPC_ID_STRLEN];
	struct nlattr *nest;

	nest = nla_nest_start(skb, VPC_A_SECURITY_GROUP_RULE);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, VPC_A_SECURITY_GROUP_RULE_ID,
			   vpc_id_text(VPC_RULE_PREFIX, entry->id, id)) ||
	    nla_put_u8(skb, VPC_A_SECURITY_GROUP_DIRECTION, entry->rule.direction) ||
	    vpc_nl_security_group_put_points(skb, &entry->rule) ||
	    vpc_nl_security_group_put_peer(f, group, &entry->rule) ||
	    vpc_nl_put_str(skb, VPC_A_SECURITY_GROUP_DESCRIPTION, entry->description)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* As many rules as fit; see vpc_nl_prefix_list_put_entries(). */
static int vpc_nl_security_group_put_rules(const struct vpc_nl_fill *f,
					   const struct vpc_group *group)
{
	const struct vpc_group_rule *entry;
	struct vpc_nl_cursor *cur = f->cur;
	bool some = false;

	list_for_each_entry(entry, &group->rules, list) {
		if (cur && entry->seq <= cur->part)
			continue;
		if (vpc_nl_security_group_put_rule(f, group, entry))
			return cur && some ? 1 : -EMSGSIZE;
		some = true;
		if (cur)
			cur->part = entry->seq;
	}
	return 0;
}

static u32 vpc_nl_security_group_count(const struct vpc_group *group)
{
	return group->n_rules[VPC_DIRECTION_INGRESS] + group->n_rules[VPC_DIRECTION_EGRESS];
}

static int vpc_nl_security_group_put_vpcs(struct sk_buff *skb, const struct vpc_group *group)
{
	const struct vpc_group_vpc *entry;

	list_for_each_entry(entry, &group->vpcs, list)
		if (vpc_nl_put_ref(skb, VPC_A_SECURITY_GROUP_ASSOCIATED_VPC, &entry->vpc->obj))
			return -EMSGSIZE;
	return 0;
}

static int vpc_nl_security_group_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_group *group = obj_to_group(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_SECURITY_GROUP_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_SECURITY_GROUP_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_SECURITY_GROUP_VPC, &obj->vpc->obj) ||
	    vpc_nl_put_str(skb, VPC_A_SECURITY_GROUP_DESCRIPTION, group->description) ||
	    vpc_nl_put_str(skb, VPC_A_SECURITY_GROUP_VPC_NAME, obj->vpc->obj.name) ||
	    nla_put_u32(skb, VPC_A_SECURITY_GROUP_RULES, vpc_nl_security_group_count(group)) ||
	    vpc_nl_security_group_put_vpcs(skb, group))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_security_group_put_rules(f, group);
}

static size_t vpc_nl_security_group_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	return array_size(vpc_nl_security_group_count(obj_to_group(obj)), RULE_SIZE);
}

const struct vpc_nl_noun vpc_nl_security_group = {
	.kind = VPC_KIND_SECURITY_GROUP,
	.get = VPC_CMD_SECURITY_GROUP_GET,
	.reply = VPC_CMD_SECURITY_GROUP_NEW,
	.new_ntf = VPC_CMD_SECURITY_GROUP_NEW_NTF,
	.del_ntf = VPC_CMD_SECURITY_GROUP_DEL_NTF,
	.parse = vpc_nl_security_group_parse,
	.fill = vpc_nl_security_group_fill,
	.elements = vpc_nl_security_group_elements,
};

int vpc_nl_security_group_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_security_group);
}

int vpc_nl_security_group_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_security_group);
}

int vpc_nl_security_group_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_security_group);
}

int vpc_nl_security_group_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_security_group);
}

int vpc_nl_security_group_associate_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_security_group);
}

int vpc_nl_security_group_disassociate_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_security_group);
}

int vpc_nl_security_group_rule_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_security_group);
}

int vpc_nl_security_group_rule_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_security_group);
}
