/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/expand.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell/arith.h"
#include "shell/base/utf8.h"
#include "shell/base/xalloc.h"
#include "shell/cmdsub.h"
#include "shell/diag.h"
#include "shell/param.h"
#include "shell/pattern.h"
#include "shell/split.h"
#include "shell/tilde.h"
#include "shell/var.h"

/* One word being expanded. */
struct expansion {
	struct task *t;
	struct args *out;   /* where fields go; NULL: one string is wanted */
	size_t start;       /* of its text in t->tmp */
	size_t mstart;      /* of its mask in t->mask */
	bool masked;        /* a mask is wanted */
	bool assign;        /* the value of an assignment */
	bool quoted;        /* the current field has a quoted part */
	bool split;         /* it has text that may be split */
	size_t nempty, cap; /* quoted empty strings in the current field: */
	size_t *empty;      /* where they stood, in scratch memory */
};

static int expand_parts(
        struct expansion *x, const struct word *w, int first, bool result);

/* ---- argument vectors ---- */

void args_init(struct task *t, struct args *a, int hint)
{
	a->cap = hint + 2;
	a->n = 0;
	a->v = (char **)arena_alloc(
	               &t->scratch, ((size_t)a->cap + 1) * sizeof(char *)) +
	       1;
	a->v[0] = NULL;
}

void args_push(struct task *t, struct args *a, char *s)
{
	if (a->n + 1 >= a->cap) {
		int cap = a->cap * 2;
		char **v = (char **)arena_alloc(&t->scratch,
		                   ((size_t)cap + 1) * sizeof(char *)) +
		           1;

		memcpy(v, a->v, (size_t)a->n * sizeof(char *));
		a->v = v;
		a->cap = cap;
	}
	a->v[a->n++] = s;
	a->v[a->n] = NULL;
}

/* ---- text and mask ---- */

static void begin(
        struct expansion *x, struct task *t, struct args *out, bool masked)
{
	x->t = t;
	x->out = out;
	x->start = t->tmp.len;
	x->mstart = t->mask.len;
	x->masked = masked;
	x->assign = x->quoted = x->split = false;
	x->nempty = x->cap = 0;
}

static void end(struct expansion *x)
{
	strbuf_setlen(&x->t->tmp, x->start);
	strbuf_setlen(&x->t->mask, x->mstart);
}

static void emit(struct expansion *x, const char *s, size_t len, int mask)
{
	struct task *t = x->t;

	strbuf_add(&t->tmp, s, len);
	if (x->masked) {
		strbuf_grow(&t->mask, len);
		memset(t->mask.buf + t->mask.len, mask, len);
		strbuf_setlen(&t->mask, t->mask.len + len);
	}
	if (mask == MASK_RESULT && len)
		x->split = true;
}

/* A quoted part that began at text offset FROM was expanded. */
static void note_quoted(struct expansion *x, size_t from)
{
	x->quoted = true;
	if (x->t->tmp.len != from || !x->masked)
		return;
	if (x->nempty == x->cap) {
		size_t *old = x->empty;

		x->cap = x->cap ? x->cap * 2 : 4;
		x->empty = arena_alloc(&x->t->scratch, x->cap * sizeof(*old));
		if (x->nempty)
			memcpy(x->empty, old, x->nempty * sizeof(*old));
	}
	x->empty[x->nempty++] = from - x->start;
}

/* The text so far is a whole field before splitting. */
static void end_field(struct expansion *x)
{
	struct task *t = x->t;
	const char *s = t->tmp.buf + x->start;
	const char *m = t->mask.buf + x->mstart;
	size_t len = t->tmp.len - x->start;

	if (x->split)
		split_fields(t, s, m, len, x->empty, x->nempty, x->out);
	else if (len || x->quoted)
		split_push(t, s, m, len, x->out);
	end(x);
	x->quoted = x->split = false;
	x->nempty = 0;
}

/* ---- parameters ---- */

