// SPDX-License-Identifier: GPL-2.0
/* What most verbs do: send the request that their words built, show the answer. */

#include "vpcctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "print.h"

/* Holds an object back until the messages that continue it have come. */
struct shower {
	const struct noun *noun;
	bool named;		/* text: each line begins with the noun */
	struct nlmsghdr *held;
	size_t size;
};

void tb_parse(const struct noun *noun, const struct nlmsghdr *nlh, const struct nlattr **tb)
{
	const struct nlattr *attr;

	memset(tb, 0, noun->n_attrs * sizeof(*tb));
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		uint16_t nr = mnl_attr_get_type(attr);

		if (nr < noun->n_attrs && !tb[nr])
			tb[nr] = attr;
	}
}

static const char *message_id(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr;

	/* An object's id is the first attribute of every noun that can be continued. */
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == VPC_A_PREFIX_LIST_ID)
			return mnl_attr_get_str(attr);
	return "";
}

static void shower_show(const struct shower *s, const struct nlmsghdr *nlh)
{
	if (s->named)
		print_text("%s", s->noun->name);
	show_object(s->noun, nlh);
}

static int held_reserve(struct shower *s, size_t size)
{
	void *more;

	if (size <= s->size)
		return 0;
	more = realloc(s->held, 2 * size);
	if (!more)
		return -ENOMEM;
	s->held = more;
	s->size = 2 * size;
	return 0;
}

static void held_show(struct shower *s)
{
	if (s->held && s->held->nlmsg_len)
		shower_show(s, s->held);
	if (s->held)
		s->held->nlmsg_len = 0;
}

static int held_start(struct shower *s, const struct nlmsghdr *nlh)
{
	held_show(s);
	if (held_reserve(s, nlh->nlmsg_len))
		return -ENOMEM;
	memcpy(s->held, nlh, nlh->nlmsg_len);
	return 0;
}

static bool continues(const struct noun *noun, uint16_t nr)
{
	const uint16_t *m;

	for (m = noun->merge; *m; m++)
		if (*m == nr)
			return true;
	return false;
}

static int held_continue(struct shower *s, const struct nlmsghdr *nlh)
{
	const struct nlattr *attr;

	if (held_reserve(s, s->held->nlmsg_len + nlh->nlmsg_len))
		return -ENOMEM;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (!continues(s->noun, mnl_attr_get_type(attr)))
			continue;
		memcpy((char *)s->held + s->held->nlmsg_len, attr, MNL_ALIGN(attr->nla_len));
		s->held->nlmsg_len += MNL_ALIGN(attr->nla_len);
	}
	return 0;
}

static int show_message(const struct nlmsghdr *nlh, void *data)
{
	struct shower *s = data;

	if (!*s->noun->merge) {
		shower_show(s, nlh);
		return 0;
	}
	if (s->held && s->held->nlmsg_len && !strcmp(message_id(s->held), message_id(nlh)))
		return held_continue(s, nlh);
	return held_start(s, nlh);
}

typedef int (*ask_fn)(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data,
		      struct nl_error *err);

/* With JSON even an answer cut short by an error is well formed. */
static int ask_and_show(struct shower *shower, const char *key, struct nlmsghdr *nlh, ask_fn ask)
{
	struct nl *nl = vpc_nl();
	struct nl_error err;
	int ret;

	if (!nl)
		return EXIT_REFUSED;
	print_array_open(key);
	ret = ask(nl, nlh, show_message, shower, &err);
	held_show(shower);
	free(shower->held);
	print_array_close();
	return ret ? kernel_error(&err) : kernel_done(&err);
}

static int call_show(const struct call *call, ask_fn ask)
{
	struct shower shower = { .noun = call->noun };

	return ask_and_show(&shower, NULL, call->nlh, ask);
}

int show_all(const struct noun *noun, struct nlmsghdr *nlh)
{
	struct shower shower = { .noun = noun, .named = true };

	return ask_and_show(&shower, noun->name, nlh, nl_dump);
}

int run_list(const struct call *call)
{
	return call_show(call, call->noun->live ? nl_stream : nl_dump);
}

/* What may be too long for one message is dumped even if it is one object. */
int run_show(const struct call *call)
{
	if (place.name && !*call->noun->merge)
		return call_show(call, nl_talk);
	return run_list(call);
}

/* Silent like ip; with -j a new object is shown, as it is there that its id is wanted. */
int run_change(const struct call *call)
{
	struct nl_error err;
	struct nl *nl;

	if (print_is_json())
		return call_show(call, nl_talk);
	nl = vpc_nl();
	if (!nl)
		return EXIT_REFUSED;
	return nl_talk(nl, call->nlh, NULL, NULL, &err) ? kernel_error(&err) : kernel_done(&err);
}
