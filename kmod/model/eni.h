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
 * @port: its device
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

#endif /* _VPC_ENI_H */
