/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

static int run(struct task *t, int argc, char **argv)
{
	(void)t;
	(void)argc;
	(void)argv;
	return 0;
}

const struct builtin builtin_true = {
        .name = "true",
        .flags = BUILTIN_PURE | BUILTIN_NOOPTS,
        .run = run,
        .synopsis = "true",
        .summary = "do nothing, successfully",
};
