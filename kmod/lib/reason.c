// SPDX-License-Identifier: GPL-2.0
#include "reason.h"

static const char * const drop_names[VPC_DROP_MAX] = {
	[VPC_DROP_NONE] = "none",
#define X(name, text) [VPC_DROP_##name] = text,
	VPC_DROP_REASONS(X)
#undef X
};

const char *vpc_drop_name(enum vpc_drop reason)
{
	return (unsigned int)reason < VPC_DROP_MAX ? drop_names[reason] : "unknown";
}
