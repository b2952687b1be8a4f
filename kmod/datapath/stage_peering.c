// SPDX-License-Identifier: GPL-2.0
/* Peering connections: from one VPC into another, addresses untouched. */

#include "pipe.h"

static bool vpc_has(const struct vpc_snap_vpc *vpc, u8 family, const struct vpc_addr *addr)
{
	u64 value;

	return vpc_lpm_lookup(vpc_snap_cidrs(vpc, family), addr, &value, NULL);
}

/*
 * Only between the two VPCs' own addresses (PCX-4), and in the peer only to its interfaces: its
 * route tables are not asked (PIPE-1), so no gateway, NAT or gateway endpoint of the peer can be
 * reached (PCX-5, IGW-10, GWE-12), nor a third VPC. The reply is judged by the responder's table,
 * wherever that leads (PCX-6, PIPE-2).
 */
enum vpc_drop stage_peering(struct pipe *p, u32 slot)
{
	const struct vpc_snap_peering *pcx = pipe_use(p, slot, VPC_KIND_PEERING);

	if (!pcx || !pcx->active || (pcx->vpc != p->vpc_slot && pcx->peer != p->vpc_slot))
		return VPC_DROP_BLACKHOLE;		/* PCX-7, RT-22 */
	if (!vpc_has(p->vpc, p->now.family, &p->now.src))
		return VPC_DROP_PEERING_TRANSIT;
	p->vpc_slot = pcx->vpc == p->vpc_slot ? pcx->peer : pcx->vpc;
	p->vpc = pipe_use(p, p->vpc_slot, VPC_KIND_VPC);
	p->subnet = NULL;
	if (!p->vpc || !vpc_has(p->vpc, p->now.family, &p->now.dst))
		return VPC_DROP_PEERING_TRANSIT;
	p->path->peering = slot;
	return stage_local(p);
}

bool pipe_peering_holds(struct pipe *p, u32 vpc)
{
	const struct vpc_snap_peering *pcx;

	if (p->vpc_slot == vpc)
		return true;
	pcx = pipe_use(p, p->flow->peering, VPC_KIND_PEERING);
	p->path->peering = p->flow->peering;
	return pcx && pcx->active && ((pcx->vpc == p->vpc_slot && pcx->peer == vpc) ||
				      (pcx->peer == p->vpc_slot && pcx->vpc == vpc));
}

bool vpc_peering_carries(const struct vpc_root *root, const struct vpc_path *path, u32 vpc,
			 u8 family, const struct vpc_addr *src)
{
	const struct vpc_snap_vpc *from = vpc_root_get(root, vpc, VPC_KIND_VPC);

	return !path->peering || (from && vpc_has(from, family, src));
}
