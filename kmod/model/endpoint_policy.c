// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoint policies: the document is kept as it was written, for whoever asks for it; what counts is
 * what comes with it, its statements. Names in those mean the objects that have them now.
 */

#include <linux/ctype.h>
#include <linux/in.h>
#include <linux/overflow.h>

#include "../lib/endpoint_policy.h"
#include "../net.h"
#include "endpoint.h"
#include "nouns.h"
#include "txn.h"
#include "vpc.h"

/* POL-1 */
static const char default_document[] =
	"{\n"
	"\t\"Version\": \"2008-10-17\",\n"
	"\t\"Statement\": [\n"
	"\t\t{\n"
	"\t\t\t\"Effect\": \"Allow\",\n"
	"\t\t\t\"Principal\": \"*\",\n"
	"\t\t\t\"Action\": \"*\",\n"
	"\t\t\t\"Resource\": \"*\"\n"
	"\t\t}\n"
	"\t]\n"
	"}\n";

const char *vpc_endpoint_document(const struct vpc_endpoint *ep)
{
	return ep->document ? ep->document : default_document;
}

/**
 * struct compiler - a policy on its way from what was given to what packets see
 * @vnet: where names are looked up
 * @ep: whose it is
 * @extack: what is wrong
 * @number: of the statement at hand, from 1
 * @elements: where the next go
 * @values: likewise
 */
struct compiler {
	struct vpc_net *vnet;
	const struct vpc_endpoint *ep;
	struct netlink_ext_ack *extack;
	u32 number;
	struct vpc_endpoint_element *elements;
	struct vpc_endpoint_value *values;
};

static int compile_account(const struct compiler *c, const struct vpc_policy_value_cfg *cfg,
			   struct vpc_endpoint_value *value)
{
	value->id = cfg->text ? vpc_account_parse(cfg->text) : VPC_ACCOUNT_NONE;
	if (value->id == VPC_ACCOUNT_NONE)
		return vpc_refuse(c->extack, -EINVAL, "statement %u: an account has 12 digits",
				  c->number);
	return 0;
}

/* An id says what it says though nobody has it; a name that nobody has may be a mistake. */
static int compile_ref(const struct compiler *c, const struct vpc_policy_value_cfg *cfg, u8 kind,
		       struct vpc_endpoint_value *value)
{
	value->id = cfg->text ? vpc_obj_ref_id(c->vnet, kind, cfg->text) : 0;
	if (!value->id)
		return vpc_refuse(c->extack, -ENOENT, "statement %u: %s \"%.40s\" not found",
				  c->number, vpc_kind_name(kind), cfg->text ? cfg->text : "");
	return 0;
}

static int compile_cidr(const struct compiler *c, const struct vpc_policy_value_cfg *cfg,
			struct vpc_endpoint_value *value)
{
	if (!cfg->cidr.p.family)
		return vpc_refuse(c->extack, -EINVAL, "statement %u: a cidr is required", c->number);
	value->cidr = cfg->cidr.p;
	return 0;
}

static int compile_action(const struct compiler *c, const struct vpc_policy_value_cfg *cfg,
			  struct vpc_endpoint_value *value)
{
	bool ports = cfg->port_from.set || cfg->port_to.set;
	u8 proto = cfg->proto.val;

	if (!cfg->proto.set && ports)
		return vpc_refuse(c->extack, -EINVAL, "statement %u: ports need a protocol",
				  c->number);
	if (ports && proto != IPPROTO_TCP && proto != IPPROTO_UDP)
		return vpc_refuse(c->extack, -EINVAL, "statement %u: protocol %u has no ports",
				  c->number, proto);
	if (cfg->port_from.set != cfg->port_to.set || cfg->port_from.val > cfg->port_to.val)
		return vpc_refuse(c->extack, -EINVAL, "statement %u: ports go from the lower one up",
				  c->number);
	value->action.proto = cfg->proto.set ? proto : VPC_ENDPOINT_POLICY_ALL;
	value->action.first = cfg->port_from.val;
	value->action.last = ports ? cfg->port_to.val : U16_MAX;
	return 0;
}

