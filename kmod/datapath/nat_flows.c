// SPDX-License-Identifier: GPL-2.0
/*
 * How many flows each address of a NAT gateway has toward each destination. The count keeps NAT-6's
 * promise, and it is what makes the search for a free port short, see session_create.c.
 */

#include "nat_flows.h"

#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "../net.h"

static const struct rhashtable_params flows_params = {
	.head_offset = offsetof(struct vpc_nat_flows, node),
	.key_offset = offsetof(struct vpc_nat_flows, key),
	.key_len = sizeof(struct vpc_nat_flows_key),
	.automatic_shrinking = true,
};

static void flows_remove(struct vpc_net *vnet, struct vpc_nat_flows *flows)
{
	/* Whoever finds one that is on its way out helps it: only the first frees it. */
	if (!rhashtable_remove_fast(&vnet->sessions.nat_flows, &flows->node, flows_params))
		kfree_rcu(flows, rcu);
}

static struct vpc_nat_flows *flows_create(struct vpc_net *vnet, const struct vpc_nat_flows_key *key)
{
	struct vpc_nat_flows *flows = kzalloc(sizeof(*flows), GFP_ATOMIC), *old;

	if (!flows)
		return ERR_PTR(-ENOMEM);
	flows->key = *key;
	atomic_set(&flows->count, 1);
	old = rhashtable_lookup_get_insert_fast(&vnet->sessions.nat_flows, &flows->node,
						flows_params);
	if (!old)
		return flows;
	kfree(flows);
	return IS_ERR(old) ? old : NULL;	/* another CPU was quicker */
}

/* Add one unless that makes more than @max, or it is on its way out: then 0. */
static int flows_add(struct vpc_nat_flows *flows, int max)
{
	int old = atomic_read(&flows->count);

	do {
		if (!old || old >= max)
			return old;
	} while (!atomic_try_cmpxchg(&flows->count, &old, old + 1));
	return old;
}

enum vpc_drop vpc_nat_flows_get(struct vpc_net *vnet, const struct vpc_nat_flows_key *key,
				struct vpc_nat_flows **flows)
{
	int max = READ_ONCE(vnet->in_force.nat_flows), old;

	for (;;) {
		*flows = rhashtable_lookup(&vnet->sessions.nat_flows, key, flows_params);
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
			return old < max ? VPC_DROP_NONE : VPC_DROP_NAT_PORTS;
		flows_remove(vnet, *flows);
	}
}

void vpc_nat_flows_put(struct vpc_net *vnet, struct vpc_nat_flows *flows)
{
	if (atomic_dec_and_test(&flows->count))
		flows_remove(vnet, flows);
}

int vpc_nat_flows_init(struct vpc_net *vnet)
{
	return rhashtable_init(&vnet->sessions.nat_flows, &flows_params);
}

void vpc_nat_flows_exit(struct vpc_net *vnet)
{
	rhashtable_destroy(&vnet->sessions.nat_flows);
}
