// SPDX-License-Identifier: GPL-2.0
/* The order of the stages, for each way into the router; what each does is in stage_*.c. */

#include "pipeline.h"

#include <linux/etherdevice.h>

#include "../port.h"
#include "pipe.h"

static bool source_invalid(u8 family, const struct vpc_addr *addr)
{
	if (family == AF_INET6)
		return vpc_addr6_unspecified(addr) || vpc_addr6_loopback(addr) ||
		       vpc_addr6_multicast(addr) || vpc_addr6_link_local(addr) ||
		       vpc_addr6_mapped(addr);
	return ipv4_is_zeronet(addr->ip4) || ipv4_is_loopback(addr->ip4) ||
	       ipv4_is_multicast(addr->ip4) || ipv4_is_lbcast(addr->ip4);
}

bool vpc_eni_owns(const struct vpc_root *root, const struct vpc_snap_eni *eni, u8 family,
		  const struct vpc_addr *addr)
{
	const struct vpc_snap_vpc *vpc = vpc_root_get(root, eni->vpc, VPC_KIND_VPC);

	return vpc && vpc_snap_owner(vpc, family, addr) == eni->p.snap.slot;
}

static enum vpc_drop admit_eni(const struct vpc_root *root, const struct vpc_snap_eni *eni,
			       u8 family, const struct vpc_addr *src)
{
	if (eni->source_dest_check)				/* ENI-5 */
		return vpc_eni_owns(root, eni, family, src) ? VPC_DROP_NONE :
							      VPC_DROP_SOURCE_ADDRESS;
	return source_invalid(family, src) ? VPC_DROP_SOURCE_INVALID : VPC_DROP_NONE;
}

static enum vpc_drop check_destination6(const struct vpc_flow *flow)
{
	const struct vpc_addr *dst = &flow->key.dst;

	if (vpc_addr6_multicast(dst))
		return VPC_DROP_MULTICAST;			/* L2-5 */
	if (is_multicast_ether_addr(flow->dmac))
		return VPC_DROP_BROADCAST;			/* L2-4 */
	/* What the router has on the link it does not serve but by neighbour discovery. */
	if (vpc_addr6_link_local(dst) || vpc_addr6_services(dst) || vpc_addr6_unspecified(dst) ||
	    vpc_addr6_loopback(dst) || vpc_addr6_mapped(dst))
		return VPC_DROP_RESERVED_ADDRESS;		/* RT-15, VPC-24 */
	return VPC_DROP_NONE;
}

static enum vpc_drop check_destination(const struct vpc_flow *flow)
{
	__be32 dst = flow->key.dst.ip4;

	if (flow->key.family == AF_INET6)
		return check_destination6(flow);

	if (ipv4_is_multicast(dst))
		return VPC_DROP_MULTICAST;			/* L2-5 */
	if (ipv4_is_lbcast(dst) || is_multicast_ether_addr(flow->dmac))
		return VPC_DROP_BROADCAST;			/* L2-4 */
	if (ipv4_is_linklocal_169(dst) || ipv4_is_zeronet(dst) || ipv4_is_loopback(dst))
		return VPC_DROP_RESERVED_ADDRESS;		/* RT-15, VPC-24 */
	return VPC_DROP_NONE;
}

static enum vpc_drop run_eni(struct pipe *p, const struct vpc_snap_eni *eni)
{
	enum vpc_drop reason;

	p->eni = eni;
	p->vpc_slot = eni->vpc;
	p->vpc = pipe_use(p, eni->vpc, VPC_KIND_VPC);
	p->subnet = pipe_use(p, eni->subnet, VPC_KIND_SUBNET);
	if (!p->vpc || !p->subnet)
		return VPC_DROP_PORT_DOWN;
	p->subnet_slot = eni->subnet;
	p->path->vpc = eni->vpc;
	p->path->eni = p->flow->key.port;
	p->path->check_dmac = true;
	ether_addr_copy(p->path->in_dmac, p->flow->dmac);

