// SPDX-License-Identifier: GPL-2.0
/* The entries of prefix lists in all their versions; the lists are in prefix_list.c. */

#include <linux/sched.h>

#include "../net.h"
#include "nouns.h"
#include "prefix_list.h"
#include "txn.h"

u32 vpc_list_count(const struct vpc_list *pl, u64 version)
{
	const struct vpc_list_past *past;
	struct vpc_lpm_iter iter = {};
	u32 n = 0;

	if (version == pl->version)
		return pl->entries.count;
	while (vpc_lpm_next(&pl->entries, &iter))
		n += vpc_list_entry(iter.value)->first <= version;
	list_for_each_entry(past, &pl->past, list)
		n += vpc_list_past_has(past, version);
	return n;
}

/* An entry of the newest version. */
static int insert(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_prefix *cidr,
		  const char *description)
{
	size_t size = description ? strlen(description) + 1 : 1;
	struct vpc_list_entry *entry;

	entry = vpc_edit_alloc(&txn->edit, struct_size(entry, description, size));
	if (!entry)
		return -ENOMEM;
	entry->first = pl->version;
	vpc_str_set(entry->description, description, size);
	vpc_map_set(txn, &pl->entries, &cidr->addr, cidr->len, (unsigned long)entry);
	return txn->err;
}

/* The version before the newest was the last one with @entry. */
static int retire(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_prefix *cidr,
		  struct vpc_list_entry *entry)
{
	struct vpc_list_past *past;

	vpc_map_del(txn, &pl->entries, &cidr->addr, cidr->len);
	if (pl->version - 1 < pl->oldest)
		return vpc_edit_replace(&txn->edit, entry);
	past = vpc_edit_alloc(&txn->edit, sizeof(*past));
	if (!past)
		return -ENOMEM;
	past->seq = ++txn->vnet->seq;
	past->last = pl->version - 1;
	past->cidr = *cidr;
	past->entry = entry;
	vpc_txn_list_add_tail(txn, &past->list, &pl->past);
	return txn->err;
}

static void forget(struct vpc_txn *txn, struct vpc_list *pl, u64 oldest)
{
	struct vpc_list_past *past, *next;

	if (oldest <= pl->oldest)
		return;
	vpc_txn_set(txn, pl->oldest, oldest);
	list_for_each_entry_safe(past, next, &pl->past, list) {
		if (past->last >= oldest)
			break;
		vpc_txn_list_del(txn, &past->list);
		if (vpc_edit_replace(&txn->edit, past->entry) ||
		    vpc_edit_replace(&txn->edit, past))
			txn->err = -ENOMEM;
		cond_resched();
	}
}

void vpc_list_trim(struct vpc_txn *txn, struct vpc_list *pl)
{
	u32 keep = vpc_list_managed(pl) ? 1 : txn->vnet->limits.list_versions;

	if (pl->version > keep)
		forget(txn, pl, pl->version - keep + 1);
}

void vpc_list_new_version(struct vpc_txn *txn, struct vpc_list *pl)
{
	vpc_txn_set(txn, pl->version, pl->version + 1);
	vpc_list_trim(txn, pl);
}

/* The list must have the entry, or must not, as @there says. @value: what it has. */
static int entry_check(const struct vpc_list *pl, const struct vpc_prefix_cfg *cfg, bool there,
		       u64 *value, struct netlink_ext_ack *extack)
{
	int err = vpc_prefix_given(cfg, "entry", extack);
	char text[VPC_PREFIX_STRLEN];

	if (err)
		return err;
	if (cfg->p.family != vpc_list_family(pl))	/* PFX-1 */
		return vpc_refuse(extack, -EINVAL, "entries of the prefix list must be %s",
				  vpc_list_family(pl) == AF_INET ? "ipv4" : "ipv6");
	if (vpc_lpm_find(&pl->entries, &cfg->p.addr, cfg->p.len, value) == there)
		return 0;
	return vpc_refuse(extack, there ? -ENOENT : -EEXIST, "entry %s %s",
			  vpc_prefix_text(&cfg->p, text), there ? "not found" : "exists already");
}

static int add_entry(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_prefix_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	u64 value;
	int err;

	err = entry_check(pl, cfg, false, &value, extack);
	if (err)
		return err;
	if (pl->entries.count >= pl->max_entries)	/* PFX-1 */
		return vpc_refuse(extack, -ENOSPC, "prefix list is full: max-entries is %u",
				  pl->max_entries);
	return insert(txn, pl, &cfg->p, cfg->description);
}

static int remove_entry(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_prefix_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	u64 value;
	int err;

	err = entry_check(pl, cfg, true, &value, extack);
	if (err)
		return err;
	return retire(txn, pl, &cfg->p, vpc_list_entry(value));
}

int vpc_list_change(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_list_cfg *cfg,
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

/* What came after @version goes. */
static int retire_later(struct vpc_txn *txn, struct vpc_list *pl, u64 version)
{
	struct vpc_lpm_iter iter = {};
	struct vpc_list_entry *entry;
	int err = 0;

	while (!err && vpc_lpm_next(&pl->entries, &iter)) {
		struct vpc_prefix cidr = { .family = vpc_list_family(pl), .len = iter.plen };

		entry = vpc_list_entry(iter.value);
		if (entry->first > version) {
			memcpy(&cidr.addr, iter.key, pl->entries.bits / 8);
			err = retire(txn, pl, &cidr, entry);
		}
		cond_resched();
	}
	return err;
}

/* What went after @version comes back. */
static int insert_past(struct vpc_txn *txn, struct vpc_list *pl, u64 version)
{
	struct vpc_list_past *past;
	int err;

	list_for_each_entry(past, &pl->past, list) {
		if (!vpc_list_past_has(past, version))
			continue;
		err = insert(txn, pl, &past->cidr, past->entry->description);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

int vpc_list_go_back(struct vpc_txn *txn, struct vpc_list *pl, u64 version)
{
	int err = retire_later(txn, pl, version);

	return err ? err : insert_past(txn, pl, version);
}

int vpc_list_clear(struct vpc_txn *txn, struct vpc_list *pl)
{
	struct vpc_lpm_iter iter = {};

	while (vpc_lpm_next(&pl->entries, &iter)) {
		if (vpc_edit_replace(&txn->edit, vpc_list_entry(iter.value)))
			return -ENOMEM;
		cond_resched();
	}
	forget(txn, pl, U64_MAX);
	vpc_map_clear(txn, &pl->entries);
	return txn->err;
}
