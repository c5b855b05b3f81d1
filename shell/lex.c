/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/lex.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"
#include "shell/diag.h"
#include "shell/parse.h"

void lex_init(
        struct lexer *lx, struct task *t, struct input *in, struct tree *tree)
{
	memset(lx, 0, sizeof(*lx));
	lx->t = t;
	lx->in = in;
	lx->tree = tree;
	lx->p = in->text.buf + in->pos;
	lx->end = in->text.buf + in->exposed;
	lx->lineno = in->lineno;
	lx->pending_end = &lx->pending;
	lx->tok = TOK_NEWLINE;
}

static void frame_free(struct alias_frame *f)
{
	f->alias->in_use = false;
	alias_unref(f->alias);
	free(f);
}

/* Aliases that were exhausted before this token may be used again. */
static void release_done(struct lexer *lx)
{
	while (lx->done) {
		struct alias_frame *f = lx->done;

		lx->done = f->next_done;
		if (f->blank)
			lx->alias_next = true;
		frame_free(f);
	}
}

void lex_finish(struct lexer *lx)
{
	struct input *in = lx->in;

	if (lx->frame) {
		/* a newline inside an alias ended the command: the rest of
		   the value comes before the rest of the input */
		struct strbuf rest = STRBUF_INIT;
		size_t at, n;
		struct alias_frame *f;

		strbuf_add(&rest, lx->p, (size_t)(lx->end - lx->p));
		while ((f = lx->frame)) {
			lx->p = f->p;
			lx->end = f->end;
			lx->frame = f->up;
			if (lx->frame)
				strbuf_add(&rest, lx->p,
				        (size_t)(lx->end - lx->p));
			frame_free(f);
		}
		at = (size_t)(lx->p - in->text.buf);
		n = rest.len;
		strbuf_grow(&in->text, n);
		memmove(in->text.buf + at + n, in->text.buf + at,
		        in->text.len - at);
		if (n)
			memcpy(in->text.buf + at, rest.buf, n);
		strbuf_setlen(&in->text, in->text.len + n);
		in->exposed += n;
		in->pos = at;
		strbuf_release(&rest);
	} else {
		in->pos = (size_t)(lx->p - in->text.buf);
	}
	in->lineno = lx->lineno;
	release_done(lx);
	free(lx->not_arith.at);
}

void lex_mark(const struct lexer *lx, struct lex_mark *m)
{
	m->p = lx->p;
	m->end = lx->end;
	m->pos = lx->frame ? 0 : (size_t)(lx->p - lx->in->text.buf);
	m->frame = lx->frame;
	m->lineno = lx->lineno;
	m->pending = lx->pending;
	m->pending_end = lx->pending_end;
}

void lex_back(struct lexer *lx, const struct lex_mark *m)
{
	while (lx->frame != m->frame && lx->done) {
		struct alias_frame *f = lx->done;

		lx->done = f->next_done;
		lx->frame = f;
		if (f->up)
			continue;
		/* the input may have moved since */
		f->p = lx->in->text.buf + f->pos;
		f->end = lx->in->text.buf + lx->in->exposed;
	}
	if (m->frame) {
		lx->p = m->p;
		lx->end = m->end;
	} else {
		lx->p = lx->in->text.buf + m->pos;
		lx->end = lx->in->text.buf + lx->in->exposed;
	}
	lx->lineno = m->lineno;
	lx->pending = m->pending;
	lx->pending_end = m->pending_end;
	*lx->pending_end = NULL;
}

char *lex_text_since(const struct lexer *lx, const struct lex_mark *m)
{
	const char *from = m->frame ? m->p : lx->in->text.buf + m->pos;

	if (lx->frame != m->frame)
		return NULL;
	return arena_strndup(
	        &lx->tree->arena, from, (size_t)(lx->p - from) - 1);
}

/* Make *lx->p readable; false at end of input. */
static bool more(struct lexer *lx)
{
	while (lx->p == lx->end) {
		struct alias_frame *f = lx->frame;

		if (f) {
			lx->p = f->p;
			lx->end = f->end;
			lx->frame = f->up;
			if (!f->up)
				f->pos = (size_t)(f->p - lx->in->text.buf);
			f->next_done = lx->done;
			lx->done = f;
			continue;
		}
		lx->in->pos = lx->in->exposed;
		if (!input_more(lx->t, lx->in)) {
			lx->p = lx->end = lx->in->text.buf + lx->in->exposed;
			return false;
		}
		lx->p = lx->in->text.buf + lx->in->pos;
		lx->end = lx->in->text.buf + lx->in->exposed;
	}
	return true;
}

