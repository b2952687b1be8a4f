// SPDX-License-Identifier: GPL-2.0
#include "object.h"

#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/jhash.h>
#include <linux/random.h>
#include <linux/string.h>

#include "../net.h"
#include "rtb.h"
#include "txn.h"
#include "vpc.h"

/* What AWS puts before the digits, and what its messages call the thing. */
static const struct {
	const char *prefix;
	const char *name;
} kinds[] = {
	[VPC_KIND_VPC] = { "vpc", "vpc" },
	[VPC_KIND_SUBNET] = { "subnet", "subnet" },
	[VPC_KIND_ENI] = { "eni", "network interface" },
	[VPC_KIND_UPLINK] = { "uplink", "uplink" },
	[VPC_KIND_ROUTE_TABLE] = { "rtb", "route table" },
	[VPC_KIND_ASSOCIATION] = { "rtbassoc", "association" },
	[VPC_KIND_PREFIX_LIST] = { "pl", "prefix list" },
	[VPC_KIND_IGW] = { "igw", "internet gateway" },
	[VPC_KIND_EIP] = { "eipalloc", "elastic ip" },
	[VPC_KIND_SERVICE] = { "svc", "service" },
	[VPC_KIND_ENDPOINT] = { "vpce", "endpoint" },
	[VPC_KIND_PEERING] = { "pcx", "peering connection" },
	[VPC_KIND_SECURITY_GROUP] = { "sg", "security group" },
	[VPC_KIND_NETWORK_ACL] = { "acl", "network acl" },
	[VPC_KIND_EIGW] = { "eigw", "egress-only internet gateway" },
	[VPC_KIND_NAT_GATEWAY] = { "nat", "nat gateway" },
	[VPC_KIND_NLB] = { "nlb", "load balancer" },
	[VPC_KIND_LISTENER] = { "listener", "listener" },
	[VPC_KIND_TARGET_GROUP] = { "tg", "target group" },
	[VPC_KIND_TARGET] = { "target", "target" },
	[VPC_KIND_ENDPOINT_SERVICE] = { "vpce-svc", "endpoint service" },
};

#define ID_DIGITS	17

char *vpc_id_text(const char *prefix, u64 id, char *buf)
{
	snprintf(buf, VPC_ID_STRLEN, "%s-0%016llx", prefix, id);
	return buf;
}

char *vpc_id_format(u8 kind, u64 id, char *buf)
{
	return vpc_id_text(kinds[kind].prefix, id, buf);
}

const char *vpc_obj_label(const struct vpc_obj *obj, char *buf)
{
	if (!*obj->name)
		return vpc_id_format(obj->kind, obj->id, buf);
	scnprintf(buf, VPC_ID_STRLEN, "%s", obj->name);
	return buf;
}

const char *vpc_kind_name(u8 kind)
{
	return kinds[kind].name;
}

u64 vpc_id_new(void)
{
	u64 id;

	do {
		id = get_random_u64();
	} while (!id);
	return id;
}

u64 vpc_id_parse(const char *prefix, const char *ref)
{
	size_t len = strlen(prefix);
	u64 id;

	if (strncmp(ref, prefix, len) || ref[len] != '-' ||
	    strlen(ref) != len + 1 + ID_DIGITS || ref[len + 1] != '0')
		return 0;
	return kstrtou64(ref + len + 1, 16, &id) ? 0 : id;
}

/* Names of these are unique within a VPC, of the others within the namespace. */
static bool scoped(u8 kind)
{
	return kind == VPC_KIND_SUBNET || kind == VPC_KIND_ROUTE_TABLE ||
	       kind == VPC_KIND_SECURITY_GROUP || kind == VPC_KIND_NETWORK_ACL;
}

/* Those may be called "VPC/NAME". */
static bool in_vpc(u8 kind)
{
	return scoped(kind) || kind == VPC_KIND_ENI || kind == VPC_KIND_ENDPOINT ||
	       kind == VPC_KIND_NAT_GATEWAY || kind == VPC_KIND_NLB ||
	       kind == VPC_KIND_TARGET_GROUP;
}

static struct hlist_head *id_head(struct vpc_net *vnet, u64 id)
{
	return &vnet->by_id[id & ((1 << VPC_ID_HASH_BITS) - 1)];
}

static struct hlist_head *name_head(struct vpc_net *vnet, u8 kind, const char *name, size_t len)
{
	return &vnet->by_name[jhash(name, len, kind) & ((1 << VPC_ID_HASH_BITS) - 1)];
}

struct vpc_obj *vpc_obj_by_id(struct vpc_net *vnet, u64 id)
{
	struct vpc_obj *obj;

