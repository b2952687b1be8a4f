/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ENDPOINT_SERVICE_H
#define _VPC_ENDPOINT_SERVICE_H

#include "endpoint.h"

struct vpc_nlb;

/* Load balancers, principals and regions of an endpoint service, whatever the limits say. */
#define VPC_PROVIDER_NLBS_MAX		16
#define VPC_PROVIDER_PRINCIPALS_MAX	64
#define VPC_PROVIDER_REGIONS_MAX	16

/* A 12-digit account, or "*" */
#define VPC_ACCOUNT_STRLEN	13

/**
 * struct vpc_provider - an endpoint service: load balancers that other VPCs reach by endpoints
 * @obj: head
 * @endpoints: struct vpc_endpoint.provided of those that ask for it or have it, oldest first
 * @nlbs: at least one, all of one owner and region (SVC-1)
 * @n_nlbs: how many
 * @acceptance_required: SVC-4
 * @n_principals: of the next, none at first (SVC-5)
 * @principals: accounts that may ask for it; "*": all
 * @n_zones: of the next
 * @zones: of its load balancers when they were last noted (SVC-14)
 * @n_regions: of the next
 * @regions: others where it can be had (SVC-17)
 * @private_name: that its consumers may resolve to their endpoints, or "" (SVC-18)
 * @verified: who provides it has shown that the name is his
 */
struct vpc_provider {
	struct vpc_obj obj;
	struct list_head endpoints;
	u8 n_nlbs;
	struct vpc_nlb *nlbs[VPC_PROVIDER_NLBS_MAX];
	bool acceptance_required;
	u8 n_principals;
	char principals[VPC_PROVIDER_PRINCIPALS_MAX][VPC_ACCOUNT_STRLEN];
	u8 n_zones;
	char zones[VPC_SERVICE_ZONES_MAX][VPC_NAME_MAX + 1];
	u8 n_regions;
	char regions[VPC_PROVIDER_REGIONS_MAX][VPC_NAME_MAX + 1];
	char private_name[VPC_DNS_NAME_MAX + 1];
	bool verified;
};

static inline struct vpc_provider *obj_to_provider(const struct vpc_obj *obj)
{
	return container_of(obj, struct vpc_provider, obj);
}

/* "com.amazonaws.vpce.REGION.vpce-svc-0123456789abcdef0" and NUL (SVC-3) */
#define VPC_PROVIDER_NAME_STRLEN	(19 + VPC_NAME_MAX + 1 + VPC_ID_STRLEN)

/* Its name as a service: @buf of VPC_PROVIDER_NAME_STRLEN bytes; returns @buf. */
char *vpc_provider_name(const struct vpc_provider *provider, char *buf);

const char *vpc_provider_region(const struct vpc_provider *provider);
const char *vpc_provider_owner(const struct vpc_provider *provider);

/* What @ref names as a service's name, an id or a Name; NULL: nothing, and no message. */
struct vpc_provider *vpc_provider_find(struct vpc_net *vnet, const char *ref);

/* May @vpc ask for it (SVC-5, SVC-17)? */
int vpc_provider_check_consumer(const struct vpc_provider *provider, const struct vpc_vpc *vpc,
				struct netlink_ext_ack *extack);

/* IFE-2: from @vpc's region, or from another, where zones do not matter (IFE-33). */
bool vpc_provider_in_zone(const struct vpc_provider *provider, const struct vpc_vpc *vpc,
			  const char *zone);

/* A new endpoint asks for it; one that is about to go does no more. */
void vpc_provider_connect(struct vpc_txn *txn, struct vpc_provider *provider,
			  struct vpc_endpoint *ep);
void vpc_provider_disconnect(struct vpc_txn *txn, struct vpc_endpoint *ep);

/* The node that an endpoint's interface in @zone stands for from now on (SVC-2, IFE-27), or NULL. */
struct vpc_eni *vpc_provider_pick(const struct vpc_provider *provider, const char *zone);

/* @node is not @nlb's any more: what leads to it leads to another one, or nowhere. */
void vpc_provider_forget_node(struct vpc_txn *txn, const struct vpc_nlb *nlb,
			      const struct vpc_eni *node);

#endif /* _VPC_ENDPOINT_SERVICE_H */
