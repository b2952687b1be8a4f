/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_LINUX_TYPES_H
#define _SHIM_LINUX_TYPES_H

/* The kernel's own header for user space has the __be16 and the like. */
#include_next <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

#define __force

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s16 s16;

#endif /* _SHIM_LINUX_TYPES_H */
