// SPDX-License-Identifier: GPL-2.0
/*
 * vpc_rewrite_ipv4() against sums over the whole packet, a byte at a time.
 *
 * Input: control byte, the edit, damage to the transport checksum, the packet, which is made
 * valid in every field that the parser looks at.
 */
#include "../../kmod/lib/rewrite.h"
#include "../../kmod/lib/parse.h"
#include "fuzz.h"

#include <linux/minmax.h>
#include <net/checksum.h>

/* Control byte */
#define PROTO		0x03	/* TCP, UDP, ICMP, or what the packet says */
#define NO_CHECK	0x04	/* UDP without a checksum */
#define DAMAGE		0x08	/* the checksums are not what a sender computes */
#define AIM_ZERO	0x10	/* a port with which the checksum comes out as zero */
#define HIGH_SUM	0x20	/* skb->csum is not folded */

#define PORTS		(VPC_REWRITE_SPORT | VPC_REWRITE_DPORT)

/**
 * struct packet - a packet before or after an edit
 * @data: from the IP header on, in memory of its very length
 * @len: its length
 * @l4off: offset of the transport header
 * @check: offset of the transport checksum, 0 for none
 * @proto: IPPROTO_*
 */
struct packet {
	u8 *data;
	unsigned int len;
	unsigned int l4off;
	unsigned int check;
	u8 proto;
};

static struct packet packet_copy(const struct packet *pkt)
{
	struct packet copy = *pkt;

	copy.data = copy_of(pkt->data, pkt->len);
	return copy;
}

static bool has_pseudo(const struct packet *pkt)
{
	return pkt->proto == IPPROTO_TCP || pkt->proto == IPPROTO_UDP;
}

/* Addresses, protocol, length: RFC 768, RFC 793. */
static u16 sum_pseudo(const struct packet *pkt)
{
	return sum_bytes(pkt->data + 12, 8, pkt->proto + pkt->len - pkt->l4off);
}

static u16 sum_l4(const struct packet *pkt)
{
	return sum_bytes(pkt->data + pkt->l4off, pkt->len - pkt->l4off,
			 has_pseudo(pkt) ? sum_pseudo(pkt) : 0);
}

static void seal_ip(struct packet *pkt)
{
	put16(pkt->data + 10, 0);
	put16(pkt->data + 10, ~sum_bytes(pkt->data, pkt->l4off, 0));
}

static void seal_full(struct packet *pkt)
{
	u16 check;

	if (!pkt->check)
		return;
	put16(pkt->data + pkt->check, 0);
	check = ~sum_l4(pkt);
	if (!check && pkt->proto == IPPROTO_UDP)
		check = 0xffff;
	put16(pkt->data + pkt->check, check);
}

static void seal_partial(struct packet *pkt)
{
	if (pkt->check)
		put16(pkt->data + pkt->check, has_pseudo(pkt) ? sum_pseudo(pkt) : 0);
}

static void seal(struct packet *pkt, enum vpc_csum csum)
{
	seal_ip(pkt);
	if (csum == VPC_CSUM_PARTIAL)
		seal_partial(pkt);
	else
		seal_full(pkt);
}

static unsigned int l4_size(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return 20;
	case IPPROTO_UDP:
	case IPPROTO_ICMP:
		return 8;
	}
	return 0;
}

static void make_l4(struct packet *pkt, u8 control)
{
	static const u8 types[] = { 8, 0, 13, 14, 15, 16, 17, 18 };
	u8 *l4 = pkt->data + pkt->l4off;

	switch (pkt->proto) {
	case IPPROTO_TCP:
		l4[12] = 0x50 | (l4[12] & 0xf);
		pkt->check = pkt->l4off + 16;
		break;
	case IPPROTO_UDP:
		put16(l4 + 4, pkt->len - pkt->l4off);
		put16(l4 + 6, 0);
		pkt->check = control & NO_CHECK ? 0 : pkt->l4off + 6;
		break;
	case IPPROTO_ICMP:
		l4[0] = types[l4[0] % sizeof(types)];
		pkt->check = pkt->l4off + 2;
		break;
	}
}

