// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>

#include "../lib/acl.c"

#define RULES_MAX	24

/* About what comes in from anywhere */
#define RULE(nr, ok, protocol, first, last, type, code)	{		\
	.cidr.family = AF_INET, .number = (nr), .allow = (ok),		\
	.proto = (protocol), .port_from = (first), .port_to = (last),	\
	.icmp_type = (type), .icmp_code = (code),			\
}
#define RULE_PORTS(nr, ok, protocol, first, last) \
	RULE(nr, ok, protocol, first, last, VPC_ACL_ALL, VPC_ACL_ALL)
#define RULE_PROTO(nr, ok, protocol)	RULE_PORTS(nr, ok, protocol, 0, U16_MAX)
#define RULE_ALL(nr, ok)		RULE_PROTO(nr, ok, VPC_ACL_ALL)
#define RULE_ICMP(type, code)	RULE(1, true, IPPROTO_ICMP, 0, U16_MAX, type, code)
#define ICMP(type, code)	((type) << 8 | (code))

static struct vpc_flow_key packet(u8 proto, u16 port)
{
	return (struct vpc_flow_key){
		.family = AF_INET,
		.proto = proto,
		.sport = htons(40000),
		.dport = htons(port),
		.src = vpc_addr4(htonl(0x0a000005)),
		.dst = vpc_addr4(htonl(0x0a000105)),
	};
}

static bool comes_in(const struct vpc_acl_rule *rules, u32 n, struct vpc_flow_key key, u16 icmp)
{
	return vpc_acl_allows(rules, n, VPC_DIRECTION_INGRESS, &key, icmp);
}

static bool goes_out(const struct vpc_acl_rule *rules, u32 n, struct vpc_flow_key key, u16 icmp)
{
	return vpc_acl_allows(rules, n, VPC_DIRECTION_EGRESS, &key, icmp);
}

