/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_REASON_H
#define _VPC_REASON_H

/* Every way in which the router drops a packet: name, text of `vpcctl stats`, meaning.
 * The numbers are internal; users and tests see the text.
 */
#define VPC_DROP_REASONS(X)                                                     \
	X(NO_MEMORY, "no-memory")               /* an allocation failed */            \
	X(SHORT, "short-packet")                /* truncated headers */               \
	X(BAD_HEADER, "bad-header")             /* version, length or ihl lies */     \
	X(BAD_CHECKSUM, "bad-header-checksum")  /* of IPv4, or yet to be made in a wrong place */ \
	X(EXTENSIONS, "extension-headers")      /* of IPv6: too many, or too long */  \
	X(VLAN, "vlan")                         /* L2-6 */                            \
	X(NOT_IP, "not-ip")                     /* L2-6 */                            \
	X(SOURCE_MAC, "source-mac")             /* ENI-5 */                           \
	X(SOURCE_ADDRESS, "source-address")     /* ENI-5 */                           \
	X(SOURCE_INVALID, "source-invalid")     /* no host may have it: 0/8, multicast */ \
	X(DESTINATION_CHECK, "destination-check") /* ENI-6 */                         \
	X(BROADCAST, "broadcast")               /* L2-4 */                            \
	X(MULTICAST, "multicast")               /* L2-5 */                            \
	X(UNKNOWN_MAC, "unknown-mac")           /* no interface of the subnet has it */ \
	X(ARP_INVALID, "arp-invalid")           /* not a request, or from a false sender: L2-3 */ \
	X(ARP_UNKNOWN, "arp-unknown-address")   /* L2-2: nobody owns it, no answer */ \
	X(ND_INVALID, "nd-invalid")             /* no solicitation, or from a false sender: L2-3 */ \
	X(ND_UNKNOWN, "nd-unknown-address")     /* L2-2: nobody owns it, no answer */ \
	X(ROUTER_SOLICITATION, "router-solicitation") /* guests are told, not advertised to */ \
	X(RESERVED_ADDRESS, "reserved-address") /* VPC-19, VPC-24, RT-15: not served */ \
	X(NO_SUCH_ADDRESS, "no-such-address")   /* local route, no interface has it */ \
	X(SECURITY_GROUP_EGRESS, "security-group-egress") /* SG-1: the sender's */ \
	X(SECURITY_GROUP_INGRESS, "security-group-ingress") /* SG-1: the receiver's */ \
	X(NETWORK_ACL_EGRESS, "network-acl-egress") /* ACL-4: of the subnet it leaves */ \
	X(NETWORK_ACL_INGRESS, "network-acl-ingress") /* ACL-4: of the subnet it comes to */ \
	X(NO_ROUTE, "no-route")                 /* RT-21 */                           \
	X(BLACKHOLE, "blackhole")               /* RT-22 */                           \
	X(NO_PUBLIC_ADDRESS, "no-public-address") /* IGW-4, RT-8 */                   \
	X(IGW_PRIVATE, "igw-private-address")   /* IGW-13a */                         \
	X(EIP_NOT_ASSOCIATED, "eip-not-associated") /* IGW-13a, EIP-1 */              \
	X(PUBLIC_ACCESS, "block-public-access") /* IGW-12 */                          \
	X(EGRESS_ONLY, "egress-only")           /* EIG-2: not begun from inside */    \
	X(ENDPOINT_PROTOCOL, "endpoint-protocol") /* GWE-13, IFE-18 */                \
	X(ENDPOINT_TRANSIT, "endpoint-transit") /* GWE-12: not of an interface; or IFE-17 */ \
	X(ENDPOINT_PORTS, "endpoint-ports")     /* none left toward the service: SVC-20 */ \
	X(ENDPOINT_STATE, "endpoint-not-available") /* IFE-14 */                      \
	X(NLB_LISTENER, "nlb-listener")         /* IFE-29, NLB-20: none for it */     \
	X(NLB_NO_TARGET, "nlb-no-target")       /* NLB-26: none in the node's zone */ \
	X(NLB_TERMINATED, "nlb-target-terminated") /* NLB-27, NLB-28 */               \
	X(NLB_HAIRPIN, "nlb-hairpin")           /* NLB-13: the client is the target */ \
	X(NLB_FRAGMENT, "nlb-fragment")         /* NLB-18: not of UDP */              \
	X(NLB_PORTS, "nlb-ports")               /* NLB-15: none left toward the target */ \
	X(NLB_ROUTE, "nlb-route")               /* from one load balancer to one */    \
	X(ENDPOINT_POLICY, "endpoint-policy")   /* POL-6: it does not allow the flow */ \
	X(RESOLVER_RATE, "resolver-rate")       /* VPC-24: packets a second of an interface */ \
	X(RESOLVER_PORTS, "resolver-ports")     /* the VPC has none left toward the resolver */ \
	X(PEERING_TRANSIT, "peering-transit")   /* PCX-4: not between the two VPCs' own addresses */ \
	X(NAT_SOURCE, "nat-gateway-source")     /* NAT-13: not of an interface of the VPC */ \
	X(NAT_PROTOCOL, "nat-gateway-protocol") /* NAT-3 */                           \
	X(NAT_FRAGMENT, "nat-gateway-fragment") /* NAT-9: of TCP or ICMP */           \
	X(NAT_ROUTE, "nat-gateway-route")       /* NAT-5: from one NAT gateway to one */ \
	X(NAT_PORTS, "nat-gateway-ports")       /* NAT-6: none left toward the destination */ \
	X(NAT_UNSOLICITED, "nat-gateway-unsolicited") /* NAT-10 */                    \
	X(TTL, "ttl-expired")                   /* L2-9: at a NAT gateway, a hop */   \
	X(NO_SESSION, "no-session")             /* needs a session and has none */    \
	X(NOT_SYN, "tcp-not-syn")               /* TCP without SYN toward a gateway, no session */ \
	X(PATH_CHANGED, "path-changed")         /* GWE-11: the flow's translation is gone */ \
	X(REPLY_PATH, "reply-path")             /* IGW-5: the responder's table leads elsewhere */ \
	X(TUPLE_CONFLICT, "tuple-conflict")     /* no free translated tuple found */  \
	X(SESSION_LIMIT, "session-limit")       /* namespace-wide limit */            \
	X(VPC_SESSION_LIMIT, "vpc-session-limit") \
	X(ENI_SESSION_LIMIT, "eni-session-limit") \
	X(HALF_OPEN_LIMIT, "half-open-limit")   \
	X(FRAGMENT, "fragment-invalid")         /* no whole datagram can have it */   \
	X(FRAGMENT_OVERLAP, "fragment-overlap") /* and all others of the datagram */  \
	X(FRAGMENT_DUPLICATE, "fragment-duplicate")                                   \
	X(FRAGMENT_LIMIT, "fragment-limit")     /* made room for newer ones, or too many pieces */ \
	X(FRAGMENT_TIMEOUT, "fragment-timeout") /* the rest did not come in time */   \
	X(SOURCE_ROUTE, "source-route")         /* the sender chose the way */        \
	X(ICMP_ERROR, "icmp-error")             /* about no packet of ours */         \
	X(ICMP_TYPE, "icmp-type")               /* neither query nor reply */         \
	X(TOO_BIG, "too-big")                   /* MTU-3, MTU-5, MTU-7 */            \
	X(PORT_DOWN, "port-down")               /* exit device gone or down */        \
	X(NO_HOST_ROUTE, "no-host-route")       /* host's table has none by the uplink */ \
	X(NO_NEIGHBOUR, "no-neighbour")         /* next hop cannot be resolved */     \
	X(XMIT, "transmit")                     /* the exit device refused it */      \
	X(LRO, "lro")                           /* merged by LRO, must not be forwarded */

enum vpc_drop {
	VPC_DROP_NONE = 0,
#define X(name, text) VPC_DROP_##name,
	VPC_DROP_REASONS(X)
#undef X
	VPC_DROP_MAX
};

/* Text of @reason, "none" for VPC_DROP_NONE; never NULL. */
const char *vpc_drop_name(enum vpc_drop reason);

#endif /* _VPC_REASON_H */
