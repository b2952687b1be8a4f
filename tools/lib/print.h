/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One call serves text and JSON, as iproute2's json_print. In text a value follows its label;
 * an empty label prints the value alone, a NULL one keeps it for JSON only.
 */

#ifndef VPC_TOOLS_PRINT_H
#define VPC_TOOLS_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct print_prefix {
	const void *address;
	size_t alen;
	unsigned int length;
	const char *description;	/* or NULL */
};

#define PRINT_ADDRESS_LEN	64

void print_init(bool json, bool pretty);
bool print_is_json(void);

/* A document is a list of objects; in text an outermost object is a line. */
void print_array_open(const char *key);
void print_array_close(void);
void print_object_open(const char *key);
void print_object_close(void);

void print_string(const char *key, const char *label, const char *value);
void print_number(const char *key, const char *label, uint64_t value);
void print_switch(const char *key, const char *label, bool on);
void print_flag(const char *key, const char *label);
void print_address(const char *key, const char *label, const void *addr, size_t len);
void print_mac(const char *key, const char *label, const void *addr, size_t len);
void print_prefix(const char *key, const char *label, const struct print_prefix *p);
void print_text(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

const char *address_text(char buf[PRINT_ADDRESS_LEN], const void *addr, size_t len);

#endif
