// SPDX-License-Identifier: GPL-2.0
#include "prefix_list.h"

#include "../net.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"

/* Lists of AWS have a weight of their own; that of S3 and DynamoDB is 1 (PFX-6). */
u32 vpc_list_weight(const struct vpc_list *pl)
{
	if (!strcmp(pl->owner, "AWS") || !strncmp(pl->obj.name, "com.amazonaws.", 14))
		return 1;
	return pl->max_entries;
}

u8 vpc_list_family(const struct vpc_list *pl)
{
	return pl->entries.bits == 32 ? AF_INET : AF_INET6;
}

/* Return: whether the list has it, or an error. */
static int entry_find(const struct vpc_list *pl, const struct vpc_prefix_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	int err = vpc_prefix_given(cfg, "entry", extack);
	u64 value;

	if (!err && cfg->p.family != vpc_list_family(pl))	/* PFX-1 */
		err = vpc_refuse(extack, -EINVAL, "entries of the prefix list must be %s",
				 vpc_list_family(pl) == AF_INET ? "ipv4" : "ipv6");
	return err ? err : vpc_lpm_find(&pl->entries, &cfg->p.addr, cfg->p.len, &value);
}

static int add_entry(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_prefix_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	int found = entry_find(pl, cfg, extack);
	char text[VPC_PREFIX_STRLEN];

	if (found < 0)
		return found;
	if (found)
		return vpc_refuse(extack, -EEXIST, "entry %s exists already",
				  vpc_prefix_text(&cfg->p, text));
	if (pl->entries.count >= pl->max_entries)	/* PFX-1 */
		return vpc_refuse(extack, -ENOSPC, "prefix list is full: max-entries is %u",
				  pl->max_entries);
	vpc_map_set(txn, &pl->entries, &cfg->p.addr, cfg->p.len, 1);
	return txn->err;
}

static int remove_entry(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_prefix_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	int found = entry_find(pl, cfg, extack);
	char text[VPC_PREFIX_STRLEN];

	if (found < 0)
		return found;
	if (!found)
		return vpc_refuse(extack, -ENOENT, "entry %s not found",
				  vpc_prefix_text(&cfg->p, text));
	vpc_map_del(txn, &pl->entries, &cfg->p.addr, cfg->p.len);
	return txn->err;
}

static int change_entries(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_list_cfg *cfg,
			  struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_remove && !err; i++)
		err = remove_entry(txn, pl, &cfg->remove[i], extack);
	for (i = 0; i < cfg->n_add && !err; i++)
		err = add_entry(txn, pl, &cfg->add[i], extack);
	return err;
}

static int check_max(struct vpc_txn *txn, u32 max, struct netlink_ext_ack *extack)
{
	u32 limit = txn->vnet->limits.list_entries;

	if (max <= limit)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "max-entries is above the limit of %u", limit);
}

/* As is said, or else that of the first entry. */
static u8 new_family(const struct vpc_list_cfg *cfg)
{
	if (cfg->family.set)
		return cfg->family.val == VPC_ADDRESS_FAMILY_IPV4 ? AF_INET : AF_INET6;
	return cfg->n_add ? cfg->add[0].p.family : AF_INET;
}

VPC_OP(vpc_list_create)
{
	const struct vpc_list_cfg *cfg = &op->prefix_list;
	struct vpc_list *pl;
	int err;

	pl = vpc_edit_alloc(&txn->edit, sizeof(*pl));
	if (!pl)
		return -ENOMEM;
	pl->entries = (struct vpc_lpm)VPC_LPM_INIT(vpc_family_bits(new_family(cfg)));
	pl->version = 1;
	pl->max_entries = cfg->max_entries.set ? cfg->max_entries.val : max(cfg->n_add, 1U);
	vpc_str_set(pl->region, cfg->region, sizeof(pl->region));
	vpc_str_set(pl->owner, cfg->owner, sizeof(pl->owner));
	err = check_max(txn, pl->max_entries, extack);
	if (!err)
		err = vpc_obj_add(txn, &pl->obj, VPC_KIND_PREFIX_LIST, NULL, cfg->name, true,
				  extack);
	*result = &pl->obj;
	return err ? err : change_entries(txn, pl, cfg, extack);
}

/* Tables that name the list; a verdict of theirs may change with it (PFX-9). */
static void bump_tables(struct vpc_txn *txn, const struct vpc_list *pl)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (vpc_route_list_find(obj_to_rtb(obj), pl))
			vpc_txn_bump(txn, obj);
}

/* PFX-3: every table or group that names the list must have room for it. */
static int set_max(struct vpc_txn *txn, struct vpc_list *pl, u32 max,
		   struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err;

	err = check_max(txn, max, extack);
	if (err)
		return err;
	if (max < pl->entries.count)
		return vpc_refuse(extack, -EINVAL, "prefix list has %u entries", pl->entries.count);
	vpc_txn_set(txn, pl->max_entries, max);
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list) {
		if (!vpc_route_list_find(obj_to_rtb(obj), pl))
			continue;
		err = vpc_route_check_room(txn, obj_to_rtb(obj), vpc_list_family(pl), 0,
					   extack);
		if (err)
			return err;
	}
	err = vpc_group_check_list(txn, pl, extack);
	return err ? err : txn->err;
}

static struct vpc_list *list_get(struct vpc_txn *txn, const char *ref,
				 struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_PREFIX_LIST, ref, NULL, extack);

	return obj ? obj_to_list(obj) : NULL;
}

VPC_OP(vpc_list_set)
{
	const struct vpc_list_cfg *cfg = &op->prefix_list;
	struct vpc_list *pl = list_get(txn, cfg->id, extack);
	int err = 0;

	if (!pl)
		return -ENOENT;
	*result = &pl->obj;
	if (cfg->has_version && cfg->version != pl->version)	/* PFX-2 */
		return vpc_refuse(extack, -EINVAL, "version is %llu, not %llu", pl->version,
				  cfg->version);
	if (cfg->name)
		err = vpc_obj_rename(txn, &pl->obj, cfg->name, extack);
	if (!err && cfg->max_entries.set)
		err = set_max(txn, pl, cfg->max_entries.val, extack);
	if (!err)
		err = change_entries(txn, pl, cfg, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, &pl->obj, true);
	if (cfg->n_add || cfg->n_remove) {
		vpc_txn_set(txn, pl->version, pl->version + 1);
		bump_tables(txn, pl);
		vpc_group_list_changed(txn, pl);
	}
	return 0;
}

VPC_OP(vpc_list_delete)
{
	struct vpc_list *pl = list_get(txn, op->prefix_list.id, extack);

	if (!pl)
		return -ENOENT;
	if (pl->n_refs)		/* PFX-4 */
		return vpc_refuse(extack, -EBUSY,
				  "prefix list is used by %u routes, rules and services",
				  pl->n_refs);
	vpc_map_clear(txn, &pl->entries);
	vpc_obj_del(txn, &pl->obj);
	return 0;
}
