// SPDX-License-Identifier: GPL-2.0

#include "stage.h"

#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched.h>

#include "nl.h"

/**
 * struct vpc_nl_staged - an operation and the attributes that its configuration points into
 * @op: the operation
 * @attrs: copy of the nested attribute
 */
struct vpc_nl_staged {
	struct vpc_op op;
	u8 attrs[] __aligned(NLA_ALIGNTO);
};

void vpc_nl_stage_init(struct vpc_nl_stage *stage, u32 portid)
{
	memset(stage, 0, sizeof(*stage));
	INIT_LIST_HEAD(&stage->list);
	INIT_LIST_HEAD(&stage->ops);
	stage->portid = portid;
}

static void vpc_nl_staged_free(struct vpc_op *op)
{
	kvfree(op->arrays);
	kvfree(container_of(op, struct vpc_nl_staged, op));
}

void vpc_nl_stage_drop(struct vpc_nl_stage *stage)
{
	struct vpc_op *op, *tmp;

	list_for_each_entry_safe(op, tmp, &stage->ops, list) {
		list_del(&op->list);
		vpc_nl_staged_free(op);
		cond_resched();
	}
	stage->n_ops = 0;
	stage->bytes = 0;
}

void vpc_nl_stage_blame(struct netlink_ext_ack *extack, u32 index)
{
	BUILD_BUG_ON(sizeof(index) > sizeof(extack->cookie));

	memcpy(extack->cookie, &index, sizeof(index));
	extack->cookie_len = sizeof(index);
}

/* An error is at its place in the message, not in our copy, which older kernels WARN about. */
static void vpc_nl_staged_relocate(struct netlink_ext_ack *extack, const struct nlattr *copy,
				   const struct nlattr *orig)
{
	const void *end = (const void *)copy + copy->nla_len;
	const void *bad = extack->bad_attr;
	const void *miss = extack->miss_nest;

	if (bad >= (const void *)copy && bad < end)
		extack->bad_attr = (const void *)orig + (bad - (const void *)copy);
	if (miss >= (const void *)copy && miss < end)
		extack->miss_nest = (const void *)orig + (miss - (const void *)copy);
}

/* Parse a copy of @nest, so that strings of the configuration live as long as it does. */
static struct vpc_op *vpc_nl_staged_create(const struct vpc_nl_noun *noun,
					   const struct nlattr *nest, u32 cmd, size_t *bytes,
					   struct netlink_ext_ack *extack)
{
	struct vpc_nl_msg msg = { .extack = extack };
	struct vpc_nl_staged *staged;
	struct nlattr *copy;
	size_t size;
	int err;

	size = struct_size(staged, attrs, nest->nla_len);
	staged = kvzalloc(size, GFP_KERNEL_ACCOUNT);
	if (!staged)
		return ERR_PTR(-ENOMEM);
	copy = (struct nlattr *)staged->attrs;
	memcpy(copy, nest, nest->nla_len);
	staged->op.cmd = cmd;

	err = vpc_nl_parse_nest(copy, cmd, &msg);
	if (!err)
		err = noun->parse(&msg, &staged->op);
	if (err) {
		vpc_nl_staged_relocate(extack, copy, nest);
		vpc_nl_staged_free(&staged->op);
		return ERR_PTR(err);
	}
	*bytes = size_add(size, msg.arrays);
	return &staged->op;
}

/* The nested attributes of an operation: those of exactly one noun, which knows the command. */
static const struct nlattr *vpc_nl_stage_nest(const struct nlattr *attr, u32 *cmd,
					      const struct vpc_nl_noun **noun,
					      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VPC_A_OP_MAX + 1];
	const struct nlattr *nest = NULL;
	u16 type;
	int err;

	err = nla_parse_nested(tb, VPC_A_OP_MAX, attr, vpc_op_nl_policy, extack);
	if (err)
		return ERR_PTR(err);
	if (!tb[VPC_A_OP_CMD]) {
		NL_SET_ERR_ATTR_MISS(extack, attr, VPC_A_OP_CMD);
		NL_SET_ERR_MSG(extack, "command is required");
		return ERR_PTR(-EINVAL);
	}
	*cmd = nla_get_u32(tb[VPC_A_OP_CMD]);
	for (type = VPC_A_OP_CMD + 1; type <= VPC_A_OP_MAX; type++) {
		if (!tb[type])
			continue;
		if (nest) {
			NL_SET_ERR_MSG_ATTR(extack, tb[type], "an operation is of one object");
			return ERR_PTR(-EINVAL);
		}
		nest = tb[type];
		*noun = vpc_nl_noun_by_op(type);
	}
	if (!nest || !vpc_op_valid(*cmd) || *cmd <= (*noun)->get || *cmd >= (*noun)->new_ntf) {
		NL_SET_ERR_MSG_ATTR(extack, tb[VPC_A_OP_CMD],
				    "not an operation of a transaction or of this object");
		return ERR_PTR(-EINVAL);
	}
	return nest;
}

static int vpc_nl_stage_add(struct vpc_nl_stage *stage, const struct nlattr *attr, u32 index,
			    struct netlink_ext_ack *extack)
{
	const struct vpc_nl_noun *noun;
	const struct nlattr *nest;
	struct vpc_op *op;
	size_t bytes;
	u32 cmd;

	nest = vpc_nl_stage_nest(attr, &cmd, &noun, extack);
	if (IS_ERR(nest))
		return PTR_ERR(nest);
	op = vpc_nl_staged_create(noun, nest, cmd, &bytes, extack);
	if (IS_ERR(op))
		return PTR_ERR(op);
	op->index = index;
	list_add_tail(&op->list, &stage->ops);
	stage->n_ops++;
	stage->bytes += bytes;
	stage->rtnl |= vpc_op_needs_rtnl(cmd);
	return 0;
}

int vpc_nl_stage_parse(struct genl_info *info, struct vpc_nl_stage *stage, u32 base)
{
	const struct nlattr *attr;
	struct vpc_nl_msg msg;
	int err, rem;

	err = vpc_nl_parse_info(info, &msg);
	if (!err)
		err = vpc_nl_need(&msg, VPC_A_TXN_OP, "operation");
	if (err)
		return err;

	nla_for_each_attr(attr, msg.head, msg.len, rem) {
		if (nla_type(attr) != VPC_A_TXN_OP)
			continue;
		err = vpc_nl_stage_add(stage, attr, base + stage->n_ops, info->extack);
		if (err) {
			vpc_nl_stage_blame(info->extack, base + stage->n_ops);
			return err;
		}
		cond_resched();
	}
	return 0;
}

void vpc_nl_stage_splice(struct vpc_nl_stage *from, struct vpc_nl_stage *to)
{
	list_splice_tail_init(&from->ops, &to->ops);
	to->n_ops += from->n_ops;
	to->bytes += from->bytes;
	to->rtnl |= from->rtnl;
	from->n_ops = 0;
	from->bytes = 0;
}
