// SPDX-License-Identifier: GPL-2.0
/*
 * Policies of endpoints: a document of IAM's grammar becomes the statements that the kernel knows.
 * What those cannot express is refused, with the statement's number.
 */

#include "vpcctl.h"

#include <errno.h>
#include <jansson.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The document on its way into a request. */
struct policy {
	struct nlmsghdr *nlh;
	const char *file;
	size_t number;		/* of the statement at hand, from 1 */
};

#define policy_error(p, fmt, ...) \
	usage_error("policy %s: statement %zu: " fmt, (p)->file, (p)->number, ##__VA_ARGS__)

/* Appends what one of an element's values is. */
typedef int (*value_fn)(struct policy *p, const char *what, const char *value);

static struct nlattr *nest_start(struct policy *p, uint16_t attr)
{
	struct nlattr *nest = mnl_attr_nest_start_check(p->nlh, NL_REQUEST_MAX, attr);

	if (!nest)
		usage_error("policy %s: too much for one request", p->file);
	return nest;
}

/* A string, or a list of them: the one at i, NULL behind the last or for what is none. */
static const char *string_at(const json_t *list, size_t i)
{
	if (json_is_array(list))
		return json_string_value(json_array_get(list, i));
	return i ? NULL : json_string_value(list);
}

static int strings_check(struct policy *p, const char *what, const json_t *list)
{
	size_t i, n = json_is_array(list) ? json_array_size(list) : 1;

	for (i = 0; i < n; i++)
		if (!string_at(list, i))
			return policy_error(p, "%s: neither a string nor a list of strings", what);
	return n ? EXIT_OK : policy_error(p, "%s: an empty list", what);
}

static bool strings_have(const json_t *list, const char *wanted)
{
	const char *value;
	size_t i;

	for (i = 0; (value = string_at(list, i)); i++)
		if (!strcmp(value, wanted))
			return true;
	return false;
}

static int put_value(struct policy *p, const char *what, const char *value, value_fn put)
{
	struct nlattr *nest = nest_start(p, VPC_A_POLICY_ELEMENT_VALUE);
	int ret = nest ? put(p, what, value) : EXIT_USAGE;

	if (!ret)
		mnl_attr_nest_end(p->nlh, nest);
	return ret;
}

static int put_element(struct policy *p, const char *what, uint8_t key, bool negate,
		       const json_t *values, value_fn put)
{
	struct nlattr *nest;
	const char *value;
	int ret;
	size_t i;

	ret = strings_check(p, what, values);
	nest = ret ? NULL : nest_start(p, VPC_A_POLICY_STATEMENT_ELEMENT);
	if (!nest)
		return EXIT_USAGE;
	ret = put_data(p->nlh, VPC_A_POLICY_ELEMENT_KEY, &key, sizeof(key));
	if (!ret && negate)
		ret = put_data(p->nlh, VPC_A_POLICY_ELEMENT_NEGATE, NULL, 0);
	for (i = 0; !ret && (value = string_at(values, i)); i++)
		ret = put_value(p, what, value, put);
	if (!ret)
		mnl_attr_nest_end(p->nlh, nest);
	return ret;
}

/* ---- values ---- */

static int value_text(struct policy *p, const char *what, const char *value)
{
	if (!*value)
		return policy_error(p, "%s: an empty string", what);
	return put_data(p->nlh, VPC_A_POLICY_VALUE_TEXT, value, strlen(value) + 1);
}

/* 123456789012, or as AWS writes it after the document was given to it: its root. */
static int value_account(struct policy *p, const char *what, const char *value)
{
	static const char arn[] = "arn:aws:iam::", root[] = ":root";
	const char *start = strncmp(value, arn, strlen(arn)) ? value : value + strlen(arn);
	size_t digits = strspn(start, "0123456789");
	char account[13];

	if (digits != 12 || strcmp(start + digits, start == value ? "" : root))
		return policy_error(p, "%s: \"%s\" is no account of 12 digits", what, value);
	snprintf(account, sizeof(account), "%.12s", start);
	return value_text(p, what, account);
}

/* The kernel looks whether it is a service; parts of one there are none. */
static int value_resource(struct policy *p, const char *what, const char *value)
{
	if (strpbrk(value, "*?") || !strncmp(value, "arn:", 4))
		return policy_error(p, "%s: \"%s\" is neither * nor a service", what, value);
	return value_text(p, what, value);
}

static bool port_parse(const char **text, uint16_t *port)
{
	unsigned long number;
	char *end;

	if (**text < '0' || **text > '9')
		return false;
	number = strtoul(*text, &end, 10);
	*text = end;
	*port = number;
	return number <= UINT16_MAX;
}

/* PORT or FIRST-LAST */
static bool ports_parse(const char *text, uint16_t ports[2])
{
	if (!port_parse(&text, &ports[0]))
		return false;
	ports[1] = ports[0];
	if (*text == '-' && text++ && !port_parse(&text, &ports[1]))
		return false;
	return !*text && ports[0] <= ports[1];
}

/* tcp:443, udp:1000-2000, icmp:* */
static int value_action(struct policy *p, const char *what, const char *value)
{
	static const struct {
		const char *name;
		uint8_t protocol;
	} verbs[] = { { "tcp:", IPPROTO_TCP }, { "udp:", IPPROTO_UDP }, { "icmp:", IPPROTO_ICMP } };
	const char *rest = NULL;
	uint16_t ports[2];
	bool all;
	size_t i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(value, verbs[i].name, strlen(verbs[i].name)))
			break;
	if (i < ARRAY_SIZE(verbs))
		rest = value + strlen(verbs[i].name);
	all = rest && !strcmp(rest, "*");
	if (!all && (!rest || verbs[i].protocol == IPPROTO_ICMP || !ports_parse(rest, ports)))
		return policy_error(p, "%s: \"%s\" is no action of a router, as tcp:443 or udp:* is",
				    what, value);
	ret = put_data(p->nlh, VPC_A_POLICY_VALUE_PROTOCOL, &verbs[i].protocol,
		       sizeof(verbs[i].protocol));
	if (!ret && !all)
		ret = put_data(p->nlh, VPC_A_POLICY_VALUE_PORT_FROM, &ports[0], sizeof(*ports));
	if (!ret && !all)
		ret = put_data(p->nlh, VPC_A_POLICY_VALUE_PORT_TO, &ports[1], sizeof(*ports));
	return ret;
}