int lex_peek_raw(struct lexer *lx)
{
	for (;;) {
		if (lx->p == lx->end && !more(lx))
			return LEX_EOF;
		if (*lx->p)
			return (unsigned char)*lx->p;
		lx->p++; /* NUL bytes are not part of program text */
	}
}

int lex_getc_raw(struct lexer *lx)
{
	int c = lex_peek_raw(lx);

	if (c == LEX_EOF)
		return c;
	lx->p++;
	if (c == '\n')
		lx->lineno++;
	return c;
}

/* Is the byte after *lx->p, perhaps beyond an alias's value, a newline? */
static bool newline_follows(const struct lexer *lx)
{
	const struct alias_frame *f = lx->frame;

	if (lx->end - lx->p > 1)
		return lx->p[1] == '\n';
	while (f && f->p == f->end)
		f = f->up;
	return f && *f->p == '\n';
}

int lex_peek(struct lexer *lx)
{
	int c;

	while ((c = lex_peek_raw(lx)) == '\\' && newline_follows(lx)) {
		lx->p++;
		lex_peek_raw(lx);
		lx->p++;
		lx->lineno++;
	}
	return c;
}

int lex_getc(struct lexer *lx)
{
	int c = lex_peek(lx);

	if (c == LEX_EOF)
		return c;
	lx->p++;
	if (c == '\n')
		lx->lineno++;
	return c;
}

void lex_error(struct lexer *lx, const char *fmt, ...)
{
	if (!lx->failed && !lx->in->interrupted) {
		struct strbuf sb = STRBUF_INIT;
		va_list ap;

		va_start(ap, fmt);
		strbuf_vaddf(&sb, fmt, ap);
		va_end(ap);
		diag_at(lx->t, lx->tok_line ? lx->tok_line : lx->lineno,
		        "syntax error: %s", sb.buf);
		strbuf_release(&sb);
	}
	lx->failed = true;
	lx->tok = TOK_ERROR;
}

enum reserved lex_reserved(const char *s, size_t len)
{
	static const struct {
		const char *name;
		enum reserved rw;
	} words[] = {
	        {"!", RW_BANG},
	        {"{", RW_LBRACE},
	        {"}", RW_RBRACE},
	        {"do", RW_DO},
	        {"fi", RW_FI},
	        {"if", RW_IF},
	        {"in", RW_IN},
	        {"for", RW_FOR},
	        {"case", RW_CASE},
	        {"done", RW_DONE},
	        {"elif", RW_ELIF},
	        {"else", RW_ELSE},
	        {"esac", RW_ESAC},
	        {"then", RW_THEN},
	        {"until", RW_UNTIL},
	        {"while", RW_WHILE},
	};

	if (len == 0 || len > 5 || !strchr("!{}dfiectuw", s[0]))
		return RW_NONE;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].name) == len &&
		        !memcmp(words[i].name, s, len))
			return words[i].rw;
	return RW_NONE;
}

bool lex_alias(struct lexer *lx)
{
	struct alias *a;
	struct alias_frame *f;
	size_t n;

	if (lx->tok != TOK_WORD || !(lx->word->flags & WORD_BARE) ||
	        !lx->t->sh->aliases || lx->no_alias)
		return false;
	a = alias_find(lx->t->sh, lx->word->text, lx->word->len);
	if (!a || a->in_use)
		return false;
	f = xcalloc(1, sizeof(*f));
	n = strlen(a->value);
	f->up = lx->frame;
	f->alias = a;
	f->p = lx->p;
	f->end = lx->end;
	f->blank = n && (a->value[n - 1] == ' ' || a->value[n - 1] == '\t');
	a->in_use = true;
	a->refs++;
	lx->frame = f;
	lx->p = a->value;
	lx->end = a->value + n;
	/* exhausted frames stay marked: this token came from inside them */
	struct alias_frame *done = lx->done;
	lx->done = NULL;
	lex_next(lx);
	if (done) {
		struct alias_frame *last = done;

		while (last->next_done)
			last = last->next_done;
		last->next_done = lx->done;
		lx->done = done;
	}
	return true;
}

