// SPDX-License-Identifier: GPL-2.0
/* The security groups that something has (ENI-1, SG-8). */

#include "../net.h"
#include "nouns.h"
#include "security_group.h"
#include "txn.h"
#include "vpc.h"

bool vpc_group_set_has(const struct vpc_group_set *set, const struct vpc_group *group)
{
	u8 i;

	for (i = 0; i < set->n; i++)
		if (set->groups[i] == group)
			return true;
	return false;
}

int vpc_group_set_add(struct vpc_txn *txn, struct vpc_group_set *set, const struct vpc_vpc *vpc,
		      const char *ref, struct netlink_ext_ack *extack)
{
	u32 max = min_t(u32, txn->vnet->limits.groups_eni, VPC_ENI_GROUPS_MAX);
	struct vpc_obj *obj;

	if (set->n >= max)		/* SG-8 */
		return vpc_refuse(extack, -ENOSPC, "limit of %u security groups per interface",
				  max);
	obj = vpc_obj_find(txn->vnet, VPC_KIND_SECURITY_GROUP, ref, vpc, extack);
	if (!obj)
		return -ENOENT;
	if (!vpc_group_in(obj_to_group(obj), vpc))	/* SG-19 */
		return vpc_refuse(extack, -EINVAL, "security group \"%.32s\" is in another vpc",
				  ref);
	if (vpc_group_set_has(set, obj_to_group(obj)))
		return vpc_refuse(extack, -EEXIST, "security group \"%.32s\" is there twice", ref);
	if (!vpc_txn_save(txn, set, sizeof(*set)))
		return -ENOMEM;
	set->groups[set->n++] = obj_to_group(obj);
	return 0;
}

int vpc_group_set_remove(struct vpc_txn *txn, struct vpc_group_set *set, const struct vpc_vpc *vpc,
			 const char *ref, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_SECURITY_GROUP, ref, vpc, extack);
	u8 i;

	if (!obj)
		return -ENOENT;
	for (i = 0; i < set->n && set->groups[i] != obj_to_group(obj); i++)
		;
	if (i == set->n)
		return vpc_refuse(extack, -ENOENT, "security group \"%.32s\" is not there", ref);
	if (!vpc_txn_save(txn, set, sizeof(*set)))
		return -ENOMEM;
	set->n--;
	memmove(&set->groups[i], &set->groups[i + 1], (set->n - i) * sizeof(*set->groups));
	return 0;
}

int vpc_group_set_replace(struct vpc_txn *txn, struct vpc_group_set *set,
			  const struct vpc_vpc *vpc, const char *const *refs, u32 n,
			  struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	if (!vpc_txn_save(txn, set, sizeof(*set)))
		return -ENOMEM;
	set->n = 0;
	if (!n)
		set->groups[set->n++] = vpc->group;
	for (i = 0; i < n && !err; i++)
		err = vpc_group_set_add(txn, set, vpc, refs[i], extack);
	return err;
}

void vpc_group_set_joined(struct vpc_txn *txn, const struct vpc_group_set *set)
{
	u8 i;

	for (i = 0; i < set->n; i++)
		vpc_group_joined(txn, set->groups[i]);
}
