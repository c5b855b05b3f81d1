/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_DECLARE_H
#define MARSH_DECLARE_H

#include "shell/shell.h"

/**
 * What export and readonly have in common: give each NAME or NAME=VALUE of
 * ARGV the FLAG (enum var_flag), or without operands print the variables
 * that have it. Returns what the builtin's run() returns.
 */
int declare_variables(struct task *t, int argc, char **argv, unsigned flag);
/**
 * The symbol of NAME or NAME=VALUE in ARG; *VALUE is the value or NULL.
 * NULL after a message when it is not a name.
 */
struct sym *declare_operand(struct task *t, char *arg, const char **value);

#endif
