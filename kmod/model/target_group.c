// SPDX-License-Identifier: GPL-2.0
#include "target_group.h"

#include <linux/jiffies.h>

#include "../net.h"
#include "nlb.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

/* NLB-21, NLB-28: seconds, and how often */
#define DELAY		300
#define INTERVAL	30
#define TIMEOUT_TCP	10
#define TIMEOUT_HTTP	6
#define HEALTHY		5
#define UNHEALTHY	2
/* NLB-27, seconds */
#define UNHEALTHY_INTERVAL_MAX	360000

struct vpc_target_group *vpc_target_group_find(struct vpc_txn *txn, const char *ref,
					       struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_TARGET_GROUP, ref, NULL, extack);

	return obj ? obj_to_target_group(obj) : NULL;
}

/* What depends on nothing else, or on the group's protocol and type. */
static void set_defaults(struct vpc_target_group *group)
{
	struct vpc_target_attrs *attrs = &group->attrs;

	attrs->preserve_client_ip = group->type == VPC_TARGET_TYPE_INSTANCE ||	/* NLB-12 */
				    vpc_nlb_protocol_udp(group->protocol);
	attrs->cross_zone = VPC_CROSS_ZONE_USE_LOAD_BALANCER_CONFIGURATION;
	attrs->drained_end = vpc_nlb_protocol_udp(group->protocol);		/* NLB-28 */
	attrs->unhealthy_end = vpc_nlb_protocol_tcp(group->protocol);		/* NLB-27 */
	attrs->delay = DELAY;
	attrs->check.interval = INTERVAL;
	attrs->check.healthy = HEALTHY;
	attrs->check.unhealthy = UNHEALTHY;
}

/* How to check by @protocol, before what is said about it (NLB-21). */
static void check_defaults(struct vpc_health_check *check, u8 protocol)
{
	bool http = protocol == VPC_HEALTH_CHECK_PROTOCOL_HTTP;

	check->protocol = protocol;
	check->timeout = http ? TIMEOUT_HTTP : TIMEOUT_TCP;
	check->matcher_from = http ? 200 : 0;
	check->matcher_to = http ? 399 : 0;
	strscpy(check->path, http ? "/" : "", sizeof(check->path));
}

static void take_bool(bool *to, const struct vpc_opt_u8 *from)
{
	if (from->set)
		*to = from->val;
}

static void take_u32(u32 *to, const struct vpc_opt_u32 *from)
{
	if (from->set)
		*to = from->val;
}

static void take_check(struct vpc_health_check *check, const struct vpc_target_group_cfg *cfg)
{
	if (cfg->check_protocol.set && cfg->check_protocol.val != check->protocol)
		check_defaults(check, cfg->check_protocol.val);
	if (cfg->check_port.set)
		check->port = cfg->check_port.val;
	take_u32(&check->interval, &cfg->check_interval);
	take_u32(&check->timeout, &cfg->check_timeout);
	if (cfg->healthy.set)
		check->healthy = cfg->healthy.val;
	if (cfg->unhealthy.set)
		check->unhealthy = cfg->unhealthy.val;
	if (cfg->matcher_from.set)
		check->matcher_from = cfg->matcher_from.val;
	if (cfg->matcher_to.set)
		check->matcher_to = cfg->matcher_to.val;
	if (cfg->check_path)
		vpc_str_set(check->path, cfg->check_path, sizeof(check->path));
}

static void take_attrs(struct vpc_target_attrs *attrs, const struct vpc_target_group_cfg *cfg)
{
	take_bool(&attrs->preserve_client_ip, &cfg->preserve_client_ip);
	take_bool(&attrs->sticky, &cfg->stickiness);
	if (cfg->cross_zone.set)
		attrs->cross_zone = cfg->cross_zone.val;
	take_bool(&attrs->drained_end, &cfg->termination);
	take_bool(&attrs->unhealthy_end, &cfg->unhealthy_termination);
	take_u32(&attrs->delay, &cfg->delay);
	take_u32(&attrs->unhealthy_interval, &cfg->unhealthy_interval);
	take_check(&attrs->check, cfg);
}

