// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>

#include "../lib/rewrite.c"

#define PAYLOAD	33	/* odd on purpose */
#define L4OFF	sizeof(struct iphdr)

/**
 * struct sample - a packet
 * @buf: from the IP header on
 * @len: bytes of it
 * @check: offset of the transport checksum from the transport header, -1 for none
 * @proto: IPPROTO_*
 */
struct sample {
	u8 buf[128];
	unsigned int len;
	int check;
	u8 proto;
};

static __sum16 *l4_check(struct sample *s)
{
	return (__sum16 *)(s->buf + L4OFF + s->check);
}

static bool has_pseudo(const struct sample *s)
{
	return s->proto != IPPROTO_ICMP;
}

/* The sum that the transport checksum makes up for, in full and from scratch. */
static __sum16 l4_sum(struct sample *s)
{
	const struct iphdr *iph = (const struct iphdr *)s->buf;
	unsigned int len = s->len - L4OFF;
	__wsum sum = csum_partial(s->buf + L4OFF, len, 0);

	if (!has_pseudo(s))
		return csum_fold(sum);
	return csum_tcpudp_magic(iph->saddr, iph->daddr, len, s->proto, sum);
}

static void make(struct sample *s, u8 proto, enum vpc_csum csum, struct rnd_state *rnd)
{
	static const struct { u8 proto; u8 hlen; s8 check; } kinds[] = {
		{ IPPROTO_TCP, 20, offsetof(struct tcphdr, check) },
		{ IPPROTO_UDP, 8, offsetof(struct udphdr, check) },
		{ IPPROTO_ICMP, 8, offsetof(struct icmphdr, checksum) },
		{ IPPROTO_GRE, 8, -1 },
	};
	struct iphdr *iph = (struct iphdr *)s->buf;
	unsigned int i;

	for (i = 0; kinds[i].proto != proto; i++)
		;
	s->proto = proto;
	s->check = kinds[i].check;
	s->len = L4OFF + kinds[i].hlen + PAYLOAD;
	prandom_bytes_state(rnd, s->buf, sizeof(s->buf));
	iph->version = 4;
	iph->ihl = 5;
	iph->protocol = proto;
	iph->tot_len = htons(s->len);
	iph->check = 0;
	iph->check = ip_fast_csum(s->buf, 5);
	if (s->check < 0)
		return;
	*l4_check(s) = 0;
	if (csum == VPC_CSUM_PARTIAL)
		*l4_check(s) = has_pseudo(s) ? ~csum_tcpudp_magic(iph->saddr, iph->daddr,
							s->len - L4OFF, proto, 0) : 0;
	else
		*l4_check(s) = l4_sum(s);
	if (proto == IPPROTO_UDP && csum != VPC_CSUM_PARTIAL && !*l4_check(s))
		*l4_check(s) = CSUM_MANGLED_0;
}

/* What hardware does with a partial checksum. */
static void finish_partial(struct sample *s)
{
	*l4_check(s) = csum_fold(csum_partial(s->buf + L4OFF, s->len - L4OFF, 0));
}

static void random_rewrite(struct vpc_rewrite *rw, u8 flags, struct rnd_state *rnd)
{
	*rw = (struct vpc_rewrite){
		.flags = flags,
		.sport = (__force __be16)prandom_u32_state(rnd),
		.dport = (__force __be16)prandom_u32_state(rnd),
		.src = vpc_addr4((__force __be32)prandom_u32_state(rnd)),
		.dst = vpc_addr4((__force __be32)prandom_u32_state(rnd)),
	};
}

static void expect_fields(struct kunit *test, struct sample *s, const struct sample *was,
			  const struct vpc_rewrite *rw)
{
	const struct iphdr *old = (const struct iphdr *)was->buf;
	const struct iphdr *iph = (const struct iphdr *)s->buf;
	struct l4 l4, l4_was;

	KUNIT_EXPECT_EQ(test, iph->saddr, rw->flags & VPC_REWRITE_SRC ? rw->src.ip4 : old->saddr);
	KUNIT_EXPECT_EQ(test, iph->daddr, rw->flags & VPC_REWRITE_DST ? rw->dst.ip4 : old->daddr);
	l4_fields(s->proto, s->buf + L4OFF, &l4);
	l4_fields(s->proto, (u8 *)was->buf + L4OFF, &l4_was);
	if (l4.sport && s->proto != IPPROTO_ICMP) {
		KUNIT_EXPECT_EQ(test, *l4.sport,
				rw->flags & VPC_REWRITE_SPORT ? rw->sport : *l4_was.sport);
		KUNIT_EXPECT_EQ(test, *l4.dport,
				rw->flags & VPC_REWRITE_DPORT ? rw->dport : *l4_was.dport);
	}
	KUNIT_EXPECT_MEMEQ(test, s->buf + s->len - PAYLOAD, was->buf + s->len - PAYLOAD, PAYLOAD);
	KUNIT_EXPECT_EQ(test, ip_fast_csum(s->buf, 5), 0);
}

