// SPDX-License-Identifier: GPL-2.0
/*
 * Network ACLs: what may leave a subnet and what may come into it. They know no sessions, so each
 * direction of one has a verdict of its own (ACL-2), until a list or an association changes
 * (ACL-7). What the router itself says passes no border (ACL-9).
 */

#include "../lib/acl.h"
#include "pipe.h"

static bool allows(const struct vpc_root *root, u32 slot, u8 direction,
		   const struct vpc_flow_key *key, u16 icmp)
{
	const struct vpc_snap_acl *acl = vpc_root_get(root, slot, VPC_KIND_NETWORK_ACL);

	return acl && vpc_acl_allows(acl->rules, acl->n_rules, direction, key, icmp);
}

static enum vpc_drop denial(u8 direction)
{
	return direction == VPC_DIRECTION_EGRESS ? VPC_DROP_NETWORK_ACL_EGRESS :
						   VPC_DROP_NETWORK_ACL_INGRESS;
}

/* The first list that denies says why. */
static void pass_border(struct pipe *p, u32 slot, u8 direction)
{
	pipe_depend(p, slot);
	p->path->acl[direction] = slot;
	if (!p->path->denied && !allows(p->root, slot, direction, &p->now, p->flow->icmp))
		p->path->denied = denial(direction);
}

void stage_acl_egress(struct pipe *p)
{
	pass_border(p, p->subnet->acl, VPC_DIRECTION_EGRESS);
}

void stage_acl_ingress(struct pipe *p, const struct vpc_snap_eni *eni)
{
	const struct vpc_snap_subnet *subnet;

	if (p->subnet && p->eni->subnet == eni->subnet)
		return;
	subnet = pipe_use(p, eni->subnet, VPC_KIND_SUBNET);
	pass_border(p, subnet ? subnet->acl : 0, VPC_DIRECTION_INGRESS);
}

enum vpc_drop vpc_acl_check(const struct vpc_root *root, const struct vpc_path *path, u8 direction,
			    const struct vpc_flow_key *key, u16 icmp)
{
	u32 slot = path->acl[direction];

	return !slot || allows(root, slot, direction, key, icmp) ? VPC_DROP_NONE :
								   denial(direction);
}
