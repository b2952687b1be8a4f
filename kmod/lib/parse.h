/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PARSE_H
#define _VPC_PARSE_H

#include "addr.h"
#include "reason.h"

struct vpc_flow_key;

/* The caller makes this much of the packet linear first, or all of a shorter one. */
#define VPC_PARSE_PULL	80

/**
 * struct vpc_parsed - what one look at the headers found
 * @src: source address
 * @dst: destination address
 * @sport: as in struct vpc_flow_key
 * @dport: as in struct vpc_flow_key
 * @l4off: offset of the transport header from the IP header, bytes
 * @len: length of the IP packet by its own header, bytes; what follows is padding to trim
 * @family: AF_INET
 * @proto: IPPROTO_*
 * @tcp_syn: SYN without ACK: may open a session anywhere
 * @tcp_flags: byte 13 of a TCP header, 0 else
 * @unsolicited: cannot begin a conversation: TCP that is not a bare SYN, an ICMP reply
 * @fragment: MF or an offset; ports are then 0
 * @options: ihl > 5
 * @icmp_error: an ICMP error; ports are then 0
 */
struct vpc_parsed {
	struct vpc_addr src;
	struct vpc_addr dst;
	__be16 sport;
	__be16 dport;
	u16 l4off;
	u16 len;
	u8 family;
	u8 proto;
	u8 tcp_flags;
	bool tcp_syn;
	bool unsolicited;
	bool fragment;
	bool options;
	bool icmp_error;
};

/**
 * vpc_parse_ipv4 - validate as ip_rcv_core() would and find the flow
 * @data: IP header
 * @linear: bytes that may be read at @data
 * @len: bytes of the packet from @data on, >= @linear
 * @out: filled on success only
 *
 * Checks version, ihl, total length and header checksum, and that a TCP header (with its
 * own length), UDP header or ICMP header lies within the packet of a first fragment.
 * Never reads beyond @linear.
 *
 * Return: VPC_DROP_NONE, or VPC_DROP_SHORT, _BAD_HEADER, _BAD_CHECKSUM, _ICMP_TYPE.
 */
enum vpc_drop vpc_parse_ipv4(const void *data, unsigned int linear, unsigned int len,
			     struct vpc_parsed *out);

/* Flow key of a parsed packet that entered by @port. */
void vpc_parsed_key(const struct vpc_parsed *p, u32 port, struct vpc_flow_key *key);

#endif /* _VPC_PARSE_H */
