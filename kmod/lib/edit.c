// SPDX-License-Identifier: GPL-2.0
#include "edit.h"

#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define CHUNK_PTRS	(PAGE_SIZE / sizeof(void *) - 1)

struct vpc_edit_chunk {
	struct vpc_edit_chunk *next;
	const void *ptrs[CHUNK_PTRS];
};

/* Room for one more pointer. */
static bool list_reserve(struct vpc_edit_list *list)
{
	struct vpc_edit_chunk *chunk;

	if (list->head && list->count < CHUNK_PTRS)
		return true;
	chunk = kmalloc(sizeof(*chunk), GFP_KERNEL_ACCOUNT);
	if (!chunk)
		return false;
	chunk->next = list->head;
	list->head = chunk;
	list->count = 0;
	return true;
}

/* Forget the pointers; free what they point to if @objects. */
static void list_drain(struct vpc_edit_list *list, bool objects)
{
	struct vpc_edit_chunk *chunk;
	size_t i;

	while ((chunk = list->head)) {
		for (i = 0; objects && i < list->count; i++)
			kvfree(chunk->ptrs[i]);
		list->head = chunk->next;
		list->count = CHUNK_PTRS;
		kfree(chunk);
		cond_resched();
	}
	list->count = 0;
}

static bool fails(struct vpc_edit *edit)
{
	return edit->fail_at && !--edit->fail_at;
}

void vpc_edit_begin(struct vpc_edit *edit, u64 id)
{
	*edit = (struct vpc_edit){ .id = id };
}

void *vpc_edit_alloc(struct vpc_edit *edit, size_t size)
{
	void *ptr;

	if (fails(edit) || !list_reserve(&edit->made))
		return NULL;
	ptr = kvzalloc(size, GFP_KERNEL_ACCOUNT);
	if (ptr)
		edit->made.head->ptrs[edit->made.count++] = ptr;
	return ptr;
}

int vpc_edit_replace(struct vpc_edit *edit, const void *ptr)
{
	if (fails(edit) || !list_reserve(&edit->replaced))
		return -ENOMEM;
	edit->replaced.head->ptrs[edit->replaced.count++] = ptr;
	return 0;
}

void vpc_edit_abort(struct vpc_edit *edit)
{
	list_drain(&edit->made, true);
	list_drain(&edit->replaced, false);
}

void vpc_edit_commit(struct vpc_edit *edit)
{
	list_drain(&edit->made, false);
}

void vpc_edit_reap(struct vpc_edit *edit)
{
	list_drain(&edit->replaced, true);
}
