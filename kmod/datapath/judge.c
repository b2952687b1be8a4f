// SPDX-License-Identifier: GPL-2.0
/* Which session a packet belongs to, and whether its verdict still holds. */

#include <linux/etherdevice.h>
#include <net/dst.h>

#include "../net.h"
#include "../stats.h"
#include "answer.h"
#include "packet.h"
#include "resolver.h"
#include "session.h"
#include "xmit.h"

static void flow_of_half(const struct vpc_half *half, struct vpc_flow *flow)
{
	memset(flow, 0, sizeof(*flow));
	flow->key = half->key;
	flow->reply = half->dir == VPC_DIR_REPLY;
	vpc_session_tracked(half, flow);
}

/* What the session's way has been so far and stays where it still can. */
static void flow_pinned(const struct vpc_session *session, struct vpc_flow *flow)
{
	const struct vpc_path *path = rcu_dereference(session->half[VPC_DIR_ORIGINAL].path);

	flow->nat = session->nat_slot;
	flow->nat_addr = session->nat_addr;
	flow->peering = path ? path->peering : 0;
	flow->interface = session->interface_slot;
	flow->node = session->node_slot;
	flow->client = session->client;
	flow->target = session->half[VPC_DIR_REPLY].key.src.ip4;
	flow->target_port = session->half[VPC_DIR_REPLY].key.sport;
}

/* The MAC that the original direction was sent to, for its replay. */
static void flow_original(const struct vpc_session *session, struct vpc_flow *flow)
{
	const struct vpc_path *path = rcu_dereference(session->half[0].path);

	flow_of_half(&session->half[0], flow);
	if (path)
		ether_addr_copy(flow->dmac, path->in_dmac);
}

static enum vpc_drop route_path(struct vpc_packet *pkt, const struct vpc_flow *flow,
				struct vpc_path *path)
{
	struct vpc_flow_key sent = flow->key;

	if (path->rw.flags & VPC_REWRITE_SRC)
		sent.src = path->rw.src;
	if (path->rw.flags & VPC_REWRITE_DST)
		sent.dst = path->rw.dst;
	return vpc_xmit_route(pkt->root, pkt->vnet->net, path, &sent);
}

static bool opens(const struct vpc_packet *pkt)
{
	return pkt->flow.key.proto == IPPROTO_TCP &&
	       (pkt->parsed.tcp_flags & (VPC_TCP_SYN | VPC_TCP_ACK)) == VPC_TCP_SYN;
}

/*
 * A new connection with the ports of one that is over: security groups do not track it yet, or the
 * rule that once allowed it would for ever (SG-11); nor has an endpoint's policy let it in.
 */
static bool reopens(const struct vpc_packet *pkt, const struct vpc_half *half)
{
	const struct vpc_session *session = vpc_half_session(half);
	u8 state = READ_ONCE(session->state);

	/* That the other direction has ended it is seen by another session. */
	if (state == VPC_TCP_STATE_ESTABLISHED && half->dir == VPC_DIR_ORIGINAL &&
	    test_bit(VPC_SESSION_ONE_WAY, &session->flags))
		return opens(pkt);
	return opens(pkt) && (state == VPC_TCP_STATE_CLOSING || state == VPC_TCP_STATE_CLOSED);
}

/* A verdict that holds for the flow of @pkt, but for the type and code of an ICMP query. */
static bool path_current(const struct vpc_packet *pkt, struct vpc_path *path)
{
	if (!path || !vpc_path_valid(path, pkt->root))
		return false;
	if (path->check_dmac && !ether_addr_equal(path->in_dmac, pkt->flow.dmac))
		return false;
	return vpc_xmit_route_valid(path);
}

static bool path_usable(const struct vpc_packet *pkt, struct vpc_path *path)
{
	return path_current(pkt, path) &&
	       (path->icmp == pkt->flow.icmp || pkt->parsed.icmp_error);
}