static void run_one(struct kunit *test, u8 proto, u8 flags, enum vpc_csum csum,
		    struct rnd_state *rnd)
{
	struct sample s, was;
	struct vpc_rewrite rw;
	__wsum sum;

	make(&s, proto, csum, rnd);
	was = s;
	random_rewrite(&rw, flags, rnd);
	sum = csum_partial(s.buf, s.len, 0);
	vpc_rewrite_ipv4((struct iphdr *)s.buf, s.buf + L4OFF, &rw, csum, &sum);
	expect_fields(test, &s, &was, &rw);
	if (csum == VPC_CSUM_COMPLETE)
		KUNIT_EXPECT_EQ_MSG(test, csum_fold(sum), csum_fold(csum_partial(s.buf, s.len, 0)),
				    "complete: proto %u flags %x", proto, flags);
	if (s.check < 0)
		return;
	if (csum == VPC_CSUM_PARTIAL)
		finish_partial(&s);
	KUNIT_EXPECT_EQ_MSG(test, l4_sum(&s), 0, "proto %u flags %x csum %u", proto, flags, csum);
}

static void rewrite_all(struct kunit *test)
{
	static const u8 protos[] = { IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_GRE };
	u64 seed = get_random_u64();
	struct rnd_state rnd;
	unsigned int i, round;
	enum vpc_csum csum;
	u8 flags;

	kunit_info(test, "seed %llu", seed);
	prandom_seed_state(&rnd, seed);
	for (round = 0; round < 50; round++)
		for (i = 0; i < ARRAY_SIZE(protos); i++)
			for (csum = VPC_CSUM_FULL; csum <= VPC_CSUM_PARTIAL; csum++)
				for (flags = 0; flags < 16; flags++) {
					/* An ICMP query or reply has one identifier. */
					if (protos[i] == IPPROTO_ICMP && (flags & 12) == 12)
						continue;
					run_one(test, protos[i], flags, csum, &rnd);
				}
}

/* RFC 768: no checksum stays none, and a checksum never turns into none. */
static void rewrite_udp_zero(struct kunit *test)
{
	struct vpc_rewrite rw = { .flags = VPC_REWRITE_SRC };
	struct rnd_state rnd;
	struct sample s;
	u32 addr;

	prandom_seed_state(&rnd, 5);
	make(&s, IPPROTO_UDP, VPC_CSUM_FULL, &rnd);
	*l4_check(&s) = 0;
	rw.src = vpc_addr4(htonl(0x01020304));
	vpc_rewrite_ipv4((struct iphdr *)s.buf, s.buf + L4OFF, &rw, VPC_CSUM_FULL, NULL);
	KUNIT_EXPECT_EQ(test, *l4_check(&s), 0);

	/* Some source out of 65536 makes the sum zero. */
	for (addr = 0; addr <= 0xffff; addr++) {
		make(&s, IPPROTO_UDP, VPC_CSUM_FULL, &rnd);
		rw.src = vpc_addr4(htonl(addr));
		vpc_rewrite_ipv4((struct iphdr *)s.buf, s.buf + L4OFF, &rw, VPC_CSUM_FULL, NULL);
		KUNIT_ASSERT_NE(test, *l4_check(&s), 0);
	}
}

static struct kunit_case rewrite_cases[] = {
	KUNIT_CASE(rewrite_all),
	KUNIT_CASE(rewrite_udp_zero),
	{}
};

static struct kunit_suite rewrite_suite = {
	.name = "vpc_rewrite",
	.test_cases = rewrite_cases,
};
kunit_test_suite(rewrite_suite);
