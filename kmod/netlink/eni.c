// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/address.h"
#include "../model/endpoint.h"
#include "../model/eni.h"
#include "../model/gateway.h"
#include "../model/security_group.h"
#include "../model/subnet.h"
#include "../model/vpc.h"
#include "../net.h"
#include "../stats.h"

/* What is not the primary address; its length tells an address from a prefix. */
static int vpc_nl_eni_get_addresses(const struct vpc_nl_msg *msg, struct vpc_prefix_cfg *cfg)
{
	int err;

	err = vpc_nl_get_addresses(msg, VPC_A_ENI_SECONDARY_ADDRESS, cfg);
	if (err)
		return err;
	cfg += vpc_nl_count(msg, VPC_A_ENI_SECONDARY_ADDRESS);
	err = vpc_nl_get_addresses(msg, VPC_A_ENI_IPV6_ADDRESS, cfg);
	if (err)
		return err;
	cfg += vpc_nl_count(msg, VPC_A_ENI_IPV6_ADDRESS);
	return vpc_nl_get_prefixes(msg, VPC_A_ENI_PREFIX, cfg);
}

static int vpc_nl_eni_parse_lists(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_eni_cfg *cfg = &op->eni;
	const struct vpc_nl_list groups = {
		VPC_A_ENI_SECURITY_GROUP, &cfg->n_groups, &cfg->groups,
	};
	void *memory;
	int err;

	cfg->n_addresses = vpc_nl_count(msg, VPC_A_ENI_SECONDARY_ADDRESS) +
			   vpc_nl_count(msg, VPC_A_ENI_IPV6_ADDRESS) +
			   vpc_nl_count(msg, VPC_A_ENI_PREFIX);
	err = vpc_nl_get_lists(msg, op, &groups, 1,
			       array_size(cfg->n_addresses, sizeof(*cfg->addresses)), &memory);
	cfg->addresses = memory;
	return err ? err : vpc_nl_eni_get_addresses(msg, cfg->addresses);
}

static int vpc_nl_eni_need(const struct vpc_nl_msg *msg, const struct vpc_op *op)
{
	const struct vpc_eni_cfg *cfg = &op->eni;
	int err;

	if (op->cmd == VPC_CMD_ENI_NEW) {
		err = vpc_nl_need(msg, VPC_A_ENI_SUBNET, "subnet");
		return err ?: vpc_nl_need(msg, VPC_A_ENI_IFNAME, "device");
	}
	err = vpc_nl_need(msg, VPC_A_ENI_ID, "id");
	if (err || (op->cmd != VPC_CMD_ENI_ASSIGN && op->cmd != VPC_CMD_ENI_UNASSIGN) ||
	    cfg->n_addresses || cfg->count4 || cfg->count6)
		return err;
	return vpc_nl_need(msg, VPC_A_ENI_SECONDARY_ADDRESS, "an address, a prefix or a count");
}

static int vpc_nl_eni_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_eni_cfg *cfg = &op->eni;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_ENI_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_ENI_NAME);
	cfg->subnet = vpc_nl_str(msg, VPC_A_ENI_SUBNET);
	cfg->ifname = vpc_nl_str(msg, VPC_A_ENI_IFNAME);
	cfg->source_dest_check = vpc_nl_opt_u8(msg, VPC_A_ENI_SOURCE_DEST_CHECK);
	cfg->associate_public = vpc_nl_opt_u8(msg, VPC_A_ENI_ASSOCIATE_PUBLIC_IP);
	cfg->description = vpc_nl_str(msg, VPC_A_ENI_DESCRIPTION);
	cfg->tcp_timeout = vpc_nl_opt_u32(msg, VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT);
	cfg->udp_timeout = vpc_nl_opt_u32(msg, VPC_A_ENI_UDP_TIMEOUT);
	cfg->udp_stream_timeout = vpc_nl_opt_u32(msg, VPC_A_ENI_UDP_STREAM_TIMEOUT);
	cfg->count4 = vpc_nl_u32(msg, VPC_A_ENI_SECONDARY_ADDRESS_COUNT);
	cfg->count6 = vpc_nl_u32(msg, VPC_A_ENI_IPV6_ADDRESS_COUNT);
	cfg->reassign = nla_get_flag(msg->tb[VPC_A_ENI_REASSIGN]);
	if (msg->tb[VPC_A_ENI_MAC])
		cfg->mac = nla_data(msg->tb[VPC_A_ENI_MAC]);
	err = vpc_nl_eni_parse_lists(msg, op);
	if (!err)
		err = vpc_nl_eni_need(msg, op);
	if (err || !msg->tb[VPC_A_ENI_ADDRESS])
		return err;
	return vpc_nl_get_addr(msg->tb[VPC_A_ENI_ADDRESS], &cfg->family, &cfg->addr, msg->extack);
}

