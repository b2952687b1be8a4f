/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NETWORK_ACL_H
#define _VPC_NETWORK_ACL_H

#include "../lib/acl.h"
#include "object.h"

/**
 * struct vpc_acl_entry - a rule of a network ACL
 * @list: in vpc_acl.entries, by direction and number
 * @rule: itself
 */
struct vpc_acl_entry {
	struct list_head list;
	struct vpc_acl_rule rule;
};

/**
 * struct vpc_acl - a network ACL
 * @obj: head
 * @entries: its rules
 * @n_entries: how many of each direction, by enum vpc_direction
 * @n_subnets: subnets that it guards
 */
struct vpc_acl {
	struct vpc_obj obj;
	struct list_head entries;
	u32 n_entries[2];
	u32 n_subnets;
};

static inline struct vpc_acl *obj_to_acl(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_acl, obj);
}

#endif /* _VPC_NETWORK_ACL_H */
