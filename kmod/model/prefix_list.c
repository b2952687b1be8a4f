// SPDX-License-Identifier: GPL-2.0
#include "prefix_list.h"

#include "../net.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"

#define AWS		"AWS"
#define AWS_NAMES	"com.amazonaws."

/* PFX-6: what a reference to a list of AWS counts, by the last part of its name. */
static const struct {
	const char *service;
	u32 weight;
} weights[] = {
	{ "s3", 1 },
	{ "dynamodb", 1 },
	{ "ec2-instance-connect", 2 },
	{ "groundstation", 5 },
	{ "s3express", 6 },
	{ "vpc-lattice", 10 },
	{ "secretsmanager", 20 },
	{ "route53-healthchecks", 25 },
	{ "origin-facing", 55 },
};

static u32 weight_of(const char *name)
{
	const char *service = strrchr(name, '.');
	unsigned int i;

	for (i = 0; service && i < ARRAY_SIZE(weights); i++)
		if (!strcmp(service + 1, weights[i].service))
			return weights[i].weight;
	return 1;
}

bool vpc_list_managed(const struct vpc_list *pl)
{
	return !strcmp(pl->owner, AWS);
}

u32 vpc_list_weight(const struct vpc_list *pl)
{
	return vpc_list_managed(pl) ? pl->weight : pl->max_entries;
}

u8 vpc_list_family(const struct vpc_list *pl)
{
	return pl->entries.bits == 32 ? AF_INET : AF_INET6;
}

int vpc_list_check_user(struct vpc_txn *txn, const struct vpc_list *pl, u8 user,
			struct netlink_ext_ack *extack)
{
	u32 max = txn->vnet->limits.list_refs;

