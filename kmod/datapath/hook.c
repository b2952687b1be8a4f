// SPDX-License-Identifier: GPL-2.0
#include "hook.h"

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/skbuff.h>

#include "../lib/parse.h"
#include "../net.h"
#include "../port.h"
#include "../stats.h"
#include "neigh.h"
#include "pipeline.h"
#include "session.h"
#include "trace.h"
#include "xmit.h"

/* Not a drop: the packet is the host's. */
#define TO_HOST	VPC_DROP_MAX

/**
 * struct packet - one packet on its way through the router
 * @vnet: namespace
 * @root: the configuration that holds for this packet
 * @port: the port it entered by
 * @acct: charged with it
 * @skb: owned, skb->data at the network header
 * @parsed: what its headers say
 * @flow: its flow
 */
struct packet {
	struct vpc_net *vnet;
	const struct vpc_root *root;
	const struct vpc_snap_port *port;
	struct vpc_acct *acct;
	struct sk_buff *skb;
	struct vpc_parsed parsed;
	struct vpc_flow flow;
};

static bool from_eni(const struct packet *pkt)
{
	return pkt->port->snap.kind == VPC_KIND_ENI;
}

/* Packets for an EIP are ours even when they must be dropped; others are the host's. */
static bool ours(const struct packet *pkt)
{
	u64 slot;

	if (pkt->port->snap.kind != VPC_KIND_UPLINK)
		return true;
	return vpc_lpm_lookup(&pkt->root->public4, &pkt->parsed.dst.ip4, &slot, NULL);
}

/* What the router does not forward yet, each with its own reason. */
static enum vpc_drop check_supported(const struct packet *pkt)
{
	if (pkt->parsed.fragment)
		return VPC_DROP_FRAGMENT;
	if (pkt->parsed.options)
		return VPC_DROP_IP_OPTIONS;
	if (pkt->parsed.icmp_error)
		return VPC_DROP_ICMP_ERROR;
	return VPC_DROP_NONE;
}

/*
 * The headers as ip_rcv_core() would check them; netdev ingress comes before it.
 * At an uplink, what does not even say for whom it is (parsed.dst stays zero) is the host's.
 */
static enum vpc_drop parse(struct packet *pkt)
{
	struct sk_buff *skb = pkt->skb;
	enum vpc_drop reason;

	if (!pskb_may_pull(skb, min_t(unsigned int, skb->len, VPC_PARSE_PULL)))
		return VPC_DROP_NO_MEMORY;
	reason = vpc_parse_ipv4(skb->data, skb_headlen(skb), skb->len, &pkt->parsed);
	if (reason)
		return ours(pkt) ? reason : TO_HOST;
	vpc_parsed_key(&pkt->parsed, pkt->port->port->slot, &pkt->flow.key);
	pkt->flow.unsolicited = pkt->parsed.unsolicited;
	if (from_eni(pkt))
		ether_addr_copy(pkt->flow.dmac, eth_hdr(skb)->h_dest);
	return VPC_DROP_NONE;
}

static void flow_of_half(const struct vpc_half *half, struct vpc_flow *flow)
{
	memset(flow, 0, sizeof(*flow));
	flow->key = half->key;
	flow->reply = half->dir == VPC_DIR_REPLY;
}

/* The MAC that the original direction was sent to, for its replay. */
static void flow_original(const struct vpc_session *session, struct vpc_flow *flow)
{
	const struct vpc_path *path = rcu_dereference(session->half[0].path);

	flow_of_half(&session->half[0], flow);
	if (path)
		ether_addr_copy(flow->dmac, path->in_dmac);
}

static enum vpc_drop route_path(struct packet *pkt, const struct vpc_flow *flow,
				struct vpc_path *path)
{
	const struct vpc_rewrite *rw = &path->rw;
	__be32 saddr = rw->flags & VPC_REWRITE_SRC ? rw->src.ip4 : flow->key.src.ip4;
	__be32 daddr = rw->flags & VPC_REWRITE_DST ? rw->dst.ip4 : flow->key.dst.ip4;

	return vpc_xmit_route(pkt->root, pkt->vnet->net, path, saddr, daddr);
}

static enum vpc_drop create(struct packet *pkt, struct vpc_path *path, struct vpc_half **half)
{
	enum vpc_drop reason;

