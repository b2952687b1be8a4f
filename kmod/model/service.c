// SPDX-License-Identifier: GPL-2.0
#include "../net.h"
#include "endpoint.h"
#include "nouns.h"
#include "prefix_list.h"
#include "txn.h"

static int check_cfg(const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	__be32 host;
	int err;

	if (cfg->type.set && cfg->type.val != VPC_ENDPOINT_TYPE_GATEWAY)
		return vpc_refuse(extack, -EOPNOTSUPP, "only type gateway is supported yet");
	if (!cfg->list)
		return vpc_refuse(extack, -EINVAL, "a gateway service needs a prefix list");
	err = vpc_prefix_check(&cfg->gateway, 1, 30, "gateway", extack);
	if (err)
		return err;
	host = cfg->gateway.addr.ip4 & ~vpc_mask4(cfg->gateway.p.len);
	if (!host || host == ~vpc_mask4(cfg->gateway.p.len))
		return vpc_refuse(extack, -EINVAL, "gateway %pI4/%u is not a host's address",
				  &cfg->gateway.addr.ip4, cfg->gateway.p.len);
	return 0;
}

VPC_OP(vpc_service_create)
{
	const struct vpc_service_cfg *cfg = &op->service;
	struct vpc_service *service;
	struct vpc_obj *pl;
	int err;

	err = check_cfg(cfg, extack);
	if (err)
		return err;
	pl = vpc_obj_find(txn->vnet, VPC_KIND_PREFIX_LIST, cfg->list, NULL, extack);
	if (!pl)
		return -ENOENT;
	if (vpc_list_family(obj_to_list(pl)) != AF_INET)	/* GWE-4 */
		return vpc_refuse(extack, -EINVAL, "the prefix list of a gateway service must be ipv4");
	service = vpc_edit_alloc(&txn->edit, sizeof(*service));
	if (!service)
		return -ENOMEM;
	service->type = VPC_ENDPOINT_TYPE_GATEWAY;
	service->pl = obj_to_list(pl);
	service->gateway = cfg->gateway.p;
	service->gateway_addr = cfg->gateway.addr.ip4;
	vpc_str_set(service->region, cfg->region, sizeof(service->region));
	service->acct = vpc_acct_make(txn);
	if (!service->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &service->obj, VPC_KIND_SERVICE, NULL, cfg->name, true, extack);
	if (err)
		return err;
	err = vpc_list_check_user(txn, service->pl, VPC_LIST_SERVICES, extack);
	if (err)
		return err;
	service->port = vpc_port_make(txn, &service->obj, cfg->ifname, extack);
	if (IS_ERR(service->port))
		return PTR_ERR(service->port);
	vpc_list_add_user(txn, service->pl, VPC_LIST_SERVICES);
	*result = &service->obj;
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
	vpc_list_del_user(txn, service->pl, VPC_LIST_SERVICES);
	vpc_port_unmake(txn, service->port);
	vpc_acct_unmake(txn, service->acct);
	vpc_obj_del(txn, obj);
	return 0;
}
