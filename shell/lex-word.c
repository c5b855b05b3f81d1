/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/lex.h"

#include <stdlib.h>
#include <string.h>

#include "shell/arith.h"
#include "shell/base/utf8.h"
#include "shell/base/xalloc.h"
#include "shell/parse.h"
#include "shell/pattern.h"
#include "shell/var.h"

/* Bytes that end a run of ordinary text in an unquoted word. */
enum { C_PLAIN = 0, C_END = 1, C_SPECIAL = 2, C_GLOB = 3, C_ASSIGN = 4 };
static const unsigned char class_of[256] = {
	['\0'] = C_SPECIAL, ['\t'] = C_END, ['\n'] = C_END, [' '] = C_END,
	['"'] = C_SPECIAL, ['$'] = C_SPECIAL, ['&'] = C_END,
	['\''] = C_SPECIAL, ['('] = C_END, [')'] = C_END, ['*'] = C_GLOB,
	[';'] = C_END, ['<'] = C_END, ['>'] = C_END, ['?'] = C_GLOB,
	['['] = C_GLOB, ['\\'] = C_SPECIAL, ['`'] = C_SPECIAL,
	['|'] = C_END, ['}'] = C_SPECIAL, ['~'] = C_SPECIAL,
	[':'] = C_SPECIAL, ['='] = C_ASSIGN,
};

enum { LOCAL_PARTS = 8, MAX_DEPTH = 2000 };

/* A word under construction. */
struct builder {
	struct lexer *lx;
	enum lex_context ctx;
	struct strbuf lit;  /* literal text not yet made into a part */
	bool lit_open;      /* there is such text, maybe empty */
	bool lit_quoted;
	bool bare;          /* nothing but unquoted literal text so far */
	unsigned flags;     /* enum word_flag */
	struct sym *sym;    /* NAME= was read */
	int nparts, cap;
	struct part *part;
	struct part local[LOCAL_PARTS];
};

static void flush_literal(struct builder *b);

static struct part *add_part(struct builder *b, enum part_kind kind,
	bool quoted)
{
	struct part *p;

	flush_literal(b);
	if (b->nparts == b->cap) {
		b->cap *= 2;
		if (b->part == b->local) {
			b->part = xmalloc(
				(size_t)b->cap * sizeof(*b->part));
			memcpy(b->part, b->local, sizeof(b->local));
		} else {
			b->part = xrealloc(b->part,
				(size_t)b->cap * sizeof(*b->part));
		}
	}
	p = &b->part[b->nparts++];
	memset(p, 0, sizeof(*p));
	p->kind = (unsigned char)kind;
	p->quoted = quoted;
	return p;
}

static void flush_literal(struct builder *b)
{
	struct part *p;

	if (!b->lit_open)
		return;
	b->lit_open = false;
	p = add_part(b, PART_LITERAL, b->lit_quoted);
	p->u.lit.s = arena_strndup(&b->lx->tree->arena, b->lit.buf,
		b->lit.len);
	p->u.lit.len = b->lit.len;
	strbuf_reset(&b->lit);
}

static void open_literal(struct builder *b, bool quoted)
{
	if (b->lit_open && b->lit_quoted != quoted)
		flush_literal(b);
	b->lit_open = true;
	b->lit_quoted = quoted;
	if (quoted) {
		b->flags |= WORD_QUOTED;
		b->bare = false;
	}
}

