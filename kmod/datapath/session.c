// SPDX-License-Identifier: GPL-2.0
#include "session_internal.h"

#include <linux/jiffies.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/dst.h>

#include "../compat.h"
#include "../lib/l4state.h"
#include "../net.h"
#include "../stats.h"
#include "dst_flows.h"
#include "pipeline.h"

static struct kmem_cache *session_cache;
static struct kmem_cache *path_cache;

static u32 half_key_hash(const void *data, u32 len, u32 seed)
{
	return vpc_flow_key_hash(data, seed);
}

static const struct rhashtable_params half_params = {
	.head_offset = offsetof(struct vpc_half, node),
	.key_offset = offsetof(struct vpc_half, key),
	.key_len = sizeof(struct vpc_flow_key),
	.hashfn = half_key_hash,
	.automatic_shrinking = true,
};

/* Kept out of line: what counts packets from outside probes it. */
noinline struct vpc_half *vpc_session_lookup(struct vpc_net *vnet, const struct vpc_flow_key *key)
{
	return rhashtable_lookup(&vnet->sessions.table, key, half_params);
}

static void path_free(struct vpc_path *path)
{
	if (!path)
		return;
	dst_release(path->dst);
	kmem_cache_free(path_cache, path);
}

static void path_free_rcu(struct rcu_head *rcu)
{
	path_free(container_of(rcu, struct vpc_path, rcu));
}

struct vpc_session *vpc_session_zalloc(void)
{
	return kmem_cache_zalloc(session_cache, GFP_ATOMIC);
}

void vpc_session_free(struct vpc_session *session)
{
	path_free(rcu_dereference_protected(session->half[0].path, 1));
	path_free(rcu_dereference_protected(session->half[1].path, 1));
	vpc_acct_put(session->eni_acct);
	vpc_acct_put(session->vpc_acct);
	if (session->nat_acct)
		vpc_acct_put(session->nat_acct);
	if (session->nlb_acct)
		vpc_acct_put(session->nlb_acct);
	if (session->interface_acct)
		vpc_acct_put(session->interface_acct);
	if (session->resolver_acct)
		vpc_acct_put(session->resolver_acct);
	kmem_cache_free(session_cache, session);
}

static void session_free_rcu(struct rcu_head *rcu)
{
	vpc_session_free(container_of(rcu, struct vpc_session, rcu));
}

void vpc_session_free_later(struct vpc_session *session)
{
	call_rcu(&session->rcu, session_free_rcu);
}

struct vpc_path *vpc_session_set_path(struct vpc_half *half, const struct vpc_path *path)
{
	struct vpc_path *new, *old;

	new = kmem_cache_alloc(path_cache, GFP_ATOMIC);
	if (!new) {
		dst_release(path->dst);
		return NULL;
	}
	*new = *path;
	old = unrcu_pointer(xchg(&half->path, RCU_INITIALIZER(new)));
	if (old)
		call_rcu(&old->rcu, path_free_rcu);
	return new;
}

/*
 * NAT-8, NLB-16, IFE-23: where an address stands for many one time holds for all flows of a protocol,
 * until a connection ends.
 */
static bool idles(const struct vpc_session *session)
{
	u8 state = READ_ONCE(session->state);

	return session->idle && state != VPC_TCP_STATE_CLOSING && state != VPC_TCP_STATE_CLOSED;
}

/* SG-14: where both ends are interfaces a session lives as long as the sooner of them keeps it. */
static struct vpc_timeouts chosen_timeouts(const struct vpc_session *session,
					   const struct vpc_root *root)
{
	struct vpc_timeouts chosen = { U32_MAX, U32_MAX, U32_MAX };
	const struct vpc_snap_eni *eni;
	bool some = false;
	unsigned int i;

	for (i = 0; i < VPC_DIR_MAX; i++) {
		eni = vpc_root_get(root, session->half[i].key.port, VPC_KIND_ENI);
		if (!eni)
			continue;
		some = true;
		chosen.tcp = min(chosen.tcp, eni->timeouts.tcp);
		chosen.udp = min(chosen.udp, eni->timeouts.udp);
		chosen.udp_stream = min(chosen.udp_stream, eni->timeouts.udp_stream);
	}
	return some ? chosen : (struct vpc_timeouts)VPC_TIMEOUTS_DEFAULT;
}