/* A packet that the parser takes, but for its checksums; as long as the input, or as it must be. */
static void make(struct packet *pkt, struct input *in, u8 control)
{
	static const u8 protos[] = { IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP };
	u8 header[20] = {};
	unsigned int ihl;

	memcpy(header, in->data, min(in->left, sizeof(header)));
	ihl = header[0] & 0xf;
	*pkt = (struct packet){ .l4off = ihl < 5 ? 20 : ihl * 4 };
	pkt->proto = (control & PROTO) < sizeof(protos) ? protos[control & PROTO] : header[9];
	pkt->len = max(in->left, pkt->l4off + l4_size(pkt->proto));
	pkt->data = malloc(pkt->len);
	CHECK(pkt->data && pkt->len <= 0xffff);
	take_bytes(in, pkt->data, pkt->len);
	pkt->data[0] = 0x40 | pkt->l4off / 4;
	memset(pkt->data + 20, 1 /* no-operation */, pkt->l4off - 20);
	put16(pkt->data + 2, pkt->len);
	pkt->data[6] &= 0xc0;
	pkt->data[7] = 0;
	pkt->data[9] = pkt->proto;
	make_l4(pkt, control);
}

/* Of an ICMP message only the identifier, by the flag of its direction. */
static u8 flags_of(const struct packet *pkt, u8 flags)
{
	bool query;

	flags &= VPC_REWRITE_SRC | VPC_REWRITE_DST | PORTS;
	if (pkt->proto != IPPROTO_ICMP)
		return flags;
	query = pkt->data[pkt->l4off] == 8 || pkt->data[pkt->l4off] % 2;
	return flags & ~(query ? VPC_REWRITE_DPORT : VPC_REWRITE_SPORT);
}

static void make_edit(struct vpc_rewrite *rw, struct input *in)
{
	*rw = (struct vpc_rewrite){ .flags = take8(in) };
	take_bytes(in, (u8 *)&rw->sport, 2);
	take_bytes(in, (u8 *)&rw->dport, 2);
	take_bytes(in, rw->src.bytes, 4);
	take_bytes(in, rw->dst.bytes, 4);
}

/* Where the ports of the edit go, NULL for nowhere. */
static u8 *port_at(const struct packet *pkt, u8 flag)
{
	u8 *l4 = pkt->data + pkt->l4off;

	if (pkt->proto == IPPROTO_ICMP)
		return l4 + 4;
	if (!has_pseudo(pkt))
		return NULL;
	return flag == VPC_REWRITE_SPORT ? l4 : l4 + 2;
}

/* The edit without its checksums. */
static void edit_plain(struct packet *pkt, const struct vpc_rewrite *rw)
{
	if (rw->flags & VPC_REWRITE_SRC)
		memcpy(pkt->data + 12, rw->src.bytes, 4);
	if (rw->flags & VPC_REWRITE_DST)
		memcpy(pkt->data + 16, rw->dst.bytes, 4);
	if (!port_at(pkt, 0))
		return;
	if (rw->flags & VPC_REWRITE_SPORT)
		memcpy(port_at(pkt, VPC_REWRITE_SPORT), &rw->sport, 2);
	if (rw->flags & VPC_REWRITE_DPORT)
		memcpy(port_at(pkt, VPC_REWRITE_DPORT), &rw->dport, 2);
}

/* The edit that takes back @rw. */
static struct vpc_rewrite inverse(const struct packet *pkt, const struct vpc_rewrite *rw)
{
	struct vpc_rewrite back = { .flags = rw->flags };

	memcpy(back.src.bytes, pkt->data + 12, 4);
	memcpy(back.dst.bytes, pkt->data + 16, 4);
	if (port_at(pkt, 0)) {
		memcpy(&back.sport, port_at(pkt, VPC_REWRITE_SPORT), 2);
		memcpy(&back.dport, port_at(pkt, VPC_REWRITE_DPORT), 2);
	}
	return back;
}

/* A port that is what the checksum would be with a port of zero. */
static void aim_zero(const struct packet *pkt, struct vpc_rewrite *rw)
{
	__be16 *port = rw->flags & VPC_REWRITE_SPORT ? &rw->sport : &rw->dport;
	struct packet want;

	if (!pkt->check || !(rw->flags & PORTS))
		return;
	*port = 0;
	want = packet_copy(pkt);
	edit_plain(&want, rw);
	seal_full(&want);
	memcpy(port, want.data + want.check, 2);
	free(want.data);
}

/* Also the other zero in the IP header, which is as valid as the one that senders use. */
static void damage(struct packet *pkt, u16 by)
{
	u8 *check = pkt->data + pkt->check;

	if (!get16(pkt->data + 10))
		put16(pkt->data + 10, 0xffff);
	if (!pkt->check)
		return;
	put16(check, get16(check) + by);
	if (!get16(check) && pkt->proto == IPPROTO_UDP)
		put16(check, 1);
}

/* Equal as sums: ones' complement has two zeros. */
static bool same_sum(u16 a, u16 b)
{
	return a % 0xffff == b % 0xffff;
}

/*
 * RFC 1624, 3: deltas cannot tell the two zeros apart, and only an ICMP message may be all zero.
 * From its header alone one cannot say: then the zero of such a message is right for all.
 */
