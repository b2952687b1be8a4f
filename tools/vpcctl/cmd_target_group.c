// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

static const char *const type_names[] = { "instance", "ip", NULL };
static const char *const check_names[] = { "tcp", "http", NULL };
static const char *const cross_zone_names[] = {
	"off", "on", "use-load-balancer-configuration", NULL
};

static const struct attr target_attrs[] = {
	[VPC_A_TARGET_ID]	= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_TARGET_ENI]	= { "eni", ATTR_STRING },
	[VPC_A_TARGET_ADDRESS]	= { "address", ATTR_ADDRESS },
	[VPC_A_TARGET_PORT]	= { "port", ATTR_NUMBER },
	[VPC_A_TARGET_ZONE]	= { "zone", ATTR_STRING },
	[VPC_A_TARGET_STATE]	= { "state", ATTR_ENUM, 0, target_state_names },
	[VPC_A_TARGET_REASON]	= { "reason", ATTR_STRING },
};

#define A(attr)	[VPC_A_TARGET_GROUP_##attr]

static const struct attr attrs[] = {
	A(ID)				= { "id", ATTR_STRING, ATTR_BARE },
	A(NAME)				= { "name", ATTR_STRING },
	A(VPC)				= { "vpc", ATTR_STRING },
	A(PROTOCOL)			= { "protocol", ATTR_ENUM, 0, nlb_protocol_names },
	A(PORT)				= { "port", ATTR_NUMBER },
	A(TARGET_TYPE)			= { "target-type", ATTR_ENUM, 0, type_names },
	A(NLB)				= { "nlb", ATTR_STRING },
	A(PRESERVE_CLIENT_IP)		= { "preserve-client-ip", ATTR_SWITCH },
	A(STICKINESS)			= { "stickiness", ATTR_SWITCH },
	A(CROSS_ZONE)			= { "cross-zone", ATTR_ENUM, 0, cross_zone_names },
	A(DEREGISTRATION_DELAY)		= { "deregistration-delay", ATTR_NUMBER },
	A(CONNECTION_TERMINATION)	= { "connection-termination", ATTR_SWITCH },
	A(UNHEALTHY_CONNECTION_TERMINATION) = { "unhealthy-connection-termination", ATTR_SWITCH },
	A(UNHEALTHY_DRAINING_INTERVAL)	= { "unhealthy-draining-interval", ATTR_NUMBER },
	A(HEALTH_CHECK_PROTOCOL)	= { "health-check-protocol", ATTR_ENUM, 0, check_names },
	A(HEALTH_CHECK_PORT)		= { "health-check-port", ATTR_NUMBER },
	A(HEALTH_CHECK_PATH)		= { "health-check-path", ATTR_STRING },
	A(HEALTH_CHECK_INTERVAL)	= { "health-check-interval", ATTR_NUMBER },
	A(HEALTH_CHECK_TIMEOUT)		= { "health-check-timeout", ATTR_NUMBER },
	A(HEALTHY_THRESHOLD)		= { "healthy-threshold", ATTR_NUMBER },
	A(UNHEALTHY_THRESHOLD)		= { "unhealthy-threshold", ATTR_NUMBER },
	A(MATCHER_FROM)			= { "matcher-from", ATTR_NUMBER },
	A(MATCHER_TO)			= { "matcher-to", ATTR_NUMBER },
	A(TARGETS)			= { "targets", ATTR_NUMBER },
	A(TARGET)			= { "target", ATTR_NEST, ATTR_MANY,
					    .members = target_attrs,
					    .n_members = ARRAY_SIZE(target_attrs) },
	A(LISTENER_PORT)		= { "listener-port", ATTR_NUMBER },
};

static int put_target_type(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, type_names);
}

static int put_cross_zone(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_name(nlh, w, value, cross_zone_names);
}

static int put_check(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, check_names);
}

/* That of each target is 0. */
static int put_check_port(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_u16(nlh, w, strcmp(value, "traffic-port") ? value : "0");
}

