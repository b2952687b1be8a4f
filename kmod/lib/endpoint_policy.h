/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ENDPOINT_POLICY_H
#define _VPC_ENDPOINT_POLICY_H

#include <linux/types.h>

#include "addr.h"

/* Stands for every protocol of an action. */
#define VPC_ENDPOINT_POLICY_ALL	(-1)

/**
 * struct vpc_endpoint_value - one of those that an element lists
 * @id: of a service, VPC or endpoint, or the number of an account
 * @cidr: of addresses
 * @action: protocol, or VPC_ENDPOINT_POLICY_ALL, and of TCP and UDP the destination ports
 *
 * The key of its element says which.
 */
struct vpc_endpoint_value {
	union {
		u64 id;
		struct vpc_prefix cidr;
		struct {
			s16 proto;
			u16 first;
			u16 last;
		} action;
	};
};

/**
 * struct vpc_endpoint_element - what a statement says about one thing
 * @key: enum vpc_policy_key
 * @negate: it holds where no value matches, not where one does
 * @n_values: how many
 * @values: those
 */
struct vpc_endpoint_element {
	u8 key;
	bool negate;
	u32 n_values;
	const struct vpc_endpoint_value *values;
};

/**
 * struct vpc_endpoint_statement - a statement of a policy
 * @deny: its effect where all elements hold, and that is everywhere when there is none
 * @n_elements: how many
 * @elements: those
 */
struct vpc_endpoint_statement {
	bool deny;
	u32 n_elements;
	const struct vpc_endpoint_element *elements;
};

/**
 * struct vpc_endpoint_policy - who may do what by an endpoint (POL-6); immutable, one allocation
 * @n_statements: how many
 * @statements: those
 */
struct vpc_endpoint_policy {
	u32 n_statements;
	const struct vpc_endpoint_statement *statements;
};

/**
 * struct vpc_endpoint_query - a flow that begins
 * @account: owner of the client's VPC, VPC_ACCOUNT_NONE when nobody is
 * @service: id
 * @vpc: id of the endpoint's VPC
 * @endpoint: id
 * @src: the client's address
 * @family: of that
 * @proto: IPPROTO_*
 * @port: destination port of TCP and UDP
 */
struct vpc_endpoint_query {
	u64 account;
	u64 service;
	u64 vpc;
	u64 endpoint;
	struct vpc_addr src;
	u8 family;
	u8 proto;
	u16 port;
};

/* No account has so many digits. */
#define VPC_ACCOUNT_NONE	U64_MAX

/* The number of an account of 12 digits, or VPC_ACCOUNT_NONE. */
u64 vpc_account_parse(const char *text);

/* Nobody is allowed what no statement allows, or one denies; the order does not count. */
bool vpc_endpoint_policy_allows(const struct vpc_endpoint_policy *policy,
				const struct vpc_endpoint_query *query);

#endif /* _VPC_ENDPOINT_POLICY_H */
