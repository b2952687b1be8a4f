// SPDX-License-Identifier: GPL-2.0
/* Unit tests of the pure files; needs neither vpc.ko nor a device. */
#include <linux/module.h>

#include "../lib/reason.c"

MODULE_DESCRIPTION("KUnit tests of vpc");
MODULE_LICENSE("GPL");
