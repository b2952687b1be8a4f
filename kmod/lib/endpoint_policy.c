// SPDX-License-Identifier: GPL-2.0
#include "endpoint_policy.h"

#include <linux/limits.h>

#include <uapi/linux/vpc.h>

#define ACCOUNT_DIGITS	12

u64 vpc_account_parse(const char *text)
{
	u64 account = 0;
	int i;

	for (i = 0; text[i] >= '0' && text[i] <= '9'; i++) {
		if (i == ACCOUNT_DIGITS)
			return VPC_ACCOUNT_NONE;
		account = 10 * account + text[i] - '0';
	}
	return i == ACCOUNT_DIGITS && !text[i] ? account : VPC_ACCOUNT_NONE;
}

static bool action_matches(const struct vpc_endpoint_value *value,
			   const struct vpc_endpoint_query *query)
{
	if (value->action.proto != VPC_ENDPOINT_POLICY_ALL && value->action.proto != query->proto)
		return false;
	if (query->proto != IPPROTO_TCP && query->proto != IPPROTO_UDP)
		return true;
	return value->action.first <= query->port && query->port <= value->action.last;
}

static bool value_matches(u8 key, const struct vpc_endpoint_value *value,
			  const struct vpc_endpoint_query *query)
{
	switch (key) {
	case VPC_POLICY_KEY_PRINCIPAL:
	case VPC_POLICY_KEY_PRINCIPAL_ACCOUNT:
		return value->id == query->account;
	case VPC_POLICY_KEY_ACTION:
		return action_matches(value, query);
	case VPC_POLICY_KEY_RESOURCE:
		return value->id == query->service;
	case VPC_POLICY_KEY_SOURCE_VPC:
		return value->id == query->vpc;
	case VPC_POLICY_KEY_SOURCE_VPCE:
		return value->id == query->endpoint;
	case VPC_POLICY_KEY_VPC_SOURCE_IP:
		return vpc_prefix_has(&value->cidr, query->family, &query->src);
	}
	return false;			/* GWE-14: by an endpoint nobody has a public address */
}

/* One value is enough; of a negated element none may match. */
static bool holds(const struct vpc_endpoint_element *element,
		  const struct vpc_endpoint_query *query)
{
	u32 i;

	for (i = 0; i < element->n_values; i++)
		if (value_matches(element->key, &element->values[i], query))
			return !element->negate;
	return element->negate;
}

static bool applies(const struct vpc_endpoint_statement *statement,
		    const struct vpc_endpoint_query *query)
{
	u32 i;

	for (i = 0; i < statement->n_elements; i++)
		if (!holds(&statement->elements[i], query))
			return false;
	return true;
}

bool vpc_endpoint_policy_allows(const struct vpc_endpoint_policy *policy,
				const struct vpc_endpoint_query *query)
{
	const struct vpc_endpoint_statement *statement;
	bool allowed = false;
	u32 i;

	for (i = 0; i < policy->n_statements; i++) {
		statement = &policy->statements[i];
		if ((allowed && !statement->deny) || !applies(statement, query))
			continue;
		if (statement->deny)
			return false;
		allowed = true;
	}
	return allowed;
}
