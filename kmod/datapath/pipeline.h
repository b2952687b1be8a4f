/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PIPELINE_H
#define _VPC_PIPELINE_H

#include <linux/if_ether.h>
#include <linux/rcupdate.h>

#include "../lib/flowkey.h"
#include "../lib/reason.h"
#include "../lib/rewrite.h"

struct dst_entry;
struct vpc_root;
struct vpc_snap_eni;
struct vpc_snap_port;
struct vpc_snap_vpc;

#define VPC_DNS_PORT	53

/**
 * struct vpc_flow - what the pipeline judges: a flow, never a packet
 * @key: port of entry and tuple
 * @dmac: destination MAC, of a flow that enters by an ENI (L2-8)
 * @icmp: type << 8 | code of its packets, 0 for other protocols; the key has not all of it
 * @unsolicited: the packet at hand cannot begin a conversation (struct vpc_parsed)
 * @isn: TCP sequence number of the packet at hand, which begins a connection (NLB-9)
 * @reply: it travels in the reply direction of a session
 * @tracked: VPC_GATE() of the gates where security groups track the session (SG-11)
 * @tracked_by: slot of the receiver that this is about
 * @eigw: of a reply, slot of the egress-only gateway that the session left by, 0 for none: what is
 *	stateful restores the path (PIPE-2)
 * @nat: slot of the NAT gateway that its session leads through, 0 for none
 * @nat_addr: the address that the session has there
 * @peering: slot of the peering that the session's original direction takes, 0 for none
 * @endpoint: slot of the endpoint that let the session in, 0 for none: its policy is not asked again
 *	(POL-5)
 * @nat_full: BIT(place) of those addresses of a gateway that have no port for a new session
 * @interface: slot of the endpoint's interface that its session leads through, 0 for none
 * @node: likewise of the load balancer's
 * @client: whom the load balancer takes for the session's client
 * @target: where the session goes behind that
 * @target_port: likewise
 *
 * The first packet, a re-evaluation and a trace call the same functions with it.
 */
struct vpc_flow {
	struct vpc_flow_key key;
	u8 dmac[ETH_ALEN];
	u16 icmp;
	bool unsolicited;
	u32 isn;
	bool reply;
	u8 tracked;
	u32 tracked_by;
	u32 eigw;
	u32 nat;
	__be32 nat_addr;
	u32 peering;
	u32 endpoint;
	u8 nat_full;
	u32 interface;
	u32 node;
	__be32 client;
	__be32 target;
	__be16 target_port;
};

/* The security groups of the sender's interface, VPC_DIRECTION_EGRESS, or the receiver's. */
#define VPC_GATE(direction)	BIT(direction)

/* The last device of AWS that a path leads through; decides what a session may do on it. */
enum vpc_stage {
	VPC_STAGE_LOCAL,	/* within the VPC, addresses untouched */
	VPC_STAGE_IGW,		/* 1:1 translation, none of IPv6; one or two gateways */
	VPC_STAGE_EIGW,		/* by an egress-only gateway, addresses untouched */
	VPC_STAGE_ENDPOINT,	/* to a service, by an endpoint of either type */
	VPC_STAGE_NAT,		/* through a NAT gateway, wherever that leads */
	VPC_STAGE_NLB,		/* through a load balancer, from wherever */
	VPC_STAGE_RESOLVER,	/* to the resolver of every VPC */
};

/* Which addresses a packet has on its way past network ACLs. */
enum vpc_side {
	VPC_SIDE_SENDER,	/* those that it came in with */
	VPC_SIDE_NAT,		/* the NAT gateway's private one stands for its client's */
	VPC_SIDE_RECEIVER,	/* those that it leaves with */
	VPC_SIDE_MAX
};

/*
 * Out of the sender's subnet, into and out of the NAT gateway's, likewise the load balancer's, and into
 * the receiver's.
 */
#define VPC_PATH_BORDERS	6

/**
 * struct vpc_border - a network ACL on the way
 * @acl: slot
 * @direction: enum vpc_direction
 * @side: enum vpc_side
 */
struct vpc_border {
	u32 acl;
	u8 direction;
	u8 side;
};

/*
 * The longest way, from an interface that forwards through a NAT gateway to a load balancer's public
 * address within the namespace and on to a target in a peered VPC, takes 31: port, VPC, subnet, ACL and
 * table of the sender; NAT gateway and owner of the source; subnet, ACL and table of the gateway;
 * internet gateway, EIP and uplink; EIP, gateway, VPC and table beyond; node, its subnet, ACL and table,
 * load balancer and target group; peering, VPC, target, its subnet and ACL; and those that have the
 * addresses on the way.
 */
#define VPC_PATH_DEPS	32

