// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/minmax.h>
#include <linux/prandom.h>

#include "../lib/endpoint_policy.c"

#define STATEMENTS_MAX	6

#define ELEMENT(about, not, list) \
	{ .key = VPC_POLICY_KEY_##about, .negate = (not), .n_values = ARRAY_SIZE(list), .values = (list) }
#define STATEMENT(denies, list) \
	{ .deny = (denies), .n_elements = ARRAY_SIZE(list), .elements = (list) }
#define ACTION(protocol, from, to) \
	{ .action = { .proto = (protocol), .first = (from), .last = (to) } }
#define CIDR(addr4, length) \
	{ .cidr = { .addr.ip4 = cpu_to_be32(addr4), .family = AF_INET, .len = (length) } }

static const struct vpc_endpoint_query query = {
	.account = 111122223333, .service = 7, .vpc = 8, .endpoint = 9,
	.src.ip4 = cpu_to_be32(0x0a000105), .family = AF_INET, .proto = IPPROTO_TCP, .port = 443,
};

/* One statement that allows where @element holds. */
static bool allows(struct vpc_endpoint_element element, const struct vpc_endpoint_query *q)
{
	const struct vpc_endpoint_statement statement = { .n_elements = 1, .elements = &element };
	const struct vpc_endpoint_policy policy = { .n_statements = 1, .statements = &statement };

	return vpc_endpoint_policy_allows(&policy, q);
}

static void endpoint_policy_account(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vpc_account_parse("111122223333"), 111122223333ULL);
	KUNIT_EXPECT_EQ(test, vpc_account_parse("000000000000"), 0ULL);
	KUNIT_EXPECT_EQ(test, vpc_account_parse("999999999999"), 999999999999ULL);
	KUNIT_EXPECT_EQ(test, vpc_account_parse(""), VPC_ACCOUNT_NONE);
	KUNIT_EXPECT_EQ(test, vpc_account_parse("11112222333"), VPC_ACCOUNT_NONE);
	KUNIT_EXPECT_EQ(test, vpc_account_parse("1111222233334"), VPC_ACCOUNT_NONE);
	KUNIT_EXPECT_EQ(test, vpc_account_parse("11112222333x"), VPC_ACCOUNT_NONE);
	KUNIT_EXPECT_EQ(test, vpc_account_parse("*"), VPC_ACCOUNT_NONE);
}

/* Who is allowed nothing may nothing. */
static void endpoint_policy_implicit(struct kunit *test)
{
	static const struct vpc_endpoint_statement everything = { }, nothing = { .deny = true };
	const struct vpc_endpoint_policy empty = { }, all = { 1, &everything }, none = { 1, &nothing };

	KUNIT_EXPECT_FALSE(test, vpc_endpoint_policy_allows(&empty, &query));
	KUNIT_EXPECT_TRUE(test, vpc_endpoint_policy_allows(&all, &query));
	KUNIT_EXPECT_FALSE(test, vpc_endpoint_policy_allows(&none, &query));
}

/* POL-3: a statement that denies wins, wherever it stands. */
static void endpoint_policy_deny_wins(struct kunit *test)
{
	static const struct vpc_endpoint_value https[] = { ACTION(IPPROTO_TCP, 443, 443) };
	static const struct vpc_endpoint_element only[] = { ELEMENT(ACTION, false, https) };
	static const struct vpc_endpoint_statement first[] = { STATEMENT(true, only), { } };
	static const struct vpc_endpoint_statement last[] = { { }, { }, STATEMENT(true, only) };
	const struct vpc_endpoint_policy a = { 2, first }, b = { 3, last };
	struct vpc_endpoint_query other = query;

	other.port = 80;
	KUNIT_EXPECT_FALSE(test, vpc_endpoint_policy_allows(&a, &query));
	KUNIT_EXPECT_FALSE(test, vpc_endpoint_policy_allows(&b, &query));
	KUNIT_EXPECT_TRUE(test, vpc_endpoint_policy_allows(&a, &other));
	KUNIT_EXPECT_TRUE(test, vpc_endpoint_policy_allows(&b, &other));
}

