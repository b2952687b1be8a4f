// SPDX-License-Identifier: GPL-2.0
#include "rtnl.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>

struct rtnl_buf {
	char data[1024];
} __attribute__((aligned(8)));

int rtnl_open_at(struct nl *nl, int ns)
{
	int err, home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (home < 0)
		return -errno;
	if (setns(ns, CLONE_NEWNET) < 0) {
		err = -errno;
		close(home);
		return err;
	}
	err = nl_open(nl, NETLINK_ROUTE);
	/* To go on in the wrong namespace would be worse than to stop. */
	if (setns(home, CLONE_NEWNET) < 0)
		abort();
	close(home);
	return err;
}

static struct nlmsghdr *rtnl_request(struct rtnl_buf *buf, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = flags;
	return nlh;
}

static struct ifinfomsg *rtnl_link(struct nlmsghdr *nlh, const char *name)
{
	struct ifinfomsg *ifi = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifi));

	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	return ifi;
}

int rtnl_veth_add(struct nl *nl, const struct rtnl_veth *veth, struct nl_error *err)
{
	struct nlattr *info, *data, *peer;
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;

	nlh = rtnl_request(&buf, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_link(nlh, veth->name);
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	peer = mnl_attr_nest_start(nlh, VETH_INFO_PEER);
	rtnl_link(nlh, veth->peer);
	mnl_attr_put_u32(nlh, IFLA_NET_NS_FD, veth->peer_ns);
	if (veth->peer_mac)
		mnl_attr_put(nlh, IFLA_ADDRESS, 6, veth->peer_mac);
	mnl_attr_nest_end(nlh, peer);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
	return nl_talk(nl, nlh, NULL, NULL, err);
}

int rtnl_link_del(struct nl *nl, const char *name, struct nl_error *err)
{
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;

	nlh = rtnl_request(&buf, RTM_DELLINK, 0);
	rtnl_link(nlh, name);
	return nl_talk(nl, nlh, NULL, NULL, err);
}

int rtnl_link_up(struct nl *nl, const char *name, struct nl_error *err)
{
	struct ifinfomsg *ifi;
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;

	nlh = rtnl_request(&buf, RTM_NEWLINK, 0);
	ifi = rtnl_link(nlh, name);
	ifi->ifi_flags = IFF_UP;
	ifi->ifi_change = IFF_UP;
	return nl_talk(nl, nlh, NULL, NULL, err);
}

int rtnl_link_mtu(struct nl *nl, const char *name, uint32_t mtu, struct nl_error *err)
{
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;

	nlh = rtnl_request(&buf, RTM_NEWLINK, 0);
	rtnl_link(nlh, name);
	mnl_attr_put_u32(nlh, IFLA_MTU, mtu);
	return nl_talk(nl, nlh, NULL, NULL, err);
}

static int index_parse(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	*(int *)data = ifi->ifi_index;
	return 0;
}

/* Returns the index, or a negative errno. */
int rtnl_link_index(struct nl *nl, const char *name, struct nl_error *err)
{
	int ret, ifindex = 0;
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;

	nlh = rtnl_request(&buf, RTM_GETLINK, 0);
	rtnl_link(nlh, name);
	ret = nl_talk(nl, nlh, index_parse, &ifindex, err);
	return ret ? ret : ifindex;
}

int rtnl_addr_add(struct nl *nl, int ifindex, const void *addr, size_t len, uint8_t plen,
		  struct nl_error *err)
{
	struct ifaddrmsg *ifa;
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;

	nlh = rtnl_request(&buf, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
	ifa = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifa));
	ifa->ifa_family = len == 4 ? AF_INET : AF_INET6;
	ifa->ifa_prefixlen = plen;
	ifa->ifa_index = ifindex;
	/* Nobody else can have it, and who asks would wait. */
	ifa->ifa_flags = len == 4 ? 0 : IFA_F_NODAD;
	mnl_attr_put(nlh, IFA_LOCAL, len, addr);
	mnl_attr_put(nlh, IFA_ADDRESS, len, addr);
	return nl_talk(nl, nlh, NULL, NULL, err);
}

int rtnl_default_add(struct nl *nl, int ifindex, const void *via, size_t len,
		     struct nl_error *err)
{
	struct nlmsghdr *nlh;
	struct rtnl_buf buf;
	struct rtmsg *rtm;

	nlh = rtnl_request(&buf, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	rtm = mnl_nlmsg_put_extra_header(nlh, sizeof(*rtm));
	rtm->rtm_family = len == 4 ? AF_INET : AF_INET6;
	rtm->rtm_table = RT_TABLE_MAIN;
	rtm->rtm_protocol = RTPROT_BOOT;
	rtm->rtm_scope = RT_SCOPE_UNIVERSE;
	rtm->rtm_type = RTN_UNICAST;
	mnl_attr_put(nlh, RTA_GATEWAY, len, via);
	mnl_attr_put_u32(nlh, RTA_OIF, ifindex);
	return nl_talk(nl, nlh, NULL, NULL, err);
}
