/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_OP_H
#define _VPC_OP_H

#include <linux/if_ether.h>
#include <linux/list.h>
#include <linux/types.h>

#include "../lib/addr.h"

struct netlink_ext_ack;
struct vpc_obj;
struct vpc_txn;

/*
 * One operation as the model takes it: a command number of the uAPI and the noun's
 * configuration. Strings point into the message, or the copy of it that a staged operation
 * owns; NULL means that the attribute was not given. A reference is an id ("vpc-0..."), a
 * name, or "VPC/NAME".
 */

/* A value that may be absent. */
struct vpc_opt_u8 {
	bool set;
	u8 val;
};

struct vpc_opt_u16 {
	bool set;
	u16 val;
};

struct vpc_opt_u32 {
	bool set;
	u32 val;
};

struct vpc_opt_u64 {
	bool set;
	u64 val;
};

/**
 * struct vpc_prefix_cfg - a prefix as given; @addr may have host bits, the model clears them
 * @p: the prefix, family 0 when not given
 * @addr: the address as it was written
 * @description: of a list entry, or NULL
 */
struct vpc_prefix_cfg {
	struct vpc_prefix p;
	struct vpc_addr addr;
	const char *description;
};

struct vpc_vpc_cfg {
	const char *id;			/* reference; set, del */
	const char *name;
	const char *region;
	const char *owner;
	u32 n_cidrs;			/* IPv4 */
	struct vpc_prefix_cfg *cidrs;
	u32 n_remove;			/* VPC-5 */
	struct vpc_prefix_cfg *remove;
	u32 n_cidrs6;
	struct vpc_prefix_cfg *cidrs6;
	struct vpc_opt_u8 dns_support;
	struct vpc_opt_u8 dns_hostnames;
	struct vpc_opt_u8 exclusion;	/* IGW-12 */
};

struct vpc_subnet_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	const char *zone;
	struct vpc_prefix_cfg cidr;	/* one of them may be absent (VPC-22) */
	struct vpc_prefix_cfg cidr6;
	bool remove_cidr6;
	struct vpc_opt_u8 map_public;	/* VPC-23 */
	struct vpc_opt_u8 exclusion;	/* IGW-12 */
	u8 reservation_type;		/* enum vpc_reservation_type, of @cidr (VPC-28) */
};

struct vpc_eni_cfg {
	const char *id;
	const char *name;
	const char *subnet;
	const char *ifname;
	const u8 *mac;			/* NULL: that of the device's peer */
	u8 family;			/* of @addr; 0: any free address */
	struct vpc_addr addr;
	struct vpc_opt_u8 source_dest_check;
	const char *description;
	struct vpc_opt_u32 tcp_timeout;	/* SG-14, these three */
	struct vpc_opt_u32 udp_timeout;
	struct vpc_opt_u32 udp_stream_timeout;
	u32 n_groups;
	const char **groups;
	u32 n_addresses;		/* beside the primary: of full length, or prefixes */
	struct vpc_prefix_cfg *addresses;
	u32 count4;			/* any so many more, IPv4 */
	u32 count6;			/* and IPv6 */
	bool reassign;			/* take them from other interfaces (ENI-9) */
	struct vpc_opt_u8 associate_public;	/* absent: as the subnet says (VPC-23) */
};

struct vpc_uplink_cfg {
	const char *id;
	const char *name;
	const char *ifname;
	struct vpc_prefix_cfg pool;
	bool remove_pool;
};

struct vpc_rtb_cfg {
	const char *id;
	const char *name;
	const char *vpc;
};

struct vpc_route_cfg {
	const char *rtb;
	struct vpc_prefix_cfg dst;	/* either this */
	const char *list;		/* or this */
	struct vpc_opt_u8 target;	/* enum vpc_target */
	const char *target_id;
};

struct vpc_assoc_cfg {
	const char *id;
	const char *rtb;
	const char *subnet;		/* either this */
	const char *gateway;		/* or this */
};

struct vpc_list_cfg {
	const char *id;
	const char *name;
	const char *region;
	const char *owner;
	struct vpc_opt_u8 family;	/* enum vpc_address_family */
	struct vpc_opt_u32 max_entries;
	struct vpc_opt_u32 weight;
	struct vpc_opt_u64 version;	/* what it must be at */
	u64 previous_version;		/* what to restore */
	u32 n_add;
	struct vpc_prefix_cfg *add;
	u32 n_remove;
	struct vpc_prefix_cfg *remove;
};

struct vpc_igw_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	const char *uplink;
};

struct vpc_eigw_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	const char *uplink;
};

