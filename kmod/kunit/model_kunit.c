// SPDX-License-Identifier: GPL-2.0
/* Transactions of the model: all or nothing, whatever fails. Linked into vpc.ko itself. */
#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/kthread.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>

#include "../model/address.h"
#include "../model/endpoint.h"
#include "../model/eni.h"
#include "../model/gateway.h"
#include "../model/nat_gateway.h"
#include "../model/network_acl.h"
#include "../model/nlb.h"
#include "../model/nouns.h"
#include "../model/publish.h"
#include "../model/rtb.h"
#include "../model/security_group.h"
#include "../model/subnet.h"
#include "../model/target_group.h"
#include "../model/txn.h"
#include "../model/vpc.h"
#include "../net.h"
#include "../port.h"

#define IP(a, b, c, d)	cpu_to_be32((a) << 24 | (b) << 16 | (c) << 8 | (d))
#define CIDR(ip, plen)	{						\
	.p = { .addr.ip4 = (ip), .family = AF_INET, .len = (plen) },	\
	.addr.ip4 = (ip),						\
}
#define IP6(...)	{ .bytes = { __VA_ARGS__ } }
#define CIDR6(plen, ...)	{							\
	.p = { .addr = IP6(__VA_ARGS__), .family = AF_INET6, .len = (plen) },	\
	.addr = IP6(__VA_ARGS__),						\
}
#define TARGET(t)	{ .set = true, .val = VPC_TARGET_##t }
#define TARGET_IP(a, b, c, d)	{						\
	.group = "ips", .family = AF_INET, .addr.ip4 = IP(a, b, c, d),		\
}
#define PROTO(p)	{ .set = true, .val = IPPROTO_##p }

static struct vpc_prefix_cfg vpc_cidr = CIDR(IP(10, 0, 0, 0), 16);
static struct vpc_prefix_cfg peer_cidr = CIDR(IP(10, 1, 0, 0), 16);
static struct vpc_prefix_cfg more_cidr = CIDR(IP(10, 2, 0, 0), 16);
static struct vpc_prefix_cfg entry = CIDR(IP(52, 219, 56, 0), 22);
static struct vpc_prefix_cfg other_entry = {
	.p = { .addr.ip4 = IP(52, 219, 60, 0), .family = AF_INET, .len = 22 },
	.addr.ip4 = IP(52, 219, 60, 0),
	.description = "another",
};
static struct vpc_prefix_cfg vpc_cidr6 = CIDR6(56, 0x20, 0x01, 0x0d, 0xb8);
static struct vpc_prefix_cfg more_cidr6 = CIDR6(56, 0x20, 0x01, 0x0d, 0xb8, 0, 1);
static struct vpc_prefix_cfg entry6 = CIDR6(48, 0x20, 0x01, 0x0d, 0xb8, 0xff);
/* Addresses of e1 beside its primary one, of both families, and prefixes. */
static struct vpc_prefix_cfg more_addresses[4] = {
	CIDR(IP(10, 0, 0, 20), 32),
	CIDR(IP(10, 0, 0, 64), 28),
	CIDR6(128, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, [15] = 0x20),
	CIDR6(80, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 1),
};
static const u8 mac2[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 0x11 };
static const u8 mac[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 0x10 };
static const char *tables[1] = { "my/web" };
static const char *web_group[1] = { "web" };
static const char *endpoint_subnets[2] = { "my/db", "my/web" };
/* One that is given, and then another in the other subnet. */
static struct vpc_prefix_cfg endpoint_addresses[2] = {
	CIDR(IP(10, 0, 1, 134), 32),
	CIDR(IP(10, 0, 0, 131), 32),
};
static const char *default_group[1] = { "my/default" };
static const char *node_subnets[2] = { "my/web", "my/db" };
/* In a reserved range: of automatic addresses none is it. */
static struct vpc_prefix_cfg node_address = CIDR(IP(10, 0, 0, 130), 32);
static const char *node_eip[1] = { "203.0.113.40" };
/* Of a policy: everything from the VPC, but no connection. */
static struct vpc_policy_value_cfg policy_values[2] = {
	{ .text = "my" },
	{ .proto = PROTO(TCP), .port_from = { true, 1 }, .port_to = { true, U16_MAX } },
};
static struct vpc_policy_element_cfg policy_elements[2] = {
	{ .key = VPC_POLICY_KEY_SOURCE_VPC, .n_values = 1, .values = &policy_values[0] },
	{ .key = VPC_POLICY_KEY_ACTION, .n_values = 1, .values = &policy_values[1] },
};
static struct vpc_policy_statement_cfg policy_statements[2] = {
	{ .effect = VPC_POLICY_EFFECT_ALLOW, .n_elements = 1, .elements = &policy_elements[0] },
	{ .effect = VPC_POLICY_EFFECT_DENY, .n_elements = 1, .elements = &policy_elements[1] },
};
#define POLICY(text) \
	{ .document = (text), .n_statements = 2, .statements = policy_statements }

