// SPDX-License-Identifier: GPL-2.0
/* Which way IPv6 goes, on a configuration made by hand. Linked into vpc.ko itself. */
#include <kunit/test.h>

#include <linux/etherdevice.h>

#include "../datapath/pipeline.h"
#include "../lib/edit.h"
#include "../model/snapshot.h"
#include "../port.h"
#include "../stats.h"

/* Where the objects stand. */
enum {
	NONE, VPC, NET, FAR, A, B, F, UPLINK, OTHER_UPLINK, IGW, EIGW, TABLE, FAR_TABLE, ACL,
	GROUP, SLOTS
};

/* 2001:db8:1:@subnet::@host; the VPC has 2001:db8:1::/48. */
#define ADDR(subnet, host)	{ .ip6 = { cpu_to_be32(0x20010db8), \
					   cpu_to_be32(0x00010000 | (subnet)), 0, \
					   cpu_to_be32(host) } }
#define WORDS(a, b, c, d)	{ .ip6 = { cpu_to_be32(a), cpu_to_be32(b), cpu_to_be32(c), \
					   cpu_to_be32(d) } }

static const struct vpc_addr a6 = ADDR(1, 10), b6 = ADDR(1, 11), f6 = ADDR(2, 10);
static const struct vpc_addr block = ADDR(0, 0), all = {}, nobody6 = ADDR(1, 99);
static const struct vpc_addr out6 = WORDS(0x20010db8, 0xffff0000, 0, 7);
static const u8 router_mac[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 0x01 };

/**
 * struct lab - a configuration
 * @root: the root
 * @edit: that makes it
 * @vpc: net and far, both gateways by one uplink
 * @net: of a and b, with a route to the internet gateway
 * @far: of f, with one to the egress-only gateway
 * @eni: a, b, f
 * @port: theirs, and the uplinks'
 * @uplink: toward the internet
 * @other: another one
 * @igw: internet gateway
 * @eigw: egress-only gateway
 * @table: of net
 * @far_table: of far
 * @acl: of both, allows all IPv6
 * @group: of all, allows all IPv6
 */
struct lab {
	struct vpc_root root;
	struct vpc_edit edit;
	struct vpc_snap_vpc vpc;
	struct vpc_snap_subnet net;
	struct vpc_snap_subnet far;
	struct vpc_snap_eni eni[3];
	struct vpc_port port[5];
	struct vpc_snap_uplink uplink;
	struct vpc_snap_uplink other;
	struct vpc_snap_igw igw;
	struct vpc_snap_eigw eigw;
	struct vpc_snap_rtb *table;
	struct vpc_snap_rtb *far_table;
	struct vpc_snap_acl *acl;
	struct vpc_snap_group *group;
};

static void put(struct kunit *test, u32 slot, u8 kind, void *object)
{
	struct lab *lab = test->priv;
	struct vpc_snap *snap = object;

	snap->kind = kind;
	snap->gen = 1;
	KUNIT_ASSERT_EQ(test, vpc_slots_set(&lab->root.slots, &lab->edit, slot, snap), 0);
}

static void map(struct kunit *test, struct vpc_lpm *lpm, const struct vpc_addr *addr, u8 len,
		u64 value)
{
	struct lab *lab = test->priv;

	KUNIT_ASSERT_EQ(test, vpc_lpm_set(lpm, &lab->edit, addr, len, value, NULL), 0);
}

static u64 to(u8 target, u32 slot)
{
	return vpc_route_pack((struct vpc_route_val){ .target = target, .slot = slot });
}

static void put_subnet(struct kunit *test, u32 slot, struct vpc_snap_subnet *subnet, u32 number,
		       u32 table)
{
	struct lab *lab = test->priv;

	subnet->cidr6 = (struct vpc_prefix){ ADDR(number, 0), AF_INET6, 64 };
	subnet->vpc = VPC;
	subnet->rtb = table;
	subnet->acl = ACL;
	put(test, slot, VPC_KIND_SUBNET, subnet);
	map(test, &lab->vpc.subnets6, &subnet->cidr6.addr, 64, slot);
}

