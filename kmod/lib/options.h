/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_OPTIONS_H
#define _VPC_OPTIONS_H

#include <linux/types.h>

#include "reason.h"

struct iphdr;

/**
 * vpc_options_parse - look through the options of an IPv4 header
 * @iph: header, all of its ihl * 4 bytes readable
 * @source_route: set if a loose or strict source route is among them
 * Return: VPC_DROP_NONE, or VPC_DROP_BAD_HEADER if their lengths do not add up (RFC 791, 3.1).
 */
enum vpc_drop vpc_options_parse(const struct iphdr *iph, bool *source_route);

/**
 * vpc_options_fragment - leave those options that every fragment has (RFC 791, 3.1)
 * @iph: header that vpc_options_parse() has accepted
 * The others become no-operations: the length stays, the checksum is not touched.
 */
void vpc_options_fragment(struct iphdr *iph);

#endif /* _VPC_OPTIONS_H */
