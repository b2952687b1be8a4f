/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_NOUNS_H
#define _VPC_NOUNS_H

#include "object.h"
#include "op.h"

struct vpc_acct;
struct vpc_acl;
struct vpc_assoc;
struct vpc_eip;
struct vpc_endpoint;
struct vpc_eni;
struct vpc_group;
struct vpc_igw;
struct vpc_list;
struct vpc_list_ref;
struct vpc_lpm;
struct vpc_nat;
struct vpc_port;
struct vpc_rtb;
struct vpc_subnet;
struct vpc_txn;
struct vpc_uplink;

/* The operations, one for each command; see vpc_op_apply(). */
#define VPC_OP(name)								\
	int name(struct vpc_txn *txn, const struct vpc_op *op, struct vpc_obj **result,	\
		 struct netlink_ext_ack *extack)

VPC_OP(vpc_vpc_create);
VPC_OP(vpc_vpc_set);
VPC_OP(vpc_vpc_delete);
VPC_OP(vpc_subnet_create);
VPC_OP(vpc_subnet_set);
VPC_OP(vpc_reservation_create);
VPC_OP(vpc_reservation_delete);
VPC_OP(vpc_subnet_delete);
VPC_OP(vpc_eni_create);
VPC_OP(vpc_eni_set);
VPC_OP(vpc_eni_assign);
VPC_OP(vpc_eni_unassign);
VPC_OP(vpc_eni_delete);
VPC_OP(vpc_uplink_create);
VPC_OP(vpc_uplink_set);
VPC_OP(vpc_uplink_delete);
VPC_OP(vpc_rtb_create);
VPC_OP(vpc_rtb_delete);
VPC_OP(vpc_route_create);
VPC_OP(vpc_route_set);
VPC_OP(vpc_route_delete);
VPC_OP(vpc_assoc_create);
VPC_OP(vpc_assoc_set);
VPC_OP(vpc_assoc_delete);
VPC_OP(vpc_list_create);
VPC_OP(vpc_list_set);
VPC_OP(vpc_list_restore);
VPC_OP(vpc_list_delete);
VPC_OP(vpc_igw_create);
VPC_OP(vpc_igw_set);
VPC_OP(vpc_igw_detach);
VPC_OP(vpc_igw_delete);
VPC_OP(vpc_eip_create);
VPC_OP(vpc_eip_associate);
VPC_OP(vpc_eip_disassociate);
VPC_OP(vpc_eip_delete);
VPC_OP(vpc_eigw_create);
VPC_OP(vpc_eigw_delete);
VPC_OP(vpc_service_create);
VPC_OP(vpc_service_set);
VPC_OP(vpc_service_delete);
VPC_OP(vpc_endpoint_create);
VPC_OP(vpc_endpoint_set);
VPC_OP(vpc_endpoint_delete);
VPC_OP(vpc_provider_create);
VPC_OP(vpc_provider_set);
VPC_OP(vpc_provider_accept);
VPC_OP(vpc_provider_reject);
VPC_OP(vpc_provider_delete);
VPC_OP(vpc_peering_create);
VPC_OP(vpc_peering_accept);
VPC_OP(vpc_peering_reject);
VPC_OP(vpc_peering_delete);
VPC_OP(vpc_group_create);
VPC_OP(vpc_group_delete);
VPC_OP(vpc_group_associate);
VPC_OP(vpc_group_disassociate);
VPC_OP(vpc_group_rule_create);
VPC_OP(vpc_group_rule_delete);
VPC_OP(vpc_acl_create);
VPC_OP(vpc_acl_delete);
VPC_OP(vpc_acl_entry_create);
VPC_OP(vpc_acl_entry_set);
VPC_OP(vpc_acl_entry_delete);
VPC_OP(vpc_acl_associate);
VPC_OP(vpc_nat_create);
VPC_OP(vpc_nat_delete);
VPC_OP(vpc_nat_address_create);
VPC_OP(vpc_nat_address_delete);
VPC_OP(vpc_nlb_create);
VPC_OP(vpc_nlb_set);
VPC_OP(vpc_nlb_delete);
VPC_OP(vpc_listener_create);
VPC_OP(vpc_listener_set);
VPC_OP(vpc_listener_delete);
VPC_OP(vpc_target_group_create);
VPC_OP(vpc_target_group_set);
VPC_OP(vpc_target_group_delete);
VPC_OP(vpc_target_create);
VPC_OP(vpc_target_set);
VPC_OP(vpc_target_delete);
VPC_OP(vpc_block_set);

