// SPDX-License-Identifier: GPL-2.0
/* The groups and targets that the router has, and what it is told about them. */

#include "vpcd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>

struct target *targets;

static struct target_group *groups;
static struct nl ask, events;

int targets_open(void)
{
	struct nl_error err;
	int ret;

	ret = nl_open(&ask, NETLINK_GENERIC);
	if (!ret)
		ret = nl_resolve(&ask, VPC_FAMILY_NAME, VPC_MCGRP_EVENTS, &err);
	if (!ret)
		ret = nl_open(&events, NETLINK_GENERIC);
	if (ret)
		return ret;
	events.family = ask.family;
	events.events = ask.events;
	return nl_subscribe(&events);
}

int targets_event_fd(void)
{
	return mnl_socket_get_fd(events.sock);
}

/* A change of any of these may be one of what is checked. */
static int event(const struct nlmsghdr *nlh, void *data)
{
	const struct genlmsghdr *genl;
	bool *news = data;

	if (!nlh) {		/* some were lost */
		*news = true;
		return 0;
	}
	genl = mnl_nlmsg_get_payload(nlh);
	switch (genl->cmd) {
	case VPC_CMD_TARGET_GROUP_NEW_NTF:
	case VPC_CMD_TARGET_GROUP_DEL_NTF:
	case VPC_CMD_TARGET_NEW_NTF:
	case VPC_CMD_TARGET_DEL_NTF:
	case VPC_CMD_LISTENER_NEW_NTF:
	case VPC_CMD_LISTENER_DEL_NTF:
		*news = true;
	}
	return 0;
}

bool targets_events(void)
{
	bool news = false;
	int err = nl_events(&events, event, &news);

	if (err)
		say("events: %s", strerror(-err));
	return news;
}

static const char *text(const struct nlattr *attr)
{
	return attr ? mnl_attr_get_str(attr) : "";
}

static uint8_t u8(const struct nlattr *attr)
{
	return attr ? mnl_attr_get_u8(attr) : 0;
}

static uint16_t u16(const struct nlattr *attr)
{
	return attr ? mnl_attr_get_u16(attr) : 0;
}

static uint32_t u32(const struct nlattr *attr)
{
	return attr ? mnl_attr_get_u32(attr) : 0;
}

static struct in_addr addr(const struct nlattr *attr)
{
	struct in_addr a = { 0 };

	if (attr)
		memcpy(&a, mnl_attr_get_payload(attr), sizeof(a));
	return a;
}

static void copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

/* The first of each type. */
static void index_attrs(const struct nlmsghdr *nlh, const struct nlattr **tb, size_t n)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) < n && !tb[mnl_attr_get_type(attr)])
			tb[mnl_attr_get_type(attr)] = attr;
}

static struct target_group *group_find(const char *id)
{
	struct target_group *group;

	for (group = groups; group && strcmp(group->id, id); group = group->next)
		;
	return group;
}

static struct target_group *group_get(const char *id)
{
	struct target_group *group = group_find(id);

	if (group)
		return group;
	group = calloc(1, sizeof(*group));
	if (!group)
		return NULL;
	copy(group->id, sizeof(group->id), id);
	group->next = groups;
	groups = group;
	return group;
}

