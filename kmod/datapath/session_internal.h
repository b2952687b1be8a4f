/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SESSION_INTERNAL_H
#define _VPC_SESSION_INTERNAL_H

#include "session.h"

struct vpc_dst_flows_key;

/* Between session.c, session_create.c and session_charge.c; nobody else includes this. */

/* A closed translated tuple stays with its VPC for so long. */
#define VPC_RESERVE_SECONDS	60

struct vpc_session *vpc_session_zalloc(void);
/* One that nobody has seen; one that somebody may have. Its accounts are put. */
void vpc_session_free(struct vpc_session *session);
void vpc_session_free_later(struct vpc_session *session);

/* NULL: inserted; else who is there, or an error. */
struct vpc_half *vpc_half_insert(struct vpc_net *vnet, struct vpc_half *half);
/* Whether or not it is there. */
void vpc_half_remove(struct vpc_net *vnet, struct vpc_half *half);

/* Out of table and list; true for the one who did it. */
bool vpc_session_remove(struct vpc_net *vnet, struct vpc_session *session);

/* What the session belongs to is gone. An older root cannot tell. */
bool vpc_session_owner_gone(const struct vpc_session *session, const struct vpc_root *root);

/* Why a session that shares an address gets no port there. */
static inline enum vpc_drop vpc_session_no_port(const struct vpc_session *session)
{
	if (session->node_id)
		return VPC_DROP_NLB_PORTS;
	if (session->resolver_acct)
		return VPC_DROP_RESOLVER_PORTS;
	return session->nat_id ? VPC_DROP_NAT_PORTS : VPC_DROP_ENDPOINT_PORTS;
}

/*
 * Count @session against all limits or, with a reason, against none: its interface and VPC are
 * known, and what has the address that it shares, if it does; then @key is what its flows are
 * counted by, else NULL. session_charge.c
 */
enum vpc_drop vpc_session_charge(struct vpc_net *vnet, struct vpc_session *session,
				 const struct vpc_dst_flows_key *key);
void vpc_session_uncharge(struct vpc_net *vnet, struct vpc_session *session);
/* Its flow behind a shared address is over. */
void vpc_session_uncharge_flows(struct vpc_net *vnet, struct vpc_session *session);
/* It is not half open any more, or never was. */
void vpc_session_uncharge_half_open(struct vpc_net *vnet, struct vpc_session *session);

#endif /* _VPC_SESSION_INTERNAL_H */
