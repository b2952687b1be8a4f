// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const direction_names[] = { "ingress", "egress", NULL };
static const char *const action_names[] = { "allow", "deny", NULL };

static const struct attr entry_attrs[] = {
	[VPC_A_NETWORK_ACL_NUMBER]	= { "number", ATTR_NUMBER, ATTR_BARE },
	[VPC_A_NETWORK_ACL_DIRECTION]	= { "direction", ATTR_ENUM, ATTR_BARE, direction_names },
	[VPC_A_NETWORK_ACL_ACTION]	= { "action", ATTR_ENUM, ATTR_BARE, action_names },
	[VPC_A_NETWORK_ACL_PROTOCOL]	= { "protocol", ATTR_PROTOCOL },
	[VPC_A_NETWORK_ACL_CIDR]	= { "cidr", ATTR_PREFIX },
	[VPC_A_NETWORK_ACL_PORT_FROM]	= { "port-from", ATTR_NUMBER },
	[VPC_A_NETWORK_ACL_PORT_TO]	= { "port-to", ATTR_NUMBER },
	[VPC_A_NETWORK_ACL_ICMP_TYPE]	= { "icmp-type", ATTR_NUMBER },
	[VPC_A_NETWORK_ACL_ICMP_CODE]	= { "icmp-code", ATTR_NUMBER },
};

static const struct attr attrs[] = {
	[VPC_A_NETWORK_ACL_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_NETWORK_ACL_NAME]	= { "name", ATTR_STRING },
	[VPC_A_NETWORK_ACL_VPC]		= { "vpc", ATTR_STRING },
	[VPC_A_NETWORK_ACL_VPC_NAME]	= { "vpc-name", ATTR_STRING },
	[VPC_A_NETWORK_ACL_DEFAULT]	= { "default", ATTR_SWITCH },
	[VPC_A_NETWORK_ACL_ENTRY]	= { "entry", ATTR_NEST, ATTR_MANY, .members = entry_attrs,
					    .n_members = ARRAY_SIZE(entry_attrs) },
	[VPC_A_NETWORK_ACL_ENTRIES]	= { "entries", ATTR_NUMBER },
};

static int put_direction(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, direction_names);
}

static int put_action(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, action_names);
}

static const struct word add_words[] = {
	{ "VPC/NAME", "VPC/NAME", put_scoped, VPC_A_NETWORK_ACL_NAME, VPC_A_NETWORK_ACL_VPC,
	  WORD_POSITION | WORD_REQUIRED },
	{ }
};

#define WORDS_ENTRY \
	WORD_REF(VPC_A_NETWORK_ACL_ID), \
	{ "NUMBER", "NUMBER", put_u16, VPC_A_NETWORK_ACL_NUMBER, 0, \
	  WORD_POSITION | WORD_REQUIRED }, \
	{ "DIRECTION", "ingress|egress", put_direction, VPC_A_NETWORK_ACL_DIRECTION, 0, \
	  WORD_POSITION | WORD_REQUIRED }

static const struct word entry_add_words[] = {
	WORDS_ENTRY,
	{ "ACTION", "allow|deny", put_action, VPC_A_NETWORK_ACL_ACTION, 0,
	  WORD_POSITION | WORD_REQUIRED },
	{ "protocol", "all|tcp|udp|icmp|icmpv6|N", put_protocol, VPC_A_NETWORK_ACL_PROTOCOL, 0,
	  WORD_REQUIRED },
	{ "cidr", "CIDR", put_prefix, VPC_A_NETWORK_ACL_CIDR, 0, WORD_REQUIRED },
	{ "port", "PORT[-PORT]", put_ports, VPC_A_NETWORK_ACL_PORT_FROM,
	  VPC_A_NETWORK_ACL_PORT_TO, 0 },
	{ "icmp-type", "N", put_u8, VPC_A_NETWORK_ACL_ICMP_TYPE, 0, 0 },
	{ "icmp-code", "N", put_u8, VPC_A_NETWORK_ACL_ICMP_CODE, 0, 0 },
	{ }
};

static const struct word entry_del_words[] = { WORDS_ENTRY, { } };

static const struct word associate_words[] = {
	WORD_REF(VPC_A_NETWORK_ACL_ID),
	{ "subnet", "SUBNET", put_string, VPC_A_NETWORK_ACL_SUBNET, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_NETWORK_ACL_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_NETWORK_ACL_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_NETWORK_ACL_NEW, VPC_A_OP_NETWORK_ACL },
	{ "del", run_change, ref_words, VPC_CMD_NETWORK_ACL_DEL, VPC_A_OP_NETWORK_ACL },
	{ "show", run_show, show_words, VPC_CMD_NETWORK_ACL_GET, 0 },
	{ "entry-add", run_change, entry_add_words,
	  VPC_CMD_NETWORK_ACL_ENTRY_NEW, VPC_A_OP_NETWORK_ACL },
	{ "entry-replace", run_change, entry_add_words,
	  VPC_CMD_NETWORK_ACL_ENTRY_SET, VPC_A_OP_NETWORK_ACL },
	{ "entry-del", run_change, entry_del_words,
	  VPC_CMD_NETWORK_ACL_ENTRY_DEL, VPC_A_OP_NETWORK_ACL },
	{ "associate", run_change, associate_words,
	  VPC_CMD_NETWORK_ACL_ASSOCIATE, VPC_A_OP_NETWORK_ACL },
	{ }
};

const struct noun noun_network_acl = {
	.name = "network-acl",
	.help = "stateless packet filters at the borders of subnets",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.merge = { VPC_A_NETWORK_ACL_ENTRY },
	.new_ntf = VPC_CMD_NETWORK_ACL_NEW_NTF,
	.del_ntf = VPC_CMD_NETWORK_ACL_DEL_NTF,
};
