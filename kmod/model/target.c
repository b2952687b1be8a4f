// SPDX-License-Identifier: GPL-2.0
#include "target_group.h"

#include <linux/inetdevice.h>
#include <linux/jiffies.h>

#include "../drain.h"
#include "../net.h"
#include "eni.h"
#include "nlb.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

u16 vpc_target_check_port(const struct vpc_nlb_target *target)
{
	return target->group->attrs.check.port ?: target->port;
}

static bool cross_zone(const struct vpc_target_group *group)
{
	u8 mode = group->attrs.cross_zone;

	return mode == VPC_CROSS_ZONE_USE_LOAD_BALANCER_CONFIGURATION ? group->nlb->cross_zone :
									mode == VPC_CROSS_ZONE_ON;
}

/* A target in a zone without a node gets nothing, cross-zone or not. */
u16 vpc_target_nodes(const struct vpc_nlb_target *target)
{
	const struct vpc_nlb *nlb = target->group->nlb;
	u16 nodes;

	if (!nlb)
		return 0;
	if (target->everywhere)
		return vpc_nlb_nodes(nlb);
	nodes = vpc_nlb_nodes_in(nlb, target->zone);
	return nodes && cross_zone(target->group) ? vpc_nlb_nodes(nlb) : nodes;
}

u8 vpc_target_state(const struct vpc_nlb_target *target)
{
	if (target->draining)
		return VPC_TARGET_STATE_DRAINING;
	if (!vpc_target_nodes(target))
		return VPC_TARGET_STATE_UNUSED;
	return target->settling ? VPC_TARGET_STATE_UNHEALTHY_DRAINING : target->health;
}

static bool has_probe(const struct vpc_nlb_target *target)
{
	u8 i;

	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (target->probes[i])
			return true;
	return false;
}

const char *vpc_target_reason(const struct vpc_nlb_target *target)
{
	switch (vpc_target_state(target)) {
	case VPC_TARGET_STATE_UNUSED:
		return "Target.NotInUse";
	case VPC_TARGET_STATE_INITIAL:
		return has_probe(target) ? "Elb.InitialHealthChecking" :
					   "Elb.RegistrationInProgress";
	case VPC_TARGET_STATE_UNHEALTHY:
	case VPC_TARGET_STATE_UNHEALTHY_DRAINING:
		return *target->reason ? target->reason : "Target.FailedHealthChecks";
	case VPC_TARGET_STATE_DRAINING:
		return "Target.DeregistrationInProgress";
	default:
		return "";
	}
}

bool vpc_target_group_fails_open(const struct vpc_target_group *group)
{
	const struct vpc_nlb_target *target;

	list_for_each_entry(target, &group->targets, list)
		if (vpc_target_state(target) == VPC_TARGET_STATE_HEALTHY)
			return false;
	return true;
}

u16 vpc_target_serving(const struct vpc_nlb_target *target, bool open)
{
	if (target->draining || (!open && vpc_target_state(target) != VPC_TARGET_STATE_HEALTHY))
		return 0;
	return vpc_target_nodes(target);
}

u16 vpc_target_group_serving(const struct vpc_target_group *group)
{
	bool open = vpc_target_group_fails_open(group);
	const struct vpc_nlb_target *target;
	u16 nodes = 0;

	list_for_each_entry(target, &group->targets, list)
		nodes |= vpc_target_serving(target, open);
	return nodes;
}

bool vpc_target_ends(const struct vpc_nlb_target *target)
{
	const struct vpc_target_attrs *attrs = &target->group->attrs;

	return vpc_target_state(target) == VPC_TARGET_STATE_UNHEALTHY &&
	       (attrs->unhealthy_end || attrs->unhealthy_interval);
}

/* The state of @target has changed, and with it perhaps where others' flows go. */
static void state_changed(struct vpc_txn *txn, struct vpc_nlb_target *target)
{
	vpc_txn_dirty(txn, &target->obj, true);
	vpc_txn_bump(txn, &target->group->obj);
	if (target->group->nlb)		/* whose zones may come and go in DNS */
		vpc_txn_dirty(txn, &target->group->nlb->obj, false);
}

static struct vpc_nlb_target *find_in(const struct vpc_target_group *group,
				      const struct vpc_eni *eni, __be32 addr, u16 port)
{
	struct vpc_nlb_target *target;

	list_for_each_entry(target, &group->targets, list)
		if (target->eni == eni && target->addr == addr && target->port == port)
			return target;
	return NULL;
}

