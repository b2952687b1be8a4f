// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include "../model/eni.h"
#include "../model/nlb.h"
#include "../model/target_group.h"
#include "../model/vpc.h"

static void vpc_nl_target_group_parse_check(const struct vpc_nl_msg *msg,
					    struct vpc_target_group_cfg *cfg)
{
	cfg->check_protocol = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_HEALTH_CHECK_PROTOCOL);
	cfg->check_port = vpc_nl_opt_u16(msg, VPC_A_TARGET_GROUP_HEALTH_CHECK_PORT);
	cfg->check_path = vpc_nl_str(msg, VPC_A_TARGET_GROUP_HEALTH_CHECK_PATH);
	cfg->check_interval = vpc_nl_opt_u32(msg, VPC_A_TARGET_GROUP_HEALTH_CHECK_INTERVAL);
	cfg->check_timeout = vpc_nl_opt_u32(msg, VPC_A_TARGET_GROUP_HEALTH_CHECK_TIMEOUT);
	cfg->healthy = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_HEALTHY_THRESHOLD);
	cfg->unhealthy = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_UNHEALTHY_THRESHOLD);
	cfg->matcher_from = vpc_nl_opt_u16(msg, VPC_A_TARGET_GROUP_MATCHER_FROM);
	cfg->matcher_to = vpc_nl_opt_u16(msg, VPC_A_TARGET_GROUP_MATCHER_TO);
}

static int vpc_nl_target_group_need(const struct vpc_nl_msg *msg, u32 cmd)
{
	int err;

	if (cmd != VPC_CMD_TARGET_GROUP_NEW)
		return vpc_nl_need(msg, VPC_A_TARGET_GROUP_ID, "id");
	err = vpc_nl_need(msg, VPC_A_TARGET_GROUP_NAME, "name");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_TARGET_GROUP_VPC, "vpc");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_TARGET_GROUP_PROTOCOL, "protocol");
	return err ?: vpc_nl_need(msg, VPC_A_TARGET_GROUP_PORT, "port");
}

static int vpc_nl_target_group_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_target_group_cfg *cfg = &op->target_group;
	int err = vpc_nl_target_group_need(msg, op->cmd);

	if (err)
		return err;
	cfg->id = vpc_nl_str(msg, VPC_A_TARGET_GROUP_ID);
	cfg->name = vpc_nl_str(msg, VPC_A_TARGET_GROUP_NAME);
	cfg->vpc = vpc_nl_str(msg, VPC_A_TARGET_GROUP_VPC);
	cfg->protocol = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_PROTOCOL);
	cfg->port = vpc_nl_opt_u16(msg, VPC_A_TARGET_GROUP_PORT).val;
	cfg->type = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_TARGET_TYPE);
	cfg->preserve_client_ip = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_PRESERVE_CLIENT_IP);
	cfg->stickiness = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_STICKINESS);
	cfg->cross_zone = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_CROSS_ZONE);
	cfg->delay = vpc_nl_opt_u32(msg, VPC_A_TARGET_GROUP_DEREGISTRATION_DELAY);
	cfg->termination = vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_CONNECTION_TERMINATION);
	cfg->unhealthy_termination =
		vpc_nl_opt_u8(msg, VPC_A_TARGET_GROUP_UNHEALTHY_CONNECTION_TERMINATION);
	cfg->unhealthy_interval =
		vpc_nl_opt_u32(msg, VPC_A_TARGET_GROUP_UNHEALTHY_DRAINING_INTERVAL);
	vpc_nl_target_group_parse_check(msg, cfg);
	return 0;
}

static int vpc_nl_target_group_put_check(struct sk_buff *skb,
					 const struct vpc_health_check *check)
{
	bool http = check->protocol == VPC_HEALTH_CHECK_PROTOCOL_HTTP;

	if (nla_put_u8(skb, VPC_A_TARGET_GROUP_HEALTH_CHECK_PROTOCOL, check->protocol) ||
	    nla_put_u16(skb, VPC_A_TARGET_GROUP_HEALTH_CHECK_PORT, check->port) ||
	    nla_put_u32(skb, VPC_A_TARGET_GROUP_HEALTH_CHECK_INTERVAL, check->interval) ||
	    nla_put_u32(skb, VPC_A_TARGET_GROUP_HEALTH_CHECK_TIMEOUT, check->timeout) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_HEALTHY_THRESHOLD, check->healthy) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_UNHEALTHY_THRESHOLD, check->unhealthy))
		return -EMSGSIZE;
	if (!http)
		return 0;
	if (vpc_nl_put_str(skb, VPC_A_TARGET_GROUP_HEALTH_CHECK_PATH, check->path) ||
	    nla_put_u16(skb, VPC_A_TARGET_GROUP_MATCHER_FROM, check->matcher_from) ||
	    nla_put_u16(skb, VPC_A_TARGET_GROUP_MATCHER_TO, check->matcher_to))
		return -EMSGSIZE;
	return 0;
}

static int vpc_nl_target_group_put_attrs(struct sk_buff *skb, const struct vpc_target_attrs *attrs)
{
	if (nla_put_u8(skb, VPC_A_TARGET_GROUP_PRESERVE_CLIENT_IP, attrs->preserve_client_ip) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_STICKINESS, attrs->sticky) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_CROSS_ZONE, attrs->cross_zone) ||
	    nla_put_u32(skb, VPC_A_TARGET_GROUP_DEREGISTRATION_DELAY, attrs->delay) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_CONNECTION_TERMINATION, attrs->drained_end) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_UNHEALTHY_CONNECTION_TERMINATION,
		       attrs->unhealthy_end) ||
	    nla_put_u32(skb, VPC_A_TARGET_GROUP_UNHEALTHY_DRAINING_INTERVAL,
			attrs->unhealthy_interval))
		return -EMSGSIZE;
	return vpc_nl_target_group_put_check(skb, &attrs->check);
}

