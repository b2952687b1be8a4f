/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_LINUX_JHASH_H
#define _SHIM_LINUX_JHASH_H

#include <linux/build_bug.h>
#include <linux/types.h>

/* Some hash, not the kernel's: no target depends on its values. */
static inline u32 jhash2(const u32 *words, u32 count, u32 seed)
{
	while (count--)
		seed = (seed ^ *words++) * 16777619;
	return seed;
}

#endif /* _SHIM_LINUX_JHASH_H */
