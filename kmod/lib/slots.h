/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SLOTS_H
#define _VPC_SLOTS_H

#include <linux/types.h>

struct vpc_edit;
struct vpc_slots_node;

#define VPC_SLOTS_SHIFT		6
#define VPC_SLOTS_LEVELS	3
/* Slot numbers are below this; 0 is never given out and means "none". */
#define VPC_SLOTS_MAX		(1U << (VPC_SLOTS_SHIFT * VPC_SLOTS_LEVELS))

/**
 * struct vpc_slots - a persistent array of pointers (a radix tree of fixed height)
 * @root: top node; NULL when nothing was ever set
 *
 * A value like struct vpc_lpm: a copy is a snapshot.
 */
struct vpc_slots {
	struct vpc_slots_node *root;
};

/* What stands at @slot, NULL for none or a number out of range. Readers: any context, RCU. */
void *vpc_slots_get(const struct vpc_slots *slots, u32 slot);

/*
 * Put @ptr (or NULL) at @slot < VPC_SLOTS_MAX. Return: 0 or -ENOMEM: then the edit can only be
 * aborted, as with vpc_lpm_set().
 */
int vpc_slots_set(struct vpc_slots *slots, struct vpc_edit *edit, u32 slot, void *ptr);

/* Free the array (not what it points to) when no reader can see it. */
void vpc_slots_destroy(struct vpc_slots *slots);

#endif /* _VPC_SLOTS_H */
