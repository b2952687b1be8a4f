// SPDX-License-Identifier: GPL-2.0
#include "xmit.h"

#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <net/ip6_route.h>
#include <net/ip_fib.h>
#include <net/ndisc.h>
#include <net/neighbour.h>
#include <net/route.h>

#include "../compat.h"
#include "../model/snapshot.h"
#include "../port.h"
#include "../stats.h"
#include "pipeline.h"

static bool on_link(const struct vpc_snap_port *port, const struct vpc_flow_key *key)
{
	return port->snap.kind == VPC_KIND_SERVICE &&
	       vpc_prefix_has(&container_of(port, struct vpc_snap_service, p)->gateway, key->family,
			      &key->dst);
}

static enum vpc_drop route4(struct net *net, struct net_device *dev, struct vpc_path *path,
			    const struct vpc_flow_key *key)
{
	struct fib_result res;
	struct flowi4 fl4 = {};
	struct rtable *rt;

	fl4.daddr = key->dst.ip4;
	fl4.saddr = key->src.ip4;
	fl4.flowi4_oif = dev->ifindex;
	fl4.flowi4_flags = FLOWI_FLAG_ANYSRC;	/* our sources are not the host's */
	/* ip_route_output_key() takes a destination without route as on link: ask first. */
	if (fib_lookup(net, &fl4, &res, 0) || res.type != RTN_UNICAST)
		return VPC_DROP_NO_HOST_ROUTE;
	rt = ip_route_output_key(net, &fl4);
	if (IS_ERR(rt))
		return VPC_DROP_NO_HOST_ROUTE;
	if (rt->dst.dev != dev) {
		ip_rt_put(rt);
		return VPC_DROP_NO_HOST_ROUTE;
	}
	path->dst = &rt->dst;
	path->dst_cookie = 0;
	return VPC_DROP_NONE;
}

static struct rt6_info *route_of(struct dst_entry *dst)
{
	return container_of(dst, struct rt6_info, dst);
}

/* What leads to the host itself has another device, an error has none of ours either. */
static enum vpc_drop route6(struct net *net, struct net_device *dev, struct vpc_path *path,
			    const struct vpc_flow_key *key)
{
	struct flowi6 fl6 = {};
	struct dst_entry *dst;

	memcpy(&fl6.daddr, &key->dst, sizeof(fl6.daddr));
	memcpy(&fl6.saddr, &key->src, sizeof(fl6.saddr));
	fl6.flowi6_oif = dev->ifindex;
	fl6.flowi6_flags = FLOWI_FLAG_ANYSRC;
	dst = ip6_route_output_flags(net, NULL, &fl6, RT6_LOOKUP_F_IFACE);
	if (dst->error || dst->dev != dev) {
		dst_release(dst);
		return VPC_DROP_NO_HOST_ROUTE;
	}
	path->dst = dst;
	path->dst_cookie = rt6_get_cookie(route_of(dst));
	return VPC_DROP_NONE;
}

enum vpc_drop vpc_xmit_route(const struct vpc_root *root, struct net *net, struct vpc_path *path,
			     const struct vpc_flow_key *key)
{
	const struct vpc_snap_port *port = vpc_root_port(root, path->exit);
	struct net_device *dev;

	path->dst = NULL;
	if (!port)
		return VPC_DROP_PORT_DOWN;
	if (port->snap.kind == VPC_KIND_ENI || on_link(port, key))
		return VPC_DROP_NONE;
	dev = rcu_dereference(port->port->dev);
	if (!dev)
		return VPC_DROP_PORT_DOWN;
	return key->family == AF_INET ? route4(net, dev, path, key) : route6(net, dev, path, key);
}

bool vpc_xmit_route_valid(const struct vpc_path *path)
{
	return !path->dst || dst_check(path->dst, path->dst_cookie);
}

