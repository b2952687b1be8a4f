/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_SNAPSHOT_H
#define _VPC_SNAPSHOT_H

#include <linux/container_of.h>
#include <linux/if_ether.h>
#include <linux/types.h>

#include <uapi/linux/vpc.h>

#include "../lib/acl.h"
#include "../lib/addr.h"
#include "../lib/l4state.h"
#include "../lib/lpm.h"
#include "../lib/policy.h"
#include "../lib/slots.h"

struct vpc_acct;
struct vpc_endpoint_policy;
struct vpc_port;

/* Addresses of a NAT gateway, whatever the limit says (NAT-18). */
#define VPC_NAT_ADDRS_MAX	8
/* Security groups of an interface, whatever the limit says (SG-8). */
#define VPC_ENI_GROUPS_MAX	16
/* Interfaces of an endpoint, whatever the limit says (IFE-1). */
#define VPC_ENDPOINT_ENIS_MAX	16
/* Nodes of a load balancer, whatever the limit says (NLB-1). */
#define VPC_NLB_NODES_MAX	16

/*
 * What packets see: everything hangs off one struct vpc_root per namespace, read once per
 * packet under RCU. Nothing below a published root changes, with two exceptions that are not
 * configuration: struct vpc_acct (counters) and struct vpc_port (whether the device is there).
 *
 * An object is found by its slot. A slot's generation is the root's generation at the last
 * change of the object that can alter a verdict; generations are never reused, slots are. A
 * session notes the slots that its verdict came from: while none of them has a generation
 * above the verdict's own, the verdict holds.
 */

/**
 * struct vpc_snap - head of every snapshot
 * @gen: generation of the last change that can alter a verdict
 * @id: the object's identity
 * @slot: where it is in the root
 * @kind: enum vpc_kind
 */
struct vpc_snap {
	u64 gen;
	u64 id;
	u32 slot;
	u8 kind;
};

/**
 * struct vpc_root - the configuration at one instant
 * @gen: number of the change that published it, increasing
 * @slots: u32 -> struct vpc_snap
 * @public4: IPv4 EIP -> slot of struct vpc_snap_eip
 * @public6: IPv6 block of a VPC with an internet or egress-only gateway -> slot of that VPC
 * @probes: IPv4 address for health checks of a target by a node -> the slots of the node's interface
 *	and of struct vpc_snap_probe, vpc_probe_pack()
 * @block_mode: enum vpc_block_mode, of VPC Block Public Access (IGW-12)
 */
struct vpc_root {
	u64 gen;
	struct vpc_slots slots;
	struct vpc_lpm public4;
	struct vpc_lpm public6;
	struct vpc_lpm probes;
	u8 block_mode;
};

/**
 * struct vpc_snap_vpc - a VPC
 * @cidrs: its IPv4 blocks (value: 1)
 * @cidrs6: its IPv6 blocks (value: 1)
 * @subnets: IPv4 subnet CIDR -> slot of struct vpc_snap_subnet
 * @subnets6: likewise IPv6
 * @addresses: whose an IPv4 address is: primary and secondary addresses and delegated prefixes
 *	-> slot of struct vpc_snap_eni, or of a struct vpc_snap_nat
 * @addresses6: likewise IPv6
 * @publics: private IPv4 address that has a public one -> slot of struct vpc_snap_eip (IGW-3)
 * @igw: slot of the internet gateway attached to it, 0 for none
 * @eigw: slot of its egress-only internet gateway, 0 for none
 * @macs: 48-bit interface MAC -> slot of struct vpc_snap_eni
 * @router_mac: answers for the router address of every subnet (L2-2)
 * @exclusion: enum vpc_exclusion_mode (IGW-12)
 * @owner: number of the account that has it, or VPC_ACCOUNT_NONE
 * @resolver: slot of the resolver that its instances have a way to, 0 for none (VPC-13)
 * @resolver_addr: where they find it, beside where all find it: VPC-20
 * @resolver_source: the VPC's address before it
 * @acct: sessions of the VPC
 */
