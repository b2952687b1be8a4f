/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ADDR_H
#define _VPC_ADDR_H

#include <linux/types.h>
#include <linux/in.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <asm/byteorder.h>

/**
 * struct vpc_addr - an IPv4 or IPv6 address
 * @ip4: IPv4; the other 12 bytes are then zero, so that addresses compare as memory
 * @ip6: IPv6
 *
 * The family travels beside the address.
 */
struct vpc_addr {
	union {
		__be32 ip4;
		__be32 ip6[4];
		u8 bytes[16];
	};
};

/**
 * struct vpc_prefix - a CIDR block
 * @addr: network address, host bits zero (VPC-2)
 * @family: AF_INET or AF_INET6
 * @len: prefix length in bits
 */
struct vpc_prefix {
	struct vpc_addr addr;
	u8 family;
	u8 len;
};

static inline struct vpc_addr vpc_addr4(__be32 ip4)
{
	struct vpc_addr addr = {};

	addr.ip4 = ip4;
	return addr;
}

static inline bool vpc_addr_equal(const struct vpc_addr *a, const struct vpc_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/* Length in bits of a host prefix. */
static inline u8 vpc_family_bits(u8 family)
{
	return family == AF_INET ? 32 : 128;
}

static inline __be32 vpc_mask4(u8 len)
{
	return len ? cpu_to_be32(~0U << (32 - len)) : 0;
}

static inline bool vpc_prefix4_has(const struct vpc_prefix *p, __be32 ip4)
{
	return p->family == AF_INET && !((p->addr.ip4 ^ ip4) & vpc_mask4(p->len));
}

#endif /* _VPC_ADDR_H */
