/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_SYM_H
#define MARSH_SYM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct builtin;
struct function;

enum var_flag {
	VAR_SET = 1u << 0,
	VAR_EXPORT = 1u << 1,
	VAR_READONLY = 1u << 2,
	VAR_HOOK = 1u << 3,    /* var_changed() must run after a change */
	VAR_DYNAMIC = 1u << 4, /* the value is computed when read (LINENO) */
};

/**
 * A variable's binding. `value` is NUL-terminated; owned when cap > 0, else
 * NULL (unset) or inside an entry of the environment marsh started with.
 */
struct var {
	char *value;
	size_t len;
	size_t cap;
	unsigned flags; /* enum var_flag */
};

/**
 * An interned name: everything the shell knows under it. Symbols live as
 * long as the shell, so trees point at them and reading $x or calling f
 * hashes nothing.
 */
struct sym {
	struct sym *next;              /* in the hash bucket */
	struct var var;                /* the current (innermost) binding */
	struct function *func;         /* NULL when not a function */
	const struct builtin *builtin; /* NULL when not a builtin */
	char *path;                    /* remembered location, or NULL */
	unsigned hits;                 /* times `path` was used */
	uint32_t hash;
	uint32_t len;
	char name[];
};

struct symtab {
	struct sym **bucket;
	size_t nbucket; /* a power of two */
	size_t nsym;
};

void symtab_init(struct symtab *st);
void symtab_free(struct symtab *st);
/** The symbol for NAME, made when it does not exist. */
struct sym *sym_intern(struct symtab *st, const char *name, size_t len);
/** The symbol for NAME, or NULL. */
struct sym *sym_find(const struct symtab *st, const char *name, size_t len);
/** Symbols for which WANT is true, sorted by name; the caller frees. */
struct sym **sym_sorted(
        const struct symtab *st, bool (*want)(const struct sym *), size_t *n);

#endif
