// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <linux/mm.h>
#include <linux/rcupdate.h>

#include "../model/object.h"
#include "../model/security_group.h"
#include "../port.h"
#include "../stats.h"

/* The string, or NULL when it was not given. Its policy must be NLA_NUL_STRING. */
const char *vpc_nl_str(const struct vpc_nl_msg *msg, u16 attr)
{
	return msg->tb[attr] ? nla_data(msg->tb[attr]) : NULL;
}

struct vpc_opt_u8 vpc_nl_opt_u8(const struct vpc_nl_msg *msg, u16 attr)
{
	struct vpc_opt_u8 opt = {};

	if (msg->tb[attr]) {
		opt.set = true;
		opt.val = nla_get_u8(msg->tb[attr]);
	}
	return opt;
}

struct vpc_opt_u16 vpc_nl_opt_u16(const struct vpc_nl_msg *msg, u16 attr)
{
	struct vpc_opt_u16 opt = {};

	if (msg->tb[attr]) {
		opt.set = true;
		opt.val = nla_get_u16(msg->tb[attr]);
	}
	return opt;
}

struct vpc_opt_u32 vpc_nl_opt_u32(const struct vpc_nl_msg *msg, u16 attr)
{
	struct vpc_opt_u32 opt = {};

	if (msg->tb[attr]) {
		opt.set = true;
		opt.val = nla_get_u32(msg->tb[attr]);
	}
	return opt;
}

struct vpc_opt_u64 vpc_nl_opt_u64(const struct vpc_nl_msg *msg, u16 attr)
{
	struct vpc_opt_u64 opt = {};

	if (msg->tb[attr]) {
		opt.set = true;
		opt.val = nla_get_u64(msg->tb[attr]);
	}
	return opt;
}

/* 0 when it was not given. */
u32 vpc_nl_u32(const struct vpc_nl_msg *msg, u16 attr)
{
	return msg->tb[attr] ? nla_get_u32(msg->tb[attr]) : 0;
}

/* Return: 0, or -EINVAL and which attribute is missing. */
int vpc_nl_need(const struct vpc_nl_msg *msg, u16 attr, const char *name)
{
	if (msg->tb[attr])
		return 0;
	NL_SET_ERR_ATTR_MISS(msg->extack, msg->nest, attr);
	NL_SET_ERR_MSG_FMT(msg->extack, "%s is required", name);
	return -EINVAL;
}

int vpc_nl_get_addr(const struct nlattr *attr, u8 *family, struct vpc_addr *addr,
		    struct netlink_ext_ack *extack)
{
	switch (nla_len(attr)) {
	case 4:
		*family = AF_INET;
		break;
	case 16:
		*family = AF_INET6;
		break;
	default:
		NL_SET_ERR_MSG_ATTR(extack, attr, "address is neither 4 nor 16 bytes long");
		return -EINVAL;
	}
	memset(addr, 0, sizeof(*addr));
	memcpy(addr->bytes, nla_data(attr), nla_len(attr));
	return 0;
}

static void vpc_nl_mask(struct vpc_prefix *p)
{
	int byte = p->len / 8;

	if (p->len % 8)
		p->addr.bytes[byte++] &= 0xff << (8 - p->len % 8);
	memset(p->addr.bytes + byte, 0, sizeof(p->addr) - byte);
}

