/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_LINUX_SORT_H
#define _SHIM_LINUX_SORT_H

#include <stdlib.h>

static inline void sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *),
			void *swap)
{
	(void)swap;
	if (n)
		qsort(base, n, size, compare);
}

#endif /* _SHIM_LINUX_SORT_H */