static int compile_value(const struct compiler *c, u8 key, const struct vpc_policy_value_cfg *cfg,
			 struct vpc_endpoint_value *value)
{
	switch (key) {
	case VPC_POLICY_KEY_PRINCIPAL:
	case VPC_POLICY_KEY_PRINCIPAL_ACCOUNT:
		return compile_account(c, cfg, value);
	case VPC_POLICY_KEY_ACTION:
		return compile_action(c, cfg, value);
	case VPC_POLICY_KEY_RESOURCE:
		return compile_ref(c, cfg, VPC_KIND_SERVICE, value);
	case VPC_POLICY_KEY_SOURCE_VPC:
		return compile_ref(c, cfg, VPC_KIND_VPC, value);
	case VPC_POLICY_KEY_SOURCE_VPCE:
		return compile_ref(c, cfg, VPC_KIND_ENDPOINT, value);
	}
	return compile_cidr(c, cfg, value);
}

static int compile_element(struct compiler *c, const struct vpc_policy_element_cfg *cfg)
{
	struct vpc_endpoint_element *element = c->elements++;
	int err = 0;
	u32 i;

	if (!cfg->n_values)
		return vpc_refuse(c->extack, -EINVAL, "statement %u: an element without a value",
				  c->number);
	if (cfg->key == VPC_POLICY_KEY_PRINCIPAL &&			/* GWE-15 */
	    c->ep->type == VPC_ENDPOINT_TYPE_GATEWAY)
		return vpc_refuse(c->extack, -EINVAL,
				  "statement %u: the principal at a gateway endpoint must be *",
				  c->number);
	element->key = cfg->key;
	element->negate = cfg->negate;
	element->n_values = cfg->n_values;
	element->values = c->values;
	for (i = 0; i < cfg->n_values && !err; i++)
		err = compile_value(c, cfg->key, &cfg->values[i], c->values++);
	return err;
}

static int compile_statement(struct compiler *c, const struct vpc_policy_statement_cfg *cfg,
			     struct vpc_endpoint_statement *statement)
{
	int err = 0;
	u32 i;

	c->number++;
	statement->deny = cfg->effect == VPC_POLICY_EFFECT_DENY;
	statement->n_elements = cfg->n_elements;
	statement->elements = c->elements;
	for (i = 0; i < cfg->n_elements && !err; i++)
		err = compile_element(c, &cfg->elements[i]);
	return err;
}

static u32 count_elements(const struct vpc_policy_cfg *cfg)
{
	u32 i, n = 0;

	for (i = 0; i < cfg->n_statements; i++)
		n += cfg->statements[i].n_elements;
	return n;
}

static u32 count_values(const struct vpc_policy_cfg *cfg)
{
	u32 i, j, n = 0;

	for (i = 0; i < cfg->n_statements; i++)
		for (j = 0; j < cfg->statements[i].n_elements; j++)
			n += cfg->statements[i].elements[j].n_values;
	return n;
}

/* What a flow's first packet has to look through is bounded. */
static int check_size(const struct vpc_net *vnet, const struct vpc_policy_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	const struct vpc_limits *limits = &vnet->limits;

	if (cfg->n_statements > limits->policy_statements)
		return vpc_refuse(extack, -ENOSPC, "limit of %u statements per policy reached",
				  limits->policy_statements);
	if (count_values(cfg) > limits->policy_values)
		return vpc_refuse(extack, -ENOSPC, "limit of %u values per policy reached",
				  limits->policy_values);
	return 0;
}

/* POL-2; nothing that a terminal would obey is given back. */
static int check_document(const char *document, struct netlink_ext_ack *extack)
{
	size_t len = strlen(document);
	const char *c;

	if (len > VPC_POLICY_DOCUMENT_MAX)
		return vpc_refuse(extack, -EINVAL, "a policy document has at most %u characters",
				  VPC_POLICY_DOCUMENT_MAX);
	for (c = document; *c; c++)
		if (!isascii(*c) || (!isprint(*c) && !strchr("\t\n\r", *c)))
			return vpc_refuse(extack, -EINVAL,
					  "character %u of the policy document is not ascii text",
					  (u32)(c - document) + 1);
	return 0;
}