static void endpoint_policy_actions(struct kunit *test)
{
	static const struct vpc_endpoint_value some[] = {
		ACTION(IPPROTO_TCP, 443, 443), ACTION(IPPROTO_UDP, 1000, 2000),
	};
	static const struct vpc_endpoint_value any[] = { ACTION(VPC_ENDPOINT_POLICY_ALL, 0, U16_MAX) };
	static const struct vpc_endpoint_value icmp[] = { ACTION(IPPROTO_ICMP, 0, U16_MAX) };
	static const struct {
		u8 proto;
		u16 port;
		bool some;
	} cases[] = {
		{ IPPROTO_TCP, 442, false }, { IPPROTO_TCP, 443, true }, { IPPROTO_TCP, 444, false },
		{ IPPROTO_UDP, 443, false }, { IPPROTO_UDP, 999, false }, { IPPROTO_UDP, 1000, true },
		{ IPPROTO_UDP, 2000, true }, { IPPROTO_UDP, 2001, false }, { IPPROTO_TCP, 1000, false },
		{ IPPROTO_ICMP, 443, false }, { IPPROTO_TCP, 0, false }, { IPPROTO_UDP, U16_MAX, false },
	};
	struct vpc_endpoint_query q = query;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		q.proto = cases[i].proto;
		q.port = cases[i].port;
		KUNIT_EXPECT_EQ_MSG(test, allows((struct vpc_endpoint_element)
						 ELEMENT(ACTION, false, some), &q),
				    cases[i].some, "case %u", i);
		KUNIT_EXPECT_TRUE(test, allows((struct vpc_endpoint_element)
					       ELEMENT(ACTION, false, any), &q));
		KUNIT_EXPECT_EQ(test, allows((struct vpc_endpoint_element)
					     ELEMENT(ACTION, false, icmp), &q),
				q.proto == IPPROTO_ICMP);
	}
}

/* Of several values one is enough; negated, one is too many. */
static void endpoint_policy_ids(struct kunit *test)
{
	static const struct vpc_endpoint_value ours[] = {
		{ .id = 1 }, { .id = 111122223333 }, { .id = 7 }, { .id = 8 }, { .id = 9 },
	};
	static const struct vpc_endpoint_value others[] = { { .id = 1 }, { .id = 2 } };
	static const u8 keys[] = {
		VPC_POLICY_KEY_PRINCIPAL, VPC_POLICY_KEY_PRINCIPAL_ACCOUNT, VPC_POLICY_KEY_RESOURCE,
		VPC_POLICY_KEY_SOURCE_VPC, VPC_POLICY_KEY_SOURCE_VPCE,
	};
	struct vpc_endpoint_query q = query;
	unsigned int i;
	bool negate;

	for (i = 0; i < 2 * ARRAY_SIZE(keys); i++) {
		struct vpc_endpoint_element element = { .key = keys[i / 2], .negate = i % 2 };

		negate = element.negate;
		element.values = ours;
		element.n_values = ARRAY_SIZE(ours);
		KUNIT_EXPECT_EQ_MSG(test, allows(element, &query), !negate, "key %u", element.key);
		element.values = others;
		element.n_values = ARRAY_SIZE(others);
		KUNIT_EXPECT_EQ_MSG(test, allows(element, &query), negate, "key %u", element.key);
	}
	/* An id of one kind says nothing of another, and nobody's VPC is no account's. */
	KUNIT_EXPECT_FALSE(test, allows((struct vpc_endpoint_element){
		VPC_POLICY_KEY_SOURCE_VPC, false, 1, &ours[4] }, &query));
	q.account = VPC_ACCOUNT_NONE;
	KUNIT_EXPECT_FALSE(test, allows((struct vpc_endpoint_element)
					ELEMENT(PRINCIPAL, false, ours), &q));
}

static void endpoint_policy_addresses(struct kunit *test)
{
	static const struct vpc_endpoint_value near[] = { CIDR(0xac100000, 12), CIDR(0x0a000100, 24) };
	static const struct vpc_endpoint_value far[] = { CIDR(0x0a000000, 24) };
	struct vpc_endpoint_query q = query;

	KUNIT_EXPECT_TRUE(test, allows((struct vpc_endpoint_element)
				       ELEMENT(VPC_SOURCE_IP, false, near), &query));
	KUNIT_EXPECT_FALSE(test, allows((struct vpc_endpoint_element)
					ELEMENT(VPC_SOURCE_IP, true, near), &query));
	KUNIT_EXPECT_FALSE(test, allows((struct vpc_endpoint_element)
					ELEMENT(VPC_SOURCE_IP, false, far), &query));
	KUNIT_EXPECT_TRUE(test, allows((struct vpc_endpoint_element)
				       ELEMENT(VPC_SOURCE_IP, true, far), &query));
	q.family = AF_INET6;
	KUNIT_EXPECT_FALSE(test, allows((struct vpc_endpoint_element)
					ELEMENT(VPC_SOURCE_IP, false, near), &q));
	/* GWE-14 */
	KUNIT_EXPECT_FALSE(test, allows((struct vpc_endpoint_element)
					ELEMENT(SOURCE_IP, false, near), &query));
	KUNIT_EXPECT_TRUE(test, allows((struct vpc_endpoint_element)
				       ELEMENT(SOURCE_IP, true, near), &query));
}

