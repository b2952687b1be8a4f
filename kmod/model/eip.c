// SPDX-License-Identifier: GPL-2.0
#include <linux/inet.h>
#include <linux/inetdevice.h>

#include "../net.h"
#include "address.h"
#include "eni.h"
#include "gateway.h"
#include "nat_gateway.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

static struct vpc_eip *eip_by_addr(struct vpc_net *vnet, __be32 addr)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_EIP], list)
		if (obj_to_eip(obj)->addr == addr)
			return obj_to_eip(obj);
	return NULL;
}

static struct vpc_eip *eip_by_assoc(struct vpc_net *vnet, u64 assoc)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_EIP], list)
		if (obj_to_eip(obj)->assoc == assoc)
			return obj_to_eip(obj);
	return NULL;
}

struct vpc_eip *vpc_eip_find(struct vpc_net *vnet, const char *ref, struct netlink_ext_ack *extack)
{
	u64 assoc = vpc_id_parse(VPC_EIP_ASSOC_PREFIX, ref);
	struct vpc_obj *obj;
	__be32 addr;
	struct vpc_eip *eip;

	if (assoc) {			/* EIP-1 */
		eip = eip_by_assoc(vnet, assoc);
		if (!eip)
			NL_SET_ERR_MSG_FMT(extack, "association \"%.32s\" not found", ref);
		return eip;
	}
	if (!in4_pton(ref, -1, (u8 *)&addr, -1, NULL)) {
		obj = vpc_obj_find(vnet, VPC_KIND_EIP, ref, NULL, extack);
		return obj ? obj_to_eip(obj) : NULL;
	}
	eip = eip_by_addr(vnet, addr);
	if (!eip)
		NL_SET_ERR_MSG_FMT(extack, "elastic ip %pI4 not found", &addr);
	return eip;
}

bool vpc_eip_usable(__be32 addr)
{
	return !ipv4_is_zeronet(addr) && !ipv4_is_loopback(addr) && !ipv4_is_multicast(addr) &&
	       !ipv4_is_lbcast(addr) && !ipv4_is_linklocal_169(addr);
}

struct vpc_eip *vpc_eip_make(struct vpc_txn *txn, struct vpc_uplink *uplink, __be32 addr,
			     const char *name, struct netlink_ext_ack *extack)
{
	struct vpc_eip *eip = vpc_edit_alloc(&txn->edit, sizeof(*eip));
	int err;

	if (!eip)
		return ERR_PTR(-ENOMEM);
	eip->addr = addr;
	eip->uplink = uplink;
	INIT_LIST_HEAD(&eip->list);
	err = vpc_obj_add(txn, &eip->obj, VPC_KIND_EIP, NULL, name, true, extack);
	if (err)
		return ERR_PTR(err);
	vpc_txn_set(txn, uplink->n_users, uplink->n_users + 1);
	vpc_map_set(txn, &txn->root->public4, &addr, 32, eip->obj.slot);
	vpc_uplink_owners_changed(txn);
	return eip;
}

void vpc_eip_unmake(struct vpc_txn *txn, struct vpc_eip *eip)
{
	vpc_map_del(txn, &txn->root->public4, &eip->addr, 32);
	vpc_txn_set(txn, eip->uplink->n_users, eip->uplink->n_users - 1);
	vpc_uplink_owners_changed(txn);
	vpc_obj_del(txn, &eip->obj);
}

static int check_new(struct vpc_net *vnet, const struct vpc_eip_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	const struct vpc_eip *other;
	__be32 addr = cfg->addr.ip4;

	if (cfg->family != AF_INET)
		return vpc_refuse(extack, -EINVAL, "an elastic ip must be ipv4");
	if (!vpc_eip_usable(addr))
		return vpc_refuse(extack, -EINVAL, "%pI4 cannot be a host's address", &addr);
	other = eip_by_addr(vnet, addr);
	if (!other)
		return 0;
	if (other->automatic)
		return vpc_refuse(extack, -EEXIST, "%pI4 is an automatic public address in use",
				  &addr);
	return vpc_refuse(extack, -EEXIST, "elastic ip %pI4 exists already", &addr);
}

