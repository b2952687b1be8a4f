// SPDX-License-Identifier: GPL-2.0
/*
 * Automatic public addresses (VPC-23, IGW-3): Elastic IPs to all others, but that they are made of
 * an uplink's pool when an interface needs one, and gone when it does not.
 */

#include "../net.h"
#include "../port.h"
#include "address.h"
#include "eni.h"
#include "gateway.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

/* @of: the map of all public addresses, so that none is anybody's Elastic IP as well */
static bool is_free(const void *of, const struct vpc_prefix *p)
{
	u64 slot;

	return !vpc_lpm_lookup(of, &p->addr, &slot, NULL);
}

int vpc_public_assign(struct vpc_txn *txn, struct vpc_eni *eni, struct netlink_ext_ack *extack)
{
	struct vpc_igw *igw = eni->obj.vpc->igw;
	struct vpc_uplink *uplink;
	char buf[VPC_ID_STRLEN];
	struct vpc_addr addr;
	struct vpc_eip *eip;

	if (!eni->addr)
		return vpc_refuse(extack, -EINVAL, "a public address stands for an ipv4 address");
	if (!igw)
		return vpc_refuse(extack, -EINVAL, "vpc has no internet gateway attached");
	uplink = igw->uplink;
	if (!uplink->pool.family)
		return vpc_refuse(extack, -EINVAL, "uplink \"%s\" has no public pool",
				  vpc_obj_label(&uplink->obj, buf));
	if (!vpc_address_any4(&uplink->pool, is_free, &txn->root->public4, &addr))
		return vpc_refuse(extack, -ENOSPC,
				  "public pool of uplink \"%s\" has no free address",
				  vpc_obj_label(&uplink->obj, buf));
	eip = vpc_eip_make(txn, uplink, addr.ip4, NULL, extack);
	if (IS_ERR(eip))
		return PTR_ERR(eip);
	eip->automatic = true;
	vpc_txn_set(txn, uplink->n_automatic, uplink->n_automatic + 1);
	vpc_txn_dirty(txn, &uplink->obj, false);
	vpc_eip_map(txn, eip, eni, eni->addr);
	return txn->err;
}

/* A node of a load balancer needs none. */
static bool has_device(const struct vpc_eni *eni)
{
	return eni->requester || rcu_access_pointer(eni->port->dev);
}

int vpc_public_renew(struct vpc_txn *txn, struct vpc_eni *eni, struct netlink_ext_ack *extack)
{
	struct vpc_eip *eip = vpc_eip_of(eni, eni->addr);

	if (eip && !eip->automatic)		/* EIP-4 */
		return 0;
	if (eip)
		vpc_eip_unmap(txn, eip);
	return eni->associate_public && has_device(eni) ?
	       vpc_public_assign(txn, eni, extack) : txn->err;
}

void vpc_public_again(struct vpc_txn *txn, struct vpc_eni *eni)
{
	if (vpc_public_renew(txn, eni, NULL) == -ENOMEM)
		txn->err = -ENOMEM;
}

static bool is_stale(const struct vpc_eip *eip)
{
	return eip->automatic && !has_device(eip->eni);
}

bool vpc_public_stale(struct vpc_net *vnet)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_EIP], list)
		if (is_stale(obj_to_eip(obj)))
			return true;
	return false;
}

void vpc_public_release(struct vpc_txn *txn)
{
	struct vpc_obj *obj, *next;

	list_for_each_entry_safe(obj, next, &txn->vnet->kinds[VPC_KIND_EIP], list)
		if (is_stale(obj_to_eip(obj)))
			vpc_eip_unmap(txn, obj_to_eip(obj));
}
