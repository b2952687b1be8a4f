// SPDX-License-Identifier: GPL-2.0
#include "serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "answer.h"
#include "learn.h"
#include "upstream.h"
#include "view.h"

#define UDP		0
#define LISTEN		1
#define CONN_IDLE	10000		/* ms */
#define QUERY_MAX	4096		/* by TCP; questions are short */
#define UNSENT_MAX	(256 * 1024)	/* of one connection that does not read */
#define UDP_BATCH	64
/* Questions that upstream works on, all together and of one VPC */
#define PENDING		4096
#define PENDING_VPC	512

struct conn {
	int fd;				/* -1: free */
	uint32_t serial;		/* of the connections that were here */
	uint32_t source;		/* who it is, network order */
	int64_t deadline;
	size_t got;
	uint8_t in[2 + QUERY_MAX];
	uint8_t *out;			/* yet to be sent */
	size_t out_len;
};

/* Where an answer goes: to a datagram's sender, or to a connection if that is still there. */
struct client {
	struct sockaddr_in addr;
	struct conn *conn;		/* NULL: UDP */
	uint32_t serial;
};

/* A question that upstream works on. */
struct job {
	struct client client;
	ldns_pkt *query;
};

static int udp = -1, listener = -1;
static struct conn conns[SERVE_CONNS];
static struct conn *polled[SERVE_CONNS];
static unsigned int pending;

static int64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static void conn_close(struct conn *conn)
{
	close(conn->fd);
	free(conn->out);
	conn->fd = -1;
	conn->out = NULL;
	conn->out_len = 0;
	conn->serial++;
}

