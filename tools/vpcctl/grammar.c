// SPDX-License-Identifier: GPL-2.0
/* Reading a command by the tables, and telling what they take. */

#include "vpcctl.h"

#include <string.h>

static const struct {
	const char *alias, *name;
} aliases[] = {
	{ "list", "show" },
	{ "delete", "del" },
};

bool matches(const char *prefix, const char *word)
{
	return !strncmp(prefix, word, strlen(prefix));
}

/* As in iproute2 the first that begins so, but a whole word before any beginning. */
static const struct noun *noun_find(const char *word)
{
	size_t i;

	for (i = 0; nouns[i]; i++)
		if (!strcmp(word, nouns[i]->name))
			return nouns[i];
	for (i = 0; nouns[i]; i++)
		if (*word && matches(word, nouns[i]->name))
			return nouns[i];
	return NULL;
}

static const struct verb *verb_find(const struct noun *noun, const char *word)
{
	const struct verb *v;
	size_t i;

	for (v = noun->verbs; v->name; v++)
		if (!strcmp(word, v->name))
			return v;
	for (v = noun->verbs; v->name; v++)
		if (*word && matches(word, v->name))
			return v;
	for (i = 0; i < ARRAY_SIZE(aliases); i++)
		if (*word && matches(word, aliases[i].alias) &&
		    strcmp(word, aliases[i].name))
			return verb_find(noun, aliases[i].name);
	return NULL;
}

static const struct word *word_find(const struct verb *verb, const char *text)
{
	const struct word *w;

	for (w = verb->words; w && w->word; w++)
		if (!(w->flags & WORD_POSITION) && !strcmp(text, w->word))
			return w;
	return NULL;
}

/* The value behind a word that the verb reads itself. */
const char *call_word(const struct call *call, const char *word)
{
	const struct word *w;
	int i;

	for (i = 0; i < call->argc; i++) {
		w = i ? word_find(call->verb, call->argv[i]) : NULL;
		if (w && !strcmp(w->word, word))
			return w->meta ? call->argv[i + 1] : w->word;
		if (w && w->meta)
			i++;
	}
	return NULL;
}

static int word_put(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return w->put ? w->put(nlh, w, value) : EXIT_OK;
}

/* Those of a position that takes any number; returns where they end, or -1. */
static int position_many(struct call *call, const struct word *w, int i)
{
	for (; i < call->argc && !word_find(call->verb, call->argv[i]); i++)
		if (word_put(call->nlh, w, call->argv[i]))
			return -1;
	return i;
}

/* The values that stand first; returns how many, or -1. */
static int positions_parse(struct call *call)
{
	const struct word *w;
	int i = 0;

	for (w = call->verb->words; w && w->word && w->flags & WORD_POSITION; w++) {
		const char *value = i < call->argc ? call->argv[i] : NULL;

		if (value && !(w->flags & WORD_REQUIRED) && word_find(call->verb, value))
			value = NULL;
		if (!value && w->flags & WORD_REQUIRED) {
			usage_error("%s is missing", w->meta);
			return -1;
		}
		if (!value)
			break;
		if (!i)
			place.name = value;
		if (w->flags & WORD_REST)
			return call->argc;
		if (w->flags & WORD_MANY)
			return position_many(call, w, i);
		if (word_put(call->nlh, w, value))
			return -1;
		i++;
	}
	return i;
}

/* The words of a choice stand together in a table. */
static int choice_error(const struct word *w)
{
	char list[128] = "";
	size_t len = 0;

	for (; w->word && w->flags & WORD_ONE_OF && len < sizeof(list); w++)
		len += snprintf(list + len, sizeof(list) - len, "%s%s", len ? ", " : "", w->word);
	return usage_error("needs one of: %s", list);
}

static int words_check(const struct verb *verb, uint32_t seen)
{
	const struct word *w, *choice = NULL;
	unsigned int chosen = 0, i;

	for (i = 0, w = verb->words; w && w->word; w++, i++) {
		bool there = seen & 1u << i;

		if (w->flags & WORD_ONE_OF) {
			choice = choice ? choice : w;
			chosen += there;
		} else if (!(w->flags & WORD_POSITION) && w->flags & WORD_REQUIRED && !there) {
			return usage_error("%s is missing", w->word);
		}
	}
	return choice && chosen != 1 ? choice_error(choice) : EXIT_OK;
}

