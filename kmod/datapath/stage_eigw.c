// SPDX-License-Identifier: GPL-2.0
/* Egress-only internet gateways: IPv6 out, and what answers (EIG-1, EIG-2). */

#include "pipe.h"

/* It has state: what it did not see begin it does not know, nor what came in by another way. */
enum vpc_drop stage_eigw(struct pipe *p, u32 slot)
{
	const struct vpc_snap_eigw *eigw = pipe_use(p, slot, VPC_KIND_EIGW);
	enum vpc_drop reason;

	if (!eigw || eigw->vpc != p->vpc_slot)
		return VPC_DROP_BLACKHOLE;
	if (p->flow->reply)
		return VPC_DROP_REPLY_PATH;
	reason = pipe_public_access(p, &p->now.src, true);
	if (!reason)
		reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	p->path->stage = VPC_STAGE_EIGW;
	p->path->sent = VPC_COUNT_EIGW_OUT;
	p->path->eigw = slot;
	if (!p->path->denied)					/* SG-13 */
		p->path->tracked |= VPC_GATE(VPC_DIRECTION_EGRESS);
	return pipe_leave6(p, eigw->uplink);
}

enum vpc_drop stage_eigw_ingress(struct pipe *p, u32 uplink)
{
	const struct vpc_snap_eigw *eigw;
	enum vpc_drop reason;

	if (!p->flow->eigw || p->flow->eigw != p->vpc->eigw)
		return VPC_DROP_EGRESS_ONLY;
	eigw = pipe_use(p, p->vpc->eigw, VPC_KIND_EIGW);
	if (!eigw || (uplink && eigw->uplink != uplink))
		return VPC_DROP_NO_SUCH_ADDRESS;
	p->path->stage = VPC_STAGE_EIGW;
	p->path->tells = true;
	p->path->mtu = MTU_IGW;
	p->path->received = VPC_COUNT_EIGW_IN;
	reason = pipe_public_access(p, &p->now.dst, true);
	return reason ? reason : stage_local(p);
}
