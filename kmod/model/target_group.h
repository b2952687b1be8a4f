/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_TARGET_GROUP_H
#define _VPC_TARGET_GROUP_H

#include "object.h"

struct vpc_due;
struct vpc_eni;
struct vpc_nlb;
struct vpc_service;

/**
 * struct vpc_health_check - how targets are checked (NLB-21)
 * @protocol: enum vpc_health_check_protocol
 * @port: host order, 0 for the target's own
 * @interval: seconds
 * @timeout: seconds
 * @healthy: so many successes in a row mean health
 * @unhealthy: likewise failures
 * @matcher_from: first status of HTTP that is a success
 * @matcher_to: last one
 * @path: of HTTP
 */
struct vpc_health_check {
	u8 protocol;
	u16 port;
	u32 interval;
	u32 timeout;
	u8 healthy;
	u8 unhealthy;
	u16 matcher_from;
	u16 matcher_to;
	char path[VPC_PATH_MAX + 1];
};

/**
 * struct vpc_target_attrs - what may be changed of a target group
 * @preserve_client_ip: NLB-12
 * @sticky: NLB-19
 * @cross_zone: enum vpc_cross_zone (NLB-10)
 * @drained_end: flows end with the deregistration delay (NLB-28)
 * @unhealthy_end: flows of a target end when it turns unhealthy (NLB-27)
 * @delay: seconds of deregistration (NLB-28)
 * @unhealthy_interval: seconds that flows may go on otherwise, 0 for any number (NLB-27)
 * @check: NLB-21
 */
struct vpc_target_attrs {
	bool preserve_client_ip;
	bool sticky;
	u8 cross_zone;
	bool drained_end;
	bool unhealthy_end;
	u32 delay;
	u32 unhealthy_interval;
	struct vpc_health_check check;
};

/**
 * struct vpc_target_group - a target group
 * @obj: head; obj.vpc is its VPC, but names are unique over all
 * @nlb: the one whose listeners use it, or NULL
 * @n_listeners: those
 * @n_targets: of the next
 * @targets: struct vpc_nlb_target.list, oldest first
 * @protocol: enum vpc_nlb_protocol (NLB-5)
 * @type: enum vpc_target_type (NLB-6)
 * @port: of its targets unless they say otherwise
 * @attrs: see there
 */
struct vpc_target_group {
	struct vpc_obj obj;
	struct vpc_nlb *nlb;
	u32 n_listeners;
	u32 n_targets;
	struct list_head targets;
	u8 protocol;
	u8 type;
	u16 port;
	struct vpc_target_attrs attrs;
};

/**
 * struct vpc_nlb_target - what is registered with a target group
 * @obj: head; without a name
 * @list: in vpc_target_group.targets
 * @group: whose
 * @eni: the interface, NULL of one that is named by its address
 * @addr: where it is
 * @port: host order
 * @everywhere: outside the VPC, in all zones
 * @zone: else the one that it is in, detected when it is registered
 * @health: enum vpc_target_state: initial, healthy or unhealthy
 * @settling: unhealthy since a while only: its flows go on (NLB-27)
 * @draining: deregistered (NLB-28)
 * @until: jiffies when either is over
 * @reason: of @health as it was said, or ""
 * @probes: by number of the node: the address where its checks go (NLB-22), 0 for none
 */
struct vpc_nlb_target {
	struct vpc_obj obj;
	struct list_head list;
	struct vpc_target_group *group;
	struct vpc_eni *eni;
	__be32 addr;
	u16 port;
	bool everywhere;
	char zone[VPC_NAME_MAX + 1];
	u8 health;
	bool settling;
	bool draining;
	unsigned long until;
	char reason[VPC_NAME_MAX + 1];
	__be32 probes[VPC_NLB_NODES_MAX];
};

static inline struct vpc_target_group *obj_to_target_group(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_target_group, obj);
}

static inline struct vpc_nlb_target *obj_to_target(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_nlb_target, obj);
}

struct vpc_target_group *vpc_target_group_find(struct vpc_txn *txn, const char *ref,
					       struct netlink_ext_ack *extack);

/* One more listener of @nlb forwards to @group, or one less. */
int vpc_target_group_use(struct vpc_txn *txn, struct vpc_target_group *group, struct vpc_nlb *nlb,
			 struct netlink_ext_ack *extack);
void vpc_target_group_unuse(struct vpc_txn *txn, struct vpc_target_group *group);

/* Which nodes send where, or who is checked by whom, has changed: of @group, of all of @nlb's. */
int vpc_target_group_changed(struct vpc_txn *txn, struct vpc_target_group *group,
			     struct netlink_ext_ack *extack);
int vpc_target_groups_changed(struct vpc_txn *txn, const struct vpc_nlb *nlb,
			      struct netlink_ext_ack *extack);

/* target.c: the port where it is checked, its state (enum vpc_target_state) and why (NLB-24). */
u16 vpc_target_check_port(const struct vpc_nlb_target *target);
u8 vpc_target_state(const struct vpc_nlb_target *target);
const char *vpc_target_reason(const struct vpc_nlb_target *target);

/* BIT(node) of the nodes that may send to @target (NLB-10), whatever its health, and check it. */
u16 vpc_target_nodes(const struct vpc_nlb_target *target);
/*
 * Likewise of those that give it new flows, @open: whatever its health; and of those that any target of
 * @group serves.
 */
u16 vpc_target_serving(const struct vpc_nlb_target *target, bool open);
u16 vpc_target_group_serving(const struct vpc_target_group *group);
/* No target of @group that a node may send to is healthy (NLB-25). */
bool vpc_target_group_fails_open(const struct vpc_target_group *group);
/* The flows of @target end (NLB-27). */
bool vpc_target_ends(const struct vpc_nlb_target *target);

void vpc_target_remove(struct vpc_txn *txn, struct vpc_nlb_target *target);
/* @eni goes, and with it what it was the target of. */
void vpc_target_forget_eni(struct vpc_txn *txn, const struct vpc_eni *eni);

/* Those whose time is over are gone, or just unhealthy; when the next one is. vnet->lock. */
void vpc_target_drain(struct vpc_txn *txn);
void vpc_target_drain_next(struct vpc_net *vnet, struct vpc_due *due);

/*
 * probe.c: the service that health checks enter by, or NULL. Its prefix has an address for each
 * node that checks a target: those of @target as they should be; none of it, of a node that goes,
 * of any.
 */
struct vpc_service *vpc_probe_service(struct vpc_net *vnet);
int vpc_probe_settle(struct vpc_txn *txn, struct vpc_nlb_target *target,
		     struct netlink_ext_ack *extack);
int vpc_probe_settle_all(struct vpc_txn *txn, struct netlink_ext_ack *extack);
void vpc_probe_drop(struct vpc_txn *txn, struct vpc_nlb_target *target);
void vpc_probe_drop_node(struct vpc_txn *txn, const struct vpc_nlb *nlb, u8 node);
void vpc_probe_drop_all(struct vpc_txn *txn);

#endif /* _VPC_TARGET_GROUP_H */
