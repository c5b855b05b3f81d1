/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/count.h"
#include "shell/builtin.h"

static int run(struct task *t, int argc, char **argv)
{
	int n = 1;

	if (count_operand(t, argc, argv, 1, &n) < 0)
		return special_error(t, 2);
	if (!t->loop_depth)
		return t->outer_loop ? builtin_flow(t, FLOW_EXIT, 0) : 0;
	t->skip = n < t->loop_depth ? n : t->loop_depth;
	return builtin_flow(t, FLOW_BREAK, 0);
}

const struct builtin builtin_break = {
        .name = "break",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "break [n]",
        .summary = "leave the innermost n loops (one)",
};
