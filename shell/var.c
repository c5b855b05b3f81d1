/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/var.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"
#include "shell/command.h"
#include "shell/diag.h"
#include "shell/locale.h"
#include "shell/split.h"

enum {
	CAP_MIN = 16,
	CAP_KEEP = 64 * 1024, /* larger buffers shrink again */
};

static int read_only(struct task *t, const struct sym *s)
{
	diag(t, "%s: is read only", s->name);
	return -1;
}

static bool is_locale(const struct known_syms *k, const struct sym *s)
{
	return s == k->lang || s == k->lc_all || s == k->lc_ctype ||
	       s == k->lc_collate || s == k->lc_messages || s == k->lc_numeric;
}

/* What depends on the value of a variable with VAR_HOOK. */
static void var_changed(struct task *t, const struct sym *s)
{
	struct shell *sh = t->sh;
	const struct known_syms *k = &sh->known;

	if (s == k->ifs) {
		ifs_update(t);
	} else if (s == k->path) {
		command_forget(sh);
	} else if (s == k->optind) {
		t->frame->getopts_pos = 0;
	} else if (is_locale(k, s)) {
		bool utf8 = sh->utf8;

		locale_update(sh);
		if (utf8 != sh->utf8)
			ifs_update(t);
	}
}

/* The value has changed: everything that is not the usual plain variable. */
static void assigned(struct task *t, struct sym *s)
{
	struct var *v = &s->var;

	v->flags |= VAR_SET;
	v->flags &= ~(unsigned)VAR_DYNAMIC;
	if (opt_on(t->sh, OPT_ALLEXPORT))
		v->flags |= VAR_EXPORT;
	if (v->flags & VAR_EXPORT)
		t->sh->environ_stale = true;
	if (v->flags & VAR_HOOK)
		var_changed(t, s);
}

static void value_free(struct var *v)
{
	if (v->cap)
		free(v->value);
	v->value = NULL;
	v->len = v->cap = 0;
}

/* VALUE may be part of the old value. */
static void value_replace(struct var *v, const char *value, size_t len)
{
	size_t cap = len < CAP_MIN ? CAP_MIN : len + len / 8 + 1;
	char *buf = xmalloc(cap);

	memcpy(buf, value, len);
	if (v->cap)
		free(v->value);
	v->value = buf;
	v->cap = cap;
}

int var_set(struct task *t, struct sym *s, const char *value, size_t len)
{
	struct var *v = &s->var;

	if (v->flags & VAR_READONLY)
		return read_only(t, s);
	if (len >= v->cap || (v->cap > CAP_KEEP && len < v->cap / 8))
		value_replace(v, value, len);
	else
		memmove(v->value, value, len);
	v->value[len] = '\0';
	v->len = len;
	if (v->flags != VAR_SET || opt_on(t->sh, OPT_ALLEXPORT))
		assigned(t, s);
	return 0;
}

int var_set_str(struct task *t, struct sym *s, const char *value)
{
	return var_set(t, s, value, strlen(value));
}

int var_set_int(struct task *t, struct sym *s, intmax_t value)
{
	char buf[24];
	char *p = buf + sizeof(buf);
	uintmax_t u = value < 0 ? -(uintmax_t)value : (uintmax_t)value;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (value < 0)
		*--p = '-';
	return var_set(t, s, p, (size_t)(buf + sizeof(buf) - p));
}

int var_set_name(struct task *t, const char *name, const char *value)
{
	struct sym *s = sym_intern(&t->sh->syms, name, strlen(name));

	return var_set_str(t, s, value);
}

int var_append(struct task *t, struct sym *s, const char *value, size_t len)
{
	struct var *v = &s->var;
	size_t total = v->len + len;
	char *old = NULL;

	if (v->flags & VAR_READONLY)
		return read_only(t, s);
	if (total >= v->cap) {
		size_t cap = total + total / 2 + CAP_MIN;
		char *buf = xmalloc(cap);

		if (v->len)
			memcpy(buf, v->value, v->len);
		/* VALUE may be in the old buffer. */
		old = v->cap ? v->value : NULL;
		v->value = buf;
		v->cap = cap;
	}
	memmove(v->value + v->len, value, len);
	v->value[total] = '\0';
	v->len = total;
	free(old);
	if (v->flags != VAR_SET || opt_on(t->sh, OPT_ALLEXPORT))
		assigned(t, s);
	return 0;
}

int var_unset(struct task *t, struct sym *s)
{
	struct var *v = &s->var;

	if (v->flags & VAR_READONLY)
		return read_only(t, s);
	if (v->flags & VAR_EXPORT)
		t->sh->environ_stale = true;
	value_free(v);
	v->flags &= VAR_HOOK;
	if (v->flags & VAR_HOOK)
		var_changed(t, s);
	return 0;
}

void var_flag_set(struct task *t, struct sym *s, unsigned flags)
{
	flags &= VAR_EXPORT | VAR_READONLY;
	if (flags & ~s->var.flags & VAR_EXPORT)
		t->sh->environ_stale = true;
	s->var.flags |= flags;
}

void var_flag_clear(struct task *t, struct sym *s, unsigned flags)
{
	flags &= VAR_EXPORT | VAR_READONLY;
	if (flags & s->var.flags & VAR_EXPORT)
		t->sh->environ_stale = true;
	s->var.flags &= ~flags;
}

void var_save(struct task *t, struct frame *f, struct sym *s)
{
	struct saved_var *saved;
	struct var *v = &s->var;

	(void)t;
	for (saved = f->saved; saved; saved = saved->next) {
		if (saved->sym == s)
			return;
	}
	saved = xmalloc(sizeof(*saved));
	*saved = (struct saved_var){.next = f->saved, .sym = s, .var = *v};
	f->saved = saved;
	/* The environment's own text can be shared; other text is owned. */
	if (v->cap) {
		v->cap = 0;
		value_replace(v, saved->var.value, v->len);
		v->value[v->len] = '\0';
	}
}

/*
 * A frame has its own place in getopts' arguments: giving back OPTIND must
 * not disturb the caller's.
 */
static void restore_one(struct task *t, struct saved_var *saved)
{
	struct sym *s = saved->sym;

	if ((s->var.flags | saved->var.flags) & VAR_EXPORT)
		t->sh->environ_stale = true;
	value_free(&s->var);
	s->var = saved->var;
	if ((s->var.flags & VAR_HOOK) && s != t->sh->known.optind)
		var_changed(t, s);
}

void var_restore(struct task *t, struct frame *f)
{
	struct saved_var *saved;

	while ((saved = f->saved)) {
		f->saved = saved->next;
		restore_one(t, saved);
		free(saved);
	}
}

const char *var_get(struct task *t, const struct sym *s, size_t *len)
{
	const struct var *v = &s->var;
	int n;

	if (v->flags & VAR_DYNAMIC) {
		n = snprintf(t->number, sizeof(t->number), "%d", t->lineno);
		if (len)
			*len = (size_t)n;
		return t->number;
	}
	if (!(v->flags & VAR_SET))
		return NULL;
	if (len)
		*len = v->len;
	return v->value;
}

const char *var_get_name(struct task *t, const char *name)
{
	struct sym *s = sym_find(&t->sh->syms, name, strlen(name));

	return s ? var_get(t, s, NULL) : NULL;
}

bool name_valid(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = s[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		        c == '_' || (i && c >= '0' && c <= '9'))
			continue;
		return false;
	}
	return len > 0;
}
