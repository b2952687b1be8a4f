// SPDX-License-Identifier: GPL-2.0
/* Rules of security groups; the groups are in security_group.c. */

#include "../net.h"
#include "nouns.h"
#include "prefix_list.h"
#include "security_group.h"
#include "txn.h"
#include "vpc.h"

static const char *direction_name(u8 direction)
{
	return direction == VPC_DIRECTION_EGRESS ? "egress" : "ingress";
}

/* What @rule counts against the limit of @family (SG-8, PFX-3); of members both. */
static u32 rule_weight(const struct vpc_rule *rule, u8 family)
{
	if (rule->pl)
		return vpc_list_family(rule->pl) == family ? vpc_list_weight(rule->pl) : 0;
	return rule->peer == VPC_PEER_GROUP || rule->cidr.family == family;
}

/* Room of @family for @rule, or for what there is if that is NULL. */
static int check_family_room(struct vpc_txn *txn, const struct vpc_group *group, u8 direction,
			     u8 family, const struct vpc_rule *rule, struct netlink_ext_ack *extack)
{
	u32 max = txn->vnet->limits.group_rules;
	const struct vpc_group_rule *entry;
	char buf[VPC_ID_STRLEN];
	u64 weight = rule ? rule_weight(rule, family) : 0;

	list_for_each_entry(entry, &group->rules, list)
		if (entry->rule.direction == direction)
			weight += rule_weight(&entry->rule, family);
	if (weight <= max)
		return 0;
	return vpc_refuse(extack, -ENOSPC, "limit of %u %s rules of group \"%s\" reached", max,
			  direction_name(direction), vpc_obj_label(&group->obj, buf));
}

static int check_room(struct vpc_txn *txn, const struct vpc_group *group, u8 direction,
		      const struct vpc_rule *rule, struct netlink_ext_ack *extack)
{
	int err = check_family_room(txn, group, direction, AF_INET, rule, extack);

	return err ? err : check_family_room(txn, group, direction, AF_INET6, rule, extack);
}

int vpc_group_check_list(struct vpc_txn *txn, const struct vpc_list *pl,
			 struct netlink_ext_ack *extack)
{
	struct vpc_group *group;
	struct vpc_obj *obj;
	u8 direction;
	int err;

	list_for_each_entry(obj, &txn->vnet->kinds[VPC_KIND_SECURITY_GROUP], list) {
		group = obj_to_group(obj);
		for (direction = 0; direction < ARRAY_SIZE(group->n_rules); direction++) {
			if (!vpc_group_names_list(group, direction, pl))
				continue;
			err = check_room(txn, group, direction, NULL, extack);
			if (err)
				return err;
		}
	}
	return 0;
}

static bool rule_same(const struct vpc_rule *a, const struct vpc_rule *b)
{
	if (a->direction != b->direction || a->peer != b->peer || a->first != b->first ||
	    a->last != b->last)
		return false;
	if (a->peer == VPC_PEER_CIDR)
		return vpc_prefix_equal(&a->cidr, &b->cidr);
	return a->pl == b->pl && a->group == b->group;
}

struct vpc_group_rule *vpc_rule_find(const struct vpc_group *group, const struct vpc_rule *rule)
{
	struct vpc_group_rule *entry;

	list_for_each_entry(entry, &group->rules, list)
		if (rule_same(&entry->rule, rule))
			return entry;
	return NULL;
}

static struct vpc_group_rule *rule_find_id(const struct vpc_group *group, u64 id)
{
	struct vpc_group_rule *entry;

	list_for_each_entry(entry, &group->rules, list)
		if (entry->id == id)
			return entry;
	return NULL;
}

int vpc_rule_add(struct vpc_txn *txn, struct vpc_group *group, const struct vpc_rule *rule,
		 const char *description)
{
	size_t size = description ? strlen(description) + 1 : 1;
	u32 *n = &group->n_rules[rule->direction];
	struct vpc_group_rule *entry;

	entry = vpc_edit_alloc(&txn->edit, struct_size(entry, description, size));
	if (!entry)
		return -ENOMEM;
	entry->id = vpc_id_new();
	entry->seq = ++txn->vnet->seq;
	entry->rule = *rule;
	vpc_str_set(entry->description, description, size);
	vpc_txn_list_add_tail(txn, &entry->list, &group->rules);
	vpc_txn_set(txn, *n, *n + 1);
	if (rule->pl)
		vpc_list_add_user(txn, rule->pl, VPC_LIST_RULES);
	vpc_group_changed(txn, group);
	return txn->err;
}

