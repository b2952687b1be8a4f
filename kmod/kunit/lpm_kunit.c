// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/timekeeping.h>

#include "../lib/lpm.c"
#include "lpm_oracle.h"

/* Few distinct bytes, so that prefixes nest and part often. */
static void random_key(struct rnd_state *rnd, u8 *key, u8 bits)
{
	unsigned int i;

	for (i = 0; i < bits / 8; i++)
		key[i] = prandom_u32_state(rnd) & (i < 2 ? 0x81 : 0xff) &
			 (prandom_u32_state(rnd) | 0x80);
}

/* An address under a prefix of the oracle, or just beside it. */
static void near_key(const struct oracle *o, struct rnd_state *rnd, u8 *key, u8 bits)
{
	unsigned int i = prandom_u32_state(rnd) % o->n, bit = prandom_u32_state(rnd) % bits;

	memcpy(key, o->key[i], bits / 8);
	key[bit / 8] ^= 0x80 >> bit % 8;
}

/* Lookups, exact matches and the walk agree with the oracle. */
static void check_equal(struct kunit *test, const struct vpc_lpm *lpm, const struct oracle *o,
			struct rnd_state *rnd)
{
	u8 key[VPC_LPM_MAX_BITS / 8] = {}, last[VPC_LPM_MAX_BITS / 8] = {}, plen;
	struct vpc_lpm_iter iter = {};
	unsigned int i, n = 0;
	u8 last_plen = 0;
	u64 value;
	int found;

	KUNIT_ASSERT_EQ(test, lpm->count, o->n);
	for (i = 0; i < 50; i++) {
		if (i % 2 && o->n)
			near_key(o, rnd, key, lpm->bits);
		else
			random_key(rnd, key, lpm->bits);
		found = oracle_lookup(o, key);
		KUNIT_ASSERT_EQ(test, vpc_lpm_lookup(lpm, key, &value, &plen), found >= 0);
		if (found < 0)
			continue;
		KUNIT_ASSERT_EQ(test, value, o->value[found]);
		KUNIT_ASSERT_EQ(test, plen, o->plen[found]);
	}
	while (vpc_lpm_next(lpm, &iter)) {
		found = oracle_find(o, iter.key, iter.plen);
		KUNIT_ASSERT_GE(test, found, 0);
		KUNIT_ASSERT_EQ(test, iter.value, o->value[found]);
		if (n++) {
			int order = memcmp(last, iter.key, sizeof(last));

			KUNIT_ASSERT_TRUE(test, order < 0 || (!order && last_plen < iter.plen));
		}
		memcpy(last, iter.key, sizeof(last));
		last_plen = iter.plen;
	}
	KUNIT_ASSERT_EQ(test, n, o->n);
}

static void random_op(struct kunit *test, struct vpc_lpm *lpm, struct vpc_edit *edit,
		      struct oracle *o, struct rnd_state *rnd)
{
	u8 key[VPC_LPM_MAX_BITS / 8] = {};
	u8 plen = prandom_u32_state(rnd) % (lpm->bits + 1);
	u64 value = prandom_u32_state(rnd), got;
	bool added;
	int i;

	if (o->n && (prandom_u32_state(rnd) % 3 == 0 || o->n == ORACLE_MAX)) {
		i = prandom_u32_state(rnd) % o->n;
		KUNIT_ASSERT_TRUE(test, vpc_lpm_find(lpm, o->key[i], o->plen[i], &got));
		KUNIT_ASSERT_EQ(test, got, o->value[i]);
		KUNIT_ASSERT_EQ(test, vpc_lpm_del(lpm, edit, o->key[i], o->plen[i]), 0);
		KUNIT_ASSERT_EQ(test, vpc_lpm_del(lpm, edit, o->key[i], o->plen[i]), -ENOENT);
		oracle_del(o, i);
		return;
	}
	random_key(rnd, key, lpm->bits);
	i = oracle_find(o, key, plen);
	KUNIT_ASSERT_EQ(test, vpc_lpm_set(lpm, edit, key, plen, value, &added), 0);
	KUNIT_ASSERT_EQ(test, added, i < 0);
	oracle_set(o, key, plen, value);
}