/*
 * Verdicts on two ICMP codes differ by what rules say alone, not by the way: the second is for its
 * packet only. Who changes the code with every one does not get memory for every one.
 */
static enum vpc_drop keep_path(const struct vpc_packet *pkt, struct vpc_half *half,
			       struct vpc_path *path)
{
	struct vpc_path *old = rcu_dereference(half->path);

	if (path_current(pkt, old) && old->icmp != path->icmp) {
		dst_release(path->dst);
		path->dst = NULL;
		return VPC_DROP_NONE;
	}
	return vpc_session_set_path(half, path) ? VPC_DROP_NONE : VPC_DROP_NO_MEMORY;
}

/*
 * Who receives the packet of @flow may have sent the other direction by another way, which is another
 * session: its security groups know the flow by its tuple all the same (SG-9, SG-11). What has yet to
 * get a port on its way has no tuple there that could be known.
 */
static bool receiver_tracks(const struct vpc_packet *pkt, const struct vpc_flow *flow,
			    const struct vpc_path *path)
{
	struct vpc_session *session;
	struct vpc_flow_key sent;
	struct vpc_flow its_own;
	struct vpc_half *half;

	if (path->denied != VPC_DROP_SECURITY_GROUP_INGRESS || opens(pkt) || path->nat ||
	    path->interface || path->node)
		return false;
	vpc_path_reply_key(path, &flow->key, &sent);
	half = vpc_session_lookup(pkt->vnet, &sent);
	if (!half)
		return false;
	session = vpc_half_session(half);
	if (test_bit(VPC_SESSION_RESERVED, &session->flags) ||
	    READ_ONCE(session->state) == VPC_TCP_STATE_CLOSED)
		return false;
	vpc_session_tracked(half, &its_own);
	return its_own.tracked & VPC_GATE(VPC_DIRECTION_EGRESS);
}

/* @original: the flow that @flow replies to, or NULL. */
static enum vpc_drop run_pipeline(const struct vpc_packet *pkt, const struct vpc_flow *original,
				  const struct vpc_flow *flow, struct vpc_path *path)
{
	const struct vpc_root *root = pkt->root;
	struct vpc_flow known = *flow;
	enum vpc_drop reason;

	reason = original ? vpc_pipeline_reply(root, original, flow, path) :
			    vpc_pipeline_run(root, flow, path);
	if (reason || !receiver_tracks(pkt, flow, path))
		return reason;
	known.tracked |= VPC_GATE(VPC_DIRECTION_INGRESS);
	known.tracked_by = path->exit;
	reason = original ? vpc_pipeline_reply(root, original, &known, path) :
			    vpc_pipeline_run(root, &known, path);
	path->known = flow->tracked;
	return reason;
}

/*
 * A reply was let pass by rules, which have changed since the last one: the session is tracked where
 * they say so to its original direction, whether or not that goes on (SG-10).
 */
static void track_again(const struct vpc_packet *pkt, struct vpc_half *half,
			const struct vpc_flow *original)
{
	struct vpc_path path;

	if (vpc_pipeline_run(pkt->root, original, &path) || path.denied)
		return;
	vpc_session_track(vpc_half_session(half), path.tracked);
}

/* The egress-only gateway that the session's first direction leaves by. */
static u32 session_eigw(const struct vpc_session *session)
{
	const struct vpc_path *path = rcu_dereference(session->half[0].path);

	return path ? path->eigw : 0;
}

static enum vpc_drop refresh_reply(struct vpc_packet *pkt, struct vpc_half *half,
				   struct vpc_path *path)
{
	struct vpc_session *session = vpc_half_session(half);
	bool first = !rcu_access_pointer(half->path);
	struct vpc_flow original, flow = pkt->flow;
	enum vpc_drop reason;

