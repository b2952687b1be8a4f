/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	uapi/netlink/specs/vpc.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_VPC_GEN_H
#define _LINUX_VPC_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/vpc.h>

/* Common nested types */
extern const struct nla_policy vpc_association_op_nl_policy[VPC_A_ASSOCIATION_GATEWAY + 1];
extern const struct nla_policy vpc_block_public_access_op_nl_policy[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE + 1];
extern const struct nla_policy vpc_eigw_op_nl_policy[VPC_A_EIGW_UPLINK + 1];
extern const struct nla_policy vpc_eip_op_nl_policy[VPC_A_EIP_NO_REASSOCIATION + 1];
extern const struct nla_policy vpc_endpoint_op_nl_policy[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED + 1];
extern const struct nla_policy vpc_endpoint_service_op_nl_policy[VPC_A_VPCE_SVC_ENDPOINT + 1];
extern const struct nla_policy vpc_eni_op_nl_policy[VPC_A_ENI_ASSOCIATE_PUBLIC_IP + 1];
extern const struct nla_policy vpc_igw_op_nl_policy[VPC_A_IGW_UPLINK + 1];
extern const struct nla_policy vpc_limits_op_nl_policy[VPC_A_LIMITS_VALUE + 1];
extern const struct nla_policy vpc_listener_op_nl_policy[VPC_A_LISTENER_TCP_IDLE_TIMEOUT + 1];
extern const struct nla_policy vpc_nat_gateway_op_nl_policy[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION + 1];
extern const struct nla_policy vpc_network_acl_op_nl_policy[VPC_A_NETWORK_ACL_ICMP_CODE + 1];
extern const struct nla_policy vpc_nlb_op_nl_policy[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC + 1];
extern const struct nla_policy vpc_op_nl_policy[VPC_A_OP_ENDPOINT_SERVICE + 1];
extern const struct nla_policy vpc_peering_op_nl_policy[VPC_A_PEERING_PEER_VPC + 1];
extern const struct nla_policy vpc_policy_element_nl_policy[VPC_A_POLICY_ELEMENT_VALUE + 1];
extern const struct nla_policy vpc_policy_statement_nl_policy[VPC_A_POLICY_STATEMENT_ELEMENT + 1];
extern const struct nla_policy vpc_policy_value_nl_policy[VPC_A_POLICY_VALUE_PORT_TO + 1];
extern const struct nla_policy vpc_prefix_nl_policy[VPC_A_PREFIX_DESCRIPTION + 1];
extern const struct nla_policy vpc_prefix_list_op_nl_policy[VPC_A_PREFIX_LIST_ADDRESS_FAMILY + 1];
extern const struct nla_policy vpc_route_op_nl_policy[VPC_A_ROUTE_TARGET_ID + 1];
extern const struct nla_policy vpc_route_table_op_nl_policy[VPC_A_ROUTE_TABLE_VPC + 1];
extern const struct nla_policy vpc_security_group_op_nl_policy[VPC_A_SECURITY_GROUP_GROUP + 1];
extern const struct nla_policy vpc_service_op_nl_policy[VPC_A_SERVICE_REMOVE_ZONE + 1];
extern const struct nla_policy vpc_subnet_op_nl_policy[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE + 1];
extern const struct nla_policy vpc_target_group_op_nl_policy[VPC_A_TARGET_GROUP_MATCHER_TO + 1];
extern const struct nla_policy vpc_target_op_nl_policy[VPC_A_TARGET_HEALTH + 1];
extern const struct nla_policy vpc_uplink_op_nl_policy[VPC_A_UPLINK_REMOVE_PUBLIC_POOL + 1];
extern const struct nla_policy vpc_vpc_op_nl_policy[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE + 1];

extern const struct nla_policy vpc_vpc_get_nl_policy[VPC_A_VPC_ID + 1];

extern const struct nla_policy vpc_vpc_new_nl_policy[VPC_A_VPC_IPV6_CIDR + 1];

extern const struct nla_policy vpc_vpc_set_nl_policy[VPC_A_VPC_INTERNET_GATEWAY_EXCLUSION_MODE + 1];

extern const struct nla_policy vpc_vpc_del_nl_policy[VPC_A_VPC_ID + 1];

extern const struct nla_policy vpc_subnet_get_nl_policy[VPC_A_SUBNET_ID + 1];

