/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ENDPOINT_H
#define _VPC_ENDPOINT_H

#include "security_group.h"

struct vpc_acct;
struct vpc_endpoint_cfg;
struct vpc_endpoint_policy;
struct vpc_eni;
struct vpc_list;
struct vpc_policy_cfg;
struct vpc_port;
struct vpc_provider;
struct vpc_rtb;
struct vpc_service_cfg;

/* Zones of a service, whatever the limit says. */
#define VPC_SERVICE_ZONES_MAX	16

/**
 * struct vpc_service - a provider that is not in a VPC, behind a port
 * @obj: head
 * @port: its device
 * @acct: its counters
 * @pl: its prefix list, NULL unless it is a gateway service
 * @addr: where it is, 0 unless it is an interface service or a resolver
 * @pool: of a resolver, where VPCs get their addresses before it from
 * @n_sources: addresses of the pool that were given out; none comes back while the service lives
 * @gateway: on-link prefix at the port
 * @gateway_addr: the address that the router answers for there
 * @n_endpoints: endpoints that use it
 * @n_zones: where an interface service can be had (IFE-2), 0 for everywhere
 * @zones: those
 * @type: enum vpc_service_type
 * @next_probe: where to look for a free address of one for health checks
 * @region: or ""
 * @private_name: of an interface service, what its endpoints may be found by (IFE-32), or ""
 */
struct vpc_service {
	struct vpc_obj obj;
	struct vpc_port *port;
	struct vpc_acct *acct;
	struct vpc_list *pl;
	struct vpc_prefix gateway;
	__be32 gateway_addr;
	__be32 addr;
	struct vpc_prefix pool;
	u32 n_sources;
	u32 n_endpoints;
	u8 n_zones;
	char zones[VPC_SERVICE_ZONES_MAX][VPC_NAME_MAX + 1];
	u8 type;
	u32 next_probe;
	char region[VPC_NAME_MAX + 1];
	char private_name[VPC_DNS_NAME_MAX + 1];
};

/**
 * struct vpc_endpoint - a VPC endpoint
 * @obj: head; obj.vpc is its VPC, but names are unique over all
 * @service: what it leads to, NULL of one to an endpoint service
 * @provider: that endpoint service, NULL when that is gone
 * @provided: in vpc_provider.endpoints
 * @state: enum vpc_endpoint_state (IFE-11)
 * @acct: its counters
 * @policy: who may use it, NULL for everybody (POL-1)
 * @document: that as it was written, NULL for the default one
 * @type: enum vpc_endpoint_type
 * @private_dns: it is found by the service's private name, too (IFE-32)
 * @dns_suffix: random part of its names (IFE-30)
 * @groups: of its interfaces (IFE-6)
 * @n_enis: how many it has
 * @enis: those, each in another subnet and zone (IFE-1)
 *
 * The route tables of a gateway endpoint are those with a prefix list route to its slot (GWE-3);
 * the rest is an interface endpoint's.
 */
struct vpc_endpoint {
	struct vpc_obj obj;
	struct vpc_service *service;
	struct vpc_provider *provider;
	struct list_head provided;
	u8 state;
	struct vpc_acct *acct;
	struct vpc_endpoint_policy *policy;
	char *document;
	u8 type;
	bool private_dns;
	u32 dns_suffix;
	struct vpc_group_set groups;
	u8 n_enis;
	struct vpc_eni *enis[VPC_ENDPOINT_ENIS_MAX];
};

static inline struct vpc_service *obj_to_service(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_service, obj);
}

static inline struct vpc_endpoint *obj_to_endpoint(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_endpoint, obj);
}

const char *vpc_service_type_name(u8 type);

/* IFE-2 */
bool vpc_service_in_zone(const struct vpc_service *service, const char *zone);

/* @rtb has @ep's route. */
bool vpc_endpoint_serves(const struct vpc_endpoint *ep, const struct vpc_rtb *rtb);

/*
 * interface_endpoint.c: groups of a new one; subnets, addresses and groups that come and go; all
 * interfaces go.
 */
int vpc_endpoint_init_groups(struct vpc_txn *txn, struct vpc_endpoint *ep,
			     const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack);
int vpc_endpoint_change_groups(struct vpc_txn *txn, struct vpc_endpoint *ep,
			       const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack);
int vpc_endpoint_change_subnets(struct vpc_txn *txn, struct vpc_endpoint *ep,
				const struct vpc_endpoint_cfg *cfg,
				struct netlink_ext_ack *extack);
void vpc_endpoint_drop_enis(struct vpc_txn *txn, struct vpc_endpoint *ep);

/* endpoint_policy.c: another policy if @cfg has one; it goes with its endpoint; as text. */
int vpc_endpoint_set_policy(struct vpc_txn *txn, struct vpc_endpoint *ep,
			    const struct vpc_policy_cfg *cfg, struct netlink_ext_ack *extack);
void vpc_endpoint_drop_policy(struct vpc_txn *txn, struct vpc_endpoint *ep);
const char *vpc_endpoint_document(const struct vpc_endpoint *ep);
/*
 * private_dns.c: as a new endpoint, or a change of one, has it; a VPC's attributes as they are now
 * do not take it from endpoints; the name that an endpoint may be found by; a service's, given or its
 * own.
 */
int vpc_private_dns_init(struct vpc_txn *txn, struct vpc_endpoint *ep,
			 const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack);
int vpc_private_dns_change(struct vpc_txn *txn, struct vpc_endpoint *ep,
			   const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack);
int vpc_private_dns_check_vpc(struct vpc_txn *txn, const struct vpc_vpc *vpc,
			      struct netlink_ext_ack *extack);
const char *vpc_private_dns_of(const struct vpc_endpoint *ep);
int vpc_private_dns_name(struct vpc_service *service, const struct vpc_service_cfg *cfg,
			 struct netlink_ext_ack *extack);

/*
 * resolver.c: a new service that is a resolver, one that goes, and a VPC that comes while there is
 * one.
 */
int vpc_resolver_attach(struct vpc_txn *txn, struct vpc_service *service,
			const struct vpc_service_cfg *cfg, struct netlink_ext_ack *extack);
void vpc_resolver_detach(struct vpc_txn *txn, struct vpc_service *service);
int vpc_resolver_add_vpc(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack);

#endif /* _VPC_ENDPOINT_H */
