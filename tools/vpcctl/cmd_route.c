// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <arpa/inet.h>
#include <string.h>

#include "print.h"

static const char *const target_names[] = {
	"local", "igw", "eni", "endpoint", "peering", "eigw", NULL
};
static const char *const route_state_names[] = { "active", "blackhole", NULL };
static const char *const origin_names[] = {
	"create-route-table", "create-route", "endpoint", NULL
};

static const struct attr attrs[] = {
	[VPC_A_ROUTE_ROUTE_TABLE]	= { "route-table", ATTR_STRING },
	[VPC_A_ROUTE_DESTINATION]	= { "destination", ATTR_PREFIX },
	[VPC_A_ROUTE_PREFIX_LIST]	= { "prefix-list", ATTR_STRING },
	[VPC_A_ROUTE_TARGET]		= { "target", ATTR_ENUM, 0, target_names },
	[VPC_A_ROUTE_TARGET_ID]		= { "target-id", ATTR_STRING },
	[VPC_A_ROUTE_STATE]		= { "state", ATTR_ENUM, 0, route_state_names },
	[VPC_A_ROUTE_ORIGIN]		= { "origin", ATTR_ENUM, 0, origin_names },
};

/* A CIDR, or else the name of a prefix list; a bare address is surely meant to be the former. */
static int put_destination(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	const struct word list = { .word = "DEST", .attr = VPC_A_ROUTE_PREFIX_LIST };
	const char *slash = strchr(value, '/');
	char addr[PRINT_ADDRESS_LEN];
	uint8_t bin[16];

	snprintf(addr, sizeof(addr), "%.*s", slash ? (int)(slash - value) : (int)strlen(value),
		 value);
	if (inet_pton(AF_INET, addr, bin) == 1 || inet_pton(AF_INET6, addr, bin) == 1)
		return put_prefix(nlh, w, value);
	return put_string(nlh, &list, value);
}

static int put_target(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint8_t target = w->arg;
	int ret;

	ret = put_data(nlh, VPC_A_ROUTE_TARGET, &target, sizeof(target));
	return ret || !w->meta ? ret : put_string(nlh, w, value);
}

#define WORDS_ROUTE \
	{ "TABLE", "TABLE", put_string, VPC_A_ROUTE_ROUTE_TABLE, 0, \
	  WORD_POSITION | WORD_REQUIRED }, \
	{ "DEST", "CIDR|PREFIX-LIST", put_destination, VPC_A_ROUTE_DESTINATION, 0, \
	  WORD_POSITION | WORD_REQUIRED }

#define TARGET(name, meta, nr) \
	{ name, meta, put_target, VPC_A_ROUTE_TARGET_ID, nr, WORD_ONE_OF }

static const struct word add_words[] = {
	WORDS_ROUTE,
	TARGET("igw", "IGW", VPC_TARGET_IGW),
	TARGET("eni", "ENI", VPC_TARGET_ENI),
	TARGET("endpoint", "ENDPOINT", VPC_TARGET_ENDPOINT),
	TARGET("peering", "PEERING", VPC_TARGET_PEERING),
	TARGET("eigw", "EIGW", VPC_TARGET_EIGW),
	TARGET("local", NULL, VPC_TARGET_LOCAL),
	{ }
};

static const struct word del_words[] = { WORDS_ROUTE, { } };

static const struct word show_words[] = {
	{ "TABLE", "TABLE", put_string, VPC_A_ROUTE_ROUTE_TABLE, 0, WORD_POSITION },
	{ }
};

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_ROUTE_NEW, VPC_A_OP_ROUTE },
	{ "replace", run_change, add_words, VPC_CMD_ROUTE_SET, VPC_A_OP_ROUTE },
	{ "del", run_change, del_words, VPC_CMD_ROUTE_DEL, VPC_A_OP_ROUTE },
	{ "show", run_list, show_words, VPC_CMD_ROUTE_GET, 0 },
	{ "get", run_show, del_words, VPC_CMD_ROUTE_GET, 0 },
	{ }
};

/* One column each for where from, where to, how it is and who made it. */
static void text(const struct nlattr *const *tb)
{
	static const uint16_t columns[] = {
		VPC_A_ROUTE_ROUTE_TABLE, VPC_A_ROUTE_DESTINATION, VPC_A_ROUTE_PREFIX_LIST,
		VPC_A_ROUTE_TARGET, VPC_A_ROUTE_TARGET_ID, VPC_A_ROUTE_STATE, VPC_A_ROUTE_ORIGIN,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		struct attr bare = attrs[columns[i]];

		bare.flags |= ATTR_BARE;
		if (columns[i] == VPC_A_ROUTE_TARGET && tb[VPC_A_ROUTE_TARGET_ID])
			continue;
		if (tb[columns[i]])
			show_attr(&bare, tb[columns[i]]);
	}
}

const struct noun noun_route = {
	.name = "route",
	.help = "routes",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.text = text,
	.new_ntf = VPC_CMD_ROUTE_NEW_NTF,
	.del_ntf = VPC_CMD_ROUTE_DEL_NTF,
};
