// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "../lib/l4state.c"

#define NONE		VPC_TCP_STATE_NONE
#define SYN_SENT	VPC_TCP_STATE_SYN_SENT
#define SYN_RECV	VPC_TCP_STATE_SYN_RECV
#define ESTABLISHED	VPC_TCP_STATE_ESTABLISHED
#define CLOSING		VPC_TCP_STATE_CLOSING
#define CLOSED		VPC_TCP_STATE_CLOSED

#define SYNACK		(TCP_SYN | TCP_ACK)
#define FINACK		(TCP_FIN | TCP_ACK)
#define RSTACK		(TCP_RST | TCP_ACK)
#define PSHACK		(0x08 | TCP_ACK)

/**
 * struct segment - one step of a conversation
 * @flags: of the segment
 * @reply: its direction
 * @state: after it
 */
struct segment {
	u8 flags;
	bool reply;
	u8 state;
};

static void play(struct kunit *test, const char *name, const struct segment *seg, unsigned int n)
{
	u8 state = NONE;
	unsigned int i;

	for (i = 0; i < n; i++) {
		state = vpc_l4state_tcp(state, seg[i].flags, seg[i].reply);
		KUNIT_EXPECT_EQ_MSG(test, state, seg[i].state, "%s: segment %u", name, i);
	}
}

static void l4state_open(struct kunit *test)
{
	static const struct segment handshake[] = {
		{ TCP_SYN, false, SYN_SENT },
		{ TCP_SYN, false, SYN_SENT },		/* again */
		{ SYNACK, true, SYN_RECV },
		{ SYNACK, true, SYN_RECV },
		{ TCP_SYN, false, SYN_RECV },
		{ PSHACK, true, SYN_RECV },
		{ TCP_ACK, false, ESTABLISHED },
		{ TCP_SYN, false, ESTABLISHED },	/* blind: RFC 5961, 4 */
		{ SYNACK, true, ESTABLISHED },
		{ PSHACK, true, ESTABLISHED },
	};
	static const struct segment both_open[] = {	/* RFC 9293, 3.5 */
		{ TCP_SYN, false, SYN_SENT },
		{ TCP_SYN, true, SYN_SENT },
		{ SYNACK, false, SYN_SENT },
		{ SYNACK, true, SYN_RECV },
		{ PSHACK, false, ESTABLISHED },
	};
	static const struct segment ecn[] = {	/* RFC 3168: SYN|ECE|CWR */
		{ TCP_SYN | 0xc0, false, SYN_SENT },
		{ SYNACK | 0x40, true, SYN_RECV },
		{ TCP_ACK, false, ESTABLISHED },
	};
	static const struct segment refused[] = {
		{ TCP_SYN, false, SYN_SENT },
		{ RSTACK, true, CLOSED },
		{ TCP_SYN, false, SYN_SENT },
	};

	play(test, "handshake", handshake, ARRAY_SIZE(handshake));
	play(test, "both_open", both_open, ARRAY_SIZE(both_open));
	play(test, "ecn", ecn, ARRAY_SIZE(ecn));
	play(test, "refused", refused, ARRAY_SIZE(refused));
}

static void l4state_midflow(struct kunit *test)
{
	static const struct segment data[] = { { PSHACK, false, ESTABLISHED } };
	static const struct segment no_flags[] = { { 0, false, ESTABLISHED } };
	static const struct segment synack[] = { { SYNACK, false, ESTABLISHED } };
	static const struct segment fin[] = { { FINACK, false, CLOSING } };
	static const struct segment rst[] = { { TCP_RST, false, CLOSED } };

	play(test, "data", data, ARRAY_SIZE(data));
	play(test, "no_flags", no_flags, ARRAY_SIZE(no_flags));
	play(test, "synack", synack, ARRAY_SIZE(synack));
	play(test, "fin", fin, ARRAY_SIZE(fin));
	play(test, "rst", rst, ARRAY_SIZE(rst));
}

static void l4state_close(struct kunit *test)
{
	static const struct segment fins[] = {
		{ PSHACK, false, ESTABLISHED },
		{ FINACK, true, CLOSING },
		{ TCP_ACK, false, CLOSING },
		{ PSHACK, false, CLOSING },
		{ FINACK, false, CLOSING },
		{ TCP_ACK, true, CLOSING },
		{ TCP_SYN, true, CLOSING },		/* only the opener reopens */
		{ SYNACK, false, CLOSING },
		{ TCP_SYN, false, SYN_SENT },
		{ SYNACK, true, SYN_RECV },
	};
	static const struct segment rst[] = {
		{ PSHACK, false, ESTABLISHED },
		{ TCP_RST, true, CLOSED },
		{ PSHACK, false, CLOSED },
		{ FINACK, true, CLOSED },
		{ TCP_SYN, true, CLOSED },
		{ SYNACK, true, CLOSED },
		{ TCP_SYN, false, SYN_SENT },
	};

	play(test, "fins", fins, ARRAY_SIZE(fins));
	play(test, "rst", rst, ARRAY_SIZE(rst));
}

