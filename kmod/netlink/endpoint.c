// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/endpoint_service.h"
#include "../model/eni.h"
#include "../model/rtb.h"
#include "../model/subnet.h"
#include "../model/vpc.h"
#include "../net.h"

static int vpc_nl_endpoint_parse_lists(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_endpoint_cfg *cfg = &op->endpoint;
	const struct vpc_nl_list lists[] = {
		{ VPC_A_ENDPOINT_ROUTE_TABLE, &cfg->n_rtbs, &cfg->rtbs },
		{ VPC_A_ENDPOINT_REMOVE_ROUTE_TABLE, &cfg->n_remove_rtbs, &cfg->remove_rtbs },
		{ VPC_A_ENDPOINT_SUBNET, &cfg->n_subnets, &cfg->subnets },
		{ VPC_A_ENDPOINT_REMOVE_SUBNET, &cfg->n_remove_subnets, &cfg->remove_subnets },
		{ VPC_A_ENDPOINT_SECURITY_GROUP, &cfg->n_groups, &cfg->groups },
		{ VPC_A_ENDPOINT_REMOVE_SECURITY_GROUP, &cfg->n_remove_groups,
		  &cfg->remove_groups },
	};
	size_t addresses, policy = vpc_nl_policy_size(msg);
	void *memory;
	int err;

	cfg->n_addresses = vpc_nl_count(msg, VPC_A_ENDPOINT_ADDRESS);
	addresses = array_size(cfg->n_addresses, sizeof(*cfg->addresses));
	err = vpc_nl_get_lists(msg, op, lists, ARRAY_SIZE(lists), size_add(policy, addresses),
			       &memory);
	if (!err && memory)
		err = vpc_nl_policy_get(msg, memory, &cfg->policy);
	if (err || !memory)
		return err;
	cfg->addresses = memory + policy;
	return vpc_nl_get_addresses(msg, VPC_A_ENDPOINT_ADDRESS, cfg->addresses);
}

static int vpc_nl_endpoint_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_endpoint_cfg *cfg = &op->endpoint;
	int err;

	if (op->cmd == VPC_CMD_ENDPOINT_NEW) {
		err = vpc_nl_need(msg, VPC_A_ENDPOINT_VPC, "vpc");
		if (!err)
			err = vpc_nl_need(msg, VPC_A_ENDPOINT_SERVICE, "service");
	} else {
		err = vpc_nl_need(msg, VPC_A_ENDPOINT_ID, "id");
	}
	if (err)
		return err;

	cfg->id = vpc_nl_str(msg, VPC_A_ENDPOINT_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_ENDPOINT_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_ENDPOINT_VPC);
	cfg->service = vpc_nl_str(msg, VPC_A_ENDPOINT_SERVICE);
	cfg->type = vpc_nl_opt_u8(msg, VPC_A_ENDPOINT_TYPE);
	cfg->ip_address_type = vpc_nl_opt_u8(msg, VPC_A_ENDPOINT_IP_ADDRESS_TYPE);
	cfg->policy.reset = nla_get_flag(msg->tb[VPC_A_ENDPOINT_POLICY_RESET]);
	cfg->private_dns = vpc_nl_opt_u8(msg, VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED);
	return vpc_nl_endpoint_parse_lists(msg, op);
}

/*
 * As many route tables as fit. Return: 0 when those were the last, 1 when a dump has to go on
 * in another message, -EMSGSIZE when the message has no room for one or must hold them all.
 */
static int vpc_nl_endpoint_put_tables(const struct vpc_nl_fill *f, const struct vpc_endpoint *ep)
{
	struct list_head *tables = &f->vnet->kinds[VPC_KIND_ROUTE_TABLE];
	struct vpc_nl_cursor *cur = f->cur;
	const struct vpc_obj *obj;
	bool some = false;

	list_for_each_entry(obj, tables, list) {
		if (obj->vpc != ep->obj.vpc || (cur && obj->seq <= cur->part))
			continue;
		if (!vpc_endpoint_serves(ep, obj_to_rtb(obj)))
			continue;
		if (vpc_nl_put_ref(f->skb, VPC_A_ENDPOINT_ROUTE_TABLE, obj))
			return cur && some ? 1 : -EMSGSIZE;
		some = true;
		if (cur)
			cur->part = obj->seq;
	}
	return 0;
}

