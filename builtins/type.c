/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "shell/command.h"
#include "shell/diag.h"

static int run(struct task *t, int argc, char **argv)
{
	int i = opt_none(t, argv);
	int status = 0;

	if (i < 0)
		return 2;
	if (i == argc)
		return builtin_error(t, 2, "name missing");
	for (; i < argc; i++) {
		if (!command_describe(t, argv[i], true, false))
			status = builtin_error(t, 1, "%s: not found", argv[i]);
	}
	return status;
}

const struct builtin builtin_type = {
        .name = "type",
        .flags = BUILTIN_PURE,
        .run = run,
        .synopsis = "type name...",
        .summary = "tell how names would be run as commands",
};
