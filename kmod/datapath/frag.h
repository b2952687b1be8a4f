/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_FRAG_H
#define _VPC_FRAG_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#include "../lib/reason.h"

struct sk_buff;
struct vpc_packet;

#define VPC_FRAG_HASH_BITS	7

/**
 * struct vpc_frags - the incomplete datagrams of a port
 * @lock: BH; guards all of it
 * @hash: datagrams by family, addresses, id and, of IPv4, protocol
 * @age: datagrams, the oldest first
 * @bytes: of memory that they hold
 * @timer: for the oldest
 * @dead: the port is going, nothing is queued any more
 *
 * A port of its own budget and table: what one tenant sends meets neither the fragments of
 * another nor its share.
 */
struct vpc_frags {
	spinlock_t lock;
	struct hlist_head hash[1 << VPC_FRAG_HASH_BITS];
	struct list_head age;
	unsigned int bytes;
	struct timer_list timer;
	bool dead;
};

void vpc_frags_init(struct vpc_frags *frags);
/* No packet of the port runs any more. Softirq or process context. */
void vpc_frags_exit(struct vpc_frags *frags);

/**
 * vpc_frag_queue - keep a fragment until its datagram is whole
 * @pkt: parsed; pkt->skb is consumed on success
 * @list: the datagram when this one was the last of it, by skb->next in the order of offsets
 * @payload: then its length in bytes, what comes before and the fragment headers not counted
 *
 * The oldest datagrams make room for a new one when the port's budget is used up: whole ones need
 * it for a moment only. Fragments stay as they are; they are held back so that all are judged as one, by the ports in
 * the first. Any overlap ends the datagram (RFC 5722, of IPv4 too), nothing of it is sent.
 * Return: VPC_DROP_NONE, or why the fragment is not kept.
 */
enum vpc_drop vpc_frag_queue(const struct vpc_packet *pkt, struct sk_buff **list,
			     unsigned int *payload);

/**
 * vpc_frag_cut - cut an IPv4 packet, which may be a fragment, into such of @mtu bytes
 * @skb: not merged; consumed on success
 * Return: a list by skb->next, or NULL and @reason.
 */
struct sk_buff *vpc_frag_cut(struct sk_buff *skb, unsigned int mtu, enum vpc_drop *reason);

#endif /* _VPC_FRAG_H */
