// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/slab.h>

#include "../lib/mss.c"

#define OPTIONS_MAX	40

static u16 sum(const void *p, unsigned int len)
{
	return (__force u16)csum_fold(csum_partial(p, len, 0));
}

/* A TCP header of @len bytes of options, exactly as long, that sums to zero. */
static struct tcphdr *header(struct kunit *test, const u8 *options, unsigned int len)
{
	struct tcphdr *th = kunit_kzalloc(test, sizeof(*th) + len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, th);
	th->doff = 5 + len / 4;
	th->source = htons(40000);
	th->syn = 1;
	memcpy(th + 1, options, len);
	th->check = csum_fold(csum_partial(th, sizeof(*th) + len, 0));
	return th;
}

/* At every place, even or odd: the sum stays right, nothing else changes. */
static void mss_places(struct kunit *test)
{
	u8 options[OPTIONS_MAX], want[OPTIONS_MAX];
	struct tcphdr *th;
	unsigned int at;

	for (at = 0; at <= OPTIONS_MAX - 4; at++) {
		memset(options, TCPOPT_NOP, sizeof(options));
		memcpy(options + at, (u8[]){ 2, 4, 0x23, 0x05 }, 4);	/* 8965 */
		memcpy(want, options, sizeof(want));
		memcpy(want + at, (u8[]){ 2, 4, 0x21, 0x0c }, 4);	/* 8460 */
		th = header(test, options, sizeof(options));
		vpc_mss_clamp(th, 8460, false);
		KUNIT_EXPECT_EQ_MSG(test, memcmp(th + 1, want, sizeof(want)), 0, "at %u", at);
		KUNIT_EXPECT_EQ_MSG(test, sum(th, sizeof(*th) + sizeof(options)), 0, "at %u", at);
		kunit_kfree(test, th);
	}
}

static void mss_partial(struct kunit *test)
{
	static const u8 options[4] = { 2, 4, 0x23, 0x05 };
	struct tcphdr *th = header(test, options, sizeof(options));
	__sum16 check = th->check;

	vpc_mss_clamp(th, 1460, true);
	KUNIT_EXPECT_EQ(test, (__force u16)th->check, (__force u16)check);
	KUNIT_EXPECT_EQ(test, ((u8 *)(th + 1))[2] << 8 | ((u8 *)(th + 1))[3], 1460);
}

static const u8 left_alone[][8] = {
	{ 2, 4, 0x21, 0x0c },			/* as large as it may be */
	{ 2, 4, 0x05, 0xb4 },
	{ 0, 2, 4, 0xff, 0xff },		/* behind the end */
	{ 1, 1, 1, 1, 1, 1, 1, 1 },
	{ 3, 3, 7, 1, 8, 0, 2, 4 },		/* behind a length of 0 */
	{ 2, 3, 0xff, 1 },			/* of a wrong length */
	{ 1, 1, 1, 1, 1, 1, 2, 4 },		/* beyond the header */
	{ 1, 1, 1, 1, 1, 1, 1, 2 },
	{ 8, 9, 2, 4, 0xff, 0xff },
};

static void mss_left_alone(struct kunit *test)
{
	struct tcphdr *th;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(left_alone); i++) {
		th = header(test, left_alone[i], sizeof(left_alone[i]));
		vpc_mss_clamp(th, 8460, false);
		KUNIT_EXPECT_EQ_MSG(test, memcmp(th + 1, left_alone[i], sizeof(left_alone[i])), 0,
				    "case %u", i);
		KUNIT_EXPECT_EQ(test, sum(th, sizeof(*th) + sizeof(left_alone[i])), 0);
	}
	th = header(test, NULL, 0);
	vpc_mss_clamp(th, 8460, false);
	KUNIT_EXPECT_EQ(test, sum(th, sizeof(*th)), 0);
}

static struct kunit_case mss_cases[] = {
	KUNIT_CASE(mss_places),
	KUNIT_CASE(mss_partial),
	KUNIT_CASE(mss_left_alone),
	{ }
};

static struct kunit_suite mss_suite = {
	.name = "vpc_mss",
	.test_cases = mss_cases,
};
kunit_test_suite(mss_suite);
