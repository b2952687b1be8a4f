// SPDX-License-Identifier: GPL-2.0
/*
 * How many flows each address that stands for many has toward each destination: a NAT gateway's, or
 * the router's before an interface service. The count keeps NAT-6's promise, and it is what makes
 * the search for a free port short, see session_create.c.
 */

#include "dst_flows.h"

#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "../net.h"

static const struct rhashtable_params flows_params = {
	.head_offset = offsetof(struct vpc_dst_flows, node),
	.key_offset = offsetof(struct vpc_dst_flows, key),
	.key_len = sizeof(struct vpc_dst_flows_key),
	.automatic_shrinking = true,
};

static void flows_remove(struct vpc_net *vnet, struct vpc_dst_flows *flows)
{
	/* Whoever finds one that is on its way out helps it: only the first frees it. */
	if (!rhashtable_remove_fast(&vnet->sessions.dst_flows, &flows->node, flows_params))
		kfree_rcu(flows, rcu);
}

static struct vpc_dst_flows *flows_create(struct vpc_net *vnet, const struct vpc_dst_flows_key *key)
{
	struct vpc_dst_flows *flows = kzalloc(sizeof(*flows), GFP_ATOMIC), *old;

	if (!flows)
		return ERR_PTR(-ENOMEM);
	flows->key = *key;
	atomic_set(&flows->count, 1);
	old = rhashtable_lookup_get_insert_fast(&vnet->sessions.dst_flows, &flows->node,
						flows_params);
	if (!old)
		return flows;
	kfree(flows);
	return IS_ERR(old) ? old : NULL;	/* another CPU was quicker */
}

/* Add one unless that makes more than @max, or it is on its way out: then 0. */
static int flows_add(struct vpc_dst_flows *flows, int max)
{
	int old = atomic_read(&flows->count);

	do {
		if (!old || old >= max)
			return old;
	} while (!atomic_try_cmpxchg(&flows->count, &old, old + 1));
	return old;
}

enum vpc_drop vpc_dst_flows_get(struct vpc_net *vnet, const struct vpc_dst_flows_key *key,
				int max, enum vpc_drop full, struct vpc_dst_flows **flows)
{
	int old;

	for (;;) {
		*flows = rhashtable_lookup(&vnet->sessions.dst_flows, key, flows_params);
		if (!*flows) {
			*flows = flows_create(vnet, key);
			if (IS_ERR(*flows))
				return VPC_DROP_NO_MEMORY;
			if (*flows)
				return VPC_DROP_NONE;
			continue;
		}
		old = flows_add(*flows, max);
		if (old)
			return old < max ? VPC_DROP_NONE : full;
		flows_remove(vnet, *flows);
	}
}

void vpc_dst_flows_put(struct vpc_net *vnet, struct vpc_dst_flows *flows)
{
	if (atomic_dec_and_test(&flows->count))
		flows_remove(vnet, flows);
}

int vpc_dst_flows_init(struct vpc_net *vnet)
{
	return rhashtable_init(&vnet->sessions.dst_flows, &flows_params);
}

void vpc_dst_flows_exit(struct vpc_net *vnet)
{
	rhashtable_destroy(&vnet->sessions.dst_flows);
}
