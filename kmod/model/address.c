// SPDX-License-Identifier: GPL-2.0
/* Addresses in a subnet: which are free, whose they are, how they move (ENI-1, ENI-9). */

#include "address.h"

#include <linux/random.h>

#include "../net.h"
#include "eni.h"
#include "gateway.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

/* A prefix that is delegated to an interface has one length (ENI-1). */
#define DELEGATED4	28
#define DELEGATED6	80

/* Among 2^64 addresses, of which few are in use, nobody needs as many. */
#define PICK_TRIES	64

static const char *family_name(u8 family)
{
	return family == AF_INET ? "ipv4" : "ipv6";
}

static bool is_address(const struct vpc_prefix *p)
{
	return p->len == vpc_family_bits(p->family);
}

static const char *what(const struct vpc_prefix *p)
{
	return is_address(p) ? "address" : "prefix";
}

static struct vpc_prefix host_prefix(u8 family, const struct vpc_addr *addr)
{
	return (struct vpc_prefix){ *addr, family, vpc_family_bits(family) };
}

static struct vpc_lpm *address_map(struct vpc_vpc *vpc, u8 family)
{
	return family == AF_INET ? &vpc->addresses : &vpc->addresses6;
}

static bool taken(const struct vpc_subnet *subnet, const struct vpc_prefix *p)
{
	const struct vpc_lpm *map = address_map(subnet->obj.vpc, p->family);
	struct vpc_prefix first;
	u64 slot;

	return vpc_lpm_lookup(map, &p->addr, &slot, NULL) || vpc_map_inside(map, p, &first);
}

static bool may_pick(const void *of, const struct vpc_prefix *p)
{
	return !vpc_subnet_reserved(of, p) && !taken(of, p) &&
	       !vpc_subnet_reservation(of, p->family, &p->addr);
}

/* From a random place on. */
bool vpc_address_any4(const struct vpc_prefix *block,
		      bool (*usable)(const void *of, const struct vpc_prefix *p), const void *of,
		      struct vpc_addr *addr)
{
	struct vpc_prefix p = { .family = AF_INET, .len = 32 };
	u64 size = 1ULL << (32 - block->len), i;
	u32 start = get_random_u32();

	for (i = 0; i < size; i++) {
		p.addr = vpc_addr4(htonl(ntohl(block->addr.ip4) + (u32)((start + i) & (size - 1))));
		if (!usable(of, &p))
			continue;
		*addr = p.addr;
		return true;
	}
	return false;
}

static bool pick6(const struct vpc_subnet *subnet, struct vpc_addr *addr)
{
	struct vpc_prefix p = { .family = AF_INET6, .len = 128 };
	const struct vpc_prefix *block = &subnet->cidr6;
	unsigned int i, byte;

	for (i = 0; i < PICK_TRIES; i++) {
		p.addr = block->addr;
		byte = DIV_ROUND_UP(block->len, 8);
		get_random_bytes(p.addr.bytes + byte, sizeof(p.addr) - byte);
		if (!may_pick(subnet, &p))
			continue;
		*addr = p.addr;
		return true;
	}
	return false;
}

int vpc_address_pick(const struct vpc_subnet *subnet, u8 family, struct vpc_addr *addr,
		     struct netlink_ext_ack *extack)
{
	const struct vpc_prefix *block = vpc_subnet_block(subnet, family);

	if (!block->family)
		return vpc_refuse(extack, -EINVAL, "subnet has no %s cidr", family_name(family));
	if (!(family == AF_INET ? vpc_address_any4(block, may_pick, subnet, addr) :
				  pick6(subnet, addr)))
		return vpc_refuse(extack, -ENOSPC, "subnet has no free address");
	return 0;
}

/* May an interface of @subnet have @p at all? */
static int check_place(const struct vpc_subnet *subnet, const struct vpc_prefix *p,
		       struct netlink_ext_ack *extack)
{
	const struct vpc_prefix *block = vpc_subnet_block(subnet, p->family);
	char buf[VPC_PREFIX_STRLEN];

	if (!block->family)
		return vpc_refuse(extack, -EINVAL, "subnet has no %s cidr", family_name(p->family));
	if (!vpc_prefix_covers(block, p))
		return vpc_refuse(extack, -EINVAL, "%s %s is not in subnet's cidr", what(p),
				  vpc_prefix_text(p, buf));
	if (vpc_subnet_reserved(subnet, p))		/* VPC-19, VPC-21 */
		return vpc_refuse(extack, -EINVAL, "%s %s %s reserved in its subnet", what(p),
				  vpc_prefix_text(p, buf), is_address(p) ? "is" : "has what is");
	return 0;
}

static int refuse_taken(const struct vpc_prefix *p, struct netlink_ext_ack *extack)
{
	char buf[VPC_PREFIX_STRLEN];

	return vpc_refuse(extack, -EEXIST, "%s %s is in use", what(p), vpc_prefix_text(p, buf));
}

int vpc_address_check(const struct vpc_subnet *subnet, u8 family, const struct vpc_addr *addr,
		      struct netlink_ext_ack *extack)
{
	struct vpc_prefix p = host_prefix(family, addr);
	int err = check_place(subnet, &p, extack);