/* NLB-6: an interface of an instance of the VPC; its address is that of the target. */
static int find_eni(struct vpc_txn *txn, const struct vpc_target_group *group,
		    const struct vpc_target_cfg *cfg, struct vpc_eni **eni,
		    struct netlink_ext_ack *extack)
{
	if (!cfg->eni)
		return vpc_refuse(extack, -EINVAL, "targets of the group are network interfaces");
	*eni = vpc_eni_find_own(txn, cfg->eni, extack);
	if (IS_ERR(*eni))
		return PTR_ERR(*eni);
	if ((*eni)->obj.vpc != group->obj.vpc)
		return vpc_refuse(extack, -EINVAL, "network interface \"%.32s\" is in another vpc",
				  cfg->eni);
	if (!(*eni)->addr)
		return vpc_refuse(extack, -EINVAL,
				  "network interface \"%.32s\" has no ipv4 address", cfg->eni);
	return 0;
}

static const struct vpc_subnet *subnet_around(struct vpc_net *vnet, const struct vpc_vpc *vpc,
					      __be32 addr)
{
	const struct vpc_addr a = vpc_addr4(addr);
	const struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SUBNET], list)
		if (obj->vpc == vpc && vpc_prefix_has(&obj_to_subnet(obj)->cidr, AF_INET, &a))
			return obj_to_subnet(obj);
	return NULL;
}

/* NLB-6, NLB-7: what may be registered by its address. */
static int check_addr(struct vpc_txn *txn, const struct vpc_target_group *group, __be32 addr,
		      struct netlink_ext_ack *extack)
{
	const struct vpc_addr a = vpc_addr4(addr);
	const struct vpc_obj *obj;
	char buf[VPC_ID_STRLEN];

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ENI], list)
		if (obj->vpc == group->obj.vpc && obj_to_eni(obj)->addr == addr &&
		    obj_to_eni(obj)->requester)
			return vpc_refuse(extack, -EINVAL, "address %pI4 belongs to %s \"%s\"",
					  &addr, vpc_kind_name(obj_to_eni(obj)->requester->kind),
					  vpc_obj_label(obj_to_eni(obj)->requester, buf));
	if (subnet_around(txn->vnet, group->obj.vpc, addr))
		return 0;
	if (!vpc_addr_private(AF_INET, &a))
		return vpc_refuse(extack, -EINVAL,
				  "address %pI4 is neither in a subnet of the vpc nor private", &addr);
	if (vpc_nlb_protocol_udp(group->protocol))
		vpc_warn(extack, "a target outside the vpc cannot answer udp");
	return 0;
}

/* What of @cfg names a target of @group. */
static int take_place(struct vpc_txn *txn, const struct vpc_target_group *group,
		      const struct vpc_target_cfg *cfg, struct vpc_eni **eni, __be32 *addr,
		      struct netlink_ext_ack *extack)
{
	int err;

	if (group->type == VPC_TARGET_TYPE_IP) {
		if (cfg->eni)
			return vpc_refuse(extack, -EINVAL, "targets of the group are addresses");
		if (cfg->family != AF_INET)
			return vpc_refuse(extack, -EINVAL,
					  "the address of a target must be ipv4");
		*eni = NULL;
		*addr = cfg->addr.ip4;
		return 0;
	}
	err = find_eni(txn, group, cfg, eni, extack);
	if (!err)
		*addr = (*eni)->addr;
	return err;
}

static void detect_zone(struct vpc_txn *txn, struct vpc_nlb_target *target)
{
	const struct vpc_subnet *subnet;

	subnet = target->eni ? target->eni->subnet :
			       subnet_around(txn->vnet, target->obj.vpc, target->addr);
	target->everywhere = !subnet;
	if (subnet)
		strscpy(target->zone, subnet->zone, sizeof(target->zone));
}

/* NLB-8 */
static int check_room(struct vpc_txn *txn, const struct vpc_nlb_target *new,
		      struct netlink_ext_ack *extack)
{
	const struct vpc_limits *limits = &txn->vnet->limits;
	const struct vpc_nlb_target *target;
	u32 n = 0, n_zone = 0;
	struct vpc_obj *obj;

