// SPDX-License-Identifier: GPL-2.0
#include "op.h"

#include <linux/capability.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>

#include "../net.h"
#include "../port.h"
#include "../stats.h"
#include "nouns.h"
#include "txn.h"

static VPC_OP(limits_set)
{
	struct vpc_limits *limits = &txn->vnet->limits;
	const struct vpc_limit_info *info = vpc_limit_find(op->limits.name);

	if (!info)
		return vpc_refuse(extack, -ENOENT, "limit \"%.48s\" not found",
				  op->limits.name);
	if (op->limits.value < info->min || op->limits.value > info->max)
		return vpc_refuse(extack, -ERANGE, "limit \"%s\" must be %u to %u", info->name,
				  info->min, info->max);
	/* They bound what the kernel holds for a namespace, whose administrator may be anybody. */
	if (op->limits.value > info->def && !capable(CAP_NET_ADMIN))
		return vpc_refuse(extack, -EPERM,
				  "limit \"%s\" above %u takes the host's CAP_NET_ADMIN",
				  info->name, info->def);
	vpc_txn_set(txn, *vpc_limit_value(limits, info), op->limits.value);
	if ((u64)limits->groups_eni * limits->group_rules > limits->groups_rules)	/* SG-8 */
		return vpc_refuse(extack, -ERANGE, "%u groups times %u rules is above %u",
				  limits->groups_eni, limits->group_rules,
				  limits->groups_rules);
	return txn->err;
}

