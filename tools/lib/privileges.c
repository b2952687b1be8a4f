// SPDX-License-Identifier: GPL-2.0
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static int keep_net_admin(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {
		{ .effective = 1 << CAP_NET_ADMIN, .permitted = 1 << CAP_NET_ADMIN },
	};

	return syscall(SYS_capset, &head, data);
}

bool privileges_drop(const char *user)
{
	const struct passwd *pw;
	int cap;

	errno = 0;
	pw = getpwnam(user);
	if (!pw) {
		fprintf(stderr, "%s: there is no user %s\n", program_invocation_short_name, user);
		return false;
	}
	for (cap = 0; prctl(PR_CAPBSET_READ, cap) >= 0; cap++)
		prctl(PR_CAPBSET_DROP, cap);
	if (!prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) && !setgroups(0, NULL) &&
	    !setresgid(pw->pw_gid, pw->pw_gid, pw->pw_gid) &&
	    !setresuid(pw->pw_uid, pw->pw_uid, pw->pw_uid) && !keep_net_admin() &&
	    !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return true;
	fprintf(stderr, "%s: privileges: %s\n", program_invocation_short_name, strerror(errno));
	return false;
}