/* A whole VPC, in an order that works. */
static const struct vpc_op setup[] = {
	{ .cmd = VPC_CMD_VPC_NEW, .vpc = { .name = "my", .n_cidrs = 1, .cidrs = &vpc_cidr,
					  .n_cidrs6 = 1, .cidrs6 = &vpc_cidr6 } },
	{ .cmd = VPC_CMD_SUBNET_NEW,
	  .subnet = { .vpc = "my", .name = "web", .cidr = CIDR(IP(10, 0, 0, 0), 24),
		      .cidr6 = CIDR6(64, 0x20, 0x01, 0x0d, 0xb8) } },
	{ .cmd = VPC_CMD_SUBNET_NEW,
	  .subnet = { .vpc = "my", .name = "six",
		      .cidr6 = CIDR6(64, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 6) } },
	{ .cmd = VPC_CMD_SUBNET_NEW,
	  .subnet = { .vpc = "my", .name = "db", .zone = "b",
		      .cidr = CIDR(IP(10, 0, 1, 0), 24) } },
	{ .cmd = VPC_CMD_SUBNET_SET,
	  .subnet = { .id = "my/db", .cidr6 = CIDR6(64, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 7) } },
	{ .cmd = VPC_CMD_SUBNET_RESERVATION_NEW,
	  .subnet = { .id = "my/web", .cidr = CIDR(IP(10, 0, 0, 128), 28) } },
	{ .cmd = VPC_CMD_SUBNET_RESERVATION_NEW,
	  .subnet = { .id = "my/db", .cidr = CIDR(IP(10, 0, 1, 128), 28) } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_NEW,
	  .group = { .name = "web", .vpc = "my", .description = "servers" } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_NEW, .group = { .name = "db", .vpc = "my" } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_RULE_NEW,
	  .group = { .id = "my/web", .proto = PROTO(TCP), .port_from = { true, 80 },
		     .port_to = { true, 90 }, .cidr = CIDR(IP(10, 0, 0, 0), 8) } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_RULE_NEW,
	  .group = { .id = "my/web", .group = "my/db", .proto = PROTO(ICMP),
		     .icmp_type = { true, 8 } } },
	{ .cmd = VPC_CMD_ENI_NEW,
	  .eni = { .name = "e1", .subnet = "my/web", .ifname = "vpctest0", .mac = mac,
		   .family = AF_INET, .addr.ip4 = IP(10, 0, 0, 10), .n_groups = 1,
		   .groups = web_group } },
	{ .cmd = VPC_CMD_ENI_ASSIGN,
	  .eni = { .id = "e1", .n_addresses = ARRAY_SIZE(more_addresses),
		   .addresses = more_addresses } },
	{ .cmd = VPC_CMD_ENI_NEW,
	  .eni = { .name = "e2", .subnet = "my/web", .ifname = "vpctest3", .mac = mac2,
		   .count4 = 1, .count6 = 1 } },
	{ .cmd = VPC_CMD_UPLINK_NEW, .uplink = { .name = "inet", .ifname = "vpctest1" } },
	{ .cmd = VPC_CMD_IGW_NEW, .igw = { .name = "gw", .vpc = "my", .uplink = "inet" } },
	{ .cmd = VPC_CMD_UPLINK_SET,
	  .uplink = { .id = "inet", .pool = CIDR(IP(198, 51, 100, 0), 30) } },
	{ .cmd = VPC_CMD_SUBNET_SET, .subnet = { .id = "my/web", .map_public = { true, 1 } } },
	{ .cmd = VPC_CMD_ENI_SET, .eni = { .id = "e2", .associate_public = { true, 1 } } },
	{ .cmd = VPC_CMD_ENI_SET, .eni = { .id = "e2", .associate_public = { true, 0 } } },
	{ .cmd = VPC_CMD_EIGW_NEW, .eigw = { .name = "out", .vpc = "my", .uplink = "inet" } },
	{ .cmd = VPC_CMD_ROUTE_TABLE_NEW, .rtb = { .vpc = "my", .name = "web" } },
	{ .cmd = VPC_CMD_ASSOCIATION_NEW, .assoc = { .rtb = "my/web", .subnet = "my/web" } },
	{ .cmd = VPC_CMD_ROUTE_TABLE_NEW, .rtb = { .vpc = "my", .name = "edge" } },
	{ .cmd = VPC_CMD_ROUTE_TABLE_NEW, .rtb = { .vpc = "my", .name = "edge2" } },
	{ .cmd = VPC_CMD_ASSOCIATION_NEW, .assoc = { .rtb = "my/edge", .gateway = "gw" } },
	{ .cmd = VPC_CMD_ROUTE_NEW,
	  .route = { .rtb = "my/edge", .dst = CIDR(IP(10, 0, 0, 0), 24), .target = TARGET(ENI),
		     .target_id = "e1" } },
	{ .cmd = VPC_CMD_ROUTE_NEW,
	  .route = { .rtb = "my/web", .dst = CIDR(0, 0), .target = TARGET(IGW),
		     .target_id = "gw" } },
	{ .cmd = VPC_CMD_ROUTE_NEW,
	  .route = { .rtb = "my/web", .dst = CIDR(IP(10, 0, 1, 0), 24), .target = TARGET(ENI),
		     .target_id = "e1" } },
	{ .cmd = VPC_CMD_ROUTE_NEW,
	  .route = { .rtb = "my/web", .dst = CIDR6(0, 0), .target = TARGET(EIGW),
		     .target_id = "out" } },
	{ .cmd = VPC_CMD_PREFIX_LIST_NEW,
	  .prefix_list = { .name = "six", .max_entries = { true, 1 }, .n_add = 1,
			   .add = &entry6 } },
	{ .cmd = VPC_CMD_PREFIX_LIST_NEW,
	  .prefix_list = { .name = "s3", .max_entries = { true, 4 }, .n_add = 1,
			   .add = &entry } },
	{ .cmd = VPC_CMD_SERVICE_NEW,
	  .service = { .name = "com.amazonaws.s3", .list = "s3", .ifname = "vpctest2",
		       .gateway = { .p = { .addr.ip4 = IP(52, 219, 56, 0), .family = AF_INET,
					   .len = 22 },
				    .addr.ip4 = IP(52, 219, 56, 1) } } },
	{ .cmd = VPC_CMD_ENDPOINT_NEW,
	  .endpoint = { .name = "ep", .vpc = "my", .service = "com.amazonaws.s3", .n_rtbs = 1,
			.rtbs = tables, .policy = POLICY("one") } },
	{ .cmd = VPC_CMD_SERVICE_NEW,
	  .service = { .name = "com.amazonaws.sqs", .ifname = "vpctest4",
		       .type = { true, VPC_SERVICE_TYPE_INTERFACE },
		       .gateway = { .p = { .addr.ip4 = IP(52, 95, 0, 0), .family = AF_INET,
					   .len = 24 },
				    .addr.ip4 = IP(52, 95, 0, 1) },
		       .family = AF_INET, .addr.ip4 = IP(52, 95, 0, 9),
		       .private_name = "sqs.example.com" } },
	{ .cmd = VPC_CMD_SERVICE_NEW,
	  .service = { .name = "dns", .ifname = "vpctest6",
		       .type = { true, VPC_SERVICE_TYPE_RESOLVER },
		       .gateway = { .p = { .addr.ip4 = IP(198, 18, 0, 0), .family = AF_INET,
					   .len = 30 },
				    .addr.ip4 = IP(198, 18, 0, 1) },
		       .family = AF_INET, .addr.ip4 = IP(198, 18, 0, 2) } },
	{ .cmd = VPC_CMD_VPC_SET, .vpc = { .id = "my", .dns_hostnames = { true, true } } },
	{ .cmd = VPC_CMD_ENDPOINT_NEW,
	  .endpoint = { .name = "sqs", .vpc = "my", .service = "com.amazonaws.sqs",
			.type = { true, VPC_ENDPOINT_TYPE_INTERFACE },
			.n_subnets = 2, .subnets = endpoint_subnets,
			.n_addresses = 1, .addresses = endpoint_addresses } },
	{ .cmd = VPC_CMD_ENDPOINT_SET,
	  .endpoint = { .id = "sqs", .n_remove_groups = 1, .remove_groups = default_group,
			.n_groups = 1, .groups = web_group,
			.n_remove_subnets = 1, .remove_subnets = endpoint_subnets + 1,
			.policy = POLICY("two") } },
	{ .cmd = VPC_CMD_ENDPOINT_SET, .endpoint = { .id = "sqs", .policy = POLICY("three") } },
	{ .cmd = VPC_CMD_SERVICE_SET,
	  .service = { .id = "com.amazonaws.sqs", .name = "com.amazonaws.queue",
		       .family = AF_INET, .addr.ip4 = IP(52, 95, 0, 10) } },
	{ .cmd = VPC_CMD_SERVICE_SET,
	  .service = { .id = "com.amazonaws.queue", .name = "com.amazonaws.sqs",
		       .ifname = "vpctest4" } },
	{ .cmd = VPC_CMD_EIP_NEW,
	  .eip = { .family = AF_INET, .addr.ip4 = IP(203, 0, 113, 10), .uplink = "inet" } },
	{ .cmd = VPC_CMD_EIP_ASSOCIATE, .eip = { .id = "203.0.113.10", .eni = "e1" } },
	{ .cmd = VPC_CMD_EIP_NEW,
	  .eip = { .family = AF_INET, .addr.ip4 = IP(203, 0, 113, 20), .uplink = "inet" } },
	{ .cmd = VPC_CMD_EIP_ASSOCIATE,
	  .eip = { .id = "203.0.113.20", .eni = "e1", .private_family = AF_INET,
		   .private_addr.ip4 = IP(10, 0, 0, 20) } },
	{ .cmd = VPC_CMD_VPC_NEW, .vpc = { .name = "peer", .n_cidrs = 1, .cidrs = &peer_cidr } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_ASSOCIATE, .group = { .id = "my/db", .vpc = "peer" } },
	{ .cmd = VPC_CMD_PEERING_NEW,
	  .peering = { .name = "pcx", .vpc = "my", .peer_vpc = "peer" } },
	{ .cmd = VPC_CMD_ROUTE_NEW,
	  .route = { .rtb = "my/web", .dst = CIDR(IP(10, 1, 0, 0), 16),
		     .target = TARGET(PEERING), .target_id = "pcx" } },
	{ .cmd = VPC_CMD_PEERING_ACCEPT, .peering = { .id = "pcx" } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_RULE_NEW,
	  .group = { .id = "my/web", .group = "peer/default", .proto = PROTO(TCP) } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_RULE_NEW,
	  .group = { .id = "my/web", .direction = VPC_DIRECTION_EGRESS, .list = "s3" } },
	{ .cmd = VPC_CMD_NETWORK_ACL_NEW, .acl = { .vpc = "my", .name = "web" } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ENTRY_NEW,
	  .acl = { .id = "my/web", .number = 200, .direction = VPC_DIRECTION_EGRESS,
		   .cidr = CIDR(0, 0) } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ENTRY_NEW,
	  .acl = { .id = "my/web", .number = 100, .cidr = CIDR(IP(10, 0, 0, 0), 16) } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ENTRY_NEW,
	  .acl = { .id = "my/web", .number = 300, .cidr = CIDR(0, 0) } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ASSOCIATE, .acl = { .id = "my/web", .subnet = "my/web" } },
	{ .cmd = VPC_CMD_EIP_NEW,
	  .eip = { .family = AF_INET, .addr.ip4 = IP(203, 0, 113, 30), .uplink = "inet" } },
	{ .cmd = VPC_CMD_EIP_NEW,
	  .eip = { .family = AF_INET, .addr.ip4 = IP(203, 0, 113, 31), .uplink = "inet" } },
	{ .cmd = VPC_CMD_NAT_GATEWAY_NEW,
	  .nat = { .name = "nat", .subnet = "my/web", .eip = "203.0.113.30" } },
	{ .cmd = VPC_CMD_NAT_GATEWAY_ADDRESS_NEW, .nat = { .id = "nat", .eip = "203.0.113.31" } },
	{ .cmd = VPC_CMD_ROUTE_NEW,
	  .route = { .rtb = "my/main", .dst = CIDR(0, 0), .target = TARGET(NAT_GATEWAY),
		     .target_id = "nat" } },
};