/* NLB-21 */
static int vpc_nl_target_group_put_listener(struct sk_buff *skb,
					    const struct vpc_target_group *group)
{
	const struct vpc_listener *listener;

	if (!group->nlb)
		return 0;
	list_for_each_entry(listener, &group->nlb->listeners, list)
		if (listener->group == group)
			return nla_put_u16(skb, VPC_A_TARGET_GROUP_LISTENER_PORT, listener->port);
	return 0;
}

static int vpc_nl_target_group_put_target(struct sk_buff *skb, const struct vpc_nlb_target *target)
{
	struct nlattr *nest = nla_nest_start(skb, VPC_A_TARGET_GROUP_TARGET);

	if (!nest)
		return -EMSGSIZE;
	if (vpc_nl_put_ref(skb, VPC_A_TARGET_ID, &target->obj) ||
	    vpc_nl_put_ref(skb, VPC_A_TARGET_ENI, target->eni ? &target->eni->obj : NULL) ||
	    nla_put_in_addr(skb, VPC_A_TARGET_ADDRESS, target->addr) ||
	    nla_put_u16(skb, VPC_A_TARGET_PORT, target->port) ||
	    vpc_nl_put_str(skb, VPC_A_TARGET_ZONE, target->zone) ||
	    nla_put_u8(skb, VPC_A_TARGET_STATE, vpc_target_state(target)) ||
	    vpc_nl_put_str(skb, VPC_A_TARGET_REASON, vpc_target_reason(target))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/*
 * As many as fit, oldest first. Return: 0 when those were the last, 1 when a dump has to go on in
 * another message, -EMSGSIZE when the message has no room for one or must hold them all.
 */
static int vpc_nl_target_group_put_targets(const struct vpc_nl_fill *f,
					   const struct vpc_target_group *group)
{
	struct vpc_nl_cursor *cur = f->cur;
	const struct vpc_nlb_target *target;
	bool some = false;

	list_for_each_entry(target, &group->targets, list) {
		if (cur && target->obj.seq <= cur->part)
			continue;
		if (vpc_nl_target_group_put_target(f->skb, target))
			return cur && some ? 1 : -EMSGSIZE;
		some = true;
		if (cur)
			cur->part = target->obj.seq;
	}
	return 0;
}

/* Targets are told to listeners one by one, and not with their group. */
static int vpc_nl_target_group_fill(const struct vpc_nl_fill *f, const struct vpc_obj *obj)
{
	const struct vpc_target_group *group = obj_to_target_group(obj);
	struct sk_buff *skb = f->skb;

	if (vpc_nl_put_ref(skb, VPC_A_TARGET_GROUP_ID, obj) ||
	    vpc_nl_put_str(skb, VPC_A_TARGET_GROUP_NAME, obj->name) ||
	    vpc_nl_put_ref(skb, VPC_A_TARGET_GROUP_VPC, &obj->vpc->obj) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_PROTOCOL, group->protocol) ||
	    nla_put_u16(skb, VPC_A_TARGET_GROUP_PORT, group->port) ||
	    nla_put_u8(skb, VPC_A_TARGET_GROUP_TARGET_TYPE, group->type) ||
	    vpc_nl_put_ref(skb, VPC_A_TARGET_GROUP_NLB, group->nlb ? &group->nlb->obj : NULL) ||
	    vpc_nl_target_group_put_attrs(skb, &group->attrs) ||
	    vpc_nl_target_group_put_listener(skb, group) ||
	    nla_put_u32(skb, VPC_A_TARGET_GROUP_TARGETS, group->n_targets))
		return -EMSGSIZE;
	return f->brief || !f->msg ? 0 : vpc_nl_target_group_put_targets(f, group);
}

static size_t vpc_nl_target_group_elements(struct vpc_net *vnet, const struct vpc_obj *obj)
{
	size_t target;

	target = nla_total_size(2 * nla_total_size(VPC_ID_STRLEN) +
				2 * nla_total_size(VPC_NAME_MAX + 1) +
				nla_total_size(sizeof(__be32)) + nla_total_size(sizeof(u16)) +
				nla_total_size(sizeof(u8)));
	return array_size(obj_to_target_group(obj)->n_targets, target);
}

const struct vpc_nl_noun vpc_nl_target_group = {
	.kind = VPC_KIND_TARGET_GROUP,
	.get = VPC_CMD_TARGET_GROUP_GET,
	.reply = VPC_CMD_TARGET_GROUP_NEW,
	.new_ntf = VPC_CMD_TARGET_GROUP_NEW_NTF,
	.del_ntf = VPC_CMD_TARGET_GROUP_DEL_NTF,
	.parse = vpc_nl_target_group_parse,
	.fill = vpc_nl_target_group_fill,
	.elements = vpc_nl_target_group_elements,
};

int vpc_nl_target_group_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_get(info, &vpc_nl_target_group);
}

int vpc_nl_target_group_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vpc_nl_dump(skb, cb, &vpc_nl_target_group);
}

int vpc_nl_target_group_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_target_group);
}

int vpc_nl_target_group_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_target_group);
}

int vpc_nl_target_group_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_target_group);
}
