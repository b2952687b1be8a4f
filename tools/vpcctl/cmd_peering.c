// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const peering_state_names[] = {
	"pending-acceptance", "active", "rejected", "deleted", NULL
};

static const struct attr attrs[] = {
	[VPC_A_PEERING_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_PEERING_NAME]		= { "name", ATTR_STRING },
	[VPC_A_PEERING_VPC]		= { "vpc", ATTR_STRING },
	[VPC_A_PEERING_PEER_VPC]	= { "peer-vpc", ATTR_STRING },
	[VPC_A_PEERING_STATE]		= { "state", ATTR_ENUM, 0, peering_state_names },
};

static const struct word add_words[] = {
	WORD_NAME(VPC_A_PEERING_NAME),
	{ "vpc", "VPC", put_string, VPC_A_PEERING_VPC, 0, WORD_REQUIRED },
	{ "peer-vpc", "VPC", put_string, VPC_A_PEERING_PEER_VPC, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_PEERING_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_PEERING_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_PEERING_NEW, VPC_A_OP_PEERING },
	{ "del", run_change, ref_words, VPC_CMD_PEERING_DEL, VPC_A_OP_PEERING },
	{ "show", run_show, show_words, VPC_CMD_PEERING_GET, 0 },
	{ "accept", run_change, ref_words, VPC_CMD_PEERING_ACCEPT, VPC_A_OP_PEERING },
	{ "reject", run_change, ref_words, VPC_CMD_PEERING_REJECT, VPC_A_OP_PEERING },
	{ }
};

const struct noun noun_peering = {
	.name = "peering",
	.help = "peering connections between VPCs",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_PEERING_NEW_NTF,
	.del_ntf = VPC_CMD_PEERING_DEL_NTF,
};