/* What a command does, and whether it attaches or detaches a device. */
static const struct {
	VPC_OP((*apply));
	bool rtnl;
} ops[] = {
	[VPC_CMD_VPC_NEW] = { vpc_vpc_create },
	[VPC_CMD_VPC_SET] = { vpc_vpc_set },
	[VPC_CMD_VPC_DEL] = { vpc_vpc_delete },
	[VPC_CMD_SUBNET_NEW] = { vpc_subnet_create },
	[VPC_CMD_SUBNET_SET] = { vpc_subnet_set },
	[VPC_CMD_SUBNET_RESERVATION_NEW] = { vpc_reservation_create },
	[VPC_CMD_SUBNET_RESERVATION_DEL] = { vpc_reservation_delete },
	[VPC_CMD_SUBNET_DEL] = { vpc_subnet_delete },
	[VPC_CMD_ENI_NEW] = { vpc_eni_create, true },
	[VPC_CMD_ENI_SET] = { vpc_eni_set, true },
	[VPC_CMD_ENI_ASSIGN] = { vpc_eni_assign },
	[VPC_CMD_ENI_UNASSIGN] = { vpc_eni_unassign },
	[VPC_CMD_ENI_DEL] = { vpc_eni_delete, true },
	[VPC_CMD_UPLINK_NEW] = { vpc_uplink_create, true },
	[VPC_CMD_UPLINK_SET] = { vpc_uplink_set },
	[VPC_CMD_UPLINK_DEL] = { vpc_uplink_delete, true },
	[VPC_CMD_ROUTE_TABLE_NEW] = { vpc_rtb_create },
	[VPC_CMD_ROUTE_TABLE_DEL] = { vpc_rtb_delete },
	[VPC_CMD_ROUTE_NEW] = { vpc_route_create },
	[VPC_CMD_ROUTE_SET] = { vpc_route_set },
	[VPC_CMD_ROUTE_DEL] = { vpc_route_delete },
	[VPC_CMD_ASSOCIATION_NEW] = { vpc_assoc_create },
	[VPC_CMD_ASSOCIATION_SET] = { vpc_assoc_set },
	[VPC_CMD_ASSOCIATION_DEL] = { vpc_assoc_delete },
	[VPC_CMD_PREFIX_LIST_NEW] = { vpc_list_create },
	[VPC_CMD_PREFIX_LIST_SET] = { vpc_list_set },
	[VPC_CMD_PREFIX_LIST_RESTORE] = { vpc_list_restore },
	[VPC_CMD_PREFIX_LIST_DEL] = { vpc_list_delete },
	[VPC_CMD_IGW_NEW] = { vpc_igw_create },
	[VPC_CMD_IGW_SET] = { vpc_igw_set },
	[VPC_CMD_IGW_DETACH] = { vpc_igw_detach },
	[VPC_CMD_IGW_DEL] = { vpc_igw_delete },
	[VPC_CMD_EIP_NEW] = { vpc_eip_create },
	[VPC_CMD_EIP_ASSOCIATE] = { vpc_eip_associate },
	[VPC_CMD_EIP_DISASSOCIATE] = { vpc_eip_disassociate },
	[VPC_CMD_EIP_DEL] = { vpc_eip_delete },
	[VPC_CMD_EIGW_NEW] = { vpc_eigw_create },
	[VPC_CMD_EIGW_DEL] = { vpc_eigw_delete },
	[VPC_CMD_SERVICE_NEW] = { vpc_service_create, true },
	[VPC_CMD_SERVICE_SET] = { vpc_service_set, true },
	[VPC_CMD_SERVICE_DEL] = { vpc_service_delete, true },
	[VPC_CMD_ENDPOINT_NEW] = { vpc_endpoint_create },
	[VPC_CMD_ENDPOINT_SET] = { vpc_endpoint_set },
	[VPC_CMD_ENDPOINT_DEL] = { vpc_endpoint_delete },
	[VPC_CMD_ENDPOINT_SERVICE_NEW] = { vpc_provider_create },
	[VPC_CMD_ENDPOINT_SERVICE_SET] = { vpc_provider_set },
	[VPC_CMD_ENDPOINT_SERVICE_ACCEPT] = { vpc_provider_accept },
	[VPC_CMD_ENDPOINT_SERVICE_REJECT] = { vpc_provider_reject },
	[VPC_CMD_ENDPOINT_SERVICE_DEL] = { vpc_provider_delete },
	[VPC_CMD_PEERING_NEW] = { vpc_peering_create },
	[VPC_CMD_PEERING_ACCEPT] = { vpc_peering_accept },
	[VPC_CMD_PEERING_REJECT] = { vpc_peering_reject },
	[VPC_CMD_PEERING_DEL] = { vpc_peering_delete },
	[VPC_CMD_SECURITY_GROUP_NEW] = { vpc_group_create },
	[VPC_CMD_SECURITY_GROUP_DEL] = { vpc_group_delete },
	[VPC_CMD_SECURITY_GROUP_ASSOCIATE] = { vpc_group_associate },
	[VPC_CMD_SECURITY_GROUP_DISASSOCIATE] = { vpc_group_disassociate },
	[VPC_CMD_SECURITY_GROUP_RULE_NEW] = { vpc_group_rule_create },
	[VPC_CMD_SECURITY_GROUP_RULE_DEL] = { vpc_group_rule_delete },
	[VPC_CMD_NETWORK_ACL_NEW] = { vpc_acl_create },
	[VPC_CMD_NETWORK_ACL_DEL] = { vpc_acl_delete },
	[VPC_CMD_NETWORK_ACL_ENTRY_NEW] = { vpc_acl_entry_create },
	[VPC_CMD_NETWORK_ACL_ENTRY_SET] = { vpc_acl_entry_set },
	[VPC_CMD_NETWORK_ACL_ENTRY_DEL] = { vpc_acl_entry_delete },
	[VPC_CMD_NETWORK_ACL_ASSOCIATE] = { vpc_acl_associate },
	[VPC_CMD_NAT_GATEWAY_NEW] = { vpc_nat_create },
	[VPC_CMD_NAT_GATEWAY_DEL] = { vpc_nat_delete },
	[VPC_CMD_NAT_GATEWAY_ADDRESS_NEW] = { vpc_nat_address_create },
	[VPC_CMD_NAT_GATEWAY_ADDRESS_DEL] = { vpc_nat_address_delete },
	[VPC_CMD_NLB_NEW] = { vpc_nlb_create },
	[VPC_CMD_NLB_SET] = { vpc_nlb_set },
	[VPC_CMD_NLB_DEL] = { vpc_nlb_delete },
	[VPC_CMD_LISTENER_NEW] = { vpc_listener_create },
	[VPC_CMD_LISTENER_SET] = { vpc_listener_set },
	[VPC_CMD_LISTENER_DEL] = { vpc_listener_delete },
	[VPC_CMD_TARGET_GROUP_NEW] = { vpc_target_group_create },
	[VPC_CMD_TARGET_GROUP_SET] = { vpc_target_group_set },
	[VPC_CMD_TARGET_GROUP_DEL] = { vpc_target_group_delete },
	[VPC_CMD_TARGET_NEW] = { vpc_target_create },
	[VPC_CMD_TARGET_SET] = { vpc_target_set },
	[VPC_CMD_TARGET_DEL] = { vpc_target_delete },
	[VPC_CMD_BLOCK_PUBLIC_ACCESS_SET] = { vpc_block_set },
	[VPC_CMD_LIMITS_SET] = { limits_set },
};

