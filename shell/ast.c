/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/ast.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

struct tree *tree_new(void)
{
	struct tree *tree = xcalloc(1, sizeof(*tree));

	tree->refs = 1;
	return tree;
}

struct tree *tree_ref(struct tree *tree)
{
	tree->refs++;
	return tree;
}

void tree_unref(struct tree *tree)
{
	if (!tree || --tree->refs)
		return;
	arena_free(&tree->arena);
	free(tree);
}