static int vpc_nl_eni_put_addresses(struct sk_buff *skb, const struct vpc_eni *eni)
{
	const struct vpc_eni_address *entry;
	const struct vpc_prefix *p;
	int err = 0;
	u16 attr;

	list_for_each_entry(entry, &eni->addresses, list) {
		p = &entry->p;
		attr = p->family == AF_INET ? VPC_A_ENI_SECONDARY_ADDRESS : VPC_A_ENI_IPV6_ADDRESS;
		if (p->len < vpc_family_bits(p->family))
			err = vpc_nl_put_prefix(skb, VPC_A_ENI_PREFIX, p->family, &p->addr, p->len);
		else
			err = vpc_nl_put_addr(skb, attr, p->family, &p->addr);
		if (err)
			return err;
	}
	return 0;
}

/* SG-15: as ethtool tells an instance. */
static int vpc_nl_eni_put_allowance(const struct vpc_nl_fill *f, const struct vpc_obj *obj,
				    const struct vpc_acct *acct)
{
	u32 max = f->vnet->limits.sessions_eni, used;

	if (obj->dead)
		return 0;
	used = atomic_read(&acct->sessions);
	return nla_put_u32(f->skb, VPC_A_ENI_CONNTRACK_ALLOWANCE_AVAILABLE,
			   used < max ? max - used : 0);
}

static u8 interface_type(const struct vpc_eni *eni)
{
	if (!eni->requester)
		return VPC_INTERFACE_TYPE_INTERFACE;
	return eni->requester->kind == VPC_KIND_NLB ? VPC_INTERFACE_TYPE_NETWORK_LOAD_BALANCER :
						      VPC_INTERFACE_TYPE_VPC_ENDPOINT;
}

static int vpc_nl_eni_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_eni *eni = obj_to_eni(obj);
	const struct vpc_eip *eip = vpc_eip_of(eni, eni->addr);
	struct sk_buff *skb = f->skb;
	u8 state;

	state = eni->requester || vpc_nl_port_bound(obj, eni->port) ? VPC_STATE_IN_USE :
								      VPC_STATE_AVAILABLE;
	if (vpc_nl_put_ref(skb, VPC_A_ENI_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_ENI_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_ENI_VPC, &obj->vpc->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_ENI_SUBNET, &eni->subnet->obj) ||
	    vpc_nl_put_port(skb, VPC_A_ENI_IFNAME, VPC_A_ENI_IFINDEX, obj, eni->port) ||
	    nla_put(skb, VPC_A_ENI_MAC, ETH_ALEN, eni->mac) ||
	    (eni->addr && nla_put_in_addr(skb, VPC_A_ENI_ADDRESS, eni->addr)) ||
	    nla_put_u8(skb, VPC_A_ENI_SOURCE_DEST_CHECK, eni->source_dest_check) ||
	    nla_put_u8(skb, VPC_A_ENI_STATE, state) ||
	    nla_put_u8(skb, VPC_A_ENI_ASSOCIATE_PUBLIC_IP, eni->associate_public) ||
	    (eip && nla_put_in_addr(skb, VPC_A_ENI_PUBLIC_ADDRESS, eip->addr)) ||
	    nla_put(skb, VPC_A_ENI_ROUTER_MAC, ETH_ALEN, obj->vpc->router_mac) ||
	    vpc_nl_put_sessions(skb, VPC_A_ENI_SESSIONS, obj, eni->acct) ||
	    vpc_nl_put_groups(skb, VPC_A_ENI_SECURITY_GROUP, &eni->groups) ||
	    vpc_nl_eni_put_addresses(skb, eni) ||
	    vpc_nl_put_str(skb, VPC_A_ENI_DESCRIPTION, eni->description) ||
	    nla_put_u32(skb, VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT, eni->timeouts.tcp) ||
	    nla_put_u32(skb, VPC_A_ENI_UDP_TIMEOUT, eni->timeouts.udp) ||
	    nla_put_u32(skb, VPC_A_ENI_UDP_STREAM_TIMEOUT, eni->timeouts.udp_stream) ||
	    vpc_nl_eni_put_allowance(f, obj, eni->acct) ||
	    nla_put_u8(skb, VPC_A_ENI_INTERFACE_TYPE, interface_type(eni)) ||
	    vpc_nl_put_ref(skb, VPC_A_ENI_REQUESTER, eni->requester))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_eni = {
	.kind = VPC_KIND_ENI,
	.get = VPC_CMD_ENI_GET,
	.reply = VPC_CMD_ENI_NEW,
	.new_ntf = VPC_CMD_ENI_NEW_NTF,
	.del_ntf = VPC_CMD_ENI_DEL_NTF,
	.parse = vpc_nl_eni_parse,
	.fill = vpc_nl_eni_fill,
};

int vpc_nl_eni_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_eni);
}

int vpc_nl_eni_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_eni);
}

int vpc_nl_eni_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eni);
}

int vpc_nl_eni_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eni);
}

int vpc_nl_eni_assign_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eni);
}

int vpc_nl_eni_unassign_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eni);
}

int vpc_nl_eni_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_eni);
}
