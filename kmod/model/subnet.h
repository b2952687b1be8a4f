/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SUBNET_H
#define _VPC_SUBNET_H

#include "object.h"

struct vpc_acl;
struct vpc_assoc;

#define VPC_ACL_ASSOC_PREFIX	"aclassoc"

/**
 * struct vpc_subnet - a subnet
 * @obj: head; obj.vpc is its VPC
 * @cidr: immutable (VPC-17)
 * @zone: availability zone or ""
 * @assoc: explicit association or NULL (RT-2)
 * @acl: network ACL at its border (ACL-1)
 * @acl_assoc: identity of its association with that, VPC_ACL_ASSOC_PREFIX as text
 * @n_enis: interfaces in it
 */
struct vpc_subnet {
	struct vpc_obj obj;
	struct vpc_prefix cidr;
	char zone[VPC_NAME_MAX + 1];
	struct vpc_assoc *assoc;
	struct vpc_acl *acl;
	u64 acl_assoc;
	u32 n_enis;
};

static inline struct vpc_subnet *obj_to_subnet(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_subnet, obj);
}

/* The table in force (RT-1). */
struct vpc_rtb *vpc_subnet_rtb(const struct vpc_subnet *subnet);

/* Addresses that may still be given out (VPC-19). */
u32 vpc_subnet_available(const struct vpc_subnet *subnet);

/* Base, router, DNS, future and broadcast address (VPC-19). */
bool vpc_subnet_reserved(const struct vpc_subnet *subnet, __be32 addr);

#endif /* _VPC_SUBNET_H */
