/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "shell/base/utf8.h"
#include "shell/word.h"

/* Up to MAX digits of BASE, added to V; how many there were in *N. */
static unsigned lex_digits(
        struct lexer *lx, unsigned v, unsigned base, int max, int *n)
{
	for (*n = 0; *n < max; ++*n) {
		int d = lex_peek_raw(lx);

		if (d >= '0' && d <= (base == 8 ? '7' : '9'))
			d -= '0';
		else if (base == 16 && d >= 'a' && d <= 'f')
			d -= 'a' - 10;
		else if (base == 16 && d >= 'A' && d <= 'F')
			d -= 'A' - 10;
		else
			break;
		v = v * base + (unsigned)d;
		lex_getc_raw(lx);
	}
	return v;
}

/*
 * The character a backslash in $'...' stands for, as bytes in OUT (5);
 * how many. A NUL byte ends the value of the whole string.
 */
static size_t lex_escape(struct lexer *lx, char *out)
{
	static const char letters[] = "abefnrtv\\'\"?",
	                  values[] = "\a\b\033\f\n\r\t\v\\'\"?";
	int c = lex_getc_raw(lx), n = 0;
	const char *l;

	if (c == LEX_EOF)
		return 0;
	if ((l = strchr(letters, c))) {
		out[0] = values[l - letters];
		return 1;
	}
	if (c == 'c') {
		c = lex_getc_raw(lx);
		if (c == '\\') /* the FS character is written \c\\ */
			c = lex_getc_raw(lx);
		if (c == LEX_EOF)
			return 0;
		out[0] = (char)(c == '?' ? 127 : c & 0x1f);
		return 1;
	}
	if (c >= '0' && c <= '7') {
		out[0] = (char)lex_digits(lx, (unsigned)c - '0', 8, 2, &n);
		return 1;
	}
	if (c == 'x' || c == 'u' || c == 'U') {
		int max = c == 'x' ? 2 : c == 'u' ? 4 : 8;
		unsigned v = lex_digits(lx, 0, 16, max, &n);

		if (n && (c == 'x' || !v)) {
			out[0] = (char)v;
			return 1;
		}
		if (n)
			return utf8_encode(v, out);
	}
	out[0] = '\\';
	out[1] = (char)c;
	return 2;
}

/* $'...' (XCU 2.2.4); the opening quote was read. */
bool lex_dollar_quote(struct word_builder *b)
{
	struct lexer *lx = b->lx;
	int c, first = lx->lineno;
	bool ended = false;

	word_open(b, true);
	while ((c = lex_getc_raw(lx)) != '\'') {
		char out[5];
		size_t n = 1;

		if (c == LEX_EOF) {
			lx->tok_line = first;
			lex_error(lx, "unterminated $' quote");
			return false;
		}
		out[0] = (char)c;
		if (c == '\\')
			n = lex_escape(lx, out);
		if (n == 1 && !out[0])
			ended = true;
		if (!ended)
			strbuf_add(&b->lit, out, n);
	}
	return true;
}

bool lex_single_quote(struct word_builder *b)
{
	struct lexer *lx = b->lx;
	int c, first = lx->lineno;

	word_open(b, true);
	while ((c = lex_getc_raw(lx)) != '\'') {
		if (c == LEX_EOF) {
			lx->tok_line = first;
			lex_error(lx, "unterminated ' quote");
			return false;
		}
		strbuf_addch(&b->lit, (char)c);
	}
	return true;
}

/* Just after the opening " : to the closing one. */
bool lex_double_quote(struct word_builder *b)
{
	struct lexer *lx = b->lx;
	int c, first = lx->lineno;

	/* an empty part keeps the field, but "$@" alone may vanish */
	if (lex_peek(lx) != '$')
		word_open(b, true);
	for (;;) {
		c = lex_getc(lx);
		switch (c) {
		case LEX_EOF:
			lx->tok_line = first;
			lex_error(lx, "unterminated \" quote");
			return false;
		case '"':
			return true;
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
			if (c == '$' || c == '`' || c == '"' || c == '\\' ||
			        (c == '}' && b->ctx == LEX_BRACE_QUOTED))
				word_add(b, lex_getc_raw(lx), true);
			else
				word_add(b, '\\', true);
			break;
		default:
			word_add(b, c, true);
		}
	}
}
