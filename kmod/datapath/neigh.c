// SPDX-License-Identifier: GPL-2.0
#include "neigh.h"

#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/skbuff.h>
#include <net/arp.h>

#include "../model/snapshot.h"
#include "../port.h"
#include "../stats.h"
#include "pipeline.h"

/**
 * struct arp_request - an ARP packet for IPv4 over Ethernet
 * @op: operation
 * @sha: sender's MAC
 * @spa: sender's address
 * @tpa: address that is asked for
 */
struct arp_request {
	__be16 op;
	u8 sha[ETH_ALEN];
	__be32 spa;
	__be32 tpa;
};

static bool arp_parse(struct sk_buff *skb, struct arp_request *req)
{
	const struct arphdr *arp;
	const u8 *p;

	if (!pskb_may_pull(skb, sizeof(*arp) + 2 * (ETH_ALEN + sizeof(__be32))))
		return false;
	arp = (const struct arphdr *)skb->data;
	if (arp->ar_hrd != htons(ARPHRD_ETHER) || arp->ar_pro != htons(ETH_P_IP) ||
	    arp->ar_hln != ETH_ALEN || arp->ar_pln != sizeof(__be32))
		return false;
	p = (const u8 *)(arp + 1);
	req->op = arp->ar_op;
	ether_addr_copy(req->sha, p);
	memcpy(&req->spa, p + ETH_ALEN, sizeof(req->spa));
	memcpy(&req->tpa, p + 2 * ETH_ALEN + sizeof(req->spa), sizeof(req->tpa));
	return true;
}

static enum vpc_arp_verdict arp_answer(const struct vpc_snap_port *port, struct sk_buff *skb,
				       const struct arp_request *req, const u8 *mac,
				       enum vpc_drop *reason)
{
	struct sk_buff *reply;

	/* Who probes whether its address is free has none yet (RFC 5227). */
	reply = arp_create(ARPOP_REPLY, ETH_P_ARP, req->spa, skb->dev, req->tpa, req->sha, mac,
			   req->sha);
	if (!reply) {
		*reason = VPC_DROP_NO_MEMORY;
		return VPC_ARP_DROP;
	}
	vpc_acct_add(port->acct, VPC_COUNT_ARP_REPLIES, 1);
	vpc_acct_add(port->acct, VPC_COUNT_TX_PACKETS, 1);
	vpc_acct_add(port->acct, VPC_COUNT_TX_BYTES, reply->len);
	dev_queue_xmit(reply);
	return VPC_ARP_ANSWERED;
}

/* An endpoint's interface before its endpoint is available, and after (IFE-14, IFE-16). */
static bool is_mute(const struct vpc_root *root, const struct vpc_snap_eni *eni)
{
	const struct vpc_snap_endpoint *ep;

	ep = vpc_root_get(root, eni->requester, VPC_KIND_ENDPOINT);
	return ep && !ep->available;
}

/* The MAC of @addr as an instance in @subnet sees it, or NULL. */
static const u8 *map_lookup(const struct vpc_root *root, const struct vpc_snap_vpc *vpc,
			    const struct vpc_snap_subnet *subnet, __be32 addr)
{
	struct vpc_addr key = vpc_addr4(addr), router;
	const struct vpc_snap_eni *eni;
	u32 owner;

	if (vpc_subnet_router(subnet, AF_INET, &router) && vpc_addr_equal(&router, &key))
		return vpc->router_mac;
	if (vpc_snap_resolver_at(vpc, addr))
		return vpc->router_mac;
	if (!vpc_prefix4_has(&subnet->cidr, addr))
		return NULL;
	owner = vpc_snap_owner(vpc, AF_INET, &key);
	if (vpc_root_get(root, owner, VPC_KIND_NAT_GATEWAY))
		return vpc->router_mac;
	eni = vpc_root_get(root, owner, VPC_KIND_ENI);
	return eni && !is_mute(root, eni) ? eni->mac : NULL;
}

static bool owns(const struct vpc_root *root, const struct vpc_snap_eni *eni, __be32 ip4)
{
	struct vpc_addr addr = vpc_addr4(ip4);

	return vpc_eni_owns(root, eni, AF_INET, &addr);
}

static enum vpc_arp_verdict eni_arp(const struct vpc_root *root, const struct vpc_snap_eni *eni,
				    struct sk_buff *skb, enum vpc_drop *reason)
{
	const struct vpc_snap_vpc *vpc = vpc_root_get(root, eni->vpc, VPC_KIND_VPC);
	const struct vpc_snap_subnet *subnet = vpc_root_get(root, eni->subnet, VPC_KIND_SUBNET);
	struct arp_request req;
	const u8 *mac;

	*reason = VPC_DROP_ARP_INVALID;
	/* A reply or an announcement changes nothing, whoever sends it (L2-3). */
	if (!arp_parse(skb, &req) || req.op != htons(ARPOP_REQUEST) ||
	    !ether_addr_equal(req.sha, eni->mac) || owns(root, eni, req.tpa) ||
	    (req.spa && eni->source_dest_check && !owns(root, eni, req.spa)))
		return VPC_ARP_DROP;
	mac = vpc && subnet ? map_lookup(root, vpc, subnet, req.tpa) : NULL;
	if (mac)
		return arp_answer(&eni->p, skb, &req, mac, reason);
	*reason = VPC_DROP_ARP_UNKNOWN;
	return VPC_ARP_DROP;
}

/* The router owns @addr at this uplink or service port. */
static bool port_owns(const struct vpc_root *root, const struct vpc_snap_port *port, u32 slot,
		      __be32 addr)
{
	const struct vpc_snap_service *service;
	const struct vpc_snap_eip *eip;
	u64 slot_found;

	if (port->snap.kind == VPC_KIND_SERVICE) {
		service = container_of(port, struct vpc_snap_service, p);
		return service->gateway_addr == addr ||
		       (service->health && vpc_lpm_lookup(&root->probes, &addr, &slot_found, NULL));
	}
	if (!vpc_lpm_lookup(&root->public4, &addr, &slot_found, NULL))
		return false;
	eip = vpc_root_get(root, slot_found, VPC_KIND_EIP);
	return eip && eip->uplink == slot && (eip->eni || eip->nat);
}

enum vpc_arp_verdict vpc_arp_receive(const struct vpc_root *root, const struct vpc_snap_port *port,
				     struct sk_buff *skb, enum vpc_drop *reason)
{
	struct arp_request req;

	if (port->snap.kind == VPC_KIND_ENI)
		return eni_arp(root, container_of(port, struct vpc_snap_eni, p), skb, reason);
	if (!arp_parse(skb, &req) || req.op != htons(ARPOP_REQUEST) ||
	    !port_owns(root, port, port->port->slot, req.tpa))
		return VPC_ARP_HOST;
	return arp_answer(port, skb, &req, skb->dev->dev_addr, reason);
}
