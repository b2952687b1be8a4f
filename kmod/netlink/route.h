/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NL_ROUTE_H
#define _VPC_NL_ROUTE_H

#include "../model/rtb.h"

/**
 * struct vpc_nl_route_dst - what a route is for
 * @family: of @key; 0 for a prefix list
 * @key: network address
 * @plen: prefix length
 * @pl: prefix list or NULL
 */
struct vpc_nl_route_dst {
	u8 family;
	const void *key;
	u8 plen;
	const struct vpc_list *pl;
};

int vpc_nl_route_put(struct sk_buff *skb, struct vpc_net *vnet, const struct vpc_rtb *rtb,
		     const struct vpc_nl_route_dst *dst, struct vpc_route_val val);

#endif /* _VPC_NL_ROUTE_H */
