/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/parse.h"

#include <string.h>

#include "shell/diag.h"
#include "shell/lex.h"
#include "shell/var.h"

enum {
	MAX_NESTING = 20000
};

static struct node *parse_list(struct lexer *lx, bool compound);
static struct node *parse_compound(struct lexer *lx);

static struct node *new_node(struct lexer *lx, enum node_type type)
{
	struct node *n = arena_alloc(&lx->tree->arena, sizeof(*n));

	memset(n, 0, sizeof(*n));
	n->type = (unsigned char)type;
	n->lineno = lx->tok_line;
	return n;
}

static struct node *unexpected(struct lexer *lx)
{
	if (lx->tok == TOK_EOF && lx->in->interrupted)
		lx->failed = true;
	lex_error(lx, "unexpected %s%s%s", lx->tok == TOK_WORD ? "'" : "",
	        lex_token_text(lx), lx->tok == TOK_WORD ? "'" : "");
	return NULL;
}

/* The token stands where a command may begin: aliases apply. */
static void command_position(struct lexer *lx)
{
	while (lx->tok == TOK_WORD && lx->rw == RW_NONE && lex_alias(lx))
		;
}

/*
 * A word after an alias that ends in a blank is looked at too, unless it is
 * one of the reserved words A and B, which have their meaning here.
 */
static void argument_position_but(
        struct lexer *lx, enum reserved a, enum reserved b)
{
	while (lx->tok == TOK_WORD && lx->alias_ok &&
	        (lx->rw == RW_NONE || (lx->rw != a && lx->rw != b)) &&
	        lex_alias(lx))
		lx->alias_ok = true;
}

static void argument_position(struct lexer *lx)
{
	argument_position_but(lx, RW_NONE, RW_NONE);
}

static void linebreak(struct lexer *lx)
{
	do {
		while (lx->tok == TOK_NEWLINE)
			lex_next(lx);
		command_position(lx);
	} while (lx->tok == TOK_NEWLINE);
}

/* Newlines where no command but the reserved word A may follow. */
static void newlines(struct lexer *lx, enum reserved a)
{
	do {
		while (lx->tok == TOK_NEWLINE)
			lex_next(lx);
		argument_position_but(lx, a, RW_NONE);
	} while (lx->tok == TOK_NEWLINE);
}

static bool expect(struct lexer *lx, enum reserved rw)
{
	if (lx->tok != TOK_WORD || lx->rw != rw) {
		unexpected(lx);
		return false;
	}
	lex_next(lx);
	return true;
}

/* Can the current token not begin a command in a compound list? */
static bool ends_list(const struct lexer *lx)
{
	switch (lx->tok) {
	case TOK_EOF:
	case TOK_RPAREN:
	case TOK_DSEMI:
	case TOK_SEMI_AND:
	case TOK_ERROR:
		return true;
	case TOK_WORD:
		switch (lx->rw) {
		case RW_THEN:
		case RW_ELSE:
		case RW_ELIF:
		case RW_FI:
		case RW_DO:
		case RW_DONE:
		case RW_ESAC:
		case RW_RBRACE:
			return true;
		default:
			return false;
		}
	default:
		return false;
	}
}

/* ---- redirections ---- */

static const char *delimiter_text(struct lexer *lx, const struct word *w)
{
	struct strbuf sb = STRBUF_INIT;
	const char *s;

	for (int i = 0; i < w->nparts; i++) {
		const struct part *p = &w->part[i];

		if (p->kind == PART_LITERAL || p->kind == PART_TILDE) {
			strbuf_add(&sb, p->u.lit.s, p->u.lit.len);
		} else {
			strbuf_reset(&sb);
			ast_print_word(&sb, w);
			break;
		}
	}
	s = arena_strndup(&lx->tree->arena, sb.buf, sb.len);
	strbuf_release(&sb);
	return s;
}

static struct redir *parse_redir(struct lexer *lx)
{
	struct redir *r = arena_alloc(&lx->tree->arena, sizeof(*r));

	memset(r, 0, sizeof(*r));
	r->op = (unsigned char)lx->op;
	r->strip_tabs = lx->strip_tabs;
	r->lineno = lx->tok_line;
	r->fd = lx->io_number;
	if (r->fd < 0)
		r->fd = r->op == REDIR_IN || r->op == REDIR_INOUT ||
		                        r->op == REDIR_DUP_IN ||
		                        r->op == REDIR_HEREDOC
		                ? 0
		                : 1;
	lex_next(lx);
	argument_position(lx);
	if (lx->tok != TOK_WORD) {
		unexpected(lx);
		return NULL;
	}
	r->target = lx->word;
	if (r->op == REDIR_HEREDOC) {
		r->delimiter = delimiter_text(lx, lx->word);
		r->heredoc_quoted = (lx->word->flags & WORD_QUOTED) != 0;
		lex_heredoc(lx, r);
	}
	lex_next(lx);
	return r;
}

