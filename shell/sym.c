/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/sym.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

enum {
	FIRST_BUCKETS = 512
}; /* builtins and a usual environment fit */

/* FNV-1a: names are short. */
static uint32_t hash_name(const char *name, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)name[i]) * 16777619u;
	return h;
}

void symtab_init(struct symtab *st)
{
	st->nbucket = FIRST_BUCKETS;
	st->nsym = 0;
	st->bucket = xcalloc(st->nbucket, sizeof(*st->bucket));
}

void symtab_free(struct symtab *st)
{
	for (size_t i = 0; i < st->nbucket; i++) {
		struct sym *s, *next;

		for (s = st->bucket[i]; s; s = next) {
			next = s->next;
			if (s->var.cap)
				free(s->var.value);
			free(s->path);
			free(s);
		}
	}
	free(st->bucket);
	*st = (struct symtab){0};
}

static struct sym *lookup(
        const struct symtab *st, const char *name, size_t len, uint32_t hash)
{
	struct sym *s = st->bucket[hash & (st->nbucket - 1)];

	for (; s; s = s->next) {
		if (s->hash == hash && s->len == len &&
		        memcmp(s->name, name, len) == 0)
			return s;
	}
	return NULL;
}

static void grow(struct symtab *st)
{
	size_t n = st->nbucket * 2;
	struct sym **bucket = xcalloc(n, sizeof(*bucket));

	for (size_t i = 0; i < st->nbucket; i++) {
		struct sym *s, *next;

		for (s = st->bucket[i]; s; s = next) {
			next = s->next;
			s->next = bucket[s->hash & (n - 1)];
			bucket[s->hash & (n - 1)] = s;
		}
	}
	free(st->bucket);
	st->bucket = bucket;
	st->nbucket = n;
}

struct sym *sym_intern(struct symtab *st, const char *name, size_t len)
{
	uint32_t hash = hash_name(name, len);
	struct sym *s = lookup(st, name, len, hash);
	struct sym **bucket;

	if (s)
		return s;
	if (st->nsym >= st->nbucket)
		grow(st);
	s = xmalloc(sizeof(*s) + len + 1);
	*s = (struct sym){.hash = hash, .len = (uint32_t)len};
	memcpy(s->name, name, len);
	s->name[len] = '\0';
	bucket = &st->bucket[hash & (st->nbucket - 1)];
	s->next = *bucket;
	*bucket = s;
	st->nsym++;
	return s;
}

struct sym *sym_find(const struct symtab *st, const char *name, size_t len)
{
	return lookup(st, name, len, hash_name(name, len));
}

static int compare(const void *a, const void *b)
{
	const struct sym *const *x = a, *const *y = b;
	int c = strcoll((*x)->name, (*y)->name);

	return c ? c : strcmp((*x)->name, (*y)->name);
}

struct sym **sym_sorted(
        const struct symtab *st, bool (*want)(const struct sym *), size_t *n)
{
	struct sym **list = xmalloc((st->nsym + 1) * sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < st->nbucket; i++) {
		for (struct sym *s = st->bucket[i]; s; s = s->next) {
			if (want(s))
				list[count++] = s;
		}
	}
	if (count > 1)
		qsort(list, count, sizeof(*list), compare);
	list[count] = NULL;
	*n = count;
	return list;
}
