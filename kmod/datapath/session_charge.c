// SPDX-License-Identifier: GPL-2.0
/* What sessions count against: to be full is a state with a name, and each tenant has his own. */

#include "../lib/l4state.h"
#include "../net.h"
#include "../stats.h"
#include "dst_flows.h"
#include "session_internal.h"

/* One more of @count unless that makes more than @limit. */
static bool charge(atomic_t *count, u32 limit)
{
	if ((u32)atomic_inc_return(count) <= limit)
		return true;
	atomic_dec(count);
	return false;
}

static enum vpc_drop charge_half_open(struct vpc_net *vnet, struct vpc_acct *eni)
{
	if (!charge(&vnet->sessions.half_open, READ_ONCE(vnet->in_force.half_open)))
		return VPC_DROP_HALF_OPEN_LIMIT;
	if (charge(&eni->half_open, READ_ONCE(vnet->in_force.half_open_eni)))
		return VPC_DROP_NONE;
	atomic_dec(&vnet->sessions.half_open);
	return VPC_DROP_HALF_OPEN_LIMIT;
}

static enum vpc_drop charge_sessions(struct vpc_net *vnet, struct vpc_acct *eni,
				     struct vpc_acct *vpc)
{
	if (!charge(&vnet->sessions.count, READ_ONCE(vnet->in_force.sessions)))
		return VPC_DROP_SESSION_LIMIT;
	if (!charge(&vpc->sessions, READ_ONCE(vnet->in_force.sessions_vpc))) {
		atomic_dec(&vnet->sessions.count);
		return VPC_DROP_VPC_SESSION_LIMIT;
	}
	if (charge(&eni->sessions, READ_ONCE(vnet->in_force.sessions_eni)))
		return VPC_DROP_NONE;
	vpc_acct_add(eni, VPC_COUNT_ALLOWANCE, 1);
	atomic_dec(&vpc->sessions);
	atomic_dec(&vnet->sessions.count);
	return VPC_DROP_ENI_SESSION_LIMIT;
}

/* Of what asks the resolver no tenant has less: it counts toward there alone (VPC-24). */
static enum vpc_drop charge_resolver(struct vpc_net *vnet)
{
	return charge(&vnet->sessions.count, READ_ONCE(vnet->in_force.sessions)) ?
	       VPC_DROP_NONE : VPC_DROP_SESSION_LIMIT;
}

static void uncharge_sessions(struct vpc_net *vnet, const struct vpc_session *session)
{
	if (session->resolver_acct) {
		atomic_dec(&vnet->sessions.count);
		return;
	}
	atomic_dec(&session->eni_acct->sessions);
	atomic_dec(&session->vpc_acct->sessions);
	atomic_dec(&vnet->sessions.count);
}

/* At what the session leads through: it is one of theirs until it ends. */
static void count_sharers(struct vpc_session *session, int n)
{
	struct vpc_acct *sharers[] = {
		session->nat_acct, session->nlb_acct, session->interface_acct,
		session->resolver_acct,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sharers); i++)
		if (sharers[i])
			atomic_add(n, &sharers[i]->sessions);
}

/* NAT-6, NLB-15, SVC-20: so many toward one destination. */
static enum vpc_drop charge_flows(struct vpc_net *vnet, struct vpc_session *session,
				  const struct vpc_dst_flows_key *key)
{
	struct vpc_dst_flows *flows;
	enum vpc_drop reason;
	u32 max;

	if (!key)
		goto count;
	max = session->nat_id ? READ_ONCE(vnet->in_force.nat_flows) :
				READ_ONCE(vnet->in_force.service_flows);
	reason = vpc_dst_flows_get(vnet, key, max, vpc_session_no_port(session), &flows);
	if (reason)
		return reason;
	session->dst_flows = flows;
count:
	set_bit(VPC_SESSION_COUNTED, &session->flags);
	count_sharers(session, 1);
	return VPC_DROP_NONE;
}

/* Once, whoever comes first: who ends the session, or who takes it out. */
void vpc_session_uncharge_flows(struct vpc_net *vnet, struct vpc_session *session)
{
	if (!test_and_clear_bit(VPC_SESSION_COUNTED, &session->flags))
		return;
	count_sharers(session, -1);
	if (session->dst_flows)
		vpc_dst_flows_put(vnet, session->dst_flows);
}

enum vpc_drop vpc_session_charge(struct vpc_net *vnet, struct vpc_session *session,
				 const struct vpc_dst_flows_key *key)
{
	bool resolver = session->resolver_acct;
	enum vpc_drop reason;

	reason = resolver ? VPC_DROP_NONE : charge_half_open(vnet, session->eni_acct);
	if (reason)
		return reason;
	if (!resolver)
		set_bit(VPC_SESSION_HALF_OPEN, &session->flags);
	reason = resolver ? charge_resolver(vnet) :
			    charge_sessions(vnet, session->eni_acct, session->vpc_acct);
	if (reason)
		goto err_half_open;
	reason = charge_flows(vnet, session, key);
	if (reason)
		goto err_sessions;
	return VPC_DROP_NONE;

err_sessions:
	uncharge_sessions(vnet, session);
err_half_open:
	vpc_session_uncharge_half_open(vnet, session);
	return reason;
}

void vpc_session_uncharge_half_open(struct vpc_net *vnet, struct vpc_session *session)
{
	if (!test_and_clear_bit(VPC_SESSION_HALF_OPEN, &session->flags))
		return;
	atomic_dec(&vnet->sessions.half_open);
	atomic_dec(&session->eni_acct->half_open);
}

void vpc_session_uncharge(struct vpc_net *vnet, struct vpc_session *session)
{
	vpc_session_uncharge_flows(vnet, session);
	vpc_session_uncharge_half_open(vnet, session);
	uncharge_sessions(vnet, session);
}
