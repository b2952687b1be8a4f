// SPDX-License-Identifier: GPL-2.0
#include "peering.h"

#include "../net.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

static const char *const state_names[] = {
	[VPC_PEERING_STATE_PENDING_ACCEPTANCE] = "pending-acceptance",
	[VPC_PEERING_STATE_ACTIVE] = "active",
	[VPC_PEERING_STATE_REJECTED] = "rejected",
	[VPC_PEERING_STATE_DELETED] = "deleted",
};

static bool involves(const struct vpc_peering *pcx, const struct vpc_vpc *vpc)
{
	return pcx->vpc == vpc || pcx->peer == vpc;
}

static const struct vpc_vpc *other_side(const struct vpc_peering *pcx, const struct vpc_vpc *vpc)
{
	return pcx->vpc == vpc ? pcx->peer : pcx->vpc;
}

u32 vpc_peering_count(struct vpc_net *vnet, const struct vpc_vpc *vpc, u8 state)
{
	struct vpc_obj *obj;
	u32 n = 0;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_PEERING], list)
		n += obj_to_peering(obj)->state == state && involves(obj_to_peering(obj), vpc);
	return n;
}

bool vpc_peering_active(struct vpc_net *vnet, const struct vpc_vpc *a, const struct vpc_vpc *b)
{
	const struct vpc_peering *pcx;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_PEERING], list) {
		pcx = obj_to_peering(obj);
		if (pcx->state == VPC_PEERING_STATE_ACTIVE && involves(pcx, a) && involves(pcx, b))
			return true;
	}
	return false;
}

int vpc_peering_check_cidr(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			   const struct vpc_prefix *cidr, struct netlink_ext_ack *extack)
{
	char a[VPC_PREFIX_STRLEN], b[VPC_PREFIX_STRLEN];
	const struct vpc_prefix *block;
	const struct vpc_vpc *peer;
	struct vpc_obj *obj;
	u32 i;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_PEERING], list) {
		if (obj_to_peering(obj)->state != VPC_PEERING_STATE_ACTIVE ||
		    !involves(obj_to_peering(obj), vpc))
			continue;
		peer = other_side(obj_to_peering(obj), vpc);
		for (i = 0; (block = vpc_block(peer, i)); i++)
			if (vpc_prefix_overlap(block, cidr))
				return vpc_refuse(extack, -EINVAL,
						  "cidr %s overlaps %s of a peered vpc",
						  vpc_prefix_text(cidr, a),
						  vpc_prefix_text(block, b));
	}
	return 0;
}

/* PCX-2: of any two blocks, whether or not they would be used. */
static int check_overlap(const struct vpc_vpc *vpc, const struct vpc_vpc *peer,
			 struct netlink_ext_ack *extack)
{
	char text_a[VPC_PREFIX_STRLEN], text_b[VPC_PREFIX_STRLEN];
	const struct vpc_prefix *a, *b;
	u32 i, j;

	for (i = 0; (a = vpc_block(vpc, i)); i++)
		for (j = 0; (b = vpc_block(peer, j)); j++)
			if (vpc_prefix_overlap(a, b))
				return vpc_refuse(extack, -EINVAL, "cidr %s overlaps %s of the peer",
						  vpc_prefix_text(a, text_a),
						  vpc_prefix_text(b, text_b));
	return 0;
}

/* PCX-2: one for two VPCs, whoever asked. */
static int check_pair(struct vpc_net *vnet, const struct vpc_vpc *vpc, const struct vpc_vpc *peer,
		      struct netlink_ext_ack *extack)
{
	const struct vpc_peering *pcx;
	char buf[VPC_ID_STRLEN];
	struct vpc_obj *obj;

	if (vpc == peer)
		return vpc_refuse(extack, -EINVAL, "a vpc cannot be its own peer");
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_PEERING], list) {
		pcx = obj_to_peering(obj);
		if (pcx->state != VPC_PEERING_STATE_REJECTED && involves(pcx, vpc) &&
		    involves(pcx, peer))
			return vpc_refuse(extack, -EEXIST, "peering \"%s\" of the two is %s",
					  vpc_obj_label(obj, buf), state_names[pcx->state]);
	}
	return check_overlap(vpc, peer, extack);
}

/* PCX-9: requests that an account has not been answered. */
static int check_requests(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			  struct netlink_ext_ack *extack)
{
	u32 n = 0, max = vnet->limits.peering_requests;
	const struct vpc_peering *pcx;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_PEERING], list) {
		pcx = obj_to_peering(obj);
		n += pcx->state == VPC_PEERING_STATE_PENDING_ACCEPTANCE &&
		     !strcmp(pcx->vpc->owner, vpc->owner);
	}
	if (n < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u outstanding peering requests reached", max);
}

/* PCX-9 */
static int check_active(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			struct netlink_ext_ack *extack)
{
	u32 max = vnet->limits.peerings_vpc;
	char buf[VPC_ID_STRLEN];

	if (vpc_peering_count(vnet, vpc, VPC_PEERING_STATE_ACTIVE) < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "vpc \"%s\" has %u active peerings, the limit",
			  vpc_obj_label(&vpc->obj, buf), max);
}

static struct vpc_vpc *vpc_find(struct vpc_txn *txn, const char *ref,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_VPC, ref, NULL, extack);

	return obj ? obj_to_vpc(obj) : NULL;
}

