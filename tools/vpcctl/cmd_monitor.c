// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

#include "print.h"

static const struct noun *noun_of_event(uint8_t cmd)
{
	size_t i;

	for (i = 0; nouns[i]; i++)
		if (cmd == nouns[i]->new_ntf || cmd == nouns[i]->del_ntf)
			return nouns[i];
	return NULL;
}

/* In JSON what a YNL client makes of a notification. */
static int show_event(const struct nlmsghdr *nlh, void *data)
{
	const struct noun *noun;
	char name[64];
	uint8_t cmd;

	(void)data;
	if (!nlh) {
		fputs("vpcctl: monitor: events came too fast, some are lost\n", stderr);
		return 0;
	}
	cmd = ((const struct genlmsghdr *)mnl_nlmsg_get_payload(nlh))->cmd;
	noun = cmd ? noun_of_event(cmd) : NULL;
	if (!noun)
		return 0;

	snprintf(name, sizeof(name), "%s%s-ntf", noun->name,
		 cmd == noun->del_ntf ? "-del" : !noun->del_ntf ? "" : "-new");
	print_object_open(NULL);
	print_string("name", NULL, name);
	print_text("%s %s", noun->name, cmd == noun->del_ntf ? "del" : "new");
	if (print_is_json())
		print_object_open("msg");
	show_fields(noun, nlh);
	if (print_is_json())
		print_object_close();
	print_object_close();
	return fflush(stdout) ? 1 : 0;
}

static int run_monitor(const struct call *call)
{
	struct nl *nl = vpc_nl();
	int ret;

	(void)call;
	if (!nl)
		return EXIT_REFUSED;
	print_init(print_is_json(), false);
	ret = nl_listen(nl, show_event, NULL);
	return ret < 0 ? system_error(ret, "events") : EXIT_OK;
}

static const struct verb verbs[] = {
	{ "", run_monitor, NULL, 0, 0 },
	{ }
};

const struct noun noun_monitor = {
	.name = "monitor",
	.help = "events as they happen",
	.verbs = verbs,
};
