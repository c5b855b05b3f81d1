/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_FD_H
#define MARSH_FD_H

#include "shell/shell.h"
#include "jobs/spawn.h"

/**
 * Logical descriptors. A task's table maps the script's descriptor numbers
 * to real ones, so that redirecting a builtin or a compound command never
 * moves the process's own 0, 1 and 2. Real descriptors that the shell opens
 * are close-on-exec, at FD_BASE and above, and counted: the last slot that
 * lets go of one closes it.
 */
enum {
	FD_SAME = -1, /* script descriptor n is real descriptor n */
	FD_CLOSED = -2,
	FD_BASE = 10,
};

/** The slot of script descriptor N (FD_SAME when never changed). */
struct fd_slot fd_slot(const struct task *t, int n);
/**
 * The real descriptor behind script descriptor N, or -1 with errno EBADF
 * when it is not open, in memory, or private to the shell.
 */
int fd_real(const struct task *t, int n);
/** The sink behind script descriptor N, or NULL. */
struct strbuf *fd_sink(const struct task *t, int n);
/**
 * Put NEW into slot N and return the slot it replaces. The caller owns what
 * is returned: it puts it back with fd_restore() or drops it with
 * fd_slot_drop(). NEW's real descriptor gains a reference; a descriptor
 * below FD_BASE may be given too, which makes N an alias of it (2>&1).
 */
struct fd_slot fd_replace(struct task *t, int n, struct fd_slot new_slot);
void fd_restore(struct task *t, int n, struct fd_slot old);
void fd_slot_drop(struct shell *sh, struct fd_slot s);
/**
 * Make slot N permanent (XCU 2.15 exec): apply it to the process too.
 * Called after each redirection, once what fd_replace() returned for N has
 * been dropped. N stays in the table alone when somebody still needs the
 * real descriptor N (an alias, a slot to be restored), or N >= FD_BASE.
 */
void fd_commit(struct task *t, int n);

/**
 * Move FD to FD_BASE or above, close-on-exec, and mark it as the shell's
 * own with no reference. FD itself is closed, also on failure, which is -1
 * and errno. A negative FD is returned as it is.
 */
int fd_private(struct shell *sh, int fd);
/** open(2) that yields a private descriptor. */
int fd_open(struct shell *sh, const char *path, int flags, mode_t mode);
/**
 * A pipe whose ends are private descriptors, not moved to FD_BASE: for ends
 * that live no longer than it takes to start a child. -1 and errno.
 */
int fd_pipe(struct shell *sh, int p[2]);
/** Close a private descriptor that no slot holds. */
void fd_close_private(struct shell *sh, int fd);
bool fd_is_private(const struct shell *sh, int fd);
/** Close every private descriptor and free the bookkeeping. */
void fd_free(struct shell *sh);

/**
 * The moves that give a child the script's descriptors; valid until the
 * scratch arena is released.
 */
size_t fd_moves(struct task *t, struct fdmove **moves);
/**
 * In a forked child: make the real descriptors equal the script's, empty
 * the table and close every private descriptor (XCU 2.13).
 */
void fd_collapse(struct task *t);

/** Write all of BUF to script descriptor N. 0, or -1 with errno. */
int fd_write(struct task *t, int n, const char *buf, size_t len);

#endif
