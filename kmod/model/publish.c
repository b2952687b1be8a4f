// SPDX-License-Identifier: GPL-2.0
#include "publish.h"

#include <linux/sched.h>
#include <linux/slab.h>

#include "../drain.h"
#include "../net.h"
#include "../port.h"
#include "../stats.h"
#include "address.h"
#include "endpoint.h"
#include "eni.h"
#include "gateway.h"
#include "nat_gateway.h"
#include "network_acl.h"
#include "nlb.h"
#include "prefix_list.h"
#include "rtb.h"
#include "security_group.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

/* The snapshot and what is of no other. */
static int replace_snap(struct vpc_txn *txn, const struct vpc_snap *snap)
{
	const struct vpc_snap_group *group;
	int err = 0;
	u8 i;

	if (snap->kind == VPC_KIND_SECURITY_GROUP) {
		group = container_of(snap, const struct vpc_snap_group, snap);
		for (i = 0; i < ARRAY_SIZE(group->policy) && !err; i++)
			err = vpc_policy_replace(&txn->edit, group->policy[i]);
	}
	return err ? err : vpc_edit_replace(&txn->edit, snap);
}

static int build_obj(struct vpc_txn *txn, struct vpc_obj *obj)
{
	struct vpc_snap *snap = NULL;

	if (!obj->slot)		/* an association: part of its subnet */
		return 0;
	if (!obj->dead) {
		snap = vpc_snap_build(txn, obj);
		if (!snap)
			return -ENOMEM;
		snap->id = obj->id;
		snap->slot = obj->slot;
		snap->kind = obj->kind;
		snap->gen = obj->bump || !obj->snap ? txn->root->gen : obj->snap->gen;
	}
	if (obj->snap && replace_snap(txn, obj->snap))
		return -ENOMEM;
	vpc_txn_set(txn, obj->snap, snap);
	if (txn->err)
		return txn->err;
	return vpc_slots_set(&txn->root->slots, &txn->edit, obj->slot, snap);
}

int vpc_publish_build(struct vpc_txn *txn)
{
	const struct vpc_root *old = rcu_dereference_protected(txn->vnet->root,
							lockdep_is_held(&txn->vnet->lock));
	struct vpc_obj *obj;
	int err;

	list_for_each_entry(obj, &txn->dirty, dirty) {
		err = build_obj(txn, obj);
		if (err)
			return err;
		cond_resched();
	}
	return vpc_edit_replace(&txn->edit, old);
}

void vpc_publish(struct vpc_txn *txn)
{
	txn->vnet->gen = txn->root->gen;
	rcu_assign_pointer(txn->vnet->root, txn->root);
}

int vpc_model_init(struct vpc_net *vnet)
{
	struct vpc_root *root;
	unsigned int i;

	mutex_init(&vnet->lock);
	INIT_LIST_HEAD(&vnet->txns);
	INIT_LIST_HEAD(&vnet->ports);
	vpc_drain_init(vnet);
	for (i = 0; i < ARRAY_SIZE(vnet->kinds); i++)
		INIT_LIST_HEAD(&vnet->kinds[i]);
	/* Slot 0 means none. */
	vnet->slot_hint = 1;
	vnet->slot_map = kvcalloc(BITS_TO_LONGS(VPC_SLOTS_MAX), sizeof(long), GFP_KERNEL);
	root = kvzalloc(sizeof(*root), GFP_KERNEL);
	if (!vnet->slot_map || !root) {
		kvfree(vnet->slot_map);
		kvfree(root);
		return -ENOMEM;
	}
	root->public4 = (struct vpc_lpm)VPC_LPM_INIT(32);
	root->public6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	root->probes = (struct vpc_lpm)VPC_LPM_INIT(32);
	RCU_INIT_POINTER(vnet->root, root);
	return 0;
}

static void free_acct(struct vpc_obj *obj)
{
	switch (obj->kind) {
	case VPC_KIND_VPC:
		vpc_acct_put(obj_to_vpc(obj)->acct);
		break;
	case VPC_KIND_ENI:
		vpc_acct_put(obj_to_eni(obj)->acct);
		break;
	case VPC_KIND_UPLINK:
		vpc_acct_put(obj_to_uplink(obj)->acct);
		break;
	case VPC_KIND_SERVICE:
		vpc_acct_put(obj_to_service(obj)->acct);
		break;
	case VPC_KIND_ENDPOINT:
		vpc_acct_put(obj_to_endpoint(obj)->acct);
		break;
	case VPC_KIND_NAT_GATEWAY:
		vpc_acct_put(obj_to_nat(obj)->acct);
		break;
	case VPC_KIND_NLB:
		vpc_acct_put(obj_to_nlb(obj)->acct);
		break;
	}
}

