// SPDX-License-Identifier: GPL-2.0
/* The policy of an endpoint: a document in pieces, and beside it statements of elements of values. */

#include "nl.h"

#include "../model/endpoint.h"

/* So that even the first message of a dump, which is a small one, has room for some. */
#define VPC_NL_POLICY_PIECE	1024

/**
 * struct vpc_nl_policy_room - where the next ones go
 * @elements: of any statement
 * @values: of any element
 * @extack: what is wrong with them
 */
struct vpc_nl_policy_room {
	struct vpc_policy_element_cfg *elements;
	struct vpc_policy_value_cfg *values;
	struct netlink_ext_ack *extack;
};

/* How many statements, elements and values there are, and characters of the document. */
struct vpc_nl_policy_counts {
	u32 statements;
	u32 elements;
	u32 values;
	u32 characters;
};

static u32 vpc_nl_nested_count(const struct nlattr *nest, u16 attr)
{
	const struct nlattr *nla;
	u32 n = 0;
	int rem;

	nla_for_each_nested(nla, nest, rem)
		n += nla_type(nla) == attr;
	return n;
}

static void vpc_nl_policy_count(const struct vpc_nl_msg *msg, struct vpc_nl_policy_counts *n)
{
	const struct nlattr *nla, *part;
	int rem, rest;

	memset(n, 0, sizeof(*n));
	nla_for_each_attr(nla, msg->head, msg->len, rem) {
		if (nla_type(nla) == VPC_A_ENDPOINT_POLICY_DOCUMENT)
			n->characters += nla_len(nla);
		if (nla_type(nla) != VPC_A_ENDPOINT_POLICY_STATEMENT)
			continue;
		n->statements++;
		nla_for_each_nested(part, nla, rest) {
			if (nla_type(part) != VPC_A_POLICY_STATEMENT_ELEMENT)
				continue;
			n->elements++;
			n->values += vpc_nl_nested_count(part, VPC_A_POLICY_ELEMENT_VALUE);
		}
	}
}

/* Memory for the policy in @msg, whose parts follow each other in this order; 0 for none. */
size_t vpc_nl_policy_size(const struct vpc_nl_msg *msg)
{
	struct vpc_nl_policy_counts n;
	size_t size;

	vpc_nl_policy_count(msg, &n);
	if (!n.statements && !n.characters)
		return 0;
	size = array_size(n.statements, sizeof(struct vpc_policy_statement_cfg));
	size = size_add(size, array_size(n.elements, sizeof(struct vpc_policy_element_cfg)));
	size = size_add(size, array_size(n.values, sizeof(struct vpc_policy_value_cfg)));
	return ALIGN(size_add(size, n.characters + 1), sizeof(void *));
}

static int vpc_nl_policy_get_value(const struct nlattr *nest, struct vpc_policy_value_cfg *cfg,
				   struct netlink_ext_ack *extack)
{
	struct vpc_nl_msg msg = { .nest = nest, .extack = extack };
	int err;

	err = nla_parse_nested(msg.tb, VPC_A_POLICY_VALUE_MAX, nest, vpc_policy_value_nl_policy,
			       extack);
	if (err)
		return err;
	cfg->text = vpc_nl_str(&msg, VPC_A_POLICY_VALUE_TEXT);
	cfg->proto = vpc_nl_opt_u8(&msg, VPC_A_POLICY_VALUE_PROTOCOL);
	cfg->port_from = vpc_nl_opt_u16(&msg, VPC_A_POLICY_VALUE_PORT_FROM);
	cfg->port_to = vpc_nl_opt_u16(&msg, VPC_A_POLICY_VALUE_PORT_TO);
	if (!msg.tb[VPC_A_POLICY_VALUE_CIDR])
		return 0;
	return vpc_nl_get_prefix(msg.tb[VPC_A_POLICY_VALUE_CIDR], &cfg->cidr, extack);
}

static int vpc_nl_policy_get_element(struct vpc_nl_policy_room *room, const struct nlattr *nest)
{
	struct vpc_policy_element_cfg *cfg = room->elements++;
	struct vpc_nl_msg msg = { .nest = nest, .extack = room->extack };
	const struct nlattr *nla;
	int err, rem;

	err = nla_parse_nested(msg.tb, VPC_A_POLICY_ELEMENT_MAX, nest, vpc_policy_element_nl_policy,
			       room->extack);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_POLICY_ELEMENT_KEY, "key");
	if (err)
		return err;
	cfg->key = nla_get_u8(msg.tb[VPC_A_POLICY_ELEMENT_KEY]);
	cfg->negate = nla_get_flag(msg.tb[VPC_A_POLICY_ELEMENT_NEGATE]);
	cfg->values = room->values;
	nla_for_each_nested(nla, nest, rem) {
		if (nla_type(nla) != VPC_A_POLICY_ELEMENT_VALUE)
			continue;
		err = vpc_nl_policy_get_value(nla, room->values++, room->extack);
		if (err)
			return err;
		cfg->n_values++;
	}
	return 0;
}