/* An address alone is a block of one. */
static int value_cidr(struct policy *p, const char *what, const char *value)
{
	char place[512], cidr[64];
	const struct word w = { .word = place, .attr = VPC_A_POLICY_VALUE_CIDR };

	snprintf(place, sizeof(place), "policy %s: statement %zu: %s", p->file, p->number, what);
	snprintf(cidr, sizeof(cidr), "%s%s", value,
		 strchr(value, '/') ? "" : strchr(value, ':') ? "/128" : "/32");
	return put_prefix(p->nlh, &w, cidr);
}

/* ---- conditions ---- */

struct operator {
	const char *name;
	bool negate;
	bool cidr;
};

static const struct operator operators[] = {
	{ "StringEquals", false, false },
	{ "StringNotEquals", true, false },
	{ "IpAddress", false, true },
	{ "NotIpAddress", true, true },
	{ }
};

struct condition_key {
	const char *name;
	uint8_t key;
	value_fn put;
};

static const struct condition_key condition_keys[] = {
	{ "aws:PrincipalAccount", VPC_POLICY_KEY_PRINCIPAL_ACCOUNT, value_account },
	{ "aws:SourceVpc", VPC_POLICY_KEY_SOURCE_VPC, value_text },
	{ "aws:SourceVpce", VPC_POLICY_KEY_SOURCE_VPCE, value_text },
	{ "aws:VpcSourceIp", VPC_POLICY_KEY_VPC_SOURCE_IP, value_cidr },
	{ "aws:SourceIp", VPC_POLICY_KEY_SOURCE_IP, value_cidr },
	{ }
};