/* Changes of all that stands after it. */
static const struct vpc_op change[] = {
	{ .cmd = VPC_CMD_ENI_ASSIGN,
	  .eni = { .id = "e2", .n_addresses = 1, .addresses = &more_addresses[0],
		   .reassign = true } },
	{ .cmd = VPC_CMD_ENI_ASSIGN,
	  .eni = { .id = "e2", .n_addresses = 1, .addresses = &more_addresses[2],
		   .reassign = true } },
	{ .cmd = VPC_CMD_ENI_UNASSIGN,
	  .eni = { .id = "e2", .n_addresses = 1, .addresses = &more_addresses[0] } },
	{ .cmd = VPC_CMD_ENI_UNASSIGN,
	  .eni = { .id = "e1", .n_addresses = 1, .addresses = &more_addresses[3] } },
	{ .cmd = VPC_CMD_EIP_DEL, .eip = { .id = "203.0.113.20" } },
	{ .cmd = VPC_CMD_VPC_SET, .vpc = { .id = "my", .n_cidrs6 = 1, .cidrs6 = &more_cidr6 } },
	{ .cmd = VPC_CMD_VPC_SET, .vpc = { .id = "my", .n_remove = 1, .remove = &more_cidr6 } },
	{ .cmd = VPC_CMD_SUBNET_SET, .subnet = { .id = "my/db", .remove_cidr6 = true } },
	{ .cmd = VPC_CMD_SUBNET_RESERVATION_DEL,
	  .subnet = { .id = "my/web", .cidr = CIDR(IP(10, 0, 0, 128), 28) } },
	{ .cmd = VPC_CMD_ENI_DEL, .eni = { .id = "e2" } },
	{ .cmd = VPC_CMD_EIGW_DEL, .eigw = { .id = "out" } },
	{ .cmd = VPC_CMD_SUBNET_DEL, .subnet = { .id = "my/six" } },
	{ .cmd = VPC_CMD_PREFIX_LIST_DEL, .prefix_list = { .id = "six" } },
	{ .cmd = VPC_CMD_NAT_GATEWAY_ADDRESS_DEL,
	  .nat = { .id = "nat", .eip = "203.0.113.31", .drain = { true, 4000 } } },
	{ .cmd = VPC_CMD_NAT_GATEWAY_DEL, .nat = { .id = "nat" } },
	{ .cmd = VPC_CMD_EIP_DEL, .eip = { .id = "203.0.113.30" } },
	{ .cmd = VPC_CMD_EIP_DEL, .eip = { .id = "203.0.113.31" } },
	{ .cmd = VPC_CMD_ROUTE_DEL, .route = { .rtb = "my/main", .dst = CIDR(0, 0) } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_RULE_DEL,
	  .group = { .id = "my/web", .group = "my/db", .proto = PROTO(ICMP),
		     .icmp_type = { true, 8 } } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_DISASSOCIATE, .group = { .id = "my/db", .vpc = "peer" } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_ASSOCIATE, .group = { .id = "my/db", .vpc = "peer" } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_DEL, .group = { .id = "my/db" } },
	{ .cmd = VPC_CMD_ENDPOINT_SET,
	  .endpoint = { .id = "sqs", .n_subnets = 1, .subnets = endpoint_subnets + 1,
			.n_addresses = 1, .addresses = endpoint_addresses + 1 } },
	{ .cmd = VPC_CMD_ENDPOINT_SET, .endpoint = { .id = "sqs", .private_dns = { true, false } } },
	{ .cmd = VPC_CMD_ENDPOINT_SET, .endpoint = { .id = "sqs", .policy.reset = true } },
	{ .cmd = VPC_CMD_ENDPOINT_DEL, .endpoint = { .id = "sqs" } },
	{ .cmd = VPC_CMD_SERVICE_DEL, .service = { .id = "dns" } },
	{ .cmd = VPC_CMD_SERVICE_DEL, .service = { .id = "com.amazonaws.sqs" } },
	{ .cmd = VPC_CMD_PEERING_DEL, .peering = { .id = "pcx" } },
	{ .cmd = VPC_CMD_PEERING_NEW,
	  .peering = { .name = "pcx", .vpc = "peer", .peer_vpc = "my" } },
	{ .cmd = VPC_CMD_PEERING_REJECT, .peering = { .id = "pcx" } },
	{ .cmd = VPC_CMD_EIP_DISASSOCIATE, .eip = { .id = "203.0.113.10" } },
	{ .cmd = VPC_CMD_EIP_DEL, .eip = { .id = "203.0.113.10" } },
	{ .cmd = VPC_CMD_ASSOCIATION_SET, .assoc = { .rtb = "my/edge2", .id = "gw" } },
	{ .cmd = VPC_CMD_ROUTE_TABLE_DEL, .rtb = { .id = "my/edge" } },
	{ .cmd = VPC_CMD_IGW_DETACH, .igw = { .id = "gw" } },
	{ .cmd = VPC_CMD_IGW_DEL, .igw = { .id = "gw" } },
	{ .cmd = VPC_CMD_ROUTE_TABLE_DEL, .rtb = { .id = "my/edge2" } },
	{ .cmd = VPC_CMD_PREFIX_LIST_SET,
	  .prefix_list = { .id = "s3", .n_remove = 1, .remove = &entry } },
	{ .cmd = VPC_CMD_PREFIX_LIST_SET,
	  .prefix_list = { .id = "s3", .n_add = 1, .add = &other_entry } },
	{ .cmd = VPC_CMD_PREFIX_LIST_RESTORE,
	  .prefix_list = { .id = "s3", .previous_version = 1 } },
	{ .cmd = VPC_CMD_ENI_SET,
	  .eni = { .id = "e1", .n_groups = 1, .groups = default_group } },
	{ .cmd = VPC_CMD_SECURITY_GROUP_DEL, .group = { .id = "my/web" } },
	{ .cmd = VPC_CMD_ENI_DEL, .eni = { .id = "e1" } },
	{ .cmd = VPC_CMD_ENDPOINT_DEL, .endpoint = { .id = "ep" } },
	{ .cmd = VPC_CMD_ASSOCIATION_SET, .assoc = { .rtb = "my/main", .subnet = "my/web" } },
	{ .cmd = VPC_CMD_ROUTE_TABLE_DEL, .rtb = { .id = "my/web" } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ENTRY_SET,
	  .acl = { .id = "my/web", .number = 100, .action = VPC_ACL_ACTION_DENY,
		   .cidr = CIDR(0, 0) } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ENTRY_DEL, .acl = { .id = "my/web", .number = 300 } },
	{ .cmd = VPC_CMD_NETWORK_ACL_ASSOCIATE, .acl = { .id = "my/default", .subnet = "my/web" } },
	{ .cmd = VPC_CMD_NETWORK_ACL_DEL, .acl = { .id = "my/web" } },
	{ .cmd = VPC_CMD_SERVICE_DEL, .service = { .id = "com.amazonaws.s3" } },
	{ .cmd = VPC_CMD_PREFIX_LIST_DEL, .prefix_list = { .id = "s3" } },
	{ .cmd = VPC_CMD_VPC_SET, .vpc = { .id = "my", .n_cidrs = 1, .cidrs = &more_cidr } },
	{ .cmd = VPC_CMD_VPC_SET, .vpc = { .id = "my", .n_remove = 1, .remove = &more_cidr } },
	{ .cmd = VPC_CMD_VPC_SET, .vpc = { .id = "my", .name = "mine" } },
	{ .cmd = VPC_CMD_SUBNET_DEL, .subnet = { .id = "mine/web" } },
	{ .cmd = VPC_CMD_SUBNET_DEL, .subnet = { .id = "mine/db" } },
	{ .cmd = VPC_CMD_VPC_DEL, .vpc = { .id = "mine" } },
	{ .cmd = VPC_CMD_VPC_DEL, .vpc = { .id = "peer" } },
};

/* Load balancers in it. */
static const struct vpc_op setup_nlb[] = {
	{ .cmd = VPC_CMD_SERVICE_NEW,
	  .service = { .name = "checks", .ifname = "vpctest5",
		       .type = { true, VPC_SERVICE_TYPE_HEALTH },
		       .gateway = { .p = { .addr.ip4 = IP(100, 65, 0, 0), .family = AF_INET,
					   .len = 28 },
				    .addr.ip4 = IP(100, 65, 0, 1) } } },
	{ .cmd = VPC_CMD_NLB_NEW,
	  .nlb = { .name = "lb", .n_subnets = 2, .subnets = node_subnets, .n_addresses = 1,
		   .addresses = &node_address, .n_groups = 1, .groups = web_group } },
	{ .cmd = VPC_CMD_TARGET_GROUP_NEW,
	  .target_group = { .name = "tg", .vpc = "my", .protocol = { true, VPC_NLB_PROTOCOL_TCP },
			    .port = 80 } },
	{ .cmd = VPC_CMD_TARGET_GROUP_NEW,
	  .target_group = { .name = "ips", .vpc = "my", .port = 53,
			    .protocol = { true, VPC_NLB_PROTOCOL_TCP_UDP },
			    .type = { true, VPC_TARGET_TYPE_IP } } },
	{ .cmd = VPC_CMD_LISTENER_NEW,
	  .listener = { .nlb = "lb", .protocol = { true, VPC_NLB_PROTOCOL_UDP }, .port = 53,
			.group = "ips" } },
	{ .cmd = VPC_CMD_TARGET_NEW, .target = { .group = "tg", .eni = "e1" } },
	{ .cmd = VPC_CMD_TARGET_NEW, .target = { .group = "tg", .eni = "e2" } },
	{ .cmd = VPC_CMD_TARGET_NEW, .target = TARGET_IP(10, 0, 1, 133) },
	{ .cmd = VPC_CMD_TARGET_NEW, .target = TARGET_IP(192, 168, 3, 4) },
	{ .cmd = VPC_CMD_LISTENER_NEW,
	  .listener = { .nlb = "lb", .protocol = { true, VPC_NLB_PROTOCOL_TCP }, .port = 25,
			.group = "tg", .tcp_idle = { true, 60 } } },
	{ .cmd = VPC_CMD_TARGET_SET, .target = { .group = "tg", .eni = "e1" } },
	{ .cmd = VPC_CMD_EIP_NEW,
	  .eip = { .family = AF_INET, .addr.ip4 = IP(203, 0, 113, 40), .uplink = "inet" } },
	{ .cmd = VPC_CMD_NLB_NEW,
	  .nlb = { .name = "front", .n_subnets = 2, .subnets = node_subnets, .n_eips = 1,
		   .eips = node_eip, .scheme = { true, VPC_SCHEME_INTERNET_FACING } } },
};

/* And gone. */
static const struct vpc_op change_nlb[] = {
	{ .cmd = VPC_CMD_TARGET_SET,
	  .target = { .group = "tg", .eni = "e1", .health = VPC_TARGET_HEALTH_UNHEALTHY,
		      .reason = "Target.Timeout" } },
	{ .cmd = VPC_CMD_TARGET_GROUP_SET,
	  .target_group = { .id = "tg", .cross_zone = { true, VPC_CROSS_ZONE_ON },
			    .check_port = { true, 8080 } } },
	{ .cmd = VPC_CMD_NLB_SET,
	  .nlb = { .id = "lb", .n_remove_subnets = 1, .remove_subnets = node_subnets,
		   .n_groups = 1, .groups = default_group } },
	{ .cmd = VPC_CMD_NLB_SET,
	  .nlb = { .id = "lb", .n_subnets = 1, .subnets = node_subnets,
		   .cross_zone = { true, 1 } } },
	{ .cmd = VPC_CMD_LISTENER_SET,
	  .listener = { .nlb = "lb", .protocol = { true, VPC_NLB_PROTOCOL_TCP }, .port = 25,
			.group = "ips" } },
	{ .cmd = VPC_CMD_TARGET_DEL, .target = TARGET_IP(10, 0, 1, 133) },
	{ .cmd = VPC_CMD_TARGET_NEW, .target = TARGET_IP(10, 0, 1, 133) },
	{ .cmd = VPC_CMD_TARGET_DEL, .target = TARGET_IP(10, 0, 1, 133) },
	{ .cmd = VPC_CMD_LISTENER_DEL,
	  .listener = { .nlb = "lb", .protocol = { true, VPC_NLB_PROTOCOL_UDP }, .port = 53 } },
	{ .cmd = VPC_CMD_SERVICE_DEL, .service = { .id = "checks" } },
	{ .cmd = VPC_CMD_NLB_DEL, .nlb = { .id = "lb" } },
	{ .cmd = VPC_CMD_NLB_DEL, .nlb = { .id = "front" } },
	{ .cmd = VPC_CMD_EIP_DEL, .eip = { .id = "203.0.113.40" } },
	{ .cmd = VPC_CMD_TARGET_DEL, .target = TARGET_IP(192, 168, 3, 4) },
	{ .cmd = VPC_CMD_TARGET_GROUP_DEL, .target_group = { .id = "ips" } },
	{ .cmd = VPC_CMD_TARGET_GROUP_DEL, .target_group = { .id = "tg" } },
};