static int vpc_nl_policy_get_statement(struct vpc_nl_policy_room *room, const struct nlattr *nest,
				       struct vpc_policy_statement_cfg *cfg)
{
	struct vpc_nl_msg msg = { .nest = nest, .extack = room->extack };
	const struct nlattr *nla;
	int err, rem;

	err = nla_parse_nested(msg.tb, VPC_A_POLICY_STATEMENT_MAX, nest,
			       vpc_policy_statement_nl_policy, room->extack);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_POLICY_STATEMENT_EFFECT, "effect");
	if (err)
		return err;
	cfg->effect = nla_get_u8(msg.tb[VPC_A_POLICY_STATEMENT_EFFECT]);
	cfg->elements = room->elements;
	nla_for_each_nested(nla, nest, rem) {
		if (nla_type(nla) != VPC_A_POLICY_STATEMENT_ELEMENT)
			continue;
		err = vpc_nl_policy_get_element(room, nla);
		if (err)
			return err;
		cfg->n_elements++;
	}
	return 0;
}

/* Put the pieces together. */
static void vpc_nl_policy_get_document(const struct vpc_nl_msg *msg, char *to)
{
	const struct nlattr *nla;
	int rem;

	nla_for_each_attr(nla, msg->head, msg->len, rem) {
		if (nla_type(nla) != VPC_A_ENDPOINT_POLICY_DOCUMENT)
			continue;
		nla_strscpy(to, nla, nla_len(nla) + 1);
		to += strlen(to);
	}
}

/* Fill @room, vpc_nl_policy_size() long and zeroed. The text of values stays where it is. */
int vpc_nl_policy_get(const struct vpc_nl_msg *msg, void *room, struct vpc_policy_cfg *cfg)
{
	struct vpc_nl_policy_room next = { .extack = msg->extack };
	struct vpc_nl_policy_counts n;
	const struct nlattr *nla;
	int err, rem;

	vpc_nl_policy_count(msg, &n);
	cfg->statements = room;
	next.elements = (void *)(cfg->statements + n.statements);
	next.values = (void *)(next.elements + n.elements);
	if (n.characters) {
		cfg->document = (void *)(next.values + n.values);
		vpc_nl_policy_get_document(msg, (void *)(next.values + n.values));
	}
	nla_for_each_attr(nla, msg->head, msg->len, rem) {
		if (nla_type(nla) != VPC_A_ENDPOINT_POLICY_STATEMENT)
			continue;
		err = vpc_nl_policy_get_statement(&next, nla,
						  &cfg->statements[cfg->n_statements++]);
		if (err)
			return err;
	}
	return 0;
}

/* Bytes that the document takes in a message */
size_t vpc_nl_policy_elements(const struct vpc_endpoint *ep)
{
	size_t len = strlen(vpc_endpoint_document(ep));

	return DIV_ROUND_UP(len, VPC_NL_POLICY_PIECE) * nla_total_size(VPC_NL_POLICY_PIECE + 1);
}

static int vpc_nl_policy_put_piece(struct sk_buff *skb, const char *text, size_t len)
{
	struct nlattr *nla = nla_reserve(skb, VPC_A_ENDPOINT_POLICY_DOCUMENT, len + 1);
	char *to;

	if (!nla)
		return -EMSGSIZE;
	to = nla_data(nla);
	memcpy(to, text, len);
	to[len] = '\0';
	return 0;
}

/* As many pieces of the document as fit; what it returns is as of vpc_nl_noun.fill(). */
int vpc_nl_policy_put(const struct vpc_nl_fill *f, const struct vpc_endpoint *ep)
{
	const char *document = vpc_endpoint_document(ep);
	size_t at = f->cur ? f->cur->part : 0, len, end = strlen(document);
	bool some = false;

	for (; at < end; at += len) {
		len = min_t(size_t, end - at, VPC_NL_POLICY_PIECE);
		if (vpc_nl_policy_put_piece(f->skb, document + at, len))
			return f->cur && some ? 1 : -EMSGSIZE;
		some = true;
		if (f->cur)
			f->cur->part = at + len;
	}
	if (f->cur) {
		f->cur->phase = 1;
		f->cur->part = 0;
	}
	return 0;
}
