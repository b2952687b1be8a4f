/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_TXN_H
#define _VPC_TXN_H

#include <linux/list.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "../lib/addr.h"
#include "../lib/edit.h"
#include "snapshot.h"

struct netlink_ext_ack;
struct vpc_list;
struct vpc_net;
struct vpc_obj;
struct vpc_rtb;
struct vpc_undo;
struct vpc_defer;

/*
 * A transaction changes the model in place, under vpc_net.lock, and keeps a journal: before a
 * word of an object is changed its old bytes are saved. Nothing is published before all
 * operations have succeeded and every new snapshot is built, so an abort copies the old bytes
 * back and frees what was made, and packets never knew.
 *
 *	mutex_lock(&vnet->lock)			and RTNL before, if an op needs it
 *	txn = vpc_txn_begin(vnet)
 *	vpc_op_apply(txn, op) ...		validate, change, mark dirty
 *	vpc_txn_commit(txn)			build snapshots, publish one root: all or nothing
 *	walk txn->events, txn->route_events	tell listeners
 *	vpc_txn_end(txn)			detach ports, free the old after a grace period
 *	mutex_unlock(&vnet->lock)
 *
 * or vpc_txn_abort() after any failure, vpc_txn_commit()'s included.
 */

enum vpc_event_type {
	VPC_EVENT_NEW,		/* created or changed */
	VPC_EVENT_DEL,
};

/**
 * struct vpc_route_event - a route that came, changed or went
 * @list: in vpc_txn.route_events
 * @rtb: its table
 * @dst: its CIDR; family 0 for a prefix list route
 * @pl: its prefix list or NULL
 * @value: the route
 * @type: what happened
 */
struct vpc_route_event {
	struct list_head list;
	struct vpc_rtb *rtb;
	struct vpc_prefix dst;
	struct vpc_list *pl;
	struct vpc_route_val value;
	enum vpc_event_type type;
};

/**
 * struct vpc_txn - an open transaction
 * @vnet: its namespace
 * @edit: objects and what readers may see, made and replaced
 * @journal: old bytes of what was changed, newest first
 * @dirty: objects whose snapshot must be built anew
 * @events: objects created, changed or deleted
 * @route_events: likewise routes
 * @on_abort: what an abort must undo beside memory, newest first
 * @on_commit: what to do at the end of a committed one, when listeners have been told
 * @on_reap: what to do when no packet sees the old root any more
 * @root: the root being built, a copy of the published one at first
 * @err: first failure of a step that has no other way to say so (-ENOMEM); vpc_op_apply() and
 *	vpc_txn_commit() return it
 * @reap: frees what was replaced after a grace period
 */
struct vpc_txn {
	struct vpc_net *vnet;
	struct vpc_edit edit;
	struct vpc_undo *journal;
	struct list_head dirty;
	struct list_head events;
	struct list_head route_events;
	struct vpc_defer *on_abort;
	struct vpc_defer *on_commit;
	struct vpc_defer *on_reap;
	struct vpc_root *root;
	int err;
	struct rcu_work reap;
};

/* Lock held and, where an op needs it, RTNL. NULL without memory. */
struct vpc_txn *vpc_txn_begin(struct vpc_net *vnet);
int vpc_txn_commit(struct vpc_txn *txn, struct netlink_ext_ack *extack);
void vpc_txn_end(struct vpc_txn *txn);
void vpc_txn_abort(struct vpc_txn *txn);

/* Save @len bytes at @ptr before they change. Return: false, and txn->err set, without memory. */
bool vpc_txn_save(struct vpc_txn *txn, void *ptr, size_t len);

/* Assign a member of an object so that an abort undoes it. */
#define vpc_txn_set(txn, lvalue, value) do {				\
	if (vpc_txn_save((txn), &(lvalue), sizeof(lvalue)))		\
		(lvalue) = (value);					\
} while (0)

void vpc_txn_list_add_tail(struct vpc_txn *txn, struct list_head *entry, struct list_head *head);
void vpc_txn_list_del(struct vpc_txn *txn, struct list_head *entry);
void vpc_txn_hlist_add(struct vpc_txn *txn, struct hlist_node *entry, struct hlist_head *head);
void vpc_txn_hlist_del(struct vpc_txn *txn, struct hlist_node *entry);

/* Rebuild @obj's snapshot at commit and tell listeners; @bump: the change can alter a verdict. */
void vpc_txn_dirty(struct vpc_txn *txn, struct vpc_obj *obj, bool bump);
/* Only rebuild it: what changed is part of other objects. */
void vpc_txn_rebuild(struct vpc_txn *txn, struct vpc_obj *obj);
/* Likewise, and the change can alter a verdict. */
void vpc_txn_bump(struct vpc_txn *txn, struct vpc_obj *obj);

/* Note a route for listeners. */
void vpc_txn_route_event(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst,
			 struct vpc_list *pl, u64 value, enum vpc_event_type type);

/*
 * Call @fn(@arg) if the transaction aborts; at the end of a committed one, under the same locks;
 * or a grace period after that, under none. Return: 0 or -ENOMEM: then vpc_txn_on_abort() has
 * called it.
 */
int vpc_txn_on_abort(struct vpc_txn *txn, void (*fn)(void *arg), void *arg);
int vpc_txn_on_commit(struct vpc_txn *txn, void (*fn)(void *arg), void *arg);
int vpc_txn_on_reap(struct vpc_txn *txn, void (*fn)(void *arg), void *arg);

/* For the module's life. Exit waits until what ended transactions replaced is freed. */
int vpc_txn_init(void);
void vpc_txn_exit(void);

#endif /* _VPC_TXN_H */
