/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VPC_TOOLS_PRIVILEGES_H
#define VPC_TOOLS_PRIVILEGES_H

#include <stdbool.h>

/*
 * Become @user for good, with CAP_NET_ADMIN alone, which the router wants of who asks it: after a
 * loss of events everything is read anew. Said why when it fails.
 */
bool privileges_drop(const char *user);

#endif
