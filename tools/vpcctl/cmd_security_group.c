// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

static const char *const direction_names[] = { "ingress", "egress", NULL };

static const struct attr rule_attrs[] = {
	[VPC_A_SECURITY_GROUP_RULE_ID]	= { "rule-id", ATTR_STRING, ATTR_BARE },
	[VPC_A_SECURITY_GROUP_DIRECTION] = { "direction", ATTR_ENUM, ATTR_BARE, direction_names },
	[VPC_A_SECURITY_GROUP_PROTOCOL]	= { "protocol", ATTR_PROTOCOL },
	[VPC_A_SECURITY_GROUP_PORT_FROM] = { "port-from", ATTR_NUMBER },
	[VPC_A_SECURITY_GROUP_PORT_TO]	= { "port-to", ATTR_NUMBER },
	[VPC_A_SECURITY_GROUP_ICMP_TYPE] = { "icmp-type", ATTR_NUMBER },
	[VPC_A_SECURITY_GROUP_ICMP_CODE] = { "icmp-code", ATTR_NUMBER },
	[VPC_A_SECURITY_GROUP_CIDR]	= { "cidr", ATTR_PREFIX },
	[VPC_A_SECURITY_GROUP_PREFIX_LIST] = { "prefix-list", ATTR_STRING },
	[VPC_A_SECURITY_GROUP_GROUP]	= { "group", ATTR_STRING },
	[VPC_A_SECURITY_GROUP_STALE]	= { "stale", ATTR_FLAG },
	[VPC_A_SECURITY_GROUP_DESCRIPTION] = { "description", ATTR_STRING },
};

static const struct attr attrs[] = {
	[VPC_A_SECURITY_GROUP_ID]	= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_SECURITY_GROUP_NAME]	= { "name", ATTR_STRING },
	[VPC_A_SECURITY_GROUP_VPC]	= { "vpc", ATTR_STRING },
	[VPC_A_SECURITY_GROUP_DESCRIPTION] = { "description", ATTR_STRING },
	[VPC_A_SECURITY_GROUP_VPC_NAME]	= { "vpc-name", ATTR_STRING },
	[VPC_A_SECURITY_GROUP_RULE]	= { "rule", ATTR_NEST, ATTR_MANY, .members = rule_attrs,
					    .n_members = ARRAY_SIZE(rule_attrs) },
	[VPC_A_SECURITY_GROUP_RULES]	= { "rules", ATTR_NUMBER },
	[VPC_A_SECURITY_GROUP_ASSOCIATED_VPC] = { "associated-vpc", ATTR_STRING, ATTR_MANY },
};

static int put_direction(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, direction_names);
}

/* A rule's id, or the direction as the first word of all that the rule says. */
static int put_rule(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	const struct word id = { .word = w->word, .attr = VPC_A_SECURITY_GROUP_RULE_ID };

	if (!strncmp(value, "sgr-", 4))
		return put_string(nlh, &id, value);
	return put_direction(nlh, w, value);
}

#define WORD_DESCRIPTION \
	{ "description", "TEXT", put_string, VPC_A_SECURITY_GROUP_DESCRIPTION, 0, 0 }

static const struct word add_words[] = {
	{ "VPC/NAME", "VPC/NAME", put_scoped, VPC_A_SECURITY_GROUP_NAME,
	  VPC_A_SECURITY_GROUP_VPC, WORD_POSITION | WORD_REQUIRED },
	WORD_DESCRIPTION, { }
};

/* Without them a rule is about every protocol, port, type or code. */
#define WORDS_POINTS \
	{ "protocol", "all|tcp|udp|icmp|icmpv6|N", put_protocol, VPC_A_SECURITY_GROUP_PROTOCOL, 0, 0 }, \
	{ "port", "PORT[-PORT]", put_ports, VPC_A_SECURITY_GROUP_PORT_FROM, \
	  VPC_A_SECURITY_GROUP_PORT_TO, 0 }, \
	{ "icmp-type", "N", put_u8, VPC_A_SECURITY_GROUP_ICMP_TYPE, 0, 0 }, \
	{ "icmp-code", "N", put_u8, VPC_A_SECURITY_GROUP_ICMP_CODE, 0, 0 }

#define WORDS_PEER(flags) \
	{ "cidr", "CIDR", put_prefix, VPC_A_SECURITY_GROUP_CIDR, 0, flags }, \
	{ "prefix-list", "LIST", put_string, VPC_A_SECURITY_GROUP_PREFIX_LIST, 0, flags }, \
	{ "group", "GROUP", put_string, VPC_A_SECURITY_GROUP_GROUP, 0, flags }

static const struct word rule_add_words[] = {
	WORD_REF(VPC_A_SECURITY_GROUP_ID),
	{ "DIRECTION", "ingress|egress", put_direction, VPC_A_SECURITY_GROUP_DIRECTION, 0,
	  WORD_POSITION | WORD_REQUIRED },
	WORDS_POINTS, WORDS_PEER(WORD_ONE_OF), WORD_DESCRIPTION, { }
};

static const struct word rule_del_words[] = {
	WORD_REF(VPC_A_SECURITY_GROUP_ID),
	{ "RULE", "RULE|ingress|egress", put_rule, VPC_A_SECURITY_GROUP_DIRECTION, 0,
	  WORD_POSITION | WORD_REQUIRED },
	WORDS_POINTS, WORDS_PEER(0), { }
};

static const struct word associate_words[] = {
	WORD_REF(VPC_A_SECURITY_GROUP_ID),
	{ "vpc", "VPC", put_string, VPC_A_SECURITY_GROUP_VPC, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_SECURITY_GROUP_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_SECURITY_GROUP_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_SECURITY_GROUP_NEW, VPC_A_OP_SECURITY_GROUP },
	{ "del", run_change, ref_words, VPC_CMD_SECURITY_GROUP_DEL, VPC_A_OP_SECURITY_GROUP },
	{ "show", run_show, show_words, VPC_CMD_SECURITY_GROUP_GET, 0 },
	{ "rule-add", run_change, rule_add_words,
	  VPC_CMD_SECURITY_GROUP_RULE_NEW, VPC_A_OP_SECURITY_GROUP },
	{ "rule-del", run_change, rule_del_words,
	  VPC_CMD_SECURITY_GROUP_RULE_DEL, VPC_A_OP_SECURITY_GROUP },
	{ "associate", run_change, associate_words,
	  VPC_CMD_SECURITY_GROUP_ASSOCIATE, VPC_A_OP_SECURITY_GROUP },
	{ "disassociate", run_change, associate_words,
	  VPC_CMD_SECURITY_GROUP_DISASSOCIATE, VPC_A_OP_SECURITY_GROUP },
	{ }
};

const struct noun noun_security_group = {
	.name = "security-group",
	.help = "stateful packet filters of interfaces",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.merge = { VPC_A_SECURITY_GROUP_RULE },
	.new_ntf = VPC_CMD_SECURITY_GROUP_NEW_NTF,
	.del_ntf = VPC_CMD_SECURITY_GROUP_DEL_NTF,
};
