/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_DIAG_H
#define MARSH_DIAG_H

#include "shell/shell.h"

/**
 * Print `marsh: FILE: line N: MESSAGE` and a newline on the task's standard
 * error, in one write. FILE and line are left out where they do not apply.
 * MESSAGE is "WHAT: WHY", lower case, without a full stop.
 */
void diag(struct task *t, const char *fmt, ...)
        __attribute__((format(printf, 2, 3)));
/** The same with line number LINE. */
void diag_at(struct task *t, int line, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
/**
 * A builtin's message: `marsh: FILE: line N: BUILTIN: MESSAGE`, with the
 * name of the running builtin. Returns STATUS, so that a builtin can write
 * `return builtin_error(t, 2, "...")`.
 */
int builtin_error(struct task *t, int status, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
/** The prefix up to and including "line N: ", appended to SB. */
void diag_prefix(struct task *t, int line, struct strbuf *sb);

#endif
