/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VPCDNSD_PRIVILEGES_H
#define VPCDNSD_PRIVILEGES_H

#include <stdbool.h>

/*
 * Become @user for good, with CAP_NET_ADMIN alone, which the router wants of who dumps: after a loss
 * of events everything is read anew. Said why when it fails.
 */
bool privileges_drop(const char *user);

#endif