/* A nested prefix; address and length are required. */
int vpc_nl_get_prefix(const struct nlattr *attr, struct vpc_prefix_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	struct vpc_nl_msg msg = { .nest = attr, .extack = extack };
	int err;

	err = nla_parse_nested(msg.tb, VPC_A_PREFIX_MAX, attr, vpc_prefix_nl_policy, extack);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_PREFIX_ADDRESS, "address");
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_PREFIX_LENGTH, "prefix length");
	if (!err)
		err = vpc_nl_get_addr(msg.tb[VPC_A_PREFIX_ADDRESS], &cfg->p.family, &cfg->addr,
				      extack);
	if (err)
		return err;

	cfg->p.len = nla_get_u8(msg.tb[VPC_A_PREFIX_LENGTH]);
	if (cfg->p.len > vpc_family_bits(cfg->p.family)) {
		NL_SET_ERR_MSG_ATTR(extack, msg.tb[VPC_A_PREFIX_LENGTH],
				    "prefix length is above that of the address");
		return -EINVAL;
	}
	cfg->p.addr = cfg->addr;
	vpc_nl_mask(&cfg->p);
	cfg->description = vpc_nl_str(&msg, VPC_A_PREFIX_DESCRIPTION);
	return 0;
}

/* How often an attribute that may repeat was given. */
u32 vpc_nl_count(const struct vpc_nl_msg *msg, u16 attr)
{
	const struct nlattr *nla;
	u32 n = 0;
	int rem;

	nla_for_each_attr(nla, msg->head, msg->len, rem)
		n += nla_type(nla) == attr;
	return n;
}

/* Memory for what repeats, freed with @op; at most once for each. NULL without memory. */
void *vpc_nl_arrays(struct vpc_nl_msg *msg, struct vpc_op *op, size_t size)
{
	op->arrays = kvzalloc(size, GFP_KERNEL_ACCOUNT);
	msg->arrays = size;
	return op->arrays;
}

/* Fill @cfg, vpc_nl_count() long. */
int vpc_nl_get_prefixes(const struct vpc_nl_msg *msg, u16 attr, struct vpc_prefix_cfg *cfg)
{
	const struct nlattr *nla;
	int err, rem;

	nla_for_each_attr(nla, msg->head, msg->len, rem) {
		if (nla_type(nla) != attr)
			continue;
		err = vpc_nl_get_prefix(nla, cfg++, msg->extack);
		if (err)
			return err;
	}
	return 0;
}

/* Likewise addresses, as prefixes of their full length. */
int vpc_nl_get_addresses(const struct vpc_nl_msg *msg, u16 attr, struct vpc_prefix_cfg *cfg)
{
	const struct nlattr *nla;
	int err, rem;

	nla_for_each_attr(nla, msg->head, msg->len, rem) {
		if (nla_type(nla) != attr)
			continue;
		err = vpc_nl_get_addr(nla, &cfg->p.family, &cfg->addr, msg->extack);
		if (err)
			return err;
		cfg->p.addr = cfg->addr;
		cfg->p.len = vpc_family_bits(cfg->p.family);
		cfg++;
	}
	return 0;
}

/* Copy the texts of one attribute to @text, where they are to @refs. Return: end of the text. */
static char *vpc_nl_copy_texts(const struct vpc_nl_msg *msg, u16 attr, const char **refs,
			       char *text)
{
	const struct nlattr *nla;
	int rem;

	nla_for_each_attr(nla, msg->head, msg->len, rem) {
		if (nla_type(nla) != attr)
			continue;
		*refs++ = text;
		nla_strscpy(text, nla, nla_len(nla) + 1);
		text += nla_len(nla) + 1;
	}
	return text;
}

/*
 * All lists of texts that a message has. What repeats need not end in NUL: the text is copied behind
 * the pointers. Those have @room bytes for the caller's own in front of them, a multiple of the
 * size of a pointer, at *@memory; which is NULL if there is nothing at all.
 */
int vpc_nl_get_lists(struct vpc_nl_msg *msg, struct vpc_op *op, const struct vpc_nl_list *lists,
		     unsigned int n, size_t room, void **memory)
{
	const char **refs;
	u32 total = 0;
	unsigned int i;
	char *text;

	for (i = 0; i < n; i++) {
		*lists[i].n = vpc_nl_count(msg, lists[i].attr);
		total += *lists[i].n;
	}
	*memory = NULL;
	if (!total && !room)
		return 0;
	/* With its header cut off and a NUL added, no text is longer than its attribute. */
	*memory = vpc_nl_arrays(msg, op, size_add(size_add(room, array_size(total, sizeof(*refs))),
						  msg->len));
	if (!*memory)
		return -ENOMEM;
	refs = *memory + room;
	text = (char *)(refs + total);
	for (i = 0; i < n; i++) {
		*lists[i].refs = refs;
		text = vpc_nl_copy_texts(msg, lists[i].attr, refs, text);
		refs += *lists[i].n;
	}
	return 0;
}

