// SPDX-License-Identifier: GPL-2.0
#include "learn.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <linux/genetlink.h>
#include <linux/vpc.h>

#include "netns.h"
#include "nl.h"
#include "view.h"

/* A burst of changes must not overflow: then all is read anew. */
#define EVENTS_BUFFER	(1024 * 1024)

static struct nl events, dumps;

/* A text attribute, "" for none. */
static const char *text(const struct nlattr *const *tb, unsigned int nr)
{
	return tb[nr] ? mnl_attr_get_str(tb[nr]) : "";
}

static uint8_t number(const struct nlattr *const *tb, unsigned int nr)
{
	return tb[nr] ? mnl_attr_get_u8(tb[nr]) : 0;
}

static uint32_t address(const struct nlattr *a)
{
	uint32_t addr = 0;

	if (a && mnl_attr_get_payload_len(a) == sizeof(addr))
		memcpy(&addr, mnl_attr_get_payload(a), sizeof(addr));
	return addr;
}

static void parse(const struct nlmsghdr *nlh, const struct nlattr **tb, unsigned int max)
{
	const struct nlattr *a;

	memset(tb, 0, (max + 1) * sizeof(*tb));
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) <= max)
			tb[mnl_attr_get_type(a)] = a;
}

static bool learn_vpc(const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[VPC_A_VPC_MAX + 1];

	parse(nlh, tb, VPC_A_VPC_MAX);
	return view_set_vpc(text(tb, VPC_A_VPC_ID), address(tb[VPC_A_VPC_RESOLVER_SOURCE]),
			    number(tb, VPC_A_VPC_DNS_SUPPORT), text(tb, VPC_A_VPC_REGION));
}

/* An interface has a name by its primary address, in its own VPC. */
static bool learn_eni(const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[VPC_A_ENI_MAX + 1];
	const struct view_vpc *vpc;
	char name[DNS_NAME_SIZE];
	uint32_t addr;

	parse(nlh, tb, VPC_A_ENI_MAX);
	view_del(text(tb, VPC_A_ENI_ID));
	vpc = view_vpc(text(tb, VPC_A_ENI_VPC));
	addr = address(tb[VPC_A_ENI_ADDRESS]);
	if (!vpc || !*vpc->domain || !addr)
		return true;
	dns_interface_name((const unsigned char *)&addr, vpc->domain, name);
	return view_add(text(tb, VPC_A_ENI_ID), vpc->id, name, &addr, 1);
}

/* The interfaces of an endpoint. */
struct interfaces {
	unsigned int n;
	uint32_t addrs[VIEW_ADDRS_MAX];
	const char *zones[VIEW_ADDRS_MAX];
};

static void learn_interface(struct interfaces *all, const struct nlattr *nest)
{
	const struct nlattr *a;

	if (all->n == VIEW_ADDRS_MAX)
		return;
	all->zones[all->n] = "";
	mnl_attr_for_each_nested(a, nest) {
		if (mnl_attr_get_type(a) == VPC_A_ENDPOINT_INTERFACE_ZONE)
			all->zones[all->n] = mnl_attr_get_str(a);
		else if (mnl_attr_get_type(a) == VPC_A_ENDPOINT_INTERFACE_ADDRESS)
			all->addrs[all->n] = address(a);
	}
	all->n++;
}

/* IFE-30, IFE-31: all see them */
static bool learn_endpoint_names(const struct dns_endpoint *ep, const struct interfaces *all)
{
	char name[DNS_NAME_SIZE];
	unsigned int i;
	bool ok = true;

	if (dns_endpoint_name(ep, NULL, name))
		ok = view_add(ep->id, "", name, all->addrs, all->n);
	for (i = 0; i < all->n && ok; i++)
		if (dns_endpoint_name(ep, all->zones[i], name))
			ok = view_add(ep->id, "", name, &all->addrs[i], 1);
	return ok;
}

