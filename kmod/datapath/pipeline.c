// SPDX-License-Identifier: GPL-2.0
#include "pipeline.h"

#include <linux/etherdevice.h>
#include <linux/inetdevice.h>
#include <linux/icmp.h>

#include "../model/snapshot.h"
#include "../stats.h"

/* Largest IP packets: MTU-1, MTU-2, MTU-7. */
#define MTU_VPC		9001
#define MTU_IGW		1500
#define MTU_ENDPOINT	8500

/* The offsets from a subnet's base that AWS reserves (VPC-19): base, router, DNS, future. */
#define RESERVED_FIRST	4

/**
 * struct pipe - one walk through the stages
 * @root: the configuration
 * @flow: what is judged
 * @path: verdict under construction
 * @eni: interface that the flow enters by
 * @vpc: its VPC
 * @subnet: its subnet
 */
struct pipe {
	const struct vpc_root *root;
	const struct vpc_flow *flow;
	struct vpc_path *path;
	const struct vpc_snap_eni *eni;
	const struct vpc_snap_vpc *vpc;
	const struct vpc_snap_subnet *subnet;
};

static void depend(struct vpc_path *path, u32 slot)
{
	if (!WARN_ON_ONCE(path->n_deps == VPC_PATH_DEPS))
		path->deps[path->n_deps++] = slot;
}

/* The object at @slot; the verdict depends on it from now on. */
static const void *use(struct pipe *p, u32 slot, u8 kind)
{
	depend(p->path, slot);
	return vpc_root_get(p->root, slot, kind);
}

/* RFC 1918 and RFC 6598: never on the internet (IGW-13a). */
static bool addr_private(__be32 addr)
{
	return ipv4_is_private_10(addr) || ipv4_is_private_172(addr) ||
	       ipv4_is_private_192(addr) ||
	       (addr & htonl(0xffc00000)) == htonl(0x64400000);
}

static bool source_invalid(__be32 addr)
{
	return ipv4_is_zeronet(addr) || ipv4_is_loopback(addr) || ipv4_is_multicast(addr) ||
	       ipv4_is_lbcast(addr);
}

static const struct vpc_snap_eni *eni_by_addr(struct pipe *p, const struct vpc_snap_vpc *vpc,
					      __be32 addr, u32 *slot)
{
	u64 value;

	if (!vpc_lpm_lookup(&vpc->addresses, &addr, &value, NULL))
		return NULL;
	*slot = value;
	return use(p, *slot, VPC_KIND_ENI);
}

/* Hand the flow to the interface at @slot, as a frame from @smac. */
static enum vpc_drop deliver(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni,
			     __be32 dst, const u8 *smac)
{
	if (!eni)
		return VPC_DROP_NO_SUCH_ADDRESS;
	if (eni->source_dest_check && eni->addr != dst)		/* ENI-6 */
		return VPC_DROP_DESTINATION_CHECK;
	p->path->exit = slot;
	ether_addr_copy(p->path->smac, smac);
	ether_addr_copy(p->path->dmac, eni->mac);
	return VPC_DROP_NONE;
}

/* VPC-19, L2-4: addresses of the subnet around @dst that no interface can have. */
static enum vpc_drop check_reserved(struct pipe *p, __be32 dst)
{
	const struct vpc_snap_subnet *subnet;
	u32 offset, last;
	u64 slot;

	if (!vpc_lpm_lookup(&p->vpc->subnets, &dst, &slot, NULL))
		return VPC_DROP_NO_SUCH_ADDRESS;
	subnet = vpc_root_get(p->root, slot, VPC_KIND_SUBNET);
	if (!subnet)
		return VPC_DROP_NO_SUCH_ADDRESS;
	offset = ntohl(dst) - ntohl(subnet->cidr.addr.ip4);
	last = ~ntohl(vpc_mask4(subnet->cidr.len));
	if (offset == last)
		return VPC_DROP_BROADCAST;
	return offset < RESERVED_FIRST ? VPC_DROP_RESERVED_ADDRESS : VPC_DROP_NONE;
}

