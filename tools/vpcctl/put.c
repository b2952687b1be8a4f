// SPDX-License-Identifier: GPL-2.0
/* From the words of a command to the attributes of a request. */

#include "vpcctl.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static int put_overflow(void)
{
	return usage_error("too much for one request");
}

int put_data(struct nlmsghdr *nlh, uint16_t attr, const void *data, size_t len)
{
	if (!mnl_attr_put_check(nlh, NL_REQUEST_MAX, attr, len, data))
		return put_overflow();
	return EXIT_OK;
}

int put_string(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	if (!*value)
		return usage_error("%s: an empty string", w->word);
	return put_data(nlh, w->attr, value, strlen(value) + 1);
}

/* A,B */
int put_list(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	char *copy = strdup(value), *rest = copy, *item;
	int ret = EXIT_OK;

	if (!copy)
		return system_error(ENOMEM, "%s", w->word);
	while (!ret && (item = strsep(&rest, ",")))
		ret = put_string(nlh, w, item);
	free(copy);
	return ret;
}

/* VPC/NAME of something new: the VPC is w->arg, the name w->attr. */
int put_scoped(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	const char *slash = strrchr(value, '/');
	int ret;

	if (!slash || slash == value || !slash[1])
		return usage_error("\"%s\" is not VPC/NAME", value);
	ret = put_data(nlh, w->attr, slash + 1, strlen(slash + 1) + 1);
	if (!ret) {
		char *vpc = strndup(value, slash - value);

		ret = vpc ? put_data(nlh, w->arg, vpc, strlen(vpc) + 1) :
			    system_error(ENOMEM, "%s", value);
		free(vpc);
	}
	return ret;
}

static int number_parse(const struct word *w, const char *value, uint64_t max, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(value, &end, 0);
	if (*value < '0' || *value > '9' || *end || errno || *number > max)
		return usage_error("%s: \"%s\" is not a number from 0 to %llu", w->word, value,
				   (unsigned long long)max);
	return EXIT_OK;
}

int put_u8(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint64_t number;
	uint8_t n;
	int ret;

	ret = number_parse(w, value, UINT8_MAX, &number);
	n = number;
	return ret ? ret : put_data(nlh, w->attr, &n, sizeof(n));
}

int put_u16(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint64_t number;
	uint16_t n;
	int ret;

	ret = number_parse(w, value, UINT16_MAX, &number);
	n = number;
	return ret ? ret : put_data(nlh, w->attr, &n, sizeof(n));
}

int put_u32(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint64_t number;
	uint32_t n;
	int ret;

	ret = number_parse(w, value, UINT32_MAX, &number);
	n = number;
	return ret ? ret : put_data(nlh, w->attr, &n, sizeof(n));
}

int put_u64(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint64_t number;
	int ret;

	ret = number_parse(w, value, UINT64_MAX, &number);
	return ret ? ret : put_data(nlh, w->attr, &number, sizeof(number));
}

int put_switch(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint8_t on = !strcmp(value, "on");

	if (!on && strcmp(value, "off"))
		return usage_error("%s: \"%s\" is neither on nor off", w->word, value);
	return put_data(nlh, w->attr, &on, sizeof(on));
}

int put_flag(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	(void)value;
	return put_data(nlh, w->attr, NULL, 0);
}

/* One of two names, as its number. */
int put_either(struct nlmsghdr *nlh, const struct word *w, const char *value,
	       const char *const names[2])
{
	uint8_t second = !strcmp(value, names[1]);

	if (!second && strcmp(value, names[0]))
		return usage_error("%s: \"%s\" is neither %s nor %s", w->word, value, names[0],
				   names[1]);
	return put_data(nlh, w->attr, &second, sizeof(second));
}

/* One of @names, which end with NULL, as its number. */
int put_name(struct nlmsghdr *nlh, const struct word *w, const char *value,
	     const char *const *names)
{
	uint8_t number = 0;

	while (names[number] && strcmp(value, names[number]))
		number++;
	if (!names[number])
		return usage_error("%s: there is no \"%s\"", w->word, value);
	return put_data(nlh, w->attr, &number, sizeof(number));
}

int put_exclusion(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_name(nlh, w, value, exclusion_names);
}

int put_nlb_protocol(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_name(nlh, w, value, nlb_protocol_names);
}