static bool other_zero(const struct packet *got, const struct packet *want)
{
	static const u8 zeros[6];
	const u8 *l4 = want->data + want->l4off;

	return want->proto == IPPROTO_ICMP && !memcmp(l4, zeros, 2) && !memcmp(l4 + 4, zeros, 4) &&
	       !get16(want->data + want->check) && get16(got->data + got->check) == 0xffff;
}

static void check_equal(const struct packet *got, const struct packet *want)
{
	bool but_check = other_zero(got, want);
	unsigned int i;

	for (i = 0; i < got->len; i++) {
		if (!but_check || (i != got->check && i != got->check + 1))
			CHECK(got->data[i] == want->data[i]);
	}
}

/* Nothing but checksums differs, and each is off by what it was off by before. */
static void check_damaged(const struct packet *got, const struct packet *want,
			  const struct packet *from, enum vpc_csum csum)
{
	u16 check = got->check ? get16(got->data + got->check) : 0;
	unsigned int i;

	for (i = 0; i < got->len; i++) {
		if (i != 10 && i != 11 && (!got->check || i - got->check > 1))
			CHECK(got->data[i] == want->data[i]);
	}
	CHECK(sum_bytes(got->data, got->l4off, 0) == 0xffff);
	if (!got->check)
		return;
	if (got->proto == IPPROTO_UDP)
		CHECK(check);
	if (csum != VPC_CSUM_PARTIAL)
		CHECK(same_sum(sum_l4(got), sum_l4(from)));
	else if (has_pseudo(got))
		CHECK(!((check + sum_pseudo(from) + 0xffff * 2 -
			 get16(from->data + from->check) - sum_pseudo(got)) % 0xffff));
	else
		CHECK(check == get16(from->data + from->check));
}

/* As the receive path has it: in the byte order of memory. */
static __wsum sum_packet(const struct packet *pkt, u8 control)
{
	u32 sum = htons(sum_bytes(pkt->data, pkt->len, 0));

	return (__force __wsum)(control & HIGH_SUM ? sum | 0xffff0000 : sum);
}

static void check_sum(const struct packet *pkt, __wsum sum)
{
	CHECK(ntohs((__force u16)csum_fold(sum)) == (u16)~sum_bytes(pkt->data, pkt->len, 0));
}

static void apply(struct packet *pkt, const struct vpc_rewrite *rw, enum vpc_csum csum,
		  __wsum *sum)
{
	vpc_rewrite_ipv4((struct iphdr *)pkt->data, pkt->data + pkt->l4off, rw, csum, sum);
	if (csum == VPC_CSUM_COMPLETE)
		check_sum(pkt, *sum);
}

/* There and back in one state of the checksums. */
static void try_state(const struct packet *from, const struct vpc_rewrite *rw,
		      enum vpc_csum csum, u8 control)
{
	__wsum sum = sum_packet(from, control), *psum = csum == VPC_CSUM_COMPLETE ? &sum : NULL;
	struct packet got = packet_copy(from), want = packet_copy(from);
	struct vpc_rewrite back = inverse(from, rw);

	edit_plain(&want, rw);
	seal(&want, csum);
	apply(&got, rw, csum, psum);
	if (control & DAMAGE)
		check_damaged(&got, &want, from, csum);
	else
		check_equal(&got, &want);

	apply(&got, &back, csum, psum);
	if (control & DAMAGE)
		check_damaged(&got, from, from, csum);
	else
		check_equal(&got, from);
	free(got.data);
	free(want.data);
}

/* It is made well enough for the parser. */
static void check_parses(const struct packet *pkt)
{
	struct vpc_parsed out;

	CHECK(!vpc_parse_ipv4(pkt->data, pkt->len, pkt->len, &out));
	CHECK(out.l4off == pkt->l4off && out.len == pkt->len && out.proto == pkt->proto);
	CHECK(!out.fragment && !out.icmp_error);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { data, size };
	u8 control = take8(&in);
	struct vpc_rewrite rw;
	enum vpc_csum csum;
	struct packet pkt;
	u16 by;

	make_edit(&rw, &in);
	by = take16(&in);
	make(&pkt, &in, control);
	rw.flags = flags_of(&pkt, rw.flags);
	if (control & AIM_ZERO)
		aim_zero(&pkt, &rw);
	for (csum = VPC_CSUM_FULL; csum <= VPC_CSUM_PARTIAL; csum++) {
		seal(&pkt, csum);
		if (control & DAMAGE)
			damage(&pkt, by);
		check_parses(&pkt);
		try_state(&pkt, &rw, csum, control);
	}
	free(pkt.data);
	return 0;
}
