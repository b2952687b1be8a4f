// SPDX-License-Identifier: GPL-2.0
#include "rtb.h"

#include "../net.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

struct vpc_rtb *vpc_rtb_make(struct vpc_txn *txn, struct vpc_vpc *vpc, const char *name,
			     struct netlink_ext_ack *extack)
{
	const struct vpc_prefix *block;
	struct vpc_rtb *rtb;
	int err;
	u32 i;

	rtb = vpc_edit_alloc(&txn->edit, sizeof(*rtb));
	if (!rtb)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&rtb->lists);
	rtb->routes = (struct vpc_lpm)VPC_LPM_INIT(32);
	rtb->routes6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	err = vpc_obj_add(txn, &rtb->obj, VPC_KIND_ROUTE_TABLE, vpc, name, true, extack);
	if (err)
		return ERR_PTR(err);
	for (i = 0; (block = vpc_block(vpc, i)); i++)	/* RT-10 */
		vpc_route_put(txn, rtb, block, (struct vpc_route_val){
			.target = VPC_TARGET_LOCAL,
			.origin = VPC_ROUTE_ORIGIN_CREATE_ROUTE_TABLE,
		});
	return rtb;
}

void vpc_rtb_unmake(struct vpc_txn *txn, struct vpc_rtb *rtb)
{
	struct vpc_list_ref *ref, *next;

	list_for_each_entry_safe(ref, next, &rtb->lists, list)
		vpc_route_list_del(txn, rtb, ref->pl);
	vpc_map_clear(txn, &rtb->routes);
	vpc_map_clear(txn, &rtb->routes6);
	vpc_obj_del(txn, &rtb->obj);
}

VPC_OP(vpc_rtb_create)
{
	struct vpc_net *vnet = txn->vnet;
	struct vpc_obj *obj = vpc_obj_find(vnet, VPC_KIND_VPC, op->rtb.vpc, NULL, extack);
	struct vpc_rtb *rtb;

	if (!obj)
		return -ENOENT;
	if (vpc_obj_count(vnet, VPC_KIND_ROUTE_TABLE, obj_to_vpc(obj)) >= vnet->limits.rtbs_vpc)
		return vpc_refuse(extack, -ENOSPC, "limit of %u route tables per vpc reached",
				  vnet->limits.rtbs_vpc);	/* RT-9 */
	rtb = vpc_rtb_make(txn, obj_to_vpc(obj), op->rtb.name, extack);
	if (IS_ERR(rtb))
		return PTR_ERR(rtb);
	*result = &rtb->obj;
	return 0;
}

VPC_OP(vpc_rtb_delete)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ROUTE_TABLE, op->rtb.id, NULL,
					   extack);
	struct vpc_list_ref *ref;
	struct vpc_rtb *rtb;

	if (!obj)
		return -ENOENT;
	rtb = obj_to_rtb(obj);
	if (obj->vpc->main == rtb)	/* RT-3 */
		return vpc_refuse(extack, -EBUSY, "the main route table cannot be deleted");
	if (rtb->n_assocs)
		return vpc_refuse(extack, -EBUSY, "route table has %u associations", rtb->n_assocs);
	list_for_each_entry(ref, &rtb->lists, list)
		if (vpc_route_unpack(ref->value).target == VPC_TARGET_ENDPOINT)
			return vpc_refuse(extack, -EBUSY, "route table is used by an endpoint");
	vpc_rtb_unmake(txn, rtb);
	return 0;
}
