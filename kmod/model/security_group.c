// SPDX-License-Identifier: GPL-2.0
#include "security_group.h"

#include <linux/string.h>

#include "../net.h"
#include "endpoint.h"
#include "eni.h"
#include "nlb.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

/* Everything to everybody. */
static const struct vpc_rule all_out = {
	.direction = VPC_DIRECTION_EGRESS,
	.peer = VPC_PEER_CIDR,
	.last = VPC_POINT_MAX,
	.cidr.family = AF_INET,
};

static const struct vpc_rule all_out6 = {
	.direction = VPC_DIRECTION_EGRESS,
	.peer = VPC_PEER_CIDR,
	.last = VPC_POINT_MAX,
	.cidr.family = AF_INET6,
};

struct vpc_group *vpc_rule_group(struct vpc_net *vnet, const struct vpc_group *group,
				 const struct vpc_rule *rule)
{
	struct vpc_obj *obj = vpc_obj_by_id(vnet, rule->group);

	if (!obj || (obj->vpc != group->obj.vpc &&
		     !vpc_peering_active(vnet, obj->vpc, group->obj.vpc)))
		return NULL;
	return obj_to_group(obj);
}

bool vpc_group_names_list(const struct vpc_group *group, u8 direction, const struct vpc_list *pl)
{
	const struct vpc_group_rule *entry;

	list_for_each_entry(entry, &group->rules, list)
		if (entry->rule.direction == direction && entry->rule.pl == pl)
			return true;
	return false;
}

static bool names_group(const struct vpc_group *group, const struct vpc_group *other)
{
	const struct vpc_group_rule *entry;

	list_for_each_entry(entry, &group->rules, list)
		if (entry->rule.group == other->obj.id)
			return true;
	return false;
}

static bool names_group_in(struct vpc_net *vnet, const struct vpc_group *group,
			   const struct vpc_vpc *vpc)
{
	const struct vpc_group_rule *entry;
	const struct vpc_obj *obj;

	list_for_each_entry(entry, &group->rules, list) {
		obj = entry->rule.group ? vpc_obj_by_id(vnet, entry->rule.group) : NULL;
		if (obj && vpc_group_in(obj_to_group(obj), vpc))
			return true;
	}
	return false;
}

/* Paths depend on interfaces, not on groups: those that have @group are judged anew. */
static void bump_members(struct vpc_txn *txn, const struct vpc_group *group)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ENI], list) {
		if (vpc_group_set_has(&obj_to_eni(obj)->groups, group))
			vpc_txn_bump(txn, obj);
		cond_resched();
	}
}

/* Once in a transaction is enough. */
void vpc_group_changed(struct vpc_txn *txn, struct vpc_group *group)
{
	if (group->obj.bump)
		return;
	vpc_txn_dirty(txn, &group->obj, true);
	bump_members(txn, group);
}

void vpc_group_named_changed(struct vpc_txn *txn, const struct vpc_group *group)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_SECURITY_GROUP], list)
		if (obj != &group->obj && names_group(obj_to_group(obj), group))
			vpc_group_changed(txn, obj_to_group(obj));
}

static bool sends_to(const struct vpc_group *group, const struct vpc_group *other)
{
	const struct vpc_group_rule *entry;

	list_for_each_entry(entry, &group->rules, list)
		if (entry->rule.direction == VPC_DIRECTION_EGRESS &&
		    entry->rule.group == other->obj.id)
			return true;
	return false;
}

void vpc_group_joined(struct vpc_txn *txn, const struct vpc_group *group)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_SECURITY_GROUP], list)
		if (sends_to(obj_to_group(obj), group))
			bump_members(txn, obj_to_group(obj));
}

void vpc_group_list_changed(struct vpc_txn *txn, const struct vpc_list *pl)
{
	struct vpc_group *group;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_SECURITY_GROUP], list) {
		group = obj_to_group(obj);
		if (vpc_group_names_list(group, VPC_DIRECTION_INGRESS, pl) ||
		    vpc_group_names_list(group, VPC_DIRECTION_EGRESS, pl))
			bump_members(txn, group);
	}
}

void vpc_group_peering_changed(struct vpc_txn *txn, const struct vpc_vpc *vpc,
			       const struct vpc_vpc *peer)
{
	struct vpc_group *group;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_SECURITY_GROUP], list) {
		group = obj_to_group(obj);
		if ((vpc_group_in(group, vpc) && names_group_in(txn->vnet, group, peer)) ||
		    (vpc_group_in(group, peer) && names_group_in(txn->vnet, group, vpc)))
			vpc_group_changed(txn, group);
	}
}

/* SG-2 */
static struct vpc_group *group_make(struct vpc_txn *txn, struct vpc_vpc *vpc, const char *name,
				    const char *description, struct netlink_ext_ack *extack)
{
	struct vpc_group *group;
	int err;

	group = vpc_edit_alloc(&txn->edit, sizeof(*group));
	if (!group)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&group->rules);
	INIT_LIST_HEAD(&group->vpcs);
	vpc_str_set(group->description, description, sizeof(group->description));
	err = vpc_obj_add(txn, &group->obj, VPC_KIND_SECURITY_GROUP, vpc, name, true, extack);
	if (!err)
		err = vpc_rule_add(txn, group, &all_out, NULL);
	if (!err && vpc->n_cidrs6)
		err = vpc_rule_add(txn, group, &all_out6, NULL);
	return err ? ERR_PTR(err) : group;
}

