// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

const char *const nlb_protocol_names[] = { "tcp", "udp", "tcp_udp", NULL };

static const struct attr attrs[] = {
	[VPC_A_LISTENER_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_LISTENER_NLB]			= { "nlb", ATTR_STRING },
	[VPC_A_LISTENER_PROTOCOL]		= { "protocol", ATTR_ENUM, 0, nlb_protocol_names },
	[VPC_A_LISTENER_PORT]			= { "port", ATTR_NUMBER },
	[VPC_A_LISTENER_TARGET_GROUP]		= { "target-group", ATTR_STRING },
	[VPC_A_LISTENER_TCP_IDLE_TIMEOUT]	= { "tcp-idle-timeout", ATTR_NUMBER },
};

/* A listener has no name but what it listens for. */
#define WORDS_LISTENER \
	{ "NLB", "NLB", put_string, VPC_A_LISTENER_NLB, 0, WORD_POSITION | WORD_REQUIRED }, \
	{ "protocol", "tcp|udp|tcp_udp", put_nlb_protocol, VPC_A_LISTENER_PROTOCOL, 0, \
	  WORD_REQUIRED }, \
	{ "port", "PORT", put_u16, VPC_A_LISTENER_PORT, 0, WORD_REQUIRED }

#define WORD_IDLE \
	{ "tcp-idle-timeout", "SECONDS", put_u32, VPC_A_LISTENER_TCP_IDLE_TIMEOUT, 0, 0 }

static const struct word add_words[] = {
	WORDS_LISTENER,
	{ "target-group", "GROUP", put_string, VPC_A_LISTENER_TARGET_GROUP, 0, WORD_REQUIRED },
	WORD_IDLE, { }
};

static const struct word set_words[] = {
	WORDS_LISTENER,
	{ "target-group", "GROUP", put_string, VPC_A_LISTENER_TARGET_GROUP, 0, 0 },
	WORD_IDLE, { }
};

static const struct word del_words[] = { WORDS_LISTENER, { } };

static const struct word show_words[] = {
	{ "NLB", "NLB", put_string, VPC_A_LISTENER_NLB, 0, WORD_POSITION }, { }
};

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_LISTENER_NEW, VPC_A_OP_LISTENER },
	{ "set", run_change, set_words, VPC_CMD_LISTENER_SET, VPC_A_OP_LISTENER },
	{ "del", run_change, del_words, VPC_CMD_LISTENER_DEL, VPC_A_OP_LISTENER },
	{ "show", run_list, show_words, VPC_CMD_LISTENER_GET, 0 },
	{ }
};

const struct noun noun_listener = {
	.name = "listener",
	.help = "what load balancers listen for",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_LISTENER_NEW_NTF,
	.del_ntf = VPC_CMD_LISTENER_DEL_NTF,
};
