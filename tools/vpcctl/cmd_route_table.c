// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_ROUTE_TABLE_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_ROUTE_TABLE_NAME]		= { "name", ATTR_STRING },
	[VPC_A_ROUTE_TABLE_VPC]			= { "vpc", ATTR_STRING },
	[VPC_A_ROUTE_TABLE_VPC_NAME]		= { "vpc-name", ATTR_STRING },
	[VPC_A_ROUTE_TABLE_MAIN]		= { "main", ATTR_SWITCH },
	[VPC_A_ROUTE_TABLE_ROUTES]		= { "routes", ATTR_NUMBER },
	[VPC_A_ROUTE_TABLE_ASSOCIATIONS]	= { "associations", ATTR_NUMBER },
};

static const struct word add_words[] = {
	{ "VPC/NAME", "VPC/NAME", put_scoped, VPC_A_ROUTE_TABLE_NAME, VPC_A_ROUTE_TABLE_VPC,
	  WORD_POSITION | WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_ROUTE_TABLE_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_ROUTE_TABLE_ID), { } };

/* The verbs below act on associations: the table is what people have in mind. */
static const struct word associate_words[] = {
	WORD_REF(VPC_A_ASSOCIATION_ROUTE_TABLE),
	{ "subnet", "SUBNET", put_string, VPC_A_ASSOCIATION_SUBNET, 0, WORD_ONE_OF },
	{ "gateway", "IGW", put_string, VPC_A_ASSOCIATION_GATEWAY, 0, WORD_ONE_OF },
	{ }
};

static const struct word disassociate_words[] = {
	{ "subnet", "SUBNET", put_string, VPC_A_ASSOCIATION_ID, 0, WORD_ONE_OF },
	{ "gateway", "IGW", put_string, VPC_A_ASSOCIATION_ID, 0, WORD_ONE_OF },
	{ "association", "ID", put_string, VPC_A_ASSOCIATION_ID, 0, WORD_ONE_OF },
	{ }
};

static const struct word main_words[] = { WORD_REF(VPC_A_ASSOCIATION_ROUTE_TABLE), { } };

/* A new association is answered with itself, not with a table. */
static int run_association(const struct call *call)
{
	struct call as = *call;

	as.noun = &noun_association;
	return run_change(&as);
}

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_ROUTE_TABLE_NEW, VPC_A_OP_ROUTE_TABLE },
	{ "del", run_change, ref_words, VPC_CMD_ROUTE_TABLE_DEL, VPC_A_OP_ROUTE_TABLE },
	{ "show", run_show, show_words, VPC_CMD_ROUTE_TABLE_GET, 0 },
	{ "associate", run_association, associate_words,
	  VPC_CMD_ASSOCIATION_NEW, VPC_A_OP_ASSOCIATION },
	{ "disassociate", run_association, disassociate_words,
	  VPC_CMD_ASSOCIATION_DEL, VPC_A_OP_ASSOCIATION },
	{ "main", run_association, main_words, VPC_CMD_ASSOCIATION_SET, VPC_A_OP_ASSOCIATION },
	{ }
};

const struct noun noun_route_table = {
	.name = "route-table",
	.help = "route tables and what they are associated with",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_ROUTE_TABLE_NEW_NTF,
	.del_ntf = VPC_CMD_ROUTE_TABLE_DEL_NTF,
};
