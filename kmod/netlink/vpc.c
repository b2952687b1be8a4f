// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/network_acl.h"
#include "../model/rtb.h"
#include "../model/vpc.h"

static int vpc_nl_vpc_parse_cidrs(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_vpc_cfg *cfg = &op->vpc;
	size_t n;
	int err;

	cfg->n_cidrs = vpc_nl_count(msg, VPC_A_VPC_CIDR);
	cfg->n_cidrs6 = vpc_nl_count(msg, VPC_A_VPC_IPV6_CIDR);
	cfg->n_remove = vpc_nl_count(msg, VPC_A_VPC_REMOVE_CIDR);
	n = size_add(size_add(cfg->n_cidrs, cfg->n_cidrs6), cfg->n_remove);
	if (!n)
		return 0;
	cfg->cidrs = vpc_nl_arrays(msg, op, array_size(n, sizeof(*cfg->cidrs)));
	if (!cfg->cidrs)
		return -ENOMEM;
	cfg->cidrs6 = cfg->cidrs + cfg->n_cidrs;
	cfg->remove = cfg->cidrs6 + cfg->n_cidrs6;
	err = vpc_nl_get_prefixes(msg, VPC_A_VPC_CIDR, cfg->cidrs);
	if (!err)
		err = vpc_nl_get_prefixes(msg, VPC_A_VPC_IPV6_CIDR, cfg->cidrs6);
	return err ?: vpc_nl_get_prefixes(msg, VPC_A_VPC_REMOVE_CIDR, cfg->remove);
}

static int vpc_nl_vpc_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_vpc_cfg *cfg = &op->vpc;
	int err;

	if (op->cmd == VPC_CMD_VPC_NEW)
		err = vpc_nl_need(msg, VPC_A_VPC_CIDR, "cidr");
	else
		err = vpc_nl_need(msg, VPC_A_VPC_ID, "id");
	if (err)
		return err;

	cfg->id = vpc_nl_str(msg, VPC_A_VPC_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_VPC_NAME);
	cfg->region = vpc_nl_str(msg, VPC_A_VPC_REGION);
	cfg->owner = vpc_nl_str(msg, VPC_A_VPC_OWNER);
	cfg->dns_support = vpc_nl_opt_u8(msg, VPC_A_VPC_DNS_SUPPORT);
	cfg->dns_hostnames = vpc_nl_opt_u8(msg, VPC_A_VPC_DNS_HOSTNAMES);
	cfg->exclusion = vpc_nl_opt_u8(msg, VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE);
	return vpc_nl_vpc_parse_cidrs(msg, op);
}

static int vpc_nl_vpc_put_cidrs(struct sk_buff *skb, const struct vpc_vpc *vpc)
{
	const struct vpc_prefix *p;
	u16 attr;
	u32 i;

	for (i = 0; (p = vpc_block(vpc, i)); i++) {
		attr = p->family == AF_INET ? VPC_A_VPC_CIDR : VPC_A_VPC_IPV6_CIDR;
		if (vpc_nl_put_prefix(skb, attr, p->family, &p->addr, p->len))
			return -EMSGSIZE;
	}
	return 0;
}

static int vpc_nl_vpc_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_vpc *vpc = obj_to_vpc(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_VPC_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_VPC_NAME, obj->name) ||
	    vpc_nl_vpc_put_cidrs(skb, vpc) ||
	    vpc_nl_put_str(skb, VPC_A_VPC_REGION, vpc->region) ||
	    vpc_nl_put_str(skb, VPC_A_VPC_OWNER, vpc->owner) ||
	    nla_put_u8(skb, VPC_A_VPC_DNS_SUPPORT, vpc->dns_support) ||
	    nla_put_u8(skb, VPC_A_VPC_DNS_HOSTNAMES, vpc->dns_hostnames) ||
	    nla_put_u8(skb, VPC_A_VPC_STATE, VPC_STATE_AVAILABLE) ||
	    nla_put_u8(skb, VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE, vpc->exclusion) ||
	    vpc_nl_put_ref(skb, VPC_A_VPC_MAIN_ROUTE_TABLE, vpc->main ? &vpc->main->obj : NULL) ||
	    vpc_nl_put_sessions(skb, VPC_A_VPC_SESSIONS, obj, vpc->acct) ||
	    vpc_nl_put_ref(skb, VPC_A_VPC_DEFAULT_NETWORK_ACL, &vpc->acl->obj) ||
	    (vpc->resolver_source &&
	     nla_put_in_addr(skb, VPC_A_VPC_RESOLVER_SOURCE, vpc->resolver_source)))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_vpc = {
	.kind = VPC_KIND_VPC,
	.get = VPC_CMD_VPC_GET,
	.reply = VPC_CMD_VPC_NEW,
	.new_ntf = VPC_CMD_VPC_NEW_NTF,
	.del_ntf = VPC_CMD_VPC_DEL_NTF,
	.parse = vpc_nl_vpc_parse,
	.fill = vpc_nl_vpc_fill,
};

int vpc_nl_vpc_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_vpc);
}

int vpc_nl_vpc_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_vpc);
}

int vpc_nl_vpc_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_vpc);
}

int vpc_nl_vpc_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_vpc);
}

int vpc_nl_vpc_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_vpc);
}
