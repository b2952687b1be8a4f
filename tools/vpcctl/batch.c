// SPDX-License-Identifier: GPL-2.0
/* A file of commands as one transaction: all of them, or none. */

#include "vpcctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Enough to make the cost of a system call small; a message must fit the socket's buffer. */
#define BATCH_MESSAGE	(64 * 1024)
#define BATCH_READ	(64 * 1024)
#define BATCH_OP_HEADS	(2 * NLA_HDRLEN + NLA_HDRLEN + sizeof(uint32_t))
#define BATCH_PROGRESS	10000

struct batch {
	FILE *in;
	char *text;		/* the command being read, its lines joined */
	char **argv;
	size_t text_size;
	unsigned int line;	/* lines read so far */

	char *buf;		/* the txn-add being filled */
	struct nlmsghdr *msg;
	uint32_t *lines;	/* where each operation stands in the file */
	size_t lines_size;
	uint32_t staged, sent;
};

/* Like iproute2: blanks part words, quotes at the start of a word hold it together. */
static int batch_split(char *s, char **argv)
{
	int argc = 0;

	for (;;) {
		char quote;

		s += strspn(s, " \t\r\n");
		if (!*s || *s == '#')
			break;
		quote = *s == '"' || *s == '\'' ? *s++ : '\0';
		argv[argc++] = s;
		if (quote) {
			s = strchr(s, quote);
			if (!s)
				return -1;
		} else {
			s += strcspn(s, " \t\r\n");
		}
		if (*s)
			*s++ = '\0';
	}
	argv[argc] = NULL;
	return argc;
}

/* A line that ends in a backslash goes on in the next. Returns the length, 0 at the end. */
static size_t batch_read(struct batch *b)
{
	char *line = NULL;
	size_t size = 0, used = 0;
	ssize_t len;

	place.line = b->line + 1;
	while ((len = getline(&line, &size, b->in)) > 0) {
		bool more = len > 1 && line[len - 1] == '\n' && line[len - 2] == '\\';

		b->line++;
		if (used + len + 1 > b->text_size) {
			b->text_size = 2 * (used + len + 1);
			b->text = realloc(b->text, b->text_size);
			b->argv = realloc(b->argv, (b->text_size / 2 + 2) * sizeof(*b->argv));
			if (!b->text || !b->argv)
				abort();
		}
		memcpy(b->text + used, line, len + 1);
		used += len;
		if (!more)
			break;
		used -= 2;
		b->text[used++] = ' ';
		b->text[used] = '\0';
	}
	free(line);
	return used;
}

static int batch_fail(const struct batch *b, const struct nl_error *err, uint32_t index)
{
	if (index < b->staged) {
		place.line = b->lines[index];
		return kernel_error(err);
	}
	place.noun = place.file;
	place.verb = place.name = NULL;
	place.file = NULL;
	return kernel_error(err);
}

/* Which operation of the message holds the attribute to blame; UINT32_MAX: not known. */
static uint32_t batch_blame(const struct batch *b, const struct nl_error *err)
{
	uint32_t index = b->sent;
	const struct nlattr *op;

	if (err->has_cookie)
		return err->cookie;
	if (err->offset) {
		mnl_attr_for_each(op, b->msg, sizeof(struct genlmsghdr)) {
			const char *end = (const char *)op + MNL_ALIGN(op->nla_len);

			if (err->offset < end - (const char *)b->msg)
				return index;
			index++;
		}
	}
	return b->staged - b->sent == 1 ? b->sent : UINT32_MAX;
}

static int batch_flush(struct batch *b)
{
	struct nl_error err;

	if (b->sent < b->staged) {
		if (nl_talk(vpc_nl(), b->msg, NULL, NULL, &err))
			return batch_fail(b, &err, batch_blame(b, &err));
		b->sent = b->staged;
	}
	b->msg = nl_request(b->buf, VPC_CMD_TXN_ADD, VPC_GENL_VERSION);
	return EXIT_OK;
}

static void batch_progress(const struct batch *b, bool end)
{
	if (b->staged < BATCH_PROGRESS || (!end && b->staged % BATCH_PROGRESS))
		return;
	/* A system call: not for every operation */
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%u operations%s", b->staged, end ? "\n" : "");
}