static const struct vpc_op refused = {
	.cmd = VPC_CMD_VPC_NEW,
	.vpc = { .name = "a/b", .n_cidrs = 1, .cidrs = &vpc_cidr },
};

/**
 * struct model - a model of the test's own
 * @vnet: it
 * @devs: devices for its ports
 */
struct model {
	struct vpc_net vnet;
	struct net_device *devs[7];
};

static netdev_tx_t test_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops test_netdev_ops = {
	.ndo_start_xmit = test_xmit,
};

static struct net_device *test_dev(int i)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return NULL;
	snprintf(dev->name, sizeof(dev->name), "vpctest%d", i);
	dev->netdev_ops = &test_netdev_ops;
	eth_hw_addr_random(dev);
	if (register_netdev(dev)) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}

static int model_init(struct kunit *test)
{
	struct model *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, m);
	test->priv = m;
	m->vnet.net = &init_net;
	vpc_limits_init(&m->vnet.limits);
	vpc_limits_enforce(&m->vnet.in_force, &m->vnet.limits);
	KUNIT_ASSERT_EQ(test, vpc_model_init(&m->vnet), 0);
	for (i = 0; i < ARRAY_SIZE(m->devs); i++) {
		m->devs[i] = test_dev(i);
		KUNIT_ASSERT_NOT_NULL(test, m->devs[i]);
	}
	return 0;
}

static void model_exit(struct kunit *test)
{
	struct model *m = test->priv;
	struct vpc_port *port;
	int i;

	rtnl_lock();
	list_for_each_entry(port, &m->vnet.ports, list)
		vpc_port_release_dev(port);
	rtnl_unlock();
	synchronize_net();
	vpc_model_exit(&m->vnet);
	for (i = 0; i < ARRAY_SIZE(m->devs); i++) {
		if (!m->devs[i])
			continue;
		unregister_netdev(m->devs[i]);
		free_netdev(m->devs[i]);
	}
}

/*
 * One transaction of @n operations. @fail_at: the allocation that fails, 0 for none. Return: 0
 * or the error; *failed tells the operation, @n for the commit.
 */
static int run(struct vpc_net *vnet, const struct vpc_op *ops, int n, unsigned int fail_at,
	       int *failed, struct netlink_ext_ack *extack)
{
	struct vpc_txn *txn;
	int err = 0, i;

	rtnl_lock();
	mutex_lock(&vnet->lock);
	txn = vpc_txn_begin(vnet);
	if (!txn) {
		err = -ENOMEM;
		goto out;
	}
	txn->edit.fail_at = fail_at;
	for (i = 0; i < n && !err; i++)
		err = vpc_op_apply(txn, &ops[i], NULL, extack);
	if (!err)
		err = vpc_txn_commit(txn, extack);
	*failed = i;
	if (err)
		vpc_txn_abort(txn);
	else
		vpc_txn_end(txn);
out:
	mutex_unlock(&vnet->lock);
	rtnl_unlock();
	return err;
}

static void expect_run(struct kunit *test, const struct vpc_op *ops, int n)
{
	struct netlink_ext_ack extack = {};
	struct model *m = test->priv;
	int failed = -1, err;

	err = run(&m->vnet, ops, n, 0, &failed, &extack);
	KUNIT_ASSERT_EQ_MSG(test, err, 0, "operation %d: %s", failed, extack._msg);
}

/**
 * struct image - what an aborted transaction must leave as it was
 * @root: what packets see
 * @gen: its number
 * @slots: in use
 * @ports: attached
 * @sum: over the bytes of the objects
 */
struct image {
	const struct vpc_root *root;
	u64 gen;
	unsigned int slots;
	int ports;
	u64 sum;
};

static u64 sum_bytes(u64 sum, const void *data, size_t len)
{
	const u8 *byte = data;

	while (len--)
		sum = (sum ^ *byte++) * 0x100000001b3ULL;
	return sum;
}

static u64 sum_acl(u64 sum, const struct vpc_acl *acl)
{
	const struct vpc_acl_entry *acl_entry;

	list_for_each_entry(acl_entry, &acl->entries, list)
		sum = sum_bytes(sum, acl_entry, sizeof(*acl_entry));
	return sum_bytes(sum, acl, sizeof(*acl));
}

static u64 sum_eni(u64 sum, const struct vpc_eni *eni)
{
	const struct vpc_eni_address *address;

	list_for_each_entry(address, &eni->addresses, list)
		sum = sum_bytes(sum, address, sizeof(*address));
	return sum_bytes(sum, eni, sizeof(*eni));
}

static u64 sum_obj(u64 sum, const struct vpc_obj *obj)
{
	switch (obj->kind) {
	case VPC_KIND_VPC:
		return sum_bytes(sum, obj_to_vpc(obj), sizeof(struct vpc_vpc));
	case VPC_KIND_SUBNET:
		return sum_bytes(sum, obj_to_subnet(obj), sizeof(struct vpc_subnet));
	case VPC_KIND_ENI:
		return sum_eni(sum, obj_to_eni(obj));
	case VPC_KIND_EIP:
		return sum_bytes(sum, obj_to_eip(obj), sizeof(struct vpc_eip));
	case VPC_KIND_ROUTE_TABLE:
		return sum_bytes(sum, obj_to_rtb(obj), sizeof(struct vpc_rtb));
	case VPC_KIND_SECURITY_GROUP:
		return sum_bytes(sum, obj_to_group(obj), sizeof(struct vpc_group));
	case VPC_KIND_NETWORK_ACL:
		return sum_acl(sum, obj_to_acl(obj));
	case VPC_KIND_ENDPOINT:
		return sum_bytes(sum, obj_to_endpoint(obj), sizeof(struct vpc_endpoint));
	case VPC_KIND_NAT_GATEWAY:
		return sum_bytes(sum, obj_to_nat(obj), sizeof(struct vpc_nat));
	case VPC_KIND_SERVICE:
		return sum_bytes(sum, obj_to_service(obj), sizeof(struct vpc_service));
	case VPC_KIND_NLB:
		return sum_bytes(sum, obj_to_nlb(obj), sizeof(struct vpc_nlb));
	case VPC_KIND_LISTENER:
		return sum_bytes(sum, obj_to_listener(obj), sizeof(struct vpc_listener));
	case VPC_KIND_TARGET_GROUP:
		return sum_bytes(sum, obj_to_target_group(obj), sizeof(struct vpc_target_group));
	case VPC_KIND_TARGET:
		return sum_bytes(sum, obj_to_target(obj), sizeof(struct vpc_nlb_target));
	}
	return sum_bytes(sum, obj, sizeof(*obj));
}

static int count_ports(const struct vpc_net *vnet)
{
	struct vpc_port *port;
	int n = 0;

	list_for_each_entry(port, &vnet->ports, list)
		n++;
	return n;
}

static struct image take_image(struct vpc_net *vnet)
{
	struct image img = {};
	struct vpc_obj *obj;
	int i;

	img.root = rcu_access_pointer(vnet->root);
	img.gen = vnet->gen;
	img.slots = bitmap_weight(vnet->slot_map, VPC_SLOTS_MAX);
	img.ports = count_ports(vnet);
	img.sum = sum_bytes(0, vnet->by_id, sizeof(vnet->by_id));
	img.sum = sum_bytes(img.sum, vnet->by_name, sizeof(vnet->by_name));
	img.sum = sum_bytes(img.sum, vnet->kinds, sizeof(vnet->kinds));
	for (i = 0; i < ARRAY_SIZE(vnet->kinds); i++)
		list_for_each_entry(obj, &vnet->kinds[i], list) {
			obj->event_type = 0;	/* means something on a list only */
			img.sum = sum_obj(img.sum, obj);
		}
	return img;
}

static void expect_image(struct kunit *test, struct image old)
{
	struct model *m = test->priv;
	struct image new = take_image(&m->vnet);

	KUNIT_EXPECT_PTR_EQ(test, new.root, old.root);
	KUNIT_EXPECT_EQ(test, new.gen, old.gen);
	KUNIT_EXPECT_EQ(test, new.slots, old.slots);
	KUNIT_EXPECT_EQ(test, new.ports, old.ports);
	KUNIT_EXPECT_EQ(test, new.sum, old.sum);
}