static void put_eni(struct kunit *test, u32 slot, u32 subnet, const struct vpc_addr *addr)
{
	struct lab *lab = test->priv;
	struct vpc_snap_eni *eni = &lab->eni[slot - A];

	lab->port[slot - A].slot = slot;
	eni->p.port = &lab->port[slot - A];
	eni->p.snap.slot = slot;
	eni->vpc = VPC;
	eni->subnet = subnet;
	eni->mac[5] = 0x10 + slot;
	eni->mac[0] = 0x02;
	eni->source_dest_check = true;
	eni->n_groups = 1;
	eni->groups[0] = GROUP;
	put(test, slot, VPC_KIND_ENI, eni);
	map(test, &lab->vpc.addresses6, addr, 128, slot);
}

static struct vpc_snap_rtb *put_table(struct kunit *test, u32 slot, u8 target, u32 gateway)
{
	struct vpc_snap_rtb *rtb = kunit_kzalloc(test, sizeof(*rtb), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, rtb);
	rtb->vpc = VPC;
	rtb->routes = (struct vpc_lpm)VPC_LPM_INIT(32);
	rtb->routes6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	put(test, slot, VPC_KIND_ROUTE_TABLE, rtb);
	map(test, &rtb->routes, &all, 0, to(VPC_TARGET_IGW, IGW));
	map(test, &rtb->routes6, &block, 48, to(VPC_TARGET_LOCAL, 0));
	if (gateway)
		map(test, &rtb->routes6, &all, 0, to(target, gateway));
	return rtb;
}

/* What it says of the rest is that there is nothing else. */
static void put_acl(struct kunit *test)
{
	struct lab *lab = test->priv;
	u8 direction;

	lab->acl = kunit_kzalloc(test, struct_size(lab->acl, rules, 2), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, lab->acl);
	lab->acl->n_rules = 2;
	for (direction = 0; direction < 2; direction++)
		lab->acl->rules[direction] = (struct vpc_acl_rule){
			.cidr.family = AF_INET6,
			.number = 100,
			.direction = direction,
			.allow = true,
			.proto = VPC_ACL_ALL,
		};
	put(test, ACL, VPC_KIND_NETWORK_ACL, lab->acl);
}

static void put_group(struct kunit *test)
{
	struct lab *lab = test->priv;
	unsigned int i;

	lab->group = kunit_kzalloc(test, sizeof(*lab->group), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, lab->group);
	for (i = 0; i < 2; i++) {
		struct vpc_policy_rule rule = {
			.peer = VPC_PEER_CIDR,
			.cidr.family = AF_INET6,
			.last = VPC_POINT_MAX,
		};

		lab->group->policy[i] = vpc_policy_compile(&lab->edit, &rule, 1);
		KUNIT_ASSERT_NOT_NULL(test, lab->group->policy[i]);
	}
	put(test, GROUP, VPC_KIND_SECURITY_GROUP, lab->group);
}

static int ipv6_init(struct kunit *test)
{
	struct lab *lab = kunit_kzalloc(test, sizeof(*lab), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, lab);
	test->priv = lab;
	vpc_edit_begin(&lab->edit, 1);
	lab->root.gen = 1;
	lab->root.public4 = (struct vpc_lpm)VPC_LPM_INIT(32);
	lab->root.public6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	lab->vpc.cidrs6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	lab->vpc.subnets6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	lab->vpc.addresses6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	lab->vpc.macs = (struct vpc_lpm)VPC_LPM_INIT(48);
	lab->vpc.igw = IGW;
	lab->vpc.eigw = EIGW;
	ether_addr_copy(lab->vpc.router_mac, router_mac);
	put(test, VPC, VPC_KIND_VPC, &lab->vpc);
	map(test, &lab->vpc.cidrs6, &block, 48, 1);
	map(test, &lab->root.public6, &block, 48, VPC);
	put_subnet(test, NET, &lab->net, 1, TABLE);
	put_subnet(test, FAR, &lab->far, 2, FAR_TABLE);
	put_eni(test, A, NET, &a6);
	put_eni(test, B, NET, &b6);
	put_eni(test, F, FAR, &f6);
	lab->uplink.p.port = &lab->port[UPLINK - A];
	lab->other.p.port = &lab->port[OTHER_UPLINK - A];
	put(test, UPLINK, VPC_KIND_UPLINK, &lab->uplink);
	put(test, OTHER_UPLINK, VPC_KIND_UPLINK, &lab->other);
	lab->igw.vpc = VPC;
	lab->igw.uplink = UPLINK;
	put(test, IGW, VPC_KIND_IGW, &lab->igw);
	lab->eigw.vpc = VPC;
	lab->eigw.uplink = UPLINK;
	put(test, EIGW, VPC_KIND_EIGW, &lab->eigw);
	lab->table = put_table(test, TABLE, VPC_TARGET_IGW, IGW);
	lab->far_table = put_table(test, FAR_TABLE, VPC_TARGET_EIGW, EIGW);
	put_acl(test);
	put_group(test);
	return 0;
}