/*
 * Edits of many operations, some aborted; the state before each edit is kept as a snapshot and
 * must not have moved when the edit is done.
 */
static void run_random(struct kunit *test, u8 bits, unsigned int edits)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(bits), before;
	struct oracle *o, *saved;
	u64 seed = get_random_u64();
	struct rnd_state rnd;
	struct vpc_edit edit;
	unsigned int i, n;

	o = kunit_kzalloc(test, sizeof(*o), GFP_KERNEL);
	saved = kunit_kzalloc(test, sizeof(*o), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, o);
	KUNIT_ASSERT_NOT_NULL(test, saved);
	kunit_info(test, "seed %llu", seed);
	prandom_seed_state(&rnd, seed);
	for (i = 0; i < edits; i++) {
		before = lpm;
		*saved = *o;
		vpc_edit_begin(&edit, i + 1);
		for (n = prandom_u32_state(&rnd) % 40; n; n--)
			random_op(test, &lpm, &edit, o, &rnd);
		check_equal(test, &lpm, o, &rnd);
		check_equal(test, &before, saved, &rnd);
		if (prandom_u32_state(&rnd) % 4 == 0) {
			vpc_edit_abort(&edit);
			lpm = before;
			*o = *saved;
		} else {
			vpc_edit_commit(&edit);
			check_equal(test, &before, saved, &rnd);
			vpc_edit_reap(&edit);
		}
		check_equal(test, &lpm, o, &rnd);
	}
	vpc_lpm_destroy(&lpm);
}

static void lpm_random_ipv4(struct kunit *test)
{
	run_random(test, 32, 150);
}

static void lpm_random_ipv6(struct kunit *test)
{
	run_random(test, 128, 80);
}

static void lpm_random_mac(struct kunit *test)
{
	run_random(test, 48, 80);
}

enum fail_op {
	FAIL_DEL,
	FAIL_CHANGE,	/* the value of a prefix that is there */
	FAIL_ABOVE,	/* a prefix of half the length */
	FAIL_BESIDE,	/* the prefix with its last bit turned */
	FAIL_CLEAR,
	FAIL_OPS
};

/* Operation @op at or about prefix @i of the oracle. */
static int fail_try(struct vpc_lpm *lpm, struct vpc_edit *edit, const struct oracle *o,
		    enum fail_op op, unsigned int i)
{
	u8 key[VPC_LPM_MAX_BITS / 8], plen = o->plen[i];

	memcpy(key, o->key[i], sizeof(key));
	switch (op) {
	case FAIL_DEL:
		return vpc_lpm_del(lpm, edit, key, plen);
	case FAIL_CHANGE:
		return vpc_lpm_set(lpm, edit, key, plen, ~o->value[i], NULL);
	case FAIL_ABOVE:
		return vpc_lpm_set(lpm, edit, key, plen / 2, 1, NULL);
	case FAIL_BESIDE:
		if (plen)
			key[(plen - 1) / 8] ^= 0x80 >> (plen - 1) % 8;
		return vpc_lpm_set(lpm, edit, key, plen, 1, NULL);
	default:
		return vpc_lpm_clear(lpm, edit);
	}
}

/* Fail every allocation of one operation in turn, until it succeeds. */
static void fail_each(struct kunit *test, struct vpc_lpm *lpm, const struct oracle *o,
		      enum fail_op op, unsigned int i, u64 *id)
{
	struct vpc_lpm before = *lpm, within;
	unsigned int n, warm = i % o->n;
	struct rnd_state rnd;
	struct vpc_edit edit;
	int err = -ENOMEM;

