// SPDX-License-Identifier: GPL-2.0
#include "options.h"

#include <linux/string.h>
#include <uapi/linux/ip.h>

/* The option after @at, the first one after NULL; NULL after the last, and if lengths are @bad. */
static const u8 *option_next(const struct iphdr *iph, const u8 *at, bool *bad)
{
	const u8 *end = (const u8 *)iph + iph->ihl * 4;
	unsigned int len;

	*bad = false;
	if (!at)
		at = (const u8 *)(iph + 1);
	else if (*at == IPOPT_NOOP)
		at++;
	else
		at += at[IPOPT_OLEN];
	if (at >= end || *at == IPOPT_END)
		return NULL;
	if (*at == IPOPT_NOOP)
		return at;
	len = at + IPOPT_OLEN < end ? at[IPOPT_OLEN] : 0;
	*bad = len <= IPOPT_OLEN || at + len > end;
	return *bad ? NULL : at;
}

enum vpc_drop vpc_options_parse(const struct iphdr *iph, bool *source_route)
{
	const u8 *opt = NULL;
	bool bad;

	while ((opt = option_next(iph, opt, &bad)))
		if (*opt == IPOPT_LSRR || *opt == IPOPT_SSRR)
			*source_route = true;
	return bad ? VPC_DROP_BAD_HEADER : VPC_DROP_NONE;
}

void vpc_options_fragment(struct iphdr *iph)
{
	const u8 *opt, *next;
	bool bad;

	for (opt = option_next(iph, NULL, &bad); opt; opt = next) {
		next = option_next(iph, opt, &bad);
		if (*opt != IPOPT_NOOP && !IPOPT_COPIED(*opt))
			memset((u8 *)opt, IPOPT_NOOP, opt[IPOPT_OLEN]);
	}
}
