// SPDX-License-Identifier: GPL-2.0
#include "../net.h"
#include "gateway.h"
#include "nouns.h"
#include "rtb.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

struct vpc_assoc *vpc_assoc_make(struct vpc_txn *txn, struct vpc_rtb *rtb,
				 struct vpc_subnet *subnet, struct vpc_igw *igw,
				 struct netlink_ext_ack *extack)
{
	struct vpc_assoc *assoc;
	int err;

	assoc = vpc_edit_alloc(&txn->edit, sizeof(*assoc));
	if (!assoc)
		return ERR_PTR(-ENOMEM);
	assoc->rtb = rtb;
	assoc->subnet = subnet;
	assoc->igw = igw;
	err = vpc_obj_add(txn, &assoc->obj, VPC_KIND_ASSOCIATION, rtb->obj.vpc, NULL, false,
			  extack);
	return err ? ERR_PTR(err) : assoc;
}

struct vpc_assoc *vpc_assoc_main(struct vpc_net *vnet, const struct vpc_vpc *vpc)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ASSOCIATION], list)
		if (obj->vpc == vpc && vpc_assoc_is_main(obj_to_assoc(obj)))
			return obj_to_assoc(obj);
	return NULL;
}

/* How many explicit associations a table has, and with gateways. */
static void count(struct vpc_txn *txn, struct vpc_assoc *assoc, int more)
{
	if (!assoc)
		return;
	vpc_txn_set(txn, assoc->rtb->n_assocs, assoc->rtb->n_assocs + more);
	if (assoc->igw)
		vpc_txn_set(txn, assoc->rtb->n_gateways, assoc->rtb->n_gateways + more);
}

/* The subnet's traffic is judged by another table from now on. */
static void attach(struct vpc_txn *txn, struct vpc_subnet *subnet, struct vpc_assoc *assoc)
{
	count(txn, subnet->assoc, -1);
	count(txn, assoc, 1);
	vpc_txn_set(txn, subnet->assoc, assoc);
	vpc_txn_dirty(txn, &subnet->obj, true);
}

/* Likewise what comes in by the gateway. */
static void attach_igw(struct vpc_txn *txn, struct vpc_igw *igw, struct vpc_assoc *assoc)
{
	count(txn, igw->assoc, -1);
	count(txn, assoc, 1);
	vpc_txn_set(txn, igw->assoc, assoc);
	vpc_txn_dirty(txn, &igw->obj, true);
}

void vpc_assoc_forget_igw(struct vpc_txn *txn, struct vpc_igw *igw)
{
	struct vpc_assoc *assoc = igw->assoc;

	if (!assoc)
		return;
	attach_igw(txn, igw, NULL);
	vpc_obj_del(txn, &assoc->obj);
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

/* RT-6, RT-7 */
static int check_gateway_table(struct vpc_txn *txn, const struct vpc_rtb *rtb,
			       struct netlink_ext_ack *extack)
{
	if (rtb->obj.vpc->main == rtb)
		return vpc_refuse(extack, -EINVAL,
				  "the main route table cannot be that of a gateway");
	return vpc_route_check_gateway(txn, rtb, extack);
}

static int create_igw(struct vpc_txn *txn, const struct vpc_assoc_cfg *cfg,
		      struct vpc_obj **result, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_IGW, cfg->gateway, NULL, extack);
	struct vpc_assoc *assoc;
	char buf[VPC_ID_STRLEN];
	struct vpc_igw *igw;
	struct vpc_rtb *rtb;
	int err;

	if (!obj)
		return -ENOENT;
	igw = obj_to_igw(obj);
	if (!igw->vpc)
		return vpc_refuse(extack, -EINVAL, "internet gateway is not attached");
	rtb = rtb_find(txn, cfg->rtb, igw->vpc, extack);
	if (!rtb)
		return -ENOENT;
	if (igw->assoc)			/* RT-2 */
		return vpc_refuse(extack, -EEXIST, "gateway is associated with route table \"%s\"",
				  vpc_obj_label(&igw->assoc->rtb->obj, buf));
	err = check_gateway_table(txn, rtb, extack);
	if (err)
		return err;
	assoc = vpc_assoc_make(txn, rtb, NULL, igw, extack);
	if (IS_ERR(assoc))
		return PTR_ERR(assoc);
	attach_igw(txn, igw, assoc);
	*result = &assoc->obj;
	return 0;
}

