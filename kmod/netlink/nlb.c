// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/eni.h"
#include "../model/gateway.h"
#include "../model/nlb.h"
#include "../model/subnet.h"
#include "../model/target_group.h"
#include "../model/vpc.h"

#define VPC_A_NLB_ENFORCE \
	VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC

static int vpc_nl_nlb_parse_lists(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_nlb_cfg *cfg = &op->nlb;
	const struct vpc_nl_list lists[] = {
		{ VPC_A_NLB_SUBNET, &cfg->n_subnets, &cfg->subnets },
		{ VPC_A_NLB_REMOVE_SUBNET, &cfg->n_remove_subnets, &cfg->remove_subnets },
		{ VPC_A_NLB_SECURITY_GROUP, &cfg->n_groups, &cfg->groups },
		{ VPC_A_NLB_EIP, &cfg->n_eips, &cfg->eips },
	};
	void *memory;
	int err;

	cfg->n_addresses = vpc_nl_count(msg, VPC_A_NLB_ADDRESS);
	err = vpc_nl_get_lists(msg, op, lists, ARRAY_SIZE(lists),
			       array_size(cfg->n_addresses, sizeof(*cfg->addresses)), &memory);
	cfg->addresses = memory;
	return err ? err : vpc_nl_get_addresses(msg, VPC_A_NLB_ADDRESS, cfg->addresses);
}

static int vpc_nl_nlb_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_nlb_cfg *cfg = &op->nlb;
	int err;

	if (op->cmd == VPC_CMD_NLB_NEW) {
		err = vpc_nl_need(msg, VPC_A_NLB_NAME, "name");
		if (!err)
			err = vpc_nl_need(msg, VPC_A_NLB_SUBNET, "subnet");
	} else {
		err = vpc_nl_need(msg, VPC_A_NLB_ID, "id");
	}
	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_NLB_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_NLB_NAME);
	cfg->scheme = vpc_nl_opt_u8(msg, VPC_A_NLB_SCHEME);
	cfg->cross_zone = vpc_nl_opt_u8(msg, VPC_A_NLB_CROSS_ZONE);
	cfg->enforce = vpc_nl_opt_u8(msg, VPC_A_NLB_ENFORCE);
	return vpc_nl_nlb_parse_lists(msg, op);
}

/* NLB-26: of those that have a target for some listener. */
static bool vpc_nl_nlb_serves(const struct vpc_nlb *nlb, u8 number)
{
	const struct vpc_listener *listener;

	list_for_each_entry(listener, &nlb->listeners, list)
		if (vpc_target_group_serving(listener->group) & BIT(number))
			return true;
	return false;
}

static int vpc_nl_nlb_put_node(struct sk_buff *skb, const struct vpc_nlb *nlb, u8 number)
{
	const struct vpc_eni *node = nlb->nodes[number];
	struct nlattr *nest = nla_nest_start(skb, VPC_A_NLB_NODE);
	const struct vpc_eip *eip = vpc_eip_of(node, node->addr);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u8(skb, VPC_A_NLB_NODE_NUMBER, number) ||
	    vpc_nl_put_ref(skb, VPC_A_NLB_NODE_ENI, &node->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_NLB_NODE_SUBNET, &node->subnet->obj) ||
	    vpc_nl_put_str(skb, VPC_A_NLB_NODE_ZONE, node->subnet->zone) ||
	    nla_put_in_addr(skb, VPC_A_NLB_NODE_ADDRESS, node->addr) ||
	    (eip && (nla_put_in_addr(skb, VPC_A_NLB_NODE_PUBLIC_ADDRESS, eip->addr) ||
		     vpc_nl_put_ref(skb, VPC_A_NLB_NODE_EIP, &eip->obj))) ||
	    nla_put_u8(skb, VPC_A_NLB_NODE_SERVING, vpc_nl_nlb_serves(nlb, number))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int vpc_nl_nlb_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_nlb *nlb = obj_to_nlb(obj);
	char dns_name[VPC_NLB_DNS_STRLEN];
	struct sk_buff *skb = f->skb;
	u8 i;

	if (vpc_nl_put_ref(skb, VPC_A_NLB_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_NLB_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_NLB_VPC, &obj->vpc->obj) ||
	    nla_put_u8(skb, VPC_A_NLB_SCHEME, nlb->scheme) ||
	    nla_put_u8(skb, VPC_A_NLB_STATE, VPC_NLB_STATE_ACTIVE) ||
	    vpc_nl_put_str(skb, VPC_A_NLB_DNS_NAME, vpc_nlb_dns_name(nlb, dns_name)) ||
	    vpc_nl_put_groups(skb, VPC_A_NLB_SECURITY_GROUP, &nlb->groups) ||
	    nla_put_u8(skb, VPC_A_NLB_CROSS_ZONE, nlb->cross_zone) ||
	    nla_put_u8(skb, VPC_A_NLB_ENFORCE, nlb->enforce_privatelink) ||
	    vpc_nl_put_sessions(skb, VPC_A_NLB_ACTIVE_FLOW_COUNT, obj, nlb->acct))
		return -EMSGSIZE;
	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (nlb->nodes[i] && vpc_nl_nlb_put_node(skb, nlb, i))
			return -EMSGSIZE;
	return 0;
}

/* Beside the rest: of its groups there are more than a message has room for otherwise. */
static size_t vpc_nl_nlb_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	size_t ref = nla_total_size(VPC_ID_STRLEN), node;

	node = nla_total_size(3 * ref + nla_total_size(VPC_NAME_MAX + 1) +
			      2 * nla_total_size(sizeof(__be32)) +
			      2 * nla_total_size(sizeof(u8)));
	return VPC_ENI_GROUPS_MAX * ref + VPC_NLB_NODES_MAX * node;
}

const struct vpc_nl_noun vpc_nl_nlb = {
	.kind = VPC_KIND_NLB,
	.get = VPC_CMD_NLB_GET,
	.reply = VPC_CMD_NLB_NEW,
	.new_ntf = VPC_CMD_NLB_NEW_NTF,
	.del_ntf = VPC_CMD_NLB_DEL_NTF,
	.parse = vpc_nl_nlb_parse,
	.fill = vpc_nl_nlb_fill,
	.elements = vpc_nl_nlb_elements,
};

int vpc_nl_nlb_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_nlb);
}

int vpc_nl_nlb_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_nlb);
}

int vpc_nl_nlb_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nlb);
}

int vpc_nl_nlb_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nlb);
}

int vpc_nl_nlb_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_nlb);
}
