// SPDX-License-Identifier: GPL-2.0
/* VPC Block Public Access: who may use the gateways to the internet at all (IGW-12). */

#include <uapi/linux/vpc.h>

#include "pipe.h"

/* Of the subnet that has @addr, or of its VPC. The verdict depends on the VPC anyway. */
static u8 exclusion_of(const struct pipe *p, const struct vpc_addr *addr)
{
	const struct vpc_snap_subnet *subnet = NULL;
	u64 slot;

	if (vpc_lpm_lookup(vpc_snap_subnets(p->vpc, p->now.family), addr, &slot, NULL))
		subnet = vpc_root_get(p->root, slot, VPC_KIND_SUBNET);
	return subnet && subnet->exclusion ? subnet->exclusion : p->vpc->exclusion;
}

enum vpc_drop pipe_public_access(const struct pipe *p, const struct vpc_addr *own, bool egress_only)
{
	u8 mode = p->root->block_mode, exclusion;

	if (mode == VPC_BLOCK_MODE_OFF)
		return VPC_DROP_NONE;
	exclusion = exclusion_of(p, own);
	if (exclusion == VPC_EXCLUSION_MODE_ALLOW_BIDIRECTIONAL)
		return VPC_DROP_NONE;
	if (egress_only && (mode == VPC_BLOCK_MODE_BLOCK_INGRESS ||
			    exclusion == VPC_EXCLUSION_MODE_ALLOW_EGRESS))
		return VPC_DROP_NONE;
	return VPC_DROP_PUBLIC_ACCESS;
}
