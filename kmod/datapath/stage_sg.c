// SPDX-License-Identifier: GPL-2.0
/*
 * Security groups: what an interface may send and what it may get. Each interface judges a flow's
 * first packet for itself. What it then tracks needs no rule any more, in either direction, for as
 * long as the session lives (SG-9, SG-11); what it does not is judged anew, in both, whenever rules
 * change (SG-10).
 */

#include <linux/icmp.h>

#include "pipe.h"

/**
 * struct query - a packet at a gate
 * @root: the configuration
 * @key: the packet's tuple there
 * @sender: the interface that sent it, if it speaks for itself, or the load balancer's, whoever that
 *	speaks for (NLB-32): else no group may stand for the source (SG-6)
 * @point: see policy.h
 */
struct query {
	const struct vpc_root *root;
	const struct vpc_flow_key *key;
	const struct vpc_snap_eni *sender;
	u32 point;
};

enum answer {
	DENIED,
	TRACKED,
	UNTRACKED,
};

/* @from, if it is an interface and the source is one of its own addresses, else NULL. */
static const struct vpc_snap_eni *speaker(const struct vpc_root *root,
					  const struct vpc_snap_eni *from,
					  const struct vpc_flow_key *key)
{
	return from && vpc_eni_owns(root, from, key->family, &key->src) ? from : NULL;
}

static u32 point_of(const struct vpc_flow_key *key, u16 icmp)
{
	switch (key->proto) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		return VPC_POINT(key->proto, ntohs(key->dport));
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return VPC_POINT(key->proto, icmp);
	}
	return VPC_POINT(key->proto, 0);
}

static const struct vpc_snap_group *group_at(const struct query *q, const struct vpc_snap_eni *eni,
					     unsigned int i)
{
	return vpc_root_get(q->root, eni->groups[i], VPC_KIND_SECURITY_GROUP);
}

static bool for_members(const struct vpc_policy *policy, const struct vpc_snap_eni *eni, u32 point)
{
	unsigned int i;

	for (i = 0; i < eni->n_groups; i++)
		if (vpc_policy_group(policy, eni->groups[i], point))
			return true;
	return false;
}

/*
 * Whoever has the destination's address in one of the VPCs where members of the rules' groups are
 * that an interface of the VPC at @from knows (SG-6, SG-19).
 */
static bool for_destination(const struct query *q, const struct vpc_snap_group *group,
			    const struct vpc_policy *policy, u32 from)
{
	const struct vpc_snap_vpc *vpc;
	const struct vpc_snap_eni *eni;
	u32 i;

	for (i = 0; i < group->n_reach; i++) {
		if (group->reach[i].from != from)
			continue;
		vpc = vpc_root_get(q->root, group->reach[i].to, VPC_KIND_VPC);
		if (!vpc)
			continue;
		eni = vpc_root_get(q->root, vpc_snap_owner(vpc, q->key->family, &q->key->dst),
				   VPC_KIND_ENI);
		if (eni && for_members(policy, eni, q->point))
			return true;
	}
	return false;
}

/* A list has addresses of one family (PFX-1), which decides how long its keys are. */
static bool for_lists(const struct query *q, const struct vpc_policy *policy,
		      const struct vpc_addr *addr)
{
	const struct vpc_snap_list *list;
	u64 value;
	u32 i;

	for (i = 0; i < policy->n_lists; i++) {
		list = vpc_root_get(q->root, policy->lists[i].slot, VPC_KIND_PREFIX_LIST);
		if (list && list->family == q->key->family &&
		    vpc_lpm_lookup(&list->entries, addr, &value, NULL) &&
		    vpc_policy_list(policy, &policy->lists[i], q->point))
			return true;
	}
	return false;
}

/* A rule of @group, which @eni has, that is not for everybody allows the packet. */
static bool allows(const struct query *q, const struct vpc_snap_eni *eni,
		   const struct vpc_snap_group *group, u8 direction)
{
	bool out = direction == VPC_DIRECTION_EGRESS;
	const struct vpc_policy *policy = group->policy[direction];
	const struct vpc_addr *addr = out ? &q->key->dst : &q->key->src;

	if (vpc_policy_cidr(policy, q->key->family, addr, q->point) || for_lists(q, policy, addr))
		return true;
	if (out)
		return for_destination(q, group, policy, eni->vpc);
	return q->sender && for_members(policy, q->sender, q->point);
}

