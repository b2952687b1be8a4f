/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NL_H
#define _VPC_NL_H

#include <net/genetlink.h>

#include "../compat.h"
#include "../lib/lpm.h"
#include "../model/op.h"
#include "gen/vpc-nl.h"

struct vpc_acct;
struct vpc_endpoint;
struct vpc_group_set;
struct vpc_net;
struct vpc_obj;
struct vpc_port;
struct vpc_route_event;

/*
 * Netlink knows no rule of AWS: a message becomes a struct vpc_op, the model does it, and what
 * came of it is written out by the noun's fill(). The file of a noun holds these two; whatever
 * all nouns share stands once.
 */

/* Highest attribute that a request of any noun may hold. */
#define VPC_NL_REQ_MAX		VPC_A_ENI_ASSOCIATE_PUBLIC_IP

/* A reply or notification that would be longer leaves out the elements of its object. */
#define VPC_NL_MSG_MAX		(128 * 1024)

extern struct genl_family vpc_nl_family;

/**
 * struct vpc_nl_msg - the attributes of one operation, of a message or nested in one
 * @head: first attribute
 * @len: bytes of attributes
 * @nest: what they are nested in, or NULL
 * @extack: for what is wrong with them
 * @arrays: bytes that parse() allocated behind vpc_op.arrays
 * @tb: last attribute of each type
 */
struct vpc_nl_msg {
	const struct nlattr *head;
	int len;
	const struct nlattr *nest;
	struct netlink_ext_ack *extack;
	size_t arrays;
	struct nlattr *tb[VPC_NL_REQ_MAX + 1];
};

/**
 * struct vpc_nl_cursor - where a dump goes on, in netlink_callback.ctx
 * @seq: creation number of the last object that is done
 * @owner: creation number of the object that the members below belong to
 * @part: last element by number or id
 * @key: last element by prefix
 * @plen: length of @key
 * @started: @key is valid
 * @phase: which kind of element
 */
struct vpc_nl_cursor {
	u64 seq;
	u64 owner;
	u64 part;
	u8 key[VPC_LPM_MAX_BITS / 8];
	u8 plen;
	bool started;
	u8 phase;
};

/**
 * struct vpc_nl_fill - where an object is written to
 * @skb: message with room
 * @vnet: its namespace
 * @cur: of a dump: elements that do not fit go into the next message; else NULL
 * @brief: leave out the elements
 * @msg: the request that asks for it, NULL for a change's answer and for a notification
 */
struct vpc_nl_fill {
	struct sk_buff *skb;
	struct vpc_net *vnet;
	struct vpc_nl_cursor *cur;
	bool brief;
	const struct vpc_nl_msg *msg;
};

/**
 * struct vpc_nl_noun - what differs from noun to noun
 * @kind: enum vpc_kind, VPC_KIND_UNSPEC for what is no object
 * @get: command of the noun's first operation
 * @reply: command that is answered with the object it made
 * @new_ntf: notification, one above the noun's last operation
 * @del_ntf: notification
 * @parse: attributes to @op; strings go on pointing into the message
 * @fill: write @obj. vnet->lock. Return: 0, -EMSGSIZE, or 1 when f->cur has elements left
 * @elements: bytes that the elements of @obj take, for objects that have any number of them
 * @find: what a reference names when it is more than id and name
 * @owner: whose part an object is; a dump shows those of the one that @owner_attr names
 * @owner_attr: attribute
 * @owner_kind: enum vpc_kind
 */
struct vpc_nl_noun {
	u8 kind;
	u8 get;
	u8 reply;
	u8 new_ntf;
	u8 del_ntf;
	int (*parse)(struct vpc_nl_msg *msg, struct vpc_op *op);
	int (*fill)(const struct vpc_nl_fill *f, const struct vpc_obj *obj);
	size_t (*elements)(struct vpc_net *vnet, const struct vpc_obj *obj);
	struct vpc_obj *(*find)(struct vpc_net *vnet, const char *ref,
				struct netlink_ext_ack *extack);
	const struct vpc_obj *(*owner)(const struct vpc_obj *obj);
	u16 owner_attr;
	u8 owner_kind;
};

