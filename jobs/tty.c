/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

enum {
	TTY_FD_MIN = 10,
	/* An orphaned process group cannot stop: do not ask for ever. */
	TTY_TRIES = 64,
};

int tty_open(void)
{
	int fd, high;

	do
		fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0) {
		/* no /dev: a standard descriptor may still be the terminal */
		for (fd = 2; fd >= 0 && tcgetpgrp(fd) < 0; fd--)
			;
		return fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, TTY_FD_MIN);
	}
	if (fd >= TTY_FD_MIN)
		return fd;
	high = fcntl(fd, F_DUPFD_CLOEXEC, TTY_FD_MIN);
	close(fd);
	return high;
}

/* Stop like any background process that reads, until we are continued. */
static void wait_for_foreground(void)
{
	struct sigaction dfl = {.sa_handler = SIG_DFL}, old;

	sigemptyset(&dfl.sa_mask);
	sigaction(SIGTTIN, &dfl, &old);
	kill(0, SIGTTIN);
	sigaction(SIGTTIN, &old, NULL);
}

bool tty_in_foreground(int tty)
{
	return tcgetpgrp(tty) == getpgrp();
}

int tty_acquire(int tty)
{
	int tries;
	pid_t group;

	if (getsid(0) == getpid())
		return tty_give(tty, getpgrp());
	for (tries = 0;; tries++) {
		group = tcgetpgrp(tty);
		if (group < 0)
			return -1;
		if (group == getpgrp())
			break;
		if (tries == TTY_TRIES) {
			errno = EPERM;
			return -1;
		}
		wait_for_foreground();
	}
	if (group != getpid() && setpgid(0, 0) < 0)
		return -1;
	return tty_give(tty, getpgrp());
}

int tty_release(int tty, pid_t pgid)
{
	if (pgid == getpgrp())
		return 0;
	if (tty_give(tty, pgid) < 0)
		return -1;
	return setpgid(0, pgid);
}

int tty_give(int tty, pid_t pgid)
{
	sigset_t ttou, old;
	int r, err;

	sigemptyset(&ttou);
	sigaddset(&ttou, SIGTTOU);
	sigprocmask(SIG_BLOCK, &ttou, &old);
	do
		r = tcsetpgrp(tty, pgid);
	while (r < 0 && errno == EINTR);
	err = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	errno = err;
	return r;
}

int tty_save(int tty, struct termios *modes)
{
	return tcgetattr(tty, modes);
}

int tty_restore(int tty, const struct termios *modes)
{
	sigset_t ttou, old;
	int r, err;

	sigemptyset(&ttou);
	sigaddset(&ttou, SIGTTOU);
	sigprocmask(SIG_BLOCK, &ttou, &old);
	do
		r = tcsetattr(tty, TCSADRAIN, modes);
	while (r < 0 && errno == EINTR);
	err = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	errno = err;
	return r;
}