/* What one noun does for another. */

/* A table with the VPC's local routes (RT-10) or ERR_PTR; the caller checks the limit. */
struct vpc_rtb *vpc_rtb_make(struct vpc_txn *txn, struct vpc_vpc *vpc, const char *name,
			     struct netlink_ext_ack *extack);
void vpc_rtb_unmake(struct vpc_txn *txn, struct vpc_rtb *rtb);
/* An association or ERR_PTR; @subnet and @igw NULL: the main one. */
struct vpc_assoc *vpc_assoc_make(struct vpc_txn *txn, struct vpc_rtb *rtb,
				 struct vpc_subnet *subnet, struct vpc_igw *igw,
				 struct netlink_ext_ack *extack);
/* What comes in by @igw is delivered again, whatever its table says. */
void vpc_assoc_forget_igw(struct vpc_txn *txn, struct vpc_igw *igw);
/* The association of @vpc with its main table. */
struct vpc_assoc *vpc_assoc_main(struct vpc_net *vnet, const struct vpc_vpc *vpc);

/* VPC-5: give up a block that nothing needs. */
int vpc_cidr_remove(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix_cfg *cfg,
		    struct netlink_ext_ack *extack);

/* RT-7: may @rtb be a gateway's table? */
int vpc_route_check_gateway(struct vpc_txn *txn, struct vpc_rtb *rtb,
			    struct netlink_ext_ack *extack);
int vpc_route_put(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst,
		  struct vpc_route_val val);
/* The route to @dst goes, if there is one. */
void vpc_route_drop(struct vpc_txn *txn, struct vpc_rtb *rtb, const struct vpc_prefix *dst);
/* Routes of @vpc's tables to @slot: to @to, or blackholes if that is 0 (RT-22). O(routes). */
void vpc_route_retarget(struct vpc_txn *txn, struct vpc_vpc *vpc, u32 slot, u32 to, bool blackhole);
int vpc_route_list_add(struct vpc_txn *txn, struct vpc_rtb *rtb, struct vpc_list *pl,
		       struct vpc_route_val val, struct netlink_ext_ack *extack);
void vpc_route_list_del(struct vpc_txn *txn, struct vpc_rtb *rtb, struct vpc_list *pl);
struct vpc_list_ref *vpc_route_list_find(const struct vpc_rtb *rtb, const struct vpc_list *pl);
/* Room for @more routes of @family in @rtb (RT-9). */
int vpc_route_check_room(struct vpc_txn *txn, const struct vpc_rtb *rtb, u8 family, u32 more,
			 struct netlink_ext_ack *extack);

/* What a reference to @pl counts against a quota (PFX-3, PFX-6). */
u32 vpc_list_weight(const struct vpc_list *pl);
/* May one more of that kind (enum vpc_list_user) name @pl? (PFX-5) */
int vpc_list_check_user(struct vpc_txn *txn, const struct vpc_list *pl, u8 user,
			struct netlink_ext_ack *extack);
void vpc_list_add_user(struct vpc_txn *txn, struct vpc_list *pl, u8 user);
void vpc_list_del_user(struct vpc_txn *txn, struct vpc_list *pl, u8 user);
/* Of all its entries (PFX-1). */
u8 vpc_list_family(const struct vpc_list *pl);

/* Peering connections of @vpc in @state (enum vpc_peering_state). */
u32 vpc_peering_count(struct vpc_net *vnet, const struct vpc_vpc *vpc, u8 state);
/* May @vpc get @cidr beside those of its peers? (VPC-8) */
int vpc_peering_check_cidr(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			   const struct vpc_prefix *cidr, struct netlink_ext_ack *extack);
/* The peering @ref as the target of a route of @vpc (RT-27): a blackhole until it is accepted. */
int vpc_peering_resolve(struct vpc_txn *txn, const struct vpc_vpc *vpc, const char *ref,
			struct vpc_route_val *val, struct netlink_ext_ack *extack);
