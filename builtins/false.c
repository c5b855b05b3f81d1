/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

static int run(struct task *t, int argc, char **argv)
{
	(void)t;
	(void)argc;
	(void)argv;
	return 1;
}

const struct builtin builtin_false = {
        .name = "false",
        .flags = BUILTIN_PURE | BUILTIN_NOOPTS,
        .run = run,
        .synopsis = "false",
        .summary = "do nothing, unsuccessfully",
};
