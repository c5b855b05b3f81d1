/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <string.h>

#include "shell/diag.h"
#include "shell/out.h"

/** Start the next argument of SCAN; false when options have ended. */
static bool next_argument(struct optscan *scan)
{
	const char *arg = scan->argv[scan->i];
	if (!arg || (arg[0] != '-' && !(scan->plus && arg[0] == '+')) ||
	        !arg[1])
		return false;
	if (strcmp(arg, "--") == 0) {
		scan->i++;
		return false;
	}
	scan->sign = arg[0];
	scan->pos = 1;
	return true;
}

static int unknown_option(struct task *t, const struct optscan *scan, char c)
{
	if (c == '-' && scan->pos == 1)
		builtin_error(t, 2, "%s: unknown option", scan->argv[scan->i]);
	else
		builtin_error(t, 2, "%c%c: unknown option", scan->sign, c);
	return '?';
}

int opt_next(struct task *t, struct optscan *scan, const char *spec)
{
	if (scan->pos == 0 && !next_argument(scan))
		return 0;

	const char *arg = scan->argv[scan->i];
	char c = arg[scan->pos];
	const char *known = c == ':' ? NULL : strchr(spec, c);
	if (!known)
		return unknown_option(t, scan, c);
	scan->arg = NULL;
	if (arg[++scan->pos] == '\0') {
		scan->i++;
		scan->pos = 0;
	}
	if (known[1] != ':')
		return (unsigned char)c;

	if (scan->pos)
		scan->arg = scan->argv[scan->i] + scan->pos;
	else
		scan->arg = scan->argv[scan->i];
	scan->pos = 0;
	if (!scan->arg) {
		builtin_error(t, 2, "%c%c: argument missing", scan->sign, c);
		return '?';
	}
	scan->i++;
	return (unsigned char)c;
}

int opt_none(struct task *t, char **argv)
{
	const char *arg = argv[1];
	if (!arg || arg[0] != '-' || !arg[1])
		return 1;
	if (strcmp(arg, "--") == 0)
		return 2;
	struct optscan scan = {.argv = argv, .i = 1};
	opt_next(t, &scan, "");
	return -1;
}

void builtin_print_help(struct task *t, const struct builtin *b)
{
	out_printf(t, "%s: %s\nusage: %s\n", b->name, b->summary, b->synopsis);
	if (!b->help || !*b->help)
		return;
	const char *s = b->help;
	while (*s) {
		size_t n = strcspn(s, "\n");
		if (n) {
			out_write(t, "    ", 4);
			out_write(t, s, n);
		}
		out_ch(t, '\n');
		s += n;
		if (*s)
			s++;
	}
}

void builtin_register(struct shell *sh)
{
	for (const struct builtin *const *b = builtin_table; *b; b++) {
		const char *name = (*b)->name;
		struct sym *s = sym_intern(&sh->syms, name, strlen(name));
		bool absent = ((*b)->flags & BUILTIN_EXTENSION) &&
		              opt_on(sh, OPT_POSIX);
		s->builtin = absent ? NULL : *b;
	}
}
