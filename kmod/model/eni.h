/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ENI_H
#define _VPC_ENI_H

#include "security_group.h"

struct vpc_port;
struct vpc_subnet;

/**
 * struct vpc_eni - an elastic network interface
 * @obj: head
 * @subnet: where it lives
 * @port: its device, NULL for one with a requester
 * @requester: the endpoint or load balancer that manages it (ENI-4), or NULL
 * @leads_to: of an endpoint to an endpoint service: the node it stands for (IFE-27), or NULL
 * @acct: its counters and sessions
 * @eips: struct vpc_eip.list of those that stand for an address of its (IGW-3)
 * @addresses: struct vpc_eni_address.list of what it has beside @addr, oldest first
 * @addr: primary private address (ENI-1), 0 in an IPv6-only subnet (VPC-22)
 * @mac: stable for life (ENI-1)
 * @source_dest_check: ENI-5, ENI-6
 * @associate_public: an automatic address stands for @addr while nothing else does (VPC-23)
 * @timeouts: SG-14
 * @description: or ""
 * @groups: its security groups
 */
struct vpc_eni {
	struct vpc_obj obj;
	struct vpc_subnet *subnet;
	struct vpc_port *port;
	struct vpc_obj *requester;
	struct vpc_eni *leads_to;
	struct vpc_acct *acct;
	struct list_head eips;
	struct list_head addresses;
	__be32 addr;
	u8 mac[ETH_ALEN];
	bool source_dest_check;
	bool associate_public;
	struct vpc_timeouts timeouts;
	char description[VPC_NAME_MAX + 1];
	struct vpc_group_set groups;
};

static inline struct vpc_eni *obj_to_eni(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_eni, obj);
}

/*
 * An interface without a device, with @groups, that @requester manages, or ERR_PTR; @addr of @subnet
 * must be free. And any interface, which has no device, goes.
 */
struct vpc_eni *vpc_eni_make(struct vpc_txn *txn, struct vpc_obj *requester,
			     const struct vpc_group_set *groups, struct vpc_subnet *subnet,
			     const struct vpc_addr *addr, struct netlink_ext_ack *extack);
void vpc_eni_unmake(struct vpc_txn *txn, struct vpc_eni *eni);

/* The interface that @ref names, but not one with a requester (ENI-4): ERR_PTR. */
struct vpc_eni *vpc_eni_find_own(struct vpc_txn *txn, const char *ref,
				 struct netlink_ext_ack *extack);

#endif /* _VPC_ENI_H */
