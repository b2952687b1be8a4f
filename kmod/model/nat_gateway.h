/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NAT_GATEWAY_H
#define _VPC_NAT_GATEWAY_H

#include "object.h"

struct vpc_acct;
struct vpc_due;
struct vpc_eip;
struct vpc_subnet;

/**
 * struct vpc_nat_addr - an address of a NAT gateway
 * @addr: private, of the gateway's subnet, owned by nobody else
 * @eip: what stands for it, NULL for one of a private gateway
 * @draining: takes no new flows (NAT-17)
 * @until: jiffies when it goes then
 */
struct vpc_nat_addr {
	__be32 addr;
	struct vpc_eip *eip;
	bool draining;
	unsigned long until;
};

/**
 * struct vpc_nat - a NAT gateway
 * @obj: head; obj.vpc is its VPC, but names are unique over all
 * @subnet: where it lives (NAT-1)
 * @acct: its counters and flows (MET-3)
 * @type: enum vpc_connectivity_type
 * @n_addrs: addresses it has, at least 1
 * @addrs: those, the primary one first
 */
struct vpc_nat {
	struct vpc_obj obj;
	struct vpc_subnet *subnet;
	struct vpc_acct *acct;
	u8 type;
	u8 n_addrs;
	struct vpc_nat_addr addrs[VPC_NAT_ADDRS_MAX];
};

static inline struct vpc_nat *obj_to_nat(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_nat, obj);
}

/* Take away the addresses whose time to drain is over. */
void vpc_nat_drain(struct vpc_txn *txn);

/* When the next one is. vnet->lock. */
void vpc_nat_drain_next(struct vpc_net *vnet, struct vpc_due *due);

#endif /* _VPC_NAT_GATEWAY_H */
