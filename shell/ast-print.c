/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "shell/ast.h"

/* What is nested deeper is left out: the stack may be nearly full. */
enum {
	MAX_DEPTH = 100
};

static void print_node(struct strbuf *sb, const struct node *n, int depth);
static void print_list(struct strbuf *sb, const struct node *n, int depth);
static void print_word(struct strbuf *sb, const struct word *w, int depth);

static void print_literal(struct strbuf *sb, const struct part *p)
{
	if (!p->quoted) {
		strbuf_add(sb, p->u.lit.s, p->u.lit.len);
		return;
	}
	strbuf_addch(sb, '\'');
	for (size_t i = 0; i < p->u.lit.len; i++) {
		if (p->u.lit.s[i] == '\'')
			strbuf_addstr(sb, "'\\'");
		strbuf_addch(sb, p->u.lit.s[i]);
	}
	strbuf_addch(sb, '\'');
}

static void print_param(struct strbuf *sb, const struct param *p, int depth)
{
	static const char *const ops[] = {
	        "", "", "-", "=", "?", "+", "#", "##", "%", "%%"};

	strbuf_addstr(sb, !p->braces              ? "$"
	                  : p->op == PARAM_LENGTH ? "${#"
	                                          : "${");
	if (p->kind == PARAM_VAR)
		strbuf_addstr(sb, p->sym->name);
	else if (p->kind == PARAM_POSITIONAL)
		strbuf_addf(sb, "%d", p->index);
	else
		strbuf_addch(sb, (char)p->index);
	if (p->colon)
		strbuf_addch(sb, ':');
	strbuf_addstr(sb, ops[p->op]);
	if (p->word)
		print_word(sb, p->word, depth);
	if (p->braces)
		strbuf_addch(sb, '}');
}

static void print_part(struct strbuf *sb, const struct part *p, int depth)
{
	bool dq = p->quoted && p->kind != PART_LITERAL;

	if (dq)
		strbuf_addch(sb, '"');
	switch (p->kind) {
	case PART_LITERAL:
		print_literal(sb, p);
		break;
	case PART_TILDE:
		strbuf_add(sb, p->u.lit.s, p->u.lit.len);
		break;
	case PART_PARAM:
		print_param(sb, p->u.param, depth);
		break;
	case PART_COMMAND:
		strbuf_addstr(sb, p->u.cmd.backquote ? "`" : "$(");
		if (p->u.cmd.src)
			strbuf_addstr(sb, p->u.cmd.src);
		else if (p->u.cmd.body)
			print_node(sb, p->u.cmd.body, depth);
		strbuf_addch(sb, p->u.cmd.backquote ? '`' : ')');
		break;
	default:
		strbuf_addstr(sb, "$((");
		for (int i = 0; i < p->u.arith.word->nparts; i++) {
			const struct part *q = &p->u.arith.word->part[i];

			if (q->kind == PART_LITERAL)
				strbuf_add(sb, q->u.lit.s, q->u.lit.len);
			else
				print_part(sb, q, depth);
		}
		strbuf_addstr(sb, "))");
	}
	if (dq)
		strbuf_addch(sb, '"');
}

static void print_word(struct strbuf *sb, const struct word *w, int depth)
{
	if (depth++ > MAX_DEPTH) {
		strbuf_addstr(sb, "...");
		return;
	}
	for (int i = 0; i < w->nparts; i++)
		print_part(sb, &w->part[i], depth);
	if (!w->nparts && w->text)
		strbuf_addstr(sb, w->text);
}

static void print_words(struct strbuf *sb, const struct word *w, int depth)
{
	for (; w; w = w->next) {
		strbuf_addch(sb, ' ');
		print_word(sb, w, depth);
	}
}

static void print_redirs(struct strbuf *sb, const struct redir *r, int depth)
{
	static const char *const ops[] = {
	        "<", ">", ">|", ">>", "<>", "<&", ">&", "<<"};

	for (; r; r = r->next) {
		bool in = r->op == REDIR_IN || r->op == REDIR_INOUT ||
		          r->op == REDIR_DUP_IN || r->op == REDIR_HEREDOC;

		if (sb->len && sb->buf[sb->len - 1] != ' ')
			strbuf_addch(sb, ' ');
		if (r->fd != (in ? 0 : 1))
			strbuf_addf(sb, "%d", r->fd);
		strbuf_addstr(sb, ops[r->op]);
		if (r->op == REDIR_HEREDOC)
			strbuf_addstr(sb, r->delimiter);
		else
			print_word(sb, r->target, depth);
	}
}

static void print_simple(struct strbuf *sb, const struct node *n, int depth)
{
	size_t start = sb->len;

	print_words(sb, n->u.simple.assigns, depth);
	print_words(sb, n->u.simple.words, depth);
	if (sb->len > start) {
		memmove(sb->buf + start, sb->buf + start + 1,
		        sb->len - start - 1);
		strbuf_setlen(sb, sb->len - 1);
	}
}

