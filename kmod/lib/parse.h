/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PARSE_H
#define _VPC_PARSE_H

#include "addr.h"
#include "reason.h"

struct vpc_flow_key;

/* The longest IP and transport headers: the caller makes so much of a packet linear first. */
#define VPC_PARSE_PULL	120
/* Likewise of an ICMP error: its headers, and those of the packet that it quotes. */
#define VPC_QUOTE_PULL	(60 + 8 + 60 + 20)

/*
 * IPv6 extension headers that are looked through: how many, and how many bytes in all. Who sends
 * more hides something, or wants to keep the router busy (RFC 7045, RFC 8883).
 */
#define VPC_EXTENSIONS_MAX	8
#define VPC_EXTENSIONS_LEN	256

/* Instead of VPC_PARSE_PULL, of an IPv6 packet that begins with an extension header. */
#define VPC_PARSE6_PULL	(40 + VPC_EXTENSIONS_LEN + 60)
/* Of an ICMPv6 error, from its own header on. */
#define VPC_QUOTE6_PULL	(8 + 40 + VPC_EXTENSIONS_LEN + 20)

/* The bit of vpc_parsed.tcp_flags that SYN and SYN-ACK have. */
#define VPC_TCP_SYN	0x02
/* The bit that a bare SYN has not. */
#define VPC_TCP_ACK	0x10
#define VPC_TCP_RST	0x04

/**
 * struct vpc_parsed - what one look at the headers found
 * @src: source address
 * @dst: destination address
 * @sport: as in struct vpc_flow_key
 * @dport: as in struct vpc_flow_key
 * @l4off: offset of the transport header from the IP header, bytes; of what a later fragment has
 *	in its place
 * @fragoff: offset of the IPv6 fragment header, 0 for none
 * @len: length of the IP packet by its own header, bytes; what follows is padding to trim
 * @family: AF_INET or AF_INET6
 * @proto: IPPROTO_*; of a later IPv6 fragment it may be an extension header's
 * @tcp_syn: SYN without ACK: may open a session anywhere
 * @tcp_flags: byte 13 of a TCP header, 0 else
 * @tcp_seq: sequence number of a TCP header, 0 else
 * @icmp: type << 8 | code of an ICMP or ICMPv6 header, 0 else
 * @unsolicited: cannot begin a conversation: TCP that is not a bare SYN, an ICMP reply
 * @fragment: MF or an offset; ports are then 0
 * @first: a fragment with offset 0
 * @source_route: the sender chose the way, by a loose or strict source route or a routing header
 * @icmp_error: an ICMP or ICMPv6 error; ports are then 0
 * @neighbour: ICMPv6 of neighbour discovery (RFC 4861); ports are then 0
 */
struct vpc_parsed {
	struct vpc_addr src;
	struct vpc_addr dst;
	__be16 sport;
	__be16 dport;
	u16 l4off;
	u16 fragoff;
	u32 len;
	u8 family;
	u8 proto;
	u8 tcp_flags;
	u32 tcp_seq;
	u16 icmp;
	bool tcp_syn;
	bool unsolicited;
	bool fragment;
	bool first;
	bool source_route;
	bool icmp_error;
	bool neighbour;
};

/**
 * vpc_parse_ipv4 - validate as ip_rcv_core() would and find the flow
 * @data: IP header
 * @linear: bytes that may be read at @data
 * @len: bytes of the packet from @data on, >= @linear
 * @out: filled once the IP header is found good, even if what follows is refused; else untouched
 *
 * Checks version, ihl, total length, header checksum and the lengths of options, and that a TCP
 * header (with its own length), UDP header or ICMP header lies within the packet or the first
 * fragment. Never reads beyond @linear.
 *
 * Return: VPC_DROP_NONE, or VPC_DROP_SHORT, _BAD_HEADER, _BAD_CHECKSUM, _ICMP_TYPE.
 */
enum vpc_drop vpc_parse_ipv4(const void *data, unsigned int linear, unsigned int len,
			     struct vpc_parsed *out);

/**
 * vpc_parse_datagram - find the flow of a datagram whose fragments are all there
 * @data: IP header of the first fragment, which vpc_parse_ipv4() has accepted
 * @linear: bytes that may be read at @data
 * @len: bytes that the IP packet would have in one piece
 * @out: filled on success only: as for that packet, but for the checksums
 * Return: as vpc_parse_ipv4().
 */
enum vpc_drop vpc_parse_datagram(const void *data, unsigned int linear, unsigned int len,
				 struct vpc_parsed *out);

/**
 * vpc_parse_quoted - the flow of the packet that an ICMP error is about
 * @icmp: ICMP header
 * @avail: bytes that may be read there
 * @key: filled on success, but for the port
 *
 * It is enough of the packet if its ports are there, RFC 792 promises no more. A later fragment
 * and an error about an error belong to no flow.
 */
bool vpc_parse_quoted(const void *icmp, unsigned int avail, struct vpc_flow_key *key);

/**
 * vpc_parse_ipv6 - validate as ip6_rcv_core() would and find the flow
 *
 * As vpc_parse_ipv4(). Checks version, payload length and the chain of extension headers: their
 * order where it matters, their number and length, one fragment header, no jumbogram. The whole
 * chain and the transport header must lie within the packet or the first fragment (RFC 7112).
 * AH and ESP end the chain as transports do.
 *
 * Return: VPC_DROP_NONE, or VPC_DROP_SHORT, _BAD_HEADER, _EXTENSIONS, _ICMP_TYPE.
 */
enum vpc_drop vpc_parse_ipv6(const void *data, unsigned int linear, unsigned int len,
			     struct vpc_parsed *out);

/**
 * vpc_parse_datagram6 - as vpc_parse_datagram()
 * @payload: bytes that all its fragments have behind their fragment headers
 */
enum vpc_drop vpc_parse_datagram6(const void *data, unsigned int linear, unsigned int payload,
				  struct vpc_parsed *out);

/* As vpc_parse_quoted(), for ICMPv6 (RFC 4443, 2.4). */
bool vpc_parse_quoted6(const void *icmp, unsigned int avail, struct vpc_flow_key *key);

/* IPv6 headers with this protocol in front are looked through. */
bool vpc_parse_extension(u8 proto);

/**
 * vpc_parse_l4 - the transport header, for parse6.c
 * @l4: the header
 * @avail: bytes that may be read there
 * @len: bytes that the packet has there
 * @out: with family, protocol and what is known of fragments; ports and flags are added
 */
enum vpc_drop vpc_parse_l4(const u8 *l4, unsigned int avail, unsigned int len,
			   struct vpc_parsed *out);

/* Likewise of a quoted packet, of which only the first eight bytes are sure to be there. */
bool vpc_parse_quoted_l4(const u8 *l4, unsigned int avail, struct vpc_parsed *out);

/* Flow key of a parsed packet that entered by @port. */
void vpc_parsed_key(const struct vpc_parsed *p, u32 port, struct vpc_flow_key *key);

#endif /* _VPC_PARSE_H */
