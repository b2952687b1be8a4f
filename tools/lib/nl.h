/* SPDX-License-Identifier: GPL-2.0 */
/* Netlink over libmnl: requests with extended acknowledgements, dumps, events. */

#ifndef VPC_TOOLS_NL_H
#define VPC_TOOLS_NL_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A request must nest into 16-bit attribute lengths when it becomes part of a transaction. */
#define NL_REQUEST_MAX	(60 * 1024)

struct nl {
	struct mnl_socket *sock;
	uint32_t seq;
	uint32_t events;	/* multicast group of the resolved family */
	uint16_t family;
};

/* Why a request failed, as the acknowledgement tells it; of one that did not, a warning. */
struct nl_error {
	int code;		/* errno, 0 with a warning */
	bool has_cookie;
	uint32_t cookie;	/* of a commit: index of the operation */
	uint32_t offset;	/* of the attribute to blame in the request; 0: none */
	char text[256];		/* empty: the kernel had nothing to add */
};

/* Called for every message of an answer; anything but 0 ends the reading with that value. */
typedef int (*nl_fn)(const struct nlmsghdr *nlh, void *data);

int nl_open(struct nl *nl, int bus);
void nl_close(struct nl *nl);
int nl_resolve(struct nl *nl, const char *family, const char *group, struct nl_error *err);

struct nlmsghdr *nl_request(void *buf, uint8_t cmd, uint8_t version);

/* All return 0 or a negative errno, which err repeats and explains. */
int nl_talk(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data, struct nl_error *err);
int nl_dump(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data, struct nl_error *err);
int nl_stream(struct nl *nl, struct nlmsghdr *nlh, nl_fn fn, void *data, struct nl_error *err);
int nl_listen(struct nl *nl, nl_fn fn, void *data);

/* Events from now on; those that are there, without waiting for more. As nl_listen() otherwise. */
int nl_subscribe(struct nl *nl);
int nl_events(struct nl *nl, nl_fn fn, void *data);

#endif
