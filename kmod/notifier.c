// SPDX-License-Identifier: GPL-2.0
#include "notifier.h"

#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "drain.h"
#include "net.h"
#include "port.h"

static struct vpc_port *port_of(struct vpc_net *vnet, const struct net_device *dev)
{
	struct vpc_port *port;

	list_for_each_entry(port, &vnet->ports, list)
		if (rtnl_dereference(port->dev) == dev)
			return port;
	return NULL;
}

/* NETDEV_UNREGISTER also comes when a device moves to another namespace. */
static int netdev_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct vpc_port *port = port_of(vpc_net(dev_net(dev)), dev);

	if (!port)
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_UNREGISTER:
		vpc_port_release_dev(port);
		vpc_drain_soon(port->vnet);
		break;
	case NETDEV_CHANGENAME:
		strscpy(port->ifname, dev->name, sizeof(port->ifname));
		break;
	case NETDEV_PRECHANGEUPPER: {
		struct netdev_notifier_changeupper_info *info = ptr;

		/* A bridge or bond would take what enters before or after us. */
		if (info->master && info->linking) {
			NL_SET_ERR_MSG(netdev_notifier_info_to_extack(ptr),
				       "device is a port of vpc");
			return notifier_from_errno(-EBUSY);
		}
		break;
	}
	}
	return NOTIFY_DONE;
}

static struct notifier_block netdev_nb = {
	.notifier_call = netdev_event,
};

int vpc_notifier_init(void)
{
	return register_netdevice_notifier(&netdev_nb);
}

void vpc_notifier_exit(void)
{
	unregister_netdevice_notifier(&netdev_nb);
}

void vpc_notifier_release_ports(struct vpc_net *vnet)
{
	struct vpc_port *port, *next;

	rtnl_lock();
	list_for_each_entry_safe(port, next, &vnet->ports, list)
		vpc_port_release_dev(port);
	rtnl_unlock();
}