/* All of it, then none of it: nothing is left behind. */
static void model_whole(struct kunit *test)
{
	struct model *m = test->priv;
	const struct vpc_root *root;
	int i;

	expect_run(test, setup, ARRAY_SIZE(setup));
	expect_run(test, setup_nlb, ARRAY_SIZE(setup_nlb));
	root = rcu_access_pointer(m->vnet.root);
	KUNIT_EXPECT_EQ(test, root->gen, m->vnet.gen);
	KUNIT_EXPECT_EQ(test, root->public4.count, 6);
	KUNIT_EXPECT_EQ(test, root->public6.count, 1);
	KUNIT_EXPECT_EQ(test, count_ports(&m->vnet), 7);
	KUNIT_EXPECT_EQ(test, root->probes.count, 5);
	expect_run(test, change_nlb, ARRAY_SIZE(change_nlb));
	expect_run(test, change, ARRAY_SIZE(change));
	root = rcu_access_pointer(m->vnet.root);
	KUNIT_EXPECT_EQ(test, root->public4.count, 0);
	KUNIT_EXPECT_EQ(test, root->public6.count, 0);
	KUNIT_EXPECT_EQ(test, root->probes.count, 0);
	for (i = 0; i < ARRAY_SIZE(m->vnet.kinds); i++)
		if (i != VPC_KIND_UPLINK)
			KUNIT_EXPECT_TRUE(test, list_empty(&m->vnet.kinds[i]));
	KUNIT_EXPECT_EQ(test, bitmap_weight(m->vnet.slot_map, VPC_SLOTS_MAX), 1);
}

/* The last operation of a long transaction is refused. */
static void model_refused(struct kunit *test)
{
	const int n = ARRAY_SIZE(change) + 1;
	struct netlink_ext_ack extack = {};
	struct model *m = test->priv;
	struct vpc_op *ops;
	struct image img;
	int failed = -1;

	ops = kunit_kcalloc(test, n, sizeof(*ops), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, ops);
	expect_run(test, setup, ARRAY_SIZE(setup));
	img = take_image(&m->vnet);
	memcpy(ops, change, sizeof(change));
	ops[n - 1] = refused;
	KUNIT_EXPECT_EQ(test, run(&m->vnet, ops, n, 0, &failed, &extack), -EINVAL);
	KUNIT_EXPECT_EQ(test, failed, n);
	KUNIT_EXPECT_STREQ(test, extack._msg, "name may not contain '/'");
	expect_image(test, img);
}

/* Packets are held to a limit once the transaction has committed, and never if it does not. */
static void model_limits(struct kunit *test)
{
	const struct vpc_op set = {
		.cmd = VPC_CMD_LIMITS_SET, .limits = { .name = "sessions", .value = 7 },
	};
	struct model *m = test->priv;
	struct vpc_net *vnet = &m->vnet;
	u32 before = vnet->in_force.sessions;
	struct vpc_txn *txn;

	mutex_lock(&vnet->lock);
	txn = vpc_txn_begin(vnet);
	KUNIT_EXPECT_NOT_NULL(test, txn);
	if (txn) {
		KUNIT_EXPECT_EQ(test, vpc_op_apply(txn, &set, NULL, NULL), 0);
		KUNIT_EXPECT_EQ(test, vnet->limits.sessions, 7);
		KUNIT_EXPECT_EQ(test, vnet->in_force.sessions, before);
		vpc_txn_abort(txn);
	}
	mutex_unlock(&vnet->lock);
	KUNIT_EXPECT_EQ(test, vnet->limits.sessions, before);
	expect_run(test, &set, 1);
	KUNIT_EXPECT_EQ(test, vnet->in_force.sessions, 7);
}

/* Every allocation of the edit fails once. */
static void expect_all_failures(struct kunit *test, const struct vpc_op *ops, int n)
{
	struct model *m = test->priv;
	struct image img = take_image(&m->vnet);
	unsigned int fail_at = 0;
	int failed, err;

	do {
		err = run(&m->vnet, ops, n, ++fail_at, &failed, NULL);
		if (!err)
			break;
		KUNIT_EXPECT_EQ_MSG(test, err, -ENOMEM, "allocation %u, operation %d", fail_at,
				    failed);
		expect_image(test, img);
	} while (fail_at < 10000);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_GT(test, fail_at, 20U);
}

static void model_no_memory(struct kunit *test)
{
	expect_all_failures(test, setup, ARRAY_SIZE(setup));
	expect_all_failures(test, setup_nlb, ARRAY_SIZE(setup_nlb));
	expect_all_failures(test, change_nlb, ARRAY_SIZE(change_nlb));
	expect_all_failures(test, change, ARRAY_SIZE(change));
}

/* RT-22, RT-24: routes to what went are blackholes; the same gateway revives its own. */
static void model_blackhole(struct kunit *test)
{
	static const struct vpc_op detach[] = {
		{ .cmd = VPC_CMD_NAT_GATEWAY_DEL, .nat = { .id = "nat" } },
		{ .cmd = VPC_CMD_EIP_DISASSOCIATE, .eip = { .id = "203.0.113.10" } },
		{ .cmd = VPC_CMD_EIP_DISASSOCIATE, .eip = { .id = "203.0.113.20" } },
		{ .cmd = VPC_CMD_IGW_DETACH, .igw = { .id = "gw" } },
		{ .cmd = VPC_CMD_ENI_DEL, .eni = { .id = "e1" } },
	};
	static const struct vpc_op attach = {
		.cmd = VPC_CMD_IGW_SET, .igw = { .id = "gw", .vpc = "my" },
	};
	struct model *m = test->priv;
	struct vpc_rtb *rtb;
	__be32 dst = 0;
	u64 value;

	expect_run(test, setup, ARRAY_SIZE(setup));
	mutex_lock(&m->vnet.lock);
	rtb = obj_to_rtb(vpc_obj_find(&m->vnet, VPC_KIND_ROUTE_TABLE, "my/web", NULL, NULL));
	mutex_unlock(&m->vnet.lock);
	expect_run(test, detach, ARRAY_SIZE(detach));
	KUNIT_ASSERT_TRUE(test, vpc_lpm_find(&rtb->routes, &dst, 0, &value));
	KUNIT_EXPECT_TRUE(test, vpc_route_unpack(value).blackhole);
	KUNIT_EXPECT_NE(test, vpc_route_unpack(value).slot, 0);
	dst = IP(10, 0, 1, 0);
	KUNIT_ASSERT_TRUE(test, vpc_lpm_find(&rtb->routes, &dst, 24, &value));
	KUNIT_EXPECT_TRUE(test, vpc_route_unpack(value).blackhole);
	KUNIT_EXPECT_EQ(test, vpc_route_unpack(value).slot, 0);

	expect_run(test, &attach, 1);
	dst = 0;
	KUNIT_ASSERT_TRUE(test, vpc_lpm_find(&rtb->routes, &dst, 0, &value));
	KUNIT_EXPECT_FALSE(test, vpc_route_unpack(value).blackhole);
}

static const struct vpc_obj *named(struct vpc_net *vnet, u8 kind, const char *name)
{
	const struct vpc_obj *obj;

	mutex_lock(&vnet->lock);
	obj = vpc_obj_find(vnet, kind, name, NULL, NULL);
	mutex_unlock(&vnet->lock);
	return obj;
}

/* What members of the group @slot may send to web's, on TCP port 22. */
static bool group_may(struct vpc_net *vnet, u32 slot)
{
	const struct vpc_obj *web = named(vnet, VPC_KIND_SECURITY_GROUP, "my/web");
	const struct vpc_snap_group *snap;

	snap = container_of(web->snap, const struct vpc_snap_group, snap);
	return vpc_policy_group(snap->policy[VPC_DIRECTION_INGRESS], slot,
				VPC_POINT(IPPROTO_TCP, 22));
}

/* SG-6, SG-7, SG-17: what a group allows, and whose paths are judged anew when that changes. */
static void model_groups(struct kunit *test)
{
	static const struct vpc_op changes[] = {
		{ .cmd = VPC_CMD_SECURITY_GROUP_RULE_DEL,
		  .group = { .id = "my/web", .group = "my/db", .proto = PROTO(ICMP),
			     .icmp_type = { true, 8 } } },
		{ .cmd = VPC_CMD_PREFIX_LIST_SET,
		  .prefix_list = { .id = "s3", .n_remove = 1, .remove = &entry } },
		{ .cmd = VPC_CMD_PEERING_DEL, .peering = { .id = "pcx" } },
		{ .cmd = VPC_CMD_ENI_SET,
		  .eni = { .id = "e1", .n_groups = 1, .groups = default_group } },
	};
	static const struct vpc_op no_change = {
		.cmd = VPC_CMD_SECURITY_GROUP_RULE_DEL,
		.group = { .id = "my/db", .direction = VPC_DIRECTION_EGRESS,
			   .cidr = CIDR(0, 0) },
	};
	struct model *m = test->priv;
	const struct vpc_snap_group *snap;
	const struct vpc_obj *eni, *far;
	u64 gen;
	int i;

	expect_run(test, setup, ARRAY_SIZE(setup));
	eni = named(&m->vnet, VPC_KIND_ENI, "e1");
	far = named(&m->vnet, VPC_KIND_SECURITY_GROUP, "peer/default");
	snap = container_of(named(&m->vnet, VPC_KIND_SECURITY_GROUP, "my/web")->snap,
			    const struct vpc_snap_group, snap);
	KUNIT_EXPECT_EQ(test, snap->n_reach, 2);
	KUNIT_EXPECT_TRUE(test, group_may(&m->vnet, far->slot));
	gen = eni->snap->gen;
	expect_run(test, &no_change, 1);
	KUNIT_EXPECT_EQ(test, eni->snap->gen, gen);
	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		expect_run(test, &changes[i], 1);
		KUNIT_EXPECT_EQ(test, eni->snap->gen, m->vnet.gen);
	}
	KUNIT_EXPECT_FALSE(test, group_may(&m->vnet, far->slot));
}

static u32 owner(const struct vpc_obj *vpc, u8 family, struct vpc_addr addr)
{
	return vpc_snap_owner(container_of(vpc->snap, const struct vpc_snap_vpc, snap), family,
			      &addr);
}

