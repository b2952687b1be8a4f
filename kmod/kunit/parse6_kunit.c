// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <uapi/linux/tcp.h>
#include <uapi/linux/udp.h>

#include "../lib/parse6.c"

#define PACKET_MAX	512

/* Of a fragment header, in the place of what others have there */
#define FRAGMENT(offset, more)	((offset) >> 8), (((offset) & 0xf8) | (more))

/**
 * struct packet - a packet under construction
 * @data: from the IP header on
 * @len: its length
 * @next: where the protocol of what is added next goes
 */
struct packet {
	u8 data[PACKET_MAX] __aligned(4);
	unsigned int len;
	unsigned int next;
};

static struct ipv6hdr *ip6(struct packet *pkt)
{
	return (struct ipv6hdr *)pkt->data;
}

static void start(struct packet *pkt)
{
	static const u8 src[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 5 };
	static const u8 dst[16] = { 0x20, 0x01, 0x0d, 0xb8, 1, [15] = 0x21 };

	memset(pkt, 0, sizeof(*pkt));
	ip6(pkt)->version = 6;
	ip6(pkt)->hop_limit = 64;
	memcpy(&ip6(pkt)->saddr, src, sizeof(src));
	memcpy(&ip6(pkt)->daddr, dst, sizeof(dst));
	pkt->len = sizeof(struct ipv6hdr);
	pkt->next = offsetof(struct ipv6hdr, nexthdr);
}

/* So many bytes of @proto; returns where. */
static u8 *add(struct packet *pkt, u8 proto, unsigned int len)
{
	u8 *p = pkt->data + pkt->len;

	pkt->data[pkt->next] = proto;
	pkt->next = pkt->len;
	pkt->len += len;
	ip6(pkt)->payload_len = htons(pkt->len - sizeof(struct ipv6hdr));
	return p;
}

/* An extension header of @units times eight bytes, whose third and fourth bytes are given. */
static void extend(struct packet *pkt, u8 proto, u8 units, u8 third, u8 fourth)
{
	u8 *hdr = add(pkt, proto, units * EXTENSION_UNIT);

	hdr[1] = proto == IPPROTO_FRAGMENT ? 0 : units - 1;
	hdr[2] = third;
	hdr[3] = fourth;
}

static void transport(struct packet *pkt, u8 proto, unsigned int len)
{
	void *l4 = add(pkt, proto, len);
	struct icmp6hdr *ih = l4;
	struct tcphdr *th = l4;
	struct udphdr *uh = l4;

	switch (proto) {
	case IPPROTO_TCP:
		th->source = htons(40000);
		th->dest = htons(443);
		th->doff = 5;
		th->syn = 1;
		break;
	case IPPROTO_UDP:
		uh->source = htons(5353);
		uh->dest = htons(53);
		uh->len = htons(len);
		break;
	case IPPROTO_ICMPV6:
		ih->icmp6_type = ICMPV6_ECHO_REQUEST;
		ih->icmp6_identifier = htons(0x1234);
		break;
	}
}

/* Chains that are looked through, by number */
enum { PLAIN, HOP_BY_HOP, ATOMIC, LONG, CHAINS };

static void chain(struct packet *pkt, unsigned int which)
{
	start(pkt);
	switch (which) {
	case HOP_BY_HOP:
		extend(pkt, IPPROTO_HOPOPTS, 1, 0, 0);
		break;
	case ATOMIC:
		extend(pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(0, 0));
		break;
	case LONG:
		extend(pkt, IPPROTO_HOPOPTS, 2, 0, 0);
		extend(pkt, IPPROTO_DSTOPTS, 3, 0, 0);
		extend(pkt, IPPROTO_ROUTING, 3, 4, 0);
		extend(pkt, IPPROTO_DSTOPTS, 1, 0, 0);
		break;
	}
}

/* From a copy that ends where @linear does: KASAN sees every byte read too far. */
static enum vpc_drop parse(const struct packet *pkt, unsigned int linear, unsigned int len,
			   struct vpc_parsed *out)
{
	enum vpc_drop reason = VPC_DROP_NO_MEMORY;
	void *copy = kmemdup(pkt->data, linear, GFP_KERNEL);

