// SPDX-License-Identifier: GPL-2.0
#include "nlb.h"

#include "../net.h"
#include "nouns.h"
#include "target_group.h"
#include "txn.h"

/* NLB-16 */
#define TCP_IDLE_SECONDS	350

static const char *const protocol_names[] = { "tcp", "udp", "tcp_udp" };

/* NLB-5 */
static int check_group(const struct vpc_nlb *nlb, u8 protocol, const struct vpc_target_group *group,
		       struct netlink_ext_ack *extack)
{
	char buf[VPC_ID_STRLEN];

	if (group->obj.vpc != nlb->obj.vpc)
		return vpc_refuse(extack, -EINVAL, "target group \"%s\" is in another vpc",
				  vpc_obj_label(&group->obj, buf));
	if (group->nlb && group->nlb != nlb)
		return vpc_refuse(extack, -EBUSY, "target group is used by load balancer \"%s\"",
				  vpc_obj_label(&group->nlb->obj, buf));
	if (group->protocol == protocol || group->protocol == VPC_NLB_PROTOCOL_TCP_UDP)
		return 0;
	return vpc_refuse(extack, -EINVAL, "a %s listener and a %s target group are incompatible",
			  protocol_names[protocol], protocol_names[group->protocol]);
}

/* They would both hear the same packets. */
static bool overlaps(const struct vpc_listener *listener, u8 protocol, u16 port)
{
	if (listener->port != port)
		return false;
	return (vpc_nlb_protocol_tcp(listener->protocol) && vpc_nlb_protocol_tcp(protocol)) ||
	       (vpc_nlb_protocol_udp(listener->protocol) && vpc_nlb_protocol_udp(protocol));
}

/* NLB-4, NLB-8; @but: the one that takes the place of itself, or NULL */
static int check_place(struct vpc_txn *txn, const struct vpc_nlb *nlb, u8 protocol, u16 port,
		       const struct vpc_listener *but, struct netlink_ext_ack *extack)
{
	const struct vpc_listener *other;
	u32 max = txn->vnet->limits.nlb_listeners;

	list_for_each_entry(other, &nlb->listeners, list)
		if (other != but && overlaps(other, protocol, port))
			return vpc_refuse(extack, -EEXIST,
					  "load balancer has a %s listener on port %u already",
					  protocol_names[other->protocol], port);
	if (!but && nlb->n_listeners >= max)
		return vpc_refuse(extack, -ENOSPC,
				  "limit of %u listeners per load balancer reached", max);
	return 0;
}

static int check_idle(u8 protocol, const struct vpc_opt_u32 *idle, struct netlink_ext_ack *extack)
{
	if (!idle->set || vpc_nlb_protocol_tcp(protocol))
		return 0;
	return vpc_refuse(extack, -EINVAL, "a udp listener has no tcp-idle-timeout");
}

/* Where it belongs among those of @nlb. */
static void enlist(struct vpc_txn *txn, struct vpc_nlb *nlb, struct vpc_listener *listener)
{
	struct list_head *next = &nlb->listeners;
	struct vpc_listener *other;

	list_for_each_entry(other, &nlb->listeners, list) {
		if (other->port > listener->port ||
		    (other->port == listener->port && other->protocol > listener->protocol)) {
			next = &other->list;
			break;
		}
	}
	vpc_txn_list_add_tail(txn, &listener->list, next);
}

