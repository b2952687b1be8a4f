// SPDX-License-Identifier: GPL-2.0
#include "session.h"

#include <linux/etherdevice.h>
#include <linux/jiffies.h>
#include <linux/random.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/dst.h>

#include "../compat.h"
#include "../lib/l4state.h"
#include "../net.h"
#include "../stats.h"
#include "pipeline.h"

/* How often a direction's place is tried. */
#define CLAIM_TRIES	64
/* What an egress-only gateway forgets (EIG-4); of UDP it is SG-14's. */
#define EIGW_IDLE_MAX	350
/* A closed translated tuple stays with its VPC for so long. */
#define RESERVE_SECONDS	60

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

static void session_free(struct vpc_session *session)
{
	path_free(rcu_dereference_protected(session->half[0].path, 1));
	path_free(rcu_dereference_protected(session->half[1].path, 1));
	vpc_acct_put(session->eni_acct);
	vpc_acct_put(session->vpc_acct);
	kmem_cache_free(session_cache, session);
}

static void session_free_rcu(struct rcu_head *rcu)
{
	session_free(container_of(rcu, struct vpc_session, rcu));
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

/* One more of @count unless that makes more than @limit. */
static bool charge(atomic_t *count, u32 limit)
{
	if ((u32)atomic_inc_return(count) <= limit)
		return true;
	atomic_dec(count);
	return false;
}

static enum vpc_drop charge_half_open(struct vpc_net *vnet, struct vpc_acct *eni)
{
	if (!charge(&vnet->sessions.half_open, READ_ONCE(vnet->limits.half_open)))
		return VPC_DROP_HALF_OPEN_LIMIT;
	if (charge(&eni->half_open, READ_ONCE(vnet->limits.half_open_eni)))
		return VPC_DROP_NONE;
	atomic_dec(&vnet->sessions.half_open);
	return VPC_DROP_HALF_OPEN_LIMIT;
}

static enum vpc_drop charge_sessions(struct vpc_net *vnet, struct vpc_acct *eni,
				     struct vpc_acct *vpc)
{
	if (!charge(&vnet->sessions.count, READ_ONCE(vnet->limits.sessions)))
		return VPC_DROP_SESSION_LIMIT;
	if (!charge(&vpc->sessions, READ_ONCE(vnet->limits.sessions_vpc))) {
		atomic_dec(&vnet->sessions.count);
		return VPC_DROP_VPC_SESSION_LIMIT;
	}
	if (charge(&eni->sessions, READ_ONCE(vnet->limits.sessions_eni)))
		return VPC_DROP_NONE;
	vpc_acct_add(eni, VPC_COUNT_ALLOWANCE, 1);
	atomic_dec(&vpc->sessions);
	atomic_dec(&vnet->sessions.count);
	return VPC_DROP_ENI_SESSION_LIMIT;
}

static void uncharge_half_open(struct vpc_net *vnet, struct vpc_session *session)
{
	if (!test_and_clear_bit(VPC_SESSION_HALF_OPEN, &session->flags))
		return;
	atomic_dec(&vnet->sessions.half_open);
	atomic_dec(&session->eni_acct->half_open);
}

static void uncharge(struct vpc_net *vnet, struct vpc_session *session)
{
	uncharge_half_open(vnet, session);
	atomic_dec(&session->eni_acct->sessions);
	atomic_dec(&session->vpc_acct->sessions);
	atomic_dec(&vnet->sessions.count);
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
	struct vpc_timeouts chosen = chosen_timeouts(session, root);
	u8 proto = session->half[0].key.proto;
	u32 timeout;

	if (test_bit(VPC_SESSION_RESERVED, &session->flags))
		return RESERVE_SECONDS;
	timeout = vpc_l4state_timeout(proto, READ_ONCE(session->state),
				      is_stream(session), &chosen);
	if (session->idle_max)
		timeout = min_t(u32, timeout, session->idle_max);
	return session->translated ? max_t(u32, timeout, RESERVE_SECONDS) : timeout;
}

/* Whether or not it is there. */
static void half_remove(struct vpc_net *vnet, struct vpc_half *half)
{
	rhashtable_remove_fast(&vnet->sessions.table, &half->node, half_params);
}

static void session_remove(struct vpc_net *vnet, struct vpc_session *session)
{
	struct vpc_session_shard *shard = &vnet->sessions.shards[session->shard];

	if (test_and_set_bit(VPC_SESSION_DEAD, &session->flags))
		return;
	/* Also of a reserved one: who reserved it may not have got to that. */
	half_remove(vnet, &session->half[VPC_DIR_ORIGINAL]);
	if (!test_bit(VPC_SESSION_ONE_WAY, &session->flags))
		half_remove(vnet, &session->half[VPC_DIR_REPLY]);
	spin_lock_bh(&shard->lock);
	list_del_rcu(&session->list);
	spin_unlock_bh(&shard->lock);
	uncharge(vnet, session);
	local_bh_disable();
	vpc_acct_add(session->eni_acct, VPC_COUNT_SESSIONS_ENDED, 1);
	local_bh_enable();
	call_rcu(&session->rcu, session_free_rcu);
}

void vpc_session_kill(struct vpc_net *vnet, struct vpc_session *session)
{
	/* Found by its key, but the CPU that makes it has yet to list it: not ours to end. */
	if (!test_bit(VPC_SESSION_LIVE, &session->flags))
		return;
	if (!session->translated || test_bit(VPC_SESSION_DEAD, &session->flags)) {
		session_remove(vnet, session);
		return;
	}
	WRITE_ONCE(session->seen, jiffies);	/* its reservation begins */
	if (test_and_set_bit(VPC_SESSION_RESERVED, &session->flags))
		return;
	half_remove(vnet, &session->half[VPC_DIR_ORIGINAL]);
	uncharge_half_open(vnet, session);
}

static bool id_at(const struct vpc_root *root, u32 slot, u64 id)
{
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);

	return snap && snap->id == id;
}

