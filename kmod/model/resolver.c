// SPDX-License-Identifier: GPL-2.0
/*
 * The resolver, a service to which every VPC has a way without an endpoint (VPC-24). There a VPC is
 * known by an address of the resolver's pool: no two have one, whatever their own addresses are, and
 * none gets one that another had while this resolver was there.
 */

#include "../net.h"
#include "endpoint.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

/* 100.64.0.0/10, of RFC 6598 */
#define POOL_ADDR	0x64400000
#define POOL_LEN	10

static struct vpc_service *resolver_find(struct vpc_net *vnet)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SERVICE], list)
		if (obj_to_service(obj)->type == VPC_SERVICE_TYPE_RESOLVER)
			return obj_to_service(obj);
	return NULL;
}

/* The pool's first address and its last are nobody's. */
static int add_vpc(struct vpc_txn *txn, struct vpc_service *service, struct vpc_vpc *vpc,
		   struct netlink_ext_ack *extack)
{
	u32 last = ~ntohl(vpc_mask4(service->pool.len)), n = service->n_sources + 1;

	if (n >= last)
		return vpc_refuse(extack, -ENOSPC, "pool %pI4/%u of the resolver is used up",
				  &service->pool.addr.ip4, service->pool.len);
	vpc_txn_set(txn, service->n_sources, n);
	vpc_txn_set(txn, vpc->resolver, service);
	vpc_txn_set(txn, vpc->resolver_source, htonl(ntohl(service->pool.addr.ip4) + n));
	vpc_txn_dirty(txn, &vpc->obj, true);
	return txn->err;
}

static int set_pool(struct vpc_service *service, const struct vpc_service_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	int err;

	service->pool = (struct vpc_prefix){
		.addr = vpc_addr4(htonl(POOL_ADDR)), .family = AF_INET, .len = POOL_LEN,
	};
	if (cfg->pool.p.family) {
		err = vpc_prefix_check(&cfg->pool, 8, 28, "pool", extack);
		if (err)
			return err;
		service->pool = cfg->pool.p;
	}
	/* Beside the gateway the resolver would look for them on its link. */
	if (vpc_prefix_overlap(&service->pool, &service->gateway))
		return vpc_refuse(extack, -EINVAL, "pool %pI4/%u overlaps the gateway's %pI4/%u",
				  &service->pool.addr.ip4, service->pool.len,
				  &service->gateway.addr.ip4, service->gateway.len);
	return 0;
}

/* The service is among the namespace's already. */
int vpc_resolver_attach(struct vpc_txn *txn, struct vpc_service *service,
			const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err;

	if (resolver_find(txn->vnet) != service)
		return vpc_refuse(extack, -EEXIST, "there is a resolver already");
	err = set_pool(service, cfg, extack);
	if (err)
		return err;
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_VPC], list) {
		err = add_vpc(txn, service, obj_to_vpc(obj), extack);
		if (err)
			return err;
	}
	return 0;
}

void vpc_resolver_detach(struct vpc_txn *txn, struct vpc_service *service)
{
	struct vpc_vpc *vpc;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_VPC], list) {
		vpc = obj_to_vpc(obj);
		if (vpc->resolver != service)
			continue;
		vpc_txn_set(txn, vpc->resolver, NULL);
		vpc_txn_set(txn, vpc->resolver_source, 0);
		vpc_txn_dirty(txn, obj, true);
	}
}

int vpc_resolver_add_vpc(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	struct vpc_service *service = resolver_find(txn->vnet);

	return service ? add_vpc(txn, service, vpc, extack) : 0;
}
