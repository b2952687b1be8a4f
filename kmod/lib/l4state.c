// SPDX-License-Identifier: GPL-2.0
#include "l4state.h"

#include <linux/in.h>
#include <uapi/linux/vpc.h>

#define TCP_FIN	0x01
#define TCP_SYN	0x02
#define TCP_RST	0x04
#define TCP_ACK	0x10

#define TIMEOUT_TCP_HANDSHAKE	60
#define TIMEOUT_TCP_CLOSING	60
#define TIMEOUT_TCP_CLOSED	10
#define TIMEOUT_TCP		432000	/* SG-14 */
#define TIMEOUT_UDP		30	/* SG-14 */
#define TIMEOUT_UDP_STREAM	180	/* SG-14 */
#define TIMEOUT_ICMP		30
#define TIMEOUT_OTHER		600	/* SG-9 */

static u8 tcp_syn(u8 state, u8 flags, bool reply)
{
	if (reply)
		return state == VPC_TCP_STATE_SYN_SENT && flags & TCP_ACK ?
		       VPC_TCP_STATE_SYN_RECV : state;
	switch (state) {
	case VPC_TCP_STATE_NONE:
	case VPC_TCP_STATE_CLOSING:
	case VPC_TCP_STATE_CLOSED:
		return VPC_TCP_STATE_SYN_SENT;
	}
	return state;
}

/* Sequence numbers are not followed: a RST that the peer would ignore closes here too. */
u8 vpc_l4state_tcp(u8 state, u8 flags, bool reply)
{
	if (flags & TCP_RST)
		return VPC_TCP_STATE_CLOSED;
	if (flags & TCP_SYN)
		return tcp_syn(state, flags, reply);
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

static u32 tcp_timeout(u8 state)
{
	switch (state) {
	case VPC_TCP_STATE_ESTABLISHED:
		return TIMEOUT_TCP;
	case VPC_TCP_STATE_CLOSING:
		return TIMEOUT_TCP_CLOSING;
	case VPC_TCP_STATE_CLOSED:
		return TIMEOUT_TCP_CLOSED;
	}
	return TIMEOUT_TCP_HANDSHAKE;
}

u32 vpc_l4state_timeout(u8 proto, u8 state, bool replied)
{
	switch (proto) {
	case IPPROTO_TCP:
		return tcp_timeout(state);
	case IPPROTO_UDP:
		return replied ? TIMEOUT_UDP_STREAM : TIMEOUT_UDP;
	case IPPROTO_ICMP:
		return TIMEOUT_ICMP;
	}
	return TIMEOUT_OTHER;
}
