/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SESSION_INFO_H
#define _VPC_SESSION_INFO_H

#include <linux/types.h>

#include "../lib/flowkey.h"

/* Sessions for those who show and end them, who need not know how they are kept. */

struct vpc_net;

/**
 * struct vpc_session_info - a session for those who show it; ids are 0 when there is none
 */
struct vpc_session_info {
	u64 id;
	u64 vpc_id;
	u64 eni_id;
	u64 endpoint_id;
	u64 nat_id;
	u8 proto;
	u8 state;
	struct vpc_flow_key key[VPC_DIR_MAX];
	u64 port_id[VPC_DIR_MAX];
	u8 port_kind[VPC_DIR_MAX];
	u64 packets[VPC_DIR_MAX];
	u64 bytes[VPC_DIR_MAX];
	u32 expires;
};

/**
 * struct vpc_session_cursor - how far a walk is; zero at its start
 * @last_id: last session of @shard that was looked at
 * @shard: part of the table
 */
struct vpc_session_cursor {
	u64 last_id;
	u32 shard;
};

/**
 * vpc_session_walk - call @fn for all sessions, from where @cur is
 * @fn: must not sleep; an error ends the walk, and the session comes first in the next one
 * Process context. Return: 0 at the end of the table, or what @fn said.
 */
int vpc_session_walk(struct vpc_net *vnet, struct vpc_session_cursor *cur,
		     int (*fn)(const struct vpc_session_info *info, void *data), void *data);
bool vpc_session_find(struct vpc_net *vnet, u64 id, struct vpc_session_info *info);
/* End the session of that number; false when there is none. */
bool vpc_session_end(struct vpc_net *vnet, u64 id);

#endif /* _VPC_SESSION_INFO_H */
