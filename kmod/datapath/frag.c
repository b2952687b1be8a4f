// SPDX-License-Identifier: GPL-2.0
#include "frag.h"

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/jhash.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "../compat.h"
#include "../lib/options.h"
#include "../net.h"
#include "../port.h"
#include "../stats.h"
#include "drop.h"
#include "packet.h"

/* How long the rest of a datagram may take; as net.ipv4.ipfrag_time. */
#define FRAG_TIMEOUT	(30 * HZ)

/* Pieces of one datagram: 65535 bytes by a link of 296, the smallest that was ever common. */
#define FRAGS_MAX	256

/**
 * struct frag_key - what fragments of one datagram have in common (RFC 791, 2.3; RFC 8200, 4.5)
 * @src: source address
 * @dst: destination address
 * @id: identification
 * @family: AF_INET or AF_INET6
 * @proto: of IPv4, 0 of IPv6, where only the first knows it
 * @pad: zero; the key hashes and compares as memory
 */
struct frag_key {
	struct vpc_addr src;
	struct vpc_addr dst;
	__be32 id;
	u8 family;
	u8 proto;
	u16 pad;
};

/**
 * struct datagram - what has come of a datagram
 * @node: in the hash
 * @age: in the order of creation
 * @expires: jiffies
 * @key: of all its fragments
 * @list: fragments by skb->next, in the order of offsets
 * @last: of @list
 * @count: of fragments
 * @len: bytes of payload in all, once the last fragment is there, else 0
 * @have: bytes of payload that came
 * @acct: charged if it does not get whole; a reference
 * @port_id: likewise
 */
struct datagram {
	struct hlist_node node;
	struct list_head age;
	unsigned long expires;
	struct frag_key key;
	struct sk_buff *list;
	struct sk_buff *last;
	unsigned int count;
	unsigned int len;
	unsigned int have;
	struct vpc_acct *acct;
	u64 port_id;
};

/* The payload that a fragment carries, in bytes of its datagram, and whether more comes behind. */
struct frag_cb {
	u16 start;
	u16 end;
	bool more;
};

static struct frag_cb *frag_cb(const struct sk_buff *skb)
{
	return (struct frag_cb *)skb->cb;
}

/**
 * struct frag - a fragment that has come
 * @key: of its datagram
 * @hlen: bytes before its payload
 * @offset: of its payload in the datagram's
 * @max: that the payload of the datagram may have
 * @more: others come behind it
 */
struct frag {
	struct frag_key key;
	unsigned int hlen;
	unsigned int offset;
	unsigned int max;
	bool more;
};

static void frag_read4(const struct vpc_packet *pkt, struct frag *frag)
{
	const struct iphdr *iph = ip_hdr(pkt->skb);

	frag->hlen = ip_hdrlen(pkt->skb);
	frag->offset = (ntohs(iph->frag_off) & IP_OFFSET) << 3;
	frag->max = IP_MAX_MTU - frag->hlen;
	frag->more = iph->frag_off & htons(IP_MF);
	frag->key.id = (__force __be32)(u32)ntohs(iph->id);
	frag->key.proto = iph->protocol;
}

/* The length that a header states counts extension headers, but not the fragment header. */
static void frag_read6(const struct vpc_packet *pkt, struct frag *frag)
{
	unsigned int at = pkt->parsed.fragoff;
	const struct frag_hdr *hdr = (const struct frag_hdr *)(pkt->skb->data + at);

	frag->hlen = at + sizeof(*hdr);
	frag->offset = ntohs(hdr->frag_off) & IP6_OFFSET;
	frag->max = IPV6_MAXPLEN - (at - sizeof(struct ipv6hdr));
	frag->more = hdr->frag_off & htons(IP6_MF);
	frag->key.id = hdr->identification;
}

static void frag_read(const struct vpc_packet *pkt, struct frag *frag)
{
	*frag = (struct frag){
		.key.src = pkt->parsed.src,
		.key.dst = pkt->parsed.dst,
		.key.family = pkt->parsed.family,
	};
	if (pkt->parsed.family == AF_INET)
		frag_read4(pkt, frag);
	else
		frag_read6(pkt, frag);
}

static struct hlist_head *bucket(struct vpc_frags *frags, const struct frag_key *key)
{
	static u32 seed __read_mostly;
	u32 hash;

	BUILD_BUG_ON(sizeof(*key) % sizeof(u32));
	net_get_random_once(&seed, sizeof(seed));
	hash = jhash2((const u32 *)key, sizeof(*key) / sizeof(u32), seed);
	return &frags->hash[hash >> (32 - VPC_FRAG_HASH_BITS)];
}

static struct datagram *datagram_find(struct vpc_frags *frags, const struct frag_key *key)
{
	struct datagram *d;

