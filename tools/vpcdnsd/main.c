// SPDX-License-Identifier: GPL-2.0
/* vpcdnsd: the resolver of every VPC of a network namespace. */

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "learn.h"
#include "privileges.h"
#include "serve.h"
#include "upstream.h"

#define FORWARDERS_MAX	8

enum { ROUTER, UPSTREAM, SERVE };	/* places among what is waited for */

struct options {
	const char *netns;
	const char *user;
	struct sockaddr_in addr;
	unsigned int n_forwarders;
	const char *forwarders[FORWARDERS_MAX];
};

static void help(FILE *to)
{
	fputs("Usage: vpcdnsd -l ADDRESS [OPTIONS]\n\n"
	      "  -l ADDRESS         where it is asked, the address of the router's resolver service\n"
	      "  -n NETNS           where the router is, when not here\n"
	      "  -f ADDRESS[@PORT]  whom it asks itself; several times, or those of resolv.conf\n"
	      "  -u USER            who it is after its start, nobody when not given\n"
	      "  -h                 this\n", to);
}

static int usage(const char *what, const char *arg)
{
	fprintf(stderr, "vpcdnsd: %s%s%s\n", what, arg ? " " : "", arg ? arg : "");
	help(stderr);
	return 1;
}

/* Return: -1 to go on, or the exit code. */
static int parse(struct options *o, int argc, char **argv)
{
	int opt;

	while ((opt = getopt(argc, argv, "l:n:f:u:h")) != -1) {
		switch (opt) {
		case 'l':
			if (inet_pton(AF_INET, optarg, &o->addr.sin_addr) != 1)
				return usage("not an IPv4 address:", optarg);
			break;
		case 'n':
			o->netns = optarg;
			break;
		case 'f':
			if (o->n_forwarders == FORWARDERS_MAX)
				return usage("too many of -f", NULL);
			o->forwarders[o->n_forwarders++] = optarg;
			break;
		case 'u':
			o->user = optarg;
			break;
		case 'h':
			help(stdout);
			return 0;
		default:
			help(stderr);
			return 1;
		}
	}
	if (optind < argc)
		return usage("not understood:", argv[optind]);
	return o->addr.sin_addr.s_addr ? -1 : usage("-l is missing", NULL);
}

/* Changes first: what is asked after one is answered by it. */
static int run(void)
{
	static struct pollfd fds[SERVE + SERVE_FDS];
	unsigned int n;

	for (;;) {
		fds[ROUTER] = (struct pollfd){ learn_fd(), POLLIN, 0 };
		fds[UPSTREAM] = (struct pollfd){ upstream_fd(), POLLIN, 0 };
		n = serve_poll(fds + SERVE);
		if (poll(fds, SERVE + n, serve_timeout()) < 0) {
			if (errno == EINTR)
				continue;
			perror("vpcdnsd: poll");
			return 1;
		}
		if (fds[ROUTER].revents && !learn_changes())
			return 1;
		if (fds[UPSTREAM].revents)
			upstream_answers();
		serve_ready(fds + SERVE, n);
	}
}

int main(int argc, char **argv)
{
	struct options options = {
		.user = "nobody",
		.addr = { .sin_family = AF_INET, .sin_port = htons(53) },
	};
	int code = parse(&options, argc, argv);

	if (code >= 0)
		return code;
	if (!learn_open(options.netns) || !serve_open(&options.addr) ||
	    !upstream_open(options.forwarders, options.n_forwarders) ||
	    !privileges_drop(options.user) || !learn_all())
		return 1;
	return run();
}
