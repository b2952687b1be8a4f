// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const interface_type_names[] = {
	"interface", "vpc-endpoint", "network-load-balancer", NULL
};

static const struct attr attrs[] = {
	[VPC_A_ENI_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_ENI_NAME]		= { "name", ATTR_STRING },
	[VPC_A_ENI_VPC]			= { "vpc", ATTR_STRING },
	[VPC_A_ENI_SUBNET]		= { "subnet", ATTR_STRING },
	[VPC_A_ENI_IFNAME]		= { "ifname", ATTR_STRING },
	[VPC_A_ENI_IFINDEX]		= { "ifindex", ATTR_NUMBER },
	[VPC_A_ENI_MAC]			= { "mac", ATTR_MAC },
	[VPC_A_ENI_ADDRESS]		= { "address", ATTR_ADDRESS },
	[VPC_A_ENI_SOURCE_DEST_CHECK]	= { "source-dest-check", ATTR_SWITCH },
	[VPC_A_ENI_STATE]		= { "state", ATTR_ENUM, 0, state_names },
	[VPC_A_ENI_PUBLIC_ADDRESS]	= { "public-address", ATTR_ADDRESS },
	[VPC_A_ENI_ROUTER_MAC]		= { "router-mac", ATTR_MAC },
	[VPC_A_ENI_SESSIONS]		= { "sessions", ATTR_NUMBER },
	[VPC_A_ENI_SECURITY_GROUP]	= { "security-group", ATTR_STRING, ATTR_MANY },
	[VPC_A_ENI_DESCRIPTION]		= { "description", ATTR_STRING },
	[VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT] = { "tcp-established-timeout", ATTR_NUMBER },
	[VPC_A_ENI_UDP_TIMEOUT]		= { "udp-timeout", ATTR_NUMBER },
	[VPC_A_ENI_UDP_STREAM_TIMEOUT]	= { "udp-stream-timeout", ATTR_NUMBER },
	[VPC_A_ENI_CONNTRACK_ALLOWANCE_AVAILABLE] = { "conntrack-allowance-available",
						      ATTR_NUMBER },
	[VPC_A_ENI_SECONDARY_ADDRESS]	= { "secondary-address", ATTR_ADDRESS, ATTR_MANY },
	[VPC_A_ENI_IPV6_ADDRESS]	= { "ipv6-address", ATTR_ADDRESS, ATTR_MANY },
	[VPC_A_ENI_PREFIX]		= { "prefix", ATTR_PREFIX, ATTR_MANY },
	[VPC_A_ENI_ASSOCIATE_PUBLIC_IP]	= { "associate-public-ip", ATTR_SWITCH },
	[VPC_A_ENI_INTERFACE_TYPE]	= { "interface-type", ATTR_ENUM, 0, interface_type_names },
	[VPC_A_ENI_REQUESTER]		= { "requester", ATTR_STRING },
};

#define WORD_SDC \
	{ "source-dest-check", "on|off", put_switch, VPC_A_ENI_SOURCE_DEST_CHECK, 0, 0 }

#define WORD_GROUPS \
	{ "security-group", "GROUP,GROUP", put_list, VPC_A_ENI_SECURITY_GROUP, 0, WORD_MANY }

#define WORDS_MORE \
	{ "associate-public-ip", "on|off", put_switch, VPC_A_ENI_ASSOCIATE_PUBLIC_IP, 0, 0 }, \
	{ "description", "TEXT", put_string, VPC_A_ENI_DESCRIPTION, 0, 0 }, \
	{ "tcp-established-timeout", "SECONDS", put_u32, VPC_A_ENI_TCP_ESTABLISHED_TIMEOUT, 0, \
	  0 }, \
	{ "udp-timeout", "SECONDS", put_u32, VPC_A_ENI_UDP_TIMEOUT, 0, 0 }, \
	{ "udp-stream-timeout", "SECONDS", put_u32, VPC_A_ENI_UDP_STREAM_TIMEOUT, 0, 0 }

#define WORD_PREFIX \
	{ "prefix", "CIDR", put_prefix, VPC_A_ENI_PREFIX, 0, WORD_MANY }

#define WORDS_COUNT \
	{ "count", "N", put_u32, VPC_A_ENI_SECONDARY_ADDRESS_COUNT, 0, 0 }, \
	{ "ipv6-count", "N", put_u32, VPC_A_ENI_IPV6_ADDRESS_COUNT, 0, 0 }

#define WORD_ADDRESSES \
	{ "ADDRESS", "ADDRESS", put_any_address, VPC_A_ENI_SECONDARY_ADDRESS, \
	  VPC_A_ENI_IPV6_ADDRESS, WORD_POSITION | WORD_MANY }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_ENI_NAME),
	{ "subnet", "SUBNET", put_string, VPC_A_ENI_SUBNET, 0, WORD_REQUIRED },
	{ "dev", "DEVICE", put_string, VPC_A_ENI_IFNAME, 0, WORD_REQUIRED },
	{ "address", "ADDRESS", put_address, VPC_A_ENI_ADDRESS, 0, 0 },
	{ "mac", "MAC", put_mac, VPC_A_ENI_MAC, 0, 0 },
	WORD_SDC, WORD_GROUPS, WORDS_MORE,
	{ "secondary", "ADDRESS", put_address, VPC_A_ENI_SECONDARY_ADDRESS, 0, WORD_MANY },
	{ "ipv6", "ADDRESS", put_address, VPC_A_ENI_IPV6_ADDRESS, 0, WORD_MANY },
	WORD_PREFIX, WORDS_COUNT, { }
};

static const struct word assign_words[] = {
	WORD_REF(VPC_A_ENI_ID),
	WORD_ADDRESSES, WORD_PREFIX, WORDS_COUNT,
	{ "reassign", NULL, put_flag, VPC_A_ENI_REASSIGN, 0, 0 },
	{ }
};

static const struct word unassign_words[] = {
	WORD_REF(VPC_A_ENI_ID),
	WORD_ADDRESSES, WORD_PREFIX, { }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_ENI_ID),
	{ "name", "NAME", put_string, VPC_A_ENI_NAME, 0, 0 },
	{ "dev", "DEVICE", put_string, VPC_A_ENI_IFNAME, 0, 0 },
	WORD_SDC, WORD_GROUPS, WORDS_MORE, { }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_ENI_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_ENI_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_ENI_NEW, VPC_A_OP_ENI },
	{ "set", run_change, set_words, VPC_CMD_ENI_SET, VPC_A_OP_ENI },
	{ "assign", run_change, assign_words, VPC_CMD_ENI_ASSIGN, VPC_A_OP_ENI },
	{ "unassign", run_change, unassign_words, VPC_CMD_ENI_UNASSIGN, VPC_A_OP_ENI },
	{ "del", run_change, ref_words, VPC_CMD_ENI_DEL, VPC_A_OP_ENI },
	{ "show", run_show, show_words, VPC_CMD_ENI_GET, 0 },
	{ }
};

const struct noun noun_eni = {
	.name = "eni",
	.help = "network interfaces of instances and endpoints",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_ENI_NEW_NTF,
	.del_ntf = VPC_CMD_ENI_DEL_NTF,
};
