// SPDX-License-Identifier: GPL-2.0
#include "hook.h"

#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/if_vlan.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "../net.h"
#include "../port.h"
#include "../stats.h"
#include "drop.h"
#include "frag.h"
#include "icmp.h"
#include "neigh.h"
#include "packet.h"

static void find_flow(struct vpc_packet *pkt)
{
	vpc_parsed_key(&pkt->parsed, pkt->port->port->slot, &pkt->flow.key);
	pkt->flow.icmp = pkt->parsed.icmp;
	pkt->flow.unsolicited = pkt->parsed.unsolicited;
	pkt->flow.isn = pkt->parsed.tcp_syn ? pkt->parsed.tcp_seq : 0;
}

/*
 * A checksum that is yet to be made is written where the sender says, after all is judged: it
 * must be the packet's own, or that of a packet further in.
 */
static bool checksum_sane(const struct sk_buff *skb, const struct vpc_parsed *p)
{
	int start = skb_checksum_start_offset(skb);

	if (skb->ip_summed != CHECKSUM_PARTIAL || p->fragment)
		return true;
	if (start != p->l4off)
		return p->proto != IPPROTO_ICMP && p->proto != IPPROTO_ICMPV6 &&
		       start >= (int)vpc_rewrite_len(p->proto, p->l4off);
	switch (p->proto) {
	case IPPROTO_TCP:
		return skb->csum_offset == offsetof(struct tcphdr, check);
	case IPPROTO_UDP:
		return skb->csum_offset == offsetof(struct udphdr, check);
	case IPPROTO_ICMP:
		return skb->csum_offset == offsetof(struct icmphdr, checksum);
	case IPPROTO_ICMPV6:
		return skb->csum_offset == offsetof(struct icmp6hdr, icmp6_cksum);
	}
	return true;
}

static bool pull(struct sk_buff *skb, unsigned int len)
{
	return pskb_may_pull(skb, min(skb->len, len));
}

static bool is_ipv6(const struct vpc_packet *pkt)
{
	return pkt->skb->protocol == htons(ETH_P_IPV6);
}

/* Packets with extension headers are few, and others need not pay for them. */
static bool pull_headers(const struct vpc_packet *pkt)
{
	struct sk_buff *skb = pkt->skb;

	if (!pull(skb, VPC_PARSE_PULL))
		return false;
	if (!is_ipv6(pkt) || skb->len < sizeof(struct ipv6hdr) ||
	    !vpc_parse_extension(ipv6_hdr(skb)->nexthdr))
		return true;
	return pull(skb, VPC_PARSE6_PULL);
}

static enum vpc_drop parse_headers(struct vpc_packet *pkt)
{
	const struct sk_buff *skb = pkt->skb;

	return is_ipv6(pkt) ? vpc_parse_ipv6(skb->data, skb_headlen(skb), skb->len, &pkt->parsed) :
			   vpc_parse_ipv4(skb->data, skb_headlen(skb), skb->len, &pkt->parsed);
}

/*
 * The headers as ip_rcv_core() would check them; netdev ingress comes before it.
 * At an uplink, what does not even say for whom it is (parsed.dst stays zero) is the host's.
 */
static enum vpc_drop parse(struct vpc_packet *pkt)
{
	struct sk_buff *skb = pkt->skb;
	enum vpc_drop reason;

	if (!pull_headers(pkt))
		return VPC_DROP_NO_MEMORY;
	reason = parse_headers(pkt);
	if (reason)
		return vpc_ours(pkt) ? reason : VPC_TO_HOST;
	if (!checksum_sane(skb, &pkt->parsed))
		return vpc_ours(pkt) ? VPC_DROP_BAD_CHECKSUM : VPC_TO_HOST;
	find_flow(pkt);
	return pskb_trim_rcsum(skb, pkt->parsed.len) ? VPC_DROP_NO_MEMORY : VPC_DROP_NONE;
}

/* A datagram's flow is that of its first fragment, whose header was pulled when it came. */
static enum vpc_drop parse_datagram(struct vpc_packet *pkt, const struct sk_buff *list,
				    unsigned int payload)
{
	enum vpc_drop reason;

	if (pkt->parsed.family == AF_INET)
		reason = vpc_parse_datagram(list->data, skb_headlen(list),
					    ip_hdrlen(list) + payload, &pkt->parsed);
	else
		reason = vpc_parse_datagram6(list->data, skb_headlen(list), payload, &pkt->parsed);
	if (!reason)
		find_flow(pkt);
	return reason;
}

/* Not of the packet alone, but of the port's own fragments of the datagram. */
static enum vpc_drop receive_fragment(struct vpc_packet *pkt)
{
	struct sk_buff *list = NULL;
	struct vpc_half *half;
	enum vpc_drop reason;
	unsigned int payload;

	if (!vpc_ours(pkt))
		return VPC_TO_HOST;
	/* Who may not send must not use up what the port may keep. */
	reason = vpc_pipeline_admit(pkt->root, pkt->port, pkt->parsed.family, &pkt->parsed.src);
	if (!reason)
		reason = vpc_frag_queue(pkt, &list, &payload);
	if (reason || !list)
		return reason;
	vpc_acct_add(pkt->acct, VPC_COUNT_REASSEMBLED, 1);
	pkt->datagram = true;
	reason = parse_datagram(pkt, list, payload);
	if (!reason && pkt->parsed.icmp_error)
		reason = VPC_DROP_ICMP_ERROR;
	if (!reason)
		reason = vpc_judge(pkt, &half);
	if (reason)
		vpc_drop_list(pkt->acct, pkt->port->snap.id, list, reason);
	else
		vpc_forward_datagram(pkt, half, list);
	return VPC_DROP_NONE;
}

