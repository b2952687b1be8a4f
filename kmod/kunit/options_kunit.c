// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/slab.h>

#include "../lib/options.c"

#define OPTIONS_MAX	40

/* A header with these options, exactly as long as it says: KASAN sees a byte read too far. */
static struct iphdr *header(struct kunit *test, const u8 *options, unsigned int len)
{
	struct iphdr *iph = kunit_kzalloc(test, sizeof(*iph) + len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, iph);
	iph->ihl = 5 + len / 4;
	memcpy(iph + 1, options, len);
	return iph;
}

static const struct {
	const char *name;
	u8 options[12];
	enum vpc_drop want;
	bool source_route;
} cases[] = {
	{ "nothing but ends", { 0 } },
	{ "no-operations to the last byte", { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
	{ "router alert", { 148, 4, 0, 0 } },
	{ "record route that fills all", { 7, 12, 4 } },
	{ "a loose source route", { 1, 131, 7, 4, 10, 0, 0, 1 }, .source_route = true },
	{ "a strict one, behind others", { 148, 4, 0, 0, 137, 7, 4 }, .source_route = true },
	{ "behind the end nothing counts", { 0, 131, 3, 4 } },
	{ "length 0", { 7, 0 }, VPC_DROP_BAD_HEADER },
	{ "length 1", { 7, 1 }, VPC_DROP_BAD_HEADER },
	{ "longer than the header", { 7, 13 }, VPC_DROP_BAD_HEADER },
	{ "its length lies beyond the header", { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 7 },
	  VPC_DROP_BAD_HEADER },
};

static void options_parse(struct kunit *test)
{
	unsigned int i;
	bool route;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct iphdr *iph = header(test, cases[i].options, sizeof(cases[i].options));

		route = false;
		KUNIT_EXPECT_EQ_MSG(test, (int)vpc_options_parse(iph, &route), (int)cases[i].want,
				    "%s", cases[i].name);
		KUNIT_EXPECT_EQ_MSG(test, route, cases[i].source_route, "%s", cases[i].name);
	}
}

static void options_none(struct kunit *test)
{
	struct iphdr *iph = header(test, NULL, 0);
	bool route = false;

	KUNIT_EXPECT_EQ(test, (int)vpc_options_parse(iph, &route), (int)VPC_DROP_NONE);
	KUNIT_EXPECT_FALSE(test, route);
	vpc_options_fragment(iph);
}

static void options_every_byte(struct kunit *test)
{
	u8 options[OPTIONS_MAX];
	unsigned int type, len;
	struct iphdr *iph;
	bool route;

	for (type = 0; type < 256; type++) {
		for (len = 0; len < 8; len++) {
			memset(options, IPOPT_NOOP, sizeof(options));
			options[sizeof(options) - 4] = type;
			options[sizeof(options) - 3] = len;
			iph = header(test, options, sizeof(options));
			if (!vpc_options_parse(iph, &route))
				vpc_options_fragment(iph);
			kunit_kfree(test, iph);
		}
	}
}

static void options_fragment(struct kunit *test)
{
	/* Record route is the first fragment's alone, router alert is everybody's. */
	static const u8 before[12] = { 7, 7, 4, 0, 0, 0, 0, 148, 4, 0, 0, 0 };
	static const u8 after[12] = { 1, 1, 1, 1, 1, 1, 1, 148, 4, 0, 0, 0 };
	struct iphdr *iph = header(test, before, sizeof(before));

	vpc_options_fragment(iph);
	KUNIT_EXPECT_EQ(test, memcmp(iph + 1, after, sizeof(after)), 0);
}

static struct kunit_case options_cases[] = {
	KUNIT_CASE(options_parse),
	KUNIT_CASE(options_none),
	KUNIT_CASE(options_every_byte),
	KUNIT_CASE(options_fragment),
	{ }
};

static struct kunit_suite options_suite = {
	.name = "vpc_options",
	.test_cases = options_cases,
};
kunit_test_suite(options_suite);