	reason = route_path(pkt, &pkt->flow, path);
	if (reason)
		return reason;
	return vpc_session_create(pkt->vnet, pkt->root, &pkt->flow, path, half);
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
 * (GWE-11).
 */
static enum vpc_drop replace(struct packet *pkt, struct vpc_session *session,
			     struct vpc_path *path, struct vpc_half **half)
{
	bool translated = session->translated || path->stage != VPC_STAGE_LOCAL;

	vpc_session_kill(pkt->vnet, session);
	if (translated && pkt->flow.key.proto == IPPROTO_TCP && pkt->parsed.unsolicited)
		return VPC_DROP_PATH_CHANGED;
	return create(pkt, path, half);
}

static enum vpc_drop refresh_original(struct packet *pkt, struct vpc_half **half,
				      struct vpc_path *path)
{
	struct vpc_session *session = vpc_half_session(*half);
	struct vpc_flow flow = pkt->flow;
	struct vpc_flow_key reply;
	enum vpc_drop reason;

	flow.unsolicited = false;	/* it has a session */
	reason = vpc_pipeline_run(pkt->root, &flow, path);
	if (reason)
		return reason;
	keep_port(session, path);
	vpc_path_reply_key(path, &flow.key, &reply);
	if (memcmp(&reply, &session->half[VPC_DIR_REPLY].key, sizeof(reply)))
		return replace(pkt, session, path, half);
	reason = route_path(pkt, &flow, path);
	if (!reason && !vpc_session_set_path(*half, path))
		reason = VPC_DROP_NO_MEMORY;
	return reason;
}

static enum vpc_drop refresh_reply(struct packet *pkt, struct vpc_half *half,
				   struct vpc_path *path)
{
	struct vpc_session *session = vpc_half_session(half);
	struct vpc_flow original, flow = pkt->flow;
	enum vpc_drop reason;

	flow.reply = true;
	flow_original(session, &original);
	reason = vpc_pipeline_reply(pkt->root, &original, &flow, path);
	if (!reason)
		reason = route_path(pkt, &flow, path);
	if (!reason && !vpc_session_set_path(half, path))
		reason = VPC_DROP_NO_MEMORY;
	return reason;
}

static bool path_usable(const struct packet *pkt, struct vpc_path *path)
{
	if (!path || !vpc_path_valid(path, pkt->root))
		return false;
	if (path->check_dmac && !ether_addr_equal(path->in_dmac, pkt->flow.dmac))
		return false;
	return vpc_xmit_route_valid(path);
}

/* No session, or none whose verdict still holds. *@half is what the packet goes on with. */
static enum vpc_drop slow_path(struct packet *pkt, struct vpc_half **half)
{
	struct vpc_path path;
	enum vpc_drop reason;

	vpc_acct_add(pkt->acct, VPC_COUNT_SLOW_PATH, 1);
	if (*half && (*half)->dir == VPC_DIR_REPLY)
		return refresh_reply(pkt, *half, &path);
	if (*half)
		return refresh_original(pkt, half, &path);
	if (!ours(pkt))
		return TO_HOST;
	reason = vpc_pipeline_run(pkt->root, &pkt->flow, &path);
	return reason ? reason : create(pkt, &path, half);
}

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

static enum vpc_drop rewrite(struct packet *pkt, const struct vpc_rewrite *rw)
{
	unsigned int l4off = pkt->parsed.l4off;
	struct sk_buff *skb = pkt->skb;
	unsigned int len;

	if (!rw->flags)
		return VPC_DROP_NONE;
	len = min(vpc_rewrite_len(pkt->parsed.proto, l4off), skb->len);
	if (skb_ensure_writable(skb, len))
		return VPC_DROP_NO_MEMORY;
	vpc_rewrite_ipv4(ip_hdr(skb), skb->data + l4off, rw, csum_state(skb, l4off),
			 &skb->csum);
	return VPC_DROP_NONE;
}

static enum vpc_drop forward(struct packet *pkt, struct vpc_half *half)
{
	const struct vpc_path *path = rcu_dereference(half->path);
	enum vpc_drop reason;

	/* Only while another CPU is still putting the same first packet's session together. */
	if (!path)
		return VPC_DROP_NO_SESSION;
	vpc_session_update(pkt->vnet, half, pkt->parsed.tcp_flags, pkt->parsed.len);
	if (path->sent != VPC_COUNT_MAX)
		vpc_acct_add(pkt->acct, path->sent, 1);
	reason = rewrite(pkt, &path->rw);
	return reason ? reason : vpc_xmit(pkt->root, path, pkt->skb);
}

static enum vpc_drop receive_ipv4(struct packet *pkt)
{
	struct vpc_half *half;
	enum vpc_drop reason;

