// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <string.h>

#include "dns_names.h"
#include "print.h"

static const char *const type_names[] = { "gateway", "interface", NULL };
static const char *const ip_type_names[] = { "ipv4", "ipv6", "dualstack", NULL };

/* As AWS writes them (IFE-11). */
static const char *const endpoint_state_names[] = {
	"available", "pendingAcceptance", "rejected", "expired", NULL
};

static const struct attr interface_attrs[] = {
	[VPC_A_ENDPOINT_INTERFACE_ENI]		= { "eni", ATTR_STRING, ATTR_BARE },
	[VPC_A_ENDPOINT_INTERFACE_SUBNET]	= { "subnet", ATTR_STRING },
	[VPC_A_ENDPOINT_INTERFACE_ZONE]		= { "zone", ATTR_STRING },
	[VPC_A_ENDPOINT_INTERFACE_ADDRESS]	= { "address", ATTR_ADDRESS },
};

static const struct attr attrs[] = {
	[VPC_A_ENDPOINT_ID]		= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_ENDPOINT_NAME]		= { "name", ATTR_STRING },
	[VPC_A_ENDPOINT_VPC]		= { "vpc", ATTR_STRING },
	[VPC_A_ENDPOINT_SERVICE]	= { "service", ATTR_STRING },
	[VPC_A_ENDPOINT_TYPE]		= { "type", ATTR_ENUM, 0, type_names },
	[VPC_A_ENDPOINT_STATE]		= { "state", ATTR_ENUM, 0, endpoint_state_names },
	[VPC_A_ENDPOINT_ROUTE_TABLE]	= { "route-table", ATTR_STRING, ATTR_MANY },
	[VPC_A_ENDPOINT_IP_ADDRESS_TYPE] = { "ip-address-type", ATTR_ENUM, 0, ip_type_names },
	[VPC_A_ENDPOINT_SECURITY_GROUP]	= { "security-group", ATTR_STRING, ATTR_MANY },
	[VPC_A_ENDPOINT_SERVICE_NAME]	= { "service-name", ATTR_STRING },
	[VPC_A_ENDPOINT_NETWORK_INTERFACE] = { "network-interface", ATTR_NEST, ATTR_MANY,
					       .members = interface_attrs,
					       .n_members = ARRAY_SIZE(interface_attrs) },
	[VPC_A_ENDPOINT_POLICY_DOCUMENT] = { "policy-document", ATTR_STRING, ATTR_MANY | ATTR_JSON },
	[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED] = { "private-dns-enabled", ATTR_SWITCH },
	[VPC_A_ENDPOINT_DNS_SUFFIX]	= { "dns-suffix", ATTR_STRING },
	[VPC_A_ENDPOINT_PRIVATE_DNS_NAME] = { "private-dns-name", ATTR_STRING },
};

static void show_name(const char *name)
{
	print_string("dns-entries", "dns-entry", name);
}

static void show_zonal_name(const struct dns_endpoint *ep, const struct nlattr *interface)
{
	char name[DNS_NAME_SIZE];
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, interface)
		if (mnl_attr_get_type(a) == VPC_A_ENDPOINT_INTERFACE_ZONE &&
		    dns_endpoint_name(ep, mnl_attr_get_str(a), name))
			show_name(name);
}

/* IFE-30: in AWS's order, which is that of all zones, each zone's, the private one */
static void show_dns_entries(const struct nlattr *const *tb, const struct nlmsghdr *nlh)
{
	const struct nlattr *private = tb[VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED], *a;
	char name[DNS_NAME_SIZE];
	struct dns_endpoint ep;

	if (!tb[VPC_A_ENDPOINT_DNS_SUFFIX] || !tb[VPC_A_ENDPOINT_SERVICE_NAME])
		return;
	ep.id = mnl_attr_get_str(tb[VPC_A_ENDPOINT_ID]);
	ep.suffix = mnl_attr_get_str(tb[VPC_A_ENDPOINT_DNS_SUFFIX]);
	ep.service = mnl_attr_get_str(tb[VPC_A_ENDPOINT_SERVICE_NAME]);
	print_array_open("dns-entries");
	if (dns_endpoint_name(&ep, NULL, name))
		show_name(name);
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == VPC_A_ENDPOINT_NETWORK_INTERFACE)
			show_zonal_name(&ep, a);
	if (private && mnl_attr_get_u8(private) && tb[VPC_A_ENDPOINT_PRIVATE_DNS_NAME])
		show_name(mnl_attr_get_str(tb[VPC_A_ENDPOINT_PRIVATE_DNS_NAME]));
	print_array_close();
}

static int put_type(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_either(nlh, w, value, type_names);
}

static int put_ip_type(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint8_t i;

	for (i = 0; ip_type_names[i]; i++)
		if (!strcmp(value, ip_type_names[i]))
			return put_data(nlh, w->attr, &i, sizeof(i));
	return usage_error("%s: \"%s\" is none of %s", w->word, value, w->meta);
}

#define WORD_POLICY	{ "policy", "FILE", put_policy, 0, 0, 0 }
#define WORD_PRIVATE_DNS \
	{ "private-dns", "on|off", put_switch, VPC_A_ENDPOINT_PRIVATE_DNS_ENABLED, 0, 0 }
