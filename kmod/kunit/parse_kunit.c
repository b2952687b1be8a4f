// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "../lib/parse.c"

#define PACKET_MAX	128

/**
 * struct packet - a packet under construction
 * @data: from the IP header on
 * @len: its length
 */
struct packet {
	u8 data[PACKET_MAX] __aligned(4);
	unsigned int len;
};

static struct iphdr *ip(struct packet *pkt)
{
	return (struct iphdr *)pkt->data;
}

static void *l4(struct packet *pkt)
{
	return pkt->data + ip(pkt)->ihl * 4;
}

/* The header's checksum after an edit. */
static void seal(struct packet *pkt)
{
	unsigned int words = max_t(unsigned int, ip(pkt)->ihl, 5);

	ip(pkt)->check = 0;
	ip(pkt)->check = ip_fast_csum(pkt->data, words);
}

static void make_l4(struct packet *pkt, unsigned int len)
{
	struct tcphdr *th = l4(pkt);
	struct udphdr *uh = l4(pkt);
	struct icmphdr *ih = l4(pkt);

	switch (ip(pkt)->protocol) {
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
	case IPPROTO_ICMP:
		ih->type = ICMP_ECHO;
		ih->un.echo.id = htons(0x1234);
		break;
	}
}

/* With @len bytes after the IP header. */
static void make(struct packet *pkt, u8 proto, u8 ihl, unsigned int len)
{
	memset(pkt, 0, sizeof(*pkt));
	pkt->len = ihl * 4 + len;
	*ip(pkt) = (struct iphdr){
		.version = 4,
		.ihl = ihl,
		.tot_len = htons(pkt->len),
		.ttl = 64,
		.protocol = proto,
		.saddr = htonl(0x0a000005),
		.daddr = htonl(0xc0000221),
	};
	memset(pkt->data + sizeof(struct iphdr), 1 /* NOP */, (ihl - 5) * 4);
	make_l4(pkt, len);
	seal(pkt);
}

/* What a header of @proto takes at least. */
static unsigned int l4_min(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_UDP:
		return sizeof(struct udphdr);
	case IPPROTO_ICMP:
		return sizeof(struct icmphdr);
	}
	return 0;
}

/* From a copy that ends where @linear does: KASAN sees every byte read too far. */
static enum vpc_drop parse(const struct packet *pkt, unsigned int linear, unsigned int len,
			   struct vpc_parsed *out)
{
	enum vpc_drop reason = VPC_DROP_NO_MEMORY;
	void *copy = kmemdup(pkt->data, linear, GFP_KERNEL);

	memset(out, 0xa5, sizeof(*out));
	if (copy)
		reason = vpc_parse_ipv4(copy, linear, len, out);
	kfree(copy);
	return reason;
}

static enum vpc_drop parse_all(const struct packet *pkt, struct vpc_parsed *out)
{
	return parse(pkt, pkt->len, pkt->len, out);
}

static const u8 protos[] = { IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_GRE };
static const u8 ihls[] = { 5, 6, 15 };

#define EXPECT_REASON(test, got, want, fmt, ...)				\
	KUNIT_EXPECT_EQ_MSG(test, (int)(got), (int)(want), fmt, ##__VA_ARGS__)

static void good_one(struct kunit *test, u8 proto, u8 ihl, __be16 sport, __be16 dport)
{
	struct vpc_parsed out;
	struct packet pkt;

	make(&pkt, proto, ihl, 24);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "proto %u ihl %u", proto, ihl);
	KUNIT_EXPECT_EQ(test, ntohl(out.src.ip4), 0x0a000005U);
	KUNIT_EXPECT_EQ(test, ntohl(out.dst.ip4), 0xc0000221U);
	KUNIT_EXPECT_FALSE(test, out.src.ip6[1] || out.src.ip6[2] || out.src.ip6[3]);
	KUNIT_EXPECT_FALSE(test, out.dst.ip6[1] || out.dst.ip6[2] || out.dst.ip6[3]);
	KUNIT_EXPECT_EQ(test, ntohs(out.sport), ntohs(sport));
	KUNIT_EXPECT_EQ(test, ntohs(out.dport), ntohs(dport));
	KUNIT_EXPECT_EQ(test, out.l4off, ihl * 4);
	KUNIT_EXPECT_EQ(test, out.len, pkt.len);
	KUNIT_EXPECT_EQ(test, out.family, AF_INET);
	KUNIT_EXPECT_EQ(test, out.proto, proto);
	KUNIT_EXPECT_EQ(test, out.tcp_flags, proto == IPPROTO_TCP ? VPC_TCP_SYN : 0);
	KUNIT_EXPECT_EQ(test, out.tcp_syn, proto == IPPROTO_TCP);
	KUNIT_EXPECT_FALSE(test, out.source_route);
	KUNIT_EXPECT_FALSE(test, out.unsolicited || out.fragment || out.icmp_error);
}

