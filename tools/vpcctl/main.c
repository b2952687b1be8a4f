// SPDX-License-Identifier: GPL-2.0
/* vpcctl: the command line of vpc.ko. */

#include "vpcctl.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "netns.h"
#include "print.h"

#define VPCCTL_VERSION	"0.1"

const struct noun *const nouns[] = {
	&noun_vpc, &noun_subnet, &noun_eni, &noun_uplink, &noun_route, &noun_route_table,
	&noun_association, &noun_prefix_list, &noun_igw, &noun_eip, &noun_service,
	&noun_endpoint, &noun_peering, &noun_security_group, &noun_network_acl, &noun_eigw,
	&noun_nat_gateway, &noun_nlb, &noun_listener, &noun_target_group, &noun_target,
	&noun_endpoint_service, &noun_block_public_access, &noun_session, &noun_stats,
	&noun_limits,
	&noun_config, &noun_monitor, &noun_instance, NULL
};

static void help(FILE *to)
{
	size_t i;

	fputs("Usage: vpcctl [OPTIONS] OBJECT [COMMAND] [help]\n"
	      "       vpcctl [-n NETNS] -b FILE\n\n"
	      "Options: -j JSON  -p pretty JSON  -n NETNS  -b FILE (one transaction, - is stdin)\n"
	      "         -h help  -V version\n\nObjects:\n", to);
	for (i = 0; nouns[i]; i++)
		fprintf(to, "  %-14s%s\n", nouns[i]->name, nouns[i]->help);
}

static struct nl *nl_failed(const struct nl_error *err)
{
	if (err->code == ENOENT)
		fputs("vpcctl: vpc.ko is not loaded (or not in this kernel): modprobe vpc\n", stderr);
	else
		kernel_error(err);
	return NULL;
}

struct nl *vpc_nl(void)
{
	static struct nl nl;
	struct nl_error err;
	int ret;

	if (nl.family)
		return &nl;
	ret = nl_open(&nl, NETLINK_GENERIC);
	if (ret) {
		system_error(ret, "netlink socket");
		return NULL;
	}
	ret = nl_resolve(&nl, VPC_FAMILY_NAME, VPC_MCGRP_EVENTS, &err);
	if (ret) {
		nl_close(&nl);
		return nl_failed(&err);
	}
	return &nl;
}

static int command_run(int argc, char **argv)
{
	static char buf[NL_REQUEST_MAX] __attribute__((aligned(8)));
	struct call call;
	int ret;

	ret = call_parse(&call, buf, argc, argv);
	if (!ret && call.verb)
		ret = call.verb->run(&call);
	return ret;
}

int main(int argc, char **argv)
{
	const char *netns = NULL, *batch = NULL;
	bool json = false, pretty = false;
	int opt, ret;

	while ((opt = getopt(argc, argv, "+jpn:b:hV")) != -1) {
		switch (opt) {
		case 'j':
			json = true;
			break;
		case 'p':
			pretty = true;
			break;
		case 'n':
			netns = optarg;
			break;
		case 'b':
			batch = optarg;
			break;
		case 'h':
			help(stdout);
			return EXIT_OK;
		case 'V':
			puts("vpcctl " VPCCTL_VERSION);
			return EXIT_OK;
		default:
			return EXIT_USAGE;
		}
	}
	argc -= optind;
	argv += optind;
	print_init(json, pretty);

	ret = netns ? netns_enter(netns) : 0;
	if (ret)
		return system_error(ret, "network namespace %s", netns);
	if (batch)
		return argc ? usage_error("-b takes no command") : batch_run(batch);
	if (argc && strcmp(argv[0], "help"))
		ret = command_run(argc, argv);
	else
		help(argc ? stdout : stderr);
	if (!argc)
		return EXIT_USAGE;
	if (fflush(stdout) && errno != EPIPE)
		return system_error(errno, "standard output");
	return ret;
}
