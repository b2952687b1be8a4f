// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbour discovery (RFC 4861): answered from the address map as ARP is, and like it neither
 * filtered nor flooded (L2-1, L2-2, L2-3). No router is advertised: guests are told their address
 * and that of the router (VPC-21).
 *
 * Only interfaces ask here. The IPv6 blocks of VPCs are routed to the host, whose own address at
 * the uplink is the next hop: nothing of ours is on link there, unlike the EIPs of IPv4.
 */
#include "neigh.h"

#include <linux/etherdevice.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <net/addrconf.h>
#include <net/ip6_checksum.h>
#include <net/ndisc.h>

#include "../stats.h"
#include "packet.h"

/* What no router lets through: it comes from the link (RFC 4861, 7.1). */
#define ND_HOP_LIMIT	255

/**
 * struct solicitation - who asks for whom
 * @src: the asker's address
 * @target: address that is asked for
 * @probe: he has no address yet, and asks whether he may have this one (RFC 4862, 5.4)
 */
struct solicitation {
	struct vpc_addr src;
	struct vpc_addr target;
	bool probe;
};

/* What may be said of the sender's link-layer address is the truth. */
static bool options_good(const u8 *opt, unsigned int left, const u8 *mac)
{
	unsigned int len;

	for (; left; opt += len, left -= len) {
		if (left < sizeof(struct nd_opt_hdr))
			return false;
		len = opt[1] * 8;
		if (!len || len > left)
			return false;
		if (opt[0] == ND_OPT_SOURCE_LL_ADDR &&
		    (!mac || len != 8 || !ether_addr_equal(opt + 2, mac)))
			return false;
	}
	return true;
}

static bool checksum_good(const struct sk_buff *skb, unsigned int len)
{
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);

	return skb->ip_summed == CHECKSUM_PARTIAL ||
	       !csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
				csum_partial(ip6 + 1, len, 0));
}

/* RFC 4861, 7.1.1 */
static bool solicitation_parse(const struct vpc_packet *pkt, const struct vpc_snap_eni *eni,
			       struct solicitation *sol)
{
	unsigned int len = pkt->parsed.len - sizeof(struct ipv6hdr);
	const struct ipv6hdr *ip6;
	const struct nd_msg *msg;

	if (pkt->parsed.icmp != NDISC_NEIGHBOUR_SOLICITATION << 8 ||
	    pkt->parsed.l4off != sizeof(*ip6) || len < sizeof(*msg) || skb_linearize(pkt->skb))
		return false;
	ip6 = ipv6_hdr(pkt->skb);
	msg = (const struct nd_msg *)(ip6 + 1);
	if (ip6->hop_limit != ND_HOP_LIMIT || !checksum_good(pkt->skb, len))
		return false;
	sol->src = pkt->parsed.src;
	sol->target = vpc_addr6(&msg->target);
	sol->probe = vpc_addr6_unspecified(&sol->src);
	if (sol->probe && !ipv6_addr_is_solict_mult(&ip6->daddr))
		return false;
	return !vpc_addr6_multicast(&sol->target) &&
	       options_good(msg->opt, len - sizeof(*msg), sol->probe ? NULL : eni->mac);
}

/* ENI-5. Addresses of the link guests choose themselves; answers go to who asks, and nowhere else. */
static bool sender_good(const struct vpc_root *root, const struct vpc_snap_eni *eni,
			const struct vpc_addr *src)
{
	if (vpc_addr6_unspecified(src) || vpc_addr6_link_local(src))
		return true;
	return eni->source_dest_check ? vpc_eni_owns(root, eni, AF_INET6, src) :
					!vpc_addr6_multicast(src);
}

/* VPC-21 */
static bool is_router(const struct vpc_snap_vpc *vpc, const struct vpc_snap_subnet *subnet,
		      const struct vpc_addr *addr)
{
	static const struct vpc_addr ec2 = {
		.ip6 = { cpu_to_be32(0xfe800ec2), 0, 0, cpu_to_be32(1) },
	};
	struct vpc_addr router;

	if (vpc_addr_equal(addr, &ec2) ||
	    (vpc_subnet_router(subnet, AF_INET6, &router) && vpc_addr_equal(addr, &router)))
		return true;
	router = (struct vpc_addr){ .bytes = { 0xfe, 0x80, [11] = 0xff, [12] = 0xfe } };
	memcpy(&router.bytes[8], vpc->router_mac, 3);
	memcpy(&router.bytes[13], vpc->router_mac + 3, 3);
	router.bytes[8] ^= 2;		/* RFC 4291, appendix A */
	return vpc_addr_equal(addr, &router);
}

