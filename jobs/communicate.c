/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/communicate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "shell/fd.h"

enum {
	CHUNK = 64 * 1024, /* what a pipe holds */
	CHECK_MS = 200,    /* between looks at a child */
};

static bool wanted(const struct communicate *c, int n)
{
	return n == 0 ? c->input != NULL : (n == 1 ? c->out : c->err) != NULL;
}

static void close_end(struct task *t, int *fd)
{
	if (*fd >= 0)
		fd_close_private(t->sh, *fd);
	*fd = -1;
}

/** Make the pipe for descriptor N and put the child's end there. */
static int open_one(struct task *t, struct communicate *c, int n)
{
	int p[2];

	if (fd_pipe(t->sh, p) < 0)
		return -1;
	c->ours[n] = n == 0 ? p[1] : p[0];
	c->theirs[n] = n == 0 ? p[0] : p[1];
	/* Only our end: the child's has flags of its own. */
	fcntl(c->ours[n], F_SETFL, O_NONBLOCK);
	c->saved[n] = fd_replace(t, n, (struct fd_slot){c->theirs[n], NULL});
	return 0;
}

static void give_back(struct task *t, struct communicate *c)
{
	for (int n = 2; n >= 0; n--) {
		if (c->theirs[n] >= 0)
			fd_restore(t, n, c->saved[n]);
		c->theirs[n] = -1;
	}
}

static void close_all(struct task *t, struct communicate *c)
{
	for (int n = 0; n < 3; n++)
		close_end(t, &c->ours[n]);
}

int communicate_open(struct task *t, struct communicate *c)
{
	for (int n = 0; n < 3; n++)
		c->ours[n] = c->theirs[n] = -1;
	for (int n = 0; n < 3; n++) {
		int err;

		if (!wanted(c, n) || open_one(t, c, n) == 0)
			continue;
		err = errno;
		give_back(t, c);
		close_all(t, c);
		errno = err;
		return -1;
	}
	return 0;
}

static bool again(void)
{
	return errno == EAGAIN || errno == EINTR;
}

/** Write what fits. The end is closed when all is written or unwanted. */
static void feed(struct task *t, struct communicate *c)
{
	size_t n = c->input_len < CHUNK ? c->input_len : CHUNK;
	ssize_t w = n ? write(c->ours[0], c->input, n) : 0;

	if (w > 0) {
		c->input += w;
		c->input_len -= (size_t)w;
	}
	if (!c->input_len || (w < 0 && !again()))
		close_end(t, &c->ours[0]);
}

/** Read what is there from output N. */
static void drain(struct task *t, struct communicate *c, int n)
{
	struct strbuf *sb = n == 1 ? c->out : c->err;
	ssize_t r;

	do {
		strbuf_grow(sb, CHUNK);
		r = read(c->ours[n], sb->buf + sb->len, CHUNK);
		if (r > 0)
			strbuf_setlen(sb, sb->len + (size_t)r);
	} while (r == CHUNK);
	if (r == 0 || (r < 0 && !again()))
		close_end(t, &c->ours[n]);
}

/** Has the child changed as WHAT says (waitid)? It is not reaped. */
static bool child_has(pid_t pid, int what)
{
	siginfo_t info = {.si_pid = 0};

	return waitid(P_PID, (id_t)pid, &info, what | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid;
}

/** One round; true when there is nothing left to do. */
static bool pump(struct task *t, struct communicate *c, pid_t pid, int pidfd,
        int timeout)
{
	struct pollfd p[4];
	bool ended;
	int n;

	for (n = 0; n < 3; n++)
		p[n] = (struct pollfd){
		        .fd = c->ours[n], .events = n == 0 ? POLLOUT : POLLIN};
	p[3] = (struct pollfd){.fd = pidfd, .events = POLLIN};
	if (c->ours[0] < 0 && c->ours[1] < 0 && c->ours[2] < 0)
		return true;
	if (poll(p, 4, timeout) < 0)
		return false;
	ended = pidfd < 0 ? child_has(pid, WEXITED) : p[3].revents != 0;
	/* What it wrote before it ended is all there by now. */
	for (n = 1; n < 3; n++) {
		if (c->ours[n] >= 0 && (p[n].revents || ended))
			drain(t, c, n);
	}
	if (p[0].revents && !ended)
		feed(t, c);
	return ended;
}

/** Take back a SIGPIPE that a write() of ours has caused. */
static void forget_sigpipe(const sigset_t *pipe_set)
{
	const struct timespec now = {0};

	while (sigtimedwait(pipe_set, NULL, &now) < 0 && errno == EINTR)
		;
}

void communicate_run(
        struct task *t, struct communicate *c, pid_t pid, pid_t group)
{
	sigset_t pipe_set, old, pending;
	int pidfd, timeout;

	give_back(t, c);
	if (pid <= 0) {
		close_all(t, c);
		return;
	}
	sigemptyset(&pipe_set);
	sigaddset(&pipe_set, SIGPIPE);
	sigprocmask(SIG_BLOCK, &pipe_set, &old);
	sigpending(&pending);
	pidfd = pidfd_open(pid, 0);
	/* Without a descriptor for the child it must be asked. */
	timeout = group || pidfd < 0 ? CHECK_MS : -1;
	while (!pump(t, c, pid, pidfd, timeout)) {
		if (group && child_has(pid, WSTOPPED))
			kill(-group, SIGCONT);
	}
	if (pidfd >= 0)
		close(pidfd);
	close_all(t, c);
	if (!sigismember(&pending, SIGPIPE))
		forget_sigpipe(&pipe_set);
	sigprocmask(SIG_SETMASK, &old, NULL);
}
