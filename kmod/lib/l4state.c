// SPDX-License-Identifier: GPL-2.0
#include "l4state.h"

#include <linux/in.h>
#include <linux/in6.h>
#include <uapi/linux/vpc.h>

#define TCP_FIN	0x01
#define TCP_SYN	0x02
#define TCP_RST	0x04
#define TCP_ACK	0x10

#define TIMEOUT_TCP_HANDSHAKE	60
#define TIMEOUT_TCP_CLOSING	60
#define TIMEOUT_TCP_CLOSED	10
#define TIMEOUT_ICMP		30
#define TIMEOUT_OTHER		600	/* SG-9 */

/* Only the side that opened the session opens it anew. */
static u8 tcp_syn(u8 state, bool reply)
{
	if (reply)
		return state;
	switch (state) {
	case VPC_TCP_STATE_NONE:
	case VPC_TCP_STATE_CLOSING:
	case VPC_TCP_STATE_CLOSED:
		return VPC_TCP_STATE_SYN_SENT;
	}
	return state;
}

/* A first SYN|ACK is the middle of a handshake: its SYN went another way. */
static u8 tcp_synack(u8 state, bool reply)
{
	if (state == VPC_TCP_STATE_NONE)
		return VPC_TCP_STATE_ESTABLISHED;
	return state == VPC_TCP_STATE_SYN_SENT && reply ? VPC_TCP_STATE_SYN_RECV : state;
}

/*
 * Sequence numbers are not followed (RFC 5961): a RST or FIN that the peer would ignore moves
 * the state here too, and one FIN cannot be told from two. Such a session still forwards, its
 * idle time is shorter.
 */
u8 vpc_l4state_tcp(u8 state, u8 flags, bool reply)
{
	if (flags & TCP_RST)
		return VPC_TCP_STATE_CLOSED;
	if (flags & TCP_SYN)
		return flags & TCP_ACK ? tcp_synack(state, reply) : tcp_syn(state, reply);
	if (state == VPC_TCP_STATE_CLOSED)
		return state;
	if (flags & TCP_FIN)
		return VPC_TCP_STATE_CLOSING;
	if (state == VPC_TCP_STATE_NONE)
		return VPC_TCP_STATE_ESTABLISHED;
	if (state == VPC_TCP_STATE_SYN_RECV && flags & TCP_ACK && !reply)
		return VPC_TCP_STATE_ESTABLISHED;
	return state;
}

bool vpc_l4state_half_open(u8 proto, u8 state, bool replied)
{
	if (proto == IPPROTO_TCP)
		return state <= VPC_TCP_STATE_SYN_RECV;
	return !replied;
}

static u32 tcp_timeout(u8 state, const struct vpc_timeouts *chosen)
{
	switch (state) {
	case VPC_TCP_STATE_ESTABLISHED:
		return chosen->tcp;
	case VPC_TCP_STATE_CLOSING:
		return TIMEOUT_TCP_CLOSING;
	case VPC_TCP_STATE_CLOSED:
		return TIMEOUT_TCP_CLOSED;
	}
	return TIMEOUT_TCP_HANDSHAKE;
}

u32 vpc_l4state_timeout(u8 proto, u8 state, bool stream, const struct vpc_timeouts *chosen)
{
	switch (proto) {
	case IPPROTO_TCP:
		return tcp_timeout(state, chosen);
	case IPPROTO_UDP:
		return stream ? chosen->udp_stream : chosen->udp;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return TIMEOUT_ICMP;
	}
	return TIMEOUT_OTHER;
}