struct vpc_snap_vpc {
	struct vpc_snap snap;
	struct vpc_lpm cidrs;
	struct vpc_lpm cidrs6;
	struct vpc_lpm subnets;
	struct vpc_lpm subnets6;
	struct vpc_lpm addresses;
	struct vpc_lpm addresses6;
	struct vpc_lpm publics;
	struct vpc_lpm macs;
	u32 igw;
	u32 eigw;
	u8 router_mac[ETH_ALEN];
	u8 exclusion;
	u64 owner;
	u32 resolver;
	__be32 resolver_addr;
	__be32 resolver_source;
	struct vpc_acct *acct;
};

/**
 * struct vpc_snap_subnet - a subnet
 * @cidr: its IPv4 block, family 0 in an IPv6-only subnet (VPC-22)
 * @cidr6: its IPv6 block, family 0 for none
 * @vpc: slot
 * @rtb: slot of the table in force, associated or main (RT-1)
 * @acl: slot of the network ACL at its border (ACL-1)
 * @exclusion: enum vpc_exclusion_mode; none: as the VPC's (IGW-12)
 */
struct vpc_snap_subnet {
	struct vpc_snap snap;
	struct vpc_prefix cidr;
	struct vpc_prefix cidr6;
	u32 vpc;
	u32 rtb;
	u32 acl;
	u8 exclusion;
};

/**
 * struct vpc_snap_port - head of the snapshots that are ports: ENI, uplink, service
 * @port: the device binding; NULL for an endpoint's interface, which is none
 * @acct: the port's counters
 */
struct vpc_snap_port {
	struct vpc_snap snap;
	struct vpc_port *port;
	struct vpc_acct *acct;
};

/**
 * struct vpc_snap_eni - an elastic network interface
 * @addr: primary private IPv4 address, 0 in an IPv6-only subnet; which others it has, the VPC's
 *	maps of addresses say
 * @vpc: slot
 * @subnet: slot
 * @requester: slot of the endpoint or load balancer whose interface it is, 0 for an instance's
 * @node: of a load balancer's: which of its nodes that is
 * @leads_to: of an endpoint's: slot of the interface of the node that it stands for (IFE-27), 0 for
 *	a service that is not in a VPC, or none yet
 * @mac: the instance's
 * @source_dest_check: ENI-5, ENI-6
 * @has_public: some address of its has a public one (RT-8)
 * @timeouts: of what its security groups track (SG-14)
 * @n_groups: how many security groups it has, at least 1 but for a load balancer born without
 *	(NLB-29)
 * @groups: their slots
 */
struct vpc_snap_eni {
	struct vpc_snap_port p;
	__be32 addr;
	u32 vpc;
	u32 subnet;
	u32 requester;
	u32 leads_to;
	u8 node;
	u8 mac[ETH_ALEN];
	bool source_dest_check;
	bool has_public;
	struct vpc_timeouts timeouts;
	u8 n_groups;
	u32 groups[VPC_ENI_GROUPS_MAX];
};

/**
 * struct vpc_group_reach - where a group that a rule names is looked for (SG-6)
 * @from: slot of the VPC of the interface that has the rule
 * @to: slot of the same, or of one with an active peering
 */
struct vpc_group_reach {
	u32 from;
	u32 to;
};

/**
 * struct vpc_snap_group - a security group
 * @vpc: slot
 * @policy: by enum vpc_rule_direction, never NULL; only rules that can match: references to
 *	groups of VPCs that are not peered (SG-7) are left out
 * @n_reach: of the next
 * @reach: in which VPCs members of groups are that its rules name, for a member of it
 *
 * A change of its rules, or of a prefix list that they name, moves the generation of the
 * interfaces that have it, so no group needs a slot in a path.
 */
