// SPDX-License-Identifier: GPL-2.0
/*
 * vpc_parse_ipv4() against a parser that goes by the RFCs, a byte at a time.
 *
 * Input: control byte, length of what is not linear, the packet.
 */
#include "../../kmod/lib/parse.h"
#include "../../kmod/lib/flowkey.h"
#include "../../kmod/lib/rewrite.h"
#include "fuzz.h"

/* Control byte */
#define SEAL		0x1	/* put in the right header checksum, or hardly any gets further */
#define NONLINEAR	0x2	/* the packet goes on beyond what may be read */

#define PORT		0x01020304

/**
 * struct want - what the RFCs say of a packet
 * @reason: why it is dropped
 * @header_good: its IP header is good, whatever follows
 * @later: a fragment other than the first
 * @fragment: any fragment
 * @route: a source route among its options
 * @error: an ICMP error
 * @reply: an ICMP reply
 * @l4off: length of the IP header
 * @total: length of the packet
 * @sport: as in struct vpc_flow_key
 * @dport: as in struct vpc_flow_key
 * @tcp_flags: byte 13 of a TCP header
 * @icmp: type and code of an ICMP header
 */
struct want {
	enum vpc_drop reason;
	bool header_good;
	bool later;
	bool fragment;
	bool route;
	bool error;
	bool reply;
	unsigned int l4off;
	unsigned int total;
	u16 sport;
	u16 dport;
	u8 tcp_flags;
	u16 icmp;
};

/* RFC 793, 3.1. @readable of the @room bytes that the packet has for it. */
static enum vpc_drop want_tcp(const u8 *p, unsigned int readable, unsigned int room,
			      struct want *want)
{
	unsigned int offset;

	if (readable < 20)
		return VPC_DROP_SHORT;
	offset = (p[12] >> 4) * 4;
	if (offset < 20)
		return VPC_DROP_BAD_HEADER;
	if (offset > room)
		return VPC_DROP_SHORT;
	want->sport = get16(p);
	want->dport = get16(p + 2);
	want->tcp_flags = p[13];
	return VPC_DROP_NONE;
}

/* RFC 768. The length of a first fragment counts what the others bring. */
static enum vpc_drop want_udp(const u8 *p, unsigned int readable, unsigned int room,
			      struct want *want)
{
	if (readable < 8)
		return VPC_DROP_SHORT;
	if (get16(p + 4) < 8)
		return VPC_DROP_BAD_HEADER;
	if (!want->fragment && get16(p + 4) > room)
		return VPC_DROP_SHORT;
	want->sport = get16(p);
	want->dport = get16(p + 2);
	return VPC_DROP_NONE;
}

/* RFC 792, and RFC 950 for the address mask. */
static enum vpc_drop want_icmp(const u8 *p, unsigned int readable, struct want *want)
{
	if (readable < 8)
		return VPC_DROP_SHORT;
	want->icmp = get16(p);
	switch (p[0]) {
	case 8: case 13: case 15: case 17:
		want->sport = get16(p + 4);
		want->dport = p[0];
		return VPC_DROP_NONE;
	case 0:
		want->sport = 8;
		break;
	case 14: case 16: case 18:
		want->sport = p[0] - 1;
		break;
	case 3: case 4: case 5: case 11: case 12:
		want->error = true;
		return VPC_DROP_NONE;
	default:
		return VPC_DROP_ICMP_TYPE;
	}
	want->dport = get16(p + 4);
	want->reply = true;
	return VPC_DROP_NONE;
}