/* What ${x#pattern} and its kin leave of S. */
static void strip(
        int op, const struct pattern *pat, const char **s, size_t *len)
{
	bool longest = op == PARAM_PREFIX_LONG || op == PARAM_SUFFIX_LONG;
	size_t n;

	if (op == PARAM_PREFIX || op == PARAM_PREFIX_LONG) {
		n = pattern_prefix(pat, *s, *len, longest);
		if (n != (size_t)-1) {
			*s += n;
			*len -= n;
		}
	} else {
		n = pattern_suffix(pat, *s, *len, longest);
		if (n != (size_t)-1)
			*len = n;
	}
}

/* $@ and $*: each positional parameter, with PAT stripped if it is given. */
static void emit_positional(struct expansion *x, const struct param *p,
        bool quoted, const struct pattern *pat)
{
	const struct frame *f = x->t->frame;
	int mask = quoted ? MASK_QUOTED : MASK_RESULT;
	const char *sep = " ";
	size_t seplen = 1;
	bool fields = x->out && (!quoted || p->index == '@');

	if (p->index == '*')
		sep = param_separator(x->t, &seplen);
	size_t from = x->t->tmp.len;

	for (int i = 0; i < f->argc; i++) {
		const char *s = f->argv[i];
		size_t len = strlen(s);

		if (pat)
			strip(p->op, pat, &s, &len);
		if (i && fields)
			end_field(x);
		else if (i)
			emit(x, sep, seplen, mask);
		from = x->t->tmp.len;
		emit(x, s, len, mask);
		if (quoted && fields)
			note_quoted(x, from);
	}
	if (quoted && p->index == '*')
		note_quoted(x, from);
}

static int unset_error(struct task *t, const struct param *p)
{
	char name[16];

	diag(t, "%s: parameter not set", param_name(p, name));
	t->status = 1;
	return -1;
}

static int assign_default(
        struct expansion *x, const struct param *p, const char **s, size_t *len)
{
	struct task *t = x->t;
	char name[16];

	if (p->kind != PARAM_VAR) {
		diag(t, "%s: cannot be assigned to", param_name(p, name));
		t->status = 1;
		return -1;
	}
	if (expand_string(t, p->word, s, len))
		return -1;
	if (var_set(t, p->sym, *s, *len)) {
		t->status = 1;
		return -1;
	}
	*s = var_get(t, p->sym, len);
	return 0;
}

static int error_unset(struct task *t, const struct param *p)
{
	const char *msg;
	size_t len;
	char name[16];

	if (expand_string(t, p->word, &msg, &len))
		return -1;
	if (!len)
		msg = p->colon ? "parameter null or not set"
		               : "parameter not set";
	diag(t, "%s: %s", param_name(p, name), msg);
	t->status = 1;
	return -1;
}

static bool is_list(const struct param *p)
{
	return p->kind == PARAM_SPECIAL && (p->index == '@' || p->index == '*');
}

static int expand_length(struct expansion *x, const struct param *p, int mask)
{
	struct task *t = x->t;
	const char *s;
	size_t len = 0;
	char buf[24];

	if (is_list(p)) {
		len = (size_t)t->frame->argc;
	} else {
		s = param_value(t, p, &len);
		if (!s && opt_on(t->sh, OPT_NOUNSET))
			return unset_error(t, p);
		len = s ? char_count(t->sh->utf8, s, len) : 0;
	}
	emit(x, buf, (size_t)snprintf(buf, sizeof(buf), "%zu", len), mask);
	return 0;
}

static int expand_stripped(
        struct expansion *x, const struct param *p, bool quoted, int mask)
{
	struct task *t = x->t;
	const struct pattern *pat = p->pattern;
	const char *s;
	size_t len;

	if (!pat) {
		pat = expand_pattern(t, p->word);
		if (!pat)
			return -1;
	}
	if (is_list(p)) {
		emit_positional(x, p, quoted, pat);
		return 0;
	}
	s = param_value(t, p, &len);
	if (!s) {
		if (opt_on(t->sh, OPT_NOUNSET))
			return unset_error(t, p);
		return 0;
	}
	strip(p->op, pat, &s, &len);
	emit(x, s, len, mask);
	return 0;
}