static int check_cfg(const struct vpc_net *vnet, const struct vpc_policy_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	int err;

	if (cfg->reset && (cfg->document || cfg->n_statements))
		return vpc_refuse(extack, -EINVAL, "a policy is either set or reset");
	if (cfg->reset)
		return 0;
	if (!cfg->document || !*cfg->document || !cfg->n_statements)
		return vpc_refuse(extack, -EINVAL, "policy document and policy statement need each other");
	err = check_document(cfg->document, extack);
	return err ? err : check_size(vnet, cfg, extack);
}

static struct vpc_endpoint_policy *policy_alloc(struct vpc_txn *txn, struct compiler *c,
						const struct vpc_policy_cfg *cfg)
{
	size_t elements = array_size(count_elements(cfg), sizeof(*c->elements));
	struct vpc_endpoint_statement *statements;
	struct vpc_endpoint_policy *policy;

	policy = vpc_edit_alloc(&txn->edit, sizeof(*policy) +
				array_size(cfg->n_statements, sizeof(*statements)) + elements +
				array_size(count_values(cfg), sizeof(*c->values)));
	if (!policy)
		return NULL;
	statements = (void *)(policy + 1);
	policy->n_statements = cfg->n_statements;
	policy->statements = statements;
	c->elements = (void *)(statements + cfg->n_statements);
	c->values = (void *)c->elements + elements;
	return policy;
}

static struct vpc_endpoint_policy *compile(struct vpc_txn *txn, const struct vpc_endpoint *ep,
					   const struct vpc_policy_cfg *cfg,
					   struct netlink_ext_ack *extack)
{
	struct compiler c = { .vnet = txn->vnet, .ep = ep, .extack = extack };
	struct vpc_endpoint_policy *policy = policy_alloc(txn, &c, cfg);
	struct vpc_endpoint_statement *statements;
	int err = 0;
	u32 i;

	if (!policy)
		return ERR_PTR(-ENOMEM);
	statements = (void *)(policy + 1);
	for (i = 0; i < cfg->n_statements && !err; i++)
		err = compile_statement(&c, &cfg->statements[i], &statements[i]);
	return err ? ERR_PTR(err) : policy;
}

void vpc_endpoint_drop_policy(struct vpc_txn *txn, struct vpc_endpoint *ep)
{
	if (ep->policy && (vpc_edit_replace(&txn->edit, ep->policy) ||
			   vpc_edit_replace(&txn->edit, ep->document)))
		txn->err = -ENOMEM;
}

static int replace(struct vpc_txn *txn, struct vpc_endpoint *ep,
		   struct vpc_endpoint_policy *policy, char *document)
{
	vpc_endpoint_drop_policy(txn, ep);
	vpc_txn_set(txn, ep->policy, policy);
	vpc_txn_set(txn, ep->document, document);
	return txn->err;
}

int vpc_endpoint_set_policy(struct vpc_txn *txn, struct vpc_endpoint *ep,
			    const struct vpc_policy_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct vpc_endpoint_policy *policy;
	char *document;
	size_t size;
	int err;

	if (!cfg->reset && !cfg->document && !cfg->n_statements)
		return 0;
	if (!ep->service)						/* POL-4 */
		return vpc_refuse(extack, -EOPNOTSUPP,
				  "an endpoint to an endpoint service has no policy but full access");
	err = check_cfg(txn->vnet, cfg, extack);
	if (err)
		return err;
	if (cfg->reset)
		return replace(txn, ep, NULL, NULL);
	policy = compile(txn, ep, cfg, extack);
	if (IS_ERR(policy))
		return PTR_ERR(policy);
	size = strlen(cfg->document) + 1;
	document = vpc_edit_alloc(&txn->edit, size);
	if (!document)
		return -ENOMEM;
	memcpy(document, cfg->document, size);
	return replace(txn, ep, policy, document);
}
