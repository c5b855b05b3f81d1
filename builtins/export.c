/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "builtins/declare.h"

static int run(struct task *t, int argc, char **argv)
{
	return declare_variables(t, argc, argv, VAR_EXPORT);
}

const struct builtin builtin_export = {
        .name = "export",
        .flags = BUILTIN_SPECIAL | BUILTIN_DECLARE,
        .run = run,
        .synopsis = "export [-p] [name[=value] ...]",
        .summary = "give variables to the programs that are run",
        .help = "-p  print them so that the shell can read them again "
                "(also without names)",
};
