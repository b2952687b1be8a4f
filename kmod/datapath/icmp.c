// SPDX-License-Identifier: GPL-2.0
#include "icmp.h"

#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>

#include "../port.h"
#include "../stats.h"
#include "packet.h"
#include "session.h"
#include "xmit.h"

/* RFC 1812, 4.3.2.3: an error of 576 bytes at most. */
#define ICMP_LEN_MAX	576
/* RFC 4443, 2.4: of 1280 bytes. */
#define ICMPV6_LEN_MAX	IPV6_MIN_MTU

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
static enum vpc_drop outer_rewrite(const struct vpc_packet *pkt, const struct vpc_path *path,
				   struct vpc_rewrite *rw)
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

/*
 * Network ACLs judge the error itself, not the flow, at the same borders: as it leaves the one
 * subnet, and with its new addresses as it comes to the other (ACL-4, ACL-5).
 */
static enum vpc_drop judge_outer(const struct vpc_packet *pkt, const struct vpc_half *half,
				 const struct vpc_path *path, struct vpc_rewrite *outer)
{
	struct vpc_flow_key key;
	enum vpc_drop reason;

	vpc_parsed_key(&pkt->parsed, pkt->port->port->slot, &key);
	reason = pass_groups(pkt, half, key.port, VPC_DIRECTION_EGRESS, &key);
	if (!reason)
		reason = vpc_acl_check(pkt->root, path, VPC_DIRECTION_EGRESS, &key,
				       pkt->parsed.icmp);
	if (!reason)
		reason = outer_rewrite(pkt, path, outer);
	if (reason)
		return reason;
	if (outer->flags & VPC_REWRITE_SRC)
		key.src = outer->src;
	if (outer->flags & VPC_REWRITE_DST)
		key.dst = outer->dst;
	reason = vpc_acl_check(pkt->root, path, VPC_DIRECTION_INGRESS, &key, pkt->parsed.icmp);
	return reason ? reason :
			pass_groups(pkt, half, path->exit, VPC_DIRECTION_INGRESS, &key);
}

