// SPDX-License-Identifier: GPL-2.0
#include "../net.h"
#include "eni.h"
#include "gateway.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

static int attach(struct vpc_txn *txn, struct vpc_igw *igw, const char *ref,
		  struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_VPC, ref, NULL, extack);
	char buf[VPC_ID_STRLEN];
	struct vpc_vpc *vpc;
	int err;

	if (!obj)
		return -ENOENT;
	vpc = obj_to_vpc(obj);
	if (igw->vpc == vpc)
		return 0;
	if (igw->vpc)			/* IGW-1 */
		return vpc_refuse(extack, -EEXIST, "internet gateway is attached to vpc \"%s\"",
				  vpc_obj_label(&igw->vpc->obj, buf));
	if (vpc->igw)
		return vpc_refuse(extack, -EEXIST, "vpc already has an internet gateway");
	err = vpc_public6_begin(txn, vpc, extack);
	if (err)
		return err;
	vpc_txn_set(txn, igw->vpc, vpc);
	vpc_txn_set(txn, vpc->igw, igw);
	vpc_txn_dirty(txn, &igw->obj, true);
	vpc_txn_bump(txn, &vpc->obj);
	/* RT-24: the same gateway brings its old routes to life again. */
	vpc_route_retarget(txn, vpc, igw->obj.slot, igw->obj.slot, false);
	return txn->err;
}

static struct vpc_uplink *uplink_find(struct vpc_txn *txn, const char *ref,
				      struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_UPLINK, ref, NULL, extack);

	return obj ? obj_to_uplink(obj) : NULL;
}

static struct vpc_igw *igw_find(struct vpc_txn *txn, const char *ref,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_IGW, ref, NULL, extack);

	return obj ? obj_to_igw(obj) : NULL;
}

VPC_OP(vpc_igw_create)
{
	struct vpc_uplink *uplink = uplink_find(txn, op->igw.uplink, extack);
	struct vpc_igw *igw;
	int err;

	if (!uplink)
		return -ENOENT;
	igw = vpc_edit_alloc(&txn->edit, sizeof(*igw));
	if (!igw)
		return -ENOMEM;
	igw->uplink = uplink;
	err = vpc_obj_add(txn, &igw->obj, VPC_KIND_IGW, NULL, op->igw.name, true, extack);
	if (err)
		return err;
	vpc_txn_set(txn, uplink->n_users, uplink->n_users + 1);
	*result = &igw->obj;
	return op->igw.vpc ? attach(txn, igw, op->igw.vpc, extack) : 0;
}

/* The public addresses of a VPC go by its gateway's uplink. */
static int check_unmapped(struct vpc_txn *txn, const struct vpc_igw *igw,
			  struct netlink_ext_ack *extack)
{
	const struct vpc_obj *holder;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_EIP], list) {
		holder = vpc_eip_holder(obj_to_eip(obj));
		if (holder && holder->vpc == igw->vpc)
			return vpc_refuse(extack, -EBUSY, "vpc has mapped public address %pI4",
					  &obj_to_eip(obj)->addr);
	}
	return 0;
}

static int set_uplink(struct vpc_txn *txn, struct vpc_igw *igw, const char *ref,
		      struct netlink_ext_ack *extack)
{
	struct vpc_uplink *uplink = uplink_find(txn, ref, extack);
	int err;

	if (!uplink)
		return -ENOENT;
	if (uplink == igw->uplink)
		return 0;
	err = check_unmapped(txn, igw, extack);
	if (err)
		return err;
	vpc_txn_set(txn, igw->uplink->n_users, igw->uplink->n_users - 1);
	vpc_txn_set(txn, uplink->n_users, uplink->n_users + 1);
	vpc_txn_set(txn, igw->uplink, uplink);
	vpc_txn_dirty(txn, &igw->obj, true);
	return 0;
}

VPC_OP(vpc_igw_set)
{
	const struct vpc_igw_cfg *cfg = &op->igw;
	struct vpc_igw *igw = igw_find(txn, cfg->id, extack);
	int err = 0;

	if (!igw)
		return -ENOENT;
	*result = &igw->obj;
	if (cfg->name)
		err = vpc_obj_rename(txn, &igw->obj, cfg->name, extack);
	if (!err && cfg->uplink)
		err = set_uplink(txn, igw, cfg->uplink, extack);
	if (!err && cfg->vpc)
		err = attach(txn, igw, cfg->vpc, extack);
	return err;
}

/* Its routes stay, as blackholes (RT-23). */
static int detach(struct vpc_txn *txn, struct vpc_igw *igw, u32 route_slot,
		  struct netlink_ext_ack *extack)
{
	int err = check_unmapped(txn, igw, extack);	/* IGW-8 */

	if (err)
		return err;
	vpc_route_retarget(txn, igw->vpc, igw->obj.slot, route_slot, true);
	vpc_assoc_forget_igw(txn, igw);
	vpc_txn_bump(txn, &igw->vpc->obj);
	vpc_txn_set(txn, igw->vpc->igw, NULL);
	vpc_public6_end(txn, igw->vpc);
	vpc_txn_set(txn, igw->vpc, NULL);
	vpc_txn_dirty(txn, &igw->obj, true);
	return txn->err;
}

VPC_OP(vpc_igw_detach)
{
	struct vpc_igw *igw = igw_find(txn, op->igw.id, extack);

	if (!igw)
		return -ENOENT;
	*result = &igw->obj;
	if (!igw->vpc)
		return vpc_refuse(extack, -EINVAL, "internet gateway is not attached");
	return detach(txn, igw, igw->obj.slot, extack);
}

static void gateways_changed(struct vpc_txn *txn, u8 kind)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[kind], list)
		vpc_txn_bump(txn, obj);
}

/* IGW-12: of every packet by any gateway it is asked anew. */
VPC_OP(vpc_block_set)
{
	txn->root->block_mode = op->block.mode;
	gateways_changed(txn, VPC_KIND_IGW);
	gateways_changed(txn, VPC_KIND_EIGW);
	return 0;
}

/* Routes that a detached gateway left behind must not meet its slot's next owner. */
static void forget_routes(struct vpc_txn *txn, const struct vpc_igw *igw)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_VPC], list)
		vpc_route_retarget(txn, obj_to_vpc(obj), igw->obj.slot, 0, true);
}

VPC_OP(vpc_igw_delete)
{
	struct vpc_igw *igw = igw_find(txn, op->igw.id, extack);
	char buf[VPC_ID_STRLEN];

	if (!igw)
		return -ENOENT;
	if (igw->vpc)
		return vpc_refuse(extack, -EBUSY, "internet gateway is attached to vpc \"%s\"",
				  vpc_obj_label(&igw->vpc->obj, buf));
	forget_routes(txn, igw);
	vpc_txn_set(txn, igw->uplink->n_users, igw->uplink->n_users - 1);
	vpc_obj_del(txn, &igw->obj);
	return 0;
}