static void parse_good(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ihls); i++) {
		good_one(test, IPPROTO_TCP, ihls[i], htons(40000), htons(443));
		good_one(test, IPPROTO_UDP, ihls[i], htons(5353), htons(53));
		good_one(test, IPPROTO_ICMP, ihls[i], htons(0x1234), htons(ICMP_ECHO));
		good_one(test, IPPROTO_GRE, ihls[i], 0, 0);
	}
}

/* Every length that may be read, of a whole packet and of one that ends there. */
static void truncate(struct kunit *test, u8 proto, u8 ihl)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int n, need;

	make(&pkt, proto, ihl, 24);
	need = ihl * 4 + l4_min(proto);
	for (n = 0; n <= pkt.len; n++) {
		EXPECT_REASON(test, parse(&pkt, n, pkt.len, &out),
			      n < need ? VPC_DROP_SHORT : VPC_DROP_NONE,
			      "proto %u ihl %u linear %u", proto, ihl, n);
		EXPECT_REASON(test, parse(&pkt, n, n, &out),
			      n < pkt.len ? VPC_DROP_SHORT : VPC_DROP_NONE,
			      "proto %u ihl %u len %u", proto, ihl, n);
	}
}

static void parse_truncated(struct kunit *test)
{
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(protos); i++) {
		for (j = 0; j < ARRAY_SIZE(ihls); j++)
			truncate(test, protos[i], ihls[j]);
	}
}

static enum vpc_drop want_tot_len(u8 proto, unsigned int hlen, unsigned int tot, unsigned int len)
{
	unsigned int need = hlen + l4_min(proto);

	if (proto == IPPROTO_UDP)
		need = len;		/* it states its own length */
	if (tot > len)
		return VPC_DROP_SHORT;
	if (tot < hlen)
		return VPC_DROP_BAD_HEADER;
	return tot < need ? VPC_DROP_SHORT : VPC_DROP_NONE;
}

static void tot_len_one(struct kunit *test, u8 proto, u8 ihl, unsigned int tot)
{
	struct vpc_parsed out;
	enum vpc_drop want;
	struct packet pkt;

	make(&pkt, proto, ihl, 24);
	ip(&pkt)->tot_len = htons(tot);
	seal(&pkt);
	want = want_tot_len(proto, ihl * 4, tot, pkt.len);
	EXPECT_REASON(test, parse_all(&pkt, &out), want, "proto %u ihl %u tot_len %u", proto,
		      ihl, tot);
	if (!want)		/* the rest is padding */
		KUNIT_EXPECT_EQ(test, out.len, tot);
}

static void parse_tot_len(struct kunit *test)
{
	unsigned int i, tot;

	for (i = 0; i < ARRAY_SIZE(protos); i++) {
		for (tot = 0; tot < PACKET_MAX; tot++) {
			tot_len_one(test, protos[i], 5, tot);
			tot_len_one(test, protos[i], 6, tot);
		}
		tot_len_one(test, protos[i], 5, U16_MAX);
	}
}

/* An Ethernet frame of 60 bytes carries 46; an IP packet of 28 leaves 18 to trim. */
static void parse_padding(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;

	make(&pkt, IPPROTO_UDP, 5, 8);
	memset(pkt.data + pkt.len, 0xff, 18);
	EXPECT_REASON(test, parse(&pkt, 46, 46, &out), VPC_DROP_NONE, "padded");
	KUNIT_EXPECT_EQ(test, out.len, 28);

	/* Padding is no part of the transport header. */
	make(&pkt, IPPROTO_TCP, 5, 12);
	EXPECT_REASON(test, parse(&pkt, 46, 46, &out), VPC_DROP_SHORT, "TCP in padding");
	make(&pkt, IPPROTO_UDP, 5, 8);
	((struct udphdr *)l4(&pkt))->len = htons(9);
	EXPECT_REASON(test, parse(&pkt, 46, 46, &out), VPC_DROP_SHORT, "UDP in padding");
}

