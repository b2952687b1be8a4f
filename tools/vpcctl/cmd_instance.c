// SPDX-License-Identifier: GPL-2.0
/* `vpcctl instance`: user space only, the kernel knows an ENI. */

#include "instance.h"

#include <errno.h>
#include <string.h>

#include "netns.h"
#include "print.h"

#define ENI_ATTRS	(VPC_A_ENI_MAX + 1)
#define SUBNET_ATTRS	(VPC_A_SUBNET_MAX + 1)

static struct nlmsghdr *request(uint8_t cmd, uint16_t attr, const char *value)
{
	static char buf[1024] __attribute__((aligned(8)));
	struct nlmsghdr *nlh = nl_request(buf, cmd, VPC_GENL_VERSION);

	mnl_attr_put_strz(nlh, attr, value);
	return nlh;
}

static void ipv6_answer(const struct nlmsghdr *nlh, struct instance *i)
{
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(a) != VPC_A_ENI_IPV6_ADDRESS ||
		    mnl_attr_get_payload_len(a) != sizeof(i->ipv6[0]) ||
		    i->n_ipv6 == INSTANCE_IPV6_MAX)
			continue;
		memcpy(i->ipv6[i->n_ipv6++], mnl_attr_get_payload(a), sizeof(i->ipv6[0]));
	}
}

static int eni_answer(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[ENI_ATTRS], *a;
	struct instance *i = data;

	tb_parse(&noun_eni, nlh, tb);
	a = tb[VPC_A_ENI_ADDRESS];
	if (a && mnl_attr_get_payload_len(a) <= sizeof(i->address)) {
		i->alen = mnl_attr_get_payload_len(a);
		memcpy(i->address, mnl_attr_get_payload(a), i->alen);
	}
	ipv6_answer(nlh, i);
	if (tb[VPC_A_ENI_SUBNET])
		snprintf(i->subnet, sizeof(i->subnet), "%s",
			 mnl_attr_get_str(tb[VPC_A_ENI_SUBNET]));
	if (tb[VPC_A_ENI_ID])
		snprintf(i->eni, sizeof(i->eni), "%s", mnl_attr_get_str(tb[VPC_A_ENI_ID]));
	return 0;
}

static void prefix_answer(const struct nlattr *nest, uint8_t base[16], uint8_t *plen)
{
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, nest) {
		if (mnl_attr_get_type(a) == VPC_A_PREFIX_LENGTH)
			*plen = mnl_attr_get_u8(a);
		else if (mnl_attr_get_type(a) == VPC_A_PREFIX_ADDRESS &&
			 mnl_attr_get_payload_len(a) <= 16)
			memcpy(base, mnl_attr_get_payload(a), mnl_attr_get_payload_len(a));
	}
}

static int subnet_answer(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[SUBNET_ATTRS];
	struct instance *i = data;
	uint8_t base6[16];

	tb_parse(&noun_subnet, nlh, tb);
	if (tb[VPC_A_SUBNET_CIDR])
		prefix_answer(tb[VPC_A_SUBNET_CIDR], i->base, &i->plen);
	if (tb[VPC_A_SUBNET_IPV6_CIDR])
		prefix_answer(tb[VPC_A_SUBNET_IPV6_CIDR], base6, &i->plen6);
	return 0;
}

static void eni_delete(const struct instance *i)
{
	struct nl_error err;

	nl_talk(vpc_nl(), request(VPC_CMD_ENI_DEL, VPC_A_ENI_ID, i->eni), NULL, NULL, &err);
}

/* The request was built from the words; the device is ours to say. */
static int eni_create(struct instance *i, struct nlmsghdr *nlh)
{
	struct nl_error err;

	if (put_data(nlh, VPC_A_ENI_IFNAME, i->link, strlen(i->link) + 1))
		return EXIT_USAGE;
	if (nl_talk(vpc_nl(), nlh, eni_answer, i, &err))
		return kernel_error(&err);
	if ((!i->alen && !i->n_ipv6) || !*i->eni)
		return system_error(EPROTO, "answer without id or address");
	return EXIT_OK;
}

static int eip_associate(const struct instance *i, const char *eip)
{
	struct nlmsghdr *nlh = request(VPC_CMD_EIP_ASSOCIATE, VPC_A_EIP_ID, eip);
	struct nl_error err;

	mnl_attr_put_strz(nlh, VPC_A_EIP_ENI, i->eni);
	if (nl_talk(vpc_nl(), nlh, NULL, NULL, &err))
		return kernel_error_at(&err, "eip");
	return EXIT_OK;
}

/* Everything after the ENI exists. */
static int add_inside(struct instance *i, const char *eip)
{
	struct nl_error err;
	int ret;

	if (nl_talk(vpc_nl(), request(VPC_CMD_SUBNET_GET, VPC_A_SUBNET_ID, i->subnet),
		    subnet_answer, i, &err))
		return kernel_error_at(&err, "subnet");
	ret = instance_network(i);
	if (!ret && eip)
		ret = eip_associate(i, eip);
	return ret;
}

