// SPDX-License-Identifier: GPL-2.0
#include "nlb.h"

#include <linux/bitops.h>
#include <linux/ctype.h>

#include "../net.h"
#include "address.h"
#include "endpoint_service.h"
#include "eni.h"
#include "gateway.h"
#include "nouns.h"
#include "subnet.h"
#include "target_group.h"
#include "txn.h"
#include "vpc.h"

/* NLB-2 */
#define NAME_MAX_LEN	32

char *vpc_nlb_dns_name(const struct vpc_nlb *nlb, char *buf)
{
	const char *region = nlb->obj.vpc->region;

	snprintf(buf, VPC_NLB_DNS_STRLEN, "%s-%016llx.elb.%s%samazonaws.com", nlb->obj.name,
		 nlb->obj.id, region, *region ? "." : "");
	return buf;
}

u16 vpc_nlb_nodes(const struct vpc_nlb *nlb)
{
	u16 nodes = 0;
	u8 i;

	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (nlb->nodes[i])
			nodes |= BIT(i);
	return nodes;
}

u16 vpc_nlb_nodes_in(const struct vpc_nlb *nlb, const char *zone)
{
	u16 nodes = 0;
	u8 i;

	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (nlb->nodes[i] && !strcmp(nlb->nodes[i]->subnet->zone, zone))
			nodes |= BIT(i);
	return nodes;
}

u8 vpc_nlb_node_number(const struct vpc_nlb *nlb, const struct vpc_eni *eni)
{
	u8 i;

	for (i = 0; i < VPC_NLB_NODES_MAX - 1 && nlb->nodes[i] != eni; i++)
		;
	return i;
}

int vpc_nlb_check_name(const char *name, struct netlink_ext_ack *extack)
{
	size_t len = strlen(name), i;

	if (!len || len > NAME_MAX_LEN)
		return vpc_refuse(extack, -EINVAL, "name must have 1 to %u characters",
				  NAME_MAX_LEN);
	for (i = 0; i < len; i++)
		if (!isascii(name[i]) || (!isalnum(name[i]) && name[i] != '-'))
			return vpc_refuse(extack, -EINVAL,
					  "name must be of letters, digits and hyphens");
	if (name[0] == '-' || name[len - 1] == '-')
		return vpc_refuse(extack, -EINVAL, "name may not begin or end with a hyphen");
	return 0;
}

static struct vpc_nlb *nlb_find(struct vpc_txn *txn, const char *ref,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_NLB, ref, NULL, extack);

	return obj ? obj_to_nlb(obj) : NULL;
}

static int subnet_find(struct vpc_txn *txn, const struct vpc_nlb *nlb, const char *ref,
		       struct vpc_subnet **subnet, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, ref, nlb->obj.vpc, extack);
	if (!obj)
		return -ENOENT;
	if (obj->vpc != nlb->obj.vpc)
		return vpc_refuse(extack, -EINVAL, "subnet \"%.40s\" belongs to another vpc", ref);
	*subnet = obj_to_subnet(obj);
	return 0;
}

/* The node in @subnet, or -1. */
static int node_in(const struct vpc_nlb *nlb, const struct vpc_subnet *subnet)
{
	int i;

	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (nlb->nodes[i] && nlb->nodes[i]->subnet == subnet)
			return i;
	return -1;
}

/* NLB-1: one subnet of each zone. Return: the number of the new node, or why there is none. */
static int choose_number(struct vpc_txn *txn, const struct vpc_nlb *nlb,
			 const struct vpc_subnet *subnet, const char *ref,
			 struct netlink_ext_ack *extack)
{
	u32 max = min_t(u32, txn->vnet->limits.nlb_subnets, VPC_NLB_NODES_MAX);
	u16 nodes = vpc_nlb_nodes(nlb);

