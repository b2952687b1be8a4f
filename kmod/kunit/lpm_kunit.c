// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/timekeeping.h>

#include "../lib/lpm.c"

/* The oracle: a list of prefixes and linear search. */
#define ORACLE_MAX	400

struct oracle {
	u8 key[ORACLE_MAX][VPC_LPM_MAX_BITS / 8];
	u8 plen[ORACLE_MAX];
	u64 value[ORACLE_MAX];
	unsigned int n;
};

static bool naive_covers(const u8 *prefix, u8 plen, const u8 *key)
{
	unsigned int i;

	for (i = 0; i < plen; i++)
		if ((prefix[i / 8] ^ key[i / 8]) & (0x80 >> i % 8))
			return false;
	return true;
}

static int oracle_find(const struct oracle *o, const u8 *key, u8 plen)
{
	unsigned int i;

	for (i = 0; i < o->n; i++)
		if (o->plen[i] == plen && naive_covers(o->key[i], plen, key))
			return i;
	return -1;
}

static int oracle_lookup(const struct oracle *o, const u8 *key)
{
	int best = -1;
	unsigned int i;

	for (i = 0; i < o->n; i++)
		if (naive_covers(o->key[i], o->plen[i], key) &&
		    (best < 0 || o->plen[i] > o->plen[best]))
			best = i;
	return best;
}

static void oracle_set(struct oracle *o, const u8 *key, u8 plen, u64 value)
{
	int i = oracle_find(o, key, plen);

	if (i < 0)
		i = o->n++;
	key_copy(o->key[i], key, plen, sizeof(o->key[i]));
	o->plen[i] = plen;
	o->value[i] = value;
}

static void oracle_del(struct oracle *o, int i)
{
	o->n--;
	memcpy(o->key[i], o->key[o->n], sizeof(o->key[i]));
	o->plen[i] = o->plen[o->n];
	o->value[i] = o->value[o->n];
}

/* Few distinct bytes, so that prefixes nest and part often. */
static void random_key(struct rnd_state *rnd, u8 *key, u8 bits)
{
	unsigned int i;

	for (i = 0; i < bits / 8; i++)
		key[i] = prandom_u32_state(rnd) & (i < 2 ? 0x81 : 0xff) &
			 (prandom_u32_state(rnd) | 0x80);
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

/* What each step of a set or a delete would do without memory: nothing to older snapshots. */
static void lpm_no_memory(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32), before;
	struct oracle *o;
	struct rnd_state rnd;
	struct vpc_edit edit;
	unsigned int i, n;
	int err;

	o = kunit_kzalloc(test, sizeof(*o), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, o);
	prandom_seed_state(&rnd, 1);
	vpc_edit_begin(&edit, 1);
	for (i = 0; i < 100; i++)
		random_op(test, &lpm, &edit, o, &rnd);
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
	before = lpm;
	for (i = 0; i < 2 * o->n; i++) {
		for (n = 1, err = -ENOMEM; err; n++) {
			vpc_edit_begin(&edit, 1000 * i + n + 1);
			edit.fail_at = n;
			if (i % 2)
				err = vpc_lpm_del(&lpm, &edit, o->key[i / 2], o->plen[i / 2]);
			else
				err = vpc_lpm_set(&lpm, &edit, o->key[i / 2],
						  o->plen[i / 2] / 2, 1, NULL);
			vpc_edit_abort(&edit);
			lpm = before;
			check_equal(test, &lpm, o, &rnd);
		}
	}
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

#define MANY_ROUTES	20000

/* One edit of many routes; says what a route costs. */
static void lpm_many(struct kunit *test)
{
	struct vpc_lpm lpm = VPC_LPM_INIT(32);
	struct vpc_lpm_node *stack[DEPTH];
	size_t bytes = 0, depth = 0;
	struct vpc_edit edit;
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
	stack[depth++] = lpm.root;
	while (depth) {
		struct vpc_lpm_node *node = stack[--depth];

		bytes += ksize(node);
		for (i = 0; i < 2; i++)
			if (node_child(node, i))
				stack[depth++] = node_child(node, i);
	}
	kunit_info(test, "%u routes, %zu bytes each, %lld routes/s", lpm.count,
		   bytes / lpm.count, div64_s64((s64)MANY_ROUTES * NSEC_PER_SEC, ns));
	KUNIT_EXPECT_LE(test, bytes / lpm.count, (size_t)64);
	vpc_lpm_destroy(&lpm);
}

static struct kunit_case lpm_cases[] = {
	KUNIT_CASE(lpm_bounds),
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
