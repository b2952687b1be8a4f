// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_IGW_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_IGW_NAME]	= { "name", ATTR_STRING },
	[VPC_A_IGW_VPC]		= { "vpc", ATTR_STRING },
	[VPC_A_IGW_UPLINK]	= { "uplink", ATTR_STRING },
	[VPC_A_IGW_STATE]	= { "state", ATTR_ENUM, 0, state_names },
};

static const struct word add_words[] = {
	WORD_NAME(VPC_A_IGW_NAME),
	{ "uplink", "UPLINK", put_string, VPC_A_IGW_UPLINK, 0, WORD_REQUIRED },
	{ "vpc", "VPC", put_string, VPC_A_IGW_VPC, 0, 0 },
	{ }
};

static const struct word attach_words[] = {
	WORD_REF(VPC_A_IGW_ID),
	{ "vpc", "VPC", put_string, VPC_A_IGW_VPC, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_IGW_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_IGW_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_IGW_NEW, VPC_A_OP_IGW },
	{ "del", run_change, ref_words, VPC_CMD_IGW_DEL, VPC_A_OP_IGW },
	{ "show", run_show, show_words, VPC_CMD_IGW_GET, 0 },
	{ "attach", run_change, attach_words, VPC_CMD_IGW_SET, VPC_A_OP_IGW },
	{ "detach", run_change, ref_words, VPC_CMD_IGW_DETACH, VPC_A_OP_IGW },
	{ }
};

const struct noun noun_igw = {
	.name = "igw",
	.help = "internet gateways",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_IGW_NEW_NTF,
	.del_ntf = VPC_CMD_IGW_DEL_NTF,
};
