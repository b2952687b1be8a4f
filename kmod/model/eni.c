// SPDX-License-Identifier: GPL-2.0
#include "eni.h"

#include <linux/etherdevice.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>

#include "../net.h"
#include "../port.h"
#include "address.h"
#include "endpoint.h"
#include "gateway.h"
#include "nouns.h"
#include "security_group.h"
#include "subnet.h"
#include "target_group.h"
#include "txn.h"
#include "vpc.h"

/* The primary address, given or any; none where there is no IPv4 (VPC-22). */
static int choose_addr(struct vpc_eni *eni, const struct vpc_eni_cfg *cfg,
		       struct netlink_ext_ack *extack)
{
	struct vpc_addr addr = cfg->addr;
	int err;

	if (cfg->family == AF_INET6)
		return vpc_refuse(extack, -EINVAL, "the primary address must be ipv4");
	if (!cfg->family && !eni->subnet->cidr.family)
		return 0;
	if (cfg->family)
		err = vpc_address_check(eni->subnet, AF_INET, &addr, extack);
	else
		err = vpc_address_pick(eni->subnet, AF_INET, &addr, extack);
	eni->addr = addr.ip4;
	return err;
}

static bool mac_taken(const struct vpc_eni *eni)
{
	const struct vpc_vpc *vpc = eni->obj.vpc;
	u64 slot;

	return vpc_lpm_lookup(&vpc->macs, eni->mac, &slot, NULL) ||
	       ether_addr_equal(eni->mac, vpc->router_mac);
}

/* ENI-1: given, or that of the other end of the device's pair. */
static int choose_mac(struct vpc_eni *eni, const u8 *mac, struct netlink_ext_ack *extack)
{
	if (mac)
		ether_addr_copy(eni->mac, mac);
	else if (!vpc_port_peer_mac(eni->port, eni->mac))
		return vpc_refuse(extack, -EINVAL, "device %s has no peer: mac is required",
				  eni->port->ifname);
	if (!is_valid_ether_addr(eni->mac))
		return vpc_refuse(extack, -EINVAL, "mac %pM is not a host's", eni->mac);
	if (mac_taken(eni))
		return vpc_refuse(extack, -EEXIST, "mac %pM is in use in the vpc", eni->mac);
	return 0;
}

static void map_add(struct vpc_txn *txn, struct vpc_eni *eni)
{
	struct vpc_prefix primary = { vpc_addr4(eni->addr), AF_INET, 32 };
	struct vpc_vpc *vpc = eni->obj.vpc;

	if (eni->addr)
		vpc_address_own(txn, eni->subnet, &primary, eni->obj.slot);
	vpc_map_set(txn, &vpc->macs, eni->mac, 48, eni->obj.slot);
	vpc_txn_set(txn, eni->subnet->n_enis, eni->subnet->n_enis + 1);
	/* The map grows by an address that nobody had: only references to groups are affected. */
	vpc_txn_rebuild(txn, &vpc->obj);
	vpc_group_set_joined(txn, &eni->groups);
}

/* SG-14 */
static int set_timeouts(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_eni_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	u32 tcp = cfg->tcp_timeout.val;

	if (cfg->tcp_timeout.set) {
		if (tcp < VPC_TIMEOUT_TCP_MIN || tcp > VPC_TIMEOUT_TCP_MAX)
			return vpc_refuse(extack, -ERANGE,
					  "tcp-established-timeout must be %u to %u",
					  VPC_TIMEOUT_TCP_MIN, VPC_TIMEOUT_TCP_MAX);
		vpc_txn_set(txn, eni->timeouts.tcp, tcp);
	}
	if (cfg->udp_timeout.set)
		vpc_txn_set(txn, eni->timeouts.udp, cfg->udp_timeout.val);
	if (cfg->udp_stream_timeout.set)
		vpc_txn_set(txn, eni->timeouts.udp_stream, cfg->udp_stream_timeout.val);
	return 0;
}