/* There is an active peering of the two. */
bool vpc_peering_active(struct vpc_net *vnet, const struct vpc_vpc *a, const struct vpc_vpc *b);
/* @vpc goes, and with it what is left of its peerings. */
void vpc_peering_forget(struct vpc_txn *txn, const struct vpc_vpc *vpc);

/* Packets from outside meet other owners of addresses than before, by whichever uplink. */
void vpc_uplink_owners_changed(struct vpc_txn *txn);

/* @vpc, which has none yet, gets a gateway: its IPv6 blocks are reached from outside. */
int vpc_public6_begin(struct vpc_txn *txn, struct vpc_vpc *vpc, struct netlink_ext_ack *extack);
/* One more block of a VPC with a gateway. */
int vpc_public6_add(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix *cidr,
		    struct netlink_ext_ack *extack);
/* It has given up one. */
void vpc_public6_del(struct vpc_txn *txn, struct vpc_vpc *vpc, const struct vpc_prefix *cidr);
/* The last gateway of @vpc is gone. */
void vpc_public6_end(struct vpc_txn *txn, struct vpc_vpc *vpc);

/* Its own VPC, or one that it is associated with (SG-19). */
bool vpc_group_in(const struct vpc_group *group, const struct vpc_vpc *vpc);
/* May @vpc go? No group of another VPC is associated with it. */
int vpc_group_check_vpc(struct vpc_net *vnet, const struct vpc_vpc *vpc,
			struct netlink_ext_ack *extack);
/* The default group of @vpc (VPC-11) or ERR_PTR. */
struct vpc_group *vpc_group_make_default(struct vpc_txn *txn, struct vpc_vpc *vpc,
					 struct netlink_ext_ack *extack);
/* Its VPC has IPv6 now: if it still lets out everything of IPv4, that too (SG-2). */
int vpc_group_ipv6(struct vpc_txn *txn, struct vpc_group *group);
void vpc_group_unmake(struct vpc_txn *txn, struct vpc_group *group);
/*
 * An interface, or an address of one, has come to @group. Who may send to the group may now send
 * there, by whatever way: paths depend on the interfaces that they lead through only.
 */
void vpc_group_joined(struct vpc_txn *txn, const struct vpc_group *group);
/* The entries of @pl have changed, and with them what rules allow that name it (PFX-9). */
void vpc_group_list_changed(struct vpc_txn *txn, const struct vpc_list *pl);
/* PFX-3: every group that names @pl must have room for it. */
int vpc_group_check_list(struct vpc_txn *txn, const struct vpc_list *pl,
			 struct netlink_ext_ack *extack);
/* A peering of the two has begun or ended, and with it rules across count or are stale (SG-7). */
void vpc_group_peering_changed(struct vpc_txn *txn, const struct vpc_vpc *vpc,
			       const struct vpc_vpc *peer);

/* The network ACL that lets everything pass (ACL-3) or ERR_PTR. */
struct vpc_acl *vpc_acl_make_default(struct vpc_txn *txn, struct vpc_vpc *vpc,
				     struct netlink_ext_ack *extack);
/* Its VPC has IPv6 now: rule 101 lets that pass, if nobody has changed the rules (ACL-3). */
int vpc_acl_ipv6(struct vpc_txn *txn, struct vpc_acl *acl);
void vpc_acl_unmake(struct vpc_txn *txn, struct vpc_acl *acl);
/* @acl takes the place of the one that @subnet has, if it has one already. */
void vpc_acl_attach(struct vpc_txn *txn, struct vpc_subnet *subnet, struct vpc_acl *acl);

/* A public address of @uplink that stands for nothing yet, or ERR_PTR; nobody has it. */
struct vpc_eip *vpc_eip_make(struct vpc_txn *txn, struct vpc_uplink *uplink, __be32 addr,
			     const char *name, struct netlink_ext_ack *extack);
/* It stands for nothing any more, and is gone. */
void vpc_eip_unmake(struct vpc_txn *txn, struct vpc_eip *eip);
/* A host could have it, or the router would answer for nonsense. */
bool vpc_eip_usable(__be32 addr);
/* What has @eip, an interface or a NAT gateway, or NULL. */
struct vpc_obj *vpc_eip_holder(const struct vpc_eip *eip);
/* EIP-5, NAT-2: may @eip stand for an address of @vpc? */
int vpc_eip_check_vpc(const struct vpc_eip *eip, const struct vpc_vpc *vpc,
		      struct netlink_ext_ack *extack);