void vpc_rule_remove(struct vpc_txn *txn, struct vpc_group *group, struct vpc_group_rule *entry)
{
	struct vpc_list *pl = entry->rule.pl;
	u32 *n = &group->n_rules[entry->rule.direction];

	vpc_txn_list_del(txn, &entry->list);
	vpc_txn_set(txn, *n, *n - 1);
	if (pl)
		vpc_list_del_user(txn, pl, VPC_LIST_RULES);
	vpc_group_changed(txn, group);
	if (vpc_edit_replace(&txn->edit, entry))
		txn->err = -ENOMEM;
}

/* The points that @cfg allows; all of what it does not narrow. */
static int resolve_points(const struct vpc_group_cfg *cfg, struct vpc_rule *rule,
			  struct netlink_ext_ack *extack)
{
	u8 proto = cfg->proto.val;
	u16 low = 0, high = U16_MAX;

	rule->last = VPC_POINT_MAX;
	if (cfg->port_from.set) {
		if (proto != IPPROTO_TCP && proto != IPPROTO_UDP)
			return vpc_refuse(extack, -EINVAL, "only tcp and udp have ports");
		low = cfg->port_from.val;
		high = cfg->port_to.val;
		if (low > high)
			return vpc_refuse(extack, -EINVAL, "port %u is above port %u", low, high);
	}
	if (cfg->icmp_type.set) {
		if (proto != IPPROTO_ICMP && proto != IPPROTO_ICMPV6)
			return vpc_refuse(extack, -EINVAL, "only icmp has types");
		low = VPC_POINT_ICMP(cfg->icmp_type.val, cfg->icmp_code.val);
		high = cfg->icmp_code.set ? low : low | 0xff;
	}
	if (!cfg->proto.set)
		return 0;
	rule->first = VPC_POINT(proto, low);
	rule->last = VPC_POINT(proto, high);
	return 0;
}

static int resolve_rule(struct vpc_txn *txn, const struct vpc_group *group,
			const struct vpc_group_cfg *cfg, struct vpc_rule *rule,
			struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj;
	int err;

	*rule = (struct vpc_rule){ .direction = cfg->direction };
	err = resolve_points(cfg, rule, extack);
	if (err)
		return err;
	if (cfg->list) {
		obj = vpc_obj_find(txn->vnet, VPC_KIND_PREFIX_LIST, cfg->list, NULL, extack);
		if (!obj)
			return -ENOENT;
		rule->peer = VPC_PEER_LIST;
		rule->pl = obj_to_list(obj);
		return 0;
	}
	if (cfg->group) {
		obj = vpc_obj_find(txn->vnet, VPC_KIND_SECURITY_GROUP, cfg->group, group->obj.vpc,
				   extack);
		if (!obj)
			return -ENOENT;
		rule->peer = VPC_PEER_GROUP;
		rule->group = obj->id;
		return 0;
	}
	rule->peer = VPC_PEER_CIDR;
	rule->cidr = cfg->cidr.p;
	return vpc_prefix_given(&cfg->cidr, "cidr", extack);
}

/* What it allows, as in "tcp 80-90", "icmp 8/0", "protocol 47"; the length of the text. */
static int points_text(const struct vpc_rule *rule, char *buf, size_t size)
{
	u16 low = rule->first, high = rule->last;
	u8 proto = rule->first >> 16;

	if (vpc_rule_all(rule))
		return scnprintf(buf, size, "all");
	if (proto == IPPROTO_TCP || proto == IPPROTO_UDP)
		return scnprintf(buf, size, low == high ? "%s %u" : "%s %u-%u",
				 proto == IPPROTO_TCP ? "tcp" : "udp", low, high);
	if (proto == IPPROTO_ICMP || proto == IPPROTO_ICMPV6)
		return scnprintf(buf, size, "%s %d/%d", proto == IPPROTO_ICMP ? "icmp" : "icmpv6",
				 high - low < 0x100 ? low >> 8 : -1,
				 high == low ? low & 0xff : -1);
	return scnprintf(buf, size, "protocol %u", proto);
}

