/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "shell/diag.h"

/** The number S; past any count of parameters when it is too large; -1. */
static long parse_count(const char *s)
{
	const long many = 1000000000;
	long n = 0;
	if (!*s)
		return -1;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return -1;
		if (n < many)
			n = n * 10 + (*s - '0');
	}
	return n;
}

static int run(struct task *t, int argc, char **argv)
{
	struct frame *f = t->frame;
	long n = 1;

	if (argc > 1) {
		int i = opt_none(t, argv);
		if (i < 0)
			return special_error(t, 2);
		if (argc > i + 1)
			return special_error(
			        t, builtin_error(t, 2, "%s: too many arguments",
			                   argv[i + 1]));
		if (argc == i + 1) {
			n = parse_count(argv[i]);
			if (n < 0)
				return special_error(t,
				        builtin_error(t, 2, "%s: not a number",
				                argv[i]));
		}
	}
	if (n > f->argc)
		return builtin_error(t, 1,
		        "%ld: there are only %d positional parameters", n,
		        f->argc);
	f->argv += n;
	f->argc -= (int)n;
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
