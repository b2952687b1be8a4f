// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

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
	[VPC_A_PREFIX_LIST_WEIGHT]	= { "weight", ATTR_NUMBER },
	[VPC_A_PREFIX_LIST_ADDRESS_FAMILY] = { "address-family", ATTR_ENUM, 0, family_names },
};

static const struct word add_words[] = {
	WORD_NAME(VPC_A_PREFIX_LIST_NAME),
	{ "region", "REGION", put_string, VPC_A_PREFIX_LIST_REGION, 0, 0 },
	{ "owner", "ACCOUNT", put_string, VPC_A_PREFIX_LIST_OWNER, 0, 0 },
	{ "max-entries", "N", put_u32, VPC_A_PREFIX_LIST_MAX_ENTRIES, 0, 0 },
	{ "family", "ipv4|ipv6", put_family, VPC_A_PREFIX_LIST_ADDRESS_FAMILY, 0, 0 },
	{ "weight", "N", put_u32, VPC_A_PREFIX_LIST_WEIGHT, 0, 0 },
	{ "entry", "CIDR[,DESCRIPTION]", put_entry, VPC_A_PREFIX_LIST_ENTRY, 0, WORD_MANY },
	{ }
};

/* A list needs max-entries (PFX-1): if nothing is said, what it is given shall fill it. */
static int complete_add(struct nlmsghdr *nlh)
{
	const struct nlattr *attr;
	uint32_t n = 0;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		uint16_t nr = mnl_attr_get_type(attr);

		if (nr == VPC_A_PREFIX_LIST_MAX_ENTRIES)
			return EXIT_OK;
		if (nr == VPC_A_PREFIX_LIST_OWNER && !strcmp(mnl_attr_get_str(attr), "AWS"))
			return EXIT_OK;
		n += nr == VPC_A_PREFIX_LIST_ENTRY;
	}
	n = n ? n : 1;
	return put_data(nlh, VPC_A_PREFIX_LIST_MAX_ENTRIES, &n, sizeof(n));
}

/* version makes the change conditional: the list must still be at that version. */
static const struct word set_words[] = {
	WORD_REF(VPC_A_PREFIX_LIST_ID),
	{ "name", "NAME", put_string, VPC_A_PREFIX_LIST_NAME, 0, 0 },
	{ "max-entries", "N", put_u32, VPC_A_PREFIX_LIST_MAX_ENTRIES, 0, 0 },
	{ "version", "V", put_u64, VPC_A_PREFIX_LIST_VERSION, 0, 0 },
	{ "owner", "AWS", put_string, VPC_A_PREFIX_LIST_OWNER, 0, 0 },
	{ "weight", "N", put_u32, VPC_A_PREFIX_LIST_WEIGHT, 0, 0 },
	{ "add", "CIDR[,DESCRIPTION]", put_entry, VPC_A_PREFIX_LIST_ENTRY, 0, WORD_MANY },
	{ "remove", "CIDR", put_prefix, VPC_A_PREFIX_LIST_REMOVE, 0, WORD_MANY },
	{ }
};

static const struct word restore_words[] = {
	WORD_REF(VPC_A_PREFIX_LIST_ID),
	{ "previous-version", "V", put_u64, VPC_A_PREFIX_LIST_PREVIOUS_VERSION, 0, WORD_REQUIRED },
	{ "version", "V", put_u64, VPC_A_PREFIX_LIST_VERSION, 0, 0 },
	{ }
};

static const struct word del_words[] = {
	WORD_REF(VPC_A_PREFIX_LIST_ID),
	{ "owner", "AWS", put_string, VPC_A_PREFIX_LIST_OWNER, 0, 0 },
	{ }
};

static const struct word show_words[] = {
	WORD_REF_OPT(VPC_A_PREFIX_LIST_ID),
	{ "version", "V", put_u64, VPC_A_PREFIX_LIST_VERSION, 0, 0 },
	{ }
};

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_PREFIX_LIST_NEW, VPC_A_OP_PREFIX_LIST,
	  complete_add },
	{ "set", run_change, set_words, VPC_CMD_PREFIX_LIST_SET, VPC_A_OP_PREFIX_LIST },
	{ "restore", run_change, restore_words,
	  VPC_CMD_PREFIX_LIST_RESTORE, VPC_A_OP_PREFIX_LIST },
	{ "del", run_change, del_words, VPC_CMD_PREFIX_LIST_DEL, VPC_A_OP_PREFIX_LIST },
	{ "show", run_show, show_words, VPC_CMD_PREFIX_LIST_GET, 0 },
	{ }
};

const struct noun noun_prefix_list = {
	.name = "prefix-list",
	.help = "lists of CIDRs that routes and services share",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.merge = { VPC_A_PREFIX_LIST_ENTRY },
	.new_ntf = VPC_CMD_PREFIX_LIST_NEW_NTF,
	.del_ntf = VPC_CMD_PREFIX_LIST_DEL_NTF,
};
