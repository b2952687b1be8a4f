// SPDX-License-Identifier: GPL-2.0
#include "drain.h"

#include "compat.h"
#include "model/nat_gateway.h"
#include "model/nouns.h"
#include "model/target_group.h"
#include "model/txn.h"
#include "net.h"
#include "netlink/nl.h"

/* Without memory now it is tried again soon. */
#define RETRY	HZ

void vpc_drain_arm(void *data)
{
	struct vpc_net *vnet = data;
	struct vpc_due due = {};
	long left;

	if (vpc_public_stale(vnet))
		vpc_due_add(&due, jiffies);
	vpc_nat_drain_next(vnet, &due);
	vpc_target_drain_next(vnet, &due);
	if (!due.some)
		return;
	left = due.until - jiffies;
	mod_delayed_work(vpc_unbound_wq, &vnet->drain, max(left, 0L));
}

void vpc_drain_soon(struct vpc_net *vnet)
{
	mod_delayed_work(vpc_unbound_wq, &vnet->drain, 0);
}

static bool drain(struct vpc_net *vnet)
{
	struct vpc_txn *txn = vpc_txn_begin(vnet);

	if (!txn)
		return false;
	vpc_nat_drain(txn);
	vpc_target_drain(txn);
	vpc_public_release(txn);
	if (txn->err || vpc_txn_commit(txn, NULL)) {
		vpc_txn_abort(txn);
		return false;
	}
	vpc_nl_notify(txn);
	vpc_txn_end(txn);
	return true;
}

static void drain_work(struct work_struct *work)
{
	struct vpc_net *vnet = container_of(to_delayed_work(work), struct vpc_net, drain);

	mutex_lock(&vnet->lock);
	if (vnet->dead)
		goto out;
	if (drain(vnet))
		vpc_drain_arm(vnet);
	else
		mod_delayed_work(vpc_unbound_wq, &vnet->drain, RETRY);
out:
	mutex_unlock(&vnet->lock);
}

void vpc_drain_init(struct vpc_net *vnet)
{
	INIT_DELAYED_WORK(&vnet->drain, drain_work);
}

void vpc_drain_exit(struct vpc_net *vnet)
{
	cancel_delayed_work_sync(&vnet->drain);
}
