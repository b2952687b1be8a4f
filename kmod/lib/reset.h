/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_RESET_H
#define _VPC_RESET_H

#include <linux/types.h>
#include <uapi/linux/ip.h>
#include <uapi/linux/tcp.h>

/**
 * struct vpc_reset - an IPv4 packet with a TCP reset
 * @ip: header
 * @tcp: header
 */
struct vpc_reset {
	struct iphdr ip;
	struct tcphdr tcp;
};

/**
 * vpc_reset_make - what a host says to a segment of no connection (RFC 9293, 3.10.7.1)
 * @iph: IP header of the segment, whose lengths vpc_parse_ipv4() has accepted
 * @th: its TCP header; not one of a reset, which is answered by none
 * @out: the answer, checksums included
 */
void vpc_reset_make(const struct iphdr *iph, const struct tcphdr *th, struct vpc_reset *out);

#endif /* _VPC_RESET_H */
