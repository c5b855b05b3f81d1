/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <stdlib.h>
#include <string.h>

#include "shell/command.h"
#include "shell/diag.h"
#include "shell/out.h"

static bool is_remembered(const struct sym *s)
{
	return s->path != NULL;
}

static void print_remembered(struct task *t)
{
	size_t n;
	struct sym **list = sym_sorted(&t->sh->syms, is_remembered, &n);
	for (size_t i = 0; i < n; i++)
		out_printf(t, "%6u  %s\n", list[i]->hits, list[i]->path);
	free(list);
}

/** Look NAME up and remember where it is. */
static int remember(struct task *t, const char *name)
{
	if (strchr(name, '/'))
		return 0; /* not searched for: there is nothing to remember */
	const struct sym *s = sym_find(&t->sh->syms, name, strlen(name));
	if (s && (s->func || s->builtin))
		return 0;
	int status;
	if (command_find(t, name, true, &status))
		return 0;
	return builtin_error(t, 1, "%s: %s", name,
	        status == 126 ? "cannot be executed" : "not found");
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool forget = false;
	int status = 0;
	int c;

	while ((c = opt_next(t, &scan, "r")) != 0) {
		if (c == '?')
			return 2;
		forget = true;
	}
	if (forget)
		command_forget(t->sh);
	else if (scan.i == argc)
		print_remembered(t);
	for (int i = scan.i; i < argc; i++)
		status |= remember(t, argv[i]);
	return status;
}

const struct builtin builtin_hash = {
        .name = "hash",
        .run = run,
        .synopsis = "hash [-r] [name ...]",
        .summary = "remember where programs are, or print what is remembered",
        .help = "-r  forget all of it first\n"
                "\n"
                "Printed are how often a location was used, and the location.",
};