static bool parse_redirs(struct lexer *lx, struct redir **end)
{
	while (lx->tok == TOK_REDIR) {
		struct redir *r = parse_redir(lx);

		if (!r)
			return false;
		*end = r;
		end = &r->next;
		argument_position(lx);
	}
	return true;
}

/* ---- simple commands and functions ---- */

static struct node *parse_function(struct lexer *lx, struct node *n)
{
	struct word *name = n->u.simple.words;
	struct node *f = new_node(lx, NODE_FUNCTION);

	f->lineno = n->lineno;
	lex_next(lx);
	argument_position(lx);
	if (lx->tok != TOK_RPAREN)
		return unexpected(lx);
	if (!(name->flags & WORD_BARE) || strchr(name->text, '/') ||
	        (opt_on(lx->t->sh, OPT_POSIX) &&
	                !name_valid(name->text, name->len))) {
		lex_error(lx, "'%s' is not a valid function name",
		        name->text ? name->text : "word");
		return NULL;
	}
	lex_next(lx);
	linebreak(lx);
	f->u.func.name = sym_intern(&lx->t->sh->syms, name->text, name->len);
	f->u.func.body = parse_compound(lx);
	if (!f->u.func.body && !lx->failed)
		return unexpected(lx);
	return lx->failed ? NULL : f;
}

/* export, readonly, local: their NAME=word operands are assignments. */
static bool declaration_utility(const struct word *w)
{
	while (w && w->flags & WORD_LITERAL && !strcmp(w->text, "command"))
		w = w->next;
	return w && w->flags & WORD_LITERAL &&
	       (!strcmp(w->text, "export") || !strcmp(w->text, "readonly") ||
	               !strcmp(w->text, "local"));
}

static void finish_simple(struct lexer *lx, struct node *n)
{
	struct word *w = n->u.simple.words;

	n->u.simple.literal = true;
	for (struct word *v = w; v; v = v->next)
		if (!(v->flags & WORD_LITERAL))
			n->u.simple.literal = false;
	if (w && w->flags & WORD_LITERAL && !strchr(w->text, '/')) {
		w->command = sym_intern(&lx->t->sh->syms, w->text, w->len);
		n->u.simple.declare = declaration_utility(w);
	}
}

static struct node *parse_simple(struct lexer *lx)
{
	struct node *n = new_node(lx, NODE_SIMPLE);
	struct redir **redir_end = &n->redirs;
	struct word **assign_end = &n->u.simple.assigns;
	struct word **word_end = &n->u.simple.words;

	for (;;) {
		if (lx->tok == TOK_REDIR) {
			struct redir *r = parse_redir(lx);

			if (!r)
				return NULL;
			*redir_end = r;
			redir_end = &r->next;
		} else if (lx->tok == TOK_WORD) {
			if (n->u.simple.nwords)
				argument_position(lx);
			else if (lex_alias(lx))
				continue;
			if (lx->tok != TOK_WORD)
				continue;
			if (lx->word->sym && !n->u.simple.nwords) {
				*assign_end = lx->word;
				assign_end = &lx->word->next;
			} else {
				*word_end = lx->word;
				word_end = &lx->word->next;
				n->u.simple.nwords++;
			}
			lex_next(lx);
		} else if (lx->tok == TOK_LPAREN && n->u.simple.nwords == 1 &&
		           !n->u.simple.assigns && !n->redirs) {
			return parse_function(lx, n);
		} else {
			break;
		}
	}
	if (lx->failed)
		return NULL;
	if (!n->u.simple.nwords && !n->u.simple.assigns && !n->redirs)
		return unexpected(lx);
	finish_simple(lx, n);
	return n;
}

/* ---- compound commands ---- */

/* A list that must not be empty. */
static struct node *parse_body(struct lexer *lx)
{
	struct node *n = parse_list(lx, true);

	if (!n && !lx->failed)
		return unexpected(lx);
	return n;
}

static struct node *parse_if(struct lexer *lx)
{
	struct node *n = new_node(lx, NODE_IF), *top = n;

