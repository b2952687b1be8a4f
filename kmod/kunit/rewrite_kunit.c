// SPDX-License-Identifier: GPL-2.0
/* Every edit is compared with one that sums the whole packet anew, a byte at a time. */
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "../lib/rewrite.c"

#define PACKET_MAX	160
#define ROUNDS		40

/**
 * struct packet - a packet before or after an edit
 * @data: from the IP header on
 * @len: its length
 * @l4off: offset of the transport header
 * @proto: IPPROTO_*
 */
struct packet {
	u8 data[PACKET_MAX] __aligned(4);
	unsigned int len;
	unsigned int l4off;
	u8 proto;
};

/**
 * struct shape - what to make a packet of
 * @name: for messages
 * @proto: IPPROTO_*
 * @flags: VPC_REWRITE_* that make sense of it
 * @hdr: length of the transport header
 * @check: offset of the checksum in it, -1 if none
 * @first: first byte of an ICMP message
 * @no_check: UDP without a checksum
 */
struct shape {
	const char *name;
	u8 proto;
	u8 flags;
	u8 hdr;
	s8 check;
	u8 first;
	bool no_check;
};

#define ADDRS	(VPC_REWRITE_SRC | VPC_REWRITE_DST)
#define PORTS	(VPC_REWRITE_SPORT | VPC_REWRITE_DPORT)

static const struct shape shapes[] = {
	{ "TCP", IPPROTO_TCP, ADDRS | PORTS, 20, 16 },
	{ "UDP", IPPROTO_UDP, ADDRS | PORTS, 8, 6 },
	{ "UDP without checksum", IPPROTO_UDP, ADDRS | PORTS, 8, 6, .no_check = true },
	{ "ICMP query", IPPROTO_ICMP, ADDRS | VPC_REWRITE_SPORT, 8, 2, .first = ICMP_ECHO },
	{ "ICMP reply", IPPROTO_ICMP, ADDRS | VPC_REWRITE_DPORT, 8, 2, .first = ICMP_ECHOREPLY },
	{ "ICMP timestamp", IPPROTO_ICMP, ADDRS | VPC_REWRITE_SPORT, 8, 2, .first = 13 },
	{ "GRE", IPPROTO_GRE, ADDRS | PORTS, 0, -1 },
	{ "SCTP", IPPROTO_SCTP, ADDRS | PORTS, 12, -1 },
};

static const enum vpc_csum states[] = { VPC_CSUM_FULL, VPC_CSUM_COMPLETE, VPC_CSUM_PARTIAL };

