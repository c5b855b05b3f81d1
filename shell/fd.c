/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell/base/xalloc.h"
#include "shell/diag.h"

/** What the shell knows about a real descriptor. */
struct fd_info {
	unsigned refs; /* slots that hold it, in tables or saved */
	unsigned kept; /* saved slots that will be FD_SAME again */
	bool private;  /* opened by the shell: closed without references */
};

/* A saved slot that was FD_SAME, for descriptor n, says FD_KEPT - n. */
enum {
	FD_KEPT = -16
};

static const struct fd_slot same = {.real = FD_SAME};

static struct fd_info *info_of(struct shell *sh, int fd)
{
	if (fd >= sh->nfd_info) {
		int n = fd < 16 ? 32 : fd * 2;

		sh->fd_info =
		        xrealloc(sh->fd_info, (size_t)n * sizeof(*sh->fd_info));
		memset(sh->fd_info + sh->nfd_info, 0,
		        (size_t)(n - sh->nfd_info) * sizeof(*sh->fd_info));
		sh->nfd_info = n;
	}
	return &sh->fd_info[fd];
}

bool fd_is_private(const struct shell *sh, int fd)
{
	return fd >= 0 && fd < sh->nfd_info && sh->fd_info[fd].private;
}

/* Does anybody need the real descriptor FD as it is? */
static bool is_needed(const struct shell *sh, int fd)
{
	return fd < sh->nfd_info &&
	       (sh->fd_info[fd].refs || sh->fd_info[fd].kept);
}

static void ref(struct shell *sh, int fd)
{
	if (fd <= FD_KEPT)
		info_of(sh, FD_KEPT - fd)->kept++;
	else if (fd >= 0)
		info_of(sh, fd)->refs++;
}

static void unref(struct shell *sh, int fd)
{
	struct fd_info *info;

	if (fd <= FD_KEPT)
		info_of(sh, FD_KEPT - fd)->kept--;
	if (fd < 0 || fd >= sh->nfd_info)
		return;
	info = &sh->fd_info[fd];
	if (info->refs && --info->refs == 0 && info->private) {
		info->private = false;
		sh->fd_generation++;
		close(fd);
	}
}

struct fd_slot fd_slot(const struct task *t, int n)
{
	return n >= 0 && n < t->fds.n ? t->fds.slot[n] : same;
}

struct strbuf *fd_sink(const struct task *t, int n)
{
	return fd_slot(t, n).sink;
}

/* As fd_real(), but whether N is open in the process is left to its use. */
static int real_of(const struct task *t, int n)
{
	struct fd_slot s = fd_slot(t, n);

	if (s.real == FD_SAME && !s.sink && !fd_is_private(t->sh, n))
		return n;
	if (s.real >= 0 && !s.sink)
		return s.real;
	errno = EBADF;
	return -1;
}

int fd_real(const struct task *t, int n)
{
	int fd = real_of(t, n);

	if (fd == n && fcntl(fd, F_GETFD) < 0)
		return -1;
	return fd;
}

/* The slot for N, to be changed. */
static struct fd_slot *slot_at(struct task *t, int n)
{
	struct fd_table *table = &t->fds;

	if (n >= table->n) {
		int size = n < 8 ? 8 : n + 8;

		table->slot = xrealloc(
		        table->slot, (size_t)size * sizeof(*table->slot));
		for (int i = table->n; i < size; i++)
			table->slot[i] = same;
		table->n = size;
	}
	return &table->slot[n];
}

/* Is real descriptor N the script's N, as far as it is open at all? */
static bool is_script(const struct task *t, int n)
{
	return !fd_is_private(t->sh, n);
}

/*
 * A slot that is taken out still needs the real descriptor N when it was
 * FD_SAME: fd_commit() must not change what it will be restored to.
 */
struct fd_slot fd_replace(struct task *t, int n, struct fd_slot new_slot)
{
	struct fd_slot *slot = slot_at(t, n);
	struct fd_slot old = *slot;

	if (new_slot.real == n && is_script(t, n))
		new_slot.real = FD_SAME;
	ref(t->sh, new_slot.real);
	*slot = new_slot;
	if (old.real == FD_SAME && !old.sink) {
		old.real = FD_KEPT - n;
		ref(t->sh, old.real);
	}
	return old;
}

void fd_restore(struct task *t, int n, struct fd_slot old)
{
	struct fd_slot *slot = slot_at(t, n);
	struct fd_slot current = *slot;

	if (old.real <= FD_KEPT) {
		unref(t->sh, old.real);
		old.real = FD_SAME;
	}
	*slot = old;
	unref(t->sh, current.real);
}

void fd_slot_drop(struct shell *sh, struct fd_slot s)
{
	unref(sh, s.real);
}