/* Several elements: all of them. */
static void endpoint_policy_all_hold(struct kunit *test)
{
	static const struct vpc_endpoint_value https[] = { ACTION(IPPROTO_TCP, 443, 443) };
	static const struct vpc_endpoint_value net[] = { CIDR(0x0a000100, 24) };
	static const struct vpc_endpoint_element both[] = {
		ELEMENT(ACTION, false, https), ELEMENT(VPC_SOURCE_IP, false, net),
	};
	static const struct vpc_endpoint_statement statement[] = { STATEMENT(false, both) };
	const struct vpc_endpoint_policy policy = { 1, statement };
	struct vpc_endpoint_query q = query;

	KUNIT_EXPECT_TRUE(test, vpc_endpoint_policy_allows(&policy, &q));
	q.port = 80;
	KUNIT_EXPECT_FALSE(test, vpc_endpoint_policy_allows(&policy, &q));
	q.port = 443;
	q.src.ip4 = cpu_to_be32(0x0a000205);
	KUNIT_EXPECT_FALSE(test, vpc_endpoint_policy_allows(&policy, &q));
}

/* The answer is that of a count: some allow, none denies. */
static void endpoint_policy_random(struct kunit *test)
{
	static const struct vpc_endpoint_value ports[] = {
		ACTION(IPPROTO_TCP, 0, 3), ACTION(IPPROTO_TCP, 2, 5), ACTION(IPPROTO_UDP, 0, 4),
	};
	struct vpc_endpoint_statement statements[STATEMENTS_MAX];
	struct vpc_endpoint_element elements[STATEMENTS_MAX];
	unsigned int round, i, allowed = 0;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 20261126);
	for (round = 0; round < 5000; round++) {
		u32 n = prandom_u32_state(&rnd) % (STATEMENTS_MAX + 1), allow = 0, deny = 0;
		const struct vpc_endpoint_policy policy = { n, statements };
		struct vpc_endpoint_query q = query;

		q.port = prandom_u32_state(&rnd) % 7;
		for (i = 0; i < n; i++) {
			const struct vpc_endpoint_value *value =
				&ports[prandom_u32_state(&rnd) % ARRAY_SIZE(ports)];

			elements[i] = (struct vpc_endpoint_element){
				VPC_POLICY_KEY_ACTION, prandom_u32_state(&rnd) % 2, 1, value };
			statements[i] = (struct vpc_endpoint_statement){
				prandom_u32_state(&rnd) % 4 == 0, 1, &elements[i] };
			if ((value->action.proto == IPPROTO_TCP && q.port >= value->action.first &&
			     q.port <= value->action.last) == elements[i].negate)
				continue;
			deny += statements[i].deny;
			allow += !statements[i].deny;
		}
		KUNIT_ASSERT_EQ_MSG(test, vpc_endpoint_policy_allows(&policy, &q), allow && !deny,
				    "round %u", round);
		allowed += allow && !deny;
	}
	/* Both answers are common. */
	KUNIT_EXPECT_GT(test, allowed, 1000U);
	KUNIT_EXPECT_LT(test, allowed, 4000U);
}

static struct kunit_case endpoint_policy_cases[] = {
	KUNIT_CASE(endpoint_policy_account),
	KUNIT_CASE(endpoint_policy_implicit),
	KUNIT_CASE(endpoint_policy_deny_wins),
	KUNIT_CASE(endpoint_policy_actions),
	KUNIT_CASE(endpoint_policy_ids),
	KUNIT_CASE(endpoint_policy_addresses),
	KUNIT_CASE(endpoint_policy_all_hold),
	KUNIT_CASE(endpoint_policy_random),
	{ }
};

static struct kunit_suite endpoint_policy_suite = {
	.name = "vpc_endpoint_policy",
	.test_cases = endpoint_policy_cases,
};
kunit_test_suite(endpoint_policy_suite);