	memset(out, 0xa5, sizeof(*out));
	if (copy)
		reason = vpc_parse_ipv6(copy, linear, len, out);
	kfree(copy);
	return reason;
}

static enum vpc_drop parse_all(const struct packet *pkt, struct vpc_parsed *out)
{
	return parse(pkt, pkt->len, pkt->len, out);
}

static const u8 protos[] = {
	IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6, IPPROTO_ICMP, IPPROTO_ESP, IPPROTO_AH,
	IPPROTO_NONE,
};

/* What a header of @proto takes at least. */
static unsigned int l4_min(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_UDP:
		return sizeof(struct udphdr);
	case IPPROTO_ICMPV6:
		return sizeof(struct icmp6hdr);
	}
	return 0;
}

#define EXPECT_REASON(test, got, want, fmt, ...)				\
	KUNIT_EXPECT_EQ_MSG(test, (int)(got), (int)(want), fmt, ##__VA_ARGS__)

static void good_one(struct kunit *test, u8 proto, unsigned int which, u16 sport, u16 dport)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int l4off;

	chain(&pkt, which);
	l4off = pkt.len;
	transport(&pkt, proto, 24);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "proto %u chain %u", proto, which);
	KUNIT_EXPECT_MEMEQ(test, &out.src, &ip6(&pkt)->saddr, 16);
	KUNIT_EXPECT_MEMEQ(test, &out.dst, &ip6(&pkt)->daddr, 16);
	KUNIT_EXPECT_EQ(test, ntohs(out.sport), sport);
	KUNIT_EXPECT_EQ(test, ntohs(out.dport), dport);
	KUNIT_EXPECT_EQ(test, out.l4off, l4off);
	KUNIT_EXPECT_EQ(test, out.fragoff, which == ATOMIC ? sizeof(struct ipv6hdr) : 0);
	KUNIT_EXPECT_EQ(test, out.len, pkt.len);
	KUNIT_EXPECT_EQ(test, out.family, AF_INET6);
	KUNIT_EXPECT_EQ(test, out.proto, proto);
	KUNIT_EXPECT_EQ(test, out.tcp_flags, proto == IPPROTO_TCP ? VPC_TCP_SYN : 0);
	KUNIT_EXPECT_EQ(test, out.icmp, proto == IPPROTO_ICMPV6 ? ICMPV6_ECHO_REQUEST << 8 : 0);
	KUNIT_EXPECT_EQ(test, out.tcp_syn, proto == IPPROTO_TCP);
	KUNIT_EXPECT_TRUE(test, out.first);
	KUNIT_EXPECT_FALSE(test, out.source_route || out.unsolicited || out.fragment ||
			   out.icmp_error || out.neighbour);
}

static void parse6_good(struct kunit *test)
{
	unsigned int which;

	for (which = 0; which < CHAINS; which++) {
		good_one(test, IPPROTO_TCP, which, 40000, 443);
		good_one(test, IPPROTO_UDP, which, 5353, 53);
		good_one(test, IPPROTO_ICMPV6, which, 0x1234, ICMPV6_ECHO_REQUEST);
		good_one(test, IPPROTO_ICMP, which, 0, 0);
		good_one(test, IPPROTO_ESP, which, 0, 0);
		good_one(test, IPPROTO_AH, which, 0, 0);
		good_one(test, IPPROTO_NONE, which, 0, 0);
	}
}

/* Every length that may be read, of a whole packet, of one that ends there, and says so. */
static void truncate(struct kunit *test, u8 proto, unsigned int which)
{
	unsigned int n, need, len;
	struct vpc_parsed out;
	struct packet pkt;

	chain(&pkt, which);
	need = pkt.len + l4_min(proto);
	transport(&pkt, proto, 24);
	len = pkt.len;
	for (n = 0; n <= len; n++) {
		EXPECT_REASON(test, parse(&pkt, n, len, &out),
			      n < need ? VPC_DROP_SHORT : VPC_DROP_NONE,
			      "proto %u chain %u linear %u", proto, which, n);
		EXPECT_REASON(test, parse(&pkt, n, n, &out),
			      n < len ? VPC_DROP_SHORT : VPC_DROP_NONE,
			      "proto %u chain %u len %u", proto, which, n);
	}
	if (proto == IPPROTO_UDP)	/* it states its own length */
		need = len;
	for (n = sizeof(struct ipv6hdr); n <= len; n++) {
		/* Nothing behind hop-by-hop options is what a jumbogram says of itself. */
		if (n == sizeof(struct ipv6hdr) && ip6(&pkt)->nexthdr == IPPROTO_HOPOPTS)
			continue;
		ip6(&pkt)->payload_len = htons(n - sizeof(struct ipv6hdr));
		EXPECT_REASON(test, parse(&pkt, len, len, &out),
			      n < need ? VPC_DROP_SHORT : VPC_DROP_NONE,
			      "proto %u chain %u length %u", proto, which, n);
		if (n >= need)		/* the rest is padding */
			KUNIT_EXPECT_EQ(test, out.len, n);
	}
}