static void batch_note_line(struct batch *b)
{
	if (b->staged == b->lines_size) {
		b->lines_size = b->lines_size ? 2 * b->lines_size : 1024;
		b->lines = realloc(b->lines, b->lines_size * sizeof(*b->lines));
		if (!b->lines)
			abort();
	}
	b->lines[b->staged++] = place.line;
}

/* The request that would be sent alone becomes the operation: there is one builder. */
static int batch_stage(struct batch *b, const struct call *call)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(call->nlh);
	size_t len = mnl_nlmsg_get_payload_len(call->nlh) - sizeof(*genl);
	struct nlattr *op, *noun;
	int ret;

	if (b->msg->nlmsg_len + BATCH_OP_HEADS + len > BATCH_MESSAGE) {
		ret = batch_flush(b);
		if (ret)
			return ret;
	}
	op = mnl_attr_nest_start(b->msg, VPC_A_TXN_OP);
	mnl_attr_put_u32(b->msg, VPC_A_OP_CMD, genl->cmd);
	noun = mnl_attr_nest_start(b->msg, call->verb->op);
	memcpy(mnl_nlmsg_get_payload_tail(b->msg), genl + 1, len);
	b->msg->nlmsg_len += len;
	mnl_attr_nest_end(b->msg, noun);
	mnl_attr_nest_end(b->msg, op);
	batch_note_line(b);
	batch_progress(b, false);
	return EXIT_OK;
}

static int batch_line(struct batch *b)
{
	static char buf[NL_REQUEST_MAX] __attribute__((aligned(8)));
	int argc = batch_split(b->text, b->argv);
	struct call call;
	int ret;

	place.noun = NULL;
	if (argc < 0)
		return usage_error("a quote is not closed");
	if (!argc)
		return EXIT_OK;
	ret = call_parse(&call, buf, argc, b->argv);
	if (!ret && (!call.verb || !call.verb->op))
		ret = usage_error("a transaction takes nothing but changes of the configuration");
	return ret ? ret : batch_stage(b, &call);
}

/* txn-begin and txn-commit: in a request the count is what must be staged already. */
static int batch_control(struct batch *b, uint8_t cmd)
{
	char buf[64] __attribute__((aligned(8)));
	struct nlmsghdr *nlh = nl_request(buf, cmd, VPC_GENL_VERSION);
	struct nl_error err;

	if (cmd == VPC_CMD_TXN_COMMIT)
		mnl_attr_put_u32(nlh, VPC_A_TXN_STAGED, b->staged);
	if (nl_talk(vpc_nl(), nlh, NULL, NULL, &err))
		return batch_fail(b, &err, err.has_cookie ? err.cookie : UINT32_MAX);
	if (err.has_cookie && err.cookie < b->staged)
		place.line = b->lines[err.cookie];
	return kernel_done(&err);
}

/* Where it stops early the socket closes, and the kernel forgets what was staged. */
static int batch_transaction(struct batch *b)
{
	int ret;

	if (!vpc_nl())
		return EXIT_REFUSED;
	ret = batch_control(b, VPC_CMD_TXN_BEGIN);
	while (!ret && batch_read(b))
		ret = batch_line(b);
	if (!ret)
		ret = batch_flush(b);
	batch_progress(b, true);
	return ret ? ret : batch_control(b, VPC_CMD_TXN_COMMIT);
}

int batch_run(const char *file)
{
	struct batch b = { 0 };
	int ret;

	b.in = strcmp(file, "-") ? fopen(file, "re") : stdin;
	if (!b.in) {
		system_error(errno, "%s", file);
		return EXIT_USAGE;
	}
	setvbuf(b.in, NULL, _IOFBF, BATCH_READ);
	b.buf = malloc(BATCH_MESSAGE + NL_REQUEST_MAX);
	if (!b.buf)
		abort();
	b.msg = nl_request(b.buf, VPC_CMD_TXN_ADD, VPC_GENL_VERSION);
	place.file = b.in == stdin ? "stdin" : file;
	ret = batch_transaction(&b);

	if (b.in != stdin)
		fclose(b.in);
	free(b.text);
	free(b.argv);
	free(b.buf);
	free(b.lines);
	return ret;
}
