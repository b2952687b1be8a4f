// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	uapi/netlink/specs/vpc.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "vpc-nl.h"

#include <uapi/linux/vpc.h>

/* Common nested types */
const struct nla_policy vpc_association_op_nl_policy[VPC_A_ASSOCIATION_GATEWAY + 1] = {
	[VPC_A_ASSOCIATION_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_GATEWAY] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_block_public_access_op_nl_policy[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE + 1] = {
	[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

const struct nla_policy vpc_eigw_op_nl_policy[VPC_A_EIGW_UPLINK + 1] = {
	[VPC_A_EIGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIGW_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_EIGW_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIGW_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_eip_op_nl_policy[VPC_A_EIP_NO_REASSOCIATION + 1] = {
	[VPC_A_EIP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_EIP_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_EIP_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIP_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIP_PRIVATE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_EIP_NO_REASSOCIATION] = { .type = NLA_FLAG, },
};

const struct nla_policy vpc_endpoint_op_nl_policy[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED + 1] = {
	[VPC_A_ENDPOINT_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENDPOINT_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_SERVICE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_ENDPOINT_ROUTE_TABLE] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_REMOVE_ROUTE_TABLE] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_IP_ADDRESS_TYPE] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_ENDPOINT_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_REMOVE_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENDPOINT_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_REMOVE_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_POLICY_DOCUMENT] = { .type = NLA_STRING, .len = VPC_POLICY_DOCUMENT_MAX, },
	[VPC_A_ENDPOINT_POLICY_STATEMENT] = NLA_POLICY_NESTED(vpc_policy_statement_nl_policy),
	[VPC_A_ENDPOINT_POLICY_RESET] = { .type = NLA_FLAG, },
	[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED] = NLA_POLICY_MAX(NLA_U8, 1),
};

const struct nla_policy vpc_endpoint_service_op_nl_policy[VPC_A_VPCE_SVC_ENDPOINT + 1] = {
	[VPC_A_VPCE_SVC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_NLB] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_REMOVE_NLB] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_REMOVE_ALLOWED_PRINCIPAL] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_SUPPORTED_REGION] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_REMOVE_SUPPORTED_REGION] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_DNS_NAME_MAX, },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPCE_SVC_ENDPOINT] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_eni_op_nl_policy[VPC_A_ENI_ASSOCIATE_PUBLIC_IP + 1] = {
	[VPC_A_ENI_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENI_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_ENI_MAC] = NLA_POLICY_EXACT_LEN(6),
	[VPC_A_ENI_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_ENI_SOURCE_DEST_CHECK] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_ENI_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT] = { .type = NLA_U32, },
	[VPC_A_ENI_UDP_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 30, 60),
	[VPC_A_ENI_UDP_STREAM_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 60, 180),
	[VPC_A_ENI_SECONDARY_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENI_IPV6_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VPC_A_ENI_PREFIX] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ENI_SECONDARY_ADDRESS_COUNT] = { .type = NLA_U32, },
	[VPC_A_ENI_IPV6_ADDRESS_COUNT] = { .type = NLA_U32, },
	[VPC_A_ENI_REASSIGN] = { .type = NLA_FLAG, },
	[VPC_A_ENI_ASSOCIATE_PUBLIC_IP] = NLA_POLICY_MAX(NLA_U8, 1),
};

const struct nla_policy vpc_igw_op_nl_policy[VPC_A_IGW_UPLINK + 1] = {
	[VPC_A_IGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_IGW_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_IGW_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_IGW_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_limits_op_nl_policy[VPC_A_LIMITS_VALUE + 1] = {
	[VPC_A_LIMITS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_LIMITS_VALUE] = { .type = NLA_U64, },
};

const struct nla_policy vpc_listener_op_nl_policy[VPC_A_LISTENER_TCP_IDLE_TIMEOUT + 1] = {
	[VPC_A_LISTENER_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_NLB] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_LISTENER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_LISTENER_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_TCP_IDLE_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 60, 6000),
};

const struct nla_policy vpc_nat_gateway_op_nl_policy[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION + 1] = {
	[VPC_A_NAT_GATEWAY_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_NAT_GATEWAY_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NAT_GATEWAY_EIP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION] = NLA_POLICY_RANGE(NLA_U32, 1, 4000),
};

const struct nla_policy vpc_network_acl_op_nl_policy[VPC_A_NETWORK_ACL_ICMP_CODE + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_NETWORK_ACL_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_NUMBER] = NLA_POLICY_RANGE(NLA_U16, 1, 32766),
	[VPC_A_NETWORK_ACL_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NETWORK_ACL_ACTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NETWORK_ACL_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_NETWORK_ACL_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_NETWORK_ACL_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_NETWORK_ACL_PORT_TO] = { .type = NLA_U16, },
	[VPC_A_NETWORK_ACL_ICMP_TYPE] = { .type = NLA_U8, },
	[VPC_A_NETWORK_ACL_ICMP_CODE] = { .type = NLA_U8, },
};

const struct nla_policy vpc_nlb_op_nl_policy[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC + 1] = {
	[VPC_A_NLB_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_NLB_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_REMOVE_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_SCHEME] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NLB_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_NLB_EIP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_CROSS_ZONE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC] = NLA_POLICY_MAX(NLA_U8, 1),
};

const struct nla_policy vpc_op_nl_policy[VPC_A_OP_ENDPOINT_SERVICE + 1] = {
	[VPC_A_OP_CMD] = { .type = NLA_U32, },
	[VPC_A_OP_VPC] = NLA_POLICY_NESTED(vpc_vpc_op_nl_policy),
	[VPC_A_OP_SUBNET] = NLA_POLICY_NESTED(vpc_subnet_op_nl_policy),
	[VPC_A_OP_ENI] = NLA_POLICY_NESTED(vpc_eni_op_nl_policy),
	[VPC_A_OP_UPLINK] = NLA_POLICY_NESTED(vpc_uplink_op_nl_policy),
	[VPC_A_OP_ROUTE_TABLE] = NLA_POLICY_NESTED(vpc_route_table_op_nl_policy),
	[VPC_A_OP_ROUTE] = NLA_POLICY_NESTED(vpc_route_op_nl_policy),
	[VPC_A_OP_ASSOCIATION] = NLA_POLICY_NESTED(vpc_association_op_nl_policy),
	[VPC_A_OP_PREFIX_LIST] = NLA_POLICY_NESTED(vpc_prefix_list_op_nl_policy),
	[VPC_A_OP_IGW] = NLA_POLICY_NESTED(vpc_igw_op_nl_policy),
	[VPC_A_OP_EIP] = NLA_POLICY_NESTED(vpc_eip_op_nl_policy),
	[VPC_A_OP_SERVICE] = NLA_POLICY_NESTED(vpc_service_op_nl_policy),
	[VPC_A_OP_ENDPOINT] = NLA_POLICY_NESTED(vpc_endpoint_op_nl_policy),
	[VPC_A_OP_PEERING] = NLA_POLICY_NESTED(vpc_peering_op_nl_policy),
	[VPC_A_OP_SECURITY_GROUP] = NLA_POLICY_NESTED(vpc_security_group_op_nl_policy),
	[VPC_A_OP_NETWORK_ACL] = NLA_POLICY_NESTED(vpc_network_acl_op_nl_policy),
	[VPC_A_OP_EIGW] = NLA_POLICY_NESTED(vpc_eigw_op_nl_policy),
	[VPC_A_OP_NAT_GATEWAY] = NLA_POLICY_NESTED(vpc_nat_gateway_op_nl_policy),
	[VPC_A_OP_LIMITS] = NLA_POLICY_NESTED(vpc_limits_op_nl_policy),
	[VPC_A_OP_BLOCK_PUBLIC_ACCESS] = NLA_POLICY_NESTED(vpc_block_public_access_op_nl_policy),
	[VPC_A_OP_NLB] = NLA_POLICY_NESTED(vpc_nlb_op_nl_policy),
	[VPC_A_OP_LISTENER] = NLA_POLICY_NESTED(vpc_listener_op_nl_policy),
	[VPC_A_OP_TARGET_GROUP] = NLA_POLICY_NESTED(vpc_target_group_op_nl_policy),
	[VPC_A_OP_TARGET] = NLA_POLICY_NESTED(vpc_target_op_nl_policy),
	[VPC_A_OP_ENDPOINT_SERVICE] = NLA_POLICY_NESTED(vpc_endpoint_service_op_nl_policy),
};

const struct nla_policy vpc_peering_op_nl_policy[VPC_A_PEERING_PEER_VPC + 1] = {
	[VPC_A_PEERING_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PEERING_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PEERING_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PEERING_PEER_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_policy_element_nl_policy[VPC_A_POLICY_ELEMENT_VALUE + 1] = {
	[VPC_A_POLICY_ELEMENT_KEY] = NLA_POLICY_MAX(NLA_U8, 7),
	[VPC_A_POLICY_ELEMENT_NEGATE] = { .type = NLA_FLAG, },
	[VPC_A_POLICY_ELEMENT_VALUE] = NLA_POLICY_NESTED(vpc_policy_value_nl_policy),
};

const struct nla_policy vpc_policy_statement_nl_policy[VPC_A_POLICY_STATEMENT_ELEMENT + 1] = {
	[VPC_A_POLICY_STATEMENT_EFFECT] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_POLICY_STATEMENT_ELEMENT] = NLA_POLICY_NESTED(vpc_policy_element_nl_policy),
};

const struct nla_policy vpc_policy_value_nl_policy[VPC_A_POLICY_VALUE_PORT_TO + 1] = {
	[VPC_A_POLICY_VALUE_TEXT] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_POLICY_VALUE_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_POLICY_VALUE_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_POLICY_VALUE_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_POLICY_VALUE_PORT_TO] = { .type = NLA_U16, },
};