/* RFC 791, 3.1, in the order in which the kernel looks. */
static enum vpc_drop want_header(const u8 *p, unsigned int linear, unsigned int len,
				 struct want *want)
{
	if (linear < 20)
		return VPC_DROP_SHORT;
	want->l4off = (p[0] & 0xf) * 4;
	if (p[0] >> 4 != 4 || want->l4off < 20)
		return VPC_DROP_BAD_HEADER;
	if (want->l4off > linear)
		return VPC_DROP_SHORT;
	if (sum_bytes(p, want->l4off, 0) != 0xffff)
		return VPC_DROP_BAD_CHECKSUM;
	want->total = get16(p + 2);
	if (want->total > len)
		return VPC_DROP_SHORT;
	if (want->total < want->l4off)
		return VPC_DROP_BAD_HEADER;
	want->later = get16(p + 6) & 0x1fff;
	want->fragment = want->later || p[6] & 0x20;
	want->header_good = true;
	return VPC_DROP_NONE;
}

/* RFC 791, 3.1: end and no-operation are of one byte, all others have a length. */
static enum vpc_drop want_options(const u8 *p, struct want *want)
{
	unsigned int i = 20;

	while (i < want->l4off && p[i]) {
		if (p[i] == 1) {
			i++;
			continue;
		}
		if (i + 1 == want->l4off || p[i + 1] < 2 || i + p[i + 1] > want->l4off)
			return VPC_DROP_BAD_HEADER;
		if (p[i] == 131 || p[i] == 137)
			want->route = true;
		i += p[i + 1];
	}
	return VPC_DROP_NONE;
}

static enum vpc_drop want_l4(const u8 *p, unsigned int linear, struct want *want)
{
	unsigned int room = want->total - want->l4off;
	unsigned int readable = linear < want->total ? linear - want->l4off : room;

	switch (p[9]) {
	case 1:
		return want_icmp(p + want->l4off, readable, want);
	case 6:
		return want_tcp(p + want->l4off, readable, room, want);
	case 17:
		return want_udp(p + want->l4off, readable, room, want);
	}
	return VPC_DROP_NONE;
}

static void want_packet(const u8 *p, unsigned int linear, unsigned int len, struct want *want)
{
	*want = (struct want){};
	want->reason = want_header(p, linear, len, want);
	if (!want->reason)
		want->reason = want_options(p, want);
	if (!want->reason && !want->later)
		want->reason = want_l4(p, linear, want);
	if (want->fragment) {
		want->sport = 0;
		want->dport = 0;
	}
}

static void check_addr(const struct vpc_addr *addr, const u8 *ip4)
{
	static const u8 zeros[12];

	CHECK(!memcmp(addr->bytes, ip4, 4));
	CHECK(!memcmp(addr->bytes + 4, zeros, 12));
}

/* The datapath asks for the destination even of a packet that it drops, if it names one. */
static void check_dropped(const u8 *p, const struct want *want, const struct vpc_parsed *out)
{
	struct vpc_parsed untouched;

	if (want->header_good) {
		check_addr(&out->src, p + 12);
		check_addr(&out->dst, p + 16);
		return;
	}
	memset(&untouched, 0xa5, sizeof(untouched));
	CHECK(!memcmp(out, &untouched, sizeof(*out)));
}

static void check_parsed(const u8 *p, const struct want *want, const struct vpc_parsed *out)
{
	bool tcp = p[9] == 6 && !want->later;
	bool syn = tcp && (want->tcp_flags & 0x17) == 0x02;

	check_addr(&out->src, p + 12);
	check_addr(&out->dst, p + 16);
	CHECK(out->l4off == want->l4off);
	CHECK(out->len == want->total);
	CHECK(out->family == AF_INET);
	CHECK(out->proto == p[9]);
	CHECK(ntohs(out->sport) == want->sport);
	CHECK(ntohs(out->dport) == want->dport);
	CHECK(out->tcp_flags == want->tcp_flags);
	CHECK(out->icmp == want->icmp);
	CHECK(out->tcp_syn == syn);
	CHECK(out->unsolicited == (tcp ? !syn : want->reply));
	CHECK(out->fragment == want->fragment);
	CHECK(out->first == !want->later);
	CHECK(out->source_route == want->route);
	CHECK(out->icmp_error == want->error);
}

