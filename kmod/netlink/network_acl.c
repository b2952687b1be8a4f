// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/network_acl.h"
#include "../model/vpc.h"

/* A nested rule with all that it can have */
#define ENTRY_SIZE	nla_total_size(3 * nla_total_size(sizeof(u16)) +		\
				       5 * nla_total_size(sizeof(u8)) +			\
				       nla_total_size(nla_total_size(sizeof(struct vpc_addr)) +	\
						      nla_total_size(sizeof(u8))))

static int vpc_nl_network_acl_parse_rule(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_acl_cfg *cfg = &op->acl;
	int err;

	err = vpc_nl_need(msg, VPC_A_NETWORK_ACL_NUMBER, "number");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_NETWORK_ACL_DIRECTION, "direction");
	if (err)
		return err;
	cfg->number = nla_get_u16(msg->tb[VPC_A_NETWORK_ACL_NUMBER]);
	cfg->direction = nla_get_u8(msg->tb[VPC_A_NETWORK_ACL_DIRECTION]);
	if (op->cmd == VPC_CMD_NETWORK_ACL_ENTRY_DEL)
		return 0;

	err = vpc_nl_need(msg, VPC_A_NETWORK_ACL_ACTION, "action");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_NETWORK_ACL_CIDR, "cidr");
	if (err)
		return err;
	cfg->action = nla_get_u8(msg->tb[VPC_A_NETWORK_ACL_ACTION]);
	cfg->proto = vpc_nl_opt_u8(msg, VPC_A_NETWORK_ACL_PROTOCOL);
	cfg->port_from = vpc_nl_opt_u16(msg, VPC_A_NETWORK_ACL_PORT_FROM);
	cfg->port_to = vpc_nl_opt_u16(msg, VPC_A_NETWORK_ACL_PORT_TO);
	cfg->icmp_type = vpc_nl_opt_u8(msg, VPC_A_NETWORK_ACL_ICMP_TYPE);
	cfg->icmp_code = vpc_nl_opt_u8(msg, VPC_A_NETWORK_ACL_ICMP_CODE);
	return vpc_nl_get_prefix(msg->tb[VPC_A_NETWORK_ACL_CIDR], &cfg->cidr, msg->extack);
}

static int vpc_nl_network_acl_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_acl_cfg *cfg = &op->acl;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_NETWORK_ACL_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_NETWORK_ACL_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_NETWORK_ACL_VPC);
	cfg->subnet = vpc_nl_str(msg, VPC_A_NETWORK_ACL_SUBNET);
	if (op->cmd == VPC_CMD_NETWORK_ACL_NEW)
		return vpc_nl_need(msg, VPC_A_NETWORK_ACL_VPC, "vpc");
	err = vpc_nl_need(msg, VPC_A_NETWORK_ACL_ID, "id");
	if (err || op->cmd == VPC_CMD_NETWORK_ACL_DEL)
		return err;
	if (op->cmd == VPC_CMD_NETWORK_ACL_ASSOCIATE)
		return vpc_nl_need(msg, VPC_A_NETWORK_ACL_SUBNET, "subnet");
	return vpc_nl_network_acl_parse_rule(msg, op);
}

static int vpc_nl_network_acl_put_ports(struct sk_buff *skb, const struct vpc_acl_rule *rule)
{
	if (rule->proto != IPPROTO_TCP && rule->proto != IPPROTO_UDP)
		return 0;
	if (nla_put_u16(skb, VPC_A_NETWORK_ACL_PORT_FROM, rule->port_from) ||
	    nla_put_u16(skb, VPC_A_NETWORK_ACL_PORT_TO, rule->port_to))
		return -EMSGSIZE;
	return 0;
}

/* Nothing for all. */
static int vpc_nl_network_acl_put_one(struct sk_buff *skb, u16 attr, s16 value)
{
	return value == VPC_ACL_ALL ? 0 : nla_put_u8(skb, attr, value);
}