	prandom_seed_state(&rnd, *id);
	for (n = 1; err && n < 10000; n++) {
		vpc_edit_begin(&edit, ++*id);
		/* Half the edits own part of the path already, with nothing changed. */
		if (i % 2)
			KUNIT_ASSERT_EQ(test, vpc_lpm_set(lpm, &edit, o->key[warm], o->plen[warm],
							  o->value[warm], NULL), 0);
		within = *lpm;
		edit.fail_at = n;
		err = fail_try(lpm, &edit, o, op, i);
		if (err) {
			KUNIT_ASSERT_EQ(test, err, -ENOMEM);
			check_equal(test, lpm, o, &rnd);
			check_equal(test, &within, o, &rnd);
		}
		check_equal(test, &before, o, &rnd);
		vpc_edit_abort(&edit);
		*lpm = before;
		check_equal(test, lpm, o, &rnd);
	}
	KUNIT_ASSERT_EQ(test, err, 0);
}

/* Without memory an operation changes nothing, neither in older snapshots nor in its own. */
static void lpm_no_memory(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32);
	struct rnd_state rnd;
	struct vpc_edit edit;
	struct oracle *o;
	unsigned int i;
	u64 id = 1;

	o = kunit_kzalloc(test, sizeof(*o), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, o);
	prandom_seed_state(&rnd, 1);
	vpc_edit_begin(&edit, id);
	for (i = 0; i < 100; i++)
		random_op(test, &lpm, &edit, o, &rnd);
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
	for (i = 0; i < o->n; i++) {
		fail_each(test, &lpm, o, FAIL_DEL, i, &id);
		fail_each(test, &lpm, o, FAIL_CHANGE, i, &id);
		fail_each(test, &lpm, o, FAIL_ABOVE, i, &id);
		fail_each(test, &lpm, o, FAIL_BESIDE, i, &id);
	}
	fail_each(test, &lpm, o, FAIL_CLEAR, 0, &id);
	vpc_lpm_destroy(&lpm);
}

static void lpm_bounds(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32);
	static const u8 host[4] = { 192, 0, 2, 1 }, other[4] = { 192, 0, 2, 2 };
	struct vpc_edit edit;
	u64 value;
	u8 plen;

	KUNIT_EXPECT_FALSE(test, vpc_lpm_lookup(&lpm, host, &value, &plen));
	vpc_edit_begin(&edit, 1);
	KUNIT_EXPECT_EQ(test, vpc_lpm_set(&lpm, &edit, host, 0, 10, NULL), 0);
	KUNIT_EXPECT_TRUE(test, vpc_lpm_lookup(&lpm, other, &value, &plen));
	KUNIT_EXPECT_EQ(test, plen, 0);
	KUNIT_EXPECT_EQ(test, vpc_lpm_set(&lpm, &edit, host, 32, 42, NULL), 0);
	KUNIT_EXPECT_TRUE(test, vpc_lpm_lookup(&lpm, host, &value, &plen));
	KUNIT_EXPECT_EQ(test, value, 42ULL);
	KUNIT_EXPECT_EQ(test, plen, 32);
	KUNIT_EXPECT_TRUE(test, vpc_lpm_lookup(&lpm, other, &value, &plen));
	KUNIT_EXPECT_EQ(test, value, 10ULL);
	KUNIT_EXPECT_FALSE(test, vpc_lpm_find(&lpm, host, 31, &value));
	KUNIT_EXPECT_EQ(test, vpc_lpm_clear(&lpm, &edit), 0);
	KUNIT_EXPECT_FALSE(test, vpc_lpm_lookup(&lpm, host, &value, &plen));
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
}

struct route {
	u8 key[4];
	u8 plen;
};

/* The value of each is its place. In order: the walk must give them so. */
static const struct route nested[] = {
	{ { 0, 0, 0, 0 }, 0 },
	{ { 0, 0, 0, 0 }, 32 },
	{ { 10, 0, 0, 0 }, 8 },
	{ { 10, 0, 0, 0 }, 9 },
	{ { 10, 0, 0, 0 }, 32 },
	{ { 10, 0, 1, 0 }, 24 },
	{ { 10, 0, 1, 255 }, 32 },
	{ { 10, 128, 0, 0 }, 9 },
	{ { 192, 0, 2, 128 }, 25 },
	{ { 255, 255, 255, 255 }, 32 },
};