static int vpc_nl_endpoint_put_eni(struct sk_buff *skb, const struct vpc_eni *eni)
{
	struct nlattr *nest = nla_nest_start(skb, VPC_A_ENDPOINT_NETWORK_INTERFACE);

	if (!nest)
		return -EMSGSIZE;
	if (vpc_nl_put_ref(skb, VPC_A_ENDPOINT_INTERFACE_ENI, &eni->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_ENDPOINT_INTERFACE_SUBNET, &eni->subnet->obj) ||
	    vpc_nl_put_str(skb, VPC_A_ENDPOINT_INTERFACE_ZONE, eni->subnet->zone) ||
	    nla_put_in_addr(skb, VPC_A_ENDPOINT_INTERFACE_ADDRESS, eni->addr)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* What its names are made of (IFE-30). */
static int vpc_nl_endpoint_put_dns(struct sk_buff *skb, const struct vpc_endpoint *ep)
{
	char suffix[9];

	snprintf(suffix, sizeof(suffix), "%08x", ep->dns_suffix);
	if (nla_put_u8(skb, VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED, ep->private_dns) ||
	    nla_put_string(skb, VPC_A_ENDPOINT_DNS_SUFFIX, suffix) ||
	    vpc_nl_put_str(skb, VPC_A_ENDPOINT_PRIVATE_DNS_NAME, vpc_private_dns_of(ep)))
		return -EMSGSIZE;
	return 0;
}

/* Few enough for one message. */
static int vpc_nl_endpoint_put_enis(struct sk_buff *skb, const struct vpc_endpoint *ep)
{
	u8 i;

	if (vpc_nl_put_groups(skb, VPC_A_ENDPOINT_SECURITY_GROUP, &ep->groups) ||
	    vpc_nl_endpoint_put_dns(skb, ep))
		return -EMSGSIZE;
	for (i = 0; i < ep->n_enis; i++)
		if (vpc_nl_endpoint_put_eni(skb, ep->enis[i]))
			return -EMSGSIZE;
	return 0;
}

static int vpc_nl_endpoint_put_service(struct sk_buff *skb, const struct vpc_endpoint *ep)
{
	char name[VPC_PROVIDER_NAME_STRLEN];

	if (ep->service)
		return vpc_nl_put_ref(skb, VPC_A_ENDPOINT_SERVICE, &ep->service->obj) ||
		       nla_put_string(skb, VPC_A_ENDPOINT_SERVICE_NAME, ep->service->obj.name) ?
		       -EMSGSIZE : 0;
	if (!ep->provider)
		return 0;
	return vpc_nl_put_ref(skb, VPC_A_ENDPOINT_SERVICE, &ep->provider->obj) ||
	       nla_put_string(skb, VPC_A_ENDPOINT_SERVICE_NAME,
			      vpc_provider_name(ep->provider, name)) ? -EMSGSIZE : 0;
}

/* In a dump the rest of what an endpoint has waits for another message when this one is full. */
static int vpc_nl_endpoint_put_parts(const struct vpc_nl_fill *f, const struct vpc_endpoint *ep)
{
	bool alone = f->cur && f->cur->phase;
	const void *end;
	int err;

	err = alone ? 0 : vpc_nl_policy_put(f, ep);
	if (err)
		return err;
	end = skb_tail_pointer(f->skb);
	err = ep->type == VPC_ENDPOINT_TYPE_INTERFACE ? vpc_nl_endpoint_put_enis(f->skb, ep) :
							vpc_nl_endpoint_put_tables(f, ep);
	if (err != -EMSGSIZE || !f->cur || alone)
		return err;
	nlmsg_trim(f->skb, end);
	return 1;
}

static int vpc_nl_endpoint_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_endpoint *ep = obj_to_endpoint(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_ENDPOINT_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_ENDPOINT_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_ENDPOINT_VPC, &obj->vpc->obj) ||
	    vpc_nl_endpoint_put_service(skb, ep) ||
	    nla_put_u8(skb, VPC_A_ENDPOINT_TYPE, ep->type) ||
	    nla_put_u8(skb, VPC_A_ENDPOINT_IP_ADDRESS_TYPE, VPC_IP_ADDRESS_TYPE_IPV4) ||
	    nla_put_u8(skb, VPC_A_ENDPOINT_STATE, ep->state))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_endpoint_put_parts(f, ep);
}

static size_t vpc_nl_endpoint_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	size_t ref = nla_total_size(VPC_ID_STRLEN), policy, eni;

	policy = vpc_nl_policy_elements(obj_to_endpoint(obj));
	eni = nla_total_size(2 * ref + nla_total_size(VPC_NAME_MAX + 1) +
			     nla_total_size(sizeof(__be32)));
	if (obj_to_endpoint(obj)->type == VPC_ENDPOINT_TYPE_INTERFACE)
		return policy + VPC_ENI_GROUPS_MAX * ref + VPC_ENDPOINT_ENIS_MAX * eni;
	return size_add(policy, array_size(vpc_obj_count(vnet, VPC_KIND_ROUTE_TABLE, obj->vpc),
					   ref));
}

const struct vpc_nl_noun vpc_nl_endpoint = {
	.kind = VPC_KIND_ENDPOINT,
	.get = VPC_CMD_ENDPOINT_GET,
	.reply = VPC_CMD_ENDPOINT_NEW,
	.new_ntf = VPC_CMD_ENDPOINT_NEW_NTF,
	.del_ntf = VPC_CMD_ENDPOINT_DEL_NTF,
	.parse = vpc_nl_endpoint_parse,
	.fill = vpc_nl_endpoint_fill,
	.elements = vpc_nl_endpoint_elements,
};

int vpc_nl_endpoint_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_endpoint);
}

int vpc_nl_endpoint_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_endpoint);
}

int vpc_nl_endpoint_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint);
}

int vpc_nl_endpoint_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint);
}

int vpc_nl_endpoint_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint);
}
