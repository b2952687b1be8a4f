// SPDX-License-Identifier: GPL-2.0
#include "parse.h"

#include <linux/minmax.h>
#include <net/checksum.h>
#include <uapi/linux/icmp.h>
#include <uapi/linux/icmpv6.h>
#include <uapi/linux/ip.h>
#include <uapi/linux/tcp.h>
#include <uapi/linux/udp.h>

#include "flowkey.h"
#include "options.h"

#define IP_MF		0x2000
#define IP_OFFSET	0x1fff

/* Neighbour discovery, from the router solicitation to the redirect (RFC 4861, 4) */
#define NDISC_FIRST	133
#define NDISC_LAST	137

/* Where the flag byte of a TCP header is. */
#define TCP_FLAGS_OFFSET	13

#define TCP_FIN	0x01

/* ICMP queries and what answers them (RFC 792, RFC 950). */
static const struct {
	u8 query;
	u8 reply;
} icmp_pairs[] = {
	{ ICMP_ECHO, ICMP_ECHOREPLY },
	{ ICMP_TIMESTAMP, ICMP_TIMESTAMPREPLY },
	{ ICMP_INFO_REQUEST, ICMP_INFO_REPLY },
	{ ICMP_ADDRESS, ICMP_ADDRESSREPLY },
};

