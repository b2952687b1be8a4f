/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _FUZZ_H
#define _FUZZ_H

#include <linux/string.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

#define CHECK(cond) do {							\
	if (!(cond)) {								\
		fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #cond);\
		abort();							\
	}									\
} while (0)

/**
 * struct input - what is left of a target's input
 * @data: next byte
 * @left: bytes left
 */
struct input {
	const u8 *data;
	size_t left;
};

/* Zero when nothing is left: a shorter input is a simpler one. */
static inline u8 take8(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->data++;
}

static inline u16 take16(struct input *in)
{
	u16 high = take8(in);

	return high << 8 | take8(in);
}

static inline void take_bytes(struct input *in, u8 *to, size_t n)
{
	while (n--)
		*to++ = take8(in);
}

/* In memory of just that size: ASan sees an access one byte too far. */
static inline u8 *copy_of(const u8 *data, size_t size)
{
	u8 *copy = malloc(size);

	CHECK(copy);
	return memcpy(copy, data, size);
}

static inline u16 get16(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static inline void put16(u8 *p, u16 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

/* RFC 1071 by the letter: words in network order, an odd byte padded with zero. */
static inline u16 sum_bytes(const u8 *p, size_t len, u32 sum)
{
	size_t i;

	for (i = 0; i < len; i++) {
		sum += i % 2 ? p[i] : p[i] << 8;
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return (sum & 0xffff) + (sum >> 16);
}

#endif /* _FUZZ_H */
