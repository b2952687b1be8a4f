/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SECURITY_GROUP_H
#define _VPC_SECURITY_GROUP_H

#include "object.h"

struct vpc_list;

#define VPC_RULE_PREFIX		"sgr"

/**
 * struct vpc_rule - what a rule says; no two of a group say the same (SG-3)
 * @direction: enum vpc_direction
 * @peer: enum vpc_policy_peer
 * @first: first point that it allows, see ../lib/policy.h
 * @last: last one
 * @cidr: of VPC_PEER_CIDR
 * @pl: of VPC_PEER_LIST, else NULL
 * @group: id, of VPC_PEER_GROUP; one of another VPC may be gone (SG-7)
 */
struct vpc_rule {
	u8 direction;
	u8 peer;
	u32 first;
	u32 last;
	struct vpc_prefix cidr;
	struct vpc_list *pl;
	u64 group;
};

/**
 * struct vpc_group_rule - a rule in its group
 * @list: in vpc_group.rules
 * @id: random, "sgr-..." as text
 * @seq: creation number
 * @rule: what it says
 * @description: or ""
 */
struct vpc_group_rule {
	struct list_head list;
	u64 id;
	u64 seq;
	struct vpc_rule rule;
	char description[];
};

/**
 * struct vpc_group_vpc - a VPC that a security group is associated with (SG-19)
 * @list: in vpc_group.vpcs
 * @vpc: not the group's own
 */
struct vpc_group_vpc {
	struct list_head list;
	struct vpc_vpc *vpc;
};

/**
 * struct vpc_group - a security group
 * @obj: head
 * @vpcs: struct vpc_group_vpc.list, oldest first
 * @n_vpcs: of those
 * @rules: in order of creation
 * @n_rules: by enum vpc_direction
 * @description: or ""
 */
struct vpc_group {
	struct vpc_obj obj;
	struct list_head vpcs;
	u32 n_vpcs;
	struct list_head rules;
	u32 n_rules[2];
	char description[VPC_NAME_MAX + 1];
};

/**
 * struct vpc_group_set - the security groups that something has
 * @n: how many, at least 1
 * @groups: those
 */
struct vpc_group_set {
	u8 n;
	struct vpc_group *groups[VPC_ENI_GROUPS_MAX];
};

static inline struct vpc_group *obj_to_group(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_group, obj);
}

/* The VPCs whose interfaces may have @group, by number; NULL behind the last. */
const struct vpc_vpc *vpc_group_vpc(const struct vpc_group *group, u32 i);
/* Those that it is associated with are none of its any more. */
void vpc_group_leave_all(struct vpc_txn *txn, struct vpc_group *group);

/* It allows every protocol. */
static inline bool vpc_rule_all(const struct vpc_rule *rule)
{
	return !rule->first && rule->last == VPC_POINT_MAX;
}

/*
 * The group that @rule of @group is about, NULL when it is stale: that group is gone or in a VPC
 * without an active peering (SG-6, SG-7).
 */
struct vpc_group *vpc_rule_group(struct vpc_net *vnet, const struct vpc_group *group,
				 const struct vpc_rule *rule);

/* A rule of that direction names @pl. */
bool vpc_group_names_list(const struct vpc_group *group, u8 direction, const struct vpc_list *pl);
struct vpc_group *vpc_group_find(struct vpc_txn *txn, const char *ref,
				 struct netlink_ext_ack *extack);
/* No endpoint, load balancer or interface of @vpc, of any with NULL, has @group (SG-5). */
int vpc_group_check_users(struct vpc_net *vnet, const struct vpc_group *group,
			  const struct vpc_vpc *vpc, struct netlink_ext_ack *extack);
/* So has what others allow that name @group. */
void vpc_group_named_changed(struct vpc_txn *txn, const struct vpc_group *group);
/* What @group allows has changed. */
void vpc_group_changed(struct vpc_txn *txn, struct vpc_group *group);

/* The one that says the same, or NULL. */
struct vpc_group_rule *vpc_rule_find(const struct vpc_group *group, const struct vpc_rule *rule);

/* The caller has checked the rule. Return: 0 or -ENOMEM. */
int vpc_rule_add(struct vpc_txn *txn, struct vpc_group *group, const struct vpc_rule *rule,
		 const char *description);
void vpc_rule_remove(struct vpc_txn *txn, struct vpc_group *group, struct vpc_group_rule *entry);

/* security_group_set.c */
bool vpc_group_set_has(const struct vpc_group_set *set, const struct vpc_group *group);
/* One more, of @vpc, that @ref names. */
int vpc_group_set_add(struct vpc_txn *txn, struct vpc_group_set *set, const struct vpc_vpc *vpc,
		      const char *ref, struct netlink_ext_ack *extack);
/* The one of @vpc that @ref names goes from it. */
int vpc_group_set_remove(struct vpc_txn *txn, struct vpc_group_set *set, const struct vpc_vpc *vpc,
			 const char *ref, struct netlink_ext_ack *extack);
/* Those that @refs name take the place of what is there; the default one of @vpc if @n is 0. */
int vpc_group_set_replace(struct vpc_txn *txn, struct vpc_group_set *set,
			  const struct vpc_vpc *vpc, const char *const *refs, u32 n,
			  struct netlink_ext_ack *extack);
/* What has @set has got an address, or @set; see vpc_group_joined(). */
void vpc_group_set_joined(struct vpc_txn *txn, const struct vpc_group_set *set);

#endif /* _VPC_SECURITY_GROUP_H */