/* Nothing was committed: it all goes with the edit. */
static void ipv6_exit(struct kunit *test)
{
	struct lab *lab = test->priv;

	if (lab)
		vpc_edit_abort(&lab->edit);
}

static struct vpc_flow flow_of(u32 port, const struct vpc_addr *src, const struct vpc_addr *dst)
{
	struct vpc_flow flow = {
		.key = {
			.port = port,
			.family = AF_INET6,
			.proto = IPPROTO_TCP,
			.sport = htons(40000),
			.dport = htons(443),
			.src = *src,
			.dst = *dst,
		},
	};

	ether_addr_copy(flow.dmac, router_mac);
	return flow;
}

static enum vpc_drop run(struct kunit *test, const struct vpc_flow *flow, struct vpc_path *path)
{
	struct lab *lab = test->priv;
	enum vpc_drop reason;

	rcu_read_lock();
	reason = vpc_pipeline_run(&lab->root, flow, path);
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, path->rw.flags, 0);	/* never translated */
	return reason;
}

#define EXPECT_DROP(test, got, want)						\
	KUNIT_EXPECT_STREQ(test, vpc_drop_name(got), vpc_drop_name(VPC_DROP_##want))

static void goes(struct kunit *test, u32 port, struct vpc_addr src, struct vpc_addr dst,
		 enum vpc_drop want)
{
	struct vpc_flow flow = flow_of(port, &src, &dst);
	struct vpc_path path;

	KUNIT_EXPECT_STREQ(test, vpc_drop_name(run(test, &flow, &path)), vpc_drop_name(want));
}

static void ipv6_local(struct kunit *test)
{
	struct vpc_flow flow = flow_of(A, &a6, &b6);
	struct lab *lab = test->priv;
	struct vpc_path path;

	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.exit, (u32)B);
	KUNIT_EXPECT_EQ(test, path.mtu, 9001);
	KUNIT_EXPECT_EQ(test, path.denied, VPC_DROP_NONE);
	KUNIT_EXPECT_EQ(test, path.n_borders, 0);	/* ACL-5 */
	KUNIT_EXPECT_TRUE(test, ether_addr_equal(path.dmac, lab->eni[1].mac));

	flow = flow_of(A, &a6, &f6);
	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.exit, (u32)F);
	KUNIT_ASSERT_EQ(test, path.n_borders, 2);
	KUNIT_EXPECT_EQ(test, path.borders[0].acl, (u32)ACL);
	KUNIT_EXPECT_EQ(test, path.borders[0].direction, VPC_DIRECTION_EGRESS);
	KUNIT_EXPECT_EQ(test, path.borders[1].acl, (u32)ACL);
	KUNIT_EXPECT_EQ(test, path.borders[1].direction, VPC_DIRECTION_INGRESS);
}

