// SPDX-License-Identifier: GPL-2.0
#include <linux/sched.h>

#include "../net.h"
#include "eni.h"
#include "gateway.h"
#include "nouns.h"
#include "prefix_list.h"
#include "rtb.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

int vpc_route_put(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst,
		  struct vpc_route_val val)
{
	u64 value = vpc_route_pack(val);

	vpc_map_set(txn, vpc_rtb_routes(rtb, dst->family), &dst->addr, dst->len, value);
	vpc_txn_bump(txn, &rtb->obj);
	vpc_txn_route_event(txn, rtb, dst, NULL, value, VPC_EVENT_NEW);
	return txn->err;
}

static void route_remove(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst,
			 u64 value)
{
	vpc_map_del(txn, vpc_rtb_routes(rtb, dst->family), &dst->addr, dst->len);
	vpc_txn_bump(txn, &rtb->obj);
	vpc_txn_route_event(txn, rtb, dst, NULL, value, VPC_EVENT_DEL);
}

void vpc_route_drop(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst)
{
	u64 value;

	if (vpc_lpm_find(vpc_rtb_routes(rtb, dst->family), &dst->addr, dst->len, &value))
		route_remove(txn, rtb, dst, value);
}

struct vpc_list_ref *vpc_route_list_find(const struct vpc_rtb *rtb, const struct vpc_list *pl)
{
	struct vpc_list_ref *ref;

	list_for_each_entry(ref, &rtb->lists, list)
		if (ref->pl == pl)
			return ref;
	return NULL;
}

static u32 table_weight(const struct vpc_rtb *rtb, u8 family)
{
	const struct vpc_vpc *vpc = rtb->obj.vpc;
	struct vpc_list_ref *ref;
	u32 weight;

	weight = family == AF_INET ? rtb->routes.count - vpc->n_cidrs :
				     rtb->routes6.count - vpc->n_cidrs6;
	list_for_each_entry(ref, &rtb->lists, list)
		if (vpc_list_family(ref->pl) == family)
			weight += vpc_list_weight(ref->pl);
	return weight;
}

int vpc_route_check_room(struct vpc_txn *txn, const struct vpc_rtb *rtb, u8 family, u32 more,
			 struct netlink_ext_ack *extack)
{
	u32 max = txn->vnet->limits.routes_rtb;

	if (table_weight(rtb, family) + more <= max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u routes per route table reached", max);
}

/* By ascending id of the list, the order of RT-18d. */
static struct list_head *list_place(struct vpc_rtb *rtb, const struct vpc_list *pl)
{
	struct vpc_list_ref *ref;

	list_for_each_entry(ref, &rtb->lists, list)
		if (ref->pl->obj.id > pl->obj.id)
			return &ref->list;
	return &rtb->lists;
}

int vpc_route_list_add(struct vpc_txn *txn, struct vpc_rtb *rtb, struct vpc_list *pl,
		       struct vpc_route_val val, struct netlink_ext_ack *extack)
{
	struct vpc_list_ref *ref;
	int err;

