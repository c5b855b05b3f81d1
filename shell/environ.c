/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"
#include "shell/command.h"
#include "shell/locale.h"
#include "shell/split.h"
#include "shell/var.h"

/*
 * The environment: variables come from it without being copied, and it is
 * made again only after an exported variable has changed.
 */

static bool in_environ(const struct sym *s)
{
	unsigned both = VAR_SET | VAR_EXPORT;

	return (s->var.flags & both) == both;
}

/* How much room the exported variables take that need new text. */
static size_t measure(const struct shell *sh, size_t *count)
{
	size_t bytes = 0;

	for (size_t i = 0; i < sh->syms.nbucket; i++) {
		for (struct sym *s = sh->syms.bucket[i]; s; s = s->next) {
			if (!in_environ(s))
				continue;
			++*count;
			if (s->var.flags & VAR_DYNAMIC)
				bytes += s->len + sizeof(sh->main->number) + 2;
			else if (s->var.cap)
				bytes += s->len + s->var.len + 2;
		}
	}
	for (char **p = sh->environ_extra; p && *p; p++)
		++*count;
	return bytes;
}

/* NAME=value for S; text goes to *TEXT where it does not exist already. */
static char *entry(struct task *t, struct sym *s, char **text)
{
	char *start = *text;
	const char *value;
	size_t len;

	/* Imported and never changed: it stands behind its NAME=. */
	if (!s->var.cap)
		return s->var.value - s->len - 1;
	value = var_get(t, s, &len);
	memcpy(start, s->name, s->len);
	start[s->len] = '=';
	memcpy(start + s->len + 1, value, len);
	start[s->len + 1 + len] = '\0';
	*text += s->len + len + 2;
	return start;
}

char **var_environ(struct task *t)
{
	struct shell *sh = t->sh;
	size_t count = 0, bytes;
	char **vec, *text;

	if (sh->environ_cache && !sh->environ_stale)
		return sh->environ_cache;
	bytes = measure(sh, &count);
	free(sh->environ_cache);
	vec = xmalloc((count + 1) * sizeof(*vec) + bytes);
	text = (char *)(vec + count + 1);
	sh->environ_cache = vec;
	sh->environ_stale = false;
	for (size_t i = 0; i < sh->syms.nbucket; i++) {
		for (struct sym *s = sh->syms.bucket[i]; s; s = s->next) {
			if (!in_environ(s))
				continue;
			*vec++ = entry(t, s, &text);
			/* A computed value is never up to date. */
			if (s->var.flags & VAR_DYNAMIC)
				sh->environ_stale = true;
		}
	}
	for (char **p = sh->environ_extra; p && *p; p++)
		*vec++ = *p;
	*vec = NULL;
	return sh->environ_cache;
}

/* Keep an entry that no variable can hold, for the programs we start. */
static void keep_extra(struct shell *sh, char *text)
{
	size_t n = 0;

	while (sh->environ_extra && sh->environ_extra[n])
		n++;
	sh->environ_extra = xrealloc(
	        sh->environ_extra, (n + 2) * sizeof(*sh->environ_extra));
	sh->environ_extra[n] = text;
	sh->environ_extra[n + 1] = NULL;
}

/* Variables whose first value is the shell's own (XCU 2.5.3, getopts). */
static bool is_own(const struct known_syms *k, const struct sym *s)
{
	return s == k->ifs || s == k->optind || s == k->lineno || s == k->ppid;
}

void var_import(struct task *t, char **envp)
{
	struct shell *sh = t->sh;

	for (; *envp; envp++) {
		char *eq = strchr(*envp, '=');
		size_t len = eq ? (size_t)(eq - *envp) : 0;
		struct sym *s;

		if (!name_valid(*envp, len)) {
			keep_extra(sh, *envp);
			continue;
		}
		s = sym_intern(&sh->syms, *envp, len);
		if (is_own(&sh->known, s) || (s->var.flags & VAR_READONLY))
			continue;
		if (s->var.cap)
			free(s->var.value);
		s->var.value = eq + 1;
		s->var.len = strlen(eq + 1);
		s->var.cap = 0;
		s->var.flags |= VAR_SET | VAR_EXPORT;
	}
	sh->environ_stale = true;
	command_forget(sh);
	locale_update(sh);
	ifs_update(t);
}