#define WORD_ADDRESS \
	{ "address", "ADDRESS", put_address, VPC_A_ENDPOINT_ADDRESS, 0, WORD_MANY }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_ENDPOINT_NAME),
	{ "vpc", "VPC", put_string, VPC_A_ENDPOINT_VPC, 0, WORD_REQUIRED },
	{ "service", "SERVICE", put_string, VPC_A_ENDPOINT_SERVICE, 0, WORD_REQUIRED },
	{ "type", "gateway|interface", put_type, VPC_A_ENDPOINT_TYPE, 0, 0 },
	{ "ip-address-type", "ipv4|ipv6|dualstack", put_ip_type, VPC_A_ENDPOINT_IP_ADDRESS_TYPE,
	  0, 0 },
	{ "route-table", "TABLE,TABLE", put_list, VPC_A_ENDPOINT_ROUTE_TABLE, 0, WORD_MANY },
	{ "subnet", "SUBNET,SUBNET", put_list, VPC_A_ENDPOINT_SUBNET, 0, WORD_MANY },
	WORD_ADDRESS,
	{ "security-group", "GROUP,GROUP", put_list, VPC_A_ENDPOINT_SECURITY_GROUP, 0, WORD_MANY },
	WORD_POLICY,
	WORD_PRIVATE_DNS,
	{ }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_ENDPOINT_ID),
	{ "name", "NAME", put_string, VPC_A_ENDPOINT_NAME, 0, 0 },
	{ "add-route-table", "TABLE,TABLE", put_list, VPC_A_ENDPOINT_ROUTE_TABLE, 0, WORD_MANY },
	{ "remove-route-table", "TABLE,TABLE", put_list, VPC_A_ENDPOINT_REMOVE_ROUTE_TABLE, 0,
	  WORD_MANY },
	{ "add-subnet", "SUBNET,SUBNET", put_list, VPC_A_ENDPOINT_SUBNET, 0, WORD_MANY },
	{ "remove-subnet", "SUBNET,SUBNET", put_list, VPC_A_ENDPOINT_REMOVE_SUBNET, 0, WORD_MANY },
	WORD_ADDRESS,
	{ "add-security-group", "GROUP,GROUP", put_list, VPC_A_ENDPOINT_SECURITY_GROUP, 0,
	  WORD_MANY },
	{ "remove-security-group", "GROUP,GROUP", put_list, VPC_A_ENDPOINT_REMOVE_SECURITY_GROUP,
	  0, WORD_MANY },
	WORD_POLICY,
	{ "policy-reset", NULL, put_flag, VPC_A_ENDPOINT_POLICY_RESET, 0, 0 },
	WORD_PRIVATE_DNS,
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_ENDPOINT_ID), { } };
static const struct word show_words[] = {
	WORD_REF_OPT(VPC_A_ENDPOINT_ID),
	{ "policy", NULL, NULL, 0, 0, 0 },
	{ }
};

/* Piece by piece; data is the last character. */
static int show_document(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *a;
	const char *piece;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(a) != VPC_A_ENDPOINT_POLICY_DOCUMENT)
			continue;
		piece = mnl_attr_get_str(a);
		fputs(piece, stdout);
		if (*piece)
			*(char *)data = piece[strlen(piece) - 1];
	}
	return 0;
}

/* The document itself is what is shown, and is JSON anyway. */
static int run_policy(const struct call *call)
{
	struct nl *nl = vpc_nl();
	struct nl_error err;
	char last = '\0';

	if (!nl)
		return EXIT_REFUSED;
	if (nl_talk(nl, call->nlh, show_document, &last, &err))
		return kernel_error(&err);
	if (last != '\n')
		putchar('\n');
	return EXIT_OK;
}

static int run_endpoint_show(const struct call *call)
{
	if (call->argc == !!place.name)
		return run_show(call);
	return place.name ? run_policy(call) : usage_error("policy is of one endpoint: REF is missing");
}

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_ENDPOINT_NEW, VPC_A_OP_ENDPOINT },
	{ "set", run_change, set_words, VPC_CMD_ENDPOINT_SET, VPC_A_OP_ENDPOINT },
	{ "del", run_change, ref_words, VPC_CMD_ENDPOINT_DEL, VPC_A_OP_ENDPOINT },
	{ "show", run_endpoint_show, show_words, VPC_CMD_ENDPOINT_GET, 0 },
	{ }
};

const struct noun noun_endpoint = {
	.name = "endpoint",
	.help = "gateway and interface endpoints of a VPC",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.merge = { VPC_A_ENDPOINT_POLICY_DOCUMENT, VPC_A_ENDPOINT_ROUTE_TABLE,
		   VPC_A_ENDPOINT_SECURITY_GROUP, VPC_A_ENDPOINT_NETWORK_INTERFACE },
	.extra = show_dns_entries,
	.new_ntf = VPC_CMD_ENDPOINT_NEW_NTF,
	.del_ntf = VPC_CMD_ENDPOINT_DEL_NTF,
};