/**
 * struct vpc_nl_list - texts of one attribute that may repeat
 * @attr: which
 * @n: where their number goes
 * @refs: where they go
 */
struct vpc_nl_list {
	u16 attr;
	u32 *n;
	const char ***refs;
};

extern const struct vpc_nl_noun vpc_nl_vpc;
extern const struct vpc_nl_noun vpc_nl_subnet;
extern const struct vpc_nl_noun vpc_nl_eni;
extern const struct vpc_nl_noun vpc_nl_uplink;
extern const struct vpc_nl_noun vpc_nl_route_table;
extern const struct vpc_nl_noun vpc_nl_route;
extern const struct vpc_nl_noun vpc_nl_association;
extern const struct vpc_nl_noun vpc_nl_prefix_list;
extern const struct vpc_nl_noun vpc_nl_igw;
extern const struct vpc_nl_noun vpc_nl_eip;
extern const struct vpc_nl_noun vpc_nl_service;
extern const struct vpc_nl_noun vpc_nl_endpoint;
extern const struct vpc_nl_noun vpc_nl_endpoint_service;
extern const struct vpc_nl_noun vpc_nl_peering;
extern const struct vpc_nl_noun vpc_nl_security_group;
extern const struct vpc_nl_noun vpc_nl_network_acl;
extern const struct vpc_nl_noun vpc_nl_eigw;
extern const struct vpc_nl_noun vpc_nl_nat_gateway;
extern const struct vpc_nl_noun vpc_nl_nlb;
extern const struct vpc_nl_noun vpc_nl_listener;
extern const struct vpc_nl_noun vpc_nl_target_group;
extern const struct vpc_nl_noun vpc_nl_target;
extern const struct vpc_nl_noun vpc_nl_block;
extern const struct vpc_nl_noun vpc_nl_limits;

/* family.c */
int vpc_nl_init(void);
void vpc_nl_exit(void);

/* nl.c */
const struct vpc_nl_noun *vpc_nl_noun_by_op(u16 attr);
const struct vpc_nl_noun *vpc_nl_noun_by_kind(u8 kind);
int vpc_nl_parse_info(struct genl_info *info, struct vpc_nl_msg *msg);
int vpc_nl_dump_parse(struct netlink_callback *cb, struct vpc_nl_msg *msg);
int vpc_nl_parse_nest(const struct nlattr *nest, u32 cmd, struct vpc_nl_msg *msg);
struct vpc_obj *vpc_nl_find(struct vpc_net *vnet, const struct vpc_nl_noun *noun, const char *ref,
			    struct netlink_ext_ack *extack);
struct sk_buff *vpc_nl_obj_skb(const struct vpc_nl_noun *noun, struct vpc_net *vnet,
			       const struct vpc_obj *obj, bool *brief);
struct sk_buff *vpc_nl_answer_new(struct genl_info *info, void **hdr);
int vpc_nl_answer_send(struct genl_info *info, struct sk_buff *skb, void *hdr, int err);
int vpc_nl_get(struct genl_info *info, const struct vpc_nl_noun *noun);

