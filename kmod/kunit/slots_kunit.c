// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>
#include <linux/random.h>

#include "../lib/slots.c"

static void *tag(u32 n)
{
	return (void *)(unsigned long)(n * 8 + 8);
}

static void slots_bounds(struct kunit *test)
{
	static const u32 at[] = { 0, 1, 63, 64, 4095, 4096, VPC_SLOTS_MAX - 1 };
	struct vpc_slots slots = {};
	struct vpc_edit edit;
	int i;

	KUNIT_EXPECT_NULL(test, vpc_slots_get(&slots, 0));
	vpc_edit_begin(&edit, 1);
	for (i = 0; i < ARRAY_SIZE(at); i++)
		KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &edit, at[i], tag(i)), 0);
	vpc_edit_commit(&edit);
	for (i = 0; i < ARRAY_SIZE(at); i++)
		KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&slots, at[i]), tag(i));
	KUNIT_EXPECT_NULL(test, vpc_slots_get(&slots, 2));
	KUNIT_EXPECT_NULL(test, vpc_slots_get(&slots, 65));
	KUNIT_EXPECT_NULL(test, vpc_slots_get(&slots, VPC_SLOTS_MAX));
	KUNIT_EXPECT_NULL(test, vpc_slots_get(&slots, U32_MAX));
	vpc_edit_reap(&edit);
	vpc_slots_destroy(&slots);
}

/* A snapshot stays as it was, whether the edit after it commits or not. */
static void slots_snapshot(struct kunit *test)
{
	struct vpc_slots slots = {}, before, between;
	struct vpc_edit first, second, third;

	vpc_edit_begin(&first, 1);
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &first, 5, tag(5)), 0);
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &first, 5000, tag(6)), 0);
	vpc_edit_commit(&first);
	before = slots;

	vpc_edit_begin(&second, 2);
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &second, 5, NULL), 0);
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &second, 6, tag(7)), 0);
	KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&before, 5), tag(5));
	KUNIT_EXPECT_NULL(test, vpc_slots_get(&before, 6));
	vpc_edit_abort(&second);
	slots = before;
	KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&slots, 5), tag(5));

	vpc_edit_begin(&third, 3);
	between = slots;
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &third, 5, tag(8)), 0);
	vpc_edit_commit(&third);
	KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&between, 5), tag(5));
	KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&slots, 5), tag(8));
	KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&slots, 5000), tag(6));
	vpc_edit_reap(&first);
	vpc_edit_reap(&third);
	vpc_slots_destroy(&slots);
}

static void slots_no_memory(struct kunit *test)
{
	struct vpc_slots slots = {}, before;
	struct vpc_edit edit;
	unsigned int n;
	int err;

	vpc_edit_begin(&edit, 1);
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&slots, &edit, 9, tag(9)), 0);
	vpc_edit_commit(&edit);
	before = slots;
	for (n = 1, err = -ENOMEM; err; n++) {
		vpc_edit_begin(&edit, n + 1);
		edit.fail_at = n;
		err = vpc_slots_set(&slots, &edit, 9, tag(n));
		if (!err)
			break;
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
		vpc_edit_abort(&edit);
		slots = before;
		KUNIT_EXPECT_PTR_EQ(test, vpc_slots_get(&slots, 9), tag(9));
	}
	KUNIT_EXPECT_GT(test, n, 3U);
	vpc_edit_commit(&edit);
	vpc_edit_reap(&edit);
	vpc_slots_destroy(&slots);
}

static struct kunit_case slots_cases[] = {
	KUNIT_CASE(slots_bounds),
	KUNIT_CASE(slots_snapshot),
	KUNIT_CASE(slots_no_memory),
	{}
};

static struct kunit_suite slots_suite = {
	.name = "vpc_slots",
	.test_cases = slots_cases,
};

kunit_test_suite(slots_suite);
