// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <net/sock.h>

#include "../model/endpoint.h"
#include "../model/eni.h"
#include "../model/gateway.h"
#include "../model/nat_gateway.h"
#include "../model/nlb.h"
#include "../net.h"
#include "../stats.h"

/* Counters and drop reasons have one row of numbers, counters first; reason 0 is none. */
#define STAT_MAX	(VPC_COUNT_MAX + VPC_DROP_MAX - 1)

/*
 * In the order of a dump, after what no port can be charged with. A NAT gateway, a load balancer and
 * an endpoint count as ports, the latter comes last.
 */
static const u8 port_kinds[] = {
	VPC_KIND_ENI, VPC_KIND_UPLINK, VPC_KIND_SERVICE, VPC_KIND_NAT_GATEWAY, VPC_KIND_NLB,
	VPC_KIND_ENDPOINT,
};

static bool stat_is_drop(u32 stat)
{
	return stat >= VPC_COUNT_MAX;
}

static const char *stat_name(u32 stat)
{
	if (stat_is_drop(stat))
		return vpc_drop_name(stat - VPC_COUNT_MAX + 1);
	return vpc_counter_name(stat);
}

static u64 stat_value(const struct vpc_acct *acct, u32 stat)
{
	if (stat_is_drop(stat))
		return vpc_acct_dropped(acct, stat - VPC_COUNT_MAX + 1);
	return vpc_acct_count(acct, stat);
}

/* Return: 0 and the number of what @name counts, or -ENOENT. */
static int stat_find(const char *name, u32 *stat, struct netlink_ext_ack *extack)
{
	for (*stat = 0; *stat < STAT_MAX; (*stat)++)
		if (!strcmp(stat_name(*stat), name))
			return 0;
	NL_SET_ERR_MSG_FMT(extack, "counter \"%.48s\" not found", name);
	return -ENOENT;
}

/* @port NULL: what no port can be charged with. */
static const struct vpc_acct *stat_acct(const struct vpc_net *vnet, const struct vpc_obj *port)
{
	if (!port)
		return vnet->acct;
	switch (port->kind) {
	case VPC_KIND_ENI:
		return obj_to_eni(port)->acct;
	case VPC_KIND_UPLINK:
		return obj_to_uplink(port)->acct;
	case VPC_KIND_NAT_GATEWAY:
		return obj_to_nat(port)->acct;
	case VPC_KIND_NLB:
		return obj_to_nlb(port)->acct;
	case VPC_KIND_ENDPOINT:
		return obj_to_endpoint(port)->acct;
	default:
		return obj_to_service(port)->acct;
	}
}

/*
 * A port by any reference; a name must be that of one port only, but an endpoint may be called like
 * its service: then it is found by its id.
 */
static struct vpc_obj *stat_port_find(struct vpc_net *vnet, const char *ref,
				      struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj, *found = NULL;
	int i;

	for (i = 0; i < ARRAY_SIZE(port_kinds); i++) {
		obj = vpc_obj_find(vnet, port_kinds[i], ref, NULL, NULL);
		if (!obj || (found && port_kinds[i] == VPC_KIND_ENDPOINT))
			continue;
		if (found) {
			NL_SET_ERR_MSG_FMT(extack, "port \"%.36s\" is not unique, use the id", ref);
			return NULL;
		}
		found = obj;
	}
	if (!found)
		NL_SET_ERR_MSG_FMT(extack, "port \"%.48s\" not found", ref);
	return found;
}

static int vpc_nl_stats_put(struct sk_buff *skb, const struct vpc_obj *port, u32 stat, u64 value)
{
	if (vpc_nl_put_ref(skb, VPC_A_STATS_PORT, port) ||
	    (port && vpc_nl_put_str(skb, VPC_A_STATS_NAME, port->name)) ||
	    nla_put_string(skb, VPC_A_STATS_COUNTER, stat_name(stat)) ||
	    (stat_is_drop(stat) && nla_put_flag(skb, VPC_A_STATS_DROP)) ||
	    vpc_nl_put_u64(skb, VPC_A_STATS_VALUE, value))
		return -EMSGSIZE;
	return 0;
}

static int vpc_nl_stats_get_locked(struct vpc_net *vnet, struct sk_buff *skb, const char *ref,
				   u32 stat, struct netlink_ext_ack *extack)
{
	const struct vpc_obj *port = NULL;

	if (ref) {
		port = stat_port_find(vnet, ref, extack);
		if (!port)
			return -ENOENT;
	}
	return vpc_nl_stats_put(skb, port, stat, stat_value(stat_acct(vnet, port), stat));
}

