// SPDX-License-Identifier: GPL-2.0
#include "subnet.h"

#include "../net.h"
#include "network_acl.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"
#include "vpc.h"

/* Base, router, DNS, future and the last address (VPC-19). */
#define RESERVED	5

struct vpc_rtb *vpc_subnet_rtb(const struct vpc_subnet *subnet)
{
	return subnet->assoc ? subnet->assoc->rtb : subnet->obj.vpc->main;
}

u32 vpc_subnet_available(const struct vpc_subnet *subnet)
{
	if (!subnet->cidr.family)		/* VPC-22 */
		return 0;
	return (1U << (32 - subnet->cidr.len)) - RESERVED - subnet->n_addrs;
}

bool vpc_subnet_reserved(const struct vpc_subnet *subnet, const struct vpc_prefix *p)
{
	const struct vpc_prefix *block = vpc_subnet_block(subnet, p->family);
	u8 bits = vpc_family_bits(p->family);
	struct vpc_prefix first = { block->addr, block->family, bits - 2 };
	struct vpc_addr last = block->addr;
	u8 i;

	for (i = block->len; i < bits; i++)
		last.bytes[i / 8] |= 0x80 >> i % 8;
	return vpc_prefix_overlap(&first, p) || vpc_prefix_has(p, p->family, &last);
}

static struct vpc_lpm *subnet_map(struct vpc_vpc *vpc, u8 family)
{
	return family == AF_INET ? &vpc->subnets : &vpc->subnets6;
}

/* VPC-17: inside one CIDR of the VPC, and no sibling overlaps. */
static int check_place(struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
		       struct netlink_ext_ack *extack)
{
	const struct vpc_lpm *map = subnet_map(vpc, cidr->family);
	char text[VPC_PREFIX_STRLEN];
	struct vpc_prefix other;
	u64 slot;

	vpc_prefix_text(cidr, text);
	if (!vpc_block_around(vpc, cidr))
		return vpc_refuse(extack, -EINVAL, "cidr %s is not inside a cidr of the vpc", text);
	if (vpc_lpm_lookup(map, &cidr->addr, &slot, NULL) || vpc_map_inside(map, cidr, &other))
		return vpc_refuse(extack, -EEXIST, "cidr %s overlaps another subnet", text);
	return 0;
}

/* VPC-17, VPC-21, VPC-22: of IPv4, of IPv6 or of both. */
static int check_blocks(struct vpc_vpc *vpc, const struct vpc_subnet_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	int err = 0;

	if (cfg->cidr.p.family || !cfg->cidr6.p.family) {
		err = vpc_prefix_check(&cfg->cidr, 16, 28, "cidr", extack);
		if (!err)
			err = check_place(vpc, &cfg->cidr.p, extack);
	}
	if (err || !cfg->cidr6.p.family)
		return err;
	err = vpc_prefix_check6(&cfg->cidr6, 44, 64, "ipv6 cidr", extack);
	return err ? err : check_place(vpc, &cfg->cidr6.p, extack);
}

static void map_add(struct vpc_txn *txn, const struct vpc_subnet *subnet,
		    const struct vpc_prefix *cidr)
{
	if (cidr->family)
		vpc_map_set(txn, subnet_map(subnet->obj.vpc, cidr->family), &cidr->addr, cidr->len,
			    subnet->obj.slot);
}

static void map_del(struct vpc_txn *txn, const struct vpc_subnet *subnet,
		    const struct vpc_prefix *cidr)
{
	if (cidr->family)
		vpc_map_del(txn, subnet_map(subnet->obj.vpc, cidr->family), &cidr->addr, cidr->len);
}

/* VPC-23; what has no IPv4 address needs no public one. */
static int set_map_public(struct vpc_txn *txn, struct vpc_subnet *subnet,
			  const struct vpc_subnet_cfg *cfg, struct netlink_ext_ack *extack)
{
	if (!cfg->map_public.set)
		return 0;
	if (cfg->map_public.val && !subnet->cidr.family)
		return vpc_refuse(extack, -EINVAL, "subnet has no ipv4 cidr for public addresses");
	vpc_txn_set(txn, subnet->map_public, cfg->map_public.val);
	return 0;
}

VPC_OP(vpc_subnet_create)
{
	const struct vpc_subnet_cfg *cfg = &op->subnet;
	struct vpc_net *vnet = txn->vnet;
	struct vpc_subnet *subnet;
	struct vpc_obj *obj;
	struct vpc_vpc *vpc;
	int err;

	obj = vpc_obj_find(vnet, VPC_KIND_VPC, cfg->vpc, NULL, extack);
	if (!obj)
		return -ENOENT;
	vpc = obj_to_vpc(obj);
	err = check_blocks(vpc, cfg, extack);
	if (err)
		return err;
	if (vpc->n_subnets >= vnet->limits.subnets_vpc)	/* VPC-14 */
		return vpc_refuse(extack, -ENOSPC, "limit of %u subnets per vpc reached",
				  vnet->limits.subnets_vpc);
	subnet = vpc_edit_alloc(&txn->edit, sizeof(*subnet));
	if (!subnet)
		return -ENOMEM;
	INIT_LIST_HEAD(&subnet->reservations);
	subnet->cidr = cfg->cidr.p;
	subnet->cidr6 = cfg->cidr6.p;
	vpc_str_set(subnet->zone, cfg->zone, sizeof(subnet->zone));
	err = vpc_obj_add(txn, &subnet->obj, VPC_KIND_SUBNET, vpc, cfg->name, true, extack);
	if (err)
		return err;
	vpc_acl_attach(txn, subnet, vpc->acl);
	map_add(txn, subnet, &subnet->cidr);
	map_add(txn, subnet, &subnet->cidr6);
	vpc_txn_set(txn, vpc->n_subnets, vpc->n_subnets + 1);
	vpc_txn_rebuild(txn, &vpc->obj);
	*result = &subnet->obj;
	return set_map_public(txn, subnet, cfg, extack);
}

