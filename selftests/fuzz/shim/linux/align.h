/* SPDX-License-Identifier: GPL-2.0 */
#define ALIGN(x, a)	(((x) + (a) - 1) / (a) * (a))
