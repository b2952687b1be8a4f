// SPDX-License-Identifier: GPL-2.0
/* Endpoint services: who provides load balancers to other VPCs, and who may have them. */

#include "endpoint_service.h"

#include <linux/ctype.h>
#include <linux/random.h>

#include "../lib/dns_name.h"
#include "../net.h"
#include "eni.h"
#include "nlb.h"
#include "nouns.h"
#include "subnet.h"
#include "txn.h"
#include "vpc.h"

#define NAME_PREFIX	"com.amazonaws.vpce."

const char *vpc_provider_region(const struct vpc_provider *provider)
{
	return provider->nlbs[0]->obj.vpc->region;
}

const char *vpc_provider_owner(const struct vpc_provider *provider)
{
	return provider->nlbs[0]->obj.vpc->owner;
}

char *vpc_provider_name(const struct vpc_provider *provider, char *buf)
{
	char id[VPC_ID_STRLEN];

	snprintf(buf, VPC_PROVIDER_NAME_STRLEN, NAME_PREFIX "%s.%s", vpc_provider_region(provider),
		 vpc_id_format(VPC_KIND_ENDPOINT_SERVICE, provider->obj.id, id));
	return buf;
}

/* A service's name ends in its id, and no region has a dot. */
struct vpc_provider *vpc_provider_find(struct vpc_net *vnet, const char *ref)
{
	char name[VPC_PROVIDER_NAME_STRLEN];
	bool whole = strstarts(ref, NAME_PREFIX);
	struct vpc_obj *obj;

	obj = vpc_obj_find(vnet, VPC_KIND_ENDPOINT_SERVICE, whole ? strrchr(ref, '.') + 1 : ref, NULL,
			   NULL);
	if (!obj || (whole && strcmp(vpc_provider_name(obj_to_provider(obj), name), ref)))
		return NULL;
	return obj_to_provider(obj);
}

static struct vpc_provider *provider_get(struct vpc_txn *txn, const char *ref,
					 struct netlink_ext_ack *extack)
{
	struct vpc_provider *provider = vpc_provider_find(txn->vnet, ref);

	if (!provider)
		NL_SET_ERR_MSG_FMT(extack, "endpoint service \"%.40s\" not found", ref);
	return provider;
}

/* ---- who may have it ---- */

static int place_of(const char *texts, size_t size, u8 n, const char *text)
{
	u8 i;

	for (i = 0; i < n; i++)
		if (!strcmp(texts + i * size, text))
			return i;
	return -1;
}

#define PLACE_OF(array, n, text)	place_of((array)[0], sizeof((array)[0]), n, text)

int vpc_provider_check_consumer(const struct vpc_provider *provider, const struct vpc_vpc *vpc,
				struct netlink_ext_ack *extack)
{
	const char *region = vpc_provider_region(provider);

	if (strcmp(vpc->owner, vpc_provider_owner(provider)) &&
	    PLACE_OF(provider->principals, provider->n_principals, "*") < 0 &&
	    PLACE_OF(provider->principals, provider->n_principals, vpc->owner) < 0)
		return vpc_refuse(extack, -EPERM,
				  "endpoint service does not allow principal \"%s\"", vpc->owner);
	if (strcmp(vpc->region, region) &&
	    PLACE_OF(provider->regions, provider->n_regions, vpc->region) < 0)
		return vpc_refuse(extack, -EINVAL, "endpoint service cannot be had in region \"%.32s\"",
				  vpc->region);
	return 0;
}

bool vpc_provider_in_zone(const struct vpc_provider *provider, const struct vpc_vpc *vpc,
			  const char *zone)
{
	return strcmp(vpc->region, vpc_provider_region(provider)) ||
	       PLACE_OF(provider->zones, provider->n_zones, zone) >= 0;
}

/* ---- who has it ---- */

static bool connected(const struct vpc_endpoint *ep)
{
	return ep->state == VPC_ENDPOINT_STATE_AVAILABLE ||
	       ep->state == VPC_ENDPOINT_STATE_PENDING_ACCEPTANCE;
}

/* SVC-11, SVC-12 */
static int check_unused(const struct vpc_provider *provider, struct netlink_ext_ack *extack)
{
	const struct vpc_endpoint *ep;
	char buf[VPC_ID_STRLEN];

	list_for_each_entry(ep, &provider->endpoints, provided)
		if (connected(ep))
			return vpc_refuse(extack, -EBUSY, "endpoint service is used by endpoint \"%s\"",
					  vpc_obj_label(&ep->obj, buf));
	return 0;
}