VPC_OP(vpc_peering_create)
{
	struct vpc_vpc *vpc = vpc_find(txn, op->peering.vpc, extack);
	struct vpc_peering *pcx;
	struct vpc_vpc *peer;
	int err;

	if (!vpc)
		return -ENOENT;
	peer = vpc_find(txn, op->peering.peer_vpc, extack);
	if (!peer)
		return -ENOENT;
	err = check_pair(txn->vnet, vpc, peer, extack);
	if (!err)
		err = check_requests(txn->vnet, vpc, extack);
	if (err)
		return err;
	pcx = vpc_edit_alloc(&txn->edit, sizeof(*pcx));
	if (!pcx)
		return -ENOMEM;
	pcx->vpc = vpc;
	pcx->peer = peer;
	pcx->state = VPC_PEERING_STATE_PENDING_ACCEPTANCE;
	*result = &pcx->obj;
	return vpc_obj_add(txn, &pcx->obj, VPC_KIND_PEERING, NULL, op->peering.name, true, extack);
}

static struct vpc_peering *peering_find(struct vpc_txn *txn, const struct vpc_op *op,
					struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_PEERING, op->peering.id, NULL, extack);
	return obj ? obj_to_peering(obj) : NULL;
}

/* Routes to it may have been made before it was accepted, as blackholes. */
static void retarget(struct vpc_txn *txn, const struct vpc_peering *pcx, u32 to, bool blackhole)
{
	vpc_route_retarget(txn, pcx->vpc, pcx->obj.slot, to, blackhole);
	vpc_route_retarget(txn, pcx->peer, pcx->obj.slot, to, blackhole);
}

static void set_state(struct vpc_txn *txn, struct vpc_peering *pcx, u8 state)
{
	vpc_txn_set(txn, pcx->state, state);
	vpc_txn_dirty(txn, &pcx->obj, true);
	vpc_group_peering_changed(txn, pcx->vpc, pcx->peer);
}

/* PCX-1: only a request can be answered, and once. */
static int check_pending(const struct vpc_peering *pcx, struct netlink_ext_ack *extack)
{
	if (pcx->state == VPC_PEERING_STATE_PENDING_ACCEPTANCE)
		return 0;
	return vpc_refuse(extack, -EINVAL, "peering connection is %s, not pending-acceptance",
			  state_names[pcx->state]);
}

VPC_OP(vpc_peering_accept)
{
	struct vpc_peering *pcx = peering_find(txn, op, extack);
	int err;

	if (!pcx)
		return -ENOENT;
	*result = &pcx->obj;
	err = check_pending(pcx, extack);
	if (!err)		/* both may have got more blocks since */
		err = check_overlap(pcx->vpc, pcx->peer, extack);
	if (!err)
		err = check_active(txn->vnet, pcx->vpc, extack);
	if (!err)
		err = check_active(txn->vnet, pcx->peer, extack);
	if (err)
		return err;
	set_state(txn, pcx, VPC_PEERING_STATE_ACTIVE);
	retarget(txn, pcx, pcx->obj.slot, false);
	return txn->err;
}

VPC_OP(vpc_peering_reject)
{
	struct vpc_peering *pcx = peering_find(txn, op, extack);
	int err;

	if (!pcx)
		return -ENOENT;
	*result = &pcx->obj;
	err = check_pending(pcx, extack);
	if (err)
		return err;
	set_state(txn, pcx, VPC_PEERING_STATE_REJECTED);
	retarget(txn, pcx, 0, true);
	return txn->err;
}

static void peering_unmake(struct vpc_txn *txn, struct vpc_peering *pcx)
{
	retarget(txn, pcx, 0, true);
	set_state(txn, pcx, VPC_PEERING_STATE_DELETED);
	vpc_obj_del(txn, &pcx->obj);
}

/* PCX-7, RT-23: what led to it leads nowhere now, on both sides. */
VPC_OP(vpc_peering_delete)
{
	struct vpc_peering *pcx = peering_find(txn, op, extack);

	if (!pcx)
		return -ENOENT;
	peering_unmake(txn, pcx);
	return txn->err;
}

void vpc_peering_forget(struct vpc_txn *txn, const struct vpc_vpc *vpc)
{
	struct vpc_obj *obj, *next;

	list_for_each_entry_safe(obj, next, &txn->vnet->kinds[VPC_KIND_PEERING], list)
		if (involves(obj_to_peering(obj), vpc))
			peering_unmake(txn, obj_to_peering(obj));
}

int vpc_peering_resolve(struct vpc_txn *txn, const struct vpc_vpc *vpc, const char *ref,
			struct vpc_route_val *val, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_PEERING, ref, NULL, extack);
	const struct vpc_peering *pcx;

	if (!obj)
		return -ENOENT;
	pcx = obj_to_peering(obj);
	if (!involves(pcx, vpc))			/* RT-27 */
		return vpc_refuse(extack, -EINVAL, "peering connection is between other vpcs");
	if (pcx->state == VPC_PEERING_STATE_REJECTED)
		return vpc_refuse(extack, -EINVAL, "peering connection is rejected");
	val->slot = obj->slot;
	val->blackhole = pcx->state != VPC_PEERING_STATE_ACTIVE;	/* RT-22 */
	return 0;
}
