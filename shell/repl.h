/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_REPL_H
#define MARSH_REPL_H

#include "shell/input.h"
#include "shell/shell.h"

/**
 * Read and run complete commands of IN until it ends or the shell exits;
 * the result is t->status. An interactive shell survives errors.
 */
void repl(struct task *t, struct input *in);

#endif
