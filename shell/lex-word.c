/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "shell/var.h"
#include "shell/word.h"

/* Bytes that end a run of ordinary text in an unquoted word. */
enum {
	C_PLAIN = 0,
	C_END = 1,
	C_SPECIAL = 2,
	C_GLOB = 3,
	C_ASSIGN = 4
};
static const unsigned char class_of[256] = {
        ['\0'] = C_SPECIAL,
        ['\t'] = C_END,
        ['\n'] = C_END,
        [' '] = C_END,
        ['"'] = C_SPECIAL,
        ['$'] = C_SPECIAL,
        ['&'] = C_END,
        ['\''] = C_SPECIAL,
        ['('] = C_END,
        [')'] = C_END,
        ['*'] = C_GLOB,
        [';'] = C_END,
        ['<'] = C_END,
        ['>'] = C_END,
        ['?'] = C_GLOB,
        ['['] = C_GLOB,
        ['\\'] = C_SPECIAL,
        ['`'] = C_SPECIAL,
        ['|'] = C_END,
        ['}'] = C_SPECIAL,
        ['~'] = C_SPECIAL,
        [':'] = C_SPECIAL,
        ['='] = C_ASSIGN,
};

/* ~name at the start of a word, or after = or : in an assignment. */
static void lex_tilde(struct word_builder *b, bool assign_only)
{
	struct lexer *lx = b->lx;
	struct strbuf sb = STRBUF_INIT;
	int c;

	if (lex_peek(lx) != '~')
		return;
	strbuf_addch(&sb, (char)lex_getc(lx));
	while ((c = lex_peek(lx)) != LEX_EOF &&
	        (name_char(c) || c == '-' || c == '.' || c == '+' || c == '@'))
		strbuf_addch(&sb, (char)lex_getc(lx));
	if (c == LEX_EOF || c == '/' || c == ' ' || c == '\t' || c == '\n' ||
	        (b->ctx == LEX_TOKEN && class_of[c] == C_END) ||
	        (c == '}' && b->ctx == LEX_BRACE) ||
	        (c == ':' && assign_only)) {
		struct part *p = word_part(b, PART_TILDE, false);

		p->assign_only = assign_only;
		p->u.lit.s = arena_strndup(&lx->tree->arena, sb.buf, sb.len);
		p->u.lit.len = sb.len;
		b->bare = false;
	} else {
		word_open(b, false);
		strbuf_add(&b->lit, sb.buf, sb.len);
	}
	strbuf_release(&sb);
}

/* NAME= at the start of a word makes it an assignment candidate. */
static bool check_assignment(struct word_builder *b)
{
	bool first = !b->equals;

	b->equals = true;
	if (!first || b->nparts || !b->bare || !b->lit_open ||
	        b->ctx != LEX_TOKEN || !name_valid(b->lit.buf, b->lit.len))
		return false;
	b->sym = sym_intern(&b->lx->t->sh->syms, b->lit.buf, b->lit.len);
	strbuf_addch(&b->lit, '=');
	word_flush(b);
	lex_tilde(b, true);
	return true;
}

/* An unquoted word: LEX_TOKEN, or LEX_BRACE up to its }. */
static bool lex_unquoted(struct word_builder *b)
{
	struct lexer *lx = b->lx;
	int c;

	if (b->ctx == LEX_BRACE || lex_peek(lx) == '~')
		lex_tilde(b, false);
	for (;;) {
		const char *s = lx->p;

		if (b->ctx == LEX_TOKEN)
			while (s < lx->end &&
			        (class_of[(unsigned char)*s] == C_PLAIN ||
			                class_of[(unsigned char)*s] == C_GLOB))
				s++;
		if (s > lx->p) {
			word_open(b, false);
			strbuf_add(&b->lit, lx->p, (size_t)(s - lx->p));
			lx->p = s;
		}
		c = lex_peek(lx);
		if (c == LEX_EOF)
			return true;
		if (b->ctx == LEX_TOKEN ? class_of[c] == C_END : c == '}')
			return true;
		lex_getc(lx);
		switch (c) {
		case '\\':
			c = lex_getc_raw(lx);
			if (c == LEX_EOF)
				word_add(b, '\\', true);
			else
				word_add(b, c, true);
			break;
		case '\'':
			if (!lex_single_quote(b))
				return false;
			break;
		case '"':
			if (!lex_double_quote(b))
				return false;
			break;
		case '$':
			if (!lex_dollar(b, false))
				return false;
			break;
		case '`':
			b->bare = false;
			if (!lex_backquote(b, false))
				return false;
			break;
		case '=':
			if (!check_assignment(b))
				word_add(b, c, false);
			break;
		case ':':
			word_add(b, c, false);
			if (b->sym)
				lex_tilde(b, true);
			break;
		default:
			word_add(b, c, false);
		}
	}
}

/* Text in which only $, ` and some backslashes are special. */
static bool lex_quoted_text(struct word_builder *b)
{
	struct lexer *lx = b->lx;
	int c, depth = 0, first = lx->lineno;

	for (;;) {
		if (b->ctx == LEX_BRACE_QUOTED && lex_peek(lx) == '}')
			return true;
		c = lex_getc(lx);
		switch (c) {
		case LEX_EOF:
			if (b->ctx == LEX_STRING || b->ctx == LEX_BRACE_QUOTED)
				return true;
			lx->tok_line = first;
			lex_error(lx, "unterminated $((");
			return false;
		case '$':
			if (!lex_dollar(b, true))
				return false;
			break;
		case '`':
			if (!lex_backquote(b, true))
				return false;
			break;
		case '\\':
			c = lex_peek_raw(lx);
			if (c == '$' || c == '`' || c == '\\' ||
			        (c == '"' && b->ctx != LEX_STRING) ||
			        (c == '}' && b->ctx == LEX_BRACE_QUOTED))
				word_add(b, lex_getc_raw(lx), true);
			else
				word_add(b, '\\', true);
			break;
		case '"':
			if (b->ctx == LEX_BRACE_QUOTED) {
				if (!lex_double_quote(b))
					return false;
			} else {
				word_add(b, c, true);
			}
			break;
		case '(':
			if (b->ctx == LEX_ARITH)
				depth++;
			word_add(b, c, true);
			break;
		case ')':
			if (b->ctx == LEX_ARITH && depth-- == 0) {
				if (lex_peek(lx) != ')')
					return false; /* not arithmetic */
				lex_getc(lx);
				return true;
			}
			word_add(b, c, true);
			break;
		default:
			word_add(b, c, true);
		}
	}
}

struct word *lex_word(struct lexer *lx, enum lex_context ctx)
{
	struct word_builder b;
	struct word *w = NULL;
	bool ok;

	word_begin(&b, lx, ctx);
	if (ctx == LEX_TOKEN || ctx == LEX_BRACE)
		ok = lex_unquoted(&b);
	else
		ok = lex_quoted_text(&b);
	if (ok)
		w = word_build(&b);
	word_end(&b);
	return w;
}
