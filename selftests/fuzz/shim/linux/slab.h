/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_LINUX_SLAB_H
#define _SHIM_LINUX_SLAB_H

#include <linux/types.h>

/* Small, so that what is kept in pages has many of them. */
#define PAGE_SIZE		64UL

#define GFP_KERNEL_ACCOUNT	0

/**
 * struct shim_slab - the allocator as a target sees it
 * @fail_at: the allocation that fails, counted from 1; 0 for none
 * @live: allocations not freed
 */
struct shim_slab {
	unsigned int fail_at;
	unsigned int live;
};

extern struct shim_slab shim_slab;

void *kmalloc(size_t size, int gfp);
void *kvzalloc(size_t size, int gfp);
void kfree(const void *ptr);
void kvfree(const void *ptr);

#endif /* _SHIM_LINUX_SLAB_H */
