// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/random.h>

#include "../lib/policy.c"

#define IP(a, b, c, d)	cpu_to_be32((a) << 24 | (b) << 16 | (c) << 8 | (d))
#define TCP(port)	VPC_POINT(IPPROTO_TCP, port)
#define UDP(port)	VPC_POINT(IPPROTO_UDP, port)
#define ICMP(type, code) VPC_POINT(IPPROTO_ICMP, VPC_POINT_ICMP(type, code))

#define CIDR(ip, plen, from, to)	{					\
	.peer = VPC_PEER_CIDR,							\
	.cidr = { .addr.ip4 = (ip), .family = AF_INET, .len = (plen) },		\
	.first = (from), .last = (to),						\
}
#define MEMBER(kind, at, from, to)	{					\
	.peer = VPC_PEER_##kind, .slot = (at), .first = (from), .last = (to),	\
}

static struct vpc_policy *compile(struct kunit *test, struct vpc_policy_rule *rules, u32 n)
{
	struct vpc_policy *policy;
	struct vpc_edit edit;

	vpc_edit_begin(&edit, 1);
	policy = vpc_policy_compile(&edit, rules, n);
	KUNIT_ASSERT_NOT_NULL(test, policy);
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
	return policy;
}

static void policy_empty(struct kunit *test)
{
	struct vpc_policy *policy = compile(test, NULL, 0);

	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, 0));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, TCP(80)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_cidr4(policy, IP(10, 0, 0, 1), TCP(80)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_group(policy, 1, TCP(80)));
	KUNIT_EXPECT_EQ(test, policy->n_lists, 0U);
	vpc_policy_destroy(policy);
}

/* Both ends of a range, protocols apart, and what a rule about everything is about. */
static void policy_points(struct kunit *test)
{
	struct vpc_policy_rule rules[] = {
		CIDR(0, 0, TCP(80), TCP(90)),
		CIDR(IP(10, 0, 0, 0), 8, UDP(0), UDP(65535)),
		CIDR(IP(10, 1, 0, 0), 16, 0, VPC_POINT_MAX),
		CIDR(IP(10, 2, 0, 0), 16, ICMP(8, 0), ICMP(8, 255)),
	};
	struct vpc_policy *policy = compile(test, rules, ARRAY_SIZE(rules));

	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, TCP(79)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_any(policy, TCP(80)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_any(policy, TCP(90)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, TCP(91)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, UDP(80)));
	/* 0.0.0.0/0 is asked apart. */
	KUNIT_EXPECT_FALSE(test, vpc_policy_cidr4(policy, IP(10, 0, 0, 1), TCP(80)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 0, 0, 1), UDP(0)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 0, 0, 1), UDP(65535)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_cidr4(policy, IP(10, 0, 0, 1), VPC_POINT(18, 0)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_cidr4(policy, IP(11, 0, 0, 1), UDP(1)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 1, 0, 1), VPC_POINT(0, 0)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 1, 0, 1), VPC_POINT_MAX));
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 2, 0, 1), ICMP(8, 0)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_cidr4(policy, IP(10, 2, 0, 1), ICMP(9, 0)));
	/* The shorter prefix counts beside the longer one (SG-1). */
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 2, 0, 1), UDP(53)));
	vpc_policy_destroy(policy);
}

