/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_ADDR_H
#define _VPC_ADDR_H

#include <linux/types.h>
#include <linux/in.h>
#include <linux/in6.h>
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

/* @ip6: 16 bytes, wherever they lie */
static inline struct vpc_addr vpc_addr6(const void *ip6)
{
	struct vpc_addr addr;

	memcpy(&addr, ip6, sizeof(addr));
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

/* A prefix of one family has no address of the other (RT-16). */
static inline bool vpc_prefix_has(const struct vpc_prefix *p, u8 family,
				  const struct vpc_addr *addr)
{
	unsigned int bytes = p->len / 8, bits = p->len % 8;

	if (p->family != family || memcmp(&p->addr, addr, bytes))
		return false;
	return !bits || !((p->addr.bytes[bytes] ^ addr->bytes[bytes]) >> (8 - bits));
}

static inline bool vpc_addr6_unspecified(const struct vpc_addr *addr)
{
	return !(addr->ip6[0] | addr->ip6[1] | addr->ip6[2] | addr->ip6[3]);
}

static inline bool vpc_addr6_loopback(const struct vpc_addr *addr)
{
	return !(addr->ip6[0] | addr->ip6[1] | addr->ip6[2]) && addr->ip6[3] == cpu_to_be32(1);
}

/* ff00::/8 */
static inline bool vpc_addr6_multicast(const struct vpc_addr *addr)
{
	return addr->bytes[0] == 0xff;
}

/* fe80::/10 */
static inline bool vpc_addr6_link_local(const struct vpc_addr *addr)
{
	return (addr->ip6[0] & cpu_to_be32(0xffc00000)) == cpu_to_be32(0xfe800000);
}

/* fc00::/7 of RFC 4193: never on the internet. */
static inline bool vpc_addr6_unique_local(const struct vpc_addr *addr)
{
	return (addr->bytes[0] & 0xfe) == 0xfc;
}

/* RFC 1918 and RFC 6598, and RFC 4193 of IPv6: never on the internet (IGW-13a). */
static inline bool vpc_addr_private(u8 family, const struct vpc_addr *addr)
{
	if (family == AF_INET6)
		return vpc_addr6_unique_local(addr);
	return (addr->ip4 & cpu_to_be32(0xff000000)) == cpu_to_be32(0x0a000000) ||
	       (addr->ip4 & cpu_to_be32(0xfff00000)) == cpu_to_be32(0xac100000) ||
	       (addr->ip4 & cpu_to_be32(0xffff0000)) == cpu_to_be32(0xc0a80000) ||
	       (addr->ip4 & cpu_to_be32(0xffc00000)) == cpu_to_be32(0x64400000);
}

/* ::ffff:0:0/96, an IPv4 address that must not be seen in a packet (RFC 4038, 4.2) */
static inline bool vpc_addr6_mapped(const struct vpc_addr *addr)
{
	return !(addr->ip6[0] | addr->ip6[1]) && addr->ip6[2] == cpu_to_be32(0xffff);
}

/* fd00:ec2::/32, of the services on the link (RT-15, VPC-24) */
static inline bool vpc_addr6_services(const struct vpc_addr *addr)
{
	return addr->ip6[0] == cpu_to_be32(0xfd000ec2);
}

#endif /* _VPC_ADDR_H */
