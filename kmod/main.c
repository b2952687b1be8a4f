// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

#include "datapath/session.h"
#include "model/txn.h"
#include "net.h"
#include "netlink/nl.h"
#include "notifier.h"

static int __init vpc_init(void)
{
	int err;

	err = vpc_session_cache_init();
	if (err)
		return err;
	err = vpc_txn_init();
	if (err)
		goto err_cache;
	err = vpc_net_init();
	if (err)
		goto err_txn;
	err = vpc_notifier_init();
	if (err)
		goto err_net;
	err = vpc_nl_init();	/* last: now users can come */
	if (err)
		goto err_notifier;
	return 0;

err_notifier:
	vpc_notifier_exit();
err_net:
	vpc_net_exit();
err_txn:
	vpc_txn_exit();
	rcu_barrier();
err_cache:
	vpc_session_cache_exit();
	return err;
}

static void __exit vpc_exit(void)
{
	vpc_nl_exit();
	vpc_notifier_exit();
	vpc_net_exit();
	vpc_txn_exit();
	rcu_barrier();
	vpc_session_cache_exit();
}

module_init(vpc_init);
module_exit(vpc_exit);

MODULE_DESCRIPTION("AWS-style virtual private clouds: routing, gateways, endpoints");
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY("vpc");
