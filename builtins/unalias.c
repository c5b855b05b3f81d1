/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/alias.h"

#include "shell/builtin.h"
#include "shell/diag.h"

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool all = false;
	int status = 0;
	int c;

	while ((c = opt_next(t, &scan, "a")) != 0) {
		if (c == '?')
			return 2;
		all = true;
	}
	if (all) {
		alias_unset_all(t->sh);
		return 0;
	}
	if (scan.i == argc)
		return builtin_error(t, 2, "name missing");
	for (int i = scan.i; i < argc; i++)
		if (!alias_unset(t->sh, argv[i]))
			status = builtin_error(
			        t, 1, "%s: no such alias", argv[i]);
	return status;
}

const struct builtin builtin_unalias = {
        .name = "unalias",
        .run = run,
        .synopsis = "unalias -a | name ...",
        .summary = "remove aliases",
        .help = "-a  all of them",
};
