/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PREFIX_LIST_H
#define _VPC_PREFIX_LIST_H

#include "object.h"

struct vpc_list_cfg;

/**
 * struct vpc_list_entry - an entry that the newest version has; its prefix is the trie's key
 * @first: the version that brought it
 * @description: or ""
 */
struct vpc_list_entry {
	u64 first;
	char description[];
};

/**
 * struct vpc_list_past - an entry that only old versions have
 * @list: in vpc_list.past, by ascending @last
 * @seq: ascending, cursor of dumps
 * @last: the last version that has it
 * @cidr: its prefix
 * @entry: the rest
 */
struct vpc_list_past {
	struct list_head list;
	u64 seq;
	u64 last;
	struct vpc_prefix cidr;
	struct vpc_list_entry *entry;
};

/* What may name a list; each kind is counted for itself (PFX-5). */
enum vpc_list_user {
	VPC_LIST_ROUTES,
	VPC_LIST_RULES,
	VPC_LIST_SERVICES,
	VPC_LIST_USERS
};

/**
 * struct vpc_list - a prefix list
 * @obj: head
 * @entries: CIDRs of the newest version, all of the family that its number of bits tells (PFX-1);
 *	values are pointers to struct vpc_list_entry
 * @past: struct vpc_list_past, what older versions had beside
 * @max_entries: PFX-1
 * @version: the newest, from 1 (PFX-2)
 * @oldest: the first one that is still known (PFX-4, PFX-5)
 * @weight: of a list of AWS (PFX-6)
 * @n_refs: by enum vpc_list_user, who names it (PFX-4)
 * @region: or ""
 * @owner: or ""
 *
 * An entry is kept once, with the versions that have it, however many those are.
 */
struct vpc_list {
	struct vpc_obj obj;
	struct vpc_lpm entries;
	struct list_head past;
	u32 max_entries;
	u64 version;
	u64 oldest;
	u32 weight;
	u32 n_refs[VPC_LIST_USERS];
	char region[VPC_NAME_MAX + 1];
	char owner[13];
};

static inline struct vpc_list *obj_to_list(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_list, obj);
}

static inline struct vpc_list_entry *vpc_list_entry(u64 value)
{
	return (struct vpc_list_entry *)(unsigned long)value;
}

/* @past was an entry of @version. */
static inline bool vpc_list_past_has(const struct vpc_list_past *past, u64 version)
{
	return past->entry->first <= version && version <= past->last;
}

/* Of AWS, whose lists have a weight and show no versions (PFX-6). */
bool vpc_list_managed(const struct vpc_list *pl);

/* How many entries @version has, one that is known. O(entries of all versions). */
u32 vpc_list_count(const struct vpc_list *pl, u64 version);

/* Begin a version, which has the entries of the one before until they are changed (PFX-2). */
void vpc_list_new_version(struct vpc_txn *txn, struct vpc_list *pl);
/* Keep as many versions as the limit says (PFX-5), and one of AWS's lists. */
void vpc_list_trim(struct vpc_txn *txn, struct vpc_list *pl);
/* Entries come and go. In what follows 0 or an errno is returned. */
int vpc_list_change(struct vpc_txn *txn, struct vpc_list *pl, const struct vpc_list_cfg *cfg,
		    struct netlink_ext_ack *extack);
/* Give the newest version the entries of @version, which is known. */
int vpc_list_go_back(struct vpc_txn *txn, struct vpc_list *pl, u64 version);
/* All entries of all versions go. */
int vpc_list_clear(struct vpc_txn *txn, struct vpc_list *pl);

#endif /* _VPC_PREFIX_LIST_H */