VPC_OP(vpc_eip_create)
{
	const struct vpc_eip_cfg *cfg = &op->eip;
	struct vpc_obj *uplink;
	struct vpc_eip *eip;
	int err;

	err = check_new(txn->vnet, cfg, extack);
	if (err)
		return err;
	uplink = vpc_obj_find(txn->vnet, VPC_KIND_UPLINK, cfg->uplink, NULL, extack);
	if (!uplink)
		return -ENOENT;
	eip = vpc_eip_make(txn, obj_to_uplink(uplink), cfg->addr.ip4, cfg->name, extack);
	if (IS_ERR(eip))
		return PTR_ERR(eip);
	*result = &eip->obj;
	return 0;
}

struct vpc_eip *vpc_eip_of(const struct vpc_eni *eni, __be32 addr)
{
	struct vpc_eip *eip;

	list_for_each_entry(eip, &eni->eips, list)
		if (eip->private_addr == addr)
			return eip;
	return NULL;
}

struct vpc_obj *vpc_eip_holder(const struct vpc_eip *eip)
{
	if (eip->nat)
		return &eip->nat->obj;
	return eip->eni ? &eip->eni->obj : NULL;
}

/* Who asks the VPC for a public address depends on its holder and on the EIP. */
static void mapping_changes(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_obj *holder)
{
	vpc_txn_dirty(txn, &eip->obj, true);
	vpc_txn_dirty(txn, holder, true);
	vpc_txn_rebuild(txn, &holder->vpc->obj);
}

void vpc_eip_map(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_eni *eni, __be32 addr)
{
	vpc_txn_set(txn, eip->eni, eni);
	vpc_txn_set(txn, eip->private_addr, addr);
	if (!eip->automatic)
		vpc_txn_set(txn, eip->assoc, vpc_id_new());
	vpc_txn_list_add_tail(txn, &eip->list, &eni->eips);
	vpc_map_set(txn, &eni->obj.vpc->publics, &addr, 32, eip->obj.slot);
	mapping_changes(txn, eip, &eni->obj);
}

void vpc_eip_map_nat(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_nat *nat, __be32 addr)
{
	vpc_txn_set(txn, eip->nat, nat);
	vpc_txn_set(txn, eip->private_addr, addr);
	vpc_map_set(txn, &nat->obj.vpc->publics, &addr, 32, eip->obj.slot);
	mapping_changes(txn, eip, &nat->obj);
}

void vpc_eip_unmap(struct vpc_txn *txn, struct vpc_eip *eip)
{
	struct vpc_obj *holder = vpc_eip_holder(eip);

	vpc_map_del(txn, &holder->vpc->publics, &eip->private_addr, 32);
	if (eip->eni)
		vpc_txn_list_del(txn, &eip->list);
	vpc_txn_set(txn, eip->eni, NULL);
	vpc_txn_set(txn, eip->nat, NULL);
	vpc_txn_set(txn, eip->private_addr, 0);
	vpc_txn_set(txn, eip->assoc, 0);
	mapping_changes(txn, eip, holder);
	if (!eip->automatic)
		return;
	vpc_txn_set(txn, eip->uplink->n_automatic, eip->uplink->n_automatic - 1);
	vpc_txn_dirty(txn, &eip->uplink->obj, false);
	vpc_eip_unmake(txn, eip);
}

int vpc_eip_check_vpc(const struct vpc_eip *eip, const struct vpc_vpc *vpc,
		      struct netlink_ext_ack *extack)
{
	if (!vpc->igw)
		return vpc_refuse(extack, -EINVAL, "vpc has no internet gateway attached");
	if (vpc->igw->uplink != eip->uplink)
		return vpc_refuse(extack, -EINVAL,
				  "elastic ip and internet gateway have different uplinks");
	return 0;
}

/*
 * NAT-12, NLB-1: a NAT gateway keeps its public addresses for as long as it has the private ones,
 * and so does a node; and an automatic address was never allocated.
 */
