// SPDX-License-Identifier: GPL-2.0
/*
 * What only odd packets have: the packet that an ICMP error quotes, IPv4 options, an MSS, an answer
 * by reset.
 *
 * Input: a byte that says which, what the edit wants to know, and the bytes to work on. These are
 * in memory of just their size, and what an edit must keep is compared with what was there.
 */
#include "../../kmod/lib/flowkey.h"
#include "../../kmod/lib/mss.h"
#include "../../kmod/lib/options.h"
#include "../../kmod/lib/parse.h"
#include "../../kmod/lib/reset.h"
#include "../../kmod/lib/rewrite.h"
#include "fuzz.h"

#include <linux/socket.h>
#include <uapi/linux/icmp.h>
#include <uapi/linux/ip.h>
#include <uapi/linux/tcp.h>

/* Ones' complement has two zeros. */
static bool same_sum(u16 a, u16 b)
{
	return a % 0xffff == b % 0xffff;
}

/* The quoted packet turned as the edit turns it, seen from the reply's side. */
static void check_quoted_key(const struct vpc_rewrite *rw, const struct vpc_flow_key *before,
			     const struct vpc_flow_key *after)
{
	CHECK(before->proto == after->proto);
	CHECK(after->src.ip4 == (rw->flags & VPC_REWRITE_DST ? rw->dst.ip4 : before->src.ip4));
	CHECK(after->dst.ip4 == (rw->flags & VPC_REWRITE_SRC ? rw->src.ip4 : before->dst.ip4));
	if (before->proto != IPPROTO_TCP && before->proto != IPPROTO_UDP)
		return;
	CHECK(after->sport == (rw->flags & VPC_REWRITE_DPORT ? rw->dport : before->sport));
	CHECK(after->dport == (rw->flags & VPC_REWRITE_SPORT ? rw->sport : before->dport));
}

static void quoted(struct input *in)
{
	struct vpc_flow_key before, after;
	struct vpc_rewrite rw = {};
	size_t size;
	u16 sum;
	u8 *p;

	rw.flags = take8(in) & 0xf;
	take_bytes(in, (u8 *)&rw.src.ip4, 4);
	take_bytes(in, (u8 *)&rw.dst.ip4, 4);
	take_bytes(in, (u8 *)&rw.sport, 2);
	take_bytes(in, (u8 *)&rw.dport, 2);
	size = in->left;
	p = copy_of(in->data, size);
	if (vpc_parse_quoted(p, size, &before)) {
		CHECK(size >= 28 && p[8] >> 4 == 4 && !(get16(p + 14) & 0x1fff));
		CHECK(!memcmp(&before.src, p + 20, 4) && !memcmp(&before.dst, p + 24, 4));
		/* Ports of an ICMP query or reply are edited by the one flag that it has. */
		if (before.proto == IPPROTO_ICMP)
			rw.flags &= ~VPC_REWRITE_SPORT;
		sum = sum_bytes(p, size, 0);
		vpc_rewrite_quoted((struct icmphdr *)p, size, &rw);
		CHECK(same_sum(sum, sum_bytes(p, size, 0)));
		CHECK(vpc_parse_quoted(p, size, &after));
		check_quoted_key(&rw, &before, &after);
	}
	free(p);
}

static void options(struct input *in)
{
	size_t size = in->left & ~3, hlen = 20 + (size > 40 ? 40 : size);
	bool route = false, again = false;
	u8 *p = malloc(hlen), *was;
	size_t i;

	CHECK(p);
	memset(p, 0, 20);
	p[0] = 0x40 | hlen / 4;
	take_bytes(in, p + 20, hlen - 20);
	was = copy_of(p, hlen);
	if (!vpc_options_parse((struct iphdr *)p, &route)) {
		vpc_options_fragment((struct iphdr *)p);
		CHECK(!vpc_options_parse((struct iphdr *)p, &again));
		/* Source routes are copied into every fragment, what is not is a no-operation. */
		CHECK(route == again);
		for (i = 0; i < hlen; i++)
			CHECK(p[i] == was[i] || p[i] == 1);
	}
	free(was);
	free(p);
}

static void mss(struct input *in)
{
	u16 max = take16(in), sum;
	size_t hlen, i, changed = 0;
	u8 *p, *was;

	if (in->left < 20)
		return;
	hlen = in->left > 60 ? 60 : in->left & ~3;
	p = copy_of(in->data, hlen);
	p[12] = hlen / 4 << 4;
	was = copy_of(p, hlen);
	sum = sum_bytes(p, hlen, 0);
	vpc_mss_clamp((struct tcphdr *)p, max, false);
	CHECK(same_sum(sum, sum_bytes(p, hlen, 0)));
	for (i = 0; i < hlen; i++)
		changed += p[i] != was[i] && i != 16 && i != 17;
	CHECK(changed <= 2);
	free(was);
	free(p);
}

/* A good header around whatever segment it is, so that the parser looks at that. */
static void fix_header(u8 *p, size_t size)
{
	p[0] = 0x45;
	put16(p + 2, size);
	put16(p + 6, 0);
	p[9] = IPPROTO_TCP;
	put16(p + 10, 0);
	put16(p + 10, ~sum_bytes(p, 20, 0));
}

/* What answers a segment is well formed, goes back where that came from and ends a connection. */
static void reset(struct input *in)
{
	size_t size = in->left > 2000 ? 2000 : in->left;
	struct vpc_flow_key key, inverse, back;
	struct vpc_parsed seg, answer;
	struct vpc_reset out;
	u8 *p, *q = (u8 *)&out;

	if (size < 40)
		return;
	p = copy_of(in->data, size);
	fix_header(p, size);
	if (!vpc_parse_ipv4(p, size, size, &seg)) {
		vpc_reset_make((struct iphdr *)p, (struct tcphdr *)(p + 20), &out);
		CHECK(!vpc_parse_ipv4(&out, sizeof(out), sizeof(out), &answer));
		CHECK(sum_bytes(q + 12, sizeof(out) - 12, IPPROTO_TCP + 20) == 0xffff);
		vpc_parsed_key(&seg, 0, &key);
		vpc_flow_key_invert(&inverse, &key, 0);
		vpc_parsed_key(&answer, 0, &back);
		CHECK(!memcmp(&inverse, &back, sizeof(back)));
		CHECK(answer.tcp_flags & VPC_TCP_RST && !(answer.tcp_flags & VPC_TCP_SYN));
		CHECK(!(answer.tcp_flags & VPC_TCP_ACK) == !!(seg.tcp_flags & VPC_TCP_ACK));
	}
	free(p);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { data, size };

	switch (take8(&in) % 4) {
	case 0:
		quoted(&in);
		break;
	case 1:
		options(&in);
		break;
	case 2:
		mss(&in);
		break;
	case 3:
		reset(&in);
		break;
	}
	return 0;
}