	if (pl->n_refs[user] < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u references to a prefix list reached", max);
}

void vpc_list_add_user(struct vpc_txn *txn, struct vpc_list *pl, u8 user)
{
	vpc_txn_set(txn, pl->n_refs[user], pl->n_refs[user] + 1);
}

void vpc_list_del_user(struct vpc_txn *txn, struct vpc_list *pl, u8 user)
{
	vpc_txn_set(txn, pl->n_refs[user], pl->n_refs[user] - 1);
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

/* PFX-1: of one's own lists it is required. */
static int choose_max(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_list_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	pl->max_entries = txn->vnet->limits.list_entries;
	if (cfg->max_entries.set)
		pl->max_entries = cfg->max_entries.val;
	else if (!vpc_list_managed(pl))
		return vpc_refuse(extack, -EINVAL, "a prefix list needs its max entries");
	return check_max(txn, pl->max_entries, extack);
}

/* PFX-6 */
static int choose_weight(struct vpc_list *pl, const struct vpc_list_cfg *cfg,
			 struct netlink_ext_ack *extack)
{
	bool aws_name = cfg->name && !strncmp(cfg->name, AWS_NAMES, strlen(AWS_NAMES));

	if (!vpc_list_managed(pl) && (aws_name || cfg->weight.set))
		return vpc_refuse(extack, -EINVAL, "only a list of owner AWS has %s",
				  aws_name ? "such a name" : "a weight");
	pl->weight = cfg->weight.set ? cfg->weight.val : cfg->name ? weight_of(cfg->name) : 1;
	return 0;
}

/* PFX-5: those of AWS do not count. */
static int check_count(struct vpc_txn *txn, const struct vpc_list *pl,
		       struct netlink_ext_ack *extack)
{
	u32 n = 0, max = txn->vnet->limits.lists_region;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_PREFIX_LIST], list)
		n += !vpc_list_managed(obj_to_list(obj)) &&
		     !strcmp(obj_to_list(obj)->region, pl->region);
	if (n < max || vpc_list_managed(pl))
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u prefix lists per region reached", max);
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
	INIT_LIST_HEAD(&pl->past);
	pl->version = 1;
	pl->oldest = 1;
	vpc_str_set(pl->region, cfg->region, sizeof(pl->region));
	vpc_str_set(pl->owner, cfg->owner, sizeof(pl->owner));
	err = choose_max(txn, pl, cfg, extack);
	if (!err)
		err = choose_weight(pl, cfg, extack);
	if (!err)
		err = check_count(txn, pl, extack);
	if (!err)
		err = vpc_obj_add(txn, &pl->obj, VPC_KIND_PREFIX_LIST, NULL, cfg->name, true,
				  extack);
	*result = &pl->obj;
	return err ? err : vpc_list_change(txn, pl, cfg, extack);
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
static int check_users(struct vpc_txn *txn, const struct vpc_list *pl,
		       struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err;

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

static int set_max(struct vpc_txn *txn, struct vpc_list *pl, u32 max,
		   struct netlink_ext_ack *extack)
{
	int err = check_max(txn, max, extack);

	if (err)
		return err;
	if (max < pl->entries.count)
		return vpc_refuse(extack, -EINVAL, "prefix list has %u entries", pl->entries.count);
	vpc_txn_set(txn, pl->max_entries, max);
	return check_users(txn, pl, extack);
}

static int set_weight(struct vpc_txn *txn, struct vpc_list *pl, u32 weight,
		      struct netlink_ext_ack *extack)
{
	if (!vpc_list_managed(pl))
		return vpc_refuse(extack, -EINVAL, "only a list of owner AWS has a weight");
	vpc_txn_set(txn, pl->weight, weight);
	return check_users(txn, pl, extack);
}

/* The list that @cfg is about, if who asks may change it (PFX-6), or ERR_PTR. */
static struct vpc_list *list_get(struct vpc_txn *txn, const struct vpc_list_cfg *cfg,
				 struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_PREFIX_LIST, cfg->id, NULL, extack);
	struct vpc_list *pl;
	int err = 0;

	if (!obj)
		return ERR_PTR(-ENOENT);
	pl = obj_to_list(obj);
	if (vpc_list_managed(pl) && !cfg->owner)
		err = vpc_refuse(extack, -EPERM, "prefix list \"%.40s\" is managed by AWS",
				 cfg->id);
	else if (cfg->owner && strcmp(cfg->owner, pl->owner))
		err = vpc_refuse(extack, -EPERM, "prefix list \"%.36s\" has another owner",
				 cfg->id);
	else if (vpc_list_managed(pl) && cfg->version.set)
		err = vpc_refuse(extack, -EINVAL, "prefix lists of AWS have no versions");
	else if (cfg->version.set && cfg->version.val != pl->version)	/* PFX-2 */
		err = vpc_refuse(extack, -EINVAL, "version is %llu, not %llu", pl->version,
				 cfg->version.val);
	return err ? ERR_PTR(err) : pl;
}

static int set_properties(struct vpc_txn *txn, struct vpc_list *pl,
			  const struct vpc_list_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = 0;

	if (cfg->name) {
		if (!vpc_list_managed(pl) && !strncmp(cfg->name, AWS_NAMES, strlen(AWS_NAMES)))
			return vpc_refuse(extack, -EINVAL,
					  "only a list of owner AWS has such a name");
		err = vpc_obj_rename(txn, &pl->obj, cfg->name, extack);
	}
	if (!err && cfg->max_entries.set)
		err = set_max(txn, pl, cfg->max_entries.val, extack);
	if (!err && cfg->weight.set)
		err = set_weight(txn, pl, cfg->weight.val, extack);
	return err;
}

/* Another version is the newest: references use it from now on (PFX-2). */
static void entries_changed(struct vpc_txn *txn, struct vpc_list *pl)
{
	vpc_txn_dirty(txn, &pl->obj, true);
	bump_tables(txn, pl);
	vpc_group_list_changed(txn, pl);
}

VPC_OP(vpc_list_set)
{
	const struct vpc_list_cfg *cfg = &op->prefix_list;
	struct vpc_list *pl = list_get(txn, cfg, extack);
	int err;

	if (IS_ERR(pl))
		return PTR_ERR(pl);
	*result = &pl->obj;
	err = set_properties(txn, pl, cfg, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, &pl->obj, false);
	if (!cfg->n_add && !cfg->n_remove)
		return 0;
	vpc_list_new_version(txn, pl);
	entries_changed(txn, pl);
	return vpc_list_change(txn, pl, cfg, extack);
}

/* PFX-4: a new version with the entries of an old one. */
VPC_OP(vpc_list_restore)
{
	const struct vpc_list_cfg *cfg = &op->prefix_list;
	struct vpc_list *pl = list_get(txn, cfg, extack);
	u64 version = cfg->previous_version;
	int err;
	u32 n;

	if (IS_ERR(pl))
		return PTR_ERR(pl);
	if (version < pl->oldest || version >= pl->version)
		return vpc_refuse(extack, -ENOENT, "prefix list has no old version %llu", version);
	n = vpc_list_count(pl, version);
	if (n > pl->max_entries)
		return vpc_refuse(extack, -ENOSPC, "version %llu has %u entries, max-entries is %u",
				  version, n, pl->max_entries);
	*result = &pl->obj;
	vpc_txn_set(txn, pl->version, pl->version + 1);
	entries_changed(txn, pl);
	err = vpc_list_go_back(txn, pl, version);
	if (err)
		return err;
	/* The old version was needed until now, and may be one too many. */
	vpc_list_trim(txn, pl);
	return txn->err;
}

VPC_OP(vpc_list_delete)
{
	struct vpc_list *pl = list_get(txn, &op->prefix_list, extack);
	u32 n = 0;
	u8 user;
	int err;

	if (IS_ERR(pl))
		return PTR_ERR(pl);
	for (user = 0; user < VPC_LIST_USERS; user++)
		n += pl->n_refs[user];
	if (n)			/* PFX-4 */
		return vpc_refuse(extack, -EBUSY,
				  "prefix list is used by %u routes, rules and services", n);
	err = vpc_list_clear(txn, pl);
	if (err)
		return err;
	vpc_obj_del(txn, &pl->obj);
	return 0;
}
