// SPDX-License-Identifier: GPL-2.0
#include "txn.h"

#include <linux/atomic.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "../net.h"
#include "object.h"
#include "publish.h"

/**
 * struct vpc_undo - bytes as they were
 * @prev: the save before
 * @ptr: where they were
 * @len: how many
 * @old: the bytes
 */
struct vpc_undo {
	struct vpc_undo *prev;
	void *ptr;
	size_t len;
	u8 old[];
};

/**
 * struct vpc_defer - something to do at the end
 * @prev: the one before
 * @fn: what
 * @arg: on what
 */
struct vpc_defer {
	struct vpc_defer *prev;
	void (*fn)(void *arg);
	void *arg;
};

/* Of all namespaces: memory made in one transaction is never taken for another's. */
static atomic64_t last_edit;

/* Our own, so that module exit can wait for what is on it. */
static struct workqueue_struct *reaper;

int vpc_txn_init(void)
{
	reaper = alloc_workqueue("vpc_reap", WQ_UNBOUND, 0);
	return reaper ? 0 : -ENOMEM;
}

void vpc_txn_exit(void)
{
	rcu_barrier();		/* until then some are not even queued */
	destroy_workqueue(reaper);
}

struct vpc_txn *vpc_txn_begin(struct vpc_net *vnet)
{
	struct vpc_txn *txn;

	lockdep_assert_held(&vnet->lock);
	txn = kzalloc(sizeof(*txn), GFP_KERNEL_ACCOUNT);
	if (!txn)
		return NULL;
	txn->vnet = vnet;
	vpc_edit_begin(&txn->edit, atomic64_inc_return(&last_edit));
	INIT_LIST_HEAD(&txn->dirty);
	INIT_LIST_HEAD(&txn->events);
	INIT_LIST_HEAD(&txn->route_events);
	txn->root = vpc_edit_alloc(&txn->edit, sizeof(*txn->root));
	if (!txn->root) {
		vpc_edit_abort(&txn->edit);
		kfree(txn);
		return NULL;
	}
	*txn->root = *rcu_dereference_protected(vnet->root, lockdep_is_held(&vnet->lock));
	txn->root->gen = vnet->gen + 1;
	return txn;
}

bool vpc_txn_save(struct vpc_txn *txn, void *ptr, size_t len)
{
	struct vpc_undo *undo = txn->journal;

	/* Many changes of one thing in a row, as of a table's routes, need one save. */
	if (undo && undo->ptr == ptr && undo->len == len)
		return true;
	undo = kmalloc(struct_size(undo, old, len), GFP_KERNEL_ACCOUNT);
	if (!undo) {
		txn->err = -ENOMEM;
		return false;
	}
	undo->ptr = ptr;
	undo->len = len;
	memcpy(undo->old, ptr, len);
	undo->prev = txn->journal;
	txn->journal = undo;
	return true;
}

void vpc_txn_list_add_tail(struct vpc_txn *txn, struct list_head *entry, struct list_head *head)
{
	if (vpc_txn_save(txn, entry, sizeof(*entry)) && vpc_txn_save(txn, head, sizeof(*head)) &&
	    vpc_txn_save(txn, head->prev, sizeof(*head)))
		list_add_tail(entry, head);
}

void vpc_txn_list_del(struct vpc_txn *txn, struct list_head *entry)
{
	if (vpc_txn_save(txn, entry, sizeof(*entry)) &&
	    vpc_txn_save(txn, entry->prev, sizeof(*entry)) &&
	    vpc_txn_save(txn, entry->next, sizeof(*entry)))
		list_del_init(entry);
}

void vpc_txn_hlist_add(struct vpc_txn *txn, struct hlist_node *entry, struct hlist_head *head)
{
	if (!vpc_txn_save(txn, entry, sizeof(*entry)) || !vpc_txn_save(txn, head, sizeof(*head)))
		return;
	if (head->first && !vpc_txn_save(txn, head->first, sizeof(*entry)))
		return;
	hlist_add_head(entry, head);
}

void vpc_txn_hlist_del(struct vpc_txn *txn, struct hlist_node *entry)
{
	if (hlist_unhashed(entry))
		return;
	if (!vpc_txn_save(txn, entry, sizeof(*entry)) ||
	    !vpc_txn_save(txn, entry->pprev, sizeof(*entry->pprev)))
		return;
	if (entry->next && !vpc_txn_save(txn, entry->next, sizeof(*entry)))
		return;
	hlist_del_init(entry);
}

void vpc_txn_rebuild(struct vpc_txn *txn, struct vpc_obj *obj)
{
	if (obj->is_dirty)
		return;
	obj->is_dirty = true;
	list_add_tail(&obj->dirty, &txn->dirty);
}

