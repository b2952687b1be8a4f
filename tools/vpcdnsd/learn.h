/* SPDX-License-Identifier: GPL-2.0 */
/* The view from the router's dumps and events. */

#ifndef VPCDNSD_LEARN_H
#define VPCDNSD_LEARN_H

#include <stdbool.h>

/* Open what is needed in that network namespace, NULL for this one. Said why when it fails. */
bool learn_open(const char *netns);

/* Everything anew, and listen from now on. */
bool learn_all(void);

/* Readable when something has changed. */
int learn_fd(void);

/* Take in what has changed. False: the router is lost. */
bool learn_changes(void);

#endif
