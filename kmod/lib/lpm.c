// SPDX-License-Identifier: GPL-2.0
#include "lpm.h"

#include <linux/align.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "edit.h"

/*
 * A binary trie with path compression. A node is a prefix and has a value, children, or both;
 * one without a value joins two children. Room is allocated for what a node has, so that an
 * IPv4 leaf (24 bytes) and a joint (32) both fit kmalloc-32: two of them make a route.
 *
 * Only the edit that made a node changes it, before any reader can see it. That is why readers
 * load children plainly. An operation changes what it finds only once it has all its memory.
 */
#define HAS_VALUE	0x1
#define HAS_CHILDREN	0x2

/**
 * struct vpc_lpm_node - a prefix
 * @edit: number of the edit that made it
 * @plen: length
 * @has: HAS_*
 * @klen: bytes in @key
 * @key: the prefix; bits beyond @plen are zero. Then, aligned, the value and the children
 */
struct vpc_lpm_node {
	u64 edit;
	u8 plen;
	u8 has;
	u8 klen;
	u8 key[];
};

/* Deepest path, for walks that keep a stack of nodes. */
#define DEPTH	(VPC_LPM_MAX_BITS + 2)

static size_t head_size(u8 klen)
{
	return ALIGN(offsetof(struct vpc_lpm_node, key) + klen, sizeof(u64));
}

static u64 *node_value(const struct vpc_lpm_node *node)
{
	return (void *)node + head_size(node->klen);
}

static struct vpc_lpm_node **node_children(const struct vpc_lpm_node *node)
{
	size_t value = node->has & HAS_VALUE ? sizeof(u64) : 0;

	return (void *)node + head_size(node->klen) + value;
}

static struct vpc_lpm_node *node_child(const struct vpc_lpm_node *node, unsigned int side)
{
	return node->has & HAS_CHILDREN ? node_children(node)[side] : NULL;
}

static unsigned int key_bit(const u8 *key, unsigned int bit)
{
	return key[bit / 8] >> (7 - bit % 8) & 1;
}

/* Leading bits that @a and @b share, at most @max. */
static unsigned int key_common(const u8 *a, const u8 *b, unsigned int max)
{
	unsigned int i, bits;
	u8 diff;

	for (i = 0; i * 8 < max; i++) {
		diff = a[i] ^ b[i];
		if (!diff)
			continue;
		bits = i * 8 + 8 - fls(diff);
		return min(bits, max);
	}
	return max;
}

static void key_copy(u8 *to, const u8 *key, u8 plen, u8 klen)
{
	unsigned int bytes = plen / 8;

	memset(to, 0, klen);
	memcpy(to, key, bytes);
	if (plen % 8)
		to[bytes] = key[bytes] & (u8)(0xff00 >> plen % 8);
}

static struct vpc_lpm_node *node_alloc(struct vpc_edit *edit, const u8 *key, u8 plen, u8 klen,
				       u8 has)
{
	size_t size = head_size(klen);
	struct vpc_lpm_node *node;

	if (has & HAS_VALUE)
		size += sizeof(u64);
	if (has & HAS_CHILDREN)
		size += 2 * sizeof(struct vpc_lpm_node *);
	node = vpc_edit_alloc(edit, size);
	if (!node)
		return NULL;
	node->edit = edit->id;
	node->plen = plen;
	node->has = has;
	node->klen = klen;
	key_copy(node->key, key, plen, klen);
	return node;
}

/* Put in place of *@at a node that the edit owns and that has what @has says, no less. */
static struct vpc_lpm_node *node_own(struct vpc_lpm_node **at, struct vpc_edit *edit, u8 has)
{
	struct vpc_lpm_node *old = *at, *new;

	if (old->edit == edit->id && old->has == has)
		return old;
	new = node_alloc(edit, old->key, old->plen, old->klen, has);
	if (!new || vpc_edit_replace(edit, old))
		return NULL;
	if (old->has & has & HAS_VALUE)
		*node_value(new) = *node_value(old);
	if (old->has & has & HAS_CHILDREN)
		memcpy(node_children(new), node_children(old), 2 * sizeof(new));
	*at = new;
	return new;
}