static enum vpc_drop stage_local(struct pipe *p, __be32 dst)
{
	const struct vpc_snap_eni *eni;
	enum vpc_drop reason;
	u32 slot = 0;

	reason = check_reserved(p, dst);
	if (reason)
		return reason;
	eni = eni_by_addr(p, p->vpc, dst, &slot);
	return deliver(p, slot, eni, dst, p->vpc->router_mac);
}

/* A frame to another interface's MAC is carried there whatever the tables say (L2-8). */
static enum vpc_drop stage_l2(struct pipe *p, __be32 dst)
{
	const struct vpc_snap_eni *eni;
	u64 slot;

	if (!vpc_lpm_lookup(&p->vpc->macs, p->flow->dmac, &slot, NULL))
		return VPC_DROP_UNKNOWN_MAC;
	eni = use(p, slot, VPC_KIND_ENI);
	if (!eni || eni->subnet != p->eni->subnet)
		return VPC_DROP_UNKNOWN_MAC;
	return deliver(p, slot, eni, dst, p->eni->mac);
}

/*
 * Come in by the gateway for the owner of public address @eip: translate the destination back
 * and deliver by local routing (IGW-2, IGW-9).
 */
static enum vpc_drop igw_ingress(struct pipe *p, const struct vpc_snap_eip *eip)
{
	const struct vpc_snap_eni *eni;
	const struct vpc_snap_igw *igw;
	const struct vpc_snap_vpc *vpc;

	if (!eip || !eip->eni || !eip->igw)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	igw = use(p, eip->igw, VPC_KIND_IGW);
	eni = use(p, eip->eni, VPC_KIND_ENI);
	if (!igw || !igw->vpc || !eni || eni->vpc != igw->vpc)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	vpc = use(p, eni->vpc, VPC_KIND_VPC);
	if (!vpc)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	p->path->rw.flags |= VPC_REWRITE_DST;
	p->path->rw.dst = vpc_addr4(eni->addr);
	p->path->received = VPC_COUNT_IGW_IN;
	return deliver(p, eip->eni, eni, eni->addr, vpc->router_mac);
}

/* The source's public address, whoever forwards for it; IGW-3, IGW-4, IGW-13b. */
static enum vpc_drop igw_translate_source(struct pipe *p)
{
	const struct vpc_snap_eni *owner;
	u32 slot;

	owner = eni_by_addr(p, p->vpc, p->flow->key.src.ip4, &slot);
	if (!owner || !owner->public_addr)
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	depend(p->path, owner->eip);
	p->path->rw.flags |= VPC_REWRITE_SRC;
	p->path->rw.src = vpc_addr4(owner->public_addr);
	return VPC_DROP_NONE;
}

static enum vpc_drop unsolicited_reason(const struct vpc_flow *flow)
{
	return flow->key.proto == IPPROTO_TCP ? VPC_DROP_NOT_SYN : VPC_DROP_NO_SESSION;
}

static enum vpc_drop stage_igw(struct pipe *p, u32 slot)
{
	const struct vpc_snap_igw *igw = use(p, slot, VPC_KIND_IGW);
	__be32 dst = p->flow->key.dst.ip4;
	enum vpc_drop reason;
	u64 eip;

	if (!igw || igw->vpc != p->eni->vpc)	/* detached: RT-22, RT-23 */
		return VPC_DROP_BLACKHOLE;
	if (addr_private(dst))
		return VPC_DROP_IGW_PRIVATE;
	reason = igw_translate_source(p);
	if (reason)
		return reason;
	if (p->flow->unsolicited && !p->flow->reply)
		return unsolicited_reason(p->flow);

	p->path->stage = VPC_STAGE_IGW;
	p->path->mtu = MTU_IGW;
	p->path->sent = VPC_COUNT_IGW_OUT;
	/* Its generation moves when an EIP comes or goes: @dst may become one of ours. */
	depend(p->path, igw->uplink);
	if (vpc_lpm_lookup(&p->root->public4, &dst, &eip, NULL))	/* IGW-7 */
		return igw_ingress(p, use(p, eip, VPC_KIND_EIP));
	p->path->exit = igw->uplink;
	return VPC_DROP_NONE;
}