/* ENI-1, ENI-9: whose an address is, to packets, and what stands for it. */
static void model_addresses(struct kunit *test)
{
	const struct vpc_addr four = vpc_addr4(IP(10, 0, 0, 20)), in_prefix = vpc_addr4(IP(10, 0, 0, 79));
	const struct vpc_addr six = IP6(0x20, 0x01, 0x0d, 0xb8, [15] = 0x20);
	const struct vpc_addr in_six = IP6(0x20, 0x01, 0x0d, 0xb8, [9] = 1, [15] = 9);
	const struct vpc_obj *vpc, *e1, *e2, *eip;
	struct model *m = test->priv;
	u64 slot;
	u64 gen;

	expect_run(test, setup, ARRAY_SIZE(setup));
	vpc = named(&m->vnet, VPC_KIND_VPC, "my");
	e1 = named(&m->vnet, VPC_KIND_ENI, "e1");
	e2 = named(&m->vnet, VPC_KIND_ENI, "e2");
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET, four), e1->slot);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET, in_prefix), e1->slot);
	KUNIT_EXPECT_NE(test, owner(vpc, AF_INET, vpc_addr4(IP(10, 0, 0, 80))), e1->slot);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET6, six), e1->slot);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET6, in_six), e1->slot);
	gen = e1->snap->gen;
	expect_run(test, change, 2);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET, four), e2->slot);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET6, six), e2->slot);
	KUNIT_EXPECT_GT(test, e1->snap->gen, gen);
	KUNIT_EXPECT_EQ(test, e2->snap->gen, e1->snap->gen);
	mutex_lock(&m->vnet.lock);
	eip = &vpc_eip_find(&m->vnet, "203.0.113.20", NULL)->obj;
	mutex_unlock(&m->vnet.lock);
	KUNIT_EXPECT_PTR_EQ(test, &obj_to_eip(eip)->eni->obj, e2);
	KUNIT_EXPECT_TRUE(test,
			  vpc_lpm_find(&container_of(vpc->snap, const struct vpc_snap_vpc,
						     snap)->publics, &four, 32, &slot));
	KUNIT_EXPECT_EQ(test, slot, eip->slot);
	expect_run(test, change + 2, 1);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET, four), 0);
	KUNIT_EXPECT_NULL(test, obj_to_eip(eip)->eni);
}

/* IFE-3, IFE-4, ENI-4: whose the addresses of an endpoint are, and who may change that. */
static void model_interface_endpoint(struct kunit *test)
{
	static const struct vpc_op refusals[] = {
		{ .cmd = VPC_CMD_ENDPOINT_SET,		/* IFE-1 */
		  .endpoint = { .id = "sqs", .n_subnets = 1, .subnets = endpoint_subnets } },
		{ .cmd = VPC_CMD_ENDPOINT_SET,		/* IFE-6 */
		  .endpoint = { .id = "sqs", .n_remove_groups = 1, .remove_groups = web_group } },
		{ .cmd = VPC_CMD_ENDPOINT_SET,
		  .endpoint = { .id = "sqs", .n_addresses = 1, .addresses = endpoint_addresses + 1 } },
		{ .cmd = VPC_CMD_ENDPOINT_SET,
		  .endpoint = { .id = "sqs", .n_rtbs = 1, .rtbs = tables } },
	};
	static const struct vpc_op moves = {
		.cmd = VPC_CMD_ENDPOINT_SET,
		.endpoint = { .id = "sqs", .n_remove_subnets = 1, .remove_subnets = endpoint_subnets,
			      .n_subnets = 1, .subnets = endpoint_subnets + 1,
			      .n_addresses = 1, .addresses = endpoint_addresses + 1 },
	};
	const struct vpc_addr given = vpc_addr4(IP(10, 0, 1, 134)), other = vpc_addr4(IP(10, 0, 0, 131));
	const struct vpc_snap_eni *snap;
	struct model *m = test->priv;
	const struct vpc_obj *vpc, *ep;
	int failed, i;
	u32 slot;

	expect_run(test, setup, ARRAY_SIZE(setup));
	vpc = named(&m->vnet, VPC_KIND_VPC, "my");
	ep = named(&m->vnet, VPC_KIND_ENDPOINT, "sqs");
	slot = owner(vpc, AF_INET, given);
	snap = vpc_root_get(rcu_access_pointer(m->vnet.root), slot, VPC_KIND_ENI);
	KUNIT_ASSERT_NOT_NULL(test, snap);
	KUNIT_EXPECT_EQ(test, snap->requester, ep->slot);
	KUNIT_EXPECT_EQ(test, snap->p.snap.slot, slot);
	KUNIT_EXPECT_NULL(test, vpc_root_port(rcu_access_pointer(m->vnet.root), slot));
	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		KUNIT_EXPECT_NE(test, run(&m->vnet, &refusals[i], 1, 0, &failed, NULL), 0);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET, given), slot);
	expect_run(test, &moves, 1);
	KUNIT_EXPECT_EQ(test, owner(vpc, AF_INET, given), 0);
	KUNIT_EXPECT_NE(test, owner(vpc, AF_INET, other), 0);
}

#define TURN_ROUTES	8
/* However slow the machine is */
#define TURNS_MIN	50

/**
 * struct turns - two tables whose routes all lead to one target, then all to another
 * @vnet: the model
 * @tables: their slots
 * @seen: snapshots that readers have looked at
 * @mixed: lookups that led elsewhere than the others of the same snapshot
 */
struct turns {
	struct vpc_net *vnet;
	u32 tables[2];
	atomic_t seen;
	atomic_t mixed;
};

static __be32 turn_dst(unsigned int i)
{
	return IP(20, i, 0, 0);
}

/* One operation for each route of both tables */
static void turn_ops(struct vpc_op ops[2 * TURN_ROUTES], int cmd, enum vpc_target target,
		     const char *id)
{
	unsigned int i;

	for (i = 0; i < 2 * TURN_ROUTES; i++)
		ops[i] = (struct vpc_op){
			.cmd = cmd,
			.route = {
				.rtb = i % 2 ? "my/main" : "my/web",
				.dst = CIDR(turn_dst(i / 2), 16),
				.target = { .set = true, .val = target },
				.target_id = id,
			},
		};
}

/* The slot that a route of a table leads to, 0 for none */
static u32 turn_target(const struct vpc_root *root, u32 table, unsigned int i)
{
	const struct vpc_snap_rtb *rtb = vpc_root_get(root, table, VPC_KIND_ROUTE_TABLE);
	__be32 dst = turn_dst(i);
	u64 value;

	if (!rtb || !vpc_lpm_lookup(&rtb->routes, &dst, &value, NULL))
		return 0;
	return vpc_route_unpack(value).slot;
}

static int turn_reader(void *arg)
{
	const struct vpc_root *root;
	struct turns *turns = arg;
	unsigned int i;
	u32 want, got;

	while (!kthread_should_stop()) {
		rcu_read_lock();
		root = rcu_dereference(turns->vnet->root);
		want = turn_target(root, turns->tables[0], 0);
		for (i = 0; i < 16; i++) {
			got = turn_target(root, turns->tables[i % 2], get_random_u32() % TURN_ROUTES);
			if (!got || got != want)
				atomic_inc(&turns->mixed);
		}
		rcu_read_unlock();
		atomic_inc(&turns->seen);
		usleep_range(50, 100);	/* on one processor the writer's turn */
	}
	return 0;
}

static u32 table_slot(struct vpc_net *vnet, const char *name)
{
	struct vpc_obj *obj;

	mutex_lock(&vnet->lock);
	obj = vpc_obj_find(vnet, VPC_KIND_ROUTE_TABLE, name, NULL, NULL);
	mutex_unlock(&vnet->lock);
	return obj ? obj->slot : 0;
}

/* Readers beside a thousand transactions a second see each of them whole or not at all. */
static void model_readers(struct kunit *test)
{
	const int n = 2 * TURN_ROUTES;
	struct model *m = test->priv;
	struct turns turns = { .vnet = &m->vnet };
	struct task_struct *readers[2];
	struct vpc_op *there, *back;
	unsigned long start;
	int i, failed, err = 0;
	unsigned int done = 0;

	there = kunit_kcalloc(test, n, sizeof(*there), GFP_KERNEL);
	back = kunit_kcalloc(test, n, sizeof(*back), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, there);
	KUNIT_ASSERT_NOT_NULL(test, back);
	expect_run(test, setup, ARRAY_SIZE(setup));
	turn_ops(back, VPC_CMD_ROUTE_NEW, VPC_TARGET_ENI, "e1");
	expect_run(test, back, n);
	turn_ops(back, VPC_CMD_ROUTE_SET, VPC_TARGET_ENI, "e1");
	turn_ops(there, VPC_CMD_ROUTE_SET, VPC_TARGET_IGW, "gw");
	turns.tables[0] = table_slot(&m->vnet, "my/web");
	turns.tables[1] = table_slot(&m->vnet, "my/main");
	for (i = 0; i < ARRAY_SIZE(readers); i++)
		readers[i] = kthread_run(turn_reader, &turns, "vpc_reader/%d", i);
	for (start = jiffies; !err && (done < TURNS_MIN || time_before(jiffies, start + HZ)); done++) {
		err = run(&m->vnet, done % 2 ? back : there, n, 0, &failed, NULL);
		cond_resched();
	}
	for (i = 0; i < ARRAY_SIZE(readers); i++)
		if (!IS_ERR(readers[i]))
			kthread_stop(readers[i]);
	kunit_info(test, "%u transactions and %d snapshots in %u ms", done,
		   atomic_read(&turns.seen), jiffies_to_msecs(jiffies - start));
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_GT(test, atomic_read(&turns.seen), 20);
	KUNIT_EXPECT_EQ(test, atomic_read(&turns.mixed), 0);
}

