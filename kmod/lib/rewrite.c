// SPDX-License-Identifier: GPL-2.0
#include "rewrite.h"

#include <linux/stddef.h>
#include <net/checksum.h>
#include <uapi/linux/icmp.h>
#include <uapi/linux/ip.h>
#include <uapi/linux/tcp.h>
#include <uapi/linux/udp.h>

/**
 * struct l4 - the fields of a transport header that an edit may touch; NULL where it has none
 * @sport: source port
 * @dport: destination port
 * @check: checksum
 * @icmp: the header if it is ICMP, whose checksum does not cover the addresses
 * @udp: a checksum that comes out as 0 is sent as 0xffff
 */
struct l4 {
	__be16 *sport;
	__be16 *dport;
	__sum16 *check;
	const struct icmphdr *icmp;
	bool udp;
};

/*
 * Deltas cannot tell the two zeros of ones' complement apart, and only data that is all zero
 * sums to +0: the checksum of such an echo reply is 0xffff (RFC 1624, 3). Should its payload
 * not be zero after all, 0xffff is as good as 0 to whoever verifies by summing.
 */
static bool icmp_all_zero(const struct icmphdr *ih)
{
	return !ih->type && !ih->code && !ih->un.gateway;
}

/* Of the @avail bytes that are there. */
static void l4_fields(u8 proto, void *hdr, unsigned int avail, struct l4 *l4)
{
	struct tcphdr *th = hdr;
	struct udphdr *uh = hdr;
	struct icmphdr *ih = hdr;

	*l4 = (struct l4){};
	switch (proto) {
	case IPPROTO_TCP:
		if (avail < offsetofend(struct tcphdr, dest))
			break;
		*l4 = (struct l4){ &th->source, &th->dest };
		if (avail >= offsetofend(struct tcphdr, check))
			l4->check = &th->check;
		break;
	case IPPROTO_UDP:
		if (avail < sizeof(*uh))
			break;
		*l4 = (struct l4){ &uh->source, &uh->dest, .udp = true };
		/*
		 * RFC 768: none was made, none is made. A pseudo header never sums to 0: with
		 * VPC_CSUM_PARTIAL the checksum that hardware makes is that of an inner packet.
		 */
		if (uh->check)
			l4->check = &uh->check;
		break;
	case IPPROTO_ICMP:	/* of a query or its reply only one flag is ever set */
		if (avail < sizeof(*ih))
			break;
		*l4 = (struct l4){ &ih->un.echo.id, &ih->un.echo.id, &ih->checksum, ih };
		break;
	}
}

unsigned int vpc_rewrite_len(u8 proto, unsigned int l4off)
{
	switch (proto) {
	case IPPROTO_TCP:
		return l4off + sizeof(struct tcphdr);
	case IPPROTO_UDP:
		return l4off + sizeof(struct udphdr);
	case IPPROTO_ICMP:
		return l4off + sizeof(struct icmphdr);
	}
	return l4off;
}

/* Add to @diff what a 32-bit word changes. */
static __wsum diff32(__wsum diff, __be32 from, __be32 to)
{
	return csum_add(csum_sub(diff, (__force __wsum)from), (__force __wsum)to);
}

static __wsum diff16(__wsum diff, __be16 from, __be16 to)
{
	return diff32(diff, (__force __be32)(__force u16)from, (__force __be32)(__force u16)to);
}

static __wsum edit_addresses(struct iphdr *iph, const struct vpc_rewrite *rw)
{
	__wsum diff = 0;

	if (rw->flags & VPC_REWRITE_SRC) {
		diff = diff32(diff, iph->saddr, rw->src.ip4);
		iph->saddr = rw->src.ip4;
	}
	if (rw->flags & VPC_REWRITE_DST) {
		diff = diff32(diff, iph->daddr, rw->dst.ip4);
		iph->daddr = rw->dst.ip4;
	}
	return diff;
}

