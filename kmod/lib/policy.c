// SPDX-License-Identifier: GPL-2.0
#include "policy.h"

#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "edit.h"

/* Everybody: 0.0.0.0/0 and ::/0 */
enum {
	NODE_ANY4,
	NODE_ANY6,
	NODE_ANY_MAX
};

static u32 node_any(u8 family)
{
	return family == AF_INET ? NODE_ANY4 : NODE_ANY6;
}

/**
 * struct vpc_policy_node - the points of one CIDR, list or group
 * @parent: node of the next shorter CIDR that covers this one, one of NODE_ANY_* for none
 * @first: index of its first range
 * @n: how many
 */
struct vpc_policy_node {
	u32 parent;
	u32 first;
	u32 n;
};

/**
 * struct vpc_policy_range - points that may pass
 * @first: the first
 * @last: the last
 */
struct vpc_policy_range {
	u32 first;
	u32 last;
};

/* By whom they are about, of a family shorter CIDRs first, then by their points. */
static int compare_peer(const struct vpc_policy_rule *a, const struct vpc_policy_rule *b)
{
	if (a->peer != b->peer)
		return a->peer < b->peer ? -1 : 1;
	if (a->peer != VPC_PEER_CIDR)
		return a->slot == b->slot ? 0 : a->slot < b->slot ? -1 : 1;
	if (a->cidr.family != b->cidr.family)
		return a->cidr.family < b->cidr.family ? -1 : 1;
	if (a->cidr.len != b->cidr.len)
		return a->cidr.len < b->cidr.len ? -1 : 1;
	return memcmp(&a->cidr.addr, &b->cidr.addr, sizeof(a->cidr.addr));
}

static int compare(const void *left, const void *right)
{
	const struct vpc_policy_rule *a = left, *b = right;
	int cmp = compare_peer(a, b);

	if (cmp || a->first == b->first)
		return cmp;
	return a->first < b->first ? -1 : 1;
}

/**
 * struct compiler - a policy under construction
 * @policy: it
 * @n_nodes: nodes so far
 * @n_ranges: ranges so far
 */
struct compiler {
	struct vpc_policy *policy;
	u32 n_nodes;
	u32 n_ranges;
};

static u32 node_add(struct compiler *c, u32 parent)
{
	c->policy->nodes[c->n_nodes] = (struct vpc_policy_node){ .parent = parent };
	return c->n_nodes++;
}

/* Rules come by ascending first point: one that begins where the last ended prolongs it. */
static void range_add(struct compiler *c, struct vpc_policy_node *node, u32 first, u32 last)
{
	struct vpc_policy_range *range = &c->policy->ranges[c->n_ranges];

	if (node->n && first <= range[-1].last + 1) {
		range[-1].last = max(range[-1].last, last);
		return;
	}
	range->first = first;
	range->last = last;
	if (!node->n++)
		node->first = c->n_ranges;
	c->n_ranges++;
}

static int node_of_cidr(struct compiler *c, struct vpc_edit *edit, const struct vpc_prefix *cidr,
			u32 *node)
{
	struct vpc_policy *policy = c->policy;
	struct vpc_lpm *cidrs = cidr->family == AF_INET ? &policy->cidrs4 : &policy->cidrs6;
	u64 parent = node_any(cidr->family);

	if (!cidr->len) {
		*node = parent;
		return 0;
	}
	/* What is there by now is shorter, or of equal length and apart. */
	vpc_lpm_lookup(cidrs, &cidr->addr, &parent, NULL);
	*node = node_add(c, parent);
	return vpc_lpm_set(cidrs, edit, &cidr->addr, cidr->len, *node, NULL);
}

static int node_of(struct compiler *c, struct vpc_edit *edit, const struct vpc_policy_rule *rule,
		   u32 *node)
{
	struct vpc_policy *policy = c->policy;
	struct vpc_policy_ref *ref;

	if (rule->peer == VPC_PEER_CIDR)
		return node_of_cidr(c, edit, &rule->cidr, node);
	*node = node_add(c, NODE_ANY4);
	ref = rule->peer == VPC_PEER_LIST ? &policy->lists[policy->n_lists++] :
					    &policy->groups[policy->n_groups++];
	ref->slot = rule->slot;
	ref->node = *node;
	return 0;
}

/* Room for the worst case: rules that are all about others, of one kind. */
static struct vpc_policy *policy_alloc(struct vpc_edit *edit, u32 n_lists, u32 n_groups, u32 n)
{
	struct vpc_policy *policy;
	size_t size;
	void *p;

