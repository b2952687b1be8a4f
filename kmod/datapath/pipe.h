/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PIPE_H
#define _VPC_PIPE_H

#include <linux/icmp.h>
#include <linux/in.h>
#include <linux/inetdevice.h>
#include <linux/minmax.h>

#include "../model/snapshot.h"
#include "../stats.h"
#include "pipeline.h"

/* Between pipeline.c and the files of its stages, stage_*.c; nobody else includes this. */

/* Largest IP packets: MTU-1, MTU-2, MTU-5 and MTU-7, MTU-6. */
#define MTU_VPC		9001
#define MTU_IGW		1500
#define MTU_ENDPOINT	8500
#define MTU_NAT		8500

/**
 * struct pipe - one walk through the stages
 * @root: the configuration
 * @flow: what is judged
 * @original: of a reply, the other direction, which a NAT gateway restores it to; else NULL
 * @path: verdict under construction
 * @eni: interface that the flow enters by, NULL for another port
 * @node: interface of the load balancer that has sent it on, or NULL
 * @vpc: the VPC where it is now
 * @subnet: the subnet of that VPC that it leaves, whose table is asked
 * @vpc_slot: slot of @vpc
 * @subnet_slot: slot of @subnet
 * @side: enum vpc_side, how far it is
 * @now: the tuple as it is now, with what the stages so far have translated
 */
struct pipe {
	const struct vpc_root *root;
	const struct vpc_flow *flow;
	const struct vpc_flow *original;
	struct vpc_path *path;
	const struct vpc_snap_eni *eni;
	const struct vpc_snap_eni *node;
	const struct vpc_snap_vpc *vpc;
	const struct vpc_snap_subnet *subnet;
	u32 vpc_slot;
	u32 subnet_slot;
	u8 side;
	struct vpc_flow_key now;
};

static inline void pipe_depend(struct pipe *p, u32 slot)
{
	unsigned int i;

	for (i = 0; i < p->path->n_deps; i++)
		if (p->path->deps[i] == slot)
			return;
	if (!WARN_ON_ONCE(p->path->n_deps == VPC_PATH_DEPS))
		p->path->deps[p->path->n_deps++] = slot;
}

/* The object at @slot; the verdict depends on it from now on. */
static inline const void *pipe_use(struct pipe *p, u32 slot, u8 kind)
{
	pipe_depend(p, slot);
	return vpc_root_get(p->root, slot, kind);
}

/* What stands in the way of a packet that cannot begin a conversation and has none. */
static inline enum vpc_drop pipe_unsolicited(const struct pipe *p)
{
	if (!p->flow->unsolicited || p->flow->reply)
		return VPC_DROP_NONE;
	return p->flow->key.proto == IPPROTO_TCP ? VPC_DROP_NOT_SYN : VPC_DROP_NO_SESSION;
}

static inline void pipe_set_src(struct pipe *p, __be32 addr)
{
	p->now.src = vpc_addr4(addr);
	p->path->rw.flags |= VPC_REWRITE_SRC;
	p->path->rw.src = p->now.src;
}

static inline void pipe_set_dst(struct pipe *p, __be32 addr)
{
	p->now.dst = vpc_addr4(addr);
	p->path->rw.flags |= VPC_REWRITE_DST;
	p->path->rw.dst = p->now.dst;
}

static inline void pipe_set_sport(struct pipe *p, __be16 port)
{
	p->now.sport = port;
	p->path->rw.flags |= VPC_REWRITE_SPORT;
	p->path->rw.sport = port;
}

static inline void pipe_set_dport(struct pipe *p, __be16 port)
{
	p->now.dport = port;
	p->path->rw.flags |= VPC_REWRITE_DPORT;
	p->path->rw.dport = port;
}

static inline void pipe_limit_mtu(struct pipe *p, u16 mtu)
{
	p->path->mtu = min(p->path->mtu, mtu);
}

/* The interface in the VPC of @p that has @addr, or NULL. stage_local.c */
const struct vpc_snap_eni *pipe_eni_by_addr(struct pipe *p, const struct vpc_addr *addr,
					    u32 *slot);

/* Hand the flow to the interface at @slot, as a frame from @smac. stage_local.c */
enum vpc_drop pipe_deliver(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni,
			   const u8 *smac);

/* To the interface of the VPC that has the destination. stage_local.c */
enum vpc_drop stage_local(struct pipe *p);

/* A frame to another interface's MAC is carried there whatever the tables say (L2-8). */
enum vpc_drop stage_l2(struct pipe *p);

/* What the sender may send; what the interface at @slot may get. stage_sg.c */
void stage_sg_egress(struct pipe *p);
void stage_sg_ingress(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni);

/* What a load balancer may send to a target by @node at @slot (NLB-30). stage_sg.c */
void stage_sg_node(struct pipe *p, u32 slot, const struct vpc_snap_eni *node);

/* At the border that the flow leaves its subnet by. stage_acl.c */
void stage_acl_egress(struct pipe *p);

/* At that of the subnet at @slot, unless the flow comes from within (ACL-5). stage_acl.c */
void stage_acl_ingress(struct pipe *p, u32 slot);

