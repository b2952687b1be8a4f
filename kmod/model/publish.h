/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VPC_PUBLISH_H
#define _VPC_PUBLISH_H

struct vpc_net;
struct vpc_obj;
struct vpc_snap;
struct vpc_txn;

/* The empty model of a new namespace, with an empty root. */
int vpc_model_init(struct vpc_net *vnet);
/* Free all of it; no packet and no writer runs any more. */
void vpc_model_exit(struct vpc_net *vnet);

/* The snapshot of @obj but for its identity, of the transaction's memory; NULL without. snapshot.c */
struct vpc_snap *vpc_snap_build(struct vpc_txn *txn, const struct vpc_obj *obj);
/* Build the snapshots of the transaction's dirty objects into its root. Return: 0 or -ENOMEM. */
int vpc_publish_build(struct vpc_txn *txn);
/* Let packets see the transaction's root. Cannot fail. */
void vpc_publish(struct vpc_txn *txn);

#endif /* _VPC_PUBLISH_H */
