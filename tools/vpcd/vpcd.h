/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vpcd checks the health of targets, as the nodes of load balancers do (NLB-21 to NLB-24). What
 * it finds it tells the router; without it traffic goes on by what was found last.
 *
 * A probe is one target as one node sees it. The router has made an address for each: what connects
 * there comes to the target from the node.
 */

#ifndef VPCD_H
#define VPCD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <linux/vpc.h>

#include "nl.h"

#define ID_MAX		32
#define PATH_MAX_LEN	(VPC_PATH_MAX + 1)

/* How a group is checked. */
struct target_group {
	struct target_group *next;
	bool seen;		/* in the dump that is being read */
	char id[ID_MAX];
	uint8_t protocol;	/* enum vpc_health_check_protocol */
	uint32_t interval;	/* seconds */
	uint32_t timeout;
	uint8_t healthy;	/* so many in a row */
	uint8_t unhealthy;
	uint16_t matcher_from;
	uint16_t matcher_to;
	uint16_t listener_port;
	char path[PATH_MAX_LEN];
};

struct target {
	struct target *next;
	bool seen;
	char id[ID_MAX];
	struct target_group *group;
	uint16_t port;		/* where it is checked */
	uint8_t state;		/* enum vpc_target_state, as the router has it */
	struct probe *probes;
};

enum verdict {
	VERDICT_NONE,
	VERDICT_HEALTHY,
	VERDICT_UNHEALTHY,
};

enum step {
	STEP_IDLE,
	STEP_CONNECT,
	STEP_ANSWER,		/* HTTP: asked, and waiting for the status */
};

struct probe {
	struct probe *next;
	bool seen;
	struct target *target;
	struct in_addr node;
	struct in_addr address;	/* what stands for the target toward that node */
	enum verdict verdict;
	unsigned int run;	/* results in a row that speak against the verdict */
	const char *reason;	/* of the last failure (NLB-24) */
	enum step step;
	int fd;
	int64_t due;		/* milliseconds: the next check, or the end of patience with this one */
	int64_t began;
	char answer[16];	/* its beginning: "HTTP/1.1 200" is enough */
	size_t answered;
};

extern bool verbose;
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int64_t now_ms(void);

/* targets.c: the groups and targets of the router, and what is told about them */
extern struct target *targets;
int targets_open(void);		/* netlink, of the namespace that it is called in */
int targets_event_fd(void);
bool targets_events(void);	/* read what has happened: true if the rest must be read anew */
int targets_sync(void);
void target_judge(struct target *target);

/* check.c: one check after the other of a probe */
int check_open(void);
int check_poll_fd(void);
void check_start(struct probe *probe);
void check_event(struct probe *probe);
void check_stop(struct probe *probe);
int64_t check_due(void);	/* begin and end what is due; when the next one is */
void check_wait(int event_fd, int64_t until, bool *event);

#endif
