// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/sched.h>
#include <net/sock.h>

#include "../datapath/session.h"
#include "../model/object.h"
#include "../net.h"

/**
 * struct vpc_nl_session_cursor - where a dump of sessions goes on, in netlink_callback.ctx
 * @last_id: last session of @shard that was looked at
 * @shard: part of the table
 * @resolved: the filter below is set
 * @vpc_id: show sessions that this VPC pays for; 0 for all
 * @eni_id: likewise an interface
 */
struct vpc_nl_session_cursor {
	u64 last_id;
	u32 shard;
	bool resolved;
	u64 vpc_id;
	u64 eni_id;
};

/* Attributes of one direction. */
static const struct {
	u16 port, source, destination, source_port, destination_port, packets, bytes;
} dirs[VPC_DIR_MAX] = {
	[VPC_DIR_ORIGINAL] = {
		VPC_A_SESSION_ORIGINAL_PORT,
		VPC_A_SESSION_SOURCE, VPC_A_SESSION_DESTINATION,
		VPC_A_SESSION_SOURCE_PORT, VPC_A_SESSION_DESTINATION_PORT,
		VPC_A_SESSION_ORIGINAL_PACKETS, VPC_A_SESSION_ORIGINAL_BYTES,
	},
	[VPC_DIR_REPLY] = {
		VPC_A_SESSION_REPLY_PORT,
		VPC_A_SESSION_REPLY_SOURCE, VPC_A_SESSION_REPLY_DESTINATION,
		VPC_A_SESSION_REPLY_SOURCE_PORT, VPC_A_SESSION_REPLY_DESTINATION_PORT,
		VPC_A_SESSION_REPLY_PACKETS, VPC_A_SESSION_REPLY_BYTES,
	},
};

static int vpc_nl_session_put_dir(struct sk_buff *skb, const struct vpc_session_info *s, int dir)
{
	const struct vpc_flow_key *key = &s->key[dir];

	if (vpc_nl_put_id(skb, dirs[dir].port, s->port_kind[dir], s->port_id[dir]) ||
	    vpc_nl_put_addr(skb, dirs[dir].source, key->family, &key->src) ||
	    vpc_nl_put_addr(skb, dirs[dir].destination, key->family, &key->dst) ||
	    nla_put_u16(skb, dirs[dir].source_port, ntohs(key->sport)) ||
	    nla_put_u16(skb, dirs[dir].destination_port, ntohs(key->dport)) ||
	    vpc_nl_put_u64(skb, dirs[dir].packets, s->packets[dir]) ||
	    vpc_nl_put_u64(skb, dirs[dir].bytes, s->bytes[dir]))
		return -EMSGSIZE;
	return 0;
}

static int vpc_nl_session_put(struct sk_buff *skb, const struct vpc_session_info *s)
{
	if (vpc_nl_put_u64(skb, VPC_A_SESSION_ID, s->id) ||
	    vpc_nl_put_id(skb, VPC_A_SESSION_VPC, VPC_KIND_VPC, s->vpc_id) ||
	    vpc_nl_put_id(skb, VPC_A_SESSION_ENI, VPC_KIND_ENI, s->eni_id) ||
	    vpc_nl_put_id(skb, VPC_A_SESSION_ENDPOINT, VPC_KIND_ENDPOINT, s->endpoint_id) ||
	    nla_put_u8(skb, VPC_A_SESSION_PROTOCOL, s->proto) ||
	    nla_put_u8(skb, VPC_A_SESSION_TCP_STATE, s->state) ||
	    vpc_nl_session_put_dir(skb, s, VPC_DIR_ORIGINAL) ||
	    vpc_nl_session_put_dir(skb, s, VPC_DIR_REPLY) ||
	    nla_put_u32(skb, VPC_A_SESSION_EXPIRES, s->expires))
		return -EMSGSIZE;
	return 0;
}