/* A path of HTTP is what may stand in its request line. */
static bool path_valid(const char *path)
{
	const char *c;

	for (c = path; *c; c++)
		if (*c <= ' ' || *c > '~')
			return false;
	return *path == '/';
}

/* NLB-21 */
static int check_check(const struct vpc_health_check *check,
		       const struct vpc_target_group_cfg *cfg, struct netlink_ext_ack *extack)
{
	if (check->protocol != VPC_HEALTH_CHECK_PROTOCOL_HTTP &&
	    (cfg->check_path || cfg->matcher_from.set || cfg->matcher_to.set))
		return vpc_refuse(extack, -EINVAL, "path and matcher are of http health checks");
	if (check->matcher_from > check->matcher_to)
		return vpc_refuse(extack, -EINVAL, "matcher %u-%u has no status",
				  check->matcher_from, check->matcher_to);
	if (check->timeout > check->interval)
		return vpc_refuse(extack, -EINVAL,
				  "health check timeout %u is above the interval %u",
				  check->timeout, check->interval);
	if (check->protocol == VPC_HEALTH_CHECK_PROTOCOL_HTTP && !path_valid(check->path))
		return vpc_refuse(extack, -EINVAL, "health check path must begin with / and be printable");
	return 0;
}

static int check_attrs(const struct vpc_target_group *group,
		       const struct vpc_target_group_cfg *cfg, struct netlink_ext_ack *extack)
{
	const struct vpc_target_attrs *attrs = &group->attrs;

	if (!attrs->preserve_client_ip && vpc_nlb_protocol_udp(group->protocol))	/* NLB-12 */
		return vpc_refuse(extack, -EINVAL,
				  "preserve-client-ip cannot be off for a group with udp");
	if (attrs->unhealthy_end && !vpc_nlb_protocol_tcp(group->protocol))	/* NLB-27 */
		return vpc_refuse(extack, -EINVAL,
				  "unhealthy-connection-termination is not for udp groups");
	if (attrs->unhealthy_interval > UNHEALTHY_INTERVAL_MAX)
		return vpc_refuse(extack, -ERANGE,
				  "unhealthy-draining-interval must be at most %u",
				  UNHEALTHY_INTERVAL_MAX);
	if (attrs->unhealthy_end && attrs->unhealthy_interval)
		return vpc_refuse(extack, -EINVAL,
				  "an unhealthy-draining-interval excludes connection termination");
	return check_check(&attrs->check, cfg, extack);
}

VPC_OP(vpc_target_group_create)
{
	const struct vpc_target_group_cfg *cfg = &op->target_group;
	struct vpc_net *vnet = txn->vnet;
	struct vpc_target_group *group;
	struct vpc_obj *vpc;
	int err;

	err = vpc_nlb_check_name(cfg->name, extack);
	if (err)
		return err;
	vpc = vpc_obj_find(vnet, VPC_KIND_VPC, cfg->vpc, NULL, extack);
	if (!vpc)
		return -ENOENT;
	if (vpc_obj_count(vnet, VPC_KIND_TARGET_GROUP, NULL) >= vnet->limits.target_groups)
		return vpc_refuse(extack, -ENOSPC, "limit of %u target groups reached",
				  vnet->limits.target_groups);
	group = vpc_edit_alloc(&txn->edit, sizeof(*group));
	if (!group)
		return -ENOMEM;
	INIT_LIST_HEAD(&group->targets);
	group->protocol = cfg->protocol.val;
	group->type = cfg->type.set ? cfg->type.val : VPC_TARGET_TYPE_INSTANCE;
	group->port = cfg->port;
	set_defaults(group);
	check_defaults(&group->attrs.check, VPC_HEALTH_CHECK_PROTOCOL_TCP);
	take_attrs(&group->attrs, cfg);
	err = check_attrs(group, cfg, extack);
	if (err)
		return err;
	*result = &group->obj;
	return vpc_obj_add(txn, &group->obj, VPC_KIND_TARGET_GROUP, obj_to_vpc(vpc), cfg->name,
			   true, extack);
}