/* NAT-1, NAT-17: what packets see of a gateway, of addresses that drain, and of those that did. */
static void model_nat(struct kunit *test)
{
	static const struct vpc_op drain = {
		.cmd = VPC_CMD_NAT_GATEWAY_ADDRESS_DEL,
		.nat = { .id = "nat", .eip = "203.0.113.31", .drain = { true, 1 } },
	};
	struct model *m = test->priv;
	const struct vpc_snap_nat *snap;
	const struct vpc_obj *obj;
	const struct vpc_vpc *vpc;
	struct vpc_addr addr;
	int i;

	expect_run(test, setup, ARRAY_SIZE(setup));
	obj = named(&m->vnet, VPC_KIND_NAT_GATEWAY, "nat");
	vpc = obj->vpc;
	snap = container_of(obj->snap, const struct vpc_snap_nat, snap);
	KUNIT_ASSERT_EQ(test, snap->n_addrs, 2);
	KUNIT_EXPECT_EQ(test, snap->draining, 0);
	KUNIT_EXPECT_NE(test, (__force u32)snap->addrs[0], (__force u32)snap->addrs[1]);
	KUNIT_EXPECT_EQ(test, vpc->publics.count, 4);
	addr = vpc_addr4(snap->addrs[1]);
	KUNIT_EXPECT_EQ(test, vpc_snap_owner(container_of(vpc->obj.snap, const struct vpc_snap_vpc,
							  snap), AF_INET, &addr), obj->slot);

	expect_run(test, &drain, 1);
	snap = container_of(obj->snap, const struct vpc_snap_nat, snap);
	KUNIT_EXPECT_EQ(test, snap->n_addrs, 2);
	KUNIT_EXPECT_EQ(test, snap->draining, 2);
	for (i = 0; i < 50 && vpc->publics.count > 3; i++)
		msleep(100);
	snap = container_of(obj->snap, const struct vpc_snap_nat, snap);
	KUNIT_EXPECT_EQ(test, snap->n_addrs, 1);
	KUNIT_EXPECT_EQ(test, vpc->publics.count, 3);
	KUNIT_EXPECT_EQ(test, vpc_snap_owner(container_of(vpc->obj.snap, const struct vpc_snap_vpc,
							  snap), AF_INET, &addr), 0);
}

static const struct vpc_snap_target_group *group_snap(struct vpc_net *vnet, const char *name)
{
	return container_of(named(vnet, VPC_KIND_TARGET_GROUP, name)->snap,
			    const struct vpc_snap_target_group, snap);
}

/* The nodes that send to the targets of a group, four bits each, the first one lowest. */
static u32 nodes_of(struct vpc_net *vnet, const char *name)
{
	const struct vpc_snap_target_group *snap = group_snap(vnet, name);
	u32 nodes = 0, i;

	for (i = 0; i < snap->n_targets; i++)
		nodes |= snap->targets[i].nodes << 4 * i;
	return nodes;
}

/* NLB-1, NLB-4: what packets see of a load balancer and of its nodes. */
static void model_nlb(struct kunit *test)
{
	const struct vpc_addr given = vpc_addr4(IP(10, 0, 0, 130));
	struct model *m = test->priv;
	const struct vpc_snap_nlb *snap;
	const struct vpc_snap_eni *eni;
	const struct vpc_obj *lb;
	char dns[VPC_NLB_DNS_STRLEN];
	struct vpc_nlb *nlb;
	u8 i;

	expect_run(test, setup, ARRAY_SIZE(setup));
	expect_run(test, setup_nlb, ARRAY_SIZE(setup_nlb));
	lb = named(&m->vnet, VPC_KIND_NLB, "lb");
	nlb = obj_to_nlb(lb);
	KUNIT_EXPECT_EQ(test, vpc_nlb_nodes(nlb), 3);
	KUNIT_EXPECT_EQ(test, owner(&lb->vpc->obj, AF_INET, given), nlb->nodes[0]->obj.slot);
	for (i = 0; i < 2; i++) {
		eni = container_of(nlb->nodes[i]->obj.snap, const struct vpc_snap_eni, p.snap);
		KUNIT_EXPECT_EQ(test, eni->requester, lb->slot);
		KUNIT_EXPECT_EQ(test, eni->node, i);
		KUNIT_EXPECT_EQ(test, eni->n_groups, 1);
		KUNIT_EXPECT_FALSE(test, eni->has_public);
	}
	snap = container_of(lb->snap, const struct vpc_snap_nlb, snap);
	KUNIT_ASSERT_EQ(test, snap->n_listeners, 2);
	KUNIT_EXPECT_EQ(test, snap->listeners[0].port, 25);
	KUNIT_EXPECT_EQ(test, snap->listeners[0].tcp_idle, 60);
	KUNIT_EXPECT_TRUE(test, snap->listeners[0].tcp && !snap->listeners[0].udp);
	KUNIT_EXPECT_TRUE(test, snap->listeners[1].udp && !snap->listeners[1].tcp);
	KUNIT_EXPECT_TRUE(test, snap->enforce_privatelink);
	vpc_nlb_dns_name(nlb, dns);
	KUNIT_EXPECT_TRUE(test, strstarts(dns, "lb-"));
	KUNIT_EXPECT_STREQ(test, dns + 19, ".elb.amazonaws.com");

	nlb = obj_to_nlb(named(&m->vnet, VPC_KIND_NLB, "front"));
	for (i = 0; i < 2; i++) {
		eni = container_of(nlb->nodes[i]->obj.snap, const struct vpc_snap_eni, p.snap);
		KUNIT_EXPECT_TRUE(test, eni->has_public);
		KUNIT_EXPECT_EQ(test, eni->n_groups, 0);
	}
}

/* NLB-10, NLB-25, NLB-27: which nodes send to which targets. */
static void model_nlb_10_nlb_25_nlb_27(struct kunit *test)
{
	static const struct vpc_op e1_ill = {
		.cmd = VPC_CMD_TARGET_SET,
		.target = { .group = "tg", .eni = "e1", .health = VPC_TARGET_HEALTH_UNHEALTHY },
	};
	static const struct vpc_op e2_well = {
		.cmd = VPC_CMD_TARGET_SET, .target = { .group = "tg", .eni = "e2" },
	};
	static const struct vpc_op cross = {
		.cmd = VPC_CMD_NLB_SET, .nlb = { .id = "lb", .cross_zone = { true, 1 } },
	};
	static const struct vpc_op never = {
		.cmd = VPC_CMD_TARGET_GROUP_SET,
		.target_group = { .id = "tg", .cross_zone = { true, VPC_CROSS_ZONE_OFF } },
	};
	static const struct vpc_op keep = {
		.cmd = VPC_CMD_TARGET_GROUP_SET,
		.target_group = { .id = "tg", .unhealthy_termination = { true, 0 } },
	};
	struct model *m = test->priv;
	struct vpc_net *vnet = &m->vnet;
	u64 gen;

	expect_run(test, setup, ARRAY_SIZE(setup));
	expect_run(test, setup_nlb, ARRAY_SIZE(setup_nlb));
	/* e1, healthy, is in the zone of node 0, and e2 is not in service yet. */
	KUNIT_EXPECT_EQ(test, nodes_of(vnet, "tg"), 0x01);
	/* All of ips are new: in the zone of node 1, and of all zones. */
	KUNIT_EXPECT_EQ(test, nodes_of(vnet, "ips"), 0x32);
	gen = group_snap(vnet, "tg")->snap.gen;
	expect_run(test, &e1_ill, 1);
	KUNIT_EXPECT_GT(test, group_snap(vnet, "tg")->snap.gen, gen);
	KUNIT_EXPECT_EQ(test, nodes_of(vnet, "tg"), 0x11);
	KUNIT_EXPECT_FALSE(test, group_snap(vnet, "tg")->targets[0].ends);
	expect_run(test, &e2_well, 1);
	KUNIT_EXPECT_EQ(test, nodes_of(vnet, "tg"), 0x10);
	KUNIT_EXPECT_TRUE(test, group_snap(vnet, "tg")->targets[0].ends);
	KUNIT_EXPECT_FALSE(test, group_snap(vnet, "tg")->targets[1].ends);
	expect_run(test, &cross, 1);
	KUNIT_EXPECT_EQ(test, nodes_of(vnet, "tg"), 0x30);
	expect_run(test, &never, 1);
	KUNIT_EXPECT_EQ(test, nodes_of(vnet, "tg"), 0x10);
	expect_run(test, &keep, 1);
	KUNIT_EXPECT_FALSE(test, group_snap(vnet, "tg")->targets[0].ends);
}

/* NLB-22: what a health check reaches by an address, and that it keeps it. */
static void model_nlb_22(struct kunit *test)
{
	static const struct vpc_op cross = {
		.cmd = VPC_CMD_NLB_SET, .nlb = { .id = "lb", .cross_zone = { true, 1 } },
	};
	static const struct vpc_op gone = { .cmd = VPC_CMD_ENI_DEL, .eni = { .id = "e2" } };
	struct model *m = test->priv;
	const struct vpc_snap_probe *snap;
	const struct vpc_target_group *tg;
	const struct vpc_nlb_target *e1;
	const struct vpc_root *root;
	struct vpc_nlb *lb;
	u64 value;
	__be32 first;

	expect_run(test, setup, ARRAY_SIZE(setup));
	expect_run(test, setup_nlb, ARRAY_SIZE(setup_nlb));
	lb = obj_to_nlb(named(&m->vnet, VPC_KIND_NLB, "lb"));
	tg = obj_to_target_group(named(&m->vnet, VPC_KIND_TARGET_GROUP, "tg"));
	e1 = list_first_entry(&tg->targets, struct vpc_nlb_target, list);
	first = e1->probes[0];
	KUNIT_EXPECT_EQ(test, ntohl(first) >> 4, ntohl(IP(100, 65, 0, 0)) >> 4);
	KUNIT_EXPECT_EQ(test, (__force u32)e1->probes[1], 0);
	expect_run(test, &cross, 1);
	root = rcu_access_pointer(m->vnet.root);
	KUNIT_EXPECT_EQ(test, root->probes.count, 8);
	KUNIT_EXPECT_EQ(test, (__force u32)e1->probes[0], (__force u32)first);
	KUNIT_ASSERT_TRUE(test, vpc_lpm_find(&root->probes, &e1->probes[1], 32, &value));
	KUNIT_EXPECT_EQ(test, value, vpc_probe_pack(lb->nodes[1]->obj.slot, e1->obj.slot));
	snap = vpc_root_get(root, e1->obj.slot, VPC_KIND_TARGET);
	KUNIT_ASSERT_NOT_NULL(test, snap);
	KUNIT_EXPECT_EQ(test, (__force u32)snap->addr, (__force u32)IP(10, 0, 0, 10));
	KUNIT_EXPECT_EQ(test, snap->port, 80);
	KUNIT_EXPECT_EQ(test, snap->group, tg->obj.slot);
	expect_run(test, &gone, 1);
	root = rcu_access_pointer(m->vnet.root);
	KUNIT_EXPECT_EQ(test, root->probes.count, 6);
	KUNIT_EXPECT_EQ(test, tg->n_targets, 1);
}

