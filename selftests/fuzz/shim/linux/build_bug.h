/* SPDX-License-Identifier: GPL-2.0 */
#define BUILD_BUG_ON(cond)	_Static_assert(!(cond), "BUILD_BUG_ON(" #cond ")")