static bool allows_everybody(const struct query *q, const struct vpc_snap_eni *eni, u8 direction,
			     u32 first, u32 last)
{
	const struct vpc_snap_group *group;
	unsigned int i;

	for (i = 0; i < eni->n_groups; i++) {
		group = group_at(q, eni, i);
		if (group && vpc_policy_any_range(group->policy[direction], q->key->family, first,
						  last))
			return true;
	}
	return false;
}

/* SG-10: TCP and UDP that everybody may send, and whose replies may go anywhere. */
static bool untracked(const struct query *q, const struct vpc_snap_eni *eni, u8 direction)
{
	u8 proto = q->key->proto;

	return (proto == IPPROTO_TCP || proto == IPPROTO_UDP) &&
	       allows_everybody(q, eni, !direction, VPC_POINT(proto, 0), VPC_POINT(proto, 0xffff));
}

/* SG-1: the union over all groups of the interface. */
static enum answer ask(const struct query *q, const struct vpc_snap_eni *eni, u8 direction)
{
	const struct vpc_snap_group *group;
	unsigned int i;

	if (allows_everybody(q, eni, direction, q->point, q->point))
		return untracked(q, eni, direction) ? UNTRACKED : TRACKED;
	for (i = 0; i < eni->n_groups; i++) {
		group = group_at(q, eni, i);
		if (group && allows(q, eni, group, direction))
			return TRACKED;
	}
	return DENIED;
}

static enum vpc_drop denial(u8 direction)
{
	return direction == VPC_DIRECTION_EGRESS ? VPC_DROP_SECURITY_GROUP_EGRESS :
						   VPC_DROP_SECURITY_GROUP_INGRESS;
}

static enum answer ask_pipe(const struct pipe *p, const struct vpc_snap_eni *eni, u8 direction)
{
	struct query q = {
		.root = p->root,
		.key = &p->now,
		.sender = p->node ? p->node : speaker(p->root, p->eni, &p->now),
		.point = point_of(&p->now, p->flow->icmp),
	};

	return ask(&q, eni, direction);
}

static void pass_gate(struct pipe *p, const struct vpc_snap_eni *eni, u8 direction, bool known)
{
	enum answer answer = known ? TRACKED : ask_pipe(p, eni, direction);

	if (answer == TRACKED && !p->path->denied)	/* else it does not come so far */
		p->path->tracked |= VPC_GATE(direction);
	if (answer == DENIED && !p->path->denied)
		p->path->denied = denial(direction);
}

/*
 * On the way through an endpoint's interface or a load balancer's, which track everything (SG-13): a
 * session that leads through it has passed. A load balancer may have no groups (NLB-29).
 */
static void pass_requester(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni, u8 direction)
{
	if (slot == p->flow->interface || slot == p->flow->node || !eni->n_groups)
		return;
	if (!ask_pipe(p, eni, direction) && !p->path->denied)
		p->path->denied = denial(direction);
}

void stage_sg_egress(struct pipe *p)
{
	pass_gate(p, p->eni, VPC_DIRECTION_EGRESS,
		  p->flow->tracked & VPC_GATE(VPC_DIRECTION_EGRESS));
}

/* Another receiver than the one that tracks it does not know the flow. */
void stage_sg_ingress(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni)
{
	if (eni->requester) {
		pass_requester(p, slot, eni, VPC_DIRECTION_INGRESS);
		return;
	}
	pass_gate(p, eni, VPC_DIRECTION_INGRESS,
		  p->flow->tracked & VPC_GATE(VPC_DIRECTION_INGRESS) &&
		  p->flow->tracked_by == slot);
}

void stage_sg_node(struct pipe *p, u32 slot, const struct vpc_snap_eni *node)
{
	pass_requester(p, slot, node, VPC_DIRECTION_EGRESS);
}

enum vpc_drop vpc_sg_check(const struct vpc_root *root, u32 slot, u8 direction,
			   const struct vpc_flow_key *key, u16 icmp)
{
	const struct vpc_snap_eni *eni = vpc_root_get(root, slot, VPC_KIND_ENI);
	const struct vpc_snap_eni *from = vpc_root_get(root, key->port, VPC_KIND_ENI);
	struct query q = {
		.root = root,
		.key = key,
		.sender = speaker(root, from, key),
		.point = point_of(key, icmp),
	};

	return !eni || ask(&q, eni, direction) ? VPC_DROP_NONE : denial(direction);
}
