/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "shell/arith.h"
#include "shell/base/xalloc.h"
#include "shell/pattern.h"
#include "shell/word.h"

/* A nested lexer over TEXT for backquotes and here-documents. */
static struct node *parse_backquoted(
        struct lexer *lx, const struct strbuf *s, int line, bool *ok)
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

static void command_part(struct word_builder *b, struct node *body, bool quoted,
        bool backquote, const char *src)
{
	struct part *p = word_part(b, PART_COMMAND, quoted);

	p->u.cmd.body = body;
	p->u.cmd.backquote = backquote;
	p->u.cmd.src = src;
	p->u.cmd.lineno = b->lx->lineno;
	p->u.cmd.pure = node_pure(body);
	b->flags |= WORD_CMDSUB;
}

bool lex_backquote(struct word_builder *b, bool quoted)
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
static bool lex_command(struct word_builder *b, bool quoted)
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

/* The index in S of PLACE, or of where it belongs. */
static size_t seen_index(const struct lex_seen *s, uintptr_t place)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->at[mid] < place)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void seen_add(struct lex_seen *s, uintptr_t place)
{
	size_t i = seen_index(s, place);

	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 16;
		s->at = xrealloc(s->at, s->cap * sizeof(*s->at));
	}
	memmove(s->at + i + 1, s->at + i, (s->n - i) * sizeof(*s->at));
	s->at[i] = place;
	s->n++;
}

/*
 * Just after "$(", before a second "(": an arithmetic expression, or NULL
 * and the lexer where it was. When an outer one turns out to be none, the
 * inner ones are read again: what is known of them keeps the time they take
 * from doubling with each level.
 */
static struct word *lex_arith(struct lexer *lx)
{
	struct lex_seen *seen = &lx->not_arith;
	struct lex_mark mark;
	struct word *w;
	uintptr_t place;
	size_t i;

	lex_mark(lx, &mark);
	place = mark.frame ? (uintptr_t)mark.p : mark.pos;
	i = seen_index(seen, place);
	if (i < seen->n && seen->at[i] == place)
		return NULL;
	lex_getc(lx); /* the second ( */
	lx->arith_tries++;
	w = lex_word(lx, LEX_ARITH);
	lx->arith_tries--;
	if (!lx->arith_tries)
		seen->n = 0;
	if (w || lx->failed)
		return w;
	if (lx->arith_tries)
		seen_add(seen, place);
	lex_back(lx, &mark);
	return NULL;
}

/* "$((": arithmetic, or a substitution that starts with a subshell. */
static bool lex_arith_or_command(struct word_builder *b, bool quoted)
{
	struct lexer *lx = b->lx;
	struct word *w = lex_arith(lx);
	struct part *p;

	if (!w)
		return !lx->failed && lex_command(b, quoted);
	p = word_part(b, PART_ARITH, quoted);
	p->u.arith.word = w;
	p->u.arith.code = arith_compile_word(lx->t, &lx->tree->arena, w);
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

static struct param *new_param(struct word_builder *b)
{
	struct param *p = arena_alloc(&b->lx->tree->arena, sizeof(*p));

	memset(p, 0, sizeof(*p));
	return p;
}

static void add_param(struct word_builder *b, struct param *p, bool quoted)
{
	word_part(b, PART_PARAM, quoted)->u.param = p;
	if (quoted && p->kind == PARAM_SPECIAL &&
	        (p->index == '@' || p->index == '*') && p->op != PARAM_LENGTH)
		b->flags |= WORD_AT;
	if (p->op == PARAM_ASSIGN)
		b->flags |= WORD_EFFECT;
	if (p->word)
		b->flags |=
		        p->word->flags & (WORD_AT | WORD_EFFECT | WORD_CMDSUB);
}

/* The parameter's name after "${" or "$". False when there is none. */
static bool lex_name(struct word_builder *b, struct param *p, bool braces)
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
static bool lex_hash(struct word_builder *b, struct param *p)
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
static bool lex_braces(struct word_builder *b, bool quoted)
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
bool lex_dollar(struct word_builder *b, bool quoted)
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
			word_add(b, '$', quoted);
		return true;
	}
	if (++lx->depth > WORD_MAX_DEPTH || task_stack_low(lx->t)) {
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
