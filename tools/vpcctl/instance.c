// SPDX-License-Identifier: GPL-2.0
/* The part of an instance that the router has no hand in: namespace, veth, addresses. */

#include "instance.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "netns.h"
#include "rtnl.h"

#define INSTANCE_DEV	"eth0"
#define INSTANCE_MTU	9001	/* what AWS gives an instance */

/* The device is named after the instance, so that a half-made one can be found and removed. */
int instance_init(struct instance *i, const char *name)
{
	uint64_t hash = 0xcbf29ce484222325;
	const char *s;

	if (strchr(name, '/') || !strcmp(name, ".") || !strcmp(name, ".."))
		return usage_error("cannot name a network namespace");
	*i = (struct instance){ .name = name };
	for (s = name; *s; s++)
		hash = (hash ^ (uint8_t)*s) * 0x100000001b3;
	snprintf(i->link, sizeof(i->link), "vpc-%011llx",
		 (unsigned long long)hash & 0xfffffffffff);
	return EXIT_OK;
}

static int veth_add(struct instance *i, struct nl *here, int ns)
{
	const struct rtnl_veth veth = {
		.name = i->link, .peer = INSTANCE_DEV, .peer_ns = ns, .peer_mac = i->want_mac,
	};
	struct nl_error err;

	if (rtnl_veth_add(here, &veth, &err))
		return kernel_error_at(&err, "veth pair");
	/* Small packets do as well. */
	rtnl_link_mtu(here, i->link, INSTANCE_MTU, &err);
	if (rtnl_link_up(here, i->link, &err)) {
		int ret = kernel_error_at(&err, "veth pair");

		rtnl_link_del(here, i->link, &err);
		return ret;
	}
	return EXIT_OK;
}

/* The veth pair, its far end in the namespace, our end up. */
int instance_ports(struct instance *i)
{
	int ret, ns = netns_open(i->name);
	struct nl here;

	if (ns < 0)
		return system_error(ns, "network namespace");
	ret = nl_open(&here, NETLINK_ROUTE);
	if (ret) {
		ret = system_error(ret, "rtnetlink");
	} else {
		ret = veth_add(i, &here, ns);
		nl_close(&here);
	}
	close(ns);
	return ret;
}

int instance_link_del(const struct instance *i)
{
	struct nl_error err;
	struct nl here;
	int ret;

	ret = nl_open(&here, NETLINK_ROUTE);
	if (ret)
		return system_error(ret, "rtnetlink");
	ret = rtnl_link_del(&here, i->link, &err);
	nl_close(&here);
	return ret && ret != -ENODEV ? kernel_error_at(&err, "veth pair") : EXIT_OK;
}

/* The router is the subnet's first address (AWS reserves base + 1 for it). */
static int route_add(const struct instance *i, struct nl *there, int ifindex)
{
	uint8_t router[sizeof(i->base)];
	struct nl_error err;

	memcpy(router, i->base, sizeof(router));
	router[i->alen - 1] |= 1;
	if (rtnl_default_add(there, ifindex, router, i->alen, &err))
		return kernel_error_at(&err, "default route");
	return EXIT_OK;
}

/* In every subnet the router is fe80:ec2::1, too (VPC-21). */
static int route6_add(struct nl *there, int ifindex)
{
	static const uint8_t router[16] = { 0xfe, 0x80, 0x0e, 0xc2, [15] = 1 };
	struct nl_error err;

	if (rtnl_default_add(there, ifindex, router, sizeof(router), &err))
		return kernel_error_at(&err, "ipv6 default route");
	return EXIT_OK;
}

static int addresses_add(const struct instance *i, struct nl *there, int ifindex,
			 struct nl_error *err)
{
	size_t n;
	int ret = 0;

	if (i->alen)
		ret = rtnl_addr_add(there, ifindex, i->address, i->alen, i->plen, err);
	for (n = 0; n < i->n_ipv6 && !ret; n++)
		ret = rtnl_addr_add(there, ifindex, i->ipv6[n], sizeof(i->ipv6[n]), i->plen6, err);
	return ret;
}

static int network_configure(const struct instance *i, struct nl *there)
{
	struct nl_error err;
	int ifindex, ret = EXIT_OK;

	if (rtnl_link_up(there, "lo", &err))
		return kernel_error_at(&err, "lo");
	rtnl_link_mtu(there, INSTANCE_DEV, INSTANCE_MTU, &err);
	ifindex = rtnl_link_index(there, INSTANCE_DEV, &err);
	if (ifindex < 0 ||
	    addresses_add(i, there, ifindex, &err) ||
	    rtnl_link_up(there, INSTANCE_DEV, &err))
		return kernel_error_at(&err, "address of " INSTANCE_DEV);

	if (i->alen)
		ret = route_add(i, there, ifindex);
	if (!ret && i->n_ipv6)
		ret = route6_add(there, ifindex);
	return ret;
}

int instance_network(const struct instance *i)
{
	int ret, ns = netns_open(i->name);
	struct nl there;

	if (ns < 0)
		return system_error(ns, "network namespace");
	ret = rtnl_open_at(&there, ns);
	close(ns);
	if (ret)
		return system_error(ret, "rtnetlink");
	ret = network_configure(i, &there);
	nl_close(&there);
	return ret;
}