static struct vpc_port *obj_port(struct vpc_obj *obj)
{
	switch (obj->kind) {
	case VPC_KIND_ENI:
		return obj_to_eni(obj)->port;
	case VPC_KIND_UPLINK:
		return obj_to_uplink(obj)->port;
	case VPC_KIND_SERVICE:
		return obj_to_service(obj)->port;
	}
	return NULL;
}

static void free_group(struct vpc_group *group)
{
	struct vpc_group_rule *entry, *next;
	struct vpc_group_vpc *vpc, *next_vpc;
	const struct vpc_snap_group *snap;
	u8 i;

	list_for_each_entry_safe(entry, next, &group->rules, list)
		kvfree(entry);
	list_for_each_entry_safe(vpc, next_vpc, &group->vpcs, list)
		kvfree(vpc);
	snap = container_of(group->obj.snap, const struct vpc_snap_group, snap);
	for (i = 0; i < ARRAY_SIZE(snap->policy); i++)
		vpc_policy_destroy(snap->policy[i]);
}

static void free_list(struct vpc_list *pl)
{
	struct vpc_list_past *past, *next;
	struct vpc_lpm_iter iter = {};

	list_for_each_entry_safe(past, next, &pl->past, list) {
		kvfree(past->entry);
		kvfree(past);
	}
	while (vpc_lpm_next(&pl->entries, &iter)) {
		kvfree(vpc_list_entry(iter.value));
		cond_resched();
	}
	vpc_lpm_destroy(&pl->entries);
}

static void free_reservations(struct vpc_subnet *subnet)
{
	struct vpc_reservation *entry, *next;

	list_for_each_entry_safe(entry, next, &subnet->reservations, list)
		kvfree(entry);
}

/* The device was let go of before; hooks are through. */
static void free_obj(struct vpc_obj *obj)
{
	struct vpc_port *port = obj_port(obj);
	struct vpc_eni_address *address, *next_address;
	struct vpc_acl_entry *entry, *next_entry;
	struct vpc_list_ref *ref, *next;

	free_acct(obj);
	if (port)
		vpc_port_free(port);
	switch (obj->kind) {
	case VPC_KIND_VPC:
		vpc_lpm_destroy(&obj_to_vpc(obj)->cidr_map);
		vpc_lpm_destroy(&obj_to_vpc(obj)->cidr_map6);
		vpc_lpm_destroy(&obj_to_vpc(obj)->subnets);
		vpc_lpm_destroy(&obj_to_vpc(obj)->subnets6);
		vpc_lpm_destroy(&obj_to_vpc(obj)->addresses);
		vpc_lpm_destroy(&obj_to_vpc(obj)->addresses6);
		vpc_lpm_destroy(&obj_to_vpc(obj)->publics);
		vpc_lpm_destroy(&obj_to_vpc(obj)->macs);
		break;
	case VPC_KIND_SUBNET:
		free_reservations(obj_to_subnet(obj));
		break;
	case VPC_KIND_ENI:
		list_for_each_entry_safe(address, next_address, &obj_to_eni(obj)->addresses, list)
			kvfree(address);
		break;
	case VPC_KIND_ROUTE_TABLE:
		vpc_lpm_destroy(&obj_to_rtb(obj)->routes);
		vpc_lpm_destroy(&obj_to_rtb(obj)->routes6);
		list_for_each_entry_safe(ref, next, &obj_to_rtb(obj)->lists, list)
			kvfree(ref);
		break;
	case VPC_KIND_PREFIX_LIST:
		free_list(obj_to_list(obj));
		break;
	case VPC_KIND_ENDPOINT:
		kvfree(obj_to_endpoint(obj)->policy);
		kvfree(obj_to_endpoint(obj)->document);
		break;
	case VPC_KIND_SECURITY_GROUP:
		free_group(obj_to_group(obj));
		break;
	case VPC_KIND_NETWORK_ACL:
		list_for_each_entry_safe(entry, next_entry, &obj_to_acl(obj)->entries, list)
			kvfree(entry);
		break;
	}
	kvfree(obj->snap);
	kvfree(obj);
}

void vpc_model_exit(struct vpc_net *vnet)
{
	struct vpc_root *root = rcu_dereference_protected(vnet->root, 1);
	struct vpc_obj *obj, *next;
	unsigned int i;

	vpc_drain_exit(vnet);
	for (i = 0; i < ARRAY_SIZE(vnet->kinds); i++)
		list_for_each_entry_safe(obj, next, &vnet->kinds[i], list)
			free_obj(obj);
	vpc_lpm_destroy(&root->public4);
	vpc_lpm_destroy(&root->public6);
	vpc_lpm_destroy(&root->probes);
	vpc_slots_destroy(&root->slots);
	kvfree(root);
	kvfree(vnet->slot_map);
}
