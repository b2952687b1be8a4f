// SPDX-License-Identifier: GPL-2.0
#include "../net.h"
#include "nouns.h"
#include "rtb.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

struct vpc_assoc *vpc_assoc_make(struct vpc_txn *txn, struct vpc_rtb *rtb,
				 struct vpc_subnet *subnet, struct netlink_ext_ack *extack)
{
	struct vpc_assoc *assoc;
	int err;

	assoc = vpc_edit_alloc(&txn->edit, sizeof(*assoc));
	if (!assoc)
		return ERR_PTR(-ENOMEM);
	assoc->rtb = rtb;
	assoc->subnet = subnet;
	err = vpc_obj_add(txn, &assoc->obj, VPC_KIND_ASSOCIATION, rtb->obj.vpc, NULL, false,
			  extack);
	return err ? ERR_PTR(err) : assoc;
}

struct vpc_assoc *vpc_assoc_main(struct vpc_net *vnet, const struct vpc_vpc *vpc)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ASSOCIATION], list)
		if (obj->vpc == vpc && !obj_to_assoc(obj)->subnet)
			return obj_to_assoc(obj);
	return NULL;
}

/* The subnet's traffic is judged by another table from now on. */
static void attach(struct vpc_txn *txn, struct vpc_subnet *subnet, struct vpc_assoc *assoc)
{
	if (subnet->assoc)
		vpc_txn_set(txn, subnet->assoc->rtb->n_assocs, subnet->assoc->rtb->n_assocs - 1);
	if (assoc)
		vpc_txn_set(txn, assoc->rtb->n_assocs, assoc->rtb->n_assocs + 1);
	vpc_txn_set(txn, subnet->assoc, assoc);
	vpc_txn_dirty(txn, &subnet->obj, true);
}

static struct vpc_rtb *rtb_find(struct vpc_txn *txn, const char *ref, const struct vpc_vpc *vpc,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ROUTE_TABLE, ref, vpc, extack);

	if (!obj)
		return NULL;
	if (vpc && obj->vpc != vpc) {
		NL_SET_ERR_MSG(extack, "route table belongs to another vpc");
		return NULL;
	}
	return obj_to_rtb(obj);
}

VPC_OP(vpc_assoc_create)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, op->assoc.subnet, NULL,
					   extack);
	struct vpc_subnet *subnet;
	struct vpc_assoc *assoc;
	char buf[VPC_ID_STRLEN];
	struct vpc_rtb *rtb;

	if (!obj)
		return -ENOENT;
	subnet = obj_to_subnet(obj);
	rtb = rtb_find(txn, op->assoc.rtb, obj->vpc, extack);
	if (!rtb)
		return -ENOENT;
	if (subnet->assoc)		/* RT-2 */
		return vpc_refuse(extack, -EEXIST, "subnet is associated with route table \"%s\"",
				  vpc_obj_label(&subnet->assoc->rtb->obj, buf));
	assoc = vpc_assoc_make(txn, rtb, subnet, extack);
	if (IS_ERR(assoc))
		return PTR_ERR(assoc);
	attach(txn, subnet, assoc);
	*result = &assoc->obj;
	return 0;
}

/* RT-1: subnets without an association of their own follow the main table. */
static int set_main(struct vpc_txn *txn, struct vpc_rtb *rtb, struct vpc_obj **result,
		    struct netlink_ext_ack *extack)
{
	struct vpc_vpc *vpc = rtb->obj.vpc;
	struct vpc_assoc *assoc;
	struct vpc_obj *obj;

	vpc_obj_del(txn, &vpc_assoc_main(txn->vnet, vpc)->obj);
	assoc = vpc_assoc_make(txn, rtb, NULL, extack);
	if (IS_ERR(assoc))
		return PTR_ERR(assoc);
	vpc_txn_dirty(txn, &vpc->main->obj, false);
	vpc_txn_set(txn, vpc->main, rtb);
	vpc_txn_dirty(txn, &rtb->obj, false);
	vpc_txn_dirty(txn, &vpc->obj, false);
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_SUBNET], list)
		if (obj->vpc == vpc && !obj_to_subnet(obj)->assoc)
			vpc_txn_dirty(txn, obj, true);
	*result = &assoc->obj;
	return 0;
}

/* @ref: an association's id, or the subnet that has it. */
static struct vpc_assoc *assoc_find(struct vpc_txn *txn, const char *ref,
				    struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ASSOCIATION, ref, NULL, NULL);

	if (obj)
		return obj_to_assoc(obj);
	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, ref, NULL, NULL);
	if (!obj)
		NL_SET_ERR_MSG_FMT(extack, "association or subnet \"%.40s\" not found", ref);
	else if (!obj_to_subnet(obj)->assoc)
		NL_SET_ERR_MSG_FMT(extack, "subnet \"%.36s\" has no association of its own", ref);
	return obj ? obj_to_subnet(obj)->assoc : NULL;
}

/* RT-4: a new association takes the place of the old one at once. */
VPC_OP(vpc_assoc_set)
{
	const char *ref = op->assoc.id ? op->assoc.id : op->assoc.subnet;
	struct vpc_assoc *old = NULL, *new;
	struct vpc_rtb *rtb;

	if (ref) {
		old = assoc_find(txn, ref, extack);
		if (!old)
			return -ENOENT;
	}
	rtb = rtb_find(txn, op->assoc.rtb, old ? old->obj.vpc : NULL, extack);
	if (!rtb)
		return -ENOENT;
	if (!old || !old->subnet)
		return set_main(txn, rtb, result, extack);
	new = vpc_assoc_make(txn, rtb, old->subnet, extack);
	if (IS_ERR(new))
		return PTR_ERR(new);
	attach(txn, old->subnet, new);
	vpc_obj_del(txn, &old->obj);
	*result = &new->obj;
	return 0;
}

VPC_OP(vpc_assoc_delete)
{
	struct vpc_assoc *assoc = assoc_find(txn, op->assoc.id, extack);

	if (!assoc)
		return -ENOENT;
	if (!assoc->subnet)		/* RT-4 */
		return vpc_refuse(extack, -EBUSY, "the main association cannot be removed");
	attach(txn, assoc->subnet, NULL);
	vpc_obj_del(txn, &assoc->obj);
	return 0;
}
