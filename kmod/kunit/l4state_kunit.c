// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

#include "../lib/l4state.c"

#define NONE		VPC_TCP_STATE_NONE
#define SYN_SENT	VPC_TCP_STATE_SYN_SENT
#define SYN_RECV	VPC_TCP_STATE_SYN_RECV
#define ESTABLISHED	VPC_TCP_STATE_ESTABLISHED
#define CLOSING		VPC_TCP_STATE_CLOSING
#define CLOSED		VPC_TCP_STATE_CLOSED

static const struct step {
	u8 from;
	u8 flags;
	bool reply;
	u8 to;
} steps[] = {
	{ NONE, TCP_SYN, false, SYN_SENT },
	{ SYN_SENT, TCP_SYN, false, SYN_SENT },			/* retransmission */
	{ SYN_SENT, TCP_SYN | TCP_ACK, true, SYN_RECV },
	{ SYN_SENT, TCP_SYN | TCP_ACK, false, SYN_SENT },	/* not from the responder */
	{ SYN_SENT, TCP_ACK, false, SYN_SENT },			/* nobody has answered */
	{ SYN_RECV, TCP_ACK, true, SYN_RECV },
	{ SYN_RECV, TCP_ACK, false, ESTABLISHED },
	{ NONE, TCP_ACK, false, ESTABLISHED },			/* taken up in mid-flow */
	{ ESTABLISHED, TCP_ACK, true, ESTABLISHED },
	{ ESTABLISHED, TCP_SYN, false, ESTABLISHED },
	{ ESTABLISHED, TCP_FIN | TCP_ACK, false, CLOSING },
	{ ESTABLISHED, TCP_FIN | TCP_ACK, true, CLOSING },
	{ CLOSING, TCP_ACK, true, CLOSING },
	{ CLOSING, TCP_SYN, false, SYN_SENT },			/* the port is used again */
	{ ESTABLISHED, TCP_RST, true, CLOSED },
	{ SYN_SENT, TCP_RST | TCP_ACK, true, CLOSED },
	{ CLOSED, TCP_ACK, false, CLOSED },
	{ CLOSED, TCP_FIN | TCP_ACK, true, CLOSED },
	{ CLOSED, TCP_SYN, false, SYN_SENT },
	{ CLOSED, TCP_SYN | TCP_ACK, true, CLOSED },
};

static void l4state_steps(struct kunit *test)
{
	const struct step *s;

	for (s = steps; s < steps + ARRAY_SIZE(steps); s++)
		KUNIT_EXPECT_EQ_MSG(test, vpc_l4state_tcp(s->from, s->flags, s->reply), s->to,
				    "step %zu", s - steps);
}

static void l4state_half_open(struct kunit *test)
{
	u8 state;

	for (state = NONE; state <= CLOSED; state++)
		KUNIT_EXPECT_EQ(test, vpc_l4state_half_open(IPPROTO_TCP, state, true),
				state < ESTABLISHED);
	KUNIT_EXPECT_TRUE(test, vpc_l4state_half_open(IPPROTO_UDP, NONE, false));
	KUNIT_EXPECT_FALSE(test, vpc_l4state_half_open(IPPROTO_UDP, NONE, true));
}

/* SG-9, SG-14 */
static void l4state_timeouts(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_TCP, ESTABLISHED, true), 432000U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_TCP, SYN_SENT, false), 60U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_TCP, CLOSING, true), 60U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_TCP, CLOSED, true), 10U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_UDP, NONE, false), 30U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_UDP, NONE, true), 180U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_ICMP, NONE, true), 30U);
	KUNIT_EXPECT_EQ(test, vpc_l4state_timeout(IPPROTO_GRE, NONE, true), 600U);
}

static struct kunit_case l4state_cases[] = {
	KUNIT_CASE(l4state_steps),
	KUNIT_CASE(l4state_half_open),
	KUNIT_CASE(l4state_timeouts),
	{}
};

static struct kunit_suite l4state_suite = {
	.name = "vpc_l4state",
	.test_cases = l4state_cases,
};
kunit_test_suite(l4state_suite);
