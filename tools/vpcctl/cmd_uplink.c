// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_UPLINK_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_UPLINK_NAME]			= { "name", ATTR_STRING },
	[VPC_A_UPLINK_IFNAME]			= { "ifname", ATTR_STRING },
	[VPC_A_UPLINK_IFINDEX]			= { "ifindex", ATTR_NUMBER },
	[VPC_A_UPLINK_STATE]			= { "state", ATTR_ENUM, 0, state_names },
	[VPC_A_UPLINK_PUBLIC_POOL]		= { "public-pool", ATTR_PREFIX },
	[VPC_A_UPLINK_PUBLIC_ADDRESSES]		= { "public-addresses", ATTR_NUMBER },
	[VPC_A_UPLINK_PUBLIC_ADDRESSES_AVAILABLE] = { "public-addresses-available", ATTR_NUMBER },
};

#define WORD_POOL \
	{ "public-pool", "CIDR", put_prefix, VPC_A_UPLINK_PUBLIC_POOL, 0, 0 }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_UPLINK_NAME),
	{ "dev", "DEVICE", put_string, VPC_A_UPLINK_IFNAME, 0, WORD_REQUIRED },
	WORD_POOL, { }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_UPLINK_ID),
	{ "name", "NAME", put_string, VPC_A_UPLINK_NAME, 0, 0 },
	WORD_POOL,
	{ "no-public-pool", NULL, put_flag, VPC_A_UPLINK_REMOVE_PUBLIC_POOL, 0, 0 },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_UPLINK_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_UPLINK_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_UPLINK_NEW, VPC_A_OP_UPLINK },
	{ "set", run_change, set_words, VPC_CMD_UPLINK_SET, VPC_A_OP_UPLINK },
	{ "del", run_change, ref_words, VPC_CMD_UPLINK_DEL, VPC_A_OP_UPLINK },
	{ "show", run_show, show_words, VPC_CMD_UPLINK_GET, 0 },
	{ }
};

const struct noun noun_uplink = {
	.name = "uplink",
	.help = "devices that lead to the internet",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_UPLINK_NEW_NTF,
	.del_ntf = VPC_CMD_UPLINK_DEL_NTF,
};
