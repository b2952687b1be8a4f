// SPDX-License-Identifier: GPL-2.0
#include "netns.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define NETNS_DIR	"/var/run/netns"
#define NETNS_ETC	"/etc/netns"

struct path {
	char s[PATH_MAX];
};

static struct path path_join(const char *dir, const char *name)
{
	struct path p;

	/* An empty path is one that nothing can be done with. */
	if (snprintf(p.s, sizeof(p.s), "%s/%s", dir, name) >= (int)sizeof(p.s))
		p.s[0] = '\0';
	return p;
}

/* As with `ip -n`, a name with a slash is a path of its own. */
int netns_open(const char *name)
{
	struct path p = path_join(NETNS_DIR, name);
	int fd = open(strchr(name, '/') ? name : p.s, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

bool netns_exists(const char *name)
{
	struct path p = path_join(NETNS_DIR, name);

	return !access(p.s, F_OK);
}

int netns_enter(const char *name)
{
	int fd = netns_open(name);
	int err = 0;

	if (fd < 0)
		return fd;
	if (setns(fd, CLONE_NEWNET) < 0)
		err = -errno;
	close(fd);
	return err;
}

/*
 * The folder is a shared mount, so that namespaces named later appear in, and deleted ones
 * vanish from, every mount namespace that copied it.
 */
static int netns_dir(void)
{
	if (mkdir(NETNS_DIR, 0755) < 0 && errno != EEXIST)
		return -errno;
	if (!mount("", NETNS_DIR, "none", MS_SHARED | MS_REC, NULL))
		return 0;
	if (errno != EINVAL)
		return -errno;
	if (mount(NETNS_DIR, NETNS_DIR, "none", MS_BIND | MS_REC, NULL) < 0 ||
	    mount("", NETNS_DIR, "none", MS_SHARED | MS_REC, NULL) < 0)
		return -errno;
	return 0;
}

/* A child becomes the namespace; the bind mount keeps it when the child is gone. */
static int netns_pin(const char *path)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (!pid) {
		if (unshare(CLONE_NEWNET) < 0 ||
		    mount("/proc/self/ns/net", path, "none", MS_BIND, NULL) < 0)
			_exit(errno);
		_exit(0);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -ECHILD;
}

int netns_create(const char *name)
{
	struct path p = path_join(NETNS_DIR, name);
	int fd, err;

	err = netns_dir();
	if (err)
		return err;
	fd = open(p.s, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	close(fd);
	err = netns_pin(p.s);
	if (err)
		unlink(p.s);
	return err;
}

int netns_delete(const char *name)
{
	struct path p = path_join(NETNS_DIR, name);

	umount2(p.s, MNT_DETACH);
	return unlink(p.s) < 0 ? -errno : 0;
}

/* /etc/netns/NAME/resolv.conf and its like stand over /etc for the command. */
static void netns_bind_etc(const char *name)
{
	struct path dir = path_join(NETNS_ETC, name);
	DIR *d = opendir(dir.s);
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d))) {
		struct path from = path_join(dir.s, e->d_name);
		struct path to = path_join("/etc", e->d_name);

		if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..") &&
		    mount(from.s, to.s, "none", MS_BIND, NULL) < 0)
			fprintf(stderr, "vpcctl: bind %s over %s: %s\n", from.s, to.s,
				strerror(errno));
	}
	closedir(d);
}

/* /sys shows the network devices of the namespace that mounted it. */
static int netns_mount_sys(void)
{
	unsigned long flags = 0;
	struct statvfs st;

	if (umount2("/sys", MNT_DETACH) < 0 && !statvfs("/sys", &st) && st.f_flag & ST_RDONLY)
		flags = MS_RDONLY;
	return mount("vpc", "/sys", "sysfs", flags, NULL) < 0 ? -errno : 0;
}

/* In the namespace already: runs a command as if it were at home there. Returns if it fails. */
int netns_exec(const char *name, char **argv)
{
	int err;

	if (unshare(CLONE_NEWNS) < 0 ||
	    mount("", "/", "none", MS_SLAVE | MS_REC, NULL) < 0)
		return -errno;
	err = netns_mount_sys();
	if (err)
		return err;
	netns_bind_etc(name);
	execvp(argv[0], argv);
	return -errno;
}