static bool icmp_is_error(u8 type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH || type == ICMP_REDIRECT ||
	       type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

/* @avail bytes may be read at @l4, of the @len that the packet has there. */
static enum vpc_drop parse_tcp(const u8 *l4, unsigned int avail, unsigned int len,
			       struct vpc_parsed *out)
{
	const struct tcphdr *th = (const struct tcphdr *)l4;

	if (avail < sizeof(*th))
		return VPC_DROP_SHORT;
	if (th->doff * 4 < sizeof(*th))
		return VPC_DROP_BAD_HEADER;
	if (th->doff * 4 > len)
		return VPC_DROP_SHORT;
	out->sport = th->source;
	out->dport = th->dest;
	out->tcp_flags = l4[TCP_FLAGS_OFFSET];
	out->tcp_seq = ntohl(th->seq);
	out->tcp_syn = (out->tcp_flags & (VPC_TCP_SYN | VPC_TCP_ACK | VPC_TCP_RST | TCP_FIN)) ==
		       VPC_TCP_SYN;
	out->unsolicited = !out->tcp_syn;
	return VPC_DROP_NONE;
}

static enum vpc_drop parse_udp(const u8 *l4, unsigned int avail, unsigned int len,
			       struct vpc_parsed *out)
{
	const struct udphdr *uh = (const struct udphdr *)l4;

	if (avail < sizeof(*uh))
		return VPC_DROP_SHORT;
	if (ntohs(uh->len) < sizeof(*uh))
		return VPC_DROP_BAD_HEADER;
	if (ntohs(uh->len) > len && !out->fragment)	/* else it counts all fragments */
		return VPC_DROP_SHORT;
	out->sport = uh->source;
	out->dport = uh->dest;
	return VPC_DROP_NONE;
}

static enum vpc_drop parse_icmp(const u8 *l4, unsigned int avail, struct vpc_parsed *out)
{
	const struct icmphdr *ih = (const struct icmphdr *)l4;
	unsigned int i;

	if (avail < sizeof(*ih))
		return VPC_DROP_SHORT;
	out->icmp = ih->type << 8 | ih->code;
	if (icmp_is_error(ih->type)) {
		out->icmp_error = true;
		return VPC_DROP_NONE;
	}
	for (i = 0; i < ARRAY_SIZE(icmp_pairs); i++) {
		if (ih->type == icmp_pairs[i].query) {
			out->sport = ih->un.echo.id;
			out->dport = htons(icmp_pairs[i].query);
			return VPC_DROP_NONE;
		}
		if (ih->type == icmp_pairs[i].reply) {
			out->sport = htons(icmp_pairs[i].query);
			out->dport = ih->un.echo.id;
			out->unsolicited = true;
			return VPC_DROP_NONE;
		}
	}
	return VPC_DROP_ICMP_TYPE;
}

/* Of the errors only those of RFC 4443: a host tells no other by what it quotes. */
static enum vpc_drop parse_icmpv6(const u8 *l4, unsigned int avail, struct vpc_parsed *out)
{
	const struct icmp6hdr *ih = (const struct icmp6hdr *)l4;

	if (avail < sizeof(*ih))
		return VPC_DROP_SHORT;
	out->icmp = ih->icmp6_type << 8 | ih->icmp6_code;
	switch (ih->icmp6_type) {
	case ICMPV6_DEST_UNREACH:
	case ICMPV6_PKT_TOOBIG:
	case ICMPV6_TIME_EXCEED:
	case ICMPV6_PARAMPROB:
		out->icmp_error = true;
		return VPC_DROP_NONE;
	case ICMPV6_ECHO_REQUEST:
		out->sport = ih->icmp6_identifier;
		out->dport = htons(ICMPV6_ECHO_REQUEST);
		return VPC_DROP_NONE;
	case ICMPV6_ECHO_REPLY:
		out->sport = htons(ICMPV6_ECHO_REQUEST);
		out->dport = ih->icmp6_identifier;
		out->unsolicited = true;
		return VPC_DROP_NONE;
	case NDISC_FIRST ... NDISC_LAST:
		out->neighbour = true;
		return VPC_DROP_NONE;
	}
	return VPC_DROP_ICMP_TYPE;
}

/* The ICMP of the other family is a protocol like any. */
enum vpc_drop vpc_parse_l4(const u8 *l4, unsigned int avail, unsigned int len,
			   struct vpc_parsed *out)
{
	switch (out->proto) {
	case IPPROTO_TCP:
		return parse_tcp(l4, avail, len, out);
	case IPPROTO_UDP:
		return parse_udp(l4, avail, len, out);
	case IPPROTO_ICMP:
		return out->family == AF_INET ? parse_icmp(l4, avail, out) : VPC_DROP_NONE;
	case IPPROTO_ICMPV6:
		return out->family == AF_INET6 ? parse_icmpv6(l4, avail, out) : VPC_DROP_NONE;
	}
	return VPC_DROP_NONE;
}

/* The checks of ip_rcv_core() in its order (RFC 1122, 3.2.1). */
static enum vpc_drop check_header(const struct iphdr *iph, unsigned int linear, unsigned int len)
{
	unsigned int hlen, tot_len;

	if (linear < sizeof(*iph))
		return VPC_DROP_SHORT;
	hlen = iph->ihl * 4;
	if (iph->version != 4 || hlen < sizeof(*iph))
		return VPC_DROP_BAD_HEADER;
	if (linear < hlen)
		return VPC_DROP_SHORT;
	if (ip_fast_csum(iph, iph->ihl))
		return VPC_DROP_BAD_CHECKSUM;
	tot_len = ntohs(iph->tot_len);
	if (len < tot_len)
		return VPC_DROP_SHORT;
	return tot_len < hlen ? VPC_DROP_BAD_HEADER : VPC_DROP_NONE;
}

static enum vpc_drop parse_header(const struct iphdr *iph, unsigned int len,
				  struct vpc_parsed *out)
{
	*out = (struct vpc_parsed){
		.src = vpc_addr4(iph->saddr),
		.dst = vpc_addr4(iph->daddr),
		.l4off = iph->ihl * 4,
		.len = len,
		.family = AF_INET,
		.proto = iph->protocol,
		.fragment = iph->frag_off & htons(IP_MF | IP_OFFSET),
		.first = !(iph->frag_off & htons(IP_OFFSET)),
	};
	return vpc_options_parse(iph, &out->source_route);
}

/*
 * A first fragment must hold its transport header, lest a later one overwrite what was judged
 * (RFC 1858); ports it has none all the same, those are the whole datagram's.
 */
enum vpc_drop vpc_parse_ipv4(const void *data, unsigned int linear, unsigned int len,
			     struct vpc_parsed *out)
{
	const struct iphdr *iph = data;
	enum vpc_drop reason;
	unsigned int hlen;

	reason = check_header(iph, linear, len);
	if (!reason)
		reason = parse_header(iph, ntohs(iph->tot_len), out);
	if (reason || !out->first)
		return reason;
	hlen = out->l4off;
	reason = vpc_parse_l4(data + hlen, min(linear, out->len) - hlen, out->len - hlen, out);
	if (out->fragment) {
		out->sport = 0;
		out->dport = 0;
	}
	return reason;
}

enum vpc_drop vpc_parse_datagram(const void *data, unsigned int linear, unsigned int len,
				 struct vpc_parsed *out)
{
	const struct iphdr *iph = data;
	unsigned int hlen = iph->ihl * 4;
	enum vpc_drop reason;

	reason = parse_header(iph, len, out);
	if (reason)
		return reason;
	out->fragment = false;
	return vpc_parse_l4(data + hlen, min_t(unsigned int, linear, ntohs(iph->tot_len)) - hlen,
			    len - hlen, out);
}

bool vpc_parse_quoted_l4(const u8 *l4, unsigned int avail, struct vpc_parsed *out)
{
	const struct udphdr *uh = (const struct udphdr *)l4;

	switch (out->proto) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		if (avail < sizeof(*uh))
			return false;
		out->sport = uh->source;
		out->dport = uh->dest;
		return true;
	}
	return !vpc_parse_l4(l4, avail, avail, out) && !out->icmp_error && !out->neighbour;
}

bool vpc_parse_quoted(const void *icmp, unsigned int avail, struct vpc_flow_key *key)
{
	const struct iphdr *iph = icmp + sizeof(struct icmphdr);
	struct vpc_parsed quoted;
	unsigned int hlen;

	if (avail < sizeof(struct icmphdr) + sizeof(*iph))
		return false;
	avail -= sizeof(struct icmphdr);
	hlen = iph->ihl * 4;
	if (iph->version != 4 || hlen < sizeof(*iph) || avail < hlen ||
	    iph->frag_off & htons(IP_OFFSET))
		return false;
	if (parse_header(iph, ntohs(iph->tot_len), &quoted) ||
	    !vpc_parse_quoted_l4((const u8 *)iph + hlen, avail - hlen, &quoted))
		return false;
	vpc_parsed_key(&quoted, 0, key);
	return true;
}

void vpc_parsed_key(const struct vpc_parsed *p, u32 port, struct vpc_flow_key *key)
{
	*key = (struct vpc_flow_key){
		.port = port,
		.family = p->family,
		.proto = p->proto,
		.sport = p->sport,
		.dport = p->dport,
		.src = p->src,
		.dst = p->dst,
	};
}
