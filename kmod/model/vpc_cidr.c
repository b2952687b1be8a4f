// SPDX-License-Identifier: GPL-2.0
/* What a VPC gives up again: blocks beside the first of IPv4 (VPC-5). */

#include "../net.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"
#include "vpc.h"

/**
 * struct blocks - those of a VPC of one family
 * @n: how many
 * @cidrs: they
 * @map: they, as a trie
 * @subnets: the VPC's subnets of that family
 */
struct blocks {
	u32 *n;
	struct vpc_prefix *cidrs;
	struct vpc_lpm *map;
	const struct vpc_lpm *subnets;
};

static struct blocks blocks_of(struct vpc_vpc *vpc, u8 family)
{
	if (family == AF_INET)
		return (struct blocks){ &vpc->n_cidrs, vpc->cidrs, &vpc->cidr_map, &vpc->subnets };
	return (struct blocks){ &vpc->n_cidrs6, vpc->cidrs6, &vpc->cidr_map6, &vpc->subnets6 };
}

/* @p, or VPC_CIDRS_MAX. */
static u32 cidr_find(const struct blocks *blocks, const struct vpc_prefix *p)
{
	u32 i;

	for (i = 0; i < *blocks->n; i++)
		if (vpc_prefix_equal(&blocks->cidrs[i], p))
			return i;
	return VPC_CIDRS_MAX;
}

/* A route of @rtb that is not for @cidr itself but for something in it. */
static bool route_inside(struct vpc_rtb *rtb, const struct vpc_prefix *cidr,
			 struct vpc_prefix *dst)
{
	struct vpc_lpm_iter iter = { .plen = cidr->len, .started = true };
	u8 bytes = vpc_family_bits(cidr->family) / 8;

	memcpy(iter.key, &cidr->addr, bytes);
	if (!vpc_lpm_next(vpc_rtb_routes(rtb, cidr->family), &iter))
		return false;
	*dst = (struct vpc_prefix){ .family = cidr->family, .len = iter.plen };
	memcpy(&dst->addr, iter.key, bytes);
	return vpc_prefix_covers(cidr, dst);
}

/* Neither a subnet nor a route of its own may need @cidr. */
static int check_unused(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			const struct blocks *blocks, const struct vpc_prefix *cidr,
			struct netlink_ext_ack *extack)
{
	char a[VPC_PREFIX_STRLEN], b[VPC_PREFIX_STRLEN];
	struct vpc_prefix first;
	struct vpc_obj *obj;

	if (vpc_map_inside(blocks->subnets, cidr, &first))
		return vpc_refuse(extack, -EBUSY, "cidr %s has subnet %s",
				  vpc_prefix_text(cidr, a), vpc_prefix_text(&first, b));
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc && route_inside(obj_to_rtb(obj), cidr, &first))
			return vpc_refuse(extack, -EBUSY, "cidr %s has a route to %s",
					  vpc_prefix_text(cidr, a), vpc_prefix_text(&first, b));
	return 0;
}

static void remove(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct blocks *blocks, u32 i)
{
	struct vpc_prefix cidr = blocks->cidrs[i];
	struct vpc_obj *obj;

	if (!vpc_txn_save(txn, blocks->cidrs, sizeof(vpc->cidrs)))
		return;
	vpc_txn_set(txn, *blocks->n, *blocks->n - 1);
	memmove(&blocks->cidrs[i], &blocks->cidrs[i + 1], (*blocks->n - i) * sizeof(cidr));
	vpc_map_del(txn, blocks->map, &cidr.addr, cidr.len);
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc)		/* RT-10 */
			vpc_route_drop(txn, obj_to_rtb(obj), &cidr);
	if (cidr.family == AF_INET6)
		vpc_public6_del(txn, vpc, &cidr);
}

int vpc_cidr_remove(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	const struct vpc_prefix *cidr = &cfg->p;
	char buf[VPC_PREFIX_STRLEN];
	struct blocks blocks;
	int err;
	u32 i;

	err = vpc_prefix_given(cfg, "cidr", extack);
	if (err)
		return err;
	blocks = blocks_of(vpc, cidr->family);
	i = cidr_find(&blocks, cidr);
	if (i == VPC_CIDRS_MAX)
		return vpc_refuse(extack, -ENOENT, "vpc has no cidr %s",
				  vpc_prefix_text(cidr, buf));
	if (!i && cidr->family == AF_INET)
		return vpc_refuse(extack, -EINVAL, "the primary cidr cannot be removed");
	err = check_unused(txn->vnet, vpc, &blocks, cidr, extack);
	if (err)
		return err;
	remove(txn, vpc, &blocks, i);
	return txn->err;
}
