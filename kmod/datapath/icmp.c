// SPDX-License-Identifier: GPL-2.0
#include "icmp.h"

#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <net/ip.h>

#include "../port.h"
#include "../stats.h"
#include "packet.h"
#include "session.h"
#include "xmit.h"

/* RFC 1812, 4.3.2.3: an error of 576 bytes at most. */
#define ICMP_LEN_MAX	576

/* A redirect would lead past the router, and nobody slows down for a quench any more (RFC 6633). */
static bool welcome(const struct vpc_packet *pkt)
{
	u8 type = pkt->skb->data[pkt->parsed.l4off];

	return type != ICMP_REDIRECT && type != ICMP_SOURCE_QUENCH;
}

/* The flow that an error may belong to travels as it does: against the quoted packet. */
static bool find_flow(struct vpc_packet *pkt)
{
	struct vpc_flow_key quoted;
	struct sk_buff *skb = pkt->skb;
	unsigned int off = pkt->parsed.l4off;

	if (!pskb_may_pull(skb, min_t(unsigned int, skb->len, off + VPC_QUOTE_PULL)) ||
	    !vpc_parse_quoted(skb->data + off, skb_headlen(skb) - off, &quoted) ||
	    quoted.src.ip4 != pkt->parsed.dst.ip4)
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
 * speaks in his own name, which beyond a gateway is a public one (IGW-3, IGW-4, GWE-12).
 */
static enum vpc_drop outer_rewrite(const struct vpc_packet *pkt, const struct vpc_path *path,
				   struct vpc_rewrite *rw)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);
	const struct vpc_snap_eip *eip;

	*rw = path->rw;
	if (!vpc_from_eni(pkt) || pkt->parsed.src.ip4 == pkt->flow.key.src.ip4)
		return VPC_DROP_NONE;
	if (!vpc_peering_carries(pkt->root, path, eni->vpc, pkt->parsed.src.ip4))
		return VPC_DROP_PEERING_TRANSIT;
	if (path->stage == VPC_STAGE_LOCAL)
		return VPC_DROP_NONE;
	if (!vpc_eni_owns(pkt->root, eni, AF_INET, &pkt->parsed.src))
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

static enum vpc_drop pass(struct vpc_packet *pkt, const struct vpc_half *half,
			  const struct vpc_path *path)
{
	unsigned int off = pkt->parsed.l4off, len;
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
	len = min_t(unsigned int, skb->len, off + VPC_QUOTE_PULL);
	if (skb_ensure_writable(skb, len))
		return VPC_DROP_NO_MEMORY;
	/* The sum over the packet stays as it is: each edit carries its checksum along. */
	vpc_rewrite_addresses(ip_hdr(skb), &outer);
	vpc_rewrite_quoted((struct icmphdr *)(skb->data + off), len - off, &path->rw);
	skb_set_transport_header(skb, off);
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
	reason = vpc_pipeline_admit(pkt->root, pkt->port, pkt->parsed.src.ip4);
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

/* @skb: what is quoted, from its IP header on */
static struct sk_buff *frag_needed(const struct sk_buff *skb, struct net_device *dev,
				   __be32 saddr, __be32 daddr, unsigned int mtu)
{
	unsigned int quote, len;
	struct sk_buff *error;
	struct icmphdr *icmp;
	struct iphdr *iph;

	quote = min_t(unsigned int, skb->len, ICMP_LEN_MAX - sizeof(*iph) - sizeof(*icmp));
	len = sizeof(*iph) + sizeof(*icmp) + quote;
	error = alloc_skb(LL_RESERVED_SPACE(dev) + len, GFP_ATOMIC);
	if (!error)
		return NULL;
	skb_reserve(error, LL_RESERVED_SPACE(dev));
	skb_reset_network_header(error);
	iph = skb_put_zero(error, sizeof(*iph));
	icmp = skb_put_zero(error, sizeof(*icmp));
	if (skb_copy_bits(skb, 0, skb_put(error, quote), quote)) {
		kfree_skb(error);
		return NULL;
	}
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tot_len = htons(len);
	iph->frag_off = htons(IP_DF);
	iph->ttl = IPDEFTTL;
	iph->protocol = IPPROTO_ICMP;
	iph->saddr = saddr;
	iph->daddr = daddr;
	ip_send_check(iph);
	icmp->type = ICMP_DEST_UNREACH;
	icmp->code = ICMP_FRAG_NEEDED;
	icmp->un.frag.mtu = htons(mtu);
	icmp->checksum = csum_fold(csum_partial(icmp, sizeof(*icmp) + quote, 0));
	error->protocol = htons(ETH_P_IP);
	return error;
}

void vpc_icmp_send_frag_needed(const struct vpc_packet *pkt, unsigned int mtu)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);
	const struct vpc_snap_subnet *subnet;
	const struct vpc_snap_vpc *vpc;
	struct net_device *dev;
	struct sk_buff *error;

	subnet = vpc_root_get(pkt->root, eni->subnet, VPC_KIND_SUBNET);
	vpc = vpc_root_get(pkt->root, eni->vpc, VPC_KIND_VPC);
	dev = rcu_dereference(pkt->port->port->dev);
	if (!subnet || !vpc || !dev)
		return;
	error = frag_needed(pkt->skb, dev, htonl(ntohl(subnet->cidr.addr.ip4) + 1),
			    pkt->parsed.src.ip4, mtu);
	if (!error)
		return;
	if (dev_hard_header(error, dev, ETH_P_IP, eni->mac, vpc->router_mac, error->len) < 0) {
		kfree_skb(error);
		return;
	}
	error->dev = dev;
	skb_reset_mac_header(error);
	vpc_acct_add(pkt->acct, VPC_COUNT_ICMP_SENT, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_PACKETS, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_BYTES, ntohs(ip_hdr(error)->tot_len));
	dev_queue_xmit(error);
}
