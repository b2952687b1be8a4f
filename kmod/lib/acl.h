/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ACL_H
#define _VPC_ACL_H

#include <linux/types.h>

#include "addr.h"

struct vpc_flow_key;

/* Matches every protocol, or ICMP type or code. */
#define VPC_ACL_ALL	(-1)

/**
 * struct vpc_acl_rule - an entry of a network ACL (ACL-4)
 * @cidr: source of what comes in, destination of what goes out
 * @number: the lowest that matches decides
 * @direction: enum vpc_direction
 * @allow: or deny
 * @proto: IPPROTO_*, or VPC_ACL_ALL
 * @port_from: first destination port of TCP or UDP
 * @port_to: last
 * @icmp_type: of ICMP, or VPC_ACL_ALL
 * @icmp_code: likewise
 */
struct vpc_acl_rule {
	struct vpc_prefix cidr;
	u16 number;
	u8 direction;
	bool allow;
	s16 proto;
	u16 port_from;
	u16 port_to;
	s16 icmp_type;
	s16 icmp_code;
};

/**
 * vpc_acl_allows - what a network ACL says to a packet; it knows no sessions (ACL-2)
 * @rules: of both directions; those of one by ascending number
 * @n: how many
 * @direction: of the packet, enum vpc_direction
 * @key: its addresses, protocol and, of TCP and UDP, ports
 * @icmp: type << 8 | code of an ICMP packet
 * The first rule that matches decides; without one it is denied.
 */
bool vpc_acl_allows(const struct vpc_acl_rule *rules, u32 n, u8 direction,
		    const struct vpc_flow_key *key, u16 icmp);

#endif /* _VPC_ACL_H */
