/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/args.h"

#include <string.h>

#include "shell/diag.h"
#include "shell/option.h"
#include "shell/out.h"

static void apply(struct shell_args *a, unsigned flag, bool on)
{
	a->on = on ? a->on | flag : a->on & ~flag;
	a->off = on ? a->off & ~flag : a->off | flag;
}

/* -o NAME. */
static int long_option(
        struct task *t, struct shell_args *a, const char *name, bool on)
{
	const struct option_info *o = name ? option_by_name(name) : NULL;

	if (!name) {
		diag(t, "-o: option name missing");
		return -1;
	}
	if (!o) {
		diag(t, "-o %s: unknown option", name);
		return -1;
	}
	apply(a, o->flag, on);
	return 0;
}

/* One word of letters; *I moves on when -o takes the next word. */
static int letters(struct task *t, struct shell_args *a, char **argv, int *i)
{
	const char *s = argv[*i];
	bool on = *s++ == '-';

	for (; *s; s++) {
		const struct option_info *o;

		if (*s == 'o') {
			const char *name = s[1] ? s + 1 : argv[++*i];

			return long_option(t, a, name, on);
		}
		if (*s == 'c' && on) {
			apply(a, OPT_COMMAND, on);
			continue;
		}
		if (*s == 'l') {
			apply(a, OPT_LOGIN, on);
			continue;
		}
		o = option_by_letter(*s);
		if (!o) {
			diag(t, "%c%c: unknown option, see --help",
			        on ? '-' : '+', *s);
			return -1;
		}
		apply(a, o->flag, on);
	}
	return 0;
}

/* --name; 1 when it was one. */
static int word_option(struct task *t, struct shell_args *a, const char *s)
{
	if (!strcmp(s, "--posix")) {
		apply(a, OPT_POSIX, true);
	} else if (!strcmp(s, "--login")) {
		apply(a, OPT_LOGIN, true);
	} else if (!strcmp(s, "--version")) {
		a->version = true;
	} else if (!strcmp(s, "--help")) {
		a->help = true;
	} else {
		diag(t, "%s: unknown option, see --help", s);
		return -1;
	}
	return 0;
}

int shell_args_parse(
        struct task *t, int argc, char **argv, struct shell_args *a)
{
	bool ended = false; /* by -- */
	int i = 1;

	memset(a, 0, sizeof(*a));
	for (; i < argc; i++) {
		const char *s = argv[i];

		if ((*s != '-' && *s != '+') || !s[1])
			break;
		if (!strcmp(s, "--")) {
			i++;
			ended = true;
			break;
		}
		if (s[0] == '-' && s[1] == '-' ? word_option(t, a, s)
		                               : letters(t, a, argv, &i))
			return -1;
	}
	if (!ended && i < argc && !strcmp(argv[i], "-"))
		i++;
	if (a->on & OPT_COMMAND) {
		if (i >= argc) {
			diag(t, "-c: command string missing");
			return -1;
		}
		a->command = argv[i++];
		if (i < argc)
			t->sh->name = argv[i++];
	} else if (i < argc && !(a->on & OPT_STDIN)) {
		a->script = argv[i++];
		t->sh->name = (char *)a->script;
	} else {
		a->on |= OPT_STDIN;
	}
	a->argc = argc > i ? argc - i : 0;
	a->argv = argv + i;
	return 0;
}

void shell_args_help(struct task *t)
{
	out_printf(t,
	        "usage: %s [options] [script [argument...]]\n"
	        "       %s [options] -c command [name [argument...]]\n"
	        "       %s [options] -s [argument...]\n"
	        "\n"
	        "  -c            run the command string\n"
	        "  -s            read commands from standard input\n"
	        "  -i            be interactive\n"
	        "  -l, --login   be a login shell: read the profiles first\n"
	        "  --posix       be a POSIX shell without extensions\n"
	        "  --version     print the version\n"
	        "  --help        print this text\n"
	        "\n"
	        "and the options of set, each also with + to turn it off:\n",
	        t->sh->arg0, t->sh->arg0, t->sh->arg0);
	for (const struct option_info *o = option_table; o->name; o++) {
		if (o->fixed)
			continue;
		if (o->letter)
			out_printf(t, "  -%c, -o %s\n", o->letter, o->name);
		else
			out_printf(t, "      -o %s\n", o->name);
	}
}
