/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_NET_CHECKSUM_H
#define _SHIM_NET_CHECKSUM_H

#include <linux/string.h>
#include <linux/types.h>

/* The arithmetic of the kernel's header to the bit, down to which of the two zeros comes out. */

#define CSUM_MANGLED_0	((__force __sum16)0xffff)

static inline __sum16 csum_fold(__wsum csum)
{
	u32 sum = (__force u32)csum;

	return (__force __sum16)((~sum - (sum >> 16 | sum << 16)) >> 16);
}

static inline __wsum csum_unfold(__sum16 n)
{
	return (__force __wsum)n;
}

static inline __wsum csum_add(__wsum csum, __wsum addend)
{
	u32 res = (__force u32)csum;

	res += (__force u32)addend;
	return (__force __wsum)(res + (res < (__force u32)addend));
}

static inline __wsum csum_sub(__wsum csum, __wsum addend)
{
	return csum_add(csum, ~addend);
}

static inline __sum16 ip_fast_csum(const void *iph, unsigned int ihl)
{
	const u32 *word = iph;
	__wsum sum = 0;

	while (ihl--)
		sum = csum_add(sum, (__force __wsum)*word++);
	return csum_fold(sum);
}

/* Words in memory order; of an odd length the last byte counts as a word's first. */
static inline __wsum csum_partial(const void *buff, int len, __wsum sum)
{
	const u8 *p = buff;
	u16 word;

	for (; len > 1; len -= 2, p += 2) {
		memcpy(&word, p, 2);
		sum = csum_add(sum, (__force __wsum)(u32)word);
	}
	return len ? csum_add(sum, (__force __wsum)(u32)*p) : sum;
}

#endif /* _SHIM_NET_CHECKSUM_H */
