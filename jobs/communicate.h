/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_COMMUNICATE_H
#define MARSH_COMMUNICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "shell/base/strbuf.h"
#include "shell/shell.h"

/**
 * Talk to a child without deadlock: feed its standard input while both its
 * outputs are drained, in one process. Use:
 *
 *	communicate_open(t, &c);   the task's 0, 1 and 2 are the child's
 *	pid = ... start the child ...
 *	communicate_run(t, &c, pid, group);
 *
 * The child is not reaped here.
 */
struct communicate {
	const char *input; /* what to feed, or NULL: the child has our input */
	size_t input_len;
	struct strbuf *out; /* collects standard output; NULL: passed through */
	struct strbuf *err; /* the same for standard error */

	/* private: the pipes' ends, or -1 */
	int ours[3];
	int theirs[3];
	struct fd_slot saved[3];
};

/** Make the pipes. 0, or -1 with errno: nothing has changed then. */
int communicate_open(struct task *t, struct communicate *c);
/**
 * Give the task its descriptors back, then, when PID is a child (> 0), feed
 * and drain until it has ended or has closed its descriptors. What it wrote
 * is collected even when its own children still hold the pipes, but they
 * are not waited for. A child that does not read its input is no error. A
 * stopped process group GROUP (0: none) is continued: nobody else could.
 * Closes the pipes.
 */
void communicate_run(
        struct task *t, struct communicate *c, pid_t pid, pid_t group);

#endif
