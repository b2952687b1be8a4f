// SPDX-License-Identifier: GPL-2.0
#include "answer.h"

#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/timekeeping.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>

#include "../lib/reset.h"
#include "../net.h"
#include "../port.h"
#include "../stats.h"
#include "packet.h"

/* RFC 1812, 4.3.2.3: an error of 576 bytes at most. */
#define ICMP_LEN_MAX	576
/* RFC 4443, 2.4: of 1280 bytes. */
#define ICMPV6_LEN_MAX	IPV6_MIN_MTU

static const struct vpc_snap_eni *sender(const struct vpc_packet *pkt)
{
	return container_of(pkt->port, struct vpc_snap_eni, p);
}

/* RFC 1812, 4.3.2.8; RFC 4443, 2.4 (f): so many a second, and those of a moment at once. */
#define ANSWERS_AHEAD	(NSEC_PER_SEC / 20)

static bool may_answer(const struct vpc_packet *pkt)
{
	u64 interval = NSEC_PER_SEC / READ_ONCE(pkt->vnet->in_force.answers_port);
	atomic64_t *paid = &pkt->port->port->answers_paid;
	u64 now = ktime_get_mono_fast_ns();
	s64 old = atomic64_read(paid);

	do {
		if (old > (s64)(now + ANSWERS_AHEAD)) {
			vpc_acct_add(pkt->acct, VPC_COUNT_ANSWERS_SUPPRESSED, 1);
			return false;
		}
	} while (!atomic64_try_cmpxchg(paid, &old, max_t(s64, old, now) + interval));
	return true;
}

static struct sk_buff *answer_alloc(const struct vpc_packet *pkt, unsigned int len)
{
	struct net_device *dev = rcu_dereference(pkt->port->port->dev);
	struct sk_buff *skb;

	if (!dev || !may_answer(pkt))
		return NULL;
	skb = alloc_skb(LL_RESERVED_SPACE(dev) + len, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	skb_reset_network_header(skb);
	skb->protocol = htons(pkt->parsed.family == AF_INET6 ? ETH_P_IPV6 : ETH_P_IP);
	skb->dev = dev;
	return skb;
}

/* From the router to the instance; at other ports back to whoever handed the packet over. */
static bool link_header(const struct vpc_packet *pkt, struct sk_buff *skb)
{
	const u8 *dst = eth_hdr(pkt->skb)->h_source, *src = skb->dev->dev_addr;
	const struct vpc_snap_vpc *vpc;

	if (vpc_from_eni(pkt)) {
		vpc = vpc_root_get(pkt->root, sender(pkt)->vpc, VPC_KIND_VPC);
		if (!vpc)
			return false;
		dst = sender(pkt)->mac;
		src = vpc->router_mac;
	}
	return dev_hard_header(skb, skb->dev, ntohs(skb->protocol), dst, src, skb->len) >= 0;
}

/* Consumes @skb. */
static void answer_send(const struct vpc_packet *pkt, struct sk_buff *skb,
			enum vpc_counter counter)
{
	unsigned int len = skb->len;

	if (!link_header(pkt, skb)) {
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

static void send_packet_too_big(const struct vpc_packet *pkt, const struct vpc_addr *saddr,
				unsigned int mtu)
{
	const unsigned int head = sizeof(struct ipv6hdr) + sizeof(struct icmp6hdr);
	unsigned int quote, len;
	struct icmp6hdr *icmp;
	struct ipv6hdr *ip6;
	struct sk_buff *skb;

	quote = min_t(unsigned int, pkt->skb->len, ICMPV6_LEN_MAX - head);
	skb = answer_alloc(pkt, head + quote);
	if (!skb)
		return;
	ip6 = skb_put_zero(skb, sizeof(*ip6));
	icmp = skb_put_zero(skb, sizeof(*icmp));
	if (skb_copy_bits(pkt->skb, 0, skb_put(skb, quote), quote)) {
		kfree_skb(skb);
		return;
	}
	len = sizeof(*icmp) + quote;
	ip6->version = 6;
	ip6->payload_len = htons(len);
	ip6->nexthdr = IPPROTO_ICMPV6;
	ip6->hop_limit = IPV6_DEFAULT_HOPLIMIT;
	memcpy(&ip6->saddr, saddr, sizeof(ip6->saddr));
	memcpy(&ip6->daddr, &pkt->parsed.src, sizeof(ip6->daddr));
	icmp->icmp6_type = ICMPV6_PKT_TOOBIG;
	icmp->icmp6_mtu = htonl(mtu);
	icmp->icmp6_cksum = csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
					    csum_partial(icmp, len, 0));
	answer_send(pkt, skb, VPC_COUNT_ICMP_SENT);
}

void vpc_answer_too_big(const struct vpc_packet *pkt, const struct vpc_path *path,
			unsigned int mtu)
{
	const struct vpc_snap_subnet *subnet;
	struct vpc_addr saddr = vpc_addr4(path->nat_addr);

	subnet = vpc_root_get(pkt->root, sender(pkt)->subnet, VPC_KIND_SUBNET);
	if (!path->nat && (!subnet || !vpc_subnet_router(subnet, pkt->parsed.family, &saddr)))
		return;
	if (pkt->parsed.family == AF_INET6)
		send_packet_too_big(pkt, &saddr, mtu);
	else
		send_error(pkt, saddr.ip4, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, mtu);
}

void vpc_answer_time_exceeded(const struct vpc_packet *pkt, __be32 addr)
{
	send_error(pkt, addr, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
}

void vpc_answer_prohibited(const struct vpc_packet *pkt)
{
	const struct vpc_snap_subnet *subnet;
	struct vpc_addr saddr;

	subnet = vpc_root_get(pkt->root, sender(pkt)->subnet, VPC_KIND_SUBNET);
	if (subnet && vpc_subnet_router(subnet, AF_INET, &saddr))
		send_error(pkt, saddr.ip4, ICMP_DEST_UNREACH, ICMP_PKT_FILTERED, 0);
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
