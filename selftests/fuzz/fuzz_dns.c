// SPDX-License-Identifier: GPL-2.0
/*
 * vpcdnsd's answers: whatever a question is, and whatever upstream says to it.
 *
 * Input: a byte of flags, the length of the question, the question, the reply of upstream. What is
 * said must be readable, belong to the question and fit; no name of the router's is asked upstream.
 */
#include "../../tools/vpcdnsd/answer.h"
#include "../../tools/vpcdnsd/view.h"
#include "fuzz.h"

#define TCP		1
#define STRANGER	2
#define NO_SUPPORT	4

static struct view_vpc *vpc;
static const char private[] = "sqs.r.amazonaws.com", regional[] = "vpce-1-2.sqs.r.vpce.amazonaws.com";

static void view_make(void)
{
	const uint32_t addrs[] = { 1, 2, 3 };

	CHECK(view_set_vpc("vpc-1", 1, true, "r") && view_set_vpc("vpc-2", 2, true, "r"));
	CHECK(view_add("vpce-1", "", regional, addrs, 3));
	CHECK(view_add("vpce-1", "vpc-1", private, addrs, 3));
	CHECK(view_add("vpce-2", "vpc-2", "other.example.com", addrs, 1));
	CHECK(view_add("vpce-3", "", "empty.example.com", NULL, 0));
	CHECK(view_add_alias("vpce-4", "vpc-1", "*.all.example.com", regional));
	CHECK(view_add_alias("vpce-5", "vpc-1", "lost.example.com", "no.example.com"));
	CHECK(view_add("eni-1", "vpc-1", "ip-1-0-0-0.r.compute.internal", addrs, 1));
	vpc = view_vpc("vpc-1");
}

/* Also frees it. Return: the answer in ldns's form, NULL for none. */
static ldns_pkt *check_answer(struct answer answer, const u8 *question, bool tcp)
{
	ldns_pkt *reply = NULL;

	if (!answer.wire)
		return NULL;
	CHECK(answer.len >= 12 && answer.len <= (tcp ? 65535 : ANSWER_UDP_MAX));
	CHECK(!memcmp(answer.wire, question, 2) && answer.wire[2] & 0x80);
	CHECK(ldns_wire2pkt(&reply, answer.wire, answer.len) == LDNS_STATUS_OK);
	free(answer.wire);
	return reply;
}

static bool is_own(const char *name)
{
	static const char all[] = ".all.example.com";
	size_t len = strlen(name);

	if (len > strlen(all) && !strcmp(name + len - strlen(all), all))
		return true;
	return !strcmp(name, private) || !strcmp(name, regional) ||
	       !strcmp(name, "empty.example.com") || !strcmp(name, "lost.example.com") ||
	       view_in_domain(vpc, name);
}

static void check_forward(struct forward *forward, const u8 *question, struct input *in, bool tcp)
{
	u8 *wire = copy_of(in->data, in->left);
	ldns_pkt *reply;

	CHECK(!is_own(forward->name));
	reply = check_answer(answer_forwarded(forward->query, in->left ? wire : NULL, in->left, 0,
					      tcp), question, tcp);
	if (reply) {
		CHECK(ldns_pkt_qdcount(reply) == 1);
		CHECK(!ldns_pkt_tc(reply) || !ldns_pkt_ancount(reply));
	}
	ldns_pkt_free(reply);
	free(wire);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { data, size };
	struct forward forward;
	u8 flags, *question;
	ldns_pkt *reply;
	size_t len;

	if (!vpc)
		view_make();
	flags = take8(&in);
	len = take16(&in);
	if (len > in.left)
		len = in.left;
	question = copy_of(in.data, len);
	in.data += len;
	in.left -= len;
	vpc->dns_support = !(flags & NO_SUPPORT);
	reply = check_answer(answer_make(flags & STRANGER ? NULL : vpc, question, len, flags & TCP,
					 &forward), question, flags & TCP);
	CHECK(!reply || !forward.query);
	CHECK(!forward.query || !(flags & (STRANGER | NO_SUPPORT)));
	if (reply && flags & (STRANGER | NO_SUPPORT))
		CHECK(ldns_pkt_get_rcode(reply) != LDNS_RCODE_NOERROR || !ldns_pkt_qdcount(reply) ||
		      ldns_pkt_edns_extended_rcode(reply));
	ldns_pkt_free(reply);
	if (forward.query) {
		check_forward(&forward, question, &in, flags & TCP);
		forward_free(&forward);
	}
	free(question);
	return 0;
}
