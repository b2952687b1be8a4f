/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NLB_H
#define _VPC_NLB_H

#include "security_group.h"

struct vpc_acct;
struct vpc_eni;
struct vpc_target_group;

/* "NAME-0123456789abcdef.elb.REGION.amazonaws.com" and NUL (NLB-3) */
#define VPC_NLB_DNS_STRLEN	(VPC_NAME_MAX + 1 + 16 + 5 + VPC_NAME_MAX + 15)

/**
 * struct vpc_nlb - a network load balancer
 * @obj: head; obj.vpc is its VPC, but names are unique over all
 * @acct: its counters and flows
 * @scheme: enum vpc_scheme
 * @cross_zone: nodes send to targets of other zones, too (NLB-10)
 * @enforce_privatelink: NLB-31
 * @n_listeners: of the next
 * @listeners: struct vpc_listener.list, by port and protocol
 * @n_services: endpoint services that use it (SVC-13)
 * @groups: of its nodes, none if it was born so (NLB-29)
 * @nodes: interfaces, each in another zone, NULL where there is none (NLB-1); the place of one is
 *	its number for life
 */
struct vpc_nlb {
	struct vpc_obj obj;
	struct vpc_acct *acct;
	u8 scheme;
	bool cross_zone;
	bool enforce_privatelink;
	u32 n_listeners;
	struct list_head listeners;
	u32 n_services;
	struct vpc_group_set groups;
	struct vpc_eni *nodes[VPC_NLB_NODES_MAX];
};

/**
 * struct vpc_listener - what a load balancer does with a port (NLB-4)
 * @obj: head; without a name and a snapshot, it is part of its load balancer
 * @list: in vpc_nlb.listeners
 * @nlb: whose
 * @group: where it forwards to
 * @protocol: enum vpc_nlb_protocol
 * @port: host order
 * @tcp_idle: seconds (NLB-16)
 */
struct vpc_listener {
	struct vpc_obj obj;
	struct list_head list;
	struct vpc_nlb *nlb;
	struct vpc_target_group *group;
	u8 protocol;
	u16 port;
	u32 tcp_idle;
};

static inline struct vpc_nlb *obj_to_nlb(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_nlb, obj);
}

static inline struct vpc_listener *obj_to_listener(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_listener, obj);
}

/* enum vpc_nlb_protocol has that */
static inline bool vpc_nlb_protocol_tcp(u8 protocol)
{
	return protocol != VPC_NLB_PROTOCOL_UDP;
}

static inline bool vpc_nlb_protocol_udp(u8 protocol)
{
	return protocol != VPC_NLB_PROTOCOL_TCP;
}

/* Its name for resolvers (NLB-3): @buf of VPC_NLB_DNS_STRLEN bytes; returns @buf. */
char *vpc_nlb_dns_name(const struct vpc_nlb *nlb, char *buf);

/* BIT(node) of all its nodes; of those in @zone. */
u16 vpc_nlb_nodes(const struct vpc_nlb *nlb);
u16 vpc_nlb_nodes_in(const struct vpc_nlb *nlb, const char *zone);

/* Which of its nodes @eni is. */
u8 vpc_nlb_node_number(const struct vpc_nlb *nlb, const struct vpc_eni *eni);

/* NLB-2, for what has the same rule: load balancers and target groups. */
int vpc_nlb_check_name(const char *name, struct netlink_ext_ack *extack);

/* A listener goes. */
void vpc_listener_remove(struct vpc_txn *txn, struct vpc_listener *listener);

#endif /* _VPC_NLB_H */
