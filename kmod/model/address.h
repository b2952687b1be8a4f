/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ADDRESS_H
#define _VPC_ADDRESS_H

#include "object.h"

struct vpc_eni;
struct vpc_eni_cfg;
struct vpc_subnet;

/**
 * struct vpc_eni_address - what an interface has beside its primary address (ENI-1)
 * @list: in vpc_eni.addresses
 * @p: a secondary or IPv6 address, or a delegated prefix
 */
struct vpc_eni_address {
	struct list_head list;
	struct vpc_prefix p;
};

/* A free address of @subnet (VPC-29). */
int vpc_address_pick(const struct vpc_subnet *subnet, u8 family, struct vpc_addr *addr,
		     struct netlink_ext_ack *extack);
/* Any address of the IPv4 block @block that @usable takes; false for none (VPC-29). O(block) */
bool vpc_address_any4(const struct vpc_prefix *block,
		      bool (*usable)(const void *of, const struct vpc_prefix *p), const void *of,
		      struct vpc_addr *addr);
/* Is @addr one of @subnet that may be given out, and free? */
int vpc_address_check(const struct vpc_subnet *subnet, u8 family, const struct vpc_addr *addr,
		      struct netlink_ext_ack *extack);

/* @p of @subnet belongs to the interface at @slot; to nobody again. */
void vpc_address_own(struct vpc_txn *txn, struct vpc_subnet *subnet, const struct vpc_prefix *p,
		     u32 slot);
void vpc_address_disown(struct vpc_txn *txn, struct vpc_subnet *subnet,
			const struct vpc_prefix *p);

/* What @cfg lists, and as many more as it says. */
int vpc_eni_address_assign(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_eni_cfg *cfg,
			   struct netlink_ext_ack *extack);
void vpc_eni_address_remove(struct vpc_txn *txn, struct vpc_eni *eni,
			    struct vpc_eni_address *entry);
/* @ip4 is its primary or a secondary address. */
bool vpc_eni_has_address(const struct vpc_eni *eni, __be32 ip4);

#endif /* _VPC_ADDRESS_H */
