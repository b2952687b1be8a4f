/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_OBJECT_H
#define _VPC_OBJECT_H

#include <linux/list.h>
#include <linux/netlink.h>
#include <linux/types.h>

#include "../compat.h"
#include "snapshot.h"

struct vpc_net;
struct vpc_txn;
struct vpc_vpc;

/* "vpc-svc-0" + 16 hex digits and NUL is the longest id as text. */
#define VPC_ID_STRLEN	32

/**
 * struct vpc_obj - head of every object of the model; all members vpc_net.lock
 * @by_id: in vpc_net.by_id
 * @by_name: in vpc_net.by_name, when it has a name
 * @list: in vpc_net.kinds[kind], by ascending @seq
 * @dirty: in vpc_txn.dirty
 * @event: in vpc_txn.events
 * @id: identity, random, never 0
 * @seq: creation number, cursor of dumps
 * @snap: published snapshot, NULL before the first and for kinds without (associations)
 * @vpc: the VPC it lives in, or NULL
 * @slot: of the snapshot, 0 for none
 * @kind: enum vpc_kind
 * @event_type: enum vpc_event_type
 * @is_dirty: on vpc_txn.dirty
 * @bump: the change can alter a verdict
 * @dead: deleted, still on vpc_txn.events
 * @name: unique by kind and VPC, or ""
 */
struct vpc_obj {
	struct hlist_node by_id;
	struct hlist_node by_name;
	struct list_head list;
	struct list_head dirty;
	struct list_head event;
	u64 id;
	u64 seq;
	const struct vpc_snap *snap;
	struct vpc_vpc *vpc;
	u32 slot;
	u8 kind;
	u8 event_type;
	bool is_dirty;
	bool bump;
	bool dead;
	char name[VPC_NAME_MAX + 1];
};

/* "vpc-0123456789abcdef0" into @buf of VPC_ID_STRLEN bytes; returns @buf. */
char *vpc_id_format(u8 kind, u64 id, char *buf);

/* A random identity, never 0. */
u64 vpc_id_new(void);

/* The same for what is no object, and back; 0 when @ref has not the form of such an id. */
char *vpc_id_text(const char *prefix, u64 id, char *buf);
u64 vpc_id_parse(const char *prefix, const char *ref);

/* Its name, cut to fit, or its id: @buf of VPC_ID_STRLEN bytes, for messages. */
const char *vpc_obj_label(const struct vpc_obj *obj, char *buf);

/* As AWS names the kind in a message: "subnet", "network interface". */
const char *vpc_kind_name(u8 kind);

/**
 * vpc_obj_find - what @ref names: an id, a name, or "VPC/NAME"
 * @vpc: where a bare name of something that lives in a VPC is looked up; NULL: such a name
 *	must then be unique over all VPCs
 * Return: the object or NULL with "<kind> "<ref>" not found" in @extack (may be NULL).
 */
struct vpc_obj *vpc_obj_find(struct vpc_net *vnet, u8 kind, const char *ref,
			     const struct vpc_vpc *vpc, struct netlink_ext_ack *extack);

/*
 * The identity that @ref names: of an object that is there, or as an id whether or not there is one.
 * Return: 0 for a name that nothing has.
 */
u64 vpc_obj_ref_id(struct vpc_net *vnet, u8 kind, const char *ref);

/* The object of that id, of any kind, or NULL. */
struct vpc_obj *vpc_obj_by_id(struct vpc_net *vnet, u64 id);

/* First object of @kind with a creation number above @seq, NULL at the end: the dump's step. */
struct vpc_obj *vpc_obj_after(struct vpc_net *vnet, u8 kind, u64 seq);

/* Objects of @kind, in @vpc unless that is NULL. */
u32 vpc_obj_count(struct vpc_net *vnet, u8 kind, const struct vpc_vpc *vpc);

/**
 * vpc_obj_add - give a new object its identity, name and place
 * @obj: zeroed, from vpc_edit_alloc() of the transaction
 * @with_slot: it has a snapshot
 * Refuses a name that is taken or malformed ('/', an id's form, longer than VPC_NAME_MAX) and
 * a full slot table.
 */
int vpc_obj_add(struct vpc_txn *txn, struct vpc_obj *obj, u8 kind, struct vpc_vpc *vpc,
		const char *name, bool with_slot, struct netlink_ext_ack *extack);
int vpc_obj_rename(struct vpc_txn *txn, struct vpc_obj *obj, const char *name,
		   struct netlink_ext_ack *extack);
void vpc_obj_del(struct vpc_txn *txn, struct vpc_obj *obj);

/* Refuse with a message of at most 80 bytes (the kernel's buffer for formatted ones). */
#define vpc_refuse(extack, err, fmt, ...) ({				\
	NL_SET_ERR_MSG_FMT(extack, fmt, ##__VA_ARGS__);			\
	(err);								\
})

/*
 * What is done, but may not be what was meant: said in the acknowledgement of the success. Of
 * several in one transaction the first is told; what refuses it later replaces that.
 */
#define vpc_warn(extack, fmt, ...) do {					\
	if ((extack) && !(extack)->_msg)				\
		NL_SET_ERR_MSG_FMT(extack, fmt, ##__VA_ARGS__);		\
} while (0)

#endif /* _VPC_OBJECT_H */
