// SPDX-License-Identifier: GPL-2.0
#include "session_info.h"

#include <linux/jiffies.h>
#include <linux/rculist.h>
#include <linux/sched.h>

#include "../net.h"
#include "session.h"

static void port_info(const struct vpc_root *root, u32 slot, u64 *id, u8 *kind)
{
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);

	*id = snap ? snap->id : 0;
	*kind = snap ? snap->kind : VPC_KIND_UNSPEC;
}

static void session_info(struct vpc_net *vnet, const struct vpc_session *session,
			 struct vpc_session_info *info)
{
	const struct vpc_root *root = rcu_dereference(vnet->root);
	long left = vpc_session_left(session, root);
	unsigned int dir;

	memset(info, 0, sizeof(*info));
	info->id = session->id;
	info->vpc_id = session->vpc_id;
	info->eni_id = session->eni_id;
	info->endpoint_id = session->resolver_acct ? 0 : session->endpoint_id;
	info->nat_id = session->nat_id;
	info->proto = session->half[0].key.proto;
	info->state = READ_ONCE(session->state);
	info->expires = left > 0 ? left / HZ : 0;
	for (dir = 0; dir < VPC_DIR_MAX; dir++) {
		info->key[dir] = session->half[dir].key;
		info->packets[dir] = READ_ONCE(session->half[dir].packets);
		info->bytes[dir] = READ_ONCE(session->half[dir].bytes);
		port_info(root, info->key[dir].port, &info->port_id[dir], &info->port_kind[dir]);
	}
}

int vpc_session_walk(struct vpc_net *vnet, struct vpc_session_cursor *cur,
		     int (*fn)(const struct vpc_session_info *info, void *data), void *data)
{
	struct vpc_session_info info;
	struct vpc_session *session;
	int err = 0;

	for (; cur->shard < VPC_SESSION_SHARDS; cur->shard++, cur->last_id = 0) {
		rcu_read_lock();
		list_for_each_entry_rcu(session, &vnet->sessions.shards[cur->shard].list, list) {
			if (session->id <= cur->last_id ||
			    test_bit(VPC_SESSION_RESERVED, &session->flags))
				continue;
			session_info(vnet, session, &info);
			err = fn(&info, data);
			if (err)
				break;
			cur->last_id = session->id;
		}
		rcu_read_unlock();
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

/* RCU. */
static struct vpc_session *session_by_id(struct vpc_net *vnet, u64 id)
{
	struct vpc_session_shard *shard = &vnet->sessions.shards[id % VPC_SESSION_SHARDS];
	struct vpc_session *session;

	list_for_each_entry_rcu(session, &shard->list, list)
		if (session->id == id && !test_bit(VPC_SESSION_RESERVED, &session->flags))
			return session;
	return NULL;
}

bool vpc_session_find(struct vpc_net *vnet, u64 id, struct vpc_session_info *info)
{
	struct vpc_session *session;

	rcu_read_lock();
	session = session_by_id(vnet, id);
	if (session)
		session_info(vnet, session, info);
	rcu_read_unlock();
	return session;
}

bool vpc_session_end(struct vpc_net *vnet, u64 id)
{
	struct vpc_session *session;

	rcu_read_lock();
	session = session_by_id(vnet, id);
	if (session)
		vpc_session_kill(vnet, session);
	rcu_read_unlock();
	return session;
}
