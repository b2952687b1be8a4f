/* SPDX-License-Identifier: GPL-2.0 */
/* Who asks, by UDP and by TCP, and gets answers. */

#ifndef VPCDNSD_SERVE_H
#define VPCDNSD_SERVE_H

#include <stdbool.h>
#include <poll.h>
#include <netinet/in.h>

/* Connections, all together and from one VPC, so that no other goes without. */
#define SERVE_CONNS	512
#define SERVE_CONNS_VPC	64
#define SERVE_FDS	(2 + SERVE_CONNS)

bool serve_open(const struct sockaddr_in *addr);

/* What to wait for; returns how many. */
unsigned int serve_poll(struct pollfd *fds);
/* The same again, when some of it has come. */
void serve_ready(const struct pollfd *fds, unsigned int n);
/* Milliseconds until that is due again without anything having come, or -1. */
int serve_timeout(void);

#endif
