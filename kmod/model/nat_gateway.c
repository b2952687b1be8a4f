// SPDX-License-Identifier: GPL-2.0
#include "nat_gateway.h"

#include <linux/jiffies.h>

#include "../drain.h"
#include "../net.h"
#include "address.h"
#include "gateway.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

/* NAT-17 */
#define DRAIN_SECONDS	350

static struct vpc_nat *nat_find(struct vpc_txn *txn, const char *ref,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_NAT_GATEWAY, ref, NULL, extack);

	return obj ? obj_to_nat(obj) : NULL;
}

/* NAT-18: of the zone, in whichever VPC. */
static int check_zone(struct vpc_net *vnet, const struct vpc_subnet *subnet,
		      struct netlink_ext_ack *extack)
{
	u32 n = 0, max = vnet->limits.nats_zone;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_NAT_GATEWAY], list)
		n += !strcmp(obj_to_nat(obj)->subnet->zone, subnet->zone);
	if (n < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u nat gateways per zone reached", max);
}

/* NAT-1, NAT-2: a public address for each private one, which nothing else has. */
static int find_eip(struct vpc_txn *txn, const struct vpc_nat *nat, const char *ref,
		    struct vpc_eip **eip, struct netlink_ext_ack *extack)
{
	const struct vpc_obj *holder;
	char buf[VPC_ID_STRLEN];

	if (nat->type == VPC_CONNECTIVITY_TYPE_PRIVATE)
		return ref ? vpc_refuse(extack, -EINVAL,
					"a private nat gateway has no elastic ip") : 0;
	if (!ref)
		return vpc_refuse(extack, -EINVAL, "a public nat gateway needs an elastic ip");
	*eip = vpc_eip_find(txn->vnet, ref, extack);
	if (!*eip)
		return -ENOENT;
	holder = vpc_eip_holder(*eip);
	if (holder)
		return vpc_refuse(extack, -EEXIST, "elastic ip is associated with \"%s\"",
				  vpc_obj_label(holder, buf));
	return vpc_eip_check_vpc(*eip, nat->obj.vpc, extack);
}

static int choose_addr(const struct vpc_nat *nat, const struct vpc_nat_cfg *cfg,
		       struct vpc_addr *addr, struct netlink_ext_ack *extack)
{
	if (!cfg->family)
		return vpc_address_pick(nat->subnet, AF_INET, addr, extack);
	if (cfg->family != AF_INET)
		return vpc_refuse(extack, -EINVAL, "addresses of a nat gateway are ipv4");
	*addr = cfg->addr;
	return vpc_address_check(nat->subnet, AF_INET, addr, extack);
}

static int add_addr(struct vpc_txn *txn, struct vpc_nat *nat, const struct vpc_nat_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	struct vpc_prefix p = { .family = AF_INET, .len = 32 };
	struct vpc_eip *eip = NULL;
	int err;

	err = find_eip(txn, nat, cfg->eip, &eip, extack);
	if (!err)
		err = choose_addr(nat, cfg, &p.addr, extack);
	if (err)
		return err;
	if (!vpc_txn_save(txn, &nat->n_addrs, sizeof(nat->n_addrs)) ||
	    !vpc_txn_save(txn, nat->addrs, sizeof(nat->addrs)))
		return -ENOMEM;
	nat->addrs[nat->n_addrs++] = (struct vpc_nat_addr){ .addr = p.addr.ip4, .eip = eip };
	vpc_address_own(txn, nat->subnet, &p, nat->obj.slot);
	if (eip)
		vpc_eip_map_nat(txn, eip, nat, p.addr.ip4);
	vpc_txn_dirty(txn, &nat->obj, true);
	return txn->err;
}

/* The EIP stays allocated (NAT-17). */
static void release_addr(struct vpc_txn *txn, struct vpc_nat *nat, const struct vpc_nat_addr *entry)
{
	struct vpc_prefix p = { vpc_addr4(entry->addr), AF_INET, 32 };

	if (entry->eip)
		vpc_eip_unmap(txn, entry->eip);
	vpc_address_disown(txn, nat->subnet, &p);
}

VPC_OP(vpc_nat_create)
{
	const struct vpc_nat_cfg *cfg = &op->nat;
	struct vpc_subnet *subnet;
	struct vpc_obj *obj;
	struct vpc_nat *nat;
	int err;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, cfg->subnet, NULL, extack);
	if (!obj)
		return -ENOENT;
	subnet = obj_to_subnet(obj);
	err = check_zone(txn->vnet, subnet, extack);
	if (err)
		return err;
	nat = vpc_edit_alloc(&txn->edit, sizeof(*nat));
	if (!nat)
		return -ENOMEM;
	nat->subnet = subnet;
	nat->type = cfg->type.set ? cfg->type.val : VPC_CONNECTIVITY_TYPE_PUBLIC;
	nat->acct = vpc_acct_make(txn);
	if (!nat->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &nat->obj, VPC_KIND_NAT_GATEWAY, obj->vpc, cfg->name, true, extack);
	if (err)
		return err;
	vpc_txn_set(txn, subnet->n_nats, subnet->n_nats + 1);
	*result = &nat->obj;
	return add_addr(txn, nat, cfg, extack);
}