	flow.reply = true;
	flow.eigw = session_eigw(session);
	if (!reopens(pkt, half))
		vpc_session_tracked(half, &flow);
	flow_pinned(session, &flow);
	flow_original(session, &original);
	original.endpoint = vpc_session_endpoint(session, pkt->root);
	reason = run_pipeline(pkt, &original, &flow, path);
	if (!reason && !vpc_session_through(session, pkt->root, path))
		reason = VPC_DROP_PATH_CHANGED;
	if (!reason)
		reason = route_path(pkt, &flow, path);
	if (!reason)
		reason = keep_path(pkt, half, path);
	if (!reason && !first && !path->denied && !pkt->parsed.icmp_error &&
	    flow.tracked != (VPC_GATE(VPC_DIRECTION_INGRESS) | VPC_GATE(VPC_DIRECTION_EGRESS)))
		track_again(pkt, half, &original);
	return reason;
}

static enum vpc_drop create(struct vpc_packet *pkt, struct vpc_path *path, struct vpc_half **half)
{
	enum vpc_drop reason;

	reason = route_path(pkt, &pkt->flow, path);
	if (reason)
		return reason;
	reason = vpc_session_create(pkt->vnet, pkt->root, &pkt->flow, path, half);
	if (reason || path_usable(pkt, rcu_dereference((*half)->path)))
		return reason;
	/* Another CPU was quicker: its session has no verdict on replies yet, or an older one. */
	return (*half)->dir == VPC_DIR_REPLY ? refresh_reply(pkt, *half, path) :
					       VPC_DROP_PATH_CHANGED;
}

/* A port that the session was given stays its own where the stage still applies. */
static void keep_port(const struct vpc_session *session, struct vpc_path *path)
{
	const struct vpc_path *old = rcu_dereference(session->half[0].path);

	if (!old || old->stage != path->stage || !(old->rw.flags & VPC_REWRITE_SPORT))
		return;
	path->rw.flags |= VPC_REWRITE_SPORT;
	path->rw.sport = old->rw.sport;
}

/*
 * The path under the new rules has another translation or exit. Plain flows and first packets
 * start again; a connection in progress breaks, since its peer knows it by the old address
 * (GWE-11), which IPv6 keeps.
 */
static enum vpc_drop replace(struct vpc_packet *pkt, struct vpc_session *session,
			     struct vpc_flow *flow, struct vpc_path *path, struct vpc_half **half)
{
	bool translated = session->translated ||
			  (path->stage != VPC_STAGE_LOCAL && pkt->flow.key.family == AF_INET);
	enum vpc_drop reason;

	/* Nor is a session ended by a packet that has yet to see the rules which it was made under. */
	if (pkt->parsed.icmp_error || pkt->root->gen < session->gen)
		return VPC_DROP_PATH_CHANGED;
	/* Who received it as it was does not know it as it is now (SG-9). */
	flow->tracked &= VPC_GATE(VPC_DIRECTION_EGRESS);
	reason = run_pipeline(pkt, NULL, flow, path);
	if (reason || path->denied)
		return reason ? reason : path->denied;
	keep_port(session, path);
	vpc_session_orphan(pkt->vnet, session);
	if (translated && pkt->flow.key.proto == IPPROTO_TCP && pkt->parsed.unsolicited)
		return path->nat ? VPC_DROP_NOT_SYN : VPC_DROP_PATH_CHANGED;	/* NAT-21 */
	return create(pkt, path, half);
}

static enum vpc_drop refresh_original(struct vpc_packet *pkt, struct vpc_half **half,
				      struct vpc_path *path)
{
	struct vpc_session *session = vpc_half_session(*half);
	struct vpc_flow flow = pkt->flow;
	struct vpc_flow_key reply;
	enum vpc_drop reason;

