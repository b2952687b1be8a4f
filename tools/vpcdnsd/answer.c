// SPDX-License-Identifier: GPL-2.0
#include "answer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "view.h"

#define HEADER_LEN	12
#define TTL		60
/* Serial, refresh, retry, expire: nobody transfers what is made up here. */
#define SOA_FORMAT	"%s %u IN SOA %s hostmaster.%s 1 3600 900 86400 %u"

/* Beside the question a query has but an OPT, and perhaps a signature (RFC 8945). */
static bool counts_sane(const uint8_t *wire)
{
	return LDNS_QDCOUNT(wire) == 1 && !LDNS_ANCOUNT(wire) && !LDNS_NSCOUNT(wire) &&
	       LDNS_ARCOUNT(wire) <= 2;
}

/* What cannot be read is answered with no more than its header. */
static struct answer answer_header(const uint8_t *wire, int rcode)
{
	struct answer answer = { malloc(HEADER_LEN), HEADER_LEN };

	if (!answer.wire)
		return (struct answer){ NULL, 0 };
	memset(answer.wire, 0, HEADER_LEN);
	memcpy(answer.wire, wire, 4);
	LDNS_QR_SET(answer.wire);
	LDNS_AA_CLR(answer.wire);
	LDNS_TC_CLR(answer.wire);
	answer.wire[3] = 0;
	LDNS_RA_SET(answer.wire);
	LDNS_RCODE_SET(answer.wire, rcode);
	return answer;
}

/* An answer without data: ids, flags, the question, and an OPT if there was one. */
static ldns_pkt *reply_new(const ldns_pkt *query)
{
	ldns_pkt *reply = ldns_pkt_new();
	ldns_rr_list *question;

	if (!reply)
		return NULL;
	question = ldns_rr_list_clone(ldns_pkt_question(query));
	ldns_rr_list_deep_free(ldns_pkt_question(reply));
	ldns_pkt_set_question(reply, question);
	ldns_pkt_set_qdcount(reply, ldns_rr_list_rr_count(question));
	ldns_pkt_set_id(reply, ldns_pkt_id(query));
	ldns_pkt_set_opcode(reply, ldns_pkt_get_opcode(query));
	ldns_pkt_set_qr(reply, true);
	ldns_pkt_set_rd(reply, ldns_pkt_rd(query));
	ldns_pkt_set_cd(reply, ldns_pkt_cd(query));
	ldns_pkt_set_ra(reply, true);
	if (ldns_pkt_edns(query)) {
		ldns_pkt_set_edns_udp_size(reply, ANSWER_UDP_MAX);
		ldns_pkt_set_edns_do(reply, ldns_pkt_edns_do(query));
	}
	return reply;
}

static size_t room(const ldns_pkt *query, bool tcp)
{
	size_t size = ldns_pkt_edns(query) ? ldns_pkt_edns_udp_size(query) : ANSWER_UDP_MIN;

	if (tcp)
		return LDNS_MAX_PACKETLEN;
	if (size < ANSWER_UDP_MIN)
		return ANSWER_UDP_MIN;
	return size < ANSWER_UDP_MAX ? size : ANSWER_UDP_MAX;
}

static void clear_section(ldns_pkt *reply, ldns_pkt_section section,
			  void (*set)(ldns_pkt *, ldns_rr_list *))
{
	set(reply, ldns_rr_list_new());
	ldns_pkt_set_section_count(reply, section, 0);
}

/* Whoever gets that asks again by TCP. */
static void truncate_reply(ldns_pkt *reply)
{
	ldns_rr_list_deep_free(ldns_pkt_answer(reply));
	ldns_rr_list_deep_free(ldns_pkt_authority(reply));
	ldns_rr_list_deep_free(ldns_pkt_additional(reply));
	clear_section(reply, LDNS_SECTION_ANSWER, ldns_pkt_set_answer);
	clear_section(reply, LDNS_SECTION_AUTHORITY, ldns_pkt_set_authority);
	clear_section(reply, LDNS_SECTION_ADDITIONAL, ldns_pkt_set_additional);
	ldns_pkt_set_tc(reply, true);
}

/* Consumes @reply. */
static struct answer reply_send(const ldns_pkt *query, ldns_pkt *reply, bool tcp)
{
	struct answer answer = { NULL, 0 };

	if (!reply)
		return answer;
	if (ldns_pkt2wire(&answer.wire, reply, &answer.len) != LDNS_STATUS_OK)
		answer.wire = NULL;
	if (answer.wire && answer.len > room(query, tcp)) {
		free(answer.wire);
		truncate_reply(reply);
		if (ldns_pkt2wire(&answer.wire, reply, &answer.len) != LDNS_STATUS_OK)
			answer.wire = NULL;
	}
	ldns_pkt_free(reply);
	return answer;
}

static struct answer answer_code(const ldns_pkt *query, int rcode, bool tcp)
{
	ldns_pkt *reply = reply_new(query);

