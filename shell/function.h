/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_FUNCTION_H
#define MARSH_FUNCTION_H

#include "shell/ast.h"
#include "shell/shell.h"

/**
 * A function's definition. Counted, since one may be redefined or unset
 * while it runs; it holds the tree its body is part of.
 */
struct function {
	unsigned refs;
	struct tree *tree;
	const struct node *body;
};

/**
 * Define SYM as a function with BODY, a node of the running tree. With
 * set -h the programs it names are looked up now (XCU set, -h).
 */
void function_define(struct task *t, struct sym *sym, const struct node *body);
/** Remove the definition, if there is one. */
void function_unset(struct shell *sh, struct sym *sym);
void function_unref(struct function *f);

#endif