	lockdep_assert_held(&vnet->lock);
	hlist_for_each_entry(obj, id_head(vnet, id), by_id)
		if (obj->id == id)
			return obj;
	return NULL;
}

struct vpc_obj *vpc_obj_by_slot(struct vpc_net *vnet, u32 slot)
{
	const struct vpc_root *root = rcu_dereference_protected(vnet->root,
								lockdep_is_held(&vnet->lock));
	const struct vpc_snap *snap = vpc_slots_get(&root->slots, slot);

	return snap ? vpc_obj_by_id(vnet, snap->id) : NULL;
}

/* *@many: more than one has the name and @vpc does not tell which. */
static struct vpc_obj *find_by_name(struct vpc_net *vnet, u8 kind, const char *name,
				    const struct vpc_vpc *vpc, bool *many)
{
	struct vpc_obj *obj, *found = NULL;

	hlist_for_each_entry(obj, name_head(vnet, kind, name, strlen(name)), by_name) {
		if (obj->kind != kind || strcmp(obj->name, name))
			continue;
		if (scoped(kind) && vpc && obj->vpc != vpc)
			continue;
		if (found)
			*many = true;
		found = obj;
	}
	return found;
}

static struct vpc_obj *find_in_vpc(struct vpc_net *vnet, u8 kind, const char *ref,
				   const char *slash, struct netlink_ext_ack *extack)
{
	char vpc_ref[VPC_REF_MAX + 1];
	struct vpc_obj *vpc, *obj;
	bool many = false;

	if (slash - ref >= sizeof(vpc_ref)) {
		NL_SET_ERR_MSG(extack, "vpc not found");
		return NULL;
	}
	memcpy(vpc_ref, ref, slash - ref);
	vpc_ref[slash - ref] = 0;
	vpc = vpc_obj_find(vnet, VPC_KIND_VPC, vpc_ref, NULL, extack);
	if (!vpc)
		return NULL;
	obj = find_by_name(vnet, kind, slash + 1, obj_to_vpc(vpc), &many);
	if (obj && obj->vpc == obj_to_vpc(vpc))
		return obj;
	NL_SET_ERR_MSG_FMT(extack, "%s \"%.44s\" not found", kinds[kind].name, ref);
	return NULL;
}

struct vpc_obj *vpc_obj_find(struct vpc_net *vnet, u8 kind, const char *ref,
			     const struct vpc_vpc *vpc, struct netlink_ext_ack *extack)
{
	const char *slash = strrchr(ref, '/');
	u64 id = vpc_id_parse(kinds[kind].prefix, ref);
	struct vpc_obj *obj = NULL;
	bool many = false;

	lockdep_assert_held(&vnet->lock);
	if (id) {
		obj = vpc_obj_by_id(vnet, id);
		if (obj && obj->kind != kind)
			obj = NULL;
	} else {
		if (slash && in_vpc(kind))
			return find_in_vpc(vnet, kind, ref, slash, extack);
		obj = find_by_name(vnet, kind, ref, vpc, &many);
	}
	if (!obj) {
		NL_SET_ERR_MSG_FMT(extack, "%s \"%.44s\" not found", kinds[kind].name, ref);
	} else if (many) {
		NL_SET_ERR_MSG_FMT(extack, "%s name \"%.24s\" is ambiguous: say VPC/NAME",
				   kinds[kind].name, ref);
		obj = NULL;
	}
	return obj;
}

u64 vpc_obj_ref_id(struct vpc_net *vnet, u8 kind, const char *ref)
{
	const struct vpc_obj *obj = vpc_obj_find(vnet, kind, ref, NULL, NULL);

	return obj ? obj->id : vpc_id_parse(kinds[kind].prefix, ref);
}

struct vpc_obj *vpc_obj_after(struct vpc_net *vnet, u8 kind, u64 seq)
{
	struct vpc_obj *obj;

	lockdep_assert_held(&vnet->lock);
	list_for_each_entry(obj, &vnet->kinds[kind], list)
		if (obj->seq > seq)
			return obj;
	return NULL;
}

u32 vpc_obj_count(struct vpc_net *vnet, u8 kind, const struct vpc_vpc *vpc)
{
	struct vpc_obj *obj;
	u32 n = 0;

	list_for_each_entry(obj, &vnet->kinds[kind], list)
		if (!vpc || obj->vpc == vpc)
			n++;
	return n;
}

static int name_check(struct vpc_net *vnet, u8 kind, const struct vpc_vpc *vpc, const char *name,
		      struct netlink_ext_ack *extack)
{
	bool many = false;
	const char *c;

