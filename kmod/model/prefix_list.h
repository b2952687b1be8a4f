/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PREFIX_LIST_H
#define _VPC_PREFIX_LIST_H

#include "object.h"

/**
 * struct vpc_list - a prefix list
 * @obj: head
 * @entries: CIDRs, all of the family that its number of bits tells (PFX-1); values are 1
 * @max_entries: PFX-1
 * @version: of the entries, from 1 (PFX-2)
 * @n_refs: tables, rules and services that name it (PFX-4)
 * @region: or ""
 * @owner: or ""
 *
 * Entry descriptions are not kept.
 */
struct vpc_list {
	struct vpc_obj obj;
	struct vpc_lpm entries;
	u32 max_entries;
	u64 version;
	u32 n_refs;
	char region[VPC_NAME_MAX + 1];
	char owner[13];
};

static inline struct vpc_list *obj_to_list(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_list, obj);
}

#endif /* _VPC_PREFIX_LIST_H */
