// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

const char *const state_names[] = { "available", "attached", "detached", "in-use", NULL };

static const struct attr attrs[] = {
	[VPC_A_VPC_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_VPC_NAME]		= { "name", ATTR_STRING },
	[VPC_A_VPC_CIDR]		= { "cidr", ATTR_PREFIX, ATTR_MANY },
	[VPC_A_VPC_REGION]		= { "region", ATTR_STRING },
	[VPC_A_VPC_OWNER]		= { "owner", ATTR_STRING },
	[VPC_A_VPC_DNS_SUPPORT]		= { "dns-support", ATTR_SWITCH },
	[VPC_A_VPC_DNS_HOSTNAMES]	= { "dns-hostnames", ATTR_SWITCH },
	[VPC_A_VPC_STATE]		= { "state", ATTR_ENUM, 0, state_names },
	[VPC_A_VPC_MAIN_ROUTE_TABLE]	= { "main-route-table", ATTR_STRING },
	[VPC_A_VPC_SESSIONS]		= { "sessions", ATTR_NUMBER },
	[VPC_A_VPC_DEFAULT_NETWORK_ACL]	= { "default-network-acl", ATTR_STRING },
	[VPC_A_VPC_IPV6_CIDR]		= { "ipv6-cidr", ATTR_PREFIX, ATTR_MANY },
	[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE] = { "internet-gateway-exclusion-mode",
							ATTR_ENUM, 0, exclusion_names },
	[VPC_A_VPC_RESOLVER_SOURCE]	= { "resolver-source", ATTR_ADDRESS },
};

#define WORDS_DNS \
	{ "dns-support", "on|off", put_switch, VPC_A_VPC_DNS_SUPPORT, 0, 0 }, \
	{ "dns-hostnames", "on|off", put_switch, VPC_A_VPC_DNS_HOSTNAMES, 0, 0 }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_VPC_NAME),
	{ "cidr", "CIDR", put_prefix, VPC_A_VPC_CIDR, 0, WORD_REQUIRED | WORD_MANY },
	{ "ipv6", "CIDR", put_prefix, VPC_A_VPC_IPV6_CIDR, 0, WORD_MANY },
	{ "region", "REGION", put_string, VPC_A_VPC_REGION, 0, 0 },
	{ "owner", "ACCOUNT", put_string, VPC_A_VPC_OWNER, 0, 0 },
	WORDS_DNS, { }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_VPC_ID),
	{ "name", "NAME", put_string, VPC_A_VPC_NAME, 0, 0 },
	{ "cidr", "CIDR", put_prefix, VPC_A_VPC_CIDR, 0, WORD_MANY },
	{ "remove-cidr", "CIDR", put_prefix, VPC_A_VPC_REMOVE_CIDR, 0, WORD_MANY },
	{ "ipv6", "CIDR", put_prefix, VPC_A_VPC_IPV6_CIDR, 0, WORD_MANY },
	WORD_EXCLUSION(VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE),
	WORDS_DNS, { }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_VPC_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_VPC_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_VPC_NEW, VPC_A_OP_VPC },
	{ "set", run_change, set_words, VPC_CMD_VPC_SET, VPC_A_OP_VPC },
	{ "del", run_change, ref_words, VPC_CMD_VPC_DEL, VPC_A_OP_VPC },
	{ "show", run_show, show_words, VPC_CMD_VPC_GET, 0 },
	{ }
};

const struct noun noun_vpc = {
	.name = "vpc",
	.help = "virtual private clouds",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_VPC_NEW_NTF,
	.del_ntf = VPC_CMD_VPC_DEL_NTF,
};
