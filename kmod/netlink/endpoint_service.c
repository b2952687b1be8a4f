// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/endpoint_service.h"
#include "../model/nlb.h"
#include "../model/vpc.h"

static int vpc_nl_endpoint_service_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd == VPC_CMD_ENDPOINT_SERVICE_NEW)
		return vpc_nl_need(msg, VPC_A_VPCE_SVC_NLB, "nlb");
	err = vpc_nl_need(msg, VPC_A_VPCE_SVC_ID, "id");
	if (!err && (cmd == VPC_CMD_ENDPOINT_SERVICE_ACCEPT ||
		     cmd == VPC_CMD_ENDPOINT_SERVICE_REJECT))
		err = vpc_nl_need(msg, VPC_A_VPCE_SVC_ENDPOINT, "endpoint");
	return err;
}

static int vpc_nl_endpoint_service_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_provider_cfg *cfg = &op->provider;
	const struct vpc_nl_list lists[] = {
		{ VPC_A_VPCE_SVC_NLB, &cfg->n_nlbs, &cfg->nlbs },
		{ VPC_A_VPCE_SVC_REMOVE_NLB, &cfg->n_remove_nlbs, &cfg->remove_nlbs },
		{ VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL, &cfg->n_principals, &cfg->principals },
		{ VPC_A_VPCE_SVC_REMOVE_ALLOWED_PRINCIPAL, &cfg->n_remove_principals,
		  &cfg->remove_principals },
		{ VPC_A_VPCE_SVC_SUPPORTED_REGION, &cfg->n_regions, &cfg->regions },
		{ VPC_A_VPCE_SVC_REMOVE_SUPPORTED_REGION, &cfg->n_remove_regions,
		  &cfg->remove_regions },
	};
	void *memory;
	int err;

	err = vpc_nl_endpoint_service_need(msg, op->cmd);
	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_VPCE_SVC_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_VPCE_SVC_NAME);
	cfg->acceptance_required = vpc_nl_opt_u8(msg, VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED);
	cfg->private_name = vpc_nl_str(msg, VPC_A_VPCE_SVC_PRIVATE_DNS_NAME);
	cfg->verified = vpc_nl_opt_u8(msg, VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED);
	cfg->endpoint = vpc_nl_str(msg, VPC_A_VPCE_SVC_ENDPOINT);
	return vpc_nl_get_lists(msg, op, lists, ARRAY_SIZE(lists), 0, &memory);
}

/* Few enough for one message, all of them. */
static int vpc_nl_endpoint_service_put_lists(struct sk_buff *skb,
					     const struct vpc_provider *provider)
{
	u8 i;

	for (i = 0; i < provider->n_nlbs; i++)
		if (vpc_nl_put_ref(skb, VPC_A_VPCE_SVC_NLB, &provider->nlbs[i]->obj))
			return -EMSGSIZE;
	for (i = 0; i < provider->n_principals; i++)
		if (nla_put_string(skb, VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL,
				   provider->principals[i]))
			return -EMSGSIZE;
	for (i = 0; i < provider->n_zones; i++)
		if (nla_put_string(skb, VPC_A_VPCE_SVC_ZONE, provider->zones[i]))
			return -EMSGSIZE;
	for (i = 0; i < provider->n_regions; i++)
		if (nla_put_string(skb, VPC_A_VPCE_SVC_SUPPORTED_REGION,
				   provider->regions[i]))
			return -EMSGSIZE;
	return 0;
}

static u32 vpc_nl_endpoint_service_count(const struct vpc_provider *provider, u8 state)
{
	const struct vpc_endpoint *ep;
	u32 n = 0;

	list_for_each_entry(ep, &provider->endpoints, provided)
		n += ep->state == state;
	return n;
}

static int vpc_nl_endpoint_service_put_counts(struct sk_buff *skb,
					      const struct vpc_provider *provider)
{
	u32 n, pending;

	n = vpc_nl_endpoint_service_count(provider, VPC_ENDPOINT_STATE_AVAILABLE);
	pending = vpc_nl_endpoint_service_count(provider, VPC_ENDPOINT_STATE_PENDING_ACCEPTANCE);
	if (nla_put_u32(skb, VPC_A_VPCE_SVC_CONNECTIONS, n))
		return -EMSGSIZE;
	return nla_put_u32(skb, VPC_A_VPCE_SVC_PENDING_CONNECTIONS, pending);
}

static int vpc_nl_endpoint_service_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_provider *provider = obj_to_provider(obj);
	char name[VPC_PROVIDER_NAME_STRLEN];
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_VPCE_SVC_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_VPCE_SVC_NAME, obj->name) ||
	    nla_put_string(skb, VPC_A_VPCE_SVC_SERVICE_NAME,
			   vpc_provider_name(provider, name)) ||
	    vpc_nl_put_str(skb, VPC_A_VPCE_SVC_REGION, vpc_provider_region(provider)) ||
	    vpc_nl_put_str(skb, VPC_A_VPCE_SVC_OWNER, vpc_provider_owner(provider)) ||
	    nla_put_u8(skb, VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED,
		       provider->acceptance_required) ||
	    vpc_nl_put_str(skb, VPC_A_VPCE_SVC_PRIVATE_DNS_NAME, provider->private_name) ||
	    (*provider->private_name &&
	     nla_put_u8(skb, VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED, provider->verified)) ||
	    vpc_nl_endpoint_service_put_counts(skb, provider))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_endpoint_service_put_lists(skb, provider);
}

static size_t vpc_nl_endpoint_service_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	return VPC_PROVIDER_NLBS_MAX * nla_total_size(VPC_ID_STRLEN) +
	       VPC_PROVIDER_PRINCIPALS_MAX * nla_total_size(VPC_ACCOUNT_STRLEN) +
	       (VPC_SERVICE_ZONES_MAX + VPC_PROVIDER_REGIONS_MAX) *
	       nla_total_size(VPC_NAME_MAX + 1) + nla_total_size(VPC_DNS_NAME_MAX + 1) +
	       nla_total_size(VPC_PROVIDER_NAME_STRLEN);
}

const struct vpc_nl_noun vpc_nl_endpoint_service = {
	.kind = VPC_KIND_ENDPOINT_SERVICE,
	.get = VPC_CMD_ENDPOINT_SERVICE_GET,
	.reply = VPC_CMD_ENDPOINT_SERVICE_NEW,
	.new_ntf = VPC_CMD_ENDPOINT_SERVICE_NEW_NTF,
	.del_ntf = VPC_CMD_ENDPOINT_SERVICE_DEL_NTF,
	.parse = vpc_nl_endpoint_service_parse,
	.fill = vpc_nl_endpoint_service_fill,
	.elements = vpc_nl_endpoint_service_elements,
};

int vpc_nl_endpoint_service_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_endpoint_service);
}

int vpc_nl_endpoint_service_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_endpoint_service);
}

int vpc_nl_endpoint_service_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint_service);
}

int vpc_nl_endpoint_service_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint_service);
}

int vpc_nl_endpoint_service_accept_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint_service);
}

int vpc_nl_endpoint_service_reject_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint_service);
}

int vpc_nl_endpoint_service_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_endpoint_service);
}