VPC_OP(vpc_assoc_create)
{
	struct vpc_subnet *subnet;
	struct vpc_assoc *assoc;
	char buf[VPC_ID_STRLEN];
	struct vpc_obj *obj;
	struct vpc_rtb *rtb;

	if (op->assoc.gateway)
		return create_igw(txn, &op->assoc, result, extack);
	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, op->assoc.subnet, NULL, extack);
	if (!obj)
		return -ENOENT;
	subnet = obj_to_subnet(obj);
	rtb = rtb_find(txn, op->assoc.rtb, obj->vpc, extack);
	if (!rtb)
		return -ENOENT;
	if (subnet->assoc)		/* RT-2 */
		return vpc_refuse(extack, -EEXIST, "subnet is associated with route table \"%s\"",
				  vpc_obj_label(&subnet->assoc->rtb->obj, buf));
	assoc = vpc_assoc_make(txn, rtb, subnet, NULL, extack);
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

	if (rtb->n_gateways)		/* RT-6 */
		return vpc_refuse(extack, -EINVAL, "the table of a gateway cannot be the main one");
	vpc_obj_del(txn, &vpc_assoc_main(txn->vnet, vpc)->obj);
	assoc = vpc_assoc_make(txn, rtb, NULL, NULL, extack);
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

/* @ref: an association's id, or the subnet or gateway that has it. */
static struct vpc_assoc *assoc_find(struct vpc_txn *txn, const char *ref,
				    struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ASSOCIATION, ref, NULL, NULL);
	struct vpc_assoc *assoc;

	if (obj)
		return obj_to_assoc(obj);
	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, ref, NULL, NULL);
	if (!obj)
		obj = vpc_obj_find(txn->vnet, VPC_KIND_IGW, ref, NULL, NULL);
	if (!obj) {
		NL_SET_ERR_MSG_FMT(extack, "association, subnet or gateway \"%.32s\" not found",
				   ref);
		return NULL;
	}
	assoc = obj->kind == VPC_KIND_IGW ? obj_to_igw(obj)->assoc : obj_to_subnet(obj)->assoc;
	if (!assoc)
		NL_SET_ERR_MSG_FMT(extack, "%s \"%.28s\" has no association of its own",
				   vpc_kind_name(obj->kind), ref);
	return assoc;
}

static int replace_igw(struct vpc_txn *txn, struct vpc_assoc *old, struct vpc_rtb *rtb,
		       struct vpc_obj **result, struct netlink_ext_ack *extack)
{
	struct vpc_assoc *new;
	int err;

	err = check_gateway_table(txn, rtb, extack);
	if (err)
		return err;
	new = vpc_assoc_make(txn, rtb, NULL, old->igw, extack);
	if (IS_ERR(new))
		return PTR_ERR(new);
	attach_igw(txn, old->igw, new);
	vpc_obj_del(txn, &old->obj);
	*result = &new->obj;
	return 0;
}

/* RT-4: a new association takes the place of the old one at once. */
VPC_OP(vpc_assoc_set)
{
	const char *ref = op->assoc.id ?: op->assoc.subnet ?: op->assoc.gateway;
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
	if (!old || vpc_assoc_is_main(old))
		return set_main(txn, rtb, result, extack);
	if (old->igw)
		return replace_igw(txn, old, rtb, result, extack);
	new = vpc_assoc_make(txn, rtb, old->subnet, NULL, extack);
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
	if (vpc_assoc_is_main(assoc))	/* RT-4 */
		return vpc_refuse(extack, -EBUSY, "the main association cannot be removed");
	if (assoc->igw) {
		vpc_assoc_forget_igw(txn, assoc->igw);
		return 0;
	}
	attach(txn, assoc->subnet, NULL);
	vpc_obj_del(txn, &assoc->obj);
	return 0;
}
