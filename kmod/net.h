/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NET_H
#define _VPC_NET_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rhashtable.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>

#include "model/limits.h"
#include "model/snapshot.h"

/*
 * Locking
 *
 * RTNL -> vpc_net.lock -> session shard locks. No other order.
 *
 * vpc_net.lock serialises every writer of a namespace's model; what it guards says so.
 * RTNL guards the binding of ports to devices (struct vpc_port, vpc_net.ports) and is taken
 * first by a transaction that may attach or detach one.
 * Packets hold nothing but RCU: they read vpc_net.root once and follow it.
 * A session shard's lock (BH) guards the shard's list only; it is taken when a session is
 * created or ended, never per packet.
 */

struct vpc_obj;
struct vpc_txn;

#define VPC_ID_HASH_BITS	10
#define VPC_SESSION_SHARDS	256

/**
 * struct vpc_session_shard - part of the list of all sessions
 * @lock: guards the rest for writers
 * @last: sessions that were ever listed here
 * @list: sessions by ascending number; readers RCU
 */
struct vpc_session_shard {
	spinlock_t lock;
	u64 last;
	struct list_head list;
};

/**
 * struct vpc_sessions - the session table of a namespace
 * @table: halves by struct vpc_flow_key
 * @dst_flows: struct vpc_dst_flows by its key
 * @shards: every session once, for dumps and garbage collection
 * @next_shard: they take turns, so that nobody can choose one
 * @count: live sessions
 * @half_open: those not yet confirmed by the other side
 * @gc: expiry and reaping
 * @gc_shard: where it goes on
 */
struct vpc_sessions {
	struct rhashtable table;
	struct rhashtable dst_flows;
	struct vpc_session_shard *shards;
	atomic_t next_shard;
	atomic_t count;
	atomic_t half_open;
	struct delayed_work gc;
	unsigned int gc_shard;
};

/**
 * struct vpc_net - all state of one network namespace
 * @net: the namespace
 * @root: what packets see; readers RCU, published under @lock
 * @acct: drops that no port can be charged with
 * @limits: as the transaction at hand has them. Under @lock
 * @in_force: the same once it has committed, for everybody else. READ_ONCE
 * @sessions: see there
 * @lock: serialises writers of everything below
 * @gen: of the newest root, whether published or about to be
 * @kinds: all objects, a list for each kind, in order of creation
 * @by_id: all objects by id
 * @by_name: by kind, VPC and name
 * @slot_map: slots in use, a bit each
 * @slot_hint: where to look for a free one
 * @seq: creation numbers
 * @txns: staged transactions, one a socket
 * @ports: ports with a device, RTNL
 * @drain: takes addresses of NAT gateways away when they are drained
 * @dead: the namespace is going: writers refuse
 */
struct vpc_net {
	struct net *net;
	struct vpc_root __rcu *root;
	struct vpc_acct *acct;
	struct vpc_limits limits;
	struct vpc_limits in_force;
	struct vpc_sessions sessions;

	struct mutex lock;
	u64 gen;
	struct list_head kinds[VPC_KIND_ENDPOINT_SERVICE + 1];
	struct hlist_head by_id[1 << VPC_ID_HASH_BITS];
	struct hlist_head by_name[1 << VPC_ID_HASH_BITS];
	unsigned long *slot_map;
	u32 slot_hint;
	u64 seq;
	struct list_head txns;
	struct list_head ports;
	struct delayed_work drain;
	bool dead;
};

struct vpc_net *vpc_net(const struct net *net);

int vpc_net_init(void);
void vpc_net_exit(void);

#endif /* _VPC_NET_H */
