// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const family_names[] = { "ipv4", "ipv6", NULL };

static int put_family(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, family_names);
}

static const struct attr attrs[] = {
	[VPC_A_PREFIX_LIST_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_PREFIX_LIST_NAME]	= { "name", ATTR_STRING },
	[VPC_A_PREFIX_LIST_REGION]	= { "region", ATTR_STRING },
	[VPC_A_PREFIX_LIST_OWNER]	= { "owner", ATTR_STRING },
	[VPC_A_PREFIX_LIST_MAX_ENTRIES]	= { "max-entries", ATTR_NUMBER },
	[VPC_A_PREFIX_LIST_VERSION]	= { "version", ATTR_NUMBER },
	[VPC_A_PREFIX_LIST_ENTRY]	= { "entry", ATTR_PREFIX, ATTR_MANY },
	[VPC_A_PREFIX_LIST_ENTRIES]	= { "entries", ATTR_NUMBER },
	[VPC_A_PREFIX_LIST_ADDRESS_FAMILY] = { "address-family", ATTR_ENUM, 0, family_names },
};

static const struct word add_words[] = {
	WORD_NAME(VPC_A_PREFIX_LIST_NAME),
	{ "region", "REGION", put_string, VPC_A_PREFIX_LIST_REGION, 0, 0 },
	{ "owner", "ACCOUNT", put_string, VPC_A_PREFIX_LIST_OWNER, 0, 0 },
	{ "max-entries", "N", put_u32, VPC_A_PREFIX_LIST_MAX_ENTRIES, 0, 0 },
	{ "family", "ipv4|ipv6", put_family, VPC_A_PREFIX_LIST_ADDRESS_FAMILY, 0, 0 },
	{ "entry", "CIDR", put_prefix, VPC_A_PREFIX_LIST_ENTRY, 0, WORD_MANY },
	{ }
};

/* version makes the change conditional: the list must still be at that version. */
static const struct word set_words[] = {
	WORD_REF(VPC_A_PREFIX_LIST_ID),
	{ "name", "NAME", put_string, VPC_A_PREFIX_LIST_NAME, 0, 0 },
	{ "max-entries", "N", put_u32, VPC_A_PREFIX_LIST_MAX_ENTRIES, 0, 0 },
	{ "version", "V", put_u64, VPC_A_PREFIX_LIST_VERSION, 0, 0 },
	{ "add", "CIDR", put_prefix, VPC_A_PREFIX_LIST_ENTRY, 0, WORD_MANY },
	{ "remove", "CIDR", put_prefix, VPC_A_PREFIX_LIST_REMOVE, 0, WORD_MANY },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_PREFIX_LIST_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_PREFIX_LIST_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_PREFIX_LIST_NEW, VPC_A_OP_PREFIX_LIST },
	{ "set", run_change, set_words, VPC_CMD_PREFIX_LIST_SET, VPC_A_OP_PREFIX_LIST },
	{ "del", run_change, ref_words, VPC_CMD_PREFIX_LIST_DEL, VPC_A_OP_PREFIX_LIST },
	{ "show", run_show, show_words, VPC_CMD_PREFIX_LIST_GET, 0 },
	{ }
};

const struct noun noun_prefix_list = {
	.name = "prefix-list",
	.help = "lists of CIDRs that routes and services share",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.merge = VPC_A_PREFIX_LIST_ENTRY,
	.new_ntf = VPC_CMD_PREFIX_LIST_NEW_NTF,
	.del_ntf = VPC_CMD_PREFIX_LIST_DEL_NTF,
};
