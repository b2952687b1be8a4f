// SPDX-License-Identifier: GPL-2.0
/*
 * Network load balancers: what comes to a node goes on to a target, from the node's subnet as from
 * any interface there, and the answers go back by the node (NLB-11). Nothing ends here: a client's
 * connection is the target's. What port a flow gets at the node is found when its session is made
 * (NLB-15).
 */

#include "../lib/balance.h"
#include "pipe.h"

/**
 * struct way - where a listener sends a flow
 * @listener: NLB-4
 * @group: its target group
 * @addr: of the target
 * @port: likewise
 */
struct way {
	const struct vpc_snap_listener *listener;
	const struct vpc_snap_target_group *group;
	__be32 addr;
	__be16 port;
};

static const struct vpc_snap_listener *find_listener(const struct vpc_snap_nlb *nlb, u8 proto,
						     __be16 port)
{
	const struct vpc_snap_listener *l;

	for (l = nlb->listeners; l < nlb->listeners + nlb->n_listeners; l++)
		if (l->port == ntohs(port) &&
		    ((proto == IPPROTO_TCP && l->tcp) || (proto == IPPROTO_UDP && l->udp)))
			return l;
	return NULL;
}

/* NLB-9, or by the client alone (NLB-19); of those that the model lets the node choose (NLB-10). */
static enum vpc_drop choose(const struct pipe *p, u8 node, struct way *way)
{
	const struct vpc_snap_target *t, *best = NULL;
	struct vpc_balance balance = {};

	balance.hash = way->group->sticky ? jhash(&p->now.src, sizeof(p->now.src), 0) :
					    vpc_flow_key_hash(&p->now, p->flow->isn);
	for (t = way->group->targets; t < way->group->targets + way->group->n_targets; t++)
		if (t->nodes & BIT(node) && vpc_balance_offer(&balance, t->id))
			best = t;
	if (!best)
		return VPC_DROP_NLB_NO_TARGET;
	way->addr = best->addr;
	way->port = htons(best->port);
	return VPC_DROP_NONE;
}

/* A flow keeps its target for life (NLB-9), which may end before the flow does (NLB-27, NLB-28). */
static enum vpc_drop keep(const struct pipe *p, struct way *way)
{
	const struct vpc_snap_target_group *group = way->group;
	const struct vpc_snap_target *t;

	way->addr = p->flow->target;
	way->port = p->flow->target_port;
	for (t = group->targets; t < group->targets + group->n_targets; t++)
		if (t->addr == way->addr && htons(t->port) == way->port)
			return t->ends ? VPC_DROP_NLB_TERMINATED : VPC_DROP_NONE;
	return group->keeps_gone ? VPC_DROP_NONE : VPC_DROP_NLB_TERMINATED;
}

/* @port: the listener's, network order */
static enum vpc_drop find_way(struct pipe *p, u32 slot, const struct vpc_snap_eni *node, __be16 port,
			      struct way *way)
{
	const struct vpc_snap_nlb *nlb = pipe_use(p, node->requester, VPC_KIND_NLB);

	way->listener = nlb ? find_listener(nlb, p->now.proto, port) : NULL;
	if (!way->listener)
		return VPC_DROP_NLB_LISTENER;
	way->group = pipe_use(p, way->listener->group, VPC_KIND_TARGET_GROUP);
	if (!way->group)
		return VPC_DROP_NLB_NO_TARGET;
	return p->flow->node == slot ? keep(p, way) : choose(p, node->node, way);
}

/* From here on it is in the load balancer's VPC, and leaves the node's subnet. */
static bool stand_at(struct pipe *p, const struct vpc_snap_eni *node)
{
	p->vpc_slot = node->vpc;
	p->vpc = pipe_use(p, node->vpc, VPC_KIND_VPC);
	p->subnet_slot = node->subnet;
	p->subnet = pipe_use(p, node->subnet, VPC_KIND_SUBNET);
	return p->vpc && p->subnet;
}

static enum vpc_drop leave(struct pipe *p)
{
	if (vpc_prefix4_has(&p->subnet->cidr, p->now.dst.ip4))
		return stage_local(p);
	stage_acl_egress(p);
	return stage_route(p);
}

static void note_node(struct pipe *p, u32 slot)
{
	p->path->node = slot;
	p->path->stage = VPC_STAGE_NLB;
}

/* From the node at @slot to @addr, by the rules of its groups. */
static enum vpc_drop send_on(struct pipe *p, u32 slot, const struct vpc_snap_eni *node, __be32 addr,
			     __be16 port)
{
	enum vpc_drop reason;

	pipe_set_dst(p, addr);
	pipe_set_dport(p, port);
	p->side = VPC_SIDE_RECEIVER;
	stage_sg_node(p, slot, node);
	p->node = node;
	reason = leave(p);
	if (!reason && !p->path->denied)			/* SG-13 */
		p->path->tracked = VPC_GATE(VPC_DIRECTION_EGRESS) | VPC_GATE(VPC_DIRECTION_INGRESS);
	return reason;
}

