// SPDX-License-Identifier: GPL-2.0
/* Within the VPC: from interface to interface, addresses untouched. */

#include <linux/etherdevice.h>

#include "pipe.h"

/* The offsets from a subnet's base that AWS reserves (VPC-19): base, router, DNS, future. */
#define RESERVED_FIRST	4

const struct vpc_snap_eni *pipe_eni_by_addr(struct pipe *p, const struct vpc_addr *addr,
					    u32 *slot)
{
	*slot = vpc_snap_owner(p->vpc, p->now.family, addr);
	return *slot ? pipe_use(p, *slot, VPC_KIND_ENI) : NULL;
}

enum vpc_drop pipe_deliver(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni,
			   const u8 *smac)
{
	if (!eni)
		return VPC_DROP_NO_SUCH_ADDRESS;
	if (!eni->requester)		/* else it goes on from there with other addresses */
		p->side = VPC_SIDE_RECEIVER;
	stage_acl_ingress(p, eni->subnet);
	stage_sg_ingress(p, slot, eni);
	if (eni->source_dest_check &&					/* ENI-6 */
	    !vpc_eni_owns(p->root, eni, p->now.family, &p->now.dst))
		return VPC_DROP_DESTINATION_CHECK;
	if (eni->requester)
		return vpc_root_get(p->root, eni->requester, VPC_KIND_NLB) ?
		       stage_nlb(p, slot, eni) : stage_interface(p, slot, eni);
	p->path->exit = slot;
	ether_addr_copy(p->path->smac, smac);
	ether_addr_copy(p->path->dmac, eni->mac);
	return VPC_DROP_NONE;
}

/* VPC-19, L2-4 */
static enum vpc_drop check_reserved4(const struct vpc_prefix *cidr, const struct vpc_addr *dst)
{
	u32 offset = ntohl(dst->ip4) - ntohl(cidr->addr.ip4);

	if (offset == ~ntohl(vpc_mask4(cidr->len)))
		return VPC_DROP_BROADCAST;
	return offset < RESERVED_FIRST ? VPC_DROP_RESERVED_ADDRESS : VPC_DROP_NONE;
}

static u64 half(const struct vpc_addr *addr, unsigned int word)
{
	return (u64)ntohl(addr->ip6[word]) << 32 | ntohl(addr->ip6[word + 1]);
}

/* VPC-21: likewise, but the last is no broadcast address. No subnet is longer than /64. */
static enum vpc_drop check_reserved6(const struct vpc_prefix *cidr, const struct vpc_addr *dst)
{
	u64 high = half(dst, 0) ^ half(&cidr->addr, 0), low = half(dst, 2);

	if (!high && low < RESERVED_FIRST)
		return VPC_DROP_RESERVED_ADDRESS;
	return !~low && high == (cidr->len < 64 ? ~0ULL >> cidr->len : 0) ?
		       VPC_DROP_RESERVED_ADDRESS : VPC_DROP_NONE;
}

/* Addresses of the subnet around the destination that no interface can have. */
static enum vpc_drop check_reserved(struct pipe *p)
{
	bool ip4 = p->now.family == AF_INET;
	const struct vpc_snap_subnet *subnet;
	u64 slot;

	if (!vpc_lpm_lookup(vpc_snap_subnets(p->vpc, p->now.family), &p->now.dst, &slot, NULL))
		return VPC_DROP_NO_SUCH_ADDRESS;
	subnet = vpc_root_get(p->root, slot, VPC_KIND_SUBNET);
	if (!subnet)
		return VPC_DROP_NO_SUCH_ADDRESS;
	return ip4 ? check_reserved4(&subnet->cidr, &p->now.dst) :
		     check_reserved6(&subnet->cidr6, &p->now.dst);
}

enum vpc_drop stage_local(struct pipe *p)
{
	const struct vpc_snap_eni *eni;
	enum vpc_drop reason;
	u32 slot = 0;

	reason = check_reserved(p);
	if (reason)
		return reason;
	eni = pipe_eni_by_addr(p, &p->now.dst, &slot);
	if (!eni && vpc_root_get(p->root, slot, VPC_KIND_NAT_GATEWAY))
		return stage_nat_return(p, slot);
	return pipe_deliver(p, slot, eni, p->vpc->router_mac);
}

enum vpc_drop stage_l2(struct pipe *p)
{
	const struct vpc_snap_eni *eni;
	u64 slot;

	if (!vpc_lpm_lookup(&p->vpc->macs, p->flow->dmac, &slot, NULL))
		return VPC_DROP_UNKNOWN_MAC;
	eni = pipe_use(p, slot, VPC_KIND_ENI);
	if (!eni || eni->subnet != p->eni->subnet)
		return VPC_DROP_UNKNOWN_MAC;
	return pipe_deliver(p, slot, eni, p->eni->mac);
}
