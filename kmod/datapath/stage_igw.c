// SPDX-License-Identifier: GPL-2.0
/* Internet gateways: of IPv4, public addresses for private ones, both ways; IPv6 as it is. */

#include "pipe.h"

/*
 * Translate the destination back (IGW-2) and deliver by local routing, or as the gateway's own
 * table says (IGW-9).
 */
enum vpc_drop stage_igw_ingress(struct pipe *p, const struct vpc_snap_eip *eip)
{
	const struct vpc_snap_eni *eni;
	const struct vpc_snap_igw *igw;
	enum vpc_drop reason;

	if (!eip || !(eip->eni || eip->nat) || !eip->igw)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	igw = pipe_use(p, eip->igw, VPC_KIND_IGW);
	p->vpc = igw ? pipe_use(p, igw->vpc, VPC_KIND_VPC) : NULL;
	if (!p->vpc)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	p->vpc_slot = igw->vpc;
	p->subnet = NULL;
	pipe_set_dst(p, eip->private_addr);
	p->path->received = VPC_COUNT_IGW_IN;
	reason = pipe_public_access(p, &p->now.dst, eip->nat);
	if (reason)
		return reason;
	if (eip->nat)
		return stage_nat_return(p, eip->nat);
	if (igw->rtb)
		return stage_route_ingress(p, igw->rtb);
	eni = pipe_use(p, eip->eni, VPC_KIND_ENI);
	if (!eni || eni->vpc != igw->vpc)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	return pipe_deliver(p, eip->eni, eni, p->vpc->router_mac);
}

/* @slot is of an interface, or of a NAT gateway, which speaks for its clients. */
static bool speaks(const struct vpc_root *root, u32 slot)
{
	return vpc_root_get(root, slot, VPC_KIND_ENI) ||
	       vpc_root_get(root, slot, VPC_KIND_NAT_GATEWAY);
}

/* The source's public address, whoever forwards for it; IGW-3, IGW-4, IGW-13b. */
static enum vpc_drop translate_source(struct pipe *p)
{
	const struct vpc_snap_eip *eip;
	u32 owner = vpc_snap_owner(p->vpc, AF_INET, &p->now.src);
	u64 slot;

	if (!speaks(p->root, owner))
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	pipe_depend(p, owner);
	if (!vpc_lpm_lookup(&p->vpc->publics, &p->now.src, &slot, NULL))
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	eip = pipe_use(p, slot, VPC_KIND_EIP);
	if (!eip)
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	pipe_set_src(p, eip->addr);
	return VPC_DROP_NONE;
}

/* Nothing is translated: who speaks has an address of the VPC's interfaces (IGW-6, IGW-13b). */
enum vpc_drop pipe_leave6(struct pipe *p, u32 uplink)
{
	u32 owner;
	u64 vpc;

	if (vpc_addr_private(AF_INET6, &p->now.dst) || vpc_addr_private(AF_INET6, &p->now.src))
		return VPC_DROP_IGW_PRIVATE;
	if (!pipe_eni_by_addr(p, &p->now.src, &owner))
		return VPC_DROP_SOURCE_ADDRESS;
	p->path->tells = true;
	p->path->mtu = MTU_IGW;
	/* Its generation moves when a block comes or goes: the destination may become one of ours. */
	pipe_depend(p, uplink);
	if (vpc_lpm_lookup(&p->root->public6, &p->now.dst, &vpc, NULL))	/* as IGW-7 */
		return stage_igw_ingress6(p, vpc, 0);
	p->path->exit = uplink;
	return VPC_DROP_NONE;
}

enum vpc_drop stage_igw_ingress6(struct pipe *p, u32 vpc, u32 uplink)
{
	const struct vpc_snap_igw *igw;
	enum vpc_drop reason;

	p->vpc_slot = vpc;
	p->vpc = pipe_use(p, vpc, VPC_KIND_VPC);
	if (!p->vpc)
		return VPC_DROP_NO_SUCH_ADDRESS;
	p->subnet = NULL;
	p->eni = NULL;		/* beyond a gateway no group stands for it (SG-6, IGW-7) */
	/* Of two gateways it is the one by which the destination's subnet sends (EIG-2). */
	if (!p->vpc->igw || (p->flow->eigw && p->flow->eigw == p->vpc->eigw) ||
	    pipe_way_back(p) == VPC_TARGET_EIGW)
		return stage_eigw_ingress(p, uplink);
	igw = pipe_use(p, p->vpc->igw, VPC_KIND_IGW);
	if (!igw || (uplink && igw->uplink != uplink))
		return VPC_DROP_NO_SUCH_ADDRESS;
	p->path->stage = VPC_STAGE_IGW;
	p->path->tells = true;
	p->path->mtu = MTU_IGW;
	p->path->received = VPC_COUNT_IGW_IN;
	reason = pipe_public_access(p, &p->now.dst, false);
	if (reason)
		return reason;
	return igw->rtb ? stage_route_ingress(p, igw->rtb) : stage_local(p);	/* IGW-9 */
}

enum vpc_drop stage_igw(struct pipe *p, u32 slot)
{
	const struct vpc_snap_igw *igw = pipe_use(p, slot, VPC_KIND_IGW);
	enum vpc_drop reason;
	u64 eip;

	if (!igw || igw->vpc != p->vpc_slot)	/* detached: RT-22, RT-23 */
		return VPC_DROP_BLACKHOLE;
	if (!p->path->nat && !p->path->node)
		p->path->stage = VPC_STAGE_IGW;
	p->path->tells = true;
	pipe_limit_mtu(p, MTU_IGW);
	p->path->sent = VPC_COUNT_IGW_OUT;
	reason = pipe_public_access(p, &p->now.src, p->path->nat);
	if (reason)
		return reason;
	if (p->now.family == AF_INET6)
		return pipe_leave6(p, igw->uplink);
	if (vpc_addr_private(AF_INET, &p->now.dst))
		return VPC_DROP_IGW_PRIVATE;
	reason = translate_source(p);
	if (!reason)
		reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	/* Its generation moves when an EIP comes or goes: the destination may become one of ours. */
	pipe_depend(p, igw->uplink);
	if (vpc_lpm_lookup(&p->root->public4, &p->now.dst.ip4, &eip, NULL))	/* IGW-7 */
		return stage_igw_ingress(p, pipe_use(p, eip, VPC_KIND_EIP));
	p->path->exit = igw->uplink;
	return VPC_DROP_NONE;
}
