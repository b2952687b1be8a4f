// SPDX-License-Identifier: GPL-2.0
/* Interface endpoints: in each of their subnets an interface, all with the same groups. */

#include "../net.h"
#include "address.h"
#include "endpoint.h"
#include "endpoint_service.h"
#include "eni.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

static struct vpc_subnet *subnet_find(struct vpc_txn *txn, const struct vpc_endpoint *ep,
				      const char *ref, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, ref, ep->obj.vpc, extack);
	if (obj && obj->vpc != ep->obj.vpc) {
		NL_SET_ERR_MSG_FMT(extack, "subnet \"%.40s\" belongs to another vpc", ref);
		return NULL;
	}
	return obj ? obj_to_subnet(obj) : NULL;
}

/* Where the interface in @subnet is among the endpoint's, or -1. */
static int place_in(const struct vpc_endpoint *ep, const struct vpc_subnet *subnet)
{
	int i;

	for (i = 0; i < ep->n_enis; i++)
		if (ep->enis[i]->subnet == subnet)
			return i;
	return -1;
}

/* Likewise of the one whose subnet @addr lies in. */
static int place_around(const struct vpc_endpoint *ep, const struct vpc_addr *addr)
{
	int i;

	for (i = 0; i < ep->n_enis; i++)
		if (vpc_prefix_has(&ep->enis[i]->subnet->cidr, AF_INET, addr))
			return i;
	return -1;
}

/* IFE-2; a service that is gone is to be had nowhere. */
static bool in_zone(const struct vpc_endpoint *ep, const char *zone)
{
	if (ep->service)
		return vpc_service_in_zone(ep->service, zone);
	return ep->provider && vpc_provider_in_zone(ep->provider, ep->obj.vpc, zone);
}

/* IFE-1, IFE-2 */
static int check_place(struct vpc_txn *txn, const struct vpc_endpoint *ep,
		       const struct vpc_subnet *subnet, const char *ref,
		       struct netlink_ext_ack *extack)
{
	u32 max = min_t(u32, txn->vnet->limits.endpoint_subnets, VPC_ENDPOINT_ENIS_MAX);
	int i;

	if (place_in(ep, subnet) >= 0)
		return vpc_refuse(extack, -EEXIST, "endpoint is in subnet \"%.40s\" already", ref);
	if (!in_zone(ep, subnet->zone))
		return vpc_refuse(extack, -EINVAL, "service is not in zone \"%.40s\"",
				  subnet->zone);
	for (i = 0; i < ep->n_enis; i++)
		if (!strcmp(ep->enis[i]->subnet->zone, subnet->zone))
			return vpc_refuse(extack, -EEXIST,
					  "endpoint has a subnet in zone \"%.32s\" already",
					  subnet->zone);
	if (ep->n_enis >= max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u subnets per endpoint reached", max);
	return 0;
}

static int eni_add(struct vpc_txn *txn, struct vpc_endpoint *ep, struct vpc_subnet *subnet,
		   const struct vpc_addr *addr, struct netlink_ext_ack *extack)
{
	struct vpc_eni *eni = vpc_eni_make(txn, &ep->obj, &ep->groups, subnet, addr, extack);

	if (IS_ERR(eni))
		return PTR_ERR(eni);
	if (!vpc_txn_save(txn, &ep->n_enis, sizeof(ep->n_enis)) ||
	    !vpc_txn_save(txn, ep->enis, sizeof(ep->enis)))
		return -ENOMEM;
	if (ep->provider)
		eni->leads_to = vpc_provider_pick(ep->provider, subnet->zone);
	ep->enis[ep->n_enis++] = eni;
	return 0;
}

static int eni_remove(struct vpc_txn *txn, struct vpc_endpoint *ep, int i)
{
	struct vpc_eni *eni = ep->enis[i];

	if (!vpc_txn_save(txn, &ep->n_enis, sizeof(ep->n_enis)) ||
	    !vpc_txn_save(txn, ep->enis, sizeof(ep->enis)))
		return -ENOMEM;
	ep->n_enis--;
	memmove(&ep->enis[i], &ep->enis[i + 1], (ep->n_enis - i) * sizeof(*ep->enis));
	vpc_eni_unmake(txn, eni);
	return txn->err;
}

/* IFE-3: an address of the subnet that was given, or any; IFE-7: it is of IPv4. */
static int add_subnet(struct vpc_txn *txn, struct vpc_endpoint *ep, const char *ref,
		      const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct vpc_subnet *subnet = subnet_find(txn, ep, ref, extack);
	struct vpc_addr addr;
	int err;
	u32 i;

	if (!subnet)
		return -ENOENT;
	err = check_place(txn, ep, subnet, ref, extack);
	if (err)
		return err;
	for (i = 0; i < cfg->n_addresses; i++)
		if (vpc_prefix_has(&subnet->cidr, AF_INET, &cfg->addresses[i].addr))
			return eni_add(txn, ep, subnet, &cfg->addresses[i].addr, extack);
	err = vpc_address_pick(subnet, AF_INET, &addr, extack);
	return err ? err : eni_add(txn, ep, subnet, &addr, extack);
}

/* IFE-4 */
static int remove_subnet(struct vpc_txn *txn, struct vpc_endpoint *ep, const char *ref,
			 struct netlink_ext_ack *extack)
{
	struct vpc_subnet *subnet = subnet_find(txn, ep, ref, extack);
	int i;

