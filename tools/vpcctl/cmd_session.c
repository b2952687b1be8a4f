// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include "print.h"

static const char *const tcp_state_names[] = {
	"none", "syn-sent", "syn-recv", "established", "closing", "closed", NULL
};

static const struct attr attrs[] = {
	[VPC_A_SESSION_ID]			= { "id", ATTR_NUMBER, ATTR_BARE },
	[VPC_A_SESSION_VPC]			= { "vpc", ATTR_STRING },
	[VPC_A_SESSION_ENI]			= { "eni", ATTR_STRING },
	[VPC_A_SESSION_ENDPOINT]		= { "endpoint", ATTR_STRING },
	[VPC_A_SESSION_PROTOCOL]		= { "protocol", ATTR_NUMBER },
	[VPC_A_SESSION_TCP_STATE]		= { "tcp-state", ATTR_ENUM, 0, tcp_state_names },
	[VPC_A_SESSION_ORIGINAL_PORT]		= { "original-port", ATTR_STRING },
	[VPC_A_SESSION_SOURCE]			= { "source", ATTR_ADDRESS },
	[VPC_A_SESSION_DESTINATION]		= { "destination", ATTR_ADDRESS },
	[VPC_A_SESSION_SOURCE_PORT]		= { "source-port", ATTR_NUMBER },
	[VPC_A_SESSION_DESTINATION_PORT]	= { "destination-port", ATTR_NUMBER },
	[VPC_A_SESSION_REPLY_PORT]		= { "reply-port", ATTR_STRING },
	[VPC_A_SESSION_REPLY_SOURCE]		= { "reply-source", ATTR_ADDRESS },
	[VPC_A_SESSION_REPLY_DESTINATION]	= { "reply-destination", ATTR_ADDRESS },
	[VPC_A_SESSION_REPLY_SOURCE_PORT]	= { "reply-source-port", ATTR_NUMBER },
	[VPC_A_SESSION_REPLY_DESTINATION_PORT]	= { "reply-destination-port", ATTR_NUMBER },
	[VPC_A_SESSION_ORIGINAL_PACKETS]	= { "original-packets", ATTR_NUMBER },
	[VPC_A_SESSION_ORIGINAL_BYTES]		= { "original-bytes", ATTR_NUMBER },
	[VPC_A_SESSION_REPLY_PACKETS]		= { "reply-packets", ATTR_NUMBER },
	[VPC_A_SESSION_REPLY_BYTES]		= { "reply-bytes", ATTR_NUMBER },
	[VPC_A_SESSION_EXPIRES]			= { "expires", ATTR_NUMBER },
	[VPC_A_SESSION_NAT_GATEWAY]		= { "nat-gateway", ATTR_STRING },
};

static const struct word show_words[] = {
	{ "ID", "ID", put_u64, VPC_A_SESSION_ID, 0, WORD_POSITION },
	{ "vpc", "VPC", put_string, VPC_A_SESSION_VPC, 0, 0 },
	{ "eni", "ENI", put_string, VPC_A_SESSION_ENI, 0, 0 },
	{ }
};

static const struct word del_words[] = {
	{ "ID", "ID", put_u64, VPC_A_SESSION_ID, 0, WORD_POSITION | WORD_REQUIRED },
	{ }
};

static const struct verb verbs[] = {
	{ "show", run_show, show_words, VPC_CMD_SESSION_GET, 0 },
	{ "del", run_change, del_words, VPC_CMD_SESSION_DEL, 0 },
	{ }
};

/* "10.0.0.5:4711"; two attributes that follow each other by number are two ends. */
static void text_end(const struct nlattr *addr, const struct nlattr *port)
{
	char buf[PRINT_ADDRESS_LEN] = "?";

	if (addr)
		address_text(buf, mnl_attr_get_payload(addr), mnl_attr_get_payload_len(addr));
	print_text("%s:%u", buf, port ? mnl_attr_get_u16(port) : 0);
}

static void text_half(const struct nlattr *const *tb, uint16_t port, uint16_t packets)
{
	if (tb[port])
		show_attr(&(struct attr){ "", ATTR_STRING, ATTR_BARE, NULL }, tb[port]);
	text_end(tb[port + 1], tb[port + 3]);
	print_text(">");
	text_end(tb[port + 2], tb[port + 4]);
	if (tb[packets] && tb[packets + 1])
		print_text("packets %llu bytes %llu",
			   (unsigned long long)mnl_attr_get_u64(tb[packets]),
			   (unsigned long long)mnl_attr_get_u64(tb[packets + 1]));
}

/* The two halves as the wire at their ports shows them: a translation is where they differ. */
static void text(const struct nlattr *const *tb)
{
	static const uint16_t tail[] = {
		VPC_A_SESSION_EXPIRES, VPC_A_SESSION_VPC, VPC_A_SESSION_ENI, VPC_A_SESSION_ENDPOINT,
		VPC_A_SESSION_NAT_GATEWAY,
	};
	size_t i;

	if (tb[VPC_A_SESSION_ID])
		show_attr(&attrs[VPC_A_SESSION_ID], tb[VPC_A_SESSION_ID]);
	if (tb[VPC_A_SESSION_PROTOCOL])
		print_text("%s", protocol_name(mnl_attr_get_u8(tb[VPC_A_SESSION_PROTOCOL])));
	if (tb[VPC_A_SESSION_TCP_STATE] && mnl_attr_get_u8(tb[VPC_A_SESSION_TCP_STATE]))
		show_attr(&(struct attr){ "", ATTR_ENUM, ATTR_BARE, tcp_state_names },
			  tb[VPC_A_SESSION_TCP_STATE]);
	text_half(tb, VPC_A_SESSION_ORIGINAL_PORT, VPC_A_SESSION_ORIGINAL_PACKETS);
	print_text("reply");
	text_half(tb, VPC_A_SESSION_REPLY_PORT, VPC_A_SESSION_REPLY_PACKETS);
	for (i = 0; i < ARRAY_SIZE(tail); i++)
		if (tb[tail[i]])
			show_attr(&attrs[tail[i]], tb[tail[i]]);
}

const struct noun noun_session = {
	.name = "session",
	.help = "live connections",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.text = text,
	.live = true,
	.del_ntf = VPC_CMD_SESSION_DEL_NTF,
};