	lex_next(lx);
	for (;;) {
		n->u.cond.cond = parse_body(lx);
		if (!n->u.cond.cond || !expect(lx, RW_THEN))
			return NULL;
		n->u.cond.then = parse_body(lx);
		if (!n->u.cond.then)
			return NULL;
		if (lx->tok != TOK_WORD || lx->rw != RW_ELIF)
			break;
		n->u.cond.otherwise = new_node(lx, NODE_IF);
		n = n->u.cond.otherwise;
		lex_next(lx);
	}
	if (lx->tok == TOK_WORD && lx->rw == RW_ELSE) {
		lex_next(lx);
		n->u.cond.otherwise = parse_body(lx);
		if (!n->u.cond.otherwise)
			return NULL;
	}
	return expect(lx, RW_FI) ? top : NULL;
}

static struct node *do_group(struct lexer *lx)
{
	struct node *body;

	if (!expect(lx, RW_DO))
		return NULL;
	body = parse_body(lx);
	return body && expect(lx, RW_DONE) ? body : NULL;
}

static struct node *parse_while(struct lexer *lx)
{
	struct node *n =
	        new_node(lx, lx->rw == RW_WHILE ? NODE_WHILE : NODE_UNTIL);

	lex_next(lx);
	n->u.cond.cond = parse_body(lx);
	if (!n->u.cond.cond)
		return NULL;
	n->u.cond.then = do_group(lx);
	return n->u.cond.then ? n : NULL;
}

static struct node *parse_for(struct lexer *lx)
{
	struct node *n = new_node(lx, NODE_FOR);
	struct word **end = &n->u.loop.words;

	lex_next(lx);
	argument_position(lx);
	if (lx->tok != TOK_WORD || !(lx->word->flags & WORD_BARE) ||
	        !name_valid(lx->word->text, lx->word->len))
		return unexpected(lx);
	n->u.loop.var =
	        sym_intern(&lx->t->sh->syms, lx->word->text, lx->word->len);
	lex_next(lx);
	argument_position_but(lx, RW_IN, RW_DO);
	if (lx->tok == TOK_SEMI) {
		lex_next(lx);
		newlines(lx, RW_DO);
	} else {
		while (lx->tok == TOK_NEWLINE)
			lex_next(lx);
		if (lx->rw == RW_NONE)
			command_position(lx);
		if (lx->tok == TOK_WORD && lx->rw == RW_IN) {
			n->u.loop.in = true;
			lex_next(lx);
			for (argument_position(lx); lx->tok == TOK_WORD;
			        argument_position(lx)) {
				*end = lx->word;
				end = &lx->word->next;
				lex_next(lx);
			}
			if (lx->tok != TOK_SEMI && lx->tok != TOK_NEWLINE)
				return unexpected(lx);
			lex_next(lx);
			newlines(lx, RW_DO);
		}
	}
	n->u.loop.body = do_group(lx);
	return n->u.loop.body ? n : NULL;
}

static struct case_item *case_item(struct lexer *lx)
{
	struct case_item *item = arena_alloc(&lx->tree->arena, sizeof(*item));
	struct word **end = &item->patterns;

	memset(item, 0, sizeof(*item));
	if (lx->tok == TOK_LPAREN)
		lex_next(lx);
	for (;;) {
		argument_position_but(lx, RW_ESAC, RW_NONE);
		if (lx->tok != TOK_WORD) {
			unexpected(lx);
			return NULL;
		}
		lx->word->pattern = lex_pattern(lx, lx->word);
		*end = lx->word;
		end = &lx->word->next;
		lex_next(lx);
		argument_position(lx);
		if (lx->tok != TOK_PIPE)
			break;
		lex_next(lx);
	}
	if (lx->tok != TOK_RPAREN) {
		unexpected(lx);
		return NULL;
	}
	lex_next(lx);
	item->body = parse_list(lx, true);
	if (lx->tok == TOK_DSEMI || lx->tok == TOK_SEMI_AND) {
		item->fall_through = lx->tok == TOK_SEMI_AND;
		lex_next(lx);
		newlines(lx, RW_ESAC);
	} else if (lx->tok != TOK_WORD || lx->rw != RW_ESAC) {
		unexpected(lx);
		return NULL;
	}
	return lx->failed ? NULL : item;
}

static struct node *parse_case(struct lexer *lx)
{
	struct node *n = new_node(lx, NODE_CASE);
	struct case_item **end = &n->u.cases.items;