/* A group with many targets comes in several messages, which say the same of it. */
static int group_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[VPC_A_TARGET_GROUP_MAX + 1] = { NULL };
	struct target_group *group;

	(void)data;
	index_attrs(nlh, tb, VPC_A_TARGET_GROUP_MAX + 1);
	group = group_get(text(tb[VPC_A_TARGET_GROUP_ID]));
	if (!group)
		return -ENOMEM;
	group->seen = true;
	group->protocol = u8(tb[VPC_A_TARGET_GROUP_HEALTH_CHECK_PROTOCOL]);
	group->interval = u32(tb[VPC_A_TARGET_GROUP_HEALTH_CHECK_INTERVAL]);
	group->timeout = u32(tb[VPC_A_TARGET_GROUP_HEALTH_CHECK_TIMEOUT]);
	group->healthy = u8(tb[VPC_A_TARGET_GROUP_HEALTHY_THRESHOLD]);
	group->unhealthy = u8(tb[VPC_A_TARGET_GROUP_UNHEALTHY_THRESHOLD]);
	group->matcher_from = u16(tb[VPC_A_TARGET_GROUP_MATCHER_FROM]);
	group->matcher_to = u16(tb[VPC_A_TARGET_GROUP_MATCHER_TO]);
	group->listener_port = u16(tb[VPC_A_TARGET_GROUP_LISTENER_PORT]);
	copy(group->path, sizeof(group->path), text(tb[VPC_A_TARGET_GROUP_HEALTH_CHECK_PATH]));
	return 0;
}

static struct target *target_get(const char *id)
{
	struct target **at = &targets;

	for (; *at; at = &(*at)->next)
		if (!strcmp((*at)->id, id))
			return *at;
	*at = calloc(1, sizeof(**at));
	if (*at)
		copy((*at)->id, sizeof((*at)->id), id);
	return *at;
}

/* What the router has is where this begins: after a restart, or with a node more (NLB-22). */
static enum verdict verdict_of(uint8_t state)
{
	switch (state) {
	case VPC_TARGET_STATE_HEALTHY:
		return VERDICT_HEALTHY;
	case VPC_TARGET_STATE_UNHEALTHY:
	case VPC_TARGET_STATE_UNHEALTHY_DRAINING:
		return VERDICT_UNHEALTHY;
	default:
		return VERDICT_NONE;
	}
}

static struct probe *probe_get(struct target *target, struct in_addr address)
{
	struct probe *probe;

	for (probe = target->probes; probe; probe = probe->next)
		if (probe->address.s_addr == address.s_addr)
			return probe;
	probe = calloc(1, sizeof(*probe));
	if (!probe)
		return NULL;
	probe->target = target;
	probe->address = address;
	probe->fd = -1;
	probe->verdict = verdict_of(target->state);
	/* Not all of them in one moment */
	probe->due = now_ms() + random() % 1000;
	probe->next = target->probes;
	target->probes = probe;
	return probe;
}

static int probe_read(struct target *target, const struct nlattr *nest)
{
	const struct nlattr *node = NULL, *address = NULL, *attr;
	struct probe *probe;

	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) == VPC_A_TARGET_PROBE_NODE)
			node = attr;
		else if (mnl_attr_get_type(attr) == VPC_A_TARGET_PROBE_ADDRESS)
			address = attr;
	}
	probe = probe_get(target, addr(address));
	if (!probe)
		return -ENOMEM;
	probe->node = addr(node);
	probe->seen = true;
	return 0;
}

static int target_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[VPC_A_TARGET_MAX + 1] = { NULL }, *attr;
	struct target *target;
	struct target_group *group;
	int err = 0;

	(void)data;
	index_attrs(nlh, tb, VPC_A_TARGET_MAX + 1);
	group = group_find(text(tb[VPC_A_TARGET_TARGET_GROUP]));
	if (!group)		/* newer than the dump of groups: its event has yet to be read */
		return 0;
	target = target_get(text(tb[VPC_A_TARGET_ID]));
	if (!target)
		return -ENOMEM;
	target->seen = true;
	target->group = group;
	target->port = u16(tb[VPC_A_TARGET_HEALTH_CHECK_PORT]);
	target->state = u8(tb[VPC_A_TARGET_STATE]);
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (!err && mnl_attr_get_type(attr) == VPC_A_TARGET_PROBE)
			err = probe_read(target, attr);
	return err;
}

static void probes_sweep(struct target *target)
{
	struct probe **at = &target->probes, *probe;

	while ((probe = *at)) {
		if (target->seen && probe->seen) {
			probe->seen = false;
			at = &probe->next;
			continue;
		}
		*at = probe->next;
		check_stop(probe);
		free(probe);
	}
}

