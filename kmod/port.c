// SPDX-License-Identifier: GPL-2.0
#include "port.h"

#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "compat.h"
#include "datapath/hook.h"
#include "net.h"

static bool port_has_dev(const struct vpc_net *vnet, const struct net_device *dev)
{
	struct vpc_port *port;

	list_for_each_entry(port, &vnet->ports, list)
		if (rtnl_dereference(port->dev) == dev)
			return true;
	return false;
}

/* What is taken by us must not be taken, or merged, by others before. */
static int port_check_dev(const struct vpc_net *vnet, struct net_device *dev,
			  struct netlink_ext_ack *extack)
{
	if (dev->flags & IFF_LOOPBACK || dev->type != ARPHRD_ETHER) {
		NL_SET_ERR_MSG_FMT(extack, "device \"%s\" is not an ethernet device", dev->name);
		return -EINVAL;
	}
	if (port_has_dev(vnet, dev)) {
		NL_SET_ERR_MSG_FMT(extack, "device \"%s\" is a port already", dev->name);
		return -EBUSY;
	}
	if (netdev_master_upper_dev_get(dev)) {
		NL_SET_ERR_MSG_FMT(extack, "device \"%s\" has a master", dev->name);
		return -EBUSY;
	}
	return 0;
}

static int port_bind(struct vpc_port *port, struct net_device *dev, struct netlink_ext_ack *extack)
{
	int err;

	port->ops.hook = vpc_hook;
	port->ops.dev = dev;
	port->ops.priv = port;
	port->ops.pf = NFPROTO_NETDEV;
	port->ops.hooknum = NF_NETDEV_INGRESS;
	port->ops.priority = INT_MIN;	/* before any other: what we own nobody else may see */
	port->ifindex = dev->ifindex;
	strscpy(port->ifname, dev->name, sizeof(port->ifname));
	netdev_hold(dev, &port->tracker, GFP_KERNEL);
	rcu_assign_pointer(port->dev, dev);
	err = nf_register_net_hook(port->vnet->net, &port->ops);
	if (!err)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "device \"%s\" takes no ingress hook", dev->name);
	RCU_INIT_POINTER(port->dev, NULL);
	netdev_put(dev, &port->tracker);
	return err;
}

struct vpc_port *vpc_port_attach(struct vpc_net *vnet, u8 kind, u32 slot, const char *ifname,
				 struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	struct vpc_port *port;
	int err;

	ASSERT_RTNL();
	dev = __dev_get_by_name(vnet->net, ifname);
	if (!dev) {
		NL_SET_ERR_MSG_FMT(extack, "device \"%.15s\" not found", ifname);
		return ERR_PTR(-ENOENT);
	}
	err = port_check_dev(vnet, dev, extack);
	if (err)
		return ERR_PTR(err);

	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port)
		return ERR_PTR(-ENOMEM);
	port->vnet = vnet;
	port->kind = kind;
	port->slot = slot;
	vpc_frags_init(&port->frags);
	err = port_bind(port, dev, extack);
	if (err) {
		kfree(port);
		return ERR_PTR(err);
	}
	dev_disable_lro(dev);	/* a merged packet cannot be forwarded */
	list_add_tail(&port->list, &vnet->ports);
	return port;
}

void vpc_port_release_dev(struct vpc_port *port)
{
	struct net_device *dev = rtnl_dereference(port->dev);

	if (!dev)
		return;
	/* Does not wait for hooks that run: the port outlives them. */
	nf_unregister_net_hook(port->vnet->net, &port->ops);
	RCU_INIT_POINTER(port->dev, NULL);
	netdev_put(dev, &port->tracker);
}

void vpc_port_free(struct vpc_port *port)
{
	vpc_frags_exit(&port->frags);
	kfree(port);
}

static void port_free_rcu(struct rcu_head *rcu)
{
	vpc_port_free(container_of(rcu, struct vpc_port, rcu));
}

void vpc_port_detach(struct vpc_port *port)
{
	vpc_port_release_dev(port);
	list_del(&port->list);
	call_rcu(&port->rcu, port_free_rcu);
}

bool vpc_port_peer_mac(const struct vpc_port *port, u8 *mac)
{
	struct net_device *dev = rtnl_dereference(port->dev);
	struct net_device *peer = NULL;

	if (!dev || !dev->netdev_ops->ndo_get_peer_dev)
		return false;
	rcu_read_lock();
	peer = dev->netdev_ops->ndo_get_peer_dev(dev);
	if (peer)
		ether_addr_copy(mac, peer->dev_addr);
	rcu_read_unlock();
	return peer;
}
