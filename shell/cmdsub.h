/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_CMDSUB_H
#define MARSH_CMDSUB_H

#include "shell/ast.h"
#include "shell/shell.h"

/**
 * Command substitution (XCU 2.6.3): append what the command of part P
 * prints, without trailing newlines and NUL bytes, to OUT. Sets
 * t->cmdsub_status. How it runs is decided before it starts: nothing to
 * run; builtins that change no state write into memory; a single program is
 * spawned; anything else is a forked subshell. -1 after a message when no
 * process could be made.
 */
int command_substitute(
        struct task *t, const struct part *p, struct strbuf *out);

#endif