/* What the dumps did not have is gone. */
static void sweep(void)
{
	struct target **at = &targets, *target;
	struct target_group **g = &groups, *group;

	while ((target = *at)) {
		probes_sweep(target);
		if (target->seen) {
			target->seen = false;
			at = &target->next;
			continue;
		}
		*at = target->next;
		free(target);
	}
	while ((group = *g)) {
		if (group->seen) {
			group->seen = false;
			g = &group->next;
			continue;
		}
		*g = group->next;
		free(group);
	}
}

static void forget_seen(void)
{
	struct target *target;
	struct target_group *group;
	struct probe *probe;

	for (group = groups; group; group = group->next)
		group->seen = false;
	for (target = targets; target; target = target->next) {
		target->seen = false;
		for (probe = target->probes; probe; probe = probe->next)
			probe->seen = false;
	}
}

static int dump(uint8_t cmd, nl_fn fn)
{
	char buf[NLMSG_HDRLEN + GENL_HDRLEN] __attribute__((aligned(8)));
	struct nl_error err;
	int ret = nl_dump(&ask, nl_request(buf, cmd, VPC_GENL_VERSION), fn, NULL, &err);

	if (ret)
		say("dump: %s", *err.text ? err.text : strerror(-ret));
	return ret;
}

int targets_sync(void)
{
	struct target *target;
	int err;

	forget_seen();
	err = dump(VPC_CMD_TARGET_GROUP_GET, group_read);
	if (!err)
		err = dump(VPC_CMD_TARGET_GET, target_read);
	if (err)
		return err;
	sweep();
	/* A node that is gone may have been the one that found it ill. */
	for (target = targets; target; target = target->next)
		target_judge(target);
	return 0;
}

/* Well if all nodes say so, ill if any does, else as it was. */
static enum verdict combined(const struct target *target, const char **reason)
{
	enum verdict verdict = target->probes ? VERDICT_HEALTHY : VERDICT_NONE;
	const struct probe *probe;

	for (probe = target->probes; probe; probe = probe->next) {
		if (probe->verdict == VERDICT_UNHEALTHY) {
			*reason = probe->reason;
			return VERDICT_UNHEALTHY;
		}
		if (probe->verdict == VERDICT_NONE)
			verdict = VERDICT_NONE;
	}
	return verdict;
}

void target_judge(struct target *target)
{
	char buf[NLMSG_HDRLEN + GENL_HDRLEN + 128] __attribute__((aligned(8)));
	const char *reason = NULL;
	enum verdict verdict = combined(target, &reason);
	struct nlmsghdr *nlh;
	struct nl_error err;

	if (verdict == VERDICT_NONE || verdict == verdict_of(target->state))
		return;
	nlh = nl_request(buf, VPC_CMD_TARGET_SET, VPC_GENL_VERSION);
	mnl_attr_put_strz(nlh, VPC_A_TARGET_ID, target->id);
	if (reason)
		mnl_attr_put_strz(nlh, VPC_A_TARGET_REASON, reason);
	mnl_attr_put_u8(nlh, VPC_A_TARGET_HEALTH, verdict == VERDICT_HEALTHY ?
			VPC_TARGET_HEALTH_HEALTHY : VPC_TARGET_HEALTH_UNHEALTHY);
	/* One that is gone, or is being deregistered, has had its event. */
	if (nl_talk(&ask, nlh, NULL, NULL, &err)) {
		say("%s: %s", target->id, *err.text ? err.text : strerror(err.code));
		return;
	}
	target->state = verdict == VERDICT_HEALTHY ? VPC_TARGET_STATE_HEALTHY :
						     VPC_TARGET_STATE_UNHEALTHY;
	say("%s is %s%s%s", target->id, verdict == VERDICT_HEALTHY ? "healthy" : "unhealthy",
	    reason ? ": " : "", reason ? reason : "");
}