extern const struct nla_policy vpc_subnet_new_nl_policy[VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH + 1];

extern const struct nla_policy vpc_subnet_set_nl_policy[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE + 1];

extern const struct nla_policy vpc_subnet_del_nl_policy[VPC_A_SUBNET_ID + 1];

extern const struct nla_policy vpc_subnet_reservation_new_nl_policy[VPC_A_SUBNET_RESERVATION_TYPE + 1];

extern const struct nla_policy vpc_subnet_reservation_del_nl_policy[VPC_A_SUBNET_CIDR + 1];

extern const struct nla_policy vpc_eni_get_nl_policy[VPC_A_ENI_ID + 1];

extern const struct nla_policy vpc_eni_new_nl_policy[VPC_A_ENI_ASSOCIATE_PUBLIC_IP + 1];

extern const struct nla_policy vpc_eni_set_nl_policy[VPC_A_ENI_ASSOCIATE_PUBLIC_IP + 1];

extern const struct nla_policy vpc_eni_assign_nl_policy[VPC_A_ENI_REASSIGN + 1];

extern const struct nla_policy vpc_eni_unassign_nl_policy[VPC_A_ENI_PREFIX + 1];

extern const struct nla_policy vpc_eni_del_nl_policy[VPC_A_ENI_ID + 1];

extern const struct nla_policy vpc_uplink_get_nl_policy[VPC_A_UPLINK_ID + 1];

extern const struct nla_policy vpc_uplink_new_nl_policy[VPC_A_UPLINK_PUBLIC_POOL + 1];

extern const struct nla_policy vpc_uplink_set_nl_policy[VPC_A_UPLINK_REMOVE_PUBLIC_POOL + 1];

extern const struct nla_policy vpc_uplink_del_nl_policy[VPC_A_UPLINK_ID + 1];

extern const struct nla_policy vpc_route_table_get_nl_policy[VPC_A_ROUTE_TABLE_ID + 1];

extern const struct nla_policy vpc_route_table_new_nl_policy[VPC_A_ROUTE_TABLE_VPC + 1];

extern const struct nla_policy vpc_route_table_del_nl_policy[VPC_A_ROUTE_TABLE_ID + 1];

extern const struct nla_policy vpc_route_get_nl_policy[VPC_A_ROUTE_PREFIX_LIST + 1];

extern const struct nla_policy vpc_route_new_nl_policy[VPC_A_ROUTE_TARGET_ID + 1];

extern const struct nla_policy vpc_route_set_nl_policy[VPC_A_ROUTE_TARGET_ID + 1];

extern const struct nla_policy vpc_route_del_nl_policy[VPC_A_ROUTE_PREFIX_LIST + 1];

extern const struct nla_policy vpc_association_get_nl_policy[VPC_A_ASSOCIATION_ID + 1];

extern const struct nla_policy vpc_association_new_nl_policy[VPC_A_ASSOCIATION_GATEWAY + 1];

extern const struct nla_policy vpc_association_set_nl_policy[VPC_A_ASSOCIATION_SUBNET + 1];

extern const struct nla_policy vpc_association_del_nl_policy[VPC_A_ASSOCIATION_ID + 1];

extern const struct nla_policy vpc_prefix_list_get_nl_policy[VPC_A_PREFIX_LIST_VERSION + 1];

extern const struct nla_policy vpc_prefix_list_new_nl_policy[VPC_A_PREFIX_LIST_ADDRESS_FAMILY + 1];

extern const struct nla_policy vpc_prefix_list_set_nl_policy[VPC_A_PREFIX_LIST_WEIGHT + 1];

extern const struct nla_policy vpc_prefix_list_restore_nl_policy[VPC_A_PREFIX_LIST_PREVIOUS_VERSION + 1];

extern const struct nla_policy vpc_prefix_list_del_nl_policy[VPC_A_PREFIX_LIST_OWNER + 1];

extern const struct nla_policy vpc_igw_get_nl_policy[VPC_A_IGW_ID + 1];

extern const struct nla_policy vpc_igw_new_nl_policy[VPC_A_IGW_UPLINK + 1];

extern const struct nla_policy vpc_igw_set_nl_policy[VPC_A_IGW_UPLINK + 1];

extern const struct nla_policy vpc_igw_detach_nl_policy[VPC_A_IGW_ID + 1];

extern const struct nla_policy vpc_igw_del_nl_policy[VPC_A_IGW_ID + 1];

