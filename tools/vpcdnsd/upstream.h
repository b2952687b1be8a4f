/* SPDX-License-Identifier: GPL-2.0 */
/* Everybody else's names, by libunbound. */

#ifndef VPCDNSD_UPSTREAM_H
#define VPCDNSD_UPSTREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* @reply NULL: there is nothing but the code. */
typedef void (*upstream_fn)(void *data, const uint8_t *reply, size_t len, int rcode);

/* @forwarders: as ADDRESS or ADDRESS@PORT, @n of them; none: those of resolv.conf. */
bool upstream_open(const char *const *forwarders, unsigned int n);

/* Readable when there are answers. */
int upstream_fd(void);
void upstream_answers(void);

/* @fn is called once, later, unless this fails. */
bool upstream_ask(const char *name, int type, upstream_fn fn, void *data);

#endif
