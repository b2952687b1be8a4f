// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

static const char *const reservation_types[] = { "prefix", "explicit", NULL };

static const struct attr reservation_attrs[] = {
	[VPC_A_SUBNET_CIDR]		= { "cidr", ATTR_PREFIX, ATTR_BARE },
	[VPC_A_SUBNET_RESERVATION_TYPE]	= { "reservation-type", ATTR_ENUM, ATTR_BARE,
					    reservation_types },
	[VPC_A_SUBNET_RESERVATION_ID]	= { "reservation-id", ATTR_STRING, ATTR_BARE },
};

static const struct attr attrs[] = {
	[VPC_A_SUBNET_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_SUBNET_NAME]			= { "name", ATTR_STRING },
	[VPC_A_SUBNET_VPC]			= { "vpc", ATTR_STRING },
	[VPC_A_SUBNET_VPC_NAME]			= { "vpc-name", ATTR_STRING },
	[VPC_A_SUBNET_CIDR]			= { "cidr", ATTR_PREFIX },
	[VPC_A_SUBNET_ZONE]			= { "zone", ATTR_STRING },
	[VPC_A_SUBNET_AVAILABLE_ADDRESSES]	= { "available-addresses", ATTR_NUMBER },
	[VPC_A_SUBNET_ROUTE_TABLE]		= { "route-table", ATTR_STRING },
	[VPC_A_SUBNET_NETWORK_ACL]		= { "network-acl", ATTR_STRING },
	[VPC_A_SUBNET_NETWORK_ACL_ASSOCIATION]	= { "network-acl-association", ATTR_STRING },
	[VPC_A_SUBNET_IPV6_CIDR]		= { "ipv6-cidr", ATTR_PREFIX },
	[VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH]	= { "map-public-ip-on-launch", ATTR_SWITCH },
	[VPC_A_SUBNET_RESERVATION]		= { "reservation", ATTR_NEST, ATTR_MANY,
						    .members = reservation_attrs,
						    .n_members = ARRAY_SIZE(reservation_attrs) },
	[VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE] = { "internet-gateway-exclusion-mode",
							   ATTR_ENUM, 0, exclusion_names },
};

static int put_reservation_type(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, reservation_types);
}

#define WORD_MAP_PUBLIC \
	{ "map-public-ip-on-launch", "on|off", put_switch, VPC_A_SUBNET_MAP_PUBLIC_IP_ON_LAUNCH, \
	  0, 0 }

static const struct word add_words[] = {
	{ "VPC/NAME", "VPC/NAME", put_scoped, VPC_A_SUBNET_NAME, VPC_A_SUBNET_VPC,
	  WORD_POSITION | WORD_REQUIRED },
	{ "cidr", "CIDR", put_prefix, VPC_A_SUBNET_CIDR, 0, 0 },
	{ "ipv6", "CIDR", put_prefix, VPC_A_SUBNET_IPV6_CIDR, 0, 0 },
	{ "zone", "ZONE", put_string, VPC_A_SUBNET_ZONE, 0, 0 },
	WORD_MAP_PUBLIC, { }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_SUBNET_ID),
	{ "name", "NAME", put_string, VPC_A_SUBNET_NAME, 0, 0 },
	{ "ipv6", "CIDR", put_prefix, VPC_A_SUBNET_IPV6_CIDR, 0, 0 },
	{ "no-ipv6", NULL, put_flag, VPC_A_SUBNET_REMOVE_IPV6_CIDR, 0, 0 },
	WORD_EXCLUSION(VPC_A_SUBNET_INTERNET_GATEWAY_EXCLUSION_MODE),
	WORD_MAP_PUBLIC, { }
};

#define WORDS_RESERVATION \
	WORD_REF(VPC_A_SUBNET_ID), \
	{ "CIDR", "CIDR", put_prefix, VPC_A_SUBNET_CIDR, 0, WORD_POSITION | WORD_REQUIRED }

static const struct word reservation_words[] = {
	WORDS_RESERVATION,
	{ "type", "prefix|explicit", put_reservation_type, VPC_A_SUBNET_RESERVATION_TYPE, 0, 0 },
	{ }
};

static const struct word unreserve_words[] = { WORDS_RESERVATION, { } };

static const struct word ref_words[] = { WORD_REF(VPC_A_SUBNET_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_SUBNET_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_SUBNET_NEW, VPC_A_OP_SUBNET },
	{ "set", run_change, set_words, VPC_CMD_SUBNET_SET, VPC_A_OP_SUBNET },
	{ "reservation-add", run_change, reservation_words,
	  VPC_CMD_SUBNET_RESERVATION_NEW, VPC_A_OP_SUBNET },
	{ "reservation-del", run_change, unreserve_words,
	  VPC_CMD_SUBNET_RESERVATION_DEL, VPC_A_OP_SUBNET },
	{ "del", run_change, ref_words, VPC_CMD_SUBNET_DEL, VPC_A_OP_SUBNET },
	{ "show", run_show, show_words, VPC_CMD_SUBNET_GET, 0 },
	{ }
};

const struct noun noun_subnet = {
	.name = "subnet",
	.help = "address ranges of a VPC in one zone",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_SUBNET_NEW_NTF,
	.del_ntf = VPC_CMD_SUBNET_DEL_NTF,
};
