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
	struct vpc_path *path = p->path;

	pipe_depend(p, slot);
	if (!WARN_ON_ONCE(path->n_borders == VPC_PATH_BORDERS))
		path->borders[path->n_borders++] =
			(struct vpc_border){ slot, direction, p->side };
	if (!path->denied && !allows(p->root, slot, direction, &p->now, p->flow->icmp))
		path->denied = denial(direction);
}

void stage_acl_egress(struct pipe *p)
{
	pass_border(p, p->subnet->acl, VPC_DIRECTION_EGRESS);
}

void stage_acl_ingress(struct pipe *p, u32 slot)
{
	const struct vpc_snap_subnet *subnet;

	if (p->subnet && p->subnet_slot == slot)
		return;
	subnet = pipe_use(p, slot, VPC_KIND_SUBNET);
	pass_border(p, subnet ? subnet->acl : 0, VPC_DIRECTION_INGRESS);
}

enum vpc_drop vpc_acl_check(const struct vpc_root *root, const struct vpc_path *path,
			    const struct vpc_flow_key keys[VPC_SIDE_MAX], u16 icmp)
{
	const struct vpc_border *border;

	for (border = path->borders; border < path->borders + path->n_borders; border++)
		if (!allows(root, border->acl, border->direction, &keys[border->side], icmp))
			return denial(border->direction);
	return VPC_DROP_NONE;
}
