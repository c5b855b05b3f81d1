/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "shell/diag.h"
#include "shell/number.h"

static int run(struct task *t, int argc, char **argv)
{
	int n = 1, i = opt_none(t, argv);

	if (i < 0)
		return special_error(t, 2);
	if (argc - i > 1)
		return special_error(
		        t, builtin_error(
		                   t, 2, "%s: too many operands", argv[i + 1]));
	if (i < argc)
		n = number_parse(argv[i]);
	if (n <= 0)
		return special_error(
		        t, builtin_error(
		                   t, 2, "%s: not a positive number", argv[i]));
	if (!t->loop_depth)
		return t->outer_loop ? builtin_flow(t, FLOW_EXIT, 0) : 0;
	t->skip = n < t->loop_depth ? n : t->loop_depth;
	return builtin_flow(t, FLOW_CONTINUE, 0);
}

const struct builtin builtin_continue = {
        .name = "continue",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "continue [n]",
        .summary =
                "go on with the next round of the nth enclosing loop (first)",
};