/* NLB-27, NLB-28: what has its time, and then has not. */
static void model_nlb_28(struct kunit *test)
{
	static const struct vpc_op drain[] = {
		{ .cmd = VPC_CMD_TARGET_GROUP_SET,
		  .target_group = { .id = "tg", .unhealthy_termination = { true, 0 },
				    .unhealthy_interval = { true, 1 }, .delay = { true, 2 } } },
		{ .cmd = VPC_CMD_TARGET_SET,
		  .target = { .group = "tg", .eni = "e1", .health = VPC_TARGET_HEALTH_UNHEALTHY } },
		{ .cmd = VPC_CMD_TARGET_DEL, .target = { .group = "tg", .eni = "e2" } },
	};
	struct model *m = test->priv;
	const struct vpc_nlb_target *e1;
	struct vpc_target_group *tg;
	int i;

	expect_run(test, setup, ARRAY_SIZE(setup));
	expect_run(test, setup_nlb, ARRAY_SIZE(setup_nlb));
	tg = obj_to_target_group(named(&m->vnet, VPC_KIND_TARGET_GROUP, "tg"));
	e1 = list_first_entry(&tg->targets, struct vpc_nlb_target, list);
	expect_run(test, drain, ARRAY_SIZE(drain));
	KUNIT_EXPECT_EQ(test, vpc_target_state(e1), VPC_TARGET_STATE_UNHEALTHY_DRAINING);
	KUNIT_EXPECT_EQ(test, tg->n_targets, 2);
	KUNIT_EXPECT_EQ(test, group_snap(&m->vnet, "tg")->n_targets, 2);
	KUNIT_EXPECT_EQ(test, nodes_of(&m->vnet, "tg"), 0x01);
	for (i = 0; i < 50 && vpc_target_state(e1) == VPC_TARGET_STATE_UNHEALTHY_DRAINING; i++)
		msleep(100);
	KUNIT_EXPECT_EQ(test, vpc_target_state(e1), VPC_TARGET_STATE_UNHEALTHY);
	KUNIT_EXPECT_EQ(test, tg->n_targets, 2);
	for (i = 0; i < 50 && tg->n_targets == 2; i++)
		msleep(100);
	KUNIT_EXPECT_EQ(test, tg->n_targets, 1);
	KUNIT_EXPECT_EQ(test, group_snap(&m->vnet, "tg")->n_targets, 1);
}

static int set_policy(struct vpc_net *vnet, const char *document, struct vpc_policy_element_cfg element)
{
	struct vpc_policy_statement_cfg statements[] = {
		{ .effect = VPC_POLICY_EFFECT_ALLOW },
		{ .effect = VPC_POLICY_EFFECT_DENY, .n_elements = 1, .elements = &element },
	};
	const struct vpc_op op = {
		.cmd = VPC_CMD_ENDPOINT_SET,
		.endpoint = { .id = "ep", .policy = {
			.document = document, .n_statements = ARRAY_SIZE(statements),
			.statements = statements } },
	};
	int failed;

	return run(vnet, &op, 1, 0, &failed, NULL);
}

/* POL-1, POL-2, POL-5: what no client may say of a policy, and that flows outlive a change of it. */
static void model_endpoint_policy(struct kunit *test)
{
	static const struct {
		u8 key;
		struct vpc_policy_value_cfg value;
		int err;
	} cases[] = {
		{ VPC_POLICY_KEY_ACTION, { .proto = PROTO(UDP) }, 0 },
		{ VPC_POLICY_KEY_ACTION, { }, 0 },
		{ VPC_POLICY_KEY_ACTION, { .port_from = { true, 1 }, .port_to = { true, 2 } }, -EINVAL },
		{ VPC_POLICY_KEY_ACTION, { .proto = PROTO(UDP), .port_from = { true, 1 } }, -EINVAL },
		{ VPC_POLICY_KEY_ACTION,
		  { .proto = PROTO(UDP), .port_from = { true, 2 }, .port_to = { true, 1 } }, -EINVAL },
		{ VPC_POLICY_KEY_ACTION,
		  { .proto = PROTO(ICMP), .port_from = { true, 1 }, .port_to = { true, 2 } }, -EINVAL },
		{ VPC_POLICY_KEY_PRINCIPAL, { .text = "111122223333" }, -EINVAL },	/* GWE-15 */
		{ VPC_POLICY_KEY_PRINCIPAL_ACCOUNT, { .text = "111122223333" }, 0 },
		{ VPC_POLICY_KEY_PRINCIPAL_ACCOUNT, { .text = "11112222333" }, -EINVAL },
		{ VPC_POLICY_KEY_PRINCIPAL_ACCOUNT, { }, -EINVAL },
		{ VPC_POLICY_KEY_RESOURCE, { .text = "com.amazonaws.sqs" }, 0 },
		{ VPC_POLICY_KEY_RESOURCE, { .text = "com.amazonaws" }, -ENOENT },
		{ VPC_POLICY_KEY_SOURCE_VPC, { .text = "vpc-00123456789abcdef" }, 0 },
		{ VPC_POLICY_KEY_SOURCE_VPC, { .text = "nobody" }, -ENOENT },
		{ VPC_POLICY_KEY_SOURCE_VPCE, { }, -ENOENT },
		{ VPC_POLICY_KEY_VPC_SOURCE_IP, { .cidr = CIDR(IP(10, 0, 0, 0), 8) }, 0 },
		{ VPC_POLICY_KEY_VPC_SOURCE_IP, { .text = "10.0.0.0/8" }, -EINVAL },
		{ VPC_POLICY_KEY_SOURCE_IP, { }, -EINVAL },
	};
	struct vpc_policy_element_cfg element = { .key = VPC_POLICY_KEY_ACTION, .n_values = 1 };
	struct vpc_policy_value_cfg value;
	struct model *m = test->priv;
	const struct vpc_endpoint *ep;
	u64 gen;
	int i;

	expect_run(test, setup, ARRAY_SIZE(setup));
	ep = obj_to_endpoint(named(&m->vnet, VPC_KIND_ENDPOINT, "ep"));
	gen = ep->obj.snap->gen;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		value = cases[i].value;
		element = (struct vpc_policy_element_cfg){ cases[i].key, false, 1, &value };
		KUNIT_EXPECT_EQ_MSG(test, set_policy(&m->vnet, "text", element), cases[i].err,
				    "case %d", i);
	}
	value = (struct vpc_policy_value_cfg){ };
	element = (struct vpc_policy_element_cfg){ VPC_POLICY_KEY_ACTION, false, 1, &value };
	KUNIT_EXPECT_EQ(test, set_policy(&m->vnet, "\t{\r\n}~", element), 0);
	KUNIT_EXPECT_STREQ(test, vpc_endpoint_document(ep), "\t{\r\n}~");
	KUNIT_EXPECT_EQ(test, set_policy(&m->vnet, "", element), -EINVAL);
	KUNIT_EXPECT_EQ(test, set_policy(&m->vnet, NULL, element), -EINVAL);
	KUNIT_EXPECT_EQ(test, set_policy(&m->vnet, "\x1b[2J", element), -EINVAL);
	KUNIT_EXPECT_EQ(test, set_policy(&m->vnet, "\xc3\xa4", element), -EINVAL);
	element.n_values = 0;
	KUNIT_EXPECT_EQ(test, set_policy(&m->vnet, "text", element), -EINVAL);
	KUNIT_EXPECT_STREQ(test, vpc_endpoint_document(ep), "\t{\r\n}~");
	KUNIT_EXPECT_EQ(test, ep->obj.snap->gen, gen);
}

static struct kunit_case model_cases[] = {
	KUNIT_CASE(model_whole),
	KUNIT_CASE(model_refused),
	KUNIT_CASE(model_limits),
	KUNIT_CASE(model_no_memory),
	KUNIT_CASE(model_blackhole),
	KUNIT_CASE(model_groups),
	KUNIT_CASE(model_addresses),
	KUNIT_CASE(model_interface_endpoint),
	KUNIT_CASE(model_endpoint_policy),
	KUNIT_CASE(model_nat),
	KUNIT_CASE(model_nlb),
	KUNIT_CASE(model_nlb_10_nlb_25_nlb_27),
	KUNIT_CASE(model_nlb_22),
	KUNIT_CASE(model_nlb_28),
	KUNIT_CASE(model_readers),
	{}
};

static struct kunit_suite model_suite = {
	.name = "vpc_model",
	.init = model_init,
	.exit = model_exit,
	.test_cases = model_cases,
};
kunit_test_suite(model_suite);