struct vpc_eip_cfg {
	const char *id;			/* id, name or the address as text */
	const char *name;
	const char *uplink;
	const char *eni;
	u8 family;			/* of @addr, 0 when not given */
	struct vpc_addr addr;
	u8 private_family;		/* of @private_addr, 0 when not given */
	struct vpc_addr private_addr;
	bool no_reassociation;
};

struct vpc_service_cfg {
	const char *id;
	const char *name;
	struct vpc_opt_u8 type;		/* enum vpc_service_type */
	const char *region;
	const char *list;
	const char *ifname;
	struct vpc_prefix_cfg gateway;
	u8 family;			/* of @addr, 0 when not given */
	struct vpc_addr addr;
	u32 n_zones;
	const char **zones;
	const char *private_name;	/* IFE-32 */
	struct vpc_prefix_cfg pool;	/* of a resolver */
	u32 n_remove_zones;
	const char **remove_zones;
};

/* What one of an element's values is, its key says. */
struct vpc_policy_value_cfg {
	const char *text;
	struct vpc_prefix_cfg cidr;
	struct vpc_opt_u8 proto;	/* of an action; with the next two absent all of it */
	struct vpc_opt_u16 port_from;
	struct vpc_opt_u16 port_to;
};

struct vpc_policy_element_cfg {
	u8 key;				/* enum vpc_policy_key */
	bool negate;
	u32 n_values;
	struct vpc_policy_value_cfg *values;
};

struct vpc_policy_statement_cfg {
	u8 effect;			/* enum vpc_policy_effect */
	u32 n_elements;
	struct vpc_policy_element_cfg *elements;
};

struct vpc_policy_cfg {
	const char *document;
	u32 n_statements;
	struct vpc_policy_statement_cfg *statements;
	bool reset;			/* POL-1 */
};

struct vpc_endpoint_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	const char *service;
	struct vpc_opt_u8 type;
	struct vpc_opt_u8 ip_address_type;
	u32 n_rtbs;
	const char **rtbs;
	u32 n_remove_rtbs;
	const char **remove_rtbs;
	u32 n_subnets;
	const char **subnets;
	u32 n_remove_subnets;
	const char **remove_subnets;
	u32 n_groups;
	const char **groups;
	u32 n_remove_groups;
	const char **remove_groups;
	u32 n_addresses;
	struct vpc_prefix_cfg *addresses;	/* of full length, IPv4 */
	struct vpc_opt_u8 private_dns;	/* IFE-32 */
	struct vpc_policy_cfg policy;
};

struct vpc_provider_cfg {		/* an endpoint service */
	const char *id;
	const char *name;
	u32 n_nlbs;
	const char **nlbs;
	u32 n_remove_nlbs;
	const char **remove_nlbs;
	struct vpc_opt_u8 acceptance_required;
	u32 n_principals;
	const char **principals;
	u32 n_remove_principals;
	const char **remove_principals;
	u32 n_regions;
	const char **regions;
	u32 n_remove_regions;
	const char **remove_regions;
	const char *private_name;	/* "": none any more */
	struct vpc_opt_u8 verified;
	const char *endpoint;		/* accept, reject */
};

struct vpc_peering_cfg {
	const char *id;
	const char *name;
	const char *vpc;		/* the requester */
	const char *peer_vpc;		/* the accepter */
};

struct vpc_group_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	const char *description;	/* of the group or the rule */
	const char *rule;		/* id; or the rest of a rule */
	u8 direction;			/* enum vpc_direction */
	struct vpc_opt_u8 proto;	/* this and the next four: all when not given */
	struct vpc_opt_u16 port_from;
	struct vpc_opt_u16 port_to;
	struct vpc_opt_u8 icmp_type;
	struct vpc_opt_u8 icmp_code;
	struct vpc_prefix_cfg cidr;	/* either this */
	const char *list;		/* or this */
	const char *group;		/* or this */
};

struct vpc_acl_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	const char *subnet;
	u16 number;			/* of a rule, with the next */
	u8 direction;			/* enum vpc_direction */
	u8 action;			/* enum vpc_acl_action */
	struct vpc_opt_u8 proto;	/* this and the rest: all when not given */
	struct vpc_prefix_cfg cidr;	/* but this */
	struct vpc_opt_u16 port_from;
	struct vpc_opt_u16 port_to;
	struct vpc_opt_u8 icmp_type;
	struct vpc_opt_u8 icmp_code;
};

struct vpc_nat_cfg {
	const char *id;
	const char *name;
	const char *subnet;
	const char *eip;
	struct vpc_opt_u8 type;		/* enum vpc_connectivity_type */
	u8 family;			/* of @addr, 0 when not given */
	struct vpc_addr addr;		/* private */
	struct vpc_opt_u32 drain;	/* seconds */
};

