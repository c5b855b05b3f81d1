/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/count.h"
#include "shell/builtin.h"
#include "shell/diag.h"

static int run(struct task *t, int argc, char **argv)
{
	struct frame *f = t->frame;
	int n = 1;

	if (argc > 1 && count_operand(t, argc, argv, 0, &n) < 0)
		return special_error(t, 2);
	if (n > f->argc)
		return builtin_error(t, 1,
		        "%d: there are only %d positional parameters", n,
		        f->argc);
	f->argv += n;
	f->argc -= n;
	f->getopts_pos = 0;
	return 0;
}

const struct builtin builtin_shift = {
        .name = "shift",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "shift [n]",
        .summary = "drop the first n positional parameters (one)",
};
