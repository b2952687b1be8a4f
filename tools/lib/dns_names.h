/* SPDX-License-Identifier: GPL-2.0 */
/* The names that the router's objects have in DNS. */

#ifndef VPC_TOOLS_DNS_NAMES_H
#define VPC_TOOLS_DNS_NAMES_H

#include <stdbool.h>

#define DNS_NAME_SIZE	254	/* as text, NUL included */

/* All of an endpoint that its names are made of (IFE-30). */
struct dns_endpoint {
	const char *id;
	const char *suffix;
	const char *service;		/* name */
};

/*
 * Of the endpoint in the zone, NULL: of all zones. False: its service's name is not of AWS's form
 * (IFE-34), so it has none.
 */
bool dns_endpoint_name(const struct dns_endpoint *ep, const char *zone, char out[DNS_NAME_SIZE]);

/* That is the name of an endpoint service (SVC-3). */
bool dns_is_endpoint_service(const char *service);

/* The domain of a region's interfaces, "" for no region. */
void dns_region_domain(const char *region, char out[DNS_NAME_SIZE]);

/* Of the interface with an IPv4 address, 4 bytes, under that domain. */
void dns_interface_name(const unsigned char *addr, const char *domain, char out[DNS_NAME_SIZE]);

#endif
