/* SPDX-License-Identifier: GPL-2.0 */
/* The few words of rtnetlink that make an instance: a veth pair, an address, a way out. */

#ifndef VPC_TOOLS_RTNL_H
#define VPC_TOOLS_RTNL_H

#include "nl.h"

struct rtnl_veth {
	const char *name;	/* here */
	const char *peer;	/* in the namespace of peer_ns */
	int peer_ns;
	const uint8_t *peer_mac;	/* or NULL */
};

/* Opens in the namespace of a descriptor; the socket stays there, the caller does not. */
int rtnl_open_at(struct nl *nl, int ns);

/* All return 0 or a negative errno. */
int rtnl_veth_add(struct nl *nl, const struct rtnl_veth *veth, struct nl_error *err);
int rtnl_link_del(struct nl *nl, const char *name, struct nl_error *err);
int rtnl_link_up(struct nl *nl, const char *name, struct nl_error *err);
int rtnl_link_mtu(struct nl *nl, const char *name, uint32_t mtu, struct nl_error *err);
int rtnl_link_index(struct nl *nl, const char *name, struct nl_error *err);
int rtnl_addr_add(struct nl *nl, int ifindex, const void *addr, size_t len, uint8_t plen,
		  struct nl_error *err);
int rtnl_default_add(struct nl *nl, int ifindex, const void *via, size_t len,
		     struct nl_error *err);

#endif
