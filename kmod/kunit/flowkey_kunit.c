// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "../lib/flowkey.c"

static struct vpc_flow_key key4(void)
{
	return (struct vpc_flow_key){
		.port = 7,
		.family = AF_INET,
		.proto = IPPROTO_TCP,
		.sport = htons(40000),
		.dport = htons(443),
		.src = vpc_addr4(htonl(0x0a000005)),
		.dst = vpc_addr4(htonl(0xc0000221)),
	};
}

static struct vpc_flow_key key6(void)
{
	struct vpc_flow_key key = key4();
	unsigned int i;

	key.family = AF_INET6;
	for (i = 0; i < sizeof(key.src); i++) {
		key.src.bytes[i] = i + 1;
		key.dst.bytes[i] = 0xff - i;
	}
	return key;
}

static void flip(struct vpc_flow_key *key, unsigned int bit)
{
	((u8 *)key)[bit / 8] ^= 1 << (bit % 8);
}

static void flowkey_invert_one(struct kunit *test, const struct vpc_flow_key *key)
{
	struct vpc_flow_key inv, back;

	/* Whatever was there before, padding included. */
	memset(&inv, 0xa5, sizeof(inv));
	memset(&back, 0x5a, sizeof(back));
	vpc_flow_key_invert(&inv, key, 9);
	KUNIT_EXPECT_EQ(test, inv.port, 9U);
	KUNIT_EXPECT_EQ(test, inv.family, key->family);
	KUNIT_EXPECT_EQ(test, inv.proto, key->proto);
	KUNIT_EXPECT_EQ(test, inv.pad, 0);
	KUNIT_EXPECT_EQ(test, ntohs(inv.sport), ntohs(key->dport));
	KUNIT_EXPECT_EQ(test, ntohs(inv.dport), ntohs(key->sport));
	KUNIT_EXPECT_TRUE(test, vpc_addr_equal(&inv.src, &key->dst));
	KUNIT_EXPECT_TRUE(test, vpc_addr_equal(&inv.dst, &key->src));
	KUNIT_EXPECT_FALSE(test, vpc_flow_key_same_tuple(&inv, key));

	vpc_flow_key_invert(&back, &inv, key->port);
	KUNIT_EXPECT_EQ(test, memcmp(&back, key, sizeof(back)), 0);
}

static void flowkey_invert(struct kunit *test)
{
	struct vpc_flow_key v4 = key4(), v6 = key6();

	flowkey_invert_one(test, &v4);
	flowkey_invert_one(test, &v6);
}

/* An address may well talk to itself. */
static void flowkey_symmetric(struct kunit *test)
{
	struct vpc_flow_key key = key4(), inv;

	key.dst = key.src;
	vpc_flow_key_invert(&inv, &key, key.port);
	KUNIT_EXPECT_FALSE(test, vpc_flow_key_same_tuple(&inv, &key));
	key.dport = key.sport;
	vpc_flow_key_invert(&inv, &key, key.port);
	KUNIT_EXPECT_TRUE(test, vpc_flow_key_same_tuple(&inv, &key));
}

static void flowkey_same_tuple(struct kunit *test)
{
	unsigned int bit, first = sizeof(u32) * 8;
	struct vpc_flow_key key = key6(), other;

	BUILD_BUG_ON(offsetof(struct vpc_flow_key, port));
	for (bit = 0; bit < sizeof(key) * 8; bit++) {
		other = key;
		flip(&other, bit);
		KUNIT_EXPECT_EQ_MSG(test, vpc_flow_key_same_tuple(&key, &other), bit < first,
				    "bit %u", bit);
	}
}

/* No bit of the key is left out of the hash. */
static void flowkey_hash(struct kunit *test)
{
	struct vpc_flow_key key = key6(), other = key6();
	u32 hash = vpc_flow_key_hash(&key, 1);
	unsigned int bit;

	KUNIT_EXPECT_EQ(test, vpc_flow_key_hash(&other, 1), hash);
	KUNIT_EXPECT_NE(test, vpc_flow_key_hash(&key, 2), hash);
	for (bit = 0; bit < sizeof(key) * 8; bit++) {
		other = key;
		flip(&other, bit);
		KUNIT_EXPECT_NE_MSG(test, vpc_flow_key_hash(&other, 1), hash, "bit %u", bit);
	}
}

static struct kunit_case flowkey_cases[] = {
	KUNIT_CASE(flowkey_invert),
	KUNIT_CASE(flowkey_symmetric),
	KUNIT_CASE(flowkey_same_tuple),
	KUNIT_CASE(flowkey_hash),
	{}
};

static struct kunit_suite flowkey_suite = {
	.name = "vpc_flowkey",
	.test_cases = flowkey_cases,
};

kunit_test_suite(flowkey_suite);
