/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ICMP_H
#define _VPC_ICMP_H

#include "../lib/reason.h"

struct vpc_packet;

/**
 * vpc_icmp_receive - pass an ICMP or ICMPv6 error on to the sender of the packet that it is about
 * @pkt: parsed; pkt->skb is consumed on success only
 *
 * The quoted packet names the session (SG-16); what the session translates is translated in both
 * headers (IGW-13, NAT-20). An error makes no session, keeps none alive and ends none.
 */
enum vpc_drop vpc_icmp_receive(struct vpc_packet *pkt);

/**
 * vpc_icmp_send_too_big - tell the sender that a packet is too big (MTU-3)
 * @pkt: of an ENI, as it came in
 * @mtu: of the way, bytes
 * From the router's address in the sender's subnet, to the interface that the packet came from.
 */
void vpc_icmp_send_too_big(const struct vpc_packet *pkt, unsigned int mtu);

#endif /* _VPC_ICMP_H */
