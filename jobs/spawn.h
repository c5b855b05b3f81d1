/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_SPAWN_H
#define MARSH_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/** Descriptor FROM becomes TO in the child; FROM -1: TO is closed. */
struct fdmove {
	int from;
	int to;
};

enum spawn_flag {
	SPAWN_FOREGROUND = 1u << 0, /* the group gets the terminal */
	SPAWN_ASYNC = 1u << 1,      /* no job control: SIGINT and SIGQUIT are
	                               ignored (XCU 2.11) */
	SPAWN_GROUP = 1u << 2,      /* put the child into process group `pgid`,
	                               0 making it the leader of a new one */
	SPAWN_EXEC = 1u << 3, /* do not make a process: replace this one */
	SPAWN_UNSTOPPABLE = 1u << 4, /* it stays in the shell's group: the
	                                terminal's stop signals, from which
	                                the shell is shielded, are ignored */
	SPAWN_UNDO = 1u << 5, /* with SPAWN_EXEC: move the descriptors back
	                         when it failed */
};

/**
 * What to start: a program (`path`) or, when path is NULL, shell code in a
 * forked child (`run`, whose result is the exit status). A program's
 * argv[-1] must be writable: it is used when the file has no format the
 * system knows and is run by marsh itself as a script (XCU 2.9.1.4).
 */
struct spawn {
	const char *path;
	char **argv;
	char **envp;
	int (*run)(void *ctx);
	void *ctx;
	const struct fdmove *moves; /* done as one parallel assignment */
	size_t nmoves;
	pid_t pgid;
	int tty;             /* with SPAWN_FOREGROUND */
	unsigned flags;      /* enum spawn_flag */
	const char *self;    /* argv[0] for scripts without #! */
	const char *message; /* prefix of the child's message when it cannot
	                        execute: "marsh: f: line 3: " */
};

/**
 * Start S. The child's process id, or -1 with errno. All signals are
 * blocked while the process is made; in a program's child caught signals
 * have their default action. When the program cannot be executed the child
 * says so and exits with 126 or 127. With SPAWN_EXEC it returns only when
 * execution failed, with the descriptors already moved (see SPAWN_UNDO).
 */
pid_t spawn(const struct spawn *s);
/**
 * Why PATH could not be executed, for the errno ERR of spawn() with
 * SPAWN_EXEC: "not found"; *STATUS is 126 or 127.
 */
const char *spawn_reason(const char *path, int err, int *status);
/** Do MOVES in this process. 0, or -1 with errno. */
int spawn_move_fds(const struct fdmove *moves, size_t n);

#endif