	lex_next(lx);
	argument_position(lx);
	if (lx->tok != TOK_WORD)
		return unexpected(lx);
	n->u.cases.subject = lx->word;
	lex_next(lx);
	newlines(lx, RW_IN);
	if (!expect(lx, RW_IN))
		return NULL;
	newlines(lx, RW_ESAC);
	while (lx->tok != TOK_WORD || lx->rw != RW_ESAC) {
		*end = case_item(lx);
		if (!*end)
			return NULL;
		end = &(*end)->next;
	}
	lex_next(lx);
	return n;
}

static struct node *parse_group(struct lexer *lx, enum node_type type)
{
	struct node *n = new_node(lx, type);

	lex_next(lx);
	n->u.child = parse_body(lx);
	if (!n->u.child)
		return NULL;
	if (type == NODE_GROUP)
		return expect(lx, RW_RBRACE) ? n : NULL;
	if (lx->tok != TOK_RPAREN)
		return unexpected(lx);
	lex_next(lx);
	return n;
}

/* A compound command with its redirections; NULL when it is none. */
static struct node *parse_compound(struct lexer *lx)
{
	struct node *n = NULL;

	if (lx->tok == TOK_LPAREN) {
		n = parse_group(lx, NODE_SUBSHELL);
	} else if (lx->tok == TOK_WORD) {
		switch (lx->rw) {
		case RW_LBRACE:
			n = parse_group(lx, NODE_GROUP);
			break;
		case RW_IF:
			n = parse_if(lx);
			break;
		case RW_WHILE:
		case RW_UNTIL:
			n = parse_while(lx);
			break;
		case RW_FOR:
			n = parse_for(lx);
			break;
		case RW_CASE:
			n = parse_case(lx);
			break;
		default:
			return NULL;
		}
	}
	if (!n)
		return NULL;
	argument_position(lx);
	return parse_redirs(lx, &n->redirs) ? n : NULL;
}

/* ---- pipelines and lists ---- */

static struct node *parse_command_node(struct lexer *lx)
{
	struct node *n;

	command_position(lx);
	if (lx->tok == TOK_WORD && lx->rw != RW_NONE &&
	        (ends_list(lx) || lx->rw == RW_BANG))
		return unexpected(lx);
	n = parse_compound(lx);
	if (n || lx->failed)
		return n;
	if (lx->tok == TOK_WORD || lx->tok == TOK_REDIR)
		return parse_simple(lx);
	return unexpected(lx);
}

static struct node *parse_pipeline(struct lexer *lx)
{
	struct node *first, *n, *last, *outer = NULL, **inner = &outer;
	int count = 1, bangs = 0;

	/* each after the second undoes the one before it */
	command_position(lx);
	for (; lx->tok == TOK_WORD && lx->rw == RW_BANG; bangs++)
		lex_next(lx);
	for (bangs = bangs ? 2 - bangs % 2 : 0; bangs; bangs--) {
		*inner = new_node(lx, NODE_NOT);
		inner = &(*inner)->u.child;
	}
	first = last = parse_command_node(lx);
	if (!first)
		return NULL;
	while (lx->tok == TOK_PIPE) {
		lex_next(lx);
		linebreak(lx);
		last->next = parse_command_node(lx);
		if (!last->next)
			return NULL;
		last = last->next;
		count++;
	}
	n = first;
	if (count > 1) {
		n = new_node(lx, NODE_PIPELINE);
		n->lineno = first->lineno;
		n->u.list.first = first;
		n->u.list.count = count;
	}
	*inner = n;
	return outer;
}

static struct node *parse_and_or(struct lexer *lx)
{
	struct node *first = parse_pipeline(lx), *last = first, *n;
	int count = 1;

	while (last && (lx->tok == TOK_AND_IF || lx->tok == TOK_OR_IF)) {
		bool or_if = lx->tok == TOK_OR_IF;

		lex_next(lx);
		linebreak(lx);
		last->next = parse_pipeline(lx);
		last = last->next;
		if (!last)
			return NULL;
		last->after_or = or_if;
		count++;
	}
	if (!last || count == 1)
		return last;
	n = new_node(lx, NODE_AND_OR);
	n->lineno = first->lineno;
	n->u.list.first = first;
	n->u.list.count = count;
	return n;
}

/* One command is returned as it is, several as a NODE_LIST. */
struct list {
	struct node *first, *last;
	int count;
};

static struct node *list_node(struct lexer *lx, const struct list *l)
{
	struct node *n;

	if (l->count < 2)
		return l->first;
	n = new_node(lx, NODE_LIST);
	n->lineno = l->first->lineno;
	n->u.list.first = l->first;
	n->u.list.count = l->count;
	return n;
}

