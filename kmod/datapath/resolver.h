/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_RESOLVER_H
#define _VPC_RESOLVER_H

#include "packet.h"

/* An interface's packet to port 53: not to the resolver, or within its limit (VPC-24). */
bool vpc_resolver_pays(const struct vpc_packet *pkt);

/* Likewise of any packet, most of which are not to that port. */
static inline bool vpc_resolver_admits(const struct vpc_packet *pkt)
{
	return pkt->flow.key.dport != htons(VPC_DNS_PORT) || vpc_resolver_pays(pkt);
}

#endif /* _VPC_RESOLVER_H */