static void parse_first_byte(struct kunit *test)
{
	unsigned int version, ihl;
	struct vpc_parsed out;
	enum vpc_drop want;
	struct packet pkt;

	for (version = 0; version < 16; version++) {
		for (ihl = 0; ihl < 16; ihl++) {
			make(&pkt, IPPROTO_GRE, 5, 24);
			ip(&pkt)->version = version;
			ip(&pkt)->ihl = ihl;
			seal(&pkt);
			want = VPC_DROP_NONE;
			if (version != 4 || ihl < 5)
				want = VPC_DROP_BAD_HEADER;
			else if (ihl * 4 > pkt.len)
				want = VPC_DROP_SHORT;
			EXPECT_REASON(test, parse_all(&pkt, &out), want, "version %u ihl %u",
				      version, ihl);
		}
	}
}

static void parse_checksum(struct kunit *test)
{
	unsigned int i, bit;
	struct vpc_parsed out;
	struct packet pkt;

	for (i = 0; i < ARRAY_SIZE(ihls); i++) {
		for (bit = 8; bit < ihls[i] * 32; bit++) {
			make(&pkt, IPPROTO_UDP, ihls[i], 24);
			pkt.data[bit / 8] ^= 1 << (bit % 8);
			EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_BAD_CHECKSUM,
				      "ihl %u bit %u", ihls[i], bit);
		}
	}
}

/* Of several faults the one that ip_rcv_core() would see first. */
static void parse_order(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;

	make(&pkt, IPPROTO_TCP, 5, 12);
	ip(&pkt)->tot_len = htons(10);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_BAD_CHECKSUM, "sum, tot_len, TCP");
	ip(&pkt)->version = 6;
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_BAD_HEADER, "version, sum");
	EXPECT_REASON(test, parse(&pkt, 19, 19, &out), VPC_DROP_SHORT, "19 bytes, version");
	make(&pkt, IPPROTO_TCP, 15, 0);
	pkt.data[8]++;
	EXPECT_REASON(test, parse(&pkt, 59, 60, &out), VPC_DROP_SHORT, "options, sum");
}

static void parse_doff(struct kunit *test)
{
	unsigned int doff, len;
	struct vpc_parsed out;
	enum vpc_drop want;
	struct packet pkt;

	for (len = 20; len <= 64; len++) {
		for (doff = 0; doff < 16; doff++) {
			make(&pkt, IPPROTO_TCP, 5, len);
			((struct tcphdr *)l4(&pkt))->doff = doff;
			want = VPC_DROP_NONE;
			if (doff < 5)
				want = VPC_DROP_BAD_HEADER;
			else if (doff * 4 > len)
				want = VPC_DROP_SHORT;
			EXPECT_REASON(test, parse_all(&pkt, &out), want, "doff %u len %u", doff,
				      len);
			/* Options are never read: they need not be linear. */
			EXPECT_REASON(test, parse(&pkt, 40, pkt.len, &out), want,
				      "doff %u len %u, 40 linear", doff, len);
		}
	}
}

static void parse_tcp_flags(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int flags;
	bool syn;

	for (flags = 0; flags < 256; flags++) {
		make(&pkt, IPPROTO_TCP, 5, 20);
		((u8 *)l4(&pkt))[13] = flags;
		syn = (flags & 0x17) == 0x02;
		EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "flags %#x", flags);
		KUNIT_EXPECT_EQ(test, out.tcp_flags, flags);
		KUNIT_EXPECT_EQ(test, out.tcp_syn, syn);
		KUNIT_EXPECT_EQ(test, out.unsolicited, !syn);
	}
}

