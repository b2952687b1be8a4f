// SPDX-License-Identifier: GPL-2.0
#include <linux/inetdevice.h>

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

u32 vpc_uplink_available(struct vpc_net *vnet, const struct vpc_uplink *uplink)
{
	const struct vpc_prefix *pool = &uplink->pool;
	struct vpc_addr addr;
	struct vpc_obj *obj;
	u32 n;

	if (!pool->family)
		return 0;
	n = 1U << (32 - pool->len);
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_EIP], list) {
		addr = vpc_addr4(obj_to_eip(obj)->addr);
		n -= vpc_prefix_has(pool, AF_INET, &addr);
	}
	return n;
}

static int check_pool(struct vpc_net *vnet, const struct vpc_uplink *uplink,
		      const struct vpc_prefix_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = vpc_prefix_check(cfg, 16, 30, "public pool", extack);
	const struct vpc_prefix *pool = &cfg->p;
	char buf[VPC_ID_STRLEN];
	struct vpc_obj *obj;

	if (err)
		return err;
	if (!vpc_eip_usable(pool->addr.ip4) ||
	    !vpc_eip_usable(pool->addr.ip4 | ~inet_make_mask(pool->len)))
		return vpc_refuse(extack, -EINVAL, "hosts cannot have addresses of %pI4/%u",
				  &pool->addr.ip4, pool->len);
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_UPLINK], list)
		if (obj_to_uplink(obj) != uplink &&
		    vpc_prefix_overlap(&obj_to_uplink(obj)->pool, pool))
			return vpc_refuse(extack, -EEXIST,
					  "public pool overlaps that of uplink \"%s\"",
					  vpc_obj_label(obj, buf));
	return 0;
}

/* Not from under those who have addresses of it. */
static int set_pool(struct vpc_txn *txn, struct vpc_uplink *uplink,
		    const struct vpc_uplink_cfg *cfg, struct netlink_ext_ack *extack)
{
	static const struct vpc_prefix none;
	const struct vpc_prefix *pool = cfg->remove_pool ? &none : &cfg->pool.p;
	int err;

	if (!pool->family && !cfg->remove_pool)
		return 0;
	err = pool->family ? check_pool(txn->vnet, uplink, &cfg->pool, extack) : 0;
	if (err || vpc_prefix_equal(&uplink->pool, pool))
		return err;
	if (uplink->n_automatic)
		return vpc_refuse(extack, -EBUSY, "interfaces have %u address%s of the public pool",
				  uplink->n_automatic, uplink->n_automatic > 1 ? "es" : "");
	vpc_txn_set(txn, uplink->pool, *pool);
	return txn->err;
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
	return set_pool(txn, uplink, &op->uplink, extack);
}

VPC_OP(vpc_uplink_set)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_UPLINK, op->uplink.id, NULL, extack);
	int err = 0;

	if (!obj)
		return -ENOENT;
	*result = obj;
	if (op->uplink.name)
		err = vpc_obj_rename(txn, obj, op->uplink.name, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, obj, false);
	return set_pool(txn, obj_to_uplink(obj), &op->uplink, extack);
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