/**
 * struct vpc_path - the verdict on one direction of a session; immutable but for @gen
 * @gen: generation of the newest root under which it is known to hold; packets write it
 * @rw: the edit
 * @dst: host route of an uplink or service exit; NULL for an ENI or an on-link service
 * @dst_cookie: tells whether an IPv6 route is still the host's
 * @exit: slot of the exit port
 * @vpc: slot of the VPC that is charged
 * @eni: slot of the interface that is charged
 * @endpoint: slot, of the resolver's service on the way there, 0 for none
 * @interface: slot of the endpoint's interface, 0 for none or a gateway endpoint
 * @peering: slot, 0 for none
 * @eigw: slot of the egress-only gateway that it leaves by, 0 for none
 * @nat: slot of the NAT gateway, 0 for none
 * @nat_addr: its private address that stands for the client's
 * @nat_place: where that is among the gateway's
 * @node: slot of the load balancer's interface, 0 for none
 * @client: the source's address that it sees
 * @idle: seconds without a packet that the load balancer allows (NLB-16)
 * @mtu: largest IP packet on the way, the exit device apart
 * @icmp: as of the flow that it was found for, and the verdict holds for no other
 * @stage: enum vpc_stage
 * @sent: enum vpc_counter charged to the sender's interface, VPC_COUNT_MAX for none
 * @received: likewise to the exit port
 * @tells: who sends too much for it is told so (MTU-3, MTU-6)
 * @check_dmac: the verdict holds for frames to @in_dmac only
 * @tracked: VPC_GATE() of the gates where security groups track it from now on
 * @known: flow->tracked that it was found with
 * @denied: what those ACLs and the groups say to the flow's packets: VPC_DROP_NONE or why they may
 *	not pass
 * @n_deps: slots below
 * @n_borders: network ACLs below
 * @in_dmac: destination MAC that it was found for
 * @smac: source MAC toward an ENI
 * @dmac: destination MAC toward an ENI
 * @deps: slots whose generation must not be above @gen
 * @borders: network ACLs in the order of the way
 * @rcu: freed after a grace period
 */
struct vpc_path {
	u64 gen;
	struct vpc_rewrite rw;
	struct dst_entry *dst;
	u32 dst_cookie;
	u32 exit;
	u32 vpc;
	u32 eni;
	u32 endpoint;
	u32 interface;
	u32 peering;
	u32 eigw;
	u32 nat;
	__be32 nat_addr;
	u32 node;
	__be32 client;
	u16 idle;
	u16 mtu;
	u16 icmp;
	u8 stage;
	u8 sent;
	u8 received;
	bool tells;
	bool check_dmac;
	u8 tracked;
	u8 known;
	u8 denied;
	u8 n_deps;
	u8 n_borders;
	u8 nat_place;
	u8 in_dmac[ETH_ALEN];
	u8 smac[ETH_ALEN];
	u8 dmac[ETH_ALEN];
	u32 deps[VPC_PATH_DEPS];
	struct vpc_border borders[VPC_PATH_BORDERS];
	struct rcu_head rcu;
};

/**
 * vpc_pipeline_run - decide where a flow goes
 * @root: the configuration, under RCU
 * @flow: the flow
 * @path: filled on success but for @dst
 * Walks the stages of the specification's section 0.1 once. Takes nothing, allocates nothing.
 * Return: VPC_DROP_NONE or why there is no way. What network ACLs say is noted in the path: they
 * do not keep an ICMP error about the flow from going the same way.
 */
enum vpc_drop vpc_pipeline_run(const struct vpc_root *root, const struct vpc_flow *flow,
			       struct vpc_path *path);

/**
 * vpc_pipeline_reply - decide where the reply direction of a session goes
 * @original: the session's first direction as a flow
 * @reply: its other direction, @reply->reply set
 * Plain and 1:1 translated replies are judged by the responder's own tables (PIPE-2) and must
 * come out as the original's inverse; a service's replies go back the way the request came, and
 * those to a NAT gateway get its client's address and port.
 */
enum vpc_drop vpc_pipeline_reply(const struct vpc_root *root, const struct vpc_flow *original,
				 const struct vpc_flow *reply, struct vpc_path *path);

/**
 * vpc_pipeline_admit - may a packet of this source address enter by a port at all?
 * ENI-5 for interfaces, IGW-13a and IGW-13b for uplinks. The pipeline asks for itself; others ask
 * for packets that they handle without it.
 */
enum vpc_drop vpc_pipeline_admit(const struct vpc_root *root, const struct vpc_snap_port *port,
				 u8 family, const struct vpc_addr *src);

/*
 * @addr is one of @eni's own: primary, secondary or in a prefix delegated to it (ENI-1). What is
 * decided by that depends on the interface.
 */
bool vpc_eni_owns(const struct vpc_root *root, const struct vpc_snap_eni *eni, u8 family,
		  const struct vpc_addr *addr);

/* An instance of @vpc asks the resolver with it (VPC-20, VPC-24). stage_resolver.c */
bool vpc_flow_asks_resolver(const struct vpc_snap_vpc *vpc, const struct vpc_flow *flow);

/*
 * May a packet that is not of @path's flow, but about it, go its way? Over a peering only if
 * @src is an address of the VPC at slot @vpc that it leaves (PCX-4). stage_peering.c
 */
bool vpc_peering_carries(const struct vpc_root *root, const struct vpc_path *path, u32 vpc,
			 u8 family, const struct vpc_addr *src);

/*
 * What the network ACLs of @path say to a packet that is not of the path's flow, but about it:
 * @keys by enum vpc_side and @icmp as of struct vpc_flow. stage_acl.c
 */
enum vpc_drop vpc_acl_check(const struct vpc_root *root, const struct vpc_path *path,
			    const struct vpc_flow_key keys[VPC_SIDE_MAX], u16 icmp);

/*
 * What the security groups of the interface at @slot, if it is one, say in @direction to a packet
 * that is about a flow which they do not track (SG-16). stage_sg.c
 */
enum vpc_drop vpc_sg_check(const struct vpc_root *root, u32 slot, u8 direction,
			   const struct vpc_flow_key *key, u16 icmp);

/* The key of the reply to a packet of @key that @path has edited. */
void vpc_path_reply_key(const struct vpc_path *path, const struct vpc_flow_key *key,
			struct vpc_flow_key *reply);

/* @path's slots did not change a verdict since it was found. Notes success in @path->gen. */
bool vpc_path_valid(struct vpc_path *path, const struct vpc_root *root);

#endif /* _VPC_PIPELINE_H */