bool vpc_session_through(const struct vpc_session *session, const struct vpc_root *root, u32 slot)
{
	return slot ? id_at(root, slot, session->endpoint_id) : !session->endpoint_id;
}

/* The interface or endpoint that the session belongs to is gone. An older root cannot tell. */
static bool owner_gone(const struct vpc_session *session, const struct vpc_root *root)
{
	if (root->gen < session->gen)
		return false;
	if (!id_at(root, session->eni_slot, session->eni_id))
		return true;
	return session->endpoint_id &&
	       !id_at(root, session->endpoint_slot, session->endpoint_id);
}

static struct vpc_half *half_insert(struct vpc_net *vnet, struct vpc_half *half)
{
	return rhashtable_lookup_get_insert_fast(&vnet->sessions.table, &half->node, half_params);
}

/* Out of the table, or about to be; but a reserved one keeps its reply direction there. */
static bool leaving(const struct vpc_session *session)
{
	return READ_ONCE(session->flags) & (BIT(VPC_SESSION_DEAD) | BIT(VPC_SESSION_RESERVED));
}

/*
 * If @half is about to be taken out of the table, do it: whoever began with that may have to wait
 * until this CPU is through.
 */
static bool help_out(struct vpc_net *vnet, struct vpc_half *half)
{
	const struct vpc_session *session = vpc_half_session(half);

	if (!leaving(session))
		return false;
	if (half->dir == VPC_DIR_REPLY && !test_bit(VPC_SESSION_DEAD, &session->flags))
		return false;
	half_remove(vnet, half);
	return true;
}

/* As vpc_session_set_path(), but the caller keeps its own reference. */
static bool set_path_held(struct vpc_half *half, const struct vpc_path *path)
{
	if (path->dst)
		dst_hold(path->dst);
	return vpc_session_set_path(half, path);
}

/* What @holder began with is not translated so any more: an address has moved (ENI-9, EIP-2). */
static bool outlived(const struct vpc_root *root, const struct vpc_session *holder)
{
	const struct vpc_half *original = &holder->half[VPC_DIR_ORIGINAL];
	struct vpc_path *path = rcu_dereference(original->path), now;
	struct vpc_flow flow = { .key = original->key };
	struct vpc_flow_key reply;

	if (!path || root->gen < holder->gen || vpc_path_valid(path, root))
		return false;
	flow.icmp = path->icmp;
	ether_addr_copy(flow.dmac, path->in_dmac);
	if (vpc_pipeline_run(root, &flow, &now))
		return true;
	vpc_path_reply_key(&now, &flow.key, &reply);
	reply.sport = holder->half[VPC_DIR_REPLY].key.sport;
	reply.dport = holder->half[VPC_DIR_REPLY].key.dport;
	return memcmp(&reply, &holder->half[VPC_DIR_REPLY].key, sizeof(reply));
}

