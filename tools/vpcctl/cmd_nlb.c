// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#define VPC_A_NLB_ENFORCE \
	VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC
#define ENFORCE "enforce-security-group-inbound-rules-on-private-link-traffic"

static const char *const scheme_names[] = { "internal", "internet-facing", NULL };
static const char *const nlb_state_names[] = { "active", NULL };

static const struct attr node_attrs[] = {
	[VPC_A_NLB_NODE_NUMBER]		= { "number", ATTR_NUMBER, ATTR_BARE },
	[VPC_A_NLB_NODE_ENI]		= { "eni", ATTR_STRING },
	[VPC_A_NLB_NODE_SUBNET]		= { "subnet", ATTR_STRING },
	[VPC_A_NLB_NODE_ZONE]		= { "zone", ATTR_STRING },
	[VPC_A_NLB_NODE_ADDRESS]	= { "address", ATTR_ADDRESS },
	[VPC_A_NLB_NODE_PUBLIC_ADDRESS]	= { "public-address", ATTR_ADDRESS },
	[VPC_A_NLB_NODE_EIP]		= { "eip", ATTR_STRING },
	[VPC_A_NLB_NODE_SERVING]	= { "serving", ATTR_SWITCH },
};

static const struct attr attrs[] = {
	[VPC_A_NLB_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_NLB_NAME]		= { "name", ATTR_STRING },
	[VPC_A_NLB_VPC]			= { "vpc", ATTR_STRING },
	[VPC_A_NLB_SCHEME]		= { "scheme", ATTR_ENUM, 0, scheme_names },
	[VPC_A_NLB_STATE]		= { "state", ATTR_ENUM, 0, nlb_state_names },
	[VPC_A_NLB_DNS_NAME]		= { "dns-name", ATTR_STRING },
	[VPC_A_NLB_SECURITY_GROUP]	= { "security-group", ATTR_STRING, ATTR_MANY },
	[VPC_A_NLB_CROSS_ZONE]		= { "cross-zone", ATTR_SWITCH },
	[VPC_A_NLB_ENFORCE]		= { ENFORCE, ATTR_SWITCH },
	[VPC_A_NLB_NODE]		= { "node", ATTR_NEST, ATTR_MANY,
					    .members = node_attrs,
					    .n_members = ARRAY_SIZE(node_attrs) },
	[VPC_A_NLB_ACTIVE_FLOW_COUNT]	= { "active-flow-count", ATTR_NUMBER },
};

static int put_scheme(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, scheme_names);
}

#define WORDS_NODES \
	{ "address", "ADDRESS", put_address, VPC_A_NLB_ADDRESS, 0, WORD_MANY }, \
	{ "eip", "EIP,EIP", put_list, VPC_A_NLB_EIP, 0, WORD_MANY }

#define WORDS_REST \
	{ "security-group", "GROUP,GROUP", put_list, VPC_A_NLB_SECURITY_GROUP, 0, WORD_MANY }, \
	{ "cross-zone", "on|off", put_switch, VPC_A_NLB_CROSS_ZONE, 0, 0 }, \
	{ ENFORCE, "on|off", put_switch, VPC_A_NLB_ENFORCE, 0, 0 }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_NLB_NAME),
	{ "subnet", "SUBNET,SUBNET", put_list, VPC_A_NLB_SUBNET, 0, WORD_MANY | WORD_REQUIRED },
	{ "scheme", "internal|internet-facing", put_scheme, VPC_A_NLB_SCHEME, 0, 0 },
	WORDS_NODES, WORDS_REST, { }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_NLB_ID),
	{ "add-subnet", "SUBNET,SUBNET", put_list, VPC_A_NLB_SUBNET, 0, WORD_MANY },
	{ "remove-subnet", "SUBNET,SUBNET", put_list, VPC_A_NLB_REMOVE_SUBNET, 0, WORD_MANY },
	WORDS_NODES, WORDS_REST, { }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_NLB_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_NLB_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_NLB_NEW, VPC_A_OP_NLB },
	{ "set", run_change, set_words, VPC_CMD_NLB_SET, VPC_A_OP_NLB },
	{ "del", run_change, ref_words, VPC_CMD_NLB_DEL, VPC_A_OP_NLB },
	{ "show", run_show, show_words, VPC_CMD_NLB_GET, 0 },
	{ }
};

const struct noun noun_nlb = {
	.name = "nlb",
	.help = "network load balancers",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_NLB_NEW_NTF,
	.del_ntf = VPC_CMD_NLB_DEL_NTF,
};
