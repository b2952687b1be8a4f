// SPDX-License-Identifier: GPL-2.0
/*
 * vpcctl without its start: a process that has been loaded and linked once forks for each
 * command, and the child runs vpcctl's main() with the standard files of whoever asks. On an
 * emulated kernel, or one with KASAN, to start a program costs many times what a command does.
 *
 * vpcctl-server FOLDER N	requests come on standard input, each a row of strings that end with
 *				a zero byte: the number of an answer pipe, the process id, the
 *				number of words, the words; answers go to FOLDER/answer.0 to N-1
 */

#include "vpcctl.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWERS_MAX	16
#define WORDS_MAX	4096
/* Where the caller keeps its standard output while it writes the request to ours, see lib.sh */
#define CALLERS_OUTPUT	31

static int answers[ANSWERS_MAX];
static pid_t running[ANSWERS_MAX];
static int n_answers;
static sigset_t outside;

static char buffer[1 << 16];
static size_t filled;

struct request {
	long answer;
	pid_t pid;
	int argc;
	char *argv[WORDS_MAX + 2];
	size_t size;
};

static void die(const char *what)
{
	fprintf(stderr, "vpcctl-server: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

static void open_answers(const char *folder)
{
	char path[PATH_MAX];
	int i;

	for (i = 0; i < n_answers; i++) {
		snprintf(path, sizeof(path), "%s/answer.%d", folder, i);
		answers[i] = open(path, O_RDWR | O_CLOEXEC);
		if (answers[i] < 0)
			die(path);
	}
}

static void on_child(int sig)
{
	(void)sig;
}

/* A child's end is noticed while we wait, and at no other time. */
static void prepare_signals(void)
{
	struct sigaction action = { .sa_handler = on_child };
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &outside);
	sigdelset(&outside, SIGCHLD);
	sigaction(SIGCHLD, &action, NULL);
}

/* What the caller has closed is closed here, too. */
static void take_file(int process, int theirs, int ours)
{
	int fd = syscall(SYS_pidfd_getfd, process, theirs, 0);

	if (fd < 0) {
		close(ours);
		return;
	}
	dup2(fd, ours);
	close(fd);
}

static int run(const struct request *request)
{
	int process = syscall(SYS_pidfd_open, request->pid, 0);

	if (process < 0)
		die("the caller");
	take_file(process, 0, STDIN_FILENO);
	take_file(process, CALLERS_OUTPUT, STDOUT_FILENO);
	take_file(process, 2, STDERR_FILENO);
	close(process);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &outside, NULL);
	return vpcctl_main(request->argc, (char **)request->argv);
}

static void start(const struct request *request)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (!pid)
		exit(run(request));
	running[request->answer] = pid;
}

static void answer(pid_t pid, int status)
{
	int i;

	for (i = 0; i < n_answers; i++) {
		if (running[i] != pid)
			continue;
		running[i] = 0;
		dprintf(answers[i], "%d\n",
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	}
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		answer(pid, status);
}

/* The string at *@at, or NULL when its end has not come yet */
static char *next_word(size_t *at)
{
	char *word = buffer + *at;
	char *end = memchr(word, '\0', filled - *at);

	if (!end)
		return NULL;
	*at = end + 1 - buffer;
	return word;
}

static long next_number(size_t *at, long max)
{
	char *word = next_word(at), *end;
	long n;

	if (!word)
		return -1;
	n = strtol(word, &end, 10);
	if (*end || n < 0 || n > max) {
		errno = EINVAL;
		die("a request");
	}
	return n;
}

/* Is a whole request there? */
static int parse(struct request *request)
{
	size_t at = 0;
	int i;

	request->answer = next_number(&at, n_answers - 1);
	request->pid = next_number(&at, INT_MAX);
	request->argc = next_number(&at, WORDS_MAX);
	if (request->argc < 0)
		return 0;
	request->argv[0] = "vpcctl";
	for (i = 1; i <= request->argc; i++) {
		request->argv[i] = next_word(&at);
		if (!request->argv[i])
			return 0;
	}
	request->argv[i] = NULL;
	request->argc++;
	request->size = at;
	return 1;
}

/* Returns 0 when nobody can ask any more. */
static int take_requests(void)
{
	static struct request request;
	ssize_t n = read(STDIN_FILENO, buffer + filled, sizeof(buffer) - filled);

	if (n < 0)
		die("requests");
	filled += n;
	while (filled && parse(&request)) {
		start(&request);
		filled -= request.size;
		memmove(buffer, buffer + request.size, filled);
	}
	return n > 0;
}

int main(int argc, char **argv)
{
	struct pollfd requests = { .fd = STDIN_FILENO, .events = POLLIN };
	int ret;

	n_answers = argc == 3 ? atoi(argv[2]) : 0;
	if (n_answers < 1 || n_answers > ANSWERS_MAX)
		return EXIT_FAILURE;
	open_answers(argv[1]);
	prepare_signals();
	for (;;) {
		ret = ppoll(&requests, 1, NULL, &outside);
		if (ret < 0 && errno != EINTR)
			die("poll");
		reap();
		if (ret > 0 && !take_requests())
			return EXIT_SUCCESS;
	}
}
