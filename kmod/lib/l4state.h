/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_L4STATE_H
#define _VPC_L4STATE_H

#include <linux/types.h>

/* States are enum vpc_tcp_state of the uAPI; other protocols stay in VPC_TCP_STATE_NONE. */

/**
 * vpc_l4state_tcp - state after a segment
 * @state: enum vpc_tcp_state before it; VPC_TCP_STATE_NONE for the first packet
 * @flags: byte 13 of the TCP header
 * @reply: travels in the session's reply direction
 *
 * A first packet that is no SYN is taken as established: the router was loaded, or the path
 * moved here, in mid-flow. A SYN on a closed or closing session opens it anew.
 */
u8 vpc_l4state_tcp(u8 state, u8 flags, bool reply);

/* Neither side has confirmed yet: counts against the half-open budget. */
bool vpc_l4state_half_open(u8 proto, u8 state, bool replied);

/**
 * struct vpc_timeouts - idle seconds that can be chosen (SG-14)
 * @tcp: of an established connection
 * @udp: of a flow with at most a request and its response
 * @udp_stream: of one with more
 */
struct vpc_timeouts {
	u32 tcp;
	u32 udp;
	u32 udp_stream;
};

#define VPC_TIMEOUT_TCP_MIN	60
#define VPC_TIMEOUT_TCP_MAX	432000

#define VPC_TIMEOUTS_DEFAULT	{ .tcp = VPC_TIMEOUT_TCP_MAX, .udp = 30, .udp_stream = 180 }

/**
 * vpc_l4state_timeout - idle time in seconds after which a session ends
 * @proto: IPPROTO_*
 * @state: enum vpc_tcp_state
 * @stream: more than a request and its response was seen
 * @chosen: of established TCP connections and UDP flows
 *
 * SG-9: 600 for protocols without ports. Handshake and closing 60, closed 10, ICMP 30: our choice.
 */
u32 vpc_l4state_timeout(u8 proto, u8 state, bool stream, const struct vpc_timeouts *chosen);

#endif /* _VPC_L4STATE_H */