/* Nothing of the sender's world may travel into the receiver's. */
static void scrub(struct sk_buff *skb, struct net_device *dev)
{
	skb_forward_csum(skb);
	skb_clear_hash(skb);
	skb_scrub_packet(skb, true);
	skb_clear_tstamp(skb);
	skb_set_queue_mapping(skb, 0);
	skb->priority = 0;
	skb->dev = dev;
}

enum vpc_drop vpc_exit_find(const struct vpc_root *root, const struct vpc_path *path,
			    struct vpc_exit *exit)
{
	struct net_device *dev;

	exit->port = vpc_root_port(root, path->exit);
	if (!exit->port)
		return VPC_DROP_PORT_DOWN;
	dev = rcu_dereference(exit->port->port->dev);
	if (!dev || !(dev->flags & IFF_UP) || !netif_carrier_ok(dev))
		return VPC_DROP_PORT_DOWN;
	exit->dev = dev;
	exit->mtu = min_t(unsigned int, path->mtu, READ_ONCE(dev->mtu));
	return VPC_DROP_NONE;
}

bool vpc_exit_fits(const struct vpc_exit *exit, const struct sk_buff *skb)
{
	return skb_is_gso(skb) ? skb_gso_validate_network_len(skb, exit->mtu) :
				 skb->len <= exit->mtu;
}

static enum vpc_drop xmit_ether(const struct vpc_path *path, struct sk_buff *skb,
				struct net_device *dev)
{
	struct ethhdr *eth;

	if (skb_cow_head(skb, ETH_HLEN))
		return VPC_DROP_NO_MEMORY;
	eth = skb_push(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
	ether_addr_copy(eth->h_dest, path->dmac);
	ether_addr_copy(eth->h_source, path->smac);
	eth->h_proto = skb->protocol;
	dev_queue_xmit(skb);
	return VPC_DROP_NONE;
}

/* The next hop; only of an uplink is there one for IPv6. */
static struct neighbour *next_hop(const struct vpc_path *path, struct sk_buff *skb,
				  struct net_device *dev, bool *is_v6gw)
{
	const struct in6_addr *gateway;

	if (skb->protocol == htons(ETH_P_IPV6)) {
		gateway = rt6_nexthop(route_of(path->dst), &ipv6_hdr(skb)->daddr);
		return ip_neigh_gw6(dev, gateway);
	}
	return path->dst ? ip_neigh_for_gw(vpc_dst_rtable(path->dst), skb, is_v6gw) :
			   ip_neigh_gw4(dev, ip_hdr(skb)->daddr);
}

static enum vpc_drop xmit_neigh(const struct vpc_path *path, struct sk_buff *skb,
				struct net_device *dev)
{
	struct neighbour *neigh;
	bool is_v6gw = false;

	if (skb_cow_head(skb, LL_RESERVED_SPACE(dev)))
		return VPC_DROP_NO_MEMORY;
	neigh = next_hop(path, skb, dev, &is_v6gw);
	if (IS_ERR(neigh))
		return VPC_DROP_NO_NEIGHBOUR;
	neigh_output(neigh, skb, is_v6gw);
	return VPC_DROP_NONE;
}

enum vpc_drop vpc_xmit(const struct vpc_path *path, const struct vpc_exit *exit,
		       struct sk_buff *skb)
{
	struct vpc_acct *acct = exit->port->acct;
	unsigned int len = skb->len;
	enum vpc_drop reason;

	scrub(skb, exit->dev);
	reason = exit->port->snap.kind == VPC_KIND_ENI ? xmit_ether(path, skb, exit->dev) :
							 xmit_neigh(path, skb, exit->dev);
	if (reason)
		return reason;
	vpc_acct_add(acct, VPC_COUNT_TX_PACKETS, 1);
	vpc_acct_add(acct, VPC_COUNT_TX_BYTES, len);
	if (path->received != VPC_COUNT_MAX)
		vpc_acct_add(acct, path->received, 1);
	return VPC_DROP_NONE;
}