static const struct {
	u8 key[4];
	unsigned int want;
} nested_lookups[] = {
	{ { 0, 0, 0, 0 }, 1 },
	{ { 0, 0, 0, 1 }, 0 },
	{ { 9, 255, 255, 255 }, 0 },
	{ { 10, 0, 0, 0 }, 4 },
	{ { 10, 0, 0, 1 }, 3 },
	{ { 10, 0, 1, 0 }, 5 },
	{ { 10, 0, 1, 254 }, 5 },
	{ { 10, 0, 1, 255 }, 6 },
	{ { 10, 0, 2, 0 }, 3 },
	{ { 10, 127, 255, 255 }, 3 },
	{ { 10, 128, 0, 0 }, 7 },
	{ { 11, 0, 0, 0 }, 0 },
	{ { 192, 0, 2, 127 }, 0 },
	{ { 192, 0, 2, 128 }, 8 },
	{ { 255, 255, 255, 254 }, 0 },
	{ { 255, 255, 255, 255 }, 9 },
};

static void fill_nested(struct kunit *test, struct vpc_lpm *lpm)
{
	struct vpc_edit edit;
	int i;

	vpc_edit_begin(&edit, 1);
	for (i = ARRAY_SIZE(nested) - 1; i >= 0; i--)
		KUNIT_ASSERT_EQ(test, vpc_lpm_set(lpm, &edit, nested[i].key, nested[i].plen, i,
						  NULL), 0);
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
}

static void lpm_table(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32);
	u64 value;
	u8 plen;
	int i;

	fill_nested(test, &lpm);
	for (i = 0; i < ARRAY_SIZE(nested_lookups); i++) {
		unsigned int want = nested_lookups[i].want;

		KUNIT_ASSERT_TRUE(test, vpc_lpm_lookup(&lpm, nested_lookups[i].key, &value, &plen));
		KUNIT_EXPECT_EQ_MSG(test, value, (u64)want, "lookup %d", i);
		KUNIT_EXPECT_EQ_MSG(test, plen, nested[want].plen, "lookup %d", i);
	}
	vpc_lpm_destroy(&lpm);
}

/* The walk goes on from a prefix that is no longer there. */
static void lpm_walk_and_delete(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32);
	struct vpc_lpm_iter iter = {};
	struct vpc_edit edit;
	u64 n = 0;

	fill_nested(test, &lpm);
	vpc_edit_begin(&edit, 2);
	while (vpc_lpm_next(&lpm, &iter)) {
		KUNIT_ASSERT_EQ(test, iter.value, n);
		KUNIT_ASSERT_EQ(test, iter.plen, nested[n].plen);
		KUNIT_ASSERT_EQ(test, memcmp(iter.key, nested[n].key, 4), 0);
		KUNIT_ASSERT_EQ(test, vpc_lpm_del(&lpm, &edit, iter.key, iter.plen), 0);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, (u64)ARRAY_SIZE(nested));
	KUNIT_EXPECT_EQ(test, lpm.count, 0U);
	KUNIT_EXPECT_PTR_EQ(test, lpm.root, NULL);
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
}

/* The shortest and the longest prefix of every key length in use. */
static void lpm_key_lengths(struct kunit *test)
{
	static const u8 lengths[] = { 8, 32, 48, 128 };
	u8 key[VPC_LPM_MAX_BITS / 8], plen;
	struct vpc_edit edit;
	u64 value;
	int i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		struct vpc_lpm lpm = VPC_LPM_INIT(lengths[i]);

		memset(key, 0xff, sizeof(key));
		vpc_edit_begin(&edit, 1);
		KUNIT_ASSERT_EQ(test, vpc_lpm_set(&lpm, &edit, key, lengths[i], 1, NULL), 0);
		KUNIT_ASSERT_EQ(test, vpc_lpm_set(&lpm, &edit, key, 0, 2, NULL), 0);
		vpc_edit_commit(&edit);
		vpc_edit_reap(&edit);
		KUNIT_EXPECT_TRUE(test, vpc_lpm_lookup(&lpm, key, &value, &plen));
		KUNIT_EXPECT_EQ(test, plen, lengths[i]);
		key[lengths[i] / 8 - 1] = 0xfe;
		KUNIT_EXPECT_TRUE(test, vpc_lpm_lookup(&lpm, key, &value, &plen));
		KUNIT_EXPECT_EQ(test, plen, 0);
		KUNIT_EXPECT_FALSE(test, vpc_lpm_find(&lpm, key, lengths[i], &value));
		vpc_lpm_destroy(&lpm);
	}
}

