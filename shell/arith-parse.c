/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/arith-code.h"

#include <stdlib.h>
#include <string.h>

#include "shell/base/xalloc.h"

/*
 * A recursive-descent parser that emits code as it goes. `lvalue` is the
 * variable when the expression just parsed is nothing but one: its load is
 * then the last instruction, which an assignment takes back.
 */
enum {
	LEVELS_MAX = 1000 /* of nesting */
};

struct compiler {
	const char *s;
	struct task *t;
	const char *why; /* the first error */
	struct sym *lvalue;
	unsigned params, nparam;
	unsigned depth, max_depth;
	unsigned levels;
	struct arith_insn *code;
	size_t n, cap;
	struct arith_insn small[32];
};

static bool parse_comma(struct compiler *c);
static bool parse_assign(struct compiler *c);
static bool parse_ternary(struct compiler *c);
static bool parse_unary(struct compiler *c);

static bool fail(struct compiler *c, const char *why)
{
	if (!c->why)
		c->why = why;
	return false;
}

static struct arith_insn *emit(struct compiler *c, enum arith_op op)
{
	if (c->n == c->cap) {
		size_t cap = c->cap * 2;
		struct arith_insn *code = c->code == c->small ? NULL : c->code;
		code = xrealloc(code, cap * sizeof(*code));
		if (c->code == c->small)
			memcpy(code, c->small, sizeof(c->small));
		c->code = code;
		c->cap = cap;
	}
	struct arith_insn *in = &c->code[c->n++];
	memset(in, 0, sizeof(*in));
	in->op = (unsigned char)op;
	c->lvalue = NULL;
	return in;
}

static struct arith_insn *emit_load(struct compiler *c, enum arith_op op)
{
	if (++c->depth > c->max_depth)
		c->max_depth = c->depth;
	return emit(c, op);
}

static void emit_const(struct compiler *c, intmax_t value)
{
	emit_load(c, ARITH_CONST)->u.value = value;
}

static void emit_sym(struct compiler *c, enum arith_op op, struct sym *sym)
{
	emit(c, op)->u.sym = sym;
}

/** The operator BIN; START is where the code of its right operand begins. */
static void emit_bin(struct compiler *c, enum arith_bin bin, size_t start)
{
	struct arith_insn *in = &c->code[c->n - 1];
	c->depth--;
	c->lvalue = NULL;
	if (c->n - start == 1 && in->op == ARITH_CONST)
		in->op = ARITH_BIN_CONST;
	else if (c->n - start == 1 && in->op == ARITH_VAR)
		in->op = ARITH_BIN_VAR;
	else
		in = emit(c, ARITH_BIN);
	in->bin = (unsigned char)bin;
}

static size_t emit_jump(struct compiler *c, enum arith_op op)
{
	emit(c, op);
	if (op != ARITH_JUMP)
		c->depth--;
	return c->n - 1;
}

