// SPDX-License-Identifier: GPL-2.0
/* What packets see of each kind of object. */

#include "publish.h"

#include <linux/etherdevice.h>
#include <linux/slab.h>

#include "../lib/endpoint_policy.h"
#include "../net.h"
#include "endpoint.h"
#include "eni.h"
#include "gateway.h"
#include "nat_gateway.h"
#include "network_acl.h"
#include "nlb.h"
#include "nouns.h"
#include "peering.h"
#include "prefix_list.h"
#include "rtb.h"
#include "security_group.h"
#include "subnet.h"
#include "target_group.h"
#include "txn.h"
#include "vpc.h"

static void port_fill(struct vpc_snap_port *snap, struct vpc_port *port, struct vpc_acct *acct)
{
	snap->port = port;
	snap->acct = acct;
}

/* VPC-13, VPC-20 */
static void fill_resolver(struct vpc_snap_vpc *snap, const struct vpc_vpc *vpc)
{
	if (!vpc->resolver || !vpc->dns_support)
		return;
	snap->resolver = vpc->resolver->obj.slot;
	snap->resolver_addr = htonl(ntohl(vpc->cidrs[0].addr.ip4) + 2);
	snap->resolver_source = vpc->resolver_source;
}

static struct vpc_snap *build_vpc(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_vpc *vpc = obj_to_vpc(obj);
	struct vpc_snap_vpc *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->cidrs = vpc->cidr_map;
	snap->cidrs6 = vpc->cidr_map6;
	snap->subnets = vpc->subnets;
	snap->subnets6 = vpc->subnets6;
	snap->addresses = vpc->addresses;
	snap->addresses6 = vpc->addresses6;
	snap->publics = vpc->publics;
	snap->macs = vpc->macs;
	snap->igw = vpc->igw ? vpc->igw->obj.slot : 0;
	snap->eigw = vpc->eigw ? vpc->eigw->obj.slot : 0;
	ether_addr_copy(snap->router_mac, vpc->router_mac);
	snap->exclusion = vpc->exclusion;
	snap->owner = vpc_account_parse(vpc->owner);
	fill_resolver(snap, vpc);
	snap->acct = vpc->acct;
	return &snap->snap;
}

static struct vpc_snap *build_subnet(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_subnet *subnet = obj_to_subnet(obj);
	struct vpc_snap_subnet *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->cidr = subnet->cidr;
	snap->cidr6 = subnet->cidr6;
	snap->vpc = obj->vpc->obj.slot;
	snap->rtb = vpc_subnet_rtb(subnet)->obj.slot;
	snap->acl = subnet->acl->obj.slot;
	snap->exclusion = subnet->exclusion;
	return &snap->snap;
}

static struct vpc_snap *build_eni(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_eni *eni = obj_to_eni(obj);
	struct vpc_snap_eni *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	port_fill(&snap->p, eni->port, eni->acct);
	snap->addr = eni->addr;
	snap->vpc = obj->vpc->obj.slot;
	snap->subnet = eni->subnet->obj.slot;
	snap->requester = eni->requester ? eni->requester->slot : 0;
	snap->leads_to = eni->leads_to ? eni->leads_to->obj.slot : 0;
	if (eni->requester && eni->requester->kind == VPC_KIND_NLB)
		snap->node = vpc_nlb_node_number(obj_to_nlb(eni->requester), eni);
	ether_addr_copy(snap->mac, eni->mac);
	snap->source_dest_check = eni->source_dest_check;
	snap->timeouts = eni->timeouts;
	snap->has_public = !list_empty(&eni->eips);
	for (; snap->n_groups < eni->groups.n; snap->n_groups++)
		snap->groups[snap->n_groups] = eni->groups.groups[snap->n_groups]->obj.slot;
	return &snap->p.snap;
}

static struct vpc_snap *build_uplink(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_uplink *uplink = obj_to_uplink(obj);
	struct vpc_snap_uplink *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	port_fill(&snap->p, uplink->port, uplink->acct);
	return &snap->p.snap;
}

