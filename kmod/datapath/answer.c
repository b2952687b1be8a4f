// SPDX-License-Identifier: GPL-2.0
#include "answer.h"

#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <net/ip.h>

#include "../lib/reset.h"
#include "../port.h"
#include "../stats.h"
#include "packet.h"

/* RFC 1812, 4.3.2.3: an error of 576 bytes at most. */
#define ICMP_LEN_MAX	576

static const struct vpc_snap_eni *sender(const struct vpc_packet *pkt)
{
	return container_of(pkt->port, struct vpc_snap_eni, p);
}

static struct sk_buff *answer_alloc(const struct vpc_packet *pkt, unsigned int len)
{
	struct net_device *dev = rcu_dereference(pkt->port->port->dev);
	struct sk_buff *skb;

	if (!dev)
		return NULL;
	skb = alloc_skb(LL_RESERVED_SPACE(dev) + len, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	skb_reset_network_header(skb);
	skb->protocol = htons(ETH_P_IP);
	skb->dev = dev;
	return skb;
}

/* Consumes @skb. */
static void answer_send(const struct vpc_packet *pkt, struct sk_buff *skb,
			enum vpc_counter counter)
{
	const struct vpc_snap_eni *eni = sender(pkt);
	const struct vpc_snap_vpc *vpc = vpc_root_get(pkt->root, eni->vpc, VPC_KIND_VPC);
	unsigned int len = skb->len;

	if (!vpc || dev_hard_header(skb, skb->dev, ETH_P_IP, eni->mac, vpc->router_mac, len) < 0) {
		kfree_skb(skb);
		return;
	}
	skb_reset_mac_header(skb);
	vpc_acct_add(pkt->acct, counter, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_PACKETS, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_BYTES, len);
	dev_queue_xmit(skb);
}

/* Room for an error from @saddr that quotes as much of the packet as it may. */
static struct icmphdr *error_begin(const struct vpc_packet *pkt, struct sk_buff *skb,
				   unsigned int quote, __be32 saddr)
{
	struct icmphdr *icmp;
	struct iphdr *iph;

	iph = skb_put_zero(skb, sizeof(*iph));
	icmp = skb_put_zero(skb, sizeof(*icmp));
	if (skb_copy_bits(pkt->skb, 0, skb_put(skb, quote), quote))
		return NULL;
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tot_len = htons(skb->len);
	iph->frag_off = htons(IP_DF);
	iph->ttl = IPDEFTTL;
	iph->protocol = IPPROTO_ICMP;
	iph->saddr = saddr;
	iph->daddr = pkt->parsed.src.ip4;
	ip_send_check(iph);
	return icmp;
}

static void send_error(const struct vpc_packet *pkt, __be32 saddr, u8 type, u8 code, u16 mtu)
{
	const unsigned int head = sizeof(struct iphdr) + sizeof(struct icmphdr);
	struct icmphdr *icmp;
	struct sk_buff *skb;
	unsigned int quote;

	quote = min_t(unsigned int, pkt->skb->len, ICMP_LEN_MAX - head);
	skb = answer_alloc(pkt, head + quote);
	if (!skb)
		return;
	icmp = error_begin(pkt, skb, quote, saddr);
	if (!icmp) {
		kfree_skb(skb);
		return;
	}
	icmp->type = type;
	icmp->code = code;
	icmp->un.frag.mtu = htons(mtu);
	icmp->checksum = csum_fold(csum_partial(icmp, sizeof(*icmp) + quote, 0));
	answer_send(pkt, skb, VPC_COUNT_ICMP_SENT);
}

void vpc_answer_frag_needed(const struct vpc_packet *pkt, const struct vpc_path *path,
			    unsigned int mtu)
{
	const struct vpc_snap_subnet *subnet;
	__be32 saddr = path->nat_addr;

	if (!path->nat) {
		subnet = vpc_root_get(pkt->root, sender(pkt)->subnet, VPC_KIND_SUBNET);
		if (!subnet)
			return;
		saddr = htonl(ntohl(subnet->cidr.addr.ip4) + 1);
	}
	send_error(pkt, saddr, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, mtu);
}

void vpc_answer_time_exceeded(const struct vpc_packet *pkt, __be32 addr)
{
	send_error(pkt, addr, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
}

void vpc_answer_reset(const struct vpc_packet *pkt)
{
	struct sk_buff *skb = answer_alloc(pkt, sizeof(struct vpc_reset));
	const struct iphdr *iph = ip_hdr(pkt->skb);

	if (!skb)
		return;
	vpc_reset_make(iph, (const void *)iph + pkt->parsed.l4off,
		       skb_put(skb, sizeof(struct vpc_reset)));
	answer_send(pkt, skb, VPC_COUNT_RESETS_SENT);
}
