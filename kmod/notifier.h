/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NOTIFIER_H
#define _VPC_NOTIFIER_H

struct vpc_net;

int vpc_notifier_init(void);
void vpc_notifier_exit(void);

/* Let go of every device of the namespace. Takes RTNL. */
void vpc_notifier_release_ports(struct vpc_net *vnet);

#endif /* _VPC_NOTIFIER_H */