	reason = admit_eni(p->root, eni, p->now.family, &p->now.src);
	if (!reason && pipe_asks_resolver(p))
		return stage_resolver(p);
	if (!reason)
		reason = check_destination(p->flow);
	if (reason)
		return reason;
	stage_sg_egress(p);
	if (p->original && p->flow->node)
		return stage_nlb_answer(p);
	if (!ether_addr_equal(p->flow->dmac, p->vpc->router_mac))
		return stage_l2(p);
	if (pipe_answers_nat(p))
		return stage_nat_answer(p);
	if (vpc_prefix_has(vpc_snap_cidr(p->subnet, p->now.family), p->now.family, &p->now.dst))
		return stage_local(p);				/* RT-20, RT-13 */
	stage_acl_egress(p);					/* ACL-6 */
	return stage_route(p);
}

static enum vpc_drop admit_uplink(const struct vpc_root *root, u8 family,
				  const struct vpc_addr *src)
{
	const struct vpc_lpm *public = family == AF_INET ? &root->public4 : &root->public6;
	u64 slot;

	if (source_invalid(family, src))
		return VPC_DROP_SOURCE_INVALID;
	if (vpc_addr_private(family, src))
		return VPC_DROP_IGW_PRIVATE;
	/* Ours never come from outside. */
	return vpc_lpm_lookup(public, src, &slot, NULL) ? VPC_DROP_SOURCE_ADDRESS :
							  VPC_DROP_NONE;
}

/* A connection in mid-flow may begin here: nothing is translated, no address is lost by it. */
static enum vpc_drop run_uplink6(struct pipe *p)
{
	const struct vpc_flow_key *key = &p->flow->key;
	enum vpc_drop reason;
	u64 vpc;

	if (!vpc_lpm_lookup(&p->root->public6, &key->dst, &vpc, NULL))
		return VPC_DROP_NO_SUCH_ADDRESS;
	reason = admit_uplink(p->root, key->family, &key->src);
	if (!reason)
		reason = stage_igw_ingress6(p, vpc, key->port);
	p->path->eni = p->path->exit;
	p->path->vpc = p->vpc_slot;
	return reason;
}

static enum vpc_drop run_uplink(struct pipe *p)
{
	const struct vpc_flow_key *key = &p->flow->key;
	const struct vpc_snap_eip *eip;
	enum vpc_drop reason;
	u64 slot;

	if (key->family == AF_INET6)
		return run_uplink6(p);
	if (!vpc_lpm_lookup(&p->root->public4, &key->dst.ip4, &slot, NULL))
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	eip = pipe_use(p, slot, VPC_KIND_EIP);
	if (!eip || eip->uplink != key->port)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	reason = admit_uplink(p->root, key->family, &key->src);
	if (!reason && !eip->nat)	/* which lets nothing in that nobody asked for */
		reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	p->path->stage = VPC_STAGE_IGW;
	p->path->tells = true;
	pipe_limit_mtu(p, MTU_IGW);
	reason = stage_igw_ingress(p, eip);
	p->path->eni = eip->eni;
	p->path->vpc = p->vpc_slot;
	return reason;
}

enum vpc_drop vpc_pipeline_admit(const struct vpc_root *root, const struct vpc_snap_port *port,
				 u8 family, const struct vpc_addr *src)
{
	switch (port->snap.kind) {
	case VPC_KIND_ENI:
		return admit_eni(root, container_of(port, struct vpc_snap_eni, p), family, src);
	case VPC_KIND_UPLINK:
		return admit_uplink(root, family, src);
	}
	return source_invalid(family, src) ? VPC_DROP_SOURCE_INVALID : VPC_DROP_NONE;
}

static enum vpc_drop run(const struct vpc_root *root, const struct vpc_flow *flow,
			 const struct vpc_flow *original, struct vpc_path *path)
{
	struct pipe p = {
		.root = root,
		.flow = flow,
		.original = original,
		.path = path,
		.now = flow->key,
	};
	const struct vpc_snap_port *port = vpc_root_port(root, flow->key.port);

	memset(path, 0, sizeof(*path));
	path->gen = root->gen;
	path->icmp = flow->icmp;
	path->known = flow->tracked;
	path->mtu = MTU_VPC;
	path->sent = VPC_COUNT_MAX;
	path->received = VPC_COUNT_MAX;
	pipe_depend(&p, flow->key.port);
	if (!port)
		return VPC_DROP_PORT_DOWN;
	switch (port->snap.kind) {
	case VPC_KIND_ENI:
		return run_eni(&p, container_of(port, struct vpc_snap_eni, p));
	case VPC_KIND_UPLINK:
		return run_uplink(&p);
	}
	/* A service never initiates (GWE-13), but health checks do. */
	return stage_nlb_probe(&p, container_of(port, struct vpc_snap_service, p));
}

