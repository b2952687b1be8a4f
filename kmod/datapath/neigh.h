/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NEIGH_H
#define _VPC_NEIGH_H

#include "../lib/reason.h"

struct sk_buff;
struct vpc_packet;
struct vpc_root;
struct vpc_snap_port;

/* What becomes of an ARP packet. */
enum vpc_arp_verdict {
	VPC_ARP_ANSWERED,	/* the request may be freed */
	VPC_ARP_DROP,
	VPC_ARP_HOST,		/* not for an address of the router's */
};

/**
 * vpc_arp_receive - answer a request from the address map, flood nothing (L2-1, L2-2, L2-3)
 * @port: the port it entered by
 * @skb: ARP packet, owned by the caller before and after
 * @reason: set for VPC_ARP_DROP
 */
enum vpc_arp_verdict vpc_arp_receive(const struct vpc_root *root, const struct vpc_snap_port *port,
				     struct sk_buff *skb, enum vpc_drop *reason);

/**
 * vpc_nd_receive - the same for neighbour discovery of IPv6 (neigh6.c)
 * @pkt: of an ENI, parsed as such; pkt->skb is the caller's before and after
 * Return: VPC_DROP_NONE if it was answered, or is by silence, else why not.
 */
enum vpc_drop vpc_nd_receive(const struct vpc_packet *pkt);

#endif /* _VPC_NEIGH_H */