void lex_heredoc(struct lexer *lx, struct redir *r)
{
	struct redir **end = lx->pending_end;

	/* queued through a list of its own: `next` is the command's list */
	r->target = NULL;
	*end = r;
	lx->pending_end = &r->pending;
	r->pending = NULL;
}

/* One line with its newline into SB; false at end of input. */
static bool read_line(struct lexer *lx, struct strbuf *sb)
{
	int c = LEX_EOF;

	while ((c = lex_peek_raw(lx)) != LEX_EOF) {
		const char *nl = memchr(lx->p, '\n', (size_t)(lx->end - lx->p));
		const char *stop = nl ? nl + 1 : lx->end;

		for (const char *q; lx->p < stop; lx->p = q) {
			q = memchr(lx->p, '\0', (size_t)(stop - lx->p));
			strbuf_add(sb, lx->p, (size_t)((q ? q : stop) - lx->p));
			q = q ? q + 1 : stop;
		}
		if (nl) {
			lx->lineno++;
			return true;
		}
	}
	return sb->len > 0;
}

/* Does TEXT end in an odd number of backslashes before its newline? */
static bool continues(const struct strbuf *sb)
{
	size_t n = 0;

	if (!sb->len || sb->buf[sb->len - 1] != '\n')
		return false;
	while (n + 1 < sb->len && sb->buf[sb->len - 2 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static void read_heredoc(struct lexer *lx, struct redir *r)
{
	struct strbuf body = STRBUF_INIT, line = STRBUF_INIT;
	size_t dlen = strlen(r->delimiter);
	int first = lx->lineno;
	bool joined = false;

	for (;;) {
		size_t skip = 0, len;

		strbuf_reset(&line);
		if (!read_line(lx, &line)) {
			lx->tok_line = r->lineno;
			if (!lx->in->interrupted)
				lex_error(lx, "here-document: '%s' not found",
				        r->delimiter);
			lx->failed = true;
			break;
		}
		if (r->strip_tabs && !joined)
			while (skip < line.len && line.buf[skip] == '\t')
				skip++;
		len = line.len - skip;
		if (len && line.buf[line.len - 1] == '\n')
			len--;
		if (!joined && len == dlen &&
		        !memcmp(line.buf + skip, r->delimiter, dlen))
			break;
		if (!r->heredoc_quoted && continues(&line)) {
			joined = true;
			strbuf_add(&body, line.buf + skip, line.len - skip - 2);
			continue;
		}
		joined = false;
		strbuf_add(&body, line.buf + skip, line.len - skip);
	}
	if (!lx->failed) {
		int line_now = lx->lineno;

		if (r->heredoc_quoted) {
			struct word *w =
			        arena_alloc(&lx->tree->arena, sizeof(*w));

			memset(w, 0, sizeof(*w));
			w->flags = WORD_LITERAL | WORD_QUOTED;
			w->text = arena_strndup(
			        &lx->tree->arena, body.buf, body.len);
			w->len = body.len;
			r->target = w;
		} else {
			lx->t->lineno = first;
			r->target = parse_string(
			        lx->t, lx->tree, body.buf, body.len);
			if (!r->target)
				lx->failed = true;
		}
		lx->lineno = line_now;
	}
	strbuf_release(&body);
	strbuf_release(&line);
}

static void read_heredocs(struct lexer *lx)
{
	struct redir *r = lx->pending;

	lx->pending = NULL;
	lx->pending_end = &lx->pending;
	for (; r && !lx->failed; r = r->pending)
		read_heredoc(lx, r);
	if (lx->failed)
		lx->tok = TOK_ERROR;
}

static bool follows(struct lexer *lx, int c)
{
	if (lex_peek(lx) != c)
		return false;
	lex_getc(lx);
	return true;
}

static enum token redirection(struct lexer *lx, int c)
{
	lx->strip_tabs = false;
	if (c == '<') {
		if (follows(lx, '<')) {
			lx->op = REDIR_HEREDOC;
			lx->strip_tabs = follows(lx, '-');
		} else if (follows(lx, '&')) {
			lx->op = REDIR_DUP_IN;
		} else if (follows(lx, '>')) {
			lx->op = REDIR_INOUT;
		} else {
			lx->op = REDIR_IN;
		}
	} else if (follows(lx, '>')) {
		lx->op = REDIR_APPEND;
	} else if (follows(lx, '&')) {
		lx->op = REDIR_DUP_OUT;
	} else if (follows(lx, '|')) {
		lx->op = REDIR_CLOBBER;
	} else {
		lx->op = REDIR_OUT;
	}
	return TOK_REDIR;
}

static enum token operator(struct lexer *lx, int c) {
	switch (c){case '\n' : return TOK_NEWLINE;
		case '&' : return follows(lx, '&') ? TOK_AND_IF : TOK_AMP;
		case '|' : return follows(lx, '|') ? TOK_OR_IF : TOK_PIPE;
		case ';' : if (follows(lx, ';')) return TOK_DSEMI;
		return follows(lx, '&') ? TOK_SEMI_AND : TOK_SEMI;
		case '(' : return TOK_LPAREN;
		case ')' : return TOK_RPAREN;
		default : return redirection(lx, c);
}
}

/* A word of digits right before < or > is a descriptor number. */
static bool io_number(struct lexer *lx)
{
	const struct word *w = lx->word;
	int c;

	if (!(w->flags & WORD_BARE) || w->len > 9 ||
	        strspn(w->text, "0123456789") != w->len)
		return false;
	c = lex_peek(lx);
	if (c != '<' && c != '>')
		return false;
	lx->io_number = atoi(w->text);
	return true;
}

void lex_next(struct lexer *lx)
{
	int c;

	if (lx->failed) {
		lx->tok = TOK_ERROR;
		return;
	}
	if (!lx->no_alias)
		release_done(lx);
	for (;;) {
		c = lex_peek(lx);
		if (c == ' ' || c == '\t') {
			lx->p++;
		} else if (c == '#') {
			while (c != '\n' && c != LEX_EOF) {
				lex_getc_raw(lx);
				c = lex_peek_raw(lx);
			}
		} else {
			break;
		}
	}
	if (!lx->no_alias)
		release_done(lx);
	lx->alias_ok = lx->alias_next;
	lx->alias_next = false;
	lx->rw = RW_NONE;
	lx->io_number = -1;
	lx->tok_line = lx->lineno;
	if (c == LEX_EOF) {
		if (lx->pending)
			read_heredocs(lx);
		lx->tok = lx->failed ? TOK_ERROR : TOK_EOF;
		return;
	}
	if (strchr("\n&|;()<>", c)) {
		lex_getc(lx);
		lx->tok = operator(lx, c);
		if (lx->tok == TOK_NEWLINE && lx->pending)
			read_heredocs(lx);
		return;
	}
	lx->word = lex_word(lx, LEX_TOKEN);
	if (!lx->word) {
		lx->failed = true;
		lx->tok = TOK_ERROR;
		return;
	}
	if (io_number(lx)) {
		c = lex_getc(lx);
		lx->tok = redirection(lx, c);
		return;
	}
	lx->tok = TOK_WORD;
	if (lx->word->flags & WORD_BARE)
		lx->rw = lex_reserved(lx->word->text, lx->word->len);
}

const char *lex_token_text(const struct lexer *lx)
{
	switch (lx->tok) {
	case TOK_EOF:
		return "end of input";
	case TOK_NEWLINE:
		return "newline";
	case TOK_WORD:
		if (lx->word->flags & WORD_LITERAL && lx->word->len < 100)
			return lx->word->text;
		return "word";
	case TOK_AND_IF:
		return "&&";
	case TOK_OR_IF:
		return "||";
	case TOK_SEMI:
		return ";";
	case TOK_DSEMI:
		return ";;";
	case TOK_SEMI_AND:
		return ";&";
	case TOK_AMP:
		return "&";
	case TOK_PIPE:
		return "|";
	case TOK_LPAREN:
		return "(";
	case TOK_RPAREN:
		return ")";
	case TOK_REDIR:
		return "redirection";
	case TOK_ERROR:
		break;
	}
	return "error";
}
