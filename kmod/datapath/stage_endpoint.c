// SPDX-License-Identifier: GPL-2.0
/* Gateway endpoints: the way to a service that is not in a VPC; and back, by whichever endpoint. */

#include "../lib/endpoint_policy.h"
#include "pipe.h"

static u64 id_at(const struct vpc_root *root, u32 slot)
{
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);

	return snap ? snap->id : 0;
}

static bool policy_allows(const struct pipe *p, const struct vpc_snap_endpoint *ep)
{
	const struct vpc_snap_vpc *client = vpc_root_get(p->root, p->path->vpc, VPC_KIND_VPC);
	const struct vpc_endpoint_query query = {
		.account = client ? client->owner : VPC_ACCOUNT_NONE,
		.service = id_at(p->root, ep->service),
		.vpc = id_at(p->root, ep->vpc),
		.endpoint = ep->snap.id,
		.src = p->now.src,
		.family = p->now.family,
		.proto = p->now.proto,
		.port = ntohs(p->now.dport),
	};

	return vpc_endpoint_policy_allows(ep->policy, &query);
}

/*
 * POL-6: asked when a flow begins, and not again (POL-5). The verdict needs nothing that a path does
 * not depend on already: only flows that have begun have one.
 */
enum vpc_drop pipe_endpoint_policy(struct pipe *p, u32 slot, const struct vpc_snap_endpoint *ep)
{
	p->path->endpoint = slot;
	if (!ep->policy || p->flow->endpoint == slot || policy_allows(p, ep))
		return VPC_DROP_NONE;
	return VPC_DROP_ENDPOINT_POLICY;
}

/* TCP and ICMP echo only (GWE-13); the source stays private (GWE-10). */
enum vpc_drop stage_endpoint(struct pipe *p, u32 slot)
{
	const struct vpc_snap_endpoint *ep = pipe_use(p, slot, VPC_KIND_ENDPOINT);
	const struct vpc_flow_key *key = &p->now;
	const struct vpc_snap_service *service;
	enum vpc_drop reason;
	u32 owner;

	if (!ep || ep->vpc != p->vpc_slot)
		return VPC_DROP_BLACKHOLE;
	service = pipe_use(p, ep->service, VPC_KIND_SERVICE);
	if (!service)
		return VPC_DROP_BLACKHOLE;
	if (p->path->node || !pipe_eni_by_addr(p, &key->src, &owner))
		return VPC_DROP_ENDPOINT_TRANSIT;	/* GWE-12 */
	if (key->proto != IPPROTO_TCP && key->proto != IPPROTO_ICMP)
		return VPC_DROP_ENDPOINT_PROTOCOL;
	if (p->flow->reply)			/* it never initiates (GWE-13) */
		return VPC_DROP_REPLY_PATH;
	reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	if (key->proto == IPPROTO_ICMP && key->dport != htons(ICMP_ECHO))
		return VPC_DROP_ENDPOINT_PROTOCOL;
	reason = pipe_endpoint_policy(p, slot, ep);
	if (reason)
		return reason;

	p->path->stage = VPC_STAGE_ENDPOINT;
	p->path->mtu = MTU_ENDPOINT;
	p->path->sent = VPC_COUNT_ENDPOINT_OUT;
	p->path->exit = ep->service;
	if (service->tracked && !p->path->denied)	/* SG-13, GWE-20 */
		p->path->tracked |= VPC_GATE(VPC_DIRECTION_EGRESS);
	return VPC_DROP_NONE;
}

enum vpc_drop stage_endpoint_reply(struct pipe *p, const struct vpc_flow *original,
				   const struct vpc_flow *reply)
{
	const struct vpc_snap_eni *owner;
	u32 slot;

	if (p->path->stage != VPC_STAGE_ENDPOINT || p->path->exit != reply->key.port)
		return VPC_DROP_PATH_CHANGED;
	p->vpc_slot = p->path->vpc;
	p->vpc = vpc_root_get(p->root, p->vpc_slot, VPC_KIND_VPC);
	p->now = reply->key;
	p->now.dst = original->key.src;
	p->now.dport = original->key.sport;
	owner = pipe_eni_by_addr(p, &p->now.dst, &slot);
	p->path->rw = (struct vpc_rewrite){};
	p->path->check_dmac = false;
	p->path->sent = VPC_COUNT_MAX;
	p->path->received = VPC_COUNT_ENDPOINT_IN;
	if (reply->key.dport != original->key.sport) {
		p->path->rw.flags = VPC_REWRITE_DPORT;
		p->path->rw.dport = original->key.sport;
	}
	if (owner && p->path->interface)
		stage_interface_answer(p, original, owner->subnet);
	return pipe_deliver(p, slot, owner, p->vpc->router_mac);
}