struct vpc_eni *vpc_provider_pick(const struct vpc_provider *provider, const char *zone)
{
	struct vpc_eni *node, *found = NULL, *any = NULL;
	u32 n = 0, n_any = 0;
	u8 i, j;

	/* Each of those that fit with the same chance, and one of another zone if none does (IFE-33). */
	for (i = 0; i < provider->n_nlbs; i++)
		for (j = 0; j < VPC_NLB_NODES_MAX; j++) {
			node = provider->nlbs[i]->nodes[j];
			if (!node)
				continue;
			if (!strcmp(node->subnet->zone, zone) && !get_random_u32_below(++n))
				found = node;
			if (!get_random_u32_below(++n_any))
				any = node;
		}
	return found ? found : any;
}

static void repick(struct vpc_txn *txn, struct vpc_endpoint *ep, const struct vpc_eni *gone)
{
	struct vpc_eni *eni, *node;
	u8 i;

	for (i = 0; i < ep->n_enis; i++) {
		eni = ep->enis[i];
		if (eni->leads_to != gone)
			continue;
		node = vpc_provider_pick(ep->provider, eni->subnet->zone);
		vpc_txn_set(txn, eni->leads_to, node);
		vpc_txn_dirty(txn, &eni->obj, true);
	}
}

void vpc_provider_forget_node(struct vpc_txn *txn, const struct vpc_nlb *nlb,
			      const struct vpc_eni *node)
{
	const struct vpc_provider *provider;
	struct vpc_endpoint *ep;
	struct vpc_obj *obj;
	u8 i;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_ENDPOINT_SERVICE], list) {
		provider = obj_to_provider(obj);
		for (i = 0; i < provider->n_nlbs; i++)
			if (provider->nlbs[i] == nlb)
				list_for_each_entry(ep, &provider->endpoints, provided)
					repick(txn, ep, node);
	}
}

static void set_state(struct vpc_txn *txn, struct vpc_endpoint *ep, u8 state)
{
	vpc_txn_set(txn, ep->state, state);
	vpc_txn_dirty(txn, &ep->obj, true);
	vpc_txn_dirty(txn, &ep->provider->obj, false);
}

void vpc_provider_connect(struct vpc_txn *txn, struct vpc_provider *provider,
			  struct vpc_endpoint *ep)
{
	ep->provider = provider;
	ep->state = provider->acceptance_required ? VPC_ENDPOINT_STATE_PENDING_ACCEPTANCE :
						    VPC_ENDPOINT_STATE_AVAILABLE;	/* IFE-11 */
	vpc_txn_list_add_tail(txn, &ep->provided, &provider->endpoints);
	vpc_txn_dirty(txn, &provider->obj, false);
}

void vpc_provider_disconnect(struct vpc_txn *txn, struct vpc_endpoint *ep)
{
	u8 i;

	if (!ep->provider)
		return;
	for (i = 0; i < ep->n_enis; i++) {
		vpc_txn_set(txn, ep->enis[i]->leads_to, NULL);
		vpc_txn_dirty(txn, &ep->enis[i]->obj, true);
	}
	vpc_txn_list_del(txn, &ep->provided);
	vpc_txn_dirty(txn, &ep->provider->obj, false);
	vpc_txn_set(txn, ep->provider, NULL);
}

/* ---- its parts ---- */

static struct vpc_nlb *nlb_find(struct vpc_txn *txn, const char *ref,
				struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_NLB, ref, NULL, extack);

	return obj ? obj_to_nlb(obj) : NULL;
}

static int nlb_place(const struct vpc_provider *provider, const struct vpc_nlb *nlb)
{
	u8 i;

	for (i = 0; i < provider->n_nlbs; i++)
		if (provider->nlbs[i] == nlb)
			return i;
	return -1;
}

/* SVC-1 */
static int check_nlb(struct vpc_txn *txn, const struct vpc_provider *provider,
		     const struct vpc_nlb *nlb, const char *ref, struct netlink_ext_ack *extack)
{
	u32 max = min_t(u32, txn->vnet->limits.nlbs_provider, VPC_PROVIDER_NLBS_MAX);
	const struct vpc_vpc *vpc = nlb->obj.vpc, *first;

	if (nlb->n_services)
		return vpc_refuse(extack, -EEXIST,
				  "load balancer \"%.32s\" has an endpoint service", ref);
	if (provider->n_nlbs >= max)
		return vpc_refuse(extack, -ENOSPC,
				  "limit of %u load balancers per endpoint service reached", max);
	if (!*vpc->region)
		return vpc_refuse(extack, -EINVAL, "the vpc of load balancer \"%.32s\" has no region", ref);
	if (!provider->n_nlbs)
		return 0;
	first = provider->nlbs[0]->obj.vpc;
	if (strcmp(vpc->region, first->region) || strcmp(vpc->owner, first->owner))
		return vpc_refuse(extack, -EINVAL,
				  "load balancer \"%.32s\" is of another region or owner", ref);
	return 0;
}