const struct nla_policy vpc_prefix_nl_policy[VPC_A_PREFIX_DESCRIPTION + 1] = {
	[VPC_A_PREFIX_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_PREFIX_LENGTH] = NLA_POLICY_MAX(NLA_U8, 128),
	[VPC_A_PREFIX_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
};

const struct nla_policy vpc_prefix_list_op_nl_policy[VPC_A_PREFIX_LIST_ADDRESS_FAMILY + 1] = {
	[VPC_A_PREFIX_LIST_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PREFIX_LIST_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PREFIX_LIST_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PREFIX_LIST_OWNER] = { .type = NLA_NUL_STRING, .len = 12, },
	[VPC_A_PREFIX_LIST_ADDRESS_FAMILY] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_PREFIX_LIST_MAX_ENTRIES] = NLA_POLICY_MIN(NLA_U32, 1),
	[VPC_A_PREFIX_LIST_VERSION] = { .type = NLA_U64, },
	[VPC_A_PREFIX_LIST_ENTRY] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_PREFIX_LIST_REMOVE] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_PREFIX_LIST_PREVIOUS_VERSION] = { .type = NLA_U64, },
	[VPC_A_PREFIX_LIST_WEIGHT] = NLA_POLICY_MIN(NLA_U32, 1),
};

const struct nla_policy vpc_route_op_nl_policy[VPC_A_ROUTE_TARGET_ID + 1] = {
	[VPC_A_ROUTE_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_DESTINATION] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ROUTE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_TARGET] = NLA_POLICY_MAX(NLA_U8, 6),
	[VPC_A_ROUTE_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_route_table_op_nl_policy[VPC_A_ROUTE_TABLE_VPC + 1] = {
	[VPC_A_ROUTE_TABLE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_TABLE_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ROUTE_TABLE_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_security_group_op_nl_policy[VPC_A_SECURITY_GROUP_GROUP + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SECURITY_GROUP_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SECURITY_GROUP_RULE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_SECURITY_GROUP_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_SECURITY_GROUP_PORT_TO] = { .type = NLA_U16, },
	[VPC_A_SECURITY_GROUP_ICMP_TYPE] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_ICMP_CODE] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SECURITY_GROUP_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

const struct nla_policy vpc_service_op_nl_policy[VPC_A_SERVICE_REMOVE_ZONE + 1] = {
	[VPC_A_SERVICE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SERVICE_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_TYPE] = NLA_POLICY_MAX(NLA_U8, 3),
	[VPC_A_SERVICE_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SERVICE_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_SERVICE_GATEWAY] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SERVICE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_SERVICE_ZONE] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_PRIVATE_DNS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_DNS_NAME_MAX, },
	[VPC_A_SERVICE_POOL] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SERVICE_REMOVE_ZONE] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
};

const struct nla_policy vpc_subnet_op_nl_policy[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE + 1] = {
	[VPC_A_SUBNET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SUBNET_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SUBNET_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SUBNET_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SUBNET_IPV6_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SUBNET_ZONE] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_SUBNET_RESERVATION_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_SUBNET_REMOVE_IPV6_CIDR] = { .type = NLA_FLAG, },
	[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

const struct nla_policy vpc_target_group_op_nl_policy[VPC_A_TARGET_GROUP_MATCHER_TO + 1] = {
	[VPC_A_TARGET_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_TARGET_GROUP_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_GROUP_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_TARGET_GROUP_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_TARGET_GROUP_TARGET_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_PRESERVE_CLIENT_IP] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_STICKINESS] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_CROSS_ZONE] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_TARGET_GROUP_DEREGISTRATION_DELAY] = NLA_POLICY_MAX(NLA_U32, 3600),
	[VPC_A_TARGET_GROUP_CONNECTION_TERMINATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_UNHEALTHY_CONNECTION_TERMINATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_UNHEALTHY_DRAINING_INTERVAL] = { .type = NLA_U32, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PORT] = { .type = NLA_U16, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PATH] = { .type = NLA_NUL_STRING, .len = VPC_PATH_MAX, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_INTERVAL] = NLA_POLICY_RANGE(NLA_U32, 5, 300),
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 2, 120),
	[VPC_A_TARGET_GROUP_HEALTHY_THRESHOLD] = NLA_POLICY_RANGE(NLA_U8, 2, 10),
	[VPC_A_TARGET_GROUP_UNHEALTHY_THRESHOLD] = NLA_POLICY_RANGE(NLA_U8, 2, 10),
	[VPC_A_TARGET_GROUP_MATCHER_FROM] = NLA_POLICY_RANGE(NLA_U16, 200, 599),
	[VPC_A_TARGET_GROUP_MATCHER_TO] = NLA_POLICY_RANGE(NLA_U16, 200, 599),
};

const struct nla_policy vpc_target_op_nl_policy[VPC_A_TARGET_HEALTH + 1] = {
	[VPC_A_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_TARGET_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_TARGET_REASON] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_TARGET_HEALTH] = NLA_POLICY_MAX(NLA_U8, 1),
};

const struct nla_policy vpc_uplink_op_nl_policy[VPC_A_UPLINK_REMOVE_PUBLIC_POOL + 1] = {
	[VPC_A_UPLINK_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_UPLINK_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_UPLINK_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_UPLINK_PUBLIC_POOL] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_UPLINK_REMOVE_PUBLIC_POOL] = { .type = NLA_FLAG, },
};

const struct nla_policy vpc_vpc_op_nl_policy[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE + 1] = {
	[VPC_A_VPC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPC_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPC_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_IPV6_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPC_OWNER] = { .type = NLA_NUL_STRING, .len = 12, },
	[VPC_A_VPC_DNS_SUPPORT] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPC_DNS_HOSTNAMES] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPC_REMOVE_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

