// SPDX-License-Identifier: GPL-2.0
#include "icmp.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "../port.h"
#include "../stats.h"
#include "packet.h"
#include "session.h"
#include "xmit.h"

static bool is_ipv6(const struct vpc_packet *pkt)
{
	return pkt->parsed.family == AF_INET6;
}

/* How much of the packet, from the error's header on, is looked at. */
static unsigned int quote_pull(const struct vpc_packet *pkt)
{
	return is_ipv6(pkt) ? VPC_QUOTE6_PULL : VPC_QUOTE_PULL;
}

/* A redirect would lead past the router, and nobody slows down for a quench any more (RFC 6633). */
static bool welcome(const struct vpc_packet *pkt)
{
	u8 type = pkt->skb->data[pkt->parsed.l4off];

	if (is_ipv6(pkt))	/* there a redirect is neighbour discovery */
		return true;
	return type != ICMP_REDIRECT && type != ICMP_SOURCE_QUENCH;
}

static bool quoted_flow(const struct vpc_packet *pkt, struct vpc_flow_key *quoted)
{
	unsigned int off = pkt->parsed.l4off, avail = skb_headlen(pkt->skb) - off;
	const void *icmp = pkt->skb->data + off;

	return is_ipv6(pkt) ? vpc_parse_quoted6(icmp, avail, quoted) :
			      vpc_parse_quoted(icmp, avail, quoted);
}

/* The flow that an error may belong to travels as it does: against the quoted packet. */
static bool find_flow(struct vpc_packet *pkt)
{
	struct vpc_flow_key quoted;
	struct sk_buff *skb = pkt->skb;
	unsigned int off = pkt->parsed.l4off;

	if (!pskb_may_pull(skb, min(skb->len, off + quote_pull(pkt))) ||
	    !quoted_flow(pkt, &quoted) || !vpc_addr_equal(&quoted.src, &pkt->parsed.dst))
		return false;
	vpc_flow_key_invert(&pkt->flow.key, &quoted, pkt->port->port->slot);
	pkt->flow.icmp = 0;
	pkt->flow.unsolicited = true;
	return true;
}

static const struct vpc_snap_eip *public_of(const struct vpc_packet *pkt,
					    const struct vpc_snap_eni *eni)
{
	const struct vpc_snap_vpc *vpc = vpc_root_get(pkt->root, eni->vpc, VPC_KIND_VPC);
	u64 slot;

	if (!vpc || !vpc_lpm_lookup(&vpc->publics, &pkt->parsed.src, &slot, NULL))
		return NULL;
	return vpc_root_get(pkt->root, slot, VPC_KIND_EIP);
}

/*
 * The edit around the quoted packet. Who is not the flow's other end but a router on the way
 * speaks in his own name, which beyond a gateway is a public one (IGW-3, IGW-4, GWE-12), and with
 * IPv6 one of an interface (IGW-6).
 */
static enum vpc_drop outer_rewrite(const struct vpc_packet *pkt, const struct vpc_half *half,
				   const struct vpc_path *path, struct vpc_rewrite *rw)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);
	const struct vpc_snap_eip *eip;

	*rw = path->rw;
	if (!vpc_from_eni(pkt) || vpc_addr_equal(&pkt->parsed.src, &pkt->flow.key.src))
		return VPC_DROP_NONE;
	if (!vpc_peering_carries(pkt->root, path, eni->vpc, pkt->parsed.family, &pkt->parsed.src))
		return VPC_DROP_PEERING_TRANSIT;
	if (path->stage == VPC_STAGE_LOCAL)
		return VPC_DROP_NONE;
	/* Behind what stands for many everybody speaks in its name, and a load balancer's on both sides. */
	if (path->node || ((path->nat || path->interface || path->stage == VPC_STAGE_RESOLVER) &&
			   half->dir == VPC_DIR_ORIGINAL))
		return VPC_DROP_NONE;
	/* Before it, only who is beyond an internet gateway needs a public one. */
	if (path->nat && !(rw->flags & VPC_REWRITE_SRC))
		return VPC_DROP_NONE;
	if (!vpc_eni_owns(pkt->root, eni, pkt->parsed.family, &pkt->parsed.src))
		return path->stage == VPC_STAGE_ENDPOINT ? VPC_DROP_ENDPOINT_TRANSIT :
							   VPC_DROP_NO_PUBLIC_ADDRESS;
	if (!(rw->flags & VPC_REWRITE_SRC))
		return VPC_DROP_NONE;
	eip = public_of(pkt, eni);
	if (!eip)
		return VPC_DROP_NO_PUBLIC_ADDRESS;
	rw->src = vpc_addr4(eip->addr);
	return VPC_DROP_NONE;
}

/* Security groups admit it where they track the flow, and ask their rules elsewhere (SG-16). */
static enum vpc_drop pass_groups(const struct vpc_packet *pkt, const struct vpc_half *half, u32 slot,
				 u8 direction, const struct vpc_flow_key *key)
{
	struct vpc_flow flow;

	vpc_session_tracked(half, &flow);
	if (flow.tracked & VPC_GATE(direction) &&
	    (direction == VPC_DIRECTION_EGRESS || flow.tracked_by == slot))
		return VPC_DROP_NONE;
	return vpc_sg_check(pkt->root, slot, direction, key, pkt->parsed.icmp);
}

