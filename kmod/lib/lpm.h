/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_LPM_H
#define _VPC_LPM_H

#include <linux/types.h>

struct vpc_edit;
struct vpc_lpm_node;

/* Longest key in bits: an IPv6 address. */
#define VPC_LPM_MAX_BITS	128

/**
 * struct vpc_lpm - a persistent longest-prefix-match trie
 * @root: its top node; NULL when empty
 * @count: prefixes in it
 * @bits: key length, 1 to VPC_LPM_MAX_BITS; a multiple of 8
 *
 * A value: a copy of the struct is a snapshot that stays whole while writers go on (see
 * edit.h). Keys are big-endian byte strings of bits / 8 bytes. Values are 64-bit numbers.
 */
struct vpc_lpm {
	struct vpc_lpm_node *root;
	u32 count;
	u8 bits;
};

#define VPC_LPM_INIT(_bits)	{ .bits = (_bits) }

/**
 * vpc_lpm_lookup - longest prefix that covers @key
 * @plen: set to its length on success; may be NULL
 * Readers: any context, RCU. Return: true and *value when there is one.
 */
bool vpc_lpm_lookup(const struct vpc_lpm *lpm, const void *key, u64 *value, u8 *plen);

/* The value of exactly @key/@plen. */
bool vpc_lpm_find(const struct vpc_lpm *lpm, const void *key, u8 plen, u64 *value);

/**
 * vpc_lpm_set - add a prefix or change its value
 * @key: bits beyond @plen are ignored
 * @added: set to whether it was new; may be NULL
 * O(plen) whatever the size. Return: 0, or -ENOMEM: the edit can then only be aborted, and the
 * caller must put back the struct as it was before the edit; the nodes of that are whole.
 */
int vpc_lpm_set(struct vpc_lpm *lpm, struct vpc_edit *edit, const void *key, u8 plen, u64 value,
		bool *added);

/* Return: 0, -ENOENT, or -ENOMEM as vpc_lpm_set(). */
int vpc_lpm_del(struct vpc_lpm *lpm, struct vpc_edit *edit, const void *key, u8 plen);

/* Note every node as replaced and leave @lpm empty. Return: 0 or -ENOMEM as vpc_lpm_set(). May sleep. */
int vpc_lpm_clear(struct vpc_lpm *lpm, struct vpc_edit *edit);

/* Free a trie that no reader can see, without an edit. May sleep. */
void vpc_lpm_destroy(struct vpc_lpm *lpm);

/**
 * struct vpc_lpm_iter - a place in the order of (key, then shorter prefix first)
 * @key: prefix, bits beyond @plen zero
 * @value: its value
 * @plen: its length
 * @started: false before the first vpc_lpm_next()
 *
 * The cursor is the prefix, not a pointer: the trie may change between two steps.
 */
struct vpc_lpm_iter {
	u8 key[VPC_LPM_MAX_BITS / 8];
	u64 value;
	u8 plen;
	bool started;
};

/* Step to the prefix after *iter, in O(bits). Return: false at the end. Start with a zeroed iter. */
bool vpc_lpm_next(const struct vpc_lpm *lpm, struct vpc_lpm_iter *iter);

#endif /* _VPC_LPM_H */
