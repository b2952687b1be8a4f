// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const type_names[] = { "public", "private", NULL };

static const struct attr address_attrs[] = {
	[VPC_A_NAT_ADDRESS_PRIVATE_ADDRESS]	= { "private-address", ATTR_ADDRESS, ATTR_BARE },
	[VPC_A_NAT_ADDRESS_PUBLIC_ADDRESS]	= { "public-address", ATTR_ADDRESS },
	[VPC_A_NAT_ADDRESS_EIP]			= { "eip", ATTR_STRING },
	[VPC_A_NAT_ADDRESS_DRAINING]		= { "draining", ATTR_NUMBER },
};

static const struct attr attrs[] = {
	[VPC_A_NAT_GATEWAY_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_NAT_GATEWAY_NAME]		= { "name", ATTR_STRING },
	[VPC_A_NAT_GATEWAY_VPC]			= { "vpc", ATTR_STRING },
	[VPC_A_NAT_GATEWAY_SUBNET]		= { "subnet", ATTR_STRING },
	[VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE]	= { "connectivity-type", ATTR_ENUM, 0, type_names },
	[VPC_A_NAT_GATEWAY_STATE]		= { "state", ATTR_ENUM, 0, state_names },
	[VPC_A_NAT_GATEWAY_ADDRESS]		= { "address", ATTR_NEST, ATTR_MANY,
						    .members = address_attrs,
						    .n_members = ARRAY_SIZE(address_attrs) },
	[VPC_A_NAT_GATEWAY_ACTIVE_CONNECTION_COUNT] = { "active-connection-count", ATTR_NUMBER },
};

static int put_connectivity(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, type_names);
}

#define WORDS_ADDRESS \
	{ "eip", "EIP", put_string, VPC_A_NAT_GATEWAY_EIP, 0, 0 }, \
	{ "address", "PRIVATE", put_address, VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS, 0, 0 }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_NAT_GATEWAY_NAME),
	{ "subnet", "SUBNET", put_string, VPC_A_NAT_GATEWAY_SUBNET, 0, WORD_REQUIRED },
	{ "connectivity-type", "public|private", put_connectivity,
	  VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE, 0, 0 },
	WORDS_ADDRESS, { }
};

static const struct word address_add_words[] = {
	WORD_REF(VPC_A_NAT_GATEWAY_ID), WORDS_ADDRESS, { }
};

static const struct word address_del_words[] = {
	WORD_REF(VPC_A_NAT_GATEWAY_ID),
	{ "eip", "EIP", put_string, VPC_A_NAT_GATEWAY_EIP, 0, WORD_ONE_OF },
	{ "address", "PRIVATE", put_address, VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS, 0, WORD_ONE_OF },
	{ "max-drain-duration", "SECONDS", put_u32, VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION, 0, 0 },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_NAT_GATEWAY_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_NAT_GATEWAY_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_NAT_GATEWAY_NEW, VPC_A_OP_NAT_GATEWAY },
	{ "del", run_change, ref_words, VPC_CMD_NAT_GATEWAY_DEL, VPC_A_OP_NAT_GATEWAY },
	{ "show", run_show, show_words, VPC_CMD_NAT_GATEWAY_GET, 0 },
	{ "address-add", run_change, address_add_words,
	  VPC_CMD_NAT_GATEWAY_ADDRESS_NEW, VPC_A_OP_NAT_GATEWAY },
	{ "address-del", run_change, address_del_words,
	  VPC_CMD_NAT_GATEWAY_ADDRESS_DEL, VPC_A_OP_NAT_GATEWAY },
	{ }
};

const struct noun noun_nat_gateway = {
	.name = "nat-gateway",
	.help = "NAT gateways of subnets",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_NAT_GATEWAY_NEW_NTF,
	.del_ntf = VPC_CMD_NAT_GATEWAY_DEL_NTF,
};