/* "ingress tcp 80-90 10.0.0.0/8" into @buf of RULE_STRLEN bytes, for messages. */
#define RULE_STRLEN	60

static const char *rule_text(const struct vpc_rule *rule, char *buf)
{
	char peer[VPC_PREFIX_STRLEN];
	int len;

	static_assert(VPC_PREFIX_STRLEN >= VPC_ID_STRLEN);
	len = scnprintf(buf, RULE_STRLEN, "%s ", direction_name(rule->direction));
	len += points_text(rule, buf + len, RULE_STRLEN - len);
	if (rule->peer == VPC_PEER_CIDR)
		vpc_prefix_text(&rule->cidr, peer);
	else if (rule->peer == VPC_PEER_LIST)
		vpc_id_format(VPC_KIND_PREFIX_LIST, rule->pl->obj.id, peer);
	else
		vpc_id_format(VPC_KIND_SECURITY_GROUP, rule->group, peer);
	scnprintf(buf + len, RULE_STRLEN - len, " %s", peer);
	return buf;
}

VPC_OP(vpc_group_rule_create)
{
	const struct vpc_group_cfg *cfg = &op->group;
	struct vpc_group *group = vpc_group_find(txn, cfg->id, extack);
	char text[RULE_STRLEN];
	struct vpc_rule rule;
	int err;

	if (!group)
		return -ENOENT;
	err = resolve_rule(txn, group, cfg, &rule, extack);
	if (err)
		return err;
	if (rule.group && !vpc_rule_group(txn->vnet, group, &rule))	/* SG-6 */
		return vpc_refuse(extack, -EINVAL,
				  "security group \"%.32s\" is in a vpc without peering",
				  cfg->group);
	if (vpc_rule_find(group, &rule))					/* SG-3 */
		return vpc_refuse(extack, -EEXIST, "rule %s exists already",
				  rule_text(&rule, text));
	err = check_room(txn, group, rule.direction, &rule, extack);
	if (!err && rule.pl)
		err = vpc_list_check_user(txn, rule.pl, VPC_LIST_RULES, extack);
	if (err)
		return err;
	*result = &group->obj;
	return vpc_rule_add(txn, group, &rule, cfg->description);
}

/* The rule that @cfg names, by its id or by all that it says. */
static struct vpc_group_rule *rule_get(struct vpc_txn *txn, const struct vpc_group *group,
				       const struct vpc_group_cfg *cfg,
				       struct netlink_ext_ack *extack)
{
	struct vpc_group_rule *entry;
	char text[RULE_STRLEN];
	struct vpc_rule rule;
	int err;

	if (cfg->rule) {
		entry = rule_find_id(group, vpc_id_parse(VPC_RULE_PREFIX, cfg->rule));
		if (entry)
			return entry;
		err = vpc_refuse(extack, -ENOENT, "rule \"%.44s\" not found", cfg->rule);
		return ERR_PTR(err);
	}
	err = resolve_rule(txn, group, cfg, &rule, extack);
	if (err)
		return ERR_PTR(err);
	entry = vpc_rule_find(group, &rule);
	if (entry)
		return entry;
	err = vpc_refuse(extack, -ENOENT, "rule %s not found", rule_text(&rule, text));
	return ERR_PTR(err);
}

VPC_OP(vpc_group_rule_delete)
{
	struct vpc_group *group = vpc_group_find(txn, op->group.id, extack);
	struct vpc_group_rule *entry;

	if (!group)
		return -ENOENT;
	entry = rule_get(txn, group, &op->group, extack);
	if (IS_ERR(entry))
		return PTR_ERR(entry);
	*result = &group->obj;
	vpc_rule_remove(txn, group, entry);
	return txn->err;
}