	flow.unsolicited = false;	/* it has a session */
	flow_pinned(session, &flow);
	if (reopens(pkt, *half)) {
		flow.interface = 0;
	} else {
		vpc_session_tracked(*half, &flow);
		flow.endpoint = vpc_session_endpoint(session, pkt->root);
	}
	reason = run_pipeline(pkt, NULL, &flow, path);
	if (reason)
		return reason;
	keep_port(session, path);
	vpc_path_reply_key(path, &flow.key, &reply);
	if (memcmp(&reply, &session->half[VPC_DIR_REPLY].key, sizeof(reply)) ||
	    !vpc_session_through(session, pkt->root, path))
		return replace(pkt, session, &flow, path, half);
	reason = route_path(pkt, &flow, path);
	if (!reason)
		reason = keep_path(pkt, *half, path);
	if (!reason && !path->denied && !pkt->parsed.icmp_error)
		vpc_session_track(session, path->tracked);
	return reason;
}

/* NAT-9, NLB-18: UDP may come in fragments. */
static enum vpc_drop check_datagram(const struct vpc_packet *pkt, const struct vpc_path *path)
{
	if (!pkt->datagram || pkt->flow.key.proto == IPPROTO_UDP)
		return VPC_DROP_NONE;
	if (path->node)
		return VPC_DROP_NLB_FRAGMENT;
	return path->nat ? VPC_DROP_NAT_FRAGMENT : VPC_DROP_NONE;
}

/*
 * What network ACLs and security groups deny makes no session. One address after another of a NAT
 * gateway is tried until one has a port for it (NAT-7); the pipeline says so when none has.
 */
static enum vpc_drop first_packet(struct vpc_packet *pkt, struct vpc_path *path,
				  struct vpc_half **half)
{
	enum vpc_drop reason;

	for (;;) {
		reason = run_pipeline(pkt, NULL, &pkt->flow, path);
		if (!reason)
			reason = check_datagram(pkt, path);
		if (reason || path->denied)
			return reason;
		reason = create(pkt, path, half);
		if (reason != VPC_DROP_NAT_PORTS)
			return reason;
		pkt->flow.nat_full |= BIT(path->nat_place);
	}
}

/* MET-3 */
static void count_stopped(const struct vpc_packet *pkt, const struct vpc_path *path,
			  enum vpc_drop reason)
{
	const struct vpc_snap_nat *nat = vpc_root_get(pkt->root, path->nat, VPC_KIND_NAT_GATEWAY);

	if (!nat)
		return;
	vpc_acct_add(nat->acct, VPC_COUNT_NAT_DROPS, 1);
	if (reason == VPC_DROP_NAT_PORTS)
		vpc_acct_add(nat->acct, VPC_COUNT_NAT_PORT_ERRORS, 1);
}

/* To a flow that is over, or has nowhere to go, TCP is told so. */
static bool resets(enum vpc_drop reason)
{
	return reason == VPC_DROP_NOT_SYN || reason == VPC_DROP_NLB_NO_TARGET ||
	       reason == VPC_DROP_NLB_TERMINATED;
}

/*
 * At a NAT gateway, an endpoint's interface or a load balancer's TCP of no flow is reset (NAT-8, NAT-21,
 * IFE-23, NLB-16), and what has lost its target (NLB-26, NLB-27).
 */
static void turn_away(const struct vpc_packet *pkt, const struct vpc_path *path,
		      enum vpc_drop reason)
{
	count_stopped(pkt, path, reason);
	if (resets(reason) && pkt->flow.key.proto == IPPROTO_TCP && !pkt->datagram &&
	    !(pkt->parsed.tcp_flags & VPC_TCP_RST))
		vpc_answer_reset(pkt);
}

/* POL-6: who may not use an endpoint is told so, about what is no error and came in one piece. */
static void prohibit(const struct vpc_packet *pkt, const struct vpc_path *path)
{
	const struct vpc_snap_endpoint *ep = vpc_root_get(pkt->root, path->endpoint,
							  VPC_KIND_ENDPOINT);

	if (ep)
		vpc_acct_add(ep->acct, VPC_COUNT_POLICY_DENIED, 1);
	if (!vpc_from_eni(pkt) || pkt->datagram || pkt->parsed.icmp_error)
		return;
	if (pkt->flow.key.proto == IPPROTO_TCP)
		vpc_answer_reset(pkt);
	else
		vpc_answer_prohibited(pkt);
}