VPC_OP(vpc_listener_create)
{
	const struct vpc_listener_cfg *cfg = &op->listener;
	struct vpc_target_group *group;
	struct vpc_listener *listener;
	struct vpc_nlb *nlb;
	struct vpc_obj *obj;
	int err;

	obj = vpc_obj_find(txn->vnet, VPC_KIND_NLB, cfg->nlb, NULL, extack);
	if (!obj)
		return -ENOENT;
	nlb = obj_to_nlb(obj);
	group = vpc_target_group_find(txn, cfg->group, extack);
	if (!group)
		return -ENOENT;
	err = check_place(txn, nlb, cfg->protocol.val, cfg->port, NULL, extack);
	if (!err)
		err = check_group(nlb, cfg->protocol.val, group, extack);
	if (!err)
		err = check_idle(cfg->protocol.val, &cfg->tcp_idle, extack);
	if (err)
		return err;
	listener = vpc_edit_alloc(&txn->edit, sizeof(*listener));
	if (!listener)
		return -ENOMEM;
	INIT_LIST_HEAD(&listener->list);
	listener->nlb = nlb;
	listener->group = group;
	listener->protocol = cfg->protocol.val;
	listener->port = cfg->port;
	listener->tcp_idle = cfg->tcp_idle.set ? cfg->tcp_idle.val : TCP_IDLE_SECONDS;
	err = vpc_obj_add(txn, &listener->obj, VPC_KIND_LISTENER, nlb->obj.vpc, NULL, false,
			  extack);
	if (err)
		return err;
	enlist(txn, nlb, listener);
	vpc_txn_set(txn, nlb->n_listeners, nlb->n_listeners + 1);
	vpc_txn_bump(txn, &nlb->obj);
	*result = &listener->obj;
	return vpc_target_group_use(txn, group, nlb, extack);
}

/* By its id, or by what it listens for. */
static struct vpc_listener *listener_find(struct vpc_txn *txn, const struct vpc_listener_cfg *cfg,
					  struct netlink_ext_ack *extack)
{
	struct vpc_listener *listener;
	struct vpc_obj *obj;

	if (cfg->id) {
		obj = vpc_obj_find(txn->vnet, VPC_KIND_LISTENER, cfg->id, NULL, extack);
		return obj ? obj_to_listener(obj) : NULL;
	}
	obj = vpc_obj_find(txn->vnet, VPC_KIND_NLB, cfg->nlb, NULL, extack);
	if (!obj)
		return NULL;
	list_for_each_entry(listener, &obj_to_nlb(obj)->listeners, list)
		if (listener->port == cfg->port && listener->protocol == cfg->protocol.val)
			return listener;
	NL_SET_ERR_MSG_FMT(extack, "load balancer has no %s listener on port %u",
			   protocol_names[cfg->protocol.val], cfg->port);
	return NULL;
}

static int set_group(struct vpc_txn *txn, struct vpc_listener *listener, const char *ref,
		     struct netlink_ext_ack *extack)
{
	struct vpc_target_group *group = vpc_target_group_find(txn, ref, extack), *old;
	int err;

	if (!group)
		return -ENOENT;
	old = listener->group;
	if (group == old)
		return 0;
	err = check_group(listener->nlb, listener->protocol, group, extack);
	if (err)
		return err;
	vpc_txn_set(txn, listener->group, group);
	vpc_target_group_unuse(txn, old);
	return vpc_target_group_use(txn, group, listener->nlb, extack);
}

VPC_OP(vpc_listener_set)
{
	const struct vpc_listener_cfg *cfg = &op->listener;
	struct vpc_listener *listener = listener_find(txn, cfg, extack);
	int err;

	if (!listener)
		return -ENOENT;
	*result = &listener->obj;
	err = check_idle(listener->protocol, &cfg->tcp_idle, extack);
	if (err)
		return err;
	if (cfg->tcp_idle.set)
		vpc_txn_set(txn, listener->tcp_idle, cfg->tcp_idle.val);
	vpc_txn_dirty(txn, &listener->obj, false);
	vpc_txn_bump(txn, &listener->nlb->obj);
	return cfg->group ? set_group(txn, listener, cfg->group, extack) : 0;
}

void vpc_listener_remove(struct vpc_txn *txn, struct vpc_listener *listener)
{
	struct vpc_nlb *nlb = listener->nlb;

	vpc_txn_list_del(txn, &listener->list);
	vpc_txn_set(txn, nlb->n_listeners, nlb->n_listeners - 1);
	vpc_txn_bump(txn, &nlb->obj);
	vpc_target_group_unuse(txn, listener->group);
	vpc_obj_del(txn, &listener->obj);
}

VPC_OP(vpc_listener_delete)
{
	struct vpc_listener *listener = listener_find(txn, &op->listener, extack);

	if (!listener)
		return -ENOENT;
	vpc_listener_remove(txn, listener);
	return 0;
}
