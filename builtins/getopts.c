/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <string.h>

#include "shell/diag.h"
#include "shell/var.h"

/** One call: where it is in the arguments and what it found. */
struct scan {
	const char *spec; /* option letters */
	bool silent;      /* they began with a colon: no messages */
	char **args;
	int nargs;
	int optind;        /* argument to look at next, from 1 */
	int pos;           /* offset in it, 0: at its start */
	char found[2];     /* what the variable gets */
	const char *value; /* what OPTARG gets, or NULL: unset */
	char letter[2];
};

/** OPTIND's value, or 1 when it is no number that can be right. */
static int read_optind(struct task *t)
{
	size_t len;
	const char *s = var_get(t, t->sh->known.optind, &len);
	int n = 0;
	if (!s || len == 0 || len > 8)
		return 1;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return 1;
		n = n * 10 + (*s - '0');
	}
	return n > 0 ? n : 1;
}

/** Is there an option at the current place? Steps over "--". */
static bool at_option(struct scan *sc)
{
	if (sc->optind > sc->nargs) {
		sc->optind = sc->nargs + 1;
		return false;
	}
	const char *arg = sc->args[sc->optind - 1];
	if (sc->pos > 0 && (size_t)sc->pos < strlen(arg))
		return true;
	sc->pos = 0;
	if (arg[0] != '-' || !arg[1])
		return false;
	if (strcmp(arg, "--") == 0) {
		sc->optind++;
		return false;
	}
	sc->pos = 1;
	return true;
}

/** An error: '?' or, when the caller handles errors, KIND. */
static void report(struct task *t, struct scan *sc, char kind, const char *why)
{
	if (sc->silent) {
		sc->found[0] = kind;
		sc->value = sc->letter;
		return;
	}
	sc->found[0] = '?';
	sc->value = NULL;
	builtin_error(t, 1, "-%s: %s", sc->letter, why);
}

static void next_option(struct task *t, struct scan *sc)
{
	const char *arg = sc->args[sc->optind - 1];
	char c = arg[sc->pos++];
	sc->letter[0] = sc->found[0] = c;
	sc->value = NULL;
	if (!arg[sc->pos]) {
		sc->optind++;
		sc->pos = 0;
	}
	const char *known = c == ':' ? NULL : strchr(sc->spec, c);
	if (!known) {
		report(t, sc, '?', "unknown option");
		return;
	}
	if (known[1] != ':')
		return;
	if (sc->pos) {
		sc->value = arg + sc->pos;
	} else if (sc->optind <= sc->nargs) {
		sc->value = sc->args[sc->optind - 1];
	} else {
		report(t, sc, ':', "argument missing");
		return;
	}
	sc->optind++;
	sc->pos = 0;
}

/** Set the variables. Setting OPTIND resets getopts_pos, so it is first. */
static int store(
        struct task *t, const struct scan *sc, const char *name, int old_optind)
{
	const struct known_syms *k = &t->sh->known;
	struct sym *var = sym_intern(&t->sh->syms, name, strlen(name));
	int err = 0;

	if (sc->optind != old_optind || !(k->optind->var.flags & VAR_SET))
		err |= var_set_int(t, k->optind, sc->optind);
	t->frame->getopts_pos = sc->pos;
	if (sc->value)
		err |= var_set_str(t, k->optarg, sc->value);
	else if (k->optarg->var.flags & VAR_SET)
		err |= var_unset(t, k->optarg);
	err |= var_set(t, var, sc->found, 1);
	return err;
}

static int run(struct task *t, int argc, char **argv)
{
	struct scan sc = {.found = "?"};
	int i = opt_none(t, argv);
	if (i < 0)
		return 2;
	if (argc - i < 2)
		return builtin_error(t, 2, "option letters and a name needed");

	const char *name = argv[i + 1];
	if (!name_valid(name, strlen(name)))
		return builtin_error(t, 2, "%s: not a name", name);
	sc.spec = argv[i];
	sc.silent = *sc.spec == ':';
	sc.spec += sc.silent;
	sc.args = argc > i + 2 ? argv + i + 2 : t->frame->argv;
	sc.nargs = argc > i + 2 ? argc - i - 2 : t->frame->argc;
	sc.optind = read_optind(t);
	sc.pos = t->frame->getopts_pos;

	int old_optind = sc.optind;
	bool more = at_option(&sc);
	if (more)
		next_option(t, &sc);
	if (store(t, &sc, name, old_optind))
		return 2;
	return !more;
}

const struct builtin builtin_getopts = {
        .name = "getopts",
        .run = run,
        .synopsis = "getopts letters name [argument ...]",
        .summary = "find the next option among the arguments",
        .help = "The option's letter is put into name, its argument into "
                "OPTARG, the number of\n"
                "the next argument into OPTIND. A colon in letters says that "
                "the letter before it\n"
                "takes an argument; a colon in front, that errors are the "
                "script's to report.\n"
                "Without arguments the positional parameters are used.",
};
