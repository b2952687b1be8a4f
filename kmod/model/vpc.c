// SPDX-License-Identifier: GPL-2.0
#include "vpc.h"

#include <linux/ctype.h>
#include <linux/etherdevice.h>
#include <linux/in.h>

#include "../net.h"
#include "endpoint.h"
#include "gateway.h"
#include "nouns.h"
#include "rtb.h"
#include "txn.h"

/* No IPv4 block may lie here (VPC-7). */
static const struct {
	u32 addr;
	u8 len;
} banned[] = {
	{ 0x00000000, 8 },
	{ 0x7f000000, 8 },
	{ 0xa9fe0000, 16 },
	{ 0xe0000000, 4 },
};

/* Nor an IPv6 one: ::/8, fe80::/10, ff00::/8, and fd00:ec2::/32 of the services (VPC-24). */
static const struct vpc_prefix banned6[] = {
	{ .family = AF_INET6, .len = 8 },
	{ .addr.bytes = { 0xfe, 0x80 }, .family = AF_INET6, .len = 10 },
	{ .addr.bytes = { 0xff }, .family = AF_INET6, .len = 8 },
	{ .addr.bytes = { 0xfd, 0x00, 0x0e, 0xc2 }, .family = AF_INET6, .len = 32 },
};

const struct vpc_prefix *vpc_block_equal(const struct vpc_vpc *vpc, const struct vpc_prefix *p)
{
	const struct vpc_prefix *block;
	u32 i;

	for (i = 0; (block = vpc_block(vpc, i)); i++)
		if (vpc_prefix_equal(block, p))
			return block;
	return NULL;
}

const struct vpc_prefix *vpc_block_around(const struct vpc_vpc *vpc, const struct vpc_prefix *p)
{
	const struct vpc_prefix *block;
	u32 i;

	for (i = 0; (block = vpc_block(vpc, i)); i++)
		if (vpc_prefix_covers(block, p))
			return block;
	return NULL;
}

static int check_ban(const struct vpc_prefix *ban, const struct vpc_prefix *cidr,
		     struct netlink_ext_ack *extack)
{
	char a[VPC_PREFIX_STRLEN], b[VPC_PREFIX_STRLEN];

	if (!vpc_prefix_overlap(ban, cidr))
		return 0;
	return vpc_refuse(extack, -EINVAL, "cidr %s overlaps %s", vpc_prefix_text(cidr, a),
			  vpc_prefix_text(ban, b));
}

static int check_banned(const struct vpc_prefix *cidr, struct netlink_ext_ack *extack)
{
	struct vpc_prefix ban = { .family = AF_INET };
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(banned) && !err; i++) {
		ban.addr = vpc_addr4(htonl(banned[i].addr));
		ban.len = banned[i].len;
		err = check_ban(&ban, cidr, extack);
	}
	for (i = 0; i < ARRAY_SIZE(banned6) && !err; i++)
		err = check_ban(&banned6[i], cidr, extack);
	return err;
}

/* VPC-9: a route to the same or a smaller block would be taken over by the local route. */
static int check_routes(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			const struct vpc_prefix *cidr, struct netlink_ext_ack *extack)
{
	char a[VPC_PREFIX_STRLEN], b[VPC_PREFIX_STRLEN];
	struct vpc_prefix dst;
	struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc &&
		    vpc_map_inside(vpc_rtb_routes(obj_to_rtb(obj), cidr->family), cidr, &dst))
			return vpc_refuse(extack, -EINVAL, "cidr %s contains the route to %s",
					  vpc_prefix_text(cidr, a), vpc_prefix_text(&dst, b));
	return 0;
}

/* VPC-8: no block of @vpc itself. */
static int check_siblings(const struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
			  struct netlink_ext_ack *extack)
{
	char a[VPC_PREFIX_STRLEN], b[VPC_PREFIX_STRLEN];
	const struct vpc_prefix *block;
	u32 i;

	for (i = 0; (block = vpc_block(vpc, i)); i++)
		if (vpc_prefix_overlap(block, cidr))
			return vpc_refuse(extack, -EINVAL, "cidr %s overlaps %s of the vpc",
					  vpc_prefix_text(cidr, a), vpc_prefix_text(block, b));
	return 0;
}