static bool learn_endpoint(const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[VPC_A_ENDPOINT_MAX + 1], *a;
	struct interfaces all = { 0 };
	char regional[DNS_NAME_SIZE];
	struct dns_endpoint ep;
	const char *private;

	parse(nlh, tb, VPC_A_ENDPOINT_MAX);
	ep.id = text(tb, VPC_A_ENDPOINT_ID);
	ep.suffix = text(tb, VPC_A_ENDPOINT_DNS_SUFFIX);
	ep.service = text(tb, VPC_A_ENDPOINT_SERVICE_NAME);
	view_del(ep.id);
	if (!*ep.suffix || number(tb, VPC_A_ENDPOINT_STATE) != VPC_ENDPOINT_STATE_AVAILABLE)
		return true;
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == VPC_A_ENDPOINT_NETWORK_INTERFACE)
			learn_interface(&all, a);
	if (!learn_endpoint_names(&ep, &all))
		return false;
	private = text(tb, VPC_A_ENDPOINT_PRIVATE_DNS_NAME);
	if (!*private || !number(tb, VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED))
		return true;
	/* IFE-32 */
	if (dns_is_endpoint_service(ep.service) && dns_endpoint_name(&ep, NULL, regional))
		return view_add_alias(ep.id, text(tb, VPC_A_ENDPOINT_VPC), private, regional);
	return view_add(ep.id, text(tb, VPC_A_ENDPOINT_VPC), private, all.addrs, all.n);
}

/**
 * struct nodes - a load balancer's
 * @public: it is internet-facing
 * @n: nodes below
 * @n_serving: those that come first have a target (NLB-26)
 */
struct nodes {
	bool public;
	unsigned int n, n_serving;
	uint32_t addrs[VIEW_ADDRS_MAX];
	const char *zones[VIEW_ADDRS_MAX];
};

static void learn_node(struct nodes *all, const struct nlattr *nest, bool serving)
{
	uint16_t which = all->public ? VPC_A_NLB_NODE_PUBLIC_ADDRESS : VPC_A_NLB_NODE_ADDRESS;
	const char *zone = "";
	uint32_t addr = 0;
	bool serves = false;
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, nest) {
		if (mnl_attr_get_type(a) == VPC_A_NLB_NODE_ZONE)
			zone = mnl_attr_get_str(a);
		else if (mnl_attr_get_type(a) == VPC_A_NLB_NODE_SERVING)
			serves = mnl_attr_get_u8(a);
		else if (mnl_attr_get_type(a) == which)
			addr = address(a);
	}
	if (serves != serving || !addr || all->n == VIEW_ADDRS_MAX)
		return;
	all->zones[all->n] = zone;
	all->addrs[all->n++] = addr;
}

static void learn_nodes(struct nodes *all, const struct nlmsghdr *nlh, bool serving)
{
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == VPC_A_NLB_NODE)
			learn_node(all, a, serving);
}

static void lower(const char *from, char to[DNS_NAME_SIZE])
{
	size_t i;

	for (i = 0; from[i] && i < DNS_NAME_SIZE - 1; i++)
		to[i] = tolower((unsigned char)from[i]);
	to[i] = '\0';
}

/* NLB-3, NLB-26: all see them; where no zone has a target all zones have to do (NLB-25). */
static bool learn_nlb(const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[VPC_A_NLB_MAX + 1];
	char name[DNS_NAME_SIZE], zonal[2 * DNS_NAME_SIZE];
	struct nodes all = { 0 };
	const char *id;
	unsigned int i;
	bool ok;

	parse(nlh, tb, VPC_A_NLB_MAX);
	id = text(tb, VPC_A_NLB_ID);
	lower(text(tb, VPC_A_NLB_DNS_NAME), name);
	view_del(id);
	if (!*name)
		return true;
	all.public = number(tb, VPC_A_NLB_SCHEME) == VPC_SCHEME_INTERNET_FACING;
	learn_nodes(&all, nlh, true);
	all.n_serving = all.n;
	learn_nodes(&all, nlh, false);
	ok = view_add(id, "", name, all.addrs, all.n_serving ? all.n_serving : all.n);
	for (i = 0; i < all.n && ok; i++) {
		snprintf(zonal, sizeof(zonal), "%s.%s", all.zones[i], name);
		if (*all.zones[i] && strlen(zonal) < DNS_NAME_SIZE)
			ok = view_add(id, "", zonal, &all.addrs[i], 1);
	}
	return ok;
}