void fd_commit(struct task *t, int n)
{
	struct fd_slot *slot = slot_at(t, n);
	int real = slot->real;

	if (slot->sink || real == FD_SAME || !is_script(t, n) ||
	        is_needed(t->sh, n))
		return;
	t->sh->fd_generation++;
	if (real == FD_CLOSED || n >= FD_BASE) {
		/* Stays in the table, whatever may be opened there. */
		close(n);
	} else if (dup2(real, n) >= 0) {
		slot->real = FD_SAME;
		unref(t->sh, real);
	}
}

int fd_private(struct shell *sh, int fd)
{
	int high = fd, saved;

	if (fd < 0)
		return fd;
	if (fd < FD_BASE) {
		high = fcntl(fd, F_DUPFD_CLOEXEC, FD_BASE);
		saved = errno;
		close(fd);
		errno = saved;
		if (high < 0)
			return -1;
	} else if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	info_of(sh, high)->private = true;
	return high;
}

int fd_open(struct shell *sh, const char *path, int flags, mode_t mode)
{
	if ((flags & O_ACCMODE) != O_RDONLY)
		sh->file_generation++;
	return fd_private(sh, open(path, flags | O_CLOEXEC, mode));
}

int fd_pipe(struct shell *sh, int p[2])
{
	if (pipe2(p, O_CLOEXEC) < 0)
		return -1;
	for (int i = 0; i < 2; i++) {
		/* a pipe's end must not look like a closed 0, 1 or 2 */
		if (p[i] > 2) {
			info_of(sh, p[i])->private = true;
			continue;
		}
		p[i] = fd_private(sh, p[i]);
		if (p[i] >= 0)
			continue;
		if (i)
			fd_close_private(sh, p[0]);
		else
			close(p[1]);
		return -1;
	}
	return 0;
}

void fd_close_private(struct shell *sh, int fd)
{
	if (!fd_is_private(sh, fd))
		return;
	sh->fd_info[fd].private = false;
	sh->fd_info[fd].refs = 0;
	sh->fd_generation++;
	close(fd);
}

void fd_free(struct shell *sh)
{
	for (int fd = 0; fd < sh->nfd_info; fd++)
		fd_close_private(sh, fd);
	free(sh->fd_info);
	sh->fd_info = NULL;
	sh->nfd_info = 0;
}

size_t fd_moves(struct task *t, struct fdmove **moves)
{
	size_t n = 0, count = 0;

	*moves = NULL;
	for (int i = 0; i < t->fds.n; i++) {
		struct fd_slot s = t->fds.slot[i];

		n += s.real != FD_SAME || s.sink;
	}
	if (!n)
		return 0;
	*moves = arena_alloc(&t->scratch, n * sizeof(**moves));
	for (int i = 0; i < t->fds.n; i++) {
		struct fd_slot s = t->fds.slot[i];

		if (s.real == FD_SAME && !s.sink)
			continue;
		/* What is collected in memory cannot reach a child. */
		(*moves)[count++] = (struct fdmove){
		        .from = s.real >= 0 && !s.sink ? s.real : -1,
		        .to = i,
		};
	}
	return n;
}

void fd_collapse(struct task *t)
{
	struct shell *sh = t->sh;
	struct fdmove *moves;
	size_t n = fd_moves(t, &moves);

	sh->fd_generation++;
	if (n && spawn_move_fds(moves, n) < 0)
		diag(t, "redirection: %s", strerror(errno));
	/* Where a script's descriptor is now, none of ours is any more. */
	for (size_t i = 0; i < n; i++) {
		if (moves[i].to < sh->nfd_info)
			sh->fd_info[moves[i].to].private = false;
	}
	for (int fd = 0; fd < sh->nfd_info; fd++) {
		fd_close_private(sh, fd);
		sh->fd_info[fd] = (struct fd_info){0};
	}
	for (int i = 0; i < t->fds.n; i++)
		t->fds.slot[i] = same;
	sh->tty = -1;
}

static int wait_writable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	return poll(&p, 1, -1) < 0 && errno != EINTR ? -1 : 0;
}

int fd_write(struct task *t, int n, const char *buf, size_t len)
{
	struct strbuf *sink = fd_sink(t, n);
	int fd;

	if (sink) {
		strbuf_add(sink, buf, len);
		return 0;
	}
	fd = real_of(t, n);
	if (fd < 0)
		return -1;
	t->sh->file_generation++;
	while (len) {
		ssize_t w = write(fd, buf, len);

		if (w >= 0) {
			buf += w;
			len -= (size_t)w;
			continue;
		}
		if (errno == EINTR)
			continue;
		/* Somebody left the shared description non-blocking. */
		if (errno != EAGAIN || wait_writable(fd) < 0)
			return -1;
	}
	return 0;
}
