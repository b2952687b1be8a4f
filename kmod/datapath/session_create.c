// SPDX-License-Identifier: GPL-2.0
/* How a flow gets its place in the table, and its port where that is translated. */

#include <linux/etherdevice.h>
#include <linux/jiffies.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <net/dst.h>

#include "../net.h"
#include "../stats.h"
#include "dst_flows.h"
#include "pipeline.h"
#include "session_internal.h"

/* How often a direction's place is tried. */
#define CLAIM_TRIES	64
/* What an egress-only gateway forgets (EIG-4); of UDP it is SG-14's. */
#define EIGW_IDLE_MAX	350
/* So long a question by UDP waits for the resolver's answer. */
#define RESOLVER_IDLE	30

/*
 * Of NAT-23's 64,512 ports at most 55,000 are taken toward one destination (NAT-6), as the count
 * of dst_flows.c says, and what is merely reserved makes room. So each port drawn is free with a
 * chance of 14.7 % or more, whatever others do: it takes 6.8 draws on average where only the last
 * flow of all is missing, and NAT_TRIES of them all fail once in 10^17 times.
 */
#define NAT_PORT_FIRST	1024
#define NAT_PORT_LAST	65535
#define NAT_TRIES	256

static bool id_at(const struct vpc_root *root, u32 slot, u64 id)
{
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);

	return snap && snap->id == id;
}

/* The same, and nothing is at slot 0. */
static bool is_at(const struct vpc_root *root, u32 slot, u64 id)
{
	return slot ? id_at(root, slot, id) : !id;
}

bool vpc_session_through(const struct vpc_session *session, const struct vpc_root *root,
			 const struct vpc_path *path)
{
	return is_at(root, path->endpoint, session->endpoint_id) &&
	       is_at(root, path->interface, session->interface_id) &&
	       is_at(root, path->nat, session->nat_id) &&
	       is_at(root, path->node, session->node_id);
}

/*
 * Or rejected by the provider, who may accept it again: what flowed until then is over (SVC-9). The
 * resolver stands in an endpoint's place.
 */
static bool endpoint_gone(const struct vpc_session *session, const struct vpc_root *root)
{
	const struct vpc_snap_endpoint *ep;

	if (!id_at(root, session->endpoint_slot, session->endpoint_id))
		return true;
	ep = vpc_root_get(root, session->endpoint_slot, VPC_KIND_ENDPOINT);
	return ep && !ep->available;
}

u32 vpc_session_endpoint(const struct vpc_session *session, const struct vpc_root *root)
{
	return is_at(root, session->endpoint_slot, session->endpoint_id) &&
	       is_at(root, session->interface_slot, session->interface_id) ?
	       session->endpoint_slot : 0;
}

bool vpc_session_owner_gone(const struct vpc_session *session, const struct vpc_root *root)
{
	if (root->gen < session->gen)
		return false;
	if (!id_at(root, session->eni_slot, session->eni_id))
		return true;
	if (session->nat_id && !id_at(root, session->nat_slot, session->nat_id))
		return true;
	if (session->node_id && !id_at(root, session->node_slot, session->node_id))
		return true;
	if (session->interface_id &&
	    !id_at(root, session->interface_slot, session->interface_id))
		return true;
	return session->endpoint_id && endpoint_gone(session, root);
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
	vpc_half_remove(vnet, half);
	return true;
}

/* As vpc_session_set_path(), but the caller keeps its own reference. */
static bool set_path_held(struct vpc_half *half, const struct vpc_path *path)
{
	if (path->dst)
		dst_hold(path->dst);
	return vpc_session_set_path(half, path);
}

/*
 * What @holder began with is not translated so any more: an address has moved (ENI-9, EIP-2). Those
 * that share an address stay with it.
 */
static bool outlived(const struct vpc_root *root, const struct vpc_session *holder)
{
	const struct vpc_half *original = &holder->half[VPC_DIR_ORIGINAL];
	struct vpc_path *path = rcu_dereference(original->path), now;
	struct vpc_flow flow = { .key = original->key };
	struct vpc_flow_key reply;

	if (holder->shares || holder->node_id || !path || root->gen < holder->gen || vpc_path_valid(path, root))
		return false;
	flow.icmp = path->icmp;
	flow.endpoint = vpc_session_endpoint(holder, root);
	ether_addr_copy(flow.dmac, path->in_dmac);
	if (vpc_pipeline_run(root, &flow, &now))
		return true;
	vpc_path_reply_key(&now, &flow.key, &reply);
	reply.sport = holder->half[VPC_DIR_REPLY].key.sport;
	reply.dport = holder->half[VPC_DIR_REPLY].key.dport;
	return memcmp(&reply, &holder->half[VPC_DIR_REPLY].key, sizeof(reply));
}

