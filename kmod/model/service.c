// SPDX-License-Identifier: GPL-2.0
#include <linux/in.h>

#include "../net.h"
#include "endpoint.h"
#include "nouns.h"
#include "prefix_list.h"
#include "target_group.h"
#include "txn.h"

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

static int check_cfg(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	__be32 host;
	int err;

	err = check_type(cfg, extack);
	if (!err)
		err = vpc_prefix_check(&cfg->gateway, 1, 30, "gateway", extack);
	if (err)
		return err;
	host = cfg->gateway.addr.ip4 & ~vpc_mask4(cfg->gateway.p.len);
	if (!host || host == ~vpc_mask4(cfg->gateway.p.len))
		return vpc_refuse(extack, -EINVAL, "gateway %pI4/%u is not a host's address",
				  &cfg->gateway.addr.ip4, cfg->gateway.p.len);
	return 0;
}

bool vpc_service_in_zone(const struct vpc_service *service, const char *zone)
{
	u8 i;

	for (i = 0; i < service->n_zones; i++)
		if (!strcmp(service->zones[i], zone))
			return true;
	return !service->n_zones;
}

/* Of a new service */
static int set_zones(struct vpc_txn *txn, struct vpc_service *service,
		     const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	u32 max = min_t(u32, txn->vnet->limits.service_zones, VPC_SERVICE_ZONES_MAX), i;

	if (cfg->n_zones > max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u zones per service reached", max);
	for (i = 0; i < cfg->n_zones; i++) {
		if (i && vpc_service_in_zone(service, cfg->zones[i]))
			return vpc_refuse(extack, -EEXIST, "zone \"%.40s\" is there twice",
					  cfg->zones[i]);
		vpc_str_set(service->zones[service->n_zones++], cfg->zones[i],
			    sizeof(service->zones[0]));
	}
	return 0;
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
	err = set_zones(txn, service, cfg, extack);
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
