// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/endpoint.h"
#include "../model/rtb.h"
#include "../model/vpc.h"
#include "../net.h"

/* What repeats need not end in NUL: the text is copied behind the pointers. */
static int vpc_nl_endpoint_parse_tables(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_endpoint_cfg *cfg = &op->endpoint;
	const char **refs;
	u32 n_refs;
	char *text;

	cfg->n_rtbs = vpc_nl_count(msg, VPC_A_ENDPOINT_ROUTE_TABLE);
	cfg->n_remove_rtbs = vpc_nl_count(msg, VPC_A_ENDPOINT_REMOVE_ROUTE_TABLE);
	n_refs = cfg->n_rtbs + cfg->n_remove_rtbs;
	if (!n_refs)
		return 0;
	/* With its header cut off and a NUL added, no text is longer than its attribute. */
	refs = vpc_nl_arrays(msg, op, size_add(array_size(n_refs, sizeof(*refs)), msg->len));
	if (!refs)
		return -ENOMEM;
	cfg->rtbs = refs;
	cfg->remove_rtbs = refs + cfg->n_rtbs;
	text = (char *)(refs + n_refs);
	text = vpc_nl_copy_refs(msg, VPC_A_ENDPOINT_ROUTE_TABLE, cfg->rtbs, text);
	vpc_nl_copy_refs(msg, VPC_A_ENDPOINT_REMOVE_ROUTE_TABLE, cfg->remove_rtbs, text);
	return 0;
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
	return vpc_nl_endpoint_parse_tables(msg, op);
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

static int vpc_nl_endpoint_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_endpoint *ep = obj_to_endpoint(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_ENDPOINT_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_ENDPOINT_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_ENDPOINT_VPC, &obj->vpc->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_ENDPOINT_SERVICE, &ep->service->obj) ||
	    nla_put_u8(skb, VPC_A_ENDPOINT_TYPE, ep->type) ||
	    nla_put_u8(skb, VPC_A_ENDPOINT_IP_ADDRESS_TYPE, VPC_IP_ADDRESS_TYPE_IPV4) ||
	    nla_put_u8(skb, VPC_A_ENDPOINT_STATE, VPC_STATE_AVAILABLE))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_endpoint_put_tables(f, ep);
}

static size_t vpc_nl_endpoint_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	u32 tables = vpc_obj_count(vnet, VPC_KIND_ROUTE_TABLE, obj->vpc);

	return array_size(tables, nla_total_size(VPC_ID_STRLEN));
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
