// SPDX-License-Identifier: GPL-2.0
/* Egress-only internet gateways, and whose IPv6 blocks are reached from outside. */

#include "../net.h"
#include "gateway.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

int vpc_public6_add(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
		    struct netlink_ext_ack *extack)
{
	struct vpc_lpm *map = &txn->root->public6;
	char text[VPC_PREFIX_STRLEN];
	struct vpc_prefix other;
	u64 slot;

	/* Nothing is translated: an address that is seen outside must be one VPC's (IGW-6). */
	if (vpc_lpm_lookup(map, &cidr->addr, &slot, NULL) || vpc_map_inside(map, cidr, &other))
		return vpc_refuse(extack, -EEXIST, "cidr %s is another vpc's with a gateway",
				  vpc_prefix_text(cidr, text));
	vpc_map_set(txn, map, &cidr->addr, cidr->len, vpc->obj.slot);
	vpc_uplink_owners_changed(txn);
	return txn->err;
}

int vpc_public6_begin(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	if (vpc->igw || vpc->eigw)
		return 0;
	for (i = 0; i < vpc->n_cidrs6 && !err; i++)
		err = vpc_public6_add(txn, vpc, &vpc->cidrs6[i], extack);
	return err;
}

void vpc_public6_del(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix *cidr)
{
	if (!vpc->igw && !vpc->eigw)
		return;
	vpc_map_del(txn, &txn->root->public6, &cidr->addr, cidr->len);
	vpc_uplink_owners_changed(txn);
}

void vpc_public6_end(struct vpc_txn *txn, struct vpc_vpc *vpc)
{
	const struct vpc_prefix *cidr;

	if (vpc->igw || vpc->eigw || !vpc->n_cidrs6)
		return;
	for (cidr = vpc->cidrs6; cidr < vpc->cidrs6 + vpc->n_cidrs6; cidr++)
		vpc_map_del(txn, &txn->root->public6, &cidr->addr, cidr->len);
	vpc_uplink_owners_changed(txn);
}

static struct vpc_uplink *uplink_find(struct vpc_txn *txn, const char *ref,
				      struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_UPLINK, ref, NULL, extack);

	return obj ? obj_to_uplink(obj) : NULL;
}

static int attach(struct vpc_txn *txn, struct vpc_eigw *eigw, struct vpc_vpc *vpc,
		  struct netlink_ext_ack *extack)
{
	int err = vpc_public6_begin(txn, vpc, extack);

	if (err)
		return err;
	vpc_txn_set(txn, vpc->eigw, eigw);
	vpc_txn_set(txn, eigw->uplink->n_users, eigw->uplink->n_users + 1);
	vpc_txn_bump(txn, &vpc->obj);
	return txn->err;
}

VPC_OP(vpc_eigw_create)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_VPC, op->eigw.vpc, NULL, extack);
	struct vpc_uplink *uplink;
	struct vpc_eigw *eigw;
	int err;

	if (!obj)
		return -ENOENT;
	if (obj_to_vpc(obj)->eigw)			/* EIG-1 */
		return vpc_refuse(extack, -EEXIST,
				  "vpc already has an egress-only internet gateway");
	uplink = uplink_find(txn, op->eigw.uplink, extack);
	if (!uplink)
		return -ENOENT;
	eigw = vpc_edit_alloc(&txn->edit, sizeof(*eigw));
	if (!eigw)
		return -ENOMEM;
	eigw->uplink = uplink;
	err = vpc_obj_add(txn, &eigw->obj, VPC_KIND_EIGW, obj_to_vpc(obj), op->eigw.name, true,
			  extack);
	if (err)
		return err;
	*result = &eigw->obj;
	return attach(txn, eigw, obj_to_vpc(obj), extack);
}

/* Its routes stay, as blackholes (RT-23). */
VPC_OP(vpc_eigw_delete)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_EIGW, op->eigw.id, NULL, extack);
	struct vpc_uplink *uplink;

	if (!obj)
		return -ENOENT;
	uplink = obj_to_eigw(obj)->uplink;
	vpc_route_retarget(txn, obj->vpc, obj->slot, 0, true);
	vpc_txn_set(txn, obj->vpc->eigw, NULL);
	vpc_public6_end(txn, obj->vpc);
	vpc_txn_set(txn, uplink->n_users, uplink->n_users - 1);
	vpc_txn_bump(txn, &obj->vpc->obj);
	vpc_obj_del(txn, obj);
	return txn->err;
}