/* Every object's id is its first attribute. */
static void forget(const struct nlmsghdr *nlh)
{
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == VPC_A_VPC_ID)
			view_del(mnl_attr_get_str(a));
}

static int learn(const struct nlmsghdr *nlh, void *data)
{
	bool ok = true;

	(void)data;
	switch (((const struct genlmsghdr *)mnl_nlmsg_get_payload(nlh))->cmd) {
	case VPC_CMD_VPC_GET:
	case VPC_CMD_VPC_NEW_NTF:
		ok = learn_vpc(nlh);
		break;
	case VPC_CMD_ENI_GET:
	case VPC_CMD_ENI_NEW_NTF:
		ok = learn_eni(nlh);
		break;
	case VPC_CMD_ENDPOINT_GET:
	case VPC_CMD_ENDPOINT_NEW_NTF:
		ok = learn_endpoint(nlh);
		break;
	case VPC_CMD_NLB_GET:
	case VPC_CMD_NLB_NEW_NTF:
		ok = learn_nlb(nlh);
		break;
	case VPC_CMD_NLB_DEL_NTF:
	case VPC_CMD_VPC_DEL_NTF:
	case VPC_CMD_ENI_DEL_NTF:
	case VPC_CMD_ENDPOINT_DEL_NTF:
		forget(nlh);
		break;
	}
	return ok ? 0 : -ENOMEM;
}

/* VPCs first: the names of interfaces are made of theirs. */
bool learn_all(void)
{
	static const uint8_t gets[] = {
		VPC_CMD_VPC_GET, VPC_CMD_ENI_GET, VPC_CMD_ENDPOINT_GET, VPC_CMD_NLB_GET,
	};
	char buf[NLMSG_HDRLEN + GENL_HDRLEN] __attribute__((aligned(8)));
	struct nl_error err;
	unsigned int i;

	view_clear();
	for (i = 0; i < sizeof(gets); i++) {
		struct nlmsghdr *nlh = nl_request(buf, gets[i], VPC_GENL_VERSION);

		if (nl_dump(&dumps, nlh, learn, NULL, &err)) {
			fprintf(stderr, "vpcdnsd: dump %u: %s\n", gets[i], strerror(err.code));
			return false;
		}
	}
	return true;
}

/* Without a message: some were lost. */
static int learn_event(const struct nlmsghdr *nlh, void *data)
{
	if (nlh)
		return learn(nlh, data);
	fputs("vpcdnsd: events came too fast, all is read anew\n", stderr);
	return learn_all() ? 0 : -EIO;
}

bool learn_changes(void)
{
	int ret = nl_events(&events, learn_event, NULL);

	if (ret)
		fprintf(stderr, "vpcdnsd: events: %s\n", strerror(-ret));
	return !ret;
}

int learn_fd(void)
{
	return mnl_socket_get_fd(events.sock);
}

static int open_family(struct nl *nl)
{
	struct nl_error err;
	int ret = nl_open(nl, NETLINK_GENERIC);

	return ret ? ret : nl_resolve(nl, VPC_FAMILY_NAME, VPC_MCGRP_EVENTS, &err);
}

static int open_both(void)
{
	int size = EVENTS_BUFFER, ret;

	ret = open_family(&events);
	if (!ret)
		ret = open_family(&dumps);
	if (ret)
		return ret;
	setsockopt(mnl_socket_get_fd(events.sock), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	return nl_subscribe(&events);
}

/* Sockets stay in the namespace that they were opened in; the process returns. */
static int open_in(const char *netns)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), ret;

	if (home < 0)
		return -errno;
	ret = netns_enter(netns);
	if (!ret) {
		ret = open_both();
		if (setns(home, CLONE_NEWNET) < 0)
			ret = -errno;
	}
	close(home);
	return ret;
}

bool learn_open(const char *netns)
{
	int ret = netns ? open_in(netns) : open_both();

	if (ret)
		fprintf(stderr, "vpcdnsd: router%s%s: %s\n", netns ? " in " : "",
			netns ? netns : "", ret == -ENOENT ? "no such namespace, or vpc.ko is not loaded" :
			strerror(-ret));
	return !ret;
}