static int put_condition(struct policy *p, const struct operator *op, const char *name,
			 const json_t *values)
{
	const struct condition_key *k = condition_keys;

	while (k->name && strcasecmp(k->name, name))
		k++;
	if (!k->name)
		return policy_error(p, "condition key \"%s\" means nothing to a router", name);
	if (op->cidr != (k->put == value_cidr))
		return policy_error(p, "%s does not go with %s", op->name, k->name);
	return put_element(p, k->name, k->key, op->negate, values, k->put);
}

static int put_conditions(struct policy *p, json_t *conditions)
{
	const char *name, *key;
	json_t *keys, *values;
	int ret = EXIT_OK;

	if (!json_is_object(conditions))
		return policy_error(p, "Condition: not an object");
	json_object_foreach(conditions, name, keys) {
		const struct operator *op = operators;

		while (op->name && strcmp(op->name, name))
			op++;
		if (!op->name)
			return policy_error(p, "condition operator \"%s\" is not known here", name);
		if (!json_is_object(keys))
			return policy_error(p, "%s: not an object", name);
		json_object_foreach(keys, key, values) {
			ret = put_condition(p, op, key, values);
			if (ret)
				return ret;
		}
	}
	return EXIT_OK;
}

/* ---- statements ---- */

static int put_effect(struct policy *p, json_t *value)
{
	const char *effect = json_string_value(value);
	uint8_t deny = effect && !strcmp(effect, "Deny");

	if (!effect || (!deny && strcmp(effect, "Allow")))
		return policy_error(p, "Effect: neither \"Allow\" nor \"Deny\"");
	return put_data(p->nlh, VPC_A_POLICY_STATEMENT_EFFECT, &deny, sizeof(deny));
}

/* "*", or { "AWS": accounts } */
static int put_principal(struct policy *p, json_t *value)
{
	json_t *accounts = json_object_get(value, "AWS");
	int ret;

	if (json_is_string(value) && strings_have(value, "*"))
		return EXIT_OK;
	if (!accounts || json_object_size(value) != 1)
		return policy_error(p, "Principal: neither \"*\" nor { \"AWS\": accounts }");
	ret = strings_check(p, "Principal", accounts);
	if (ret || strings_have(accounts, "*"))
		return ret;
	return put_element(p, "Principal", VPC_POLICY_KEY_PRINCIPAL, false, accounts,
			   value_account);
}

static int put_action(struct policy *p, json_t *value)
{
	int ret = strings_check(p, "Action", value);

	if (ret || strings_have(value, "*") || strings_have(value, "vpc:Connect"))
		return ret;
	return put_element(p, "Action", VPC_POLICY_KEY_ACTION, false, value, value_action);
}

static int put_resource(struct policy *p, json_t *value)
{
	int ret = strings_check(p, "Resource", value);

	if (ret || strings_have(value, "*"))
		return ret;
	return put_element(p, "Resource", VPC_POLICY_KEY_RESOURCE, false, value, value_resource);
}

static int put_sid(struct policy *p, json_t *value)
{
	return json_is_string(value) ? EXIT_OK : policy_error(p, "Sid: not a string");
}

static const struct {
	const char *name;
	int (*put)(struct policy *p, json_t *value);
	bool required;
} elements[] = {
	{ "Sid", put_sid, false },
	{ "Effect", put_effect, true },
	{ "Principal", put_principal, true },
	{ "Action", put_action, true },
	{ "Resource", put_resource, true },
	{ "Condition", put_conditions, false },
};

static bool known_element(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(elements); i++)
		if (!strcmp(elements[i].name, name))
			return true;
	return false;
}

static int put_elements(struct policy *p, json_t *statement)
{
	const char *name;
	json_t *value;
	int ret = EXIT_OK;
	size_t i;

	if (!json_is_object(statement))
		return policy_error(p, "not an object");
	json_object_foreach(statement, name, value)
		if (!known_element(name))
			return policy_error(p, "element \"%s\" is not known here", name);
	for (i = 0; !ret && i < ARRAY_SIZE(elements); i++) {
		value = json_object_get(statement, elements[i].name);
		if (value)
			ret = elements[i].put(p, value);
		else if (elements[i].required)
			ret = policy_error(p, "%s is missing", elements[i].name);
	}
	return ret;
}

