// SPDX-License-Identifier: GPL-2.0
#include "flowkey.h"

#include <linux/jhash.h>

void vpc_flow_key_invert(struct vpc_flow_key *inv, const struct vpc_flow_key *key, u32 port)
{
	*inv = (struct vpc_flow_key){
		.port = port,
		.family = key->family,
		.proto = key->proto,
		.sport = key->dport,
		.dport = key->sport,
		.src = key->dst,
		.dst = key->src,
	};
}

bool vpc_flow_key_same_tuple(const struct vpc_flow_key *a, const struct vpc_flow_key *b)
{
	size_t skip = sizeof(a->port);

	return !memcmp((const u8 *)a + skip, (const u8 *)b + skip, sizeof(*a) - skip);
}

u32 vpc_flow_key_hash(const struct vpc_flow_key *key, u32 seed)
{
	BUILD_BUG_ON(sizeof(*key) % sizeof(u32));
	return jhash2((const u32 *)key, sizeof(*key) / sizeof(u32), seed);
}
