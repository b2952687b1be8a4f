// SPDX-License-Identifier: GPL-2.0
/* Security groups that interfaces of further VPCs have (SG-19). */

#include <linux/string.h>

#include "../net.h"
#include "nouns.h"
#include "security_group.h"
#include "txn.h"
#include "vpc.h"

const struct vpc_vpc *vpc_group_vpc(const struct vpc_group *group, u32 i)
{
	const struct vpc_group_vpc *entry;

	if (!i)
		return group->obj.vpc;
	list_for_each_entry(entry, &group->vpcs, list)
		if (!--i)
			return entry->vpc;
	return NULL;
}

static struct vpc_group_vpc *entry_find(const struct vpc_group *group, const struct vpc_vpc *vpc)
{
	struct vpc_group_vpc *entry;

	list_for_each_entry(entry, &group->vpcs, list)
		if (entry->vpc == vpc)
			return entry;
	return NULL;
}

bool vpc_group_in(const struct vpc_group *group, const struct vpc_vpc *vpc)
{
	return group->obj.vpc == vpc || entry_find(group, vpc);
}

static int check_new(struct vpc_net *vnet, const struct vpc_group *group,
		     const struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	const struct vpc_vpc *own = group->obj.vpc;
	u32 max = vnet->limits.group_vpcs;

	if (own->group == group)
		return vpc_refuse(extack, -EINVAL, "a default security group is of one vpc");
	if (vpc_group_in(group, vpc))
		return vpc_refuse(extack, -EEXIST, "security group is of that vpc already");
	if (strcmp(own->region, vpc->region))
		return vpc_refuse(extack, -EINVAL, "the vpcs are of different regions");
	if (group->n_vpcs >= max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u vpcs per security group reached",
				  max);
	return 0;
}

/* Who its members are is part of every rule that names it. */
static void members_changed(struct vpc_txn *txn, struct vpc_group *group)
{
	vpc_group_changed(txn, group);
	vpc_group_named_changed(txn, group);
}

static int find_both(struct vpc_txn *txn, const struct vpc_group_cfg *cfg,
		     struct vpc_group **group, struct vpc_vpc **vpc, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	*group = vpc_group_find(txn, cfg->id, extack);
	if (!*group)
		return -ENOENT;
	obj = vpc_obj_find(txn->vnet, VPC_KIND_VPC, cfg->vpc, NULL, extack);
	if (!obj)
		return -ENOENT;
	*vpc = obj_to_vpc(obj);
	return 0;
}

VPC_OP(vpc_group_associate)
{
	struct vpc_group_vpc *entry;
	struct vpc_group *group;
	struct vpc_vpc *vpc;
	int err;

	err = find_both(txn, &op->group, &group, &vpc, extack);
	if (!err)
		err = check_new(txn->vnet, group, vpc, extack);
	if (err)
		return err;
	entry = vpc_edit_alloc(&txn->edit, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->vpc = vpc;
	vpc_txn_list_add_tail(txn, &entry->list, &group->vpcs);
	vpc_txn_set(txn, group->n_vpcs, group->n_vpcs + 1);
	members_changed(txn, group);
	*result = &group->obj;
	return txn->err;
}

static void leave(struct vpc_txn *txn, struct vpc_group *group, struct vpc_group_vpc *entry)
{
	vpc_txn_list_del(txn, &entry->list);
	vpc_txn_set(txn, group->n_vpcs, group->n_vpcs - 1);
	if (vpc_edit_replace(&txn->edit, entry))
		txn->err = -ENOMEM;
}

void vpc_group_leave_all(struct vpc_txn *txn, struct vpc_group *group)
{
	struct vpc_group_vpc *entry, *next;

	list_for_each_entry_safe(entry, next, &group->vpcs, list)
		leave(txn, group, entry);
}

VPC_OP(vpc_group_disassociate)
{
	struct vpc_group_vpc *entry;
	struct vpc_group *group;
	struct vpc_vpc *vpc;
	int err;

	err = find_both(txn, &op->group, &group, &vpc, extack);
	if (err)
		return err;
	entry = entry_find(group, vpc);
	if (!entry)
		return vpc_refuse(extack, -ENOENT,
				  "security group is not associated with that vpc");
	err = vpc_group_check_users(txn->vnet, group, vpc, extack);
	if (err)
		return err;
	leave(txn, group, entry);
	members_changed(txn, group);
	*result = &group->obj;
	return txn->err;
}

int vpc_group_check_vpc(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			struct netlink_ext_ack *extack)
{
	char buf[VPC_ID_STRLEN];
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SECURITY_GROUP], list)
		if (entry_find(obj_to_group(obj), vpc))
			return vpc_refuse(extack, -EBUSY,
					  "security group \"%s\" is associated with the vpc",
					  vpc_obj_label(obj, buf));
	return 0;
}
