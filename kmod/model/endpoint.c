// SPDX-License-Identifier: GPL-2.0
#include "endpoint.h"

#include "../net.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"
#include "vpc.h"

bool vpc_endpoint_serves(const struct vpc_endpoint *ep, const struct vpc_rtb *rtb)
{
	const struct vpc_list_ref *ref = vpc_route_list_find(rtb, ep->service->pl);

	return ref && vpc_route_unpack(ref->value).slot == ep->obj.slot;
}

static struct vpc_rtb *table_find(struct vpc_txn *txn, const struct vpc_endpoint *ep,
				  const char *ref, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_ROUTE_TABLE, ref, ep->obj.vpc, extack);
	if (obj && obj->vpc != ep->obj.vpc) {		/* GWE-3 */
		NL_SET_ERR_MSG_FMT(extack, "route table \"%.40s\" belongs to another vpc",
				   ref);
		return NULL;
	}
	return obj ? obj_to_rtb(obj) : NULL;
}

static int add_table(struct vpc_txn *txn, struct vpc_endpoint *ep, const char *ref,
		     struct netlink_ext_ack *extack)
{
	struct vpc_rtb *rtb = table_find(txn, ep, ref, extack);

	if (!rtb)
		return -ENOENT;
	if (vpc_route_list_find(rtb, ep->service->pl))	/* GWE-7 */
		return vpc_refuse(extack, -EEXIST,
				  "route table \"%.24s\" already has a route for the service",
				  ref);
	return vpc_route_list_add(txn, rtb, ep->service->pl, (struct vpc_route_val){
		.slot = ep->obj.slot,
		.target = VPC_TARGET_ENDPOINT,
		.origin = VPC_ROUTE_ORIGIN_ENDPOINT,
	}, extack);
}

static int remove_table(struct vpc_txn *txn, struct vpc_endpoint *ep, const char *ref,
			struct netlink_ext_ack *extack)
{
	struct vpc_rtb *rtb = table_find(txn, ep, ref, extack);

	if (!rtb)
		return -ENOENT;
	if (!vpc_endpoint_serves(ep, rtb))
		return vpc_refuse(extack, -ENOENT, "endpoint is not on route table \"%.40s\"", ref);
	vpc_route_list_del(txn, rtb, ep->service->pl);
	return txn->err;
}

static int change_tables(struct vpc_txn *txn, struct vpc_endpoint *ep,
			 const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_remove_rtbs && !err; i++)
		err = remove_table(txn, ep, cfg->remove_rtbs[i], extack);
	for (i = 0; i < cfg->n_rtbs && !err; i++)
		err = add_table(txn, ep, cfg->rtbs[i], extack);
	return err;
}

/* GWE-17 */
static int check_create(struct vpc_txn *txn, const struct vpc_vpc *vpc,
			const struct vpc_service *service, struct netlink_ext_ack *extack)
{
	u32 max = txn->vnet->limits.endpoints_vpc;

	if (*vpc->region && *service->region && strcmp(vpc->region, service->region))
		return vpc_refuse(extack, -EINVAL, "service is in region %s", service->region);
	if (vpc_obj_count(txn->vnet, VPC_KIND_ENDPOINT, vpc) >= max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u gateway endpoints per vpc reached",
				  max);
	return 0;
}

VPC_OP(vpc_endpoint_create)
{
	const struct vpc_endpoint_cfg *cfg = &op->endpoint;
	struct vpc_obj *vpc, *service;
	struct vpc_endpoint *ep;
	int err;

	if (cfg->type.set && cfg->type.val != VPC_ENDPOINT_TYPE_GATEWAY)	/* GWE-1 */
		return vpc_refuse(extack, -EOPNOTSUPP, "only type gateway is supported yet");
	if (cfg->ip_address_type.set &&
	    cfg->ip_address_type.val != VPC_IP_ADDRESS_TYPE_IPV4)		/* GWE-4 */
		return vpc_refuse(extack, -EOPNOTSUPP,
				  "ip-address-type must be ipv4: a gateway service has no ipv6 list");
	vpc = vpc_obj_find(txn->vnet, VPC_KIND_VPC, cfg->vpc, NULL, extack);
	if (!vpc)
		return -ENOENT;
	service = vpc_obj_find(txn->vnet, VPC_KIND_SERVICE, cfg->service, NULL, extack);
	if (!service)
		return -ENOENT;
	err = check_create(txn, obj_to_vpc(vpc), obj_to_service(service), extack);
	if (err)
		return err;
	ep = vpc_edit_alloc(&txn->edit, sizeof(*ep));
	if (!ep)
		return -ENOMEM;
	ep->service = obj_to_service(service);
	ep->type = VPC_ENDPOINT_TYPE_GATEWAY;
	err = vpc_obj_add(txn, &ep->obj, VPC_KIND_ENDPOINT, obj_to_vpc(vpc), cfg->name, true,
			  extack);
	if (err)
		return err;
	vpc_txn_set(txn, ep->service->n_endpoints, ep->service->n_endpoints + 1);
	*result = &ep->obj;
	return change_tables(txn, ep, cfg, extack);
}

static struct vpc_endpoint *endpoint_find(struct vpc_txn *txn, const char *ref,
					  struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ENDPOINT, ref, NULL, extack);

	return obj ? obj_to_endpoint(obj) : NULL;
}

VPC_OP(vpc_endpoint_set)
{
	struct vpc_endpoint *ep = endpoint_find(txn, op->endpoint.id, extack);
	int err;

	if (!ep)
		return -ENOENT;
	*result = &ep->obj;
	if (op->endpoint.name) {
		err = vpc_obj_rename(txn, &ep->obj, op->endpoint.name, extack);
		if (err)
			return err;
	}
	vpc_txn_dirty(txn, &ep->obj, false);
	return change_tables(txn, ep, &op->endpoint, extack);
}

/* Its routes go with it (GWE-6). */
VPC_OP(vpc_endpoint_delete)
{
	struct vpc_endpoint *ep = endpoint_find(txn, op->endpoint.id, extack);
	struct vpc_obj *obj;

	if (!ep)
		return -ENOENT;
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == ep->obj.vpc && vpc_endpoint_serves(ep, obj_to_rtb(obj)))
			vpc_route_list_del(txn, obj_to_rtb(obj), ep->service->pl);
	vpc_txn_set(txn, ep->service->n_endpoints, ep->service->n_endpoints - 1);
	vpc_obj_del(txn, &ep->obj);
	return 0;
}
