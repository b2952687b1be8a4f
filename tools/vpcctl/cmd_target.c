// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

const char *const target_state_names[] = {
	"unused", "initial", "healthy", "unhealthy", "unhealthy-draining", "draining", NULL
};

static const char *const health_names[] = { "healthy", "unhealthy", NULL };

static const struct attr probe_attrs[] = {
	[VPC_A_TARGET_PROBE_ENI]	= { "eni", ATTR_STRING, ATTR_BARE },
	[VPC_A_TARGET_PROBE_NODE]	= { "node", ATTR_ADDRESS },
	[VPC_A_TARGET_PROBE_ADDRESS]	= { "address", ATTR_ADDRESS },
};

static const struct attr attrs[] = {
	[VPC_A_TARGET_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_TARGET_TARGET_GROUP]	= { "target-group", ATTR_STRING },
	[VPC_A_TARGET_ENI]		= { "eni", ATTR_STRING },
	[VPC_A_TARGET_ADDRESS]		= { "address", ATTR_ADDRESS },
	[VPC_A_TARGET_PORT]		= { "port", ATTR_NUMBER },
	[VPC_A_TARGET_ZONE]		= { "zone", ATTR_STRING },
	[VPC_A_TARGET_STATE]		= { "state", ATTR_ENUM, 0, target_state_names },
	[VPC_A_TARGET_REASON]		= { "reason", ATTR_STRING },
	[VPC_A_TARGET_HEALTH_CHECK_PORT] = { "health-check-port", ATTR_NUMBER },
	[VPC_A_TARGET_PROBE]		= { "probe", ATTR_NEST, ATTR_MANY,
					    .members = probe_attrs,
					    .n_members = ARRAY_SIZE(probe_attrs) },
};

static int put_health(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, health_names);
}

/* A target has no name but how it was registered. */
#define WORDS_TARGET \
	{ "GROUP", "GROUP", put_string, VPC_A_TARGET_TARGET_GROUP, 0, \
	  WORD_POSITION | WORD_REQUIRED }, \
	{ "eni", "ENI", put_string, VPC_A_TARGET_ENI, 0, WORD_ONE_OF }, \
	{ "address", "ADDRESS", put_address, VPC_A_TARGET_ADDRESS, 0, WORD_ONE_OF }, \
	{ "port", "PORT", put_u16, VPC_A_TARGET_PORT, 0, 0 }

static const struct word target_words[] = { WORDS_TARGET, { } };

static const struct word set_words[] = {
	WORDS_TARGET,
	{ "health", "healthy|unhealthy", put_health, VPC_A_TARGET_HEALTH, 0, WORD_REQUIRED },
	{ "reason", "TEXT", put_string, VPC_A_TARGET_REASON, 0, 0 },
	{ }
};

static const struct word show_words[] = {
	{ "GROUP", "GROUP", put_string, VPC_A_TARGET_TARGET_GROUP, 0, WORD_POSITION }, { }
};

static const struct verb verbs[] = {
	{ "add", run_change, target_words, VPC_CMD_TARGET_NEW, VPC_A_OP_TARGET },
	{ "set", run_change, set_words, VPC_CMD_TARGET_SET, VPC_A_OP_TARGET },
	{ "del", run_change, target_words, VPC_CMD_TARGET_DEL, VPC_A_OP_TARGET },
	{ "show", run_list, show_words, VPC_CMD_TARGET_GET, 0 },
	{ }
};

const struct noun noun_target = {
	.name = "target",
	.help = "what target groups send to",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_TARGET_NEW_NTF,
	.del_ntf = VPC_CMD_TARGET_DEL_NTF,
};
