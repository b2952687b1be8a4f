/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_VPC_H
#define _VPC_VPC_H

#include "object.h"

struct vpc_acl;
struct vpc_eigw;
struct vpc_group;
struct vpc_igw;
struct vpc_op;
struct vpc_rtb;
struct vpc_service;

#define VPC_CIDRS_MAX	50	/* of each family, VPC-6 */

/**
 * struct vpc_vpc - a VPC
 * @obj: head
 * @n_cidrs: IPv4 blocks, the primary first (VPC-5, VPC-6)
 * @cidrs: the blocks
 * @n_cidrs6: IPv6 blocks
 * @cidrs6: those
 * @cidr_map: the IPv4 blocks as a trie; values 1
 * @cidr_map6: likewise IPv6
 * @n_subnets: VPC-14
 * @subnets: IPv4 subnet CIDR -> slot
 * @subnets6: likewise IPv6
 * @addresses: interface address or delegated prefix -> slot
 * @addresses6: likewise IPv6
 * @publics: private address that has a public one -> slot of the EIP (IGW-3)
 * @macs: interface MAC -> slot
 * @main: main route table (RT-1)
 * @group: default security group (VPC-11)
 * @acl: default network ACL (ACL-1)
 * @igw: attached gateway or NULL (IGW-1)
 * @eigw: egress-only internet gateway or NULL (EIG-1)
 * @router_mac: made from the id
 * @dns_support: VPC-13
 * @dns_hostnames: VPC-13
 * @resolver: to which its instances have a way while @dns_support is on (VPC-24), or NULL
 * @resolver_source: its address there, 0 without one
 * @exclusion: enum vpc_exclusion_mode (IGW-12)
 * @region: or ""
 * @owner: 12-digit account or ""
 * @acct: charged with its sessions
 */
struct vpc_vpc {
	struct vpc_obj obj;
	u32 n_cidrs;
	struct vpc_prefix cidrs[VPC_CIDRS_MAX];
	u32 n_cidrs6;
	struct vpc_prefix cidrs6[VPC_CIDRS_MAX];
	struct vpc_lpm cidr_map;
	struct vpc_lpm cidr_map6;
	u32 n_subnets;
	struct vpc_lpm subnets;
	struct vpc_lpm subnets6;
	struct vpc_lpm addresses;
	struct vpc_lpm addresses6;
	struct vpc_lpm publics;
	struct vpc_lpm macs;
	struct vpc_rtb *main;
	struct vpc_group *group;
	struct vpc_acl *acl;
	struct vpc_igw *igw;
	struct vpc_eigw *eigw;
	u8 router_mac[ETH_ALEN];
	bool dns_support;
	bool dns_hostnames;
	struct vpc_service *resolver;
	__be32 resolver_source;
	u8 exclusion;
	char region[VPC_NAME_MAX + 1];
	char owner[13];
	struct vpc_acct *acct;
};

static inline struct vpc_vpc *obj_to_vpc(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_vpc, obj);
}

/* Its blocks of both families by number, NULL behind the last. */
static inline const struct vpc_prefix *vpc_block(const struct vpc_vpc *vpc, u32 i)
{
	if (i < vpc->n_cidrs)
		return &vpc->cidrs[i];
	i -= vpc->n_cidrs;
	return i < vpc->n_cidrs6 ? &vpc->cidrs6[i] : NULL;
}

/* Its block that is @p, or that has all of @p; NULL for none. */
const struct vpc_prefix *vpc_block_equal(const struct vpc_vpc *vpc, const struct vpc_prefix *p);
const struct vpc_prefix *vpc_block_around(const struct vpc_vpc *vpc, const struct vpc_prefix *p);

#endif /* _VPC_VPC_H */