static bool node_covers(const struct vpc_lpm_node *node, const u8 *key, unsigned int plen)
{
	return node->plen <= plen && key_common(node->key, key, node->plen) == node->plen;
}

bool vpc_lpm_lookup(const struct vpc_lpm *lpm, const void *key, u64 *value, u8 *plen)
{
	const struct vpc_lpm_node *node = lpm->root, *best = NULL;

	while (node && node_covers(node, key, lpm->bits)) {
		if (node->has & HAS_VALUE)
			best = node;
		if (node->plen == lpm->bits)
			break;
		node = node_child(node, key_bit(key, node->plen));
	}
	if (!best)
		return false;
	*value = *node_value(best);
	if (plen)
		*plen = best->plen;
	return true;
}

bool vpc_lpm_find(const struct vpc_lpm *lpm, const void *key, u8 plen, u64 *value)
{
	const struct vpc_lpm_node *node = lpm->root;

	while (node && node_covers(node, key, plen)) {
		if (node->plen == plen) {
			if (node->has & HAS_VALUE)
				*value = *node_value(node);
			return node->has & HAS_VALUE;
		}
		node = node_child(node, key_bit(key, node->plen));
	}
	return false;
}

/* A new node with a value, in place of nothing or above the node that stands at *@at. */
static int insert_node(struct vpc_lpm *lpm, struct vpc_lpm_node **at, struct vpc_edit *edit,
		       const u8 *key, u8 plen, u64 value)
{
	struct vpc_lpm_node *below = *at, *node;

	node = node_alloc(edit, key, plen, lpm->bits / 8,
			  below ? HAS_VALUE | HAS_CHILDREN : HAS_VALUE);
	if (!node)
		return -ENOMEM;
	*node_value(node) = value;
	if (below)
		node_children(node)[key_bit(below->key, plen)] = below;
	*at = node;
	lpm->count++;
	return 0;
}

/* The prefix and the node at *@at part at bit @common: join them. */
static int insert_joint(struct vpc_lpm *lpm, struct vpc_lpm_node **at, struct vpc_edit *edit,
			const u8 *key, u8 plen, u64 value, u8 common)
{
	struct vpc_lpm_node *joint, **children, *below = *at;
	unsigned int side = key_bit(key, common);
	int err;

	joint = node_alloc(edit, key, common, lpm->bits / 8, HAS_CHILDREN);
	if (!joint)
		return -ENOMEM;
	children = node_children(joint);
	err = insert_node(lpm, &children[side], edit, key, plen, value);
	if (err)
		return err;
	children[!side] = below;
	*at = joint;
	return 0;
}

static int set_value(struct vpc_lpm *lpm, struct vpc_lpm_node **at, struct vpc_edit *edit,
		     u64 value, bool *added)
{
	struct vpc_lpm_node *node;

	*added = !((*at)->has & HAS_VALUE);
	node = node_own(at, edit, (*at)->has | HAS_VALUE);
	if (!node)
		return -ENOMEM;
	*node_value(node) = value;
	lpm->count += *added;
	return 0;
}

int vpc_lpm_set(struct vpc_lpm *lpm, struct vpc_edit *edit, const void *key, u8 plen, u64 value,
		bool *added)
{
	struct vpc_lpm_node **at = &lpm->root, *node;
	unsigned int common;
	bool ignored;

	if (!added)
		added = &ignored;
	*added = true;
	while ((node = *at)) {
		common = key_common(node->key, key, min(node->plen, plen));
		if (common < min(node->plen, plen))
			return insert_joint(lpm, at, edit, key, plen, value, common);
		if (plen < node->plen)
			break;
		if (plen == node->plen)
			return set_value(lpm, at, edit, value, added);
		node = node_own(at, edit, node->has | HAS_CHILDREN);
		if (!node)
			return -ENOMEM;
		at = &node_children(node)[key_bit(key, node->plen)];
	}
	return insert_node(lpm, at, edit, key, plen, value);
}

/* Take the value off the node at *@at; *@above is what holds it, NULL at the root. */
static int remove_value(struct vpc_lpm_node **at, struct vpc_lpm_node **above,
			struct vpc_edit *edit)
{
	struct vpc_lpm_node *node = *at, *parent = above ? *above : NULL;
	struct vpc_lpm_node *left = node_child(node, 0), *right = node_child(node, 1);

