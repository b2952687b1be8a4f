/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NAT_FLOWS_H
#define _VPC_NAT_FLOWS_H

#include <linux/rhashtable-types.h>
#include <linux/types.h>

#include "../lib/reason.h"

struct vpc_net;

/**
 * struct vpc_nat_flows_key - what a NAT gateway's ports are counted by (NAT-6)
 * @nat: id of the gateway
 * @addr: its private address
 * @dst: destination
 * @dport: its port, of an ICMP query the type
 * @proto: IPPROTO_*
 * @pad: zero; the key hashes and compares as memory
 */
struct vpc_nat_flows_key {
	u64 nat;
	__be32 addr;
	__be32 dst;
	__be16 dport;
	u8 proto;
	u8 pad[5];
};

/**
 * struct vpc_nat_flows - how many flows one address has toward one destination
 * @node: in the table
 * @key: whose
 * @count: live flows; at 0 it is on its way out
 * @rcu: freed after a grace period
 */
struct vpc_nat_flows {
	struct rhash_head node;
	struct vpc_nat_flows_key key;
	atomic_t count;
	struct rcu_head rcu;
};

int vpc_nat_flows_init(struct vpc_net *vnet);
/* No session is left. */
void vpc_nat_flows_exit(struct vpc_net *vnet);

/* One more for @key, or VPC_DROP_NAT_PORTS when the limit is reached. RCU. */
enum vpc_drop vpc_nat_flows_get(struct vpc_net *vnet, const struct vpc_nat_flows_key *key,
				struct vpc_nat_flows **flows);
/* One less. Any context, RCU. */
void vpc_nat_flows_put(struct vpc_net *vnet, struct vpc_nat_flows *flows);

#endif /* _VPC_NAT_FLOWS_H */
