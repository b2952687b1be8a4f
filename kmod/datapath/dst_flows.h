/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_DST_FLOWS_H
#define _VPC_DST_FLOWS_H

#include <linux/rhashtable-types.h>
#include <linux/types.h>

#include "../lib/reason.h"

struct vpc_net;

/**
 * struct vpc_dst_flows_key - what ports are counted by (NAT-6)
 * @owner: id of the NAT gateway or the interface service
 * @addr: the gateway's private address, or the router's before the service
 * @dst: destination
 * @dport: its port, of an ICMP query the type
 * @proto: IPPROTO_*
 * @pad: zero; the key hashes and compares as memory
 */
struct vpc_dst_flows_key {
	u64 owner;
	__be32 addr;
	__be32 dst;
	__be16 dport;
	u8 proto;
	u8 pad[5];
};

/**
 * struct vpc_dst_flows - how many flows one address has toward one destination
 * @node: in the table
 * @key: whose
 * @count: live flows; at 0 it is on its way out
 * @rcu: freed after a grace period
 */
struct vpc_dst_flows {
	struct rhash_head node;
	struct vpc_dst_flows_key key;
	atomic_t count;
	struct rcu_head rcu;
};

int vpc_dst_flows_init(struct vpc_net *vnet);
/* No session is left. */
void vpc_dst_flows_exit(struct vpc_net *vnet);

/* One more for @key, or @full when there are @max. RCU. */
enum vpc_drop vpc_dst_flows_get(struct vpc_net *vnet, const struct vpc_dst_flows_key *key,
				int max, enum vpc_drop full, struct vpc_dst_flows **flows);
/* One less. Any context, RCU. */
void vpc_dst_flows_put(struct vpc_net *vnet, struct vpc_dst_flows *flows);

#endif /* _VPC_DST_FLOWS_H */
