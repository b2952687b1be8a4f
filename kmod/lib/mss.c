// SPDX-License-Identifier: GPL-2.0
#include "mss.h"

#include <linux/align.h>
#include <linux/bitops.h>
#include <net/checksum.h>
#include <uapi/linux/tcp.h>

#define TCPOPT_EOL		0
#define TCPOPT_NOP		1
#define TCPOPT_MSS		2
#define TCPOLEN_MSS		4

/* The MSS option, or NULL. */
static u8 *mss_option(struct tcphdr *th)
{
	u8 *opt = (u8 *)(th + 1), *end = (u8 *)th + th->doff * 4;

	while (opt < end && *opt != TCPOPT_EOL) {
		if (*opt == TCPOPT_NOP) {
			opt++;
			continue;
		}
		if (opt + 1 >= end || opt[1] < 2 || opt + opt[1] > end)
			break;
		if (opt[0] == TCPOPT_MSS && opt[1] == TCPOLEN_MSS)
			return opt;
		opt += opt[1];
	}
	return NULL;
}

void vpc_mss_clamp(struct tcphdr *th, u16 mss, bool partial)
{
	u8 *opt = mss_option(th);
	unsigned int start, len;
	__wsum diff;

	if (!opt || (opt[2] << 8 | opt[3]) <= mss)
		return;
	/* The option may lie at an odd offset, the sum is one of whole words. */
	start = (opt - (u8 *)th) & ~1;
	len = ALIGN(opt + TCPOLEN_MSS - ((u8 *)th + start), 2);
	diff = csum_partial((u8 *)th + start, len, 0);
	opt[2] = mss >> 8;
	opt[3] = mss & 0xff;
	diff = csum_sub(csum_partial((u8 *)th + start, len, 0), diff);
	if (!partial)
		th->check = csum_fold(csum_add(diff, ~csum_unfold(th->check)));	/* RFC 1624 */
}
