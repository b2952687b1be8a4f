/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_MSS_H
#define _VPC_MSS_H

#include <linux/types.h>

struct tcphdr;

/**
 * vpc_mss_clamp - lower the maximum segment size that a TCP header offers (MTU-5)
 * @th: TCP header, all of its doff * 4 bytes writable
 * @mss: largest, bytes; an offer of no more, or none, is left alone
 * @partial: the checksum is yet to be made, by hardware
 * The sum over the whole packet does not move.
 */
void vpc_mss_clamp(struct tcphdr *th, u16 mss, bool partial);

#endif /* _VPC_MSS_H */
