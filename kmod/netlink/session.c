// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <net/sock.h>

#include "../datapath/session_info.h"
#include "../model/object.h"
#include "../net.h"

/**
 * struct vpc_nl_session_dump - where a dump of sessions goes on, in netlink_callback.ctx
 * @cursor: in the table
 * @resolved: the filter below is set
 * @id: show this session; 0 for all
 * @vpc_id: show sessions that this VPC pays for; 0 for all
 * @eni_id: likewise an interface
 */
struct vpc_nl_session_dump {
	struct vpc_session_cursor cursor;
	bool resolved;
	u64 id;
	u64 vpc_id;
	u64 eni_id;
};

/* One message of a dump while it is filled. */
struct vpc_nl_session_msg {
	struct sk_buff *skb;
	struct netlink_callback *cb;
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
	    nla_put_u32(skb, VPC_A_SESSION_EXPIRES, s->expires) ||
	    vpc_nl_put_id(skb, VPC_A_SESSION_NAT_GATEWAY, VPC_KIND_NAT_GATEWAY, s->nat_id))
		return -EMSGSIZE;
	return 0;
}

static int vpc_nl_session_find(struct vpc_net *vnet, u64 id, struct vpc_session_info *s,
			       struct netlink_ext_ack *extack)
{
	if (vpc_session_find(vnet, id, s))
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "session %llu not found", id);
	return -ENOENT;
}

/* The session that a request names. */
static int vpc_nl_session_need(struct genl_info *info, struct vpc_session_info *s)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_nl_msg msg;
	int err;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_SESSION_ID, "id");
	if (err)
		return err;
	return vpc_nl_session_find(vnet, nla_get_u64(msg.tb[VPC_A_SESSION_ID]), s, info->extack);
}

int vpc_nl_session_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_session_info s;
	struct sk_buff *reply;
	void *hdr;
	int err;

	err = vpc_nl_session_need(info, &s);
	if (err)
		return err;
	reply = vpc_nl_answer_new(info, &hdr);
	if (!reply)
		return -ENOMEM;
	err = vpc_nl_session_put(reply, &s);
	return vpc_nl_answer_send(info, reply, hdr, err);
}

int vpc_nl_session_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vpc_net *vnet = vpc_net(genl_info_net(info));
	struct vpc_session_info s;
	struct sk_buff *ntf;
	void *hdr;
	int err;

	err = vpc_nl_session_need(info, &s);
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
				 struct vpc_nl_session_dump *cur)
{
	struct vpc_session_info s;
	struct vpc_nl_msg msg;
	int err;

	if (cur->resolved)
		return 0;
	err = vpc_nl_dump_parse(cb, &msg);
	if (!err && msg.tb[VPC_A_SESSION_ID]) {
		cur->id = nla_get_u64(msg.tb[VPC_A_SESSION_ID]);
		err = vpc_nl_session_find(vnet, cur->id, &s, cb->extack);
	}
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

static bool vpc_nl_session_shown(const struct vpc_nl_session_dump *cur,
				 const struct vpc_session_info *s)
{
	return (!cur->id || s->id == cur->id) &&
	       (!cur->vpc_id || s->vpc_id == cur->vpc_id) &&
	       (!cur->eni_id || s->eni_id == cur->eni_id);
}

static int vpc_nl_session_dump_one(const struct vpc_session_info *s, void *data)
{
	struct vpc_nl_session_msg *msg = data;
	void *hdr;

	if (!vpc_nl_session_shown((void *)msg->cb->ctx, s))
		return 0;
	hdr = vpc_nl_dump_put(msg->skb, msg->cb);
	if (!hdr)
		return -EMSGSIZE;
	if (vpc_nl_session_put(msg->skb, s)) {
		genlmsg_cancel(msg->skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(msg->skb, hdr);
	return 0;
}

int vpc_nl_session_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vpc_net *vnet = vpc_net(sock_net(skb->sk));
	struct vpc_nl_session_dump *cur = (void *)cb->ctx;
	struct vpc_nl_session_msg msg = { skb, cb };
	int err;

	BUILD_BUG_ON(sizeof(*cur) > sizeof(cb->ctx));

	err = vpc_nl_session_filter(cb, vnet, cur);
	if (!err)
		err = vpc_session_walk(vnet, &cur->cursor, vpc_nl_session_dump_one, &msg);
	return vpc_nl_dump_end(skb, err);
}