static int add_nlb(struct vpc_txn *txn, struct vpc_provider *provider, const char *ref,
		   struct netlink_ext_ack *extack)
{
	struct vpc_nlb *nlb = nlb_find(txn, ref, extack);
	int err;

	if (!nlb)
		return -ENOENT;
	err = check_nlb(txn, provider, nlb, ref, extack);
	if (err)
		return err;
	provider->nlbs[provider->n_nlbs++] = nlb;
	vpc_txn_set(txn, nlb->n_services, nlb->n_services + 1);
	return txn->err;
}

static int remove_nlb(struct vpc_txn *txn, struct vpc_provider *provider, const char *ref,
		      struct netlink_ext_ack *extack)
{
	struct vpc_nlb *nlb = nlb_find(txn, ref, extack);
	int i, err;

	if (!nlb)
		return -ENOENT;
	i = nlb_place(provider, nlb);
	if (i < 0)
		return vpc_refuse(extack, -ENOENT,
				  "endpoint service has no load balancer \"%.32s\"", ref);
	err = check_unused(provider, extack);				/* SVC-12 */
	if (err)
		return err;
	if (provider->n_nlbs == 1)
		return vpc_refuse(extack, -EINVAL, "an endpoint service needs a load balancer");
	provider->n_nlbs--;
	memmove(&provider->nlbs[i], &provider->nlbs[i + 1],
		(provider->n_nlbs - i) * sizeof(*provider->nlbs));
	vpc_txn_set(txn, nlb->n_services, nlb->n_services - 1);
	return txn->err;
}

/* SVC-14: each change of a service notes which zones its load balancers have by now. */
static void note_zones(struct vpc_provider *provider)
{
	const struct vpc_eni *node;
	u8 i, j;

	provider->n_zones = 0;
	for (i = 0; i < provider->n_nlbs; i++)
		for (j = 0; j < VPC_NLB_NODES_MAX; j++) {
			node = provider->nlbs[i]->nodes[j];
			if (node && provider->n_zones < VPC_SERVICE_ZONES_MAX &&
			    PLACE_OF(provider->zones, provider->n_zones, node->subnet->zone) < 0)
				strscpy(provider->zones[provider->n_zones++], node->subnet->zone,
					sizeof(provider->zones[0]));
		}
}

/* SVC-5: here an account, as the owner of a VPC is one. */
static int check_principal(const char *principal, struct netlink_ext_ack *extack)
{
	const char *p = principal;

	if (!strcmp(principal, "*"))
		return 0;
	while (isdigit(*p))
		p++;
	if (!*p && p - principal == VPC_ACCOUNT_STRLEN - 1)
		return 0;
	return vpc_refuse(extack, -EINVAL, "principal \"%.32s\" is neither 12 digits nor \"*\"",
			  principal);
}

/**
 * struct texts - one of the lists of texts that a service has
 * @what: an element of it, for messages
 * @first: the first text
 * @size: bytes between two
 * @n: how many there are
 * @max: how many there may be
 */
struct texts {
	const char *what;
	char *first;
	size_t size;
	u8 *n;
	u32 max;
};

static int add_text(const struct texts *texts, const char *text, struct netlink_ext_ack *extack)
{
	if (place_of(texts->first, texts->size, *texts->n, text) >= 0)
		return vpc_refuse(extack, -EEXIST, "endpoint service has %s \"%.32s\" already",
				  texts->what, text);
	if (*texts->n >= texts->max)
		return vpc_refuse(extack, -ENOSPC, "limit of %u %ss per endpoint service reached",
				  texts->max, texts->what);
	strscpy(texts->first + (*texts->n)++ * texts->size, text, texts->size);
	return 0;
}

static int remove_text(const struct texts *texts, const char *text, struct netlink_ext_ack *extack)
{
	int i = place_of(texts->first, texts->size, *texts->n, text);
	char *place = texts->first + i * texts->size;

	if (i < 0)
		return vpc_refuse(extack, -ENOENT, "endpoint service has no %s \"%.32s\"",
				  texts->what, text);
	--*texts->n;
	memmove(place, place + texts->size, (*texts->n - i) * texts->size);
	return 0;
}

