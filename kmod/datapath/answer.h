/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ANSWER_H
#define _VPC_ANSWER_H

#include <linux/types.h>

struct vpc_packet;
struct vpc_path;

/*
 * What the router itself says to an interface about a packet that came from it: by the device that
 * the packet came by, past no network ACL and no security group (ACL-9, SG-12). The packet is not
 * consumed and has not been edited.
 */

/**
 * vpc_answer_too_big - it is too big (MTU-3, MTU-6)
 * @path: its way; a NAT gateway on it speaks, else the router of the sender's subnet
 * @mtu: of the way, bytes
 */
void vpc_answer_too_big(const struct vpc_packet *pkt, const struct vpc_path *path,
			unsigned int mtu);

/* Its time to live ended at the NAT gateway that has @addr (L2-9). */
void vpc_answer_time_exceeded(const struct vpc_packet *pkt, __be32 addr);

/* What an endpoint's policy does not allow, in the name of the router of its subnet (POL-6). */
void vpc_answer_prohibited(const struct vpc_packet *pkt);

/* A segment of no connection, in the name of its destination (NAT-8, NAT-21, POL-6). */
void vpc_answer_reset(const struct vpc_packet *pkt);

#endif /* _VPC_ANSWER_H */
