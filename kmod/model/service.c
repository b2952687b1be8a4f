// SPDX-License-Identifier: GPL-2.0
#include <linux/in.h>

#include "../net.h"
#include "endpoint.h"
#include "eni.h"
#include "nouns.h"
#include "prefix_list.h"
#include "subnet.h"
#include "target_group.h"
#include "txn.h"
#include "vpc.h"

static const char *const type_names[] = { "gateway", "interface", "health", "resolver" };

const char *vpc_service_type_name(u8 type)
{
	return type_names[type];
}

static u8 type_of(const struct vpc_service_cfg *cfg)
{
	return cfg->type.set ? cfg->type.val : VPC_SERVICE_TYPE_GATEWAY;
}

static bool is_interface(const struct vpc_service_cfg *cfg)
{
	return type_of(cfg) == VPC_SERVICE_TYPE_INTERFACE;
}

/* Where the router sends what comes to an interface service, or the resolver. */
static int check_addr(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	__be32 addr = cfg->addr.ip4;

	if (cfg->family != AF_INET)
		return vpc_refuse(extack, -EINVAL, "address of a service must be ipv4");
	if (ipv4_is_zeronet(addr) || ipv4_is_loopback(addr) || ipv4_is_multicast(addr) ||
	    ipv4_is_lbcast(addr))
		return vpc_refuse(extack, -EINVAL, "address %pI4 is not a host's", &addr);
	if (addr == cfg->gateway.addr.ip4)
		return vpc_refuse(extack, -EINVAL, "address %pI4 is the gateway's", &addr);
	return 0;
}

static int check_gateway_type(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	if (!cfg->list)
		return vpc_refuse(extack, -EINVAL, "a gateway service needs a prefix list");
	if (cfg->family)
		return vpc_refuse(extack, -EINVAL, "a gateway service has no address of its own");
	return 0;
}

static int check_type(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	static const char *const labels[] = { "a gateway service", "an interface service",
					      "a service for health checks", "a resolver" };
	const char *label = labels[type_of(cfg)];

	if (cfg->n_zones && !is_interface(cfg))
		return vpc_refuse(extack, -EINVAL, "%s is in no zones", label);
	if (cfg->private_name && !is_interface(cfg))
		return vpc_refuse(extack, -EINVAL, "%s has no private dns name", label);
	if (cfg->pool.p.family && type_of(cfg) != VPC_SERVICE_TYPE_RESOLVER)
		return vpc_refuse(extack, -EINVAL, "%s has no pool of addresses", label);
	if (type_of(cfg) == VPC_SERVICE_TYPE_GATEWAY)
		return check_gateway_type(cfg, extack);
	if (cfg->list)
		return vpc_refuse(extack, -EINVAL, "%s has no prefix list", label);
	if (type_of(cfg) == VPC_SERVICE_TYPE_HEALTH)
		return cfg->family ? vpc_refuse(extack, -EINVAL, "%s has no address of its own",
						label) : 0;
	if (!cfg->family)
		return vpc_refuse(extack, -EINVAL, "%s needs an address", label);
	return check_addr(cfg, extack);
}

static int check_gateway(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = vpc_prefix_check(&cfg->gateway, 1, 30, "gateway", extack);
	__be32 host;

	if (err)
		return err;
	host = cfg->gateway.addr.ip4 & ~vpc_mask4(cfg->gateway.p.len);
	if (!host || host == ~vpc_mask4(cfg->gateway.p.len))
		return vpc_refuse(extack, -EINVAL, "gateway %pI4/%u is not a host's address",
				  &cfg->gateway.addr.ip4, cfg->gateway.p.len);
	return 0;
}

static int check_cfg(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = check_type(cfg, extack);

	return err ? err : check_gateway(cfg, extack);
}

bool vpc_service_in_zone(const struct vpc_service *service, const char *zone)
{
	u8 i;

	for (i = 0; i < service->n_zones; i++)
		if (!strcmp(service->zones[i], zone))
			return true;
	return !service->n_zones;
}

static int zone_index(const struct vpc_service *service, const char *zone)
{
	int i;

	for (i = 0; i < service->n_zones; i++)
		if (!strcmp(service->zones[i], zone))
			return i;
	return -1;
}

static int add_zone(struct vpc_txn *txn, struct vpc_service *service, const char *zone,
		    struct netlink_ext_ack *extack)
{
	u32 max = min_t(u32, txn->vnet->limits.service_zones, VPC_SERVICE_ZONES_MAX);

	if (service->n_zones >= max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u zones per service reached", max);
	if (zone_index(service, zone) >= 0)
		return vpc_refuse(extack, -EEXIST, "zone \"%.40s\" is there twice", zone);
	vpc_str_set(service->zones[service->n_zones++], zone, sizeof(service->zones[0]));
	return 0;
}

static int remove_zone(struct vpc_service *service, const char *zone,
		       struct netlink_ext_ack *extack)
{
	int i = zone_index(service, zone);