/* Where the subnet's table leads (RT-17, RT-18). stage_route.c */
enum vpc_drop stage_route(struct pipe *p);

/* Where the table at @rtb leads what has come in by a gateway (RT-6). stage_route.c */
enum vpc_drop stage_route_ingress(struct pipe *p, u32 rtb);

/* enum vpc_target of the route by which the destination's subnet would answer. stage_route.c */
u8 pipe_way_back(struct pipe *p);

/* Out by the internet gateway at @slot. stage_igw.c */
enum vpc_drop stage_igw(struct pipe *p, u32 slot);

/* Come in by the gateway for the owner of public address @eip. stage_igw.c */
enum vpc_drop stage_igw_ingress(struct pipe *p, const struct vpc_snap_eip *eip);

/*
 * Likewise with IPv6, for the interface that has the destination, in the VPC at slot @vpc whose
 * block that is of. @uplink: slot of the port that it came by, 0 from another VPC's gateway.
 */
enum vpc_drop stage_igw_ingress6(struct pipe *p, u32 vpc, u32 uplink);

/*
 * May address @own of the VPC of @p use a gateway to the internet? @egress_only: one of those that
 * let nothing begin from outside. Its generation and the VPC's are part of the verdict.
 * stage_public_access.c
 */
enum vpc_drop pipe_public_access(const struct pipe *p, const struct vpc_addr *own, bool egress_only);

/* What IPv6 by either gateway has in common, on the way out by @uplink. stage_igw.c */
enum vpc_drop pipe_leave6(struct pipe *p, u32 uplink);

/* Out by the egress-only internet gateway at @slot. stage_eigw.c */
enum vpc_drop stage_eigw(struct pipe *p, u32 slot);

/* Come in by that gateway: only what answers. stage_eigw.c */
enum vpc_drop stage_eigw_ingress(struct pipe *p, u32 uplink);

/* Over the peering connection at @slot into the other VPC. stage_peering.c */
enum vpc_drop stage_peering(struct pipe *p, u32 slot);

/*
 * Does the peering that the session's request came by still join the VPC of @p with that at slot
 * @vpc (PCX-7)? Of one VPC it need not. stage_peering.c
 */
bool pipe_peering_holds(struct pipe *p, u32 vpc);

/*
 * What the policy of the endpoint at @slot says to a flow that begins. Noted in the path: who it was
 * that turned the flow away. stage_endpoint.c
 */
enum vpc_drop pipe_endpoint_policy(struct pipe *p, u32 slot, const struct vpc_snap_endpoint *ep);

/* To the service behind the gateway endpoint at @slot. stage_endpoint.c */
enum vpc_drop stage_endpoint(struct pipe *p, u32 slot);

/* To the service behind the interface endpoint whose @eni is at @slot. stage_interface.c */
enum vpc_drop stage_interface(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni);

/* To the resolver, if that is whom the flow asks. stage_resolver.c */
bool pipe_asks_resolver(const struct pipe *p);
enum vpc_drop stage_resolver(struct pipe *p);

/* Its answer to @original goes back. */
enum vpc_drop stage_resolver_answer(struct pipe *p, const struct vpc_flow *original);

/*
 * The answer to @original comes out of the interface that it went in by, to the client's @subnet.
 * stage_interface.c
 */
void stage_interface_answer(struct pipe *p, const struct vpc_flow *original, u32 subnet);

/* Likewise the answer of a target behind that endpoint (SVC-9). stage_interface.c */
enum vpc_drop stage_interface_return(struct pipe *p);

/*
 * Come to @node at @slot of a load balancer, and on to a target. @by_endpoint: that stands for it
 * in another VPC. stage_nlb.c
 */
enum vpc_drop stage_nlb(struct pipe *p, u32 slot, const struct vpc_snap_eni *node);
enum vpc_drop stage_nlb_by_endpoint(struct pipe *p, u32 slot);

/* Come from whoever checks health behind @service, to a target by a node (NLB-22). stage_nlb.c */
enum vpc_drop stage_nlb_probe(struct pipe *p, const struct vpc_snap_service *service);

/* The answer of a target goes back by the node, whatever routes say (NLB-11). stage_nlb.c */
enum vpc_drop stage_nlb_answer(struct pipe *p);

/*
 * The reply of a service, entering by the port of @reply, goes back the way of the request, whose
 * verdict @p->path is. stage_endpoint.c
 */
enum vpc_drop stage_endpoint_reply(struct pipe *p, const struct vpc_flow *original,
				   const struct vpc_flow *reply);

/* Through the NAT gateway at @slot and on by the table of its subnet. stage_nat.c */
enum vpc_drop stage_nat(struct pipe *p, u32 slot);

/* Come to an address of the NAT gateway at @slot, and on if it is an answer. stage_nat.c */
enum vpc_drop stage_nat_return(struct pipe *p, u32 slot);

/* Is this an answer to an address of its session's NAT gateway? stage_nat.c */
bool pipe_answers_nat(const struct pipe *p);

/*
 * It goes back there, whatever the routes of the VPC say that it comes from (NAT-13a).
 * stage_nat.c
 */
enum vpc_drop stage_nat_answer(struct pipe *p);

#endif /* _VPC_PIPE_H */