void vpc_eip_map(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_eni *eni, __be32 addr);
void vpc_eip_map_nat(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_nat *nat, __be32 addr);
/* It stays allocated, but an automatic one is gone (EIP-4). */
void vpc_eip_unmap(struct vpc_txn *txn, struct vpc_eip *eip);
/* The private address that it stands for has moved to @eni (ENI-9). */
void vpc_eip_move(struct vpc_txn *txn, struct vpc_eip *eip, struct vpc_eni *eni);

/*
 * The automatic public address of @eni's primary one is given back; then it gets another if it
 * shall have one, has a device and no Elastic IP (IGW-3, ENI-8).
 */
int vpc_public_renew(struct vpc_txn *txn, struct vpc_eni *eni, struct netlink_ext_ack *extack);
/* An automatic public address for the primary one of @eni, which has none. */
int vpc_public_assign(struct vpc_txn *txn, struct vpc_eni *eni, struct netlink_ext_ack *extack);
/* An Elastic IP has left @eni: it gets an automatic address again, if the pool has one. */
void vpc_public_again(struct vpc_txn *txn, struct vpc_eni *eni);
/* Interfaces without a device give theirs back (ENI-8); some have not yet. */
void vpc_public_release(struct vpc_txn *txn);
bool vpc_public_stale(struct vpc_net *vnet);

/* A prefix was given, of any family. */
int vpc_prefix_given(const struct vpc_prefix_cfg *cfg, const char *what,
		     struct netlink_ext_ack *extack);
/* It is IPv4 of a sane length; IPv6 of a sane length, and that a multiple of 4. */
int vpc_prefix_check(const struct vpc_prefix_cfg *cfg, u8 min, u8 max, const char *what,
		     struct netlink_ext_ack *extack);
int vpc_prefix_check6(const struct vpc_prefix_cfg *cfg, u8 min, u8 max, const char *what,
		      struct netlink_ext_ack *extack);
bool vpc_prefix_covers(const struct vpc_prefix *outer, const struct vpc_prefix *inner);
bool vpc_prefix_overlap(const struct vpc_prefix *a, const struct vpc_prefix *b);
bool vpc_prefix_equal(const struct vpc_prefix *a, const struct vpc_prefix *b);

/* "10.0.0.0/24", or of one address that alone, into @buf of so many bytes; for messages. */
#define VPC_PREFIX_STRLEN	44
const char *vpc_prefix_text(const struct vpc_prefix *p, char *buf);

/* The first prefix of @lpm, of the family of @p, that is @p or lies in it. O(plen) */
bool vpc_map_inside(const struct vpc_lpm *lpm, const struct vpc_prefix *p,
		    struct vpc_prefix *first);

/* A journaled vpc_lpm_set() or vpc_lpm_del() on an IPv4 or MAC key; failure is in txn->err. */
void vpc_map_set(struct vpc_txn *txn, struct vpc_lpm *lpm, const void *key, u8 plen, u64 value);
void vpc_map_del(struct vpc_txn *txn, struct vpc_lpm *lpm, const void *key, u8 plen);
void vpc_map_clear(struct vpc_txn *txn, struct vpc_lpm *lpm);

/* Counters of a new object; put when the transaction aborts. */
struct vpc_acct *vpc_acct_make(struct vpc_txn *txn);
void vpc_acct_unmake(struct vpc_txn *txn, struct vpc_acct *acct);
/* The device binding of a new object; detached when the transaction aborts. RTNL. */
struct vpc_port *vpc_port_make(struct vpc_txn *txn, const struct vpc_obj *obj, const char *ifname,
			       struct netlink_ext_ack *extack);
void vpc_port_unmake(struct vpc_txn *txn, struct vpc_port *port);
/* Another binding in place of *port, whose device is gone; its own device again is no change. RTNL. */
int vpc_port_renew(struct vpc_txn *txn, const struct vpc_obj *obj, struct vpc_port **port,
		   const char *ifname, struct netlink_ext_ack *extack);

/* Copy an optional string of a cfg. */
void vpc_str_set(char *to, const char *from, size_t size);

#endif /* _VPC_NOUNS_H */
