// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const type_names[] = { "gateway", "interface", "health", "resolver", NULL };

static const struct attr attrs[] = {
	[VPC_A_SERVICE_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_SERVICE_NAME]		= { "name", ATTR_STRING },
	[VPC_A_SERVICE_TYPE]		= { "type", ATTR_ENUM, 0, type_names },
	[VPC_A_SERVICE_REGION]		= { "region", ATTR_STRING },
	[VPC_A_SERVICE_PREFIX_LIST]	= { "prefix-list", ATTR_STRING },
	[VPC_A_SERVICE_IFNAME]		= { "ifname", ATTR_STRING },
	[VPC_A_SERVICE_IFINDEX]		= { "ifindex", ATTR_NUMBER },
	[VPC_A_SERVICE_GATEWAY]		= { "gateway", ATTR_PREFIX },
	[VPC_A_SERVICE_STATE]		= { "state", ATTR_ENUM, 0, state_names },
	[VPC_A_SERVICE_ADDRESS]		= { "address", ATTR_ADDRESS },
	[VPC_A_SERVICE_ZONE]		= { "zone", ATTR_STRING, ATTR_MANY },
	[VPC_A_SERVICE_PRIVATE_DNS_NAME] = { "private-dns-name", ATTR_STRING },
	[VPC_A_SERVICE_POOL]		= { "pool", ATTR_PREFIX },
};

static int put_service_type(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_name(nlh, w, value, type_names);
}

static const struct word add_words[] = {
	WORD_NAME(VPC_A_SERVICE_NAME),
	{ "type", "gateway|interface|health|resolver", put_service_type, VPC_A_SERVICE_TYPE, 0,
	  WORD_REQUIRED },
	{ "prefix-list", "LIST", put_string, VPC_A_SERVICE_PREFIX_LIST, 0, 0 },
	{ "address", "ADDRESS", put_address, VPC_A_SERVICE_ADDRESS, 0, 0 },
	{ "dev", "DEVICE", put_string, VPC_A_SERVICE_IFNAME, 0, WORD_REQUIRED },
	{ "gateway", "ADDRESS/LENGTH", put_prefix, VPC_A_SERVICE_GATEWAY, 0, WORD_REQUIRED },
	{ "region", "REGION", put_string, VPC_A_SERVICE_REGION, 0, 0 },
	{ "zone", "ZONE,ZONE", put_list, VPC_A_SERVICE_ZONE, 0, WORD_MANY },
	{ "private-dns-name", "NAME", put_string, VPC_A_SERVICE_PRIVATE_DNS_NAME, 0, 0 },
	{ "pool", "CIDR", put_prefix, VPC_A_SERVICE_POOL, 0, 0 },
	{ }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_SERVICE_ID),
	{ "name", "NAME", put_string, VPC_A_SERVICE_NAME, 0, 0 },
	{ "region", "REGION", put_string, VPC_A_SERVICE_REGION, 0, 0 },
	{ "dev", "DEVICE", put_string, VPC_A_SERVICE_IFNAME, 0, 0 },
	{ "gateway", "ADDRESS/LENGTH", put_prefix, VPC_A_SERVICE_GATEWAY, 0, 0 },
	{ "address", "ADDRESS", put_address, VPC_A_SERVICE_ADDRESS, 0, 0 },
	{ "add-zone", "ZONE,ZONE", put_list, VPC_A_SERVICE_ZONE, 0, WORD_MANY },
	{ "remove-zone", "ZONE,ZONE", put_list, VPC_A_SERVICE_REMOVE_ZONE, 0, WORD_MANY },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_SERVICE_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_SERVICE_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_SERVICE_NEW, VPC_A_OP_SERVICE },
	{ "set", run_change, set_words, VPC_CMD_SERVICE_SET, VPC_A_OP_SERVICE },
	{ "del", run_change, ref_words, VPC_CMD_SERVICE_DEL, VPC_A_OP_SERVICE },
	{ "show", run_show, show_words, VPC_CMD_SERVICE_GET, 0 },
	{ }
};

const struct noun noun_service = {
	.name = "service",
	.help = "what endpoints lead to",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_SERVICE_NEW_NTF,
	.del_ntf = VPC_CMD_SERVICE_DEL_NTF,
};