/* Its neighbours, and who comes to it, see the subnet by another block. */
static void set_cidr6(struct vpc_txn *txn, struct vpc_subnet *subnet, const struct vpc_prefix *cidr)
{
	map_del(txn, subnet, &subnet->cidr6);
	vpc_txn_set(txn, subnet->cidr6, *cidr);
	map_add(txn, subnet, cidr);
	vpc_txn_dirty(txn, &subnet->obj, true);
	vpc_txn_bump(txn, &subnet->obj.vpc->obj);
}

/* VPC-21: a subnet has one block of IPv6, or none. */
static int add_cidr6(struct vpc_txn *txn, struct vpc_subnet *subnet,
		     const struct vpc_prefix_cfg *cfg, struct netlink_ext_ack *extack)
{
	char buf[VPC_PREFIX_STRLEN];
	int err;

	if (subnet->cidr6.family)
		return vpc_refuse(extack, -EEXIST, "subnet has ipv6 cidr %s",
				  vpc_prefix_text(&subnet->cidr6, buf));
	err = vpc_prefix_check6(cfg, 44, 64, "ipv6 cidr", extack);
	if (!err)
		err = check_place(subnet->obj.vpc, &cfg->p, extack);
	if (err)
		return err;
	set_cidr6(txn, subnet, &cfg->p);
	return txn->err;
}

static int remove_cidr6(struct vpc_txn *txn, struct vpc_subnet *subnet,
			struct netlink_ext_ack *extack)
{
	static const struct vpc_prefix none;
	const struct vpc_prefix *cidr = &subnet->cidr6;
	const struct vpc_reservation *entry;
	char buf[VPC_PREFIX_STRLEN];
	struct vpc_prefix first;

	if (!cidr->family)
		return vpc_refuse(extack, -ENOENT, "subnet has no ipv6 cidr");
	if (!subnet->cidr.family)		/* VPC-22 */
		return vpc_refuse(extack, -EINVAL, "subnet has no other cidr");
	if (vpc_map_inside(&subnet->obj.vpc->addresses6, cidr, &first))
		return vpc_refuse(extack, -EBUSY, "an interface has %s of the subnet",
				  vpc_prefix_text(&first, buf));
	list_for_each_entry(entry, &subnet->reservations, list)
		if (entry->cidr.family == AF_INET6)
			return vpc_refuse(extack, -EBUSY, "subnet has reservation %s",
					  vpc_prefix_text(&entry->cidr, buf));
	set_cidr6(txn, subnet, &none);
	return txn->err;
}

VPC_OP(vpc_subnet_set)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, op->subnet.id, NULL, extack);
	int err = 0;

	if (!obj)
		return -ENOENT;
	*result = obj;
	if (op->subnet.name)
		err = vpc_obj_rename(txn, obj, op->subnet.name, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, obj, false);
	if (op->subnet.exclusion.set) {
		vpc_txn_set(txn, obj_to_subnet(obj)->exclusion, op->subnet.exclusion.val);
		/* What comes from outside depends on the VPC alone when that is asked. */
		vpc_txn_bump(txn, &obj->vpc->obj);
	}
	if (op->subnet.remove_cidr6)
		err = remove_cidr6(txn, obj_to_subnet(obj), extack);
	if (!err && op->subnet.cidr6.p.family)
		err = add_cidr6(txn, obj_to_subnet(obj), &op->subnet.cidr6, extack);
	return err ? err : set_map_public(txn, obj_to_subnet(obj), &op->subnet, extack);
}

VPC_OP(vpc_subnet_delete)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, op->subnet.id, NULL, extack);
	struct vpc_subnet *subnet;

	if (!obj)
		return -ENOENT;
	subnet = obj_to_subnet(obj);
	if (subnet->n_enis)	/* VPC-27 */
		return vpc_refuse(extack, -EBUSY, "subnet has %u network interface%s",
				  subnet->n_enis, subnet->n_enis > 1 ? "s" : "");
	if (subnet->n_nats)
		return vpc_refuse(extack, -EBUSY, "subnet has %u nat gateway%s", subnet->n_nats,
				  subnet->n_nats > 1 ? "s" : "");
	if (subnet->assoc) {
		vpc_txn_set(txn, subnet->assoc->rtb->n_assocs, subnet->assoc->rtb->n_assocs - 1);
		vpc_obj_del(txn, &subnet->assoc->obj);
		vpc_txn_set(txn, subnet->assoc, NULL);
	}
	vpc_subnet_free_reservations(txn, subnet);
	vpc_txn_set(txn, subnet->acl->n_subnets, subnet->acl->n_subnets - 1);
	map_del(txn, subnet, &subnet->cidr);
	map_del(txn, subnet, &subnet->cidr6);
	vpc_txn_set(txn, obj->vpc->n_subnets, obj->vpc->n_subnets - 1);
	vpc_txn_rebuild(txn, &obj->vpc->obj);
	vpc_obj_del(txn, obj);
	return 0;
}
