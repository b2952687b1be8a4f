// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/slab.h>

#include "../lib/parse.c"

#define PACKET_MAX	128

/* An IPv4 packet with @l4len bytes of transport header and 4 of payload. */
static unsigned int build(u8 *buf, u8 proto, unsigned int ihl, unsigned int l4len)
{
	struct iphdr *iph = (struct iphdr *)buf;
	unsigned int len = ihl * 4 + l4len + 4;
	u8 *l4 = buf + ihl * 4;

	memset(buf, 0, PACKET_MAX);
	iph->version = 4;
	iph->ihl = ihl;
	iph->tot_len = htons(len);
	iph->ttl = 64;
	iph->protocol = proto;
	iph->saddr = htonl(0x0a00000a);
	iph->daddr = htonl(0x0a00010b);
	iph->check = ip_fast_csum(buf, ihl);
	l4[0] = 0x12;
	l4[1] = 0x34;
	l4[2] = 0x56;
	l4[3] = 0x78;
	if (proto == IPPROTO_TCP) {
		((struct tcphdr *)l4)->doff = l4len / 4;
		((struct tcphdr *)l4)->syn = 1;
	} else if (proto == IPPROTO_UDP) {
		((struct udphdr *)l4)->len = htons(l4len + 4);
	}
	return len;
}

static void resum(u8 *buf)
{
	struct iphdr *iph = (struct iphdr *)buf;

	iph->check = 0;
	iph->check = ip_fast_csum(buf, iph->ihl);
}

/* From memory of exactly @linear bytes, so that KASAN sees a read beyond it. */
static enum vpc_drop parse_exact(struct kunit *test, const u8 *buf, unsigned int linear,
				 unsigned int len, struct vpc_parsed *out)
{
	enum vpc_drop reason;
	u8 *copy;

	copy = kmemdup(buf, linear ? linear : 1, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	reason = vpc_parse_ipv4(copy, linear, len, out);
	kfree(copy);
	return reason;
}

static void parse_flows(struct kunit *test)
{
	u8 buf[PACKET_MAX];
	struct vpc_flow_key key;
	struct vpc_parsed p;
	unsigned int len;

	len = build(buf, IPPROTO_TCP, 5, 20);
	KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
	vpc_parsed_key(&p, 7, &key);
	KUNIT_EXPECT_EQ(test, key.port, 7U);
	KUNIT_EXPECT_EQ(test, key.sport, htons(0x1234));
	KUNIT_EXPECT_EQ(test, key.dport, htons(0x5678));
	KUNIT_EXPECT_EQ(test, key.src.ip4, htonl(0x0a00000a));
	KUNIT_EXPECT_TRUE(test, p.tcp_syn);
	KUNIT_EXPECT_FALSE(test, p.unsolicited);
	KUNIT_EXPECT_EQ(test, p.l4off, 20);
	KUNIT_EXPECT_EQ(test, p.len, len);

	((struct tcphdr *)(buf + 20))->ack = 1;
	KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
	KUNIT_EXPECT_TRUE(test, p.unsolicited);

	len = build(buf, IPPROTO_UDP, 5, 8);
	KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
	KUNIT_EXPECT_EQ(test, p.dport, htons(0x5678));
	KUNIT_EXPECT_FALSE(test, p.unsolicited);

	len = build(buf, IPPROTO_GRE, 5, 8);
	KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
	KUNIT_EXPECT_EQ(test, p.sport, 0);
}

/* A reply's key is the query's inverted. */
static void parse_icmp_pairs(struct kunit *test)
{
	struct vpc_flow_key query, reply, inverse;
	u8 buf[PACKET_MAX];
	struct vpc_parsed p;
	unsigned int i, len;

	for (i = 0; i < ARRAY_SIZE(icmp_pairs); i++) {
		len = build(buf, IPPROTO_ICMP, 5, 8);
		buf[20] = icmp_pairs[i].query;
		buf[24] = 0xbe;
		buf[25] = 0xef;
		KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
		KUNIT_EXPECT_FALSE(test, p.unsolicited);
		vpc_parsed_key(&p, 1, &query);
		KUNIT_EXPECT_EQ(test, query.sport, htons(0xbeef));
		buf[20] = icmp_pairs[i].reply;
		swap(((struct iphdr *)buf)->saddr, ((struct iphdr *)buf)->daddr);
		KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
		KUNIT_EXPECT_TRUE(test, p.unsolicited);
		vpc_parsed_key(&p, 2, &reply);
		vpc_flow_key_invert(&inverse, &query, 2);
		KUNIT_EXPECT_MEMEQ(test, &inverse, &reply, sizeof(reply));
	}
	buf[20] = ICMP_DEST_UNREACH;
	KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
	KUNIT_EXPECT_TRUE(test, p.icmp_error);
	buf[20] = 9;	/* router advertisement */
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_ICMP_TYPE);
}

