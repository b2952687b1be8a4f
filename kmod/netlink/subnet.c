// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/network_acl.h"
#include "../model/rtb.h"
#include "../model/subnet.h"
#include "../model/vpc.h"

static int vpc_nl_subnet_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd == VPC_CMD_SUBNET_NEW)
		err = vpc_nl_need(msg, VPC_A_SUBNET_VPC, "vpc");
	else
		err = vpc_nl_need(msg, VPC_A_SUBNET_ID, "id");
	if (err || cmd == VPC_CMD_SUBNET_GET || cmd == VPC_CMD_SUBNET_SET ||
	    cmd == VPC_CMD_SUBNET_DEL || msg->tb[VPC_A_SUBNET_IPV6_CIDR])
		return err;
	return vpc_nl_need(msg, VPC_A_SUBNET_CIDR, "cidr");
}

static int vpc_nl_subnet_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_subnet_cfg *cfg = &op->subnet;
	int err;

	cfg->id = vpc_nl_str(msg, VPC_A_SUBNET_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_SUBNET_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_SUBNET_VPC);
	cfg->zone = vpc_nl_str(msg, VPC_A_SUBNET_ZONE);
	cfg->exclusion = vpc_nl_opt_u8(msg, VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE);
	cfg->remove_cidr6 = nla_get_flag(msg->tb[VPC_A_SUBNET_REMOVE_IPV6_CIDR]);
	cfg->map_public = vpc_nl_opt_u8(msg, VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH);
	if (msg->tb[VPC_A_SUBNET_RESERVATION_TYPE])
		cfg->reservation_type = nla_get_u8(msg->tb[VPC_A_SUBNET_RESERVATION_TYPE]);
	else
		cfg->reservation_type = VPC_RESERVATION_TYPE_EXPLICIT;
	err = vpc_nl_subnet_need(msg, op->cmd);
	if (!err && msg->tb[VPC_A_SUBNET_CIDR])
		err = vpc_nl_get_prefix(msg->tb[VPC_A_SUBNET_CIDR], &cfg->cidr, msg->extack);
	if (!err && msg->tb[VPC_A_SUBNET_IPV6_CIDR])
		err = vpc_nl_get_prefix(msg->tb[VPC_A_SUBNET_IPV6_CIDR], &cfg->cidr6,
					msg->extack);
	return err;
}

/* Nothing for a block that it has not (VPC-22). */
static int vpc_nl_subnet_put_block(struct sk_buff *skb, u16 attr, const struct vpc_prefix *p)
{
	return p->family ? vpc_nl_put_prefix(skb, attr, p->family, &p->addr, p->len) : 0;
}

static int vpc_nl_subnet_put_reservation(struct sk_buff *skb, const struct vpc_reservation *entry)
{
	const struct vpc_prefix *cidr = &entry->cidr;
	char id[VPC_ID_STRLEN];
	struct nlattr *nest;

	nest = nla_nest_start(skb, VPC_A_SUBNET_RESERVATION);
	if (!nest)
		return -EMSGSIZE;
	if (vpc_nl_put_prefix(skb, VPC_A_SUBNET_CIDR, cidr->family, &cidr->addr, cidr->len) ||
	    nla_put_u8(skb, VPC_A_SUBNET_RESERVATION_TYPE, entry->type) ||
	    nla_put_string(skb, VPC_A_SUBNET_RESERVATION_ID,
			   vpc_id_text(VPC_RESERVATION_PREFIX, entry->id, id))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int vpc_nl_subnet_put_reservations(struct sk_buff *skb, const struct vpc_subnet *subnet)
{
	const struct vpc_reservation *entry;

	list_for_each_entry(entry, &subnet->reservations, list)
		if (vpc_nl_subnet_put_reservation(skb, entry))
			return -EMSGSIZE;
	return 0;
}

static int vpc_nl_subnet_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_subnet *subnet = obj_to_subnet(obj);
	const struct vpc_rtb *rtb = vpc_subnet_rtb(subnet);
	struct sk_buff *skb = f->skb;
	char assoc[VPC_ID_STRLEN];

	if (vpc_nl_put_ref(skb, VPC_A_SUBNET_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_SUBNET_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_SUBNET_VPC, &obj->vpc->obj) ||
	    vpc_nl_put_str(skb, VPC_A_SUBNET_VPC_NAME, obj->vpc->obj.name) ||
	    vpc_nl_subnet_put_block(skb, VPC_A_SUBNET_CIDR, &subnet->cidr) ||
	    vpc_nl_subnet_put_block(skb, VPC_A_SUBNET_IPV6_CIDR, &subnet->cidr6) ||
	    vpc_nl_put_str(skb, VPC_A_SUBNET_ZONE, subnet->zone) ||
	    nla_put_u32(skb, VPC_A_SUBNET_AVAILABLE_ADDRESSES, vpc_subnet_available(subnet)) ||
	    nla_put_u8(skb, VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH, subnet->map_public) ||
	    nla_put_u8(skb, VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE, subnet->exclusion) ||
	    vpc_nl_put_ref(skb, VPC_A_SUBNET_ROUTE_TABLE, rtb ? &rtb->obj : NULL) ||
	    vpc_nl_put_ref(skb, VPC_A_SUBNET_NETWORK_ACL, &subnet->acl->obj) ||
	    nla_put_string(skb, VPC_A_SUBNET_NETWORK_ACL_ASSOCIATION,
			   vpc_id_text(VPC_ACL_ASSOC_PREFIX, subnet->acl_assoc, assoc)) ||
	    vpc_nl_subnet_put_reservations(skb, subnet))
		return -EMSGSIZE;
	return 0;
}

const struct vpc_nl_noun vpc_nl_subnet = {
	.kind = VPC_KIND_SUBNET,
	.get = VPC_CMD_SUBNET_GET,
	.reply = VPC_CMD_SUBNET_NEW,
	.new_ntf = VPC_CMD_SUBNET_NEW_NTF,
	.del_ntf = VPC_CMD_SUBNET_DEL_NTF,
	.parse = vpc_nl_subnet_parse,
	.fill = vpc_nl_subnet_fill,
};

int vpc_nl_subnet_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_subnet);
}

int vpc_nl_subnet_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_subnet);
}

int vpc_nl_subnet_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_subnet);
}

int vpc_nl_subnet_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_subnet);
}

int vpc_nl_subnet_reservation_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_subnet);
}

int vpc_nl_subnet_reservation_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_subnet);
}

int vpc_nl_subnet_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_subnet);
}
