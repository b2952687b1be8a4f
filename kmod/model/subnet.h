/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SUBNET_H
#define _VPC_SUBNET_H

#include "object.h"

struct vpc_acl;
struct vpc_assoc;

#define VPC_ACL_ASSOC_PREFIX	"aclassoc"
#define VPC_RESERVATION_PREFIX	"scr"

/**
 * struct vpc_reservation - a range that automatic assignment leaves alone (VPC-28)
 * @list: in vpc_subnet.reservations
 * @id: VPC_RESERVATION_PREFIX as text
 * @cidr: of either family
 * @type: enum vpc_reservation_type
 */
struct vpc_reservation {
	struct list_head list;
	u64 id;
	struct vpc_prefix cidr;
	u8 type;
};

/**
 * struct vpc_subnet - a subnet
 * @obj: head; obj.vpc is its VPC
 * @cidr: IPv4 block, immutable (VPC-17); family 0 for none (VPC-22)
 * @cidr6: IPv6 block, family 0 for none
 * @zone: availability zone or ""
 * @assoc: explicit association or NULL (RT-2)
 * @acl: network ACL at its border (ACL-1)
 * @acl_assoc: identity of its association with that, VPC_ACL_ASSOC_PREFIX as text
 * @map_public: new interfaces get an automatic public address (VPC-23)
 * @exclusion: enum vpc_exclusion_mode (IGW-12)
 * @n_reservations: of the next
 * @reservations: struct vpc_reservation.list, oldest first
 * @n_enis: interfaces in it
 * @n_nats: NAT gateways in it
 * @n_addrs: IPv4 addresses that they have, those in delegated prefixes included
 */
struct vpc_subnet {
	struct vpc_obj obj;
	struct vpc_prefix cidr;
	struct vpc_prefix cidr6;
	char zone[VPC_NAME_MAX + 1];
	struct vpc_assoc *assoc;
	struct vpc_acl *acl;
	u64 acl_assoc;
	bool map_public;
	u8 exclusion;
	u32 n_reservations;
	struct list_head reservations;
	u32 n_enis;
	u32 n_nats;
	u32 n_addrs;
};

static inline struct vpc_subnet *obj_to_subnet(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_subnet, obj);
}

/* Its block of @family, of family 0 for none. */
static inline const struct vpc_prefix *vpc_subnet_block(const struct vpc_subnet *subnet, u8 family)
{
	return family == AF_INET ? &subnet->cidr : &subnet->cidr6;
}

/* The table in force (RT-1). */
struct vpc_rtb *vpc_subnet_rtb(const struct vpc_subnet *subnet);

/* Addresses that may still be given out (VPC-19). */
u32 vpc_subnet_available(const struct vpc_subnet *subnet);

/* The reservation that has @addr, or NULL. */
const struct vpc_reservation *vpc_subnet_reservation(const struct vpc_subnet *subnet, u8 family,
						     const struct vpc_addr *addr);
/* They are all gone: the subnet goes. */
void vpc_subnet_free_reservations(struct vpc_txn *txn, struct vpc_subnet *subnet);

/* Some address of @p is one that AWS keeps for itself: the first four and the last of the block. */
bool vpc_subnet_reserved(const struct vpc_subnet *subnet, const struct vpc_prefix *p);

#endif /* _VPC_SUBNET_H */
