// SPDX-License-Identifier: GPL-2.0
#include "dns_names.h"

#include <stdio.h>
#include <string.h>

#define AWS	"com.amazonaws."
#define VPCE	"vpce."
#define DOMAIN	"vpce.amazonaws.com"

/* The labels of @name, the last one first; @out has room for as many characters. */
static void reverse(const char *name, char *out)
{
	size_t at = strlen(name), label;

	out[at] = '\0';
	for (;;) {
		label = strcspn(name, ".");
		at -= label;
		memcpy(out + at, name, label);
		if (!name[label])
			return;
		out[--at] = '.';
		name += label + 1;
	}
}

/* CODE.REGION of com.amazonaws.REGION.CODE, likewise of com.amazonaws.vpce.REGION.ID */
static bool service_part(const char *service, char out[DNS_NAME_SIZE])
{
	if (strncmp(service, AWS, strlen(AWS)) || strlen(service) >= DNS_NAME_SIZE)
		return false;
	service += strlen(AWS);
	if (!strncmp(service, VPCE, strlen(VPCE)))
		service += strlen(VPCE);
	if (!strchr(service, '.'))
		return false;
	reverse(service, out);
	return true;
}

bool dns_is_endpoint_service(const char *service)
{
	return !strncmp(service, AWS VPCE, strlen(AWS VPCE));
}

bool dns_endpoint_name(const struct dns_endpoint *ep, const char *zone, char out[DNS_NAME_SIZE])
{
	char part[DNS_NAME_SIZE];

	if (!service_part(ep->service, part))
		return false;
	return snprintf(out, DNS_NAME_SIZE, "%s-%s%s%s.%s." DOMAIN, ep->id, ep->suffix,
			zone ? "-" : "", zone ? zone : "", part) < DNS_NAME_SIZE;
}

/* VPC-25 */
void dns_region_domain(const char *region, char out[DNS_NAME_SIZE])
{
	if (!*region)
		*out = '\0';
	else if (!strcmp(region, "us-east-1"))
		snprintf(out, DNS_NAME_SIZE, "ec2.internal");
	else
		snprintf(out, DNS_NAME_SIZE, "%.63s.compute.internal", region);
}

void dns_interface_name(const unsigned char *addr, const char *domain, char out[DNS_NAME_SIZE])
{
	snprintf(out, DNS_NAME_SIZE, "ip-%u-%u-%u-%u.%.120s", addr[0], addr[1], addr[2], addr[3],
		 domain);
}