static int add_eni(struct instance *i, struct nlmsghdr *nlh, const char *eip)
{
	int ret = eni_create(i, nlh);

	if (!ret) {
		ret = add_inside(i, eip);
		if (ret)
			eni_delete(i);
	}
	return ret;
}

static int add_ports(struct instance *i, struct nlmsghdr *nlh, const char *eip)
{
	int ret = instance_ports(i);

	if (!ret) {
		ret = add_eni(i, nlh, eip);
		if (ret)
			instance_link_del(i);
	}
	return ret;
}

/* Each step undoes what it made if a later one fails. */
static int run_add(const struct call *call)
{
	const struct nlattr *tb[ENI_ATTRS];
	struct instance i;
	int ret;

	ret = instance_init(&i, call->argv[0]);
	if (ret)
		return ret;
	if (!vpc_nl())
		return EXIT_REFUSED;
	tb_parse(&noun_eni, call->nlh, tb);
	if (tb[VPC_A_ENI_MAC])
		i.want_mac = mnl_attr_get_payload(tb[VPC_A_ENI_MAC]);

	ret = netns_create(i.name);
	if (ret)
		return system_error(ret, "network namespace");
	ret = add_ports(&i, call->nlh, call_word(call, "eip"));
	if (ret)
		netns_delete(i.name);
	return ret;
}

/* Removes what is there: also the rest of an instance that was half deleted by hand. */
static int run_del(const struct call *call)
{
	struct nl_error err = { 0 };
	struct instance i;
	int ret, gone;

	ret = instance_init(&i, call->argv[0]);
	if (ret)
		return ret;
	if (!vpc_nl())
		return EXIT_REFUSED;
	ret = nl_talk(vpc_nl(), call->nlh, NULL, NULL, &err);
	if (ret && (ret != -ENOENT || !netns_exists(i.name)))
		return kernel_error(&err);
	ret = instance_link_del(&i);
	gone = netns_delete(i.name);
	return gone ? system_error(gone, "network namespace") : ret;
}

static int run_exec(const struct call *call)
{
	int err = netns_enter(call->argv[0]);

	if (err)
		return system_error(err, "network namespace");
	err = netns_exec(call->argv[0], call->argv + 1);
	return system_error(err, "%s", call->argv[1]);
}

static int show_instance(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[ENI_ATTRS];
	struct instance i;

	(void)data;
	tb_parse(&noun_eni, nlh, tb);
	if (!tb[VPC_A_ENI_NAME] || !tb[VPC_A_ENI_IFNAME] ||
	    instance_init(&i, mnl_attr_get_str(tb[VPC_A_ENI_NAME])))
		return 0;
	if (!strcmp(i.link, mnl_attr_get_str(tb[VPC_A_ENI_IFNAME])) && netns_exists(i.name))
		show_object(&noun_eni, nlh);
	return 0;
}

/* The ENIs whose device and namespace are as `instance add` makes them. */
static int run_instances(const struct call *call)
{
	struct nl *nl = vpc_nl();
	struct nl_error err;
	int ret;

	if (!nl)
		return EXIT_REFUSED;
	print_array_open(NULL);
	ret = nl_dump(nl, call->nlh, show_instance, NULL, &err);
	print_array_close();
	return ret ? kernel_error(&err) : EXIT_OK;
}

static const struct word add_words[] = {
	WORD_NAME(VPC_A_ENI_NAME),
	{ "subnet", "SUBNET", put_string, VPC_A_ENI_SUBNET, 0, WORD_REQUIRED },
	{ "address", "ADDRESS", put_address, VPC_A_ENI_ADDRESS, 0, 0 },
	{ "mac", "MAC", put_mac, VPC_A_ENI_MAC, 0, 0 },
	{ "security-group", "GROUP,GROUP", put_list, VPC_A_ENI_SECURITY_GROUP, 0, WORD_MANY },
	{ "ipv6", "ADDRESS", put_address, VPC_A_ENI_IPV6_ADDRESS, 0, WORD_MANY },
	{ "ipv6-count", "N", put_u32, VPC_A_ENI_IPV6_ADDRESS_COUNT, 0, 0 },
	{ "associate-public-ip", "on|off", put_switch, VPC_A_ENI_ASSOCIATE_PUBLIC_IP, 0, 0 },
	{ "eip", "EIP", NULL, 0, 0, 0 },
	{ }
};

static const struct word del_words[] = { WORD_NAME(VPC_A_ENI_ID), { } };

static const struct word exec_words[] = {
	WORD_NAME(VPC_A_ENI_ID),
	{ "COMMAND", "COMMAND...", NULL, 0, 0, WORD_POSITION | WORD_REQUIRED | WORD_REST },
	{ }
};

static const struct verb verbs[] = {
	{ "add", run_add, add_words, VPC_CMD_ENI_NEW, 0 },
	{ "del", run_del, del_words, VPC_CMD_ENI_DEL, 0 },
	{ "show", run_instances, NULL, VPC_CMD_ENI_GET, 0 },
	{ "exec", run_exec, exec_words, 0, 0 },
	{ }
};

const struct noun noun_instance = {
	.name = "instance",
	.help = "network namespaces with an ENI, made in one step",
	.verbs = verbs,
};
