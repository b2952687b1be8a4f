// SPDX-License-Identifier: GPL-2.0
#include "rewrite.h"

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
 * @pseudo: it covers the addresses
 */
struct l4 {
	__be16 *sport;
	__be16 *dport;
	__sum16 *check;
	bool pseudo;
};

static void l4_fields(u8 proto, void *hdr, struct l4 *l4)
{
	struct tcphdr *th = hdr;
	struct udphdr *uh = hdr;
	struct icmphdr *ih = hdr;

	switch (proto) {
	case IPPROTO_TCP:
		*l4 = (struct l4){ &th->source, &th->dest, &th->check, true };
		break;
	case IPPROTO_UDP:
		*l4 = (struct l4){ &uh->source, &uh->dest, &uh->check, true };
		break;
	case IPPROTO_ICMP:	/* of a query or its reply only one flag is ever set */
		*l4 = (struct l4){ &ih->un.echo.id, &ih->un.echo.id, &ih->checksum, false };
		break;
	default:
		*l4 = (struct l4){};
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

void vpc_rewrite_ipv4(struct iphdr *iph, void *l4, const struct vpc_rewrite *rw,
		      enum vpc_csum csum, __wsum *sum)
{
	__wsum addrs, ports;
	struct l4 fields;
	__sum16 before;

	l4_fields(iph->protocol, l4, &fields);
	addrs = edit_addresses(iph, rw);
	/* The header's own sum stays zero with its checksum: *sum does not move. */
	check_apply(&iph->check, addrs);
	ports = edit_ports(&fields, rw);
	if (!fields.check)
		goto complete_ports;
	if (!fields.pseudo)
		addrs = 0;
	if (csum == VPC_CSUM_PARTIAL) {
		/* The field is the pseudo header's sum, not inverted; ports come later. */
		if (fields.pseudo)
			*fields.check = ~csum_fold(csum_add(addrs, csum_unfold(*fields.check)));
		return;
	}
	if (iph->protocol == IPPROTO_UDP && !*fields.check)
		goto complete_ports;	/* RFC 768: none was made, none is made */
	before = *fields.check;
	check_apply(fields.check, csum_add(addrs, ports));
	if (iph->protocol == IPPROTO_UDP && !*fields.check)
		*fields.check = CSUM_MANGLED_0;
	if (csum == VPC_CSUM_COMPLETE)
		*sum = csum_add(csum_sub(*sum, (__force __wsum)before),
				(__force __wsum)*fields.check);
complete_ports:
	if (csum == VPC_CSUM_COMPLETE)
		*sum = csum_add(*sum, ports);
}
