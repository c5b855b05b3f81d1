/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <string.h>

#include "shell/diag.h"
#include "shell/out.h"

static int run(struct task *t, int argc, char **argv)
{
	int i = opt_none(t, argv);
	if (i < 0)
		return 2;
	if (i == argc) {
		for (const struct builtin *const *b = builtin_table; *b; b++)
			out_printf(t, "%-10s %s\n", (*b)->name, (*b)->summary);
		return 0;
	}
	int status = 0;
	for (; i < argc; i++) {
		const struct sym *s =
		        sym_find(&t->sh->syms, argv[i], strlen(argv[i]));
		if (s && s->builtin)
			builtin_print_help(t, s->builtin);
		else
			status = builtin_error(
			        t, 1, "%s: not a builtin", argv[i]);
	}
	return status;
}

const struct builtin builtin_help = {
        .name = "help",
        .flags = BUILTIN_PURE | BUILTIN_EXTENSION,
        .run = run,
        .synopsis = "help [name ...]",
        .summary = "print what builtins do",
        .help = "Without names, a line for each builtin.",
};