/* SG-10 asks whether everything is open, by however many rules. */
static void policy_any_range(struct kunit *test)
{
	struct vpc_policy_rule halves[] = {
		CIDR(0, 0, TCP(30000), TCP(65535)),
		CIDR(0, 0, TCP(0), TCP(29999)),
		CIDR(0, 0, UDP(0), UDP(65534)),
	};
	struct vpc_policy *policy = compile(test, halves, ARRAY_SIZE(halves));

	KUNIT_EXPECT_TRUE(test, vpc_policy_any_range(policy, TCP(0), TCP(65535)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any_range(policy, UDP(0), UDP(65535)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any_range(policy, ICMP(0, 0), ICMP(255, 255)));
	vpc_policy_destroy(policy);
}

static void policy_members(struct kunit *test)
{
	struct vpc_policy_rule rules[] = {
		MEMBER(GROUP, 9, TCP(22), TCP(22)),
		MEMBER(LIST, 3, TCP(443), TCP(443)),
		MEMBER(GROUP, 7, 0, VPC_POINT_MAX),
		MEMBER(GROUP, 9, TCP(80), TCP(80)),
		MEMBER(LIST, 4, UDP(53), UDP(53)),
	};
	struct vpc_policy *policy = compile(test, rules, ARRAY_SIZE(rules));

	KUNIT_ASSERT_EQ(test, policy->n_groups, 2U);
	KUNIT_EXPECT_TRUE(test, vpc_policy_group(policy, 9, TCP(22)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_group(policy, 9, TCP(80)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_group(policy, 9, TCP(23)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_group(policy, 7, VPC_POINT(47, 0)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_group(policy, 8, TCP(22)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_group(policy, 3, TCP(443)));
	KUNIT_ASSERT_EQ(test, policy->n_lists, 2U);
	KUNIT_EXPECT_EQ(test, policy->lists[0].slot, 3U);
	KUNIT_EXPECT_TRUE(test, vpc_policy_list(policy, &policy->lists[0], TCP(443)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_list(policy, &policy->lists[1], TCP(443)));
	vpc_policy_destroy(policy);
}

#define RANDOM_RULES	300
#define RANDOM_LOOKUPS	3000

/* Few addresses and points, so that rules nest, overlap and touch. */
static u32 random_point(void)
{
	return VPC_POINT(get_random_u32_below(3), get_random_u32_below(40));
}

static __be32 random_addr(void)
{
	return cpu_to_be32(get_random_u32_below(16) << 28 | get_random_u32_below(4) << 14 |
			   get_random_u32_below(8));
}

static void random_rule(struct vpc_policy_rule *rule)
{
	u32 a = random_point(), b = random_point();

	memset(rule, 0, sizeof(*rule));
	rule->peer = get_random_u32_below(8) ? VPC_PEER_CIDR : VPC_PEER_GROUP;
	rule->slot = get_random_u32_below(10);
	rule->cidr.family = AF_INET;
	rule->cidr.len = get_random_u32_below(33);
	rule->cidr.addr.ip4 = random_addr() & vpc_mask4(rule->cidr.len);
	rule->first = min(a, b);
	rule->last = max(a, b);
}

static bool naive(const struct vpc_policy_rule *rules, u32 n, u8 peer, bool any, __be32 addr,
		  u32 slot, u32 point)
{
	u32 i;

	for (i = 0; i < n; i++) {
		if (rules[i].peer != peer || point < rules[i].first || point > rules[i].last)
			continue;
		if (peer == VPC_PEER_GROUP ? rules[i].slot == slot :
		    any == !rules[i].cidr.len && vpc_prefix4_has(&rules[i].cidr, addr))
			return true;
	}
	return false;
}

static void policy_random(struct kunit *test)
{
	struct vpc_policy_rule *rules = kunit_kcalloc(test, RANDOM_RULES, sizeof(*rules),
						      GFP_KERNEL);
	struct vpc_policy *policy;
	u32 n, i, point, slot;
	__be32 addr;

	KUNIT_ASSERT_NOT_NULL(test, rules);
	for (n = 1; n < RANDOM_RULES; n = n * 2 + 1) {
		for (i = 0; i < n; i++)
			random_rule(&rules[i]);
		policy = compile(test, rules, n);
		for (i = 0; i < RANDOM_LOOKUPS; i++) {
			point = random_point();
			addr = random_addr();
			slot = get_random_u32_below(10);
			KUNIT_ASSERT_EQ(test, vpc_policy_any(policy, point),
					naive(rules, n, VPC_PEER_CIDR, true, addr, 0, point));
			KUNIT_ASSERT_EQ(test, vpc_policy_cidr4(policy, addr, point),
					naive(rules, n, VPC_PEER_CIDR, false, addr, 0, point));
			KUNIT_ASSERT_EQ(test, vpc_policy_group(policy, slot, point),
					naive(rules, n, VPC_PEER_GROUP, false, 0, slot, point));
		}
		vpc_policy_destroy(policy);
	}
}

/* Nothing is lost when memory is short, and a replaced policy is whole until it is reaped. */
static void policy_no_memory(struct kunit *test)
{
	struct vpc_policy_rule rules[] = {
		CIDR(IP(10, 0, 0, 0), 8, TCP(80), TCP(80)),
		CIDR(IP(10, 1, 0, 0), 16, TCP(81), TCP(81)),
		MEMBER(GROUP, 9, TCP(22), TCP(22)),
	};
	struct vpc_policy *policy = NULL;
	struct vpc_edit edit;
	unsigned int n;

	for (n = 1; !policy; n++) {
		vpc_edit_begin(&edit, n);
		edit.fail_at = n;
		policy = vpc_policy_compile(&edit, rules, ARRAY_SIZE(rules));
		if (!policy) {
			vpc_edit_abort(&edit);
			continue;
		}
		vpc_edit_commit(&edit);
		vpc_edit_reap(&edit);
	}
	KUNIT_EXPECT_GT(test, n, 3U);

	vpc_edit_begin(&edit, n);
	KUNIT_EXPECT_EQ(test, vpc_policy_replace(&edit, policy), 0);
	KUNIT_EXPECT_EQ(test, vpc_policy_replace(&edit, NULL), 0);
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 1, 0, 1), TCP(80)));
	vpc_edit_commit(&edit);
	KUNIT_EXPECT_TRUE(test, vpc_policy_cidr4(policy, IP(10, 1, 0, 1), TCP(81)));
	vpc_edit_reap(&edit);
}

static struct kunit_case policy_cases[] = {
	KUNIT_CASE(policy_empty),
	KUNIT_CASE(policy_points),
	KUNIT_CASE(policy_any_range),
	KUNIT_CASE(policy_members),
	KUNIT_CASE(policy_random),
	KUNIT_CASE(policy_no_memory),
	{}
};

static struct kunit_suite policy_suite = {
	.name = "vpc_policy",
	.test_cases = policy_cases,
};
kunit_test_suite(policy_suite);