static void add_ch(struct builder *b, int c, bool quoted)
{
	open_literal(b, quoted);
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
static void finish_word(struct builder *b, struct word *w, bool value)
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

static struct word *new_word(struct builder *b, const struct part *part, int n)
{
	struct word *w = arena_alloc(&b->lx->tree->arena, sizeof(*w));

	memset(w, 0, sizeof(*w));
	w->nparts = n;
	if (n) {
		w->part = arena_alloc(&b->lx->tree->arena,
			(size_t)n * sizeof(*part));
		memcpy(w->part, part, (size_t)n * sizeof(*part));
	}
	return w;
}

static struct word *build(struct builder *b)
{
	unsigned inherit = b->flags &
		(WORD_AT | WORD_EFFECT | WORD_CMDSUB | WORD_QUOTED);
	struct word *w;

	flush_literal(b);
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

static bool name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool name_char(int c)
{
	return name_start(c) || (c >= '0' && c <= '9');
}

/* ~name at the start of a word, or after = or : in an assignment. */
static void lex_tilde(struct builder *b, bool assign_only)
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
		struct part *p = add_part(b, PART_TILDE, false);

		p->assign_only = assign_only;
		p->u.lit.s = arena_strndup(&lx->tree->arena, sb.buf, sb.len);
		p->u.lit.len = sb.len;
		b->bare = false;
	} else {
		open_literal(b, false);
		strbuf_add(&b->lit, sb.buf, sb.len);
	}
	strbuf_release(&sb);
}