/* SVC-6: who has it already keeps it. */
static int change_principals(struct vpc_txn *txn, struct vpc_provider *provider,
			     const struct vpc_provider_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct texts texts = {
		"principal", provider->principals[0], sizeof(provider->principals[0]),
		&provider->n_principals,
		min_t(u32, txn->vnet->limits.provider_principals, VPC_PROVIDER_PRINCIPALS_MAX),
	};
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_remove_principals && !err; i++)
		err = remove_text(&texts, cfg->remove_principals[i], extack);
	for (i = 0; i < cfg->n_principals && !err; i++) {
		err = check_principal(cfg->principals[i], extack);
		if (!err)
			err = add_text(&texts, cfg->principals[i], extack);
	}
	return err;
}

/* SVC-17: its own is not on the list. */
static int change_regions(struct vpc_txn *txn, struct vpc_provider *provider,
			  const struct vpc_provider_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct texts texts = {
		"region", provider->regions[0], sizeof(provider->regions[0]), &provider->n_regions,
		min_t(u32, txn->vnet->limits.provider_regions, VPC_PROVIDER_REGIONS_MAX),
	};
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_remove_regions && !err; i++)
		err = remove_text(&texts, cfg->remove_regions[i], extack);
	for (i = 0; i < cfg->n_regions && !err; i++) {
		if (!strcmp(cfg->regions[i], vpc_provider_region(provider)))
			return vpc_refuse(extack, -EEXIST, "region \"%.32s\" is the service's own",
					  cfg->regions[i]);
		err = add_text(&texts, cfg->regions[i], extack);
	}
	return err;
}

static int change_nlbs(struct vpc_txn *txn, struct vpc_provider *provider,
		       const struct vpc_provider_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = 0;
	u32 i;

	for (i = 0; i < cfg->n_nlbs && !err; i++)
		err = add_nlb(txn, provider, cfg->nlbs[i], extack);
	for (i = 0; i < cfg->n_remove_nlbs && !err; i++)
		err = remove_nlb(txn, provider, cfg->remove_nlbs[i], extack);
	if (!err)
		note_zones(provider);
	return err;
}

/* SVC-18: the first label may be "*". */
static int check_name(const char *name, struct netlink_ext_ack *extack)
{
	if (vpc_dns_name_valid(strstarts(name, "*.") ? name + 2 : name))
		return 0;
	return vpc_refuse(extack, -EINVAL, "private dns name \"%.40s\" is no name of a domain", name);
}

/* Another name has to be shown anew. Endpoints that are found by it have another one, too. */
static int change_name(struct vpc_txn *txn, struct vpc_provider *provider,
		       const struct vpc_provider_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct vpc_endpoint *ep;
	int err;

	if (cfg->private_name || cfg->verified.set)
		list_for_each_entry(ep, &provider->endpoints, provided)
			if (ep->private_dns)
				vpc_txn_dirty(txn, &ep->obj, false);
	if (cfg->private_name) {
		err = *cfg->private_name ? check_name(cfg->private_name, extack) : 0;
		if (err)
			return err;
		strscpy(provider->private_name, cfg->private_name, sizeof(provider->private_name));
		provider->verified = false;
	}
	if (!cfg->verified.set)
		return 0;
	if (!*provider->private_name)
		return vpc_refuse(extack, -EINVAL, "endpoint service has no private dns name");
	provider->verified = cfg->verified.val;
	return 0;
}

/* Of a new service, or of one whose bytes are saved. */
static int change_parts(struct vpc_txn *txn, struct vpc_provider *provider,
			const struct vpc_provider_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err;

	err = change_nlbs(txn, provider, cfg, extack);
	if (!err)
		err = change_principals(txn, provider, cfg, extack);
	if (!err)
		err = change_regions(txn, provider, cfg, extack);
	if (!err)
		err = change_name(txn, provider, cfg, extack);
	if (cfg->acceptance_required.set)		/* SVC-8: for those that ask from now on */
		provider->acceptance_required = cfg->acceptance_required.val;
	return err;
}

/* ---- operations ---- */