/* SG-14: more than a request and its response. */
static bool is_stream(const struct vpc_session *session)
{
	return test_bit(VPC_SESSION_REPLIED, &session->flags) &&
	       READ_ONCE(session->half[0].packets) + READ_ONCE(session->half[1].packets) > 2;
}

static u32 session_timeout(const struct vpc_session *session, const struct vpc_root *root)
{
	u8 proto = session->half[0].key.proto, state = READ_ONCE(session->state);
	struct vpc_timeouts chosen;
	u32 timeout;

	if (test_bit(VPC_SESSION_RESERVED, &session->flags))
		return VPC_RESERVE_SECONDS;
	if (idles(session))
		return session->idle;
	chosen = chosen_timeouts(session, root);
	timeout = vpc_l4state_timeout(proto, state, is_stream(session), &chosen);
	if (session->idle_max)
		timeout = min_t(u32, timeout, session->idle_max);
	return session->translated ? max_t(u32, timeout, VPC_RESERVE_SECONDS) : timeout;
}

struct vpc_half *vpc_half_insert(struct vpc_net *vnet, struct vpc_half *half)
{
	return rhashtable_lookup_get_insert_fast(&vnet->sessions.table, &half->node, half_params);
}

void vpc_half_remove(struct vpc_net *vnet, struct vpc_half *half)
{
	rhashtable_remove_fast(&vnet->sessions.table, &half->node, half_params);
}

bool vpc_session_remove(struct vpc_net *vnet, struct vpc_session *session)
{
	struct vpc_session_shard *shard = &vnet->sessions.shards[session->shard];

	if (test_and_set_bit(VPC_SESSION_DEAD, &session->flags))
		return false;
	/* Also of a reserved one: who reserved it may not have got to that. */
	vpc_half_remove(vnet, &session->half[VPC_DIR_ORIGINAL]);
	/* Nor may who takes the place of its reply direction have got to that. */
	vpc_half_remove(vnet, &session->half[VPC_DIR_REPLY]);
	spin_lock_bh(&shard->lock);
	list_del_rcu(&session->list);
	spin_unlock_bh(&shard->lock);
	vpc_session_uncharge(vnet, session);
	local_bh_disable();
	vpc_acct_add(session->eni_acct, VPC_COUNT_SESSIONS_ENDED, 1);
	local_bh_enable();
	vpc_session_free_later(session);
	return true;
}

void vpc_session_kill(struct vpc_net *vnet, struct vpc_session *session)
{
	/* Found by its key, but the CPU that makes it has yet to list it: not ours to end. */
	if (!test_bit(VPC_SESSION_LIVE, &session->flags))
		return;
	if (!session->translated || test_bit(VPC_SESSION_DEAD, &session->flags)) {
		vpc_session_remove(vnet, session);
		return;
	}
	WRITE_ONCE(session->seen, jiffies);	/* its reservation begins */
	if (test_and_set_bit(VPC_SESSION_RESERVED, &session->flags))
		return;
	vpc_half_remove(vnet, &session->half[VPC_DIR_ORIGINAL]);
	vpc_session_uncharge_half_open(vnet, session);
	vpc_session_uncharge_flows(vnet, session);
}

void vpc_session_orphan(struct vpc_net *vnet, struct vpc_session *session)
{
	if (session->translated || test_bit(VPC_SESSION_ONE_WAY, &session->flags) ||
	    !test_bit(VPC_SESSION_LIVE, &session->flags)) {
		vpc_session_kill(vnet, session);
		return;
	}
	if (!test_and_set_bit(VPC_SESSION_ORPHAN, &session->flags))
		vpc_half_remove(vnet, &session->half[VPC_DIR_ORIGINAL]);
	/* Another CPU takes the other direction: see vpc_session_yield(). */
	if (test_bit(VPC_SESSION_ONE_WAY, &session->flags))
		vpc_session_remove(vnet, session);
}

void vpc_session_yield(struct vpc_net *vnet, struct vpc_session *session)
{
	/* Whoever receives the original direction is the next one's from now on. */
	clear_bit(VPC_SESSION_TRACKED, &session->flags);
	/* Ordered against vpc_session_orphan(): one of the two sees the other's bit. */
	test_and_set_bit(VPC_SESSION_ONE_WAY, &session->flags);
	vpc_half_remove(vnet, &session->half[VPC_DIR_REPLY]);
	if (test_bit(VPC_SESSION_ORPHAN, &session->flags))
		vpc_session_remove(vnet, session);
}