/* @holder has the tuple that a session of @vpc_id wants: may it be sent away? */
static bool evict(struct vpc_net *vnet, const struct vpc_root *root, struct vpc_session *holder,
		  u64 vpc_id)
{
	bool own = test_bit(VPC_SESSION_RESERVED, &holder->flags) && holder->vpc_id == vpc_id;

	if (!test_bit(VPC_SESSION_LIVE, &holder->flags) ||
	    (!own && !owner_gone(holder, root) && !outlived(root, holder)))
		return false;
	session_remove(vnet, holder);
	return true;
}

/* Another identifier or port for the client, unpredictable. */
static void reallocate(struct vpc_session *session, struct vpc_path *path)
{
	u16 port = get_random_u32_inclusive(1024, 65535);

	path->rw.flags |= VPC_REWRITE_SPORT;
	path->rw.sport = htons(port);
	session->half[VPC_DIR_REPLY].key.dport = htons(port);
}

static bool key_equal(const struct vpc_half *a, const struct vpc_half *b)
{
	return !memcmp(&a->key, &b->key, sizeof(a->key));
}

/*
 * The direction of @old's session that a packet of @original goes on with: another CPU was quicker
 * with the same first packet, or with one that this one replies to. NULL: it is another flow.
 */
static struct vpc_half *same_flow(struct vpc_half *old, const struct vpc_half *original)
{
	struct vpc_session *holder = vpc_half_session(old);

	if (leaving(holder))
		return NULL;
	if (key_equal(&holder->half[VPC_DIR_ORIGINAL], original))
		return &holder->half[VPC_DIR_ORIGINAL];
	if (!test_bit(VPC_SESSION_ONE_WAY, &holder->flags) &&
	    key_equal(&holder->half[VPC_DIR_REPLY], original))
		return &holder->half[VPC_DIR_REPLY];
	return NULL;
}

/*
 * Put the reply direction in the table: the insert itself claims the translated tuple. Whoever
 * finds it may go on with the original direction at once, so that has its verdict before.
 * *winner: the direction of another CPU's session that made this one needless.
 */
static enum vpc_drop claim_reply(struct vpc_net *vnet, const struct vpc_root *root,
				 struct vpc_session *session, struct vpc_path *path,
				 struct vpc_half **winner)
{
	struct vpc_half *original = &session->half[VPC_DIR_ORIGINAL];
	struct vpc_half *half = &session->half[VPC_DIR_REPLY], *old;
	unsigned int i;

	if (!set_path_held(original, path))
		return VPC_DROP_NO_MEMORY;
	if (key_equal(half, original)) {	/* to itself: there is one direction */
		set_bit(VPC_SESSION_ONE_WAY, &session->flags);
		return VPC_DROP_NONE;
	}
	for (i = 0; i < CLAIM_TRIES; i++) {
		old = half_insert(vnet, half);
		if (!old)
			return VPC_DROP_NONE;
		if (IS_ERR(old))
			return VPC_DROP_NO_MEMORY;
		*winner = same_flow(old, original);
		if (*winner)
			return VPC_DROP_NONE;
		if (help_out(vnet, old) ||
		    evict(vnet, root, vpc_half_session(old), session->vpc_id))
			continue;
		if (path->stage == VPC_STAGE_LOCAL) {	/* legal asymmetry: PIPE-2 */
			set_bit(VPC_SESSION_ONE_WAY, &session->flags);
			return VPC_DROP_NONE;
		}
		if (path->stage != VPC_STAGE_ENDPOINT)
			return VPC_DROP_TUPLE_CONFLICT;
		reallocate(session, path);
		if (!set_path_held(original, path))
			return VPC_DROP_NO_MEMORY;
	}
	return VPC_DROP_TUPLE_CONFLICT;
}