	if (node_in(nlb, subnet) >= 0)
		return vpc_refuse(extack, -EEXIST, "load balancer is in subnet \"%.40s\" already",
				  ref);
	if (vpc_nlb_nodes_in(nlb, subnet->zone))
		return vpc_refuse(extack, -EEXIST,
				  "load balancer has a subnet in zone \"%.32s\" already",
				  subnet->zone);
	if (hweight16(nodes) >= max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u subnets per load balancer reached",
				  max);
	return ffs(~nodes) - 1;
}

/* One that is given and lies in @subnet, or any; of an internal one only (NLB-1). */
static int choose_addr(const struct vpc_subnet *subnet, const struct vpc_nlb_cfg *cfg,
		       struct vpc_addr *addr, struct netlink_ext_ack *extack)
{
	u32 i;

	for (i = 0; i < cfg->n_addresses; i++) {
		if (!vpc_prefix_has(&subnet->cidr, AF_INET, &cfg->addresses[i].addr))
			continue;
		*addr = cfg->addresses[i].addr;
		return vpc_address_check(subnet, AF_INET, addr, extack);
	}
	return vpc_address_pick(subnet, AF_INET, addr, extack);
}

/* The Elastic IP that is given, or an address of the uplink's pool. */
static int map_public(struct vpc_txn *txn, struct vpc_eni *node, const char *ref,
		      struct netlink_ext_ack *extack)
{
	const struct vpc_obj *holder;
	char buf[VPC_ID_STRLEN];
	struct vpc_eip *eip;
	int err;

	if (!ref)
		return vpc_public_assign(txn, node, extack);
	eip = vpc_eip_find(txn->vnet, ref, extack);
	if (!eip)
		return -ENOENT;
	holder = vpc_eip_holder(eip);
	if (holder)
		return vpc_refuse(extack, -EEXIST, "elastic ip is associated with \"%s\"",
				  vpc_obj_label(holder, buf));
	err = vpc_eip_check_vpc(eip, node->obj.vpc, extack);
	if (!err)
		vpc_eip_map(txn, eip, node, node->addr);
	return err;
}

static int add_node(struct vpc_txn *txn, struct vpc_nlb *nlb, const struct vpc_nlb_cfg *cfg,
		    u32 i, struct netlink_ext_ack *extack)
{
	struct vpc_subnet *subnet;
	struct vpc_addr addr;
	struct vpc_eni *node;
	int number, err;

	err = subnet_find(txn, nlb, cfg->subnets[i], &subnet, extack);
	if (err)
		return err;
	number = choose_number(txn, nlb, subnet, cfg->subnets[i], extack);
	if (number < 0)
		return number;
	err = choose_addr(subnet, cfg, &addr, extack);
	if (err)
		return err;
	node = vpc_eni_make(txn, &nlb->obj, &nlb->groups, subnet, &addr, extack);
	if (IS_ERR(node))
		return PTR_ERR(node);
	vpc_txn_set(txn, nlb->nodes[number], node);
	if (nlb->scheme == VPC_SCHEME_INTERNAL)
		return 0;
	return map_public(txn, node, i < cfg->n_eips ? cfg->eips[i] : NULL, extack);
}

/* Its Elastic IP stays allocated. */
static void drop_node(struct vpc_txn *txn, struct vpc_nlb *nlb, u8 number)
{
	struct vpc_eni *node = nlb->nodes[number];
	struct vpc_eip *eip, *next;

	vpc_probe_drop_node(txn, nlb, number);
	list_for_each_entry_safe(eip, next, &node->eips, list)
		vpc_eip_unmap(txn, eip);
	vpc_eni_unmake(txn, node);
	vpc_txn_set(txn, nlb->nodes[number], NULL);
}

static int remove_node(struct vpc_txn *txn, struct vpc_nlb *nlb, const char *ref,
		       struct netlink_ext_ack *extack)
{
	const struct vpc_eni *gone;
	struct vpc_subnet *subnet;
	int i, err;

