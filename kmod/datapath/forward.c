// SPDX-License-Identifier: GPL-2.0
/* From the verdict to the exit: edit a packet, see that it fits, send it. */

#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <net/ip.h>

#include "../compat.h"
#include "../lib/mss.h"
#include "../net.h"
#include "../stats.h"
#include "answer.h"
#include "drop.h"
#include "frag.h"
#include "packet.h"
#include "session.h"
#include "xmit.h"

#define IP_TCP_LEN	(sizeof(struct iphdr) + sizeof(struct tcphdr))

static enum vpc_csum csum_state(const struct sk_buff *skb, unsigned int l4off)
{
	switch (skb->ip_summed) {
	case CHECKSUM_PARTIAL:
		/* Of an inner header: the outer checksum is whole, but for a segment yet to be cut. */
		if (skb_checksum_start_offset(skb) != l4off && !skb_is_gso(skb))
			return VPC_CSUM_FULL;
		return VPC_CSUM_PARTIAL;
	case CHECKSUM_COMPLETE:
		return VPC_CSUM_COMPLETE;
	}
	return VPC_CSUM_FULL;
}

/*
 * An endpoint answers no packet that is too big: it lowers what both ends offer instead (MTU-5), as
 * a NAT gateway does, too (MTU-6). Links of less than its own MTU count, nobody else would tell the
 * sender.
 */
static enum vpc_drop clamp_mss(const struct vpc_packet *pkt, const struct vpc_exit *exit)
{
	unsigned int l4off = pkt->parsed.l4off, len, mtu;
	struct sk_buff *skb = pkt->skb;

	len = l4off + tcp_hdrlen(skb);
	if (!pskb_may_pull(skb, len) || skb_ensure_writable(skb, len))
		return VPC_DROP_NO_MEMORY;
	mtu = min(exit->mtu, READ_ONCE(skb->dev->mtu));
	if (mtu > IP_TCP_LEN)
		vpc_mss_clamp(tcp_hdr(skb), mtu - IP_TCP_LEN,
			      csum_state(skb, l4off) == VPC_CSUM_PARTIAL);
	return VPC_DROP_NONE;
}

/* Toward a service, or behind a NAT gateway or a load balancer: others send from the same address. */
static bool shares_source(const struct vpc_path *path)
{
	return path->stage == VPC_STAGE_ENDPOINT || path->stage == VPC_STAGE_RESOLVER || path->nat ||
	       path->node;
}

/* MTU-5, MTU-6 */
static bool clamps_mss(const struct vpc_path *path)
{
	return path->stage == VPC_STAGE_ENDPOINT || path->stage == VPC_STAGE_RESOLVER ||
	       path->interface || path->nat;
}

static enum vpc_drop rewrite(const struct vpc_packet *pkt, const struct vpc_path *path,
			     const struct vpc_exit *exit)
{
	unsigned int l4off = pkt->parsed.l4off, len;
	struct sk_buff *skb = pkt->skb;

	if (path->rw.flags) {
		len = min(vpc_rewrite_len(pkt->parsed.proto, l4off), skb->len);
		if (skb_ensure_writable(skb, len))
			return VPC_DROP_NO_MEMORY;
		vpc_rewrite_ipv4(ip_hdr(skb), skb->data + l4off, &path->rw,
				 csum_state(skb, l4off), &skb->csum);
	}
	if (path->nat)
		ip_decrease_ttl(ip_hdr(skb));
	if (clamps_mss(path) && pkt->parsed.tcp_flags & VPC_TCP_SYN)
		return clamp_mss(pkt, exit);
	return VPC_DROP_NONE;
}

/* Only the first fragment has ports, and the checksum over all of them. */
static enum vpc_drop rewrite_later(struct sk_buff *skb, const struct vpc_path *path)
{
	if (!path->rw.flags)
		return VPC_DROP_NONE;
	if (skb_ensure_writable(skb, sizeof(struct iphdr)))
		return VPC_DROP_NO_MEMORY;
	vpc_rewrite_addresses(ip_hdr(skb), &path->rw);
	if (path->nat)
		ip_decrease_ttl(ip_hdr(skb));
	return VPC_DROP_NONE;
}

