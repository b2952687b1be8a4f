// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "../lib/reset.c"

/**
 * struct segment - what is answered
 * @ip: header
 * @tcp: header
 */
struct segment {
	struct iphdr ip;
	struct tcphdr tcp;
};

/* From 10.0.0.5:40000 to 198.51.100.7:80, with so many bytes of options and of data. */
static struct segment segment(unsigned int options, unsigned int data)
{
	return (struct segment){
		.ip = {
			.version = 4,
			.ihl = 5,
			.tot_len = htons(sizeof(struct segment) + options + data),
			.protocol = IPPROTO_TCP,
			.saddr = htonl(0x0a000005),
			.daddr = htonl(0xc6336407),
		},
		.tcp = {
			.source = htons(40000),
			.dest = htons(80),
			.seq = htonl(1000),
			.ack_seq = htonl(7000),
			.doff = 5 + options / 4,
		},
	};
}

/* As the receiver verifies it. */
static void expect_sums(struct kunit *test, const struct vpc_reset *reset)
{
	__wsum sum = csum_partial(&reset->ip.saddr, 8, (__force __wsum)htons(IPPROTO_TCP));

	sum = csum_add(sum, (__force __wsum)htons(sizeof(reset->tcp)));
	sum = csum_partial(&reset->tcp, sizeof(reset->tcp), sum);
	KUNIT_EXPECT_EQ(test, (__force u16)csum_fold(sum), 0);
	KUNIT_EXPECT_EQ(test, (__force u16)ip_fast_csum(&reset->ip, reset->ip.ihl), 0);
}

static void expect_turned(struct kunit *test, const struct vpc_reset *reset)
{
	KUNIT_EXPECT_EQ(test, ntohl(reset->ip.saddr), 0xc6336407);
	KUNIT_EXPECT_EQ(test, ntohl(reset->ip.daddr), 0x0a000005);
	KUNIT_EXPECT_EQ(test, ntohs(reset->ip.tot_len), 40);
	KUNIT_EXPECT_EQ(test, ntohs(reset->tcp.source), 80);
	KUNIT_EXPECT_EQ(test, ntohs(reset->tcp.dest), 40000);
	KUNIT_EXPECT_TRUE(test, reset->tcp.rst);
	KUNIT_EXPECT_FALSE(test, reset->tcp.syn || reset->tcp.fin || reset->tcp.psh);
	expect_sums(test, reset);
}

/* NAT-8, NAT-21: with an acknowledgement, the reset takes its number and acknowledges nothing. */
static void reset_nat_8_of_ack(struct kunit *test)
{
	struct segment seg = segment(12, 100);
	struct vpc_reset reset;

	seg.tcp.ack = 1;
	seg.tcp.psh = 1;
	vpc_reset_make(&seg.ip, &seg.tcp, &reset);
	expect_turned(test, &reset);
	KUNIT_EXPECT_EQ(test, ntohl(reset.tcp.seq), 7000);
	KUNIT_EXPECT_FALSE(test, reset.tcp.ack);
	KUNIT_EXPECT_EQ(test, ntohl(reset.tcp.ack_seq), 0);
}

/* Without, it acknowledges all of the segment: data, and SYN and FIN as a byte each. */
static void reset_nat_21_of_data(struct kunit *test)
{
	static const struct {
		unsigned int options, data;
		bool syn, fin;
		u32 ack;
	} cases[] = {
		{ 0, 0, false, false, 1000 },
		{ 0, 1, false, false, 1001 },
		{ 40, 0, false, true, 1001 },
		{ 8, 1400, false, true, 2401 },
		{ 4, 0, true, true, 1002 },
	};
	struct vpc_reset reset;
	struct segment seg;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		seg = segment(cases[i].options, cases[i].data);
		seg.tcp.syn = cases[i].syn;
		seg.tcp.fin = cases[i].fin;
		vpc_reset_make(&seg.ip, &seg.tcp, &reset);
		expect_turned(test, &reset);
		KUNIT_EXPECT_EQ(test, ntohl(reset.tcp.seq), 0);
		KUNIT_EXPECT_TRUE(test, reset.tcp.ack);
		KUNIT_EXPECT_EQ_MSG(test, ntohl(reset.tcp.ack_seq), cases[i].ack, "case %u", i);
	}
}

/* Sequence numbers go round. */
static void reset_wraps(struct kunit *test)
{
	struct segment seg = segment(0, 10);
	struct vpc_reset reset;

	seg.tcp.seq = htonl(0xfffffffb);
	vpc_reset_make(&seg.ip, &seg.tcp, &reset);
	KUNIT_EXPECT_EQ(test, ntohl(reset.tcp.ack_seq), 5);
	expect_sums(test, &reset);
}

static struct kunit_case reset_cases[] = {
	KUNIT_CASE(reset_nat_8_of_ack),
	KUNIT_CASE(reset_nat_21_of_data),
	KUNIT_CASE(reset_wraps),
	{}
};

static struct kunit_suite reset_suite = {
	.name = "vpc_reset",
	.test_cases = reset_cases,
};
kunit_test_suite(reset_suite);