/* Nobody on its way has given it another address or port. */
static bool is_plain(const struct vpc_session *session)
{
	const struct vpc_flow_key *reply = &session->half[VPC_DIR_REPLY].key;
	struct vpc_flow_key inverse;

	vpc_flow_key_invert(&inverse, &session->half[VPC_DIR_ORIGINAL].key, reply->port);
	return !memcmp(&inverse, reply, sizeof(inverse));
}

/*
 * @old has the tuple that a session of @vpc_id wants: may it be sent away? Where merely its way is
 * another one now, whoever began it still tracks it (SG-11).
 */
static bool evict(struct vpc_net *vnet, const struct vpc_root *root, struct vpc_half *old,
		  u64 vpc_id)
{
	struct vpc_session *holder = vpc_half_session(old);
	bool own = test_bit(VPC_SESSION_RESERVED, &holder->flags) && holder->vpc_id == vpc_id;

	if (!test_bit(VPC_SESSION_LIVE, &holder->flags))
		return false;
	if (own || test_bit(VPC_SESSION_ORPHAN, &holder->flags) ||
	    vpc_session_owner_gone(holder, root)) {
		vpc_session_remove(vnet, holder);
		return true;
	}
	if (!outlived(root, holder))
		return false;
	if (old->dir == VPC_DIR_REPLY && is_plain(holder))
		vpc_session_yield(vnet, holder);
	else
		vpc_session_remove(vnet, holder);
	return true;
}

/*
 * Another identifier or port for the client, unpredictable. No direction is in the table yet, so
 * nobody else reads the session's verdict.
 */
static void draw_port(struct vpc_session *session, struct vpc_path *path)
{
	struct vpc_path *own = rcu_dereference_protected(session->half[VPC_DIR_ORIGINAL].path, 1);
	__be16 port = htons(get_random_u32_inclusive(NAT_PORT_FIRST, NAT_PORT_LAST));

	path->rw.flags |= VPC_REWRITE_SPORT;
	path->rw.sport = port;
	own->rw = path->rw;
	session->half[VPC_DIR_REPLY].key.dport = port;
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

	if (leaving(holder) || test_bit(VPC_SESSION_ORPHAN, &holder->flags))
		return NULL;
	if (key_equal(&holder->half[VPC_DIR_ORIGINAL], original))
		return &holder->half[VPC_DIR_ORIGINAL];
	if (!test_bit(VPC_SESSION_ONE_WAY, &holder->flags) &&
	    key_equal(&holder->half[VPC_DIR_REPLY], original))
		return &holder->half[VPC_DIR_REPLY];
	return NULL;
}

/* The place of the reply direction is @old's; may it be tried again, and why not? */
static enum vpc_drop make_way(struct vpc_net *vnet, const struct vpc_root *root,
			      struct vpc_session *session, struct vpc_path *path,
			      struct vpc_half *old)
{
	if (help_out(vnet, old) || evict(vnet, root, old, session->vpc_id))
		return VPC_DROP_NONE;
	if (!session->translated || (session->node_id && !session->shares))	/* NLB-14 */
		return VPC_DROP_TUPLE_CONFLICT;
	draw_port(session, path);
	return VPC_DROP_NONE;
}

/* By the session's own port first, by any where it shares an address. */
static enum vpc_drop claim_tuple(struct vpc_net *vnet, const struct vpc_root *root,
				 struct vpc_session *session, struct vpc_path *path,
				 struct vpc_half **winner)
{
	unsigned int i, tries = session->shares ? NAT_TRIES : CLAIM_TRIES;
	struct vpc_half *half = &session->half[VPC_DIR_REPLY], *old;
	enum vpc_drop reason;

	if (session->shares)
		draw_port(session, path);
	for (i = 1; i <= tries; i++) {
		old = vpc_half_insert(vnet, half);
		if (IS_ERR(old))
			return VPC_DROP_NO_MEMORY;
		if (!old && session->nat_id)
			vpc_acct_add(session->nat_acct, VPC_COUNT_NAT_PORT_TRIES, i);
		if (!old)
			return VPC_DROP_NONE;
		*winner = same_flow(old, &session->half[VPC_DIR_ORIGINAL]);
		if (*winner)
			return VPC_DROP_NONE;
		reason = make_way(vnet, root, session, path, old);
		if (reason)
			return reason;
	}
	return session->shares ? vpc_session_no_port(session) : VPC_DROP_TUPLE_CONFLICT;
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
	bool itself = key_equal(&session->half[VPC_DIR_REPLY], original);
	enum vpc_drop reason = VPC_DROP_NONE;

