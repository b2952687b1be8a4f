/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_HOOK_H
#define _VPC_HOOK_H

struct nf_hook_state;
struct sk_buff;

/* Netdev ingress hook of every port; @priv is its struct vpc_port. Softirq, RCU. */
unsigned int vpc_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state);

#endif /* _VPC_HOOK_H */