	if (rtb->n_gateways)		/* RT-7, PFX-7 */
		return vpc_refuse(extack, -EINVAL,
				  "the table of a gateway takes no prefix lists");
	err = vpc_route_check_room(txn, rtb, vpc_list_family(pl), vpc_list_weight(pl), extack);
	if (!err)
		err = vpc_list_check_user(txn, pl, VPC_LIST_ROUTES, extack);
	if (err)
		return err;
	ref = vpc_edit_alloc(&txn->edit, sizeof(*ref));
	if (!ref)
		return -ENOMEM;
	ref->pl = pl;
	ref->value = vpc_route_pack(val);
	vpc_txn_list_add_tail(txn, &ref->list, list_place(rtb, pl));
	vpc_txn_set(txn, rtb->n_lists, rtb->n_lists + 1);
	vpc_list_add_user(txn, pl, VPC_LIST_ROUTES);
	vpc_txn_bump(txn, &rtb->obj);
	vpc_txn_route_event(txn, rtb, NULL, pl, ref->value, VPC_EVENT_NEW);
	return txn->err;
}

void vpc_route_list_del(struct vpc_txn *txn, struct vpc_rtb *rtb, struct vpc_list *pl)
{
	struct vpc_list_ref *ref = vpc_route_list_find(rtb, pl);

	vpc_txn_list_del(txn, &ref->list);
	vpc_txn_set(txn, rtb->n_lists, rtb->n_lists - 1);
	vpc_list_del_user(txn, pl, VPC_LIST_ROUTES);
	vpc_txn_bump(txn, &rtb->obj);
	vpc_txn_route_event(txn, rtb, NULL, pl, ref->value, VPC_EVENT_DEL);
	if (vpc_edit_replace(&txn->edit, ref))
		txn->err = -ENOMEM;
}

static void retarget_cidrs(struct vpc_txn *txn, struct vpc_rtb *rtb, u8 family, u32 slot, u32 to,
			   bool blackhole)
{
	const struct vpc_lpm *routes = vpc_rtb_routes(rtb, family);
	struct vpc_lpm_iter iter = {};
	struct vpc_route_val val;

	while (vpc_lpm_next(routes, &iter)) {
		struct vpc_prefix dst = { .family = family, .len = iter.plen };

		cond_resched();
		val = vpc_route_unpack(iter.value);
		if (val.slot != slot)
			continue;
		memcpy(&dst.addr, iter.key, routes->bits / 8);
		val.slot = to;
		val.blackhole = blackhole;
		vpc_route_put(txn, rtb, &dst, val);
	}
}

static void retarget_table(struct vpc_txn *txn, struct vpc_rtb *rtb, u32 slot, u32 to,
			   bool blackhole)
{
	struct vpc_list_ref *ref;
	struct vpc_route_val val;

	retarget_cidrs(txn, rtb, AF_INET, slot, to, blackhole);
	retarget_cidrs(txn, rtb, AF_INET6, slot, to, blackhole);
	list_for_each_entry(ref, &rtb->lists, list) {
		val = vpc_route_unpack(ref->value);
		if (val.slot != slot)
			continue;
		val.slot = to;
		val.blackhole = blackhole;
		vpc_txn_set(txn, ref->value, vpc_route_pack(val));
		vpc_txn_bump(txn, &rtb->obj);
		vpc_txn_route_event(txn, rtb, NULL, ref->pl, ref->value, VPC_EVENT_NEW);
	}
}

void vpc_route_retarget(struct vpc_txn *txn, struct vpc_vpc *vpc, u32 slot, u32 to, bool blackhole)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc)
			retarget_table(txn, obj_to_rtb(obj), slot, to, blackhole);
}

static int resolve_igw(struct vpc_txn *txn, const struct vpc_rtb *rtb, const char *ref, u32 *slot,
		       struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_IGW, ref, NULL, extack);

	if (!obj)
		return -ENOENT;
	if (obj_to_igw(obj)->vpc != rtb->obj.vpc)	/* RT-27 */
		return vpc_refuse(extack, -EINVAL, "internet gateway is not attached to the vpc");
	*slot = obj->slot;
	return 0;
}

static int resolve_eigw(struct vpc_txn *txn, const struct vpc_rtb *rtb, const char *ref, u32 *slot,
			struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_EIGW, ref, NULL, extack);

	if (!obj)
		return -ENOENT;
	if (obj->vpc != rtb->obj.vpc)			/* RT-27 */
		return vpc_refuse(extack, -EINVAL,
				  "egress-only internet gateway is in another vpc");
	*slot = obj->slot;
	return 0;
}

static int resolve_eni(struct vpc_txn *txn, const struct vpc_rtb *rtb, const char *ref, u32 *slot,
		       struct netlink_ext_ack *extack)
{
	struct vpc_eni *eni = vpc_eni_find_own(txn, ref, extack);

	if (IS_ERR(eni))
		return PTR_ERR(eni);
	if (eni->obj.vpc != rtb->obj.vpc)		/* RT-27 */
		return vpc_refuse(extack, -EINVAL, "network interface is in another vpc");
	*slot = eni->obj.slot;
	return 0;
}

static int resolve_nat(struct vpc_txn *txn, const struct vpc_rtb *rtb,
		       const struct vpc_route_cfg *cfg, u32 *slot, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	if (cfg->dst.p.family == AF_INET6)		/* RT-25 */
		return vpc_refuse(extack, -EINVAL, "a nat gateway is for ipv4 destinations only");
	obj = vpc_obj_find(txn->vnet, VPC_KIND_NAT_GATEWAY, cfg->target_id, NULL, extack);
	if (!obj)
		return -ENOENT;
	if (obj->vpc != rtb->obj.vpc)			/* RT-27, NAT-13 */
		return vpc_refuse(extack, -EINVAL, "nat gateway is in another vpc");
	*slot = obj->slot;
	return 0;
}

