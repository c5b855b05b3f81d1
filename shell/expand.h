/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_EXPAND_H
#define MARSH_EXPAND_H

#include "shell/ast.h"
#include "shell/shell.h"

/**
 * Word expansions (XCU 2.6). All return 0, or -1 after a message with
 * t->status set: the caller returns FLOW_ABORT. Results live in the task's
 * scratch arena, or in the word itself, or are a variable's value.
 *
 * While a word is expanded its text grows in t->tmp and, where splitting or
 * patterns matter, what each byte is grows beside it in t->mask. Both are
 * used as stacks, so expansions nest.
 */
enum expand_mask {
	MASK_LITERAL = 0, /* unquoted, as written */
	MASK_QUOTED = 1,  /* never split, never a pattern */
	MASK_RESULT = 2,  /* unquoted result of an expansion: split */
};

/** A growing argument vector in scratch memory; v[-1] is writable. */
struct args {
	char **v;
	int n, cap;
};

void args_init(struct task *t, struct args *a, int hint);
void args_push(struct task *t, struct args *a, char *s);

/** All expansions, field splitting and pathname expansion: 2.6 in full. */
int expand_fields(struct task *t, const struct word *w, struct args *out);
/** One field without splitting: redirections, case, here-documents. */
int expand_string(
        struct task *t, const struct word *w, const char **s, size_t *len);
/** The same for the value of an assignment (tilde after each colon). */
int expand_assignment(
        struct task *t, const struct word *w, const char **s, size_t *len);
/**
 * The value of an assignment without its first part, for appending.
 */
int expand_rest(
        struct task *t, const struct word *w, const char **s, size_t *len);
/** A pattern, compiled; from the word itself when it is constant. */
const struct pattern *expand_pattern(struct task *t, const struct word *w);

#endif
