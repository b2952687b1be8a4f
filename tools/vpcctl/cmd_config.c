// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

#include "print.h"

/* What somebody has configured: nouns whose every change is an event. */
static const struct verb *config_dump(const struct noun *noun)
{
	const struct verb *v;

	if (!noun->new_ntf)
		return NULL;
	for (v = noun->verbs; v->name; v++)
		if (!strcmp(v->name, "show"))
			return v;
	return NULL;
}

static int run_config(const struct call *call)
{
	static char buf[NL_REQUEST_MAX] __attribute__((aligned(8)));
	int ret = EXIT_OK;
	size_t i;

	(void)call;
	print_object_open(NULL);
	for (i = 0; nouns[i] && !ret; i++) {
		const struct verb *dump = config_dump(nouns[i]);

		if (dump)
			ret = show_all(nouns[i], nl_request(buf, dump->cmd, VPC_GENL_VERSION));
	}
	print_object_close();
	return ret;
}

static const struct verb verbs[] = {
	{ "show", run_config, NULL, 0, 0 },
	{ }
};

const struct noun noun_config = {
	.name = "config",
	.help = "every object and limit at once, line by line or as one JSON document",
	.verbs = verbs,
};
