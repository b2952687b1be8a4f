/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_POLICY_H
#define _VPC_POLICY_H

#include <linux/types.h>

#include "addr.h"
#include "lpm.h"

struct vpc_edit;

/*
 * Rules that allow, compiled: what may pass is the union of all of them, their order means
 * nothing (SG-1).
 *
 * A protocol and a port are one number, a point, so that what a rule allows is one interval:
 * of TCP and UDP the destination port, of ICMP and ICMPv6 type and code, of others nothing.
 */
#define VPC_POINT_MAX		0xffffffU
#define VPC_POINT(proto, low)	((u32)(proto) << 16 | (low))
#define VPC_POINT_ICMP(type, code) ((u32)(type) << 8 | (code))	/* as the low part */

/* Whom a rule is about. */
enum vpc_policy_peer {
	VPC_PEER_CIDR,
	VPC_PEER_LIST,		/* addresses in a prefix list */
	VPC_PEER_GROUP,		/* members of a security group (SG-6) */
};

/**
 * struct vpc_policy_rule - one rule
 * @peer: enum vpc_policy_peer
 * @cidr: of VPC_PEER_CIDR
 * @slot: of the prefix list or the group
 * @first: first point
 * @last: last point, not below @first
 */
struct vpc_policy_rule {
	u8 peer;
	struct vpc_prefix cidr;
	u32 slot;
	u32 first;
	u32 last;
};

struct vpc_policy_node;
struct vpc_policy_range;

/**
 * struct vpc_policy_ref - what members of a list or a group may do
 * @slot: of the list or group
 * @node: index
 */
struct vpc_policy_ref {
	u32 slot;
	u32 node;
};

/**
 * struct vpc_policy - compiled rules of one direction; immutable
 * @cidrs4: IPv4 CIDR but 0.0.0.0/0 -> index of its node
 * @cidrs6: IPv6 CIDR but ::/0 -> index of its node
 * @n_lists: how many lists
 * @n_groups: how many groups
 * @nodes: points by whom they are about; the first are everybody, 0.0.0.0/0 and ::/0
 * @ranges: of all nodes, of each in order and apart
 * @lists: one for each list
 * @groups: one for each group, by ascending slot
 */
struct vpc_policy {
	struct vpc_lpm cidrs4;
	struct vpc_lpm cidrs6;
	u32 n_lists;
	u32 n_groups;
	struct vpc_policy_node *nodes;
	struct vpc_policy_range *ranges;
	struct vpc_policy_ref *lists;
	struct vpc_policy_ref *groups;
};

/**
 * vpc_policy_compile - make a policy of rules
 * @rules: in any order, duplicates are harmless; reordered
 * @n: how many
 * One allocation beside the nodes of the trie, all made by @edit. O(n log n)
 * Return: the policy, NULL without memory.
 */
struct vpc_policy *vpc_policy_compile(struct vpc_edit *edit, struct vpc_policy_rule *rules, u32 n);

/* Note a committed @policy as replaced; NULL is none. Return: 0 or -ENOMEM. */
int vpc_policy_replace(struct vpc_edit *edit, struct vpc_policy *policy);

/* Free one that no reader can see, without an edit. */
void vpc_policy_destroy(struct vpc_policy *policy);

/* Everybody of @family may: a rule for 0.0.0.0/0, or ::/0, allows @point. */
bool vpc_policy_any(const struct vpc_policy *policy, u8 family, u32 point);

/* A rule for 0.0.0.0/0, or ::/0, or several, allow all of @first to @last. */
bool vpc_policy_any_range(const struct vpc_policy *policy, u8 family, u32 first, u32 last);

/*
 * A CIDR, but for those of everybody, that has @addr of @family allows @point.
 * O(address length * log rules)
 */
bool vpc_policy_cidr(const struct vpc_policy *policy, u8 family, const struct vpc_addr *addr,
		     u32 point);

/* Addresses of the list that @ref, one of @policy->lists, stands for may. */
bool vpc_policy_list(const struct vpc_policy *policy, const struct vpc_policy_ref *ref, u32 point);

/* Members of the group at @slot may. O(log groups) */
bool vpc_policy_group(const struct vpc_policy *policy, u32 slot, u32 point);

#endif /* _VPC_POLICY_H */