static void parse_udp_len(struct kunit *test)
{
	struct vpc_parsed out;
	enum vpc_drop want;
	struct packet pkt;
	unsigned int len;

	for (len = 0; len <= U16_MAX; len += len < 64 ? 1 : 97) {
		make(&pkt, IPPROTO_UDP, 5, 24);
		((struct udphdr *)l4(&pkt))->len = htons(len);
		want = VPC_DROP_NONE;
		if (len < 8)
			want = VPC_DROP_BAD_HEADER;
		else if (len > 24)
			want = VPC_DROP_SHORT;
		EXPECT_REASON(test, parse_all(&pkt, &out), want, "UDP length %u", len);
	}
}

static bool one_of(const u8 *set, unsigned int n, u8 type)
{
	return memchr(set, type, n);
}

static void parse_icmp_types(struct kunit *test)
{
	static const u8 queries[] = { 8, 13, 15, 17 }, replies[] = { 0, 14, 16, 18 };
	static const u8 errors[] = { 3, 4, 5, 11, 12 };
	bool query, reply, error;
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int type;

	for (type = 0; type < 256; type++) {
		make(&pkt, IPPROTO_ICMP, 5, 8);
		((struct icmphdr *)l4(&pkt))->type = type;
		((struct icmphdr *)l4(&pkt))->code = type ^ 0x5a;
		query = one_of(queries, sizeof(queries), type);
		reply = one_of(replies, sizeof(replies), type);
		error = one_of(errors, sizeof(errors), type);
		if (!query && !reply && !error) {
			EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_ICMP_TYPE, "type %u",
				      type);
			continue;
		}
		EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "type %u", type);
		KUNIT_EXPECT_EQ(test, out.icmp_error, error);
		KUNIT_EXPECT_EQ(test, out.unsolicited, reply);
		KUNIT_EXPECT_EQ(test, out.icmp, type << 8 | (type ^ 0x5a));
		if (error)
			KUNIT_EXPECT_FALSE(test, out.sport || out.dport);
	}
}

static void icmp_key(struct kunit *test, u8 type, bool back, struct vpc_flow_key *key)
{
	struct vpc_parsed out;
	struct packet pkt;

	make(&pkt, IPPROTO_ICMP, 5, 8);
	((struct icmphdr *)l4(&pkt))->type = type;
	if (back)
		swap(ip(&pkt)->saddr, ip(&pkt)->daddr);
	seal(&pkt);
	memset(key, 0xa5, sizeof(*key));
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "type %u", type);
	vpc_parsed_key(&out, back ? 2 : 1, key);
}

/* A reply's key is its query's inverted; pings each way with one identifier are two flows. */
static void parse_icmp_pairs(struct kunit *test)
{
	static const u8 pairs[][2] = { { 8, 0 }, { 13, 14 }, { 15, 16 }, { 17, 18 } };
	struct vpc_flow_key query, reply, inv, other;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		icmp_key(test, pairs[i][0], false, &query);
		icmp_key(test, pairs[i][1], true, &reply);
		icmp_key(test, pairs[i][0], true, &other);
		KUNIT_EXPECT_EQ(test, ntohs(query.sport), 0x1234);
		KUNIT_EXPECT_EQ(test, ntohs(query.dport), pairs[i][0]);
		vpc_flow_key_invert(&inv, &query, 2);
		KUNIT_EXPECT_EQ(test, memcmp(&inv, &reply, sizeof(inv)), 0);
		KUNIT_EXPECT_NE(test, memcmp(&inv, &other, sizeof(inv)), 0);
	}
}

static void fragment_one(struct kunit *test, u8 proto, u16 frag_off, unsigned int len,
			 enum vpc_drop want)
{
	bool fragment = frag_off & 0x3fff;
	struct vpc_parsed out;
	struct packet pkt;

	make(&pkt, proto, 5, 24);
	ip(&pkt)->frag_off = htons(frag_off);
	pkt.len = 20 + len;
	ip(&pkt)->tot_len = htons(pkt.len);
	seal(&pkt);
	EXPECT_REASON(test, parse_all(&pkt, &out), want, "proto %u frag_off %#x len %u", proto,
		      frag_off, len);
	if (want)
		return;
	KUNIT_EXPECT_EQ(test, out.fragment, fragment);
	if (fragment)
		KUNIT_EXPECT_FALSE(test, out.sport || out.dport);
}