extern const struct nla_policy vpc_eip_get_nl_policy[VPC_A_EIP_ID + 1];

extern const struct nla_policy vpc_eip_new_nl_policy[VPC_A_EIP_UPLINK + 1];

extern const struct nla_policy vpc_eip_associate_nl_policy[VPC_A_EIP_NO_REASSOCIATION + 1];

extern const struct nla_policy vpc_eip_disassociate_nl_policy[VPC_A_EIP_ID + 1];

extern const struct nla_policy vpc_eip_del_nl_policy[VPC_A_EIP_ID + 1];

extern const struct nla_policy vpc_service_get_nl_policy[VPC_A_SERVICE_ID + 1];

extern const struct nla_policy vpc_service_new_nl_policy[VPC_A_SERVICE_POOL + 1];

extern const struct nla_policy vpc_service_set_nl_policy[VPC_A_SERVICE_REMOVE_ZONE + 1];

extern const struct nla_policy vpc_service_del_nl_policy[VPC_A_SERVICE_ID + 1];

extern const struct nla_policy vpc_endpoint_get_nl_policy[VPC_A_ENDPOINT_ID + 1];

extern const struct nla_policy vpc_endpoint_new_nl_policy[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED + 1];

extern const struct nla_policy vpc_endpoint_set_nl_policy[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED + 1];

extern const struct nla_policy vpc_endpoint_del_nl_policy[VPC_A_ENDPOINT_ID + 1];

extern const struct nla_policy vpc_endpoint_service_get_nl_policy[VPC_A_VPCE_SVC_ID + 1];

extern const struct nla_policy vpc_endpoint_service_new_nl_policy[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED + 1];

extern const struct nla_policy vpc_endpoint_service_set_nl_policy[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED + 1];

extern const struct nla_policy vpc_endpoint_service_accept_nl_policy[VPC_A_VPCE_SVC_ENDPOINT + 1];

extern const struct nla_policy vpc_endpoint_service_reject_nl_policy[VPC_A_VPCE_SVC_ENDPOINT + 1];

extern const struct nla_policy vpc_endpoint_service_del_nl_policy[VPC_A_VPCE_SVC_ID + 1];

extern const struct nla_policy vpc_peering_get_nl_policy[VPC_A_PEERING_ID + 1];

extern const struct nla_policy vpc_peering_new_nl_policy[VPC_A_PEERING_PEER_VPC + 1];

extern const struct nla_policy vpc_peering_accept_nl_policy[VPC_A_PEERING_ID + 1];

extern const struct nla_policy vpc_peering_reject_nl_policy[VPC_A_PEERING_ID + 1];

extern const struct nla_policy vpc_peering_del_nl_policy[VPC_A_PEERING_ID + 1];

extern const struct nla_policy vpc_security_group_get_nl_policy[VPC_A_SECURITY_GROUP_ID + 1];

extern const struct nla_policy vpc_security_group_new_nl_policy[VPC_A_SECURITY_GROUP_DESCRIPTION + 1];

extern const struct nla_policy vpc_security_group_del_nl_policy[VPC_A_SECURITY_GROUP_ID + 1];

extern const struct nla_policy vpc_security_group_rule_new_nl_policy[VPC_A_SECURITY_GROUP_GROUP + 1];

extern const struct nla_policy vpc_security_group_rule_del_nl_policy[VPC_A_SECURITY_GROUP_GROUP + 1];

extern const struct nla_policy vpc_security_group_associate_nl_policy[VPC_A_SECURITY_GROUP_VPC + 1];

extern const struct nla_policy vpc_security_group_disassociate_nl_policy[VPC_A_SECURITY_GROUP_VPC + 1];

extern const struct nla_policy vpc_network_acl_get_nl_policy[VPC_A_NETWORK_ACL_ID + 1];

extern const struct nla_policy vpc_network_acl_new_nl_policy[VPC_A_NETWORK_ACL_VPC + 1];

extern const struct nla_policy vpc_network_acl_del_nl_policy[VPC_A_NETWORK_ACL_ID + 1];

extern const struct nla_policy vpc_network_acl_entry_new_nl_policy[VPC_A_NETWORK_ACL_ICMP_CODE + 1];

extern const struct nla_policy vpc_network_acl_entry_set_nl_policy[VPC_A_NETWORK_ACL_ICMP_CODE + 1];

