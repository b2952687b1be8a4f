// SPDX-License-Identifier: GPL-2.0
#include "stats.h"

#include <linux/cpumask.h>
#include <linux/slab.h>

static const char *const counter_names[VPC_COUNT_MAX] = {
#define X(name, text) [VPC_COUNT_##name] = text,
	VPC_COUNTERS(X)
#undef X
};

const char *vpc_counter_name(enum vpc_counter counter)
{
	return counter_names[counter];
}

struct vpc_acct *vpc_acct_create(void)
{
	struct vpc_acct *acct;
	int cpu;

	acct = kzalloc(sizeof(*acct), GFP_KERNEL_ACCOUNT);
	if (!acct)
		return NULL;
	acct->cpu = alloc_percpu_gfp(struct vpc_acct_cpu, GFP_KERNEL_ACCOUNT);
	if (!acct->cpu) {
		kfree(acct);
		return NULL;
	}
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(acct->cpu, cpu)->syncp);
	refcount_set(&acct->refs, 1);
	return acct;
}

void vpc_acct_get(struct vpc_acct *acct)
{
	refcount_inc(&acct->refs);
}

static void acct_free(struct rcu_head *rcu)
{
	struct vpc_acct *acct = container_of(rcu, struct vpc_acct, rcu);

	free_percpu(acct->cpu);
	kfree(acct);
}

void vpc_acct_put(struct vpc_acct *acct)
{
	if (refcount_dec_and_test(&acct->refs))
		call_rcu(&acct->rcu, acct_free);
}

void vpc_acct_add(struct vpc_acct *acct, enum vpc_counter counter, u64 n)
{
	struct vpc_acct_cpu *cpu = this_cpu_ptr(acct->cpu);

	u64_stats_update_begin(&cpu->syncp);
	u64_stats_add(&cpu->count[counter], n);
	u64_stats_update_end(&cpu->syncp);
}

void vpc_acct_drop(struct vpc_acct *acct, enum vpc_drop reason)
{
	struct vpc_acct_cpu *cpu = this_cpu_ptr(acct->cpu);

	u64_stats_update_begin(&cpu->syncp);
	u64_stats_inc(&cpu->drop[reason]);
	u64_stats_update_end(&cpu->syncp);
}

/* One CPU's number, whole even where 64 bits take two loads. */
static u64 acct_read(const struct vpc_acct_cpu *cpu, const u64_stats_t *stat)
{
	unsigned int start;
	u64 n;

	do {
		start = u64_stats_fetch_begin(&cpu->syncp);
		n = u64_stats_read(stat);
	} while (u64_stats_fetch_retry(&cpu->syncp, start));
	return n;
}

/* @stat: one of @acct->cpu's */
static u64 acct_sum(const struct vpc_acct *acct, const u64_stats_t __percpu *stat)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += acct_read(per_cpu_ptr(acct->cpu, cpu), per_cpu_ptr(stat, cpu));
	return sum;
}

u64 vpc_acct_count(const struct vpc_acct *acct, enum vpc_counter counter)
{
	return acct_sum(acct, &acct->cpu->count[counter]);
}

u64 vpc_acct_dropped(const struct vpc_acct *acct, enum vpc_drop reason)
{
	return acct_sum(acct, &acct->cpu->drop[reason]);
}