static int set_description(struct vpc_txn *txn, struct vpc_eni *eni, const char *description)
{
	if (!description)
		return 0;
	if (!vpc_txn_save(txn, eni->description, sizeof(eni->description)))
		return -ENOMEM;
	vpc_str_set(eni->description, description, sizeof(eni->description));
	return 0;
}

static void map_del(struct vpc_txn *txn, struct vpc_eni *eni)
{
	struct vpc_prefix primary = { vpc_addr4(eni->addr), AF_INET, 32 };
	struct vpc_eni_address *entry, *next;

	list_for_each_entry_safe(entry, next, &eni->addresses, list)
		vpc_eni_address_remove(txn, eni, entry);
	if (eni->addr)
		vpc_address_disown(txn, eni->subnet, &primary);
	vpc_map_del(txn, &eni->obj.vpc->macs, eni->mac, 48);
	vpc_txn_set(txn, eni->subnet->n_enis, eni->subnet->n_enis - 1);
	vpc_txn_rebuild(txn, &eni->obj.vpc->obj);
}

/* What all interfaces have; the rest of them is the caller's. */
static struct vpc_eni *eni_begin(struct vpc_txn *txn, struct vpc_subnet *subnet,
				 const struct vpc_eni_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct vpc_eni *eni = vpc_edit_alloc(&txn->edit, sizeof(*eni));
	int err;

	if (!eni)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&eni->eips);
	INIT_LIST_HEAD(&eni->addresses);
	eni->subnet = subnet;
	eni->source_dest_check = !cfg->source_dest_check.set || cfg->source_dest_check.val;
	eni->timeouts = (struct vpc_timeouts)VPC_TIMEOUTS_DEFAULT;
	vpc_str_set(eni->description, cfg->description, sizeof(eni->description));
	err = set_timeouts(txn, eni, cfg, extack);
	if (!err)
		err = choose_addr(eni, cfg, extack);
	if (err)
		return ERR_PTR(err);
	eni->acct = vpc_acct_make(txn);
	if (!eni->acct)
		return ERR_PTR(-ENOMEM);
	err = vpc_obj_add(txn, &eni->obj, VPC_KIND_ENI, subnet->obj.vpc, cfg->name, true, extack);
	return err ? ERR_PTR(err) : eni;
}

VPC_OP(vpc_eni_create)
{
	const struct vpc_eni_cfg *cfg = &op->eni;
	struct vpc_obj *obj;
	struct vpc_eni *eni;
	int err;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, cfg->subnet, NULL, extack);
	if (!obj)
		return -ENOENT;
	eni = eni_begin(txn, obj_to_subnet(obj), cfg, extack);
	if (IS_ERR(eni))
		return PTR_ERR(eni);
	err = vpc_group_set_replace(txn, &eni->groups, obj->vpc, cfg->groups, cfg->n_groups,
				    extack);
	if (err)
		return err;
	eni->port = vpc_port_make(txn, &eni->obj, cfg->ifname, extack);
	if (IS_ERR(eni->port))
		return PTR_ERR(eni->port);
	err = choose_mac(eni, cfg->mac, extack);
	if (err)
		return err;
	map_add(txn, eni);
	*result = &eni->obj;
	eni->associate_public = cfg->associate_public.set ? cfg->associate_public.val :
							    eni->subnet->map_public;	/* VPC-23 */
	err = vpc_eni_address_assign(txn, eni, cfg, extack);
	return err ? err : vpc_public_renew(txn, eni, extack);
}

struct vpc_eni *vpc_eni_make(struct vpc_txn *txn, struct vpc_obj *requester,
			     const struct vpc_group_set *groups, struct vpc_subnet *subnet,
			     const struct vpc_addr *addr, struct netlink_ext_ack *extack)
{
	struct vpc_eni_cfg cfg = { .family = AF_INET, .addr = *addr };
	char description[VPC_NAME_MAX + 1], buf[VPC_ID_STRLEN];
	struct vpc_eni *eni;

	snprintf(description, sizeof(description), "%s %s",
		 requester->kind == VPC_KIND_NLB ? "ELB net" : "VPC Endpoint Interface",
		 vpc_id_format(requester->kind, requester->id, buf));
	cfg.description = description;
	eni = eni_begin(txn, subnet, &cfg, extack);
	if (IS_ERR(eni))
		return eni;
	eni->requester = requester;
	eni->groups = *groups;
	do {
		eth_random_addr(eni->mac);
	} while (mac_taken(eni));
	map_add(txn, eni);
	return eni;
}