VPC_OP(vpc_provider_create)
{
	struct vpc_provider *provider;
	int err;

	if (vpc_obj_count(txn->vnet, VPC_KIND_ENDPOINT_SERVICE, NULL) >= txn->vnet->limits.providers)
		return vpc_refuse(extack, -ENOSPC, "limit of %u endpoint services reached",
				  txn->vnet->limits.providers);
	provider = vpc_edit_alloc(&txn->edit, sizeof(*provider));
	if (!provider)
		return -ENOMEM;
	INIT_LIST_HEAD(&provider->endpoints);
	provider->acceptance_required = true;			/* SVC-4 */
	err = vpc_obj_add(txn, &provider->obj, VPC_KIND_ENDPOINT_SERVICE, NULL, op->provider.name,
			  false, extack);
	if (err)
		return err;
	*result = &provider->obj;
	return change_parts(txn, provider, &op->provider, extack);
}

VPC_OP(vpc_provider_set)
{
	const struct vpc_provider_cfg *cfg = &op->provider;
	struct vpc_provider *provider = provider_get(txn, cfg->id, extack);
	size_t from = offsetof(struct vpc_provider, n_nlbs);
	int err;

	if (!provider)
		return -ENOENT;
	*result = &provider->obj;
	err = cfg->name ? vpc_obj_rename(txn, &provider->obj, cfg->name, extack) : 0;
	if (err)
		return err;
	if (!vpc_txn_save(txn, (void *)provider + from, sizeof(*provider) - from))
		return -ENOMEM;
	vpc_txn_dirty(txn, &provider->obj, false);
	return change_parts(txn, provider, cfg, extack);
}

/* SVC-11: those that it has turned down stay until their owners delete them (IFE-13). */
VPC_OP(vpc_provider_delete)
{
	struct vpc_provider *provider = provider_get(txn, op->provider.id, extack);
	struct vpc_endpoint *ep, *next;
	int err;
	u8 i;

	if (!provider)
		return -ENOENT;
	err = check_unused(provider, extack);
	if (err)
		return err;
	list_for_each_entry_safe(ep, next, &provider->endpoints, provided) {
		vpc_provider_disconnect(txn, ep);
		vpc_txn_dirty(txn, &ep->obj, true);
	}
	for (i = 0; i < provider->n_nlbs; i++)
		vpc_txn_set(txn, provider->nlbs[i]->n_services, provider->nlbs[i]->n_services - 1);
	vpc_obj_del(txn, &provider->obj);
	return txn->err;
}

static const char *const state_names[] = {
	[VPC_ENDPOINT_STATE_PENDING_ACCEPTANCE] = "pendingAcceptance",
	[VPC_ENDPOINT_STATE_AVAILABLE] = "available",
	[VPC_ENDPOINT_STATE_REJECTED] = "rejected",
	[VPC_ENDPOINT_STATE_EXPIRED] = "expired",
};

/* One of the endpoints that ask for the service (SVC-10). */
static struct vpc_endpoint *find_request(struct vpc_txn *txn, const struct vpc_provider *provider,
					 const char *ref, struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = vpc_obj_find(txn->vnet, VPC_KIND_ENDPOINT, ref, NULL, extack);

	if (!obj)
		return NULL;
	if (obj_to_endpoint(obj)->provider == provider)
		return obj_to_endpoint(obj);
	NL_SET_ERR_MSG_FMT(extack, "endpoint \"%.40s\" is not of the service", ref);
	return NULL;
}

static int answer_request(struct vpc_txn *txn, const struct vpc_op *op, bool accept,
			  struct vpc_obj **result, struct netlink_ext_ack *extack)
{
	u8 state = accept ? VPC_ENDPOINT_STATE_AVAILABLE : VPC_ENDPOINT_STATE_REJECTED;
	struct vpc_provider *provider = provider_get(txn, op->provider.id, extack);
	struct vpc_endpoint *ep;

	if (!provider)
		return -ENOENT;
	ep = find_request(txn, provider, op->provider.endpoint, extack);
	if (!ep)
		return -ENOENT;
	*result = &provider->obj;
	if (ep->state == state || ep->state == VPC_ENDPOINT_STATE_EXPIRED)
		return vpc_refuse(extack, -EINVAL, "endpoint \"%.40s\" is %s", op->provider.endpoint,
				  state_names[ep->state]);
	set_state(txn, ep, state);
	return txn->err;
}

/* SVC-10: also what was rejected before. */
VPC_OP(vpc_provider_accept)
{
	return answer_request(txn, op, true, result, extack);
}

/* SVC-9, IFE-12: also what is available; its flows are cut. */
VPC_OP(vpc_provider_reject)
{
	return answer_request(txn, op, false, result, extack);
}