extern const struct nla_policy vpc_network_acl_entry_del_nl_policy[VPC_A_NETWORK_ACL_DIRECTION + 1];

extern const struct nla_policy vpc_network_acl_associate_nl_policy[VPC_A_NETWORK_ACL_SUBNET + 1];

extern const struct nla_policy vpc_eigw_get_nl_policy[VPC_A_EIGW_ID + 1];

extern const struct nla_policy vpc_eigw_new_nl_policy[VPC_A_EIGW_UPLINK + 1];

extern const struct nla_policy vpc_eigw_del_nl_policy[VPC_A_EIGW_ID + 1];

extern const struct nla_policy vpc_nat_gateway_get_nl_policy[VPC_A_NAT_GATEWAY_ID + 1];

extern const struct nla_policy vpc_nat_gateway_new_nl_policy[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS + 1];

extern const struct nla_policy vpc_nat_gateway_del_nl_policy[VPC_A_NAT_GATEWAY_ID + 1];

extern const struct nla_policy vpc_nat_gateway_address_new_nl_policy[VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS + 1];

extern const struct nla_policy vpc_nat_gateway_address_del_nl_policy[VPC_A_NAT_GATEWAY_MAX_DRAIN_DURATION + 1];

extern const struct nla_policy vpc_nlb_get_nl_policy[VPC_A_NLB_ID + 1];

extern const struct nla_policy vpc_nlb_new_nl_policy[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC + 1];

extern const struct nla_policy vpc_nlb_set_nl_policy[VPC_A_NLB_ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC + 1];

extern const struct nla_policy vpc_nlb_del_nl_policy[VPC_A_NLB_ID + 1];

extern const struct nla_policy vpc_listener_get_nl_policy[VPC_A_LISTENER_NLB + 1];

extern const struct nla_policy vpc_listener_new_nl_policy[VPC_A_LISTENER_TCP_IDLE_TIMEOUT + 1];

extern const struct nla_policy vpc_listener_set_nl_policy[VPC_A_LISTENER_TCP_IDLE_TIMEOUT + 1];

extern const struct nla_policy vpc_listener_del_nl_policy[VPC_A_LISTENER_PORT + 1];

extern const struct nla_policy vpc_target_group_get_nl_policy[VPC_A_TARGET_GROUP_ID + 1];

extern const struct nla_policy vpc_target_group_new_nl_policy[VPC_A_TARGET_GROUP_MATCHER_TO + 1];

extern const struct nla_policy vpc_target_group_set_nl_policy[VPC_A_TARGET_GROUP_MATCHER_TO + 1];

extern const struct nla_policy vpc_target_group_del_nl_policy[VPC_A_TARGET_GROUP_ID + 1];

extern const struct nla_policy vpc_target_get_nl_policy[VPC_A_TARGET_TARGET_GROUP + 1];

extern const struct nla_policy vpc_target_new_nl_policy[VPC_A_TARGET_PORT + 1];

extern const struct nla_policy vpc_target_set_nl_policy[VPC_A_TARGET_HEALTH + 1];

extern const struct nla_policy vpc_target_del_nl_policy[VPC_A_TARGET_PORT + 1];

extern const struct nla_policy vpc_session_get_nl_policy[VPC_A_SESSION_ENI + 1];

extern const struct nla_policy vpc_session_del_nl_policy[VPC_A_SESSION_ID + 1];

extern const struct nla_policy vpc_stats_get_nl_policy[VPC_A_STATS_COUNTER + 1];

extern const struct nla_policy vpc_block_public_access_get_nl_policy[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE + 1];

extern const struct nla_policy vpc_block_public_access_set_nl_policy[VPC_A_BLOCK_PUBLIC_ACCESS_INTERNET_GATEWAY_BLOCK_MODE + 1];

extern const struct nla_policy vpc_limits_get_nl_policy[VPC_A_LIMITS_NAME + 1];

extern const struct nla_policy vpc_limits_set_nl_policy[VPC_A_LIMITS_VALUE + 1];

extern const struct nla_policy vpc_txn_begin_nl_policy[VPC_A_TXN_STAGED + 1];

extern const struct nla_policy vpc_txn_add_nl_policy[VPC_A_TXN_OP + 1];

extern const struct nla_policy vpc_txn_commit_nl_policy[VPC_A_TXN_STAGED + 1];

