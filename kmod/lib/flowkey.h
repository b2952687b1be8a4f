/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_FLOWKEY_H
#define _VPC_FLOWKEY_H

#include "addr.h"

/**
 * struct vpc_flow_key - what tells one direction of a flow from all others
 * @port: slot of the port it enters by; implies the tenant, so equal addresses of two VPCs
 *	never meet (VPC-4)
 * @family: AF_INET or AF_INET6
 * @proto: IPPROTO_*
 * @pad: zero; the key hashes and compares as memory
 * @sport: source port; for an ICMP query its identifier, for an ICMP reply the query's type
 * @dport: destination port; for an ICMP query its type, for an ICMP reply its identifier
 * @src: source address
 * @dst: destination address
 *
 * With ICMP written so, the reply's key is the query's inverted like any other, and a ping
 * each way with one identifier makes two flows. Other protocols have ports 0.
 */
struct vpc_flow_key {
	u32 port;
	u8 family;
	u8 proto;
	u16 pad;
	__be16 sport;
	__be16 dport;
	struct vpc_addr src;
	struct vpc_addr dst;
};

/* The two keys of a flow and its reply, by place. */
enum vpc_dir {
	VPC_DIR_ORIGINAL,
	VPC_DIR_REPLY,
	VPC_DIR_MAX
};

/* Key of the opposite direction, entering by @port. */
void vpc_flow_key_invert(struct vpc_flow_key *inv, const struct vpc_flow_key *key, u32 port);

/* Same addresses, protocol and ports; the port of entry does not count. */
bool vpc_flow_key_same_tuple(const struct vpc_flow_key *a, const struct vpc_flow_key *b);

u32 vpc_flow_key_hash(const struct vpc_flow_key *key, u32 seed);

#endif /* _VPC_FLOWKEY_H */
