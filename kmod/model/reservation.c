// SPDX-License-Identifier: GPL-2.0
/* Ranges of a subnet that are given out by name only (VPC-28). */

#include "../net.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"

const struct vpc_reservation *vpc_subnet_reservation(const struct vpc_subnet *subnet, u8 family,
						     const struct vpc_addr *addr)
{
	const struct vpc_reservation *entry;

	list_for_each_entry(entry, &subnet->reservations, list)
		if (vpc_prefix_has(&entry->cidr, family, addr))
			return entry;
	return NULL;
}

static int check_new(struct vpc_net *vnet, const struct vpc_subnet *subnet,
		     const struct vpc_prefix *cidr, struct netlink_ext_ack *extack)
{
	char a[VPC_PREFIX_STRLEN], b[VPC_PREFIX_STRLEN];
	const struct vpc_reservation *entry;
	u32 max = vnet->limits.reservations;

	if (!vpc_prefix_covers(vpc_subnet_block(subnet, cidr->family), cidr))
		return vpc_refuse(extack, -EINVAL, "cidr %s is not in subnet's cidr",
				  vpc_prefix_text(cidr, a));
	list_for_each_entry(entry, &subnet->reservations, list)
		if (vpc_prefix_overlap(&entry->cidr, cidr))
			return vpc_refuse(extack, -EEXIST, "cidr %s overlaps reservation %s",
					  vpc_prefix_text(cidr, a),
					  vpc_prefix_text(&entry->cidr, b));
	if (subnet->n_reservations >= max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u reservations per subnet reached",
				  max);
	return 0;
}

static struct vpc_subnet *subnet_find(struct vpc_txn *txn, const struct vpc_subnet_cfg *cfg,
				      struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, cfg->id, NULL, extack);

	return obj ? obj_to_subnet(obj) : NULL;
}

/* Who has an address there keeps it. */
VPC_OP(vpc_reservation_create)
{
	struct vpc_subnet *subnet = subnet_find(txn, &op->subnet, extack);
	struct vpc_reservation *entry;
	int err;

	if (!subnet)
		return -ENOENT;
	*result = &subnet->obj;
	err = check_new(txn->vnet, subnet, &op->subnet.cidr.p, extack);
	if (err)
		return err;
	entry = vpc_edit_alloc(&txn->edit, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->id = vpc_id_new();
	entry->cidr = op->subnet.cidr.p;
	entry->type = op->subnet.reservation_type;
	vpc_txn_list_add_tail(txn, &entry->list, &subnet->reservations);
	vpc_txn_set(txn, subnet->n_reservations, subnet->n_reservations + 1);
	vpc_txn_dirty(txn, &subnet->obj, false);
	return txn->err;
}

static void unmake(struct vpc_txn *txn, struct vpc_subnet *subnet, struct vpc_reservation *entry)
{
	vpc_txn_list_del(txn, &entry->list);
	vpc_txn_set(txn, subnet->n_reservations, subnet->n_reservations - 1);
	if (vpc_edit_replace(&txn->edit, entry))
		txn->err = -ENOMEM;
}

VPC_OP(vpc_reservation_delete)
{
	struct vpc_subnet *subnet = subnet_find(txn, &op->subnet, extack);
	const struct vpc_prefix *cidr = &op->subnet.cidr.p;
	struct vpc_reservation *entry;
	char buf[VPC_PREFIX_STRLEN];

	if (!subnet)
		return -ENOENT;
	*result = &subnet->obj;
	list_for_each_entry(entry, &subnet->reservations, list) {
		if (!vpc_prefix_equal(&entry->cidr, cidr))
			continue;
		unmake(txn, subnet, entry);
		vpc_txn_dirty(txn, &subnet->obj, false);
		return txn->err;
	}
	return vpc_refuse(extack, -ENOENT, "subnet has no reservation %s",
			  vpc_prefix_text(cidr, buf));
}

void vpc_subnet_free_reservations(struct vpc_txn *txn, struct vpc_subnet *subnet)
{
	struct vpc_reservation *entry, *next;

	list_for_each_entry_safe(entry, next, &subnet->reservations, list)
		unmake(txn, subnet, entry);
}
