// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/endpoint.h"
#include "../model/prefix_list.h"

static int vpc_nl_service_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd != VPC_CMD_SERVICE_NEW)
		return vpc_nl_need(msg, VPC_A_SERVICE_ID, "id");
	err = vpc_nl_need(msg, VPC_A_SERVICE_NAME, "name");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_SERVICE_IFNAME, "device");
	return err;
}

static int vpc_nl_service_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *gateway = msg->tb[VPC_A_SERVICE_GATEWAY];
	const struct nlattr *addr = msg->tb[VPC_A_SERVICE_ADDRESS];
	const struct nlattr *pool = msg->tb[VPC_A_SERVICE_POOL];
	struct vpc_service_cfg *cfg = &op->service;
	const struct vpc_nl_list lists[] = {
		{ VPC_A_SERVICE_ZONE, &cfg->n_zones, &cfg->zones },
		{ VPC_A_SERVICE_REMOVE_ZONE, &cfg->n_remove_zones, &cfg->remove_zones },
	};
	void *memory;
	int err;

	err = vpc_nl_service_need(msg, op->cmd);
	if (!err && gateway)
		err = vpc_nl_get_prefix(gateway, &cfg->gateway, msg->extack);
	if (!err && addr)
		err = vpc_nl_get_addr(addr, &cfg->family, &cfg->addr, msg->extack);
	if (!err && pool)
		err = vpc_nl_get_prefix(pool, &cfg->pool, msg->extack);
	if (err)
		return err;

	cfg->id = vpc_nl_str(msg, VPC_A_SERVICE_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_SERVICE_NAME);
	cfg->type = vpc_nl_opt_u8(msg, VPC_A_SERVICE_TYPE);
	cfg->region = vpc_nl_str(msg, VPC_A_SERVICE_REGION);
	cfg->list = vpc_nl_str(msg, VPC_A_SERVICE_PREFIX_LIST);
	cfg->ifname = vpc_nl_str(msg, VPC_A_SERVICE_IFNAME);
	cfg->private_name = vpc_nl_str(msg, VPC_A_SERVICE_PRIVATE_DNS_NAME);
	return vpc_nl_get_lists(msg, op, lists, ARRAY_SIZE(lists), 0, &memory);
}

/* The router's own address with the length of the prefix on link, as it was given. */
static int vpc_nl_service_put_gateway(struct sk_buff *skb, const struct vpc_service *service)
{
	const struct vpc_prefix *gateway = &service->gateway;

	if (!gateway->family)
		return 0;
	return vpc_nl_put_prefix(skb, VPC_A_SERVICE_GATEWAY, gateway->family,
				 &service->gateway_addr, gateway->len);
}

static int vpc_nl_service_put_pool(struct sk_buff *skb, const struct vpc_prefix *pool)
{
	if (!pool->family)
		return 0;
	return vpc_nl_put_prefix(skb, VPC_A_SERVICE_POOL, pool->family, &pool->addr, pool->len);
}

static int vpc_nl_service_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_service *service = obj_to_service(obj);
	const struct vpc_list *pl = service->pl;
	struct sk_buff *skb = f->skb;
	u8 state, i;

	state = vpc_nl_port_bound(obj, service->port) ? VPC_STATE_AVAILABLE : VPC_STATE_DETACHED;
	if (vpc_nl_put_ref(skb, VPC_A_SERVICE_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_SERVICE_NAME, obj->name) ||
	    nla_put_u8(skb, VPC_A_SERVICE_TYPE, service->type) ||
	    vpc_nl_put_str(skb, VPC_A_SERVICE_REGION, service->region) ||
	    vpc_nl_put_ref(skb, VPC_A_SERVICE_PREFIX_LIST, pl ? &pl->obj : NULL) ||
	    vpc_nl_put_port(skb, VPC_A_SERVICE_IFNAME, VPC_A_SERVICE_IFINDEX, obj,
			    service->port) ||
	    vpc_nl_service_put_gateway(skb, service) ||
	    nla_put_u8(skb, VPC_A_SERVICE_STATE, state) ||
	    (service->addr && nla_put_in_addr(skb, VPC_A_SERVICE_ADDRESS, service->addr)) ||
	    vpc_nl_put_str(skb, VPC_A_SERVICE_PRIVATE_DNS_NAME, service->private_name) ||
	    vpc_nl_service_put_pool(skb, &service->pool))
		return -EMSGSIZE;
	for (i = 0; i < service->n_zones; i++)
		if (nla_put_string(skb, VPC_A_SERVICE_ZONE, service->zones[i]))
			return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_service = {
	.kind = VPC_KIND_SERVICE,
	.get = VPC_CMD_SERVICE_GET,
	.reply = VPC_CMD_SERVICE_NEW,
	.new_ntf = VPC_CMD_SERVICE_NEW_NTF,
	.del_ntf = VPC_CMD_SERVICE_DEL_NTF,
	.parse = vpc_nl_service_parse,
	.fill = vpc_nl_service_fill,
};

int vpc_nl_service_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_service);
}

int vpc_nl_service_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_service);
}

int vpc_nl_service_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_service);
}

int vpc_nl_service_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_service);
}

int vpc_nl_service_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_service);
}