static int expand_operator(struct expansion *x, const struct part *part)
{
	const struct param *p = part->u.param;
	struct task *t = x->t;
	bool quoted = part->quoted, use;
	int mask = quoted ? MASK_QUOTED : MASK_RESULT;
	bool list = is_list(p);
	const char *s;
	size_t len = 0;

	if (p->bad) {
		diag(t, "bad substitution");
		t->status = 1;
		return -1;
	}
	if (p->op == PARAM_LENGTH)
		return expand_length(x, p, mask);
	if (p->op >= PARAM_PREFIX)
		return expand_stripped(x, p, quoted, mask);
	if (p->op == PARAM_PLAIN && list) {
		emit_positional(x, p, quoted, NULL);
		return 0;
	}
	s = param_value(t, p, &len);
	use = s && (!p->colon || len);
	switch (p->op) {
	case PARAM_PLAIN:
		if (!s && opt_on(t->sh, OPT_NOUNSET))
			return unset_error(t, p);
		break;
	case PARAM_DEFAULT:
		if (!use)
			return expand_parts(x, p->word, 0, !quoted);
		break;
	case PARAM_ALTERNATE:
		if (use)
			return expand_parts(x, p->word, 0, !quoted);
		return 0;
	case PARAM_ASSIGN:
		if (!use && assign_default(x, p, &s, &len))
			return -1;
		break;
	default:
		if (!use)
			return error_unset(t, p);
	}
	if (list)
		emit_positional(x, p, quoted, NULL);
	else if (s)
		emit(x, s, len, mask);
	return 0;
}

static int expand_param(struct expansion *x, const struct part *part)
{
	size_t from = x->t->tmp.len;
	int r = expand_operator(x, part);

	/* "$@" notes each of its fields itself, and none when it has none */
	if (!r && part->quoted &&
	        (!is_list(part->u.param) || part->u.param->op == PARAM_LENGTH))
		note_quoted(x, from);
	return r;
}

/* ---- the other parts ---- */

static int expand_arith(struct expansion *x, const struct part *part)
{
	struct task *t = x->t;
	intmax_t n;
	char buf[24], *p = buf + sizeof(buf);
	uintmax_t u;
	int r = 1;

	if (part->u.arith.code)
		r = arith_eval(t, part->u.arith.code, &n);
	if (r > 0) {
		const char *text;
		size_t len;

		if (expand_string(t, part->u.arith.word, &text, &len))
			return -1;
		r = arith_eval_text(t, text, &n);
	}
	if (r < 0) {
		t->status = 1;
		return -1;
	}
	u = n < 0 ? 0 - (uintmax_t)n : (uintmax_t)n;
	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (n < 0)
		*--p = '-';
	emit(x, p, (size_t)(buf + sizeof(buf) - p),
	        part->quoted ? MASK_QUOTED : MASK_RESULT);
	return 0;
}

static int expand_command(struct expansion *x, const struct part *part)
{
	struct strbuf sb = STRBUF_INIT;
	int r = command_substitute(x->t, part, &sb);

	if (!r)
		emit(x, sb.buf, sb.len,
		        part->quoted ? MASK_QUOTED : MASK_RESULT);
	strbuf_release(&sb);
	return r;
}

static void expand_tilde(
        struct expansion *x, const struct part *part, bool slash)
{
	const char *dir = NULL;
	size_t len, from;

	if (!part->assign_only || x->assign)
		dir = tilde_directory(x->t, part->u.lit.s, part->u.lit.len);
	if (!dir) {
		emit(x, part->u.lit.s, part->u.lit.len, MASK_LITERAL);
		return;
	}
	len = strlen(dir);
	if (slash && len && dir[len - 1] == '/')
		len--;
	from = x->t->tmp.len;
	emit(x, dir, len, MASK_QUOTED);
	note_quoted(x, from);
}

static bool starts_with_slash(const struct word *w, int i)
{
	return i < w->nparts && w->part[i].kind == PART_LITERAL &&
	       w->part[i].u.lit.len && w->part[i].u.lit.s[0] == '/';
}