static int resolve_target(struct vpc_txn *txn, const struct vpc_rtb *rtb,
			  const struct vpc_route_cfg *cfg, struct vpc_route_val *val,
			  struct netlink_ext_ack *extack)
{
	*val = (struct vpc_route_val){
		.target = cfg->target.val,
		.origin = VPC_ROUTE_ORIGIN_CREATE_ROUTE,
	};
	if (!cfg->target.set)
		return vpc_refuse(extack, -EINVAL, "a route needs a target");
	if (cfg->target.val != VPC_TARGET_LOCAL && !cfg->target_id)
		return vpc_refuse(extack, -EINVAL, "a route needs the target's id");
	switch (cfg->target.val) {
	case VPC_TARGET_LOCAL:
		val->origin = VPC_ROUTE_ORIGIN_CREATE_ROUTE_TABLE;
		return 0;
	case VPC_TARGET_IGW:
		return resolve_igw(txn, rtb, cfg->target_id, &val->slot, extack);
	case VPC_TARGET_EIGW:
		return resolve_eigw(txn, rtb, cfg->target_id, &val->slot, extack);
	case VPC_TARGET_ENI:
		return resolve_eni(txn, rtb, cfg->target_id, &val->slot, extack);
	case VPC_TARGET_PEERING:
		return vpc_peering_resolve(txn, rtb->obj.vpc, cfg->target_id, val, extack);
	case VPC_TARGET_NAT_GATEWAY:
		return resolve_nat(txn, rtb, cfg, &val->slot, extack);
	}
	/* RT-26, GWE-6 */
	return vpc_refuse(extack, -EINVAL, "endpoint routes are managed by the endpoint");
}

/* What may take packets out of the local routes' hands. */
static bool redirects(u8 target)
{
	return target == VPC_TARGET_ENI || target == VPC_TARGET_NAT_GATEWAY;
}

/* Those of the services on the link (RT-15). */
static const struct {
	struct vpc_prefix p;
	const char *text;
} reserved[] = {
	{ { { .bytes = { 169, 254, 168 } }, AF_INET, 22 }, "169.254.168.0/22" },
	{ { { .bytes = { 0xfd, 0x00, 0x0e, 0xc2 } }, AF_INET6, 32 }, "fd00:ec2::/32" },
};

/* RT-11, RT-12, RT-14, RT-15: what may stand beside the local routes. */
static int check_destination(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			     const struct vpc_prefix *dst, u8 target,
			     struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reserved); i++)
		if (vpc_prefix_covers(&reserved[i].p, dst))
			return vpc_refuse(extack, -EINVAL, "destination is in %s, reserved",
					  reserved[i].text);
	if (vpc_block_equal(vpc, dst))				/* its local route: RT-11 */
		return target == VPC_TARGET_LOCAL || redirects(target) ? 0 :
		       vpc_refuse(extack, -EINVAL,
				  "local route takes only local, a network interface or nat gateway");
	if (target == VPC_TARGET_LOCAL)
		return vpc_refuse(extack, -EINVAL, "only a cidr of the vpc can be local");
	if (!vpc_block_around(vpc, dst))
		return 0;
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SUBNET], list)
		if (obj->vpc == vpc && redirects(target) &&
		    vpc_prefix_equal(vpc_subnet_block(obj_to_subnet(obj), dst->family), dst))
			return 0;
	return vpc_refuse(extack, -EINVAL,
			  "inside the vpc only whole subnets are routed, to an interface or nat gateway");
}

/* RT-7: what the table of a gateway may have beside what check_destination() allows. */
static int check_gateway_route(const struct vpc_rtb *rtb, const struct vpc_prefix *dst, u8 target,
			       struct netlink_ext_ack *extack)
{
	if (target != VPC_TARGET_LOCAL && target != VPC_TARGET_ENI)
		return vpc_refuse(extack, -EINVAL,
				  "the table of a gateway leads to network interfaces only");
	if (vpc_block_around(rtb->obj.vpc, dst))
		return 0;
	return vpc_refuse(extack, -EINVAL,
			  "the table of a gateway has no routes beyond the vpc's cidrs");
}