/** The jump at FROM goes to what is emitted next. */
static void land(struct compiler *c, size_t from)
{
	c->code[from].u.value = (intmax_t)c->n;
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool is_name_start(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
	       ch == '_';
}

static bool is_name(char ch)
{
	return is_name_start(ch) || is_digit(ch);
}

const char *arith_constant(const char **s, bool negative, intmax_t *value)
{
	const char *p = *s;
	unsigned base = 10;
	if (*p == '0' && (p[1] | 32) == 'x') {
		base = 16;
		p += 2;
	} else if (*p == '0' && is_name(p[1])) {
		base = 8;
		p++;
	}
	if (!is_name(*p))
		return "bad number";

	uintmax_t v = 0;
	uintmax_t limit = (uintmax_t)INTMAX_MAX + negative;
	for (; is_name(*p); p++) {
		unsigned d = is_digit(*p) ? (unsigned)(*p - '0')
		                          : (unsigned)((*p | 32) - 'a') + 10;
		if (d >= base || *p == '_')
			return "bad number";
		if (v > (limit - d) / base)
			return "number too large";
		v = v * base + d;
	}
	*value = (intmax_t)(negative ? -v : v);
	*s = p;
	return NULL;
}

static bool parse_number(struct compiler *c, bool negative)
{
	intmax_t value;
	const char *why = arith_constant(&c->s, negative, &value);
	if (why)
		return fail(c, why);
	emit_const(c, value);
	return true;
}

static struct sym *scan_name(struct compiler *c)
{
	const char *start = c->s;
	while (is_name(*c->s))
		c->s++;
	return sym_intern(&c->t->sh->syms, start, (size_t)(c->s - start));
}

static bool enter(struct compiler *c)
{
	c->levels++;
	if (c->levels > LEVELS_MAX || task_stack_low(c->t))
		return fail(c, "nested too deeply");
	return true;
}

static bool parse_primary(struct compiler *c)
{
	c->s = arith_skip_blanks(c->s);
	if (is_digit(*c->s))
		return parse_number(c, false);
	if (is_name_start(*c->s)) {
		struct sym *sym = scan_name(c);
		emit_load(c, ARITH_VAR)->u.sym = sym;
		c->lvalue = sym;
		return true;
	}
	if (*c->s == '$' && c->params < c->nparam) {
		c->s++;
		emit_load(c, ARITH_PARAM)->u.value = (intmax_t)c->params++;
		return true;
	}
	if (*c->s == '(') {
		c->s++;
		if (!enter(c) || !parse_comma(c))
			return false;
		c->levels--;
		c->s = arith_skip_blanks(c->s);
		if (*c->s != ')')
			return fail(c, "missing )");
		c->s++;
		return true;
	}
	return fail(c,
	        *c->s == ')' || !*c->s ? "operand expected" : "syntax error");
}

/**
 * ++ or -- at P, before (or, when there is a variable before it, after) a
 * variable? Elsewhere, as in 5--3 and a--b, it is two signs.
 */
static bool is_step(const char *p, bool before)
{
	if ((*p != '+' && *p != '-') || p[1] != *p)
		return false;
	p = arith_skip_blanks(p + 2);
	bool operand = is_name(*p) || *p == '$' || *p == '(';
	return before ? is_name_start(*p) : !operand;
}

static bool parse_postfix(struct compiler *c)
{
	if (!parse_primary(c))
		return false;
	const char *p = arith_skip_blanks(c->s);
	if (c->lvalue && is_step(p, false)) {
		struct sym *sym = c->lvalue;
		c->n--;
		struct arith_insn *in = emit(c, ARITH_POST);
		in->u.sym = sym;
		in->step = *p == '+' ? 1 : -1;
		c->s = p + 2;
	}
	return true;
}

static bool parse_sign(struct compiler *c, char sign)
{
	c->s++;
	if (sign == '-' && is_digit(*c->s))
		return parse_number(c, true);
	if (!enter(c) || !parse_unary(c))
		return false;
	c->levels--;
	if (sign == '-')
		emit(c, ARITH_NEG);
	else if (sign == '~')
		emit(c, ARITH_INVERT);
	else if (sign == '!')
		emit(c, ARITH_NOT);
	c->lvalue = NULL;
	return true;
}

static bool parse_unary(struct compiler *c)
{
	c->s = arith_skip_blanks(c->s);
	char ch = *c->s;
	if (is_step(c->s, true)) {
		c->s = arith_skip_blanks(c->s + 2);
		struct sym *sym = scan_name(c);
		struct arith_insn *in = emit_load(c, ARITH_PRE);
		in->u.sym = sym;
		in->step = ch == '+' ? 1 : -1;
		return true;
	}
	if (ch == '+' || ch == '-' || ch == '~' || ch == '!')
		return parse_sign(c, ch);
	return parse_postfix(c);
}

/**
 * The binary operator at P and its length, or BIN_NONE. With an = behind
 * it, it is an assignment operator.
 */
static enum arith_bin binary_at(const char *p, size_t *len)
{
	*len = 1;
	switch (*p) {
	case '*':
		return BIN_MUL;
	case '/':
		return BIN_DIV;
	case '%':
		return BIN_MOD;
	case '+':
		return BIN_ADD;
	case '-':
		return BIN_SUB;
	case '^':
		return BIN_XOR;
	default:
		break;
	}
	bool twice = p[0] && p[1] == p[0];
	bool equal = p[0] && p[1] == '=';
	*len = twice || equal ? 2 : 1;
	switch (*p) {
	case '<':
		return twice ? BIN_SHL : equal ? BIN_LE : BIN_LT;
	case '>':
		return twice ? BIN_SHR : equal ? BIN_GE : BIN_GT;
	case '=':
		return twice ? BIN_EQ : BIN_NONE;
	case '!':
		return equal ? BIN_NE : BIN_NONE;
	case '&':
		*len = twice ? 2 : 1;
		return twice ? BIN_LAND : BIN_AND;
	case '|':
		*len = twice ? 2 : 1;
		return twice ? BIN_LOR : BIN_OR;
	default:
		return BIN_NONE;
	}
}

static const unsigned char precedence[] = {
        [BIN_MUL] = 10,
        [BIN_DIV] = 10,
        [BIN_MOD] = 10,
        [BIN_ADD] = 9,
        [BIN_SUB] = 9,
        [BIN_SHL] = 8,
        [BIN_SHR] = 8,
        [BIN_LT] = 7,
        [BIN_LE] = 7,
        [BIN_GT] = 7,
        [BIN_GE] = 7,
        [BIN_EQ] = 6,
        [BIN_NE] = 6,
        [BIN_AND] = 5,
        [BIN_XOR] = 4,
        [BIN_OR] = 3,
        [BIN_LAND] = 2,
        [BIN_LOR] = 1,
};

/** Is there an = that makes the operator BIN before P an assignment? */
static bool makes_assignment(enum arith_bin bin, const char *p)
{
	return *p == '=' &&
	       (precedence[bin] >= 8 ||
	               (precedence[bin] <= 5 && precedence[bin] >= 3));
}

/** Operators that bind at least as tightly as MIN. */
static bool parse_binary(struct compiler *c, unsigned min)
{
	if (!parse_unary(c))
		return false;
	for (;;) {
		const char *p = arith_skip_blanks(c->s);
		size_t len;
		enum arith_bin bin = binary_at(p, &len);
		if (bin == BIN_NONE || precedence[bin] < min ||
		        makes_assignment(bin, p + len))
			return true;
		c->s = p + len;
		if (bin == BIN_LAND || bin == BIN_LOR) {
			size_t jump = emit_jump(
			        c, bin == BIN_LAND ? ARITH_AND : ARITH_OR);
			if (!parse_binary(c, precedence[bin] + 1u))
				return false;
			emit(c, ARITH_BOOL);
			land(c, jump);
		} else {
			size_t start = c->n;
			if (!parse_binary(c, precedence[bin] + 1u))
				return false;
			emit_bin(c, bin, start);
		}
	}
}

static bool parse_ternary(struct compiler *c)
{
	if (!parse_binary(c, 1))
		return false;
	const char *p = arith_skip_blanks(c->s);
	if (*p != '?')
		return true;
	c->s = p + 1;
	size_t otherwise = emit_jump(c, ARITH_JUMP_FALSE);
	if (!enter(c) || !parse_comma(c))
		return false;
	c->s = arith_skip_blanks(c->s);
	if (*c->s != ':')
		return fail(c, "missing : after ?");
	c->s++;
	size_t end = emit_jump(c, ARITH_JUMP);
	c->depth--;
	land(c, otherwise);
	if (!parse_ternary(c))
		return false;
	c->levels--;
	land(c, end);
	c->lvalue = NULL;
	return true;
}

static bool parse_assign(struct compiler *c)
{
	if (!parse_ternary(c))
		return false;
	const char *p = arith_skip_blanks(c->s);
	size_t len;
	enum arith_bin bin = binary_at(p, &len);
	if (bin == BIN_NONE && *p == '=')
		p++;
	else if (bin != BIN_NONE && makes_assignment(bin, p + len))
		p += len + 1;
	else
		return true;

	struct sym *sym = c->lvalue;
	if (!sym)
		return fail(c, "assignment to what is not a variable");
	c->s = p;
	if (bin == BIN_NONE) {
		c->n--;
		c->depth--;
	}
	size_t start = c->n;
	if (!enter(c) || !parse_assign(c))
		return false;
	c->levels--;
	if (bin != BIN_NONE)
		emit_bin(c, bin, start);
	emit_sym(c, ARITH_ASSIGN, sym);
	return true;
}

static bool parse_comma(struct compiler *c)
{
	if (!parse_assign(c))
		return false;
	for (;;) {
		const char *p = arith_skip_blanks(c->s);
		if (*p != ',')
			return true;
		c->s = p + 1;
		emit(c, ARITH_POP);
		c->depth--;
		if (!parse_assign(c))
			return false;
		c->lvalue = NULL;
	}
}

static bool parse_all(struct compiler *c)
{
	c->s = arith_skip_blanks(c->s);
	if (!*c->s) {
		emit_const(c, 0);
	} else {
		if (!parse_comma(c))
			return false;
		c->s = arith_skip_blanks(c->s);
		if (*c->s)
			return fail(c, "syntax error");
	}
	emit(c, ARITH_END);
	return true;
}

struct arith *arith_compile(struct task *t, struct arena *arena,
        const char *text, unsigned nparam, const char **why)
{
	struct compiler c;
	struct arith *a = NULL;

	c.s = text;
	c.t = t;
	c.why = NULL;
	c.lvalue = NULL;
	c.params = 0;
	c.nparam = nparam;
	c.depth = c.max_depth = c.levels = 0;
	c.code = c.small;
	c.n = 0;
	c.cap = sizeof(c.small) / sizeof(c.small[0]);
	if (parse_all(&c)) {
		size_t size = c.n * sizeof(*c.code);
		struct arith_insn *code = arena_alloc(arena, size);
		memcpy(code, c.code, size);
		a = arena_alloc(arena, sizeof(*a));
		a->code = code;
		a->param = NULL;
		a->nparam = nparam;
		a->depth = c.max_depth;
	} else {
		*why = c.why;
	}
	if (c.code != c.small)
		free(c.code);
	return a;
}

static bool is_operand(const struct param *p)
{
	if (p->op != PARAM_PLAIN || p->bad)
		return false;
	return p->kind != PARAM_SPECIAL || strchr("#?$!", p->index);
}

/**
 * The text of W, with $ for each parameter; false when it has other parts,
 * or a parameter that is only part of a token. A '$' in the text itself
 * could be no part of an expression.
 */
static bool flatten(const struct word *w, struct strbuf *sb,
        const struct param **param, unsigned *nparam)
{
	for (int i = 0; i < w->nparts; i++) {
		const struct part *p = &w->part[i];
		if (p->kind == PART_LITERAL) {
			if (memchr(p->u.lit.s, '$', p->u.lit.len) ||
			        memchr(p->u.lit.s, '\0', p->u.lit.len))
				return false;
			strbuf_add(sb, p->u.lit.s, p->u.lit.len);
			continue;
		}
		if (p->kind != PART_PARAM || !is_operand(p->u.param) ||
		        *nparam == ARITH_PARAMS_MAX)
			return false;
		param[(*nparam)++] = p->u.param;
		strbuf_addch(sb, '$');
	}
	for (const char *s = sb->buf; (s = strchr(s, '$')); s++)
		if ((s > sb->buf && (is_name(s[-1]) || s[-1] == '$')) ||
		        is_name(s[1]))
			return false;
	return true;
}

struct arith *arith_compile_word(
        struct task *t, struct arena *arena, const struct word *w)
{
	const struct param *param[ARITH_PARAMS_MAX];
	unsigned nparam = 0;
	struct strbuf sb = STRBUF_INIT;
	const char *why;
	struct arith *a = NULL;
	struct arena_mark mark = arena_mark(arena);

	if (w->nparts == 0 && w->text)
		strbuf_add(&sb, w->text, w->len);
	if (!flatten(w, &sb, param, &nparam) || strlen(sb.buf) != sb.len)
		goto out;
	a = arith_compile(t, arena, sb.buf, nparam, &why);
	if (!a) {
		arena_release(arena, mark);
	} else if (nparam) {
		size_t size = nparam * sizeof(*param);
		a->param = arena_alloc(arena, size);
		memcpy(a->param, param, size);
	}
out:
	strbuf_release(&sb);
	return a;
}