bool vpc_op_valid(u32 cmd)
{
	return cmd < ARRAY_SIZE(ops) && ops[cmd].apply;
}

bool vpc_op_needs_rtnl(u32 cmd)
{
	return vpc_op_valid(cmd) && ops[cmd].rtnl;
}

int vpc_op_apply(struct vpc_txn *txn, const struct vpc_op *op, struct vpc_obj **result,
		 struct netlink_ext_ack *extack)
{
	struct vpc_obj *obj = NULL;
	int err;

	if (!vpc_op_valid(op->cmd))
		return vpc_refuse(extack, -EOPNOTSUPP, "command %u cannot be part of a transaction",
				  op->cmd);
	err = ops[op->cmd].apply(txn, op, &obj, extack);
	/* Without memory a step leaves undone what the next one may miss, and refuse. */
	if (txn->err)
		err = txn->err;
	if (err == -ENOMEM)
		NL_SET_ERR_MSG(extack, "out of memory");
	if (result)
		*result = obj;
	return err;
}

int vpc_prefix_given(const struct vpc_prefix_cfg *cfg, const char *what,
		     struct netlink_ext_ack *extack)
{
	if (!cfg->p.family)
		return vpc_refuse(extack, -EINVAL, "%s is required", what);
	return 0;
}

int vpc_prefix_check(const struct vpc_prefix_cfg *cfg, u8 min, u8 max, const char *what,
		     struct netlink_ext_ack *extack)
{
	int err = vpc_prefix_given(cfg, what, extack);

	if (err)
		return err;
	if (cfg->p.family != AF_INET)
		return vpc_refuse(extack, -EINVAL, "%s must be ipv4", what);
	if (cfg->p.len < min || cfg->p.len > max)
		return vpc_refuse(extack, -ERANGE, "%s: prefix length must be /%u to /%u", what,
				  min, max);
	return 0;
}

int vpc_prefix_check6(const struct vpc_prefix_cfg *cfg, u8 min, u8 max, const char *what,
		      struct netlink_ext_ack *extack)
{
	int err = vpc_prefix_given(cfg, what, extack);

	if (err)
		return err;
	if (cfg->p.family != AF_INET6)
		return vpc_refuse(extack, -EINVAL, "%s must be ipv6", what);
	if (cfg->p.len < min || cfg->p.len > max || cfg->p.len % 4)
		return vpc_refuse(extack, -ERANGE,
				  "%s: prefix length must be /%u to /%u in steps of 4", what, min,
				  max);
	return 0;
}

bool vpc_prefix_covers(const struct vpc_prefix *outer, const struct vpc_prefix *inner)
{
	return outer->len <= inner->len && vpc_prefix_has(outer, inner->family, &inner->addr);
}

bool vpc_prefix_overlap(const struct vpc_prefix *a, const struct vpc_prefix *b)
{
	return vpc_prefix_covers(a, b) || vpc_prefix_covers(b, a);
}

bool vpc_prefix_equal(const struct vpc_prefix *a, const struct vpc_prefix *b)
{
	return a->len == b->len && vpc_prefix_covers(a, b);
}

const char *vpc_prefix_text(const struct vpc_prefix *p, char *buf)
{
	int len = scnprintf(buf, VPC_PREFIX_STRLEN, p->family == AF_INET ? "%pI4" : "%pI6c",
			    &p->addr);

	if (p->len < vpc_family_bits(p->family))
		scnprintf(buf + len, VPC_PREFIX_STRLEN - len, "/%u", p->len);
	return buf;
}

