// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

const char *const exclusion_names[] = { "none", "allow-bidirectional", "allow-egress", NULL };

static const char *const mode_names[] = { "off", "block-bidirectional", "block-ingress", NULL };

static const struct attr attrs[] = {
	[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE] = {
		"internet-gateway-block-mode", ATTR_ENUM, 0, mode_names,
	},
};

static int put_mode(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_name(nlh, w, value, mode_names);
}

static const struct word set_words[] = {
	{ "MODE", "off|block-bidirectional|block-ingress", put_mode,
	  VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE, 0,
	  WORD_POSITION | WORD_REQUIRED },
	{ }
};

static const struct verb verbs[] = {
	{ "set", run_change, set_words, VPC_CMD_BLOCK_PUBLIC_ACCESS_SET,
	  VPC_A_OP_BLOCK_PUBLIC_ACCESS },
	{ "show", run_list, NULL, VPC_CMD_BLOCK_PUBLIC_ACCESS_GET, 0 },
	{ }
};

const struct noun noun_block_public_access = {
	.name = "block-public-access",
	.help = "whether gateways lead to the internet at all",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_BLOCK_PUBLIC_ACCESS_NTF,
};