/* Neighbour discovery is of one link: who asks at an uplink asks the host (see neigh6.c). */
static enum vpc_drop receive_neighbour(struct vpc_packet *pkt)
{
	enum vpc_drop reason;

	if (!vpc_from_eni(pkt))
		return vpc_ours(pkt) ? VPC_DROP_ND_INVALID : VPC_TO_HOST;
	reason = vpc_nd_receive(pkt);
	if (!reason)
		consume_skb(pkt->skb);
	return reason;
}

static enum vpc_drop receive_ip(struct vpc_packet *pkt)
{
	struct vpc_half *half;
	enum vpc_drop reason;

	reason = parse(pkt);
	if (reason)
		return reason;
	if (pkt->parsed.neighbour)
		return receive_neighbour(pkt);
	if (pkt->parsed.source_route)
		return vpc_ours(pkt) ? VPC_DROP_SOURCE_ROUTE : VPC_TO_HOST;
	if (pkt->parsed.fragment)
		return receive_fragment(pkt);
	if (pkt->parsed.icmp_error)
		return vpc_icmp_receive(pkt);
	reason = vpc_judge(pkt, &half);
	return reason ? reason : vpc_forward(pkt, half);
}

static enum vpc_drop receive_arp(struct vpc_packet *pkt)
{
	enum vpc_drop reason = VPC_DROP_NONE;

	switch (vpc_arp_receive(pkt->root, pkt->port, pkt->skb, &reason)) {
	case VPC_ARP_ANSWERED:
		consume_skb(pkt->skb);
		return VPC_DROP_NONE;
	case VPC_ARP_HOST:
		return VPC_TO_HOST;
	case VPC_ARP_DROP:
		break;
	}
	return reason;
}

/* What every frame of an instance must be (ENI-5, L2-6). */
static enum vpc_drop check_frame(const struct vpc_packet *pkt)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);

	if (skb_vlan_tag_present(pkt->skb) || eth_type_vlan(pkt->skb->protocol))
		return VPC_DROP_VLAN;
	if (!ether_addr_equal(eth_hdr(pkt->skb)->h_source, eni->mac))
		return VPC_DROP_SOURCE_MAC;
	return VPC_DROP_NONE;
}

static enum vpc_drop receive(struct vpc_packet *pkt)
{
	enum vpc_drop reason;

	if (vpc_from_eni(pkt)) {
		reason = check_frame(pkt);
		if (reason)
			return reason;
	}
	if (skb_warn_if_lro(pkt->skb))
		return VPC_DROP_LRO;
	switch (pkt->skb->protocol) {
	case htons(ETH_P_IPV6):
		if (pkt->port->snap.kind == VPC_KIND_SERVICE)	/* GWE-4 */
			return VPC_TO_HOST;
		fallthrough;
	case htons(ETH_P_IP):
		return receive_ip(pkt);
	case htons(ETH_P_ARP):
		return receive_arp(pkt);
	}
	return vpc_from_eni(pkt) ? VPC_DROP_NOT_IP : VPC_TO_HOST;
}

/* On uplinks and services only plain frames to the device itself, and ARP, are looked at. */
static bool host_frame(const struct vpc_port *port, const struct sk_buff *skb)
{
	if (port->kind == VPC_KIND_ENI)
		return false;
	if (skb_vlan_tag_present(skb))
		return true;
	/* A question to all may be one for us. */
	return skb->pkt_type == PACKET_OTHERHOST ||
	       (skb->pkt_type != PACKET_HOST && skb->protocol != htons(ETH_P_ARP));
}

unsigned int vpc_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct vpc_port *port = priv;
	struct vpc_packet pkt = { .vnet = port->vnet };
	enum vpc_drop reason;
	unsigned int len;

	if (host_frame(port, skb))
		return NF_ACCEPT;
	/* A tap may hold the packet too. */
	pkt.skb = skb_share_check(skb, GFP_ATOMIC);
	if (!pkt.skb) {
		vpc_acct_drop(port->vnet->acct, VPC_DROP_NO_MEMORY);
		return NF_STOLEN;
	}
	pkt.root = rcu_dereference(port->vnet->root);
	pkt.port = vpc_root_port(pkt.root, port->slot);
	if (!pkt.port || pkt.port->port != port) {
		/*
		 * Just detached, an instance does not reach the host. Just attached, it is the host's
		 * until the transaction commits, which it may not.
		 */
		if (port->kind != VPC_KIND_ENI || !READ_ONCE(port->live))
			goto accept;
		vpc_drop(port->vnet->acct, 0, pkt.skb, VPC_DROP_PORT_DOWN);
		return NF_STOLEN;
	}
	pkt.acct = pkt.port->acct;
	if (vpc_from_eni(&pkt))
		ether_addr_copy(pkt.flow.dmac, eth_hdr(pkt.skb)->h_dest);
	len = pkt.skb->len;

	reason = receive(&pkt);
	if (reason == VPC_TO_HOST) {
		vpc_acct_add(pkt.acct, VPC_COUNT_TO_HOST, 1);
		goto accept;
	}
	vpc_acct_add(pkt.acct, VPC_COUNT_RX_PACKETS, 1);
	vpc_acct_add(pkt.acct, VPC_COUNT_RX_BYTES, len);
	if (reason)
		vpc_drop(pkt.acct, pkt.port->snap.id, pkt.skb, reason);
	return NF_STOLEN;

accept:
	/* nf_hook_slow() goes on with the skb that it gave; a copy made above takes its place. */
	if (pkt.skb == skb)
		return NF_ACCEPT;
	netif_receive_skb(pkt.skb);
	return NF_STOLEN;
}
