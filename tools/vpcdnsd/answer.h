/* SPDX-License-Identifier: GPL-2.0 */
/* From the bytes of a question to those of its answer, with ldns and the view, and nothing else. */

#ifndef VPCDNSD_ANSWER_H
#define VPCDNSD_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ldns/ldns.h>

struct view_vpc;

/* Largest UDP answer: no fragments on any link of 1280 bytes or more. */
#define ANSWER_UDP_MAX	1232
#define ANSWER_UDP_MIN	512		/* RFC 1035, 4.2.1 */

struct answer {
	uint8_t *wire;			/* to be freed with free(); NULL: nothing is said */
	size_t len;
};

/* A question that somebody else has to answer. */
struct forward {
	ldns_pkt *query;		/* NULL: none */
	char *name;			/* as text */
	int type;
};

/*
 * Answer what the router knows and refuse what is none of its business; @forward is what is left.
 * @vpc: that asks, NULL for a stranger
 */
struct answer answer_make(const struct view_vpc *vpc, const uint8_t *wire, size_t len, bool tcp,
			  struct forward *forward);

void forward_free(struct forward *forward);

/* To a forwarded question from what came back; @reply NULL: only the code. */
struct answer answer_forwarded(const ldns_pkt *query, const uint8_t *reply, size_t len, int rcode,
			       bool tcp);

#endif