/* dump.c */
struct vpc_nl_cursor *vpc_nl_cursor(struct netlink_callback *cb);
void vpc_nl_cursor_own(struct vpc_nl_cursor *cur, const struct vpc_obj *obj);
void *vpc_nl_dump_put(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_dump_end(const struct sk_buff *skb, int err);
struct vpc_obj *vpc_nl_obj_next(const struct vpc_net *vnet, struct vpc_obj *obj);
int vpc_nl_dump(struct sk_buff *skb, struct netlink_callback *cb,
		const struct vpc_nl_noun *noun);

/* change.c */
int vpc_nl_change(struct genl_info *info, const struct vpc_nl_noun *noun);
void vpc_nl_lock(struct vpc_net *vnet, bool rtnl);
void vpc_nl_unlock(struct vpc_net *vnet, bool rtnl);

/* notify.c; vnet->lock, between vpc_txn_commit() and vpc_txn_end() */
struct sk_buff *vpc_nl_ntf_new(struct vpc_net *vnet, size_t size, u8 cmd, void **hdr);
void vpc_nl_ntf_send(struct vpc_net *vnet, struct sk_buff *skb, void *hdr, int err);
void vpc_nl_notify(struct vpc_txn *txn);
void vpc_nl_notify_op(struct vpc_net *vnet, const struct vpc_op *op);
void vpc_nl_route_notify(struct vpc_net *vnet, const struct vpc_route_event *event);
void vpc_nl_block_notify(struct vpc_net *vnet);
void vpc_nl_limits_notify(struct vpc_net *vnet, const char *name);

/* txn.c */
void vpc_nl_txn_release(struct vpc_net *vnet, u32 portid);
void vpc_nl_txn_flush(struct vpc_net *vnet);

/* attr.c: from a request */
const char *vpc_nl_str(const struct vpc_nl_msg *msg, u16 attr);
struct vpc_opt_u8 vpc_nl_opt_u8(const struct vpc_nl_msg *msg, u16 attr);
u32 vpc_nl_u32(const struct vpc_nl_msg *msg, u16 attr);
struct vpc_opt_u16 vpc_nl_opt_u16(const struct vpc_nl_msg *msg, u16 attr);
struct vpc_opt_u32 vpc_nl_opt_u32(const struct vpc_nl_msg *msg, u16 attr);
struct vpc_opt_u64 vpc_nl_opt_u64(const struct vpc_nl_msg *msg, u16 attr);
int vpc_nl_need(const struct vpc_nl_msg *msg, u16 attr, const char *name);
int vpc_nl_get_addr(const struct nlattr *attr, u8 *family, struct vpc_addr *addr,
		    struct netlink_ext_ack *extack);
int vpc_nl_get_prefix(const struct nlattr *attr, struct vpc_prefix_cfg *cfg,
		      struct netlink_ext_ack *extack);
u32 vpc_nl_count(const struct vpc_nl_msg *msg, u16 attr);
void *vpc_nl_arrays(struct vpc_nl_msg *msg, struct vpc_op *op, size_t size);
int vpc_nl_get_prefixes(const struct vpc_nl_msg *msg, u16 attr, struct vpc_prefix_cfg *cfg);
int vpc_nl_get_addresses(const struct vpc_nl_msg *msg, u16 attr, struct vpc_prefix_cfg *cfg);
int vpc_nl_get_lists(struct vpc_nl_msg *msg, struct vpc_op *op, const struct vpc_nl_list *lists,
		     unsigned int n, size_t room, void **memory);

/* endpoint_policy.c */
size_t vpc_nl_policy_size(const struct vpc_nl_msg *msg);
int vpc_nl_policy_get(const struct vpc_nl_msg *msg, void *room, struct vpc_policy_cfg *cfg);
size_t vpc_nl_policy_elements(const struct vpc_endpoint *ep);
int vpc_nl_policy_put(const struct vpc_nl_fill *f, const struct vpc_endpoint *ep);

/* attr.c: to an answer. Return: 0 or -EMSGSIZE */
int vpc_nl_put_id(struct sk_buff *skb, u16 attr, u8 kind, u64 id);
int vpc_nl_put_ref(struct sk_buff *skb, u16 attr, const struct vpc_obj *obj);
int vpc_nl_put_groups(struct sk_buff *skb, u16 attr, const struct vpc_group_set *set);
int vpc_nl_put_str(struct sk_buff *skb, u16 attr, const char *str);
int vpc_nl_put_u64(struct sk_buff *skb, u16 attr, u64 value);
int vpc_nl_put_addr(struct sk_buff *skb, u16 attr, u8 family, const void *addr);
int vpc_nl_put_prefix(struct sk_buff *skb, u16 attr, u8 family, const void *addr, u8 len);
int vpc_nl_put_described(struct sk_buff *skb, u16 attr, u8 family, const void *addr, u8 len,
			 const char *description);
int vpc_nl_put_port(struct sk_buff *skb, u16 ifname, u16 ifindex, const struct vpc_obj *obj,
		    const struct vpc_port *port);
bool vpc_nl_port_bound(const struct vpc_obj *obj, const struct vpc_port *port);
int vpc_nl_put_sessions(struct sk_buff *skb, u16 attr, const struct vpc_obj *obj,
			const struct vpc_acct *acct);

#endif /* _VPC_NL_H */
