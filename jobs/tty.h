/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_TTY_H
#define MARSH_TTY_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

/** The terminal: the only callers of tcsetpgrp() and tcsetattr(). */

/** Open the controlling terminal, close-on-exec at 10 or above; or -1. */
int tty_open(void);
/**
 * Wait until this process is in the foreground and give it a process group
 * of its own (interactive start with job control). The leader of the session
 * need not wait. 0, or -1 with errno.
 */
int tty_acquire(int tty);
/**
 * The reverse: go back to process group PGID, the one this process had
 * before tty_acquire(), and give it the terminal (set +m, exit).
 */
int tty_release(int tty, pid_t pgid);
/** Is this process in the foreground? */
bool tty_in_foreground(int tty);
/** Make PGID the foreground group, SIGTTOU blocked meanwhile. */
int tty_give(int tty, pid_t pgid);
int tty_save(int tty, struct termios *modes);
int tty_restore(int tty, const struct termios *modes);

#endif