static void acl_empty(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, comes_in(NULL, 0, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_FALSE(test, goes_out(NULL, 0, packet(IPPROTO_TCP, 80), 0));
}

static void acl_directions(struct kunit *test)
{
	struct vpc_acl_rule in = RULE_ALL(1, true), out = in;

	out.direction = VPC_DIRECTION_EGRESS;
	KUNIT_EXPECT_TRUE(test, comes_in(&in, 1, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_FALSE(test, goes_out(&in, 1, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&out, 1, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_TRUE(test, goes_out(&out, 1, packet(IPPROTO_TCP, 80), 0));
}

/* The first that matches decides, whatever stands behind it. */
static void acl_order(struct kunit *test)
{
	static const struct vpc_acl_rule deny_first[] = { RULE_ALL(1, false), RULE_ALL(2, true) };
	static const struct vpc_acl_rule allow_first[] = { RULE_ALL(1, true), RULE_ALL(2, false) };
	static const struct vpc_acl_rule other_first[] = {
		RULE_PROTO(1, false, IPPROTO_UDP), RULE_ALL(2, true),
	};

	KUNIT_EXPECT_FALSE(test, comes_in(deny_first, 2, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(allow_first, 2, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(other_first, 2, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(other_first, 2, packet(IPPROTO_UDP, 80), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(other_first, 1, packet(IPPROTO_TCP, 80), 0));
}

static void acl_ports(struct kunit *test)
{
	static const struct vpc_acl_rule some = RULE_PORTS(1, true, IPPROTO_TCP, 1024, 2048);
	static const struct vpc_acl_rule one = RULE_PORTS(1, true, IPPROTO_UDP, 53, 53);
	static const struct vpc_acl_rule all = RULE_PROTO(1, true, IPPROTO_TCP);

	KUNIT_EXPECT_FALSE(test, comes_in(&some, 1, packet(IPPROTO_TCP, 1023), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&some, 1, packet(IPPROTO_TCP, 1024), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&some, 1, packet(IPPROTO_TCP, 2048), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&some, 1, packet(IPPROTO_TCP, 2049), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&some, 1, packet(IPPROTO_UDP, 1024), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&one, 1, packet(IPPROTO_UDP, 52), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&one, 1, packet(IPPROTO_UDP, 53), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&one, 1, packet(IPPROTO_UDP, 54), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&all, 1, packet(IPPROTO_TCP, 0), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&all, 1, packet(IPPROTO_TCP, U16_MAX), 0));
}

static void acl_protocols(struct kunit *test)
{
	static const struct vpc_acl_rule all = RULE_ALL(1, true);
	static const struct vpc_acl_rule gre = RULE_PROTO(1, true, IPPROTO_GRE);
	static const struct vpc_acl_rule zero = RULE_PROTO(1, true, 0);
	unsigned int proto;

	for (proto = 0; proto < 256; proto++) {
		KUNIT_EXPECT_TRUE(test, comes_in(&all, 1, packet(proto, 7), 0));
		KUNIT_EXPECT_EQ(test, comes_in(&gre, 1, packet(proto, 0), 0),
				proto == IPPROTO_GRE);
		KUNIT_EXPECT_EQ(test, comes_in(&zero, 1, packet(proto, 0), 0), !proto);
	}
}

/* Of an ICMP flow the key's ports are type and identifier, which mean nothing here. */
static void acl_icmp(struct kunit *test)
{
	static const struct vpc_acl_rule all = RULE_ICMP(VPC_ACL_ALL, VPC_ACL_ALL);
	static const struct vpc_acl_rule type = RULE_ICMP(3, VPC_ACL_ALL);
	static const struct vpc_acl_rule code = RULE_ICMP(3, 4);
	static const struct vpc_acl_rule zero = RULE_ICMP(0, 0);
	struct vpc_flow_key key = packet(IPPROTO_ICMP, 8);

	KUNIT_EXPECT_TRUE(test, comes_in(&all, 1, key, ICMP(255, 255)));
	KUNIT_EXPECT_TRUE(test, comes_in(&type, 1, key, ICMP(3, 0)));
	KUNIT_EXPECT_TRUE(test, comes_in(&type, 1, key, ICMP(3, 255)));
	KUNIT_EXPECT_FALSE(test, comes_in(&type, 1, key, ICMP(4, 3)));
	KUNIT_EXPECT_TRUE(test, comes_in(&code, 1, key, ICMP(3, 4)));
	KUNIT_EXPECT_FALSE(test, comes_in(&code, 1, key, ICMP(3, 5)));
	KUNIT_EXPECT_FALSE(test, comes_in(&code, 1, key, ICMP(2, 4)));
	KUNIT_EXPECT_TRUE(test, comes_in(&zero, 1, key, ICMP(0, 0)));
	KUNIT_EXPECT_FALSE(test, comes_in(&zero, 1, key, ICMP(0, 1)));
	KUNIT_EXPECT_FALSE(test, comes_in(&all, 1, packet(IPPROTO_TCP, 8), 0));
}

static void acl_cidr(struct kunit *test)
{
	struct vpc_acl_rule in = RULE_ALL(1, true), out = in;
	struct vpc_flow_key key = packet(IPPROTO_TCP, 80);

	in.cidr.addr.ip4 = htonl(0x0a000000);
	in.cidr.len = 24;
	out.direction = VPC_DIRECTION_EGRESS;
	out.cidr.addr = key.dst;
	out.cidr.len = 32;
	KUNIT_EXPECT_TRUE(test, comes_in(&in, 1, key, 0));
	KUNIT_EXPECT_TRUE(test, goes_out(&out, 1, key, 0));
	swap(key.src, key.dst);
	KUNIT_EXPECT_FALSE(test, comes_in(&in, 1, key, 0));
	KUNIT_EXPECT_FALSE(test, goes_out(&out, 1, key, 0));
	swap(key.src, key.dst);
	key.family = AF_INET6;
	KUNIT_EXPECT_FALSE(test, comes_in(&in, 1, key, 0));
}

static struct vpc_flow_key packet6(u8 proto, u16 port, u32 subnet)
{
	struct vpc_flow_key key = packet(proto, port);

	key.family = AF_INET6;
	key.src = (struct vpc_addr){ .ip6 = { htonl(0x20010db8), htonl(subnet) } };
	key.dst = (struct vpc_addr){ .ip6 = { htonl(0x20010db8), htonl(0xffff0000) } };
	return key;
}

/* A rule is about one family, and 0.0.0.0/0 is not all there is (RT-16). */
static void acl_families(struct kunit *test)
{
	struct vpc_acl_rule all4 = RULE_ALL(1, true), all6 = all4, some6 = all4;

	all6.cidr.family = AF_INET6;
	some6.cidr = (struct vpc_prefix){
		.addr.ip6 = { htonl(0x20010db8), htonl(0x00010000) },
		.family = AF_INET6,
		.len = 48,
	};
	KUNIT_EXPECT_TRUE(test, comes_in(&all4, 1, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&all4, 1, packet6(IPPROTO_TCP, 80, 0), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&all6, 1, packet(IPPROTO_TCP, 80), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&all6, 1, packet6(IPPROTO_TCP, 80, 0), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&some6, 1, packet6(IPPROTO_TCP, 80, 0xffff), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&some6, 1, packet6(IPPROTO_TCP, 80, 0x10000), 0));
	KUNIT_EXPECT_TRUE(test, comes_in(&some6, 1, packet6(IPPROTO_TCP, 80, 0x1ffff), 0));
	KUNIT_EXPECT_FALSE(test, comes_in(&some6, 1, packet6(IPPROTO_TCP, 80, 0x20000), 0));
	some6.direction = VPC_DIRECTION_EGRESS;
	KUNIT_EXPECT_FALSE(test, goes_out(&some6, 1, packet6(IPPROTO_TCP, 80, 0x10000), 0));
}

static void acl_icmpv6(struct kunit *test)
{
	struct vpc_acl_rule echo = RULE(1, true, IPPROTO_ICMPV6, 0, U16_MAX, 128, VPC_ACL_ALL);

	echo.cidr.family = AF_INET6;
	KUNIT_EXPECT_TRUE(test, comes_in(&echo, 1, packet6(IPPROTO_ICMPV6, 128, 0), ICMP(128, 0)));
	KUNIT_EXPECT_TRUE(test, comes_in(&echo, 1, packet6(IPPROTO_ICMPV6, 128, 0), ICMP(128, 3)));
	KUNIT_EXPECT_FALSE(test, comes_in(&echo, 1, packet6(IPPROTO_ICMPV6, 128, 0), ICMP(129, 0)));
	/* ICMP in IPv6 is a protocol like any. */
	KUNIT_EXPECT_FALSE(test, comes_in(&echo, 1, packet6(IPPROTO_ICMP, 128, 0), ICMP(128, 0)));
	echo.icmp_code = 0;
	KUNIT_EXPECT_FALSE(test, comes_in(&echo, 1, packet6(IPPROTO_ICMPV6, 128, 0), ICMP(128, 3)));
}

/* ---- random rules and packets, against the definition ---- */

static bool oracle_cidr(const struct vpc_prefix *cidr, __be32 addr)
{
	unsigned int bit;

	for (bit = 0; bit < cidr->len; bit++)
		if ((ntohl(cidr->addr.ip4) >> (31 - bit) & 1) != (ntohl(addr) >> (31 - bit) & 1))
			return false;
	return true;
}

static bool oracle_rule(const struct vpc_acl_rule *r, u8 direction,
			const struct vpc_flow_key *key, u16 icmp)
{
	bool ports = r->proto == IPPROTO_TCP || r->proto == IPPROTO_UDP;

	if (r->direction != direction)
		return false;
	if (r->proto != VPC_ACL_ALL && r->proto != key->proto)
		return false;
	if (ports && (ntohs(key->dport) < r->port_from || ntohs(key->dport) > r->port_to))
		return false;
	if (r->proto == IPPROTO_ICMP && r->icmp_type != VPC_ACL_ALL && r->icmp_type != icmp / 256)
		return false;
	if (r->proto == IPPROTO_ICMP && r->icmp_code != VPC_ACL_ALL && r->icmp_code != icmp % 256)
		return false;
	return oracle_cidr(&r->cidr, direction == VPC_DIRECTION_EGRESS ? key->dst.ip4 :
									 key->src.ip4);
}

/* Of those that match the one with the lowest number, wherever it stands */
static bool oracle(const struct vpc_acl_rule *rules, u32 n, u8 direction,
		   const struct vpc_flow_key *key, u16 icmp)
{
	const struct vpc_acl_rule *best = NULL, *r;

	while (n--) {
		r = &rules[n];
		if (oracle_rule(r, direction, key, icmp) && (!best || r->number < best->number))
			best = r;
	}
	return best && best->allow;
}

/* Few values, so that rules and packets meet */
static const u8 protos[] = { IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_GRE };
static const u8 lens[] = { 0, 1, 8, 23, 24, 31, 32 };

static u32 upto(struct rnd_state *rnd, u32 n)
{
	return prandom_u32_state(rnd) % n;
}

static __be32 random_addr(struct rnd_state *rnd)
{
	return htonl((upto(rnd, 2) ? 0x0a000000 : 0xc0000000) | upto(rnd, 4) << 8 | upto(rnd, 4));
}

static void random_rule(struct rnd_state *rnd, struct vpc_acl_rule *r, u16 number)
{
	u8 len = lens[upto(rnd, ARRAY_SIZE(lens))];

	*r = (struct vpc_acl_rule)RULE_ALL(number, upto(rnd, 2));
	r->direction = upto(rnd, 2);
	r->cidr.addr.ip4 = random_addr(rnd) & vpc_mask4(len);
	r->cidr.len = len;
	if (upto(rnd, 4))
		r->proto = protos[upto(rnd, ARRAY_SIZE(protos))];
	if (r->proto == IPPROTO_TCP || r->proto == IPPROTO_UDP) {
		r->port_from = upto(rnd, 8);
		r->port_to = r->port_from + upto(rnd, 4);
	}
	if (r->proto == IPPROTO_ICMP && upto(rnd, 2)) {
		r->icmp_type = upto(rnd, 3);
		r->icmp_code = upto(rnd, 2) ? (s16)upto(rnd, 3) : VPC_ACL_ALL;
	}
}

static void acl_random(struct kunit *test)
{
	unsigned int list, i, allowed = 0;
	u64 seed = get_random_u64();
	struct vpc_acl_rule *rules;
	struct rnd_state rnd;

	rules = kunit_kcalloc(test, RULES_MAX, sizeof(*rules), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, rules);
	kunit_info(test, "seed %llu", seed);
	prandom_seed_state(&rnd, seed);
	for (list = 0; list < 2000; list++) {
		u32 n = upto(&rnd, RULES_MAX + 1);

		for (i = 0; i < n; i++)
			random_rule(&rnd, &rules[i], i * 10 + 1 + upto(&rnd, 10));
		for (i = 0; i < 50; i++) {
			struct vpc_flow_key key = packet(protos[upto(&rnd, ARRAY_SIZE(protos))],
							 upto(&rnd, 12));
			u16 icmp = ICMP(upto(&rnd, 3), upto(&rnd, 3));
			u8 direction = upto(&rnd, 2);
			bool got;

			key.src.ip4 = random_addr(&rnd);
			key.dst.ip4 = random_addr(&rnd);
			got = vpc_acl_allows(rules, n, direction, &key, icmp);
			allowed += got;
			if (got != oracle(rules, n, direction, &key, icmp)) {
				KUNIT_FAIL(test, "list %u, packet %u: %d", list, i, got);
				return;
			}
		}
	}
	/* Both answers are common. */
	KUNIT_EXPECT_GT(test, allowed, 10000U);
	KUNIT_EXPECT_LT(test, allowed, 90000U);
}

static struct kunit_case acl_cases[] = {
	KUNIT_CASE(acl_empty),
	KUNIT_CASE(acl_directions),
	KUNIT_CASE(acl_order),
	KUNIT_CASE(acl_ports),
	KUNIT_CASE(acl_protocols),
	KUNIT_CASE(acl_icmp),
	KUNIT_CASE(acl_cidr),
	KUNIT_CASE(acl_families),
	KUNIT_CASE(acl_icmpv6),
	KUNIT_CASE(acl_random),
	{ }
};

static struct kunit_suite acl_suite = {
	.name = "vpc_acl",
	.test_cases = acl_cases,
};
kunit_test_suite(acl_suite);
