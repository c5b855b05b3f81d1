/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <stdlib.h>
#include <string.h>

#include "shell/diag.h"
#include "shell/option.h"
#include "shell/out.h"
#include "shell/var.h"

static bool is_set(const struct sym *s)
{
	return (s->var.flags & VAR_SET) != 0;
}

static void print_variables(struct task *t)
{
	size_t n;
	struct sym **list = sym_sorted(&t->sh->syms, is_set, &n);
	for (size_t i = 0; i < n; i++) {
		const char *value = var_get(t, list[i], NULL);
		out_str(t, list[i]->name);
		out_ch(t, '=');
		strbuf_add_quoted(&t->out, value ? value : "");
		out_write(t, "\n", 1);
	}
	free(list);
}

/** set -o; set +o: the commands that set the options as they are. */
static void print_options(struct task *t, bool as_commands)
{
	const struct option_info *o;
	for (o = option_table; o->name; o++) {
		bool on = (t->sh->opts & o->flag) != 0;
		if (!as_commands)
			out_printf(t, "%-15s %s\n", o->name, on ? "on" : "off");
		else if (!o->fixed)
			out_printf(t, "set %co %s\n", on ? '-' : '+', o->name);
	}
}

static int set_option(
        struct task *t, const struct option_info *o, bool on, const char *name)
{
	if (!o)
		return builtin_error(t, 2, "%s: unknown option", name);
	if (o->fixed)
		return builtin_error(
		        t, 2, "%s: only settable on invocation", name);
	return option_set(t, o->flag, on) < 0 ? 2 : 0;
}

/** -o or +o: its argument is the rest of the word or the next one. */
static int option_o(struct task *t, struct optscan *scan, bool *printed)
{
	const char *name = scan->argv[scan->i];
	bool on = scan->sign == '-';

	if (!name) {
		print_options(t, !on);
		*printed = true;
		return 0;
	}
	name += scan->pos;
	scan->pos = 0;
	scan->i++;
	return set_option(t, option_by_name(name), on, name);
}

/** Options up to the first operand. 0, or 2 after a message. */
static int parse_options(struct task *t, struct optscan *scan, bool *printed)
{
	int c;
	while ((c = opt_next(t, scan, "abCefhmnuvxo")) != 0) {
		char name[] = {scan->sign, (char)c, '\0'};
		int status = 2;
		if (c == 'o')
			status = option_o(t, scan, printed);
		else if (c != '?')
			status = set_option(t, option_by_letter((char)c),
			        scan->sign == '-', name);
		if (status)
			return status;
	}
	return 0;
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1, .plus = true};
	bool printed = false;

	if (argc == 1) {
		print_variables(t);
		return 0;
	}
	if (parse_options(t, &scan, &printed))
		return special_error(t, 2);

	int i = scan.i;
	bool operands = i < argc || strcmp(argv[i - 1], "--") == 0;
	if (i < argc && strcmp(argv[i], "-") == 0 &&
	        strcmp(argv[i - 1], "--") != 0) {
		/* of old: no tracing, and the operands if there are any */
		option_set(t, OPT_XTRACE, false);
		option_set(t, OPT_VERBOSE, false);
		operands = ++i < argc;
	}
	if (operands && !printed)
		frame_set_args(t->frame, argc - i, argv + i);
	return 0;
}

const struct builtin builtin_set = {
        .name = "set",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "set [-abCefhmnuvx] [-o option] [--] [argument ...]",
        .summary = "set options and positional parameters, or print variables",
        .help = "-a  allexport   export every variable that is set\n"
                "-b  notify      report the end of background jobs at once\n"
                "-C  noclobber   > does not overwrite files\n"
                "-e  errexit     exit when a command fails\n"
                "-f  noglob      no pathname expansion\n"
                "-h  hashall     remember where the programs of functions are\n"
                "-m  monitor     job control\n"
                "-n  noexec      read commands without running them\n"
                "-u  nounset     expanding an unset parameter is an error\n"
                "-v  verbose     print input as it is read\n"
                "-x  xtrace      print commands before they are run\n"
                "-o NAME         an option by its name: also emacs, "
                "ignoreeof, nolog,\n"
                "                pipefail, posix, vi\n"
                "\n"
                "With + in place of - an option is switched off. -o alone "
                "prints the options,\n"
                "+o as commands.",
};
