// SPDX-License-Identifier: GPL-2.0
#include "nl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/genetlink.h>

#define NL_DUMP_TRIES	100

/* Larger than any message the kernel sends: a truncated answer cannot be asked for again. */
static char nl_buf[256 * 1024] __attribute__((aligned(8)));

int nl_open(struct nl *nl, int bus)
{
	int one = 1;

	*nl = (struct nl){ .sock = mnl_socket_open2(bus, SOCK_CLOEXEC) };
	if (!nl->sock)
		return -errno;

	/* Old kernels lack the options; then errors have no text, and that is all. */
	mnl_socket_setsockopt(nl->sock, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(nl->sock, NETLINK_CAP_ACK, &one, sizeof(one));

	if (mnl_socket_bind(nl->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		int err = -errno;

		nl_close(nl);
		return err;
	}
	return 0;
}

void nl_close(struct nl *nl)
{
	if (nl->sock)
		mnl_socket_close(nl->sock);
	nl->sock = NULL;
}

struct nlmsghdr *nl_request(void *buf, uint8_t cmd, uint8_t version)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl;

	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = version;
	return nlh;
}

static void error_attr(struct nl_error *err, const struct nlattr *attr)
{
	size_t len = mnl_attr_get_payload_len(attr);
	const void *data = mnl_attr_get_payload(attr);

	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		if (len >= sizeof(err->text))
			len = sizeof(err->text) - 1;
		memcpy(err->text, data, len);
		err->text[len] = '\0';
		break;
	case NLMSGERR_ATTR_OFFS:
		if (len >= sizeof(err->offset))
			memcpy(&err->offset, data, sizeof(err->offset));
		break;
	case NLMSGERR_ATTR_COOKIE:
		if (len == sizeof(err->cookie)) {
			memcpy(&err->cookie, data, len);
			err->has_cookie = true;
		}
		break;
	}
}

/* The end of an answer, NLMSG_ERROR or NLMSG_DONE: both begin with an error code. */
static int error_parse(struct nl_error *err, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	size_t skip = sizeof(int);

	*err = (struct nl_error){ 0 };
	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(int))
		return 0;
	err->code = e->error < 0 ? -e->error : e->error;
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*e))
			return -err->code;
		skip = sizeof(*e);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
			skip += mnl_nlmsg_get_payload_len(&e->msg);
	}
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS)
		mnl_attr_for_each(attr, nlh, skip)
			error_attr(err, attr);
	return -err->code;
}

/* Reads up to the acknowledgement or the end of the dump. */
static int nl_receive(struct nl *nl, nl_fn fn, void *data, struct nl_error *err)
{
	bool torn = false;
	int ret = 0;

	for (;;) {
		ssize_t got = mnl_socket_recvfrom(nl->sock, nl_buf, sizeof(nl_buf));
		const struct nlmsghdr *nlh = (const void *)nl_buf;
		int left = got;

		if (got < 0) {
			err->code = errno;
			return -errno;
		}
		for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
			if (nlh->nlmsg_seq != nl->seq)
				continue;
			torn |= nlh->nlmsg_flags & NLM_F_DUMP_INTR;
			if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
				int end = error_parse(err, nlh);

				if (!end)
					end = ret ? ret : torn ? -EINTR : 0;
				err->code = -end;
				return end;
			}
			if (nlh->nlmsg_type >= NLMSG_MIN_TYPE && fn && !ret)
				ret = fn(nlh, data);
		}
	}
}

static int nl_send(struct nl *nl, struct nlmsghdr *nlh, uint16_t flags, struct nl_error *err)
{
	*err = (struct nl_error){ 0 };
	if (nl->family)
		nlh->nlmsg_type = nl->family;
	nlh->nlmsg_flags |= NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++nl->seq;
	if (mnl_socket_sendto(nl->sock, nlh, nlh->nlmsg_len) < 0) {
		err->code = errno;
		return -errno;
	}
	return 0;
}

int nl_talk(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data, struct nl_error *err)
{
	int ret = nl_send(nl, nlh, NLM_F_ACK, err);

	return ret ? ret : nl_receive(nl, fn, data, err);
}

/* A dump of what changes all the time: handed on as it comes, never asked for again. */
int nl_stream(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data, struct nl_error *err)
{
	int ret = nl_send(nl, nlh, NLM_F_DUMP, err);

	if (!ret)
		ret = nl_receive(nl, fn, data, err);
	return ret == -EINTR ? 0 : ret;
}

struct nl_heap {
	char *data;
	size_t len, size;
};

static int heap_add(const struct nlmsghdr *nlh, void *data)
{
	size_t len = MNL_ALIGN(nlh->nlmsg_len);
	struct nl_heap *heap = data;

	if (heap->len + len > heap->size) {
		size_t size = heap->size ? 2 * heap->size : sizeof(nl_buf);
		char *more = realloc(heap->data, size);

		if (!more)
			return -ENOMEM;
		heap->data = more;
		heap->size = size;
	}
	memcpy(heap->data + heap->len, nlh, nlh->nlmsg_len);
	heap->len += len;
	return 0;
}

static int heap_walk(const struct nl_heap *heap, nl_fn fn, void *data)
{
	size_t at = 0;
	int ret = 0;

	while (at < heap->len && !ret) {
		const struct nlmsghdr *nlh = (const void *)(heap->data + at);

		ret = fn(nlh, data);
		at += MNL_ALIGN(nlh->nlmsg_len);
	}
	return ret;
}

/*
 * A dump during which the configuration changed is of no single moment: it is kept back until
 * it is known to be whole and read again if it is not.
 */
int nl_dump(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data, struct nl_error *err)
{
	struct nl_heap heap = { 0 };
	int ret, tries = NL_DUMP_TRIES;

	do {
		heap.len = 0;
		ret = nl_send(nl, nlh, NLM_F_DUMP, err);
		if (!ret)
			ret = nl_receive(nl, heap_add, &heap, err);
	} while (ret == -EINTR && --tries);

	if (!ret)
		ret = heap_walk(&heap, fn, data);
	err->code = -ret;
	free(heap.data);
	return ret;
}

int nl_subscribe(struct nl *nl)
{
	if (mnl_socket_setsockopt(nl->sock, NETLINK_ADD_MEMBERSHIP, &nl->events,
				  sizeof(nl->events)) < 0)
		return -errno;
	return 0;
}

/* One read's events; *end: without any, and why. */
static int events_read(struct nl *nl, int flags, nl_fn fn, void *data, int *end)
{
	ssize_t got = recv(mnl_socket_get_fd(nl->sock), nl_buf, sizeof(nl_buf), flags);
	const struct nlmsghdr *nlh = (const void *)nl_buf;
	int left = got, ret = 0;

	*end = 0;
	if (got < 0 && (errno == ENOBUFS || errno == ENOSPC))
		return fn(NULL, data);
	if (got < 0 && errno != EINTR)
		*end = -errno;
	for (; got > 0 && !ret && mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left))
		if (nlh->nlmsg_type == nl->family)
			ret = fn(nlh, data);
	return ret;
}

/* Events until fn has enough; it is called without a message where some were lost. */
int nl_listen(struct nl *nl, nl_fn fn, void *data)
{
	int ret = nl_subscribe(nl), end = 0;

	while (!ret && !end)
		ret = events_read(nl, 0, fn, data, &end);
	return ret ? ret : end;
}

int nl_events(struct nl *nl, nl_fn fn, void *data)
{
	int ret = 0, end = 0;

	while (!ret && !end)
		ret = events_read(nl, MSG_DONTWAIT, fn, data, &end);
	return ret || end == -EAGAIN ? ret : end;
}
