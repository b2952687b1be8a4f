/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What each VPC sees: names that are its own, and those that all have. A VPC is known by the address
 * that its questions come from; a name belongs to an object, with which it comes and goes.
 */

#ifndef VPCDNSD_VIEW_H
#define VPCDNSD_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "dns_names.h"

#define VIEW_ID_SIZE	32
#define VIEW_ADDRS_MAX	16

struct view_vpc {
	struct view_vpc *next;		/* of those with the same hash of the id */
	struct view_vpc *next_source;	/* ... of the source */
	uint32_t source;		/* IPv4 address, network order; 0: it cannot ask */
	bool dns_support;		/* VPC-13 */
	uint32_t pending;		/* questions that upstream has yet to answer */
	char id[VIEW_ID_SIZE];
	char domain[DNS_NAME_SIZE];	/* of its interfaces, "" without a region */
};

struct view_name {
	struct view_name *next;		/* of those with the same hash */
	struct view_name *next_own;	/* of those of the same object */
	char vpc[VIEW_ID_SIZE];		/* that sees it, "" for all */
	unsigned int turn;		/* which address comes first the next time */
	unsigned int n;
	uint32_t addrs[VIEW_ADDRS_MAX];	/* network order */
	const char *alias;		/* the name whose addresses it has, or NULL */
	char name[];			/* lower case, no dot at the end */
};

void view_clear(void);

/* The VPC of that id as it is now. False: no memory. */
bool view_set_vpc(const char *id, uint32_t source, bool dns_support, const char *region);
struct view_vpc *view_vpc(const char *id);
struct view_vpc *view_vpc_by_source(uint32_t source);

/* The object of that id, a VPC or another, is gone, and its names with it. */
void view_del(const char *id);

/* A name more of an object; @vpc "" for all. False: no memory. */
bool view_add(const char *id, const char *vpc, const char *name, const uint32_t *addrs,
	      unsigned int n);

/* Likewise one that stands for another, whose addresses are those of that (a CNAME). */
bool view_add_alias(const char *id, const char *vpc, const char *name, const char *alias);

/*
 * @name, in lower case, as @vpc sees it, its own first; if there is none the closest one that stands
 * for all below it, "*.example.com"; or NULL.
 */
struct view_name *view_find(const struct view_vpc *vpc, const char *name);

/* @name lies in the domain of @vpc's interfaces, so nobody else knows more of it. */
bool view_in_domain(const struct view_vpc *vpc, const char *name);

#endif
