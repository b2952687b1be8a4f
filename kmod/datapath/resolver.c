// SPDX-License-Identifier: GPL-2.0
/* How often an interface may ask the resolver. */

#include "resolver.h"

#include <linux/timekeeping.h>

#include "../net.h"
#include "../port.h"

/* What has gone to the resolver is paid for by time; so much may be owed: a second's packets. */
#define AHEAD	NSEC_PER_SEC

bool vpc_resolver_pays(const struct vpc_packet *pkt)
{
	const struct vpc_snap_eni *eni = container_of(pkt->port, struct vpc_snap_eni, p);
	atomic64_t *paid = &pkt->port->port->resolver_paid;
	const struct vpc_snap_vpc *vpc;
	u64 now, interval;
	s64 old;

	if (!vpc_from_eni(pkt))
		return true;
	vpc = vpc_root_get(pkt->root, eni->vpc, VPC_KIND_VPC);
	if (!vpc || !vpc_flow_asks_resolver(vpc, &pkt->flow))
		return true;
	interval = NSEC_PER_SEC / READ_ONCE(pkt->vnet->in_force.resolver_packets);
	now = ktime_get_mono_fast_ns();
	old = atomic64_read(paid);
	do {
		if (max_t(s64, old, now) + interval > now + AHEAD)
			return false;
	} while (!atomic64_try_cmpxchg(paid, &old, max_t(s64, old, now) + interval));
	return true;
}