	if (!subnet)
		return -ENOENT;
	i = place_in(ep, subnet);
	if (i < 0)
		return vpc_refuse(extack, -ENOENT, "endpoint is not in subnet \"%.40s\"", ref);
	return eni_remove(txn, ep, i);
}

/* IFE-4: who is in the subnet with another address is replaced. */
static int settle_address(struct vpc_txn *txn, struct vpc_endpoint *ep,
			  const struct vpc_addr *addr, struct netlink_ext_ack *extack)
{
	int i = place_around(ep, addr), err;
	struct vpc_subnet *subnet;

	if (i < 0)
		return vpc_refuse(extack, -EINVAL, "endpoint has no subnet around address %pI4",
				  &addr->ip4);
	if (ep->enis[i]->addr == addr->ip4)
		return 0;
	subnet = ep->enis[i]->subnet;
	err = eni_remove(txn, ep, i);
	return err ? err : eni_add(txn, ep, subnet, addr, extack);
}

/* One for each subnet */
static int check_addresses(const struct vpc_endpoint *ep, const struct vpc_endpoint_cfg *cfg,
			   struct netlink_ext_ack *extack)
{
	u32 i, j;

	for (i = 1; i < cfg->n_addresses; i++)
		for (j = 0; j < i; j++)
			if (place_around(ep, &cfg->addresses[i].addr) ==
			    place_around(ep, &cfg->addresses[j].addr))
				return vpc_refuse(extack, -EINVAL,
						  "addresses %pI4 and %pI4 are in one subnet",
						  &cfg->addresses[j].addr.ip4,
						  &cfg->addresses[i].addr.ip4);
	return 0;
}

int vpc_endpoint_change_subnets(struct vpc_txn *txn, struct vpc_endpoint *ep,
				const struct vpc_endpoint_cfg *cfg,
				struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_remove_subnets && !err; i++)
		err = remove_subnet(txn, ep, cfg->remove_subnets[i], extack);
	for (i = 0; i < cfg->n_subnets && !err; i++)
		err = add_subnet(txn, ep, cfg->subnets[i], cfg, extack);
	for (i = 0; i < cfg->n_addresses && !err; i++)
		err = settle_address(txn, ep, &cfg->addresses[i].addr, extack);
	return err ? err : check_addresses(ep, cfg, extack);
}

int vpc_endpoint_init_groups(struct vpc_txn *txn, struct vpc_endpoint *ep,
			     const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	return vpc_group_set_replace(txn, &ep->groups, ep->obj.vpc, cfg->groups, cfg->n_groups,
				     extack);
}

/* SG-17: for flows that begin from now on; the interfaces' groups are the endpoint's. */
static int spread_groups(struct vpc_txn *txn, const struct vpc_endpoint *ep)
{
	struct vpc_eni *eni;
	u8 i;

	for (i = 0; i < ep->n_enis; i++) {
		eni = ep->enis[i];
		if (!vpc_txn_save(txn, &eni->groups, sizeof(eni->groups)))
			return -ENOMEM;
		eni->groups = ep->groups;
		vpc_txn_dirty(txn, &eni->obj, true);
		vpc_group_set_joined(txn, &eni->groups);
	}
	return 0;
}

int vpc_endpoint_change_groups(struct vpc_txn *txn, struct vpc_endpoint *ep,
			       const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_remove_groups && !err; i++)
		err = vpc_group_set_remove(txn, &ep->groups, ep->obj.vpc, cfg->remove_groups[i],
					   extack);
	for (i = 0; i < cfg->n_groups && !err; i++)
		err = vpc_group_set_add(txn, &ep->groups, ep->obj.vpc, cfg->groups[i], extack);
	if (err)
		return err;
	if (!ep->groups.n)			/* IFE-6 */
		return vpc_refuse(extack, -EINVAL, "an endpoint needs a security group");
	return cfg->n_groups || cfg->n_remove_groups ? spread_groups(txn, ep) : 0;
}

void vpc_endpoint_drop_enis(struct vpc_txn *txn, struct vpc_endpoint *ep)
{
	while (ep->n_enis)
		if (eni_remove(txn, ep, ep->n_enis - 1))
			return;
}
