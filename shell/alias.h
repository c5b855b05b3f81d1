/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_ALIAS_H
#define MARSH_ALIAS_H

#include "shell/shell.h"

/** An alias (XCU 2.3.1). */
struct alias {
	struct alias *next; /* sorted by name */
	char *name;
	char *value;
	bool in_use;   /* being substituted: not substituted again */
	unsigned refs; /* the table's and running substitutions' */
};

/** The alias NAME (LEN bytes), or NULL. */
struct alias *alias_find(const struct shell *sh, const char *name, size_t len);
void alias_set(struct shell *sh, const char *name, const char *value);
/** false when there is none. */
bool alias_unset(struct shell *sh, const char *name);
void alias_unset_all(struct shell *sh);
/** Let go of a reference. */
void alias_unref(struct alias *a);
/** Is NAME a valid alias name (XBD 3.10)? */
bool alias_name_valid(const char *name, size_t len);

#endif
