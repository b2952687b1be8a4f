/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_DRAIN_H
#define _VPC_DRAIN_H

struct vpc_net;

/*
 * Addresses of NAT gateways that go when their time is over (NAT-17), and automatic public ones of
 * interfaces that lost their device (ENI-8): the only changes of a configuration that nobody asks
 * for at the moment.
 */

void vpc_drain_init(struct vpc_net *vnet);
/* The namespace is going. No locks held. */
void vpc_drain_exit(struct vpc_net *vnet);

/* An interface has no device any more. No locks needed. */
void vpc_drain_soon(struct vpc_net *vnet);

/* Be there when the next one goes; @vnet: a struct vpc_net, whose lock is held. */
void vpc_drain_arm(void *vnet);

#endif /* _VPC_DRAIN_H */