	hlist_for_each_entry(d, bucket(frags, key), node)
		if (!memcmp(&d->key, key, sizeof(*key)))
			return d;
	return NULL;
}

static struct datagram *datagram_add(struct vpc_frags *frags, const struct vpc_packet *pkt,
				     const struct frag_key *key)
{
	struct datagram *d;

	d = kzalloc(sizeof(*d), GFP_ATOMIC);
	if (!d)
		return NULL;
	d->expires = jiffies + FRAG_TIMEOUT;
	d->key = *key;
	d->acct = pkt->acct;
	vpc_acct_get(d->acct);
	d->port_id = pkt->port->snap.id;
	hlist_add_head(&d->node, bucket(frags, key));
	if (list_empty(&frags->age))
		mod_timer(&frags->timer, d->expires);
	list_add_tail(&d->age, &frags->age);
	frags->bytes += sizeof(*d);
	return d;
}

/* Forget the datagram; its fragments are the caller's. */
static struct sk_buff *datagram_take(struct vpc_frags *frags, struct datagram *d)
{
	struct sk_buff *list = d->list, *skb;

	for (skb = list; skb; skb = skb->next)
		frags->bytes -= skb->truesize;
	frags->bytes -= sizeof(*d);
	hlist_del(&d->node);
	list_del(&d->age);
	vpc_acct_put(d->acct);
	kfree(d);
	return list;
}

static void datagram_drop(struct vpc_frags *frags, struct datagram *d, enum vpc_drop reason)
{
	struct vpc_acct *acct = d->acct;
	u64 port_id = d->port_id;

	vpc_acct_get(acct);
	vpc_drop_list(acct, port_id, datagram_take(frags, d), reason);
	vpc_acct_put(acct);
}

static void frags_expire(struct timer_list *timer)
{
	struct vpc_frags *frags = container_of(timer, struct vpc_frags, timer);
	struct datagram *d, *next;

	spin_lock(&frags->lock);
	list_for_each_entry_safe(d, next, &frags->age, age) {
		if (time_before(jiffies, d->expires)) {
			mod_timer(&frags->timer, d->expires);
			break;
		}
		datagram_drop(frags, d, VPC_DROP_FRAGMENT_TIMEOUT);
	}
	spin_unlock(&frags->lock);
}

void vpc_frags_init(struct vpc_frags *frags)
{
	spin_lock_init(&frags->lock);
	INIT_LIST_HEAD(&frags->age);
	timer_setup(&frags->timer, frags_expire, 0);
}

void vpc_frags_exit(struct vpc_frags *frags)
{
	struct datagram *d, *next;

	spin_lock_bh(&frags->lock);
	frags->dead = true;
	list_for_each_entry_safe(d, next, &frags->age, age)
		datagram_drop(frags, d, VPC_DROP_PORT_DOWN);
	spin_unlock_bh(&frags->lock);
	/* Its list is empty: the timer, should it run now, does not start itself again. */
	vpc_timer_delete_sync(&frags->timer);
}

/* What no fragment of a whole datagram can be. */
static bool frag_malformed(const struct sk_buff *skb, const struct frag *frag)
{
	unsigned int len = skb->len - frag->hlen;

	return !len || (frag->more && len & 7) || frag->offset + len > frag->max ||
	       skb->ip_summed == CHECKSUM_PARTIAL || skb_is_gso(skb);
}

/* The fragment after which @skb belongs, NULL for the first place; most come in order, as last. */
static enum vpc_drop frag_place(const struct datagram *d, const struct sk_buff *skb,
				struct sk_buff **after)
{
	const struct frag_cb *cb = frag_cb(skb);
	struct sk_buff *prev = NULL, *next = d->list;

	if (d->last && frag_cb(d->last)->start < cb->start) {
		prev = d->last;
		next = NULL;
	}
	while (next && frag_cb(next)->start < cb->start) {
		prev = next;
		next = next->next;
	}
	if (next && frag_cb(next)->start == cb->start && frag_cb(next)->end == cb->end)
		return VPC_DROP_FRAGMENT_DUPLICATE;
	if ((prev && frag_cb(prev)->end > cb->start) || (next && frag_cb(next)->start < cb->end))
		return VPC_DROP_FRAGMENT_OVERLAP;
	*after = prev;
	return VPC_DROP_NONE;
}

/* The last fragment says how long the datagram is; none may lie beyond, no other say so. */
static bool frag_ends(struct datagram *d, const struct sk_buff *skb)
{
	const struct frag_cb *cb = frag_cb(skb);

	if (cb->more)
		return !d->len || cb->end <= d->len;
	if ((d->len && d->len != cb->end) || (d->last && frag_cb(d->last)->end > cb->end))
		return false;
	d->len = cb->end;
	return true;
}