	if (reply) {
		ldns_pkt_set_rcode(reply, rcode & 0xf);
		if (rcode > 0xf)
			ldns_pkt_set_edns_extended_rcode(reply, rcode >> 4);
	}
	return reply_send(query, reply, tcp);
}

/* How long who asked may remember that there is nothing (RFC 2308): @zone is where it is not. */
static void add_soa(ldns_pkt *reply, const char *zone)
{
	char text[4 * DNS_NAME_SIZE];
	ldns_rr *soa = NULL;

	snprintf(text, sizeof(text), SOA_FORMAT, zone, TTL, zone, zone, TTL);
	if (ldns_rr_new_frm_str(&soa, text, TTL, NULL, NULL) == LDNS_STATUS_OK)
		ldns_pkt_push_rr(reply, LDNS_SECTION_AUTHORITY, soa);
}

static void add_address(ldns_pkt *reply, const ldns_rdf *owner, uint32_t addr)
{
	ldns_rr *rr = ldns_rr_new();

	if (!rr)
		return;
	ldns_rr_set_owner(rr, ldns_rdf_clone(owner));
	ldns_rr_set_type(rr, LDNS_RR_TYPE_A);
	ldns_rr_set_class(rr, LDNS_RR_CLASS_IN);
	ldns_rr_set_ttl(rr, TTL);
	ldns_rr_push_rdf(rr, ldns_rdf_new_frm_data(LDNS_RDF_TYPE_A, sizeof(addr), &addr));
	ldns_pkt_push_rr(reply, LDNS_SECTION_ANSWER, rr);
}

/* IFE-31: its addresses take turns; of any other type it has nothing. */
static void add_addresses(ldns_pkt *reply, const ldns_rdf *owner, struct view_name *name,
			  ldns_rr_type type)
{
	unsigned int i;

	if (!name->n || (type != LDNS_RR_TYPE_A && type != LDNS_RR_TYPE_ANY)) {
		add_soa(reply, name->name);
		return;
	}
	for (i = 0; i < name->n; i++)
		add_address(reply, owner, name->addrs[(name->turn + i) % name->n]);
	name->turn = (name->turn + 1) % name->n;
}

/* IFE-32: that it is an alias, and what there is of the name that it stands for (RFC 1034, 3.6.2). */
static void add_alias(ldns_pkt *reply, const struct view_vpc *vpc, const ldns_rdf *owner,
		      const char *alias, ldns_rr_type type)
{
	struct view_name *name = view_find(vpc, alias);
	ldns_rdf *target = ldns_dname_new_frm_str(alias);
	ldns_rr *rr = ldns_rr_new();

	if (target && rr) {
		ldns_rr_set_owner(rr, ldns_rdf_clone(owner));
		ldns_rr_set_type(rr, LDNS_RR_TYPE_CNAME);
		ldns_rr_set_class(rr, LDNS_RR_CLASS_IN);
		ldns_rr_set_ttl(rr, TTL);
		ldns_rr_push_rdf(rr, ldns_rdf_clone(target));
		ldns_pkt_push_rr(reply, LDNS_SECTION_ANSWER, rr);
		rr = NULL;
		if (name && type != LDNS_RR_TYPE_CNAME && type != LDNS_RR_TYPE_ANY)
			add_addresses(reply, target, name, type);
	}
	ldns_rr_free(rr);
	ldns_rdf_deep_free(target);
}

static struct answer answer_name(const ldns_pkt *query, const struct view_vpc *vpc,
				 const ldns_rr *question, struct view_name *name, bool tcp)
{
	const ldns_rdf *owner = ldns_rr_owner(question);
	ldns_rr_type type = ldns_rr_get_type(question);
	ldns_pkt *reply = reply_new(query);

	if (reply && name->alias)
		add_alias(reply, vpc, owner, name->alias, type);
	else if (reply)
		add_addresses(reply, owner, name, type);
	return reply_send(query, reply, tcp);
}

static struct answer answer_no_name(const ldns_pkt *query, const struct view_vpc *vpc,
				    const char *name, bool tcp)
{
	ldns_pkt *reply = reply_new(query);

	if (reply) {
		add_soa(reply, vpc->domain);
		if (strcmp(name, vpc->domain))		/* the domain itself is there */
			ldns_pkt_set_rcode(reply, LDNS_RCODE_NXDOMAIN);
	}
	return reply_send(query, reply, tcp);
}

/* In lower case and without the dot at its end, but of the root; freed with free(). */
static char *name_text(const ldns_rdf *owner)
{
	char *text = ldns_rdf2str(owner), *c;
	size_t len;

	if (!text)
		return NULL;
	for (c = text; *c; c++)
		*c = tolower((unsigned char)*c);
	len = strlen(text);
	if (len > 1 && text[len - 1] == '.')
		text[len - 1] = '\0';
	return text;
}