#define N(attr)	VPC_A_TARGET_GROUP_##attr

#define WORDS_ATTRS \
	{ "preserve-client-ip", "on|off", put_switch, N(PRESERVE_CLIENT_IP), 0, 0 }, \
	{ "stickiness", "on|off", put_switch, N(STICKINESS), 0, 0 }, \
	{ "cross-zone", "on|off|use-load-balancer-configuration", put_cross_zone, \
	  N(CROSS_ZONE), 0, 0 }, \
	{ "deregistration-delay", "SECONDS", put_u32, N(DEREGISTRATION_DELAY), 0, 0 }, \
	{ "connection-termination", "on|off", put_switch, N(CONNECTION_TERMINATION), 0, 0 }, \
	{ "unhealthy-connection-termination", "on|off", put_switch, \
	  N(UNHEALTHY_CONNECTION_TERMINATION), 0, 0 }, \
	{ "unhealthy-draining-interval", "SECONDS", put_u32, N(UNHEALTHY_DRAINING_INTERVAL), \
	  0, 0 }, \
	{ "health-check-protocol", "tcp|http", put_check, N(HEALTH_CHECK_PROTOCOL), 0, 0 }, \
	{ "health-check-port", "PORT|traffic-port", put_check_port, N(HEALTH_CHECK_PORT), 0, \
	  0 }, \
	{ "health-check-path", "PATH", put_string, N(HEALTH_CHECK_PATH), 0, 0 }, \
	{ "health-check-interval", "SECONDS", put_u32, N(HEALTH_CHECK_INTERVAL), 0, 0 }, \
	{ "health-check-timeout", "SECONDS", put_u32, N(HEALTH_CHECK_TIMEOUT), 0, 0 }, \
	{ "healthy-threshold", "COUNT", put_u8, N(HEALTHY_THRESHOLD), 0, 0 }, \
	{ "unhealthy-threshold", "COUNT", put_u8, N(UNHEALTHY_THRESHOLD), 0, 0 }, \
	{ "matcher", "FIRST-LAST", put_ports, N(MATCHER_FROM), N(MATCHER_TO), 0 }

static const struct word add_words[] = {
	WORD_NAME(N(NAME)),
	{ "vpc", "VPC", put_string, N(VPC), 0, WORD_REQUIRED },
	{ "protocol", "tcp|udp|tcp_udp", put_nlb_protocol, N(PROTOCOL), 0, WORD_REQUIRED },
	{ "port", "PORT", put_u16, N(PORT), 0, WORD_REQUIRED },
	{ "target-type", "instance|ip", put_target_type, N(TARGET_TYPE), 0, 0 },
	WORDS_ATTRS, { }
};

static const struct word set_words[] = {
	WORD_REF(N(ID)),
	{ "name", "NAME", put_string, N(NAME), 0, 0 },
	WORDS_ATTRS, { }
};

static const struct word ref_words[] = { WORD_REF(N(ID)), { } };
static const struct word show_words[] = { WORD_REF_OPT(N(ID)), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_TARGET_GROUP_NEW, VPC_A_OP_TARGET_GROUP },
	{ "set", run_change, set_words, VPC_CMD_TARGET_GROUP_SET, VPC_A_OP_TARGET_GROUP },
	{ "del", run_change, ref_words, VPC_CMD_TARGET_GROUP_DEL, VPC_A_OP_TARGET_GROUP },
	{ "show", run_show, show_words, VPC_CMD_TARGET_GROUP_GET, 0 },
	{ }
};

const struct noun noun_target_group = {
	.name = "target-group",
	.help = "where listeners forward to",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.merge = { VPC_A_TARGET_GROUP_TARGET },
	.new_ntf = VPC_CMD_TARGET_GROUP_NEW_NTF,
	.del_ntf = VPC_CMD_TARGET_GROUP_DEL_NTF,
};
