/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_REDIR_H
#define MARSH_REDIR_H

#include "shell/ast.h"
#include "shell/shell.h"

enum {
	REDIR_UNDO_LOCAL = 4
};

/** What redirections replaced, to be put back in reverse order. */
struct redir_undo {
	struct redir_saved {
		int fd;
		struct fd_slot old;
	} * saved, local[REDIR_UNDO_LOCAL];
	int n, cap;
};

enum redir_result {
	REDIR_OK,
	REDIR_FAILED, /* a redirection error was reported (XCU 2.8.1) */
	REDIR_ABORT,  /* an expansion error was reported */
};

/**
 * Perform the redirections R in order on the task's descriptor table
 * (XCU 2.7). On failure everything is put back and t->status is set.
 */
enum redir_result redir_apply(
        struct task *t, const struct redir *r, struct redir_undo *undo);
/** Put back what redir_apply() replaced. */
void redir_restore(struct task *t, struct redir_undo *undo);
/** Make the redirections permanent (exec). */
void redir_commit(struct task *t, struct redir_undo *undo);

#endif
