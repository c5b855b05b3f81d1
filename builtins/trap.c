/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/trap.h"

#include <signal.h>
#include <string.h>

#include "shell/builtin.h"
#include "shell/diag.h"
#include "shell/out.h"

static void print_one(struct task *t, int condition)
{
	struct strbuf sb = STRBUF_INIT;

	trap_format(t->sh, condition, &sb);
	out_write(t, sb.buf, sb.len);
	strbuf_release(&sb);
}

/* All conditions that have an action; with DEFAULTS, the others too. */
static int print_all(struct task *t, bool defaults)
{
	int i;

	for (i = 0; i < TRAP_MAX; i++)
		if (t->sh->traps[i].action ||
		        (defaults && trap_name(i) && i != SIGKILL &&
		                i != SIGSTOP))
			print_one(t, i);
	return 0;
}

static int invalid(struct task *t, const char *name)
{
	return builtin_error(t, 1, "%s: invalid condition", name);
}

static int print_some(struct task *t, char **names)
{
	int status = 0;

	for (; *names; names++) {
		int condition = trap_number(*names);
		if (condition < 0)
			status = invalid(t, *names);
		else
			print_one(t, condition);
	}
	return status;
}

static int set(struct task *t, const char *action, char **names)
{
	int status = 0;

	for (; *names; names++) {
		int condition = trap_number(*names);
		if (condition < 0) {
			status = invalid(t, *names);
			continue;
		}
		/* one that was ignored on entry stays so, silently */
		if (trap_set(t, condition, action) < 0 &&
		        (condition == SIGKILL || condition == SIGSTOP))
			status = builtin_error(
			        t, 1, "%s: cannot be trapped", *names);
	}
	return status;
}

static bool is_number(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

static int run(struct task *t, int argc, char **argv)
{
	struct optscan scan = {.argv = argv, .i = 1};
	bool print = false;
	char **operands;
	int opt;

	while ((opt = opt_next(t, &scan, "p")) != 0) {
		if (opt == '?')
			return 2;
		print = true;
	}
	operands = argv + scan.i;
	if (scan.i == argc)
		return print_all(t, print);
	if (print)
		return print_some(t, operands);
	if (is_number(operands[0]) ||
	        (!operands[1] && trap_number(operands[0]) >= 0))
		return set(t, NULL, operands);
	if (!operands[1])
		return builtin_error(
		        t, 2, "%s: condition missing", operands[0]);
	if (strcmp(operands[0], "-") == 0)
		return set(t, NULL, operands + 1);
	return set(t, operands[0], operands + 1);
}

const struct builtin builtin_trap = {
        .name = "trap",
        .flags = BUILTIN_SPECIAL,
        .run = run,
        .synopsis = "trap [action condition...] | trap -p [condition...]",
        .summary = "run a command when a signal arrives or the shell exits",
        .help = "A condition is EXIT, a signal's name or its number. The "
                "action "
                "'-' restores\nthe default, the empty action ignores the "
                "signal. When the first operand is\na number, all are "
                "conditions to be reset.\n"
                "  -p  print the actions of the conditions, the default ones "
                "too",
};