/*
 * Behind a service, senders of two VPCs may have one address, and behind a NAT gateway all have:
 * that they choose one id as well must not mix their fragments, so the host gives a new one.
 */
static bool fresh_id(struct net *net, struct sk_buff *list)
{
	struct sk_buff *skb;
	struct iphdr *iph;
	__be16 old;

	for (skb = list; skb; skb = skb->next)
		if (skb_ensure_writable(skb, sizeof(*iph)))
			return false;
	iph = ip_hdr(list);
	old = iph->id;
	__ip_select_ident(net, iph, 1);
	csum_replace2(&iph->check, old, iph->id);
	for (skb = list->next; skb; skb = skb->next) {
		csum_replace2(&ip_hdr(skb)->check, ip_hdr(skb)->id, iph->id);
		ip_hdr(skb)->id = iph->id;
	}
	return true;
}

/* What was a fragment before has had its new id. */
static struct sk_buff *cut(const struct vpc_packet *pkt, const struct vpc_path *path, u32 mtu,
			   struct sk_buff *skb, enum vpc_drop *reason)
{
	if (shares_source(path) && !ip_is_fragment(ip_hdr(skb)) && !fresh_id(pkt->vnet->net, skb)) {
		*reason = VPC_DROP_NO_MEMORY;
		return NULL;
	}
	return vpc_frag_cut(skb, mtu, reason);
}

/* What fits is sent, the rest is cut (MTU-2). Consumes @skb, whatever becomes of it. */
static void send_pieces(const struct vpc_packet *pkt, const struct vpc_path *path,
			const struct vpc_exit *exit, struct sk_buff *skb)
{
	enum vpc_drop reason = VPC_DROP_NONE;
	struct sk_buff *list = skb, *next;

	if (!vpc_exit_fits(exit, skb)) {
		list = cut(pkt, path, exit->mtu, skb, &reason);
		if (list)
			vpc_acct_add(pkt->acct, VPC_COUNT_FRAGMENTED, 1);
		else
			vpc_drop(pkt->acct, pkt->port->snap.id, skb, reason);
	}
	for (skb = list; skb; skb = next) {
		next = skb->next;
		skb_mark_not_on_list(skb);
		reason = vpc_xmit(path, exit, skb);
		if (reason)
			vpc_drop(pkt->acct, pkt->port->snap.id, skb, reason);
	}
}

/* Merged segments are taken apart first, with their checksums; then each is cut. */
static enum vpc_drop send_cut(struct vpc_packet *pkt, const struct vpc_path *path,
			      const struct vpc_exit *exit)
{
	struct sk_buff *segs, *skb = pkt->skb, *next;

	if (!skb_is_gso(skb)) {
		send_pieces(pkt, path, exit, skb);
		return VPC_DROP_NONE;
	}
	segs = skb_gso_segment(skb, 0);
	if (IS_ERR_OR_NULL(segs))
		return VPC_DROP_NO_MEMORY;
	consume_skb(skb);
	for (skb = segs; skb; skb = next) {
		next = skb->next;
		skb_mark_not_on_list(skb);
		send_pieces(pkt, path, exit, skb);
	}
	return VPC_DROP_NONE;
}

/*
 * MTU-3, MTU-6: toward a gateway the sender is told, unless the packet may be cut, which IPv6 never
 * may. Endpoints and the VPC itself are silent (MTU-5, MTU-7).
 */
static bool may_cut(const struct vpc_packet *pkt, const struct vpc_path *path,
		    const struct vpc_exit *exit, bool first)
{
	if (!path->tells)
		return false;
	if (pkt->parsed.family == AF_INET && !(ip_hdr(pkt->skb)->frag_off & htons(IP_DF)))
		return true;
	if (first && vpc_from_eni(pkt))		/* RFC 1122, 3.2.2: not about later ones */
		vpc_answer_too_big(pkt, path, exit->mtu);
	return false;
}

