// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "../lib/flowkey.c"

static const struct vpc_flow_key base = {
	.port = 3,
	.family = AF_INET,
	.proto = IPPROTO_TCP,
	.sport = cpu_to_be16(40000),
	.dport = cpu_to_be16(443),
	.src.ip4 = cpu_to_be32(0x0a00000a),
	.dst.ip4 = cpu_to_be32(0x34db3809),
};

static void flowkey_invert(struct kunit *test)
{
	struct vpc_flow_key inv, back;

	vpc_flow_key_invert(&inv, &base, 9);
	KUNIT_EXPECT_EQ(test, inv.port, 9U);
	KUNIT_EXPECT_EQ(test, inv.src.ip4, base.dst.ip4);
	KUNIT_EXPECT_EQ(test, inv.dst.ip4, base.src.ip4);
	KUNIT_EXPECT_EQ(test, inv.sport, base.dport);
	KUNIT_EXPECT_EQ(test, inv.dport, base.sport);
	vpc_flow_key_invert(&back, &inv, base.port);
	KUNIT_EXPECT_MEMEQ(test, &back, &base, sizeof(base));
}

/* The key is hashed and compared as memory: no hole, and every member counts. */
static void flowkey_members(struct kunit *test)
{
	u8 bytes[sizeof(struct vpc_flow_key)];
	unsigned int i;

	KUNIT_EXPECT_EQ(test, sizeof(struct vpc_flow_key), 44UL);
	for (i = 0; i < sizeof(bytes); i++) {
		memcpy(bytes, &base, sizeof(bytes));
		bytes[i] ^= 0x40;
		KUNIT_EXPECT_NE(test, vpc_flow_key_hash((void *)bytes, 1),
				vpc_flow_key_hash(&base, 1));
		KUNIT_EXPECT_EQ(test, vpc_flow_key_same_tuple((void *)bytes, &base),
				i < sizeof(base.port));
	}
	KUNIT_EXPECT_NE(test, vpc_flow_key_hash(&base, 1), vpc_flow_key_hash(&base, 2));
}

static struct kunit_case flowkey_cases[] = {
	KUNIT_CASE(flowkey_invert),
	KUNIT_CASE(flowkey_members),
	{}
};

static struct kunit_suite flowkey_suite = {
	.name = "vpc_flowkey",
	.test_cases = flowkey_cases,
};
kunit_test_suite(flowkey_suite);
