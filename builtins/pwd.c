/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell/cwd.h"
#include "shell/diag.h"
#include "shell/out.h"
#include "shell/var.h"

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool physical = false;
	const char *logical = NULL;
	char *cwd = NULL;
	int c;

	while ((c = opt_next(t, &scan, "LP")) != 0) {
		if (c == '?')
			return 2;
		physical = c == 'P';
	}
	if (scan.i < argc)
		return builtin_error(t, 2, "too many operands");
	if (!physical)
		logical = cwd_logical(var_get(t, t->sh->known.pwd, NULL));
	if (!logical) {
		cwd = getcwd(NULL, 0);
		if (!cwd)
			return builtin_error(
			        t, 1, "current directory: %s", strerror(errno));
	}
	out_str(t, logical ? logical : cwd);
	out_ch(t, '\n');
	free(cwd);
	return 0;
}

const struct builtin builtin_pwd = {
        .name = "pwd",
        .flags = BUILTIN_PURE,
        .run = run,
        .synopsis = "pwd [-L|-P]",
        .summary = "print the name of the current directory",
        .help = "-L  as it was reached, with symbolic links (the default)\n"
                "-P  without symbolic links\n",
};
