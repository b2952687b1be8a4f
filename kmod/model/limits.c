// SPDX-License-Identifier: GPL-2.0
#include "limits.h"

#include <linux/kernel.h>
#include <linux/string.h>

const struct vpc_limit_info vpc_limit_table[] = {
#define X(field, text, def, min, max) \
	{ text, offsetof(struct vpc_limits, field), def, min, max },
	VPC_LIMITS(X)
#undef X
};

const unsigned int vpc_limit_count = ARRAY_SIZE(vpc_limit_table);

void vpc_limits_init(struct vpc_limits *limits)
{
	unsigned int i;

	for (i = 0; i < vpc_limit_count; i++)
		*vpc_limit_value(limits, &vpc_limit_table[i]) = vpc_limit_table[i].def;
}

void vpc_limits_enforce(struct vpc_limits *in_force, struct vpc_limits *limits)
{
	unsigned int i;

	for (i = 0; i < vpc_limit_count; i++)
		WRITE_ONCE(*vpc_limit_value(in_force, &vpc_limit_table[i]),
			   *vpc_limit_value(limits, &vpc_limit_table[i]));
}

const struct vpc_limit_info *vpc_limit_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < vpc_limit_count; i++)
		if (!strcmp(vpc_limit_table[i].name, name))
			return &vpc_limit_table[i];
	return NULL;
}