static void parse_fragments(struct kunit *test)
{
	enum vpc_drop want;
	unsigned int i, len;

	for (i = 0; i < ARRAY_SIZE(protos); i++) {
		/* DF and the reserved bit make no fragment. */
		fragment_one(test, protos[i], 0x4000, 24, VPC_DROP_NONE);
		fragment_one(test, protos[i], 0x8000, 24, VPC_DROP_NONE);
		for (len = 0; len <= 24; len++) {
			want = len < l4_min(protos[i]) ? VPC_DROP_SHORT : VPC_DROP_NONE;
			fragment_one(test, protos[i], 0x2000, len, want);
			fragment_one(test, protos[i], 0x6000, len, want);
			fragment_one(test, protos[i], 0x0001, len, VPC_DROP_NONE);
			fragment_one(test, protos[i], 0x2001, len, VPC_DROP_NONE);
			fragment_one(test, protos[i], 0x1fff, len, VPC_DROP_NONE);
		}
	}
}

/* The first fragment's header with the datagram's length is the flow of the whole. */
static void datagram_one(struct kunit *test, u8 proto)
{
	struct vpc_flow_key want, key;
	struct vpc_parsed whole, out;
	struct packet pkt;

	make(&pkt, proto, 6, 80);
	EXPECT_REASON(test, parse_all(&pkt, &whole), VPC_DROP_NONE, "%u", proto);
	ip(&pkt)->frag_off = htons(0x2000);
	ip(&pkt)->tot_len = htons(24 + 24);
	seal(&pkt);
	memset(&out, 0xa5, sizeof(out));
	EXPECT_REASON(test, vpc_parse_datagram(pkt.data, 24 + 24, 24 + 80, &out), VPC_DROP_NONE,
		      "%u", proto);
	vpc_parsed_key(&whole, 1, &want);
	vpc_parsed_key(&out, 1, &key);
	KUNIT_EXPECT_EQ(test, memcmp(&key, &want, sizeof(key)), 0);
	KUNIT_EXPECT_EQ(test, out.len, whole.len);
	KUNIT_EXPECT_EQ(test, out.l4off, whole.l4off);
	KUNIT_EXPECT_EQ(test, out.tcp_flags, whole.tcp_flags);
	KUNIT_EXPECT_EQ(test, out.unsolicited, whole.unsolicited);
	KUNIT_EXPECT_FALSE(test, out.fragment);
}

static void parse_datagram(struct kunit *test)
{
	struct vpc_parsed out;
	struct packet pkt;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(protos); i++)
		datagram_one(test, protos[i]);
	/* What counts is the length of all: UDP that claims more than that lies. */
	make(&pkt, IPPROTO_UDP, 5, 80);
	ip(&pkt)->tot_len = htons(44);
	EXPECT_REASON(test, vpc_parse_datagram(pkt.data, 44, 99, &out), VPC_DROP_SHORT, "UDP");
}

/* An ICMP error that quotes @avail bytes of @pkt, exactly so long. */
static bool quoted(const struct packet *pkt, unsigned int avail, struct vpc_flow_key *key)
{
	u8 *copy = kzalloc(sizeof(struct icmphdr) + avail, GFP_KERNEL);
	bool ok;

	if (!copy)
		return false;
	memcpy(copy + sizeof(struct icmphdr), pkt->data, avail);
	ok = vpc_parse_quoted(copy, sizeof(struct icmphdr) + avail, key);
	kfree(copy);
	return ok;
}