static void conn_flush(struct conn *conn)
{
	ssize_t sent = send(conn->fd, conn->out, conn->out_len, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (sent < 0) {
		if (errno != EAGAIN && errno != EINTR)
			conn_close(conn);
		return;
	}
	conn->out_len -= sent;
	memmove(conn->out, conn->out + sent, conn->out_len);
}

/* Behind its length (RFC 1035, 4.2.2). */
static void conn_send(struct conn *conn, const uint8_t *wire, size_t len)
{
	uint8_t *more;

	if (conn->out_len + len + 2 > UNSENT_MAX) {
		conn_close(conn);
		return;
	}
	more = realloc(conn->out, conn->out_len + len + 2);
	if (!more)
		return;
	conn->out = more;
	more += conn->out_len;
	more[0] = len >> 8;
	more[1] = len;
	memcpy(more + 2, wire, len);
	conn->out_len += len + 2;
	conn_flush(conn);
}

/* Consumes what @answer holds. */
static void reply(const struct client *client, struct answer answer)
{
	if (!answer.wire)
		return;
	if (!client->conn)
		sendto(udp, answer.wire, answer.len, MSG_DONTWAIT,
		       (const struct sockaddr *)&client->addr, sizeof(client->addr));
	else if (client->conn->serial == client->serial && client->conn->fd >= 0)
		conn_send(client->conn, answer.wire, answer.len);
	free(answer.wire);
}

static void job_done(void *data, const uint8_t *wire, size_t len, int rcode)
{
	struct job *job = data;
	struct view_vpc *vpc = view_vpc_by_source(job->client.addr.sin_addr.s_addr);

	reply(&job->client,
	      answer_forwarded(job->query, wire, len, rcode, job->client.conn));
	pending--;
	if (vpc && vpc->pending)
		vpc->pending--;
	ldns_pkt_free(job->query);
	free(job);
}

static bool job_start(struct view_vpc *vpc, const struct client *client, struct forward *forward)
{
	struct job *job;

	if (pending >= PENDING || vpc->pending >= PENDING_VPC)
		return false;
	job = malloc(sizeof(*job));
	if (!job)
		return false;
	*job = (struct job){ *client, forward->query };
	if (!upstream_ask(forward->name, forward->type, job_done, job)) {
		free(job);
		return false;
	}
	forward->query = NULL;
	pending++;
	vpc->pending++;
	return true;
}

/* A VPC that has just come may ask before the event of it was read. */
static struct view_vpc *who(uint32_t source)
{
	struct view_vpc *vpc = view_vpc_by_source(source);

	if (vpc || !learn_changes())
		return vpc;
	return view_vpc_by_source(source);
}

static void question(const struct client *client, const uint8_t *wire, size_t len)
{
	struct view_vpc *vpc = who(client->addr.sin_addr.s_addr);
	struct forward forward;
	struct answer answer;

	answer = answer_make(vpc, wire, len, client->conn, &forward);
	if (forward.query) {
		if (!job_start(vpc, client, &forward))
			answer = answer_forwarded(forward.query, NULL, 0, LDNS_RCODE_SERVFAIL,
						  client->conn);
		forward_free(&forward);
	}
	reply(client, answer);
}

/* So many at once that others are not kept waiting. */
static void udp_ready(void)
{
	static uint8_t wire[LDNS_MAX_PACKETLEN];
	unsigned int i;

	for (i = 0; i < UDP_BATCH; i++) {
		struct client client = { 0 };
		socklen_t size = sizeof(client.addr);
		ssize_t len = recvfrom(udp, wire, sizeof(wire), MSG_DONTWAIT,
				       (struct sockaddr *)&client.addr, &size);

		if (len < 0 && errno == EAGAIN)
			return;
		if (len >= 0)
			question(&client, wire, len);
	}
}

/* A place for one more of @source: where it has too many, or all are taken, its oldest goes. */
static struct conn *conn_place(uint32_t source)
{
	struct conn *place = NULL, *oldest = NULL;
	unsigned int n = 0, i;

	for (i = 0; i < SERVE_CONNS; i++) {
		if (conns[i].fd < 0) {
			place = &conns[i];
		} else if (conns[i].source == source) {
			n++;
			if (!oldest || conns[i].deadline < oldest->deadline)
				oldest = &conns[i];
		}
	}
	if (place && n < SERVE_CONNS_VPC)
		return place;
	if (oldest)
		conn_close(oldest);
	return oldest;
}

static void listener_ready(void)
{
	struct sockaddr_in addr;
	socklen_t size = sizeof(addr);
	struct conn *conn;
	int fd;

	fd = accept4(listener, (struct sockaddr *)&addr, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		return;
	conn = conn_place(addr.sin_addr.s_addr);
	if (!conn) {
		close(fd);
		return;
	}
	conn->fd = fd;
	conn->source = addr.sin_addr.s_addr;
	conn->got = 0;
	conn->deadline = now() + CONN_IDLE;
}

/* Every whole question that has come. */
static void conn_questions(struct conn *conn)
{
	uint32_t serial = conn->serial;

	while (conn->got >= 2) {
		size_t len = conn->in[0] << 8 | conn->in[1];
		struct client client = { .conn = conn, .serial = serial };

		if (len > QUERY_MAX) {
			conn_close(conn);
			return;
		}
		if (conn->got < 2 + len)
			return;
		client.addr.sin_addr.s_addr = conn->source;
		conn->deadline = now() + CONN_IDLE;
		question(&client, conn->in + 2, len);
		if (conn->serial != serial)
			return;
		conn->got -= 2 + len;
		memmove(conn->in, conn->in + 2 + len, conn->got);
	}
}

static void conn_read(struct conn *conn)
{
	ssize_t got = recv(conn->fd, conn->in + conn->got, sizeof(conn->in) - conn->got, 0);

	if (got > 0) {
		conn->got += got;
		conn_questions(conn);
	} else if (!got || (errno != EAGAIN && errno != EINTR)) {
		conn_close(conn);
	}
}

static void conn_ready(struct conn *conn, short events)
{
	uint32_t serial = conn->serial;

	if (events & POLLOUT)
		conn_flush(conn);
	if (conn->serial == serial && events & (POLLIN | POLLHUP | POLLERR))
		conn_read(conn);
}

static void close_idle(void)
{
	int64_t time = now();
	unsigned int i;

	for (i = 0; i < SERVE_CONNS; i++)
		if (conns[i].fd >= 0 && conns[i].deadline <= time)
			conn_close(&conns[i]);
}

unsigned int serve_poll(struct pollfd *fds)
{
	unsigned int i, n = 0;

	fds[UDP] = (struct pollfd){ udp, POLLIN, 0 };
	fds[LISTEN] = (struct pollfd){ listener, POLLIN, 0 };
	for (i = 0; i < SERVE_CONNS; i++) {
		if (conns[i].fd < 0)
			continue;
		polled[n++] = &conns[i];
		fds[LISTEN + n] = (struct pollfd){
			conns[i].fd, POLLIN | (conns[i].out_len ? POLLOUT : 0), 0
		};
	}
	return 2 + n;
}

void serve_ready(const struct pollfd *fds, unsigned int n)
{
	unsigned int i;

	for (i = 2; i < n; i++)
		if (fds[i].revents && polled[i - 2]->fd == fds[i].fd)
			conn_ready(polled[i - 2], fds[i].revents);
	close_idle();
	if (fds[UDP].revents)
		udp_ready();
	if (fds[LISTEN].revents)
		listener_ready();
}

int serve_timeout(void)
{
	int64_t first = -1, left;
	unsigned int i;

	for (i = 0; i < SERVE_CONNS; i++)
		if (conns[i].fd >= 0 && (first < 0 || conns[i].deadline < first))
			first = conns[i].deadline;
	if (first < 0)
		return -1;
	left = first - now();
	return left > 0 ? left : 0;
}

static int socket_open(int type, const struct sockaddr_in *addr)
{
	int fd = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (!bind(fd, (const struct sockaddr *)addr, sizeof(*addr)))
		return fd;
	close(fd);
	return -1;
}

bool serve_open(const struct sockaddr_in *addr)
{
	unsigned int i;

	for (i = 0; i < SERVE_CONNS; i++)
		conns[i].fd = -1;
	udp = socket_open(SOCK_DGRAM, addr);
	listener = socket_open(SOCK_STREAM, addr);
	if (udp >= 0 && listener >= 0 && !listen(listener, SOMAXCONN))
		return true;
	perror("vpcdnsd: port 53");
	return false;
}