struct vpc_snap_group {
	struct vpc_snap snap;
	u32 vpc;
	struct vpc_policy *policy[2];
	u32 n_reach;
	struct vpc_group_reach reach[] __counted_by(n_reach);
};

/**
 * struct vpc_snap_uplink - a port toward the internet
 */
struct vpc_snap_uplink {
	struct vpc_snap_port p;
};

/**
 * struct vpc_snap_service - a provider behind a port of its own
 * @gateway: the address that the router answers for there, and the prefix that is on link
 * @addr: where an interface service or a resolver is, 0 of a gateway service
 * @list: slot of the prefix list of a gateway service
 * @health: health checks enter by it, and nothing leaves but their answers
 * @tracked: security groups track what goes to it, whatever their rules say (SG-13)
 */
struct vpc_snap_service {
	struct vpc_snap_port p;
	struct vpc_prefix gateway;
	__be32 gateway_addr;
	__be32 addr;
	u32 list;
	bool health;
	bool tracked;
};

/**
 * struct vpc_route_val - a route as the value of a trie
 * @slot: of the target; 0 for local
 * @target: enum vpc_target
 * @origin: enum vpc_route_origin
 * @blackhole: the target is gone: wins the lookup and drops (RT-22)
 */
struct vpc_route_val {
	u32 slot;
	u8 target;
	u8 origin;
	u8 blackhole;
	u8 pad;
};

static inline u64 vpc_route_pack(struct vpc_route_val val)
{
	return (u64)val.slot << 32 | (u32)val.target << 16 | (u32)val.origin << 8 | val.blackhole;
}

static inline struct vpc_route_val vpc_route_unpack(u64 value)
{
	return (struct vpc_route_val){
		.slot = value >> 32,
		.target = value >> 16,
		.origin = value >> 8,
		.blackhole = value & 1,
	};
}

/**
 * struct vpc_list_route - a route whose destination is a prefix list
 * @list: slot of struct vpc_snap_list
 * @id: the list's identity, the tie break of RT-18d
 * @value: vpc_route_pack()
 */
struct vpc_list_route {
	u32 list;
	u64 id;
	u64 value;
};

/**
 * struct vpc_snap_rtb - a route table
 * @vpc: slot
 * @routes: IPv4 CIDR routes, local ones included
 * @routes6: likewise IPv6 (RT-16)
 * @n_lists: prefix list routes
 * @lists: those, by ascending id
 *
 * A list's entries are not copied into the table: the longest match over @routes and every
 * list wins, a CIDR route before a list of equal length (RT-17, RT-18).
 */
struct vpc_snap_rtb {
	struct vpc_snap snap;
	u32 vpc;
	struct vpc_lpm routes;
	struct vpc_lpm routes6;
	u32 n_lists;
	struct vpc_list_route lists[] __counted_by(n_lists);
};

/**
 * struct vpc_snap_list - a prefix list
 * @family: of all entries (PFX-1)
 * @entries: its CIDRs (the values mean nothing to packets)
 */
struct vpc_snap_list {
	struct vpc_snap snap;
	u8 family;
	struct vpc_lpm entries;
};

/**
 * struct vpc_snap_igw - an internet gateway
 * @vpc: slot, 0 while detached
 * @uplink: slot of the port that it sends by
 * @rtb: slot of the table for what comes in by it, 0 for none: then that is delivered (RT-6)
 */
struct vpc_snap_igw {
	struct vpc_snap snap;
	u32 vpc;
	u32 uplink;
	u32 rtb;
};

/**
 * struct vpc_snap_eip - a public address
 * @addr: itself
 * @uplink: slot of the port where the router answers for it
 * @eni: slot of the interface it is mapped to, 0 for none
 * @nat: slot of the NAT gateway that has it, 0 for none
 * @private_addr: the address of either which it stands for
 * @igw: slot of the gateway attached to its VPC, 0 for none
 */
struct vpc_snap_eip {
	struct vpc_snap snap;
	__be32 addr;
	u32 uplink;
	u32 eni;
	u32 nat;
	__be32 private_addr;
	u32 igw;
};