/* Size and number: VPC-1, VPC-15 and VPC-6. */
static int check_size(struct vpc_txn *txn, const struct vpc_vpc *vpc,
		      const struct vpc_prefix_cfg *cfg, u8 family, struct netlink_ext_ack *extack)
{
	u32 max = txn->vnet->limits.cidrs_vpc, n = vpc->n_cidrs;
	int err;

	if (family == AF_INET) {
		err = vpc_prefix_check(cfg, 16, 28, "cidr", extack);
	} else {
		err = vpc_prefix_check6(cfg, 44, 60, "ipv6 cidr", extack);
		max = txn->vnet->limits.cidrs6_vpc;
		n = vpc->n_cidrs6;
	}
	max = min_t(u32, max, VPC_CIDRS_MAX);
	if (!err && n >= max)
		err = vpc_refuse(extack, -ENOSPC, "vpc has %u %scidrs, the limit", max,
				 family == AF_INET ? "" : "ipv6 ");
	return err;
}

static int check_cidr(struct vpc_txn *txn, const struct vpc_vpc *vpc,
		      const struct vpc_prefix *cidr, struct netlink_ext_ack *extack)
{
	int err = check_banned(cidr, extack);

	if (!err)
		err = check_siblings(vpc, cidr, extack);
	if (!err)
		err = vpc_peering_check_cidr(txn->vnet, vpc, cidr, extack);
	return err ? err : check_routes(txn->vnet, vpc, cidr, extack);
}

/* VPC-10: every table gets the local route at once. */
static void add_local_routes(struct vpc_txn *txn, struct vpc_vpc *vpc,
			     const struct vpc_prefix *cidr)
{
	struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ROUTE_TABLE], list)
		if (obj->vpc == vpc)
			vpc_route_put(txn, obj_to_rtb(obj), cidr, (struct vpc_route_val){
				.target = VPC_TARGET_LOCAL,
				.origin = VPC_ROUTE_ORIGIN_CREATE_ROUTE_TABLE,
			});
}

/* Length of the range of RFC 1918 in which @cidr lies, or 0: none is longer than a range. */
static u8 private_range(const struct vpc_prefix *cidr)
{
	__be32 addr = cidr->addr.ip4;

	if (ipv4_is_private_10(addr))
		return 8;
	if (ipv4_is_private_172(addr))
		return 12;
	return ipv4_is_private_192(addr) ? 16 : 0;
}

/* VPC-7: AWS does not mix ranges of RFC 1918 in one VPC; here it is no harm, but worth a word. */
static void warn_mixed(const struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
		       struct netlink_ext_ack *extack)
{
	u8 range = private_range(cidr), other;
	u32 i;

	for (i = 0; range && i < vpc->n_cidrs; i++) {
		other = private_range(&vpc->cidrs[i]);
		if (other && other != range)
			vpc_warn(extack, "cidr %pI4/%u is in another rfc 1918 range than %pI4/%u",
				 &cidr->addr.ip4, cidr->len, &vpc->cidrs[i].addr.ip4,
				 vpc->cidrs[i].len);
	}
}

static int add_cidr4(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
		     struct netlink_ext_ack *extack)
{
	warn_mixed(vpc, cidr, extack);
	vpc_txn_set(txn, vpc->cidrs[vpc->n_cidrs], *cidr);
	vpc_txn_set(txn, vpc->n_cidrs, vpc->n_cidrs + 1);
	vpc_map_set(txn, &vpc->cidr_map, &cidr->addr, cidr->len, 1);
	return txn->err;
}

/* With the first one, what lets everything pass lets IPv6 pass, too (SG-2, ACL-3). */
static int add_cidr6(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
		     struct netlink_ext_ack *extack)
{
	int err = 0;

	if (vpc->igw || vpc->eigw)
		err = vpc_public6_add(txn, vpc, cidr, extack);
	if (err)
		return err;
	vpc_txn_set(txn, vpc->cidrs6[vpc->n_cidrs6], *cidr);
	vpc_txn_set(txn, vpc->n_cidrs6, vpc->n_cidrs6 + 1);
	vpc_map_set(txn, &vpc->cidr_map6, &cidr->addr, cidr->len, 1);
	if (vpc->n_cidrs6 > 1)
		return txn->err;
	err = vpc_group_ipv6(txn, vpc->group);
	return err ? err : vpc_acl_ipv6(txn, vpc->acl);
}

static int add_cidr(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix_cfg *cfg,
		    u8 family, struct netlink_ext_ack *extack)
{
	const struct vpc_prefix *cidr = &cfg->p;
	int err;

	err = check_size(txn, vpc, cfg, family, extack);
	if (!err)
		err = check_cidr(txn, vpc, cidr, extack);
	if (err)
		return err;
	err = family == AF_INET ? add_cidr4(txn, vpc, cidr, extack) :
				  add_cidr6(txn, vpc, cidr, extack);
	if (err)
		return err;
	add_local_routes(txn, vpc, cidr);
	return txn->err;
}