/* NAT-17: its addresses are free again, routes to it lead nowhere (RT-23). */
VPC_OP(vpc_nat_delete)
{
	struct vpc_nat *nat = nat_find(txn, op->nat.id, extack);
	u8 i;

	if (!nat)
		return -ENOENT;
	for (i = 0; i < nat->n_addrs; i++)
		release_addr(txn, nat, &nat->addrs[i]);
	vpc_route_retarget(txn, nat->obj.vpc, nat->obj.slot, 0, true);
	vpc_txn_set(txn, nat->subnet->n_nats, nat->subnet->n_nats - 1);
	vpc_acct_unmake(txn, nat->acct);
	vpc_obj_del(txn, &nat->obj);
	return 0;
}

/* NAT-6, NAT-18 */
static int check_room(struct vpc_net *vnet, const struct vpc_nat *nat,
		      struct netlink_ext_ack *extack)
{
	u32 max = vnet->limits.nat_addrs;

	if (nat->type == VPC_CONNECTIVITY_TYPE_PUBLIC && nat->n_addrs >= vnet->limits.nat_eips)
		return vpc_refuse(extack, -ENOSPC, "limit of %u elastic ips per nat gateway reached",
				  vnet->limits.nat_eips);
	if (nat->n_addrs < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u addresses per nat gateway reached", max);
}

VPC_OP(vpc_nat_address_create)
{
	struct vpc_nat *nat = nat_find(txn, op->nat.id, extack);
	int err;

	if (!nat)
		return -ENOENT;
	*result = &nat->obj;
	err = check_room(txn->vnet, nat, extack);
	return err ? err : add_addr(txn, nat, &op->nat, extack);
}

/* The address that @cfg names by itself or by what stands for it. */
static struct vpc_nat_addr *find_addr(struct vpc_txn *txn, struct vpc_nat *nat,
				      const struct vpc_nat_cfg *cfg, struct netlink_ext_ack *extack)
{
	const struct vpc_eip *eip = NULL;
	u8 i;

	if (cfg->eip) {
		eip = vpc_eip_find(txn->vnet, cfg->eip, extack);
		if (!eip)
			return NULL;
	}
	for (i = 0; i < nat->n_addrs; i++)
		if (eip ? nat->addrs[i].eip == eip :
			  cfg->family == AF_INET && nat->addrs[i].addr == cfg->addr.ip4)
			return &nat->addrs[i];
	NL_SET_ERR_MSG(extack, "nat gateway has no such address");
	return NULL;
}

/* NAT-17: no new flows from now on, and after a while none at all. */
VPC_OP(vpc_nat_address_delete)
{
	u32 seconds = op->nat.drain.set ? op->nat.drain.val : DRAIN_SECONDS;
	struct vpc_nat *nat = nat_find(txn, op->nat.id, extack);
	struct vpc_nat_addr *entry;

	if (!nat)
		return -ENOENT;
	*result = &nat->obj;
	if (op->nat.family == AF_INET6)
		return vpc_refuse(extack, -EINVAL, "addresses of a nat gateway are ipv4");
	entry = find_addr(txn, nat, &op->nat, extack);
	if (!entry)
		return -ENOENT;
	if (entry == nat->addrs)
		return vpc_refuse(extack, -EINVAL, "the primary address of a nat gateway stays");
	if (entry->draining)
		return vpc_refuse(extack, -EBUSY, "address %pI4 is being drained", &entry->addr);
	vpc_txn_set(txn, entry->until, jiffies + seconds * HZ);
	vpc_txn_set(txn, entry->draining, true);
	vpc_txn_dirty(txn, &nat->obj, true);
	return vpc_txn_on_commit(txn, vpc_drain_arm, txn->vnet);
}

static void drop_addr(struct vpc_txn *txn, struct vpc_nat *nat, u8 i)
{
	struct vpc_nat_addr gone = nat->addrs[i];

	if (!vpc_txn_save(txn, &nat->n_addrs, sizeof(nat->n_addrs)) ||
	    !vpc_txn_save(txn, nat->addrs, sizeof(nat->addrs)))
		return;
	nat->n_addrs--;
	memmove(&nat->addrs[i], &nat->addrs[i + 1], (nat->n_addrs - i) * sizeof(*nat->addrs));
	release_addr(txn, nat, &gone);
	vpc_txn_dirty(txn, &nat->obj, true);
}

void vpc_nat_drain(struct vpc_txn *txn)
{
	struct vpc_obj *obj;
	struct vpc_nat *nat;
	u8 i;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_NAT_GATEWAY], list) {
		nat = obj_to_nat(obj);
		for (i = nat->n_addrs; i-- > 0;)
			if (nat->addrs[i].draining && time_after_eq(jiffies, nat->addrs[i].until))
				drop_addr(txn, nat, i);
	}
}

void vpc_nat_drain_next(struct vpc_net *vnet, struct vpc_due *due)
{
	const struct vpc_nat *nat;
	struct vpc_obj *obj;
	u8 i;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_NAT_GATEWAY], list) {
		nat = obj_to_nat(obj);
		for (i = 0; i < nat->n_addrs; i++)
			if (nat->addrs[i].draining)
				vpc_due_add(due, nat->addrs[i].until);
	}
}