/* Every length below the whole, of the packet and of its linear part. */
static void parse_truncated(struct kunit *test)
{
	static const struct {
		u8 proto;
		u8 l4len;
		u8 options;
	} kinds[] = {
		{ IPPROTO_TCP, 20, 0 }, { IPPROTO_TCP, 40, 2 }, { IPPROTO_UDP, 8, 0 },
		{ IPPROTO_UDP, 8, 10 }, { IPPROTO_ICMP, 8, 0 },
	};
	unsigned int i, cut, len, need;
	u8 buf[PACKET_MAX];
	struct vpc_parsed p;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		len = build(buf, kinds[i].proto, 5 + kinds[i].options, kinds[i].l4len);
		if (kinds[i].proto == IPPROTO_ICMP)
			buf[20] = ICMP_ECHO;
		need = (5 + kinds[i].options) * 4 + (kinds[i].proto == IPPROTO_TCP ? 20 : 8);
		for (cut = 0; cut < len; cut++)
			KUNIT_EXPECT_EQ_MSG(test, parse_exact(test, buf, cut, cut, &p),
					    VPC_DROP_SHORT, "kind %u cut %u", i, cut);
		for (cut = 0; cut <= len; cut++)
			KUNIT_EXPECT_EQ_MSG(test, parse_exact(test, buf, cut, len, &p),
					    cut < need ? VPC_DROP_SHORT : VPC_DROP_NONE,
					    "kind %u linear %u", i, cut);
		KUNIT_EXPECT_EQ(test, p.options, !!kinds[i].options);
	}
}

static void parse_lies(struct kunit *test)
{
	struct iphdr *iph;
	u8 buf[PACKET_MAX];
	struct vpc_parsed p;
	unsigned int len;

	iph = (struct iphdr *)buf;
	len = build(buf, IPPROTO_TCP, 5, 20);
	iph->version = 6;
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_BAD_HEADER);
	build(buf, IPPROTO_TCP, 5, 20);
	iph->ihl = 4;
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_BAD_HEADER);
	build(buf, IPPROTO_TCP, 5, 20);
	iph->ttl--;
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_BAD_CHECKSUM);
	build(buf, IPPROTO_TCP, 5, 20);
	iph->tot_len = htons(len + 1);
	resum(buf);
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_SHORT);
	iph->tot_len = htons(19);
	resum(buf);
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_BAD_HEADER);
	build(buf, IPPROTO_TCP, 5, 20);
	((struct tcphdr *)(buf + 20))->doff = 4;
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_BAD_HEADER);
	((struct tcphdr *)(buf + 20))->doff = 15;
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_SHORT);
	len = build(buf, IPPROTO_UDP, 5, 8);
	((struct udphdr *)(buf + 20))->len = htons(7);
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_BAD_HEADER);
	((struct udphdr *)(buf + 20))->len = htons(13);
	KUNIT_EXPECT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_SHORT);
}

/* Ports of a fragment are not looked at; Ethernet padding is not part of the packet. */
static void parse_fragments_padding(struct kunit *test)
{
	static const u16 frag[] = { 0x2000, 0x0001, 0x2001, 0x1fff };
	u8 buf[PACKET_MAX];
	struct vpc_parsed p;
	unsigned int i, len;

	for (i = 0; i < ARRAY_SIZE(frag); i++) {
		len = build(buf, IPPROTO_UDP, 5, 8);
		((struct iphdr *)buf)->frag_off = htons(frag[i]);
		resum(buf);
		KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len, len, &p), VPC_DROP_NONE);
		KUNIT_EXPECT_TRUE(test, p.fragment);
		KUNIT_EXPECT_EQ(test, p.sport, 0);
	}
	((struct iphdr *)buf)->frag_off = htons(0x4000);	/* DF is none */
	resum(buf);
	KUNIT_ASSERT_EQ(test, parse_exact(test, buf, len + 14, len + 14, &p), VPC_DROP_NONE);
	KUNIT_EXPECT_FALSE(test, p.fragment);
	KUNIT_EXPECT_EQ(test, p.len, len);
}

static struct kunit_case parse_cases[] = {
	KUNIT_CASE(parse_flows),
	KUNIT_CASE(parse_icmp_pairs),
	KUNIT_CASE(parse_truncated),
	KUNIT_CASE(parse_lies),
	KUNIT_CASE(parse_fragments_padding),
	{}
};

static struct kunit_suite parse_suite = {
	.name = "vpc_parse",
	.test_cases = parse_cases,
};
kunit_test_suite(parse_suite);