/* The session that a request names. */
static int vpc_nl_session_find(struct genl_info *info, struct vpc_session_info *s)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_msg msg;
	u64 id;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_SESSION_ID, "id");
	if (err)
		return err;
	id = nla_get_u64(msg.tb[VPC_A_SESSION_ID]);
	if (vpc_session_find(vnet, id, s))
		return 0;
	NL_SET_ERR_MSG_FMT(info->extack, "session %llu not found", id);
	return -ENOENT;
}

int vpc_nl_session_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_session_info s;
	struct sk_buff *reply;
	void *hdr;
	int err;

	err = vpc_nl_session_find(info, &s);
	if (err)
		return err;
	reply = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	hdr = genlmsg_put_reply(reply, info, &vpc_nl_family, 0, VPC_CMD_SESSION_GET);
	err = vpc_nl_session_put(reply, &s);
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);
}

int vpc_nl_session_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_session_info s;
	struct sk_buff *ntf;
	void *hdr;
	int err;

	err = vpc_nl_session_find(info, &s);
	if (err)
		return err;
	if (!vpc_session_end(vnet, s.id)) {
		NL_SET_ERR_MSG_FMT(info->extack, "session %llu not found", s.id);
		return -ENOENT;
	}
	if (!genl_has_listeners(&vpc_nl_family, vnet->net, VPC_NLGRP_EVENTS))
		return 0;
	ntf = vpc_nl_ntf_new(vnet, GENLMSG_DEFAULT_SIZE, VPC_CMD_SESSION_DEL_NTF, &hdr);
	if (ntf)
		vpc_nl_ntf_send(vnet, ntf, hdr, vpc_nl_session_put(ntf, &s));
	return 0;
}

static int vpc_nl_session_resolve(struct vpc_net *vnet, u8 kind, const char *ref, u64 *id,
				  struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err = 0;

	if (!ref)
		return 0;
	mutex_lock(&vnet->lock);
	obj = vpc_obj_find(vnet, kind, ref, NULL, extack);
	if (obj)
		*id = obj->id;
	else
		err = -ENOENT;
	mutex_unlock(&vnet->lock);
	return err;
}

/* References are looked up once: a dump goes on when its VPC is deleted meanwhile. */
static int vpc_nl_session_filter(struct netlink_callback *cb, struct vpc_net *vnet,
				 struct vpc_nl_session_cursor *cur)
{
	struct vpc_nl_msg msg;
	int err;

	if (cur->resolved)
		return 0;
	err = vpc_nl_dump_parse(cb, &msg);
	if (!err)
		err = vpc_nl_session_resolve(vnet, VPC_KIND_VPC,
					     vpc_nl_str(&msg, VPC_A_SESSION_VPC), &cur->vpc_id,
					     cb->extack);
	if (!err)
		err = vpc_nl_session_resolve(vnet, VPC_KIND_ENI,
					     vpc_nl_str(&msg, VPC_A_SESSION_ENI), &cur->eni_id,
					     cb->extack);
	cur->resolved = !err;
	return err;
}

static int vpc_nl_session_dump_msg(struct sk_buff *skb, struct netlink_callback *cb,
				   const struct vpc_session_info *s)
{
	void *hdr;

	hdr = vpc_nl_dump_put(skb, cb);
	if (!hdr)
		return -EMSGSIZE;
	if (vpc_nl_session_put(skb, s)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

int vpc_nl_session_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	struct vpc_nl_session_cursor *cur = (void *)cb->ctx;
	struct vpc_session_info s;
	u64 last_id;
	u32 shard;
	int err;

	BUILD_BUG_ON(sizeof(*cur) > sizeof(cb->ctx));

	err = vpc_nl_session_filter(cb, vnet, cur);
	shard = cur->shard;
	last_id = cur->last_id;
	while (!err && vpc_session_after(vnet, &shard, &last_id, &s)) {
		cond_resched();
		if ((!cur->vpc_id || s.vpc_id == cur->vpc_id) &&
		    (!cur->eni_id || s.eni_id == cur->eni_id))
			err = vpc_nl_session_dump_msg(skb, cb, &s);
		if (err)
			break;
		/* Only now is it done: one that did not fit comes again. */
		cur->shard = shard;
		cur->last_id = last_id;
	}
	return vpc_nl_dump_end(skb, err);
}
