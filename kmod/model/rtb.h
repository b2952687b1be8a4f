/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_RTB_H
#define _VPC_RTB_H

#include "object.h"

struct vpc_igw;
struct vpc_list;
struct vpc_subnet;

/**
 * struct vpc_list_ref - a route to a prefix list
 * @list: in vpc_rtb.lists, by ascending id of the prefix list
 * @pl: the prefix list
 * @value: the route
 */
struct vpc_list_ref {
	struct list_head list;
	struct vpc_list *pl;
	u64 value;
};

/**
 * struct vpc_rtb - a route table
 * @obj: head
 * @routes: IPv4 CIDR routes; values by vpc_route_pack()
 * @routes6: likewise IPv6 (RT-16)
 * @lists: prefix list routes
 * @n_lists: their number
 * @n_assocs: explicit associations (RT-3)
 * @n_gateways: those of them with gateways, which narrow what may be in it (RT-7)
 *
 * Targets are slots (vpc_obj_by_slot()). A route whose target went
 * keeps the slot 0 and is a blackhole.
 */
struct vpc_rtb {
	struct vpc_obj obj;
	struct vpc_lpm routes;
	struct vpc_lpm routes6;
	struct list_head lists;
	u32 n_lists;
	u32 n_assocs;
	u32 n_gateways;
};

/**
 * struct vpc_assoc - a table serves a subnet, or what comes in by a gateway (RT-6)
 * @obj: head; no slot
 * @rtb: the table
 * @subnet: the subnet, or NULL
 * @igw: the gateway, or NULL; neither: the main association of a VPC, which has an id of its own
 */
struct vpc_assoc {
	struct vpc_obj obj;
	struct vpc_rtb *rtb;
	struct vpc_subnet *subnet;
	struct vpc_igw *igw;
};

static inline bool vpc_assoc_is_main(const struct vpc_assoc *assoc)
{
	return !assoc->subnet && !assoc->igw;
}

static inline struct vpc_rtb *obj_to_rtb(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_rtb, obj);
}

/* Its CIDR routes of one family; RT-16: neither knows of the other. */
static inline struct vpc_lpm *vpc_rtb_routes(struct vpc_rtb *rtb, u8 family)
{
	return family == AF_INET ? &rtb->routes : &rtb->routes6;
}

static inline struct vpc_assoc *obj_to_assoc(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_assoc, obj);
}

/* The object that owns @slot, or NULL. */
struct vpc_obj *vpc_obj_by_slot(struct vpc_net *vnet, u32 slot);

#endif /* _VPC_RTB_H */
