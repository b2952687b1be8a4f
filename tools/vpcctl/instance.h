/* SPDX-License-Identifier: GPL-2.0 */
/* An instance is a network namespace, a veth pair and an ENI of the same name. */

#ifndef VPCCTL_INSTANCE_H
#define VPCCTL_INSTANCE_H

#include <stdint.h>

#include "vpcctl.h"

#define INSTANCE_IPV6_MAX	50

struct instance {
	const char *name;
	char link[16];		/* our end of the veth pair */
	uint8_t mac[6];
	const uint8_t *want_mac;	/* or NULL */
	uint8_t address[16];
	size_t alen;		/* 0: none, in an IPv6-only subnet */
	uint8_t base[16];	/* of the subnet */
	uint8_t plen;
	uint8_t ipv6[INSTANCE_IPV6_MAX][16];
	size_t n_ipv6;
	uint8_t plen6;
	char subnet[VPC_REF_MAX + 1];
	char eni[VPC_REF_MAX + 1];
};

/* instance.c; all return an exit code and have said what failed */
int instance_init(struct instance *i, const char *name);
int instance_ports(struct instance *i);
int instance_network(const struct instance *i);
int instance_link_del(const struct instance *i);

#endif