	if (new->group->n_targets > limits->group_targets)
		return vpc_refuse(extack, -ENOSPC, "limit of %u targets per target group reached",
				  limits->group_targets);
	if (!new->group->nlb)
		return 0;
	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_TARGET], list) {
		target = obj_to_target(obj);
		if (target->group->nlb != new->group->nlb)
			continue;
		n++;
		n_zone += !strcmp(target->zone, new->zone);
	}
	if (n > limits->nlb_targets)
		return vpc_refuse(extack, -ENOSPC, "limit of %u targets per load balancer reached",
				  limits->nlb_targets);
	if (n_zone > limits->nlb_zone_targets)
		return vpc_refuse(extack, -ENOSPC,
				  "limit of %u targets per load balancer and zone reached",
				  limits->nlb_zone_targets);
	return 0;
}

/* One that is being deregistered is registered again. */
static int revive(struct vpc_txn *txn, struct vpc_nlb_target *target,
		  struct netlink_ext_ack *extack)
{
	if (!target->draining)
		return vpc_refuse(extack, -EEXIST, "target %pI4:%u is registered already",
				  &target->addr, target->port);
	vpc_txn_set(txn, target->draining, false);
	vpc_txn_set(txn, target->health, VPC_TARGET_STATE_INITIAL);
	state_changed(txn, target);
	return vpc_probe_settle(txn, target, extack);
}

VPC_OP(vpc_target_create)
{
	const struct vpc_target_cfg *cfg = &op->target;
	struct vpc_target_group *group = vpc_target_group_find(txn, cfg->group, extack);
	struct vpc_nlb_target *target;
	struct vpc_eni *eni;
	__be32 addr;
	u16 port;
	int err;

	if (!group)
		return -ENOENT;
	port = cfg->port.set ? cfg->port.val : group->port;
	err = take_place(txn, group, cfg, &eni, &addr, extack);
	if (err)
		return err;
	target = find_in(group, eni, addr, port);
	if (target) {
		*result = &target->obj;
		return revive(txn, target, extack);
	}
	if (!eni) {
		err = check_addr(txn, group, addr, extack);
		if (err)
			return err;
	}
	target = vpc_edit_alloc(&txn->edit, sizeof(*target));
	if (!target)
		return -ENOMEM;
	INIT_LIST_HEAD(&target->list);
	target->group = group;
	target->eni = eni;
	target->addr = addr;
	target->port = port;
	target->health = VPC_TARGET_STATE_INITIAL;
	err = vpc_obj_add(txn, &target->obj, VPC_KIND_TARGET, group->obj.vpc, NULL, true, extack);
	if (err)
		return err;
	detect_zone(txn, target);
	vpc_txn_list_add_tail(txn, &target->list, &group->targets);
	vpc_txn_set(txn, group->n_targets, group->n_targets + 1);
	state_changed(txn, target);
	*result = &target->obj;
	err = check_room(txn, target, extack);
	return err ? err : vpc_probe_settle(txn, target, extack);
}

/* By its id, or as it was registered. */
static int target_find(struct vpc_txn *txn, const struct vpc_target_cfg *cfg,
		       struct vpc_nlb_target **target, struct netlink_ext_ack *extack)
{
	struct vpc_target_group *group;
	struct vpc_eni *eni;
	struct vpc_obj *obj;
	__be32 addr;
	u16 port;
	int err;

	if (cfg->id) {
		obj = vpc_obj_find(txn->vnet, VPC_KIND_TARGET, cfg->id, NULL, extack);
		*target = obj ? obj_to_target(obj) : NULL;
		return obj ? 0 : -ENOENT;
	}
	group = vpc_target_group_find(txn, cfg->group, extack);
	if (!group)
		return -ENOENT;
	port = cfg->port.set ? cfg->port.val : group->port;
	err = take_place(txn, group, cfg, &eni, &addr, extack);
	if (err)
		return err;
	*target = find_in(group, eni, addr, port);
	if (*target)
		return 0;
	return vpc_refuse(extack, -ENOENT, "target group has no target %pI4:%u", &addr, port);
}