	err = subnet_find(txn, nlb, ref, &subnet, extack);
	if (err)
		return err;
	i = node_in(nlb, subnet);
	if (i < 0)
		return vpc_refuse(extack, -ENOENT, "load balancer is not in subnet \"%.40s\"", ref);
	gone = nlb->nodes[i];
	drop_node(txn, nlb, i);
	vpc_provider_forget_node(txn, nlb, gone);
	return 0;
}

/* Each address that is given is some new node's, and no two of one. */
static int check_addresses(const struct vpc_nlb *nlb, const struct vpc_nlb_cfg *cfg,
			   struct netlink_ext_ack *extack)
{
	u32 i;
	u8 j;

	for (i = 0; i < cfg->n_addresses; i++) {
		for (j = 0; j < VPC_NLB_NODES_MAX; j++)
			if (nlb->nodes[j] && nlb->nodes[j]->addr == cfg->addresses[i].addr.ip4)
				break;
		if (j == VPC_NLB_NODES_MAX)
			return vpc_refuse(extack, -EINVAL,
					  "address %pI4 is no new node's of the load balancer",
					  &cfg->addresses[i].addr.ip4);
	}
	return 0;
}

/* What the scheme has no place for (NLB-1). */
static int check_scheme(const struct vpc_nlb *nlb, const struct vpc_nlb_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	if (nlb->scheme == VPC_SCHEME_INTERNAL)
		return cfg->n_eips ? vpc_refuse(extack, -EINVAL,
						"an internal load balancer has no elastic ips") : 0;
	if (cfg->n_addresses)
		return vpc_refuse(extack, -EINVAL,
				  "addresses of an internet-facing load balancer are not chosen");
	if (cfg->n_eips > cfg->n_subnets)
		return vpc_refuse(extack, -EINVAL, "%u elastic ips for %u subnets", cfg->n_eips,
				  cfg->n_subnets);
	if (!nlb->obj.vpc->igw)
		return vpc_refuse(extack, -EINVAL, "vpc has no internet gateway attached");
	return 0;
}

static int change_nodes(struct vpc_txn *txn, struct vpc_nlb *nlb, const struct vpc_nlb_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	if (cfg->n_subnets)
		err = check_scheme(nlb, cfg, extack);
	for (i = 0; i < cfg->n_remove_subnets && !err; i++)
		err = remove_node(txn, nlb, cfg->remove_subnets[i], extack);
	for (i = 0; i < cfg->n_subnets && !err; i++)
		err = add_node(txn, nlb, cfg, i, extack);
	if (!err)
		err = check_addresses(nlb, cfg, extack);
	if (!err && cfg->n_eips && !cfg->n_subnets)
		err = vpc_refuse(extack, -EINVAL, "elastic ips come with subnets");
	if (err)
		return err;
	if (!vpc_nlb_nodes(nlb))
		return vpc_refuse(extack, -EINVAL, "a load balancer needs a subnet");
	return txn->err;
}

static int check_new(struct vpc_txn *txn, const struct vpc_nlb_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	int err = vpc_nlb_check_name(cfg->name, extack);

	if (err)
		return err;
	if (!strncasecmp(cfg->name, "internal-", 9))		/* NLB-2 */
		return vpc_refuse(extack, -EINVAL, "name may not begin with \"internal-\"");
	if (vpc_obj_count(txn->vnet, VPC_KIND_NLB, NULL) >= txn->vnet->limits.nlbs)	/* NLB-8 */
		return vpc_refuse(extack, -ENOSPC, "limit of %u load balancers reached",
				  txn->vnet->limits.nlbs);
	return 0;
}