struct vpc_nlb_cfg {
	const char *id;
	const char *name;
	struct vpc_opt_u8 scheme;	/* enum vpc_scheme */
	struct vpc_opt_u8 cross_zone;
	struct vpc_opt_u8 enforce;	/* NLB-31 */
	u32 n_subnets;
	const char **subnets;
	u32 n_remove_subnets;
	const char **remove_subnets;
	u32 n_groups;
	const char **groups;
	u32 n_eips;
	const char **eips;
	u32 n_addresses;
	struct vpc_prefix_cfg *addresses;	/* of full length, IPv4 */
};

struct vpc_listener_cfg {
	const char *id;			/* of set and del: this or the next three */
	const char *nlb;
	struct vpc_opt_u8 protocol;	/* enum vpc_nlb_protocol */
	u16 port;
	const char *group;
	struct vpc_opt_u32 tcp_idle;
};

struct vpc_target_group_cfg {
	const char *id;
	const char *name;
	const char *vpc;
	struct vpc_opt_u8 protocol;	/* enum vpc_nlb_protocol */
	u16 port;
	struct vpc_opt_u8 type;		/* enum vpc_target_type */
	struct vpc_opt_u8 preserve_client_ip;
	struct vpc_opt_u8 stickiness;
	struct vpc_opt_u8 cross_zone;	/* enum vpc_cross_zone */
	struct vpc_opt_u32 delay;
	struct vpc_opt_u8 termination;
	struct vpc_opt_u8 unhealthy_termination;
	struct vpc_opt_u32 unhealthy_interval;
	struct vpc_opt_u8 check_protocol;
	struct vpc_opt_u16 check_port;
	const char *check_path;
	struct vpc_opt_u32 check_interval;
	struct vpc_opt_u32 check_timeout;
	struct vpc_opt_u8 healthy;
	struct vpc_opt_u8 unhealthy;
	struct vpc_opt_u16 matcher_from;
	struct vpc_opt_u16 matcher_to;
};

struct vpc_target_cfg {
	const char *id;			/* of set and del: this, or how it was registered */
	const char *group;
	const char *eni;		/* either this */
	u8 family;			/* of @addr, 0 when not given */
	struct vpc_addr addr;		/* or this */
	struct vpc_opt_u16 port;
	const char *reason;
	u8 health;			/* enum vpc_target_health */
};

struct vpc_block_cfg {
	u8 mode;			/* enum vpc_block_mode */
};

struct vpc_limits_cfg {
	const char *name;
	bool has_value;
	u64 value;
};

/**
 * struct vpc_op - one operation
 * @list: in vpc_txn.ops while staged
 * @cmd: VPC_CMD_*
 * @index: place in the transaction, from 0
 * @arrays: memory behind the cfg's pointers that was allocated, or NULL; freed with the op
 */
struct vpc_op {
	struct list_head list;
	u32 cmd;
	u32 index;
	void *arrays;
	union {
		struct vpc_vpc_cfg vpc;
		struct vpc_subnet_cfg subnet;
		struct vpc_eni_cfg eni;
		struct vpc_uplink_cfg uplink;
		struct vpc_rtb_cfg rtb;
		struct vpc_route_cfg route;
		struct vpc_assoc_cfg assoc;
		struct vpc_list_cfg prefix_list;
		struct vpc_igw_cfg igw;
		struct vpc_eip_cfg eip;
		struct vpc_eigw_cfg eigw;
		struct vpc_service_cfg service;
		struct vpc_endpoint_cfg endpoint;
		struct vpc_provider_cfg provider;
		struct vpc_peering_cfg peering;
		struct vpc_group_cfg group;
		struct vpc_acl_cfg acl;
		struct vpc_nat_cfg nat;
		struct vpc_nlb_cfg nlb;
		struct vpc_listener_cfg listener;
		struct vpc_target_group_cfg target_group;
		struct vpc_target_cfg target;
		struct vpc_block_cfg block;
		struct vpc_limits_cfg limits;
	};
};

/* Whether @cmd is an operation that a transaction may hold. */
bool vpc_op_valid(u32 cmd);

/* The operation attaches or detaches a device: its transaction takes RTNL first. */
bool vpc_op_needs_rtnl(u32 cmd);

/**
 * vpc_op_apply - do one operation on the model, within an open transaction
 * @result: the object created or changed, or NULL; may be NULL
 * Return: 0, or an errno with a message in @extack; the transaction must then be aborted.
 */
int vpc_op_apply(struct vpc_txn *txn, const struct vpc_op *op, struct vpc_obj **result,
		 struct netlink_ext_ack *extack);

#endif /* _VPC_OP_H */