/* Likewise the original direction. */
static enum vpc_drop claim_original(struct vpc_net *vnet, struct vpc_session *session,
				    struct vpc_half **winner)
{
	struct vpc_half *old;
	unsigned int i;

	for (i = 0; i < CLAIM_TRIES; i++) {
		old = half_insert(vnet, &session->half[VPC_DIR_ORIGINAL]);
		if (!old)
			return VPC_DROP_NONE;
		if (IS_ERR(old))
			return VPC_DROP_NO_MEMORY;
		if (!leaving(vpc_half_session(old))) {
			*winner = old;
			return VPC_DROP_NONE;
		}
		if (!help_out(vnet, old))
			break;
	}
	return VPC_DROP_NO_SESSION;
}

/* Reply first, then original: what finds the original finds a whole session. */
static enum vpc_drop session_insert(struct vpc_net *vnet, const struct vpc_root *root,
				    struct vpc_session *session, struct vpc_path *path,
				    struct vpc_half **winner)
{
	enum vpc_drop reason;

	reason = claim_reply(vnet, root, session, path, winner);
	if (reason || *winner)
		return reason;
	reason = claim_original(vnet, session, winner);
	if ((reason || *winner) && !test_bit(VPC_SESSION_ONE_WAY, &session->flags))
		half_remove(vnet, &session->half[VPC_DIR_REPLY]);
	return reason;
}

static struct vpc_session *session_alloc(struct vpc_net *vnet, const struct vpc_root *root,
					 const struct vpc_flow *flow, const struct vpc_path *path,
					 enum vpc_drop *reason)
{
	const struct vpc_snap_eni *eni = vpc_root_get(root, path->eni, VPC_KIND_ENI);
	const struct vpc_snap_vpc *vpc = vpc_root_get(root, path->vpc, VPC_KIND_VPC);
	const struct vpc_snap *endpoint = vpc_slots_get(&root->slots, path->endpoint);
	struct vpc_session *session;

	*reason = charge_half_open(vnet, eni->p.acct);
	if (*reason)
		return NULL;
	*reason = charge_sessions(vnet, eni->p.acct, vpc->acct);
	if (*reason)
		goto err_half_open;
	session = kmem_cache_zalloc(session_cache, GFP_ATOMIC);
	if (!session) {
		*reason = VPC_DROP_NO_MEMORY;
		goto err_sessions;
	}
	session->half[VPC_DIR_ORIGINAL].key = flow->key;
	session->half[VPC_DIR_REPLY].dir = VPC_DIR_REPLY;
	vpc_path_reply_key(path, &flow->key, &session->half[VPC_DIR_REPLY].key);
	session->flags = BIT(VPC_SESSION_HALF_OPEN);
	vpc_session_track(session, path->tracked);
	session->shard = (u32)atomic_inc_return(&vnet->sessions.next_shard) % VPC_SESSION_SHARDS;
	session->seen = jiffies;
	session->gen = root->gen;
	session->translated = path->stage == VPC_STAGE_ENDPOINT;
	session->idle_max = path->eigw ? EIGW_IDLE_MAX : 0;
	session->vpc_id = vpc->snap.id;
	session->eni_id = eni->p.snap.id;
	session->eni_slot = path->eni;
	session->endpoint_id = endpoint ? endpoint->id : 0;
	session->endpoint_slot = path->endpoint;
	session->eni_acct = eni->p.acct;
	session->vpc_acct = vpc->acct;
	vpc_acct_get(session->eni_acct);
	vpc_acct_get(session->vpc_acct);
	return session;

err_sessions:
	atomic_dec(&eni->p.acct->sessions);
	atomic_dec(&vpc->acct->sessions);
	atomic_dec(&vnet->sessions.count);
err_half_open:
	atomic_dec(&eni->p.acct->half_open);
	atomic_dec(&vnet->sessions.half_open);
	return NULL;
}

/* Both directions are in the table: from here on others may end the session. */
static void session_list(struct vpc_net *vnet, struct vpc_session *session)
{
	struct vpc_session_shard *shard = &vnet->sessions.shards[session->shard];

	spin_lock_bh(&shard->lock);
	/* Numbered under the lock, so that a shard's list is in order; the number tells the shard. */
	session->id = ++shard->last * VPC_SESSION_SHARDS + session->shard;
	set_bit(VPC_SESSION_LIVE, &session->flags);
	list_add_tail_rcu(&session->list, &shard->list);
	spin_unlock_bh(&shard->lock);
}

