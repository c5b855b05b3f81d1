/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/alias.h"

#include <string.h>

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/out.h"

static void print_alias(struct task *t, const struct alias *a)
{
	out_str(t, a->name);
	out_ch(t, '=');
	strbuf_add_quoted(&t->out, a->value);
	out_write(t, "\n", 1);
}

static int define_or_print(struct task *t, char *arg)
{
	size_t len = strcspn(arg, "=");
	if (!arg[len]) {
		const struct alias *a = alias_find(t->sh, arg, len);
		if (!a)
			return builtin_error(t, 1, "%s: no such alias", arg);
		print_alias(t, a);
		return 0;
	}
	if (!alias_name_valid(arg, len))
		return builtin_error(
		        t, 1, "%.*s: not an alias name", (int)len, arg);
	arg[len] = '\0';
	alias_set(t->sh, arg, arg + len + 1);
	arg[len] = '=';
	return 0;
}

static int run(struct task *t, int argc, char **argv)
{
	int i = opt_none(t, argv);
	if (i < 0)
		return 2;
	if (i == argc) {
		for (const struct alias *a = t->sh->aliases; a; a = a->next)
			print_alias(t, a);
		return 0;
	}
	int status = 0;
	for (; i < argc; i++)
		status |= define_or_print(t, argv[i]);
	return status;
}

const struct builtin builtin_alias = {
        .name = "alias",
        .run = run,
        .synopsis = "alias [name[=value] ...]",
        .summary = "define or print aliases",
};
