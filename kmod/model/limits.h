/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_LIMITS_H
#define _VPC_LIMITS_H

#include <linux/types.h>

/* Settable limits: field, text of `vpcctl limits`, default, smallest, largest. */
#define VPC_LIMITS(X)                                                              \
	X(sessions, "sessions", 1048576, 1, 16777216)                               \
	X(sessions_vpc, "sessions-per-vpc", 524288, 1, 16777216)                    \
	X(sessions_eni, "sessions-per-eni", 262144, 1, 16777216)                    \
	X(half_open, "half-open-sessions", 262144, 1, 16777216)                     \
	X(half_open_eni, "half-open-sessions-per-eni", 65536, 1, 16777216)          \
	X(frag_bytes, "fragment-bytes-per-port", 1048576, 4096, 67108864)           \
	X(answers_port, "answers-per-second-per-port", 1000, 1, 1000000)            \
	X(vpcs, "vpcs", 1024, 1, 65536)                                             \
	X(subnets_vpc, "subnets-per-vpc", 200, 1, 65536)                            \
	X(reservations, "reservations-per-subnet", 20, 1, 32)                       \
	X(cidrs_vpc, "cidrs-per-vpc", 5, 1, 50)                                     \
	X(cidrs6_vpc, "ipv6-cidrs-per-vpc", 5, 1, 50)                               \
	X(rtbs_vpc, "route-tables-per-vpc", 200, 1, 65536)                          \
	X(routes_rtb, "routes-per-route-table", 500,  1, 16777216)                  \
	X(list_entries, "entries-per-prefix-list", 1000, 1, 16777216)               \
	X(list_versions, "versions-per-prefix-list", 1000, 1, 16777216)             \
	X(list_refs, "references-per-prefix-list", 10000, 1, 16777216)              \
	X(lists_region, "prefix-lists-per-region", 100, 1, 65536)                   \
	X(endpoints_vpc, "gateway-endpoints-per-vpc", 255, 1, 65536)                \
	X(interface_endpoints_vpc, "interface-endpoints-per-vpc", 50, 1, 65536)     \
	X(providers, "endpoint-services", 1024, 1, 65536)                           \
	X(nlbs_provider, "load-balancers-per-endpoint-service", 16, 1, 16)          \
	X(provider_principals, "principals-per-endpoint-service", 50, 1, 64)        \
	X(provider_regions, "regions-per-endpoint-service", 16, 1, 16)              \
	X(endpoint_subnets, "subnets-per-endpoint", 16, 1, 16)                      \
	X(policy_statements, "statements-per-endpoint-policy", 128, 1, 1024)        \
	X(policy_values, "values-per-endpoint-policy", 1024, 1, 4096)               \
	X(service_zones, "zones-per-service", 16, 1, 16)                            \
	X(peerings_vpc, "active-peerings-per-vpc", 50, 1, 65536)                    \
	X(peering_requests, "outstanding-peering-requests", 25, 1, 65536)           \
	X(groups, "security-groups", 2500, 1, 65536)                                \
	X(group_vpcs, "vpcs-per-security-group", 10, 1, 32)                         \
	X(group_rules, "rules-per-security-group", 60, 1, 65536)                    \
	X(groups_eni, "groups-per-interface", 5, 1, 16)                             \
	X(groups_rules, "groups-times-rules", 1000, 1, 1048576)                     \
	X(addresses_eni, "addresses-per-interface", 50, 1, 50)                      \
	X(acls_vpc, "network-acls-per-vpc", 200, 1, 65536)                          \
	X(acl_rules, "rules-per-network-acl", 20, 1, 32766)                         \
	X(nats_zone, "nat-gateways-per-zone", 5, 1, 65536)                          \
	X(nat_addrs, "addresses-per-nat-gateway", 8, 1, 8)                          \
	X(nat_eips, "eips-per-nat-gateway", 2, 1, 8)                                \
	X(nat_flows, "nat-gateway-connections-per-destination", 55000, 1, 55000)    \
	X(service_flows, "service-connections-per-destination", 55000, 1, 55000)    \
	X(resolver_packets, "resolver-packets-per-second-per-eni", 1024, 1, 1024)   \
	X(endpoint_tcp_idle, "endpoint-tcp-idle-seconds", 350, 1, 6000)             \
	X(endpoint_udp_idle, "endpoint-udp-idle-seconds", 120, 1, 120)              \
	X(nat_idle, "nat-gateway-idle-seconds", 350, 1, 350)                        \
	X(nlbs, "load-balancers", 50, 1, 65536)                                     \
	X(nlb_subnets, "subnets-per-load-balancer", 16, 1, 16)                      \
	X(nlb_listeners, "listeners-per-load-balancer", 50, 1, 65536)               \
	X(nlb_targets, "targets-per-load-balancer", 3000, 1, 65536)                 \
	X(nlb_zone_targets, "targets-per-load-balancer-and-zone", 500, 1, 65536)    \
	X(target_groups, "target-groups", 3000, 1, 65536)                           \
	X(group_targets, "targets-per-target-group", 1000, 1, 65536)                \
	X(txn_ops, "operations-per-transaction", 2097152, 1, 16777216)              \
	X(txn_bytes, "bytes-per-transaction", 1073741824, 4096, 4294967295)

struct vpc_limits {
#define X(field, text, def, min, max) u32 field;
	VPC_LIMITS(X)
#undef X
};

/**
 * struct vpc_limit_info - one row of the table above
 * @name: text
 * @offset: of the u32 in struct vpc_limits
 * @def: default
 * @min: smallest value that may be set
 * @max: largest
 */
struct vpc_limit_info {
	const char *name;
	size_t offset;
	u32 def;
	u32 min;
	u32 max;
};

extern const struct vpc_limit_info vpc_limit_table[];
extern const unsigned int vpc_limit_count;

void vpc_limits_init(struct vpc_limits *limits);

/* Copy @limits to where readers without a lock look, value by value. */
void vpc_limits_enforce(struct vpc_limits *in_force, struct vpc_limits *limits);

/* NULL for an unknown name. */
const struct vpc_limit_info *vpc_limit_find(const char *name);

static inline u32 *vpc_limit_value(struct vpc_limits *limits, const struct vpc_limit_info *info)
{
	return (void *)limits + info->offset;
}

#endif /* _VPC_LIMITS_H */
