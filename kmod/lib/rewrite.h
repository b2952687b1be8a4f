/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_REWRITE_H
#define _VPC_REWRITE_H

#include "addr.h"

struct icmphdr;
struct iphdr;

#define VPC_REWRITE_SRC		0x1	/* source address */
#define VPC_REWRITE_DST		0x2	/* destination address */
#define VPC_REWRITE_SPORT	0x4	/* source port; of an ICMP query the identifier */
#define VPC_REWRITE_DPORT	0x8	/* destination port; of an ICMP reply the identifier */

/**
 * struct vpc_rewrite - the edit of one direction of a session
 * @flags: VPC_REWRITE_*; 0 leaves the packet alone
 * @sport: new port where the flag says so
 * @dport: likewise
 * @src: new address where the flag says so
 * @dst: likewise
 */
struct vpc_rewrite {
	u8 flags;
	__be16 sport;
	__be16 dport;
	struct vpc_addr src;
	struct vpc_addr dst;
};

/* What the packet's checksum field and skb->csum mean; as CHECKSUM_* of skbuff.h. */
enum vpc_csum {
	VPC_CSUM_FULL,		/* NONE, UNNECESSARY: the field is a whole checksum */
	VPC_CSUM_COMPLETE,	/* likewise, and *sum is the sum over the packet from the IP header on */
	VPC_CSUM_PARTIAL,	/* the field holds the pseudo header only, hardware does the rest */
};

/**
 * vpc_rewrite_len - bytes from the IP header on that the edit may write
 * @proto: IPPROTO_*
 * @l4off: offset of the transport header
 *
 * The caller makes so many bytes writable (all of a shorter packet).
 */
unsigned int vpc_rewrite_len(u8 proto, unsigned int l4off);

/**
 * vpc_rewrite_ipv4 - edit addresses and ports and keep every checksum right
 * @iph: IP header; not a fragment beyond the first
 * @l4: transport header
 * @rw: the edit
 * @csum: state of the transport checksum
 * @sum: skb->csum, updated for VPC_CSUM_COMPLETE; may be NULL else
 *
 * By deltas (RFC 1624), never by summing the packet. A UDP checksum of zero stays zero, one
 * that becomes zero is sent as 0xffff (RFC 768). Protocols without a known checksum get new
 * addresses only.
 */
void vpc_rewrite_ipv4(struct iphdr *iph, void *l4, const struct vpc_rewrite *rw,
		      enum vpc_csum csum, __wsum *sum);

/* Addresses and the header's checksum only: of a later fragment, or around an ICMP error. */
void vpc_rewrite_addresses(struct iphdr *iph, const struct vpc_rewrite *rw);

/**
 * vpc_rewrite_quoted - edit the packet that an ICMP error quotes (IGW-13, NAT-20)
 * @icmp: ICMP header; vpc_parse_quoted() has accepted it
 * @avail: bytes that may be written there
 * @rw: the edit of the direction that the error travels in
 *
 * The quoted packet went the other way: it becomes what its sender had sent. All checksums that
 * are there are kept as right, or wrong, as they were.
 */
void vpc_rewrite_quoted(struct icmphdr *icmp, unsigned int avail, const struct vpc_rewrite *rw);

#endif /* _VPC_REWRITE_H */