static struct vpc_snap *build_rtb(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_rtb *rtb = obj_to_rtb(obj);
	const struct vpc_list_ref *ref;
	struct vpc_snap_rtb *snap;
	u32 i = 0;

	snap = vpc_edit_alloc(&txn->edit, struct_size(snap, lists, rtb->n_lists));
	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	snap->routes = rtb->routes;
	snap->routes6 = rtb->routes6;
	snap->n_lists = rtb->n_lists;
	list_for_each_entry(ref, &rtb->lists, list)
		snap->lists[i++] = (struct vpc_list_route){
			.list = ref->pl->obj.slot,
			.id = ref->pl->obj.id,
			.value = ref->value,
		};
	return &snap->snap;
}

static struct vpc_snap *build_list(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	struct vpc_snap_list *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->family = vpc_list_family(obj_to_list(obj));
	snap->entries = obj_to_list(obj)->entries;
	return &snap->snap;
}

static struct vpc_snap *build_igw(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_igw *igw = obj_to_igw(obj);
	struct vpc_snap_igw *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->vpc = igw->vpc ? igw->vpc->obj.slot : 0;
	snap->uplink = igw->uplink->obj.slot;
	snap->rtb = igw->assoc ? igw->assoc->rtb->obj.slot : 0;
	return &snap->snap;
}

static struct vpc_snap *build_eigw(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	struct vpc_snap_eigw *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	snap->uplink = obj_to_eigw(obj)->uplink->obj.slot;
	return &snap->snap;
}

static struct vpc_snap *build_eip(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_eip *eip = obj_to_eip(obj);
	struct vpc_snap_eip *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));
	const struct vpc_obj *holder = vpc_eip_holder(eip);
	const struct vpc_igw *igw = holder ? holder->vpc->igw : NULL;

	if (!snap)
		return NULL;
	snap->addr = eip->addr;
	snap->uplink = eip->uplink->obj.slot;
	snap->eni = eip->eni ? eip->eni->obj.slot : 0;
	snap->nat = eip->nat ? eip->nat->obj.slot : 0;
	snap->private_addr = eip->private_addr;
	snap->igw = igw ? igw->obj.slot : 0;
	return &snap->snap;
}

/* com.amazonaws.REGION.dynamodb (GWE-2) */
static bool is_dynamodb(const char *name)
{
	const char *service = strrchr(name, '.');

	return service && !strcmp(service, ".dynamodb");
}

static struct vpc_snap *build_service(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_service *service = obj_to_service(obj);
	struct vpc_snap_service *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	port_fill(&snap->p, service->port, service->acct);
	snap->gateway = service->gateway;
	snap->gateway_addr = service->gateway_addr;
	snap->addr = service->addr;
	snap->list = service->pl ? service->pl->obj.slot : 0;
	snap->health = service->type == VPC_SERVICE_TYPE_HEALTH;
	snap->tracked = is_dynamodb(obj->name);
	return &snap->p.snap;
}

static struct vpc_snap *build_endpoint(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_endpoint *ep = obj_to_endpoint(obj);
	struct vpc_snap_endpoint *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	snap->service = ep->service ? ep->service->obj.slot : 0;
	snap->type = ep->type;
	snap->available = ep->state == VPC_ENDPOINT_STATE_AVAILABLE;
	snap->policy = ep->policy;
	snap->acct = ep->acct;
	return &snap->snap;
}

static struct vpc_snap *build_peering(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_peering *pcx = obj_to_peering(obj);
	struct vpc_snap_peering *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->vpc = pcx->vpc->obj.slot;
	snap->peer = pcx->peer->obj.slot;
	snap->active = pcx->state == VPC_PEERING_STATE_ACTIVE;
	return &snap->snap;
}

static void reach_add(struct vpc_snap_group *snap, u32 from, u32 to)
{
	u32 i;

	for (i = 0; i < snap->n_reach; i++)
		if (snap->reach[i].from == from && snap->reach[i].to == to)
			return;
	snap->n_reach++;
	snap->reach[i] = (struct vpc_group_reach){ from, to };
}

