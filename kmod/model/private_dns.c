// SPDX-License-Identifier: GPL-2.0
/* Which endpoints are found by the private names of their services (IFE-32). */

#include <linux/random.h>

#include "../lib/dns_name.h"
#include "../net.h"
#include "endpoint_service.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

#define AWS	"com.amazonaws."
#define AWS_VPCE "com.amazonaws.vpce."

/* com.amazonaws.REGION.CODE, where the code may have dots itself (IFE-34) */
static bool is_aws(const char *name)
{
	const char *region = name + strlen(AWS);

	return !strncmp(name, AWS, strlen(AWS)) && strncmp(name, AWS_VPCE, strlen(AWS_VPCE)) &&
	       strchr(region, '.');
}

int vpc_private_dns_name(struct vpc_service *service, const struct vpc_service_cfg *cfg,
			 struct netlink_ext_ack *extack)
{
	if (cfg->private_name) {
		if (!vpc_dns_name_valid(cfg->private_name))	/* SVC-18 */
			return vpc_refuse(extack, -EINVAL, "private-dns-name \"%.40s\" is no name",
					  cfg->private_name);
		vpc_str_set(service->private_name, cfg->private_name,
			    sizeof(service->private_name));
		return 0;
	}
	if (!is_aws(cfg->name))
		return 0;
	vpc_dns_name_reverse(cfg->name, service->private_name);
	if (!vpc_dns_name_valid(service->private_name))
		*service->private_name = '\0';
	return 0;
}

/* The service's, of an endpoint service only one that has been shown to be its own (IFE-32), or "". */
const char *vpc_private_dns_of(const struct vpc_endpoint *ep)
{
	if (ep->service)
		return ep->service->private_name;
	return ep->provider && ep->provider->verified ? ep->provider->private_name : "";
}

/* IFE-32a: on where there is a name for it, but for S3's and for those of endpoint services. */
static bool is_default(const struct vpc_endpoint *ep)
{
	const char *name = vpc_private_dns_of(ep);

	return ep->service && *name && strncmp(name, "s3.", 3);
}

/* IFE-8 */
static int check_conflict(struct vpc_net *vnet, const struct vpc_endpoint *ep,
			  struct netlink_ext_ack *extack)
{
	const char *name = vpc_private_dns_of(ep);
	const struct vpc_endpoint *other;
	const struct vpc_obj *obj;

	list_for_each_entry(obj, &vnet->kinds[VPC_KIND_ENDPOINT], list) {
		other = obj_to_endpoint(obj);
		if (other == ep || obj->vpc != ep->obj.vpc || !other->private_dns ||
		    strcmp(vpc_private_dns_of(other), name))
			continue;
		return vpc_refuse(extack, -EEXIST,
				  "private-dns-enabled: the vpc has a conflicting dns name %.24s",
				  name);
	}
	return 0;
}

static int check_vpc(const struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	if (vpc->dns_hostnames && vpc->dns_support)
		return 0;
	return vpc_refuse(extack, -EINVAL, "private dns needs %s of the vpc to be on",
			  vpc->dns_support ? "dns-hostnames" : "dns-support");
}

static int check_on(struct vpc_txn *txn, const struct vpc_endpoint *ep,
		    struct netlink_ext_ack *extack)
{
	int err;

	if (!*vpc_private_dns_of(ep))
		return vpc_refuse(extack, -EINVAL, "service has no private dns name");
	err = check_vpc(ep->obj.vpc, extack);
	return err ? err : check_conflict(txn->vnet, ep, extack);
}

int vpc_private_dns_init(struct vpc_txn *txn, struct vpc_endpoint *ep,
			 const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	ep->dns_suffix = get_random_u32();
	ep->private_dns = cfg->private_dns.set ? cfg->private_dns.val : is_default(ep);
	return ep->private_dns ? check_on(txn, ep, extack) : 0;
}

int vpc_private_dns_change(struct vpc_txn *txn, struct vpc_endpoint *ep,
			   const struct vpc_endpoint_cfg *cfg, struct netlink_ext_ack *extack)
{
	if (!cfg->private_dns.set)
		return 0;
	vpc_txn_set(txn, ep->private_dns, cfg->private_dns.val);
	return ep->private_dns ? check_on(txn, ep, extack) : 0;
}

int vpc_private_dns_check_vpc(struct vpc_txn *txn, const struct vpc_vpc *vpc,
			      struct netlink_ext_ack *extack)
{
	const struct vpc_obj *obj;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ENDPOINT], list)
		if (obj->vpc == vpc && obj_to_endpoint(obj)->private_dns)
			return check_vpc(vpc, extack);
	return 0;
}
