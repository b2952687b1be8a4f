// SPDX-License-Identifier: GPL-2.0
#include "network_acl.h"

#include "../net.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

static const char *const direction_names[] = {
	[VPC_DIRECTION_INGRESS] = "ingress",
	[VPC_DIRECTION_EGRESS] = "egress",
};

static struct vpc_acl *acl_make(struct vpc_txn *txn, struct vpc_vpc *vpc, const char *name,
				struct netlink_ext_ack *extack)
{
	struct vpc_acl *acl = vpc_edit_alloc(&txn->edit, sizeof(*acl));
	int err;

	if (!acl)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&acl->entries);
	err = vpc_obj_add(txn, &acl->obj, VPC_KIND_NETWORK_ACL, vpc, name, true, extack);
	return err ? ERR_PTR(err) : acl;
}

static struct vpc_acl_entry *entry_find(const struct vpc_acl *acl, u8 direction, u16 number)
{
	struct vpc_acl_entry *entry;

	list_for_each_entry(entry, &acl->entries, list)
		if (entry->rule.direction == direction && entry->rule.number == number)
			return entry;
	return NULL;
}

/* What will follow @rule, by direction and number. */
static struct list_head *entry_place(struct vpc_acl *acl, const struct vpc_acl_rule *rule)
{
	struct vpc_acl_entry *entry;

	list_for_each_entry(entry, &acl->entries, list)
		if (entry->rule.direction > rule->direction ||
		    (entry->rule.direction == rule->direction && entry->rule.number > rule->number))
			return &entry->list;
	return &acl->entries;
}

static int entry_add(struct vpc_txn *txn, struct vpc_acl *acl, const struct vpc_acl_rule *rule)
{
	u32 *n = &acl->n_entries[rule->direction];
	struct vpc_acl_entry *entry;

	entry = vpc_edit_alloc(&txn->edit, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->rule = *rule;
	vpc_txn_list_add_tail(txn, &entry->list, entry_place(acl, rule));
	vpc_txn_set(txn, *n, *n + 1);
	vpc_txn_dirty(txn, &acl->obj, true);
	return txn->err;
}

static void entry_del(struct vpc_txn *txn, struct vpc_acl *acl, struct vpc_acl_entry *entry)
{
	u32 *n = &acl->n_entries[entry->rule.direction];

	vpc_txn_list_del(txn, &entry->list);
	vpc_txn_set(txn, *n, *n - 1);
	vpc_txn_dirty(txn, &acl->obj, true);
	if (vpc_edit_replace(&txn->edit, entry))
		txn->err = -ENOMEM;
}

/* Everything of @family passes. */
static struct vpc_acl_rule rule_all(u8 family)
{
	return (struct vpc_acl_rule){
		.cidr.family = family,
		.number = family == AF_INET ? 100 : 101,
		.allow = true,
		.proto = VPC_ACL_ALL,
		.port_to = U16_MAX,
		.icmp_type = VPC_ACL_ALL,
		.icmp_code = VPC_ACL_ALL,
	};
}

/* In both directions (ACL-3). */
static int pass_all(struct vpc_txn *txn, struct vpc_acl *acl, u8 family)
{
	struct vpc_acl_rule rule = rule_all(family);
	int err = 0;

	for (; rule.direction <= VPC_DIRECTION_EGRESS && !err; rule.direction++)
		err = entry_add(txn, acl, &rule);
	return err;
}

struct vpc_acl *vpc_acl_make_default(struct vpc_txn *txn, struct vpc_vpc *vpc,
				     struct netlink_ext_ack *extack)
{
	struct vpc_acl *acl = acl_make(txn, vpc, "default", extack);
	int err;

	if (IS_ERR(acl))
		return acl;
	err = pass_all(txn, acl, AF_INET);
	return err ? ERR_PTR(err) : acl;
}

static bool rule_equal(const struct vpc_acl_rule *a, const struct vpc_acl_rule *b)
{
	return vpc_prefix_equal(&a->cidr, &b->cidr) && a->number == b->number &&
	       a->direction == b->direction && a->allow == b->allow && a->proto == b->proto &&
	       a->port_from == b->port_from && a->port_to == b->port_to &&
	       a->icmp_type == b->icmp_type && a->icmp_code == b->icmp_code;
}

/* Both directions have but what the list was made with. */
static bool untouched(const struct vpc_acl *acl)
{
	struct vpc_acl_entry *entry;
	struct vpc_acl_rule rule;

	list_for_each_entry(entry, &acl->entries, list) {
		rule = rule_all(AF_INET);
		rule.direction = entry->rule.direction;
		if (!rule_equal(&rule, &entry->rule))
			return false;
	}
	return acl->n_entries[VPC_DIRECTION_INGRESS] == 1 &&
	       acl->n_entries[VPC_DIRECTION_EGRESS] == 1;
}

int vpc_acl_ipv6(struct vpc_txn *txn, struct vpc_acl *acl)
{
	return untouched(acl) ? pass_all(txn, acl, AF_INET6) : 0;
}

void vpc_acl_unmake(struct vpc_txn *txn, struct vpc_acl *acl)
{
	struct vpc_acl_entry *entry, *next;

	list_for_each_entry_safe(entry, next, &acl->entries, list)
		entry_del(txn, acl, entry);
	vpc_obj_del(txn, &acl->obj);
}

void vpc_acl_attach(struct vpc_txn *txn, struct vpc_subnet *subnet, struct vpc_acl *acl)
{
	if (subnet->acl)
		vpc_txn_set(txn, subnet->acl->n_subnets, subnet->acl->n_subnets - 1);
	vpc_txn_set(txn, acl->n_subnets, acl->n_subnets + 1);
	vpc_txn_set(txn, subnet->acl, acl);
	vpc_txn_set(txn, subnet->acl_assoc, vpc_id_new());
	vpc_txn_dirty(txn, &subnet->obj, true);
}

VPC_OP(vpc_acl_create)
{
	struct vpc_net *vnet = txn->vnet;
	struct vpc_obj *obj = vpc_obj_find(vnet, VPC_KIND_VPC, op->acl.vpc, NULL, extack);
	struct vpc_acl *acl;

	if (!obj)
		return -ENOENT;
	if (vpc_obj_count(vnet, VPC_KIND_NETWORK_ACL, obj_to_vpc(obj)) >= vnet->limits.acls_vpc)
		return vpc_refuse(extack, -ENOSPC, "limit of %u network acls per vpc reached",
				  vnet->limits.acls_vpc);	/* ACL-10 */
	acl = acl_make(txn, obj_to_vpc(obj), op->acl.name, extack);
	if (IS_ERR(acl))
		return PTR_ERR(acl);
	*result = &acl->obj;
	return 0;
}

static struct vpc_acl *acl_find(struct vpc_txn *txn, const char *ref, const struct vpc_vpc *vpc,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_NETWORK_ACL, ref, vpc, extack);

	if (!obj)
		return NULL;
	if (vpc && obj->vpc != vpc) {
		NL_SET_ERR_MSG(extack, "network acl belongs to another vpc");
		return NULL;
	}
	return obj_to_acl(obj);
}

