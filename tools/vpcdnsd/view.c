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

static struct view_vpc *vpcs[BUCKETS];		/* by id */
static struct view_vpc *sources[BUCKETS];	/* by source */
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

static struct view_vpc **vpc_find(const char *id)
{
	struct view_vpc **at = &vpcs[hash_text(id)];

	while (*at && strcmp((*at)->id, id))
		at = &(*at)->next;
	return at;
}

static void source_set(struct view_vpc *vpc, uint32_t source)
{
	struct view_vpc **head = &sources[hash_source(source)];

	vpc->source = source;
	vpc->next_source = *head;
	*head = vpc;
}

static void source_unset(struct view_vpc *vpc)
{
	struct view_vpc **at = &sources[hash_source(vpc->source)];

	while (*at != vpc)
		at = &(*at)->next_source;
	*at = vpc->next_source;
}

static void vpc_free(struct view_vpc **at)
{
	struct view_vpc *vpc = *at;

	source_unset(vpc);
	*at = vpc->next;
	free(vpc);
}

void view_clear(void)
{
	unsigned int i;

	for (i = 0; i < BUCKETS; i++) {
		while (objects[i])
			object_free(&objects[i]);
		while (vpcs[i])
			vpc_free(&vpcs[i]);
	}
}

bool view_set_vpc(const char *id, uint32_t source, bool dns_support, const char *region)
{
	struct view_vpc **at = vpc_find(id), *vpc = *at;

	if (vpc) {
		source_unset(vpc);
	} else {
		vpc = calloc(1, sizeof(*vpc));
		if (!vpc)
			return false;
		snprintf(vpc->id, sizeof(vpc->id), "%s", id);
		*at = vpc;
	}
	source_set(vpc, source);
	vpc->dns_support = dns_support;
	dns_region_domain(region, vpc->domain);
	return true;
}

struct view_vpc *view_vpc(const char *id)
{
	return *vpc_find(id);
}

struct view_vpc *view_vpc_by_source(uint32_t source)
{
	struct view_vpc *vpc = sources[hash_source(source)];

	while (vpc && vpc->source != source)
		vpc = vpc->next_source;
	return source ? vpc : NULL;
}

void view_del(const char *id)
{
	struct object **object = object_find(id);
	struct view_vpc **vpc = vpc_find(id);

	if (*object)
		object_free(object);
	if (*vpc)
		vpc_free(vpc);
}

/* With room for @more characters behind the name. */
static struct view_name *name_new(const char *id, const char *vpc, const char *text, size_t more)
{
	struct view_name *name, **head = &names[hash_text(text)];
	struct object *object = object_get(id);

	name = object ? calloc(1, sizeof(*name) + strlen(text) + 1 + more) : NULL;
	if (!name)
		return NULL;
	memcpy(name->name, text, strlen(text));
	snprintf(name->vpc, sizeof(name->vpc), "%s", vpc);
	name->next_own = object->names;
	object->names = name;
	name->next = *head;
	*head = name;
	return name;
}

bool view_add(const char *id, const char *vpc, const char *text, const uint32_t *addrs,
	      unsigned int n)
{
	struct view_name *name = name_new(id, vpc, text, 0);

	if (!name)
		return false;
	name->n = n < VIEW_ADDRS_MAX ? n : VIEW_ADDRS_MAX;
	if (name->n)
		memcpy(name->addrs, addrs, name->n * sizeof(*addrs));
	return true;
}

bool view_add_alias(const char *id, const char *vpc, const char *text, const char *alias)
{
	size_t size = strlen(alias) + 1;
	struct view_name *name = name_new(id, vpc, text, size);

	if (!name)
		return false;
	name->alias = memcpy(name->name + strlen(text) + 1, alias, size);
	return true;
}

static struct view_name *find_exact(const struct view_vpc *vpc, const char *text)
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

struct view_name *view_find(const struct view_vpc *vpc, const char *text)
{
	struct view_name *name = find_exact(vpc, text);
	char all[DNS_NAME_SIZE + 1];

	while (!name && (text = strchr(text, '.'))) {
		snprintf(all, sizeof(all), "*%s", text++);
		name = find_exact(vpc, all);
		if (!name && find_exact(vpc, text))	/* what is below that is not above it (RFC 4592) */
			break;
	}
	return name;
}

bool view_in_domain(const struct view_vpc *vpc, const char *name)
{
	size_t len = strlen(name), domain = strlen(vpc->domain);
	const char *end = name + len - domain;

	if (!domain || len < domain || strcmp(end, vpc->domain))
		return false;
	return end == name || end[-1] == '.';
}