/* TCP and ICMP echo only (GWE-13); the source stays private (GWE-10). */
static enum vpc_drop stage_endpoint(struct pipe *p, u32 slot)
{
	const struct vpc_snap_endpoint *ep = use(p, slot, VPC_KIND_ENDPOINT);
	const struct vpc_flow_key *key = &p->flow->key;
	u32 owner;

	if (!ep || ep->vpc != p->eni->vpc || !use(p, ep->service, VPC_KIND_SERVICE))
		return VPC_DROP_BLACKHOLE;
	if (!eni_by_addr(p, p->vpc, key->src.ip4, &owner))
		return VPC_DROP_ENDPOINT_TRANSIT;	/* GWE-12 */
	if (key->proto != IPPROTO_TCP && key->proto != IPPROTO_ICMP)
		return VPC_DROP_ENDPOINT_PROTOCOL;
	if (p->flow->reply)			/* it never initiates (GWE-13) */
		return VPC_DROP_REPLY_PATH;
	if (p->flow->unsolicited)
		return unsolicited_reason(p->flow);
	if (key->proto == IPPROTO_ICMP && key->dport != htons(ICMP_ECHO))
		return VPC_DROP_ENDPOINT_PROTOCOL;

	p->path->stage = VPC_STAGE_ENDPOINT;
	p->path->mtu = MTU_ENDPOINT;
	p->path->sent = VPC_COUNT_ENDPOINT_OUT;
	p->path->endpoint = slot;
	p->path->exit = ep->service;
	return VPC_DROP_NONE;
}

/*
 * RT-17, RT-18: longest match over the table's own routes and the entries of its prefix lists;
 * at equal length a CIDR route before a list, a lower list id before a higher.
 * The table's generation moves with its lists', so no list needs a slot in the path.
 */
static bool route_lookup(const struct vpc_root *root, const struct vpc_snap_rtb *rtb, __be32 dst,
			 struct vpc_route_val *route)
{
	const struct vpc_snap_list *list;
	u64 value, entry;
	u8 len, best;
	bool found;
	u32 i;

	found = vpc_lpm_lookup(&rtb->routes, &dst, &value, &best);
	for (i = 0; i < rtb->n_lists; i++) {
		list = vpc_root_get(root, rtb->lists[i].list, VPC_KIND_PREFIX_LIST);
		if (!list || !vpc_lpm_lookup(&list->entries, &dst, &entry, &len))
			continue;
		if (found && len <= best)
			continue;
		found = true;
		best = len;
		value = rtb->lists[i].value;
	}
	if (found)
		*route = vpc_route_unpack(value);
	return found;
}

static enum vpc_drop stage_route(struct pipe *p, __be32 dst)
{
	const struct vpc_snap_rtb *rtb = use(p, p->subnet->rtb, VPC_KIND_ROUTE_TABLE);
	struct vpc_route_val route;

	if (!rtb || !route_lookup(p->root, rtb, dst, &route))
		return VPC_DROP_NO_ROUTE;		/* RT-21 */
	if (route.blackhole)
		return VPC_DROP_BLACKHOLE;		/* RT-22 */

	switch (route.target) {
	case VPC_TARGET_LOCAL:
		return stage_local(p, dst);
	case VPC_TARGET_IGW:
		return stage_igw(p, route.slot);
	case VPC_TARGET_ENI:				/* RT-30 */
		return deliver(p, route.slot, use(p, route.slot, VPC_KIND_ENI), dst,
			       p->vpc->router_mac);
	case VPC_TARGET_ENDPOINT:
		return stage_endpoint(p, route.slot);
	}
	return VPC_DROP_NO_ROUTE;
}

