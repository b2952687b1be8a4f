// SPDX-License-Identifier: GPL-2.0
/*
 * NAT gateways: many private addresses behind few, and a second look at the routes, those of the
 * gateway's subnet (NAT-4). What port a flow gets there is found when its session is made.
 */

#include <linux/jhash.h>

#include "pipe.h"

/* Where the session's address is among the gateway's, or -1. */
static int own_place(const struct vpc_snap_nat *nat, __be32 addr)
{
	int i;

	for (i = 0; i < nat->n_addrs; i++)
		if (nat->addrs[i] == addr)
			return i;
	return -1;
}

/*
 * A session keeps its address. A new flow gets, of those that are not drained and have ports left,
 * the one that suits its source best, which is the same for all flows of a source (NAT-7) and
 * changes for few sources when an address comes or goes.
 */
static int pick_place(const struct pipe *p, const struct vpc_snap_nat *nat)
{
	u32 weight, best = 0;
	int i, found = -1;

	if (p->flow->nat_addr && own_place(nat, p->flow->nat_addr) >= 0)
		return own_place(nat, p->flow->nat_addr);
	for (i = 0; i < nat->n_addrs; i++) {
		if (BIT(i) & (nat->draining | p->flow->nat_full))
			continue;
		weight = jhash_2words((__force u32)p->now.src.ip4, (__force u32)nat->addrs[i], 0);
		if (found >= 0 && weight <= best)
			continue;
		found = i;
		best = weight;
	}
	return found;
}

/* From the VPC's own interfaces (NAT-13), of three protocols (NAT-3), and what begins a flow. */
static enum vpc_drop check_flow(struct pipe *p)
{
	const struct vpc_flow_key *key = &p->now;
	enum vpc_drop reason;
	u32 owner;

	if (key->family != AF_INET)
		return VPC_DROP_NAT_PROTOCOL;
	if (!pipe_eni_by_addr(p, &key->src, &owner))
		return VPC_DROP_NAT_SOURCE;
	if (p->flow->reply)		/* of a session that came by another way */
		return VPC_DROP_REPLY_PATH;
	reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	if (key->proto == IPPROTO_TCP || key->proto == IPPROTO_UDP)
		return VPC_DROP_NONE;
	return key->proto == IPPROTO_ICMP && key->dport == htons(ICMP_ECHO) ?
	       VPC_DROP_NONE : VPC_DROP_NAT_PROTOCOL;
}

/* Into the gateway's subnet, past its network ACL if that is another one (NAT-11). */
static bool enter_subnet(struct pipe *p, const struct vpc_snap_nat *nat)
{
	stage_acl_ingress(p, nat->subnet);
	p->subnet = pipe_use(p, nat->subnet, VPC_KIND_SUBNET);
	p->subnet_slot = nat->subnet;
	return p->subnet;
}

/* Out of the gateway, as from any interface of its subnet. */
static enum vpc_drop leave_gateway(struct pipe *p)
{
	if (vpc_prefix4_has(&p->subnet->cidr, p->now.dst.ip4))
		return stage_local(p);
	stage_acl_egress(p);
	return stage_route(p);
}

static void note_gateway(struct pipe *p, u32 slot, __be32 addr)
{
	p->path->nat = slot;
	p->path->nat_addr = addr;
	if (!p->path->node)
		p->path->stage = VPC_STAGE_NAT;
	p->path->tells = true;
	pipe_limit_mtu(p, MTU_NAT);
}

enum vpc_drop stage_nat(struct pipe *p, u32 slot)
{
	const struct vpc_snap_nat *nat;
	enum vpc_drop reason;
	int place;

	if (p->path->nat || p->path->node)	/* NAT-5: back to itself, or to another one */
		return VPC_DROP_NAT_ROUTE;
	nat = pipe_use(p, slot, VPC_KIND_NAT_GATEWAY);
	if (!nat || nat->vpc != p->vpc_slot)	/* RT-22, RT-23 */
		return VPC_DROP_BLACKHOLE;
	p->path->nat = slot;
	reason = check_flow(p);
	if (reason)
		return reason;
	place = pick_place(p, nat);
	if (place < 0)
		return VPC_DROP_NAT_PORTS;
	if (!enter_subnet(p, nat))
		return VPC_DROP_BLACKHOLE;
	note_gateway(p, slot, nat->addrs[place]);
	p->path->nat_place = place;
	if (!p->path->denied)
		p->path->tracked |= VPC_GATE(VPC_DIRECTION_EGRESS);	/* SG-13 */
	pipe_set_src(p, nat->addrs[place]);
	p->side = VPC_SIDE_NAT;
	return leave_gateway(p);
}

enum vpc_drop stage_nat_return(struct pipe *p, u32 slot)
{
	const struct vpc_snap_nat *nat = pipe_use(p, slot, VPC_KIND_NAT_GATEWAY);
	const struct vpc_flow *flow = p->flow;

	if (!nat)
		return VPC_DROP_NO_SUCH_ADDRESS;
	p->path->nat = slot;
	if (!p->original || flow->nat != slot || flow->nat_addr != p->now.dst.ip4 ||
	    own_place(nat, flow->nat_addr) < 0)
		return VPC_DROP_NAT_UNSOLICITED;
	p->vpc_slot = nat->vpc;
	p->vpc = pipe_use(p, nat->vpc, VPC_KIND_VPC);
	p->side = VPC_SIDE_NAT;
	if (!p->vpc || !enter_subnet(p, nat))
		return VPC_DROP_BLACKHOLE;
	note_gateway(p, slot, flow->nat_addr);
	pipe_set_dst(p, p->original->key.src.ip4);
	pipe_set_dport(p, p->original->key.sport);
	p->side = VPC_SIDE_RECEIVER;
	return leave_gateway(p);
}

bool pipe_answers_nat(const struct pipe *p)
{
	return p->original && p->flow->nat && p->now.family == AF_INET &&
	       p->now.dst.ip4 == p->flow->nat_addr;
}

enum vpc_drop stage_nat_answer(struct pipe *p)
{
	const struct vpc_snap_nat *nat = pipe_use(p, p->flow->nat, VPC_KIND_NAT_GATEWAY);

	if (!nat || !pipe_peering_holds(p, nat->vpc))
		return VPC_DROP_BLACKHOLE;
	if (p->subnet_slot != nat->subnet)
		stage_acl_egress(p);
	return stage_nat_return(p, p->flow->nat);
}