VPC_OP(vpc_acl_delete)
{
	struct vpc_acl *acl = acl_find(txn, op->acl.id, NULL, extack);

	if (!acl)
		return -ENOENT;
	if (acl->obj.vpc->acl == acl)
		return vpc_refuse(extack, -EBUSY, "the default network acl cannot be deleted");
	if (acl->n_subnets)
		return vpc_refuse(extack, -EBUSY, "network acl is used by %u subnet%s",
				  acl->n_subnets, acl->n_subnets > 1 ? "s" : "");
	vpc_acl_unmake(txn, acl);
	return 0;
}

static int check_ports(const struct vpc_acl_cfg *cfg, struct netlink_ext_ack *extack)
{
	if (!cfg->port_from.set && !cfg->port_to.set)
		return 0;
	if (!cfg->proto.set || (cfg->proto.val != IPPROTO_TCP && cfg->proto.val != IPPROTO_UDP))
		return vpc_refuse(extack, -EINVAL, "rule %u: only tcp and udp have ports",
				  cfg->number);
	if (!cfg->port_from.set || !cfg->port_to.set)
		return vpc_refuse(extack, -EINVAL, "rule %u: ports need a first and a last one",
				  cfg->number);
	if (cfg->port_from.val > cfg->port_to.val)
		return vpc_refuse(extack, -EINVAL, "rule %u: port %u is above %u", cfg->number,
				  cfg->port_from.val, cfg->port_to.val);
	return 0;
}

static int check_icmp(const struct vpc_acl_cfg *cfg, struct netlink_ext_ack *extack)
{
	if (!cfg->icmp_type.set && !cfg->icmp_code.set)
		return 0;
	if (!cfg->proto.set ||
	    (cfg->proto.val != IPPROTO_ICMP && cfg->proto.val != IPPROTO_ICMPV6))
		return vpc_refuse(extack, -EINVAL, "rule %u: only icmp has types and codes",
				  cfg->number);
	if (!cfg->icmp_type.set)
		return vpc_refuse(extack, -EINVAL, "rule %u: an icmp code needs a type",
				  cfg->number);
	return 0;
}

static int make_rule(const struct vpc_acl_cfg *cfg, struct vpc_acl_rule *rule,
		     struct netlink_ext_ack *extack)
{
	int err;

