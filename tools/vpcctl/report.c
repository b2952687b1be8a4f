// SPDX-License-Identifier: GPL-2.0
/* One line on stderr for everything that goes wrong: where, then what. */

#include "vpcctl.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

struct place place;

static void report_command(void)
{
	const char *const words[] = { place.noun, place.verb, place.name };
	bool any = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words) && words[i]; i++, any = true)
		fprintf(stderr, "%s%s", i ? " " : "", words[i]);
	if (any)
		fputs(": ", stderr);
}

static void report_place(void)
{
	fflush(stdout);
	if (place.file)
		fprintf(stderr, "%s:%u: ", place.file, place.line);
	else
		fputs("vpcctl: ", stderr);
}

int usage_error(const char *fmt, ...)
{
	va_list ap;

	report_place();
	report_command();
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return EXIT_USAGE;
}

int system_error(int err, const char *fmt, ...)
{
	va_list ap;

	report_place();
	report_command();
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s\n", strerror(err < 0 ? -err : err));
	return EXIT_REFUSED;
}

/*
 * The kernel's own words, if it had any; before them, of a command that asks several things
 * of it, what was asked. In a batch the line stands for the command.
 */
int kernel_error_at(const struct nl_error *err, const char *what)
{
	const char *text = err->text;

	if (!*text)
		text = err->code == EPERM ? "needs CAP_NET_ADMIN in this network namespace" :
					    strerror(err->code);
	report_place();
	if (!place.file)
		report_command();
	if (what)
		fprintf(stderr, "%s: ", what);
	fprintf(stderr, "%s\n", text);
	return EXIT_REFUSED;
}

int kernel_error(const struct nl_error *err)
{
	return kernel_error_at(err, NULL);
}

/* Done, but the kernel may have something to say about it. */
int kernel_done(const struct nl_error *err)
{
	if (*err->text) {
		report_place();
		fprintf(stderr, "warning: %s\n", err->text);
	}
	return EXIT_OK;
}
