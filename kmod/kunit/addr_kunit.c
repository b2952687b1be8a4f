// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/random.h>

#include "../lib/addr.h"

static bool naive_has(const struct vpc_prefix *p, u8 family, const struct vpc_addr *addr)
{
	unsigned int bit;

	if (p->family != family)
		return false;
	for (bit = 0; bit < p->len; bit++)
		if ((p->addr.bytes[bit / 8] ^ addr->bytes[bit / 8]) & (0x80 >> bit % 8))
			return false;
	return true;
}

/* Of each length: an address that differs from the prefix in one bit, or none. */
static void addr_prefix(struct kunit *test)
{
	struct vpc_prefix p = { .family = AF_INET6 };
	struct vpc_addr addr;
	unsigned int bit;

	get_random_bytes(&p.addr, sizeof(p.addr));
	for (p.len = 0; p.len <= 128; p.len++) {
		KUNIT_EXPECT_TRUE(test, vpc_prefix_has(&p, AF_INET6, &p.addr));
		KUNIT_EXPECT_FALSE(test, vpc_prefix_has(&p, AF_INET, &p.addr));
		for (bit = 0; bit < 128; bit++) {
			addr = p.addr;
			addr.bytes[bit / 8] ^= 0x80 >> bit % 8;
			KUNIT_EXPECT_EQ_MSG(test, vpc_prefix_has(&p, AF_INET6, &addr),
					    naive_has(&p, AF_INET6, &addr), "/%u, bit %u", p.len,
					    bit);
		}
	}
}

static void addr_prefix4(struct kunit *test)
{
	struct vpc_prefix p = { .addr.ip4 = htonl(0x0a010203), .family = AF_INET };
	struct vpc_addr addr;
	unsigned int bit;

	for (p.len = 0; p.len <= 32; p.len++) {
		for (bit = 0; bit < 32; bit++) {
			addr = vpc_addr4(p.addr.ip4 ^ htonl(1U << bit));
			KUNIT_EXPECT_EQ(test, vpc_prefix_has(&p, AF_INET, &addr),
					vpc_prefix4_has(&p, addr.ip4));
		}
	}
}

/* Both ends of each range and what is beside them. */
static void addr_private4(struct kunit *test)
{
	static const u32 ranges[][2] = {
		{ 0x0a000000, 0x0affffff }, { 0x64400000, 0x647fffff },
		{ 0xac100000, 0xac1fffff }, { 0xc0a80000, 0xc0a8ffff },
	};
	struct vpc_addr first, last, before, behind;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		first = vpc_addr4(htonl(ranges[i][0]));
		last = vpc_addr4(htonl(ranges[i][1]));
		before = vpc_addr4(htonl(ranges[i][0] - 1));
		behind = vpc_addr4(htonl(ranges[i][1] + 1));
		KUNIT_EXPECT_TRUE(test, vpc_addr_private(AF_INET, &first));
		KUNIT_EXPECT_TRUE(test, vpc_addr_private(AF_INET, &last));
		KUNIT_EXPECT_FALSE(test, vpc_addr_private(AF_INET, &before));
		KUNIT_EXPECT_FALSE(test, vpc_addr_private(AF_INET, &behind));
	}
}

static struct vpc_addr words(u32 a, u32 b, u32 c, u32 d)
{
	return (struct vpc_addr){ .ip6 = { htonl(a), htonl(b), htonl(c), htonl(d) } };
}

/* Which of the kinds @addr is, a bit each. */
static unsigned int kinds(struct vpc_addr addr)
{
	return vpc_addr6_unspecified(&addr) | vpc_addr6_loopback(&addr) << 1 |
	       vpc_addr6_multicast(&addr) << 2 | vpc_addr6_link_local(&addr) << 3 |
	       vpc_addr6_unique_local(&addr) << 4 | vpc_addr6_mapped(&addr) << 5 |
	       vpc_addr6_services(&addr) << 6;
}

static void addr_kinds(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kinds(words(0x20010db8, 0, 0, 1)), 0U);
	KUNIT_EXPECT_EQ(test, kinds(words(0, 0, 0, 0)), BIT(0));
	KUNIT_EXPECT_EQ(test, kinds(words(0, 0, 0, 1)), BIT(1));
	KUNIT_EXPECT_EQ(test, kinds(words(0, 0, 0, 2)), 0U);
	KUNIT_EXPECT_EQ(test, kinds(words(0, 0, 1, 1)), 0U);
	KUNIT_EXPECT_EQ(test, kinds(words(0xff020000, 0, 0, 1)), BIT(2));
	KUNIT_EXPECT_EQ(test, kinds(words(0xfeffffff, 0, 0, 1)), 0U);
	KUNIT_EXPECT_EQ(test, kinds(words(0xfe800000, 0, 0, 1)), BIT(3));
	KUNIT_EXPECT_EQ(test, kinds(words(0xfebfffff, 0, 0, 1)), BIT(3));
	KUNIT_EXPECT_EQ(test, kinds(words(0xfec00000, 0, 0, 1)), 0U);
	KUNIT_EXPECT_EQ(test, kinds(words(0xfc000000, 0, 0, 1)), BIT(4));
	KUNIT_EXPECT_EQ(test, kinds(words(0xfdffffff, 0, 0, 1)), BIT(4));
	KUNIT_EXPECT_EQ(test, kinds(words(0, 0, 0xffff, 0x0a000001)), BIT(5));
	KUNIT_EXPECT_EQ(test, kinds(words(0xfd000ec2, 0, 0, 0x253)), BIT(4) | BIT(6));
	KUNIT_EXPECT_EQ(test, kinds(words(0xfd000ec3, 0, 0, 0x253)), BIT(4));
}

static struct kunit_case addr_cases[] = {
	KUNIT_CASE(addr_prefix),
	KUNIT_CASE(addr_prefix4),
	KUNIT_CASE(addr_private4),
	KUNIT_CASE(addr_kinds),
	{}
};

static struct kunit_suite addr_suite = {
	.name = "vpc_addr",
	.test_cases = addr_cases,
};

kunit_test_suite(addr_suite);
