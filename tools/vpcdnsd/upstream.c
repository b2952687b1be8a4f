// SPDX-License-Identifier: GPL-2.0
#include "upstream.h"

#include <stdio.h>
#include <stdlib.h>
#include <unbound.h>

#define CLASS_IN	1

static struct ub_ctx *ctx;

struct question {
	upstream_fn fn;
	void *data;
};

static bool said(const char *what, int err)
{
	if (err)
		fprintf(stderr, "vpcdnsd: %s: %s\n", what, ub_strerror(err));
	return !err;
}

static bool set_options(void)
{
	/* No anchors are configured, so there is nothing to validate with. */
	static const char *const options[][2] = {
		{ "module-config:", "iterator" },
		{ "do-not-query-localhost:", "no" },
		{ "edns-buffer-size:", "1232" },
		{ "use-syslog:", "no" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (!said(options[i][0], ub_ctx_set_option(ctx, options[i][0], options[i][1])))
			return false;
	return true;
}

/* Its work is done by a thread of the library's own: this process waits for nobody. */
bool upstream_open(const char *const *forwarders, unsigned int n)
{
	unsigned int i;

	ctx = ub_ctx_create();
	if (!ctx) {
		fputs("vpcdnsd: libunbound: no memory\n", stderr);
		return false;
	}
	if (!set_options() || !said("libunbound", ub_ctx_async(ctx, 1)))
		return false;
	for (i = 0; i < n; i++)
		if (!said(forwarders[i], ub_ctx_set_fwd(ctx, forwarders[i])))
			return false;
	return n || said("/etc/resolv.conf", ub_ctx_resolvconf(ctx, NULL));
}

int upstream_fd(void)
{
	return ub_fd(ctx);
}

void upstream_answers(void)
{
	ub_process(ctx);
}

static void answered(void *data, int err, struct ub_result *result)
{
	struct question question = *(struct question *)data;

	free(data);
	if (err || !result)
		question.fn(question.data, NULL, 0, 0);
	else
		question.fn(question.data, result->answer_packet, result->answer_len,
			    result->rcode);
	ub_resolve_free(result);
}

bool upstream_ask(const char *name, int type, upstream_fn fn, void *data)
{
	struct question *question = malloc(sizeof(*question));

	if (!question)
		return false;
	*question = (struct question){ fn, data };
	if (!ub_resolve_async(ctx, name, type, CLASS_IN, question, answered, NULL))
		return true;
	free(question);
	return false;
}