static void check_key(const struct vpc_parsed *out, struct vpc_flow_key *key)
{
	memset(key, 0xa5, sizeof(*key));
	vpc_parsed_key(out, PORT, key);
	CHECK(key->port == PORT && !key->pad);
	CHECK(key->family == out->family && key->proto == out->proto);
	CHECK(key->sport == out->sport && key->dport == out->dport);
	CHECK(vpc_addr_equal(&key->src, &out->src) && vpc_addr_equal(&key->dst, &out->dst));
}

static void swap_bytes(u8 *a, u8 *b, unsigned int n)
{
	u8 tmp;

	while (n--) {
		tmp = *a;
		*a++ = *b;
		*b++ = tmp;
	}
}

static u8 icmp_answer(u8 type)
{
	switch (type) {
	case 0: return 8;
	case 8: return 0;
	case 13: case 15: case 17: return type + 1;
	case 14: case 16: case 18: return type - 1;
	}
	return type;
}

/* Make of a packet its answer; the header's sum stays. */
static void turn(u8 *p, const struct want *want)
{
	u8 *l4 = p + want->l4off;

	swap_bytes(p + 12, p + 16, 4);
	if (want->later)
		return;
	if (p[9] == 6 || p[9] == 17)
		swap_bytes(l4, l4 + 2, 2);
	if (p[9] == 1)
		*l4 = icmp_answer(*l4);
}

/* The answer is taken too, and its key is the packet's inverted. */
static void check_answer(u8 *p, unsigned int linear, unsigned int len, const struct want *want,
			 const struct vpc_flow_key *key)
{
	struct vpc_flow_key inv, answer;
	struct vpc_parsed out;

	vpc_flow_key_invert(&inv, key, PORT);
	turn(p, want);
	CHECK(vpc_parse_ipv4(p, linear, len, &out) == VPC_DROP_NONE);
	check_key(&out, &answer);
	CHECK(!memcmp(&inv, &answer, sizeof(inv)));
	vpc_flow_key_invert(&inv, &inv, PORT);
	CHECK(!memcmp(&inv, key, sizeof(inv)));
}

static void check_accepted(u8 *p, unsigned int linear, unsigned int len, const struct want *want,
			   const struct vpc_parsed *out)
{
	struct vpc_flow_key key;

	CHECK(p[0] >> 4 == 4);
	CHECK(out->l4off >= 20 && out->l4off <= linear);
	CHECK(out->l4off <= out->len && out->len <= len);
	/* What a rewrite would write is there. */
	if (!want->later)
		CHECK(vpc_rewrite_len(out->proto, out->l4off) <= linear &&
		      vpc_rewrite_len(out->proto, out->l4off) <= out->len);
	check_parsed(p, want, out);
	check_key(out, &key);
	check_answer(p, linear, len, want, &key);
}

static void seal(u8 *p, unsigned int linear)
{
	unsigned int hlen;

	if (linear < 20)
		return;
	hlen = (p[0] & 0xf) * 4;
	if (hlen < 20 || hlen > linear)
		return;
	put16(p + 10, 0);
	put16(p + 10, ~sum_bytes(p, hlen, 0));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { data, size };
	unsigned int linear, len;
	struct vpc_parsed out;
	enum vpc_drop reason;
	struct want want;
	u8 control, *p;
	u16 beyond;

	control = take8(&in);
	beyond = take16(&in);
	linear = in.left;
	len = linear + (control & NONLINEAR ? beyond : 0);
	p = copy_of(in.data, linear);
	if (control & SEAL)
		seal(p, linear);

	memset(&out, 0xa5, sizeof(out));
	reason = vpc_parse_ipv4(p, linear, len, &out);
	want_packet(p, linear, len, &want);
	CHECK(reason == want.reason);
	if (reason)
		check_dropped(p, &want, &out);
	else
		check_accepted(p, linear, len, &want, &out);
	free(p);
	return 0;
}