static void parse_quoted(struct kunit *test)
{
	struct vpc_flow_key want, key;
	struct vpc_parsed out;
	unsigned int i, avail;
	struct packet pkt;

	for (i = 0; i < ARRAY_SIZE(protos); i++) {
		unsigned int enough = 24 + (protos[i] == IPPROTO_GRE ? 0 : 8);

		make(&pkt, protos[i], 6, 80);
		EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "%u", protos[i]);
		vpc_parsed_key(&out, 0, &want);
		for (avail = 0; avail < 60; avail++) {
			KUNIT_EXPECT_EQ_MSG(test, quoted(&pkt, avail, &key), avail >= enough,
					    "proto %u avail %u", protos[i], avail);
			if (avail >= enough)
				KUNIT_EXPECT_EQ(test, memcmp(&key, &want, sizeof(key)), 0);
		}
		ip(&pkt)->frag_off = htons(0x2000);
		KUNIT_EXPECT_TRUE(test, quoted(&pkt, 60, &key));
		ip(&pkt)->frag_off = htons(0x0001);
		KUNIT_EXPECT_FALSE(test, quoted(&pkt, 60, &key));
		ip(&pkt)->frag_off = 0;
		ip(&pkt)->version = 6;
		KUNIT_EXPECT_FALSE(test, quoted(&pkt, 60, &key));
	}
	make(&pkt, IPPROTO_ICMP, 5, 8);
	pkt.data[20] = ICMP_DEST_UNREACH;
	KUNIT_EXPECT_FALSE(test, quoted(&pkt, 28, &key));
}

static void parse_key(struct kunit *test)
{
	struct vpc_flow_key key;
	struct vpc_parsed out;
	struct packet pkt;

	make(&pkt, IPPROTO_TCP, 5, 20);
	EXPECT_REASON(test, parse_all(&pkt, &out), VPC_DROP_NONE, "TCP");
	memset(&key, 0xa5, sizeof(key));
	vpc_parsed_key(&out, 77, &key);
	KUNIT_EXPECT_EQ(test, key.port, 77U);
	KUNIT_EXPECT_EQ(test, key.family, AF_INET);
	KUNIT_EXPECT_EQ(test, key.proto, IPPROTO_TCP);
	KUNIT_EXPECT_EQ(test, key.pad, 0);
	KUNIT_EXPECT_EQ(test, ntohs(key.sport), 40000);
	KUNIT_EXPECT_EQ(test, ntohs(key.dport), 443);
	KUNIT_EXPECT_TRUE(test, vpc_addr_equal(&key.src, &out.src));
	KUNIT_EXPECT_TRUE(test, vpc_addr_equal(&key.dst, &out.dst));
}

/* Noise, often with a header good enough to get further. */
static void make_random(struct packet *pkt, struct rnd_state *rnd)
{
	u32 dice = prandom_u32_state(rnd);

	prandom_bytes_state(rnd, pkt->data, sizeof(pkt->data));
	pkt->len = prandom_u32_state(rnd) % (PACKET_MAX + 1);
	if (dice & 1)
		pkt->data[0] = 0x45 + (dice >> 1) % 4;
	if (dice & 0x10)
		ip(pkt)->tot_len = htons((dice >> 8) % (PACKET_MAX + 1));
	if (dice & 0x20)
		ip(pkt)->protocol = protos[(dice >> 16) % ARRAY_SIZE(protos)];
	if (dice & 0x40)
		ip(pkt)->frag_off = 0;
	if (dice & 0x80)
		seal(pkt);
}

static bool sane(const struct vpc_parsed *out, unsigned int linear, unsigned int len)
{
	bool ports = out->sport || out->dport;

	if (out->l4off < 20 || out->l4off > linear || out->len < out->l4off || out->len > len)
		return false;
	if ((out->fragment || out->icmp_error) && ports)
		return false;
	return !ports || out->l4off + l4_min(out->proto) <= linear;
}

static void parse_random(struct kunit *test)
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

static struct kunit_case parse_cases[] = {
	KUNIT_CASE(parse_good),
	KUNIT_CASE(parse_truncated),
	KUNIT_CASE(parse_tot_len),
	KUNIT_CASE(parse_padding),
	KUNIT_CASE(parse_first_byte),
	KUNIT_CASE(parse_checksum),
	KUNIT_CASE(parse_order),
	KUNIT_CASE(parse_doff),
	KUNIT_CASE(parse_tcp_flags),
	KUNIT_CASE(parse_udp_len),
	KUNIT_CASE(parse_icmp_types),
	KUNIT_CASE(parse_icmp_pairs),
	KUNIT_CASE(parse_fragments),
	KUNIT_CASE(parse_datagram),
	KUNIT_CASE(parse_quoted),
	KUNIT_CASE(parse_key),
	KUNIT_CASE(parse_random),
	{}
};

static struct kunit_suite parse_suite = {
	.name = "vpc_parse",
	.test_cases = parse_cases,
};

kunit_test_suite(parse_suite);