/* Up to MAX digits of BASE, added to V; how many there were in *N. */
static unsigned lex_digits(struct lexer *lx, unsigned v, unsigned base, int max,
	int *n)
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
	static const char letters[] = "abefnrtv\\'\"?", values[] =
		"\a\b\033\f\n\r\t\v\\'\"?";
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
static bool lex_dollar_quote(struct builder *b)
{
	struct lexer *lx = b->lx;
	int c, first = lx->lineno;
	bool ended = false;

	open_literal(b, true);
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

static bool lex_single_quote(struct builder *b)
{
	struct lexer *lx = b->lx;
	int c, first = lx->lineno;

	open_literal(b, true);
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

/* A nested lexer over TEXT for backquotes and here-documents. */
static struct node *parse_backquoted(struct lexer *lx, const struct strbuf *s,
	int line, bool *ok)
{
	struct input in;
	struct lexer sub;
	struct node *n;

	input_string(&in, s->buf, s->len, line);
	lex_init(&sub, lx->t, &in, lx->tree);
	sub.depth = lx->depth + 1;
	n = parse_substitution(&sub, TOK_EOF);
	*ok = !sub.failed;
	if (sub.failed)
		lx->failed = true;
	lex_finish(&sub);
	input_release(&in);
	return n;
}

static void command_part(struct builder *b, struct node *body, bool quoted,
	bool backquote, const char *src)
{
	struct part *p = add_part(b, PART_COMMAND, quoted);

	p->u.cmd.body = body;
	p->u.cmd.backquote = backquote;
	p->u.cmd.src = src;
	p->u.cmd.lineno = b->lx->lineno;
	p->u.cmd.pure = node_pure(body);
	b->flags |= WORD_CMDSUB;
}

static bool lex_backquote(struct builder *b, bool quoted)
{
	struct lexer *lx = b->lx;
	struct strbuf sb = STRBUF_INIT;
	int c, first = lx->lineno;
	bool ok = false;
	struct node *body;

	while ((c = lex_getc_raw(lx)) != '`') {
		if (c == LEX_EOF) {
			lx->tok_line = first;
			lex_error(lx, "unterminated ` substitution");
			goto out;
		}
		if (c == '\\') {
			int d = lex_peek_raw(lx);

			if (d == '$' || d == '`' || d == '\\' ||
				(d == '"' && quoted))
				c = lex_getc_raw(lx);
		}
		strbuf_addch(&sb, (char)c);
	}
	body = parse_backquoted(lx, &sb, first, &ok);
	if (ok)
		command_part(b, body, quoted, true,
			arena_strndup(&lx->tree->arena, sb.buf, sb.len));
out:
	strbuf_release(&sb);
	return ok;
}

/* Just after "$(": a command substitution. */
static bool lex_command(struct builder *b, bool quoted)
{
	struct lexer *lx = b->lx;
	struct lex_mark mark;
	struct node *body;

	lex_mark(lx, &mark);
	body = parse_substitution(lx, TOK_RPAREN);
	if (lx->failed)
		return false;
	command_part(b, body, quoted, false, lex_text_since(lx, &mark));
	return true;
}

/* Does an arithmetic expression's text assign? */
static bool assigns(const struct word *w)
{
	for (int i = 0; i < w->nparts; i++) {
		const struct part *p = &w->part[i];
		const char *s = p->u.lit.s;

		if (p->kind != PART_LITERAL)
			continue;
		for (size_t k = 0; k < p->u.lit.len; k++) {
			char prev = k ? s[k - 1] : ' ', next = s[k + 1];

			if ((s[k] == '+' || s[k] == '-') && next == s[k])
				return true;
			if (s[k] != '=')
				continue;
			if (next == '=') {
				k++;
				continue;
			}
			if ((prev == '<' || prev == '>') &&
				!(k > 1 && s[k - 2] == prev))
				continue;
			if (prev != '!')
				return true;
		}
	}
	return false;
}

/* "$((": arithmetic, or a substitution that starts with a subshell. */
static bool lex_arith_or_command(struct builder *b, bool quoted)
{
	struct lexer *lx = b->lx;
	struct lex_mark mark;
	struct word *w;
	struct part *p;

	lex_mark(lx, &mark);
	lex_getc(lx); /* the second ( */
	w = lex_word(lx, LEX_ARITH);
	if (!w) {
		if (lx->failed)
			return false;
		lex_back(lx, &mark);
		return lex_command(b, quoted);
	}
	p = add_part(b, PART_ARITH, quoted);
	p->u.arith.word = w;
	p->u.arith.code = arith_compile_word(&lx->t->sh->syms,
		&lx->tree->arena, w);
	b->flags |= w->flags & (WORD_EFFECT | WORD_CMDSUB);
	if (assigns(w))
		b->flags |= WORD_EFFECT;
	return true;
}

static void set_special(struct param *p, int c)
{
	p->kind = PARAM_SPECIAL;
	p->index = c;
}

static struct param *new_param(struct builder *b)
{
	struct param *p = arena_alloc(&b->lx->tree->arena, sizeof(*p));

	memset(p, 0, sizeof(*p));
	return p;
}

static void add_param(struct builder *b, struct param *p, bool quoted)
{
	add_part(b, PART_PARAM, quoted)->u.param = p;
	if (quoted && p->kind == PARAM_SPECIAL &&
		(p->index == '@' || p->index == '*') && p->op != PARAM_LENGTH)
		b->flags |= WORD_AT;
	if (p->op == PARAM_ASSIGN)
		b->flags |= WORD_EFFECT;
	if (p->word)
		b->flags |= p->word->flags &
			(WORD_AT | WORD_EFFECT | WORD_CMDSUB);
}

/* The parameter's name after "${" or "$". False when there is none. */
static bool lex_name(struct builder *b, struct param *p, bool braces)
{
	struct lexer *lx = b->lx;
	struct strbuf sb = STRBUF_INIT;
	int c = lex_peek(lx);
	bool ok = true;

	if (name_start(c)) {
		do
			strbuf_addch(&sb, (char)lex_getc(lx));
		while (name_char(lex_peek(lx)));
		p->kind = PARAM_VAR;
		p->sym = sym_intern(&lx->t->sh->syms, sb.buf, sb.len);
	} else if (c >= '0' && c <= '9') {
		unsigned long n = 0;

		do {
			c = lex_getc(lx);
			if (n < 100000000)
				n = n * 10 + (unsigned long)(c - '0');
			c = lex_peek(lx);
		} while (braces && c >= '0' && c <= '9');
		p->kind = PARAM_POSITIONAL;
		p->index = (int)n;
		if (!n)
			set_special(p, '0');
	} else if (c != LEX_EOF && c && strchr("@*#?-$!", c)) {
		lex_getc(lx);
		set_special(p, c);
	} else {
		ok = false;
	}
	strbuf_release(&sb);
	return ok;
}

/* Operator after the name in ${...}; false when it is not one. */
static bool lex_param_op(struct lexer *lx, struct param *p)
{
	int c = lex_getc(lx);

	if (c == ':') {
		p->colon = true;
		c = lex_getc(lx);
		if (c == LEX_EOF || !strchr("-=?+", c))
			return false;
	}
	switch (c) {
	case '-':
		p->op = PARAM_DEFAULT;
		return true;
	case '=':
		p->op = PARAM_ASSIGN;
		return true;
	case '?':
		p->op = PARAM_ERROR;
		return true;
	case '+':
		p->op = PARAM_ALTERNATE;
		return true;
	case '#':
		p->op = PARAM_PREFIX;
		break;
	case '%':
		p->op = PARAM_SUFFIX;
		break;
	default:
		return false;
	}
	if (lex_peek(lx) == c) {
		lex_getc(lx);
		p->op++; /* the _LONG form */
	}
	return true;
}

/* A constant pattern is compiled once, here. */
struct pattern *lex_pattern(struct lexer *lx, const struct word *w)
{
	struct strbuf text = STRBUF_INIT, mask = STRBUF_INIT;
	struct pattern *pat = NULL;

	for (int i = 0; i < w->nparts; i++) {
		const struct part *p = &w->part[i];

		if (p->kind != PART_LITERAL)
			goto out;
		strbuf_add(&text, p->u.lit.s, p->u.lit.len);
		for (size_t k = 0; k < p->u.lit.len; k++)
			strbuf_addch(&mask, p->quoted);
	}
	pat = pattern_compile(&lx->tree->arena, lx->t->sh->utf8, text.buf,
		mask.buf, text.len);
out:
	strbuf_release(&text);
	strbuf_release(&mask);
	return pat;
}

/* ${#...: the length of a parameter, or the parameter #. */
static bool lex_hash(struct builder *b, struct param *p)
{
	struct lexer *lx = b->lx;
	int c = lex_peek(lx);
	struct lex_mark mark;

	if (c == '}' || c == ':' || c == '=' || c == '+' || c == '%') {
		set_special(p, '#');
		return true;
	}
	if (c == '-' || c == '?' || c == '#') {
		/* ${#-} is a length, ${#-word} an operator on $# */
		lex_mark(lx, &mark);
		lex_getc(lx);
		if (lex_peek(lx) != '}') {
			lex_back(lx, &mark);
			set_special(p, '#');
			return true;
		}
		set_special(p, c);
		p->op = PARAM_LENGTH;
		return true;
	}
	p->op = PARAM_LENGTH;
	return lex_name(b, p, true) && lex_peek(lx) == '}';
}

/* Just after "${". */
static bool lex_braces(struct builder *b, bool quoted)
{
	struct lexer *lx = b->lx;
	struct param *p = new_param(b);
	int first = lx->lineno;
	enum lex_context ctx = LEX_BRACE;
	bool op;

	p->braces = true;
	if (lex_peek(lx) == '#') {
		lex_getc(lx);
		p->bad = !lex_hash(b, p);
	} else {
		p->bad = !lex_name(b, p, true);
	}
	op = p->bad || p->op != PARAM_LENGTH;
	if (op && lex_peek(lx) != '}') {
		if (!p->bad && lex_peek(lx) != LEX_EOF)
			p->bad = !lex_param_op(lx, p);
		if (quoted && p->op < PARAM_PREFIX)
			ctx = LEX_BRACE_QUOTED;
		p->word = lex_word(lx, ctx);
		if (!p->word)
			return false;
		if (p->op >= PARAM_PREFIX && !p->bad)
			p->pattern = lex_pattern(lx, p->word);
	}
	if (lex_peek(lx) != '}') {
		lx->tok_line = first;
		lex_error(lx, "unterminated ${");
		return false;
	}
	lex_getc(lx);
	add_param(b, p, quoted);
	return true;
}

/* Just after a $. */
static bool lex_dollar(struct builder *b, bool quoted)
{
	struct lexer *lx = b->lx;
	int c = lex_peek(lx);
	struct param *p;
	bool ok;

	if (c == '\'' && !quoted) {
		lex_getc(lx);
		return lex_dollar_quote(b);
	}
	b->bare = false;
	if (c != '{' && c != '(') {
		p = new_param(b);
		if (lex_name(b, p, false))
			add_param(b, p, quoted);
		else
			add_ch(b, '$', quoted);
		return true;
	}
	if (++lx->depth > MAX_DEPTH || task_stack_low(lx->t)) {
		lex_error(lx, "substitutions are nested too deeply");
		return false;
	}
	lex_getc(lx);
	if (c == '{')
		ok = lex_braces(b, quoted);
	else if (lex_peek(lx) == '(')
		ok = lex_arith_or_command(b, quoted);
	else
		ok = lex_command(b, quoted);
	lx->depth--;
	return ok;
}

/* Just after the opening " : to the closing one. */
static bool lex_double_quote(struct builder *b)
{
	struct lexer *lx = b->lx;
	int c, first = lx->lineno;

	/* an empty part keeps the field, but "$@" alone may vanish */
	if (lex_peek(lx) != '$')
		open_literal(b, true);
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
				add_ch(b, lex_getc_raw(lx), true);
			else
				add_ch(b, '\\', true);
			break;
		default:
			add_ch(b, c, true);
		}
	}
}