/* ENI-5, L2-5, VPC-21, VPC-24 */
static void ipv6_refused(struct kunit *test)
{
	struct lab *lab = test->priv;

	goes(test, A, b6, f6, VPC_DROP_SOURCE_ADDRESS);
	goes(test, A, (struct vpc_addr)WORDS(0xfe800000, 0, 0, 10), b6, VPC_DROP_SOURCE_ADDRESS);
	lab->eni[0].source_dest_check = false;
	goes(test, A, b6, f6, VPC_DROP_NONE);
	goes(test, A, (struct vpc_addr)WORDS(0xfe800000, 0, 0, 10), b6, VPC_DROP_SOURCE_INVALID);
	goes(test, A, (struct vpc_addr)WORDS(0, 0, 0xffff, 10), b6, VPC_DROP_SOURCE_INVALID);
	goes(test, A, all, b6, VPC_DROP_SOURCE_INVALID);
	goes(test, A, a6, (struct vpc_addr)WORDS(0xff020000, 0, 0, 1), VPC_DROP_MULTICAST);
	goes(test, A, a6, (struct vpc_addr)WORDS(0xfe800000, 0, 0, 1), VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)WORDS(0xfd000ec2, 0, 0, 0x254),
	     VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)ADDR(1, 0), VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)ADDR(1, 3), VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)ADDR(1, 4), VPC_DROP_NO_SUCH_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)WORDS(0x20010db8, 0x00010001, ~0U, ~0U),
	     VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)WORDS(0x20010db8, 0x00010001, ~0U, ~1U),
	     VPC_DROP_NO_SUCH_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)ADDR(9, 9), VPC_DROP_NO_SUCH_ADDRESS);
}

/* The last address of a subnet that is not a /64. */
static void ipv6_reserved(struct kunit *test)
{
	struct lab *lab = test->priv;

	lab->far.cidr6.len = 60;
	lab->far.cidr6.addr = (struct vpc_addr)ADDR(0x10, 0);
	map(test, &lab->vpc.subnets6, &lab->far.cidr6.addr, 60, FAR);
	goes(test, A, a6, (struct vpc_addr)WORDS(0x20010db8, 0x0001001f, ~0U, ~0U),
	     VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)WORDS(0x20010db8, 0x0001001e, ~0U, ~0U),
	     VPC_DROP_NO_SUCH_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)ADDR(0x10, 2), VPC_DROP_RESERVED_ADDRESS);
	goes(test, A, a6, (struct vpc_addr)ADDR(0x11, 2), VPC_DROP_NO_SUCH_ADDRESS);
}

/* RT-16: the tables have a default route for IPv4 */
static void ipv6_families_apart_rt_16(struct kunit *test)
{
	struct lab *lab = test->priv;

	goes(test, A, a6, out6, VPC_DROP_NONE);
	lab->net.rtb = FAR_TABLE;
	lab->far_table->routes6 = (struct vpc_lpm)VPC_LPM_INIT(128);
	goes(test, A, a6, out6, VPC_DROP_NO_ROUTE);
}

static void ipv6_igw_6(struct kunit *test)
{
	struct vpc_flow flow = flow_of(A, &a6, &out6);
	struct lab *lab = test->priv;
	struct vpc_path path;

	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.exit, (u32)UPLINK);
	KUNIT_EXPECT_EQ(test, path.stage, VPC_STAGE_IGW);
	KUNIT_EXPECT_EQ(test, path.mtu, 1500);
	KUNIT_EXPECT_EQ(test, path.sent, VPC_COUNT_IGW_OUT);

	goes(test, A, a6, (struct vpc_addr)WORDS(0xfd000000, 0, 0, 7), VPC_DROP_IGW_PRIVATE);
	lab->eni[0].source_dest_check = false;
	goes(test, A, b6, out6, VPC_DROP_NONE);			/* forwarded for it */
	goes(test, A, nobody6, out6, VPC_DROP_SOURCE_ADDRESS);	/* IGW-13b */
	lab->igw.vpc = 0;
	goes(test, A, a6, out6, VPC_DROP_BLACKHOLE);
}

static void ipv6_igw_ingress(struct kunit *test)
{
	struct vpc_flow flow = flow_of(UPLINK, &out6, &a6);
	struct lab *lab = test->priv;
	struct vpc_path path;

	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.exit, (u32)A);
	KUNIT_EXPECT_EQ(test, path.eni, (u32)A);
	KUNIT_EXPECT_EQ(test, path.vpc, (u32)VPC);
	KUNIT_EXPECT_EQ(test, path.received, VPC_COUNT_IGW_IN);
	KUNIT_ASSERT_EQ(test, path.n_borders, 1);
	KUNIT_EXPECT_EQ(test, path.borders[0].direction, VPC_DIRECTION_INGRESS);

	goes(test, UPLINK, out6, nobody6, VPC_DROP_NO_SUCH_ADDRESS);
	goes(test, UPLINK, b6, a6, VPC_DROP_SOURCE_ADDRESS);
	goes(test, UPLINK, (struct vpc_addr)WORDS(0xfe800000, 0, 0, 7), a6,
	     VPC_DROP_SOURCE_INVALID);
	goes(test, UPLINK, (struct vpc_addr)WORDS(0xfd000000, 0, 0, 7), a6, VPC_DROP_IGW_PRIVATE);
	goes(test, OTHER_UPLINK, out6, a6, VPC_DROP_NO_SUCH_ADDRESS);
	lab->vpc.igw = 0;
	goes(test, UPLINK, out6, a6, VPC_DROP_EGRESS_ONLY);
}