VPC_OP(vpc_nlb_create)
{
	const struct vpc_nlb_cfg *cfg = &op->nlb;
	struct vpc_obj *subnet;
	struct vpc_nlb *nlb;
	int err;

	err = check_new(txn, cfg, extack);
	if (err)
		return err;
	subnet = vpc_obj_find(txn->vnet, VPC_KIND_SUBNET, cfg->subnets[0], NULL, extack);
	if (!subnet)
		return -ENOENT;
	nlb = vpc_edit_alloc(&txn->edit, sizeof(*nlb));
	if (!nlb)
		return -ENOMEM;
	INIT_LIST_HEAD(&nlb->listeners);
	nlb->scheme = cfg->scheme.set ? cfg->scheme.val : VPC_SCHEME_INTERNAL;
	nlb->cross_zone = cfg->cross_zone.set && cfg->cross_zone.val;
	nlb->enforce_privatelink = !cfg->enforce.set || cfg->enforce.val;
	nlb->acct = vpc_acct_make(txn);
	if (!nlb->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &nlb->obj, VPC_KIND_NLB, subnet->vpc, cfg->name, true, extack);
	if (!err && cfg->n_groups)
		err = vpc_group_set_replace(txn, &nlb->groups, subnet->vpc, cfg->groups,
					    cfg->n_groups, extack);
	if (err)
		return err;
	*result = &nlb->obj;
	return change_nodes(txn, nlb, cfg, extack);
}

/* SG-17, NLB-29: the nodes' groups are the load balancer's. */
static int change_groups(struct vpc_txn *txn, struct vpc_nlb *nlb, const struct vpc_nlb_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	struct vpc_eni *node;
	int err;
	u8 i;

	if (!nlb->groups.n)
		return vpc_refuse(extack, -EINVAL,
				  "a load balancer born without security groups gets none");
	err = vpc_group_set_replace(txn, &nlb->groups, nlb->obj.vpc, cfg->groups, cfg->n_groups,
				    extack);
	if (err)
		return err;
	for (i = 0; i < VPC_NLB_NODES_MAX; i++) {
		node = nlb->nodes[i];
		if (!node)
			continue;
		if (!vpc_txn_save(txn, &node->groups, sizeof(node->groups)))
			return -ENOMEM;
		node->groups = nlb->groups;
		vpc_txn_dirty(txn, &node->obj, true);
	}
	vpc_group_set_joined(txn, &nlb->groups);
	return 0;
}

VPC_OP(vpc_nlb_set)
{
	const struct vpc_nlb_cfg *cfg = &op->nlb;
	struct vpc_nlb *nlb = nlb_find(txn, cfg->id, extack);
	int err = 0;

	if (!nlb)
		return -ENOENT;
	*result = &nlb->obj;
	vpc_txn_dirty(txn, &nlb->obj, true);
	if (cfg->cross_zone.set)
		vpc_txn_set(txn, nlb->cross_zone, cfg->cross_zone.val);
	if (cfg->enforce.set)
		vpc_txn_set(txn, nlb->enforce_privatelink, cfg->enforce.val);
	if (cfg->n_groups)
		err = change_groups(txn, nlb, cfg, extack);
	if (!err)
		err = change_nodes(txn, nlb, cfg, extack);
	return err ? err : vpc_target_groups_changed(txn, nlb, extack);
}

/* Its listeners go with it. */
VPC_OP(vpc_nlb_delete)
{
	struct vpc_nlb *nlb = nlb_find(txn, op->nlb.id, extack);
	struct vpc_listener *listener, *next;
	u8 i;

	if (!nlb)
		return -ENOENT;
	if (nlb->n_services)			/* SVC-13 */
		return vpc_refuse(extack, -EBUSY, "load balancer is used by %u endpoint service%s",
				  nlb->n_services, nlb->n_services > 1 ? "s" : "");
	list_for_each_entry_safe(listener, next, &nlb->listeners, list)
		vpc_listener_remove(txn, listener);
	for (i = 0; i < VPC_NLB_NODES_MAX; i++)
		if (nlb->nodes[i])
			drop_node(txn, nlb, i);
	vpc_acct_unmake(txn, nlb->acct);
	vpc_obj_del(txn, &nlb->obj);
	return 0;
}
