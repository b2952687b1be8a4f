// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/bitmap.h>
#include <net/sock.h>

#include "../model/limits.h"
#include "../model/object.h"
#include "../net.h"

/**
 * struct vpc_nl_limit - a limit as it is shown
 * @name: text
 * @value: in force
 * @used: of it, when @counted
 * @counted: one number can be counted
 * @fixed: cannot be set
 */
struct vpc_nl_limit {
	const char *name;
	u64 value;
	u64 used;
	bool counted;
	bool fixed;
};

static int vpc_nl_limits_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	struct vpc_limits_cfg *cfg = &op->limits;
	int err;

	err = vpc_nl_need(msg, VPC_A_LIMITS_NAME, "name");
	if (!err)
		err = vpc_nl_need(msg, VPC_A_LIMITS_VALUE, "value");
	if (err)
		return err;
	cfg->name = vpc_nl_str(msg, VPC_A_LIMITS_NAME);
	cfg->has_value = true;
	cfg->value = nla_get_u64(msg->tb[VPC_A_LIMITS_VALUE]);
	return 0;
}

/* How much of a settable limit is in use; limits per object have no one number. */
static void vpc_nl_limits_count(struct vpc_net *vnet, struct vpc_nl_limit *limit)
{
	limit->counted = true;
	if (!strcmp(limit->name, "sessions"))
		limit->used = atomic_read(&vnet->sessions.count);
	else if (!strcmp(limit->name, "half-open-sessions"))
		limit->used = atomic_read(&vnet->sessions.half_open);
	else if (!strcmp(limit->name, "vpcs"))
		limit->used = vpc_obj_count(vnet, VPC_KIND_VPC, NULL);
	else if (!strcmp(limit->name, "endpoint-services"))
		limit->used = vpc_obj_count(vnet, VPC_KIND_ENDPOINT_SERVICE, NULL);
	else if (!strcmp(limit->name, "security-groups"))
		limit->used = vpc_obj_count(vnet, VPC_KIND_SECURITY_GROUP, NULL);
	else if (!strcmp(limit->name, "load-balancers"))
		limit->used = vpc_obj_count(vnet, VPC_KIND_NLB, NULL);
	else if (!strcmp(limit->name, "target-groups"))
		limit->used = vpc_obj_count(vnet, VPC_KIND_TARGET_GROUP, NULL);
	else
		limit->counted = false;
}

/* Limit number @i, those that are fixed after the others; false at the end. */
static bool vpc_nl_limits_at(struct vpc_net *vnet, u64 i, struct vpc_nl_limit *limit)
{
	memset(limit, 0, sizeof(*limit));
	if (i < vpc_limit_count) {
		limit->name = vpc_limit_table[i].name;
		limit->value = READ_ONCE(*vpc_limit_value(&vnet->limits, &vpc_limit_table[i]));
		vpc_nl_limits_count(vnet, limit);
		return true;
	}
	if (i > vpc_limit_count)
		return false;
	/* Slot 0 is never given out, whether or not its bit is set. */
	limit->name = "slots";
	limit->value = VPC_SLOTS_MAX - 1;
	limit->used = bitmap_weight(vnet->slot_map, VPC_SLOTS_MAX) - test_bit(0, vnet->slot_map);
	limit->counted = true;
	limit->fixed = true;
	return true;
}

static bool vpc_nl_limits_find(struct vpc_net *vnet, const char *name,
			       struct vpc_nl_limit *limit)
{
	u64 i;

	for (i = 0; vpc_nl_limits_at(vnet, i, limit); i++)
		if (!strcmp(limit->name, name))
			return true;
	return false;
}

static int vpc_nl_limits_put(struct sk_buff *skb, const struct vpc_nl_limit *limit)
{
	if (nla_put_string(skb, VPC_A_LIMITS_NAME, limit->name) ||
	    vpc_nl_put_u64(skb, VPC_A_LIMITS_VALUE, limit->value) ||
	    (limit->counted && vpc_nl_put_u64(skb, VPC_A_LIMITS_USED, limit->used)) ||
	    (limit->fixed && nla_put_flag(skb, VPC_A_LIMITS_FIXED)))
		return -EMSGSIZE;
	return 0;
}

void vpc_nl_limits_notify(struct vpc_net *vnet, const char *name)
{
	struct vpc_nl_limit limit;
	struct sk_buff *skb;
	void *hdr;

	if (!vpc_nl_limits_find(vnet, name, &limit))
		return;
	skb = vpc_nl_ntf_new(vnet, GENLMSG_DEFAULT_SIZE, VPC_CMD_LIMITS_NTF, &hdr);
	if (skb)
		vpc_nl_ntf_send(vnet, skb, hdr, vpc_nl_limits_put(skb, &limit));
}

int vpc_nl_limits_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_limit limit;
	struct vpc_nl_msg msg;
	struct sk_buff *reply;
	bool found;
	void *hdr;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_LIMITS_NAME, "name");
	if (err)
		return err;
	mutex_lock(&vnet->lock);
	found = vpc_nl_limits_find(vnet, vpc_nl_str(&msg, VPC_A_LIMITS_NAME), &limit);
	mutex_unlock(&vnet->lock);
	if (!found) {
		NL_SET_ERR_MSG_ATTR(info->extack, msg.tb[VPC_A_LIMITS_NAME], "limit not found");
		return -ENOENT;
	}

	reply = vpc_nl_answer_new(info, &hdr);
	if (!reply)
		return -ENOMEM;
	err = vpc_nl_limits_put(reply, &limit);
	return vpc_nl_answer_send(info, reply, hdr, err);
}

static int vpc_nl_limits_dump_msg(struct sk_buff *skb, struct netlink_callback *cb,
				  const struct vpc_nl_limit *limit)
{
	void *hdr;

	hdr = vpc_nl_dump_put(skb, cb);
	if (!hdr)
		return -EMSGSIZE;
	if (vpc_nl_limits_put(skb, limit)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

int vpc_nl_limits_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_nl_limit limit;
	struct vpc_nl_msg msg;
	const char *name;
	int err;

	err = vpc_nl_dump_parse(cb, &msg);
	if (err)
		return err;
	name = vpc_nl_str(&msg, VPC_A_LIMITS_NAME);

	mutex_lock(&vnet->lock);
	cb->seq = (u32)vnet->gen;
	for (; vpc_nl_limits_at(vnet, cur->part, &limit); cur->part++) {
		if (name && strcmp(limit.name, name))
			continue;
		err = vpc_nl_limits_dump_msg(skb, cb, &limit);
		if (err)
			break;
	}
	mutex_unlock(&vnet->lock);
	return vpc_nl_dump_end(skb, err);
}

const struct vpc_nl_noun vpc_nl_limits = {
	.get = VPC_CMD_LIMITS_GET,
	.new_ntf = VPC_CMD_LIMITS_NTF,
	.parse = vpc_nl_limits_parse,
};

int vpc_nl_limits_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_limits);
}