/* NLB-27: its flows end, or go on for some time, or for as long as they like. */
static void turn_unhealthy(struct vpc_txn *txn, struct vpc_nlb_target *target)
{
	const struct vpc_target_attrs *attrs = &target->group->attrs;

	vpc_txn_set(txn, target->health, VPC_TARGET_STATE_UNHEALTHY);
	if (attrs->unhealthy_end || !attrs->unhealthy_interval)
		return;
	vpc_txn_set(txn, target->settling, true);
	vpc_txn_set(txn, target->until, jiffies + attrs->unhealthy_interval * HZ);
}

VPC_OP(vpc_target_set)
{
	const struct vpc_target_cfg *cfg = &op->target;
	struct vpc_nlb_target *target;
	int err;

	err = target_find(txn, cfg, &target, extack);
	if (err)
		return err;
	*result = &target->obj;
	if (!target->group->nlb)
		return vpc_refuse(extack, -EINVAL, "no listener uses the target's group");
	if (target->draining)
		return vpc_refuse(extack, -EBUSY, "target %pI4:%u is being deregistered",
				  &target->addr, target->port);
	if (!vpc_txn_save(txn, target->reason, sizeof(target->reason)))
		return -ENOMEM;
	vpc_str_set(target->reason, cfg->reason, sizeof(target->reason));
	if (cfg->health == VPC_TARGET_HEALTH_HEALTHY) {
		vpc_txn_set(txn, target->health, VPC_TARGET_STATE_HEALTHY);
		vpc_txn_set(txn, target->settling, false);
	} else if (target->health != VPC_TARGET_STATE_UNHEALTHY) {
		turn_unhealthy(txn, target);
	}
	state_changed(txn, target);
	return vpc_txn_on_commit(txn, vpc_drain_arm, txn->vnet);
}

void vpc_target_remove(struct vpc_txn *txn, struct vpc_nlb_target *target)
{
	struct vpc_target_group *group = target->group;

	vpc_probe_drop(txn, target);
	vpc_txn_list_del(txn, &target->list);
	vpc_txn_set(txn, group->n_targets, group->n_targets - 1);
	vpc_txn_bump(txn, &group->obj);
	vpc_obj_del(txn, &target->obj);
}

/* NLB-28: no new flows from now on; after a while it is gone. */
VPC_OP(vpc_target_delete)
{
	struct vpc_nlb_target *target;
	u32 delay;
	int err;

	err = target_find(txn, &op->target, &target, extack);
	if (err)
		return err;
	if (target->draining)
		return vpc_refuse(extack, -EBUSY, "target %pI4:%u is being deregistered",
				  &target->addr, target->port);
	delay = target->group->attrs.delay;
	if (!delay || vpc_target_state(target) == VPC_TARGET_STATE_UNUSED) {
		vpc_target_remove(txn, target);
		return 0;
	}
	vpc_txn_set(txn, target->until, jiffies + delay * HZ);
	vpc_txn_set(txn, target->draining, true);
	vpc_txn_set(txn, target->settling, false);
	vpc_probe_drop(txn, target);
	state_changed(txn, target);
	return vpc_txn_on_commit(txn, vpc_drain_arm, txn->vnet);
}

void vpc_target_forget_eni(struct vpc_txn *txn, const struct vpc_eni *eni)
{
	struct vpc_obj *obj, *next;

	list_for_each_entry_safe(obj, next, &txn->vnet->kinds[VPC_KIND_TARGET], list)
		if (obj_to_target(obj)->eni == eni)
			vpc_target_remove(txn, obj_to_target(obj));
}

static bool is_due(const struct vpc_nlb_target *target)
{
	return (target->draining || target->settling) && time_after_eq(jiffies, target->until);
}

void vpc_target_drain(struct vpc_txn *txn)
{
	struct vpc_obj *obj, *next;
	struct vpc_nlb_target *target;

	list_for_each_entry_safe(obj, next, &txn->vnet->kinds[VPC_KIND_TARGET], list) {
		target = obj_to_target(obj);
		if (!is_due(target))
			continue;
		if (target->draining) {
			vpc_target_remove(txn, target);
			continue;
		}
		vpc_txn_set(txn, target->settling, false);
		state_changed(txn, target);
	}
}

void vpc_target_drain_next(struct vpc_net *vnet, struct vpc_due *due)
{
	const struct vpc_nlb_target *target;
	const struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_TARGET], list) {
		target = obj_to_target(obj);
		if (target->draining || target->settling)
			vpc_due_add(due, target->until);
	}
}
