/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_EVAL_H
#define MARSH_EVAL_H

#include "shell/ast.h"
#include "shell/shell.h"

enum eval_flag {
	EVAL_TAIL = 1u << 0, /* nothing follows in this process: a program may
	                        replace it */
};

/** Run N; its status is left in t->status. */
enum flow eval(struct task *t, const struct node *n, unsigned flags);
/**
 * Parse and run TEXT (eval, traps, -c): each complete command runs before
 * the next is parsed. A syntax error is FLOW_ABORT with status 2.
 * LINENO starts at LINE (0: goes on from the current line).
 */
enum flow eval_text(
        struct task *t, const char *text, size_t len, int line, unsigned flags);
/** Read and run the file (dot; start-up files). */
enum flow eval_file(struct task *t, const char *path, int fd);
/** Call the function, defined in SYM, with positional ARGV[1..]. */
enum flow function_call(
        struct task *t, struct sym *sym, int argc, char **argv, unsigned flags);
/**
 * Run ARGV as the command utility does: no functions, and a special
 * builtin loses its special properties. MARK: `command -p`.
 */
enum flow command_run(struct task *t, int argc, char **argv, bool default_path);
/** exec: replace the process; returns only after a message, status set. */
enum flow command_exec(struct task *t, char **argv);
/** $PS1-like prompt text, expanded, into SB. */
void prompt_expand(struct task *t, struct sym *ps, struct strbuf *sb);

#endif
