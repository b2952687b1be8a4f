// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_EIGW_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_EIGW_NAME]	= { "name", ATTR_STRING },
	[VPC_A_EIGW_VPC]	= { "vpc", ATTR_STRING },
	[VPC_A_EIGW_UPLINK]	= { "uplink", ATTR_STRING },
	[VPC_A_EIGW_STATE]	= { "state", ATTR_ENUM, 0, state_names },
};

static const struct word add_words[] = {
	WORD_NAME(VPC_A_EIGW_NAME),
	{ "vpc", "VPC", put_string, VPC_A_EIGW_VPC, 0, WORD_REQUIRED },
	{ "uplink", "UPLINK", put_string, VPC_A_EIGW_UPLINK, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_EIGW_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_EIGW_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_EIGW_NEW, VPC_A_OP_EIGW },
	{ "del", run_change, ref_words, VPC_CMD_EIGW_DEL, VPC_A_OP_EIGW },
	{ "show", run_show, show_words, VPC_CMD_EIGW_GET, 0 },
	{ }
};

const struct noun noun_eigw = {
	.name = "eigw",
	.help = "egress-only internet gateways, for IPv6",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_EIGW_NEW_NTF,
	.del_ntf = VPC_CMD_EIGW_DEL_NTF,
};
