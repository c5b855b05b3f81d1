/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "builtins/declare.h"

#include <stdlib.h>
#include <string.h>

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/out.h"
#include "shell/var.h"

struct sym *declare_operand(struct task *t, char *arg, const char **value)
{
	size_t len = strcspn(arg, "=");
	*value = arg[len] ? arg + len + 1 : NULL;
	if (name_valid(arg, len))
		return sym_intern(&t->sh->syms, arg, len);
	builtin_error(t, 2, "%.*s: not a name", (int)len, arg);
	return NULL;
}

static bool is_exported(const struct sym *s)
{
	return (s->var.flags & VAR_EXPORT) != 0;
}

static bool is_readonly(const struct sym *s)
{
	return (s->var.flags & VAR_READONLY) != 0;
}

static void print_variables(struct task *t, unsigned flag)
{
	size_t n;
	struct sym **list = sym_sorted(&t->sh->syms,
	        flag == VAR_EXPORT ? is_exported : is_readonly, &n);
	for (size_t i = 0; i < n; i++) {
		const char *value = var_get(t, list[i], NULL);
		out_printf(t, "%s %s", t->builtin, list[i]->name);
		if (value) {
			out_ch(t, '=');
			strbuf_add_quoted(&t->out, value);
		}
		out_write(t, "\n", 1);
	}
	free(list);
}

int declare_variables(struct task *t, int argc, char **argv, unsigned flag)
{
	struct optscan scan = {.argv = argv, .i = 1};
	int status = 0;
	int c;

	while ((c = opt_next(t, &scan, "p")) != 0)
		if (c == '?')
			return special_error(t, 2);
	if (scan.i == argc) {
		print_variables(t, flag);
		return 0;
	}
	for (int i = scan.i; i < argc; i++) {
		const char *value;
		struct sym *s = declare_operand(t, argv[i], &value);
		if (!s || (value && var_set_str(t, s, value) < 0))
			status = 1;
		else
			var_flag_set(t, s, flag);
	}
	return status ? special_error(t, status) : 0;
}