/* L2-9: a NAT gateway is a hop, and says so to who is inside. */
static enum vpc_drop pass_hop(const struct vpc_packet *pkt, const struct vpc_path *path, bool first)
{
	if (!path->nat || ip_hdr(pkt->skb)->ttl > 1)
		return VPC_DROP_NONE;
	if (first && vpc_from_eni(pkt))
		vpc_answer_time_exceeded(pkt, path->nat_addr);
	return VPC_DROP_TTL;
}

/* @first: not a later fragment */
static enum vpc_drop send(struct vpc_packet *pkt, struct vpc_half *half, bool first)
{
	const struct vpc_path *path = rcu_dereference(half->path);
	enum vpc_drop reason;
	struct vpc_exit exit;
	bool fits;

	reason = pass_hop(pkt, path, first);
	if (reason)
		return reason;
	vpc_session_update(pkt->vnet, half, pkt->parsed.tcp_flags, pkt->skb->len);
	if (path->sent != VPC_COUNT_MAX)
		vpc_acct_add(pkt->acct, path->sent, 1);
	reason = vpc_exit_find(pkt->root, path, &exit);
	if (reason)
		return reason;
	if (first)
		skb_set_transport_header(pkt->skb, pkt->parsed.l4off);
	fits = vpc_exit_fits(&exit, pkt->skb);
	if (!fits && !may_cut(pkt, path, &exit, first))
		return VPC_DROP_TOO_BIG;
	reason = first ? rewrite(pkt, path, &exit) : rewrite_later(pkt->skb, path);
	if (reason)
		return reason;
	return fits ? vpc_xmit(path, &exit, pkt->skb) : send_cut(pkt, path, &exit);
}

/* MET-3: what goes out of a NAT gateway, or does not. */
static void count_nat(struct vpc_acct *nat, u8 dir, unsigned int len, enum vpc_drop reason)
{
	bool reply = dir == VPC_DIR_REPLY;

	if (reason) {
		vpc_acct_add(nat, VPC_COUNT_NAT_DROPS, 1);
		return;
	}
	vpc_acct_add(nat, reply ? VPC_COUNT_NAT_OUT_SOURCE : VPC_COUNT_NAT_OUT_DESTINATION, 1);
	vpc_acct_add(nat, reply ? VPC_COUNT_NAT_BYTES_OUT_SOURCE :
				  VPC_COUNT_NAT_BYTES_OUT_DESTINATION, len);
}

static enum vpc_drop forward(struct vpc_packet *pkt, struct vpc_half *half, bool first)
{
	struct vpc_acct *nat = vpc_half_session(half)->nat_acct;
	unsigned int len = pkt->skb->len;
	enum vpc_drop reason;

	reason = send(pkt, half, first);
	if (nat)
		count_nat(nat, half->dir, len, reason);
	return reason;
}

enum vpc_drop vpc_forward(struct vpc_packet *pkt, struct vpc_half *half)
{
	return forward(pkt, half, true);
}

void vpc_forward_datagram(struct vpc_packet *pkt, struct vpc_half *half, struct sk_buff *list)
{
	const struct vpc_path *path = rcu_dereference(half->path);
	struct sk_buff *skb, *next;
	enum vpc_drop reason;
	bool first = true;

	if (path && shares_source(path) && !fresh_id(pkt->vnet->net, list)) {
		vpc_drop_list(pkt->acct, pkt->port->snap.id, list, VPC_DROP_NO_MEMORY);
		return;
	}
	for (skb = list; skb; skb = next) {
		next = skb->next;
		skb_mark_not_on_list(skb);
		pkt->skb = skb;
		reason = forward(pkt, half, first);
		if (reason)
			vpc_drop(pkt->acct, pkt->port->snap.id, skb, reason);
		first = false;
	}
}