enum vpc_drop stage_nlb(struct pipe *p, u32 slot, const struct vpc_snap_eni *node)
{
	enum vpc_drop reason;
	struct way way;

	if (p->path->node)
		return VPC_DROP_NLB_ROUTE;
	note_node(p, slot);
	p->path->client = p->now.src.ip4;
	if (p->flow->reply)			/* of a session that came by another way */
		return VPC_DROP_REPLY_PATH;
	reason = find_way(p, slot, node, p->now.dport, &way);
	if (!reason)
		reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	if (!stand_at(p, node))
		return VPC_DROP_BLACKHOLE;
	p->path->idle = p->now.proto == IPPROTO_TCP ? way.listener->tcp_idle : 0;
	/* NLB-12: where an endpoint leads it is the node's address, whatever the group says (IFE-25). */
	if (p->path->interface || !way.group->preserve_client_ip)
		pipe_set_src(p, node->addr);
	else if (p->now.src.ip4 == way.addr)
		return VPC_DROP_NLB_HAIRPIN;		/* NLB-13 */
	return send_on(p, slot, node, way.addr, way.port);
}

/*
 * The address tells the node that checks and the target that is checked. Nothing else may begin at
 * such a port.
 */
enum vpc_drop stage_nlb_probe(struct pipe *p, const struct vpc_snap_service *service)
{
	const struct vpc_snap_probe *probe;
	const struct vpc_snap_eni *node;
	u64 value;

	if (!service->health || p->now.proto != IPPROTO_TCP ||
	    !vpc_prefix4_has(&service->gateway, p->now.src.ip4) ||
	    !vpc_lpm_lookup(&p->root->probes, &p->now.dst, &value, NULL))
		return VPC_DROP_NO_SESSION;
	if (p->flow->unsolicited)
		return VPC_DROP_NOT_SYN;
	node = pipe_use(p, value >> 32, VPC_KIND_ENI);
	probe = pipe_use(p, (u32)value, VPC_KIND_TARGET);
	if (!node || !probe || !stand_at(p, node))
		return VPC_DROP_NO_SESSION;
	note_node(p, value >> 32);
	p->path->client = p->now.src.ip4;
	p->path->eni = value >> 32;
	p->path->vpc = node->vpc;
	pipe_set_src(p, node->addr);
	return send_on(p, value >> 32, node, probe->addr, htons(probe->port));
}

enum vpc_drop stage_nlb_by_endpoint(struct pipe *p, u32 slot)
{
	const struct vpc_snap_eni *node = pipe_use(p, slot, VPC_KIND_ENI);
	const struct vpc_snap_nlb *nlb;

	nlb = node ? pipe_use(p, node->requester, VPC_KIND_NLB) : NULL;
	if (!nlb)
		return VPC_DROP_ENDPOINT_STATE;
	pipe_set_dst(p, node->addr);
	if (nlb->enforce_privatelink)				/* NLB-31 */
		stage_sg_ingress(p, slot, node);
	return stage_nlb(p, slot, node);
}

/* Out of the subnet of the target and into the node's. */
static enum vpc_drop come_back(struct pipe *p, const struct vpc_snap_eni *node)
{
	if (!pipe_peering_holds(p, node->vpc))
		return VPC_DROP_BLACKHOLE;
	if (p->subnet_slot != node->subnet) {
		stage_acl_egress(p);
		stage_acl_ingress(p, node->subnet);
	}
	return stand_at(p, node) ? VPC_DROP_NONE : VPC_DROP_BLACKHOLE;
}

/* To whoever checks, in the name of the address that he asked. */
static enum vpc_drop answer_probe(struct pipe *p)
{
	pipe_set_src(p, p->original->key.dst.ip4);
	p->path->exit = p->original->key.port;
	return VPC_DROP_NONE;
}

enum vpc_drop stage_nlb_answer(struct pipe *p)
{
	const struct vpc_snap_eni *node = pipe_use(p, p->flow->node, VPC_KIND_ENI);
	const struct vpc_flow_key *original = &p->original->key;
	bool probe = pipe_use(p, original->port, VPC_KIND_SERVICE);
	enum vpc_drop reason = VPC_DROP_NONE;
	struct way way;

	if (!node)
		return VPC_DROP_BLACKHOLE;
	note_node(p, p->flow->node);
	if (!probe)
		reason = find_way(p, p->flow->node, node, original->dport, &way);
	if (!reason)
		reason = come_back(p, node);
	if (reason)
		return reason;
	pipe_set_src(p, node->addr);
	pipe_set_sport(p, original->dport);
	pipe_set_dst(p, p->flow->client);
	pipe_set_dport(p, original->sport);
	p->side = VPC_SIDE_RECEIVER;
	if (probe)
		return answer_probe(p);
	return p->flow->interface ? stage_interface_return(p) : leave(p);
}