static void ipv6_eig_2_sg_13(struct kunit *test)
{
	struct vpc_flow flow = flow_of(F, &f6, &out6);
	struct lab *lab = test->priv;
	struct vpc_path path;

	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.exit, (u32)UPLINK);
	KUNIT_EXPECT_EQ(test, path.stage, VPC_STAGE_EIGW);
	KUNIT_EXPECT_EQ(test, path.eigw, (u32)EIGW);
	KUNIT_EXPECT_EQ(test, path.mtu, 1500);
	KUNIT_EXPECT_EQ(test, path.tracked, VPC_GATE(VPC_DIRECTION_EGRESS));
	flow.unsolicited = true;
	EXPECT_DROP(test, run(test, &flow, &path), NOT_SYN);
	flow.unsolicited = false;
	flow.reply = true;
	EXPECT_DROP(test, run(test, &flow, &path), REPLY_PATH);
	lab->eigw.vpc = 0;
	goes(test, F, f6, out6, VPC_DROP_BLACKHOLE);
}

static void ipv6_eig_2_ingress(struct kunit *test)
{
	struct vpc_flow flow = flow_of(UPLINK, &out6, &f6);
	struct lab *lab = test->priv;
	struct vpc_path path;

	/* Its subnet sends by the egress-only gateway, although there is another. */
	EXPECT_DROP(test, run(test, &flow, &path), EGRESS_ONLY);
	flow.reply = true;
	EXPECT_DROP(test, run(test, &flow, &path), EGRESS_ONLY);
	flow.eigw = IGW;
	EXPECT_DROP(test, run(test, &flow, &path), EGRESS_ONLY);
	flow.eigw = EIGW;
	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.exit, (u32)F);
	KUNIT_EXPECT_EQ(test, path.stage, VPC_STAGE_EIGW);
	KUNIT_EXPECT_EQ(test, path.received, VPC_COUNT_EIGW_IN);
	flow.key.port = OTHER_UPLINK;
	EXPECT_DROP(test, run(test, &flow, &path), NO_SUCH_ADDRESS);

	/* Without a route by it, what comes in is the internet gateway's. */
	flow = flow_of(UPLINK, &out6, &f6);
	lab->far.rtb = TABLE;
	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.stage, VPC_STAGE_IGW);
}

/* Rules for one family allow nothing of the other. */
static void ipv6_filters(struct kunit *test)
{
	struct vpc_flow flow = flow_of(A, &a6, &f6);
	struct lab *lab = test->priv;
	struct vpc_path path;

	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.denied, VPC_DROP_NONE);
	lab->acl->rules[0].cidr.family = AF_INET;
	lab->acl->rules[1].cidr.family = AF_INET;
	EXPECT_DROP(test, run(test, &flow, &path), NONE);
	KUNIT_EXPECT_EQ(test, path.denied, VPC_DROP_NETWORK_ACL_EGRESS);
}

static struct kunit_case ipv6_cases[] = {
	KUNIT_CASE(ipv6_local),
	KUNIT_CASE(ipv6_refused),
	KUNIT_CASE(ipv6_reserved),
	KUNIT_CASE(ipv6_families_apart_rt_16),
	KUNIT_CASE(ipv6_igw_6),
	KUNIT_CASE(ipv6_igw_ingress),
	KUNIT_CASE(ipv6_eig_2_sg_13),
	KUNIT_CASE(ipv6_eig_2_ingress),
	KUNIT_CASE(ipv6_filters),
	{}
};

static struct kunit_suite ipv6_suite = {
	.name = "vpc_ipv6",
	.init = ipv6_init,
	.exit = ipv6_exit,
	.test_cases = ipv6_cases,
};
kunit_test_suite(ipv6_suite);