/* The sum over the packet stays as it is: each edit carries its checksum along. */
static enum vpc_drop rewrite(const struct vpc_packet *pkt, const struct vpc_rewrite *outer,
			     const struct vpc_rewrite *inner)
{
	unsigned int off = pkt->parsed.l4off, len;
	struct sk_buff *skb = pkt->skb;

	if (!outer->flags && !inner->flags)
		return VPC_DROP_NONE;
	len = min(skb->len, off + quote_pull(pkt));
	if (skb_ensure_writable(skb, len))
		return VPC_DROP_NO_MEMORY;
	vpc_rewrite_addresses(ip_hdr(skb), outer);
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

	reason = judge_outer(pkt, half, path, &outer);
	if (!reason)
		reason = vpc_exit_find(pkt->root, path, &exit);
	if (reason)
		return reason;
	if (!vpc_exit_fits(&exit, skb))
		return VPC_DROP_TOO_BIG;
	reason = rewrite(pkt, &outer, &path->rw);
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

/**
 * struct too_big - an error to be made, in the name of a subnet's router
 * @skb: what is quoted, from its IP header on
 * @dev: device of the one who sent it
 * @saddr: the router's address
 * @daddr: the sender's
 * @mtu: of the way, bytes
 */
struct too_big {
	const struct sk_buff *skb;
	struct net_device *dev;
	struct vpc_addr saddr;
	struct vpc_addr daddr;
	unsigned int mtu;
};

/* Room for headers of @hlen bytes, all zero, and behind them a quote of @max bytes with them. */
static struct sk_buff *error_alloc(const struct too_big *what, unsigned int hlen, unsigned int max)
{
	unsigned int quote = min(what->skb->len, max - hlen);
	struct sk_buff *error;

	error = alloc_skb(LL_RESERVED_SPACE(what->dev) + hlen + quote, GFP_ATOMIC);
	if (!error)
		return NULL;
	skb_reserve(error, LL_RESERVED_SPACE(what->dev));
	skb_reset_network_header(error);
	skb_put_zero(error, hlen);
	if (!skb_copy_bits(what->skb, 0, skb_put(error, quote), quote))
		return error;
	kfree_skb(error);
	return NULL;
}

static struct sk_buff *frag_needed(const struct too_big *what)
{
	struct sk_buff *error;
	struct icmphdr *icmp;
	struct iphdr *iph;

	error = error_alloc(what, sizeof(*iph) + sizeof(*icmp), ICMP_LEN_MAX);
	if (!error)
		return NULL;
	iph = ip_hdr(error);
	icmp = (struct icmphdr *)(iph + 1);
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tot_len = htons(error->len);
	iph->frag_off = htons(IP_DF);
	iph->ttl = IPDEFTTL;
	iph->protocol = IPPROTO_ICMP;
	iph->saddr = what->saddr.ip4;
	iph->daddr = what->daddr.ip4;
	ip_send_check(iph);
	icmp->type = ICMP_DEST_UNREACH;
	icmp->code = ICMP_FRAG_NEEDED;
	icmp->un.frag.mtu = htons(what->mtu);
	icmp->checksum = csum_fold(csum_partial(icmp, error->len - sizeof(*iph), 0));
	error->protocol = htons(ETH_P_IP);
	return error;
}

static struct sk_buff *packet_too_big(const struct too_big *what)
{
	struct icmp6hdr *icmp;
	struct sk_buff *error;
	struct ipv6hdr *ip6;
	unsigned int len;

	error = error_alloc(what, sizeof(*ip6) + sizeof(*icmp), ICMPV6_LEN_MAX);
	if (!error)
		return NULL;
	ip6 = ipv6_hdr(error);
	icmp = (struct icmp6hdr *)(ip6 + 1);
	len = error->len - sizeof(*ip6);
	ip6->version = 6;
	ip6->payload_len = htons(len);
	ip6->nexthdr = IPPROTO_ICMPV6;
	ip6->hop_limit = IPV6_DEFAULT_HOPLIMIT;
	memcpy(&ip6->saddr, &what->saddr, sizeof(ip6->saddr));
	memcpy(&ip6->daddr, &what->daddr, sizeof(ip6->daddr));
	icmp->icmp6_type = ICMPV6_PKT_TOOBIG;
	icmp->icmp6_mtu = htonl(what->mtu);
	icmp->icmp6_cksum = csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
					    csum_partial(icmp, len, 0));
	error->protocol = htons(ETH_P_IPV6);
	return error;
}

void vpc_icmp_send_too_big(const struct vpc_packet *pkt, unsigned int mtu)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);
	struct too_big what = { .skb = pkt->skb, .daddr = pkt->parsed.src, .mtu = mtu };
	const struct vpc_snap_subnet *subnet;
	const struct vpc_snap_vpc *vpc;
	struct sk_buff *error;

	subnet = vpc_root_get(pkt->root, eni->subnet, VPC_KIND_SUBNET);
	vpc = vpc_root_get(pkt->root, eni->vpc, VPC_KIND_VPC);
	what.dev = rcu_dereference(pkt->port->port->dev);
	if (!subnet || !vpc || !what.dev ||
	    !vpc_subnet_router(subnet, pkt->parsed.family, &what.saddr))
		return;
	error = is_ipv6(pkt) ? packet_too_big(&what) : frag_needed(&what);
	if (!error)
		return;
	if (dev_hard_header(error, what.dev, ntohs(error->protocol), eni->mac, vpc->router_mac,
			    error->len) < 0) {
		kfree_skb(error);
		return;
	}
	error->dev = what.dev;
	skb_reset_mac_header(error);
	vpc_acct_add(pkt->acct, VPC_COUNT_ICMP_SENT, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_PACKETS, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_BYTES, error->len - ETH_HLEN);
	dev_queue_xmit(error);
}
