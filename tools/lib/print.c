// SPDX-License-Identifier: GPL-2.0
#include "print.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define PRINT_DEPTH	8

static struct {
	bool json;
	bool pretty;
	bool midline;			/* text: something stands on this line */
	unsigned int depth;
	bool array[PRINT_DEPTH];	/* JSON: what is open at each depth */
	bool filled[PRINT_DEPTH];
} out;

void print_init(bool json, bool pretty)
{
	out.json = json;
	out.pretty = pretty;
}

bool print_is_json(void)
{
	return out.json;
}

static void json_quote(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if ((unsigned char)*s < ' ')
			printf("\\u%04x", *s);
		else
			putchar(*s);
	}
	putchar('"');
}

static void json_newline(void)
{
	if (out.pretty)
		printf("\n%*s", 4 * (int)out.depth, "");
}

/* What stands before a value: the comma of its elder, its key unless an array holds it. */
static void json_lead(const char *key)
{
	if (out.filled[out.depth])
		putchar(',');
	if (out.depth)
		json_newline();
	out.filled[out.depth] = true;
	if (out.depth && !out.array[out.depth] && key) {
		json_quote(key);
		fputs(out.pretty ? ": " : ":", stdout);
	}
}

static void json_open(const char *key, bool array)
{
	json_lead(key);
	putchar(array ? '[' : '{');
	out.depth++;
	out.array[out.depth] = array;
	out.filled[out.depth] = false;
}

static void json_close(void)
{
	bool filled = out.filled[out.depth];
	bool array = out.array[out.depth];

	out.depth--;
	if (filled)
		json_newline();
	putchar(array ? ']' : '}');
	if (!out.depth) {
		putchar('\n');
		out.filled[0] = false;
	}
}

/* False if text has no place for the value. */
static bool text_lead(const char *label)
{
	if (!label)
		return false;
	if (out.midline)
		putchar(' ');
	out.midline = true;
	if (*label)
		printf("%s ", label);
	return true;
}

void print_array_open(const char *key)
{
	if (out.json)
		json_open(key, true);
}

void print_array_close(void)
{
	if (out.json)
		json_close();
}

void print_object_open(const char *key)
{
	if (out.json)
		json_open(key, false);
}

void print_object_close(void)
{
	if (out.json) {
		json_close();
	} else if (out.midline) {
		putchar('\n');
		out.midline = false;
	}
}

void print_string(const char *key, const char *label, const char *value)
{
	if (out.json) {
		json_lead(key);
		json_quote(value);
	} else if (text_lead(label)) {
		for (; *value; value++)		/* a description may be anything */
			putchar(iscntrl((unsigned char)*value) ? '?' : *value);
	}
}

void print_number(const char *key, const char *label, uint64_t value)
{
	if (out.json)
		json_lead(key);
	else if (!text_lead(label))
		return;
	printf("%" PRIu64, value);
}

/* The API has a number where people read a word. */
void print_switch(const char *key, const char *label, bool on)
{
	if (out.json)
		print_number(key, label, on);
	else
		print_string(key, label, on ? "on" : "off");
}

void print_flag(const char *key, const char *label)
{
	if (out.json) {
		json_lead(key);
		fputs("true", stdout);
	} else if (label) {
		print_string(key, "", key);
	}
}

const char *address_text(char buf[PRINT_ADDRESS_LEN], const void *addr, size_t len)
{
	int family = len == 4 ? AF_INET : len == 16 ? AF_INET6 : AF_UNSPEC;

	if (!inet_ntop(family, addr, buf, PRINT_ADDRESS_LEN))
		snprintf(buf, PRINT_ADDRESS_LEN, "?");
	return buf;
}

void print_address(const char *key, const char *label, const void *addr, size_t len)
{
	char buf[PRINT_ADDRESS_LEN];

	print_string(key, label, address_text(buf, addr, len));
}

void print_mac(const char *key, const char *label, const void *addr, size_t len)
{
	const uint8_t *m = addr;
	char buf[18] = "?";

	if (len == 6)
		snprintf(buf, sizeof(buf), "%02x:%02x:%02x:%02x:%02x:%02x",
			 m[0], m[1], m[2], m[3], m[4], m[5]);
	print_string(key, label, buf);
}

void print_prefix(const char *key, const char *label, const struct print_prefix *p)
{
	const char *description = p->description ? p->description : "";
	char addr[PRINT_ADDRESS_LEN], text[PRINT_ADDRESS_LEN + 80];

	address_text(addr, p->address, p->alen);
	if (out.json) {
		print_object_open(key);
		print_string("address", NULL, addr);
		print_number("length", NULL, p->length);
		if (*description)
			print_string("description", NULL, description);
		print_object_close();
		return;
	}
	snprintf(text, sizeof(text), "%s/%u%s%s", addr, p->length, *description ? "," : "",
		 description);
	print_string(key, label, text);
}

void print_text(const char *fmt, ...)
{
	va_list ap;

	if (out.json || !text_lead(""))
		return;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
}
