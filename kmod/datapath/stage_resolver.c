// SPDX-License-Identifier: GPL-2.0
/*
 * The resolver: two addresses of every VPC lead there, whatever route tables, security groups and
 * network ACLs say (VPC-24, SG-12, ACL-9). Behind it all of a VPC have one address, so that it knows
 * which VPC asks where two have the same ones; what port a flow gets is found when its session is
 * made.
 */

#include <linux/etherdevice.h>

#include "pipe.h"

bool vpc_flow_asks_resolver(const struct vpc_snap_vpc *vpc, const struct vpc_flow *flow)
{
	const struct vpc_flow_key *key = &flow->key;

	return key->family == AF_INET && key->dport == htons(VPC_DNS_PORT) &&
	       (key->proto == IPPROTO_UDP || key->proto == IPPROTO_TCP) &&
	       vpc_snap_resolver_at(vpc, key->dst.ip4) &&
	       ether_addr_equal(flow->dmac, vpc->router_mac);
}

bool pipe_asks_resolver(const struct pipe *p)
{
	return vpc_flow_asks_resolver(p->vpc, p->flow);
}

enum vpc_drop stage_resolver(struct pipe *p)
{
	const struct vpc_snap_service *service;
	enum vpc_drop reason;
	u32 owner;

	service = pipe_use(p, p->vpc->resolver, VPC_KIND_SERVICE);
	if (!service)
		return VPC_DROP_RESERVED_ADDRESS;
	if (!pipe_eni_by_addr(p, &p->now.src, &owner))	/* to whom the answer would go */
		return VPC_DROP_SOURCE_ADDRESS;
	if (p->flow->reply)			/* it never initiates */
		return VPC_DROP_REPLY_PATH;
	reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	p->path->stage = VPC_STAGE_RESOLVER;
	p->path->endpoint = p->vpc->resolver;
	p->path->exit = p->vpc->resolver;
	/* An error about its answer is not the groups' business, either. */
	p->path->tracked = VPC_GATE(VPC_DIRECTION_EGRESS) | VPC_GATE(VPC_DIRECTION_INGRESS);
	pipe_set_src(p, p->vpc->resolver_source);
	pipe_set_dst(p, service->addr);
	return VPC_DROP_NONE;
}

enum vpc_drop stage_resolver_answer(struct pipe *p, const struct vpc_flow *original)
{
	const struct vpc_snap_eni *eni;
	u32 slot;

	if (p->path->exit != p->flow->key.port)
		return VPC_DROP_PATH_CHANGED;
	p->vpc = vpc_root_get(p->root, p->path->vpc, VPC_KIND_VPC);
	p->now = p->flow->key;
	p->path->rw = (struct vpc_rewrite){};
	pipe_set_src(p, original->key.dst.ip4);
	pipe_set_dst(p, original->key.src.ip4);
	p->path->rw.flags |= VPC_REWRITE_DPORT;
	p->path->rw.dport = original->key.sport;
	eni = pipe_eni_by_addr(p, &p->now.dst, &slot);
	if (!eni || eni->requester)
		return VPC_DROP_NO_SUCH_ADDRESS;
	p->path->check_dmac = false;
	p->path->exit = slot;
	ether_addr_copy(p->path->smac, p->vpc->router_mac);
	ether_addr_copy(p->path->dmac, eni->mac);
	return VPC_DROP_NONE;
}