static int check_movable(const struct vpc_eip *eip, struct netlink_ext_ack *extack)
{
	char buf[VPC_ID_STRLEN];

	if (eip->automatic)
		return vpc_refuse(extack, -EPERM, "%pI4 is an automatic public address",
				  &eip->addr);
	if (eip->nat)
		return vpc_refuse(extack, -EBUSY, "elastic ip belongs to nat gateway \"%s\"",
				  vpc_obj_label(&eip->nat->obj, buf));
	if (!eip->eni || !eip->eni->requester)
		return 0;
	return vpc_refuse(extack, -EBUSY, "elastic ip belongs to load balancer \"%s\"",
			  vpc_obj_label(eip->eni->requester, buf));
}

void vpc_eip_move(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_eni *eni)
{
	vpc_txn_list_del(txn, &eip->list);
	vpc_txn_list_add_tail(txn, &eip->list, &eni->eips);
	vpc_txn_set(txn, eip->eni, eni);
	vpc_txn_dirty(txn, &eip->obj, true);
}

/* @addr: what it shall stand for */
static int check_mappable(const struct vpc_eip *eip, const struct vpc_eni *eni, __be32 addr,
			  const struct vpc_eip_cfg *cfg, struct netlink_ext_ack *extack)
{
	char buf[VPC_ID_STRLEN];
	int err;

	err = vpc_eip_check_vpc(eip, eni->obj.vpc, extack);
	if (!err)
		err = check_movable(eip, extack);
	if (err)
		return err;
	if (!addr || cfg->private_family == AF_INET6)
		return vpc_refuse(extack, -EINVAL, "an elastic ip stands for an ipv4 address");
	if (!vpc_eni_has_address(eni, addr))
		return vpc_refuse(extack, -EINVAL, "network interface has no address %pI4", &addr);
	if (cfg->no_reassociation && eip->eni &&		/* EIP-2 */
	    (eip->eni != eni || eip->private_addr != addr))
		return vpc_refuse(extack, -EEXIST, "elastic ip is associated with \"%s\"",
				  vpc_obj_label(&eip->eni->obj, buf));
	return 0;
}

VPC_OP(vpc_eip_associate)
{
	struct vpc_eip *eip = vpc_eip_find(txn->vnet, op->eip.id, extack);
	struct vpc_eni *eni, *from;
	struct vpc_eip *old;
	__be32 addr;
	int err;

	if (!eip)
		return -ENOENT;
	eni = vpc_eni_find_own(txn, op->eip.eni, extack);
	if (IS_ERR(eni))
		return PTR_ERR(eni);
	*result = &eip->obj;
	addr = op->eip.private_family ? op->eip.private_addr.ip4 : eni->addr;
	err = check_mappable(eip, eni, addr, &op->eip, extack);
	if (err || (eip->eni == eni && eip->private_addr == addr))
		return err;
	from = eip->eni;
	if (from)			/* EIP-2: it moves */
		vpc_eip_unmap(txn, eip);
	old = vpc_eip_of(eni, addr);
	if (old)			/* EIP-2, EIP-4 */
		vpc_eip_unmap(txn, old);
	vpc_eip_map(txn, eip, eni, addr);
	if (from)
		vpc_public_again(txn, from);
	return 0;
}

VPC_OP(vpc_eip_disassociate)
{
	struct vpc_eip *eip = vpc_eip_find(txn->vnet, op->eip.id, extack);
	struct vpc_eni *eni;
	int err;

	if (!eip)
		return -ENOENT;
	err = check_movable(eip, extack);
	if (err)
		return err;
	eni = eip->eni;
	if (!eni)
		return vpc_refuse(extack, -EINVAL, "elastic ip is not associated");
	*result = &eip->obj;
	vpc_eip_unmap(txn, eip);
	vpc_public_again(txn, eni);
	return 0;
}

VPC_OP(vpc_eip_delete)
{
	struct vpc_eip *eip = vpc_eip_find(txn->vnet, op->eip.id, extack);
	const struct vpc_obj *holder = eip ? vpc_eip_holder(eip) : NULL;
	char buf[VPC_ID_STRLEN];
	int err;

	if (!eip)
		return -ENOENT;
	err = check_movable(eip, extack);
	if (err)
		return err;
	if (holder)			/* EIP-3 */
		return vpc_refuse(extack, -EBUSY, "elastic ip is associated with \"%s\"",
				  vpc_obj_label(holder, buf));
	vpc_eip_unmake(txn, eip);
	return 0;
}
