// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_ASSOCIATION_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_ASSOCIATION_ROUTE_TABLE]	= { "route-table", ATTR_STRING },
	[VPC_A_ASSOCIATION_SUBNET]	= { "subnet", ATTR_STRING },
	[VPC_A_ASSOCIATION_MAIN]	= { "main", ATTR_SWITCH },
	[VPC_A_ASSOCIATION_GATEWAY]	= { "gateway", ATTR_STRING },
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_ASSOCIATION_ID),
	{ "route-table", "TABLE", put_string, VPC_A_ASSOCIATION_ROUTE_TABLE, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_ASSOCIATION_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_ASSOCIATION_ID), { } };

static const struct verb verbs[] = {
	{ "set", run_change, set_words, VPC_CMD_ASSOCIATION_SET, VPC_A_OP_ASSOCIATION },
	{ "del", run_change, ref_words, VPC_CMD_ASSOCIATION_DEL, VPC_A_OP_ASSOCIATION },
	{ "show", run_show, show_words, VPC_CMD_ASSOCIATION_GET, 0 },
	{ }
};

const struct noun noun_association = {
	.name = "association",
	.help = "which subnet or gateway uses which route table",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_ASSOCIATION_NEW_NTF,
	.del_ntf = VPC_CMD_ASSOCIATION_DEL_NTF,
};
