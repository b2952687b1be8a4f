/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A noun is tables: the attributes it shows, and verbs that each list the words they take.
 * The tables are parser, help and printer at once.
 */

#ifndef VPCCTL_H
#define VPCCTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <linux/genetlink.h>
#include <linux/vpc.h>

#include "nl.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* Also what the functions that can fail return: the exit code, said already. */
enum {
	EXIT_OK,
	EXIT_USAGE,
	EXIT_REFUSED,
};

enum attr_kind {
	ATTR_NONE,
	ATTR_STRING,
	ATTR_NUMBER,	/* of any width */
	ATTR_SWITCH,
	ATTR_ENUM,
	ATTR_FLAG,
	ATTR_ADDRESS,
	ATTR_MAC,
	ATTR_PREFIX,
	ATTR_PROTOCOL,
	ATTR_NEST,
};

enum {
	ATTR_MANY = 1 << 0,	/* a list in JSON */
	ATTR_BARE = 1 << 1,	/* needs no label in text */
	ATTR_JSON = 1 << 2,	/* too long for a line of text */
};

/* One line of the specification; tables are indexed by attribute number. */
struct attr {
	const char *key;
	enum attr_kind kind;
	unsigned int flags;
	const char *const *names;	/* of an enum, NULL at the end */
	const struct attr *members;	/* of a nest, by attribute number */
	size_t n_members;
};

enum {
	WORD_POSITION = 1 << 0,	/* the value stands without the word */
	WORD_REQUIRED = 1 << 1,
	WORD_MANY     = 1 << 2,
	WORD_ONE_OF   = 1 << 3,	/* exactly one of those so marked */
	WORD_REST     = 1 << 4,	/* this position and what follows is the verb's to read */
};

struct word {
	const char *word;
	const char *meta;	/* the value in help; NULL: the word has none */
	/* Appends the value to the request; NULL: the verb reads it itself. */
	int (*put)(struct nlmsghdr *nlh, const struct word *w, const char *value);
	uint16_t attr;
	uint16_t arg;		/* what put() wants to know beside */
	unsigned int flags;
};

struct noun;
struct call;

struct verb {
	const char *name;
	int (*run)(const struct call *call);
	const struct word *words;
	uint8_t cmd;
	uint8_t op;		/* VPC_A_OP_*; 0: not a change, or not in a transaction */
	int (*complete)(struct nlmsghdr *nlh);	/* what the words left out, or NULL */
};

struct noun {
	const char *name;
	const char *help;
	const struct verb *verbs;
	const struct attr *attrs;
	size_t n_attrs;
	/* Text where a list of labels and values reads badly; tb by attribute number. */
	void (*text)(const struct nlattr *const *tb);
	/* What is not said by the kernel, but follows from it; or NULL. */
	void (*extra)(const struct nlattr *const *tb, const struct nlmsghdr *nlh);
	uint16_t merge[5];	/* attributes that a dump may continue in the next message, then 0 */
	bool live;		/* changes too fast to be read in one moment */
	uint8_t new_ntf;
	uint8_t del_ntf;
};

/* A command as parsed. */
struct call {
	const struct noun *noun;
	const struct verb *verb;
	struct nlmsghdr *nlh;
	int argc;		/* the words behind the verb */
	char **argv;
};

/* main.c */
extern const struct noun *const nouns[];
struct nl *vpc_nl(void);	/* opened at first use; NULL: said why */

/* grammar.c */
int call_parse(struct call *call, void *buf, int argc, char **argv);
/* main(), where it is a part of selftests/vpcctl_server.c */
int vpcctl_main(int argc, char **argv);
const char *call_word(const struct call *call, const char *word);
bool matches(const char *prefix, const char *word);
void help_noun(const struct noun *noun, const struct verb *only);

/* put.c */
int put_data(struct nlmsghdr *nlh, uint16_t attr, const void *data, size_t len);
int put_string(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_list(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_scoped(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_u8(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_u16(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_u32(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_u64(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_switch(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_flag(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_either(struct nlmsghdr *nlh, const struct word *w, const char *value,
	       const char *const names[2]);
int put_name(struct nlmsghdr *nlh, const struct word *w, const char *value,
	     const char *const *names);
int put_exclusion(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_nlb_protocol(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_protocol(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_ports(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_address(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_any_address(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_mac(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_prefix(struct nlmsghdr *nlh, const struct word *w, const char *value);
int put_entry(struct nlmsghdr *nlh, const struct word *w, const char *value);

/* policy.c */
int put_policy(struct nlmsghdr *nlh, const struct word *w, const char *value);

/* run.c */
int run_change(const struct call *call);
int run_show(const struct call *call);	/* one object if the first word names it */
int run_list(const struct call *call);	/* always a dump, the words narrow it */
int show_all(const struct noun *noun, struct nlmsghdr *dump);	/* under the noun's own name */
void tb_parse(const struct noun *noun, const struct nlmsghdr *nlh, const struct nlattr **tb);

/* show.c */
const char *protocol_name(uint8_t protocol);
void show_attr(const struct attr *spec, const struct nlattr *a);
void show_fields(const struct noun *noun, const struct nlmsghdr *nlh);
void show_object(const struct noun *noun, const struct nlmsghdr *nlh);

/* report.c */
struct place {
	const char *file;	/* of a batch */
	unsigned int line;
	const char *noun, *verb, *name;
};
extern struct place place;
int usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int system_error(int err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int kernel_error(const struct nl_error *err);
int kernel_error_at(const struct nl_error *err, const char *what);
int kernel_done(const struct nl_error *err);

/* batch.c */
int batch_run(const char *file);

/* cmd_*.c */
extern const char *const state_names[];
extern const char *const exclusion_names[];
extern const char *const nlb_protocol_names[];
extern const char *const target_state_names[];
extern const struct noun noun_vpc, noun_subnet, noun_eni, noun_uplink, noun_route_table,
	noun_route, noun_association, noun_prefix_list, noun_igw, noun_eip, noun_service,
	noun_endpoint, noun_peering, noun_security_group, noun_network_acl, noun_eigw,
	noun_nat_gateway, noun_nlb, noun_listener, noun_target_group, noun_target,
	noun_endpoint_service, noun_block_public_access, noun_session, noun_stats,
	noun_limits,
	noun_config, noun_monitor, noun_instance;

/* Words and tables that most nouns share. */
#define WORD_REF(nr)	{ "REF", "REF", put_string, nr, 0, WORD_POSITION | WORD_REQUIRED }
#define WORD_REF_OPT(nr) { "REF", "REF", put_string, nr, 0, WORD_POSITION }
#define WORD_NAME(nr)	{ "NAME", "NAME", put_string, nr, 0, WORD_POSITION | WORD_REQUIRED }
/* Of VPC Block Public Access, to be set for a VPC or a subnet. */
#define WORD_EXCLUSION(nr) \
	{ "internet-gateway-exclusion-mode", "none|allow-bidirectional|allow-egress", \
	  put_exclusion, nr, 0, 0 }
#define NOUN_ATTRS(a)	.attrs = a, .n_attrs = ARRAY_SIZE(a)

#endif