/* The kinds of questions that are none of the view's: -1 when it is one. */
static int refusal(const struct view_vpc *vpc, const ldns_pkt *query, const ldns_rr *question)
{
	ldns_rr_type type = ldns_rr_get_type(question);

	if (ldns_pkt_edns(query) && ldns_pkt_edns_version(query))
		return 16;				/* BADVERS, RFC 6891 */
	if (ldns_pkt_get_opcode(query) != LDNS_PACKET_QUERY)
		return LDNS_RCODE_NOTIMPL;
	if (!vpc || !vpc->dns_support || ldns_rr_get_class(question) != LDNS_RR_CLASS_IN)
		return LDNS_RCODE_REFUSED;
	if (type == LDNS_RR_TYPE_AXFR || type == LDNS_RR_TYPE_IXFR)
		return LDNS_RCODE_REFUSED;
	return -1;
}

/* Keeps @query for @forward if that is what becomes of it. */
static struct answer answer_query(const struct view_vpc *vpc, ldns_pkt *query, bool tcp,
				  struct forward *forward)
{
	const ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(query), 0);
	struct answer answer = { NULL, 0 };
	struct view_name *own;
	int rcode;
	char *name;

	rcode = refusal(vpc, query, question);
	if (rcode >= 0)
		return answer_code(query, rcode, tcp);
	name = name_text(ldns_rr_owner(question));
	if (!name)
		return answer;
	own = view_find(vpc, name);
	if (own) {
		answer = answer_name(query, vpc, question, own, tcp);
	} else if (view_in_domain(vpc, name)) {
		answer = answer_no_name(query, vpc, name, tcp);
	} else if (!ldns_pkt_rd(query)) {
		answer = answer_code(query, LDNS_RCODE_REFUSED, tcp);
	} else {
		*forward = (struct forward){ query, name, ldns_rr_get_type(question) };
		return answer;
	}
	free(name);
	return answer;
}

struct answer answer_make(const struct view_vpc *vpc, const uint8_t *wire, size_t len, bool tcp,
			  struct forward *forward)
{
	struct answer answer = { NULL, 0 };
	ldns_pkt *query = NULL;

	*forward = (struct forward){ NULL, NULL, 0 };
	if (len < HEADER_LEN || LDNS_QR_WIRE(wire))
		return answer;
	if (!counts_sane(wire))
		return answer_header(wire, LDNS_RCODE_FORMERR);
	if (ldns_wire2pkt(&query, wire, len) != LDNS_STATUS_OK)
		return answer_header(wire, LDNS_RCODE_FORMERR);
	if (ldns_rr_list_rr_count(ldns_pkt_question(query)) == 1)
		answer = answer_query(vpc, query, tcp, forward);
	if (!forward->query)
		ldns_pkt_free(query);
	return answer;
}

void forward_free(struct forward *forward)
{
	free(forward->name);
	ldns_pkt_free(forward->query);
	*forward = (struct forward){ NULL, NULL, 0 };
}

/* Of signatures only who wants them is told (RFC 3225, 3). */
static bool is_wanted(const ldns_rr *rr, const ldns_pkt *query)
{
	const ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(query), 0);
	ldns_rr_type type = ldns_rr_get_type(rr);

	if (type == LDNS_RR_TYPE_OPT)
		return false;
	if (ldns_pkt_edns_do(query) || type == ldns_rr_get_type(question))
		return true;
	return type != LDNS_RR_TYPE_RRSIG && type != LDNS_RR_TYPE_NSEC &&
	       type != LDNS_RR_TYPE_NSEC3;
}

static void copy_section(ldns_pkt *to, const ldns_pkt *query, const ldns_rr_list *from,
			 ldns_pkt_section section)
{
	ldns_rr *rr;
	size_t i;

	for (i = 0; i < ldns_rr_list_rr_count(from); i++) {
		rr = ldns_rr_list_rr(from, i);
		if (is_wanted(rr, query))
			ldns_pkt_push_rr(to, section, ldns_rr_clone(rr));
	}
}

struct answer answer_forwarded(const ldns_pkt *query, const uint8_t *wire, size_t len, int rcode,
			       bool tcp)
{
	ldns_pkt *reply, *from = NULL;

	if (!wire || ldns_wire2pkt(&from, wire, len) != LDNS_STATUS_OK)
		return answer_code(query, rcode ? rcode : LDNS_RCODE_SERVFAIL, tcp);
	reply = reply_new(query);
	if (reply) {
		ldns_pkt_set_rcode(reply, ldns_pkt_get_rcode(from));
		copy_section(reply, query, ldns_pkt_answer(from), LDNS_SECTION_ANSWER);
		copy_section(reply, query, ldns_pkt_authority(from), LDNS_SECTION_AUTHORITY);
		copy_section(reply, query, ldns_pkt_additional(from), LDNS_SECTION_ADDITIONAL);
	}
	ldns_pkt_free(from);
	return reply_send(query, reply, tcp);
}