static void parse6_truncated(struct kunit *test)
{
	unsigned int i, which;

	for (i = 0; i < ARRAY_SIZE(protos); i++)
		for (which = 0; which < CHAINS; which++)
			truncate(test, protos[i], which);
}

static void parse6_version(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int v;

	chain(&pkt, PLAIN);
	transport(&pkt, IPPROTO_UDP, 24);
	for (v = 0; v < 16; v++) {
		ip6(&pkt)->version = v;
		EXPECT_REASON(test, parse_all(&pkt, &out),
			      v == 6 ? VPC_DROP_NONE : VPC_DROP_BAD_HEADER, "version %u", v);
	}
}

/* RFC 2675: its length is in an option, and the field is 0. */
static void parse6_jumbogram(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;

	chain(&pkt, HOP_BY_HOP);
	transport(&pkt, IPPROTO_UDP, 24);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "with its length");
	ip6(&pkt)->payload_len = 0;
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_BAD_HEADER, "jumbogram");

	/* The longest that there is takes more than 65535 bytes. */
	chain(&pkt, PLAIN);
	transport(&pkt, IPPROTO_ESP, 24);
	ip6(&pkt)->payload_len = htons(U16_MAX);
	EXPECT_REASON(test, parse(&pkt, pkt.len, 40 + U16_MAX, &out), VPC_DROP_NONE, "longest");
	KUNIT_EXPECT_EQ(test, out.len, 40U + U16_MAX);
}

static void parse6_number(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int n, i;

	for (n = 1; n <= VPC_EXTENSIONS_MAX + 1; n++) {
		start(&pkt);
		for (i = 0; i < n; i++)
			extend(&pkt, IPPROTO_DSTOPTS, 1, 0, 0);
		transport(&pkt, IPPROTO_TCP, 20);
		EXPECT_REASON(test, parse_all(&pkt, &out),
			      n <= VPC_EXTENSIONS_MAX ? VPC_DROP_NONE : VPC_DROP_EXTENSIONS,
			      "%u headers", n);
	}
}

static void parse6_length(struct kunit *test)
{
	const unsigned int max = VPC_EXTENSIONS_LEN / EXTENSION_UNIT;
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int n;

	for (n = max - 2; n <= max + 1; n++) {
		start(&pkt);
		extend(&pkt, IPPROTO_HOPOPTS, 1, 0, 0);
		extend(&pkt, IPPROTO_DSTOPTS, n - 1, 0, 0);
		transport(&pkt, IPPROTO_TCP, 20);
		EXPECT_REASON(test, parse_all(&pkt, &out),
			      n <= max ? VPC_DROP_NONE : VPC_DROP_EXTENSIONS, "%u units", n);
		/* No less where the rest cannot be read. */
		EXPECT_REASON(test, parse(&pkt, 60, pkt.len, &out),
			      n <= max ? VPC_DROP_SHORT : VPC_DROP_EXTENSIONS, "%u units", n);
	}
}

static void parse6_order(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;

	start(&pkt);
	extend(&pkt, IPPROTO_DSTOPTS, 1, 0, 0);
	extend(&pkt, IPPROTO_HOPOPTS, 1, 0, 0);
	transport(&pkt, IPPROTO_TCP, 20);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_BAD_HEADER, "hop-by-hop, second");

	start(&pkt);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(0, 1));
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(8, 1));
	transport(&pkt, IPPROTO_TCP, 20);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_BAD_HEADER, "fragment of a fragment");
	KUNIT_EXPECT_MEMEQ(test, &out.dst, &ip6(&pkt)->daddr, 16);
}

