// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/module.h>
#include <linux/netlink.h>
#include <linux/notifier.h>
#include <linux/rtnetlink.h>

#include "../net.h"

/*
 * The generated array of groups is static to its file, and the family that names it is written
 * by hand: so the generated source is part of this one and no object of its own.
 */
#include "gen/vpc-nl.c"

/* The specification has no word for who may listen: who may ask. */
static struct genl_multicast_group vpc_nl_groups[ARRAY_SIZE(vpc_nl_mcgrps)] __ro_after_init;

struct genl_family vpc_nl_family __ro_after_init = {
	.name = VPC_FAMILY_NAME,
	.version = VPC_GENL_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = vpc_nl_ops,
	.n_ops = ARRAY_SIZE(vpc_nl_ops),
	.mcgrps = vpc_nl_groups,
	.n_mcgrps = ARRAY_SIZE(vpc_nl_groups),
};

/* A socket that closes takes its staged transaction with it. */
static int vpc_nl_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct netlink_notify *notify = ptr;

	if (event == NETLINK_URELEASE && notify->protocol == NETLINK_GENERIC)
		vpc_nl_txn_release(vpc_net(notify->net), notify->portid);
	return NOTIFY_DONE;
}

static struct notifier_block vpc_nl_notifier = {
	.notifier_call = vpc_nl_event,
};

int __init vpc_nl_init(void)
{
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(vpc_nl_groups); i++) {
		vpc_nl_groups[i] = vpc_nl_mcgrps[i];
		vpc_nl_groups[i].flags = GENL_MCAST_CAP_NET_ADMIN;
	}
	err = netlink_register_notifier(&vpc_nl_notifier);
	if (err)
		return err;
	err = genl_register_family(&vpc_nl_family);
	if (err)
		netlink_unregister_notifier(&vpc_nl_notifier);
	return err;
}

void vpc_nl_exit(void)
{
	genl_unregister_family(&vpc_nl_family);
	netlink_unregister_notifier(&vpc_nl_notifier);
}
