/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SESSION_H
#define _VPC_SESSION_H

#include <linux/list.h>
#include <linux/rhashtable-types.h>
#include <linux/rcupdate.h>

#include "../lib/flowkey.h"
#include "../lib/reason.h"

struct sk_buff;
struct vpc_acct;
struct vpc_dst_flows;
struct vpc_flow;
struct vpc_net;
struct vpc_path;
struct vpc_root;

/**
 * struct vpc_half - one direction of a session
 * @node: in the table
 * @key: what finds it
 * @dir: enum vpc_dir
 * @path: the verdict; RCU, NULL until the direction's first packet
 * @packets: seen; plain counter, CPUs that race on one flow may lose a few
 * @bytes: likewise, of IP packets
 */
struct vpc_half {
	struct rhash_head node;
	struct vpc_flow_key key;
	u8 dir;
	struct vpc_path __rcu *path;
	u64 packets;
	u64 bytes;
};

enum {
	VPC_SESSION_LIVE,	/* wholly inserted and listed */
	VPC_SESSION_DEAD,	/* taken out of the table, waits for readers */
	VPC_SESSION_HALF_OPEN,	/* counts against the half-open budgets */
	VPC_SESSION_REPLIED,	/* packets were seen in both directions */
	VPC_SESSION_ONE_WAY,	/* the reply's key is another session's: the ways differ */
	VPC_SESSION_TRACKED,	/* by the security groups of the receiver of the original direction */
	VPC_SESSION_TRACKED_OUT,	/* ... of its sender; one bit for each enum vpc_direction */
	VPC_SESSION_RESERVED,	/* ended; only its translated tuple is kept for a while */
	VPC_SESSION_ORPHAN,	/* its original direction has another way now, and another session */
	VPC_SESSION_COUNTED,	/* at what it leads through beside its own interface and VPC */
};

/**
 * struct vpc_session - a flow and its reply
 * @half: the two directions; both in the table, put there and taken out together
 * @flags: VPC_SESSION_*
 * @seen: jiffies of the last packet, to about a second
 * @state: enum vpc_tcp_state
 * @idle: seconds without a packet after which it ends, 0 for those of its protocol
 * @idle_max: likewise the longest that a device on the way allows, 0 for none of its own
 * @translated: toward a service, by a NAT gateway or by a load balancer: its tuple may be another's
 *	too
 * @shares: it has an address of one of those, and a port drawn for it
 * @shard: which list it is on
 * @id: number, never reused
 * @gen: generation of the root that it was made under
 * @vpc_id: VPC that is charged
 * @eni_id: interface that is charged
 * @eni_slot: its slot
 * @endpoint_id: endpoint it leads through, or the resolver's service, 0 for none
 * @endpoint_slot: its slot
 * @nat_id: NAT gateway it leads through, 0 for none
 * @nat_slot: its slot
 * @nat_addr: the address it has there
 * @nat_acct: charged, or NULL
 * @node_id: interface of a load balancer that it leads through, 0 for none
 * @node_slot: its slot
 * @client: whom that takes for its client
 * @nlb_acct: the load balancer's, charged, or NULL
 * @interface_id: interface of an endpoint that it leads through, 0 for none
 * @interface_slot: its slot
 * @interface_acct: charged, or NULL
 * @resolver_acct: of the resolver that it leads to, charged, or NULL
 * @dst_flows: what it counts against toward its destination where it shares an address
 * @eni_acct: charged
 * @vpc_acct: charged
 * @list: in the shard
 * @rcu: freed after a grace period
 *
 * Holds slots and numbers, never pointers to configuration or devices.
 */