/* What holds of every state, flag byte and direction. */
static void check_any(struct kunit *test, u8 state, u8 flags, bool reply)
{
	u8 next = vpc_l4state_tcp(state, flags, reply);
	bool syn = (flags & (SYNACK | TCP_RST)) == TCP_SYN;
	bool bad = next > CLOSED;

	bad |= !!(flags & TCP_RST) != (next == CLOSED) && state != CLOSED;
	bad |= next == NONE && (state != NONE || !syn || !reply);
	bad |= next == SYN_SENT && state != SYN_SENT && (!syn || reply);
	bad |= next == SYN_RECV && state != SYN_RECV && (state != SYN_SENT || !reply);
	bad |= next == ESTABLISHED && state != ESTABLISHED && state != NONE &&
	       (state != SYN_RECV || reply || !(flags & TCP_ACK));
	bad |= next == CLOSING && state != CLOSING && !(flags & TCP_FIN);
	bad |= state == CLOSED && next != CLOSED && (!syn || reply);
	KUNIT_EXPECT_FALSE_MSG(test, bad, "state %u flags %#x reply %d: %u", state, flags, reply,
			       next);
}

static void l4state_all(struct kunit *test)
{
	unsigned int state, flags;

	for (state = NONE; state <= CLOSED; state++) {
		for (flags = 0; flags < 256; flags++) {
			check_any(test, state, flags, false);
			check_any(test, state, flags, true);
		}
	}
}

static void l4state_half_open(struct kunit *test)
{
	static const u8 others[] = { IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_ICMPV6, IPPROTO_GRE };
	unsigned int i;
	u8 state;

	for (state = NONE; state <= CLOSED; state++) {
		KUNIT_EXPECT_EQ(test, vpc_l4state_half_open(IPPROTO_TCP, state, false),
				state < ESTABLISHED);
		KUNIT_EXPECT_EQ(test, vpc_l4state_half_open(IPPROTO_TCP, state, true),
				state < ESTABLISHED);
	}
	for (i = 0; i < ARRAY_SIZE(others); i++) {
		KUNIT_EXPECT_TRUE(test, vpc_l4state_half_open(others[i], NONE, false));
		KUNIT_EXPECT_FALSE(test, vpc_l4state_half_open(others[i], NONE, true));
	}
}

static void l4state_timeout_sg_14(struct kunit *test)
{
	static const struct {
		u8 proto;
		u8 state;
		u32 once;
		u32 stream;
	} want[] = {
		{ IPPROTO_TCP, NONE, 60, 60 },
		{ IPPROTO_TCP, SYN_SENT, 60, 60 },
		{ IPPROTO_TCP, SYN_RECV, 60, 60 },
		{ IPPROTO_TCP, ESTABLISHED, 432000, 432000 },
		{ IPPROTO_TCP, CLOSING, 60, 60 },
		{ IPPROTO_TCP, CLOSED, 10, 10 },
		{ IPPROTO_UDP, NONE, 30, 180 },
		{ IPPROTO_ICMP, NONE, 30, 30 },
		{ IPPROTO_ICMPV6, NONE, 30, 30 },
		{ IPPROTO_GRE, NONE, 600, 600 },
		{ IPPROTO_ESP, NONE, 600, 600 },
		{ 0, NONE, 600, 600 },
		{ 255, NONE, 600, 600 },
	};
	static const struct vpc_timeouts chosen = VPC_TIMEOUTS_DEFAULT;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(want); i++) {
		KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(want[i].proto, want[i].state, false,
							  &chosen), want[i].once);
		KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(want[i].proto, want[i].state, true,
							  &chosen), want[i].stream);
	}
}

/* SG-14: an interface chooses for what is established, and for nothing else. */
static void l4state_timeout_chosen(struct kunit *test)
{
	static const struct vpc_timeouts chosen = { .tcp = 60, .udp = 45, .udp_stream = 90 };

	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_TCP, ESTABLISHED, true, &chosen), 60);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_UDP, NONE, false, &chosen), 45);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_UDP, NONE, true, &chosen), 90);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_TCP, CLOSED, true, &chosen), 10);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_ICMP, NONE, true, &chosen), 30);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_GRE, NONE, true, &chosen), 600);
}

static struct kunit_case l4state_cases[] = {
	KUNIT_CASE(l4state_open),
	KUNIT_CASE(l4state_midflow),
	KUNIT_CASE(l4state_close),
	KUNIT_CASE(l4state_all),
	KUNIT_CASE(l4state_half_open),
	KUNIT_CASE(l4state_timeout_sg_14),
	KUNIT_CASE(l4state_timeout_chosen),
	{}
};

static struct kunit_suite l4state_suite = {
	.name = "vpc_l4state",
	.test_cases = l4state_cases,
};

kunit_test_suite(l4state_suite);
