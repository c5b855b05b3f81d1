/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <string.h>

#include "shell/diag.h"
#include "shell/function.h"
#include "shell/var.h"

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool functions = false;
	int status = 0;
	int c;

	while ((c = opt_next(t, &scan, "fv")) != 0) {
		if (c == '?')
			return special_error(t, 2);
		functions = c == 'f';
	}
	for (int i = scan.i; i < argc; i++) {
		const char *name = argv[i];
		size_t len = strlen(name);
		if (!functions && !name_valid(name, len)) {
			status = builtin_error(t, 2, "%s: not a name", name);
			continue;
		}
		struct sym *s = sym_find(&t->sh->syms, name, len);
		if (s && functions)
			function_unset(t->sh, s);
		else if (s && var_unset(t, s) < 0)
			status = 1;
	}
	return status ? special_error(t, status) : 0;
}

const struct builtin builtin_unset = {
        .name = "unset",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "unset [-fv] name ...",
        .summary = "remove variables or functions",
        .help = "-v  variables (the default)\n"
                "-f  functions",
};