extern const struct nla_policy vpc_txn_abort_nl_policy[VPC_A_TXN_STAGED + 1];

/* Ops table for vpc */
extern const struct genl_ops vpc_nl_ops[114];

int vpc_nl_vpc_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_vpc_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_vpc_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_vpc_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_vpc_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_subnet_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_subnet_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_subnet_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_subnet_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_subnet_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_subnet_reservation_new_doit(struct sk_buff *skb,
				       struct genl_info *info);
int vpc_nl_subnet_reservation_del_doit(struct sk_buff *skb,
				       struct genl_info *info);
int vpc_nl_eni_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eni_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_eni_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eni_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eni_assign_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eni_unassign_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eni_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_uplink_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_uplink_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_uplink_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_uplink_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_uplink_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_table_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_table_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int vpc_nl_route_table_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_table_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_route_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_route_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_association_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_association_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int vpc_nl_association_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_association_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_association_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_prefix_list_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_prefix_list_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int vpc_nl_prefix_list_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_prefix_list_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_prefix_list_restore_doit(struct sk_buff *skb,
				    struct genl_info *info);
int vpc_nl_prefix_list_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_igw_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_igw_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_igw_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_igw_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_igw_detach_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_igw_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eip_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eip_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_eip_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eip_associate_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eip_disassociate_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eip_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_service_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_service_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_service_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_service_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_service_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_endpoint_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_endpoint_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int vpc_nl_endpoint_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_endpoint_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_endpoint_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_endpoint_service_get_doit(struct sk_buff *skb,
				     struct genl_info *info);
int vpc_nl_endpoint_service_get_dumpit(struct sk_buff *skb,
				       struct netlink_callback *cb);
int vpc_nl_endpoint_service_new_doit(struct sk_buff *skb,
				     struct genl_info *info);
int vpc_nl_endpoint_service_set_doit(struct sk_buff *skb,
				     struct genl_info *info);
int vpc_nl_endpoint_service_accept_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_endpoint_service_reject_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_endpoint_service_del_doit(struct sk_buff *skb,
				     struct genl_info *info);
int vpc_nl_peering_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_peering_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_peering_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_peering_accept_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_peering_reject_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_peering_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_security_group_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_security_group_get_dumpit(struct sk_buff *skb,
				     struct netlink_callback *cb);
int vpc_nl_security_group_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_security_group_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_security_group_rule_new_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_security_group_rule_del_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_security_group_associate_doit(struct sk_buff *skb,
					 struct genl_info *info);
int vpc_nl_security_group_disassociate_doit(struct sk_buff *skb,
					    struct genl_info *info);
int vpc_nl_network_acl_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_network_acl_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int vpc_nl_network_acl_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_network_acl_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_network_acl_entry_new_doit(struct sk_buff *skb,
				      struct genl_info *info);
int vpc_nl_network_acl_entry_set_doit(struct sk_buff *skb,
				      struct genl_info *info);
int vpc_nl_network_acl_entry_del_doit(struct sk_buff *skb,
				      struct genl_info *info);
int vpc_nl_network_acl_associate_doit(struct sk_buff *skb,
				      struct genl_info *info);
int vpc_nl_eigw_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eigw_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_eigw_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_eigw_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nat_gateway_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nat_gateway_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int vpc_nl_nat_gateway_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nat_gateway_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nat_gateway_address_new_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_nat_gateway_address_del_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_nlb_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nlb_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_nlb_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nlb_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_nlb_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_listener_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_listener_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int vpc_nl_listener_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_listener_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_listener_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_group_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_group_get_dumpit(struct sk_buff *skb,
				   struct netlink_callback *cb);
int vpc_nl_target_group_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_group_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_group_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_target_new_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_target_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_session_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_session_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_session_del_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_block_public_access_get_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_block_public_access_get_dumpit(struct sk_buff *skb,
					  struct netlink_callback *cb);
int vpc_nl_block_public_access_set_doit(struct sk_buff *skb,
					struct genl_info *info);
int vpc_nl_limits_get_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_limits_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vpc_nl_limits_set_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_txn_begin_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_txn_add_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_txn_commit_doit(struct sk_buff *skb, struct genl_info *info);
int vpc_nl_txn_abort_doit(struct sk_buff *skb, struct genl_info *info);

enum {
	VPC_NLGRP_EVENTS,
};

#endif /* _LINUX_VPC_GEN_H */
