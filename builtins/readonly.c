/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include "builtins/declare.h"

static int run(struct task *t, int argc, char **argv)
{
	return declare_variables(t, argc, argv, VAR_READONLY);
}

const struct builtin builtin_readonly = {
        .name = "readonly",
        .flags = BUILTIN_SPECIAL | BUILTIN_DECLARE,
        .run = run,
        .synopsis = "readonly [-p] [name[=value] ...]",
        .summary = "make variables that cannot be changed",
        .help = "-p  print them so that the shell can read them again "
                "(also without names)",
};