	if (i < 0)
		return vpc_refuse(extack, -ENOENT, "service is not in zone \"%.40s\"", zone);
	service->n_zones--;
	memmove(service->zones[i], service->zones[i + 1],
		(service->n_zones - i) * sizeof(service->zones[0]));
	return 0;
}

static int change_zones(struct vpc_txn *txn, struct vpc_service *service,
			const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	if (!vpc_txn_save(txn, &service->n_zones, sizeof(service->n_zones)) ||
	    !vpc_txn_save(txn, service->zones, sizeof(service->zones)))
		return -ENOMEM;
	for (i = 0; i < cfg->n_remove_zones && !err; i++)
		err = remove_zone(service, cfg->remove_zones[i], extack);
	for (i = 0; i < cfg->n_zones && !err; i++)
		err = add_zone(txn, service, cfg->zones[i], extack);
	if (!err && cfg->n_remove_zones && !service->n_zones)	/* which would mean everywhere */
		err = vpc_refuse(extack, -EINVAL, "a service that is in zones stays in one");
	return err;
}

/* The list of a gateway service: found before the service is there, used by it afterwards. */
static int find_list(struct vpc_txn *txn, const struct vpc_service_cfg *cfg, struct vpc_list **pl,
		     struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	*pl = NULL;
	if (!cfg->list)
		return 0;
	obj = vpc_obj_find(txn->vnet, VPC_KIND_PREFIX_LIST, cfg->list, NULL, extack);
	if (!obj)
		return -ENOENT;
	*pl = obj_to_list(obj);
	if (vpc_list_family(*pl) != AF_INET)	/* GWE-4 */
		return vpc_refuse(extack, -EINVAL, "the prefix list of a gateway service must be ipv4");
	return 0;
}

static int use_list(struct vpc_txn *txn, struct vpc_list *pl, struct netlink_ext_ack *extack)
{
	int err;

	if (!pl)
		return 0;
	err = vpc_list_check_user(txn, pl, VPC_LIST_SERVICES, extack);
	if (!err)
		vpc_list_add_user(txn, pl, VPC_LIST_SERVICES);
	return err;
}

/* Health checks enter by one only. */
static int check_alone(struct vpc_txn *txn, const struct vpc_service_cfg *cfg,
		       struct netlink_ext_ack *extack)
{
	const struct vpc_service *other = vpc_probe_service(txn->vnet);
	char buf[VPC_ID_STRLEN];

	if (type_of(cfg) != VPC_SERVICE_TYPE_HEALTH || !other)
		return 0;
	return vpc_refuse(extack, -EEXIST, "health checks enter by service \"%s\" already",
			  vpc_obj_label(&other->obj, buf));
}

VPC_OP(vpc_service_create)
{
	const struct vpc_service_cfg *cfg = &op->service;
	struct vpc_service *service;
	struct vpc_list *pl;
	int err;

	err = check_cfg(cfg, extack);
	if (!err)
		err = check_alone(txn, cfg, extack);
	if (!err)
		err = find_list(txn, cfg, &pl, extack);
	if (err)
		return err;
	service = vpc_edit_alloc(&txn->edit, sizeof(*service));
	if (!service)
		return -ENOMEM;
	service->type = type_of(cfg);
	service->pl = pl;
	service->addr = cfg->addr.ip4;
	service->gateway = cfg->gateway.p;
	service->gateway_addr = cfg->gateway.addr.ip4;
	vpc_str_set(service->region, cfg->region, sizeof(service->region));
	err = change_zones(txn, service, cfg, extack);
	if (!err && is_interface(cfg))
		err = vpc_private_dns_name(service, cfg, extack);
	if (err)
		return err;
	service->acct = vpc_acct_make(txn);
	if (!service->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &service->obj, VPC_KIND_SERVICE, NULL, cfg->name, true, extack);
	if (err)
		return err;
	err = use_list(txn, pl, extack);
	if (!err && service->type == VPC_SERVICE_TYPE_RESOLVER)
		err = vpc_resolver_attach(txn, service, cfg, extack);
	if (err)
		return err;
	service->port = vpc_port_make(txn, &service->obj, cfg->ifname, extack);
	if (IS_ERR(service->port))
		return PTR_ERR(service->port);
	*result = &service->obj;
	return service->type == VPC_SERVICE_TYPE_HEALTH ? vpc_probe_settle_all(txn, extack) : 0;
}

/* What an endpoint that uses it has to agree with (IFE-2). */
static int check_endpoint(const struct vpc_service *service, const struct vpc_endpoint *ep,
			  struct netlink_ext_ack *extack)
{
	const char *region = ep->obj.vpc->region, *zone;
	char buf[VPC_ID_STRLEN];
	u8 i;

