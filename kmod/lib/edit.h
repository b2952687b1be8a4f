/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_EDIT_H
#define _VPC_EDIT_H

#include <linux/types.h>

/*
 * Lifetime of what readers may see.
 *
 * Readers hold a published root and see nothing change below it. A writer works within an
 * edit: memory made by the edit is its own and may be changed in place until the edit is
 * committed; older memory is copied first and noted as replaced. On abort what was made is
 * freed, and the old roots are still whole. On commit what was replaced is freed, after a
 * grace period that the caller arranges. Single writer: the caller serialises.
 */

struct vpc_edit_chunk;

/**
 * struct vpc_edit_list - an unordered heap of pointers in page-sized chunks
 * @head: newest chunk
 * @count: pointers in it
 */
struct vpc_edit_list {
	struct vpc_edit_chunk *head;
	size_t count;
};

/**
 * struct vpc_edit - one change of persistent structures
 * @id: never reused within the module's life; nodes carry it as mark of ownership
 * @made: allocated by this edit
 * @replaced: to be freed when it commits
 * @fail_at: tests: the allocation that fails, counted from 1; 0 for none
 */
struct vpc_edit {
	u64 id;
	struct vpc_edit_list made;
	struct vpc_edit_list replaced;
	unsigned int fail_at;
};

void vpc_edit_begin(struct vpc_edit *edit, u64 id);

/* Zeroed memory that lives if the edit commits; NULL when there is none. GFP_KERNEL_ACCOUNT. */
void *vpc_edit_alloc(struct vpc_edit *edit, size_t size);

/**
 * vpc_edit_replace - note that committed @ptr is not needed once the edit commits
 *
 * Also takes memory that the same edit made. Return: 0 or -ENOMEM, then nothing is noted.
 */
int vpc_edit_replace(struct vpc_edit *edit, const void *ptr);

/* Free all that the edit made; what it replaced lives on. */
void vpc_edit_abort(struct vpc_edit *edit);

/* Keep what was made. Cannot fail. */
void vpc_edit_commit(struct vpc_edit *edit);

/* Free what a committed edit replaced, once no reader can see it. May sleep. */
void vpc_edit_reap(struct vpc_edit *edit);

#endif /* _VPC_EDIT_H */
