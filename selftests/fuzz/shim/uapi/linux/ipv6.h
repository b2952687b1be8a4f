/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/ipv6.h>