/* RESULT: W is the word of an unquoted ${x-w}, so its text may be split. */
static int expand_parts(
        struct expansion *x, const struct word *w, int first, bool result)
{
	if (task_stack_low(x->t)) {
		diag(x->t, "expansions are nested too deeply");
		x->t->status = 2;
		return -1;
	}
	for (int i = first; i < w->nparts; i++) {
		const struct part *p = &w->part[i];
		size_t from = x->t->tmp.len;
		int r = 0;

		switch (p->kind) {
		case PART_LITERAL:
			emit(x, p->u.lit.s, p->u.lit.len,
			        p->quoted ? MASK_QUOTED
			        : result  ? MASK_RESULT
			                  : MASK_LITERAL);
			if (p->quoted)
				note_quoted(x, from);
			break;
		case PART_PARAM:
			r = expand_param(x, p);
			break;
		case PART_COMMAND:
			r = expand_command(x, p);
			if (p->quoted)
				note_quoted(x, from);
			break;
		case PART_ARITH:
			r = expand_arith(x, p);
			if (p->quoted)
				note_quoted(x, from);
			break;
		default:
			expand_tilde(x, p, starts_with_slash(w, i + 1));
		}
		if (r)
			return r;
	}
	return 0;
}

/* ---- entry points ---- */

/* A lone "$x": its value is the field. */
static bool push_quoted_variable(
        struct task *t, const struct word *w, struct args *out)
{
	const struct part *part = w->part;
	const char *s;
	size_t len;

	if (w->nparts != 1 || part->kind != PART_PARAM || !part->quoted ||
	        part->u.param->op != PARAM_PLAIN || is_list(part->u.param) ||
	        part->u.param->bad)
		return false;
	s = param_value(t, part->u.param, &len);
	if (!s && opt_on(t->sh, OPT_NOUNSET))
		return false;
	args_push(t, out, s ? arena_strndup(&t->scratch, s, len) : (char *)"");
	return true;
}

int expand_fields(struct task *t, const struct word *w, struct args *out)
{
	struct expansion x;
	int r;

	if (w->flags & WORD_LITERAL) {
		args_push(t, out, (char *)w->text);
		return 0;
	}
	if (push_quoted_variable(t, w, out))
		return 0;
	begin(&x, t, out, true);
	r = expand_parts(&x, w, 0, false);
	if (r)
		end(&x);
	else
		end_field(&x);
	return r;
}

static int expand_one(struct task *t, const struct word *w, int first,
        bool assign, const char **s, size_t *len)
{
	struct expansion x;
	int r;

	if (w->flags & WORD_LITERAL && !first) {
		*s = w->text;
		*len = w->len;
		return 0;
	}
	begin(&x, t, NULL, false);
	x.assign = assign;
	r = expand_parts(&x, w, first, false);
	if (!r) {
		*len = t->tmp.len - x.start;
		*s = arena_strndup(&t->scratch, t->tmp.buf + x.start, *len);
	}
	end(&x);
	return r;
}

int expand_string(
        struct task *t, const struct word *w, const char **s, size_t *len)
{
	return expand_one(t, w, 0, false, s, len);
}

int expand_assignment(
        struct task *t, const struct word *w, const char **s, size_t *len)
{
	return expand_one(t, w, 0, true, s, len);
}

int expand_rest(
        struct task *t, const struct word *w, const char **s, size_t *len)
{
	return expand_one(t, w, 1, true, s, len);
}

const struct pattern *expand_pattern(struct task *t, const struct word *w)
{
	struct expansion x;
	const struct pattern *pat = NULL;

	if (w->pattern)
		return w->pattern;
	begin(&x, t, NULL, true);
	if (!expand_parts(&x, w, 0, false)) {
		char *mask = t->mask.buf + x.mstart;
		size_t len = t->tmp.len - x.start;

		for (size_t i = 0; i < len; i++)
			mask[i] &= MASK_QUOTED;
		pat = pattern_compile(&t->scratch, t->sh->utf8,
		        t->tmp.buf + x.start, mask, len);
	}
	end(&x);
	return pat;
}
