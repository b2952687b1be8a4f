// SPDX-License-Identifier: GPL-2.0
/* Internet gateways: public addresses for private ones, both ways. */

#include "pipe.h"

/*
 * Translate the destination back (IGW-2) and deliver by local routing, or as the gateway's own
 * table says (IGW-9).
 */
enum vpc_drop stage_igw_ingress(struct pipe *p, const struct vpc_snap_eip *eip)
{
	const struct vpc_snap_eni *eni;
	const struct vpc_snap_igw *igw;

	if (!eip || !eip->eni || !eip->igw)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	igw = pipe_use(p, eip->igw, VPC_KIND_IGW);
	eni = pipe_use(p, eip->eni, VPC_KIND_ENI);
	if (!igw || !igw->vpc || !eni || eni->vpc != igw->vpc)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	p->vpc = pipe_use(p, eni->vpc, VPC_KIND_VPC);
	if (!p->vpc)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	p->vpc_slot = eni->vpc;
	p->subnet = NULL;
	pipe_set_dst(p, eip->private_addr);
	p->path->received = VPC_COUNT_IGW_IN;
	if (igw->rtb)
		return stage_route_ingress(p, igw->rtb);
	return pipe_deliver(p, eip->eni, eni, p->vpc->router_mac);
}

/* The source's public address, whoever forwards for it; IGW-3, IGW-4, IGW-13b. */
static enum vpc_drop translate_source(struct pipe *p)
{
	const struct vpc_snap_eip *eip;
	u32 owner;
	u64 slot;

	if (!pipe_eni_by_addr(p, p->now.src.ip4, &owner) ||
	    !vpc_lpm_lookup(&p->vpc->publics, &p->now.src, &slot, NULL))
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	eip = pipe_use(p, slot, VPC_KIND_EIP);
	if (!eip)
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	pipe_set_src(p, eip->addr);
	return VPC_DROP_NONE;
}

enum vpc_drop stage_igw(struct pipe *p, u32 slot)
{
	const struct vpc_snap_igw *igw = pipe_use(p, slot, VPC_KIND_IGW);
	enum vpc_drop reason;
	u64 eip;

	if (!igw || igw->vpc != p->vpc_slot)	/* detached: RT-22, RT-23 */
		return VPC_DROP_BLACKHOLE;
	if (addr_private(p->now.dst.ip4))
		return VPC_DROP_IGW_PRIVATE;
	reason = translate_source(p);
	if (!reason)
		reason = pipe_unsolicited(p);
	if (reason)
		return reason;

	p->path->stage = VPC_STAGE_IGW;
	p->path->mtu = MTU_IGW;
	p->path->sent = VPC_COUNT_IGW_OUT;
	/* Its generation moves when an EIP comes or goes: the destination may become one of ours. */
	pipe_depend(p, igw->uplink);
	if (vpc_lpm_lookup(&p->root->public4, &p->now.dst.ip4, &eip, NULL))	/* IGW-7 */
		return stage_igw_ingress(p, pipe_use(p, eip, VPC_KIND_EIP));
	p->path->exit = igw->uplink;
	return VPC_DROP_NONE;
}
