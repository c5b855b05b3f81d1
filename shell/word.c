/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/word.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

struct part *word_part(struct word_builder *b, enum part_kind kind, bool quoted)
{
	struct part *p;

	word_flush(b);
	if (b->nparts == b->cap) {
		b->cap *= 2;
		if (b->part == b->local) {
			b->part = xmalloc((size_t)b->cap * sizeof(*b->part));
			memcpy(b->part, b->local, sizeof(b->local));
		} else {
			b->part = xrealloc(
			        b->part, (size_t)b->cap * sizeof(*b->part));
		}
	}
	p = &b->part[b->nparts++];
	memset(p, 0, sizeof(*p));
	p->kind = (unsigned char)kind;
	p->quoted = quoted;
	return p;
}

void word_flush(struct word_builder *b)
{
	struct part *p;

	if (!b->lit_open)
		return;
	b->lit_open = false;
	p = word_part(b, PART_LITERAL, b->lit_quoted);
	p->u.lit.s = arena_strndup(&b->lx->tree->arena, b->lit.buf, b->lit.len);
	p->u.lit.len = b->lit.len;
	strbuf_reset(&b->lit);
}

void word_open(struct word_builder *b, bool quoted)
{
	if (b->lit_open && b->lit_quoted != quoted)
		word_flush(b);
	b->lit_open = true;
	b->lit_quoted = quoted;
	if (quoted) {
		b->flags |= WORD_QUOTED;
		b->bare = false;
	}
}

void word_add(struct word_builder *b, int c, bool quoted)
{
	word_open(b, quoted);
	strbuf_addch(&b->lit, (char)c);
}

/*
 * Has unquoted literal text a * or ?, or a [ and later a ]? OPEN tells of a [
 * in the text before.
 */
static bool has_pattern(const char *s, size_t len, bool *open)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '*' || s[i] == '?' || (s[i] == ']' && *open))
			return true;
		if (s[i] == '[')
			*open = true;
	}
	return false;
}

/* Flags and merged text of a finished sequence of parts. */
static void finish_word(struct word_builder *b, struct word *w, bool value)
{
	struct arena *a = &b->lx->tree->arena;
	bool literal = true, glob = false, open = false;
	size_t len = 0;
	char *s;

	for (int i = 0; i < w->nparts; i++) {
		const struct part *p = &w->part[i];

		if (p->kind != PART_LITERAL) {
			literal = false;
			if (p->kind == PART_TILDE)
				w->flags |= WORD_TILDE;
			else if (!p->quoted)
				w->flags |= WORD_SPLIT;
			continue;
		}
		len += p->u.lit.len;
		if (p->quoted)
			w->flags |= WORD_QUOTED;
		else if (has_pattern(p->u.lit.s, p->u.lit.len, &open))
			glob = true;
	}
	if (glob && !value)
		w->flags |= WORD_GLOB;
	if (!literal || (glob && !value))
		return;
	w->flags |= WORD_LITERAL;
	w->len = len;
	if (w->nparts == 1) {
		w->text = w->part[0].u.lit.s;
		return;
	}
	w->text = s = arena_alloc(a, len + 1);
	for (int i = 0; i < w->nparts; i++) {
		memcpy(s, w->part[i].u.lit.s, w->part[i].u.lit.len);
		s += w->part[i].u.lit.len;
	}
	*s = '\0';
}

static struct word *new_word(
        struct word_builder *b, const struct part *part, int n)
{
	struct word *w = arena_alloc(&b->lx->tree->arena, sizeof(*w));

	memset(w, 0, sizeof(*w));
	w->nparts = n;
	if (n) {
		w->part = arena_alloc(
		        &b->lx->tree->arena, (size_t)n * sizeof(*part));
		memcpy(w->part, part, (size_t)n * sizeof(*part));
	}
	return w;
}

struct word *word_build(struct word_builder *b)
{
	unsigned inherit =
	        b->flags & (WORD_AT | WORD_EFFECT | WORD_CMDSUB | WORD_QUOTED);
	struct word *w;

	word_flush(b);
	w = new_word(b, b->part, b->nparts);
	w->flags = inherit;
	finish_word(b, w, b->ctx != LEX_TOKEN);
	if (b->bare && w->flags & WORD_LITERAL && w->nparts == 1)
		w->flags |= WORD_BARE;
	if (b->sym) {
		w->sym = b->sym;
		w->value = arena_alloc(&b->lx->tree->arena, sizeof(*w));
		memset(w->value, 0, sizeof(*w));
		w->value->flags = inherit;
		w->value->nparts = w->nparts - 1;
		w->value->part = w->part + 1;
		finish_word(b, w->value, true);
		if (!w->value->nparts) {
			w->value->flags |= WORD_LITERAL;
			w->value->text = "";
		}
	}
	return w;
}

void word_begin(struct word_builder *b, struct lexer *lx, enum lex_context ctx)
{
	b->lx = lx;
	b->ctx = ctx;
	strbuf_init(&b->lit);
	b->lit_open = b->lit_quoted = false;
	b->bare = true;
	b->flags = 0;
	b->sym = NULL;
	b->equals = false;
	b->nparts = 0;
	b->cap = WORD_LOCAL_PARTS;
	b->part = b->local;
}

void word_end(struct word_builder *b)
{
	strbuf_release(&b->lit);
	if (b->part != b->local)
		free(b->part);
}