	reason = parse(pkt);
	if (reason)
		return reason;
	reason = check_supported(pkt);
	if (reason)
		return ours(pkt) ? reason : TO_HOST;

	half = vpc_session_lookup(pkt->vnet, &pkt->flow.key);
	vpc_acct_add(pkt->acct, VPC_COUNT_LOOKUPS, 1);
	if (half && test_bit(VPC_SESSION_RESERVED, &vpc_half_session(half)->flags))
		return VPC_DROP_NO_SESSION;
	if (!half || !path_usable(pkt, rcu_dereference(half->path))) {
		reason = slow_path(pkt, &half);
		if (reason)
			return reason;
	}
	if (pskb_trim_rcsum(pkt->skb, pkt->parsed.len))
		return VPC_DROP_NO_MEMORY;
	skb_set_transport_header(pkt->skb, pkt->parsed.l4off);
	return forward(pkt, half);
}

static enum vpc_drop receive_arp(struct packet *pkt)
{
	enum vpc_drop reason = VPC_DROP_NONE;

	switch (vpc_arp_receive(pkt->root, pkt->port, pkt->skb, &reason)) {
	case VPC_ARP_ANSWERED:
		consume_skb(pkt->skb);
		return VPC_DROP_NONE;
	case VPC_ARP_HOST:
		return TO_HOST;
	case VPC_ARP_DROP:
		break;
	}
	return reason;
}

/* What every frame of an instance must be (ENI-5, L2-6). */
static enum vpc_drop check_frame(const struct packet *pkt)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);

	if (skb_vlan_tag_present(pkt->skb) || eth_type_vlan(pkt->skb->protocol))
		return VPC_DROP_VLAN;
	if (!ether_addr_equal(eth_hdr(pkt->skb)->h_source, eni->mac))
		return VPC_DROP_SOURCE_MAC;
	return VPC_DROP_NONE;
}

static enum vpc_drop receive(struct packet *pkt)
{
	enum vpc_drop reason;

	if (from_eni(pkt)) {
		reason = check_frame(pkt);
		if (reason)
			return reason;
	}
	if (skb_warn_if_lro(pkt->skb))
		return VPC_DROP_LRO;
	switch (pkt->skb->protocol) {
	case htons(ETH_P_IP):
		return receive_ipv4(pkt);
	case htons(ETH_P_ARP):
		return receive_arp(pkt);
	case htons(ETH_P_IPV6):
		return from_eni(pkt) ? VPC_DROP_IPV6 : TO_HOST;
	}
	return from_eni(pkt) ? VPC_DROP_NOT_IP : TO_HOST;
}

/* On uplinks and services only plain frames to the device itself, and ARP, are looked at. */
static bool host_frame(const struct vpc_port *port, const struct sk_buff *skb)
{
	if (port->kind == VPC_KIND_ENI)
		return false;
	if (skb_vlan_tag_present(skb))
		return true;
	return skb->pkt_type != PACKET_HOST && skb->protocol != htons(ETH_P_ARP);
}

static void drop(struct vpc_acct *acct, u64 port_id, struct sk_buff *skb, enum vpc_drop reason)
{
	vpc_acct_drop(acct, reason);
	trace_vpc_drop(skb, port_id, reason);
	kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
}

unsigned int vpc_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct vpc_port *port = priv;
	struct packet pkt = { .vnet = port->vnet };
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
		/* Just attached or just detached: an instance never reaches the host. */
		if (port->kind != VPC_KIND_ENI)
			goto accept;
		drop(port->vnet->acct, 0, pkt.skb, VPC_DROP_PORT_DOWN);
		return NF_STOLEN;
	}
	pkt.acct = pkt.port->acct;
	len = pkt.skb->len;

	reason = receive(&pkt);
	if (reason == TO_HOST) {
		vpc_acct_add(pkt.acct, VPC_COUNT_TO_HOST, 1);
		goto accept;
	}
	vpc_acct_add(pkt.acct, VPC_COUNT_RX_PACKETS, 1);
	vpc_acct_add(pkt.acct, VPC_COUNT_RX_BYTES, len);
	if (reason)
		drop(pkt.acct, pkt.port->snap.id, pkt.skb, reason);
	return NF_STOLEN;

accept:
	/* nf_hook_slow() goes on with the skb that it gave; a copy made above takes its place. */
	if (pkt.skb == skb)
		return NF_ACCEPT;
	netif_receive_skb(pkt.skb);
	return NF_STOLEN;
}