static int words_parse(struct call *call)
{
	const struct word *w;
	uint32_t seen = 0;
	int i, ret;

	i = positions_parse(call);
	if (i < 0)
		return EXIT_USAGE;
	for (; i < call->argc; i++) {
		uint32_t bit;

		w = word_find(call->verb, call->argv[i]);
		if (!w)
			return usage_error("what is \"%s\"? Try \"vpcctl %s help\"", call->argv[i],
					   place.noun);
		bit = 1u << (w - call->verb->words);
		if (seen & bit && !(w->flags & WORD_MANY))
			return usage_error("%s is there twice", w->word);
		seen |= bit;
		if (w->meta && ++i == call->argc)
			return usage_error("%s needs a value: %s", w->word, w->meta);
		ret = word_put(call->nlh, w, call->argv[i]);
		if (ret)
			return ret;
	}
	ret = words_check(call->verb, seen);
	return ret || !call->verb->complete ? ret : call->verb->complete(call->nlh);
}

static void help_word(const struct word *w)
{
	const char *value = w->meta ? w->meta : "";
	const char *gap = w->meta ? " " : "";

	if (w->flags & WORD_POSITION)
		printf(w->flags & WORD_REQUIRED ? " %s" : " [%s%s]", value,
		       w->flags & WORD_MANY ? " ..." : "");
	else if (w->flags & WORD_MANY && w->flags & WORD_REQUIRED)
		printf(" %s %s [%s %s ...]", w->word, value, w->word, value);
	else if (w->flags & WORD_REQUIRED)
		printf(" %s%s%s", w->word, gap, value);
	else if (!(w->flags & WORD_ONE_OF))
		printf(" [%s%s%s%s]", w->word, gap, value, w->flags & WORD_MANY ? " ..." : "");
}

static void help_choice(const struct verb *verb)
{
	const struct word *w;
	bool any = false;

	for (w = verb->words; w && w->word; w++) {
		if (!(w->flags & WORD_ONE_OF))
			continue;
		printf(" %s %s%s%s", any ? "|" : "{", w->word, w->meta ? " " : "",
		       w->meta ? w->meta : "");
		any = true;
	}
	if (any)
		fputs(" }", stdout);
}

void help_noun(const struct noun *noun, const struct verb *only)
{
	const struct verb *v;
	const struct word *w;

	for (v = noun->verbs; v->name; v++) {
		if (only && only != v)
			continue;
		printf("vpcctl %s%s%s", noun->name, *v->name ? " " : "", v->name);
		for (w = v->words; w && w->word; w++)
			help_word(w);
		help_choice(v);
		putchar('\n');
	}
}

/*
 * Reads a command and builds its request in buf. Leaves call->verb NULL if it was a cry for
 * help, which is answered already.
 */
int call_parse(struct call *call, void *buf, int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "show";
	int first;

	*call = (struct call){ .noun = noun_find(argv[0]) };
	place.noun = place.verb = place.name = NULL;
	if (!call->noun)
		return usage_error("object \"%s\" is unknown, try \"vpcctl help\"", argv[0]);
	place.noun = call->noun->name;
	if (!strcmp(verb, "help")) {
		help_noun(call->noun, NULL);
		return EXIT_OK;
	}

	/* An object with nothing but one nameless command, as monitor, takes its words at once. */
	call->verb = *call->noun->verbs->name ? verb_find(call->noun, verb) : call->noun->verbs;
	if (!call->verb)
		return usage_error("command \"%s\" is unknown, try \"vpcctl %s help\"", verb,
				   place.noun);
	first = *call->verb->name ? 2 : 1;
	if (first == 2)
		place.verb = call->verb->name;
	if (argc > first) {
		call->argc = argc - first;
		call->argv = argv + first;
		if (!strcmp(call->argv[0], "help")) {
			help_noun(call->noun, call->verb);
			call->verb = NULL;
			return EXIT_OK;
		}
	}
	call->nlh = nl_request(buf, call->verb->cmd, VPC_GENL_VERSION);
	return words_parse(call);
}
