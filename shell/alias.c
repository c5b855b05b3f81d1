/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/alias.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

struct alias *alias_find(const struct shell *sh, const char *name, size_t len)
{
	for (struct alias *a = sh->aliases; a; a = a->next) {
		if (strlen(a->name) == len && memcmp(a->name, name, len) == 0)
			return a;
	}
	return NULL;
}

void alias_unref(struct alias *a)
{
	if (--a->refs)
		return;
	free(a->name);
	free(a->value);
	free(a);
}

/*
 * A changed alias is a new one: the old may be what the lexer is reading
 * from.
 */
void alias_set(struct shell *sh, const char *name, const char *value)
{
	struct alias *a = xmalloc(sizeof(*a));
	struct alias **at = &sh->aliases;

	*a = (struct alias){
	        .name = xstrdup(name),
	        .value = xstrdup(value),
	        .refs = 1,
	};
	alias_unset(sh, name);
	while (*at && strcmp((*at)->name, name) < 0)
		at = &(*at)->next;
	a->next = *at;
	*at = a;
}

bool alias_unset(struct shell *sh, const char *name)
{
	for (struct alias **at = &sh->aliases; *at; at = &(*at)->next) {
		struct alias *a = *at;

		if (strcmp(a->name, name) == 0) {
			*at = a->next;
			a->next = NULL;
			alias_unref(a);
			return true;
		}
	}
	return false;
}

void alias_unset_all(struct shell *sh)
{
	struct alias *a;

	while ((a = sh->aliases)) {
		sh->aliases = a->next;
		a->next = NULL;
		alias_unref(a);
	}
}

/* More than POSIX asks for: what the lexer takes for one plain word. */
bool alias_name_valid(const char *name, size_t len)
{
	static const char special[] = " \t\n|&;<>()$`\\\"'/=";

	for (size_t i = 0; i < len; i++) {
		if (memchr(special, name[i], sizeof(special)))
			return false;
	}
	return len > 0;
}
