/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/redir.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/base/xalloc.h"
#include "shell/diag.h"
#include "shell/expand.h"
#include "shell/fd.h"

/* Here-documents up to this size fit into any pipe. */
enum {
	PIPE_SAFE = 4096
};

static void save(struct redir_undo *u, int fd, struct fd_slot old)
{
	if (u->n == u->cap) {
		size_t size;

		u->cap *= 2;
		size = (size_t)u->cap * sizeof(*u->saved);
		if (u->saved == u->local) {
			u->saved = xmalloc(size);
			memcpy(u->saved, u->local, sizeof(u->local));
		} else {
			u->saved = xrealloc(u->saved, size);
		}
	}
	u->saved[u->n].fd = fd;
	u->saved[u->n++].old = old;
}

static void undo_free(struct redir_undo *u)
{
	if (u->saved != u->local)
		free(u->saved);
	u->n = 0;
}

/* The descriptor number in S, or -1. */
static int descriptor(const char *s)
{
	long n = 0;

	if (!*s)
		return -1;
	for (; *s; s++) {
		if (*s < '0' || *s > '9' || n > INT_MAX / 20)
			return -1;
		n = n * 10 + (*s - '0');
	}
	return (int)n;
}

/* The script descriptor that PATH (/dev/fd/3, /dev/stdin) names, or -1. */
static int dev_fd(const char *path)
{
	if (strncmp(path, "/dev/", 5))
		return -1;
	path += 5;
	if (!strncmp(path, "fd/", 3))
		return descriptor(path + 3);
	if (!strcmp(path, "stdin"))
		return 0;
	if (!strcmp(path, "stdout"))
		return 1;
	if (!strcmp(path, "stderr"))
		return 2;
	return -1;
}

/* > with noclobber: an existing regular file is not overwritten. */
static int open_noclobber(struct shell *sh, const char *path)
{
	struct stat st;
	int fd = fd_open(sh, path, O_WRONLY | O_CREAT | O_EXCL, 0666);

	if (fd >= 0 || errno != EEXIST)
		return fd;
	if (stat(path, &st) || S_ISREG(st.st_mode)) {
		errno = EEXIST;
		return -1;
	}
	fd = fd_open(sh, path, O_WRONLY, 0);
	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode)) {
		fd_close_private(sh, fd);
		errno = EEXIST;
		return -1;
	}
	return fd;
}

