// SPDX-License-Identifier: GPL-2.0
/*
 * vpc_parse_ipv6() against a parser that goes by the RFCs, a byte at a time, and what it says of a
 * datagram and of a quoted packet against what it says of a whole one.
 *
 * Input: control byte, length of what is not linear, the packet.
 */
#include "../../kmod/lib/parse.h"
#include "../../kmod/lib/flowkey.h"
#include "fuzz.h"

/* Control byte */
#define SEAL		0x1	/* put in the version and the length, or hardly any gets further */
#define NONLINEAR	0x2	/* the packet goes on beyond what may be read */

#define PORT		0x01020304
#define HEADER		40

/**
 * struct want - what the RFCs say of a packet
 * @reason: why it is dropped
 * @header_good: its IP header is good, whatever follows
 * @proto: what comes after the headers that are looked through
 * @l4off: where
 * @fragoff: where its fragment header is, 0 for none
 * @total: length of the packet
 * @later: a fragment other than the first
 * @fragment: any fragment
 * @route: a routing header that leads on
 * @error: an ICMPv6 error
 * @neighbour: neighbour discovery
 * @reply: an echo reply
 * @sport: as in struct vpc_flow_key
 * @dport: as in struct vpc_flow_key
 * @tcp_flags: byte 13 of a TCP header
 * @icmp: type and code of an ICMPv6 header
 */
struct want {
	enum vpc_drop reason;
	bool header_good;
	u8 proto;
	unsigned int l4off;
	unsigned int fragoff;
	unsigned int total;
	bool later;
	bool fragment;
	bool route;
	bool error;
	bool neighbour;
	bool reply;
	u16 sport;
	u16 dport;
	u8 tcp_flags;
	u16 icmp;
};

/* RFC 8200, 3 and RFC 2675, 2. */
static enum vpc_drop want_header(const u8 *p, unsigned int linear, unsigned int len,
				 struct want *want)
{
	if (linear < HEADER)
		return VPC_DROP_SHORT;
	if (p[0] >> 4 != 6 || (!get16(p + 4) && p[6] == 0))
		return VPC_DROP_BAD_HEADER;
	want->total = HEADER + get16(p + 4);
	if (want->total > len)
		return VPC_DROP_SHORT;
	want->proto = p[6];
	want->l4off = HEADER;
	want->header_good = true;
	return VPC_DROP_NONE;
}

/* RFC 8200, 4; at most eight of 256 bytes together. */
static enum vpc_drop want_extensions(const u8 *p, unsigned int readable, struct want *want)
{
	unsigned int n = 0, at;
	u8 proto;

	for (;;) {
		proto = want->proto;
		at = want->l4off;
		if (proto != 0 && proto != 43 && proto != 44 && proto != 60)
			break;
		if (n == 8)
			return VPC_DROP_EXTENSIONS;
		n++;
		if (readable < at + 8)
			return VPC_DROP_SHORT;
		if (proto == 0 && n > 1)
			return VPC_DROP_BAD_HEADER;
		if (proto == 44 && want->fragoff)
			return VPC_DROP_BAD_HEADER;
		want->proto = p[at];
		want->l4off = at + (proto == 44 ? 8 : 8 * (p[at + 1] + 1));
		if (proto == 43 && (p[at + 2] == 0 || p[at + 3] > 0))
			want->route = true;
		if (proto == 44) {
			want->fragoff = at;
			want->later = get16(p + at + 2) >> 3;
			want->fragment = want->later || p[at + 3] & 1;
		}
		if (want->l4off > HEADER + 256)
			return VPC_DROP_EXTENSIONS;
		if (want->later)
			break;
	}
	return readable < want->l4off ? VPC_DROP_SHORT : VPC_DROP_NONE;
}

/* RFC 9293, 3.1. @readable of the @room bytes that the packet has for it. */
static enum vpc_drop want_tcp(const u8 *p, unsigned int readable, unsigned int room,
			      struct want *want)
{
	if (readable < 20)
		return VPC_DROP_SHORT;
	if (p[12] >> 4 < 5)
		return VPC_DROP_BAD_HEADER;
	if ((p[12] >> 4) * 4u > room)
		return VPC_DROP_SHORT;
	want->sport = get16(p);
	want->dport = get16(p + 2);
	want->tcp_flags = p[13];
	return VPC_DROP_NONE;
}

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

/* RFC 4443, RFC 4861 */
static enum vpc_drop want_icmp(const u8 *p, unsigned int readable, struct want *want)
{
	if (readable < 8)
		return VPC_DROP_SHORT;
	want->icmp = get16(p);
	want->error = p[0] >= 1 && p[0] <= 4;
	want->neighbour = p[0] >= 133 && p[0] <= 137;
	want->reply = p[0] == 129;
	if (p[0] == 128) {
		want->sport = get16(p + 4);
		want->dport = 128;
	} else if (p[0] == 129) {
		want->sport = 128;
		want->dport = get16(p + 4);
	}
	return want->error || want->neighbour || p[0] == 128 || p[0] == 129 ? VPC_DROP_NONE :
									      VPC_DROP_ICMP_TYPE;
}

static enum vpc_drop want_l4(const u8 *p, unsigned int readable, struct want *want)
{
	unsigned int room = want->total - want->l4off;

