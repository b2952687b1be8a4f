// SPDX-License-Identifier: GPL-2.0
#include "endpoint.h"

#include "../net.h"
#include "endpoint_service.h"
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

static u32 count(struct vpc_net *vnet, const struct vpc_vpc *vpc, u8 type)
{
	struct vpc_obj *obj;
	u32 n = 0;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ENDPOINT], list)
		n += obj->vpc == vpc && obj_to_endpoint(obj)->type == type;
	return n;
}

/* GWE-17, IFE-9 */
static int check_room(struct vpc_net *vnet, const struct vpc_vpc *vpc, u8 type,
		      struct netlink_ext_ack *extack)
{
	bool interface = type == VPC_ENDPOINT_TYPE_INTERFACE;
	u32 max = interface ? vnet->limits.interface_endpoints_vpc : vnet->limits.endpoints_vpc;

	if (count(vnet, vpc, type) < max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u %s endpoints per vpc reached", max,
			  interface ? "interface" : "gateway");
}

/* What belongs to endpoints of the other type, of a new one or a change. */
static int check_cfg(const struct vpc_endpoint_cfg *cfg, u8 type, struct netlink_ext_ack *extack)
{
	if (type == VPC_ENDPOINT_TYPE_INTERFACE && (cfg->n_rtbs || cfg->n_remove_rtbs))
		return vpc_refuse(extack, -EINVAL, "an interface endpoint has no route tables");
	if (type == VPC_ENDPOINT_TYPE_GATEWAY &&			/* GWE-1 */
	    (cfg->n_subnets || cfg->n_remove_subnets || cfg->n_addresses || cfg->n_groups ||
	     cfg->n_remove_groups))
		return vpc_refuse(extack, -EINVAL,
				  "a gateway endpoint has no subnets, addresses or security groups");
	if (type == VPC_ENDPOINT_TYPE_GATEWAY && cfg->private_dns.set)
		return vpc_refuse(extack, -EINVAL, "a gateway endpoint has no private dns");
	return 0;
}

static int check_service(const struct vpc_endpoint *ep, const struct vpc_vpc *vpc,
			 struct netlink_ext_ack *extack)
{
	const struct vpc_service *service = ep->service;

	if (ep->type != (service ? service->type : VPC_ENDPOINT_TYPE_INTERFACE))
		return vpc_refuse(extack, -EINVAL, "service is of type %s",
				  service ? vpc_service_type_name(service->type) : "interface");
	if (!service)
		return vpc_provider_check_consumer(ep->provider, vpc, extack);
	if (*vpc->region && *service->region && strcmp(vpc->region, service->region))
		return vpc_refuse(extack, -EINVAL, "service is in region %s", service->region);
	return 0;
}

static int check_create(struct vpc_txn *txn, const struct vpc_vpc *vpc,
			const struct vpc_endpoint *ep, const struct vpc_endpoint_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	int err = check_service(ep, vpc, extack);

	if (err)
		return err;
	if (cfg->ip_address_type.set &&					/* GWE-4, IFE-7 */
	    cfg->ip_address_type.val != VPC_IP_ADDRESS_TYPE_IPV4)
		return vpc_refuse(extack, -EOPNOTSUPP,
				  "ip-address-type must be ipv4: %s",
				  ep->type == VPC_ENDPOINT_TYPE_INTERFACE ?
				  "an interface service has no ipv6 address" :
				  "a gateway service has no ipv6 list");
	return check_room(txn->vnet, vpc, ep->type, extack);
}

/* The parts of a new endpoint, or of a change. */
static int change_parts(struct vpc_txn *txn, struct vpc_endpoint *ep,
			const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	return ep->type == VPC_ENDPOINT_TYPE_INTERFACE ?
	       vpc_endpoint_change_subnets(txn, ep, cfg, extack) :
	       change_tables(txn, ep, cfg, extack);
}

/* What @ref names: a service that is not in a VPC, or an endpoint service (IFE-34). */
static int find_service(struct vpc_txn *txn, struct vpc_endpoint *ep, const char *ref,
			struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	ep->provider = vpc_provider_find(txn->vnet, ref);
	if (ep->provider)
		return 0;
	obj = vpc_obj_find(txn->vnet, VPC_KIND_SERVICE, ref, NULL, extack);
	if (!obj)
		return -ENOENT;
	ep->service = obj_to_service(obj);
	return 0;
}