static int vpc_nl_network_acl_put_entry(struct sk_buff *skb, const struct vpc_acl_rule *rule)
{
	u8 action = rule->allow ? VPC_ACL_ACTION_ALLOW : VPC_ACL_ACTION_DENY;
	const struct vpc_prefix *cidr = &rule->cidr;
	struct nlattr *nest;

	nest = nla_nest_start(skb, VPC_A_NETWORK_ACL_ENTRY);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u16(skb, VPC_A_NETWORK_ACL_NUMBER, rule->number) ||
	    nla_put_u8(skb, VPC_A_NETWORK_ACL_DIRECTION, rule->direction) ||
	    nla_put_u8(skb, VPC_A_NETWORK_ACL_ACTION, action) ||
	    vpc_nl_network_acl_put_one(skb, VPC_A_NETWORK_ACL_PROTOCOL, rule->proto) ||
	    vpc_nl_put_prefix(skb, VPC_A_NETWORK_ACL_CIDR, cidr->family, &cidr->addr,
			      cidr->len) ||
	    vpc_nl_network_acl_put_ports(skb, rule) ||
	    vpc_nl_network_acl_put_one(skb, VPC_A_NETWORK_ACL_ICMP_TYPE, rule->icmp_type) ||
	    vpc_nl_network_acl_put_one(skb, VPC_A_NETWORK_ACL_ICMP_CODE, rule->icmp_code)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* Where a rule stands in the list, for a dump's cursor; never 0. */
static u64 vpc_nl_network_acl_place(const struct vpc_acl_rule *rule)
{
	return (u64)rule->direction << 16 | rule->number;
}

/* As many entries as fit; see vpc_nl_prefix_list_put_entries(). */
static int vpc_nl_network_acl_put_entries(const struct vpc_nl_fill *f, const struct vpc_acl *acl)
{
	struct vpc_nl_cursor *cur = f->cur;
	const struct vpc_acl_entry *entry;
	bool some = false;

	list_for_each_entry(entry, &acl->entries, list) {
		if (cur && vpc_nl_network_acl_place(&entry->rule) <= cur->part)
			continue;
		if (vpc_nl_network_acl_put_entry(f->skb, &entry->rule))
			return cur && some ? 1 : -EMSGSIZE;
		some = true;
		if (cur)
			cur->part = vpc_nl_network_acl_place(&entry->rule);
	}
	return 0;
}

static u32 vpc_nl_network_acl_count(const struct vpc_acl *acl)
{
	return acl->n_entries[VPC_DIRECTION_INGRESS] + acl->n_entries[VPC_DIRECTION_EGRESS];
}

static int vpc_nl_network_acl_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_acl *acl = obj_to_acl(obj);
	const struct vpc_vpc *vpc = obj->vpc;
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_NETWORK_ACL_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_NETWORK_ACL_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_NETWORK_ACL_VPC, &vpc->obj) ||
	    vpc_nl_put_str(skb, VPC_A_NETWORK_ACL_VPC_NAME, vpc->obj.name) ||
	    nla_put_u8(skb, VPC_A_NETWORK_ACL_DEFAULT, vpc->acl == acl) ||
	    nla_put_u32(skb, VPC_A_NETWORK_ACL_ENTRIES, vpc_nl_network_acl_count(acl)))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_network_acl_put_entries(f, acl);
}

static size_t vpc_nl_network_acl_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	return array_size(vpc_nl_network_acl_count(obj_to_acl(obj)), ENTRY_SIZE);
}

const struct vpc_nl_noun vpc_nl_network_acl = {
	.kind = VPC_KIND_NETWORK_ACL,
	.get = VPC_CMD_NETWORK_ACL_GET,
	.reply = VPC_CMD_NETWORK_ACL_NEW,
	.new_ntf = VPC_CMD_NETWORK_ACL_NEW_NTF,
	.del_ntf = VPC_CMD_NETWORK_ACL_DEL_NTF,
	.parse = vpc_nl_network_acl_parse,
	.fill = vpc_nl_network_acl_fill,
	.elements = vpc_nl_network_acl_elements,
};

int vpc_nl_network_acl_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_entry_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_entry_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_entry_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_network_acl);
}

int vpc_nl_network_acl_associate_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_network_acl);
}
