/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/count.h"
#include "jobs/job.h"
#include "shell/builtin.h"

static int run(struct task *t, int argc, char **argv)
{
	/* In a trap action: what it was before the action. */
	int n = t->trap_status >= 0 ? t->trap_status : t->status;

	if (count_operand(t, argc, argv, 0, &n) < 0)
		return special_error(t, 2);
	if (t->trap_status < 0 && jobs_refuse_exit(t))
		return 1;
	return builtin_flow(t, FLOW_EXIT, n & 0xff);
}

const struct builtin builtin_exit = {
        .name = "exit",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "exit [n]",
        .summary = "leave the shell with status n",
};