static int check_gateway_routes(struct vpc_txn *txn, struct vpc_rtb *rtb, u8 family,
				struct netlink_ext_ack *extack)
{
	const struct vpc_lpm *routes = vpc_rtb_routes(rtb, family);
	struct vpc_lpm_iter iter = {};
	u8 target;
	int err;

	while (vpc_lpm_next(routes, &iter)) {
		struct vpc_prefix dst = { .family = family, .len = iter.plen };

		memcpy(&dst.addr, iter.key, routes->bits / 8);
		target = vpc_route_unpack(iter.value).target;
		err = check_gateway_route(rtb, &dst, target, extack);
		if (!err)
			err = check_destination(txn->vnet, rtb->obj.vpc, &dst, target, extack);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

int vpc_route_check_gateway(struct vpc_txn *txn, struct vpc_rtb *rtb,
			    struct netlink_ext_ack *extack)
{
	int err;

	if (rtb->n_lists)
		return vpc_refuse(extack, -EINVAL,
				  "the table of a gateway takes no prefix lists");
	err = check_gateway_routes(txn, rtb, AF_INET, extack);
	return err ? err : check_gateway_routes(txn, rtb, AF_INET6, extack);
}

static struct vpc_rtb *table_find(struct vpc_txn *txn, const struct vpc_route_cfg *cfg,
				  struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ROUTE_TABLE, cfg->rtb, NULL, extack);

	return obj ? obj_to_rtb(obj) : NULL;
}

/* RT-25: no gateway translates or forwards what is not of its family. */
static int check_family(struct vpc_route_val val, u8 family, struct netlink_ext_ack *extack)
{
	if (val.target == VPC_TARGET_EIGW && family != AF_INET6)	/* EIG-1 */
		return vpc_refuse(extack, -EINVAL,
				  "an egress-only internet gateway takes ipv6 routes only");
	if (val.target == VPC_TARGET_NAT_GATEWAY && family != AF_INET)	/* NAT-1 */
		return vpc_refuse(extack, -EINVAL, "a nat gateway takes ipv4 routes only");
	return 0;
}

/* What a route to create or change names: its table, its target, its destination if a CIDR. */
static int resolve_route(struct vpc_txn *txn, const struct vpc_route_cfg *cfg,
			 struct vpc_rtb **rtb, struct vpc_route_val *val,
			 struct netlink_ext_ack *extack)
{
	int err;

	*rtb = table_find(txn, cfg, extack);
	if (!*rtb)
		return -ENOENT;
	err = resolve_target(txn, *rtb, cfg, val, extack);
	if (err || cfg->list)
		return err;
	err = vpc_prefix_given(&cfg->dst, "destination", extack);
	if (!err)
		err = check_family(*val, cfg->dst.p.family, extack);
	if (err || !(*rtb)->n_gateways)
		return err;
	return check_gateway_route(*rtb, &cfg->dst.p, val->target, extack);
}

static struct vpc_list *list_find(struct vpc_txn *txn, const struct vpc_route_cfg *cfg,
				  struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_PREFIX_LIST, cfg->list, NULL, extack);
	return obj ? obj_to_list(obj) : NULL;
}

static int create_list_route(struct vpc_txn *txn, struct vpc_rtb *rtb,
			     const struct vpc_route_cfg *cfg, struct vpc_route_val val,
			     struct netlink_ext_ack *extack)
{
	struct vpc_list *pl = list_find(txn, cfg, extack);
	int err;

	if (!pl)
		return -ENOENT;
	if (val.target == VPC_TARGET_LOCAL)
		return vpc_refuse(extack, -EINVAL, "only a cidr of the vpc can be local");
	err = check_family(val, vpc_list_family(pl), extack);
	if (err)
		return err;
	if (vpc_route_list_find(rtb, pl))		/* RT-19 */
		return vpc_refuse(extack, -EEXIST, "route to prefix list \"%.32s\" exists already",
				  cfg->list);
	return vpc_route_list_add(txn, rtb, pl, val, extack);
}

static bool route_find(struct vpc_rtb *rtb, const struct vpc_prefix *dst, u64 *value)
{
	return vpc_lpm_find(vpc_rtb_routes(rtb, dst->family), &dst->addr, dst->len, value);
}

