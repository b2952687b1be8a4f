// SPDX-License-Identifier: GPL-2.0
/* Checks by TCP and HTTP, all of them at once, none of them waited for (NLB-21). */

#include "vpcd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define FAILED		"Target.FailedHealthChecks"
#define TIMEOUT		"Target.Timeout"
#define MISMATCH	"Target.ResponseCodeMismatch"

/* Without descriptors, or memory for a socket, nothing is said about the target. */
#define RETRY_MS	1000
#define EVENTS		64

static int epoll = -1;

int check_open(void)
{
	epoll = epoll_create1(EPOLL_CLOEXEC);
	return epoll < 0 ? -errno : 0;
}

static void watch(struct probe *probe, uint32_t events, int op)
{
	struct epoll_event ev = { .events = events, .data.ptr = probe };

	epoll_ctl(epoll, op, probe->fd, &ev);
}

void check_stop(struct probe *probe)
{
	if (probe->fd >= 0)
		close(probe->fd);
	probe->fd = -1;
	probe->step = STEP_IDLE;
}

/* So many in a row turn it; the first success of a new target does at once (NLB-22). */
static void judge(struct probe *probe, enum verdict result)
{
	const struct target_group *group = probe->target->group;
	bool new = probe->verdict == VERDICT_NONE && result == VERDICT_HEALTHY;

	if (result == probe->verdict) {
		probe->run = 0;
		return;
	}
	if (++probe->run < (result == VERDICT_HEALTHY ? group->healthy : group->unhealthy) && !new)
		return;
	probe->verdict = result;
	probe->run = 0;
	target_judge(probe->target);
}

/* @reason: why it failed, or NULL */
static void finish(struct probe *probe, const char *reason)
{
	int64_t interval = probe->target->group->interval * 1000LL;
	char address[INET_ADDRSTRLEN];

	check_stop(probe);
	probe->due = probe->began + interval;
	if (verbose)
		say("%s by %s: %s", probe->target->id,
		    inet_ntop(AF_INET, &probe->node, address, sizeof(address)),
		    reason ? reason : "ok");
	if (reason)
		probe->reason = reason;
	judge(probe, reason ? VERDICT_UNHEALTHY : VERDICT_HEALTHY);
}

/* The host is the node's address and the listener's port (NLB-21). */
static void ask(struct probe *probe)
{
	const struct target_group *group = probe->target->group;
	char node[INET_ADDRSTRLEN], request[PATH_MAX_LEN + 256];
	int len;

	inet_ntop(AF_INET, &probe->node, node, sizeof(node));
	len = snprintf(request, sizeof(request),
		       "GET %s HTTP/1.1\r\nHost: %s:%u\r\nConnection: close\r\n"
		       "User-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n\r\n",
		       group->path, node, group->listener_port);
	/* A socket that has just connected has room for it. */
	if (send(probe->fd, request, len, MSG_NOSIGNAL) != len) {
		finish(probe, FAILED);
		return;
	}
	probe->step = STEP_ANSWER;
	probe->answered = 0;
	watch(probe, EPOLLIN, EPOLL_CTL_MOD);
}

static const char *status_reason(const struct probe *probe)
{
	const struct target_group *group = probe->target->group;
	unsigned int status;
	char end;

	if (sscanf(probe->answer, "HTTP/1.%*1[01] %3u%c", &status, &end) < 1)
		return FAILED;
	return status < group->matcher_from || status > group->matcher_to ? MISMATCH : NULL;
}

static void read_answer(struct probe *probe)
{
	size_t room = sizeof(probe->answer) - 1 - probe->answered;
	ssize_t got = recv(probe->fd, probe->answer + probe->answered, room, 0);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		finish(probe, FAILED);
		return;
	}
	probe->answered += got;
	probe->answer[probe->answered] = '\0';
	if (probe->answered >= strlen("HTTP/1.1 200"))
		finish(probe, status_reason(probe));
}

void check_event(struct probe *probe)
{
	socklen_t len = sizeof(int);
	int err = 0;

	if (probe->step == STEP_ANSWER) {
		read_answer(probe);
		return;
	}
	if (probe->step != STEP_CONNECT)
		return;
	getsockopt(probe->fd, SOL_SOCKET, SO_ERROR, &err, &len);
	if (err)
		finish(probe, err == ETIMEDOUT ? TIMEOUT : FAILED);
	else if (probe->target->group->protocol == VPC_HEALTH_CHECK_PROTOCOL_HTTP)
		ask(probe);
	else
		finish(probe, NULL);
}

void check_start(struct probe *probe)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons(probe->target->port),
		.sin_addr = probe->address,
	};

	probe->began = now_ms();
	probe->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (probe->fd < 0) {
		say("socket: %s", strerror(errno));
		probe->due = probe->began + RETRY_MS;
		return;
	}
	probe->step = STEP_CONNECT;
	probe->due = probe->began + probe->target->group->timeout * 1000LL;
	if (connect(probe->fd, (const struct sockaddr *)&to, sizeof(to)) < 0 &&
	    errno != EINPROGRESS) {
		finish(probe, FAILED);
		return;
	}
	watch(probe, EPOLLOUT, EPOLL_CTL_ADD);
}

int64_t check_due(void)
{
	int64_t now = now_ms(), next = INT64_MAX;
	struct target *target;
	struct probe *probe;

	for (target = targets; target; target = target->next) {
		for (probe = target->probes; probe; probe = probe->next) {
			if (probe->due <= now && probe->step != STEP_IDLE)
				finish(probe, TIMEOUT);
			if (probe->due <= now)
				check_start(probe);
			if (probe->due < next)
				next = probe->due;
		}
	}
	return next;
}

/* Until something happens, @until at the latest; *@event: at @event_fd. */
void check_wait(int event_fd, int64_t until, bool *event)
{
	struct epoll_event events[EVENTS];
	int64_t left = until - now_ms();
	static bool watched;
	int i, n;

	if (!watched) {
		struct epoll_event ev = { .events = EPOLLIN, .data.ptr = NULL };

		watched = !epoll_ctl(epoll, EPOLL_CTL_ADD, event_fd, &ev);
	}
	n = epoll_wait(epoll, events, EVENTS, left < 0 ? 0 : left > 60000 ? 60000 : (int)left);
	for (i = 0; i < n; i++) {
		if (events[i].data.ptr)
			check_event(events[i].data.ptr);
		else
			*event = true;
	}
}