VPC_OP(vpc_target_group_set)
{
	const struct vpc_target_group_cfg *cfg = &op->target_group;
	struct vpc_target_group *group = vpc_target_group_find(txn, cfg->id, extack);
	int err = 0;

	if (!group)
		return -ENOENT;
	*result = &group->obj;
	if (cfg->name)
		err = vpc_nlb_check_name(cfg->name, extack);
	if (!err && cfg->name)
		err = vpc_obj_rename(txn, &group->obj, cfg->name, extack);
	if (err)
		return err;
	if (!vpc_txn_save(txn, &group->attrs, sizeof(group->attrs)))
		return -ENOMEM;
	take_attrs(&group->attrs, cfg);
	err = check_attrs(group, cfg, extack);
	if (err)
		return err;
	vpc_txn_dirty(txn, &group->obj, true);
	return vpc_target_group_changed(txn, group, extack);
}

/* Its targets go with it. */
VPC_OP(vpc_target_group_delete)
{
	struct vpc_target_group *group;
	struct vpc_nlb_target *target, *next;
	char buf[VPC_ID_STRLEN];

	group = vpc_target_group_find(txn, op->target_group.id, extack);
	if (!group)
		return -ENOENT;
	if (group->nlb)
		return vpc_refuse(extack, -EBUSY,
				  "target group is used by a listener of load balancer \"%s\"",
				  vpc_obj_label(&group->nlb->obj, buf));
	list_for_each_entry_safe(target, next, &group->targets, list)
		vpc_target_remove(txn, target);
	vpc_obj_del(txn, &group->obj);
	return 0;
}

int vpc_target_group_changed(struct vpc_txn *txn, struct vpc_target_group *group,
			     struct netlink_ext_ack *extack)
{
	struct vpc_nlb_target *target;
	int err;

	vpc_txn_bump(txn, &group->obj);
	if (group->nlb)			/* whose zones may come and go in DNS */
		vpc_txn_dirty(txn, &group->nlb->obj, false);
	list_for_each_entry(target, &group->targets, list) {
		vpc_txn_dirty(txn, &target->obj, true);
		err = vpc_probe_settle(txn, target, extack);
		if (err)
			return err;
	}
	return 0;
}

int vpc_target_groups_changed(struct vpc_txn *txn, const struct vpc_nlb *nlb,
			      struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_TARGET_GROUP], list) {
		if (obj_to_target_group(obj)->nlb != nlb)
			continue;
		err = vpc_target_group_changed(txn, obj_to_target_group(obj), extack);
		if (err)
			return err;
	}
	return 0;
}

/* Nobody has checked its targets yet, or does any more. */
static void forget_health(struct vpc_txn *txn, struct vpc_target_group *group)
{
	struct vpc_nlb_target *target, *next;

	list_for_each_entry_safe(target, next, &group->targets, list) {
		if (target->draining) {
			vpc_target_remove(txn, target);
			continue;
		}
		vpc_txn_set(txn, target->health, VPC_TARGET_STATE_INITIAL);
		vpc_txn_set(txn, target->settling, false);
	}
}

int vpc_target_group_use(struct vpc_txn *txn, struct vpc_target_group *group, struct vpc_nlb *nlb,
			 struct netlink_ext_ack *extack)
{
	vpc_txn_set(txn, group->n_listeners, group->n_listeners + 1);
	vpc_txn_dirty(txn, &group->obj, true);
	if (group->nlb)
		return 0;
	vpc_txn_set(txn, group->nlb, nlb);
	forget_health(txn, group);
	return vpc_target_group_changed(txn, group, extack);
}

void vpc_target_group_unuse(struct vpc_txn *txn, struct vpc_target_group *group)
{
	vpc_txn_set(txn, group->n_listeners, group->n_listeners - 1);
	vpc_txn_dirty(txn, &group->obj, true);
	if (group->n_listeners)
		return;
	forget_health(txn, group);
	vpc_txn_set(txn, group->nlb, NULL);
	/* Without nodes there is nothing that could fail. */
	vpc_target_group_changed(txn, group, NULL);
}
