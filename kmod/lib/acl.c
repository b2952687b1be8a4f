// SPDX-License-Identifier: GPL-2.0
#include "acl.h"

#include <uapi/linux/vpc.h>

#include "flowkey.h"

static bool covers(s16 wanted, u8 value)
{
	return wanted == VPC_ACL_ALL || wanted == value;
}

static bool in_cidr(const struct vpc_acl_rule *rule, const struct vpc_flow_key *key)
{
	const struct vpc_addr *far = rule->direction == VPC_DIRECTION_EGRESS ? &key->dst :
									       &key->src;

	return vpc_prefix_has(&rule->cidr, key->family, far);
}

static bool matches(const struct vpc_acl_rule *rule, const struct vpc_flow_key *key, u16 icmp)
{
	u16 port = ntohs(key->dport);

	if (!covers(rule->proto, key->proto) || !in_cidr(rule, key))
		return false;
	switch (rule->proto) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		return rule->port_from <= port && port <= rule->port_to;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return covers(rule->icmp_type, icmp >> 8) &&
		       covers(rule->icmp_code, icmp & 0xff);
	}
	return true;
}

bool vpc_acl_allows(const struct vpc_acl_rule *rules, u32 n, u8 direction,
		    const struct vpc_flow_key *key, u16 icmp)
{
	const struct vpc_acl_rule *rule;

	for (rule = rules; rule < rules + n; rule++)
		if (rule->direction == direction && matches(rule, key, icmp))
			return rule->allow;
	return false;
}
