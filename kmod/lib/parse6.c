// SPDX-License-Identifier: GPL-2.0
#include "parse.h"

#include <linux/minmax.h>
#include <uapi/linux/icmpv6.h>
#include <uapi/linux/ipv6.h>

#include "flowkey.h"

/* No extension header is shorter, and all are multiples of it. */
#define EXTENSION_UNIT	8

/* What the second word of a fragment header says (RFC 8200, 4.5). */
#define FRAG_MF		0x0001
#define FRAG_OFFSET	0xfff8

bool vpc_parse_extension(u8 proto)
{
	return proto == IPPROTO_HOPOPTS || proto == IPPROTO_ROUTING || proto == IPPROTO_FRAGMENT ||
	       proto == IPPROTO_DSTOPTS;
}

/* A packet with one that is no fragment at all is legal (RFC 6946). */
static enum vpc_drop parse_fragment(const u8 *hdr, struct vpc_parsed *out)
{
	unsigned int word = hdr[2] << 8 | hdr[3];

	if (out->fragoff)
		return VPC_DROP_BAD_HEADER;
	out->fragoff = out->l4off;
	out->fragment = word & (FRAG_OFFSET | FRAG_MF);
	out->first = !(word & FRAG_OFFSET);
	return VPC_DROP_NONE;
}

/* The one at @hdr, EXTENSION_UNIT bytes of which may be read; out->proto says which it is. */
static enum vpc_drop parse_extension(const u8 *hdr, struct vpc_parsed *out)
{
	unsigned int len = (hdr[1] + 1) * EXTENSION_UNIT;
	enum vpc_drop reason = VPC_DROP_NONE;

	switch (out->proto) {
	case IPPROTO_HOPOPTS:
		if (out->l4off != sizeof(struct ipv6hdr))	/* RFC 8200, 4.1 */
			reason = VPC_DROP_BAD_HEADER;
		break;
	case IPPROTO_ROUTING:
		/* Type 0 is dead (RFC 5095); no other may still have a way to go. */
		if (!hdr[2] || hdr[3])
			out->source_route = true;
		break;
	case IPPROTO_FRAGMENT:
		len = EXTENSION_UNIT;
		reason = parse_fragment(hdr, out);
		break;
	}
	out->proto = hdr[0];
	out->l4off += len;
	return reason;
}

/* Of a later fragment only what is before its fragment header is a header. */
static enum vpc_drop parse_extensions(const u8 *data, unsigned int avail, struct vpc_parsed *out)
{
	enum vpc_drop reason;
	unsigned int n = 0;

	while (out->first && vpc_parse_extension(out->proto)) {
		if (n++ == VPC_EXTENSIONS_MAX)
			return VPC_DROP_EXTENSIONS;
		if (out->l4off + EXTENSION_UNIT > avail)
			return VPC_DROP_SHORT;
		reason = parse_extension(data + out->l4off, out);
		if (reason)
			return reason;
		if (out->l4off > sizeof(struct ipv6hdr) + VPC_EXTENSIONS_LEN)
			return VPC_DROP_EXTENSIONS;
	}
	return out->l4off > avail ? VPC_DROP_SHORT : VPC_DROP_NONE;
}

static void parse_header(const struct ipv6hdr *ip6, struct vpc_parsed *out)
{
	*out = (struct vpc_parsed){
		.src = vpc_addr6(&ip6->saddr),
		.dst = vpc_addr6(&ip6->daddr),
		.l4off = sizeof(*ip6),
		.len = sizeof(*ip6) + ntohs(ip6->payload_len),
		.family = AF_INET6,
		.proto = ip6->nexthdr,
		.first = true,
	};
}

/* The checks of ip6_rcv_core(), but for those of addresses, which the pipeline makes. */
static enum vpc_drop check_header(const struct ipv6hdr *ip6, unsigned int linear, unsigned int len)
{
	if (linear < sizeof(*ip6))
		return VPC_DROP_SHORT;
	if (ip6->version != 6)
		return VPC_DROP_BAD_HEADER;
	/* A jumbogram (RFC 2675) */
	if (!ip6->payload_len && ip6->nexthdr == IPPROTO_HOPOPTS)
		return VPC_DROP_BAD_HEADER;
	return len < sizeof(*ip6) + ntohs(ip6->payload_len) ? VPC_DROP_SHORT : VPC_DROP_NONE;
}

/* As with IPv4 the ports of a first fragment are the whole datagram's. */
enum vpc_drop vpc_parse_ipv6(const void *data, unsigned int linear, unsigned int len,
			     struct vpc_parsed *out)
{
	enum vpc_drop reason;
	unsigned int avail;

	reason = check_header(data, linear, len);
	if (reason)
		return reason;
	parse_header(data, out);
	avail = min(linear, out->len);
	reason = parse_extensions(data, avail, out);
	if (reason || !out->first)
		return reason;
	reason = vpc_parse_l4(data + out->l4off, avail - out->l4off, out->len - out->l4off, out);
	if (out->fragment) {
		out->sport = 0;
		out->dport = 0;
	}
	return reason;
}

enum vpc_drop vpc_parse_datagram6(const void *data, unsigned int linear, unsigned int payload,
				  struct vpc_parsed *out)
{
	enum vpc_drop reason;
	unsigned int avail;

	parse_header(data, out);
	avail = min(linear, out->len);
	reason = parse_extensions(data, avail, out);
	if (reason)
		return reason;
	out->fragment = false;
	out->len = out->fragoff + EXTENSION_UNIT + payload;
	return vpc_parse_l4(data + out->l4off, avail - out->l4off, out->len - out->l4off, out);
}

bool vpc_parse_quoted6(const void *icmp, unsigned int avail, struct vpc_flow_key *key)
{
	const struct ipv6hdr *ip6 = icmp + sizeof(struct icmp6hdr);
	struct vpc_parsed quoted;

	if (avail < sizeof(struct icmp6hdr) + sizeof(*ip6) || ip6->version != 6)
		return false;
	avail -= sizeof(struct icmp6hdr);
	parse_header(ip6, &quoted);
	if (parse_extensions((const u8 *)ip6, avail, &quoted) || !quoted.first ||
	    !vpc_parse_quoted_l4((const u8 *)ip6 + quoted.l4off, avail - quoted.l4off, &quoted))
		return false;
	vpc_parsed_key(&quoted, 0, key);
	return true;
}
