// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>

#include <stdlib.h>
#include <string.h>

struct shim_slab shim_slab;

void *kmalloc(size_t size, int gfp)
{
	void *ptr;

	if (shim_slab.fail_at && !--shim_slab.fail_at)
		return NULL;
	ptr = malloc(size);
	if (!ptr)
		abort();
	shim_slab.live++;
	/* Whoever forgets to initialise it finds something that is no pointer. */
	return memset(ptr, 0xa5, size);
}

void *kvzalloc(size_t size, int gfp)
{
	void *ptr = kmalloc(size, gfp);

	return ptr ? memset(ptr, 0, size) : NULL;
}

void kfree(const void *ptr)
{
	shim_slab.live -= !!ptr;
	free((void *)ptr);
}

void kvfree(const void *ptr)
{
	kfree(ptr);
}