static void routed(struct kunit *test, u8 type, u8 left, bool want)
{
	struct vpc_parsed out;
	struct packet pkt;

	start(&pkt);
	extend(&pkt, IPPROTO_ROUTING, 3, type, left);
	transport(&pkt, IPPROTO_TCP, 20);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "type %u", type);
	KUNIT_EXPECT_EQ_MSG(test, out.source_route, want, "type %u, %u left", type, left);
}

static void parse6_routing(struct kunit *test)
{
	unsigned int type;

	for (type = 0; type <= U8_MAX; type++) {
		routed(test, type, 0, !type);
		routed(test, type, 1, true);
		routed(test, type, U8_MAX, true);
	}
}

/* A first fragment whose headers take @need bytes, of every length. */
static void first_fragment(struct kunit *test, u8 proto)
{
	unsigned int n, need = 40 + 16 + 8 + l4_min(proto);
	struct vpc_parsed out;
	struct packet pkt;

	start(&pkt);
	extend(&pkt, IPPROTO_DSTOPTS, 2, 0, 0);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(0, 1));
	transport(&pkt, proto, 24);
	if (proto == IPPROTO_UDP)	/* the rest is in others */
		((struct udphdr *)(pkt.data + 64))->len = htons(9000);
	for (n = 56; n <= pkt.len; n++) {
		ip6(&pkt)->payload_len = htons(n - 40);
		EXPECT_REASON(test, parse(&pkt, n, n, &out),
			      n < need ? VPC_DROP_SHORT : VPC_DROP_NONE, "proto %u, %u", proto, n);
	}
	KUNIT_EXPECT_TRUE(test, out.fragment && out.first);
	KUNIT_EXPECT_EQ(test, out.fragoff, 56);
	KUNIT_EXPECT_EQ(test, out.l4off, 64);
	KUNIT_EXPECT_EQ(test, out.proto, proto);
	KUNIT_EXPECT_FALSE(test, out.sport || out.dport);
}

/* What is behind the header of a later one is no header, whatever it looks like. */
static void parse6_fragments(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(protos); i++)
		first_fragment(test, protos[i]);

	start(&pkt);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(1480, 0));
	transport(&pkt, IPPROTO_TCP, 3);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "a later one");
	KUNIT_EXPECT_TRUE(test, out.fragment && !out.first);
	KUNIT_EXPECT_EQ(test, out.l4off, 48);
	KUNIT_EXPECT_EQ(test, out.proto, IPPROTO_TCP);
	KUNIT_EXPECT_EQ(test, out.tcp_flags, 0);

	start(&pkt);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(8, 1));
	extend(&pkt, IPPROTO_DSTOPTS, 30, 0, 0);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "options in a later one");
	KUNIT_EXPECT_EQ(test, out.l4off, 48);
	KUNIT_EXPECT_EQ(test, out.proto, IPPROTO_DSTOPTS);

	/* RFC 7112: the whole chain is in the first. */
	start(&pkt);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(0, 1));
	extend(&pkt, IPPROTO_DSTOPTS, 2, 0, 0);
	pkt.data[48] = IPPROTO_NONE;
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "it may end with no header");
	pkt.data[48] = IPPROTO_TCP;
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_SHORT, "TCP in another");
	pkt.data[48] = IPPROTO_DSTOPTS;
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_SHORT, "options in another");
}

static void icmp_type(struct kunit *test, u8 type)
{
	bool error = type >= 1 && type <= 4, neighbour = type >= 133 && type <= 137;
	bool echo = type == 128 || type == 129;
	struct vpc_parsed out;
	struct packet pkt;

	start(&pkt);
	transport(&pkt, IPPROTO_ICMPV6, 8);
	pkt.data[40] = type;
	pkt.data[41] = 3;
	EXPECT_REASON(test, parse_all(&pkt, &out),
		      error || neighbour || echo ? VPC_DROP_NONE : VPC_DROP_ICMP_TYPE,
		      "type %u", type);
	KUNIT_EXPECT_EQ(test, out.icmp, type << 8 | 3);
	KUNIT_EXPECT_EQ(test, out.icmp_error, error);
	KUNIT_EXPECT_EQ(test, out.neighbour, neighbour);
	KUNIT_EXPECT_EQ(test, out.unsolicited, type == 129);
	KUNIT_EXPECT_EQ(test, ntohs(out.sport), type == 128 ? 0x1234 : type == 129 ? 128 : 0);
	KUNIT_EXPECT_EQ(test, ntohs(out.dport), type == 129 ? 0x1234 : type == 128 ? 128 : 0);
}

