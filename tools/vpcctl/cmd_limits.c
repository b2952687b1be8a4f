// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const struct attr attrs[] = {
	[VPC_A_LIMITS_NAME]	= { "name", ATTR_STRING, ATTR_BARE },
	[VPC_A_LIMITS_VALUE]	= { "value", ATTR_NUMBER, ATTR_BARE },
	[VPC_A_LIMITS_USED]	= { "used", ATTR_NUMBER },
	[VPC_A_LIMITS_FIXED]	= { "fixed", ATTR_FLAG },
};

static const struct word set_words[] = {
	WORD_NAME(VPC_A_LIMITS_NAME),
	{ "VALUE", "VALUE", put_u64, VPC_A_LIMITS_VALUE, 0, WORD_POSITION | WORD_REQUIRED },
	{ }
};

static const struct word show_words[] = {
	{ "NAME", "NAME", put_string, VPC_A_LIMITS_NAME, 0, WORD_POSITION },
	{ }
};

static const struct verb verbs[] = {
	{ "set", run_change, set_words, VPC_CMD_LIMITS_SET, VPC_A_OP_LIMITS },
	{ "show", run_show, show_words, VPC_CMD_LIMITS_GET, 0 },
	{ }
};

const struct noun noun_limits = {
	.name = "limits",
	.help = "how much of everything there may be",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_LIMITS_NTF,
};
