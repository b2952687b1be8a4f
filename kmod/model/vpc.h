/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_VPC_H
#define _VPC_VPC_H

#include "object.h"

struct vpc_acl;
struct vpc_group;
struct vpc_igw;
struct vpc_op;
struct vpc_rtb;

#define VPC_CIDRS_MAX	50	/* VPC-6 */

/**
 * struct vpc_vpc - a VPC
 * @obj: head
 * @n_cidrs: blocks, the primary first (VPC-5, VPC-6)
 * @cidrs: the blocks
 * @cidr_map: the same as a trie; values 1
 * @subnets: subnet CIDR -> slot
 * @addresses: interface address or delegated prefix -> slot
 * @addresses6: likewise IPv6
 * @publics: private address that has a public one -> slot of the EIP (IGW-3)
 * @macs: interface MAC -> slot
 * @main: main route table (RT-1)
 * @group: default security group (VPC-11)
 * @acl: default network ACL (ACL-1)
 * @igw: attached gateway or NULL (IGW-1)
 * @router_mac: made from the id
 * @dns_support: VPC-13
 * @dns_hostnames: VPC-13
 * @region: or ""
 * @owner: 12-digit account or ""
 * @acct: charged with its sessions
 */
struct vpc_vpc {
	struct vpc_obj obj;
	u32 n_cidrs;
	struct vpc_prefix cidrs[VPC_CIDRS_MAX];
	struct vpc_lpm cidr_map;
	struct vpc_lpm subnets;
	struct vpc_lpm addresses;
	struct vpc_lpm addresses6;
	struct vpc_lpm publics;
	struct vpc_lpm macs;
	struct vpc_rtb *main;
	struct vpc_group *group;
	struct vpc_acl *acl;
	struct vpc_igw *igw;
	u8 router_mac[ETH_ALEN];
	bool dns_support;
	bool dns_hostnames;
	char region[VPC_NAME_MAX + 1];
	char owner[13];
	struct vpc_acct *acct;
};

static inline struct vpc_vpc *obj_to_vpc(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_vpc, obj);
}

#endif /* _VPC_VPC_H */
