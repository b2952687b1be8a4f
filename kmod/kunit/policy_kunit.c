// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/random.h>

#include "../lib/policy.c"

#define IP(a, b, c, d)	cpu_to_be32((a) << 24 | (b) << 16 | (c) << 8 | (d))
/* A vpc_addr of two words, the rest is zero. */
#define IP6(first, second) { .ip6 = { cpu_to_be32(first), cpu_to_be32(second) } }
#define TCP(port)	VPC_POINT(IPPROTO_TCP, port)
#define UDP(port)	VPC_POINT(IPPROTO_UDP, port)
#define ICMP(type, code) VPC_POINT(IPPROTO_ICMP, VPC_POINT_ICMP(type, code))
#define ICMP6(type, code) VPC_POINT(IPPROTO_ICMPV6, VPC_POINT_ICMP(type, code))

#define CIDR(ip, plen, from, to)	{					\
	.peer = VPC_PEER_CIDR,							\
	.cidr = { .addr.ip4 = (ip), .family = AF_INET, .len = (plen) },		\
	.first = (from), .last = (to),						\
}
#define CIDR6(first_word, second_word, plen, from, to)	{			\
	.peer = VPC_PEER_CIDR,							\
	.cidr = { .addr = IP6(first_word, second_word), .family = AF_INET6, .len = (plen) }, \
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

static bool cidr4(const struct vpc_policy *policy, __be32 ip4, u32 point)
{
	struct vpc_addr addr = vpc_addr4(ip4);

	return vpc_policy_cidr(policy, AF_INET, &addr, point);
}

static bool cidr6(const struct vpc_policy *policy, u32 first, u32 second, u32 point)
{
	struct vpc_addr addr = IP6(first, second);

	return vpc_policy_cidr(policy, AF_INET6, &addr, point);
}

