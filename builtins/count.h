/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_COUNT_H
#define MARSH_COUNT_H

#include "shell/shell.h"

/**
 * The optional operand [n] of a special builtin without options: 1 and *N
 * when it is there, 0 when not, -1 after a message when it is not a number
 * of at least LEAST or is not the only operand.
 */
int count_operand(struct task *t, int argc, char **argv, int least, int *n);

#endif