static enum vpc_drop frag_insert(struct vpc_frags *frags, struct datagram *d, struct sk_buff *skb)
{
	struct sk_buff *after = NULL;
	enum vpc_drop reason;

	if (d->count == FRAGS_MAX)
		return VPC_DROP_FRAGMENT_LIMIT;
	reason = frag_place(d, skb, &after);
	if (!reason && !frag_ends(d, skb))
		reason = VPC_DROP_FRAGMENT_OVERLAP;
	if (reason)
		return reason;
	/* It may wait longer than the sender's socket or the device lives. */
	skb_orphan(skb);
	skb_dst_drop(skb);
	nf_reset_ct(skb);
	skb_ext_reset(skb);
	skb->dev = NULL;
	if (after) {
		skb->next = after->next;
		after->next = skb;
	} else {
		skb->next = d->list;
		d->list = skb;
	}
	if (!skb->next)
		d->last = skb;
	d->count++;
	d->have += frag_cb(skb)->end - frag_cb(skb)->start;
	frags->bytes += skb->truesize;
	return VPC_DROP_NONE;
}

/* Before the datagram is looked for: it may be the oldest itself. */
static bool make_room(struct vpc_frags *frags, unsigned int need, unsigned int limit)
{
	if (need > limit)
		return false;
	while (frags->bytes + need > limit)
		datagram_drop(frags, list_first_entry(&frags->age, struct datagram, age),
			      VPC_DROP_FRAGMENT_LIMIT);
	return true;
}

static enum vpc_drop queue(struct vpc_frags *frags, const struct vpc_packet *pkt,
			   const struct frag_key *key, struct sk_buff **list,
			   unsigned int *payload)
{
	struct sk_buff *skb = pkt->skb;
	enum vpc_drop reason;
	struct datagram *d;

	if (frags->dead)
		return VPC_DROP_PORT_DOWN;
	if (!make_room(frags, skb->truesize + sizeof(*d), READ_ONCE(pkt->vnet->in_force.frag_bytes)))
		return VPC_DROP_FRAGMENT_LIMIT;
	d = datagram_find(frags, key);
	if (!d)
		d = datagram_add(frags, pkt, key);
	if (!d)
		return VPC_DROP_NO_MEMORY;
	reason = frag_insert(frags, d, skb);
	if (reason == VPC_DROP_FRAGMENT_OVERLAP || reason == VPC_DROP_FRAGMENT_LIMIT) {
		datagram_drop(frags, d, reason);
	} else if (!reason && d->len && d->have == d->len) {
		*payload = d->len;
		*list = datagram_take(frags, d);
	}
	return reason;
}

enum vpc_drop vpc_frag_queue(const struct vpc_packet *pkt, struct sk_buff **list,
			     unsigned int *payload)
{
	struct vpc_frags *frags = &pkt->port->port->frags;
	struct net_device *dev = pkt->skb->dev;
	struct sk_buff *skb = pkt->skb;
	enum vpc_drop reason;
	struct frag frag;

	frag_read(pkt, &frag);
	if (frag_malformed(skb, &frag))
		return VPC_DROP_FRAGMENT;
	frag_cb(skb)->start = frag.offset;
	frag_cb(skb)->end = frag.offset + skb->len - frag.hlen;
	frag_cb(skb)->more = frag.more;
	spin_lock(&frags->lock);
	reason = queue(frags, pkt, &frag.key, list, payload);
	spin_unlock(&frags->lock);
	for (skb = *list; skb; skb = skb->next)
		skb->dev = dev;
	return reason;
}

struct sk_buff *vpc_frag_cut(struct sk_buff *skb, unsigned int mtu, enum vpc_drop *reason)
{
	unsigned int hlen = ip_hdrlen(skb);
	struct sk_buff *list = NULL, **tail = &list, *piece;
	struct ip_frag_state state;

	*reason = VPC_DROP_TOO_BIG;
	if (mtu < hlen + 8)
		return NULL;
	*reason = VPC_DROP_NO_MEMORY;
	/* By software, for no device in particular. */
	if (skb->ip_summed == CHECKSUM_PARTIAL && skb_csum_hwoffload_help(skb, 0))
		return NULL;
	if (skb_ensure_writable(skb, hlen))
		return NULL;
	ip_frag_init(skb, hlen, LL_MAX_HEADER, mtu - hlen, false, &state);
	while (state.left > 0) {
		piece = ip_frag_next(skb, &state);
		if (IS_ERR(piece)) {
			kfree_skb_list(list);
			return NULL;
		}
		if (!list && hlen > sizeof(struct iphdr))
			vpc_options_fragment(ip_hdr(skb));	/* of the pieces after the first */
		*tail = piece;
		tail = &piece->next;
	}
	consume_skb(skb);
	return list;
}