/* A rule of @group refers to @other, either of which may have members in several VPCs (SG-19). */
static void reach_group(struct vpc_net *vnet, const struct vpc_group *group,
			const struct vpc_group *other, struct vpc_snap_group *snap)
{
	const struct vpc_vpc *from, *to;
	u32 i, j;

	for (i = 0; (from = vpc_group_vpc(group, i)); i++)
		for (j = 0; (to = vpc_group_vpc(other, j)); j++)
			if (from == to || vpc_peering_active(vnet, from, to))
				reach_add(snap, from->obj.slot, to->obj.slot);
}

/* Of each of its VPCs to itself and to those with an active peering: as many there can be. */
static u32 max_reach(struct vpc_net *vnet, const struct vpc_group *group)
{
	const struct vpc_vpc *vpc;
	u32 i, n = 0;

	for (i = 0; (vpc = vpc_group_vpc(group, i)); i++)
		n += 1 + vpc_peering_count(vnet, vpc, VPC_PEERING_STATE_ACTIVE);
	return n;
}

/* Return: false for a rule that cannot match. */
static bool build_rule(struct vpc_net *vnet, const struct vpc_group *group,
		       const struct vpc_rule *rule, struct vpc_snap_group *snap,
		       struct vpc_policy_rule *to)
{
	const struct vpc_group *other;

	*to = (struct vpc_policy_rule){
		.peer = rule->peer,
		.cidr = rule->cidr,
		.first = rule->first,
		.last = rule->last,
	};
	if (rule->peer == VPC_PEER_LIST)
		to->slot = rule->pl->obj.slot;
	if (rule->peer != VPC_PEER_GROUP)
		return true;
	other = vpc_rule_group(vnet, group, rule);
	if (!other)			/* SG-7 */
		return false;
	to->slot = other->obj.slot;
	reach_group(vnet, group, other, snap);
	return true;
}

static struct vpc_policy *build_policy(struct vpc_txn *txn, const struct vpc_group *group,
				       u8 direction, struct vpc_snap_group *snap)
{
	const struct vpc_group_rule *entry;
	struct vpc_policy_rule *rules;
	struct vpc_policy *policy;
	u32 n = 0;

	rules = kvmalloc_array(group->n_rules[direction], sizeof(*rules), GFP_KERNEL_ACCOUNT);
	if (!rules)
		return NULL;
	list_for_each_entry(entry, &group->rules, list)
		if (entry->rule.direction == direction)
			n += build_rule(txn->vnet, group, &entry->rule, snap, &rules[n]);
	policy = vpc_policy_compile(&txn->edit, rules, n);
	kvfree(rules);
	return policy;
}

static struct vpc_snap *build_group(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_group *group = obj_to_group(obj);
	struct vpc_snap_group *snap;
	u8 i;

	snap = vpc_edit_alloc(&txn->edit,
			      struct_size(snap, reach, max_reach(txn->vnet, group)));
	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	for (i = 0; i < ARRAY_SIZE(snap->policy); i++) {
		snap->policy[i] = build_policy(txn, group, i, snap);
		if (!snap->policy[i])
			return NULL;
	}
	return &snap->snap;
}

static struct vpc_snap *build_acl(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_acl *acl = obj_to_acl(obj);
	const struct vpc_acl_entry *entry;
	struct vpc_snap_acl *snap;
	u32 i = 0, n;

	n = acl->n_entries[VPC_DIRECTION_INGRESS] + acl->n_entries[VPC_DIRECTION_EGRESS];
	snap = vpc_edit_alloc(&txn->edit, struct_size(snap, rules, n));
	if (!snap)
		return NULL;
	snap->n_rules = n;
	list_for_each_entry(entry, &acl->entries, list)
		snap->rules[i++] = entry->rule;
	return &snap->snap;
}

static struct vpc_snap *build_nat(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_nat *nat = obj_to_nat(obj);
	struct vpc_snap_nat *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));
	u8 i;

	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	snap->subnet = nat->subnet->obj.slot;
	snap->acct = nat->acct;
	snap->n_addrs = nat->n_addrs;
	for (i = 0; i < nat->n_addrs; i++) {
		snap->addrs[i] = nat->addrs[i].addr;
		if (nat->addrs[i].draining)
			snap->draining |= BIT(i);
	}
	return &snap->snap;
}

