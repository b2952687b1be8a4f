// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_EIP_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_EIP_NAME]		= { "name", ATTR_STRING },
	[VPC_A_EIP_ADDRESS]		= { "address", ATTR_ADDRESS },
	[VPC_A_EIP_UPLINK]		= { "uplink", ATTR_STRING },
	[VPC_A_EIP_ENI]			= { "eni", ATTR_STRING },
	[VPC_A_EIP_PRIVATE_ADDRESS]	= { "private-address", ATTR_ADDRESS },
	[VPC_A_EIP_ASSOCIATION]		= { "association", ATTR_STRING },
	[VPC_A_EIP_NAT_GATEWAY]		= { "nat-gateway", ATTR_STRING },
	[VPC_A_EIP_AUTOMATIC]		= { "automatic", ATTR_FLAG },
};

static const struct word add_words[] = {
	{ "ADDRESS", "ADDRESS", put_address, VPC_A_EIP_ADDRESS, 0,
	  WORD_POSITION | WORD_REQUIRED },
	{ "uplink", "UPLINK", put_string, VPC_A_EIP_UPLINK, 0, WORD_REQUIRED },
	{ "name", "NAME", put_string, VPC_A_EIP_NAME, 0, 0 },
	{ }
};

/* An address is named by its id, its name or itself: the kernel reads all three. */
static const struct word associate_words[] = {
	WORD_REF(VPC_A_EIP_ID),
	{ "eni", "ENI", put_string, VPC_A_EIP_ENI, 0, WORD_REQUIRED },
	{ "private", "ADDRESS", put_address, VPC_A_EIP_PRIVATE_ADDRESS, 0, 0 },
	{ "no-reassociation", NULL, put_flag, VPC_A_EIP_NO_REASSOCIATION, 0, 0 },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_EIP_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_EIP_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_EIP_NEW, VPC_A_OP_EIP },
	{ "del", run_change, ref_words, VPC_CMD_EIP_DEL, VPC_A_OP_EIP },
	{ "show", run_show, show_words, VPC_CMD_EIP_GET, 0 },
	{ "associate", run_change, associate_words, VPC_CMD_EIP_ASSOCIATE, VPC_A_OP_EIP },
	{ "disassociate", run_change, ref_words, VPC_CMD_EIP_DISASSOCIATE, VPC_A_OP_EIP },
	{ }
};

const struct noun noun_eip = {
	.name = "eip",
	.help = "public (elastic) addresses",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_EIP_NEW_NTF,
	.del_ntf = VPC_CMD_EIP_DEL_NTF,
};
