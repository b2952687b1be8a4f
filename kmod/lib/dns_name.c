// SPDX-License-Identifier: GPL-2.0
#include "dns_name.h"

#include <linux/string.h>

#define LABEL_MAX	63
#define NAME_MAX_LEN	253

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Of @len characters; a hyphen is not at either end (RFC 1123, 2.1). */
static bool label_valid(const char *label, size_t len)
{
	size_t i;

	if (!len || len > LABEL_MAX || label[0] == '-' || label[len - 1] == '-')
		return false;
	for (i = 0; i < len; i++)
		if (!is_letter(label[i]) && label[i] != '-')
			return false;
	return true;
}

bool vpc_dns_name_valid(const char *name)
{
	const char *dot;

	if (strlen(name) > NAME_MAX_LEN)
		return false;
	while ((dot = strchr(name, '.'))) {
		if (!label_valid(name, dot - name))
			return false;
		name = dot + 1;
	}
	return label_valid(name, strlen(name));
}

void vpc_dns_name_reverse(const char *name, char *out)
{
	size_t len = strlen(name), at = len, label;
	const char *dot;

	out[len] = '\0';
	for (;;) {
		dot = strchr(name, '.');
		label = dot ? dot - name : strlen(name);
		at -= label;
		memcpy(out + at, name, label);
		if (!dot)
			return;
		out[--at] = '.';
		name = dot + 1;
	}
}