static enum vpc_drop admit_eni(const struct vpc_snap_eni *eni, __be32 src)
{
	if (eni->source_dest_check)
		return src == eni->addr ? VPC_DROP_NONE : VPC_DROP_SOURCE_ADDRESS; /* ENI-5 */
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
	__be32 dst = p->flow->key.dst.ip4;
	enum vpc_drop reason;

	p->eni = eni;
	p->vpc = use(p, eni->vpc, VPC_KIND_VPC);
	p->subnet = use(p, eni->subnet, VPC_KIND_SUBNET);
	if (!p->vpc || !p->subnet)
		return VPC_DROP_PORT_DOWN;
	p->path->vpc = eni->vpc;
	p->path->eni = p->flow->key.port;
	p->path->check_dmac = true;
	ether_addr_copy(p->path->in_dmac, p->flow->dmac);

	reason = admit_eni(eni, p->flow->key.src.ip4);
	if (!reason)
		reason = check_destination(p->flow);
	if (reason)
		return reason;
	if (!ether_addr_equal(p->flow->dmac, p->vpc->router_mac))
		return stage_l2(p, dst);
	if (vpc_prefix4_has(&p->subnet->cidr, dst))		/* RT-20, RT-13 */
		return stage_local(p, dst);
	return stage_route(p, dst);
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
	eip = use(p, slot, VPC_KIND_EIP);
	if (!eip || eip->uplink != key->port)
		return VPC_DROP_EIP_NOT_ASSOCIATED;
	reason = admit_uplink(p->root, key->src.ip4);
	if (reason)
		return reason;
	if (p->flow->unsolicited && !p->flow->reply)
		return unsolicited_reason(p->flow);
	p->path->stage = VPC_STAGE_IGW;
	p->path->mtu = MTU_IGW;
	reason = igw_ingress(p, eip);
	if (reason)
		return reason;
	p->path->eni = eip->eni;
	p->path->vpc = ((const struct vpc_snap_eni *)
			vpc_root_get(p->root, eip->eni, VPC_KIND_ENI))->vpc;
	return VPC_DROP_NONE;
}

enum vpc_drop vpc_pipeline_admit(const struct vpc_root *root, const struct vpc_snap_port *port,
				 __be32 src)
{
	switch (port->snap.kind) {
	case VPC_KIND_ENI:
		return admit_eni(container_of(port, struct vpc_snap_eni, p), src);
	case VPC_KIND_UPLINK:
		return admit_uplink(root, src);
	}
	return source_invalid(src) ? VPC_DROP_SOURCE_INVALID : VPC_DROP_NONE;
}

enum vpc_drop vpc_pipeline_run(const struct vpc_root *root, const struct vpc_flow *flow,
			       struct vpc_path *path)
{
	struct pipe p = { .root = root, .flow = flow, .path = path };
	const struct vpc_snap_port *port = vpc_root_port(root, flow->key.port);

	memset(path, 0, sizeof(*path));
	path->gen = root->gen;
	path->mtu = MTU_VPC;
	path->sent = VPC_COUNT_MAX;
	path->received = VPC_COUNT_MAX;
	depend(path, flow->key.port);
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
	struct pipe p = { .root = root, .path = path };
	const struct vpc_snap_eni *owner;
	enum vpc_drop reason;
	u32 slot;

	reason = vpc_pipeline_run(root, original, path);
	if (reason)
		return reason;
	if (path->stage != VPC_STAGE_ENDPOINT || path->exit != reply->key.port)
		return VPC_DROP_PATH_CHANGED;
	p.vpc = vpc_root_get(root, path->vpc, VPC_KIND_VPC);
	owner = eni_by_addr(&p, p.vpc, original->key.src.ip4, &slot);
	path->check_dmac = false;
	path->sent = VPC_COUNT_MAX;
	path->received = VPC_COUNT_ENDPOINT_IN;
	if (reply->key.dport != original->key.sport) {
		path->rw.flags = VPC_REWRITE_DPORT;
		path->rw.dport = original->key.sport;
	}
	return deliver(&p, slot, owner, original->key.src.ip4, p.vpc->router_mac);
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