/**
 * struct vpc_snap_eigw - an egress-only internet gateway (EIG-1)
 * @vpc: slot
 * @uplink: slot of the port that it sends by
 */
struct vpc_snap_eigw {
	struct vpc_snap snap;
	u32 vpc;
	u32 uplink;
};

/**
 * struct vpc_snap_endpoint - a VPC endpoint
 * @vpc: slot
 * @service: slot of struct vpc_snap_service, 0 of one to an endpoint service
 * @type: enum vpc_endpoint_type
 * @available: IFE-14
 * @policy: who may begin flows by it, NULL for everybody
 * @acct: its counters
 *
 * A change of its policy moves no generation: flows that have begun go on (POL-5).
 */
struct vpc_snap_endpoint {
	struct vpc_snap snap;
	u32 vpc;
	u32 service;
	u8 type;
	bool available;
	const struct vpc_endpoint_policy *policy;
	struct vpc_acct *acct;
};

/**
 * struct vpc_snap_nat - a NAT gateway
 * @vpc: slot
 * @subnet: slot
 * @acct: its counters and flows
 * @n_addrs: addresses it has, at least 1
 * @draining: BIT(i) of those that new flows do not use (NAT-17)
 * @addrs: those, private
 */
struct vpc_snap_nat {
	struct vpc_snap snap;
	u32 vpc;
	u32 subnet;
	struct vpc_acct *acct;
	u8 n_addrs;
	u8 draining;
	__be32 addrs[VPC_NAT_ADDRS_MAX];
};

/**
 * struct vpc_snap_listener - what a load balancer does with a port (NLB-4)
 * @port: host order
 * @tcp_idle: seconds (NLB-16)
 * @tcp: it listens for TCP
 * @udp: it listens for UDP
 * @group: slot of struct vpc_snap_target_group
 */
struct vpc_snap_listener {
	u16 port;
	u16 tcp_idle;
	bool tcp;
	bool udp;
	u32 group;
};

/**
 * struct vpc_snap_nlb - a network load balancer
 * @vpc: slot
 * @acct: its counters and flows
 * @enforce_privatelink: inbound rules of its groups judge what comes by endpoints, too (NLB-31)
 * @n_listeners: of the next
 * @listeners: by ascending port; two of one port differ by protocol
 */
struct vpc_snap_nlb {
	struct vpc_snap snap;
	u32 vpc;
	struct vpc_acct *acct;
	bool enforce_privatelink;
	u32 n_listeners;
	struct vpc_snap_listener listeners[] __counted_by(n_listeners);
};

/**
 * struct vpc_snap_target - where a target group may send a flow
 * @id: of the registration
 * @addr: IPv4
 * @port: host order
 * @nodes: BIT(node) of those that give it new flows: health, zones and NLB-25 are in that
 * @ends: the flows that it has end: unhealthy or drained, with connection termination (NLB-27,
 *	NLB-28)
 */
struct vpc_snap_target {
	u64 id;
	__be32 addr;
	u16 port;
	u16 nodes;
	bool ends;
};

/**
 * struct vpc_snap_target_group - a target group
 * @vpc: slot
 * @preserve_client_ip: NLB-12
 * @sticky: by the client's address (NLB-19)
 * @keeps_gone: flows to what is not registered any more go on (NLB-28)
 * @n_targets: of the next
 * @targets: those registered, draining ones included
 */
struct vpc_snap_target_group {
	struct vpc_snap snap;
	u32 vpc;
	bool preserve_client_ip;
	bool sticky;
	bool keeps_gone;
	u32 n_targets;
	struct vpc_snap_target targets[] __counted_by(n_targets);
};

/**
 * struct vpc_snap_probe - a registered target as health checks see it
 * @group: slot
 * @addr: the target's address, IPv4
 * @port: where it is checked, host order
 */
