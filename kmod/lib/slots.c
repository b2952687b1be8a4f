// SPDX-License-Identifier: GPL-2.0
#include "slots.h"

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/slab.h>

#include "edit.h"

#define FANOUT	BIT(VPC_SLOTS_SHIFT)

/**
 * struct vpc_slots_node - a node
 * @edit: number of the edit that made it
 * @ptrs: nodes below or, at level 0, what the array holds
 */
struct vpc_slots_node {
	u64 edit;
	void *ptrs[FANOUT];
};

static unsigned int index_at(u32 slot, unsigned int level)
{
	return slot >> (level * VPC_SLOTS_SHIFT) & (FANOUT - 1);
}

void *vpc_slots_get(const struct vpc_slots *slots, u32 slot)
{
	const struct vpc_slots_node *node = slots->root;
	unsigned int level;

	if (slot >= VPC_SLOTS_MAX)
		return NULL;
	for (level = VPC_SLOTS_LEVELS - 1; node && level; level--)
		node = node->ptrs[index_at(slot, level)];
	return node ? node->ptrs[index_at(slot, 0)] : NULL;
}

/* The node at *@at, made the edit's own. */
static struct vpc_slots_node *node_own(struct vpc_slots_node **at, struct vpc_edit *edit)
{
	struct vpc_slots_node *old = *at, *new;

	if (old && old->edit == edit->id)
		return old;
	new = vpc_edit_alloc(edit, sizeof(*new));
	if (!new)
		return NULL;
	if (old) {
		if (vpc_edit_replace(edit, old))
			return NULL;
		*new = *old;
	}
	new->edit = edit->id;
	*at = new;
	return new;
}

int vpc_slots_set(struct vpc_slots *slots, struct vpc_edit *edit, u32 slot, void *ptr)
{
	struct vpc_slots_node **at = &slots->root, *node;
	unsigned int level;

	for (level = VPC_SLOTS_LEVELS - 1; ; level--) {
		node = node_own(at, edit);
		if (!node)
			return -ENOMEM;
		if (!level)
			break;
		at = (struct vpc_slots_node **)&node->ptrs[index_at(slot, level)];
	}
	node->ptrs[index_at(slot, 0)] = ptr;
	return 0;
}

static void node_destroy(struct vpc_slots_node *node)
{
	struct vpc_slots_node *mid;
	unsigned int i, j;

	/* Two levels of nodes below the root. */
	BUILD_BUG_ON(VPC_SLOTS_LEVELS != 3);
	for (i = 0; i < FANOUT; i++) {
		mid = node->ptrs[i];
		for (j = 0; mid && j < FANOUT; j++)
			kvfree(mid->ptrs[j]);
		kvfree(mid);
	}
	kvfree(node);
}

void vpc_slots_destroy(struct vpc_slots *slots)
{
	if (slots->root)
		node_destroy(slots->root);
	slots->root = NULL;
}