	if (!set_path_held(original, path))
		return VPC_DROP_NO_MEMORY;
	if (!itself)
		reason = claim_tuple(vnet, root, session, path, winner);
	/* To itself there is one direction; and asymmetry is legal (PIPE-2, IGW-2). */
	if (!itself && (reason != VPC_DROP_TUPLE_CONFLICT || session->translated))
		return reason;
	set_bit(VPC_SESSION_ONE_WAY, &session->flags);
	return VPC_DROP_NONE;
}

/* Likewise the original direction. */
static enum vpc_drop claim_original(struct vpc_net *vnet, struct vpc_session *session,
				    struct vpc_half **winner)
{
	struct vpc_half *old;
	unsigned int i;

	for (i = 0; i < CLAIM_TRIES; i++) {
		old = vpc_half_insert(vnet, &session->half[VPC_DIR_ORIGINAL]);
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
		vpc_half_remove(vnet, &session->half[VPC_DIR_REPLY]);
	return reason;
}

static void set_owners(struct vpc_session *session, const struct vpc_root *root,
		       const struct vpc_path *path)
{
	const struct vpc_snap_eni *eni = vpc_root_get(root, path->eni, VPC_KIND_ENI);
	const struct vpc_snap_vpc *vpc = vpc_root_get(root, path->vpc, VPC_KIND_VPC);
	const struct vpc_snap *endpoint = vpc_slots_get(&root->slots, path->endpoint);

	session->vpc_id = vpc->snap.id;
	session->eni_id = eni->p.snap.id;
	session->eni_slot = path->eni;
	session->endpoint_id = endpoint ? endpoint->id : 0;
	session->endpoint_slot = path->endpoint;
	session->eni_acct = eni->p.acct;
	session->vpc_acct = vpc->acct;
	vpc_acct_get(session->eni_acct);
	vpc_acct_get(session->vpc_acct);
}

static void set_nat(struct vpc_net *vnet, struct vpc_session *session, const struct vpc_root *root,
		    const struct vpc_path *path)
{
	const struct vpc_snap_nat *nat = vpc_root_get(root, path->nat, VPC_KIND_NAT_GATEWAY);

	if (!nat)
		return;
	session->nat_id = nat->snap.id;
	session->nat_slot = path->nat;
	session->nat_addr = path->nat_addr;
	session->idle = READ_ONCE(vnet->in_force.nat_idle);
	session->nat_acct = nat->acct;
	vpc_acct_get(session->nat_acct);
}

/* NLB-16 */
static void set_node(struct vpc_net *vnet, struct vpc_session *session, const struct vpc_root *root,
		     const struct vpc_path *path)
{
	const struct vpc_snap_eni *node = vpc_root_get(root, path->node, VPC_KIND_ENI);
	const struct vpc_snap_nlb *nlb;
	u16 idle;

	nlb = node ? vpc_root_get(root, node->requester, VPC_KIND_NLB) : NULL;
	if (!nlb)
		return;
	session->node_id = node->p.snap.id;
	session->node_slot = path->node;
	session->client = path->client;
	idle = path->idle ? path->idle : READ_ONCE(vnet->in_force.endpoint_udp_idle);
	session->idle = session->idle ? min(session->idle, idle) : idle;
	session->nlb_acct = nlb->acct;
	vpc_acct_get(session->nlb_acct);
}

/* IFE-23 */
static void set_interface(struct vpc_net *vnet, struct vpc_session *session,
			  const struct vpc_root *root, const struct vpc_path *path)
{
	const struct vpc_snap_eni *eni = vpc_root_get(root, path->interface, VPC_KIND_ENI);

	if (!eni)
		return;
	session->interface_id = eni->p.snap.id;
	session->interface_slot = path->interface;
	if (!session->node_id)
		session->idle = session->half[VPC_DIR_ORIGINAL].key.proto == IPPROTO_TCP ?
				READ_ONCE(vnet->in_force.endpoint_tcp_idle) :
				READ_ONCE(vnet->in_force.endpoint_udp_idle);
	session->interface_acct = eni->p.acct;
	vpc_acct_get(session->interface_acct);
}

/* VPC-24 */
static void set_resolver(struct vpc_session *session, const struct vpc_root *root,
			 const struct vpc_path *path)
{
	const struct vpc_snap_port *service = vpc_root_port(root, path->exit);

	if (path->stage != VPC_STAGE_RESOLVER)
		return;
	session->idle = session->half[VPC_DIR_ORIGINAL].key.proto == IPPROTO_UDP ? RESOLVER_IDLE : 0;
	session->resolver_acct = service->acct;
	vpc_acct_get(session->resolver_acct);
}

/*
 * What a session that shares an address counts against: flows of that toward one destination, which
 * behind a NAT gateway its client has chosen (NAT-6).
 */
static void flows_key(const struct vpc_session *session, const struct vpc_root *root,
		      const struct vpc_path *path, struct vpc_dst_flows_key *key)
{
	const struct vpc_flow_key *flow = &session->half[VPC_DIR_ORIGINAL].key;
	const struct vpc_flow_key *reply = &session->half[VPC_DIR_REPLY].key;
	const struct vpc_snap *service = vpc_slots_get(&root->slots, path->exit);

	*key = (struct vpc_dst_flows_key){ .proto = flow->proto };
	if (session->nat_id && !session->node_id) {
		key->owner = session->nat_id;
		key->addr = session->nat_addr;
		key->dst = flow->dst.ip4;
		key->dport = flow->dport;
		return;
	}
	key->owner = session->node_id ? session->node_id : service->id;
	key->addr = reply->dst.ip4;
	key->dst = reply->src.ip4;
	key->dport = reply->sport;
}

static struct vpc_session *session_alloc(struct vpc_net *vnet, const struct vpc_root *root,
					 const struct vpc_flow *flow, const struct vpc_path *path,
					 enum vpc_drop *reason)
{
	struct vpc_session *session = vpc_session_zalloc();
	struct vpc_dst_flows_key key;

