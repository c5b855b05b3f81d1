/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/locale.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A variable's value, NULL when unset or empty, which mean the same. */
static const char *value_of(const struct sym *s)
{
	return (s->var.flags & VAR_SET) && s->var.len ? s->var.value : NULL;
}

/* The locale that the variables ask for in a category (XBD 8.2). */
static const char *wanted(const struct shell *sh, const struct sym *category)
{
	const char *name = value_of(sh->known.lc_all);

	if (!name)
		name = value_of(category);
	if (!name)
		name = value_of(sh->known.lang);
	return !name || strcmp(name, "POSIX") == 0 ? "C" : name;
}

static bool is_c_utf8(const char *name)
{
	return strcasecmp(name, "C.UTF-8") == 0 ||
	       strcasecmp(name, "C.utf8") == 0;
}

/* A locale that does not exist is C. Returns whether it is C. */
static bool apply(int category, const char *name)
{
	const char *now = setlocale(category, NULL);

	if (now && strcmp(now, name) == 0)
		return strcmp(name, "C") == 0;
	if (strcmp(name, "C") != 0 && setlocale(category, name))
		return false;
	if (now && strcmp(now, "C") != 0)
		setlocale(category, "C");
	return true;
}

/*
 * C.UTF-8 differs from C in its characters only, and loading those takes a
 * tenth of the time that the shell needs to start: put off.
 */
static bool apply_ctype(const char *name)
{
	if (is_c_utf8(name)) {
		apply(LC_CTYPE, "C");
		return true;
	}
	return !apply(LC_CTYPE, name) &&
	       strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool apply_other(int category, const char *name)
{
	return apply(category, is_c_utf8(name) ? "C" : name);
}

void locale_update(struct shell *sh)
{
	const struct known_syms *k = &sh->known;

	sh->utf8 = apply_ctype(wanted(sh, k->lc_ctype));
	sh->posix_locale = apply_other(LC_COLLATE, wanted(sh, k->lc_collate));
	apply_other(LC_MESSAGES, wanted(sh, k->lc_messages));
	apply_other(LC_NUMERIC, wanted(sh, k->lc_numeric));
}

void locale_ctype_load(void)
{
	if (MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
}