struct vpc_eni *vpc_eni_find_own(struct vpc_txn *txn, const char *ref,
				 struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ENI, ref, NULL, extack);
	const struct vpc_obj *requester;
	char buf[VPC_ID_STRLEN];

	if (!obj)
		return ERR_PTR(-ENOENT);
	requester = obj_to_eni(obj)->requester;
	if (!requester)
		return obj_to_eni(obj);
	NL_SET_ERR_MSG_FMT(extack, "network interface is managed by %s \"%s\"",
			   vpc_kind_name(requester->kind), vpc_obj_label(requester, buf));
	return ERR_PTR(-EPERM);
}

/*
 * ENI-8: the interface keeps its address while it has no device, and gets another device; but a
 * public address that is automatic is another one then. RTNL.
 */
static int set_device(struct vpc_txn *txn, struct vpc_eni *eni, const char *ifname,
		      struct netlink_ext_ack *extack)
{
	int err = vpc_port_renew(txn, &eni->obj, &eni->port, ifname, extack);

	return err ? err : vpc_public_renew(txn, eni, extack);
}

static int set_public(struct vpc_txn *txn, struct vpc_eni *eni, const struct vpc_eni_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	if (!cfg->associate_public.set || cfg->associate_public.val == eni->associate_public)
		return 0;
	vpc_txn_set(txn, eni->associate_public, cfg->associate_public.val);
	return vpc_public_renew(txn, eni, extack);
}

VPC_OP(vpc_eni_set)
{
	struct vpc_eni *eni = vpc_eni_find_own(txn, op->eni.id, extack);
	int err;

	if (IS_ERR(eni))
		return PTR_ERR(eni);
	*result = &eni->obj;
	if (op->eni.name) {
		err = vpc_obj_rename(txn, &eni->obj, op->eni.name, extack);
		if (err)
			return err;
	}
	err = set_description(txn, eni, op->eni.description);
	if (!err)
		err = set_timeouts(txn, eni, &op->eni, extack);
	if (!err && op->eni.ifname)
		err = set_device(txn, eni, op->eni.ifname, extack);
	if (!err)
		err = set_public(txn, eni, &op->eni, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, &eni->obj, false);
	if (op->eni.source_dest_check.set) {
		vpc_txn_set(txn, eni->source_dest_check, op->eni.source_dest_check.val);
		vpc_txn_dirty(txn, &eni->obj, true);
	}
	if (op->eni.n_groups) {		/* SG-17 */
		vpc_txn_dirty(txn, &eni->obj, true);
		err = vpc_group_set_replace(txn, &eni->groups, eni->obj.vpc, op->eni.groups,
					    op->eni.n_groups, extack);
		if (err)
			return err;
		vpc_group_set_joined(txn, &eni->groups);
	}
	return 0;
}

void vpc_eni_unmake(struct vpc_txn *txn, struct vpc_eni *eni)
{
	map_del(txn, eni);
	vpc_acct_unmake(txn, eni->acct);
	vpc_obj_del(txn, &eni->obj);
}

/* Its EIPs stay allocated, routes to it become blackholes (RT-23). */
VPC_OP(vpc_eni_delete)
{
	struct vpc_eni *eni = vpc_eni_find_own(txn, op->eni.id, extack);
	struct vpc_eip *eip, *next;

	if (IS_ERR(eni))
		return PTR_ERR(eni);
	list_for_each_entry_safe(eip, next, &eni->eips, list)
		vpc_eip_unmap(txn, eip);
	vpc_route_retarget(txn, eni->obj.vpc, eni->obj.slot, 0, true);
	vpc_target_forget_eni(txn, eni);
	vpc_port_unmake(txn, eni->port);
	vpc_eni_unmake(txn, eni);
	return 0;
}