#define MANY_ROUTES	100000
#define SINGLE_CHANGES	1000

/* Memory of the whole trie as the allocator rounds it. */
static size_t lpm_bytes(const struct vpc_lpm *lpm)
{
	struct vpc_lpm_node *stack[DEPTH], *node;
	size_t bytes = 0, depth = 0;
	int i;

	stack[depth++] = lpm->root;
	while (depth) {
		node = stack[--depth];
		bytes += ksize(node);
		for (i = 0; i < 2; i++)
			if (node_child(node, i))
				stack[depth++] = node_child(node, i);
	}
	return bytes;
}

/* The nodes that one change of a big table copies, at most. */
static void lpm_single(struct kunit *test, struct vpc_lpm *lpm, struct rnd_state *rnd)
{
	size_t most = 0;
	struct vpc_edit edit;
	bool added;
	u32 key;
	int i;

	for (i = 0; i < SINGLE_CHANGES; i++) {
		key = prandom_u32_state(rnd);
		vpc_edit_begin(&edit, 2 + 2 * i);
		KUNIT_ASSERT_EQ(test, vpc_lpm_set(lpm, &edit, &key, 32, i, &added), 0);
		most = max(most, edit.made.count);
		vpc_edit_commit(&edit);
		vpc_edit_reap(&edit);

		vpc_edit_begin(&edit, 3 + 2 * i);
		KUNIT_ASSERT_EQ(test, vpc_lpm_del(lpm, &edit, &key, 32), 0);
		most = max(most, edit.made.count);
		vpc_edit_commit(&edit);
		vpc_edit_reap(&edit);
	}
	kunit_info(test, "a single change copies %zu nodes at most", most);
	/* The path, the new leaf, and where the two part. */
	KUNIT_EXPECT_LE(test, most, (size_t)32 + 2);
}

/* One edit of many routes; says what a route costs. */
static void lpm_many(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32);
	struct vpc_edit edit;
	size_t per_route;
	struct rnd_state rnd;
	ktime_t start;
	s64 ns;
	u32 key;
	int i;

	prandom_seed_state(&rnd, 3);
	vpc_edit_begin(&edit, 1);
	start = ktime_get();
	for (i = 0; i < MANY_ROUTES; i++) {
		key = prandom_u32_state(&rnd);
		KUNIT_ASSERT_EQ(test, vpc_lpm_set(&lpm, &edit, &key, 8 + key % 25, i, NULL), 0);
	}
	ns = ktime_to_ns(ktime_sub(ktime_get(), start));
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
	per_route = lpm_bytes(&lpm) / lpm.count;
	kunit_info(test, "%u routes, %zu bytes each, %lld routes/s", lpm.count, per_route,
		   div64_s64((s64)MANY_ROUTES * NSEC_PER_SEC, ns));
	KUNIT_EXPECT_LE(test, per_route, (size_t)64);
	lpm_single(test, &lpm, &rnd);
	vpc_lpm_destroy(&lpm);
}

static struct kunit_case lpm_cases[] = {
	KUNIT_CASE(lpm_bounds),
	KUNIT_CASE(lpm_table),
	KUNIT_CASE(lpm_walk_and_delete),
	KUNIT_CASE(lpm_key_lengths),
	KUNIT_CASE(lpm_random_ipv4),
	KUNIT_CASE(lpm_random_ipv6),
	KUNIT_CASE(lpm_random_mac),
	KUNIT_CASE(lpm_no_memory),
	KUNIT_CASE(lpm_many),
	{}
};

static struct kunit_suite lpm_suite = {
	.name = "vpc_lpm",
	.test_cases = lpm_cases,
};

kunit_test_suite(lpm_suite);
