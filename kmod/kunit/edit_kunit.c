// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "../lib/edit.c"

/* More than one chunk of pointers. */
#define MANY	(3 * CHUNK_PTRS / 2)

static void edit_commit(struct kunit *test)
{
	struct vpc_edit edit;
	void **kept;
	int i;

	kept = kunit_kcalloc(test, MANY, sizeof(*kept), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, kept);
	vpc_edit_begin(&edit, 7);
	KUNIT_EXPECT_EQ(test, edit.id, 7ULL);
	for (i = 0; i < MANY; i++) {
		kept[i] = vpc_edit_alloc(&edit, 16);
		KUNIT_ASSERT_NOT_NULL(test, kept[i]);
		KUNIT_EXPECT_EQ(test, *(u64 *)kept[i], 0ULL);
		*(u64 *)kept[i] = i;
	}
	vpc_edit_commit(&edit);
	/* KASAN would tell if the commit had freed one. */
	for (i = 0; i < MANY; i++)
		KUNIT_EXPECT_EQ(test, *(u64 *)kept[i], (u64)i);

	vpc_edit_begin(&edit, 8);
	for (i = 0; i < MANY; i++)
		KUNIT_ASSERT_EQ(test, vpc_edit_replace(&edit, kept[i]), 0);
	vpc_edit_commit(&edit);
	for (i = 0; i < MANY; i++)
		KUNIT_EXPECT_EQ(test, *(u64 *)kept[i], (u64)i);
	vpc_edit_reap(&edit);
	KUNIT_EXPECT_PTR_EQ(test, edit.replaced.head, NULL);
}

static void edit_abort(struct kunit *test)
{
	struct vpc_edit edit;
	u64 *old;

	old = kzalloc(sizeof(*old), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, old);
	vpc_edit_begin(&edit, 9);
	KUNIT_EXPECT_NOT_NULL(test, vpc_edit_alloc(&edit, 100));
	KUNIT_EXPECT_EQ(test, vpc_edit_replace(&edit, old), 0);
	vpc_edit_abort(&edit);
	*old = 1;	/* still ours */
	KUNIT_EXPECT_PTR_EQ(test, edit.made.head, NULL);
	KUNIT_EXPECT_PTR_EQ(test, edit.replaced.head, NULL);
	kfree(old);
}

static void edit_fail(struct kunit *test)
{
	struct vpc_edit edit;

	vpc_edit_begin(&edit, 10);
	edit.fail_at = 2;
	KUNIT_EXPECT_NOT_NULL(test, vpc_edit_alloc(&edit, 8));
	KUNIT_EXPECT_NULL(test, vpc_edit_alloc(&edit, 8));
	KUNIT_EXPECT_NOT_NULL(test, vpc_edit_alloc(&edit, 8));
	edit.fail_at = 1;
	KUNIT_EXPECT_EQ(test, vpc_edit_replace(&edit, NULL), -ENOMEM);
	vpc_edit_abort(&edit);
}

static struct kunit_case edit_cases[] = {
	KUNIT_CASE(edit_commit),
	KUNIT_CASE(edit_abort),
	KUNIT_CASE(edit_fail),
	{}
};

static struct kunit_suite edit_suite = {
	.name = "vpc_edit",
	.test_cases = edit_cases,
};

kunit_test_suite(edit_suite);
