// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/slab.h>

#include "../lib/dns_name.c"

/* Exactly as long as it is: KASAN sees a byte read or written too far. */
static char *own(struct kunit *test, const char *text)
{
	char *copy = kunit_kzalloc(test, strlen(text) + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	return strcpy(copy, text);
}

static void dns_name_valid(struct kunit *test)
{
	static const char *const good[] = {
		"a", "sqs.ap-northeast-2.amazonaws.com", "3com.com", "a-b.c",
	};
	static const char *const bad[] = {
		"", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "A.b", "a_b", "*.a", "a b",
	};
	char name[256] = "";
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		KUNIT_EXPECT_TRUE_MSG(test, vpc_dns_name_valid(own(test, good[i])), "%s", good[i]);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_FALSE_MSG(test, vpc_dns_name_valid(own(test, bad[i])), "%s", bad[i]);

	memset(name, 'a', 63);
	KUNIT_EXPECT_TRUE(test, vpc_dns_name_valid(name));
	name[63] = 'a';
	KUNIT_EXPECT_FALSE(test, vpc_dns_name_valid(name));
	for (i = 0; i < 253; i++)
		name[i] = i % 2 ? '.' : 'a';
	KUNIT_EXPECT_TRUE(test, vpc_dns_name_valid(name));
	strcpy(name + 253, "a");
	KUNIT_EXPECT_FALSE(test, vpc_dns_name_valid(name));
}

static void dns_name_reverse(struct kunit *test)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "a", "a" },
		{ "com.amazonaws.us-east-1.ecr.api", "api.ecr.us-east-1.amazonaws.com" },
		{ "a..b.", ".b..a" },
	};
	unsigned int i;
	char *out;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		out = own(test, cases[i][0]);
		vpc_dns_name_reverse(own(test, cases[i][0]), out);
		KUNIT_EXPECT_STREQ(test, out, cases[i][1]);
	}
}

static struct kunit_case dns_name_cases[] = {
	KUNIT_CASE(dns_name_valid),
	KUNIT_CASE(dns_name_reverse),
	{}
};

static struct kunit_suite dns_name_suite = {
	.name = "vpc_dns_name",
	.test_cases = dns_name_cases,
};
kunit_test_suite(dns_name_suite);
