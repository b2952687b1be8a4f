// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/nouns.h"
#include "../model/prefix_list.h"

/* A nested prefix: header, address, length. */
#define ENTRY_SIZE(lpm)	(nla_total_size(nla_total_size((lpm)->bits / 8) + nla_total_size(1)))

static int vpc_nl_prefix_list_parse_entries(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_list_cfg *cfg = &op->prefix_list;
	struct vpc_prefix_cfg *prefixes;
	int err;

	cfg->n_add = vpc_nl_count(msg, VPC_A_PREFIX_LIST_ENTRY);
	cfg->n_remove = vpc_nl_count(msg, VPC_A_PREFIX_LIST_REMOVE);
	if (!cfg->n_add && !cfg->n_remove)
		return 0;
	prefixes = vpc_nl_arrays(msg, op, array_size(size_add(cfg->n_add, cfg->n_remove),
						     sizeof(*prefixes)));
	if (!prefixes)
		return -ENOMEM;
	cfg->add = prefixes;
	cfg->remove = prefixes + cfg->n_add;
	err = vpc_nl_get_prefixes(msg, VPC_A_PREFIX_LIST_ENTRY, cfg->add);
	if (err)
		return err;
	return vpc_nl_get_prefixes(msg, VPC_A_PREFIX_LIST_REMOVE, cfg->remove);
}

static int vpc_nl_prefix_list_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_list_cfg *cfg = &op->prefix_list;
	int err;

	if (op->cmd != VPC_CMD_PREFIX_LIST_NEW) {
		err = vpc_nl_need(msg, VPC_A_PREFIX_LIST_ID, "id");
		if (err)
			return err;
	}
	cfg->id = vpc_nl_str(msg, VPC_A_PREFIX_LIST_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_PREFIX_LIST_NAME);
	cfg->region = vpc_nl_str(msg, VPC_A_PREFIX_LIST_REGION);
	cfg->owner = vpc_nl_str(msg, VPC_A_PREFIX_LIST_OWNER);
	cfg->family = vpc_nl_opt_u8(msg, VPC_A_PREFIX_LIST_ADDRESS_FAMILY);
	if (msg->tb[VPC_A_PREFIX_LIST_MAX_ENTRIES]) {
		cfg->max_entries.set = true;
		cfg->max_entries.val = nla_get_u32(msg->tb[VPC_A_PREFIX_LIST_MAX_ENTRIES]);
	}
	if (msg->tb[VPC_A_PREFIX_LIST_VERSION]) {
		cfg->has_version = true;
		cfg->version = nla_get_u64(msg->tb[VPC_A_PREFIX_LIST_VERSION]);
	}
	return vpc_nl_prefix_list_parse_entries(msg, op);
}

/*
 * As many entries as fit. Return: 0 when those were the last, 1 when a dump has to go on in
 * another message, -EMSGSIZE when the message has no room for one or must hold them all.
 */
static int vpc_nl_prefix_list_put_entries(const struct vpc_nl_fill *f, const struct vpc_list *pl)
{
	u8 family = vpc_list_family(pl);
	struct vpc_nl_cursor *cur = f->cur;
	struct vpc_lpm_iter iter = {};
	bool some = false;

	if (cur) {
		memcpy(iter.key, cur->key, sizeof(iter.key));
		iter.plen = cur->plen;
		iter.started = cur->started;
	}
	while (vpc_lpm_next(&pl->entries, &iter)) {
		if (vpc_nl_put_prefix(f->skb, VPC_A_PREFIX_LIST_ENTRY, family, iter.key,
				      iter.plen))
			return cur && some ? 1 : -EMSGSIZE;
		some = true;
		if (!cur)
			continue;
		memcpy(cur->key, iter.key, sizeof(cur->key));
		cur->plen = iter.plen;
		cur->started = true;
	}
	return 0;
}

static int vpc_nl_prefix_list_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_list *pl = obj_to_list(obj);
	struct sk_buff *skb = f->skb;
	u8 family;

	family = vpc_list_family(pl) == AF_INET ? VPC_ADDRESS_FAMILY_IPV4 : VPC_ADDRESS_FAMILY_IPV6;
	if (vpc_nl_put_ref(skb, VPC_A_PREFIX_LIST_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_LIST_NAME, obj->name) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_LIST_REGION, pl->region) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_LIST_OWNER, pl->owner) ||
	    nla_put_u32(skb, VPC_A_PREFIX_LIST_MAX_ENTRIES, pl->max_entries) ||
	    vpc_nl_put_u64(skb, VPC_A_PREFIX_LIST_VERSION, pl->version) ||
	    nla_put_u32(skb, VPC_A_PREFIX_LIST_ENTRIES, pl->entries.count) ||
	    nla_put_u8(skb, VPC_A_PREFIX_LIST_ADDRESS_FAMILY, family))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_prefix_list_put_entries(f, pl);
}

static size_t vpc_nl_prefix_list_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	const struct vpc_lpm *entries = &obj_to_list(obj)->entries;

	return array_size(entries->count, ENTRY_SIZE(entries));
}

const struct vpc_nl_noun vpc_nl_prefix_list = {
	.kind = VPC_KIND_PREFIX_LIST,
	.get = VPC_CMD_PREFIX_LIST_GET,
	.reply = VPC_CMD_PREFIX_LIST_NEW,
	.new_ntf = VPC_CMD_PREFIX_LIST_NEW_NTF,
	.del_ntf = VPC_CMD_PREFIX_LIST_DEL_NTF,
	.parse = vpc_nl_prefix_list_parse,
	.fill = vpc_nl_prefix_list_fill,
	.elements = vpc_nl_prefix_list_elements,
};

int vpc_nl_prefix_list_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_prefix_list);
}

int vpc_nl_prefix_list_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_prefix_list);
}

int vpc_nl_prefix_list_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_prefix_list);
}

int vpc_nl_prefix_list_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_prefix_list);
}

int vpc_nl_prefix_list_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_prefix_list);
}