/*
 * A list: up to the end of the line, or when COMPOUND to a token that
 * cannot begin a command. NULL when empty or failed.
 */
static struct node *parse_list(struct lexer *lx, bool compound)
{
	struct list l = {NULL, NULL, 0};

	if (++lx->depth > MAX_NESTING || task_stack_low(lx->t)) {
		lex_error(lx, "commands are nested too deeply");
		return NULL;
	}
	for (;;) {
		struct node *n;

		if (compound)
			linebreak(lx);
		else
			command_position(lx);
		if (ends_list(lx) || lx->tok == TOK_NEWLINE)
			break;
		n = parse_and_or(lx);
		if (!n)
			return NULL;
		if (lx->tok == TOK_AMP) {
			struct node *a = new_node(lx, NODE_ASYNC);

			a->lineno = n->lineno;
			a->u.child = n;
			n = a;
		}
		if (l.last)
			l.last->next = n;
		else
			l.first = n;
		l.last = n;
		l.count++;
		if (lx->tok == TOK_AMP || lx->tok == TOK_SEMI)
			lex_next(lx);
		else if (!compound || lx->tok != TOK_NEWLINE)
			break;
	}
	lx->depth--;
	return lx->failed ? NULL : list_node(lx, &l);
}

struct node *parse_substitution(struct lexer *lx, enum token end)
{
	struct redir *pending = lx->pending, **pending_end = lx->pending_end;
	bool alias_ok = lx->alias_ok, alias_next = lx->alias_next;
	bool no_alias = lx->no_alias;
	int tok_line = lx->tok_line;
	struct node *n;

	lx->pending = NULL;
	lx->pending_end = &lx->pending;
	lx->no_alias = true;
	lex_next(lx);
	n = parse_list(lx, true);
	if (!lx->failed && lx->tok != end)
		unexpected(lx);
	if (lx->failed)
		return NULL;
	/* bodies not read yet follow those of the outer command */
	if (pending) {
		*pending_end = lx->pending;
		if (!lx->pending)
			lx->pending_end = pending_end;
		lx->pending = pending;
	}
	lx->no_alias = no_alias;
	lx->alias_ok = alias_ok;
	lx->alias_next = alias_next;
	lx->tok_line = tok_line;
	return n;
}

static bool simple_pure(const struct node *n)
{
	const struct word *w = n->u.simple.words;

	if (n->u.simple.assigns || !w || !w->command)
		return false;
	for (; w; w = w->next)
		if (w->flags & WORD_EFFECT)
			return false;
	for (const struct redir *r = n->redirs; r; r = r->next)
		if (r->target && r->target->flags & WORD_EFFECT)
			return false;
	return true;
}

bool node_pure(const struct node *n)
{
	if (!n)
		return true;
	switch (n->type) {
	case NODE_SIMPLE:
		return simple_pure(n);
	case NODE_NOT:
		return node_pure(n->u.child);
	case NODE_AND_OR:
	case NODE_LIST:
		for (n = n->u.list.first; n; n = n->next)
			if (!node_pure(n))
				return false;
		return true;
	default:
		return false;
	}
}

/* ---- entry points ---- */

enum parse_result parse_command(
        struct task *t, struct input *in, struct tree **tree)
{
	struct lexer lx;
	enum parse_result result = PARSE_OK;

	input_begin(in);
	*tree = tree_new();
	lex_init(&lx, t, in, *tree);
	lex_next(&lx);
	if (lx.tok == TOK_NEWLINE)
		goto done;
	if (lx.tok == TOK_EOF) {
		result = PARSE_EOF;
		goto done;
	}
	(*tree)->root = parse_list(&lx, false);
	if (!lx.failed && lx.tok != TOK_NEWLINE && lx.tok != TOK_EOF)
		unexpected(&lx);
done:
	if (lx.failed)
		result = PARSE_ERROR;
	if (in->interrupted)
		result = PARSE_INTERRUPTED;
	lex_finish(&lx);
	if (result != PARSE_OK) {
		tree_unref(*tree);
		*tree = NULL;
	}
	return result;
}

struct word *parse_string(
        struct task *t, struct tree *tree, const char *text, size_t len)
{
	struct input in;
	struct lexer lx;
	struct word *w;

	input_string(&in, text, len, t->lineno);
	lex_init(&lx, t, &in, tree);
	w = lex_word(&lx, LEX_STRING);
	lex_finish(&lx);
	input_release(&in);
	return lx.failed ? NULL : w;
}
