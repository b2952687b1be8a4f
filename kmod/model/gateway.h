/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_GATEWAY_H
#define _VPC_GATEWAY_H

#include "object.h"

#define VPC_EIP_ASSOC_PREFIX	"eipassoc"

struct vpc_assoc;
struct vpc_eni;
struct vpc_nat;
struct vpc_port;

/**
 * struct vpc_uplink - a port toward the internet
 * @obj: head
 * @port: its device
 * @acct: its counters
 * @n_users: gateways and EIPs that name it
 * @pool: IPv4 addresses that interfaces get automatically (VPC-23); family 0 for none
 * @n_automatic: of those, how many they have
 */
struct vpc_uplink {
	struct vpc_obj obj;
	struct vpc_port *port;
	struct vpc_acct *acct;
	u32 n_users;
	struct vpc_prefix pool;
	u32 n_automatic;
};

/**
 * struct vpc_igw - an internet gateway
 * @obj: head; obj.vpc stays NULL, names are unique over all
 * @vpc: the VPC it is attached to, or NULL (IGW-1)
 * @uplink: the port that it sends by
 * @assoc: the table for what comes in by it, or NULL (RT-6)
 */
struct vpc_igw {
	struct vpc_obj obj;
	struct vpc_vpc *vpc;
	struct vpc_uplink *uplink;
	struct vpc_assoc *assoc;
};

/**
 * struct vpc_eigw - an egress-only internet gateway (EIG-1)
 * @obj: head; obj.vpc is its VPC
 * @uplink: the port that it sends by
 */
struct vpc_eigw {
	struct vpc_obj obj;
	struct vpc_uplink *uplink;
};

/**
 * struct vpc_eip - a public address: an Elastic IP or an automatic one
 * @obj: head
 * @addr: itself
 * @uplink: the port where the router answers for it
 * @eni: the interface it is mapped to, or NULL (EIP-1)
 * @nat: the NAT gateway that has it, or NULL
 * @private_addr: the address of either which it stands for
 * @assoc: identity of that association, VPC_EIP_ASSOC_PREFIX as text; 0 for none
 * @automatic: of the uplink's pool, gone when it stands for nothing (IGW-3)
 * @list: in vpc_eni.eips while it is mapped to an interface
 */
struct vpc_eip {
	struct vpc_obj obj;
	__be32 addr;
	struct vpc_uplink *uplink;
	struct vpc_eni *eni;
	struct vpc_nat *nat;
	__be32 private_addr;
	u64 assoc;
	bool automatic;
	struct list_head list;
};

static inline struct vpc_uplink *obj_to_uplink(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_uplink, obj);
}

static inline struct vpc_igw *obj_to_igw(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_igw, obj);
}

static inline struct vpc_eigw *obj_to_eigw(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_eigw, obj);
}

static inline struct vpc_eip *obj_to_eip(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_eip, obj);
}

/* @ref: id, name, the address as text, or the id of its association. */
struct vpc_eip *vpc_eip_find(struct vpc_net *vnet, const char *ref, struct netlink_ext_ack *extack);

/* Addresses of the pool of @uplink that an interface could get. O(EIPs) */
u32 vpc_uplink_available(struct vpc_net *vnet, const struct vpc_uplink *uplink);

/* The one that stands for address @addr of @eni, or NULL (IGW-3). */
struct vpc_eip *vpc_eip_of(const struct vpc_eni *eni, __be32 addr);

#endif /* _VPC_GATEWAY_H */
