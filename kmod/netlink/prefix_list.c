// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/nouns.h"
#include "../model/prefix_list.h"

/* A nested prefix: header, address, length, description. */
#define ENTRY_SIZE(lpm, entry)							\
	nla_total_size(nla_total_size((lpm)->bits / 8) + nla_total_size(1) +	\
		       nla_total_size(strlen((entry)->description) + 1))

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

static int vpc_nl_prefix_list_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd == VPC_CMD_PREFIX_LIST_NEW)
		return 0;
	err = vpc_nl_need(msg, VPC_A_PREFIX_LIST_ID, "id");
	if (!err && cmd == VPC_CMD_PREFIX_LIST_RESTORE)
		err = vpc_nl_need(msg, VPC_A_PREFIX_LIST_PREVIOUS_VERSION, "previous version");
	return err;
}

static int vpc_nl_prefix_list_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_list_cfg *cfg = &op->prefix_list;
	int err;

	err = vpc_nl_prefix_list_need(msg, op->cmd);
	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_PREFIX_LIST_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_PREFIX_LIST_NAME);
	cfg->region = vpc_nl_str(msg, VPC_A_PREFIX_LIST_REGION);
	cfg->owner = vpc_nl_str(msg, VPC_A_PREFIX_LIST_OWNER);
	cfg->family = vpc_nl_opt_u8(msg, VPC_A_PREFIX_LIST_ADDRESS_FAMILY);
	cfg->max_entries = vpc_nl_opt_u32(msg, VPC_A_PREFIX_LIST_MAX_ENTRIES);
	cfg->weight = vpc_nl_opt_u32(msg, VPC_A_PREFIX_LIST_WEIGHT);
	cfg->version = vpc_nl_opt_u64(msg, VPC_A_PREFIX_LIST_VERSION);
	cfg->previous_version = vpc_nl_opt_u64(msg, VPC_A_PREFIX_LIST_PREVIOUS_VERSION).val;
	return vpc_nl_prefix_list_parse_entries(msg, op);
}

static int vpc_nl_prefix_list_put_live(const struct vpc_nl_fill *f, const struct vpc_list *pl,
				       u64 version, bool *some)
{
	u8 family = vpc_list_family(pl);
	struct vpc_nl_cursor *cur = f->cur;
	const struct vpc_list_entry *entry;
	struct vpc_lpm_iter iter = {};

	if (cur) {
		memcpy(iter.key, cur->key, sizeof(iter.key));
		iter.plen = cur->plen;
		iter.started = cur->started;
	}
	while (vpc_lpm_next(&pl->entries, &iter)) {
		entry = vpc_list_entry(iter.value);
		if (entry->first > version)
			continue;
		if (vpc_nl_put_described(f->skb, VPC_A_PREFIX_LIST_ENTRY, family, iter.key,
					 iter.plen, entry->description))
			return -EMSGSIZE;
		*some = true;
		if (!cur)
			continue;
		memcpy(cur->key, iter.key, sizeof(cur->key));
		cur->plen = iter.plen;
		cur->started = true;
	}
	return 0;
}

static int vpc_nl_prefix_list_put_past(const struct vpc_nl_fill *f, const struct vpc_list *pl,
				       u64 version, bool *some)
{
	const struct vpc_list_past *past;

	list_for_each_entry(past, &pl->past, list) {
		if (!vpc_list_past_has(past, version) || (f->cur && past->seq <= f->cur->part))
			continue;
		if (vpc_nl_put_described(f->skb, VPC_A_PREFIX_LIST_ENTRY, past->cidr.family,
					 &past->cidr.addr, past->cidr.len,
					 past->entry->description))
			return -EMSGSIZE;
		*some = true;
		if (f->cur)
			f->cur->part = past->seq;
	}
	return 0;
}

/*
 * As many entries as fit. Return: 0 when those were the last, 1 when a dump has to go on in
 * another message, -EMSGSIZE when the message has no room for one or must hold them all.
 */
static int vpc_nl_prefix_list_put_entries(const struct vpc_nl_fill *f, const struct vpc_list *pl,
					  u64 version)
{
	bool some = false;
	int err;

	err = vpc_nl_prefix_list_put_live(f, pl, version, &some);
	if (!err)
		err = vpc_nl_prefix_list_put_past(f, pl, version, &some);
	return err && f->cur && some ? 1 : err;
}

/* The version that is asked for, the newest if none is (PFX-4). */
static int vpc_nl_prefix_list_version(const struct vpc_nl_fill *f, const struct vpc_list *pl,
				      u64 *version)
{
	const struct nlattr *attr = f->msg ? f->msg->tb[VPC_A_PREFIX_LIST_VERSION] : NULL;

	*version = pl->version;
	if (!attr)
		return 0;
	if (vpc_nl_need(f->msg, VPC_A_PREFIX_LIST_ID, "id"))
		return -EINVAL;
	*version = nla_get_u64(attr);
	if (!vpc_list_managed(pl) && *version >= pl->oldest && *version <= pl->version)
		return 0;
	NL_SET_ERR_MSG_ATTR(f->msg->extack, attr, "prefix list has no such version");
	return -ENOENT;
}

/* AWS shows no version of its lists and lets nobody count their entries (PFX-6). */
static int vpc_nl_prefix_list_put_size(struct sk_buff *skb, const struct vpc_list *pl, u64 version)
{
	if (vpc_list_managed(pl))
		return nla_put_u32(skb, VPC_A_PREFIX_LIST_WEIGHT, pl->weight);
	if (nla_put_u32(skb, VPC_A_PREFIX_LIST_MAX_ENTRIES, pl->max_entries) ||
	    vpc_nl_put_u64(skb, VPC_A_PREFIX_LIST_VERSION, version))
		return -EMSGSIZE;
	return 0;
}

static int vpc_nl_prefix_list_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_list *pl = obj_to_list(obj);
	struct sk_buff *skb = f->skb;
	u64 version;
	u8 family;
	int err;

	family = vpc_list_family(pl) == AF_INET ? VPC_ADDRESS_FAMILY_IPV4 : VPC_ADDRESS_FAMILY_IPV6;
	err = vpc_nl_prefix_list_version(f, pl, &version);
	if (err)
		return err;
	if (vpc_nl_put_ref(skb, VPC_A_PREFIX_LIST_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_LIST_NAME, obj->name) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_LIST_REGION, pl->region) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_LIST_OWNER, pl->owner) ||
	    vpc_nl_prefix_list_put_size(skb, pl, version) ||
	    nla_put_u32(skb, VPC_A_PREFIX_LIST_ENTRIES, vpc_list_count(pl, version)) ||
	    nla_put_u8(skb, VPC_A_PREFIX_LIST_ADDRESS_FAMILY, family))
		return -EMSGSIZE;
	return f->brief ? 0 : vpc_nl_prefix_list_put_entries(f, pl, version);
}

/* An old version may have entries that the newest has not. */
static size_t vpc_nl_prefix_list_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	const struct vpc_list *pl = obj_to_list(obj);
	const struct vpc_list_past *past;
	struct vpc_lpm_iter iter = {};
	size_t size = 0;

	while (size <= VPC_NL_MSG_MAX && vpc_lpm_next(&pl->entries, &iter))
		size += ENTRY_SIZE(&pl->entries, vpc_list_entry(iter.value));
	list_for_each_entry(past, &pl->past, list) {
		if (size > VPC_NL_MSG_MAX)
			break;
		size += ENTRY_SIZE(&pl->entries, past->entry);
	}
	return size;
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

int vpc_nl_prefix_list_restore_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_prefix_list);
}

int vpc_nl_prefix_list_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_prefix_list);
}
