/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "shell/eval.h"

static int run(struct task *t, int argc, char **argv)
{
	enum flow flow;
	int i = opt_none(t, argv);

	if (i < 0)
		return special_error(t, 2);
	/* Without a command the evaluator has made redirections permanent. */
	if (i == argc)
		return 0;
	flow = command_exec(t, argv + i);
	if (flow != FLOW_NEXT)
		return builtin_flow(t, flow, t->status);
	return t->status;
}

const struct builtin builtin_exec = {
        .name = "exec",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "exec [command [argument...]]",
        .summary = "replace the shell by a program; redirect for good",
};
