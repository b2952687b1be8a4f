// SPDX-License-Identifier: GPL-2.0
#include "../net.h"
#include "gateway.h"
#include "nouns.h"
#include "txn.h"

void vpc_uplink_owners_changed(struct vpc_txn *txn)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_UPLINK], list)
		vpc_txn_bump(txn, obj);
}

VPC_OP(vpc_uplink_create)
{
	struct vpc_uplink *uplink;
	int err;

	uplink = vpc_edit_alloc(&txn->edit, sizeof(*uplink));
	if (!uplink)
		return -ENOMEM;
	uplink->acct = vpc_acct_make(txn);
	if (!uplink->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &uplink->obj, VPC_KIND_UPLINK, NULL, op->uplink.name, true, extack);
	if (err)
		return err;
	uplink->port = vpc_port_make(txn, &uplink->obj, op->uplink.ifname, extack);
	if (IS_ERR(uplink->port))
		return PTR_ERR(uplink->port);
	*result = &uplink->obj;
	return 0;
}

VPC_OP(vpc_uplink_delete)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_UPLINK, op->uplink.id, NULL, extack);
	struct vpc_uplink *uplink;

	if (!obj)
		return -ENOENT;
	uplink = obj_to_uplink(obj);
	if (uplink->n_users)
		return vpc_refuse(extack, -EBUSY,
				  "uplink is used by %u internet gateways and elastic ips",
				  uplink->n_users);
	vpc_port_unmake(txn, uplink->port);
	vpc_acct_unmake(txn, uplink->acct);
	vpc_obj_del(txn, obj);
	return 0;
}