bool vpc_map_inside(const struct vpc_lpm *lpm, const struct vpc_prefix *p,
		    struct vpc_prefix *first)
{
	struct vpc_lpm_iter iter = { .plen = p->len, .started = true };
	u8 bytes = lpm->bits / 8;
	u64 value;

	*first = *p;
	if (vpc_lpm_find(lpm, &p->addr, p->len, &value))
		return true;
	memcpy(iter.key, &p->addr, bytes);
	if (!vpc_lpm_next(lpm, &iter))
		return false;
	memcpy(&first->addr, iter.key, bytes);
	first->len = iter.plen;
	return vpc_prefix_covers(p, first);
}

void vpc_map_set(struct vpc_txn *txn, struct vpc_lpm *lpm, const void *key, u8 plen, u64 value)
{
	if (vpc_txn_save(txn, lpm, sizeof(*lpm)) &&
	    vpc_lpm_set(lpm, &txn->edit, key, plen, value, NULL))
		txn->err = -ENOMEM;
}

void vpc_map_del(struct vpc_txn *txn, struct vpc_lpm *lpm, const void *key, u8 plen)
{
	if (vpc_txn_save(txn, lpm, sizeof(*lpm)) &&
	    vpc_lpm_del(lpm, &txn->edit, key, plen) == -ENOMEM)
		txn->err = -ENOMEM;
}

void vpc_map_clear(struct vpc_txn *txn, struct vpc_lpm *lpm)
{
	if (vpc_txn_save(txn, lpm, sizeof(*lpm)) && vpc_lpm_clear(lpm, &txn->edit))
		txn->err = -ENOMEM;
}

static void acct_put(void *acct)
{
	vpc_acct_put(acct);
}

struct vpc_acct *vpc_acct_make(struct vpc_txn *txn)
{
	struct vpc_acct *acct = vpc_acct_create();

	if (!acct || vpc_txn_on_abort(txn, acct_put, acct))
		return NULL;
	return acct;
}

/* Packets that still see the object may open sessions, and listeners are told its numbers. */
void vpc_acct_unmake(struct vpc_txn *txn, struct vpc_acct *acct)
{
	if (vpc_txn_on_reap(txn, acct_put, acct))
		txn->err = -ENOMEM;
}

static void port_detach(void *port)
{
	vpc_port_detach(port);
}

static void port_live(void *arg)
{
	struct vpc_port *port = arg;

	WRITE_ONCE(port->live, true);
}

struct vpc_port *vpc_port_make(struct vpc_txn *txn, const struct vpc_obj *obj, const char *ifname,
			       struct netlink_ext_ack *extack)
{
	struct vpc_port *port;
	int err;

	if (!ifname) {
		NL_SET_ERR_MSG(extack, "a device is required");
		return ERR_PTR(-EINVAL);
	}
	port = vpc_port_attach(txn->vnet, obj->kind, obj->slot, ifname, extack);
	if (IS_ERR(port))
		return port;
	err = vpc_txn_on_abort(txn, port_detach, port);
	if (!err)
		err = vpc_txn_on_commit(txn, port_live, port);
	return err ? ERR_PTR(err) : port;
}

int vpc_port_renew(struct vpc_txn *txn, const struct vpc_obj *obj, struct vpc_port **port,
		   const char *ifname, struct netlink_ext_ack *extack)
{
	struct vpc_port *other;

	if (rtnl_dereference((*port)->dev)) {
		if (!strcmp((*port)->ifname, ifname))
			return 0;
		return vpc_refuse(extack, -EBUSY, "%s is bound to device \"%s\"",
				  vpc_kind_name(obj->kind), (*port)->ifname);
	}
	other = vpc_port_make(txn, obj, ifname, extack);
	if (IS_ERR(other))
		return PTR_ERR(other);
	vpc_port_unmake(txn, *port);
	vpc_txn_set(txn, *port, other);
	return txn->err;
}

void vpc_port_unmake(struct vpc_txn *txn, struct vpc_port *port)
{
	if (vpc_txn_on_commit(txn, port_detach, port))
		txn->err = -ENOMEM;
}

void vpc_str_set(char *to, const char *from, size_t size)
{
	if (from)
		strscpy(to, from, size);
}