/* The MAC of another interface in the subnet that has @addr, or NULL. */
static const u8 *map_lookup(const struct vpc_root *root, const struct vpc_snap_vpc *vpc,
			    const struct vpc_snap_subnet *subnet, const struct vpc_addr *addr)
{
	const struct vpc_snap_eni *eni;

	if (!vpc_prefix_has(&subnet->cidr6, AF_INET6, addr))
		return NULL;
	eni = vpc_root_get(root, vpc_snap_owner(vpc, AF_INET6, addr), VPC_KIND_ENI);
	return eni ? eni->mac : NULL;
}

/* A probe is answered to all nodes of the link, which is the interface alone (RFC 4861, 7.2.4). */
static struct sk_buff *advertisement(const struct solicitation *sol, struct net_device *dev,
				     const u8 *mac, bool router)
{
	unsigned int len = sizeof(struct nd_msg) + sizeof(struct nd_opt_hdr) + ETH_ALEN;
	struct sk_buff *skb;
	struct ipv6hdr *ip6;
	struct nd_msg *msg;

	skb = alloc_skb(LL_RESERVED_SPACE(dev) + sizeof(*ip6) + len, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	skb_reset_network_header(skb);
	ip6 = skb_put_zero(skb, sizeof(*ip6) + len);
	ip6->version = 6;
	ip6->payload_len = htons(len);
	ip6->nexthdr = IPPROTO_ICMPV6;
	ip6->hop_limit = ND_HOP_LIMIT;
	memcpy(&ip6->saddr, &sol->target, sizeof(ip6->saddr));
	memcpy(&ip6->daddr, &sol->src, sizeof(ip6->daddr));
	if (sol->probe)
		ip6->daddr = in6addr_linklocal_allnodes;
	msg = (struct nd_msg *)(ip6 + 1);
	msg->icmph.icmp6_type = NDISC_NEIGHBOUR_ADVERTISEMENT;
	msg->icmph.icmp6_router = router;
	msg->icmph.icmp6_solicited = !sol->probe;
	msg->icmph.icmp6_override = 1;
	msg->target = ip6->saddr;
	msg->opt[0] = ND_OPT_TARGET_LL_ADDR;
	msg->opt[1] = 1;
	ether_addr_copy(msg->opt + 2, mac);
	msg->icmph.icmp6_cksum = csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
						 csum_partial(msg, len, 0));
	skb->protocol = htons(ETH_P_IPV6);
	skb->dev = dev;
	return skb;
}

static enum vpc_drop answer(const struct vpc_packet *pkt, const struct vpc_snap_eni *eni,
			    const struct solicitation *sol, const u8 *mac, bool router)
{
	struct net_device *dev = pkt->skb->dev;
	u8 dmac[ETH_ALEN];
	struct sk_buff *skb;

	skb = advertisement(sol, dev, mac, router);
	if (!skb)
		return VPC_DROP_NO_MEMORY;
	ether_addr_copy(dmac, eni->mac);
	if (sol->probe)
		ipv6_eth_mc_map(&ipv6_hdr(skb)->daddr, dmac);
	if (dev_hard_header(skb, dev, ETH_P_IPV6, dmac, mac, skb->len) < 0) {
		kfree_skb(skb);
		return VPC_DROP_NO_MEMORY;
	}
	skb_reset_mac_header(skb);
	vpc_acct_add(pkt->acct, VPC_COUNT_ND_REPLIES, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_PACKETS, 1);
	vpc_acct_add(pkt->acct, VPC_COUNT_TX_BYTES, skb->len - ETH_HLEN);
	dev_queue_xmit(skb);
	return VPC_DROP_NONE;
}

enum vpc_drop vpc_nd_receive(const struct vpc_packet *pkt)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);
	const struct vpc_root *root = pkt->root;
	const struct vpc_snap_subnet *subnet;
	const struct vpc_snap_vpc *vpc;
	struct solicitation sol;
	const u8 *mac;

	if (pkt->parsed.icmp >> 8 == NDISC_ROUTER_SOLICITATION)
		return VPC_DROP_ROUTER_SOLICITATION;
	vpc = vpc_root_get(root, eni->vpc, VPC_KIND_VPC);
	subnet = vpc_root_get(root, eni->subnet, VPC_KIND_SUBNET);
	/* What is no solicitation changes nothing, whoever sends it (L2-3). */
	if (!vpc || !subnet || !solicitation_parse(pkt, eni, &sol) ||
	    !sender_good(root, eni, &sol.src))
		return VPC_DROP_ND_INVALID;
	/* Nobody else has it: silence says so. */
	if (vpc_eni_owns(root, eni, AF_INET6, &sol.target))
		return sol.probe ? VPC_DROP_NONE : VPC_DROP_ND_INVALID;
	if (is_router(vpc, subnet, &sol.target))
		return answer(pkt, eni, &sol, vpc->router_mac, true);
	mac = map_lookup(root, vpc, subnet, &sol.target);
	if (mac)
		return answer(pkt, eni, &sol, mac, false);
	return sol.probe && vpc_addr6_link_local(&sol.target) ? VPC_DROP_NONE :
								VPC_DROP_ND_UNKNOWN;
}
