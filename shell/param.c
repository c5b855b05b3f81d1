/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/param.h"

#include <stdio.h>
#include <string.h>

#include "shell/base/utf8.h"
#include "shell/option.h"
#include "shell/var.h"

const char *param_separator(struct task *t, size_t *len)
{
	const struct var *ifs = &t->sh->known.ifs->var;

	if (!(ifs->flags & VAR_SET)) {
		*len = 1;
		return " ";
	}
	*len = ifs->len ? char_len(t->sh->utf8, ifs->value, ifs->len) : 0;
	return ifs->value;
}

static const char *joined(struct task *t, int which, size_t *len)
{
	const struct frame *f = t->frame;
	size_t seplen = 1, total = 0;
	const char *sep = " ";
	char *s, *p;

	if (!f->argc)
		return NULL;
	if (which == '*')
		sep = param_separator(t, &seplen);
	for (int i = 0; i < f->argc; i++)
		total += strlen(f->argv[i]) + seplen;
	p = s = arena_alloc(&t->scratch, total + 1);
	for (int i = 0; i < f->argc; i++) {
		size_t n = strlen(f->argv[i]);

		if (i) {
			memcpy(p, sep, seplen);
			p += seplen;
		}
		memcpy(p, f->argv[i], n);
		p += n;
	}
	*p = '\0';
	*len = (size_t)(p - s);
	return s;
}

static const char *number(struct task *t, long n, size_t *len)
{
	char *s = arena_alloc(&t->scratch, 24);

	if (n >= 0 && n < 10) {
		s[0] = (char)('0' + n);
		s[1] = '\0';
		*len = 1;
	} else {
		*len = (size_t)snprintf(s, 24, "%ld", n);
	}
	return s;
}

static const char *special(struct task *t, int c, size_t *len)
{
	char *s;

	switch (c) {
	case '#':
		return number(t, t->frame->argc, len);
	case '?':
		return number(t, t->status, len);
	case '$':
		return number(t, t->sh->pid, len);
	case '!':
		return t->sh->last_bg ? number(t, t->sh->last_bg, len) : NULL;
	case '-':
		s = arena_alloc(&t->scratch, 32);
		option_letters(t->sh, s);
		*len = strlen(s);
		return s;
	case '0':
		*len = strlen(t->sh->name);
		return t->sh->name;
	default:
		return joined(t, c, len);
	}
}

const char *param_value(struct task *t, const struct param *p, size_t *len)
{
	const struct var *v;
	const char *s;

	switch (p->kind) {
	case PARAM_VAR:
		v = &p->sym->var;
		if (!(v->flags & VAR_DYNAMIC)) {
			*len = v->len;
			return v->flags & VAR_SET ? v->value : NULL;
		}
		return var_get(t, p->sym, len);
	case PARAM_POSITIONAL:
		if (p->index > t->frame->argc)
			return NULL;
		s = t->frame->argv[p->index - 1];
		*len = strlen(s);
		return s;
	default:
		return special(t, p->index, len);
	}
}

const char *param_name(const struct param *p, char *buf)
{
	if (p->kind == PARAM_VAR)
		return p->sym->name;
	if (p->kind == PARAM_POSITIONAL)
		snprintf(buf, 16, "%d", p->index);
	else
		snprintf(buf, 16, "%c", p->index);
	return buf;
}
