// SPDX-License-Identifier: GPL-2.0
/* vpcd: health checks of the targets of load balancers. */

#include "vpcd.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "netns.h"
#include "privileges.h"

/* Events that come together are one reason to look. */
#define SETTLE_MS	100
/* After a dump that failed */
#define RETRY_MS	1000

bool verbose;

void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static int complain(int err, const char *what)
{
	fprintf(stderr, "vpcd: %s: %s\n", what, strerror(err < 0 ? -err : err));
	return 1;
}

/* The router's namespace is another one than that of the sockets that check. */
static int open_netlink(const char *netns)
{
	int home, err;

	if (!netns)
		return targets_open();
	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (home < 0)
		return -errno;
	err = netns_enter(netns);
	if (!err)
		err = targets_open();
	if (setns(home, CLONE_NEWNET) < 0 && !err)
		err = -errno;
	close(home);
	return err;
}

/* A descriptor for each check. */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void run(void)
{
	int64_t sync = now_ms(), next;
	bool event;

	for (;;) {
		if (sync <= now_ms())
			sync = targets_sync() ? now_ms() + RETRY_MS : INT64_MAX;
		next = check_due();
		event = false;
		check_wait(targets_event_fd(), next < sync ? next : sync, &event);
		if (event && targets_events() && sync == INT64_MAX)
			sync = now_ms() + SETTLE_MS;
	}
}

static void help(FILE *to)
{
	fputs("Usage: vpcd [-v] [-n NETNS] [-u USER]\n\n"
	      "Checks the targets of the router in NETNS, by the devices of the namespace that\n"
	      "it runs in, which lead to the router's service of type health.\n\n"
	      "  -n NETNS   where the router is, here unless it is said\n"
	      "  -u USER    who it is after its start, nobody when not given\n"
	      "  -v         tell each check\n", to);
}

int main(int argc, char **argv)
{
	const char *netns = NULL, *user = "nobody";
	int opt, err;

	while ((opt = getopt(argc, argv, "n:u:vh")) != -1) {
		switch (opt) {
		case 'n':
			netns = optarg;
			break;
		case 'u':
			user = optarg;
			break;
		case 'v':
			verbose = true;
			break;
		case 'h':
			help(stdout);
			return 0;
		default:
			help(stderr);
			return 1;
		}
	}
	if (optind < argc) {
		help(stderr);
		return 1;
	}
	err = open_netlink(netns);
	if (err)
		return complain(err, netns ? netns : "netlink");
	err = check_open();
	if (err)
		return complain(err, "epoll");
	raise_limit();
	if (!privileges_drop(user))
		return 1;
	srandom(getpid());
	say("ready");
	run();
}