static void put16(u8 *p, u16 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

/* RFC 1071 by the letter: words in network order, an odd byte padded with zero. */
static u32 sum_bytes(const u8 *p, unsigned int len, u32 sum)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		sum += i % 2 ? p[i] : p[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static u32 sum_pseudo(const struct packet *pkt)
{
	/* Both addresses, protocol, length: RFC 9293, 3.1. */
	return sum_bytes(pkt->data + 12, 8, pkt->proto + pkt->len - pkt->l4off);
}

static bool has_pseudo(const struct shape *shape)
{
	return shape->proto == IPPROTO_TCP || shape->proto == IPPROTO_UDP;
}

/* What hardware does from csum_start on with what the field holds. */
static void finish_l4(struct packet *pkt, const struct shape *shape)
{
	u8 *hdr = pkt->data + pkt->l4off;
	u16 check;

	if (shape->check < 0 || shape->no_check)
		return;
	check = ~sum_bytes(hdr, pkt->len - pkt->l4off, 0);
	if (shape->proto == IPPROTO_UDP && !check)
		check = 0xffff;
	put16(hdr + shape->check, check);
}

/* What the stack leaves in the field for hardware. */
static void start_l4(struct packet *pkt, const struct shape *shape)
{
	if (shape->check < 0)
		return;
	put16(pkt->data + pkt->l4off + shape->check,
	      has_pseudo(shape) && !shape->no_check ? sum_pseudo(pkt) : 0);
}

static void sum_ip(struct packet *pkt)
{
	put16(pkt->data + 10, 0);
	put16(pkt->data + 10, ~sum_bytes(pkt->data, pkt->l4off, 0));
}

/* Every checksum from scratch. */
static void sum_all(struct packet *pkt, const struct shape *shape)
{
	sum_ip(pkt);
	start_l4(pkt, shape);
	finish_l4(pkt, shape);
}

/* The edit without its checksums. */
static void edit_plain(struct packet *pkt, const struct shape *shape, const struct vpc_rewrite *rw)
{
	u8 *hdr = pkt->data + pkt->l4off;
	bool icmp = shape->proto == IPPROTO_ICMP;

	if (rw->flags & VPC_REWRITE_SRC)
		memcpy(pkt->data + 12, &rw->src.ip4, 4);
	if (rw->flags & VPC_REWRITE_DST)
		memcpy(pkt->data + 16, &rw->dst.ip4, 4);
	if (shape->check < 0)
		return;
	if (rw->flags & VPC_REWRITE_SPORT)
		memcpy(hdr + (icmp ? 4 : 0), &rw->sport, 2);
	if (rw->flags & VPC_REWRITE_DPORT)
		memcpy(hdr + (icmp ? 4 : 2), &rw->dport, 2);
}

static void make(struct packet *pkt, const struct shape *shape, unsigned int ihl,
		 unsigned int payload, struct rnd_state *rnd)
{
	prandom_bytes_state(rnd, pkt->data, sizeof(pkt->data));
	pkt->proto = shape->proto;
	pkt->l4off = ihl * 4;
	pkt->len = pkt->l4off + shape->hdr + payload;
	pkt->data[0] = 0x40 | ihl;
	put16(pkt->data + 2, pkt->len);
	put16(pkt->data + 6, 0);
	pkt->data[9] = shape->proto;
	if (shape->proto == IPPROTO_UDP)
		put16(pkt->data + pkt->l4off + 4, pkt->len - pkt->l4off);
	if (shape->proto == IPPROTO_ICMP)
		put16(pkt->data + pkt->l4off, shape->first << 8);
	sum_all(pkt, shape);
}

/* Values with the bits that sums are delicate about come up often. */
static u32 delicate(struct rnd_state *rnd)
{
	static const u32 values[] = { 0, 0xffffffff, 0xffff, 0xffff0000, 1, 0x00010000 };
	u32 dice = prandom_u32_state(rnd);

	return dice % 4 ? prandom_u32_state(rnd) : values[(dice >> 8) % ARRAY_SIZE(values)];
}

static void make_edit(struct vpc_rewrite *rw, u8 flags, struct rnd_state *rnd)
{
	*rw = (struct vpc_rewrite){
		.flags = flags,
		.sport = (__force __be16)(u16)delicate(rnd),
		.dport = (__force __be16)(u16)delicate(rnd),
		.src = vpc_addr4((__force __be32)delicate(rnd)),
		.dst = vpc_addr4((__force __be32)delicate(rnd)),
	};
}

/* In a buffer of the packet's very length: KASAN sees a write too far. */
static bool rewrite(struct packet *pkt, const struct vpc_rewrite *rw, enum vpc_csum csum,
		    __wsum *sum)
{
	u8 *copy = kmemdup(pkt->data, pkt->len, GFP_KERNEL);

	if (!copy)
		return false;
	vpc_rewrite_ipv4((struct iphdr *)copy, copy + pkt->l4off, rw, csum, sum);
	memcpy(pkt->data, copy, pkt->len);
	kfree(copy);
	return true;
}

/* The edit in one state against the sum from scratch; NULL or what is wrong. */
static const char *try(const struct packet *from, const struct shape *shape,
		       const struct vpc_rewrite *rw, enum vpc_csum csum)
{
	struct packet want = *from, got = *from;
	__wsum sum = csum_partial(from->data, from->len, 0);

	edit_plain(&want, shape, rw);
	sum_all(&want, shape);
	if (csum == VPC_CSUM_PARTIAL)
		start_l4(&got, shape);
	if (!rewrite(&got, rw, csum, csum == VPC_CSUM_COMPLETE ? &sum : NULL))
		return "no memory";
	if (csum == VPC_CSUM_PARTIAL)
		finish_l4(&got, shape);
	if (memcmp(got.data, want.data, got.len))
		return "packet";
	if (csum == VPC_CSUM_COMPLETE &&
	    csum_fold(sum) != csum_fold(csum_partial(want.data, want.len, 0)))
		return "sum";
	return NULL;
}

static const char *try_states(const struct packet *from, const struct shape *shape,
			      const struct vpc_rewrite *rw)
{
	const char *wrong = NULL;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(states) && !wrong; i++)
		wrong = try(from, shape, rw, states[i]);
	return wrong;
}

static const char *try_flags(const struct shape *shape, u8 flags, struct rnd_state *rnd)
{
	static const u8 ihls[] = { 5, 6, 15 };
	const char *wrong = NULL;
	struct vpc_rewrite rw;
	struct packet pkt;
	unsigned int i;

	for (i = 0; i < ROUNDS && !wrong; i++) {
		/* The first have no payload: the buffer then ends where the edit may write. */
		make(&pkt, shape, ihls[i % ARRAY_SIZE(ihls)],
		     i < 8 ? 0 : prandom_u32_state(rnd) % 64, rnd);
		make_edit(&rw, flags, rnd);
		wrong = try_states(&pkt, shape, &rw);
	}
	return wrong;
}

static u32 start_random(struct kunit *test, struct rnd_state *rnd)
{
	u32 seed = get_random_u32();

	kunit_info(test, "seed %#x", seed);
	prandom_seed_state(rnd, seed);
	return seed;
}

static void rewrite_all(struct kunit *test)
{
	const struct shape *shape;
	struct rnd_state rnd;
	const char *wrong;
	unsigned int i;
	u32 seed;
	u8 flags;

	seed = start_random(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(shapes); i++) {
		shape = &shapes[i];
		for (flags = 0; flags <= (ADDRS | PORTS); flags++) {
			if (flags & ~shape->flags)
				continue;
			wrong = try_flags(shape, flags, &rnd);
			KUNIT_ASSERT_NULL_MSG(test, wrong, "seed %#x %s flags %#x: %s", seed,
					      shape->name, flags, wrong);
		}
	}
}

static u16 field(const struct packet *pkt, unsigned int off)
{
	return pkt->data[pkt->l4off + off] << 8 | pkt->data[pkt->l4off + off + 1];
}

/* The way back of @rw, on a packet that looked like @before. */
static void make_reverse(struct vpc_rewrite *back, const struct vpc_rewrite *rw,
			 const struct packet *before, bool icmp)
{
	const u8 *hdr = before->data + before->l4off;

	*back = (struct vpc_rewrite){};
	if (rw->flags & VPC_REWRITE_SRC)
		back->flags |= VPC_REWRITE_DST;
	if (rw->flags & VPC_REWRITE_DST)
		back->flags |= VPC_REWRITE_SRC;
	if (rw->flags & VPC_REWRITE_SPORT)
		back->flags |= VPC_REWRITE_DPORT;
	if (rw->flags & VPC_REWRITE_DPORT)
		back->flags |= VPC_REWRITE_SPORT;
	memcpy(&back->dst.ip4, before->data + 12, 4);
	memcpy(&back->src.ip4, before->data + 16, 4);
	memcpy(&back->dport, hdr + (icmp ? 4 : 0), 2);
	memcpy(&back->sport, hdr + (icmp ? 4 : 2), 2);
}

/*
 * An error about a packet that was edited on its way quotes, edited in turn, what was sent; and
 * the error's own checksum is right afterwards.
 */
static const char *try_quoted(const struct shape *shape, u8 flags, unsigned int quote,
			      struct rnd_state *rnd)
{
	struct packet before, after;
	struct vpc_rewrite rw, back;
	struct icmphdr *icmp;
	const char *wrong = NULL;
	unsigned int len;

	make(&before, shape, 5 + prandom_u32_state(rnd) % 11, 40, rnd);
	make_edit(&rw, flags, rnd);
	after = before;
	edit_plain(&after, shape, &rw);
	sum_all(&after, shape);
	make_reverse(&back, &rw, &before, shape->proto == IPPROTO_ICMP);

	len = sizeof(*icmp) + before.l4off + quote;
	icmp = kzalloc(len, GFP_KERNEL);
	if (!icmp)
		return "no memory";
	icmp->type = ICMP_DEST_UNREACH;
	memcpy(icmp + 1, after.data, before.l4off + quote);
	icmp->checksum = csum_fold(csum_partial(icmp, len, 0));
	vpc_rewrite_quoted(icmp, len, &back);
	if (memcmp(icmp + 1, before.data, before.l4off + quote))
		wrong = "quoted packet";
	else if (csum_fold(csum_partial(icmp, len, 0)))
		wrong = "checksum of the error";
	kfree(icmp);
	return wrong;
}

static void rewrite_quoted(struct kunit *test)
{
	static const unsigned int quotes[] = { 8, 20, 40 };
	struct rnd_state rnd;
	unsigned int i, j, k;
	const char *wrong;
	u32 seed;
	u8 flags;

	seed = start_random(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(shapes); i++) {
		for (flags = 0; flags <= (ADDRS | PORTS); flags++) {
			if (flags & ~shapes[i].flags)
				continue;
			for (j = 0; j < ROUNDS * ARRAY_SIZE(quotes); j++) {
				k = quotes[j % ARRAY_SIZE(quotes)];
				wrong = try_quoted(&shapes[i], flags, k, &rnd);
				KUNIT_ASSERT_NULL_MSG(test, wrong, "seed %#x %s flags %#x: %s",
						      seed, shapes[i].name, flags, wrong);
			}
		}
	}
}

/* Around an error, and of later fragments: addresses and the header's checksum, nothing else. */
static void rewrite_addresses(struct kunit *test)
{
	struct packet want, got;
	struct vpc_rewrite rw;
	struct rnd_state rnd;
	unsigned int i;

	start_random(test, &rnd);
	for (i = 0; i < 500; i++) {
		make(&got, &shapes[i % ARRAY_SIZE(shapes)], 5 + i % 11, 16, &rnd);
		make_edit(&rw, i % 16, &rnd);
		want = got;
		if (rw.flags & VPC_REWRITE_SRC)
			memcpy(want.data + 12, &rw.src.ip4, 4);
		if (rw.flags & VPC_REWRITE_DST)
			memcpy(want.data + 16, &rw.dst.ip4, 4);
		sum_ip(&want);
		vpc_rewrite_addresses((struct iphdr *)got.data, &rw);
		KUNIT_ASSERT_EQ(test, memcmp(got.data, want.data, got.len), 0);
	}
}

/*
 * An edit after which the checksum comes out as zero: a port that is what the checksum would
 * be with a port of 0.
 */
static void zero_edit(struct packet *pkt, const struct shape *shape, struct vpc_rewrite *rw,
		      struct rnd_state *rnd)
{
	struct packet want;

	make(pkt, shape, 5, prandom_u32_state(rnd) % 64, rnd);
	make_edit(rw, ADDRS | VPC_REWRITE_DPORT, rnd);
	rw->dport = 0;
	want = *pkt;
	edit_plain(&want, shape, rw);
	sum_all(&want, shape);
	rw->dport = htons(field(&want, shape->check));
}

static void zero_one(struct kunit *test, const struct shape *shape, u16 want,
		     struct rnd_state *rnd, u32 seed)
{
	struct vpc_rewrite rw;
	struct packet pkt;
	const char *wrong;

	zero_edit(&pkt, shape, &rw, rnd);
	wrong = try_states(&pkt, shape, &rw);
	KUNIT_ASSERT_NULL_MSG(test, wrong, "seed %#x %s: %s", seed, shape->name, wrong);
	KUNIT_ASSERT_TRUE(test, rewrite(&pkt, &rw, VPC_CSUM_FULL, NULL));
	KUNIT_ASSERT_EQ_MSG(test, field(&pkt, shape->check), want, "seed %#x %s", seed,
			    shape->name);
}

/* RFC 768: only UDP minds a checksum of zero. */
static void rewrite_becomes_zero(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned int i;
	u32 seed;

	seed = start_random(test, &rnd);
	for (i = 0; i < 500; i++) {
		zero_one(test, &shapes[0], 0, &rnd, seed);
		zero_one(test, &shapes[1], 0xffff, &rnd, seed);
	}
}

/* Also with VPC_CSUM_PARTIAL, which then speaks of a packet within: VXLAN sends no checksum. */
static void rewrite_udp_zero_stays(struct kunit *test)
{
	const struct shape *shape = &shapes[2];
	struct vpc_rewrite rw;
	struct rnd_state rnd;
	struct packet pkt;
	unsigned int i;
	u32 seed;

	seed = start_random(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(states) * 20; i++) {
		__wsum sum = 0;

		make(&pkt, shape, 5, 20, &rnd);
		make_edit(&rw, ADDRS | PORTS, &rnd);
		KUNIT_ASSERT_TRUE(test, rewrite(&pkt, &rw, states[i % 3], &sum));
		KUNIT_ASSERT_EQ_MSG(test, field(&pkt, shape->check), 0, "seed %#x", seed);
	}
}

/* The one message whose sum is +0 (RFC 1624, 3): zeros only. */
static void rewrite_icmp_zeros(struct kunit *test)
{
	static const u16 ids[] = { 0, 1, 0xffff };
	const struct shape *shape = &shapes[4];
	struct rnd_state rnd;
	struct packet pkt;
	unsigned int i, j;
	const char *wrong;

	start_random(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		for (j = 0; j < ARRAY_SIZE(ids); j++) {
			struct vpc_rewrite rw = {
				.flags = VPC_REWRITE_DST | VPC_REWRITE_DPORT,
				.dst = vpc_addr4(htonl(0x0a000007)),
				.dport = htons(ids[j]),
			};

			make(&pkt, shape, 5, 32, &rnd);
			memset(pkt.data + 20, 0, 40);
			put16(pkt.data + 24, ids[i]);
			sum_all(&pkt, shape);
			wrong = try_states(&pkt, shape, &rw);
			KUNIT_EXPECT_NULL_MSG(test, wrong, "%#x to %#x: %s", ids[i], ids[j], wrong);
			rw.flags = VPC_REWRITE_DST;
			wrong = try_states(&pkt, shape, &rw);
			KUNIT_EXPECT_NULL_MSG(test, wrong, "%#x: %s", ids[i], wrong);
		}
	}
}

/* A checksum that is wrong must stay so: the receiver is to see the damage. */
static void rewrite_keeps_damage(struct kunit *test)
{
	struct packet pkt, want;
	struct vpc_rewrite rw;
	struct rnd_state rnd;
	unsigned int i, bit;
	u32 seed;

	seed = start_random(test, &rnd);
	for (i = 0; i < 500; i++) {
		make(&pkt, &shapes[i % 2], 5, 32, &rnd);
		bit = prandom_u32_state(&rnd) % (32 * 8);
		pkt.data[pkt.len - 32 + bit / 8] ^= 1 << bit % 8;
		make_edit(&rw, ADDRS | PORTS, &rnd);
		KUNIT_ASSERT_TRUE(test, rewrite(&pkt, &rw, VPC_CSUM_FULL, NULL));
		want = pkt;
		sum_all(&want, &shapes[i % 2]);
		KUNIT_ASSERT_NE_MSG(test, field(&pkt, shapes[i % 2].check),
				    field(&want, shapes[i % 2].check), "seed %#x", seed);
	}
}

/* No flag, no change: not even of one zero into the other. */
static void rewrite_nothing(struct kunit *test)
{
	struct vpc_rewrite rw;
	struct packet pkt, was;
	struct rnd_state rnd;
	unsigned int i;
	__wsum sum;

	start_random(test, &rnd);
	make_edit(&rw, 0, &rnd);
	for (i = 0; i < ARRAY_SIZE(shapes) * ARRAY_SIZE(states); i++) {
		make(&pkt, &shapes[i / 3], 5, 32, &rnd);
		put16(pkt.data + 10, 0xffff);
		put16(pkt.data + pkt.l4off + max_t(int, shapes[i / 3].check, 0), 0xffff);
		was = pkt;
		sum = (__force __wsum)0x12345678;
		KUNIT_ASSERT_TRUE(test, rewrite(&pkt, &rw, states[i % 3], &sum));
		KUNIT_EXPECT_EQ(test, memcmp(&pkt, &was, sizeof(pkt)), 0);
		KUNIT_EXPECT_EQ(test, (__force u32)sum, 0x12345678U);
	}
}

/* There and back is where it was: what a session does to a reply. */
static void rewrite_back(struct kunit *test)
{
	struct packet pkt, was;
	struct vpc_rewrite rw, back;
	struct rnd_state rnd;
	unsigned int i;
	u32 seed;

	seed = start_random(test, &rnd);
	for (i = 0; i < 500; i++) {
		make(&pkt, &shapes[i % 2], 5, 32, &rnd);
		was = pkt;
		make_edit(&rw, ADDRS | PORTS, &rnd);
		back.flags = rw.flags;
		memcpy(&back.sport, pkt.data + pkt.l4off, 2);
		memcpy(&back.dport, pkt.data + pkt.l4off + 2, 2);
		memcpy(&back.src.ip4, pkt.data + 12, 4);
		memcpy(&back.dst.ip4, pkt.data + 16, 4);
		KUNIT_ASSERT_TRUE(test, rewrite(&pkt, &rw, VPC_CSUM_FULL, NULL));
		KUNIT_ASSERT_TRUE(test, rewrite(&pkt, &back, VPC_CSUM_FULL, NULL));
		KUNIT_ASSERT_EQ_MSG(test, memcmp(pkt.data, was.data, pkt.len), 0, "seed %#x", seed);
	}
}

static void rewrite_lengths(struct kunit *test)
{
	unsigned int ihl;

	for (ihl = 5; ihl < 16; ihl++) {
		KUNIT_EXPECT_EQ(test, vpc_rewrite_len(IPPROTO_TCP, ihl * 4), ihl * 4 + 20);
		KUNIT_EXPECT_EQ(test, vpc_rewrite_len(IPPROTO_UDP, ihl * 4), ihl * 4 + 8);
		KUNIT_EXPECT_EQ(test, vpc_rewrite_len(IPPROTO_ICMP, ihl * 4), ihl * 4 + 8);
		KUNIT_EXPECT_EQ(test, vpc_rewrite_len(IPPROTO_GRE, ihl * 4), ihl * 4);
	}
}

static struct kunit_case rewrite_cases[] = {
	KUNIT_CASE(rewrite_all),
	KUNIT_CASE(rewrite_quoted),
	KUNIT_CASE(rewrite_addresses),
	KUNIT_CASE(rewrite_becomes_zero),
	KUNIT_CASE(rewrite_udp_zero_stays),
	KUNIT_CASE(rewrite_icmp_zeros),
	KUNIT_CASE(rewrite_keeps_damage),
	KUNIT_CASE(rewrite_nothing),
	KUNIT_CASE(rewrite_back),
	KUNIT_CASE(rewrite_lengths),
	{}
};

static struct kunit_suite rewrite_suite = {
	.name = "vpc_rewrite",
	.test_cases = rewrite_cases,
};

kunit_test_suite(rewrite_suite);