/* A number or a name that many know; all of them is the absence of one. */
int put_protocol(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	static const uint8_t named[] = { IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6 };
	size_t i;

	if (!strcmp(value, "all"))
		return EXIT_OK;
	for (i = 0; i < ARRAY_SIZE(named); i++)
		if (!strcmp(value, protocol_name(named[i])))
			return put_data(nlh, w->attr, &named[i], sizeof(named[i]));
	return put_u8(nlh, w, value);
}

/* PORT or FIRST-LAST: the first is w->attr, the last w->arg. */
int put_ports(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	const struct word last = { .word = w->word, .attr = w->arg };
	const char *dash = strchr(value, '-');
	char first[8];
	int ret;

	snprintf(first, sizeof(first), "%.*s", dash ? (int)(dash - value) : (int)strlen(value),
		 value);
	ret = put_u16(nlh, w, first);
	return ret ? ret : put_u16(nlh, &last, dash ? dash + 1 : first);
}

/* Returns the length of the address, 0 if the text is none. */
static size_t address_parse(const char *text, uint8_t addr[16])
{
	if (inet_pton(AF_INET, text, addr) == 1)
		return 4;
	return inet_pton(AF_INET6, text, addr) == 1 ? 16 : 0;
}

int put_address(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint8_t addr[16];
	size_t len = address_parse(value, addr);

	if (!len)
		return usage_error("%s: \"%s\" is not an address", w->word, value);
	return put_data(nlh, w->attr, addr, len);
}

/* IPv4 is w->attr, IPv6 w->arg. */
int put_any_address(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint8_t addr[16];
	size_t len = address_parse(value, addr);

	if (!len)
		return usage_error("\"%s\" is not an address", value);
	return put_data(nlh, len == 4 ? w->attr : w->arg, addr, len);
}

int put_mac(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	uint8_t mac[6];
	int end = 0;

	if (sscanf(value, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", &mac[0], &mac[1], &mac[2],
		   &mac[3], &mac[4], &mac[5], &end) != 6 || value[end])
		return usage_error("%s: \"%s\" is not a MAC address", w->word, value);
	return put_data(nlh, w->attr, mac, sizeof(mac));
}

/* Returns the length of the address, 0 if the text is no ADDRESS/LENGTH. */
static size_t prefix_parse(const char *text, uint8_t addr[16], uint8_t *length)
{
	const char *slash = strchr(text, '/');
	char addr_text[INET6_ADDRSTRLEN];
	char *end = NULL;
	size_t len = 0;
	long l = -1;

	if (slash && slash - text < (long)sizeof(addr_text)) {
		snprintf(addr_text, sizeof(addr_text), "%.*s", (int)(slash - text), text);
		len = address_parse(addr_text, addr);
		if (slash[1] >= '0' && slash[1] <= '9')
			l = strtol(slash + 1, &end, 10);
	}
	if (!end || *end || l < 0 || l > (long)len * 8)
		return 0;
	*length = l;
	return len;
}

/* Host bits are kept: where AWS clears them so does the kernel, and a gateway needs them. */
static int put_described(struct nlmsghdr *nlh, const struct word *w, const char *text,
			 const char *description)
{
	uint8_t addr[16], length;
	struct nlattr *nest;
	size_t len;

	len = prefix_parse(text, addr, &length);
	if (!len)
		return usage_error("%s: \"%s\" is not ADDRESS/LENGTH", w->word, text);
	nest = mnl_attr_nest_start_check(nlh, NL_REQUEST_MAX, w->attr);
	if (!nest || put_data(nlh, VPC_A_PREFIX_ADDRESS, addr, len) ||
	    put_data(nlh, VPC_A_PREFIX_LENGTH, &length, sizeof(length)) ||
	    (description && put_data(nlh, VPC_A_PREFIX_DESCRIPTION, description,
				     strlen(description) + 1)))
		return nest ? EXIT_USAGE : put_overflow();
	mnl_attr_nest_end(nlh, nest);
	return EXIT_OK;
}

int put_prefix(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	return put_described(nlh, w, value, NULL);
}

/* CIDR[,DESCRIPTION] */
int put_entry(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	char *copy = strdup(value), *rest = copy, *cidr;
	int ret;

	if (!copy)
		return system_error(ENOMEM, "%s", w->word);
	cidr = strsep(&rest, ",");
	ret = put_described(nlh, w, cidr, rest);
	free(copy);
	return ret;
}