static void parse6_icmp_types(struct kunit *test)
{
	unsigned int type;

	for (type = 0; type <= U8_MAX; type++)
		icmp_type(test, type);
}

/* The reply's key is the request's, inverted. */
static void parse6_echo(struct kunit *test)
{
	struct vpc_flow_key query, reply, inverse;
	struct vpc_parsed out;
	struct packet pkt;

	start(&pkt);
	transport(&pkt, IPPROTO_ICMPV6, 24);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "request");
	vpc_parsed_key(&out, 7, &query);
	KUNIT_EXPECT_EQ(test, query.family, AF_INET6);
	swap(ip6(&pkt)->saddr, ip6(&pkt)->daddr);
	pkt.data[40] = ICMPV6_ECHO_REPLY;
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "reply");
	vpc_parsed_key(&out, 7, &reply);
	vpc_flow_key_invert(&inverse, &query, 7);
	KUNIT_EXPECT_MEMEQ(test, &reply, &inverse, sizeof(reply));
}

static void parse6_datagram(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;

	start(&pkt);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(0, 1));
	transport(&pkt, IPPROTO_UDP, 24);
	((struct udphdr *)(pkt.data + 48))->len = htons(3000);
	EXPECT_REASON(test, vpc_parse_datagram6(pkt.data, pkt.len, 3000, &out), VPC_DROP_NONE,
		      "whole");
	KUNIT_EXPECT_EQ(test, ntohs(out.sport), 5353);
	KUNIT_EXPECT_EQ(test, ntohs(out.dport), 53);
	KUNIT_EXPECT_EQ(test, out.len, 3048U);
	KUNIT_EXPECT_EQ(test, out.l4off, 48);
	KUNIT_EXPECT_FALSE(test, out.fragment);
	EXPECT_REASON(test, vpc_parse_datagram6(pkt.data, pkt.len, 2999, &out),
		      VPC_DROP_SHORT, "UDP of more than there is");
}

/* An error that quotes @pkt, as far as @len bytes; from a copy that ends there. */
static bool quote(const struct packet *pkt, unsigned int len, struct vpc_flow_key *key)
{
	u8 *copy = kzalloc(8 + len, GFP_KERNEL);
	bool found = false;

	if (copy) {
		memcpy(copy + 8, pkt->data, len);
		found = vpc_parse_quoted6(copy, 8 + len, key);
	}
	kfree(copy);
	return found;
}

static void quoted_one(struct kunit *test, u8 proto, unsigned int which)
{
	struct vpc_flow_key key, want;
	struct vpc_parsed out;
	unsigned int n, need;
	struct packet pkt;

	chain(&pkt, which);
	need = pkt.len + min(l4_min(proto), 8U);
	transport(&pkt, proto, 24);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "proto %u", proto);
	vpc_parsed_key(&out, 0, &want);
	for (n = 0; n <= pkt.len; n++) {
		KUNIT_EXPECT_EQ_MSG(test, quote(&pkt, n, &key), n >= need, "proto %u chain %u, %u",
				    proto, which, n);
		if (n >= need)
			KUNIT_EXPECT_MEMEQ(test, &key, &want, sizeof(key));
	}
}

