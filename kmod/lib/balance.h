/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_BALANCE_H
#define _VPC_BALANCE_H

#include <linux/jhash.h>
#include <linux/types.h>

/*
 * How a load balancer chooses: of all that may have a flow the one with the greatest weight for it
 * (rendezvous hashing). Who comes takes from each of the others its share, who goes leaves to the
 * others what it had, and nothing else moves: 1/N exactly, which a table of Maglev only comes near
 * to; and there is no table to be made anew whenever a target's health changes.
 */

/**
 * struct vpc_balance - a choice that is being made
 * @hash: of the flow
 * @heaviest: weight of the best one so far
 * @some: there is one
 */
struct vpc_balance {
	u32 hash;
	u32 heaviest;
	bool some;
};

/* One that may have the flow, by an id that it keeps. Return: it is the best so far. */
static inline bool vpc_balance_offer(struct vpc_balance *balance, u64 id)
{
	u32 weight = jhash_3words(balance->hash, (u32)id, id >> 32, 0);

	if (balance->some && weight <= balance->heaviest)
		return false;
	balance->some = true;
	balance->heaviest = weight;
	return true;
}

#endif /* _VPC_BALANCE_H */