/* An ICMP error goes the way of the flow's packets; whether it may is said of it alone (icmp.c). */
static enum vpc_drop verdict(const struct vpc_packet *pkt, const struct vpc_path *path,
			     enum vpc_drop reason)
{
	if (path->denied && !pkt->parsed.icmp_error)
		return path->denied;
	if (!reason)
		reason = check_datagram(pkt, path);
	if (reason == VPC_DROP_ENDPOINT_POLICY)
		prohibit(pkt, path);
	else if (reason && (path->nat || path->interface || path->node))
		turn_away(pkt, path, reason);
	return reason;
}

/* No session, or none whose verdict still holds. *@half is what the packet goes on with. */
static enum vpc_drop slow_path(struct vpc_packet *pkt, struct vpc_half **half)
{
	struct vpc_path path;
	enum vpc_drop reason;

	vpc_acct_add(pkt->acct, VPC_COUNT_SLOW_PATH, 1);
	if (!*half && !vpc_ours(pkt))
		return VPC_TO_HOST;
	if (!*half && pkt->parsed.icmp_error)
		return VPC_DROP_ICMP_ERROR;
	if (!*half)
		reason = first_packet(pkt, &path, half);
	else if ((*half)->dir == VPC_DIR_REPLY)
		reason = refresh_reply(pkt, *half, &path);
	else
		reason = refresh_original(pkt, half, &path);
	return verdict(pkt, &path, reason);
}

/* Denied when security groups did not track the flow as they do now. */
static bool outdated(const struct vpc_packet *pkt, const struct vpc_half *half,
		     const struct vpc_path *path)
{
	struct vpc_flow flow;

	if (!path->denied)
		return false;
	vpc_session_tracked(half, &flow);
	return flow.tracked != path->known || receiver_tracks(pkt, &pkt->flow, path);
}

/* NAT-8, IFE-23: to the second, not when the garbage is collected. */
static bool idle_too_long(const struct vpc_packet *pkt, struct vpc_session *session)
{
	return session->idle && vpc_session_expire(pkt->vnet, pkt->root, session);
}

/*
 * A new connection with the ports of one that is over gets a target of its own: the other may be gone
 * (NLB-9).
 */
static bool begins_anew(const struct vpc_packet *pkt, struct vpc_half *half)
{
	struct vpc_session *session = vpc_half_session(half);

	if (!session->node_id || half->dir != VPC_DIR_ORIGINAL || !reopens(pkt, half))
		return false;
	vpc_session_kill(pkt->vnet, session);
	return true;
}

enum vpc_drop vpc_judge(struct vpc_packet *pkt, struct vpc_half **half)
{
	struct vpc_path *path;

	*half = NULL;
	if (!vpc_resolver_admits(pkt))
		return VPC_DROP_RESOLVER_RATE;
	*half = vpc_session_lookup(pkt->vnet, &pkt->flow.key);
	vpc_acct_add(pkt->acct, VPC_COUNT_LOOKUPS, 1);
	if (*half && test_bit(VPC_SESSION_RESERVED, &vpc_half_session(*half)->flags))
		return VPC_DROP_NO_SESSION;
	if (*half && (idle_too_long(pkt, vpc_half_session(*half)) || begins_anew(pkt, *half)))
		*half = NULL;
	path = *half ? rcu_dereference((*half)->path) : NULL;
	if (path_usable(pkt, path) && !outdated(pkt, *half, path) && !reopens(pkt, *half))
		return verdict(pkt, path, VPC_DROP_NONE);
	return slow_path(pkt, half);
}