/* Both sides have spoken: it no longer counts as half open. */
static void confirm(struct vpc_net *vnet, struct vpc_session *session, u8 state)
{
	bool replied = test_bit(VPC_SESSION_REPLIED, &session->flags);

	if (!vpc_l4state_half_open(session->half[0].key.proto, state, replied))
		vpc_session_uncharge_half_open(vnet, session);
}

static u8 tcp_advance(struct vpc_session *session, u8 flags, bool reply)
{
	u8 old = READ_ONCE(session->state), new, seen;

	for (;;) {
		new = vpc_l4state_tcp(old, flags, reply);
		if (new == old)
			return new;
		seen = cmpxchg(&session->state, old, new);
		if (seen == old)
			break;
		old = seen;
	}
	if (session->nat_acct && new == VPC_TCP_STATE_ESTABLISHED)
		vpc_acct_add(session->nat_acct, VPC_COUNT_NAT_ESTABLISHED, 1);
	return new;
}

/*
 * What asked the resolver by UDP has all its answers: nobody waits for more. The tuple need not be
 * reserved, as the address that it is of is the VPC's alone.
 */
static bool is_answered(const struct vpc_session *session)
{
	return session->resolver_acct && session->half[0].key.proto == IPPROTO_UDP &&
	       READ_ONCE(session->half[VPC_DIR_REPLY].packets) >=
	       READ_ONCE(session->half[VPC_DIR_ORIGINAL].packets);
}

static void count_nat(const struct vpc_session *session, bool reply, unsigned int bytes)
{
	vpc_acct_add(session->nat_acct,
		     reply ? VPC_COUNT_NAT_IN_DESTINATION : VPC_COUNT_NAT_IN_SOURCE, 1);
	vpc_acct_add(session->nat_acct, reply ? VPC_COUNT_NAT_BYTES_IN_DESTINATION :
						VPC_COUNT_NAT_BYTES_IN_SOURCE, bytes);
}

void vpc_session_update(struct vpc_net *vnet, struct vpc_half *half, u8 tcp_flags,
			unsigned int bytes)
{
	struct vpc_session *session = vpc_half_session(half);
	bool reply = half->dir == VPC_DIR_REPLY;
	u8 state = VPC_TCP_STATE_NONE;

	WRITE_ONCE(half->packets, READ_ONCE(half->packets) + 1);
	WRITE_ONCE(half->bytes, READ_ONCE(half->bytes) + bytes);
	if (session->nat_acct)
		count_nat(session, reply, bytes);
	/* At most one write a second, so that two CPUs do not fight for the line. */
	if (time_after(jiffies, READ_ONCE(session->seen) + HZ))
		WRITE_ONCE(session->seen, jiffies);
	if (reply && !test_bit(VPC_SESSION_REPLIED, &session->flags))
		set_bit(VPC_SESSION_REPLIED, &session->flags);
	if (half->key.proto == IPPROTO_TCP)
		state = tcp_advance(session, tcp_flags, reply);
	if (test_bit(VPC_SESSION_HALF_OPEN, &session->flags))
		confirm(vnet, session, state);
	if (reply && is_answered(session))
		vpc_session_remove(vnet, session);
}

void vpc_session_track(struct vpc_session *session, u8 gates)
{
	unsigned int direction;
	bool tracked;

	for (direction = 0; direction < 2; direction++) {
		tracked = test_bit(VPC_SESSION_TRACKED + direction, &session->flags);
		if (gates & VPC_GATE(direction) && !tracked)
			set_bit(VPC_SESSION_TRACKED + direction, &session->flags);
		else if (!(gates & VPC_GATE(direction)) && tracked)
			clear_bit(VPC_SESSION_TRACKED + direction, &session->flags);
	}
}

/* Who receives the one direction sends the other. */
void vpc_session_tracked(const struct vpc_half *half, struct vpc_flow *flow)
{
	const struct vpc_session *session = vpc_half_session(half);
	unsigned int direction, swap = half->dir == VPC_DIR_REPLY;

	flow->tracked = 0;
	for (direction = 0; direction < 2; direction++)
		if (test_bit(VPC_SESSION_TRACKED + direction, &session->flags))
			flow->tracked |= VPC_GATE(direction ^ swap);
	flow->tracked_by = session->half[!half->dir].key.port;
}

long vpc_session_left(const struct vpc_session *session, const struct vpc_root *root)
{
	return READ_ONCE(session->seen) + session_timeout(session, root) * HZ - jiffies;
}

