/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_BALANCE_H
#define _VPC_BALANCE_H

#include <linux/jhash.h>
#include <linux/types.h>

/*
 * How a load balancer chooses: of all that may have a flow the one with the greatest weight gets it
 * (rendezvous hashing). Who comes takes from each of the others what it will have, who goes leaves
 * to the others what it had, and nothing else moves: exactly 1/N, which a table of Maglev only comes
 * near to, and nothing has to be made anew when a target's health changes.
 */

/* Weight of the target with @id for the flow with @hash. */
static inline u32 vpc_balance_weight(u32 hash, u64 id)
{
	return jhash_3words(hash, (u32)id, id >> 32, 0);
}

#endif /* _VPC_BALANCE_H */
