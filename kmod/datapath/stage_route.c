// SPDX-License-Identifier: GPL-2.0
/* Which route wins, and whose turn it is then. */

#include "pipe.h"

/*
 * RT-17, RT-18: longest match over the table's own routes and the entries of its prefix lists;
 * at equal length a CIDR route before a list, a lower list id before a higher.
 * The families are apart (RT-16). The table's generation moves with its lists', so no list needs a
 * slot in the path.
 */
static bool route_lookup(const struct vpc_root *root, const struct vpc_snap_rtb *rtb,
			 const struct vpc_flow_key *key, struct vpc_route_val *route)
{
	const struct vpc_lpm *routes = key->family == AF_INET ? &rtb->routes : &rtb->routes6;
	const struct vpc_snap_list *list;
	u64 value, entry;
	u8 len, best;
	bool found;
	u32 i;

	found = vpc_lpm_lookup(routes, &key->dst, &value, &best);
	for (i = 0; i < rtb->n_lists; i++) {
		list = vpc_root_get(root, rtb->lists[i].list, VPC_KIND_PREFIX_LIST);
		if (!list || list->family != key->family ||
		    !vpc_lpm_lookup(&list->entries, &key->dst, &entry, &len))
			continue;
		if (found && len <= best)
			continue;
		found = true;
		best = len;
		value = rtb->lists[i].value;
	}
	if (found)
		*route = vpc_route_unpack(value);
	return found;
}

/* Where the packet is to go by the table at @slot. */
static enum vpc_drop route_find(struct pipe *p, u32 slot, struct vpc_route_val *route)
{
	const struct vpc_snap_rtb *rtb = pipe_use(p, slot, VPC_KIND_ROUTE_TABLE);

	if (!rtb || !route_lookup(p->root, rtb, &p->now, route))
		return VPC_DROP_NO_ROUTE;		/* RT-21 */
	return route->blackhole ? VPC_DROP_BLACKHOLE : VPC_DROP_NONE;	/* RT-22 */
}

/* RT-7: such a table knows the VPC's own blocks and subnets, and interfaces. */
enum vpc_drop stage_route_ingress(struct pipe *p, u32 rtb)
{
	const struct vpc_snap_eni *eni;
	struct vpc_route_val route;
	enum vpc_drop reason;

	reason = route_find(p, rtb, &route);
	if (reason)
		return reason;
	if (route.target != VPC_TARGET_ENI)
		return stage_local(p);
	eni = pipe_use(p, route.slot, VPC_KIND_ENI);
	if (eni && p->now.family == AF_INET && !eni->has_public)	/* RT-8 */
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	return pipe_deliver(p, route.slot, eni, p->vpc->router_mac);
}

u8 pipe_way_back(struct pipe *p)
{
	const struct vpc_snap_subnet *subnet = NULL;
	const struct vpc_snap_rtb *rtb = NULL;
	struct vpc_route_val route;
	struct vpc_flow_key back;
	u64 slot;

	if (vpc_lpm_lookup(vpc_snap_subnets(p->vpc, p->now.family), &p->now.dst, &slot, NULL))
		subnet = pipe_use(p, slot, VPC_KIND_SUBNET);
	if (subnet)
		rtb = pipe_use(p, subnet->rtb, VPC_KIND_ROUTE_TABLE);
	vpc_flow_key_invert(&back, &p->now, 0);
	return rtb && route_lookup(p->root, rtb, &back, &route) ? route.target : VPC_TARGET_LOCAL;
}

enum vpc_drop stage_route(struct pipe *p)
{
	struct vpc_route_val route;
	enum vpc_drop reason;

	reason = route_find(p, p->subnet->rtb, &route);
	if (reason)
		return reason;

	switch (route.target) {
	case VPC_TARGET_LOCAL:
		return stage_local(p);
	case VPC_TARGET_IGW:
		return stage_igw(p, route.slot);
	case VPC_TARGET_EIGW:
		return stage_eigw(p, route.slot);
	case VPC_TARGET_ENI:				/* RT-30 */
		return pipe_deliver(p, route.slot, pipe_use(p, route.slot, VPC_KIND_ENI),
				    p->vpc->router_mac);
	case VPC_TARGET_ENDPOINT:
		return stage_endpoint(p, route.slot);
	case VPC_TARGET_PEERING:
		return stage_peering(p, route.slot);
	}
	return VPC_DROP_NO_ROUTE;
}
