/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_STATS_H
#define _VPC_STATS_H

#include <linux/percpu.h>
#include <linux/refcount.h>
#include <linux/u64_stats_sync.h>

#include "lib/reason.h"

/* What a port counts beside its drops: name and text of `vpcctl stats`. */
#define VPC_COUNTERS(X)                                                              \
	X(RX_PACKETS, "rx-packets")             /* entered by the port */                  \
	X(RX_BYTES, "rx-bytes")                                                            \
	X(TX_PACKETS, "tx-packets")             /* left by the port */                     \
	X(TX_BYTES, "tx-bytes")                                                            \
	X(TO_HOST, "to-host")                   /* not ours, left to the host */           \
	X(ARP_REPLIES, "arp-replies")                                                      \
	X(ND_REPLIES, "nd-replies")             /* neighbour advertisements of IPv6 */     \
	X(LOOKUPS, "lookups")                   /* session lookups: one a packet */        \
	X(SLOW_PATH, "slow-path")               /* packets that ran the pipeline */        \
	X(SESSIONS_CREATED, "sessions-created")                                            \
	X(SESSIONS_ENDED, "sessions-ended")     /* timed out, closed, replaced or reaped */ \
	X(IGW_OUT, "igw-out-packets")           /* by source: left through an internet gateway */ \
	X(IGW_IN, "igw-in-packets")             /* by receiver: came in through one */     \
	X(EIGW_OUT, "eigw-out-packets")         /* likewise through an egress-only gateway */ \
	X(EIGW_IN, "eigw-in-packets")                                                      \
	X(ENDPOINT_OUT, "endpoint-out-packets") /* toward a service */                     \
	X(ENDPOINT_IN, "endpoint-in-packets")                                              \
	X(POLICY_DENIED, "endpoint-policy-denied") /* of an endpoint: packets that it turned away */ \
	X(PORT_REALLOCATED, "tuples-reallocated") /* took another source port or ICMP id */ \
	X(REASSEMBLED, "datagrams-reassembled") /* from fragments that came in by the port */ \
	X(FRAGMENTED, "packets-fragmented")     /* too big for the way, cut: MTU-2 */      \
	X(ICMP_SENT, "icmp-errors-sent")        /* by the router: MTU-3 */                 \
	X(ANSWERS_SUPPRESSED, "answers-suppressed") /* errors and resets above the limit */ \
	X(ICMP_ERRORS, "icmp-errors-passed")    /* of others, translated: IGW-13 */        \
	X(ALLOWANCE, "conntrack-allowance-exceeded") /* by who is charged: SG-15 */ \
	X(RESETS_SENT, "tcp-resets-sent")       /* by the router: NAT-8, NAT-21 */     \
	X(NLB_PORT_ERRORS, "port-allocation-error-count") /* of a load balancer: MET-4 */ \
	X(NAT_ATTEMPTS, "connection-attempt-count") /* from here on of NAT gateways: MET-3 */ \
	X(NAT_ESTABLISHED, "connection-established-count")                                 \
	X(NAT_PORT_ERRORS, "error-port-allocation")                                        \
	X(NAT_PORT_TRIES, "port-allocation-tries") /* ports that were tried for new flows */ \
	X(NAT_IDLE, "idle-timeout-count")                                                  \
	X(NAT_DROPS, "packets-drop-count")                                                 \
	X(NAT_IN_SOURCE, "packets-in-from-source")                                         \
	X(NAT_OUT_DESTINATION, "packets-out-to-destination")                               \
	X(NAT_IN_DESTINATION, "packets-in-from-destination")                               \
	X(NAT_OUT_SOURCE, "packets-out-to-source")                                         \
	X(NAT_BYTES_IN_SOURCE, "bytes-in-from-source")                                     \
	X(NAT_BYTES_OUT_DESTINATION, "bytes-out-to-destination")                           \
	X(NAT_BYTES_IN_DESTINATION, "bytes-in-from-destination")                           \
	X(NAT_BYTES_OUT_SOURCE, "bytes-out-to-source")

enum vpc_counter {
#define X(name, text) VPC_COUNT_##name,
	VPC_COUNTERS(X)
#undef X
	VPC_COUNT_MAX
};

const char *vpc_counter_name(enum vpc_counter counter);

struct vpc_acct_cpu {
	struct u64_stats_sync syncp;
	u64_stats_t count[VPC_COUNT_MAX];
	u64_stats_t drop[VPC_DROP_MAX];
};

/**
 * struct vpc_acct - what a port or a VPC is charged with
 * @cpu: counters
 * @sessions: live sessions charged here
 * @half_open: those not yet confirmed by the other side
 * @refs: the object, its snapshots' owner and every session hold one
 * @rcu: freed after a grace period
 *
 * Outlives its object while sessions drain. Not configuration: packets write to it.
 */
struct vpc_acct {
	struct vpc_acct_cpu __percpu *cpu;
	atomic_t sessions;
	atomic_t half_open;
	refcount_t refs;
	struct rcu_head rcu;
};

/* GFP_KERNEL_ACCOUNT; NULL when there is no memory. */
struct vpc_acct *vpc_acct_create(void);
void vpc_acct_get(struct vpc_acct *acct);
/* Any context. */
void vpc_acct_put(struct vpc_acct *acct);

/* Softirq or BH disabled. */
void vpc_acct_add(struct vpc_acct *acct, enum vpc_counter counter, u64 n);
void vpc_acct_drop(struct vpc_acct *acct, enum vpc_drop reason);

/* Sums over CPUs. */
u64 vpc_acct_count(const struct vpc_acct *acct, enum vpc_counter counter);
u64 vpc_acct_dropped(const struct vpc_acct *acct, enum vpc_drop reason);

#endif /* _VPC_STATS_H */
