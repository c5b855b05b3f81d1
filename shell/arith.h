/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_ARITH_H
#define MARSH_ARITH_H

#include <stdint.h>

#include "shell/ast.h"
#include "shell/shell.h"

/**
 * Arithmetic expressions (XCU 2.6.4): C's integer grammar with assignment
 * operators, ?:, comma, ++ and --, on intmax_t with wrap-around.
 * Expressions are compiled to trees in an arena; names are symbols.
 */
struct arith;

/**
 * Compile the word W of "$((...))" at parse time. Literal text and simple
 * parameters ($i, ${i}, $1, $#) that stand where an operand may stand are
 * compiled; NULL when W has anything else or is not a valid expression, in
 * which case it is expanded and compiled when it is run.
 */
struct arith *arith_compile_word(
        struct task *t, struct arena *arena, const struct word *w);
/**
 * Evaluate a compiled expression. 0 and *RESULT; 1 when the value of a
 * parameter operand is not a plain number (nothing was evaluated: the
 * caller expands the text instead); -1 after a message.
 */
int arith_eval(struct task *t, const struct arith *a, intmax_t *result);
/**
 * Compile and evaluate TEXT (NUL-terminated). 0, or -1 after a message such
 * as "1 / 0: division by zero".
 */
int arith_eval_text(struct task *t, const char *text, intmax_t *result);

#endif
