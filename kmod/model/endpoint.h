/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ENDPOINT_H
#define _VPC_ENDPOINT_H

#include "object.h"

struct vpc_list;
struct vpc_port;
struct vpc_rtb;

/**
 * struct vpc_service - a provider that is not in a VPC, behind a port
 * @obj: head
 * @port: its device
 * @acct: its counters
 * @pl: its prefix list
 * @gateway: on-link prefix at the port
 * @gateway_addr: the address that the router answers for there
 * @n_endpoints: endpoints that use it
 * @type: enum vpc_endpoint_type
 * @region: or ""
 */
struct vpc_service {
	struct vpc_obj obj;
	struct vpc_port *port;
	struct vpc_acct *acct;
	struct vpc_list *pl;
	struct vpc_prefix gateway;
	__be32 gateway_addr;
	u32 n_endpoints;
	u8 type;
	char region[VPC_NAME_MAX + 1];
};

/**
 * struct vpc_endpoint - a VPC endpoint
 * @obj: head; obj.vpc is its VPC, but names are unique over all
 * @service: what it leads to
 * @type: enum vpc_endpoint_type
 *
 * Its route tables are those with a prefix list route to its slot (GWE-3).
 */
struct vpc_endpoint {
	struct vpc_obj obj;
	struct vpc_service *service;
	u8 type;
};

static inline struct vpc_service *obj_to_service(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_service, obj);
}

static inline struct vpc_endpoint *obj_to_endpoint(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_endpoint, obj);
}

/* @rtb has @ep's route. */
bool vpc_endpoint_serves(const struct vpc_endpoint *ep, const struct vpc_rtb *rtb);

#endif /* _VPC_ENDPOINT_H */
