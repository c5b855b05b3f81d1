/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "shell/diag.h"
#include "shell/number.h"

static int run(struct task *t, int argc, char **argv)
{
	int n, i = opt_none(t, argv);

	if (i < 0)
		return special_error(t, 2);
	if (argc - i > 1)
		return special_error(
		        t, builtin_error(
		                   t, 2, "%s: too many operands", argv[i + 1]));
	if (i < argc) {
		n = number_parse(argv[i]);
		if (n < 0)
			return special_error(
			        t, builtin_error(
			                   t, 2, "%s: not a number", argv[i]));
		n &= 0xff;
	} else {
		/* In a trap action: what it was before the action. */
		n = t->trap_status >= 0 ? t->trap_status : t->status;
	}
	return builtin_flow(t, FLOW_EXIT, n);
}

const struct builtin builtin_exit = {
        .name = "exit",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "exit [n]",
        .summary = "leave the shell with status n",
};