	if (*region && *service->region && strcmp(region, service->region))
		return vpc_refuse(extack, -EBUSY, "endpoint \"%s\" is in region %.20s",
				  vpc_obj_label(&ep->obj, buf), region);
	for (i = 0; i < ep->n_enis; i++) {
		zone = ep->enis[i]->subnet->zone;
		if (!vpc_service_in_zone(service, zone))
			return vpc_refuse(extack, -EBUSY, "endpoint \"%s\" is in zone \"%.20s\"",
					  vpc_obj_label(&ep->obj, buf), zone);
	}
	return 0;
}

static int check_endpoints(struct vpc_net *vnet, const struct vpc_service *service,
			   struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err = 0;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ENDPOINT], list) {
		if (obj_to_endpoint(obj)->service == service)
			err = check_endpoint(service, obj_to_endpoint(obj), extack);
		if (err)
			break;
	}
	return err;
}

/* Flows that know the old addresses end, as at a gateway that is replaced (GWE-11). */
static int set_addresses(struct vpc_txn *txn, struct vpc_service *service,
			 const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	bool address = service->type == VPC_SERVICE_TYPE_INTERFACE ||
		       service->type == VPC_SERVICE_TYPE_RESOLVER;
	struct vpc_service_cfg all = *cfg;
	int err;

	if (cfg->family && !address)
		return vpc_refuse(extack, -EINVAL, "a %s service has no address of its own",
				  vpc_service_type_name(service->type));
	if (cfg->gateway.p.family && service->type == VPC_SERVICE_TYPE_HEALTH)
		return vpc_refuse(extack, -EINVAL, "the prefix of health checks is not changed");
	if (!cfg->family) {
		all.family = AF_INET;
		all.addr = vpc_addr4(service->addr);
	}
	if (!cfg->gateway.p.family) {
		all.gateway.p = service->gateway;
		all.gateway.addr = vpc_addr4(service->gateway_addr);
	}
	err = check_gateway(&all, extack);
	if (!err && address)
		err = check_addr(&all, extack);
	if (err)
		return err;
	vpc_txn_set(txn, service->addr, all.addr.ip4);
	vpc_txn_set(txn, service->gateway, all.gateway.p);
	vpc_txn_set(txn, service->gateway_addr, all.gateway.addr.ip4);
	return txn->err;
}

static int set_region(struct vpc_txn *txn, struct vpc_service *service, const char *region)
{
	if (region && vpc_txn_save(txn, service->region, sizeof(service->region)))
		vpc_str_set(service->region, region, sizeof(service->region));
	return txn->err;
}

VPC_OP(vpc_service_set)
{
	const struct vpc_service_cfg *cfg = &op->service;
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SERVICE, cfg->id, NULL, extack);
	struct vpc_service *service;
	int err;

	if (!obj)
		return -ENOENT;
	service = obj_to_service(obj);
	if (service->type != VPC_SERVICE_TYPE_INTERFACE && (cfg->n_zones || cfg->n_remove_zones))
		return vpc_refuse(extack, -EINVAL, "a %s service is in no zones",
				  vpc_service_type_name(service->type));
	*result = obj;
	err = cfg->name ? vpc_obj_rename(txn, obj, cfg->name, extack) : 0;
	if (!err)
		err = set_region(txn, service, cfg->region);
	if (!err)
		err = change_zones(txn, service, cfg, extack);
	if (!err)
		err = set_addresses(txn, service, cfg, extack);
	if (!err)
		err = check_endpoints(txn->vnet, service, extack);
	if (!err && cfg->ifname)
		err = vpc_port_renew(txn, obj, &service->port, cfg->ifname, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, obj, true);
	return 0;
}

VPC_OP(vpc_service_delete)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SERVICE, op->service.id, NULL,
					   extack);
	struct vpc_service *service;

	if (!obj)
		return -ENOENT;
	service = obj_to_service(obj);
	if (service->n_endpoints)
		return vpc_refuse(extack, -EBUSY, "service is used by %u endpoint%s",
				  service->n_endpoints, service->n_endpoints > 1 ? "s" : "");
	if (service->type == VPC_SERVICE_TYPE_HEALTH)
		vpc_probe_drop_all(txn);
	if (service->type == VPC_SERVICE_TYPE_RESOLVER)
		vpc_resolver_detach(txn, service);
	if (service->pl)
		vpc_list_del_user(txn, service->pl, VPC_LIST_SERVICES);
	vpc_port_unmake(txn, service->port);
	vpc_acct_unmake(txn, service->acct);
	vpc_obj_del(txn, obj);
	return 0;
}
