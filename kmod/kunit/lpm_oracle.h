/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_LPM_ORACLE_H
#define _VPC_LPM_ORACLE_H

#include <linux/string.h>
#include <linux/types.h>

#include "../lib/lpm.h"

/* What the trie must agree with: a list of prefixes, searched one by one and bit by bit. */
#define ORACLE_MAX	400

struct oracle {
	u8 key[ORACLE_MAX][VPC_LPM_MAX_BITS / 8];
	u8 plen[ORACLE_MAX];
	u64 value[ORACLE_MAX];
	unsigned int n;
};

static inline bool naive_covers(const u8 *prefix, u8 plen, const u8 *key)
{
	unsigned int i;

	for (i = 0; i < plen; i++)
		if ((prefix[i / 8] ^ key[i / 8]) & (0x80 >> i % 8))
			return false;
	return true;
}

static inline void naive_copy(u8 *prefix, const u8 *key, u8 plen)
{
	unsigned int i;

	memset(prefix, 0, VPC_LPM_MAX_BITS / 8);
	for (i = 0; i < plen; i++)
		prefix[i / 8] |= key[i / 8] & (0x80 >> i % 8);
}

static inline int oracle_find(const struct oracle *o, const u8 *key, u8 plen)
{
	unsigned int i;

	for (i = 0; i < o->n; i++)
		if (o->plen[i] == plen && naive_covers(o->key[i], plen, key))
			return i;
	return -1;
}

static inline int oracle_lookup(const struct oracle *o, const u8 *key)
{
	int best = -1;
	unsigned int i;

	for (i = 0; i < o->n; i++)
		if (naive_covers(o->key[i], o->plen[i], key) &&
		    (best < 0 || o->plen[i] > o->plen[best]))
			best = i;
	return best;
}

static inline void oracle_set(struct oracle *o, const u8 *key, u8 plen, u64 value)
{
	int i = oracle_find(o, key, plen);

	if (i < 0)
		i = o->n++;
	naive_copy(o->key[i], key, plen);
	o->plen[i] = plen;
	o->value[i] = value;
}

static inline void oracle_del(struct oracle *o, int i)
{
	o->n--;
	memcpy(o->key[i], o->key[o->n], sizeof(o->key[i]));
	o->plen[i] = o->plen[o->n];
	o->value[i] = o->value[o->n];
}

#endif /* _VPC_LPM_ORACLE_H */
