/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/count.h"
#include "shell/builtin.h"
#include "shell/diag.h"

/** Without an operand: $?, but not that of the trap action it ends. */
static int default_status(const struct task *t)
{
	if (t->trap_status >= 0 && t->frame == t->trap_frame)
		return t->trap_status;
	return t->status;
}

static int run(struct task *t, int argc, char **argv)
{
	int n = default_status(t);

	if (count_operand(t, argc, argv, 0, &n) < 0)
		return special_error(t, 2);
	n &= 0xff;
	if (t->frame->func || t->dot_depth)
		return builtin_flow(t, FLOW_RETURN, n);
	/* Outside of functions: a script ends, a prompt is left alone. */
	if (opt_on(t->sh, OPT_INTERACTIVE) && !t->sh->subshell)
		return builtin_error(t, 1, "not in a function or dot script");
	return builtin_flow(t, FLOW_EXIT, n);
}

const struct builtin builtin_return = {
        .name = "return",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "return [n]",
        .summary = "leave a function or dot script with status n",
};
