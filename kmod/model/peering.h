/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PEERING_H
#define _VPC_PEERING_H

#include "object.h"

/**
 * struct vpc_peering - a peering connection of two VPCs
 * @obj: head; obj.vpc stays NULL, names are unique over all
 * @vpc: the requester
 * @peer: the accepter
 * @state: enum vpc_peering_state (PCX-1)
 */
struct vpc_peering {
	struct vpc_obj obj;
	struct vpc_vpc *vpc;
	struct vpc_vpc *peer;
	u8 state;
};

static inline struct vpc_peering *obj_to_peering(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_peering, obj);
}

#endif /* _VPC_PEERING_H */
