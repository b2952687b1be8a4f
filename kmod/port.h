/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PORT_H
#define _VPC_PORT_H

#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>

#include "datapath/frag.h"

struct netlink_ext_ack;
struct vpc_net;

/**
 * struct vpc_port - the binding of a port to a device
 * @dev: the device; NULL once it is gone. Readers RCU, written under RTNL
 * @slot: the port's slot, the first word of its session keys
 * @kind: enum vpc_kind
 * @live: the transaction that attached it has committed. READ_ONCE
 * @vnet: the namespace's state
 * @ops: the ingress hook
 * @tracker: for the reference on @dev
 * @frags: fragments that wait for the rest
 * @answers_paid: when, in ns of the monotonic clock, the errors and resets sent there are paid for
 * @resolver_paid: likewise what went to the resolver (VPC-24)
 * @list: in vnet->ports, RTNL
 * @ifindex: of the device, kept when it is gone
 * @ifname: likewise
 * @rcu: freed after a grace period, when no hook can run
 */
struct vpc_port {
	struct net_device __rcu *dev;
	u32 slot;
	u8 kind;
	bool live;
	struct vpc_net *vnet;
	struct nf_hook_ops ops;
	netdevice_tracker tracker;
	struct vpc_frags frags;
	atomic64_t answers_paid;
	atomic64_t resolver_paid;
	struct list_head list;
	int ifindex;
	char ifname[IFNAMSIZ];
	struct rcu_head rcu;
};

/**
 * vpc_port_attach - find a device and take what enters by it
 * @ifname: device in the namespace of @vnet
 * Caller holds RTNL. Refuses a device that is a port already, loopback, or enslaved.
 * Return: the port or ERR_PTR with a message in @extack.
 */
struct vpc_port *vpc_port_attach(struct vpc_net *vnet, u8 kind, u32 slot, const char *ifname,
				 struct netlink_ext_ack *extack);

/* Give the device back. RTNL. The memory lives until readers are through. */
void vpc_port_detach(struct vpc_port *port);

/* Free a port whose device was let go of, when no hook can run. Also from softirq. */
void vpc_port_free(struct vpc_port *port);

/* The device is going away: let go of it, keep the port. RTNL. */
void vpc_port_release_dev(struct vpc_port *port);

/* MAC of the other end of a veth or netkit pair; false when there is none. RTNL. */
bool vpc_port_peer_mac(const struct vpc_port *port, u8 *mac);

#endif /* _VPC_PORT_H */