	if (!*name || strlen(name) > VPC_NAME_MAX)
		return vpc_refuse(extack, -EINVAL, "name must have 1 to %u characters",
				  VPC_NAME_MAX);
	if (strchr(name, '/'))
		return vpc_refuse(extack, -EINVAL, "name may not contain '/'");
	for (c = name; *c; c++)
		if (iscntrl(*c))	/* it is shown on terminals */
			return vpc_refuse(extack, -EINVAL,
					  "name may not contain control characters");
	if (vpc_id_parse(kinds[kind].prefix, name))
		return vpc_refuse(extack, -EINVAL, "name has the form of an id");
	if (find_by_name(vnet, kind, name, vpc, &many))
		return vpc_refuse(extack, -EEXIST, "%s \"%.40s\" exists already",
				  kinds[kind].name, name);
	return 0;
}

/* The journal puts a word of the bitmap back when the transaction aborts. */
static void slot_mark(struct vpc_txn *txn, u32 slot, bool used)
{
	unsigned long *word = &txn->vnet->slot_map[BIT_WORD(slot)];

	vpc_txn_set(txn, *word, used ? *word | BIT_MASK(slot) : *word & ~BIT_MASK(slot));
}

static int slot_alloc(struct vpc_txn *txn, u32 *slot, struct netlink_ext_ack *extack)
{
	struct vpc_net *vnet = txn->vnet;
	unsigned long bit;

	bit = find_next_zero_bit(vnet->slot_map, VPC_SLOTS_MAX, vnet->slot_hint);
	if (bit == VPC_SLOTS_MAX)
		bit = find_next_zero_bit(vnet->slot_map, VPC_SLOTS_MAX, 1);
	if (bit == VPC_SLOTS_MAX)
		return vpc_refuse(extack, -ENOSPC, "all %u slots are in use", VPC_SLOTS_MAX - 1);
	/* Round and round: a slot freed by this transaction is not taken again soon. */
	vnet->slot_hint = bit + 1 < VPC_SLOTS_MAX ? bit + 1 : 1;
	slot_mark(txn, bit, true);
	*slot = bit;
	return txn->err;
}

int vpc_obj_add(struct vpc_txn *txn, struct vpc_obj *obj, u8 kind, struct vpc_vpc *vpc,
		const char *name, bool with_slot, struct netlink_ext_ack *extack)
{
	struct vpc_net *vnet = txn->vnet;
	int err;

	if (name) {
		err = name_check(vnet, kind, vpc, name, extack);
		if (err)
			return err;
	}
	obj->kind = kind;
	obj->vpc = vpc;
	obj->seq = ++vnet->seq;
	INIT_LIST_HEAD(&obj->dirty);
	INIT_LIST_HEAD(&obj->event);
	do {
		obj->id = get_random_u64();
	} while (!obj->id || vpc_obj_by_id(vnet, obj->id));
	if (with_slot) {
		err = slot_alloc(txn, &obj->slot, extack);
		if (err)
			return err;
	}
	if (name) {
		strscpy(obj->name, name, sizeof(obj->name));
		vpc_txn_hlist_add(txn, &obj->by_name, name_head(vnet, kind, name, strlen(name)));
	}
	vpc_txn_hlist_add(txn, &obj->by_id, id_head(vnet, obj->id));
	vpc_txn_list_add_tail(txn, &obj->list, &vnet->kinds[kind]);
	vpc_txn_dirty(txn, obj, true);
	return txn->err;
}

int vpc_obj_rename(struct vpc_txn *txn, struct vpc_obj *obj, const char *name,
		   struct netlink_ext_ack *extack)
{
	int err;

	if (!strcmp(obj->name, name))
		return 0;
	err = name_check(txn->vnet, obj->kind, obj->vpc, name, extack);
	if (err)
		return err;
	vpc_txn_hlist_del(txn, &obj->by_name);
	if (vpc_txn_save(txn, obj->name, sizeof(obj->name)))
		strscpy(obj->name, name, sizeof(obj->name));
	vpc_txn_hlist_add(txn, &obj->by_name, name_head(txn->vnet, obj->kind, name, strlen(name)));
	vpc_txn_dirty(txn, obj, false);
	return txn->err;
}

void vpc_obj_del(struct vpc_txn *txn, struct vpc_obj *obj)
{
	vpc_txn_hlist_del(txn, &obj->by_name);
	vpc_txn_hlist_del(txn, &obj->by_id);
	vpc_txn_list_del(txn, &obj->list);
	if (obj->slot)
		slot_mark(txn, obj->slot, false);
	vpc_txn_set(txn, obj->dead, true);
	vpc_txn_dirty(txn, obj, true);
	if (vpc_edit_replace(&txn->edit, obj))
		txn->err = -ENOMEM;
}