struct vpc_session {
	struct vpc_half half[VPC_DIR_MAX];
	unsigned long flags;
	unsigned long seen;
	u8 state;
	bool translated;
	bool shares;
	u8 shard;
	u16 idle_max;
	u16 idle;
	u64 id;
	u64 gen;
	u64 vpc_id;
	u64 eni_id;
	u64 endpoint_id;
	u32 eni_slot;
	u32 endpoint_slot;
	u64 nat_id;
	u32 nat_slot;
	__be32 nat_addr;
	u64 node_id;
	u32 node_slot;
	__be32 client;
	u32 interface_slot;
	u64 interface_id;
	struct vpc_acct *eni_acct;
	struct vpc_acct *vpc_acct;
	struct vpc_acct *nat_acct;
	struct vpc_acct *nlb_acct;
	struct vpc_acct *interface_acct;
	struct vpc_acct *resolver_acct;
	struct vpc_dst_flows *dst_flows;
	struct list_head list;
	struct rcu_head rcu;
};

static inline struct vpc_session *vpc_half_session(const struct vpc_half *half)
{
	return container_of(half - half->dir, struct vpc_session, half[0]);
}

/* Caches for the module's life. */
int vpc_session_cache_init(void);
void vpc_session_cache_exit(void);

int vpc_sessions_init(struct vpc_net *vnet);
/* No packet runs any more. */
void vpc_sessions_exit(struct vpc_net *vnet);

/* The direction that @key names, or NULL. RCU. */
struct vpc_half *vpc_session_lookup(struct vpc_net *vnet, const struct vpc_flow_key *key);

/**
 * vpc_session_create - a session for the first packet of a flow
 * @flow: the packet's flow
 * @path: its verdict on the stack, copied; a translation may be added to it
 * @half: the direction to go on with: of the new session, or of the one that another CPU made of
 *	the same first packet or of one that it replies to; then its verdict may be none or old
 * Return: VPC_DROP_NONE or a limit, memory or conflict.
 */
enum vpc_drop vpc_session_create(struct vpc_net *vnet, const struct vpc_root *root,
				 const struct vpc_flow *flow, struct vpc_path *path,
				 struct vpc_half **half);

/* Count a packet and follow the protocol's state. */
void vpc_session_update(struct vpc_net *vnet, struct vpc_half *half, u8 tcp_flags,
			unsigned int bytes);

/**
 * vpc_session_set_path - give a direction a new verdict
 * Takes the reference that @path->dst holds, also on failure. Return: the path, NULL without memory.
 */
struct vpc_path *vpc_session_set_path(struct vpc_half *half, const struct vpc_path *path);

/* Security groups track the session at @gates and no other, VPC_GATE() of the original direction. */
void vpc_session_track(struct vpc_session *session, u8 gates);

/* Tell @flow, the direction of @half, where the session is tracked. */
void vpc_session_tracked(const struct vpc_half *half, struct vpc_flow *flow);

/* Jiffies until it times out as its interfaces have chosen, below 0 when that is over. RCU. */
long vpc_session_left(const struct vpc_session *session, const struct vpc_root *root);

/*
 * The endpoint and its interface, the NAT gateway and the load balancer's node of @path are those that
 * it leads through.
 */
bool vpc_session_through(const struct vpc_session *session, const struct vpc_root *root,
			 const struct vpc_path *path);

/* The slot of the endpoint that let it in, while that and its interface are there; else 0. */
u32 vpc_session_endpoint(const struct vpc_session *session, const struct vpc_root *root);

/* End the session if its idle time is over. Any context, RCU. */
bool vpc_session_expire(struct vpc_net *vnet, const struct vpc_root *root,
			struct vpc_session *session);

/*
 * The original direction of a plain session goes another way from now on, which is another session;
 * but who receives it is still tracked and may answer by the old one (SG-11). Any context, RCU.
 */
void vpc_session_orphan(struct vpc_net *vnet, struct vpc_session *session);

/* Likewise the reply direction's place is another session's; whoever began it tracks it on. */
void vpc_session_yield(struct vpc_net *vnet, struct vpc_session *session);

/* Take a session out; a translated one keeps its tuple for a while. Any context, RCU. */
void vpc_session_kill(struct vpc_net *vnet, struct vpc_session *session);

#endif /* _VPC_SESSION_H */