	if (!err && taken(subnet, &p))			/* VPC-29 */
		err = refuse_taken(&p, extack);
	return err;
}

/* @more IPv4 addresses of the subnet are in use (VPC-19). */
static void count_addresses(struct vpc_txn *txn, struct vpc_subnet *subnet, u8 family, s64 more)
{
	if (family == AF_INET)
		vpc_txn_set(txn, subnet->n_addrs, subnet->n_addrs + more);
}

static s64 size_of(const struct vpc_prefix *p)
{
	return p->family == AF_INET ? 1LL << (32 - p->len) : 1;
}

void vpc_address_own(struct vpc_txn *txn, struct vpc_subnet *subnet, const struct vpc_prefix *p,
		     u32 slot)
{
	struct vpc_vpc *vpc = subnet->obj.vpc;

	vpc_map_set(txn, address_map(vpc, p->family), &p->addr, p->len, slot);
	count_addresses(txn, subnet, p->family, size_of(p));
	/* The map grows by an address that nobody had: only references to groups are affected. */
	vpc_txn_rebuild(txn, &vpc->obj);
}

void vpc_address_disown(struct vpc_txn *txn, struct vpc_subnet *subnet, const struct vpc_prefix *p)
{
	struct vpc_vpc *vpc = subnet->obj.vpc;

	vpc_map_del(txn, address_map(vpc, p->family), &p->addr, p->len);
	count_addresses(txn, subnet, p->family, -size_of(p));
	vpc_txn_rebuild(txn, &vpc->obj);
}

static struct vpc_eni_address *entry_find(const struct vpc_eni *eni, const struct vpc_prefix *p)
{
	struct vpc_eni_address *entry;

	list_for_each_entry(entry, &eni->addresses, list)
		if (vpc_prefix_equal(&entry->p, p))
			return entry;
	return NULL;
}

bool vpc_eni_has_address(const struct vpc_eni *eni, __be32 ip4)
{
	struct vpc_addr addr = vpc_addr4(ip4);
	struct vpc_prefix p = host_prefix(AF_INET, &addr);

	return ip4 && (ip4 == eni->addr || entry_find(eni, &p));
}

/* Of each family so many, and a prefix counts as one. */
static int check_room(struct vpc_txn *txn, const struct vpc_eni *eni, u8 family,
		      struct netlink_ext_ack *extack)
{
	u32 max = txn->vnet->limits.addresses_eni, n = family == AF_INET && eni->addr;
	const struct vpc_eni_address *entry;

	list_for_each_entry(entry, &eni->addresses, list)
		n += entry->p.family == family;
	if (n < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u %s addresses per interface reached", max,
			  family_name(family));
}

static int entry_add(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_prefix *p)
{
	struct vpc_eni_address *entry = vpc_edit_alloc(&txn->edit, sizeof(*entry));

	if (!entry)
		return -ENOMEM;
	entry->p = *p;
	vpc_txn_list_add_tail(txn, &entry->list, &eni->addresses);
	vpc_address_own(txn, eni->subnet, p, eni->obj.slot);
	vpc_txn_dirty(txn, &eni->obj, true);
	vpc_group_set_joined(txn, &eni->groups);
	return txn->err;
}

void vpc_eni_address_remove(struct vpc_txn *txn, struct vpc_eni *eni,
			    struct vpc_eni_address *entry)
{
	vpc_txn_list_del(txn, &entry->list);
	vpc_address_disown(txn, eni->subnet, &entry->p);
	vpc_txn_dirty(txn, &eni->obj, true);
	if (vpc_edit_replace(&txn->edit, entry))
		txn->err = -ENOMEM;
}

/* Slots of what this transaction made have no snapshot yet. */
static struct vpc_eni *eni_by_slot(struct vpc_net *vnet, u32 slot)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ENI], list)
		if (obj->slot == slot)
			return obj_to_eni(obj);
	return NULL;
}

static struct vpc_eni *owner_of(struct vpc_txn *txn, struct vpc_vpc *vpc,
				const struct vpc_prefix *p)
{
	u64 slot;

	if (!vpc_lpm_lookup(address_map(vpc, p->family), &p->addr, &slot, NULL))
		return NULL;
	return eni_by_slot(txn->vnet, slot);
}

/* From now on every packet to or from the address is @eni's, and what stands for it too. */
static void move_entry(struct vpc_txn *txn, struct vpc_eni *from, struct vpc_eni *to,
		       struct vpc_eni_address *entry)
{
	const struct vpc_prefix *p = &entry->p;
	struct vpc_vpc *vpc = to->obj.vpc;
	struct vpc_eip *eip;

	eip = p->family == AF_INET ? vpc_eip_of(from, p->addr.ip4) : NULL;
	vpc_txn_list_del(txn, &entry->list);
	vpc_txn_list_add_tail(txn, &entry->list, &to->addresses);
	vpc_map_set(txn, address_map(vpc, p->family), &p->addr, p->len, to->obj.slot);
	if (eip)
		vpc_eip_move(txn, eip, to);
	vpc_txn_dirty(txn, &from->obj, true);
	vpc_txn_dirty(txn, &to->obj, true);
	vpc_txn_rebuild(txn, &vpc->obj);
	vpc_group_set_joined(txn, &to->groups);
}

