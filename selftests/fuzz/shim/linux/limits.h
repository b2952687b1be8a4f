/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_LINUX_LIMITS_H
#define _SHIM_LINUX_LIMITS_H

/* The kernel's own header for user space has the lengths of names and paths. */
#include_next <linux/limits.h>
#include <stdint.h>

#define U64_MAX UINT64_MAX

#endif /* _SHIM_LINUX_LIMITS_H */