	readable -= want->l4off;
	p += want->l4off;
	switch (want->proto) {
	case 6:
		return want_tcp(p, readable, room, want);
	case 17:
		return want_udp(p, readable, room, want);
	case 58:
		return want_icmp(p, readable, want);
	}
	return VPC_DROP_NONE;
}

static void want_packet(const u8 *p, unsigned int linear, unsigned int len, struct want *want)
{
	unsigned int readable;

	*want = (struct want){};
	want->reason = want_header(p, linear, len, want);
	if (want->reason)
		return;
	readable = linear < want->total ? linear : want->total;
	want->reason = want_extensions(p, readable, want);
	if (!want->reason && !want->later)
		want->reason = want_l4(p, readable, want);
	if (want->fragment) {
		want->sport = 0;
		want->dport = 0;
	}
}

static void check_addresses(const u8 *p, const struct vpc_parsed *out)
{
	CHECK(!memcmp(&out->src, p + 8, 16));
	CHECK(!memcmp(&out->dst, p + 24, 16));
}

/* The datapath asks for the destination even of a packet that it drops, if it names one. */
static void check_dropped(const u8 *p, const struct want *want, const struct vpc_parsed *out)
{
	struct vpc_parsed untouched;

	if (want->header_good) {
		check_addresses(p, out);
		return;
	}
	memset(&untouched, 0xa5, sizeof(untouched));
	CHECK(!memcmp(out, &untouched, sizeof(*out)));
}

static void check_parsed(const u8 *p, const struct want *want, const struct vpc_parsed *out)
{
	bool tcp = want->proto == 6 && !want->later;
	bool syn = tcp && (want->tcp_flags & 0x17) == 0x02;

	check_addresses(p, out);
	CHECK(out->l4off == want->l4off && out->fragoff == want->fragoff);
	CHECK(out->len == want->total);
	CHECK(out->family == AF_INET6);
	CHECK(out->proto == want->proto);
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
	CHECK(out->neighbour == want->neighbour);
}

static void check_key(const struct vpc_parsed *out, u32 port, struct vpc_flow_key *key)
{
	memset(key, 0xa5, sizeof(*key));
	vpc_parsed_key(out, port, key);
	CHECK(key->port == port && !key->pad);
	CHECK(key->family == out->family && key->proto == out->proto);
	CHECK(key->sport == out->sport && key->dport == out->dport);
	CHECK(vpc_addr_equal(&key->src, &out->src) && vpc_addr_equal(&key->dst, &out->dst));
}

/* An error that quotes as much as may be read finds the packet's flow, and reads no further. */
static void check_quoted(const u8 *p, unsigned int linear, const struct want *want,
			 const struct vpc_parsed *out)
{
	u8 *icmp = malloc(8 + linear);
	struct vpc_flow_key key, quoted;
	bool found;

	CHECK(icmp);
	memset(icmp, 0, 8);
	memcpy(icmp + 8, p, linear);
	found = vpc_parse_quoted6(icmp, 8 + linear, &quoted);
	free(icmp);
	if (want->reason)	/* of what is no packet only the bounds count */
		return;
	CHECK(found == (!want->later && !want->error && !want->neighbour));
	if (!found || want->fragment)
		return;
	check_key(out, 0, &key);
	CHECK(!memcmp(&key, &quoted, sizeof(key)));
}

/* As a datagram, a first fragment that holds all is what it is as a packet, and has ports. */
static void check_datagram(const u8 *p, unsigned int linear, const struct want *want)
{
	struct vpc_parsed out;

	if (want->reason || want->later || !want->fragoff ||
	    vpc_parse_datagram6(p, linear, want->total - want->fragoff - 8, &out))
		return;
	CHECK(!out.fragment && out.first);
	CHECK(out.l4off == want->l4off && out.len == want->total && out.proto == want->proto);
	CHECK(out.icmp == want->icmp && out.tcp_flags == want->tcp_flags);
	if (!want->fragment)
		CHECK(ntohs(out.sport) == want->sport && ntohs(out.dport) == want->dport);
}

static void check_accepted(const u8 *p, unsigned int linear, unsigned int len,
			   const struct want *want, const struct vpc_parsed *out)
{
	struct vpc_flow_key key, inv;

	CHECK(p[0] >> 4 == 6);
	CHECK(out->l4off >= HEADER && out->l4off <= linear);
	CHECK(out->l4off <= out->len && out->len <= len);
	check_parsed(p, want, out);
	check_key(out, PORT, &key);
	vpc_flow_key_invert(&inv, &key, PORT);
	vpc_flow_key_invert(&inv, &inv, PORT);
	CHECK(!memcmp(&inv, &key, sizeof(inv)));
}

static void seal(u8 *p, unsigned int linear)
{
	if (linear < HEADER)
		return;
	p[0] = 0x60 | (p[0] & 0xf);
	put16(p + 4, linear - HEADER);
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
	reason = vpc_parse_ipv6(p, linear, len, &out);
	want_packet(p, linear, len, &want);
	CHECK(reason == want.reason);
	if (reason)
		check_dropped(p, &want, &out);
	else
		check_accepted(p, linear, len, &want, &out);
	check_quoted(p, linear, &want, &out);
	check_datagram(p, linear, &want);
	free(p);
	return 0;
}
