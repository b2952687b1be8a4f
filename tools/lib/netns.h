/* SPDX-License-Identifier: GPL-2.0 */
/* Named network namespaces, the same as `ip netns` makes and sees. */

#ifndef VPC_TOOLS_NETNS_H
#define VPC_TOOLS_NETNS_H

#include <stdbool.h>

/* All return 0 (netns_open: a descriptor) or a negative errno. */
int netns_open(const char *name);
int netns_create(const char *name);
int netns_delete(const char *name);
int netns_enter(const char *name);
int netns_exec(const char *name, char **argv);
bool netns_exists(const char *name);

#endif