enum vpc_drop vpc_pipeline_run(const struct vpc_root *root, const struct vpc_flow *flow,
			       struct vpc_path *path)
{
	return run(root, flow, NULL, path);
}

/* The request would still be sent to this service: its reply may go back to the source. */
static enum vpc_drop reply_from_service(const struct vpc_root *root,
					const struct vpc_flow *original,
					const struct vpc_flow *reply, struct vpc_path *path)
{
	struct pipe p = { .root = root, .flow = reply, .path = path };
	enum vpc_drop reason;

	reason = vpc_pipeline_run(root, original, path);
	/* Whether it may be sent says nothing about the reply (ACL-2). */
	path->denied = VPC_DROP_NONE;
	path->n_borders = 0;
	path->icmp = reply->icmp;
	path->known = reply->tracked;
	if (reason)
		return reason;
	return path->stage == VPC_STAGE_RESOLVER ? stage_resolver_answer(&p, original) :
						   stage_endpoint_reply(&p, original, reply);
}

/*
 * EIP-4: whoever has the public address now may have the private one of who had it, in a VPC of
 * equal addresses, and knows nothing of its flows; whether an answer comes from outside or not (IGW-7).
 */
static bool leads_back(const struct vpc_root *root, const struct vpc_flow *original,
		       const struct vpc_snap *port, const struct vpc_path *path)
{
	const struct vpc_snap_eni *from = vpc_root_get(root, original->key.port, VPC_KIND_ENI);
	const struct vpc_snap_eni *to = vpc_root_get(root, path->exit, VPC_KIND_ENI);

	if (!to || (port->kind != VPC_KIND_UPLINK && !(path->rw.flags & VPC_REWRITE_DST)))
		return true;
	return from && from->vpc == to->vpc;
}

enum vpc_drop vpc_pipeline_reply(const struct vpc_root *root, const struct vpc_flow *original,
				 const struct vpc_flow *reply, struct vpc_path *path)
{
	const struct vpc_snap *port = vpc_slots_get(&root->slots, reply->key.port);
	struct vpc_flow_key inverse;
	enum vpc_drop reason;

	if (port && port->kind == VPC_KIND_SERVICE)
		return reply_from_service(root, original, reply, path);
	reason = run(root, reply, original, path);
	if (!reason && !leads_back(root, original, port, path))
		reason = VPC_DROP_REPLY_PATH;
	if (reason)
		return reason;
	vpc_path_reply_key(path, &reply->key, &inverse);
	return vpc_flow_key_same_tuple(&inverse, &original->key) ? VPC_DROP_NONE :
								    VPC_DROP_REPLY_PATH;
}

void vpc_path_reply_key(const struct vpc_path *path, const struct vpc_flow_key *key,
			struct vpc_flow_key *reply)
{
	struct vpc_flow_key sent = *key;

	if (path->rw.flags & VPC_REWRITE_SRC)
		sent.src = path->rw.src;
	if (path->rw.flags & VPC_REWRITE_DST)
		sent.dst = path->rw.dst;
	if (path->rw.flags & VPC_REWRITE_SPORT)
		sent.sport = path->rw.sport;
	if (path->rw.flags & VPC_REWRITE_DPORT)
		sent.dport = path->rw.dport;
	vpc_flow_key_invert(reply, &sent, path->exit);
}

bool vpc_path_valid(struct vpc_path *path, const struct vpc_root *root)
{
	u64 gen = READ_ONCE(path->gen);
	const struct vpc_snap *snap;
	unsigned int i;

	if (gen == root->gen)
		return true;
	for (i = 0; i < path->n_deps; i++) {
		snap = vpc_slots_get(&root->slots, path->deps[i]);
		if (!snap || snap->gen > gen)
			return false;
	}
	/* A packet under an older root must not make it look younger than it is. */
	if (gen < root->gen)
		WRITE_ONCE(path->gen, root->gen);
	return true;
}