	err = vpc_prefix_given(&cfg->cidr, "cidr", extack);
	if (!err)
		err = check_ports(cfg, extack);
	if (!err)
		err = check_icmp(cfg, extack);
	*rule = (struct vpc_acl_rule){
		.cidr = cfg->cidr.p,
		.number = cfg->number,
		.direction = cfg->direction,
		.allow = cfg->action == VPC_ACL_ACTION_ALLOW,
		.proto = cfg->proto.set ? cfg->proto.val : VPC_ACL_ALL,
		.port_from = cfg->port_from.val,
		.port_to = cfg->port_to.set ? cfg->port_to.val : U16_MAX,
		.icmp_type = cfg->icmp_type.set ? cfg->icmp_type.val : VPC_ACL_ALL,
		.icmp_code = cfg->icmp_code.set ? cfg->icmp_code.val : VPC_ACL_ALL,
	};
	return err;
}

VPC_OP(vpc_acl_entry_create)
{
	const struct vpc_acl_cfg *cfg = &op->acl;
	struct vpc_acl *acl = acl_find(txn, cfg->id, NULL, extack);
	u32 max = txn->vnet->limits.acl_rules;
	struct vpc_acl_rule rule;
	int err;

	if (!acl)
		return -ENOENT;
	err = make_rule(cfg, &rule, extack);
	if (err)
		return err;
	if (entry_find(acl, cfg->direction, cfg->number))
		return vpc_refuse(extack, -EEXIST, "network acl has %s rule %u already",
				  direction_names[cfg->direction], cfg->number);
	if (acl->n_entries[cfg->direction] >= max)	/* ACL-10 */
		return vpc_refuse(extack, -ENOSPC, "network acl has %u %s rules, the limit", max,
				  direction_names[cfg->direction]);
	*result = &acl->obj;
	return entry_add(txn, acl, &rule);
}

static struct vpc_acl_entry *entry_get(const struct vpc_acl *acl, const struct vpc_acl_cfg *cfg,
				       struct netlink_ext_ack *extack)
{
	struct vpc_acl_entry *entry = entry_find(acl, cfg->direction, cfg->number);

	if (!entry)
		NL_SET_ERR_MSG_FMT(extack, "network acl has no %s rule %u",
				   direction_names[cfg->direction], cfg->number);
	return entry;
}

VPC_OP(vpc_acl_entry_set)
{
	struct vpc_acl *acl = acl_find(txn, op->acl.id, NULL, extack);
	struct vpc_acl_entry *entry;
	struct vpc_acl_rule rule;
	int err;

	if (!acl)
		return -ENOENT;
	err = make_rule(&op->acl, &rule, extack);
	if (err)
		return err;
	entry = entry_get(acl, &op->acl, extack);
	if (!entry)
		return -ENOENT;
	vpc_txn_set(txn, entry->rule, rule);
	vpc_txn_dirty(txn, &acl->obj, true);
	*result = &acl->obj;
	return 0;
}

VPC_OP(vpc_acl_entry_delete)
{
	struct vpc_acl *acl = acl_find(txn, op->acl.id, NULL, extack);
	struct vpc_acl_entry *entry;

	if (!acl)
		return -ENOENT;
	entry = entry_get(acl, &op->acl, extack);
	if (!entry)
		return -ENOENT;
	entry_del(txn, acl, entry);
	*result = &acl->obj;
	return 0;
}

/* @ref: the subnet, or its association with the list that it has. */
static struct vpc_obj *subnet_find(struct vpc_net *vnet, const char *ref,
				   struct netlink_ext_ack *extack)
{
	u64 id = vpc_id_parse(VPC_ACL_ASSOC_PREFIX, ref);
	struct vpc_obj *obj;

	if (!id)
		return vpc_obj_find(vnet, VPC_KIND_SUBNET, ref, NULL, extack);
	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_SUBNET], list)
		if (obj_to_subnet(obj)->acl_assoc == id)
			return obj;
	NL_SET_ERR_MSG_FMT(extack, "association \"%.32s\" not found", ref);
	return NULL;
}

/* A subnet always has one: back to the default one is an association like any other (ACL-1). */
VPC_OP(vpc_acl_associate)
{
	struct vpc_obj *subnet = subnet_find(txn->vnet, op->acl.subnet, extack);
	struct vpc_acl *acl;

	if (!subnet)
		return -ENOENT;
	acl = acl_find(txn, op->acl.id, subnet->vpc, extack);
	if (!acl)
		return -ENOENT;
	vpc_acl_attach(txn, obj_to_subnet(subnet), acl);
	*result = &acl->obj;
	return 0;
}