/* NAME= at the start of a word makes it an assignment candidate. */
static bool check_assignment(struct builder *b)
{
	if (b->sym || b->nparts || !b->bare || !b->lit_open ||
		b->ctx != LEX_TOKEN || !name_valid(b->lit.buf, b->lit.len))
		return false;
	b->sym = sym_intern(&b->lx->t->sh->syms, b->lit.buf, b->lit.len);
	strbuf_addch(&b->lit, '=');
	flush_literal(b);
	lex_tilde(b, true);
	return true;
}

/* An unquoted word: LEX_TOKEN, or LEX_BRACE up to its }. */
static bool lex_unquoted(struct builder *b)
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
			open_literal(b, false);
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
				add_ch(b, '\\', true);
			else
				add_ch(b, c, true);
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
				add_ch(b, c, false);
			break;
		case ':':
			add_ch(b, c, false);
			if (b->sym)
				lex_tilde(b, true);
			break;
		default:
			add_ch(b, c, false);
		}
	}
}

/* Text in which only $, ` and some backslashes are special. */
static bool lex_quoted_text(struct builder *b)
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
				add_ch(b, lex_getc_raw(lx), true);
			else
				add_ch(b, '\\', true);
			break;
		case '"':
			if (b->ctx == LEX_BRACE_QUOTED) {
				if (!lex_double_quote(b))
					return false;
			} else {
				add_ch(b, c, true);
			}
			break;
		case '(':
			if (b->ctx == LEX_ARITH)
				depth++;
			add_ch(b, c, true);
			break;
		case ')':
			if (b->ctx == LEX_ARITH && depth-- == 0) {
				if (lex_peek(lx) != ')')
					return false; /* not arithmetic */
				lex_getc(lx);
				return true;
			}
			add_ch(b, c, true);
			break;
		default:
			add_ch(b, c, true);
		}
	}
}

struct word *lex_word(struct lexer *lx, enum lex_context ctx)
{
	struct builder b;
	struct word *w = NULL;
	bool ok;

	b.lx = lx;
	b.ctx = ctx;
	strbuf_init(&b.lit);
	b.lit_open = b.lit_quoted = false;
	b.bare = true;
	b.flags = 0;
	b.sym = NULL;
	b.nparts = 0;
	b.cap = LOCAL_PARTS;
	b.part = b.local;
	if (ctx == LEX_TOKEN || ctx == LEX_BRACE)
		ok = lex_unquoted(&b);
	else
		ok = lex_quoted_text(&b);
	if (ok)
		w = build(&b);
	strbuf_release(&b.lit);
	if (b.part != b.local)
		free(b.part);
	return w;
}