int vpc_nl_put_id(struct sk_buff *skb, u16 attr, u8 kind, u64 id)
{
	char buf[VPC_ID_STRLEN];

	return id ? nla_put_string(skb, attr, vpc_id_format(kind, id, buf)) : 0;
}

/* The id of @obj; nothing when there is none. */
int vpc_nl_put_ref(struct sk_buff *skb, u16 attr, const struct vpc_obj *obj)
{
	return obj ? vpc_nl_put_id(skb, attr, obj->kind, obj->id) : 0;
}

int vpc_nl_put_groups(struct sk_buff *skb, u16 attr, const struct vpc_group_set *set)
{
	u8 i;

	for (i = 0; i < set->n; i++)
		if (vpc_nl_put_ref(skb, attr, &set->groups[i]->obj))
			return -EMSGSIZE;
	return 0;
}

/* Nothing for a string that is not set. */
int vpc_nl_put_str(struct sk_buff *skb, u16 attr, const char *str)
{
	return *str ? nla_put_string(skb, attr, str) : 0;
}

/* The specification has no attribute to pad with. */
int vpc_nl_put_u64(struct sk_buff *skb, u16 attr, u64 value)
{
	return nla_put(skb, attr, sizeof(value), &value);
}

int vpc_nl_put_addr(struct sk_buff *skb, u16 attr, u8 family, const void *addr)
{
	return nla_put(skb, attr, vpc_family_bits(family) / 8, addr);
}

/* With a description unless that is empty. */
int vpc_nl_put_described(struct sk_buff *skb, u16 attr, u8 family, const void *addr, u8 len,
			 const char *description)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, attr);
	if (!nest)
		return -EMSGSIZE;
	if (vpc_nl_put_addr(skb, VPC_A_PREFIX_ADDRESS, family, addr) ||
	    nla_put_u8(skb, VPC_A_PREFIX_LENGTH, len) ||
	    vpc_nl_put_str(skb, VPC_A_PREFIX_DESCRIPTION, description)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

int vpc_nl_put_prefix(struct sk_buff *skb, u16 attr, u8 family, const void *addr, u8 len)
{
	return vpc_nl_put_described(skb, attr, family, addr, len, "");
}

/*
 * Name and number of a port's device, the last ones when it is gone. Not of an object that was
 * deleted: its port was given back when the transaction committed.
 */
int vpc_nl_put_port(struct sk_buff *skb, u16 ifname, u16 ifindex, const struct vpc_obj *obj,
		    const struct vpc_port *port)
{
	char name[IFNAMSIZ];

	if (obj->dead || !port)
		return 0;
	/* It may be renamed meanwhile, under RTNL: what is sent must have an end all the same. */
	strscpy(name, port->ifname, sizeof(name));
	if (nla_put_string(skb, ifname, name) ||
	    nla_put_u32(skb, ifindex, port->ifindex))
		return -EMSGSIZE;
	return 0;
}

/* The port of @obj has its device. */
bool vpc_nl_port_bound(const struct vpc_obj *obj, const struct vpc_port *port)
{
	return !obj->dead && port && rcu_access_pointer(port->dev);
}

/* Live sessions charged to @obj, of which a deleted one knows no more. */
int vpc_nl_put_sessions(struct sk_buff *skb, u16 attr, const struct vpc_obj *obj,
			const struct vpc_acct *acct)
{
	return obj->dead ? 0 : nla_put_u32(skb, attr, atomic_read(&acct->sessions));
}