static int add_cidrs(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_vpc_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_cidrs && !err; i++)
		err = add_cidr(txn, vpc, &cfg->cidrs[i], AF_INET, extack);
	for (i = 0; i < cfg->n_cidrs6 && !err; i++)
		err = add_cidr(txn, vpc, &cfg->cidrs6[i], AF_INET6, extack);
	return err;
}

static int check_owner(const char *owner, struct netlink_ext_ack *extack)
{
	const char *c;

	for (c = owner; c && *c; c++)
		if (!isdigit(*c))
			break;
	if (owner && (*c || c - owner != 12))
		return vpc_refuse(extack, -EINVAL, "owner must have 12 digits");
	return 0;
}

static void set_dns(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_vpc_cfg *cfg)
{
	if (cfg->dns_support.set)
		vpc_txn_set(txn, vpc->dns_support, cfg->dns_support.val);
	if (cfg->dns_hostnames.set)
		vpc_txn_set(txn, vpc->dns_hostnames, cfg->dns_hostnames.val);
}

static void vpc_setup(struct vpc_vpc *vpc, const struct vpc_vpc_cfg *cfg)
{
	vpc->cidr_map = (struct vpc_lpm)VPC_LPM_INIT(32);
	vpc->cidr_map6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	vpc->subnets = (struct vpc_lpm)VPC_LPM_INIT(32);
	vpc->subnets6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	vpc->addresses = (struct vpc_lpm)VPC_LPM_INIT(32);
	vpc->addresses6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	vpc->publics = (struct vpc_lpm)VPC_LPM_INIT(32);
	vpc->macs = (struct vpc_lpm)VPC_LPM_INIT(48);
	vpc->dns_support = true;	/* VPC-13 */
	vpc_str_set(vpc->region, cfg->region, sizeof(vpc->region));
	vpc_str_set(vpc->owner, cfg->owner, sizeof(vpc->owner));
}

/* Locally administered, from the id: stable for the VPC's life. */
static void make_router_mac(struct vpc_vpc *vpc)
{
	u64_to_ether_addr(vpc->obj.id, vpc->router_mac);
	vpc->router_mac[0] = 0x02;
}

/* VPC-11 */
static int make_main(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	struct vpc_rtb *rtb = vpc_rtb_make(txn, vpc, "main", extack);

	if (IS_ERR(rtb))
		return PTR_ERR(rtb);
	vpc->main = rtb;
	return PTR_ERR_OR_ZERO(vpc_assoc_make(txn, rtb, NULL, NULL, extack));
}

/* VPC-11 */
static int make_group(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	struct vpc_group *group = vpc_group_make_default(txn, vpc, extack);

	if (IS_ERR(group))
		return PTR_ERR(group);
	vpc->group = group;
	return 0;
}

static int make_acl(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	struct vpc_acl *acl = vpc_acl_make_default(txn, vpc, extack);

	if (IS_ERR(acl))
		return PTR_ERR(acl);
	vpc->acl = acl;
	return 0;
}

VPC_OP(vpc_vpc_create)
{
	const struct vpc_vpc_cfg *cfg = &op->vpc;
	struct vpc_vpc *vpc;
	int err;

	if (!cfg->n_cidrs)
		return vpc_refuse(extack, -EINVAL, "a vpc needs a cidr");
	err = check_owner(cfg->owner, extack);
	if (err)
		return err;
	if (vpc_obj_count(txn->vnet, VPC_KIND_VPC, NULL) >= txn->vnet->limits.vpcs)
		return vpc_refuse(extack, -ENOSPC, "limit of %u vpcs reached",
				  txn->vnet->limits.vpcs);
	vpc = vpc_edit_alloc(&txn->edit, sizeof(*vpc));
	if (!vpc)
		return -ENOMEM;
	vpc_setup(vpc, cfg);
	vpc->acct = vpc_acct_make(txn);
	if (!vpc->acct)
		return -ENOMEM;
	err = vpc_obj_add(txn, &vpc->obj, VPC_KIND_VPC, NULL, cfg->name, true, extack);
	if (err)
		return err;
	make_router_mac(vpc);
	set_dns(txn, vpc, cfg);
	*result = &vpc->obj;
	err = make_main(txn, vpc, extack);
	if (!err)
		err = make_group(txn, vpc, extack);
	if (!err)
		err = make_acl(txn, vpc, extack);
	if (!err)
		err = vpc_resolver_add_vpc(txn, vpc, extack);
	return err ? err : add_cidrs(txn, vpc, cfg, extack);
}