/* VPC_CMD_VPC_GET - do */
const struct nla_policy vpc_vpc_get_nl_policy[VPC_A_VPC_ID + 1] = {
	[VPC_A_VPC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_VPC_NEW - do */
const struct nla_policy vpc_vpc_new_nl_policy[VPC_A_VPC_IPV6_CIDR + 1] = {
	[VPC_A_VPC_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPC_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_IPV6_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPC_OWNER] = { .type = NLA_NUL_STRING, .len = 12, },
	[VPC_A_VPC_DNS_SUPPORT] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPC_DNS_HOSTNAMES] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_VPC_SET - do */
const struct nla_policy vpc_vpc_set_nl_policy[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE + 1] = {
	[VPC_A_VPC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPC_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPC_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_DNS_SUPPORT] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPC_DNS_HOSTNAMES] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPC_REMOVE_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_IPV6_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

/* VPC_CMD_VPC_DEL - do */
const struct nla_policy vpc_vpc_del_nl_policy[VPC_A_VPC_ID + 1] = {
	[VPC_A_VPC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SUBNET_GET - do */
const struct nla_policy vpc_subnet_get_nl_policy[VPC_A_SUBNET_ID + 1] = {
	[VPC_A_SUBNET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SUBNET_NEW - do */
const struct nla_policy vpc_subnet_new_nl_policy[VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH + 1] = {
	[VPC_A_SUBNET_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SUBNET_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SUBNET_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SUBNET_IPV6_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SUBNET_ZONE] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_SUBNET_SET - do */
const struct nla_policy vpc_subnet_set_nl_policy[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE + 1] = {
	[VPC_A_SUBNET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SUBNET_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_SUBNET_IPV6_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SUBNET_REMOVE_IPV6_CIDR] = { .type = NLA_FLAG, },
	[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

/* VPC_CMD_SUBNET_DEL - do */
const struct nla_policy vpc_subnet_del_nl_policy[VPC_A_SUBNET_ID + 1] = {
	[VPC_A_SUBNET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SUBNET_RESERVATION_NEW - do */
const struct nla_policy vpc_subnet_reservation_new_nl_policy[VPC_A_SUBNET_RESERVATION_TYPE + 1] = {
	[VPC_A_SUBNET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SUBNET_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SUBNET_RESERVATION_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_SUBNET_RESERVATION_DEL - do */
const struct nla_policy vpc_subnet_reservation_del_nl_policy[VPC_A_SUBNET_CIDR + 1] = {
	[VPC_A_SUBNET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SUBNET_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
};

/* VPC_CMD_ENI_GET - do */
const struct nla_policy vpc_eni_get_nl_policy[VPC_A_ENI_ID + 1] = {
	[VPC_A_ENI_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENI_NEW - do */
const struct nla_policy vpc_eni_new_nl_policy[VPC_A_ENI_ASSOCIATE_PUBLIC_IP + 1] = {
	[VPC_A_ENI_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENI_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_ENI_MAC] = NLA_POLICY_EXACT_LEN(6),
	[VPC_A_ENI_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_ENI_SOURCE_DEST_CHECK] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_ENI_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT] = { .type = NLA_U32, },
	[VPC_A_ENI_UDP_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 30, 60),
	[VPC_A_ENI_UDP_STREAM_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 60, 180),
	[VPC_A_ENI_SECONDARY_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENI_IPV6_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VPC_A_ENI_PREFIX] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ENI_SECONDARY_ADDRESS_COUNT] = { .type = NLA_U32, },
	[VPC_A_ENI_IPV6_ADDRESS_COUNT] = { .type = NLA_U32, },
	[VPC_A_ENI_ASSOCIATE_PUBLIC_IP] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_ENI_SET - do */
const struct nla_policy vpc_eni_set_nl_policy[VPC_A_ENI_ASSOCIATE_PUBLIC_IP + 1] = {
	[VPC_A_ENI_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENI_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_ENI_SOURCE_DEST_CHECK] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_ENI_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT] = { .type = NLA_U32, },
	[VPC_A_ENI_UDP_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 30, 60),
	[VPC_A_ENI_UDP_STREAM_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 60, 180),
	[VPC_A_ENI_ASSOCIATE_PUBLIC_IP] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_ENI_ASSIGN - do */
const struct nla_policy vpc_eni_assign_nl_policy[VPC_A_ENI_REASSIGN + 1] = {
	[VPC_A_ENI_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_SECONDARY_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENI_IPV6_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VPC_A_ENI_PREFIX] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ENI_SECONDARY_ADDRESS_COUNT] = { .type = NLA_U32, },
	[VPC_A_ENI_IPV6_ADDRESS_COUNT] = { .type = NLA_U32, },
	[VPC_A_ENI_REASSIGN] = { .type = NLA_FLAG, },
};

/* VPC_CMD_ENI_UNASSIGN - do */
const struct nla_policy vpc_eni_unassign_nl_policy[VPC_A_ENI_PREFIX + 1] = {
	[VPC_A_ENI_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENI_SECONDARY_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENI_IPV6_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VPC_A_ENI_PREFIX] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
};

/* VPC_CMD_ENI_DEL - do */
const struct nla_policy vpc_eni_del_nl_policy[VPC_A_ENI_ID + 1] = {
	[VPC_A_ENI_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_UPLINK_GET - do */
const struct nla_policy vpc_uplink_get_nl_policy[VPC_A_UPLINK_ID + 1] = {
	[VPC_A_UPLINK_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_UPLINK_NEW - do */
const struct nla_policy vpc_uplink_new_nl_policy[VPC_A_UPLINK_PUBLIC_POOL + 1] = {
	[VPC_A_UPLINK_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_UPLINK_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_UPLINK_PUBLIC_POOL] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
};

/* VPC_CMD_UPLINK_SET - do */
const struct nla_policy vpc_uplink_set_nl_policy[VPC_A_UPLINK_REMOVE_PUBLIC_POOL + 1] = {
	[VPC_A_UPLINK_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_UPLINK_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_UPLINK_PUBLIC_POOL] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_UPLINK_REMOVE_PUBLIC_POOL] = { .type = NLA_FLAG, },
};

/* VPC_CMD_UPLINK_DEL - do */
const struct nla_policy vpc_uplink_del_nl_policy[VPC_A_UPLINK_ID + 1] = {
	[VPC_A_UPLINK_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_TABLE_GET - do */
const struct nla_policy vpc_route_table_get_nl_policy[VPC_A_ROUTE_TABLE_ID + 1] = {
	[VPC_A_ROUTE_TABLE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_TABLE_NEW - do */
const struct nla_policy vpc_route_table_new_nl_policy[VPC_A_ROUTE_TABLE_VPC + 1] = {
	[VPC_A_ROUTE_TABLE_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ROUTE_TABLE_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_TABLE_DEL - do */
const struct nla_policy vpc_route_table_del_nl_policy[VPC_A_ROUTE_TABLE_ID + 1] = {
	[VPC_A_ROUTE_TABLE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_GET - do */
const struct nla_policy vpc_route_get_nl_policy[VPC_A_ROUTE_PREFIX_LIST + 1] = {
	[VPC_A_ROUTE_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_DESTINATION] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ROUTE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_NEW - do */
const struct nla_policy vpc_route_new_nl_policy[VPC_A_ROUTE_TARGET_ID + 1] = {
	[VPC_A_ROUTE_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_DESTINATION] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ROUTE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_TARGET] = NLA_POLICY_MAX(NLA_U8, 6),
	[VPC_A_ROUTE_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_SET - do */
const struct nla_policy vpc_route_set_nl_policy[VPC_A_ROUTE_TARGET_ID + 1] = {
	[VPC_A_ROUTE_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_DESTINATION] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ROUTE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_TARGET] = NLA_POLICY_MAX(NLA_U8, 6),
	[VPC_A_ROUTE_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ROUTE_DEL - do */
const struct nla_policy vpc_route_del_nl_policy[VPC_A_ROUTE_PREFIX_LIST + 1] = {
	[VPC_A_ROUTE_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ROUTE_DESTINATION] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_ROUTE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ASSOCIATION_GET - do */
const struct nla_policy vpc_association_get_nl_policy[VPC_A_ASSOCIATION_ID + 1] = {
	[VPC_A_ASSOCIATION_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ASSOCIATION_NEW - do */
const struct nla_policy vpc_association_new_nl_policy[VPC_A_ASSOCIATION_GATEWAY + 1] = {
	[VPC_A_ASSOCIATION_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_GATEWAY] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ASSOCIATION_SET - do */
const struct nla_policy vpc_association_set_nl_policy[VPC_A_ASSOCIATION_SUBNET + 1] = {
	[VPC_A_ASSOCIATION_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ASSOCIATION_ROUTE_TABLE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ASSOCIATION_DEL - do */
const struct nla_policy vpc_association_del_nl_policy[VPC_A_ASSOCIATION_ID + 1] = {
	[VPC_A_ASSOCIATION_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_PREFIX_LIST_GET - do */
const struct nla_policy vpc_prefix_list_get_nl_policy[VPC_A_PREFIX_LIST_VERSION + 1] = {
	[VPC_A_PREFIX_LIST_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PREFIX_LIST_VERSION] = { .type = NLA_U64, },
};

/* VPC_CMD_PREFIX_LIST_NEW - do */
const struct nla_policy vpc_prefix_list_new_nl_policy[VPC_A_PREFIX_LIST_ADDRESS_FAMILY + 1] = {
	[VPC_A_PREFIX_LIST_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PREFIX_LIST_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PREFIX_LIST_OWNER] = { .type = NLA_NUL_STRING, .len = 12, },
	[VPC_A_PREFIX_LIST_MAX_ENTRIES] = NLA_POLICY_MIN(NLA_U32, 1),
	[VPC_A_PREFIX_LIST_ENTRY] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_PREFIX_LIST_WEIGHT] = NLA_POLICY_MIN(NLA_U32, 1),
	[VPC_A_PREFIX_LIST_ADDRESS_FAMILY] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_PREFIX_LIST_SET - do */
const struct nla_policy vpc_prefix_list_set_nl_policy[VPC_A_PREFIX_LIST_WEIGHT + 1] = {
	[VPC_A_PREFIX_LIST_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PREFIX_LIST_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PREFIX_LIST_OWNER] = { .type = NLA_NUL_STRING, .len = 12, },
	[VPC_A_PREFIX_LIST_MAX_ENTRIES] = NLA_POLICY_MIN(NLA_U32, 1),
	[VPC_A_PREFIX_LIST_VERSION] = { .type = NLA_U64, },
	[VPC_A_PREFIX_LIST_ENTRY] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_PREFIX_LIST_REMOVE] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_PREFIX_LIST_WEIGHT] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* VPC_CMD_PREFIX_LIST_RESTORE - do */
const struct nla_policy vpc_prefix_list_restore_nl_policy[VPC_A_PREFIX_LIST_PREVIOUS_VERSION + 1] = {
	[VPC_A_PREFIX_LIST_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PREFIX_LIST_VERSION] = { .type = NLA_U64, },
	[VPC_A_PREFIX_LIST_PREVIOUS_VERSION] = { .type = NLA_U64, },
};

/* VPC_CMD_PREFIX_LIST_DEL - do */
const struct nla_policy vpc_prefix_list_del_nl_policy[VPC_A_PREFIX_LIST_OWNER + 1] = {
	[VPC_A_PREFIX_LIST_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PREFIX_LIST_OWNER] = { .type = NLA_NUL_STRING, .len = 12, },
};

/* VPC_CMD_IGW_GET - do */
const struct nla_policy vpc_igw_get_nl_policy[VPC_A_IGW_ID + 1] = {
	[VPC_A_IGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_IGW_NEW - do */
const struct nla_policy vpc_igw_new_nl_policy[VPC_A_IGW_UPLINK + 1] = {
	[VPC_A_IGW_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_IGW_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_IGW_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_IGW_SET - do */
const struct nla_policy vpc_igw_set_nl_policy[VPC_A_IGW_UPLINK + 1] = {
	[VPC_A_IGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_IGW_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_IGW_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_IGW_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_IGW_DETACH - do */
const struct nla_policy vpc_igw_detach_nl_policy[VPC_A_IGW_ID + 1] = {
	[VPC_A_IGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_IGW_DEL - do */
const struct nla_policy vpc_igw_del_nl_policy[VPC_A_IGW_ID + 1] = {
	[VPC_A_IGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIP_GET - do */
const struct nla_policy vpc_eip_get_nl_policy[VPC_A_EIP_ID + 1] = {
	[VPC_A_EIP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIP_NEW - do */
const struct nla_policy vpc_eip_new_nl_policy[VPC_A_EIP_UPLINK + 1] = {
	[VPC_A_EIP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_EIP_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_EIP_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIP_ASSOCIATE - do */
const struct nla_policy vpc_eip_associate_nl_policy[VPC_A_EIP_NO_REASSOCIATION + 1] = {
	[VPC_A_EIP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIP_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIP_PRIVATE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_EIP_NO_REASSOCIATION] = { .type = NLA_FLAG, },
};

/* VPC_CMD_EIP_DISASSOCIATE - do */
const struct nla_policy vpc_eip_disassociate_nl_policy[VPC_A_EIP_ID + 1] = {
	[VPC_A_EIP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIP_DEL - do */
const struct nla_policy vpc_eip_del_nl_policy[VPC_A_EIP_ID + 1] = {
	[VPC_A_EIP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SERVICE_GET - do */
const struct nla_policy vpc_service_get_nl_policy[VPC_A_SERVICE_ID + 1] = {
	[VPC_A_SERVICE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SERVICE_NEW - do */
const struct nla_policy vpc_service_new_nl_policy[VPC_A_SERVICE_POOL + 1] = {
	[VPC_A_SERVICE_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_TYPE] = NLA_POLICY_MAX(NLA_U8, 3),
	[VPC_A_SERVICE_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SERVICE_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_SERVICE_GATEWAY] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SERVICE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_SERVICE_ZONE] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_PRIVATE_DNS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_DNS_NAME_MAX, },
	[VPC_A_SERVICE_POOL] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
};

/* VPC_CMD_SERVICE_SET - do */
const struct nla_policy vpc_service_set_nl_policy[VPC_A_SERVICE_REMOVE_ZONE + 1] = {
	[VPC_A_SERVICE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SERVICE_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_REGION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_IFNAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VPC_A_SERVICE_GATEWAY] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SERVICE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_SERVICE_ZONE] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SERVICE_REMOVE_ZONE] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
};

/* VPC_CMD_SERVICE_DEL - do */
const struct nla_policy vpc_service_del_nl_policy[VPC_A_SERVICE_ID + 1] = {
	[VPC_A_SERVICE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENDPOINT_GET - do */
const struct nla_policy vpc_endpoint_get_nl_policy[VPC_A_ENDPOINT_ID + 1] = {
	[VPC_A_ENDPOINT_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENDPOINT_NEW - do */
const struct nla_policy vpc_endpoint_new_nl_policy[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED + 1] = {
	[VPC_A_ENDPOINT_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENDPOINT_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_SERVICE] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_ENDPOINT_ROUTE_TABLE] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_IP_ADDRESS_TYPE] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_ENDPOINT_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENDPOINT_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_POLICY_DOCUMENT] = { .type = NLA_STRING, .len = VPC_POLICY_DOCUMENT_MAX, },
	[VPC_A_ENDPOINT_POLICY_STATEMENT] = NLA_POLICY_NESTED(vpc_policy_statement_nl_policy),
	[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_ENDPOINT_SET - do */
const struct nla_policy vpc_endpoint_set_nl_policy[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED + 1] = {
	[VPC_A_ENDPOINT_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_ENDPOINT_ROUTE_TABLE] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_REMOVE_ROUTE_TABLE] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_REMOVE_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_ENDPOINT_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_REMOVE_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_ENDPOINT_POLICY_DOCUMENT] = { .type = NLA_STRING, .len = VPC_POLICY_DOCUMENT_MAX, },
	[VPC_A_ENDPOINT_POLICY_STATEMENT] = NLA_POLICY_NESTED(vpc_policy_statement_nl_policy),
	[VPC_A_ENDPOINT_POLICY_RESET] = { .type = NLA_FLAG, },
	[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_ENDPOINT_DEL - do */
const struct nla_policy vpc_endpoint_del_nl_policy[VPC_A_ENDPOINT_ID + 1] = {
	[VPC_A_ENDPOINT_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENDPOINT_SERVICE_GET - do */
const struct nla_policy vpc_endpoint_service_get_nl_policy[VPC_A_VPCE_SVC_ID + 1] = {
	[VPC_A_VPCE_SVC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENDPOINT_SERVICE_NEW - do */
const struct nla_policy vpc_endpoint_service_new_nl_policy[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED + 1] = {
	[VPC_A_VPCE_SVC_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_NLB] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_SUPPORTED_REGION] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_DNS_NAME_MAX, },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_ENDPOINT_SERVICE_SET - do */
const struct nla_policy vpc_endpoint_service_set_nl_policy[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED + 1] = {
	[VPC_A_VPCE_SVC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_NLB] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_REMOVE_NLB] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_REMOVE_ALLOWED_PRINCIPAL] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_SUPPORTED_REGION] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_REMOVE_SUPPORTED_REGION] = { .type = NLA_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_DNS_NAME_MAX, },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_ENDPOINT_SERVICE_ACCEPT - do */
const struct nla_policy vpc_endpoint_service_accept_nl_policy[VPC_A_VPCE_SVC_ENDPOINT + 1] = {
	[VPC_A_VPCE_SVC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_ENDPOINT] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENDPOINT_SERVICE_REJECT - do */
const struct nla_policy vpc_endpoint_service_reject_nl_policy[VPC_A_VPCE_SVC_ENDPOINT + 1] = {
	[VPC_A_VPCE_SVC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_VPCE_SVC_ENDPOINT] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_ENDPOINT_SERVICE_DEL - do */
const struct nla_policy vpc_endpoint_service_del_nl_policy[VPC_A_VPCE_SVC_ID + 1] = {
	[VPC_A_VPCE_SVC_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_PEERING_GET - do */
const struct nla_policy vpc_peering_get_nl_policy[VPC_A_PEERING_ID + 1] = {
	[VPC_A_PEERING_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_PEERING_NEW - do */
const struct nla_policy vpc_peering_new_nl_policy[VPC_A_PEERING_PEER_VPC + 1] = {
	[VPC_A_PEERING_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_PEERING_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_PEERING_PEER_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_PEERING_ACCEPT - do */
const struct nla_policy vpc_peering_accept_nl_policy[VPC_A_PEERING_ID + 1] = {
	[VPC_A_PEERING_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_PEERING_REJECT - do */
const struct nla_policy vpc_peering_reject_nl_policy[VPC_A_PEERING_ID + 1] = {
	[VPC_A_PEERING_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_PEERING_DEL - do */
const struct nla_policy vpc_peering_del_nl_policy[VPC_A_PEERING_ID + 1] = {
	[VPC_A_PEERING_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_GET - do */
const struct nla_policy vpc_security_group_get_nl_policy[VPC_A_SECURITY_GROUP_ID + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_NEW - do */
const struct nla_policy vpc_security_group_new_nl_policy[VPC_A_SECURITY_GROUP_DESCRIPTION + 1] = {
	[VPC_A_SECURITY_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SECURITY_GROUP_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_DEL - do */
const struct nla_policy vpc_security_group_del_nl_policy[VPC_A_SECURITY_GROUP_ID + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_RULE_NEW - do */
const struct nla_policy vpc_security_group_rule_new_nl_policy[VPC_A_SECURITY_GROUP_GROUP + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_SECURITY_GROUP_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_SECURITY_GROUP_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_SECURITY_GROUP_PORT_TO] = { .type = NLA_U16, },
	[VPC_A_SECURITY_GROUP_ICMP_TYPE] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_ICMP_CODE] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SECURITY_GROUP_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_RULE_DEL - do */
const struct nla_policy vpc_security_group_rule_del_nl_policy[VPC_A_SECURITY_GROUP_GROUP + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_RULE_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_SECURITY_GROUP_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_SECURITY_GROUP_PORT_TO] = { .type = NLA_U16, },
	[VPC_A_SECURITY_GROUP_ICMP_TYPE] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_ICMP_CODE] = { .type = NLA_U8, },
	[VPC_A_SECURITY_GROUP_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_SECURITY_GROUP_PREFIX_LIST] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_ASSOCIATE - do */
const struct nla_policy vpc_security_group_associate_nl_policy[VPC_A_SECURITY_GROUP_VPC + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SECURITY_GROUP_DISASSOCIATE - do */
const struct nla_policy vpc_security_group_disassociate_nl_policy[VPC_A_SECURITY_GROUP_VPC + 1] = {
	[VPC_A_SECURITY_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SECURITY_GROUP_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NETWORK_ACL_GET - do */
const struct nla_policy vpc_network_acl_get_nl_policy[VPC_A_NETWORK_ACL_ID + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NETWORK_ACL_NEW - do */
const struct nla_policy vpc_network_acl_new_nl_policy[VPC_A_NETWORK_ACL_VPC + 1] = {
	[VPC_A_NETWORK_ACL_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_NETWORK_ACL_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NETWORK_ACL_DEL - do */
const struct nla_policy vpc_network_acl_del_nl_policy[VPC_A_NETWORK_ACL_ID + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NETWORK_ACL_ENTRY_NEW - do */
const struct nla_policy vpc_network_acl_entry_new_nl_policy[VPC_A_NETWORK_ACL_ICMP_CODE + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_NUMBER] = NLA_POLICY_RANGE(NLA_U16, 1, 32766),
	[VPC_A_NETWORK_ACL_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NETWORK_ACL_ACTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NETWORK_ACL_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_NETWORK_ACL_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_NETWORK_ACL_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_NETWORK_ACL_PORT_TO] = { .type = NLA_U16, },
	[VPC_A_NETWORK_ACL_ICMP_TYPE] = { .type = NLA_U8, },
	[VPC_A_NETWORK_ACL_ICMP_CODE] = { .type = NLA_U8, },
};

/* VPC_CMD_NETWORK_ACL_ENTRY_SET - do */
const struct nla_policy vpc_network_acl_entry_set_nl_policy[VPC_A_NETWORK_ACL_ICMP_CODE + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_NUMBER] = NLA_POLICY_RANGE(NLA_U16, 1, 32766),
	[VPC_A_NETWORK_ACL_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NETWORK_ACL_ACTION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NETWORK_ACL_PROTOCOL] = { .type = NLA_U8, },
	[VPC_A_NETWORK_ACL_CIDR] = NLA_POLICY_NESTED(vpc_prefix_nl_policy),
	[VPC_A_NETWORK_ACL_PORT_FROM] = { .type = NLA_U16, },
	[VPC_A_NETWORK_ACL_PORT_TO] = { .type = NLA_U16, },
	[VPC_A_NETWORK_ACL_ICMP_TYPE] = { .type = NLA_U8, },
	[VPC_A_NETWORK_ACL_ICMP_CODE] = { .type = NLA_U8, },
};

/* VPC_CMD_NETWORK_ACL_ENTRY_DEL - do */
const struct nla_policy vpc_network_acl_entry_del_nl_policy[VPC_A_NETWORK_ACL_DIRECTION + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_NUMBER] = NLA_POLICY_RANGE(NLA_U16, 1, 32766),
	[VPC_A_NETWORK_ACL_DIRECTION] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_NETWORK_ACL_ASSOCIATE - do */
const struct nla_policy vpc_network_acl_associate_nl_policy[VPC_A_NETWORK_ACL_SUBNET + 1] = {
	[VPC_A_NETWORK_ACL_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NETWORK_ACL_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIGW_GET - do */
const struct nla_policy vpc_eigw_get_nl_policy[VPC_A_EIGW_ID + 1] = {
	[VPC_A_EIGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIGW_NEW - do */
const struct nla_policy vpc_eigw_new_nl_policy[VPC_A_EIGW_UPLINK + 1] = {
	[VPC_A_EIGW_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_EIGW_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_EIGW_UPLINK] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_EIGW_DEL - do */
const struct nla_policy vpc_eigw_del_nl_policy[VPC_A_EIGW_ID + 1] = {
	[VPC_A_EIGW_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NAT_GATEWAY_GET - do */
const struct nla_policy vpc_nat_gateway_get_nl_policy[VPC_A_NAT_GATEWAY_ID + 1] = {
	[VPC_A_NAT_GATEWAY_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NAT_GATEWAY_NEW - do */
const struct nla_policy vpc_nat_gateway_new_nl_policy[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS + 1] = {
	[VPC_A_NAT_GATEWAY_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_NAT_GATEWAY_SUBNET] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NAT_GATEWAY_EIP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS] = { .type = NLA_BINARY, },
};

/* VPC_CMD_NAT_GATEWAY_DEL - do */
const struct nla_policy vpc_nat_gateway_del_nl_policy[VPC_A_NAT_GATEWAY_ID + 1] = {
	[VPC_A_NAT_GATEWAY_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NAT_GATEWAY_ADDRESS_NEW - do */
const struct nla_policy vpc_nat_gateway_address_new_nl_policy[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS + 1] = {
	[VPC_A_NAT_GATEWAY_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_EIP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS] = { .type = NLA_BINARY, },
};

/* VPC_CMD_NAT_GATEWAY_ADDRESS_DEL - do */
const struct nla_policy vpc_nat_gateway_address_del_nl_policy[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION + 1] = {
	[VPC_A_NAT_GATEWAY_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_EIP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION] = NLA_POLICY_RANGE(NLA_U32, 1, 4000),
};

/* VPC_CMD_NLB_GET - do */
const struct nla_policy vpc_nlb_get_nl_policy[VPC_A_NLB_ID + 1] = {
	[VPC_A_NLB_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_NLB_NEW - do */
const struct nla_policy vpc_nlb_new_nl_policy[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC + 1] = {
	[VPC_A_NLB_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_NLB_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_SCHEME] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NLB_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_NLB_EIP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_CROSS_ZONE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_NLB_SET - do */
const struct nla_policy vpc_nlb_set_nl_policy[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC + 1] = {
	[VPC_A_NLB_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_REMOVE_SUBNET] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_ADDRESS] = NLA_POLICY_EXACT_LEN(4),
	[VPC_A_NLB_EIP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_SECURITY_GROUP] = { .type = NLA_STRING, .len = VPC_REF_MAX, },
	[VPC_A_NLB_CROSS_ZONE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_NLB_DEL - do */
const struct nla_policy vpc_nlb_del_nl_policy[VPC_A_NLB_ID + 1] = {
	[VPC_A_NLB_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_LISTENER_GET - do */
const struct nla_policy vpc_listener_get_nl_policy[VPC_A_LISTENER_NLB + 1] = {
	[VPC_A_LISTENER_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_NLB] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_LISTENER_NEW - do */
const struct nla_policy vpc_listener_new_nl_policy[VPC_A_LISTENER_TCP_IDLE_TIMEOUT + 1] = {
	[VPC_A_LISTENER_NLB] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_LISTENER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_LISTENER_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_TCP_IDLE_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 60, 6000),
};

/* VPC_CMD_LISTENER_SET - do */
const struct nla_policy vpc_listener_set_nl_policy[VPC_A_LISTENER_TCP_IDLE_TIMEOUT + 1] = {
	[VPC_A_LISTENER_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_NLB] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_LISTENER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_LISTENER_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_TCP_IDLE_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 60, 6000),
};

/* VPC_CMD_LISTENER_DEL - do */
const struct nla_policy vpc_listener_del_nl_policy[VPC_A_LISTENER_PORT + 1] = {
	[VPC_A_LISTENER_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_NLB] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_LISTENER_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_LISTENER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

/* VPC_CMD_TARGET_GROUP_GET - do */
const struct nla_policy vpc_target_group_get_nl_policy[VPC_A_TARGET_GROUP_ID + 1] = {
	[VPC_A_TARGET_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_TARGET_GROUP_NEW - do */
const struct nla_policy vpc_target_group_new_nl_policy[VPC_A_TARGET_GROUP_MATCHER_TO + 1] = {
	[VPC_A_TARGET_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_TARGET_GROUP_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_GROUP_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_TARGET_GROUP_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_TARGET_GROUP_TARGET_TYPE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_PRESERVE_CLIENT_IP] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_STICKINESS] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_CROSS_ZONE] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_TARGET_GROUP_DEREGISTRATION_DELAY] = NLA_POLICY_MAX(NLA_U32, 3600),
	[VPC_A_TARGET_GROUP_CONNECTION_TERMINATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_UNHEALTHY_CONNECTION_TERMINATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_UNHEALTHY_DRAINING_INTERVAL] = { .type = NLA_U32, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PORT] = { .type = NLA_U16, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PATH] = { .type = NLA_NUL_STRING, .len = VPC_PATH_MAX, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_INTERVAL] = NLA_POLICY_RANGE(NLA_U32, 5, 300),
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 2, 120),
	[VPC_A_TARGET_GROUP_HEALTHY_THRESHOLD] = NLA_POLICY_RANGE(NLA_U8, 2, 10),
	[VPC_A_TARGET_GROUP_UNHEALTHY_THRESHOLD] = NLA_POLICY_RANGE(NLA_U8, 2, 10),
	[VPC_A_TARGET_GROUP_MATCHER_FROM] = NLA_POLICY_RANGE(NLA_U16, 200, 599),
	[VPC_A_TARGET_GROUP_MATCHER_TO] = NLA_POLICY_RANGE(NLA_U16, 200, 599),
};

/* VPC_CMD_TARGET_GROUP_SET - do */
const struct nla_policy vpc_target_group_set_nl_policy[VPC_A_TARGET_GROUP_MATCHER_TO + 1] = {
	[VPC_A_TARGET_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_GROUP_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_TARGET_GROUP_PRESERVE_CLIENT_IP] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_STICKINESS] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_CROSS_ZONE] = NLA_POLICY_MAX(NLA_U8, 2),
	[VPC_A_TARGET_GROUP_DEREGISTRATION_DELAY] = NLA_POLICY_MAX(NLA_U32, 3600),
	[VPC_A_TARGET_GROUP_CONNECTION_TERMINATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_UNHEALTHY_CONNECTION_TERMINATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_UNHEALTHY_DRAINING_INTERVAL] = { .type = NLA_U32, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PROTOCOL] = NLA_POLICY_MAX(NLA_U8, 1),
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PORT] = { .type = NLA_U16, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_PATH] = { .type = NLA_NUL_STRING, .len = VPC_PATH_MAX, },
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_INTERVAL] = NLA_POLICY_RANGE(NLA_U32, 5, 300),
	[VPC_A_TARGET_GROUP_HEALTH_CHECK_TIMEOUT] = NLA_POLICY_RANGE(NLA_U32, 2, 120),
	[VPC_A_TARGET_GROUP_HEALTHY_THRESHOLD] = NLA_POLICY_RANGE(NLA_U8, 2, 10),
	[VPC_A_TARGET_GROUP_UNHEALTHY_THRESHOLD] = NLA_POLICY_RANGE(NLA_U8, 2, 10),
	[VPC_A_TARGET_GROUP_MATCHER_FROM] = NLA_POLICY_RANGE(NLA_U16, 200, 599),
	[VPC_A_TARGET_GROUP_MATCHER_TO] = NLA_POLICY_RANGE(NLA_U16, 200, 599),
};

/* VPC_CMD_TARGET_GROUP_DEL - do */
const struct nla_policy vpc_target_group_del_nl_policy[VPC_A_TARGET_GROUP_ID + 1] = {
	[VPC_A_TARGET_GROUP_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_TARGET_GET - do */
const struct nla_policy vpc_target_get_nl_policy[VPC_A_TARGET_TARGET_GROUP + 1] = {
	[VPC_A_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_TARGET_NEW - do */
const struct nla_policy vpc_target_new_nl_policy[VPC_A_TARGET_PORT + 1] = {
	[VPC_A_TARGET_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_TARGET_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

/* VPC_CMD_TARGET_SET - do */
const struct nla_policy vpc_target_set_nl_policy[VPC_A_TARGET_HEALTH + 1] = {
	[VPC_A_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_TARGET_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[VPC_A_TARGET_REASON] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_TARGET_HEALTH] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* VPC_CMD_TARGET_DEL - do */
const struct nla_policy vpc_target_del_nl_policy[VPC_A_TARGET_PORT + 1] = {
	[VPC_A_TARGET_ID] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_TARGET_GROUP] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_TARGET_ADDRESS] = { .type = NLA_BINARY, },
	[VPC_A_TARGET_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

/* VPC_CMD_SESSION_GET - do */
const struct nla_policy vpc_session_get_nl_policy[VPC_A_SESSION_ENI + 1] = {
	[VPC_A_SESSION_ID] = { .type = NLA_U64, },
	[VPC_A_SESSION_VPC] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_SESSION_ENI] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
};

/* VPC_CMD_SESSION_DEL - do */
const struct nla_policy vpc_session_del_nl_policy[VPC_A_SESSION_ID + 1] = {
	[VPC_A_SESSION_ID] = { .type = NLA_U64, },
};

/* VPC_CMD_STATS_GET - do */
const struct nla_policy vpc_stats_get_nl_policy[VPC_A_STATS_COUNTER + 1] = {
	[VPC_A_STATS_PORT] = { .type = NLA_NUL_STRING, .len = VPC_REF_MAX, },
	[VPC_A_STATS_COUNTER] = { .type = NLA_NUL_STRING, },
};

/* VPC_CMD_BLOCK_PUBLIC_ACCESS_GET - do */
const struct nla_policy vpc_block_public_access_get_nl_policy[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE + 1] = {
	[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

/* VPC_CMD_BLOCK_PUBLIC_ACCESS_SET - do */
const struct nla_policy vpc_block_public_access_set_nl_policy[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE + 1] = {
	[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE] = NLA_POLICY_MAX(NLA_U8, 2),
};

/* VPC_CMD_LIMITS_GET - do */
const struct nla_policy vpc_limits_get_nl_policy[VPC_A_LIMITS_NAME + 1] = {
	[VPC_A_LIMITS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
};

/* VPC_CMD_LIMITS_SET - do */
const struct nla_policy vpc_limits_set_nl_policy[VPC_A_LIMITS_VALUE + 1] = {
	[VPC_A_LIMITS_NAME] = { .type = NLA_NUL_STRING, .len = VPC_NAME_MAX, },
	[VPC_A_LIMITS_VALUE] = { .type = NLA_U64, },
};

/* VPC_CMD_TXN_BEGIN - do */
const struct nla_policy vpc_txn_begin_nl_policy[VPC_A_TXN_STAGED + 1] = {
	[VPC_A_TXN_STAGED] = { .type = NLA_U32, },
};

/* VPC_CMD_TXN_ADD - do */
const struct nla_policy vpc_txn_add_nl_policy[VPC_A_TXN_OP + 1] = {
	[VPC_A_TXN_OP] = NLA_POLICY_NESTED(vpc_op_nl_policy),
};

/* VPC_CMD_TXN_COMMIT - do */
const struct nla_policy vpc_txn_commit_nl_policy[VPC_A_TXN_STAGED + 1] = {
	[VPC_A_TXN_STAGED] = { .type = NLA_U32, },
};

/* VPC_CMD_TXN_ABORT - do */
const struct nla_policy vpc_txn_abort_nl_policy[VPC_A_TXN_STAGED + 1] = {
	[VPC_A_TXN_STAGED] = { .type = NLA_U32, },
};

/* Ops table for vpc */
const struct genl_ops vpc_nl_ops[114] = {
	{
		.cmd		= VPC_CMD_VPC_GET,
		.doit		= vpc_nl_vpc_get_doit,
		.dumpit		= vpc_nl_vpc_get_dumpit,
		.policy		= vpc_vpc_get_nl_policy,
		.maxattr	= VPC_A_VPC_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_VPC_NEW,
		.doit		= vpc_nl_vpc_new_doit,
		.policy		= vpc_vpc_new_nl_policy,
		.maxattr	= VPC_A_VPC_IPV6_CIDR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_VPC_SET,
		.doit		= vpc_nl_vpc_set_doit,
		.policy		= vpc_vpc_set_nl_policy,
		.maxattr	= VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_VPC_DEL,
		.doit		= vpc_nl_vpc_del_doit,
		.policy		= vpc_vpc_del_nl_policy,
		.maxattr	= VPC_A_VPC_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SUBNET_GET,
		.doit		= vpc_nl_subnet_get_doit,
		.dumpit		= vpc_nl_subnet_get_dumpit,
		.policy		= vpc_subnet_get_nl_policy,
		.maxattr	= VPC_A_SUBNET_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SUBNET_NEW,
		.doit		= vpc_nl_subnet_new_doit,
		.policy		= vpc_subnet_new_nl_policy,
		.maxattr	= VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SUBNET_SET,
		.doit		= vpc_nl_subnet_set_doit,
		.policy		= vpc_subnet_set_nl_policy,
		.maxattr	= VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SUBNET_DEL,
		.doit		= vpc_nl_subnet_del_doit,
		.policy		= vpc_subnet_del_nl_policy,
		.maxattr	= VPC_A_SUBNET_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SUBNET_RESERVATION_NEW,
		.doit		= vpc_nl_subnet_reservation_new_doit,
		.policy		= vpc_subnet_reservation_new_nl_policy,
		.maxattr	= VPC_A_SUBNET_RESERVATION_TYPE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SUBNET_RESERVATION_DEL,
		.doit		= vpc_nl_subnet_reservation_del_doit,
		.policy		= vpc_subnet_reservation_del_nl_policy,
		.maxattr	= VPC_A_SUBNET_CIDR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENI_GET,
		.doit		= vpc_nl_eni_get_doit,
		.dumpit		= vpc_nl_eni_get_dumpit,
		.policy		= vpc_eni_get_nl_policy,
		.maxattr	= VPC_A_ENI_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENI_NEW,
		.doit		= vpc_nl_eni_new_doit,
		.policy		= vpc_eni_new_nl_policy,
		.maxattr	= VPC_A_ENI_ASSOCIATE_PUBLIC_IP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENI_SET,
		.doit		= vpc_nl_eni_set_doit,
		.policy		= vpc_eni_set_nl_policy,
		.maxattr	= VPC_A_ENI_ASSOCIATE_PUBLIC_IP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENI_ASSIGN,
		.doit		= vpc_nl_eni_assign_doit,
		.policy		= vpc_eni_assign_nl_policy,
		.maxattr	= VPC_A_ENI_REASSIGN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENI_UNASSIGN,
		.doit		= vpc_nl_eni_unassign_doit,
		.policy		= vpc_eni_unassign_nl_policy,
		.maxattr	= VPC_A_ENI_PREFIX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENI_DEL,
		.doit		= vpc_nl_eni_del_doit,
		.policy		= vpc_eni_del_nl_policy,
		.maxattr	= VPC_A_ENI_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_UPLINK_GET,
		.doit		= vpc_nl_uplink_get_doit,
		.dumpit		= vpc_nl_uplink_get_dumpit,
		.policy		= vpc_uplink_get_nl_policy,
		.maxattr	= VPC_A_UPLINK_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_UPLINK_NEW,
		.doit		= vpc_nl_uplink_new_doit,
		.policy		= vpc_uplink_new_nl_policy,
		.maxattr	= VPC_A_UPLINK_PUBLIC_POOL,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_UPLINK_SET,
		.doit		= vpc_nl_uplink_set_doit,
		.policy		= vpc_uplink_set_nl_policy,
		.maxattr	= VPC_A_UPLINK_REMOVE_PUBLIC_POOL,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_UPLINK_DEL,
		.doit		= vpc_nl_uplink_del_doit,
		.policy		= vpc_uplink_del_nl_policy,
		.maxattr	= VPC_A_UPLINK_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_TABLE_GET,
		.doit		= vpc_nl_route_table_get_doit,
		.dumpit		= vpc_nl_route_table_get_dumpit,
		.policy		= vpc_route_table_get_nl_policy,
		.maxattr	= VPC_A_ROUTE_TABLE_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_TABLE_NEW,
		.doit		= vpc_nl_route_table_new_doit,
		.policy		= vpc_route_table_new_nl_policy,
		.maxattr	= VPC_A_ROUTE_TABLE_VPC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_TABLE_DEL,
		.doit		= vpc_nl_route_table_del_doit,
		.policy		= vpc_route_table_del_nl_policy,
		.maxattr	= VPC_A_ROUTE_TABLE_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_GET,
		.doit		= vpc_nl_route_get_doit,
		.dumpit		= vpc_nl_route_get_dumpit,
		.policy		= vpc_route_get_nl_policy,
		.maxattr	= VPC_A_ROUTE_PREFIX_LIST,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_NEW,
		.doit		= vpc_nl_route_new_doit,
		.policy		= vpc_route_new_nl_policy,
		.maxattr	= VPC_A_ROUTE_TARGET_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_SET,
		.doit		= vpc_nl_route_set_doit,
		.policy		= vpc_route_set_nl_policy,
		.maxattr	= VPC_A_ROUTE_TARGET_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ROUTE_DEL,
		.doit		= vpc_nl_route_del_doit,
		.policy		= vpc_route_del_nl_policy,
		.maxattr	= VPC_A_ROUTE_PREFIX_LIST,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ASSOCIATION_GET,
		.doit		= vpc_nl_association_get_doit,
		.dumpit		= vpc_nl_association_get_dumpit,
		.policy		= vpc_association_get_nl_policy,
		.maxattr	= VPC_A_ASSOCIATION_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ASSOCIATION_NEW,
		.doit		= vpc_nl_association_new_doit,
		.policy		= vpc_association_new_nl_policy,
		.maxattr	= VPC_A_ASSOCIATION_GATEWAY,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ASSOCIATION_SET,
		.doit		= vpc_nl_association_set_doit,
		.policy		= vpc_association_set_nl_policy,
		.maxattr	= VPC_A_ASSOCIATION_SUBNET,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ASSOCIATION_DEL,
		.doit		= vpc_nl_association_del_doit,
		.policy		= vpc_association_del_nl_policy,
		.maxattr	= VPC_A_ASSOCIATION_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PREFIX_LIST_GET,
		.doit		= vpc_nl_prefix_list_get_doit,
		.dumpit		= vpc_nl_prefix_list_get_dumpit,
		.policy		= vpc_prefix_list_get_nl_policy,
		.maxattr	= VPC_A_PREFIX_LIST_VERSION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PREFIX_LIST_NEW,
		.doit		= vpc_nl_prefix_list_new_doit,
		.policy		= vpc_prefix_list_new_nl_policy,
		.maxattr	= VPC_A_PREFIX_LIST_ADDRESS_FAMILY,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PREFIX_LIST_SET,
		.doit		= vpc_nl_prefix_list_set_doit,
		.policy		= vpc_prefix_list_set_nl_policy,
		.maxattr	= VPC_A_PREFIX_LIST_WEIGHT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PREFIX_LIST_RESTORE,
		.doit		= vpc_nl_prefix_list_restore_doit,
		.policy		= vpc_prefix_list_restore_nl_policy,
		.maxattr	= VPC_A_PREFIX_LIST_PREVIOUS_VERSION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PREFIX_LIST_DEL,
		.doit		= vpc_nl_prefix_list_del_doit,
		.policy		= vpc_prefix_list_del_nl_policy,
		.maxattr	= VPC_A_PREFIX_LIST_OWNER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_IGW_GET,
		.doit		= vpc_nl_igw_get_doit,
		.dumpit		= vpc_nl_igw_get_dumpit,
		.policy		= vpc_igw_get_nl_policy,
		.maxattr	= VPC_A_IGW_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_IGW_NEW,
		.doit		= vpc_nl_igw_new_doit,
		.policy		= vpc_igw_new_nl_policy,
		.maxattr	= VPC_A_IGW_UPLINK,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_IGW_SET,
		.doit		= vpc_nl_igw_set_doit,
		.policy		= vpc_igw_set_nl_policy,
		.maxattr	= VPC_A_IGW_UPLINK,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_IGW_DETACH,
		.doit		= vpc_nl_igw_detach_doit,
		.policy		= vpc_igw_detach_nl_policy,
		.maxattr	= VPC_A_IGW_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_IGW_DEL,
		.doit		= vpc_nl_igw_del_doit,
		.policy		= vpc_igw_del_nl_policy,
		.maxattr	= VPC_A_IGW_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIP_GET,
		.doit		= vpc_nl_eip_get_doit,
		.dumpit		= vpc_nl_eip_get_dumpit,
		.policy		= vpc_eip_get_nl_policy,
		.maxattr	= VPC_A_EIP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIP_NEW,
		.doit		= vpc_nl_eip_new_doit,
		.policy		= vpc_eip_new_nl_policy,
		.maxattr	= VPC_A_EIP_UPLINK,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIP_ASSOCIATE,
		.doit		= vpc_nl_eip_associate_doit,
		.policy		= vpc_eip_associate_nl_policy,
		.maxattr	= VPC_A_EIP_NO_REASSOCIATION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIP_DISASSOCIATE,
		.doit		= vpc_nl_eip_disassociate_doit,
		.policy		= vpc_eip_disassociate_nl_policy,
		.maxattr	= VPC_A_EIP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIP_DEL,
		.doit		= vpc_nl_eip_del_doit,
		.policy		= vpc_eip_del_nl_policy,
		.maxattr	= VPC_A_EIP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SERVICE_GET,
		.doit		= vpc_nl_service_get_doit,
		.dumpit		= vpc_nl_service_get_dumpit,
		.policy		= vpc_service_get_nl_policy,
		.maxattr	= VPC_A_SERVICE_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SERVICE_NEW,
		.doit		= vpc_nl_service_new_doit,
		.policy		= vpc_service_new_nl_policy,
		.maxattr	= VPC_A_SERVICE_POOL,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SERVICE_SET,
		.doit		= vpc_nl_service_set_doit,
		.policy		= vpc_service_set_nl_policy,
		.maxattr	= VPC_A_SERVICE_REMOVE_ZONE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SERVICE_DEL,
		.doit		= vpc_nl_service_del_doit,
		.policy		= vpc_service_del_nl_policy,
		.maxattr	= VPC_A_SERVICE_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_GET,
		.doit		= vpc_nl_endpoint_get_doit,
		.dumpit		= vpc_nl_endpoint_get_dumpit,
		.policy		= vpc_endpoint_get_nl_policy,
		.maxattr	= VPC_A_ENDPOINT_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_NEW,
		.doit		= vpc_nl_endpoint_new_doit,
		.policy		= vpc_endpoint_new_nl_policy,
		.maxattr	= VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SET,
		.doit		= vpc_nl_endpoint_set_doit,
		.policy		= vpc_endpoint_set_nl_policy,
		.maxattr	= VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_DEL,
		.doit		= vpc_nl_endpoint_del_doit,
		.policy		= vpc_endpoint_del_nl_policy,
		.maxattr	= VPC_A_ENDPOINT_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SERVICE_GET,
		.doit		= vpc_nl_endpoint_service_get_doit,
		.dumpit		= vpc_nl_endpoint_service_get_dumpit,
		.policy		= vpc_endpoint_service_get_nl_policy,
		.maxattr	= VPC_A_VPCE_SVC_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SERVICE_NEW,
		.doit		= vpc_nl_endpoint_service_new_doit,
		.policy		= vpc_endpoint_service_new_nl_policy,
		.maxattr	= VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SERVICE_SET,
		.doit		= vpc_nl_endpoint_service_set_doit,
		.policy		= vpc_endpoint_service_set_nl_policy,
		.maxattr	= VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SERVICE_ACCEPT,
		.doit		= vpc_nl_endpoint_service_accept_doit,
		.policy		= vpc_endpoint_service_accept_nl_policy,
		.maxattr	= VPC_A_VPCE_SVC_ENDPOINT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SERVICE_REJECT,
		.doit		= vpc_nl_endpoint_service_reject_doit,
		.policy		= vpc_endpoint_service_reject_nl_policy,
		.maxattr	= VPC_A_VPCE_SVC_ENDPOINT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_ENDPOINT_SERVICE_DEL,
		.doit		= vpc_nl_endpoint_service_del_doit,
		.policy		= vpc_endpoint_service_del_nl_policy,
		.maxattr	= VPC_A_VPCE_SVC_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PEERING_GET,
		.doit		= vpc_nl_peering_get_doit,
		.dumpit		= vpc_nl_peering_get_dumpit,
		.policy		= vpc_peering_get_nl_policy,
		.maxattr	= VPC_A_PEERING_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PEERING_NEW,
		.doit		= vpc_nl_peering_new_doit,
		.policy		= vpc_peering_new_nl_policy,
		.maxattr	= VPC_A_PEERING_PEER_VPC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PEERING_ACCEPT,
		.doit		= vpc_nl_peering_accept_doit,
		.policy		= vpc_peering_accept_nl_policy,
		.maxattr	= VPC_A_PEERING_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PEERING_REJECT,
		.doit		= vpc_nl_peering_reject_doit,
		.policy		= vpc_peering_reject_nl_policy,
		.maxattr	= VPC_A_PEERING_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_PEERING_DEL,
		.doit		= vpc_nl_peering_del_doit,
		.policy		= vpc_peering_del_nl_policy,
		.maxattr	= VPC_A_PEERING_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_GET,
		.doit		= vpc_nl_security_group_get_doit,
		.dumpit		= vpc_nl_security_group_get_dumpit,
		.policy		= vpc_security_group_get_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_NEW,
		.doit		= vpc_nl_security_group_new_doit,
		.policy		= vpc_security_group_new_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_DESCRIPTION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_DEL,
		.doit		= vpc_nl_security_group_del_doit,
		.policy		= vpc_security_group_del_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_RULE_NEW,
		.doit		= vpc_nl_security_group_rule_new_doit,
		.policy		= vpc_security_group_rule_new_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_GROUP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_RULE_DEL,
		.doit		= vpc_nl_security_group_rule_del_doit,
		.policy		= vpc_security_group_rule_del_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_GROUP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_ASSOCIATE,
		.doit		= vpc_nl_security_group_associate_doit,
		.policy		= vpc_security_group_associate_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_VPC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SECURITY_GROUP_DISASSOCIATE,
		.doit		= vpc_nl_security_group_disassociate_doit,
		.policy		= vpc_security_group_disassociate_nl_policy,
		.maxattr	= VPC_A_SECURITY_GROUP_VPC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_GET,
		.doit		= vpc_nl_network_acl_get_doit,
		.dumpit		= vpc_nl_network_acl_get_dumpit,
		.policy		= vpc_network_acl_get_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_NEW,
		.doit		= vpc_nl_network_acl_new_doit,
		.policy		= vpc_network_acl_new_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_VPC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_DEL,
		.doit		= vpc_nl_network_acl_del_doit,
		.policy		= vpc_network_acl_del_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_ENTRY_NEW,
		.doit		= vpc_nl_network_acl_entry_new_doit,
		.policy		= vpc_network_acl_entry_new_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_ICMP_CODE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_ENTRY_SET,
		.doit		= vpc_nl_network_acl_entry_set_doit,
		.policy		= vpc_network_acl_entry_set_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_ICMP_CODE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_ENTRY_DEL,
		.doit		= vpc_nl_network_acl_entry_del_doit,
		.policy		= vpc_network_acl_entry_del_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_DIRECTION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NETWORK_ACL_ASSOCIATE,
		.doit		= vpc_nl_network_acl_associate_doit,
		.policy		= vpc_network_acl_associate_nl_policy,
		.maxattr	= VPC_A_NETWORK_ACL_SUBNET,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIGW_GET,
		.doit		= vpc_nl_eigw_get_doit,
		.dumpit		= vpc_nl_eigw_get_dumpit,
		.policy		= vpc_eigw_get_nl_policy,
		.maxattr	= VPC_A_EIGW_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIGW_NEW,
		.doit		= vpc_nl_eigw_new_doit,
		.policy		= vpc_eigw_new_nl_policy,
		.maxattr	= VPC_A_EIGW_UPLINK,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_EIGW_DEL,
		.doit		= vpc_nl_eigw_del_doit,
		.policy		= vpc_eigw_del_nl_policy,
		.maxattr	= VPC_A_EIGW_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NAT_GATEWAY_GET,
		.doit		= vpc_nl_nat_gateway_get_doit,
		.dumpit		= vpc_nl_nat_gateway_get_dumpit,
		.policy		= vpc_nat_gateway_get_nl_policy,
		.maxattr	= VPC_A_NAT_GATEWAY_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NAT_GATEWAY_NEW,
		.doit		= vpc_nl_nat_gateway_new_doit,
		.policy		= vpc_nat_gateway_new_nl_policy,
		.maxattr	= VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NAT_GATEWAY_DEL,
		.doit		= vpc_nl_nat_gateway_del_doit,
		.policy		= vpc_nat_gateway_del_nl_policy,
		.maxattr	= VPC_A_NAT_GATEWAY_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NAT_GATEWAY_ADDRESS_NEW,
		.doit		= vpc_nl_nat_gateway_address_new_doit,
		.policy		= vpc_nat_gateway_address_new_nl_policy,
		.maxattr	= VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NAT_GATEWAY_ADDRESS_DEL,
		.doit		= vpc_nl_nat_gateway_address_del_doit,
		.policy		= vpc_nat_gateway_address_del_nl_policy,
		.maxattr	= VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NLB_GET,
		.doit		= vpc_nl_nlb_get_doit,
		.dumpit		= vpc_nl_nlb_get_dumpit,
		.policy		= vpc_nlb_get_nl_policy,
		.maxattr	= VPC_A_NLB_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NLB_NEW,
		.doit		= vpc_nl_nlb_new_doit,
		.policy		= vpc_nlb_new_nl_policy,
		.maxattr	= VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NLB_SET,
		.doit		= vpc_nl_nlb_set_doit,
		.policy		= vpc_nlb_set_nl_policy,
		.maxattr	= VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_NLB_DEL,
		.doit		= vpc_nl_nlb_del_doit,
		.policy		= vpc_nlb_del_nl_policy,
		.maxattr	= VPC_A_NLB_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_LISTENER_GET,
		.doit		= vpc_nl_listener_get_doit,
		.dumpit		= vpc_nl_listener_get_dumpit,
		.policy		= vpc_listener_get_nl_policy,
		.maxattr	= VPC_A_LISTENER_NLB,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_LISTENER_NEW,
		.doit		= vpc_nl_listener_new_doit,
		.policy		= vpc_listener_new_nl_policy,
		.maxattr	= VPC_A_LISTENER_TCP_IDLE_TIMEOUT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_LISTENER_SET,
		.doit		= vpc_nl_listener_set_doit,
		.policy		= vpc_listener_set_nl_policy,
		.maxattr	= VPC_A_LISTENER_TCP_IDLE_TIMEOUT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_LISTENER_DEL,
		.doit		= vpc_nl_listener_del_doit,
		.policy		= vpc_listener_del_nl_policy,
		.maxattr	= VPC_A_LISTENER_PORT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_GROUP_GET,
		.doit		= vpc_nl_target_group_get_doit,
		.dumpit		= vpc_nl_target_group_get_dumpit,
		.policy		= vpc_target_group_get_nl_policy,
		.maxattr	= VPC_A_TARGET_GROUP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_GROUP_NEW,
		.doit		= vpc_nl_target_group_new_doit,
		.policy		= vpc_target_group_new_nl_policy,
		.maxattr	= VPC_A_TARGET_GROUP_MATCHER_TO,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_GROUP_SET,
		.doit		= vpc_nl_target_group_set_doit,
		.policy		= vpc_target_group_set_nl_policy,
		.maxattr	= VPC_A_TARGET_GROUP_MATCHER_TO,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_GROUP_DEL,
		.doit		= vpc_nl_target_group_del_doit,
		.policy		= vpc_target_group_del_nl_policy,
		.maxattr	= VPC_A_TARGET_GROUP_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_GET,
		.doit		= vpc_nl_target_get_doit,
		.dumpit		= vpc_nl_target_get_dumpit,
		.policy		= vpc_target_get_nl_policy,
		.maxattr	= VPC_A_TARGET_TARGET_GROUP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_NEW,
		.doit		= vpc_nl_target_new_doit,
		.policy		= vpc_target_new_nl_policy,
		.maxattr	= VPC_A_TARGET_PORT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_SET,
		.doit		= vpc_nl_target_set_doit,
		.policy		= vpc_target_set_nl_policy,
		.maxattr	= VPC_A_TARGET_HEALTH,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TARGET_DEL,
		.doit		= vpc_nl_target_del_doit,
		.policy		= vpc_target_del_nl_policy,
		.maxattr	= VPC_A_TARGET_PORT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SESSION_GET,
		.doit		= vpc_nl_session_get_doit,
		.dumpit		= vpc_nl_session_get_dumpit,
		.policy		= vpc_session_get_nl_policy,
		.maxattr	= VPC_A_SESSION_ENI,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_SESSION_DEL,
		.doit		= vpc_nl_session_del_doit,
		.policy		= vpc_session_del_nl_policy,
		.maxattr	= VPC_A_SESSION_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_STATS_GET,
		.doit		= vpc_nl_stats_get_doit,
		.dumpit		= vpc_nl_stats_get_dumpit,
		.policy		= vpc_stats_get_nl_policy,
		.maxattr	= VPC_A_STATS_COUNTER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_BLOCK_PUBLIC_ACCESS_GET,
		.doit		= vpc_nl_block_public_access_get_doit,
		.dumpit		= vpc_nl_block_public_access_get_dumpit,
		.policy		= vpc_block_public_access_get_nl_policy,
		.maxattr	= VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_BLOCK_PUBLIC_ACCESS_SET,
		.doit		= vpc_nl_block_public_access_set_doit,
		.policy		= vpc_block_public_access_set_nl_policy,
		.maxattr	= VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_LIMITS_GET,
		.doit		= vpc_nl_limits_get_doit,
		.dumpit		= vpc_nl_limits_get_dumpit,
		.policy		= vpc_limits_get_nl_policy,
		.maxattr	= VPC_A_LIMITS_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_LIMITS_SET,
		.doit		= vpc_nl_limits_set_doit,
		.policy		= vpc_limits_set_nl_policy,
		.maxattr	= VPC_A_LIMITS_VALUE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TXN_BEGIN,
		.doit		= vpc_nl_txn_begin_doit,
		.policy		= vpc_txn_begin_nl_policy,
		.maxattr	= VPC_A_TXN_STAGED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TXN_ADD,
		.doit		= vpc_nl_txn_add_doit,
		.policy		= vpc_txn_add_nl_policy,
		.maxattr	= VPC_A_TXN_OP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TXN_COMMIT,
		.doit		= vpc_nl_txn_commit_doit,
		.policy		= vpc_txn_commit_nl_policy,
		.maxattr	= VPC_A_TXN_STAGED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VPC_CMD_TXN_ABORT,
		.doit		= vpc_nl_txn_abort_doit,
		.policy		= vpc_txn_abort_nl_policy,
		.maxattr	= VPC_A_TXN_STAGED,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
};

static const struct genl_multicast_group vpc_nl_mcgrps[] = {
	[VPC_NLGRP_EVENTS] = { "events", },
};