void vpc_txn_bump(struct vpc_txn *txn, struct vpc_obj *obj)
{
	vpc_txn_rebuild(txn, obj);
	obj->bump = true;
}

void vpc_txn_dirty(struct vpc_txn *txn, struct vpc_obj *obj, bool bump)
{
	vpc_txn_rebuild(txn, obj);
	obj->bump |= bump;
	obj->event_type = obj->dead ? VPC_EVENT_DEL : VPC_EVENT_NEW;
	if (list_empty(&obj->event))
		list_add_tail(&obj->event, &txn->events);
}

void vpc_txn_route_event(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst,
			 struct vpc_list *pl, u64 value, enum vpc_event_type type)
{
	struct vpc_route_event *event;

	event = kzalloc(sizeof(*event), GFP_KERNEL_ACCOUNT);
	if (!event) {
		txn->err = -ENOMEM;
		return;
	}
	event->rtb = rtb;
	if (dst)
		event->dst = *dst;
	event->pl = pl;
	event->value = vpc_route_unpack(value);
	event->type = type;
	list_add_tail(&event->list, &txn->route_events);
}

static int defer(struct vpc_defer **list, void (*fn)(void *arg), void *arg)
{
	struct vpc_defer *defer;

	defer = kmalloc(sizeof(*defer), GFP_KERNEL_ACCOUNT);
	if (!defer)
		return -ENOMEM;
	*defer = (struct vpc_defer){ .prev = *list, .fn = fn, .arg = arg };
	*list = defer;
	return 0;
}

static void run_deferred(struct vpc_defer *defer, bool call)
{
	struct vpc_defer *prev;

	for (; defer; defer = prev) {
		prev = defer->prev;
		if (call)
			defer->fn(defer->arg);
		kfree(defer);
	}
}

int vpc_txn_on_abort(struct vpc_txn *txn, void (*fn)(void *arg), void *arg)
{
	int err = defer(&txn->on_abort, fn, arg);

	if (err)
		fn(arg);
	return err;
}

int vpc_txn_on_commit(struct vpc_txn *txn, void (*fn)(void *arg), void *arg)
{
	return defer(&txn->on_commit, fn, arg);
}

int vpc_txn_on_reap(struct vpc_txn *txn, void (*fn)(void *arg), void *arg)
{
	return defer(&txn->on_reap, fn, arg);
}

int vpc_txn_commit(struct vpc_txn *txn, struct netlink_ext_ack *extack)
{
	int err = txn->err ? txn->err : vpc_publish_build(txn);

	if (err) {
		NL_SET_ERR_MSG(extack, "out of memory");
		return err;
	}
	vpc_publish(txn);
	vpc_limits_enforce(&txn->vnet->in_force, &txn->vnet->limits);
	return 0;
}

/* Free what was kept for listeners and for an abort; objects are clean again. */
static void txn_clean(struct vpc_txn *txn)
{
	struct vpc_route_event *event, *next_event;
	struct vpc_obj *obj, *next;
	struct vpc_undo *undo;

	list_for_each_entry_safe(obj, next, &txn->dirty, dirty) {
		list_del_init(&obj->dirty);
		obj->is_dirty = false;
		obj->bump = false;
	}
	list_for_each_entry_safe(obj, next, &txn->events, event)
		list_del_init(&obj->event);
	list_for_each_entry_safe(event, next_event, &txn->route_events, list) {
		kfree(event);
		cond_resched();
	}
	while ((undo = txn->journal)) {
		txn->journal = undo->prev;
		kfree(undo);
		cond_resched();
	}
}

static void txn_reap(struct work_struct *work)
{
	struct vpc_txn *txn = container_of(to_rcu_work(work), struct vpc_txn, reap);

	run_deferred(txn->on_reap, true);
	vpc_edit_reap(&txn->edit);
	kfree(txn);
}

void vpc_txn_end(struct vpc_txn *txn)
{
	txn_clean(txn);
	run_deferred(txn->on_commit, true);
	run_deferred(txn->on_abort, false);
	vpc_edit_commit(&txn->edit);
	INIT_RCU_WORK(&txn->reap, txn_reap);
	queue_rcu_work(reaper, &txn->reap);
}

void vpc_txn_abort(struct vpc_txn *txn)
{
	struct vpc_undo *undo;

	for (undo = txn->journal; undo; undo = undo->prev)
		memcpy(undo->ptr, undo->old, undo->len);
	txn_clean(txn);
	run_deferred(txn->on_abort, true);
	run_deferred(txn->on_commit, false);
	run_deferred(txn->on_reap, false);
	vpc_edit_abort(&txn->edit);
	kfree(txn);
}
