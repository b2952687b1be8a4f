// SPDX-License-Identifier: GPL-2.0
/* What a VPC gives up again: blocks beside the first (VPC-5). */

#include "../net.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"
#include "vpc.h"

/* @p, or VPC_CIDRS_MAX. */
static u32 cidr_find(const struct vpc_vpc *vpc, const struct vpc_prefix *p)
{
	u32 i;

	for (i = 0; i < vpc->n_cidrs; i++)
		if (vpc_prefix_equal(&vpc->cidrs[i], p))
			return i;
	return VPC_CIDRS_MAX;
}

/* A route of @rtb that is not for @cidr itself but for something in it. */
static bool route_inside(const struct vpc_rtb *rtb, const struct vpc_prefix *cidr,
			 struct vpc_prefix *dst)
{
	struct vpc_lpm_iter iter = { .plen = cidr->len, .started = true };

	memcpy(iter.key, &cidr->addr.ip4, sizeof(cidr->addr.ip4));
	if (!vpc_lpm_next(&rtb->routes, &iter))
		return false;
	*dst = (struct vpc_prefix){ .family = cidr->family, .len = iter.plen };
	memcpy(&dst->addr.ip4, iter.key, sizeof(dst->addr.ip4));
	return vpc_prefix_covers(cidr, dst);
}

/* Neither a subnet nor a route of its own may need @cidr. */
static int check_unused(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			const struct vpc_prefix *cidr, struct netlink_ext_ack *extack)
{
	struct vpc_prefix first;
	struct vpc_obj *obj;

	if (vpc_map_inside(&vpc->subnets, cidr, &first))
		return vpc_refuse(extack, -EBUSY, "cidr %pI4/%u has subnet %pI4/%u",
				  &cidr->addr.ip4, cidr->len, &first.addr.ip4, first.len);
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc && route_inside(obj_to_rtb(obj), cidr, &first))
			return vpc_refuse(extack, -EBUSY, "cidr %pI4/%u has a route to %pI4/%u",
					  &cidr->addr.ip4, cidr->len, &first.addr.ip4, first.len);
	return 0;
}

static void remove(struct vpc_txn *txn, struct vpc_vpc *vpc, u32 i)
{
	struct vpc_prefix cidr = vpc->cidrs[i];
	struct vpc_obj *obj;

	if (!vpc_txn_save(txn, vpc->cidrs, sizeof(vpc->cidrs)))
		return;
	vpc_txn_set(txn, vpc->n_cidrs, vpc->n_cidrs - 1);
	memmove(&vpc->cidrs[i], &vpc->cidrs[i + 1], (vpc->n_cidrs - i) * sizeof(cidr));
	vpc_map_del(txn, &vpc->cidr_map, &cidr.addr, cidr.len);
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc)		/* RT-10 */
			vpc_route_drop(txn, obj_to_rtb(obj), &cidr);
}

int vpc_cidr_remove(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	const struct vpc_prefix *cidr = &cfg->p;
	int err;
	u32 i;

	err = vpc_prefix_check(cfg, 0, 32, "cidr", extack);
	if (err)
		return err;
	i = cidr_find(vpc, cidr);
	if (i == VPC_CIDRS_MAX)
		return vpc_refuse(extack, -ENOENT, "vpc has no cidr %pI4/%u", &cidr->addr.ip4,
				  cidr->len);
	if (!i)
		return vpc_refuse(extack, -EINVAL, "the primary cidr cannot be removed");
	err = check_unused(txn->vnet, vpc, cidr, extack);
	if (err)
		return err;
	remove(txn, vpc, i);
	return txn->err;
}
