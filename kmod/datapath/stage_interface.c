// SPDX-License-Identifier: GPL-2.0
/*
 * Interface endpoints: an address in a subnet stands for a service. Who may speak to it has been
 * settled when this begins, as for any interface (IFE-20, IFE-21). Behind it everybody has one
 * address, the router's at the service's device or that of the load balancer's node, so it is nothing
 * to the service who has which (IFE-26); what port a flow gets there is found when its session is
 * made.
 */

#include "pipe.h"

/* Whoever speaks, from whichever VPC (IFE-17), is an interface to which an answer can go. */
static bool is_answerable(struct pipe *p)
{
	const struct vpc_snap_vpc *vpc = vpc_root_get(p->root, p->path->vpc, VPC_KIND_VPC);
	u32 owner = vpc ? vpc_snap_owner(vpc, p->now.family, &p->now.src) : 0;

	return owner && pipe_use(p, owner, VPC_KIND_ENI);
}

static enum vpc_drop check_flow(struct pipe *p)
{
	if (p->now.proto != IPPROTO_TCP && p->now.proto != IPPROTO_UDP)	/* IFE-18 */
		return VPC_DROP_ENDPOINT_PROTOCOL;
	if (p->path->node || !is_answerable(p))
		return VPC_DROP_ENDPOINT_TRANSIT;
	if (p->flow->reply)			/* it never initiates (IFE-19) */
		return VPC_DROP_REPLY_PATH;
	return pipe_unsolicited(p);
}

/* To a service that is not in a VPC, by its own port. */
static enum vpc_drop enter_service(struct pipe *p, u32 slot)
{
	const struct vpc_snap_service *service = pipe_use(p, slot, VPC_KIND_SERVICE);

	if (!service)
		return VPC_DROP_NO_SUCH_ADDRESS;
	p->path->stage = VPC_STAGE_ENDPOINT;
	p->path->exit = slot;
	pipe_set_src(p, service->gateway_addr);
	pipe_set_dst(p, service->addr);
	return VPC_DROP_NONE;
}

enum vpc_drop stage_interface(struct pipe *p, u32 slot, const struct vpc_snap_eni *eni)
{
	const struct vpc_snap_endpoint *ep = pipe_use(p, eni->requester, VPC_KIND_ENDPOINT);
	enum vpc_drop reason;

	if (!ep)
		return VPC_DROP_NO_SUCH_ADDRESS;
	if (!ep->available)				/* IFE-14 */
		return VPC_DROP_ENDPOINT_STATE;
	p->path->interface = slot;
	reason = check_flow(p);
	if (!reason)
		reason = pipe_endpoint_policy(p, eni->requester, ep);
	if (reason)
		return reason;
	pipe_limit_mtu(p, MTU_ENDPOINT);
	p->path->sent = VPC_COUNT_ENDPOINT_OUT;
	if (!p->path->denied)			/* IFE-22 */
		p->path->tracked = VPC_GATE(VPC_DIRECTION_EGRESS) | VPC_GATE(VPC_DIRECTION_INGRESS);
	return ep->service ? enter_service(p, ep->service) :
			     stage_nlb_by_endpoint(p, eni->leads_to);
}

/* No route is asked (PIPE-2), but network ACLs are where it crosses a border (IFE-21). */
void stage_interface_answer(struct pipe *p, const struct vpc_flow *original, u32 subnet)
{
	const struct vpc_snap_eni *eni = pipe_use(p, p->path->interface, VPC_KIND_ENI);

	pipe_set_src(p, original->key.dst.ip4);
	pipe_set_dst(p, original->key.src.ip4);
	p->side = VPC_SIDE_RECEIVER;
	p->subnet_slot = eni->subnet;
	p->subnet = pipe_use(p, eni->subnet, VPC_KIND_SUBNET);
	if (p->subnet && subnet != eni->subnet)
		stage_acl_egress(p);
}

enum vpc_drop stage_interface_return(struct pipe *p)
{
	const struct vpc_snap_eni *eni = pipe_use(p, p->flow->interface, VPC_KIND_ENI), *client;
	const struct vpc_snap_endpoint *ep;

	ep = eni ? pipe_use(p, eni->requester, VPC_KIND_ENDPOINT) : NULL;
	client = pipe_use(p, p->original->key.port, VPC_KIND_ENI);
	if (!ep || !ep->available || eni->leads_to != p->flow->node || !client)
		return VPC_DROP_ENDPOINT_STATE;
	p->path->interface = p->flow->interface;
	p->path->endpoint = eni->requester;
	p->path->received = VPC_COUNT_ENDPOINT_IN;
	pipe_limit_mtu(p, MTU_ENDPOINT);
	p->vpc_slot = client->vpc;
	p->vpc = pipe_use(p, client->vpc, VPC_KIND_VPC);
	if (!p->vpc)
		return VPC_DROP_PORT_DOWN;
	stage_interface_answer(p, p->original, client->subnet);
	return pipe_deliver(p, p->original->key.port, client, p->vpc->router_mac);
}
