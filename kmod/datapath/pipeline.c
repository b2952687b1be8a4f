// SPDX-License-Identifier: GPL-2.0
/* The order of the stages, for each way into the router; what each does is in stage_*.c. */

#include "pipeline.h"

#include <linux/etherdevice.h>

#include "../port.h"
#include "pipe.h"

static bool source_invalid(__be32 addr)
{
	return ipv4_is_zeronet(addr) || ipv4_is_loopback(addr) || ipv4_is_multicast(addr) ||
	       ipv4_is_lbcast(addr);
}

bool vpc_eni_owns(const struct vpc_root *root, const struct vpc_snap_eni *eni, u8 family,
		  const struct vpc_addr *addr)
{
	const struct vpc_snap_vpc *vpc = vpc_root_get(root, eni->vpc, VPC_KIND_VPC);

	return vpc && vpc_snap_owner(vpc, family, addr) == eni->p.port->slot;
}

static enum vpc_drop admit_eni(const struct vpc_root *root, const struct vpc_snap_eni *eni,
			       __be32 src)
{
	struct vpc_addr addr = vpc_addr4(src);

	if (eni->source_dest_check)				/* ENI-5 */
		return vpc_eni_owns(root, eni, AF_INET, &addr) ? VPC_DROP_NONE :
								 VPC_DROP_SOURCE_ADDRESS;
	return source_invalid(src) ? VPC_DROP_SOURCE_INVALID : VPC_DROP_NONE;
}

static enum vpc_drop check_destination(const struct vpc_flow *flow)
{
	__be32 dst = flow->key.dst.ip4;

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
	p->path->vpc = eni->vpc;
	p->path->eni = p->flow->key.port;
	p->path->check_dmac = true;
	ether_addr_copy(p->path->in_dmac, p->flow->dmac);

	reason = admit_eni(p->root, eni, p->flow->key.src.ip4);
	if (!reason)
		reason = check_destination(p->flow);
	if (reason)
		return reason;
	stage_sg_egress(p);
	if (!ether_addr_equal(p->flow->dmac, p->vpc->router_mac))
		return stage_l2(p);
	if (vpc_prefix4_has(&p->subnet->cidr, p->now.dst.ip4))	/* RT-20, RT-13 */
		return stage_local(p);
	stage_acl_egress(p);					/* ACL-6 */
	return stage_route(p);
}

static enum vpc_drop admit_uplink(const struct vpc_root *root, __be32 src)
{
	u64 slot;

	if (source_invalid(src))
		return VPC_DROP_SOURCE_INVALID;
	if (addr_private(src))
		return VPC_DROP_IGW_PRIVATE;
	/* Ours never come from outside. */
	return vpc_lpm_lookup(&root->public4, &src, &slot, NULL) ? VPC_DROP_SOURCE_ADDRESS :
								   VPC_DROP_NONE;
}

static enum vpc_drop run_uplink(struct pipe *p)
{
	const struct vpc_flow_key *key = &p->flow->key;
	const struct vpc_snap_eip *eip;
	enum vpc_drop reason;
	u64 slot;

	if (!vpc_lpm_lookup(&p->root->public4, &key->dst.ip4, &slot, NULL))
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	eip = pipe_use(p, slot, VPC_KIND_EIP);
	if (!eip || eip->uplink != key->port)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	reason = admit_uplink(p->root, key->src.ip4);
	if (!reason)
		reason = pipe_unsolicited(p);
	if (reason)
		return reason;
	p->path->stage = VPC_STAGE_IGW;
	p->path->mtu = MTU_IGW;
	reason = stage_igw_ingress(p, eip);
	p->path->eni = eip->eni;
	p->path->vpc = p->vpc_slot;
	return reason;
}

enum vpc_drop vpc_pipeline_admit(const struct vpc_root *root, const struct vpc_snap_port *port,
				 __be32 src)
{
	switch (port->snap.kind) {
	case VPC_KIND_ENI:
		return admit_eni(root, container_of(port, struct vpc_snap_eni, p), src);
	case VPC_KIND_UPLINK:
		return admit_uplink(root, src);
	}
	return source_invalid(src) ? VPC_DROP_SOURCE_INVALID : VPC_DROP_NONE;
}

enum vpc_drop vpc_pipeline_run(const struct vpc_root *root, const struct vpc_flow *flow,
			       struct vpc_path *path)
{
	struct pipe p = { .root = root, .flow = flow, .path = path, .now = flow->key };
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
	return VPC_DROP_NO_SESSION;	/* a service never initiates (GWE-13) */
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
	path->acl[VPC_DIRECTION_EGRESS] = 0;
	path->icmp = reply->icmp;
	path->known = reply->tracked;
	return reason ? reason : stage_endpoint_reply(&p, original, reply);
}

enum vpc_drop vpc_pipeline_reply(const struct vpc_root *root, const struct vpc_flow *original,
				 const struct vpc_flow *reply, struct vpc_path *path)
{
	const struct vpc_snap *port = vpc_slots_get(&root->slots, reply->key.port);
	struct vpc_flow_key inverse;
	enum vpc_drop reason;

	if (port && port->kind == VPC_KIND_SERVICE)
		return reply_from_service(root, original, reply, path);
	reason = vpc_pipeline_run(root, reply, path);
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
