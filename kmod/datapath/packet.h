/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PACKET_H
#define _VPC_PACKET_H

#include "../lib/parse.h"
#include "../model/snapshot.h"
#include "pipeline.h"

struct sk_buff;
struct vpc_acct;
struct vpc_half;
struct vpc_net;

/* Not a drop: the packet is the host's. */
#define VPC_TO_HOST	VPC_DROP_MAX

/**
 * struct vpc_packet - one packet on its way through the router
 * @vnet: namespace
 * @root: the configuration that holds for this packet
 * @port: the port it entered by
 * @acct: charged with it
 * @skb: owned, skb->data at the network header
 * @parsed: what its headers say
 * @flow: its flow
 */
struct vpc_packet {
	struct vpc_net *vnet;
	const struct vpc_root *root;
	const struct vpc_snap_port *port;
	struct vpc_acct *acct;
	struct sk_buff *skb;
	struct vpc_parsed parsed;
	struct vpc_flow flow;
};

static inline bool vpc_from_eni(const struct vpc_packet *pkt)
{
	return pkt->port->snap.kind == VPC_KIND_ENI;
}

/*
 * Packets for an EIP or a VPC's IPv6 block are ours even when they must be dropped; others at an
 * uplink the host's.
 */
static inline bool vpc_ours(const struct vpc_packet *pkt)
{
	const struct vpc_root *root = pkt->root;
	u64 slot;

	if (pkt->port->snap.kind != VPC_KIND_UPLINK)
		return true;
	return vpc_lpm_lookup(pkt->parsed.family == AF_INET6 ? &root->public6 : &root->public4,
			      &pkt->parsed.dst, &slot, NULL);
}

/**
 * vpc_judge - find the direction of a session that a packet belongs to (judge.c)
 * @pkt: parsed, its flow known; an ICMP error has the flow of the packet it may reach
 * @half: with a path that holds, on success
 * One lookup; the pipeline runs when there is no session or its verdict is stale. An ICMP error
 * neither makes a session nor ends one.
 * Return: VPC_DROP_NONE, why it may not pass, or VPC_TO_HOST.
 */
enum vpc_drop vpc_judge(struct vpc_packet *pkt, struct vpc_half **half);

/**
 * vpc_forward - edit a packet and send it on (forward.c)
 * @pkt: of @half; pkt->skb is consumed on success only
 */
enum vpc_drop vpc_forward(struct vpc_packet *pkt, struct vpc_half *half);

/* The same for the fragments of a datagram, a list by skb->next; each is consumed (forward.c). */
void vpc_forward_datagram(struct vpc_packet *pkt, struct vpc_half *half, struct sk_buff *list);

#endif /* _VPC_PACKET_H */
