// SPDX-License-Identifier: GPL-2.0
/* From the attributes of an answer to text or JSON, the latter as a YNL client sees it. */

#include "vpcctl.h"

#include <netinet/in.h>
#include <string.h>

#include "print.h"

const char *protocol_name(uint8_t protocol)
{
	static char number[4];

	switch (protocol) {
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_UDP:
		return "udp";
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_ICMPV6:
		return "icmpv6";
	}
	snprintf(number, sizeof(number), "%u", protocol);
	return number;
}

static uint64_t attr_number(const struct nlattr *a)
{
	switch (mnl_attr_get_payload_len(a)) {
	case sizeof(uint8_t):
		return mnl_attr_get_u8(a);
	case sizeof(uint16_t):
		return mnl_attr_get_u16(a);
	case sizeof(uint32_t):
		return mnl_attr_get_u32(a);
	case sizeof(uint64_t):
		return mnl_attr_get_u64(a);
	}
	return 0;
}

/* A value that a newer kernel has and this table has not is shown as its number. */
static void show_enum(const struct attr *spec, const char *label, uint64_t value)
{
	const char *const *name = spec->names;

	while (*name && value) {
		name++;
		value--;
	}
	if (*name)
		print_string(spec->key, label, *name);
	else
		print_number(spec->key, label, name - spec->names + value);
}

static void show_prefix(const struct attr *spec, const char *label, const struct nlattr *nest)
{
	struct print_prefix p = { 0 };
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, nest) {
		switch (mnl_attr_get_type(a)) {
		case VPC_A_PREFIX_ADDRESS:
			p.address = mnl_attr_get_payload(a);
			p.alen = mnl_attr_get_payload_len(a);
			break;
		case VPC_A_PREFIX_LENGTH:
			p.length = attr_number(a);
			break;
		case VPC_A_PREFIX_DESCRIPTION:
			p.description = mnl_attr_get_str(a);
			break;
		}
	}
	print_prefix(spec->key, label, &p);
}

/* In text its members follow the label on the same line. */
static void show_nest(const struct attr *spec, const char *label, const struct nlattr *nest)
{
	const struct nlattr *a;

	print_text("%s", label);
	if (print_is_json())
		print_object_open(spec->key);
	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) < spec->n_members)
			show_attr(&spec->members[mnl_attr_get_type(a)], a);
	if (print_is_json())
		print_object_close();
}

static void show_protocol(const struct attr *spec, const char *label, uint8_t protocol)
{
	if (print_is_json())
		print_number(spec->key, label, protocol);
	else
		print_string(spec->key, label, protocol_name(protocol));
}

void show_attr(const struct attr *spec, const struct nlattr *a)
{
	const char *label = spec->flags & ATTR_BARE ? "" : spec->key;
	const void *data = mnl_attr_get_payload(a);
	size_t len = mnl_attr_get_payload_len(a);

	switch (spec->kind) {
	case ATTR_STRING:
		print_string(spec->key, label, mnl_attr_get_str(a));
		break;
	case ATTR_NUMBER:
		print_number(spec->key, label, attr_number(a));
		break;
	case ATTR_SWITCH:
		print_switch(spec->key, label, attr_number(a));
		break;
	case ATTR_ENUM:
		show_enum(spec, label, attr_number(a));
		break;
	case ATTR_FLAG:
		print_flag(spec->key, label);
		break;
	case ATTR_ADDRESS:
		print_address(spec->key, label, data, len);
		break;
	case ATTR_MAC:
		print_mac(spec->key, label, data, len);
		break;
	case ATTR_PREFIX:
		show_prefix(spec, label, a);
		break;
	case ATTR_PROTOCOL:
		show_protocol(spec, label, attr_number(a));
		break;
	case ATTR_NEST:
		show_nest(spec, label, a);
		break;
	case ATTR_NONE:
		break;
	}
}

static void show_many(const struct attr *spec, uint16_t nr, const struct nlmsghdr *nlh)
{
	const struct nlattr *a;

	print_array_open(spec->key);
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == nr)
			show_attr(spec, a);
	print_array_close();
}

void show_fields(const struct noun *noun, const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[noun->n_attrs];
	size_t nr;

	tb_parse(noun, nlh, tb);
	if (noun->text && !print_is_json()) {
		noun->text(tb);
		return;
	}
	for (nr = 1; nr < noun->n_attrs; nr++) {
		const struct attr *spec = &noun->attrs[nr];

		if (spec->flags & ATTR_JSON && !print_is_json())
			continue;
		if (tb[nr] && spec->flags & ATTR_MANY)
			show_many(spec, nr, nlh);
		else if (tb[nr])
			show_attr(spec, tb[nr]);
	}
	if (noun->extra)
		noun->extra(tb, nlh);
}

void show_object(const struct noun *noun, const struct nlmsghdr *nlh)
{
	print_object_open(NULL);
	show_fields(noun, nlh);
	print_object_close();
}