	if (!session) {
		*reason = VPC_DROP_NO_MEMORY;
		return NULL;
	}
	session->half[VPC_DIR_ORIGINAL].key = flow->key;
	session->half[VPC_DIR_REPLY].dir = VPC_DIR_REPLY;
	vpc_path_reply_key(path, &flow->key, &session->half[VPC_DIR_REPLY].key);
	vpc_session_track(session, path->tracked);
	session->shard = (u32)atomic_inc_return(&vnet->sessions.next_shard) % VPC_SESSION_SHARDS;
	session->seen = jiffies;
	session->gen = root->gen;
	session->idle_max = path->eigw ? EIGW_IDLE_MAX : 0;
	session->translated = path->stage == VPC_STAGE_ENDPOINT || path->stage == VPC_STAGE_NAT ||
			      path->stage == VPC_STAGE_NLB || path->stage == VPC_STAGE_RESOLVER;
	session->shares = path->nat || path->interface || path->stage == VPC_STAGE_RESOLVER ||
			  (path->node && path->rw.flags & VPC_REWRITE_SRC);
	set_owners(session, root, path);
	set_nat(vnet, session, root, path);
	set_node(vnet, session, root, path);
	set_interface(vnet, session, root, path);
	set_resolver(session, root, path);
	flows_key(session, root, path, &key);
	*reason = vpc_session_charge(vnet, session, session->shares ? &key : NULL);
	if (!*reason)
		return session;
	vpc_session_free(session);
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

static void count_created(const struct vpc_session *session, const struct vpc_path *path)
{
	vpc_acct_add(session->eni_acct, VPC_COUNT_SESSIONS_CREATED, 1);
	if (!session->shares && path->rw.flags & VPC_REWRITE_SPORT)
		vpc_acct_add(session->eni_acct, VPC_COUNT_PORT_REALLOCATED, 1);
	if (session->nat_id && session->half[VPC_DIR_ORIGINAL].key.proto == IPPROTO_TCP)
		vpc_acct_add(session->nat_acct, VPC_COUNT_NAT_ATTEMPTS, 1);
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
		count_created(session, path);
		session_list(vnet, session);
		*half = &session->half[VPC_DIR_ORIGINAL];
		goto out;
	}
	set_bit(VPC_SESSION_DEAD, &session->flags);
	vpc_session_uncharge(vnet, session);
	vpc_session_free_later(session);
	*half = winner;
out:
	dst_release(path->dst);
	path->dst = NULL;
	return reason;
}
