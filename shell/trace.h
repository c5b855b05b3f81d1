/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_TRACE_H
#define MARSH_TRACE_H

#include "shell/ast.h"
#include "shell/shell.h"

/** set -x: write the line of a simple command to standard error. */
void trace_command(struct task *t, int argc, char **argv);
/** The same for one assignment. */
void trace_assignment(struct task *t, const struct sym *s);

#endif
