// SPDX-License-Identifier: GPL-2.0
/*
 * The addresses that health checks connect to: in the prefix of the service that they enter by, one
 * for each node and target, so that a check says by whom and of what it is (NLB-22).
 */

#include "../net.h"
#include "endpoint.h"
#include "eni.h"
#include "nlb.h"
#include "nouns.h"
#include "target_group.h"
#include "txn.h"

/* Before them are the gateway and, by convention, whoever checks. */
#define FIRST	2

struct vpc_service *vpc_probe_service(struct vpc_net *vnet)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SERVICE], list)
		if (obj_to_service(obj)->type == VPC_SERVICE_TYPE_HEALTH)
			return obj_to_service(obj);
	return NULL;
}

/* The next free one, round and round: one that was given back is not another's soon. */
static int pick(struct vpc_txn *txn, struct vpc_service *service, __be32 *addr,
		struct netlink_ext_ack *extack)
{
	u32 gateway = ntohl(service->gateway_addr), size, i, n;
	struct vpc_addr a;
	char buf[VPC_ID_STRLEN];
	u64 value;

	/* Those between the gateway's neighbour and the last one, which is broadcast. */
	size = ~ntohl(vpc_mask4(service->gateway.len)) -
	       (gateway & ~ntohl(vpc_mask4(service->gateway.len)));
	size = size > FIRST ? size - FIRST : 0;
	for (i = 0; i < size; i++) {
		n = (service->next_probe + i) % size;
		a = vpc_addr4(htonl(gateway + FIRST + n));
		if (vpc_lpm_lookup(&txn->root->probes, &a, &value, NULL))
			continue;
		vpc_txn_set(txn, service->next_probe, n + 1);
		*addr = a.ip4;
		return txn->err;
	}
	return vpc_refuse(extack, -ENOSPC, "service \"%s\" has no free address for health checks",
			  vpc_obj_label(&service->obj, buf));
}

static int add(struct vpc_txn *txn, struct vpc_service *service, struct vpc_nlb_target *target,
	       u8 node, struct netlink_ext_ack *extack)
{
	const struct vpc_eni *eni = target->group->nlb->nodes[node];
	__be32 addr;
	int err;

	err = pick(txn, service, &addr, extack);
	if (err)
		return err;
	vpc_txn_set(txn, target->probes[node], addr);
	vpc_map_set(txn, &txn->root->probes, &addr, 32,
		    vpc_probe_pack(eni->obj.slot, target->obj.slot));
	return txn->err;
}

static void drop(struct vpc_txn *txn, struct vpc_nlb_target *target, u8 node)
{
	__be32 addr = target->probes[node];

	if (!addr)
		return;
	vpc_map_del(txn, &txn->root->probes, &addr, 32);
	vpc_txn_set(txn, target->probes[node], 0);
	vpc_txn_dirty(txn, &target->obj, true);
}

int vpc_probe_settle(struct vpc_txn *txn, struct vpc_nlb_target *target,
		     struct netlink_ext_ack *extack)
{
	struct vpc_service *service = vpc_probe_service(txn->vnet);
	u16 nodes = service && !target->draining ? vpc_target_nodes(target) : 0;
	int err = 0;
	u8 i;

	for (i = 0; i < VPC_NLB_NODES_MAX && !err; i++) {
		if (!(nodes & BIT(i)))
			drop(txn, target, i);
		else if (!target->probes[i])
			err = add(txn, service, target, i, extack);
	}
	return err;
}

int vpc_probe_settle_all(struct vpc_txn *txn, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_TARGET], list) {
		vpc_txn_dirty(txn, obj, true);
		err = vpc_probe_settle(txn, obj_to_target(obj), extack);
		if (err)
			return err;
	}
	return 0;
}

void vpc_probe_drop(struct vpc_txn *txn, struct vpc_nlb_target *target)
{
	u8 i;

	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		drop(txn, target, i);
}

void vpc_probe_drop_node(struct vpc_txn *txn, const struct vpc_nlb *nlb, u8 node)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_TARGET], list)
		if (obj_to_target(obj)->group->nlb == nlb)
			drop(txn, obj_to_target(obj), node);
}

void vpc_probe_drop_all(struct vpc_txn *txn)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_TARGET], list)
		vpc_probe_drop(txn, obj_to_target(obj));
}
