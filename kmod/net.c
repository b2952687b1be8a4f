// SPDX-License-Identifier: GPL-2.0
#include "net.h"

#include <net/netns/generic.h>

#include "datapath/session.h"
#include "model/publish.h"
#include "model/txn.h"
#include "netlink/nl.h"
#include "notifier.h"
#include "stats.h"

static unsigned int vpc_net_id;

struct vpc_net *vpc_net(const struct net *net)
{
	return net_generic(net, vpc_net_id);
}

static int __net_init net_init(struct net *net)
{
	struct vpc_net *vnet = vpc_net(net);
	int err;

	vnet->net = net;
	vnet->acct = vpc_acct_create();
	if (!vnet->acct)
		return -ENOMEM;
	vpc_limits_init(&vnet->limits);
	vpc_limits_enforce(&vnet->in_force, &vnet->limits);
	err = vpc_model_init(vnet);
	if (err)
		goto err_acct;
	err = vpc_sessions_init(vnet);
	if (err)
		goto err_model;
	return 0;

err_model:
	vpc_model_exit(vnet);
err_acct:
	vpc_acct_put(vnet->acct);
	return err;
}

/*
 * Before the devices of the namespace go: no writer comes in any more and every hook is
 * taken off. A grace period follows, so that packets are through before exit.
 */
static void __net_exit net_pre_exit(struct net *net)
{
	struct vpc_net *vnet = vpc_net(net);

	mutex_lock(&vnet->lock);
	vnet->dead = true;
	mutex_unlock(&vnet->lock);
	vpc_notifier_release_ports(vnet);
}

static void __net_exit net_exit(struct net *net)
{
	struct vpc_net *vnet = vpc_net(net);

	vpc_nl_txn_flush(vnet);
	vpc_sessions_exit(vnet);
	vpc_model_exit(vnet);
	vpc_acct_put(vnet->acct);
}

/*
 * The sessions' IPv6 routes are counted by their namespace, which forgets that count after this: what
 * call_rcu() has yet to free must be freed before.
 */
static void __net_exit net_exit_batch(struct list_head *exiting)
{
	rcu_barrier();
}

static struct pernet_operations vpc_net_ops = {
	.init = net_init,
	.pre_exit = net_pre_exit,
	.exit = net_exit,
	.exit_batch = net_exit_batch,
	.id = &vpc_net_id,
	.size = sizeof(struct vpc_net),
};

int vpc_net_init(void)
{
	return register_pernet_subsys(&vpc_net_ops);
}

void vpc_net_exit(void)
{
	unregister_pernet_subsys(&vpc_net_ops);
}
