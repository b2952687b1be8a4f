// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	uapi/netlink/specs/vpc.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "vpc-nl.h"

#include <uapi/linux/vpc.h>

/* Common nested types */
const struct nla_policy vpc_association_op_nl_policy[VPC_A_ASSOCIATION_SUBNET + 1] = {
	[VPC_A_ASSOCIATION_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_eip_op_nl_policy[VPC_A_EIP_NO_REASSOCIATION + 1] = {
	[VPC_A_EIP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