enum vpc_drop vpc_session_create(struct vpc_net *vnet, const struct vpc_root *root,
				 const struct vpc_flow *flow, struct vpc_path *path,
				 struct vpc_half **half)
{
	struct vpc_half *winner = NULL;
	struct vpc_session *session;
	enum vpc_drop reason;

	session = session_alloc(vnet, root, flow, path, &reason);
	if (!session)
		goto out;
	reason = session_insert(vnet, root, session, path, &winner);
	if (!reason && !winner) {
		if (path->rw.flags & VPC_REWRITE_SPORT)
			vpc_acct_add(session->eni_acct, VPC_COUNT_PORT_REALLOCATED, 1);
		vpc_acct_add(session->eni_acct, VPC_COUNT_SESSIONS_CREATED, 1);
		session_list(vnet, session);
		*half = &session->half[VPC_DIR_ORIGINAL];
		goto out;
	}
	set_bit(VPC_SESSION_DEAD, &session->flags);
	uncharge(vnet, session);
	call_rcu(&session->rcu, session_free_rcu);
	*half = winner;
out:
	dst_release(path->dst);
	path->dst = NULL;
	return reason;
}

/* Both sides have spoken: it no longer counts as half open. */
static void confirm(struct vpc_net *vnet, struct vpc_session *session, u8 state)
{
	bool replied = test_bit(VPC_SESSION_REPLIED, &session->flags);

	if (!vpc_l4state_half_open(session->half[0].key.proto, state, replied))
		uncharge_half_open(vnet, session);
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
			return new;
		old = seen;
	}
}

void vpc_session_update(struct vpc_net *vnet, struct vpc_half *half, u8 tcp_flags,
			unsigned int bytes)
{
	struct vpc_session *session = vpc_half_session(half);
	bool reply = half->dir == VPC_DIR_REPLY;
	u8 state = VPC_TCP_STATE_NONE;

	WRITE_ONCE(half->packets, READ_ONCE(half->packets) + 1);
	WRITE_ONCE(half->bytes, READ_ONCE(half->bytes) + bytes);
	/* At most one write a second, so that two CPUs do not fight for the line. */
	if (time_after(jiffies, READ_ONCE(session->seen) + HZ))
		WRITE_ONCE(session->seen, jiffies);
	if (reply && !test_bit(VPC_SESSION_REPLIED, &session->flags))
		set_bit(VPC_SESSION_REPLIED, &session->flags);
	if (half->key.proto == IPPROTO_TCP)
		state = tcp_advance(session, tcp_flags, reply);
	if (test_bit(VPC_SESSION_HALF_OPEN, &session->flags))
		confirm(vnet, session, state);
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
	unsigned long timeout = session_timeout(session, root);

	return READ_ONCE(session->seen) + timeout * HZ - jiffies;
}

static void gc_shard(struct vpc_net *vnet, struct vpc_session_shard *shard)
{
	const struct vpc_root *root;
	struct vpc_session *session;

	rcu_read_lock();
	root = rcu_dereference(vnet->root);
	list_for_each_entry_rcu(session, &shard->list, list)
		if (vpc_session_left(session, root) < 0 || owner_gone(session, root))
			session_remove(vnet, session);
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
	if (err) {
		kvfree(sessions->shards);
		return err;
	}
	INIT_DELAYED_WORK(&sessions->gc, gc_work);
	queue_delayed_work(vpc_unbound_wq, &sessions->gc, GC_PERIOD);
	return 0;
}

void vpc_sessions_exit(struct vpc_net *vnet)
{
	struct vpc_sessions *sessions = &vnet->sessions;
	struct vpc_session *session, *next;
	unsigned int i;

	cancel_delayed_work_sync(&sessions->gc);
	for (i = 0; i < VPC_SESSION_SHARDS; i++) {
		list_for_each_entry_safe(session, next, &sessions->shards[i].list, list)
			session_remove(vnet, session);
		cond_resched();
	}
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
