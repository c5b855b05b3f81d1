/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "builtins/declare.h"
#include "shell/diag.h"
#include "shell/var.h"

static int run(struct task *t, int argc, char **argv)
{
	int i = opt_none(t, argv);
	if (i < 0)
		return 2;
	/* dot scripts have frames too, but they share their caller's locals */
	struct frame *f = t->frame;
	while (f && !f->func)
		f = f->up;
	if (!f)
		return builtin_error(t, 2, "not in a function");

	int status = 0;
	for (; i < argc; i++) {
		const char *value;
		struct sym *s = declare_operand(t, argv[i], &value);
		if (!s) {
			status = 2;
			continue;
		}
		var_save(t, f, s);
		if (value && var_set_str(t, s, value) < 0)
			status = 2;
	}
	return status;
}

const struct builtin builtin_local = {
        .name = "local",
        .flags = BUILTIN_DECLARE,
        .run = run,
        .synopsis = "local [name[=value] ...]",
        .summary = "make variables of the running function",
        .help = "Their values are put back when the function returns.",
};