static void policy_empty(struct kunit *test)
{
	struct vpc_policy *policy = compile(test, NULL, 0);

	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET, 0));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET, TCP(80)));
	KUNIT_EXPECT_FALSE(test, cidr4(policy, IP(10, 0, 0, 1), TCP(80)));
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

	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET, TCP(79)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_any(policy, AF_INET, TCP(80)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_any(policy, AF_INET, TCP(90)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET, TCP(91)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET, UDP(80)));
	/* 0.0.0.0/0 is asked apart. */
	KUNIT_EXPECT_FALSE(test, cidr4(policy, IP(10, 0, 0, 1), TCP(80)));
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 0, 0, 1), UDP(0)));
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 0, 0, 1), UDP(65535)));
	KUNIT_EXPECT_FALSE(test, cidr4(policy, IP(10, 0, 0, 1), VPC_POINT(18, 0)));
	KUNIT_EXPECT_FALSE(test, cidr4(policy, IP(11, 0, 0, 1), UDP(1)));
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 1, 0, 1), VPC_POINT(0, 0)));
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 1, 0, 1), VPC_POINT_MAX));
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 2, 0, 1), ICMP(8, 0)));
	KUNIT_EXPECT_FALSE(test, cidr4(policy, IP(10, 2, 0, 1), ICMP(9, 0)));
	/* The shorter prefix counts beside the longer one (SG-1). */
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 2, 0, 1), UDP(53)));
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

	KUNIT_EXPECT_TRUE(test, vpc_policy_any_range(policy, AF_INET, TCP(0), TCP(65535)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any_range(policy, AF_INET, UDP(0), UDP(65535)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any_range(policy, AF_INET, ICMP(0, 0), ICMP(255, 255)));
	vpc_policy_destroy(policy);
}

/* RT-16 of rules: what one family may says nothing about the other. */
static void policy_families(struct kunit *test)
{
	struct vpc_policy_rule rules[] = {
		CIDR6(0x20010db8, 0x00010000, 48, ICMP6(128, 0), ICMP6(128, 255)),
		CIDR6(0, 0, 0, TCP(443), TCP(443)),
		CIDR(0, 0, TCP(80), TCP(80)),
		CIDR6(0x20010db8, 0, 32, TCP(22), TCP(22)),
		CIDR(IP(32, 1, 13, 184), 32, UDP(53), UDP(53)),	/* the same bytes as 2001:db8:: */
		CIDR6(0, 0, 0, UDP(0), UDP(65535)),
		CIDR6(0x20010db8, 0x00010000, 48, TCP(8080), TCP(8090)),
	};
	struct vpc_policy *policy = compile(test, rules, ARRAY_SIZE(rules));

	KUNIT_EXPECT_TRUE(test, vpc_policy_any(policy, AF_INET, TCP(80)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET, TCP(443)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any(policy, AF_INET6, TCP(80)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_any(policy, AF_INET6, TCP(443)));
	KUNIT_EXPECT_TRUE(test, vpc_policy_any_range(policy, AF_INET6, UDP(0), UDP(65535)));
	KUNIT_EXPECT_FALSE(test, vpc_policy_any_range(policy, AF_INET, UDP(0), UDP(65535)));
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(32, 1, 13, 184), UDP(53)));
	KUNIT_EXPECT_FALSE(test, cidr4(policy, IP(32, 1, 13, 184), TCP(22)));
	KUNIT_EXPECT_FALSE(test, cidr6(policy, 0x20010db8, 0, UDP(53)));
	KUNIT_EXPECT_TRUE(test, cidr6(policy, 0x20010db8, 0x00020000, TCP(22)));
	KUNIT_EXPECT_FALSE(test, cidr6(policy, 0x20010db8, 0x00020000, TCP(8080)));
	KUNIT_EXPECT_FALSE(test, cidr6(policy, 0x20010db9, 0x00010000, TCP(22)));
	/* The longer prefix, and the shorter one beside it (SG-1). */
	KUNIT_EXPECT_TRUE(test, cidr6(policy, 0x20010db8, 0x0001ffff, TCP(8090)));
	KUNIT_EXPECT_TRUE(test, cidr6(policy, 0x20010db8, 0x0001ffff, TCP(22)));
	KUNIT_EXPECT_TRUE(test, cidr6(policy, 0x20010db8, 0x0001ffff, ICMP6(128, 0)));
	KUNIT_EXPECT_FALSE(test, cidr6(policy, 0x20010db8, 0x0001ffff, ICMP6(129, 0)));
	KUNIT_EXPECT_FALSE(test, cidr6(policy, 0x20010db8, 0x0001ffff, ICMP(128, 0)));
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

/* Of the first 32 bits, the only ones that the longest of these CIDRs of either family says. */
static struct vpc_addr random_addr(void)
{
	return vpc_addr4(cpu_to_be32(get_random_u32_below(16) << 28 | get_random_u32_below(4) << 14 |
				     get_random_u32_below(8)));
}

static u8 random_family(void)
{
	return get_random_u32_below(2) ? AF_INET : AF_INET6;
}

static void random_rule(struct vpc_policy_rule *rule)
{
	u32 a = random_point(), b = random_point();

	memset(rule, 0, sizeof(*rule));
	rule->peer = get_random_u32_below(8) ? VPC_PEER_CIDR : VPC_PEER_GROUP;
	rule->slot = get_random_u32_below(10);
	rule->cidr.family = random_family();
	rule->cidr.len = get_random_u32_below(33);
	rule->cidr.addr = random_addr();
	rule->cidr.addr.ip4 &= vpc_mask4(rule->cidr.len);
	rule->first = min(a, b);
	rule->last = max(a, b);
}

/**
 * struct question - what is asked of a policy
 * @family: of @addr
 * @addr: an address
 * @slot: a group
 * @point: a point
 */
struct question {
	u8 family;
	struct vpc_addr addr;
	u32 slot;
	u32 point;
};

static struct question random_question(void)
{
	return (struct question){
		.family = random_family(),
		.addr = random_addr(),
		.slot = get_random_u32_below(10),
		.point = random_point(),
	};
}

/* A rule about CIDRs, of everybody or not, or about groups allows it. */
static bool naive(const struct vpc_policy_rule *rules, u32 n, u8 peer, bool any,
		  const struct question *q)
{
	const struct vpc_policy_rule *rule;

	for (rule = rules; rule < rules + n; rule++) {
		if (rule->peer != peer || q->point < rule->first || q->point > rule->last)
			continue;
		if (peer == VPC_PEER_GROUP ? rule->slot == q->slot :
		    any == !rule->cidr.len && vpc_prefix_has(&rule->cidr, q->family, &q->addr))
			return true;
	}
	return false;
}

static void policy_random(struct kunit *test)
{
	struct vpc_policy_rule *rules = kunit_kcalloc(test, RANDOM_RULES, sizeof(*rules),
						      GFP_KERNEL);
	struct vpc_policy *policy;
	struct question q;
	u32 n, i;

	KUNIT_ASSERT_NOT_NULL(test, rules);
	for (n = 1; n < RANDOM_RULES; n = n * 2 + 1) {
		for (i = 0; i < n; i++)
			random_rule(&rules[i]);
		policy = compile(test, rules, n);
		for (i = 0; i < RANDOM_LOOKUPS; i++) {
			q = random_question();
			KUNIT_ASSERT_EQ(test, vpc_policy_any(policy, q.family, q.point),
					naive(rules, n, VPC_PEER_CIDR, true, &q));
			KUNIT_ASSERT_EQ(test,
					vpc_policy_cidr(policy, q.family, &q.addr, q.point),
					naive(rules, n, VPC_PEER_CIDR, false, &q));
			KUNIT_ASSERT_EQ(test, vpc_policy_group(policy, q.slot, q.point),
					naive(rules, n, VPC_PEER_GROUP, false, &q));
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
		CIDR6(0x20010db8, 0, 32, TCP(82), TCP(82)),
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
	KUNIT_EXPECT_GT(test, n, 4U);

	vpc_edit_begin(&edit, n);
	KUNIT_EXPECT_EQ(test, vpc_policy_replace(&edit, policy), 0);
	KUNIT_EXPECT_EQ(test, vpc_policy_replace(&edit, NULL), 0);
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 1, 0, 1), TCP(80)));
	vpc_edit_commit(&edit);
	KUNIT_EXPECT_TRUE(test, cidr4(policy, IP(10, 1, 0, 1), TCP(81)));
	KUNIT_EXPECT_TRUE(test, cidr6(policy, 0x20010db8, 0, TCP(82)));
	vpc_edit_reap(&edit);
}

static struct kunit_case policy_cases[] = {
	KUNIT_CASE(policy_empty),
	KUNIT_CASE(policy_points),
	KUNIT_CASE(policy_any_range),
	KUNIT_CASE(policy_families),
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