VPC_OP(vpc_route_create)
{
	const struct vpc_route_cfg *cfg = &op->route;
	const struct vpc_prefix *dst = &cfg->dst.p;
	char text[VPC_PREFIX_STRLEN];
	struct vpc_route_val val;
	struct vpc_rtb *rtb;
	u64 old;
	int err;

	err = resolve_route(txn, cfg, &rtb, &val, extack);
	if (err)
		return err;
	if (cfg->list)
		return create_list_route(txn, rtb, cfg, val, extack);
	if (route_find(rtb, dst, &old))				/* RT-19 */
		return vpc_refuse(extack, -EEXIST, "route to %s exists already",
				  vpc_prefix_text(dst, text));
	err = check_destination(txn->vnet, rtb->obj.vpc, dst, val.target, extack);
	if (!err)
		err = vpc_route_check_room(txn, rtb, dst->family, 1, extack);
	return err ? err : vpc_route_put(txn, rtb, dst, val);
}

static int no_route(const struct vpc_route_cfg *cfg, int err, struct netlink_ext_ack *extack)
{
	char text[VPC_PREFIX_STRLEN];

	if (cfg->list)
		return vpc_refuse(extack, err, "route to prefix list \"%.32s\" not found",
				  cfg->list);
	return vpc_refuse(extack, err, "route to %s not found",
			  vpc_prefix_text(&cfg->dst.p, text));
}

/* The list route that @cfg means, if a user may touch it (RT-26, GWE-6). */
static struct vpc_list_ref *user_list_route(struct vpc_txn *txn, struct vpc_rtb *rtb,
					    const struct vpc_route_cfg *cfg, int *err,
					    struct netlink_ext_ack *extack)
{
	struct vpc_list *pl = list_find(txn, cfg, extack);
	struct vpc_list_ref *ref = pl ? vpc_route_list_find(rtb, pl) : NULL;

	*err = -ENOENT;
	if (pl && !ref)
		no_route(cfg, -ENOENT, extack);
	if (ref && vpc_route_unpack(ref->value).origin == VPC_ROUTE_ORIGIN_ENDPOINT) {
		*err = vpc_refuse(extack, -EINVAL, "route is managed by its endpoint");
		return NULL;
	}
	return ref;
}

static int set_list_route(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_route_cfg *cfg,
			  struct vpc_route_val val, struct netlink_ext_ack *extack)
{
	struct vpc_list_ref *ref;
	int err;

	ref = user_list_route(txn, rtb, cfg, &err, extack);
	if (!ref)
		return err;
	err = check_family(val, vpc_list_family(ref->pl), extack);
	if (err)
		return err;
	vpc_txn_set(txn, ref->value, vpc_route_pack(val));
	vpc_txn_bump(txn, &rtb->obj);
	vpc_txn_route_event(txn, rtb, NULL, ref->pl, ref->value, VPC_EVENT_NEW);
	return 0;
}

VPC_OP(vpc_route_set)
{
	const struct vpc_route_cfg *cfg = &op->route;
	struct vpc_route_val val;
	struct vpc_rtb *rtb;
	u64 old;
	int err;

	err = resolve_route(txn, cfg, &rtb, &val, extack);
	if (err)
		return err;
	if (cfg->list)
		return set_list_route(txn, rtb, cfg, val, extack);
	if (!route_find(rtb, &cfg->dst.p, &old))		/* RT-19 */
		return no_route(cfg, -EINVAL, extack);
	err = check_destination(txn->vnet, rtb->obj.vpc, &cfg->dst.p, val.target, extack);
	return err ? err : vpc_route_put(txn, rtb, &cfg->dst.p, val);
}

VPC_OP(vpc_route_delete)
{
	const struct vpc_route_cfg *cfg = &op->route;
	struct vpc_rtb *rtb = table_find(txn, cfg, extack);
	struct vpc_list_ref *ref;
	u64 old;
	int err;

	if (!rtb)
		return -ENOENT;
	if (cfg->list) {
		ref = user_list_route(txn, rtb, cfg, &err, extack);
		if (!ref)
			return err;
		vpc_route_list_del(txn, rtb, ref->pl);
		return 0;
	}
	err = vpc_prefix_given(&cfg->dst, "destination", extack);
	if (err)
		return err;
	if (vpc_block_equal(rtb->obj.vpc, &cfg->dst.p))		/* RT-10 */
		return vpc_refuse(extack, -EINVAL, "the local route cannot be deleted");
	if (!route_find(rtb, &cfg->dst.p, &old))		/* RT-19 */
		return no_route(cfg, -ENOENT, extack);
	route_remove(txn, rtb, &cfg->dst.p, old);
	return 0;
}
