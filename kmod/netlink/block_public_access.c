// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <net/sock.h>

#include "../net.h"

static int vpc_nl_block_parse(struct vpc_nl_msg *msg, struct vpc_op *op)
{
	const struct nlattr *mode = msg->tb[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE];
	int err;

	err = vpc_nl_need(msg, VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE,
			  "internet-gateway-block-mode");
	if (!err)
		op->block.mode = nla_get_u8(mode);
	return err;
}

static int vpc_nl_block_put(struct sk_buff *skb, struct vpc_net *vnet)
{
	const struct vpc_root *root;

	root = rcu_dereference_protected(vnet->root, lockdep_is_held(&vnet->lock));
	return nla_put_u8(skb, VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE,
			  root->block_mode);
}

void vpc_nl_block_notify(struct vpc_net *vnet)
{
	struct sk_buff *skb;
	void *hdr;

	skb = vpc_nl_ntf_new(vnet, GENLMSG_DEFAULT_SIZE, VPC_CMD_BLOCK_PUBLIC_ACCESS_NTF, &hdr);
	if (skb)
		vpc_nl_ntf_send(vnet, skb, hdr, vpc_nl_block_put(skb, vnet));
}

int vpc_nl_block_public_access_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_msg msg;
	struct sk_buff *reply;
	void *hdr;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (err)
		return err;
	reply = vpc_nl_answer_new(info, &hdr);
	if (!reply)
		return -ENOMEM;
	mutex_lock(&vnet->lock);
	err = vpc_nl_block_put(reply, vnet);
	mutex_unlock(&vnet->lock);
	return vpc_nl_answer_send(info, reply, hdr, err);
}

/* There is one of it. */
int vpc_nl_block_public_access_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	struct vpc_nl_cursor *cur = vpc_nl_cursor(cb);
	struct vpc_nl_msg msg;
	void *hdr;
	int err;

	err = vpc_nl_dump_parse(cb, &msg);
	if (err || cur->part)
		return err;
	hdr = vpc_nl_dump_put(skb, cb);
	if (!hdr)
		return -EMSGSIZE;
	mutex_lock(&vnet->lock);
	cb->seq = (u32)vnet->gen;
	err = vpc_nl_block_put(skb, vnet);
	mutex_unlock(&vnet->lock);
	if (err) {
		genlmsg_cancel(skb, hdr);
		return err;
	}
	genlmsg_end(skb, hdr);
	cur->part = 1;
	return skb->len;
}

const struct vpc_nl_noun vpc_nl_block = {
	.get = VPC_CMD_BLOCK_PUBLIC_ACCESS_GET,
	.new_ntf = VPC_CMD_BLOCK_PUBLIC_ACCESS_NTF,
	.parse = vpc_nl_block_parse,
};

int vpc_nl_block_public_access_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return vpc_nl_change(info, &vpc_nl_block);
}
