// SPDX-License-Identifier: GPL-2.0
#include "reset.h"

#include <linux/in.h>
#include <linux/string.h>
#include <asm/byteorder.h>
#include <net/checksum.h>

#define IP_DF		0x4000
#define RESET_TTL	64

/* How far the segment takes the sender's sequence number: SYN and FIN count as a byte each. */
static u32 segment_len(const struct iphdr *iph, const struct tcphdr *th)
{
	return ntohs(iph->tot_len) - iph->ihl * 4 - th->doff * 4 + th->syn + th->fin;
}

static __sum16 tcp_check(const struct vpc_reset *reset)
{
	__wsum sum;

	sum = csum_partial(&reset->ip.saddr, 2 * sizeof(reset->ip.saddr), 0);
	sum = csum_add(sum, (__force __wsum)htons(IPPROTO_TCP));
	sum = csum_add(sum, (__force __wsum)htons(sizeof(reset->tcp)));
	return csum_fold(csum_partial(&reset->tcp, sizeof(reset->tcp), sum));
}

void vpc_reset_make(const struct iphdr *iph, const struct tcphdr *th, struct vpc_reset *out)
{
	memset(out, 0, sizeof(*out));
	out->ip.version = 4;
	out->ip.ihl = sizeof(out->ip) / 4;
	out->ip.tot_len = htons(sizeof(*out));
	out->ip.frag_off = htons(IP_DF);
	out->ip.ttl = RESET_TTL;
	out->ip.protocol = IPPROTO_TCP;
	out->ip.saddr = iph->daddr;
	out->ip.daddr = iph->saddr;
	out->ip.check = ip_fast_csum(&out->ip, out->ip.ihl);

	out->tcp.source = th->dest;
	out->tcp.dest = th->source;
	out->tcp.doff = sizeof(out->tcp) / 4;
	out->tcp.rst = 1;
	if (th->ack) {
		out->tcp.seq = th->ack_seq;
	} else {
		out->tcp.ack = 1;
		out->tcp.ack_seq = htonl(ntohl(th->seq) + segment_len(iph, th));
	}
	out->tcp.check = tcp_check(out);
}