VPC_OP(vpc_vpc_set)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_VPC, op->vpc.id, NULL, extack);
	int err = 0;
	u32 i;

	if (!obj)
		return -ENOENT;
	*result = obj;
	if (op->vpc.name) {
		err = vpc_obj_rename(txn, obj, op->vpc.name, extack);
		if (err)
			return err;
	}
	set_dns(txn, obj_to_vpc(obj), &op->vpc);
	err = vpc_private_dns_check_vpc(txn, obj_to_vpc(obj), extack);
	if (err)
		return err;
	if (op->vpc.exclusion.set)
		vpc_txn_set(txn, obj_to_vpc(obj)->exclusion, op->vpc.exclusion.val);
	vpc_txn_dirty(txn, obj, op->vpc.n_cidrs || op->vpc.n_cidrs6 || op->vpc.n_remove ||
		      op->vpc.exclusion.set || op->vpc.dns_support.set);
	for (i = 0; i < op->vpc.n_remove && !err; i++)
		err = vpc_cidr_remove(txn, obj_to_vpc(obj), &op->vpc.remove[i], extack);
	if (err)
		return err;
	return add_cidrs(txn, obj_to_vpc(obj), &op->vpc, extack);
}

/* VPC-12 */
static int check_unused(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			struct netlink_ext_ack *extack)
{
	static const u8 kinds[] = {
		VPC_KIND_ENDPOINT, VPC_KIND_NAT_GATEWAY, VPC_KIND_NLB, VPC_KIND_TARGET_GROUP,
		VPC_KIND_ENI, VPC_KIND_SUBNET, VPC_KIND_EIGW,
	};
	unsigned int i;
	int err;
	u32 n;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		n = vpc_obj_count(vnet, kinds[i], vpc);
		if (n)
			return vpc_refuse(extack, -EBUSY, "vpc has %u %s%s", n,
					  vpc_kind_name(kinds[i]), n > 1 ? "s" : "");
	}
	if (vpc->igw)
		return vpc_refuse(extack, -EBUSY, "vpc has an internet gateway attached");
	n = vpc_peering_count(vnet, vpc, VPC_PEERING_STATE_ACTIVE) +
	    vpc_peering_count(vnet, vpc, VPC_PEERING_STATE_PENDING_ACCEPTANCE);
	if (n)
		return vpc_refuse(extack, -EBUSY, "vpc has %u peering connection%s", n,
				  n > 1 ? "s" : "");
	n = vpc_obj_count(vnet, VPC_KIND_ROUTE_TABLE, vpc);
	if (n > 1)
		return vpc_refuse(extack, -EBUSY, "vpc has %u route tables beside the main one",
				  n - 1);
	n = vpc_obj_count(vnet, VPC_KIND_SECURITY_GROUP, vpc);
	if (n > 1)
		return vpc_refuse(extack, -EBUSY,
				  "vpc has %u security groups beside the default one", n - 1);
	err = vpc_group_check_vpc(vnet, vpc, extack);
	if (err)
		return err;
	n = vpc_obj_count(vnet, VPC_KIND_NETWORK_ACL, vpc);
	if (n > 1)
		return vpc_refuse(extack, -EBUSY, "vpc has %u network acls beside the default one",
				  n - 1);
	return 0;
}

VPC_OP(vpc_vpc_delete)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_VPC, op->vpc.id, NULL, extack);
	struct vpc_vpc *vpc;
	int err;

	if (!obj)
		return -ENOENT;
	vpc = obj_to_vpc(obj);
	err = check_unused(txn->vnet, vpc, extack);
	if (err)
		return err;
	vpc_peering_forget(txn, vpc);
	vpc_obj_del(txn, &vpc_assoc_main(txn->vnet, vpc)->obj);
	vpc_rtb_unmake(txn, vpc->main);
	vpc_group_unmake(txn, vpc->group);
	vpc_acl_unmake(txn, vpc->acl);
	vpc_map_clear(txn, &vpc->cidr_map);
	vpc_map_clear(txn, &vpc->cidr_map6);
	vpc_acct_unmake(txn, vpc->acct);
	vpc_obj_del(txn, obj);
	return 0;
}