int vpc_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_msg msg;
	struct sk_buff *reply;
	void *hdr;
	u32 stat;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_STATS_COUNTER, "counter");
	if (!err)
		err = stat_find(vpc_nl_str(&msg, VPC_A_STATS_COUNTER), &stat, info->extack);
	if (err)
		return err;
	reply = vpc_nl_answer_new(info, &hdr);
	if (!reply)
		return -ENOMEM;

	mutex_lock(&vnet->lock);
	err = vpc_nl_stats_get_locked(vnet, reply, vpc_nl_str(&msg, VPC_A_STATS_PORT), stat,
				      info->extack);
	mutex_unlock(&vnet->lock);
	return vpc_nl_answer_send(info, reply, hdr, err);
}

/**
 * struct vpc_nl_stats_dump - a dump
 * @skb: where to
 * @cb: its state; the cursor's part is the next number of the port at hand, its phase the
 *	next of port_kinds, from 1
 * @stat: the one number to show, or STAT_MAX for all
 */
struct vpc_nl_stats_dump {
	struct sk_buff *skb;
	struct netlink_callback *cb;
	u32 stat;
};

static int vpc_nl_stats_dump_msg(const struct vpc_nl_stats_dump *d, const struct vpc_obj *port,
				 u32 stat, u64 value)
{
	void *hdr;

	hdr = vpc_nl_dump_put(d->skb, d->cb);
	if (!hdr)
		return -EMSGSIZE;
	if (vpc_nl_stats_put(d->skb, port, stat, value)) {
		genlmsg_cancel(d->skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(d->skb, hdr);
	return 0;
}

/* All numbers of a port that are not zero, from where the cursor stands. */
static int vpc_nl_stats_dump_port(const struct vpc_nl_stats_dump *d, struct vpc_net *vnet,
				  const struct vpc_obj *port)
{
	struct vpc_nl_cursor *cur = vpc_nl_cursor(d->cb);
	u64 owner = port ? port->seq : 0;
	u64 value;
	int err;

	if (cur->owner != owner) {
		cur->owner = owner;
		cur->part = 0;
	}
	for (; cur->part < STAT_MAX; cur->part++) {
		if (d->stat != STAT_MAX && cur->part != d->stat)
			continue;
		value = stat_value(stat_acct(vnet, port), cur->part);
		if (!value)
			continue;
		err = vpc_nl_stats_dump_msg(d, port, cur->part, value);
		if (err)
			return err;
	}
	cur->seq = owner;
	return 0;
}

static int vpc_nl_stats_dump_all(const struct vpc_nl_stats_dump *d, struct vpc_net *vnet)
{
	struct vpc_nl_cursor *cur = vpc_nl_cursor(d->cb);
	struct vpc_obj *obj;
	int err;

	if (!cur->phase) {
		err = vpc_nl_stats_dump_port(d, vnet, NULL);
		if (err)
			return err;
		cur->phase = 1;
	}
	for (; cur->phase <= ARRAY_SIZE(port_kinds); cur->phase++) {
		obj = vpc_obj_after(vnet, port_kinds[cur->phase - 1], cur->seq);
		for (; obj; obj = vpc_nl_obj_next(vnet, obj)) {
			err = vpc_nl_stats_dump_port(d, vnet, obj);
			if (err)
				return err;
		}
		cur->seq = 0;
	}
	return 0;
}

static int vpc_nl_stats_dump_one(const struct vpc_nl_stats_dump *d, struct vpc_net *vnet,
				 const char *ref)
{
	struct vpc_obj *port;

	port = stat_port_find(vnet, ref, d->cb->extack);
	if (!port)
		return -ENOENT;
	return vpc_nl_stats_dump_port(d, vnet, port);
}

int vpc_nl_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vpc_nl_stats_dump d = { .skb = skb, .cb = cb, .stat = STAT_MAX };
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	const char *counter, *ref;
	struct vpc_nl_msg msg;
	int err;

	err = vpc_nl_dump_parse(cb, &msg);
	if (err)
		return err;
	ref = vpc_nl_str(&msg, VPC_A_STATS_PORT);
	counter = vpc_nl_str(&msg, VPC_A_STATS_COUNTER);
	if (counter)
		err = stat_find(counter, &d.stat, cb->extack);
	if (err)
		return err;

	mutex_lock(&vnet->lock);
	cb->seq = (u32)vnet->gen;
	if (ref)
		err = vpc_nl_stats_dump_one(&d, vnet, ref);
	else
		err = vpc_nl_stats_dump_all(&d, vnet);
	mutex_unlock(&vnet->lock);
	return vpc_nl_dump_end(skb, err);
}