static struct vpc_snap *build_nlb(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_nlb *nlb = obj_to_nlb(obj);
	const struct vpc_listener *listener;
	struct vpc_snap_nlb *snap;
	u32 i = 0;

	snap = vpc_edit_alloc(&txn->edit, struct_size(snap, listeners, nlb->n_listeners));
	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	snap->acct = nlb->acct;
	snap->enforce_privatelink = nlb->enforce_privatelink;
	snap->n_listeners = nlb->n_listeners;
	list_for_each_entry(listener, &nlb->listeners, list)
		snap->listeners[i++] = (struct vpc_snap_listener){
			.port = listener->port,
			.tcp_idle = listener->tcp_idle,
			.tcp = vpc_nlb_protocol_tcp(listener->protocol),
			.udp = vpc_nlb_protocol_udp(listener->protocol),
			.group = listener->group->obj.slot,
		};
	return &snap->snap;
}

/*
 * NLB-25: where none is healthy health counts for nothing, so the flows of an unhealthy target do
 * not end for that: new ones would not live either.
 */
static void build_target(const struct vpc_nlb_target *target, bool open,
			 struct vpc_snap_target *snap)
{
	*snap = (struct vpc_snap_target){
		.id = target->obj.id,
		.addr = target->addr,
		.port = target->port,
		.nodes = vpc_target_serving(target, open),
		.ends = !open && vpc_target_ends(target),
	};
}

static struct vpc_snap *build_target_group(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_target_group *group = obj_to_target_group(obj);
	bool open = vpc_target_group_fails_open(group);
	struct vpc_snap_target_group *snap;
	const struct vpc_nlb_target *target;
	u32 i = 0;

	snap = vpc_edit_alloc(&txn->edit, struct_size(snap, targets, group->n_targets));
	if (!snap)
		return NULL;
	snap->vpc = obj->vpc->obj.slot;
	snap->preserve_client_ip = group->attrs.preserve_client_ip;
	snap->sticky = group->attrs.sticky;
	snap->keeps_gone = !group->attrs.drained_end;
	snap->n_targets = group->n_targets;
	list_for_each_entry(target, &group->targets, list)
		build_target(target, open, &snap->targets[i++]);
	return &snap->snap;
}

static struct vpc_snap *build_probe(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	const struct vpc_nlb_target *target = obj_to_target(obj);
	struct vpc_snap_probe *snap = vpc_edit_alloc(&txn->edit, sizeof(*snap));

	if (!snap)
		return NULL;
	snap->group = target->group->obj.slot;
	snap->addr = target->addr;
	snap->port = vpc_target_check_port(target);
	return &snap->snap;
}

static struct vpc_snap *(* const builders[])(struct vpc_txn *txn, const struct vpc_obj *obj) = {
	[VPC_KIND_VPC] = build_vpc,
	[VPC_KIND_SUBNET] = build_subnet,
	[VPC_KIND_ENI] = build_eni,
	[VPC_KIND_UPLINK] = build_uplink,
	[VPC_KIND_ROUTE_TABLE] = build_rtb,
	[VPC_KIND_PREFIX_LIST] = build_list,
	[VPC_KIND_IGW] = build_igw,
	[VPC_KIND_EIGW] = build_eigw,
	[VPC_KIND_EIP] = build_eip,
	[VPC_KIND_SERVICE] = build_service,
	[VPC_KIND_ENDPOINT] = build_endpoint,
	[VPC_KIND_PEERING] = build_peering,
	[VPC_KIND_SECURITY_GROUP] = build_group,
	[VPC_KIND_NETWORK_ACL] = build_acl,
	[VPC_KIND_NAT_GATEWAY] = build_nat,
	[VPC_KIND_NLB] = build_nlb,
	[VPC_KIND_TARGET_GROUP] = build_target_group,
	[VPC_KIND_TARGET] = build_probe,
};

struct vpc_snap *vpc_snap_build(struct vpc_txn *txn, const struct vpc_obj *obj)
{
	return builders[obj->kind](txn, obj);
}