struct vpc_snap_probe {
	struct vpc_snap snap;
	u32 group;
	__be32 addr;
	u16 port;
};

static inline u64 vpc_probe_pack(u32 node, u32 probe)
{
	return (u64)node << 32 | probe;
}

/**
 * struct vpc_snap_peering - a peering connection
 * @vpc: slot of the requester
 * @peer: slot of the accepter
 * @active: accepted (PCX-1)
 */
struct vpc_snap_peering {
	struct vpc_snap snap;
	u32 vpc;
	u32 peer;
	bool active;
};

/**
 * struct vpc_snap_acl - a network ACL
 * @n_rules: of both directions
 * @rules: by direction and number
 */
struct vpc_snap_acl {
	struct vpc_snap snap;
	u32 n_rules;
	struct vpc_acl_rule rules[] __counted_by(n_rules);
};

/* The snapshot at @slot if it is of @kind, else NULL; 0 is no slot. */
static inline const void *vpc_root_get(const struct vpc_root *root, u32 slot, u8 kind)
{
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);

	return snap && snap->kind == kind ? snap : NULL;
}

/* Slot of what has @addr, as an address of its own or in a prefix of its; or 0. */
static inline u32 vpc_snap_owner(const struct vpc_snap_vpc *vpc, u8 family,
				 const struct vpc_addr *addr)
{
	u64 slot;

	return vpc_lpm_lookup(family == AF_INET ? &vpc->addresses : &vpc->addresses6, addr, &slot,
			      NULL) ? slot : 0;
}

/* The resolver's address of every VPC (VPC-24). */
#define VPC_RESOLVER_ADDR	0xa9fea9fd	/* 169.254.169.253 */

/* The VPC's instances find the resolver at @addr. */
static inline bool vpc_snap_resolver_at(const struct vpc_snap_vpc *vpc, __be32 addr)
{
	return vpc->resolver && (addr == vpc->resolver_addr || addr == htonl(VPC_RESOLVER_ADDR));
}

/* The VPC's blocks of a family. */
static inline const struct vpc_lpm *vpc_snap_cidrs(const struct vpc_snap_vpc *vpc, u8 family)
{
	return family == AF_INET ? &vpc->cidrs : &vpc->cidrs6;
}

/* The VPC's subnets, by their blocks of a family. */
static inline const struct vpc_lpm *vpc_snap_subnets(const struct vpc_snap_vpc *vpc, u8 family)
{
	return family == AF_INET ? &vpc->subnets : &vpc->subnets6;
}

/* The subnet's block of a family; of the other family, or none, where it has no such block. */
static inline const struct vpc_prefix *vpc_snap_cidr(const struct vpc_snap_subnet *subnet,
						     u8 family)
{
	return family == AF_INET ? &subnet->cidr : &subnet->cidr6;
}

/*
 * The router's address in the subnet, the first after its base (L2-2, VPC-21), if it has a block of
 * @family.
 */
static inline bool vpc_subnet_router(const struct vpc_snap_subnet *subnet, u8 family,
				     struct vpc_addr *addr)
{
	const struct vpc_prefix *cidr = vpc_snap_cidr(subnet, family);

	if (cidr->family != family)
		return false;
	*addr = cidr->addr;
	addr->bytes[family == AF_INET ? 3 : 15] |= 1;
	return true;
}

static inline bool vpc_kind_is_port(u8 kind)
{
	return kind == VPC_KIND_ENI || kind == VPC_KIND_UPLINK || kind == VPC_KIND_SERVICE;
}

/* The snapshot at @slot if it is a port. */
static inline const struct vpc_snap_port *vpc_root_port(const struct vpc_root *root, u32 slot)
{
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);
	const struct vpc_snap_port *port;

	if (!snap || !vpc_kind_is_port(snap->kind))
		return NULL;
	port = container_of(snap, const struct vpc_snap_port, snap);
	return port->port ? port : NULL;
}

#endif /* _VPC_SNAPSHOT_H */