static int put_statement(struct policy *p, json_t *statement)
{
	struct nlattr *nest;
	int ret;

	p->number++;
	nest = nest_start(p, VPC_A_ENDPOINT_POLICY_STATEMENT);
	if (!nest)
		return EXIT_USAGE;
	ret = put_elements(p, statement);
	if (!ret)
		mnl_attr_nest_end(p->nlh, nest);
	return ret;
}

/* ---- the document ---- */

static int header_check(const struct policy *p, json_t *root)
{
	const char *name, *version = "2012-10-17";
	json_t *value;

	if (!json_is_object(root))
		return usage_error("policy %s: not an object", p->file);
	json_object_foreach(root, name, value)
		if (strcmp(name, "Version") && strcmp(name, "Id") && strcmp(name, "Statement"))
			return usage_error("policy %s: element \"%s\" is not known here", p->file,
					   name);
	value = json_object_get(root, "Version");
	if (value)
		version = json_string_value(value);
	if (!version || (strcmp(version, "2012-10-17") && strcmp(version, "2008-10-17")))
		return usage_error("policy %s: Version: neither \"2012-10-17\" nor \"2008-10-17\"",
				   p->file);
	value = json_object_get(root, "Id");
	if (value && !json_is_string(value))
		return usage_error("policy %s: Id: not a string", p->file);
	return EXIT_OK;
}

/* A list of statements, or one alone. */
static int put_statements(struct policy *p, json_t *root)
{
	json_t *list = json_object_get(root, "Statement");
	int ret = header_check(p, root);
	size_t i;

	if (ret)
		return ret;
	if (!list || (json_is_array(list) && !json_array_size(list)))
		return usage_error("policy %s: there is no Statement", p->file);
	if (!json_is_array(list))
		return put_statement(p, list);
	for (i = 0; !ret && i < json_array_size(list); i++)
		ret = put_statement(p, json_array_get(list, i));
	return ret;
}

/* Other characters have escapes, and the text may be shown on any terminal. */
static int characters_check(const char *file, const char *text, size_t len)
{
	size_t i, line = 1, column = 1;

	for (i = 0; i < len; i++, column++) {
		if ((text[i] < ' ' || text[i] > '~') && (!text[i] || !strchr("\t\n\r", text[i])))
			return usage_error("policy %s: line %zu column %zu: not an ASCII character",
					   file, line, column);
		if (text[i] == '\n') {
			line++;
			column = 0;
		}
	}
	return EXIT_OK;
}

static int file_read(const char *file, char *text, size_t size, size_t *len)
{
	FILE *in = fopen(file, "re");
	int err = 0;

	if (!in)
		err = errno;
	*len = in ? fread(text, 1, size, in) : 0;
	if (in && ferror(in))
		err = errno;
	if (in)
		fclose(in);
	if (!err)
		return EXIT_OK;
	system_error(err, "policy %s", file);
	return EXIT_USAGE;
}

/* The text goes along, so that every client can show the policy as it was written. */
static int put_document(struct policy *p, char *text, size_t len)
{
	json_error_t err;
	json_t *root;
	int ret;

	root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &err);
	if (!root)
		return usage_error("policy %s: invalid policy document: line %d column %d: %s",
				   p->file, err.line, err.column, err.text);
	ret = put_statements(p, root);
	json_decref(root);
	text[len] = '\0';
	return ret ? ret : put_data(p->nlh, VPC_A_ENDPOINT_POLICY_DOCUMENT, text, len + 1);
}

int put_policy(struct nlmsghdr *nlh, const struct word *w, const char *value)
{
	struct policy p = { .nlh = nlh, .file = value };
	char text[VPC_POLICY_DOCUMENT_MAX + 1];
	size_t len;
	int ret;

	(void)w;
	ret = file_read(value, text, sizeof(text), &len);
	if (!ret && len > VPC_POLICY_DOCUMENT_MAX)
		ret = usage_error("policy %s: a policy document has at most %u characters", value,
				  VPC_POLICY_DOCUMENT_MAX);
	if (!ret)
		ret = characters_check(value, text, len);
	return ret ? ret : put_document(&p, text, len);
}
