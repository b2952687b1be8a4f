/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_DRAIN_H
#define _VPC_DRAIN_H

#include <linux/jiffies.h>
#include <linux/typecheck.h>
#include <linux/types.h>

struct vpc_net;

/*
 * Addresses of NAT gateways that go when their time is over (NAT-17), automatic public ones of
 * interfaces that lost their device (ENI-8), and targets that are drained (NLB-27, NLB-28): the only
 * changes of a configuration that nobody asks for at the moment.
 */

/**
 * struct vpc_due - when the next of them is
 * @some: there is one
 * @until: in jiffies
 */
struct vpc_due {
	bool some;
	unsigned long until;
};

static inline void vpc_due_add(struct vpc_due *due, unsigned long until)
{
	if (!due->some || time_before(until, due->until))
		due->until = until;
	due->some = true;
}

void vpc_drain_init(struct vpc_net *vnet);
/* The namespace is going. No locks held. */
void vpc_drain_exit(struct vpc_net *vnet);

/* An interface has no device any more. No locks needed. */
void vpc_drain_soon(struct vpc_net *vnet);

/* Be there when the next one goes; @vnet: a struct vpc_net, whose lock is held. */
void vpc_drain_arm(void *vnet);

#endif /* _VPC_DRAIN_H */