static __wsum edit_ports(const struct l4 *l4, const struct vpc_rewrite *rw)
{
	__wsum diff = 0;

	if (rw->flags & VPC_REWRITE_SPORT && l4->sport) {
		diff = diff16(diff, *l4->sport, rw->sport);
		*l4->sport = rw->sport;
	}
	if (rw->flags & VPC_REWRITE_DPORT && l4->dport) {
		diff = diff16(diff, *l4->dport, rw->dport);
		*l4->dport = rw->dport;
	}
	return diff;
}

/* RFC 1624: HC' = ~(~HC + ~m + m'). */
static void check_apply(__sum16 *check, __wsum diff)
{
	*check = csum_fold(csum_add(diff, ~csum_unfold(*check)));
}

/* A whole checksum; returns by how much the field itself changes the packet's sum. */
static __wsum edit_check(const struct l4 *l4, __wsum addrs, __wsum ports)
{
	__sum16 before;

	if (!l4->check)
		return 0;
	before = *l4->check;
	check_apply(l4->check, l4->icmp ? ports : csum_add(addrs, ports));
	if (!*l4->check && (l4->udp || (l4->icmp && icmp_all_zero(l4->icmp))))
		*l4->check = CSUM_MANGLED_0;
	return csum_sub((__force __wsum)*l4->check, (__force __wsum)before);
}

/* The pseudo header's sum, not inverted; hardware adds the ports. */
static void edit_pseudo(const struct l4 *l4, __wsum addrs)
{
	if (l4->check && !l4->icmp)
		*l4->check = ~csum_fold(csum_add(addrs, csum_unfold(*l4->check)));
}

void vpc_rewrite_ipv4(struct iphdr *iph, void *l4, const struct vpc_rewrite *rw,
		      enum vpc_csum csum, __wsum *sum)
{
	__wsum addrs, ports;
	struct l4 fields;

	if (!rw->flags)
		return;
	l4_fields(iph->protocol, l4, sizeof(struct tcphdr), &fields);
	addrs = edit_addresses(iph, rw);
	/* The header's own sum stays zero with its checksum: *sum does not move. */
	check_apply(&iph->check, addrs);
	ports = edit_ports(&fields, rw);
	if (csum == VPC_CSUM_PARTIAL) {
		edit_pseudo(&fields, addrs);
		return;
	}
	ports = csum_add(ports, edit_check(&fields, addrs, ports));
	if (csum == VPC_CSUM_COMPLETE)
		*sum = csum_add(*sum, ports);
}

void vpc_rewrite_addresses(struct iphdr *iph, const struct vpc_rewrite *rw)
{
	check_apply(&iph->check, edit_addresses(iph, rw));
}

void vpc_rewrite_quoted(struct icmphdr *icmp, unsigned int avail, const struct vpc_rewrite *rw)
{
	struct iphdr *iph = (struct iphdr *)(icmp + 1);
	struct vpc_rewrite mirror = {
		.sport = rw->dport,
		.dport = rw->sport,
		.src = rw->dst,
		.dst = rw->src,
	};
	void *l4 = (void *)iph + iph->ihl * 4;
	__wsum addrs, ports;
	struct l4 fields;

	if (rw->flags & VPC_REWRITE_SRC)
		mirror.flags |= VPC_REWRITE_DST;
	if (rw->flags & VPC_REWRITE_DST)
		mirror.flags |= VPC_REWRITE_SRC;
	if (rw->flags & VPC_REWRITE_SPORT)
		mirror.flags |= VPC_REWRITE_DPORT;
	if (rw->flags & VPC_REWRITE_DPORT)
		mirror.flags |= VPC_REWRITE_SPORT;
	l4_fields(iph->protocol, l4, avail - (l4 - (void *)icmp), &fields);
	addrs = edit_addresses(iph, &mirror);
	/* What the addresses change its own checksum takes back: the error's sum does not move. */
	check_apply(&iph->check, addrs);
	ports = edit_ports(&fields, &mirror);
	ports = csum_add(ports, edit_check(&fields, addrs, ports));
	check_apply(&icmp->checksum, ports);
}