int vpc_group_ipv6(struct vpc_txn *txn, struct vpc_group *group)
{
	if (group->n_rules[VPC_DIRECTION_EGRESS] != 1 || !vpc_rule_find(group, &all_out))
		return 0;
	return vpc_rule_add(txn, group, &all_out6, NULL);
}

struct vpc_group *vpc_group_make_default(struct vpc_txn *txn, struct vpc_vpc *vpc,
					 struct netlink_ext_ack *extack)
{
	struct vpc_rule own = {
		.direction = VPC_DIRECTION_INGRESS,
		.peer = VPC_PEER_GROUP,
		.last = VPC_POINT_MAX,
	};
	struct vpc_group *group;
	int err;

	group = group_make(txn, vpc, "default", "default VPC security group", extack);
	if (IS_ERR(group))
		return group;
	own.group = group->obj.id;
	err = vpc_rule_add(txn, group, &own, NULL);
	return err ? ERR_PTR(err) : group;
}

void vpc_group_unmake(struct vpc_txn *txn, struct vpc_group *group)
{
	struct vpc_group_rule *entry, *next;

	list_for_each_entry_safe(entry, next, &group->rules, list)
		vpc_rule_remove(txn, group, entry);
	vpc_group_leave_all(txn, group);
	vpc_obj_del(txn, &group->obj);
	/* Rules in other VPCs stay and are stale (SG-7). */
	vpc_group_named_changed(txn, group);
}

/* SG-4 */
static int check_name(struct vpc_net *vnet, const struct vpc_vpc *vpc, const char *name,
		      struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	if (!strncasecmp(name, "sg-", 3))
		return vpc_refuse(extack, -EINVAL, "name may not begin with \"sg-\"");
	if (!strcasecmp(name, "default"))
		return vpc_refuse(extack, -EINVAL, "name \"%s\" is reserved", name);
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SECURITY_GROUP], list)
		if (obj->vpc == vpc && !strcasecmp(obj->name, name))
			return vpc_refuse(extack, -EEXIST,
					  "security group \"%.40s\" exists already", obj->name);
	return 0;
}

VPC_OP(vpc_group_create)
{
	const struct vpc_group_cfg *cfg = &op->group;
	struct vpc_net *vnet = txn->vnet;
	struct vpc_group *group;
	struct vpc_obj *vpc;
	int err;

	vpc = vpc_obj_find(vnet, VPC_KIND_VPC, cfg->vpc, NULL, extack);
	if (!vpc)
		return -ENOENT;
	err = check_name(vnet, obj_to_vpc(vpc), cfg->name, extack);
	if (err)
		return err;
	if (vpc_obj_count(vnet, VPC_KIND_SECURITY_GROUP, NULL) >= vnet->limits.groups)	/* SG-8 */
		return vpc_refuse(extack, -ENOSPC, "limit of %u security groups reached",
				  vnet->limits.groups);
	group = group_make(txn, obj_to_vpc(vpc), cfg->name, cfg->description, extack);
	if (IS_ERR(group))
		return PTR_ERR(group);
	*result = &group->obj;
	return 0;
}

struct vpc_group *vpc_group_find(struct vpc_txn *txn, const char *ref,
				 struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SECURITY_GROUP, ref, NULL, extack);

	return obj ? obj_to_group(obj) : NULL;
}

int vpc_group_check_users(struct vpc_net *vnet, const struct vpc_group *group,
			  const struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	char buf[VPC_ID_STRLEN];
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ENDPOINT], list)
		if ((!vpc || obj->vpc == vpc) &&
		    vpc_group_set_has(&obj_to_endpoint(obj)->groups, group))
			return vpc_refuse(extack, -EBUSY,
					  "security group is used by endpoint \"%s\"",
					  vpc_obj_label(obj, buf));
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_NLB], list)
		if ((!vpc || obj->vpc == vpc) && vpc_group_set_has(&obj_to_nlb(obj)->groups, group))
			return vpc_refuse(extack, -EBUSY,
					  "security group is used by load balancer \"%s\"",
					  vpc_obj_label(obj, buf));
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ENI], list)
		if ((!vpc || obj->vpc == vpc) &&
		    vpc_group_set_has(&obj_to_eni(obj)->groups, group))
			return vpc_refuse(extack, -EBUSY,
					  "security group is used by network interface \"%s\"",
					  vpc_obj_label(obj, buf));
	return 0;
}

/* SG-5 */
static int check_unused(struct vpc_net *vnet, const struct vpc_group *group,
			struct netlink_ext_ack *extack)
{
	int err = vpc_group_check_users(vnet, group, NULL, extack);
	char buf[VPC_ID_STRLEN];
	struct vpc_obj *obj;

	if (err)
		return err;
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SECURITY_GROUP], list)
		if (obj != &group->obj && obj->vpc == group->obj.vpc &&
		    names_group(obj_to_group(obj), group))
			return vpc_refuse(extack, -EBUSY,
					  "a rule of security group \"%s\" refers to it",
					  vpc_obj_label(obj, buf));
	return 0;
}

VPC_OP(vpc_group_delete)
{
	struct vpc_group *group = vpc_group_find(txn, op->group.id, extack);
	int err;

	if (!group)
		return -ENOENT;
	if (group->obj.vpc->group == group)	/* SG-4 */
		return vpc_refuse(extack, -EBUSY, "the default security group cannot be deleted");
	err = check_unused(txn->vnet, group, extack);
	if (err)
		return err;
	vpc_group_unmake(txn, group);
	return txn->err;
}