	size = sizeof(*policy) + (n + NODE_ANY_MAX) * sizeof(*policy->nodes) +
	       n * sizeof(*policy->ranges) + (n_lists + n_groups) * sizeof(*policy->lists);
	p = vpc_edit_alloc(edit, size);
	if (!p)
		return NULL;
	policy = p;
	policy->cidrs4 = (struct vpc_lpm)VPC_LPM_INIT(32);
	policy->cidrs6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	p += sizeof(*policy);
	policy->nodes = p;
	p += (n + NODE_ANY_MAX) * sizeof(*policy->nodes);
	policy->ranges = p;
	p += n * sizeof(*policy->ranges);
	policy->lists = p;
	policy->groups = policy->lists + n_lists;
	return policy;
}

static u32 count(const struct vpc_policy_rule *rules, u32 n, enum vpc_policy_peer peer)
{
	u32 i, found = 0;

	for (i = 0; i < n; i++)
		found += rules[i].peer == peer;
	return found;
}

struct vpc_policy *vpc_policy_compile(struct vpc_edit *edit, struct vpc_policy_rule *rules, u32 n)
{
	struct compiler c = {};
	u32 i, node;

	c.policy = policy_alloc(edit, count(rules, n, VPC_PEER_LIST),
				count(rules, n, VPC_PEER_GROUP), n);
	if (!c.policy)
		return NULL;
	sort(rules, n, sizeof(*rules), compare, NULL);
	for (node = 0; node < NODE_ANY_MAX; node++)
		node_add(&c, node);
	for (i = 0; i < n; i++) {
		if ((!i || compare_peer(&rules[i - 1], &rules[i])) &&
		    node_of(&c, edit, &rules[i], &node))
			return NULL;
		range_add(&c, &c.policy->nodes[node], rules[i].first, rules[i].last);
	}
	return c.policy;
}

int vpc_policy_replace(struct vpc_edit *edit, struct vpc_policy *policy)
{
	struct vpc_lpm cidrs4, cidrs6;
	int err;

	if (!policy)
		return 0;
	cidrs4 = policy->cidrs4;	/* readers may still see the policy's own */
	cidrs6 = policy->cidrs6;
	err = vpc_lpm_clear(&cidrs4, edit);
	if (!err)
		err = vpc_lpm_clear(&cidrs6, edit);
	return err ? err : vpc_edit_replace(edit, policy);
}

void vpc_policy_destroy(struct vpc_policy *policy)
{
	if (!policy)
		return;
	vpc_lpm_destroy(&policy->cidrs4);
	vpc_lpm_destroy(&policy->cidrs6);
	kvfree(policy);
}

/* The range of @node that has @point, or NULL. */
static const struct vpc_policy_range *find(const struct vpc_policy *policy, u32 index, u32 point)
{
	const struct vpc_policy_node *node = &policy->nodes[index];
	const struct vpc_policy_range *ranges = policy->ranges + node->first;
	u32 low = 0, high = node->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (point < ranges[mid].first)
			high = mid;
		else if (point > ranges[mid].last)
			low = mid + 1;
		else
			return &ranges[mid];
	}
	return NULL;
}

bool vpc_policy_any(const struct vpc_policy *policy, u8 family, u32 point)
{
	return find(policy, node_any(family), point);
}

bool vpc_policy_any_range(const struct vpc_policy *policy, u8 family, u32 first, u32 last)
{
	const struct vpc_policy_range *range = find(policy, node_any(family), first);

	return range && range->last >= last;
}

bool vpc_policy_cidr(const struct vpc_policy *policy, u8 family, const struct vpc_addr *addr,
		     u32 point)
{
	const struct vpc_lpm *cidrs = family == AF_INET ? &policy->cidrs4 : &policy->cidrs6;
	u64 value;
	u32 node;

	if (!vpc_lpm_lookup(cidrs, addr, &value, NULL))
		return false;
	for (node = value; node >= NODE_ANY_MAX; node = policy->nodes[node].parent)
		if (find(policy, node, point))
			return true;
	return false;
}

bool vpc_policy_list(const struct vpc_policy *policy, const struct vpc_policy_ref *ref, u32 point)
{
	return find(policy, ref->node, point);
}

bool vpc_policy_group(const struct vpc_policy *policy, u32 slot, u32 point)
{
	u32 low = 0, high = policy->n_groups, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (policy->groups[mid].slot == slot)
			return find(policy, policy->groups[mid].node, point);
		if (policy->groups[mid].slot < slot)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}
