// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

#include "print.h"

static const struct attr attrs[] = {
	[VPC_A_STATS_PORT]	= { "port", ATTR_STRING },
	[VPC_A_STATS_NAME]	= { "name", ATTR_STRING },
	[VPC_A_STATS_COUNTER]	= { "counter", ATTR_STRING },
	[VPC_A_STATS_DROP]	= { "drop", ATTR_FLAG },
	[VPC_A_STATS_VALUE]	= { "value", ATTR_NUMBER },
};

/* "-" is what belongs to no port. */
static int put_port(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return strcmp(value, "-") ? put_string(nlh, w, value) : EXIT_OK;
}

static const struct word show_words[] = {
	{ "PORT", "PORT", put_string, VPC_A_STATS_PORT, 0, WORD_POSITION },
	{ }
};

static const struct word get_words[] = {
	{ "PORT", "PORT|-", put_port, VPC_A_STATS_PORT, 0, WORD_POSITION | WORD_REQUIRED },
	{ "COUNTER", "COUNTER", put_string, VPC_A_STATS_COUNTER, 0,
	  WORD_POSITION | WORD_REQUIRED },
	{ }
};

static int show_drop(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[ARRAY_SIZE(attrs)];

	(void)data;
	tb_parse(&noun_stats, nlh, tb);
	if (tb[VPC_A_STATS_DROP])
		show_object(&noun_stats, nlh);
	return 0;
}

static int run_drops(const struct call *call)
{
	struct nl *nl = vpc_nl();
	struct nl_error err;
	int ret;

	if (!nl)
		return EXIT_REFUSED;
	print_array_open(NULL);
	ret = nl_stream(nl, call->nlh, show_drop, NULL, &err);
	print_array_close();
	return ret ? kernel_error(&err) : EXIT_OK;
}

static int value_parse(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[ARRAY_SIZE(attrs)];

	tb_parse(&noun_stats, nlh, tb);
	if (tb[VPC_A_STATS_VALUE])
		*(uint64_t *)data = mnl_attr_get_u64(tb[VPC_A_STATS_VALUE]);
	return 0;
}

/* Just the number, for scripts. */
static int run_get(const struct call *call)
{
	struct nl *nl = vpc_nl();
	struct nl_error err;
	uint64_t value = 0;

	if (!nl)
		return EXIT_REFUSED;
	if (nl_talk(nl, call->nlh, value_parse, &value, &err))
		return kernel_error(&err);
	printf("%llu\n", (unsigned long long)value);
	return EXIT_OK;
}

static const struct verb verbs[] = {
	{ "show", run_list, show_words, VPC_CMD_STATS_GET, 0 },
	{ "drops", run_drops, show_words, VPC_CMD_STATS_GET, 0 },
	{ "get", run_get, get_words, VPC_CMD_STATS_GET, 0 },
	{ }
};

static void text(const struct nlattr *const *tb)
{
	print_text("%s", tb[VPC_A_STATS_PORT] ? mnl_attr_get_str(tb[VPC_A_STATS_PORT]) : "-");
	if (tb[VPC_A_STATS_NAME])
		print_text("name %s", mnl_attr_get_str(tb[VPC_A_STATS_NAME]));
	if (tb[VPC_A_STATS_DROP])
		print_text("drop");
	if (tb[VPC_A_STATS_COUNTER] && tb[VPC_A_STATS_VALUE])
		print_text("%s %llu", mnl_attr_get_str(tb[VPC_A_STATS_COUNTER]),
			   (unsigned long long)mnl_attr_get_u64(tb[VPC_A_STATS_VALUE]));
}

const struct noun noun_stats = {
	.name = "stats",
	.help = "counters and drop reasons of the ports",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.text = text,
	.live = true,
};
