/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_TRAP_H
#define MARSH_TRAP_H

#include "shell/shell.h"

/**
 * Traps (XCU 2.12, trap). Condition 0 is EXIT, others are signal numbers.
 * Actions run between commands, never in a signal handler.
 */
enum {
	TRAP_MAX = 65
};

struct trap {
	char *action; /* NULL: default; "": ignore; else owned text */
	bool running; /* its action is being run: not entered again */
	bool parents; /* a subshell's memory of the parent's action, only
	                 shown by trap without operands */
};

/** Number of the condition NAME ("INT", "SIGINT", "2", "EXIT"), or -1. */
int trap_number(const char *name);
/** Name of a condition without SIG: "INT"; EXIT for 0. */
const char *trap_name(int condition);
/**
 * Set CONDITION to ACTION (NULL: default). 0, or -1 when it was ignored on
 * entry to a non-interactive shell, or cannot be caught (no message).
 */
int trap_set(struct task *t, int condition, const char *action);
/** Actions of pending signals; called between commands. */
enum flow trap_run_pending(struct task *t);
/** Run the EXIT action once; task->status is the shell's status. */
void trap_run_exit(struct task *t);
/** In a forked child: caught signals get their default (XCU 2.13). */
void trap_enter_subshell(struct task *t);
/** Note the signals that were ignored when the shell started. */
void trap_init(struct shell *sh);
/** For leak checkers. */
void trap_free(struct shell *sh);
/** `trap -- 'ACTION' NAME` and a newline into SB, "-" for the default. */
void trap_format(const struct shell *sh, int condition, struct strbuf *sb);
/** What the interactive shell ignores or catches; after option changes. */
void trap_update_interactive(struct shell *sh);
/** Has CONDITION a non-empty action? */
bool trap_is_set(const struct shell *sh, int condition);

#endif