bool vpc_session_expire(struct vpc_net *vnet, const struct vpc_root *root,
			struct vpc_session *session)
{
	bool idle = idles(session) && !test_bit(VPC_SESSION_RESERVED, &session->flags);

	if (vpc_session_left(session, root) >= 0 || !test_bit(VPC_SESSION_LIVE, &session->flags))
		return false;
	if (vpc_session_remove(vnet, session) && idle && session->nat_acct) {
		local_bh_disable();
		vpc_acct_add(session->nat_acct, VPC_COUNT_NAT_IDLE, 1);
		local_bh_enable();
	}
	return true;
}

static void gc_shard(struct vpc_net *vnet, struct vpc_session_shard *shard)
{
	const struct vpc_root *root;
	struct vpc_session *session;

	rcu_read_lock();
	root = rcu_dereference(vnet->root);
	list_for_each_entry_rcu(session, &shard->list, list)
		if (!vpc_session_expire(vnet, root, session) &&
		    vpc_session_owner_gone(session, root))
			vpc_session_remove(vnet, session);
	rcu_read_unlock();
}

/* A quarter of the table a second: what is idle or has lost its owner is gone in 5 s. */
#define GC_PERIOD	HZ
#define GC_SHARDS	(VPC_SESSION_SHARDS / 4)

static void gc_work(struct work_struct *work)
{
	struct vpc_sessions *sessions = container_of(to_delayed_work(work), struct vpc_sessions, gc);
	struct vpc_net *vnet = container_of(sessions, struct vpc_net, sessions);
	unsigned long next = jiffies + GC_PERIOD;
	unsigned int i;

	for (i = 0; i < GC_SHARDS; i++) {
		gc_shard(vnet, &sessions->shards[sessions->gc_shard]);
		sessions->gc_shard = (sessions->gc_shard + 1) % VPC_SESSION_SHARDS;
		cond_resched();
	}
	/* To end many sessions takes time, which is no reason to be late for the next. */
	queue_delayed_work(vpc_unbound_wq, &sessions->gc,
			   max_t(long, next - jiffies, 1));
}

int vpc_sessions_init(struct vpc_net *vnet)
{
	struct vpc_sessions *sessions = &vnet->sessions;
	unsigned int i;
	int err;

	sessions->shards = kvcalloc(VPC_SESSION_SHARDS, sizeof(*sessions->shards),
				    GFP_KERNEL_ACCOUNT);
	if (!sessions->shards)
		return -ENOMEM;
	for (i = 0; i < VPC_SESSION_SHARDS; i++) {
		spin_lock_init(&sessions->shards[i].lock);
		INIT_LIST_HEAD(&sessions->shards[i].list);
	}
	err = rhashtable_init(&sessions->table, &half_params);
	if (err)
		goto err_shards;
	err = vpc_dst_flows_init(vnet);
	if (err)
		goto err_table;
	INIT_DELAYED_WORK(&sessions->gc, gc_work);
	queue_delayed_work(vpc_unbound_wq, &sessions->gc, GC_PERIOD);
	return 0;

err_table:
	rhashtable_destroy(&sessions->table);
err_shards:
	kvfree(sessions->shards);
	return err;
}

void vpc_sessions_exit(struct vpc_net *vnet)
{
	struct vpc_sessions *sessions = &vnet->sessions;
	struct vpc_session *session, *next;
	unsigned int i;

	cancel_delayed_work_sync(&sessions->gc);
	for (i = 0; i < VPC_SESSION_SHARDS; i++) {
		list_for_each_entry_safe(session, next, &sessions->shards[i].list, list)
			vpc_session_remove(vnet, session);
		cond_resched();
	}
	vpc_dst_flows_exit(vnet);
	rhashtable_destroy(&sessions->table);
	kvfree(sessions->shards);
}

int vpc_session_cache_init(void)
{
	session_cache = KMEM_CACHE(vpc_session, SLAB_HWCACHE_ALIGN);
	if (!session_cache)
		return -ENOMEM;
	path_cache = KMEM_CACHE(vpc_path, 0);
	if (path_cache)
		return 0;
	kmem_cache_destroy(session_cache);
	return -ENOMEM;
}

/* The caller has waited for call_rcu() callbacks. */
void vpc_session_cache_exit(void)
{
	kmem_cache_destroy(path_cache);
	kmem_cache_destroy(session_cache);
}