/* What the error looks like at each part of its way. */
static void outer_keys(const struct vpc_packet *pkt, const struct vpc_half *half,
		       const struct vpc_path *path, const struct vpc_rewrite *outer,
		       struct vpc_flow_key keys[VPC_SIDE_MAX])
{
	struct vpc_flow_key *sender = &keys[VPC_SIDE_SENDER], *receiver = &keys[VPC_SIDE_RECEIVER];

	vpc_parsed_key(&pkt->parsed, pkt->port->port->slot, sender);
	*receiver = *sender;
	if (outer->flags & VPC_REWRITE_SRC)
		receiver->src = outer->src;
	if (outer->flags & VPC_REWRITE_DST)
		receiver->dst = outer->dst;
	if (half->dir == VPC_DIR_ORIGINAL) {
		keys[VPC_SIDE_NAT] = *sender;
		keys[VPC_SIDE_NAT].src = vpc_addr4(path->nat_addr);
	} else {
		keys[VPC_SIDE_NAT] = *receiver;
		keys[VPC_SIDE_NAT].dst = vpc_addr4(path->nat_addr);
	}
}

/*
 * Network ACLs judge the error itself, not the flow, at the same borders: as it leaves the one
 * subnet, and with its new addresses as it comes to the other (ACL-4, ACL-5).
 */
static enum vpc_drop judge_outer(const struct vpc_packet *pkt, const struct vpc_half *half,
				 const struct vpc_path *path, struct vpc_rewrite *outer)
{
	struct vpc_flow_key keys[VPC_SIDE_MAX];
	enum vpc_drop reason;
	u32 port = pkt->port->port->slot;

	reason = outer_rewrite(pkt, half, path, outer);
	if (reason)
		return reason;
	outer_keys(pkt, half, path, outer, keys);
	reason = pass_groups(pkt, half, port, VPC_DIRECTION_EGRESS, &keys[VPC_SIDE_SENDER]);
	if (!reason)
		reason = vpc_acl_check(pkt->root, path, keys, pkt->parsed.icmp);
	return reason ? reason : pass_groups(pkt, half, path->exit, VPC_DIRECTION_INGRESS,
					     &keys[VPC_SIDE_RECEIVER]);
}

/* The sum over the packet stays as it is: each edit carries its checksum along. */
static enum vpc_drop rewrite(const struct vpc_packet *pkt, const struct vpc_rewrite *outer,
			     const struct vpc_path *path)
{
	const struct vpc_rewrite *inner = &path->rw;
	unsigned int off = pkt->parsed.l4off, len;
	struct sk_buff *skb = pkt->skb;

	if (!outer->flags && !inner->flags)
		return VPC_DROP_NONE;
	len = min(skb->len, off + quote_pull(pkt));
	if (skb_ensure_writable(skb, len))
		return VPC_DROP_NO_MEMORY;
	vpc_rewrite_addresses(ip_hdr(skb), outer);
	if (path->nat)			/* L2-9: it is a hop */
		ip_decrease_ttl(ip_hdr(skb));
	vpc_rewrite_quoted((struct icmphdr *)(skb->data + off), len - off, inner);
	return VPC_DROP_NONE;
}

static enum vpc_drop pass(struct vpc_packet *pkt, const struct vpc_half *half,
			  const struct vpc_path *path)
{
	struct sk_buff *skb = pkt->skb;
	struct vpc_rewrite outer;
	enum vpc_drop reason;
	struct vpc_exit exit;

	if (path->nat && ip_hdr(skb)->ttl <= 1)
		return VPC_DROP_TTL;
	reason = judge_outer(pkt, half, path, &outer);
	if (!reason)
		reason = vpc_exit_find(pkt->root, path, &exit);
	if (reason)
		return reason;
	if (!vpc_exit_fits(&exit, skb))
		return VPC_DROP_TOO_BIG;
	reason = rewrite(pkt, &outer, path);
	if (reason)
		return reason;
	skb_set_transport_header(skb, pkt->parsed.l4off);
	vpc_acct_add(pkt->acct, VPC_COUNT_ICMP_ERRORS, 1);
	return vpc_xmit(path, &exit, skb);
}

enum vpc_drop vpc_icmp_receive(struct vpc_packet *pkt)
{
	const struct vpc_path *path;
	struct vpc_half *half;
	enum vpc_drop reason;

	if (!vpc_ours(pkt))
		return VPC_TO_HOST;
	reason = vpc_pipeline_admit(pkt->root, pkt->port, pkt->parsed.family, &pkt->parsed.src);
	if (reason)
		return reason;
	if (!welcome(pkt) || !find_flow(pkt))
		return VPC_DROP_ICMP_ERROR;
	reason = vpc_judge(pkt, &half);
	if (reason)
		return reason;
	path = rcu_dereference(half->path);
	return path ? pass(pkt, half, path) : VPC_DROP_ICMP_ERROR;
}
