// SPDX-License-Identifier: GPL-2.0
#include "compat.h"

#include <linux/atomic.h>
#include <linux/kernel.h>

#ifdef VPC_EXTACK_FORMAT
#define EXTACK_BUFFERS	64
#define EXTACK_LEN	128

void vpc_extack_format(struct netlink_ext_ack *extack, const char *fmt, ...)
{
	static char buffers[EXTACK_BUFFERS][EXTACK_LEN];
	static atomic_t next;
	va_list args;
	char *buf;

	if (!extack)
		return;
	buf = buffers[(u32)atomic_inc_return(&next) % EXTACK_BUFFERS];
	va_start(args, fmt);
	vsnprintf(buf, EXTACK_LEN, fmt, args);
	va_end(args);
	extack->_msg = buf;
}
#endif