static void print_case(struct strbuf *sb, const struct node *n, int depth)
{
	strbuf_addstr(sb, "case ");
	print_word(sb, n->u.cases.subject, depth);
	strbuf_addstr(sb, " in ");
	for (const struct case_item *i = n->u.cases.items; i; i = i->next) {
		for (const struct word *w = i->patterns; w; w = w->next) {
			strbuf_addch(sb, w == i->patterns ? '(' : '|');
			print_word(sb, w, depth);
		}
		strbuf_addstr(sb, ") ");
		if (i->body)
			print_node(sb, i->body, depth);
		strbuf_addstr(sb, i->fall_through ? " ;& " : " ;; ");
	}
	strbuf_addstr(sb, "esac");
}

static void print_if(struct strbuf *sb, const struct node *n, int depth)
{
	for (strbuf_addstr(sb, "if ");; strbuf_addstr(sb, " elif ")) {
		print_list(sb, n->u.cond.cond, depth);
		strbuf_addstr(sb, " then ");
		print_list(sb, n->u.cond.then, depth);
		n = n->u.cond.otherwise;
		if (!n || n->type != NODE_IF || n->redirs)
			break;
	}
	if (n) {
		strbuf_addstr(sb, " else ");
		print_list(sb, n, depth);
	}
	strbuf_addstr(sb, " fi");
}

static void print_loop(struct strbuf *sb, const struct node *n, int depth)
{
	if (n->type == NODE_FOR) {
		strbuf_addf(sb, "for %s", n->u.loop.var->name);
		if (n->u.loop.in) {
			strbuf_addstr(sb, " in");
			print_words(sb, n->u.loop.words, depth);
		}
		strbuf_addstr(sb, "; do ");
		print_list(sb, n->u.loop.body, depth);
	} else {
		strbuf_addstr(sb, n->type == NODE_WHILE ? "while " : "until ");
		print_list(sb, n->u.cond.cond, depth);
		strbuf_addstr(sb, " do ");
		print_list(sb, n->u.cond.then, depth);
	}
	strbuf_addstr(sb, " done");
}

static void print_sequence(struct strbuf *sb, const struct node *n, int depth)
{
	for (const struct node *c = n->u.list.first; c; c = c->next) {
		print_node(sb, c, depth);
		if (!c->next)
			break;
		if (n->type == NODE_PIPELINE)
			strbuf_addstr(sb, " | ");
		else if (n->type == NODE_AND_OR)
			strbuf_addstr(sb, c->next->after_or ? " || " : " && ");
		else
			strbuf_addstr(sb, c->type == NODE_ASYNC ? " " : "; ");
	}
}

static void print_node(struct strbuf *sb, const struct node *n, int depth)
{
	if (depth++ > MAX_DEPTH) {
		strbuf_addstr(sb, "...");
		return;
	}
	switch (n->type) {
	case NODE_SIMPLE:
		print_simple(sb, n, depth);
		break;
	case NODE_PIPELINE:
	case NODE_AND_OR:
	case NODE_LIST:
		print_sequence(sb, n, depth);
		break;
	case NODE_NOT:
		strbuf_addstr(sb, "! ");
		print_node(sb, n->u.child, depth);
		break;
	case NODE_ASYNC:
		print_node(sb, n->u.child, depth);
		strbuf_addstr(sb, " &");
		break;
	case NODE_SUBSHELL:
		strbuf_addstr(sb, "( ");
		print_node(sb, n->u.child, depth);
		strbuf_addstr(sb, " )");
		break;
	case NODE_GROUP:
		strbuf_addstr(sb, "{ ");
		print_list(sb, n->u.child, depth);
		strbuf_addstr(sb, " }");
		break;
	case NODE_IF:
		print_if(sb, n, depth);
		break;
	case NODE_CASE:
		print_case(sb, n, depth);
		break;
	case NODE_FUNCTION:
		strbuf_addf(sb, "%s() ", n->u.func.name->name);
		print_node(sb, n->u.func.body, depth);
		break;
	default:
		print_loop(sb, n, depth);
	}
	print_redirs(sb, n->redirs, depth);
}

/* A list where a terminator must follow. */
static void print_list(struct strbuf *sb, const struct node *n, int depth)
{
	print_node(sb, n, depth);
	if (!sb->len || sb->buf[sb->len - 1] != '&')
		strbuf_addch(sb, ';');
}

void ast_print(struct strbuf *sb, const struct node *n)
{
	print_node(sb, n, 0);
}

void ast_print_word(struct strbuf *sb, const struct word *w)
{
	print_word(sb, w, 0);
}