static int open_target(struct task *t, const struct redir *r, const char *path)
{
	struct shell *sh = t->sh;
	char proc[40];
	int n = dev_fd(path), real;

	if (n >= 0 && fd_slot(t, n).real != FD_SAME) {
		real = fd_real(t, n);
		if (real < 0)
			return -1;
		snprintf(proc, sizeof(proc), "/proc/self/fd/%d", real);
		path = proc;
	}
	switch (r->op) {
	case REDIR_IN:
		return fd_open(sh, path, O_RDONLY, 0);
	case REDIR_INOUT:
		return fd_open(sh, path, O_RDWR | O_CREAT, 0666);
	case REDIR_APPEND:
		return fd_open(sh, path, O_WRONLY | O_CREAT | O_APPEND, 0666);
	case REDIR_OUT:
		if (opt_on(sh, OPT_NOCLOBBER))
			return open_noclobber(sh, path);
		/* fall through */
	default:
		return fd_open(sh, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	}
}

static enum redir_result failed(struct task *t)
{
	t->status = 1;
	return REDIR_FAILED;
}

static enum redir_result open_file(
        struct task *t, const struct redir *r, struct fd_slot *slot)
{
	const char *path;
	size_t len;
	int n;

	if (expand_string(t, r->target, &path, &len))
		return REDIR_ABORT;
	n = dev_fd(path);
	if (n >= 0 && fd_sink(t, n)) {
		slot->sink = fd_sink(t, n);
		slot->real = FD_CLOSED;
		return REDIR_OK;
	}
	do
		slot->real = open_target(t, r, path);
	while (slot->real < 0 && errno == EINTR);
	if (slot->real >= 0)
		return REDIR_OK;
	diag(t, "%s: cannot %s: %s", path,
	        r->op == REDIR_OUT || r->op == REDIR_CLOBBER ||
	                        r->op == REDIR_APPEND
	                ? "create"
	                : "open",
	        strerror(errno));
	return failed(t);
}

static enum redir_result duplicate(
        struct task *t, const struct redir *r, struct fd_slot *slot)
{
	const char *s;
	size_t len;
	int n, mode;

	if (expand_string(t, r->target, &s, &len))
		return REDIR_ABORT;
	slot->real = FD_CLOSED;
	if (!strcmp(s, "-"))
		return REDIR_OK;
	n = descriptor(s);
	if (n < 0) {
		diag(t, "%s: not a file descriptor number", s);
		return failed(t);
	}
	slot->sink = fd_sink(t, n);
	if (slot->sink)
		return REDIR_OK;
	slot->real = fd_real(t, n);
	mode = slot->real < 0 ? -1 : fcntl(slot->real, F_GETFL);
	if (mode < 0) {
		diag(t, "%d: bad file descriptor: not open", n);
		return failed(t);
	}
	mode &= O_ACCMODE;
	if (mode == (r->op == REDIR_DUP_IN ? O_WRONLY : O_RDONLY)) {
		diag(t, "%d: bad file descriptor: not open for %s", n,
		        r->op == REDIR_DUP_IN ? "reading" : "writing");
		return failed(t);
	}
	return REDIR_OK;
}

/* A here-document in a pipe when it surely fits, else in a nameless file. */
static int heredoc_fd(struct task *t, const char *s, size_t len)
{
	int p[2], fd;
	ssize_t n;

	if (len <= PIPE_SAFE) {
		if (pipe2(p, O_CLOEXEC))
			return -1;
		n = len ? write(p[1], s, len) : 0;
		close(p[1]);
		fd = p[0];
		if (n < 0 || (size_t)n != len) {
			close(fd);
			return -1;
		}
		return fd_private(t->sh, fd);
	}
	fd = memfd_create("here-document", MFD_CLOEXEC);
	if (fd < 0)
		return -1;
	while (len) {
		n = write(fd, s, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			goto fail;
		s += n;
		len -= (size_t)n;
	}
	if (lseek(fd, 0, SEEK_SET))
		goto fail;
	return fd_private(t->sh, fd);
fail:
	close(fd);
	return -1;
}

static enum redir_result heredoc(
        struct task *t, const struct redir *r, struct fd_slot *slot)
{
	const char *s;
	size_t len;

	if (expand_string(t, r->target, &s, &len))
		return REDIR_ABORT;
	slot->real = heredoc_fd(t, s, len);
	if (slot->real >= 0)
		return REDIR_OK;
	diag(t, "cannot make a here-document: %s", strerror(errno));
	return failed(t);
}

/* Can a process not have a descriptor with this number? */
static bool beyond_limit(int fd)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	       (rlim_t)fd >= limit.rlim_cur;
}

enum redir_result redir_apply(
        struct task *t, const struct redir *r, struct redir_undo *undo)
{
	enum redir_result result = REDIR_OK;

	undo->saved = undo->local;
	undo->n = 0;
	undo->cap = REDIR_UNDO_LOCAL;
	for (; r; r = r->next) {
		struct fd_slot slot = {FD_CLOSED, NULL};

		if (r->fd >= FD_BASE && beyond_limit(r->fd)) {
			diag(t, "%d: bad file descriptor: out of range", r->fd);
			result = failed(t);
		} else if (r->op == REDIR_DUP_IN || r->op == REDIR_DUP_OUT)
			result = duplicate(t, r, &slot);
		else if (r->op == REDIR_HEREDOC)
			result = heredoc(t, r, &slot);
		else
			result = open_file(t, r, &slot);
		if (result != REDIR_OK) {
			redir_restore(t, undo);
			return result;
		}
		save(undo, r->fd, fd_replace(t, r->fd, slot));
	}
	return REDIR_OK;
}

void redir_restore(struct task *t, struct redir_undo *undo)
{
	while (undo->n > 0) {
		undo->n--;
		fd_restore(
		        t, undo->saved[undo->n].fd, undo->saved[undo->n].old);
	}
	undo_free(undo);
}

void redir_commit(struct task *t, struct redir_undo *undo)
{
	for (int i = 0; i < undo->n; i++)
		fd_slot_drop(t->sh, undo->saved[i].old);
	for (int i = 0; i < undo->n; i++)
		fd_commit(t, undo->saved[i].fd);
	undo_free(undo);
}
