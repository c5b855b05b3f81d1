/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/command.h"

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/eval.h"

static int describe(
        struct task *t, char **names, bool verbose, bool default_path)
{
	int status = 0;

	for (; *names; names++) {
		if (command_describe(t, *names, verbose, default_path))
			continue;
		status = 1;
		if (verbose)
			builtin_error(t, 1, "%s: not found", *names);
	}
	return status;
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool default_path = false;
	enum flow flow;
	int c, what = 0;

	while ((c = opt_next(t, &scan, "pvV")) != 0) {
		if (c == '?')
			return 2;
		if (c == 'p')
			default_path = true;
		else
			what = c;
	}
	argc -= scan.i;
	argv += scan.i;
	if (what)
		return describe(t, argv, what == 'V', default_path);
	if (!argc)
		return 0;
	flow = command_run(t, argc, argv, default_path);
	if (flow != FLOW_NEXT)
		return builtin_flow(t, flow, t->status);
	return t->status;
}

const struct builtin builtin_command = {
        .name = "command",
        .run = run,
        .synopsis = "command [-p] [-v|-V] name [argument...]",
        .summary = "run a command that is not a function, or tell about it",
        .help = "-p  search along the system's default path\n"
                "-v  print what would be run\n"
                "-V  the same in words\n",
};
