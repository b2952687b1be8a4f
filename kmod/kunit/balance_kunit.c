// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/random.h>

#include "../lib/balance.h"

#define FLOWS	20000
#define TARGETS	10

/* Targets have random ids, as objects of the model do. */
static void make_ids(u64 *ids, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		ids[i] = get_random_u64();
}

/* Who gets the flow with @hash, of @n but without number @gone. */
static unsigned int pick(u32 hash, const u64 *ids, unsigned int n, unsigned int gone)
{
	struct vpc_balance balance = { .hash = hash };
	unsigned int i, best = n;

	for (i = 0; i < n; i++)
		if (i != gone && vpc_balance_offer(&balance, ids[i]))
			best = i;
	return best;
}

static void balance_none(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pick(1, NULL, 0, 0), 0);
}

/* A share is 2000 of 20000, with a standard deviation of 42. */
static void balance_even(struct kunit *test)
{
	unsigned int counts[TARGETS] = {}, i;
	u64 ids[TARGETS];

	make_ids(ids, TARGETS);
	for (i = 0; i < FLOWS; i++)
		counts[pick(i * 2654435761U, ids, TARGETS, TARGETS)]++;
	for (i = 0; i < TARGETS; i++) {
		KUNIT_EXPECT_GT(test, counts[i], FLOWS / TARGETS - 300);
		KUNIT_EXPECT_LT(test, counts[i], FLOWS / TARGETS + 300);
	}
}

/* Without one of them its flows move, and no other: about 1/N. */
static void balance_moves_its_own(struct kunit *test)
{
	unsigned int i, before, after, moved = 0;
	u64 ids[TARGETS];

	make_ids(ids, TARGETS);
	for (i = 0; i < FLOWS; i++) {
		before = pick(i * 2654435761U, ids, TARGETS, TARGETS);
		after = pick(i * 2654435761U, ids, TARGETS, 3);
		KUNIT_EXPECT_NE(test, after, 3);
		if (before == 3)
			moved++;
		else
			KUNIT_EXPECT_EQ(test, before, after);
	}
	KUNIT_EXPECT_GT(test, moved, FLOWS / TARGETS - 300);
	KUNIT_EXPECT_LT(test, moved, FLOWS / TARGETS + 300);
}

/* Nor does it matter in which order they come. */
static void balance_order(struct kunit *test)
{
	u64 ids[TARGETS], turned[TARGETS];
	unsigned int i;

	make_ids(ids, TARGETS);
	for (i = 0; i < TARGETS; i++)
		turned[i] = ids[TARGETS - 1 - i];
	for (i = 0; i < 1000; i++)
		KUNIT_EXPECT_EQ(test, ids[pick(i, ids, TARGETS, TARGETS)],
				turned[pick(i, turned, TARGETS, TARGETS)]);
}

static struct kunit_case balance_cases[] = {
	KUNIT_CASE(balance_none),
	KUNIT_CASE(balance_even),
	KUNIT_CASE(balance_moves_its_own),
	KUNIT_CASE(balance_order),
	{}
};

static struct kunit_suite balance_suite = {
	.name = "vpc_balance",
	.test_cases = balance_cases,
};

kunit_test_suite(balance_suite);
