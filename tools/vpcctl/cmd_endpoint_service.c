// SPDX-License-Identifier: GPL-2.0
#include "vpcctl.h"

#include <stdlib.h>
#include <string.h>

static const struct attr attrs[] = {
	[VPC_A_VPCE_SVC_ID]			= { "id", ATTR_STRING, ATTR_BARE },
	[VPC_A_VPCE_SVC_NAME]			= { "name", ATTR_STRING },
	[VPC_A_VPCE_SVC_SERVICE_NAME]		= { "service-name", ATTR_STRING },
	[VPC_A_VPCE_SVC_REGION]			= { "region", ATTR_STRING },
	[VPC_A_VPCE_SVC_OWNER]			= { "owner", ATTR_STRING },
	[VPC_A_VPCE_SVC_NLB]			= { "nlb", ATTR_STRING, ATTR_MANY },
	[VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED]	= { "acceptance-required", ATTR_SWITCH },
	[VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL]	= { "allowed-principal", ATTR_STRING, ATTR_MANY },
	[VPC_A_VPCE_SVC_ZONE]			= { "zone", ATTR_STRING, ATTR_MANY },
	[VPC_A_VPCE_SVC_SUPPORTED_REGION]	= { "supported-region", ATTR_STRING, ATTR_MANY },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_NAME]	= { "private-dns-name", ATTR_STRING },
	[VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED]	= { "private-dns-verified", ATTR_SWITCH },
	[VPC_A_VPCE_SVC_CONNECTIONS]		= { "connections", ATTR_NUMBER },
	[VPC_A_VPCE_SVC_PENDING_CONNECTIONS]	= { "pending-connections", ATTR_NUMBER },
};

static int answer(const struct call *call, const char *id, const char *endpoint)
{
	static char buf[NL_REQUEST_MAX] __attribute__((aligned(8)));
	struct nlmsghdr *nlh = nl_request(buf, call->verb->cmd, VPC_GENL_VERSION);
	struct nl *nl = vpc_nl();
	struct nl_error err;

	if (!nl || put_data(nlh, VPC_A_VPCE_SVC_ID, id, strlen(id) + 1) ||
	    put_data(nlh, VPC_A_VPCE_SVC_ENDPOINT, endpoint, strlen(endpoint) + 1))
		return EXIT_REFUSED;
	return nl_talk(nl, nlh, NULL, NULL, &err) ? kernel_error_at(&err, endpoint) :
						    kernel_done(&err);
}

/* SVC-10: each for itself, and those that could not be answered are told. */
static int run_answer(const struct call *call)
{
	char *list = strdup(call_word(call, "endpoint")), *endpoint, *rest = list;
	int ret = EXIT_OK, one;

	if (!list)
		return EXIT_REFUSED;
	while ((endpoint = strsep(&rest, ","))) {
		one = answer(call, call->argv[0], endpoint);
		if (one)
			ret = one;
	}
	free(list);
	return ret;
}

#define WORD_NLB(word, nr) { word, "NLB,NLB", put_list, nr, 0, WORD_MANY }
#define WORD_PRINCIPAL(word, nr) { word, "ACCOUNT|*", put_list, nr, 0, WORD_MANY }
#define WORD_REGION(word, nr) { word, "REGION,REGION", put_list, nr, 0, WORD_MANY }

#define WORDS_COMMON \
	{ "acceptance-required", "on|off", put_switch, VPC_A_VPCE_SVC_ACCEPTANCE_REQUIRED, 0, 0 }, \
	{ "private-dns-name", "NAME", put_string, VPC_A_VPCE_SVC_PRIVATE_DNS_NAME, 0, 0 }, \
	{ "private-dns-verified", "on|off", put_switch, VPC_A_VPCE_SVC_PRIVATE_DNS_VERIFIED, 0, 0 }

static const struct word add_words[] = {
	WORD_NAME(VPC_A_VPCE_SVC_NAME),
	{ "nlb", "NLB,NLB", put_list, VPC_A_VPCE_SVC_NLB, 0, WORD_REQUIRED | WORD_MANY },
	WORDS_COMMON,
	WORD_PRINCIPAL("allowed-principal", VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL),
	WORD_REGION("supported-region", VPC_A_VPCE_SVC_SUPPORTED_REGION), { }
};

static const struct word set_words[] = {
	WORD_REF(VPC_A_VPCE_SVC_ID),
	{ "name", "NAME", put_string, VPC_A_VPCE_SVC_NAME, 0, 0 },
	WORDS_COMMON,
	WORD_NLB("add-nlb", VPC_A_VPCE_SVC_NLB),
	WORD_NLB("remove-nlb", VPC_A_VPCE_SVC_REMOVE_NLB),
	WORD_PRINCIPAL("add-allowed-principal", VPC_A_VPCE_SVC_ALLOWED_PRINCIPAL),
	WORD_PRINCIPAL("remove-allowed-principal", VPC_A_VPCE_SVC_REMOVE_ALLOWED_PRINCIPAL),
	WORD_REGION("add-supported-region", VPC_A_VPCE_SVC_SUPPORTED_REGION),
	WORD_REGION("remove-supported-region", VPC_A_VPCE_SVC_REMOVE_SUPPORTED_REGION), { }
};

static const struct word answer_words[] = {
	WORD_REF(VPC_A_VPCE_SVC_ID),
	{ "endpoint", "ENDPOINT,ENDPOINT", put_string, VPC_A_VPCE_SVC_ENDPOINT, 0, WORD_REQUIRED },
	{ }
};

static const struct word ref_words[] = { WORD_REF(VPC_A_VPCE_SVC_ID), { } };
static const struct word show_words[] = { WORD_REF_OPT(VPC_A_VPCE_SVC_ID), { } };

static const struct verb verbs[] = {
	{ "add", run_change, add_words, VPC_CMD_ENDPOINT_SERVICE_NEW, VPC_A_OP_ENDPOINT_SERVICE },
	{ "set", run_change, set_words, VPC_CMD_ENDPOINT_SERVICE_SET, VPC_A_OP_ENDPOINT_SERVICE },
	{ "del", run_change, ref_words, VPC_CMD_ENDPOINT_SERVICE_DEL, VPC_A_OP_ENDPOINT_SERVICE },
	{ "show", run_show, show_words, VPC_CMD_ENDPOINT_SERVICE_GET, 0 },
	{ "accept", run_answer, answer_words, VPC_CMD_ENDPOINT_SERVICE_ACCEPT,
	  VPC_A_OP_ENDPOINT_SERVICE },
	{ "reject", run_answer, answer_words, VPC_CMD_ENDPOINT_SERVICE_REJECT,
	  VPC_A_OP_ENDPOINT_SERVICE },
	{ }
};

const struct noun noun_endpoint_service = {
	.name = "endpoint-service",
	.help = "load balancers that other VPCs may reach by interface endpoints",
	.verbs = verbs,
	NOUN_ATTRS(attrs),
	.new_ntf = VPC_CMD_ENDPOINT_SERVICE_NEW_NTF,
	.del_ntf = VPC_CMD_ENDPOINT_SERVICE_DEL_NTF,
};