/* From now on the service knows it. */
static void join_service(struct vpc_txn *txn, struct vpc_endpoint *ep)
{
	ep->state = VPC_ENDPOINT_STATE_AVAILABLE;
	if (ep->provider)
		vpc_provider_connect(txn, ep->provider, ep);
	else
		vpc_txn_set(txn, ep->service->n_endpoints, ep->service->n_endpoints + 1);
}

static void leave_service(struct vpc_txn *txn, struct vpc_endpoint *ep)
{
	if (ep->service)
		vpc_txn_set(txn, ep->service->n_endpoints, ep->service->n_endpoints - 1);
	else
		vpc_provider_disconnect(txn, ep);
}

VPC_OP(vpc_endpoint_create)
{
	const struct vpc_endpoint_cfg *cfg = &op->endpoint;
	struct vpc_endpoint *ep;
	struct vpc_obj *vpc;
	u8 type;
	int err;

	type = cfg->type.set ? cfg->type.val : VPC_ENDPOINT_TYPE_GATEWAY;	/* GWE-1 */
	err = check_cfg(cfg, type, extack);
	if (err)
		return err;
	vpc = vpc_obj_find(txn->vnet, VPC_KIND_VPC, cfg->vpc, NULL, extack);
	if (!vpc)
		return -ENOENT;
	ep = vpc_edit_alloc(&txn->edit, sizeof(*ep));
	if (!ep)
		return -ENOMEM;
	ep->type = type;
	err = find_service(txn, ep, cfg->service, extack);
	if (!err)
		err = check_create(txn, obj_to_vpc(vpc), ep, cfg, extack);
	if (err)
		return err;
	ep->acct = vpc_acct_make(txn);
	if (!ep->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &ep->obj, VPC_KIND_ENDPOINT, obj_to_vpc(vpc), cfg->name, true,
			  extack);
	if (!err && type == VPC_ENDPOINT_TYPE_INTERFACE)
		err = vpc_endpoint_init_groups(txn, ep, cfg, extack);
	if (!err)
		err = vpc_endpoint_set_policy(txn, ep, &cfg->policy, extack);
	if (!err && type == VPC_ENDPOINT_TYPE_INTERFACE)
		err = vpc_private_dns_init(txn, ep, cfg, extack);
	if (err)
		return err;
	join_service(txn, ep);
	*result = &ep->obj;
	return change_parts(txn, ep, cfg, extack);
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
	err = check_cfg(&op->endpoint, ep->type, extack);
	if (!err && op->endpoint.name)
		err = vpc_obj_rename(txn, &ep->obj, op->endpoint.name, extack);
	if (!err)
		err = vpc_endpoint_set_policy(txn, ep, &op->endpoint.policy, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, &ep->obj, false);
	err = change_parts(txn, ep, &op->endpoint, extack);
	if (!err && ep->type == VPC_ENDPOINT_TYPE_INTERFACE)
		err = vpc_endpoint_change_groups(txn, ep, &op->endpoint, extack);
	return err ? err : vpc_private_dns_change(txn, ep, &op->endpoint, extack);
}

static void drop_tables(struct vpc_txn *txn, const struct vpc_endpoint *ep)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == ep->obj.vpc && vpc_endpoint_serves(ep, obj_to_rtb(obj)))
			vpc_route_list_del(txn, obj_to_rtb(obj), ep->service->pl);
}

/* Its routes go with it (GWE-6), or its interfaces (IFE-15). */
VPC_OP(vpc_endpoint_delete)
{
	struct vpc_endpoint *ep = endpoint_find(txn, op->endpoint.id, extack);

	if (!ep)
		return -ENOENT;
	if (ep->type == VPC_ENDPOINT_TYPE_INTERFACE)
		vpc_endpoint_drop_enis(txn, ep);
	else
		drop_tables(txn, ep);
	leave_service(txn, ep);
	vpc_endpoint_drop_policy(txn, ep);
	vpc_acct_unmake(txn, ep->acct);
	vpc_obj_del(txn, &ep->obj);
	return 0;
}
