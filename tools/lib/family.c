// SPDX-License-Identifier: GPL-2.0
/* From the name of a generic netlink family to its number and its event group's. */

#include "nl.h"

#include <errno.h>
#include <string.h>
#include <linux/genetlink.h>

struct lookup {
	struct nl *nl;
	const char *group;
	uint16_t family;
};

static void group_parse(struct lookup *l, const struct nlattr *group)
{
	const struct nlattr *attr;
	const char *name = "";
	uint32_t id = 0;

	mnl_attr_for_each_nested(attr, group) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
			name = mnl_attr_get_str(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
			id = mnl_attr_get_u32(attr);
	}
	if (!strcmp(name, l->group))
		l->nl->events = id;
}

static int family_parse(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *group;
	struct lookup *l = data;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			l->family = mnl_attr_get_u16(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			mnl_attr_for_each_nested(group, attr)
				group_parse(l, group);
	}
	return 0;
}

int nl_resolve(struct nl *nl, const char *family, const char *group, struct nl_error *err)
{
	char buf[NLMSG_HDRLEN + GENL_HDRLEN + 64] __attribute__((aligned(8)));
	struct nlmsghdr *nlh = nl_request(buf, CTRL_CMD_GETFAMILY, 1);
	struct lookup l = { .nl = nl, .group = group };
	int ret;

	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, family);
	ret = nl_talk(nl, nlh, family_parse, &l, err);
	nl->family = l.family;
	return ret;
}