static void parse6_quoted(struct kunit *test)
{
	struct vpc_flow_key key;
	unsigned int i, which;
	struct packet pkt;

	for (i = 0; i < ARRAY_SIZE(protos); i++)
		for (which = 0; which < CHAINS; which++)
			quoted_one(test, protos[i], which);

	start(&pkt);
	extend(&pkt, IPPROTO_FRAGMENT, 1, FRAGMENT(0, 1));
	transport(&pkt, IPPROTO_UDP, 24);
	KUNIT_EXPECT_TRUE_MSG(test, quote(&pkt, pkt.len, &key), "a first fragment");
	KUNIT_EXPECT_EQ(test, ntohs(key.dport), 53);
	pkt.data[42] = 1;
	KUNIT_EXPECT_FALSE_MSG(test, quote(&pkt, pkt.len, &key), "a later one");

	start(&pkt);
	transport(&pkt, IPPROTO_ICMPV6, 24);
	pkt.data[40] = ICMPV6_DEST_UNREACH;
	KUNIT_EXPECT_FALSE_MSG(test, quote(&pkt, pkt.len, &key), "an error");
	pkt.data[40] = 135;
	KUNIT_EXPECT_FALSE_MSG(test, quote(&pkt, pkt.len, &key), "neighbour discovery");
	pkt.data[40] = ICMPV6_ECHO_REPLY;
	KUNIT_EXPECT_TRUE_MSG(test, quote(&pkt, pkt.len, &key), "a reply");
	ip6(&pkt)->version = 4;
	KUNIT_EXPECT_FALSE_MSG(test, quote(&pkt, pkt.len, &key), "IPv4");
}

/* Noise, often with headers good enough to get further. */
static void make_random(struct packet *pkt, struct rnd_state *rnd)
{
	static const u8 extensions[] = {
		IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT, IPPROTO_DSTOPTS,
	};
	u32 dice = prandom_u32_state(rnd);
	unsigned int i, n = dice % 10;
	u8 *hdr;

	prandom_bytes_state(rnd, pkt->data, sizeof(pkt->data));
	pkt->len = sizeof(struct ipv6hdr);
	pkt->next = offsetof(struct ipv6hdr, nexthdr);
	if (dice & 0x100)
		ip6(pkt)->version = 6;
	for (i = 0; i < n; i++) {
		hdr = add(pkt, extensions[prandom_u32_state(rnd) % 4], 8);
		if (dice & 0x200)
			hdr[1] = 0;
		if (dice & 0x400)
			hdr[2] = 0;
	}
	add(pkt, protos[(dice >> 16) % ARRAY_SIZE(protos)], (dice >> 20) % 40);
	if (dice & 0x800)
		ip6(pkt)->payload_len = htons((dice >> 16) % PACKET_MAX);
}

static bool sane(const struct vpc_parsed *out, unsigned int linear, unsigned int len)
{
	bool ports = out->sport || out->dport;

	if (out->l4off < 40 || out->l4off > linear || out->len < out->l4off || out->len > len)
		return false;
	if (out->l4off > 40 + VPC_EXTENSIONS_LEN || out->l4off % 8)
		return false;
	if (out->fragment && (!out->fragoff || out->fragoff + 8 > out->l4off))
		return false;
	if ((out->fragment || out->icmp_error || out->neighbour) && ports)
		return false;
	return !ports || out->l4off + l4_min(out->proto) <= linear;
}

static void parse6_random(struct kunit *test)
{
	u32 seed = get_random_u32();
	struct vpc_parsed out;
	struct rnd_state rnd;
	unsigned int i, linear;
	struct packet pkt;

	kunit_info(test, "seed %#x", seed);
	prandom_seed_state(&rnd, seed);
	for (i = 0; i < 20000; i++) {
		make_random(&pkt, &rnd);
		linear = prandom_u32_state(&rnd) % (pkt.len + 1);
		if (!parse(&pkt, linear, pkt.len, &out))
			KUNIT_ASSERT_TRUE_MSG(test, sane(&out, linear, pkt.len),
					      "seed %#x round %u", seed, i);
	}
}

static struct kunit_case parse6_cases[] = {
	KUNIT_CASE(parse6_good),
	KUNIT_CASE(parse6_truncated),
	KUNIT_CASE(parse6_version),
	KUNIT_CASE(parse6_jumbogram),
	KUNIT_CASE(parse6_number),
	KUNIT_CASE(parse6_length),
	KUNIT_CASE(parse6_order),
	KUNIT_CASE(parse6_routing),
	KUNIT_CASE(parse6_fragments),
	KUNIT_CASE(parse6_icmp_types),
	KUNIT_CASE(parse6_echo),
	KUNIT_CASE(parse6_datagram),
	KUNIT_CASE(parse6_quoted),
	KUNIT_CASE(parse6_random),
	{}
};

static struct kunit_suite parse6_suite = {
	.name = "vpc_parse6",
	.test_cases = parse6_cases,
};

kunit_test_suite(parse6_suite);
