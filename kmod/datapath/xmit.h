/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_XMIT_H
#define _VPC_XMIT_H

#include <linux/types.h>

#include "../lib/reason.h"

struct net;
struct net_device;
struct sk_buff;
struct vpc_flow_key;
struct vpc_path;
struct vpc_root;
struct vpc_snap_port;

/**
 * vpc_xmit_route - find the host's route for a path that leaves by an uplink or service
 * @key: of the packet as it will be sent
 * Sets @path->dst, with a reference, or leaves it NULL for an ENI and an on-link service.
 * Only a real route by the port's device counts, none is not taken as on link.
 */
enum vpc_drop vpc_xmit_route(const struct vpc_root *root, struct net *net, struct vpc_path *path,
			     const struct vpc_flow_key *key);

/* The route that @path holds is still the host's. */
bool vpc_xmit_route_valid(const struct vpc_path *path);

/**
 * struct vpc_exit - where a packet leaves
 * @port: exit port
 * @dev: its device, up
 * @mtu: largest IP packet that the way and the device take, bytes
 */
struct vpc_exit {
	const struct vpc_snap_port *port;
	struct net_device *dev;
	unsigned int mtu;
};

/* Once for each packet. Return: VPC_DROP_NONE, or VPC_DROP_PORT_DOWN. */
enum vpc_drop vpc_exit_find(const struct vpc_root *root, const struct vpc_path *path,
			    struct vpc_exit *exit);

/* @skb, or each segment that it is made of, is no larger than that. */
bool vpc_exit_fits(const struct vpc_exit *exit, const struct sk_buff *skb);

/**
 * vpc_xmit - send an edited packet
 * @skb: IP packet that fits, skb->data at the IP header; consumed on success only
 */
enum vpc_drop vpc_xmit(const struct vpc_path *path, const struct vpc_exit *exit,
		       struct sk_buff *skb);

#endif /* _VPC_XMIT_H */