/* ENI-9: @p, an address that is in use, moves here unless it is primary or of a prefix. */
static int take_over(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_prefix *p,
		     struct netlink_ext_ack *extack)
{
	struct vpc_eni *owner = owner_of(txn, eni->obj.vpc, p);
	struct vpc_eni_address *entry = owner ? entry_find(owner, p) : NULL;
	char buf[VPC_PREFIX_STRLEN];
	int err;

	if (entry && owner == eni)
		return 0;
	if (!entry && owner && p->family == AF_INET && p->addr.ip4 == owner->addr)
		return vpc_refuse(extack, -EBUSY, "address %s is the primary one of an interface",
				  vpc_prefix_text(p, buf));
	if (!entry)
		return refuse_taken(p, extack);
	err = check_room(txn, eni, p->family, extack);
	if (err)
		return err;
	move_entry(txn, owner, eni, entry);
	return txn->err;
}

static int check_length(const struct vpc_prefix *p, struct netlink_ext_ack *extack)
{
	u8 len = p->family == AF_INET ? DELEGATED4 : DELEGATED6;

	if (is_address(p) || p->len == len)
		return 0;
	return vpc_refuse(extack, -ERANGE, "a delegated prefix must be /%u", len);
}

static int assign(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_prefix *p,
		  bool reassign, struct netlink_ext_ack *extack)
{
	int err = check_length(p, extack);

	if (!err)
		err = check_place(eni->subnet, p, extack);
	if (err)
		return err;
	if (taken(eni->subnet, p))
		return reassign && is_address(p) ? take_over(txn, eni, p, extack) :
						   refuse_taken(p, extack);
	err = check_room(txn, eni, p->family, extack);
	return err ? err : entry_add(txn, eni, p);
}

static int assign_any(struct vpc_txn *txn, struct vpc_eni *eni, u8 family, u32 n,
		      struct netlink_ext_ack *extack)
{
	struct vpc_addr addr;
	struct vpc_prefix p;
	int err = 0;

	while (n-- && !err) {
		err = check_room(txn, eni, family, extack);
		if (!err)
			err = vpc_address_pick(eni->subnet, family, &addr, extack);
		if (err)
			return err;
		p = host_prefix(family, &addr);
		err = entry_add(txn, eni, &p);
	}
	return err;
}

int vpc_eni_address_assign(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_eni_cfg *cfg,
			   struct netlink_ext_ack *extack)
{
	u32 count6 = cfg->count6, i;
	int err = 0;

	/* Nobody is left without any (VPC-22). */
	if (!eni->addr && list_empty(&eni->addresses) && !cfg->n_addresses && !count6)
		count6 = 1;

	for (i = 0; i < cfg->n_addresses && !err; i++)
		err = assign(txn, eni, &cfg->addresses[i].p, cfg->reassign, extack);
	if (!err)
		err = assign_any(txn, eni, AF_INET, cfg->count4, extack);
	if (!err)
		err = assign_any(txn, eni, AF_INET6, count6, extack);
	return err;
}

/* What stands for the address stays allocated. */
static int unassign(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_prefix *p,
		    struct netlink_ext_ack *extack)
{
	struct vpc_eni_address *entry = entry_find(eni, p);
	char buf[VPC_PREFIX_STRLEN];
	struct vpc_eip *eip = NULL;

	if (entry && !eni->addr && list_is_singular(&eni->addresses))	/* VPC-22 */
		return vpc_refuse(extack, -EINVAL, "network interface has no other address");
	if (!entry && is_address(p) && p->family == AF_INET && p->addr.ip4 == eni->addr)
		return vpc_refuse(extack, -EINVAL, "the primary address cannot be unassigned");
	if (!entry)
		return vpc_refuse(extack, -ENOENT, "network interface has no %s %s", what(p),
				  vpc_prefix_text(p, buf));
	if (is_address(p) && p->family == AF_INET)
		eip = vpc_eip_of(eni, p->addr.ip4);
	if (eip)
		vpc_eip_unmap(txn, eip);
	vpc_eni_address_remove(txn, eni, entry);
	return txn->err;
}

VPC_OP(vpc_eni_assign)
{
	struct vpc_eni *eni = vpc_eni_find_own(txn, op->eni.id, extack);

	if (IS_ERR(eni))
		return PTR_ERR(eni);
	*result = &eni->obj;
	return vpc_eni_address_assign(txn, eni, &op->eni, extack);
}

VPC_OP(vpc_eni_unassign)
{
	struct vpc_eni *eni = vpc_eni_find_own(txn, op->eni.id, extack);
	int err = 0;
	u32 i;

	if (IS_ERR(eni))
		return PTR_ERR(eni);
	*result = &eni->obj;
	for (i = 0; i < op->eni.n_addresses && !err; i++)
		err = unassign(txn, eni, &op->eni.addresses[i].p, extack);
	return err;
}