	if (left && right)
		return node_own(at, edit, HAS_CHILDREN) ? 0 : -ENOMEM;
	if (vpc_edit_replace(edit, node))
		return -ENOMEM;
	if (left || right || !parent || parent->has & HAS_VALUE) {
		*at = left ? left : right;
		return 0;
	}
	/* A joint of one is none: the other side takes its place. */
	if (vpc_edit_replace(edit, parent))
		return -ENOMEM;
	*above = node_child(parent, at == node_children(parent));
	return 0;
}

int vpc_lpm_del(struct vpc_lpm *lpm, struct vpc_edit *edit, const void *key, u8 plen)
{
	struct vpc_lpm_node **at = &lpm->root, **above = NULL, *node;
	u64 value;
	int err;

	if (!vpc_lpm_find(lpm, key, plen, &value))
		return -ENOENT;
	while ((*at)->plen < plen) {
		node = node_own(at, edit, (*at)->has);
		if (!node)
			return -ENOMEM;
		above = at;
		at = &node_children(node)[key_bit(key, node->plen)];
	}
	err = remove_value(at, above, edit);
	if (!err)
		lpm->count--;
	return err;
}

/* Call @fn for every node, parents first; stop at its first error. */
static int visit_nodes(struct vpc_lpm_node *root,
		       int (*fn)(struct vpc_lpm_node *node, struct vpc_edit *edit),
		       struct vpc_edit *edit)
{
	struct vpc_lpm_node *stack[DEPTH], *node, *left, *right;
	unsigned int n = 0;
	int err;

	if (root)
		stack[n++] = root;
	while (n) {
		node = stack[--n];
		left = node_child(node, 0);
		right = node_child(node, 1);
		if (right)
			stack[n++] = right;
		if (left)
			stack[n++] = left;
		err = fn(node, edit);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static int retire(struct vpc_lpm_node *node, struct vpc_edit *edit)
{
	return vpc_edit_replace(edit, node);
}

static int release(struct vpc_lpm_node *node, struct vpc_edit *edit)
{
	kvfree(node);
	return 0;
}

int vpc_lpm_clear(struct vpc_lpm *lpm, struct vpc_edit *edit)
{
	int err;

	err = visit_nodes(lpm->root, retire, edit);
	if (err)
		return err;
	lpm->root = NULL;
	lpm->count = 0;
	return 0;
}

void vpc_lpm_destroy(struct vpc_lpm *lpm)
{
	visit_nodes(lpm->root, release, NULL);
	lpm->root = NULL;
	lpm->count = 0;
}

/* First prefix of the subtree in order. */
static const struct vpc_lpm_node *node_first(const struct vpc_lpm_node *node)
{
	while (node && !(node->has & HAS_VALUE))
		node = node_child(node, 0);	/* a joint has both */
	return node;
}

static const struct vpc_lpm_node *node_after(const struct vpc_lpm_node *node, const u8 *key,
					     u8 plen)
{
	const struct vpc_lpm_node *next = NULL, *right;
	unsigned int common;

	while (node) {
		common = key_common(node->key, key, min(node->plen, plen));
		if (common < min(node->plen, plen))	/* parted: all of it after, or all before */
			return key_bit(node->key, common) ? node_first(node) : node_first(next);
		if (node->plen > plen)
			return node_first(node);
		right = node_child(node, 1);
		if (node->plen == plen) {
			if (node_child(node, 0))
				return node_first(node_child(node, 0));
			return node_first(right ? right : next);
		}
		if (!key_bit(key, node->plen) && right)
			next = right;
		node = node_child(node, key_bit(key, node->plen));
	}
	return node_first(next);
}

bool vpc_lpm_next(const struct vpc_lpm *lpm, struct vpc_lpm_iter *iter)
{
	const struct vpc_lpm_node *node;

	node = iter->started ? node_after(lpm->root, iter->key, iter->plen) :
			       node_first(lpm->root);
	iter->started = true;
	if (!node)
		return false;
	memcpy(iter->key, node->key, node->klen);
	iter->plen = node->plen;
	iter->value = *node_value(node);
	return true;
}
