/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_DNS_NAME_H
#define _VPC_DNS_NAME_H

#include <linux/types.h>

/* @name is one of a host as DNS has it (SVC-18), in lower case. */
bool vpc_dns_name_valid(const char *name);

/**
 * vpc_dns_name_reverse - from com.amazonaws.REGION.CODE to CODE.REGION.amazonaws.com
 * @name: its labels, between dots
 * @out: the same labels, the last one first; as long as @name
 */
void vpc_dns_name_reverse(const char *name, char *out);

#endif /* _VPC_DNS_NAME_H */
