// SPDX-License-Identifier: GPL-2.0
#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS	4096		/* a power of two */

struct object {
	struct object *next;
	struct view_name *names;
	char id[VIEW_ID_SIZE];
};

static struct view_vpc *vpcs[BUCKETS];
static struct view_name *names[BUCKETS];
static struct object *objects[BUCKETS];

/* FNV-1a */
static uint32_t hash(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint32_t h = 2166136261u;

	while (len--)
		h = (h ^ *p++) * 16777619u;
	return h & (BUCKETS - 1);
}

static uint32_t hash_text(const char *text)
{
	return hash(text, strlen(text));
}

static uint32_t hash_source(uint32_t source)
{
	return hash(&source, sizeof(source));
}

static void name_free(struct view_name *name)
{
	struct view_name **at = &names[hash_text(name->name)];

	while (*at != name)
		at = &(*at)->next;
	*at = name->next;
	free(name);
}

static void object_free(struct object **at)
{
	struct object *object = *at;
	struct view_name *name, *next;

	for (name = object->names; name; name = next) {
		next = name->next_own;
		name_free(name);
	}
	*at = object->next;
	free(object);
}

static struct object **object_find(const char *id)
{
	struct object **at = &objects[hash_text(id)];

	while (*at && strcmp((*at)->id, id))
		at = &(*at)->next;
	return at;
}

static struct object *object_get(const char *id)
{
	struct object **at = object_find(id);

	if (*at)
		return *at;
	*at = calloc(1, sizeof(**at));
	if (*at)
		snprintf((*at)->id, sizeof((*at)->id), "%s", id);
	return *at;
}

/* VPCs are few and their questions many: to find one by its id takes a walk. */
static struct view_vpc **vpc_find(const char *id)
{
	struct view_vpc **at;
	unsigned int i;

	for (i = 0; i < BUCKETS; i++)
		for (at = &vpcs[i]; *at; at = &(*at)->next)
			if (!strcmp((*at)->id, id))
				return at;
	return NULL;
}

static void vpc_unlink(struct view_vpc **at)
{
	*at = (*at)->next;
}

static void vpc_link(struct view_vpc *vpc)
{
	struct view_vpc **head = &vpcs[hash_source(vpc->source)];

	vpc->next = *head;
	*head = vpc;
}

void view_clear(void)
{
	struct view_vpc *vpc;
	unsigned int i;

	for (i = 0; i < BUCKETS; i++) {
		while (objects[i])
			object_free(&objects[i]);
		while ((vpc = vpcs[i])) {
			vpc_unlink(&vpcs[i]);
			free(vpc);
		}
	}
}

bool view_set_vpc(const char *id, uint32_t source, bool dns_support, const char *region)
{
	struct view_vpc **at = vpc_find(id), *vpc;

	if (at) {
		vpc = *at;
		vpc_unlink(at);
	} else {
		vpc = calloc(1, sizeof(*vpc));
		if (!vpc)
			return false;
		snprintf(vpc->id, sizeof(vpc->id), "%s", id);
	}
	vpc->source = source;
	vpc->dns_support = dns_support;
	dns_region_domain(region, vpc->domain);
	vpc_link(vpc);
	return true;
}

struct view_vpc *view_vpc(const char *id)
{
	struct view_vpc **at = vpc_find(id);

	return at ? *at : NULL;
}

struct view_vpc *view_vpc_by_source(uint32_t source)
{
	struct view_vpc *vpc = vpcs[hash_source(source)];

	while (vpc && vpc->source != source)
		vpc = vpc->next;
	return source ? vpc : NULL;
}

void view_del(const char *id)
{
	struct object **object = object_find(id);
	struct view_vpc **at = vpc_find(id), *vpc;

	if (*object)
		object_free(object);
	if (!at)
		return;
	vpc = *at;
	vpc_unlink(at);
	free(vpc);
}

bool view_add(const char *id, const char *vpc, const char *text, const uint32_t *addrs,
	      unsigned int n)
{
	struct view_name *name, **head = &names[hash_text(text)];
	struct object *object = object_get(id);

	if (!object)
		return false;
	name = calloc(1, sizeof(*name) + strlen(text) + 1);
	if (!name)
		return false;
	strcpy(name->name, text);
	snprintf(name->vpc, sizeof(name->vpc), "%s", vpc);
	name->n = n < VIEW_ADDRS_MAX ? n : VIEW_ADDRS_MAX;
	if (name->n)
		memcpy(name->addrs, addrs, name->n * sizeof(*addrs));
	name->next_own = object->names;
	object->names = name;
	name->next = *head;
	*head = name;
	return true;
}

struct view_name *view_find(const struct view_vpc *vpc, const char *text)
{
	struct view_name *name, *all = NULL;

	for (name = names[hash_text(text)]; name; name = name->next) {
		if (strcmp(name->name, text))
			continue;
		if (!strcmp(name->vpc, vpc->id))
			return name;
		if (!*name->vpc)
			all = name;
	}
	return all;
}

bool view_in_domain(const struct view_vpc *vpc, const char *name)
{
	size_t len = strlen(name), domain = strlen(vpc->domain);
	const char *end = name + len - domain;

	if (!domain || len < domain || strcmp(end, vpc->domain))
		return false;
	return end == name || end[-1] == '.';
}
