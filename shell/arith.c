/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/arith.h"

#include <string.h>

#include "shell/arith-code.h"
#include "shell/diag.h"
#include "shell/param.h"
#include "shell/var.h"

enum {
	STACK_SMALL = 16, /* stack entries that need no allocation */
	NESTING_MAX = 64, /* variables whose values are expressions */
	SHOWN_MAX = 60    /* bytes of an expression in a message */
};

static int eval_text(
        struct task *t, const char *text, unsigned nesting, intmax_t *result);

/** Report WHY with the expression TEXT on one line. Returns -1. */
static int complain(struct task *t, const char *text, const char *why)
{
	char shown[SHOWN_MAX + 4];
	size_t n = 0;
	text = arith_skip_blanks(text);
	for (; n < SHOWN_MAX && text[n]; n++) {
		unsigned char ch = (unsigned char)text[n];
		shown[n] = ch < ' ' || ch == 0x7f ? ' ' : (char)ch;
	}
	memcpy(shown + n, text[n] ? "..." : "", text[n] ? 4 : 1);
	diag(t, "arithmetic: %s: %s", shown, why);
	return -1;
}

/** A value of blanks, a sign, a constant and blanks. */
static bool signed_constant(const char *s, intmax_t *v)
{
	s = arith_skip_blanks(s);
	bool negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if (*s < '0' || *s > '9' || arith_constant(&s, negative, v))
		return false;
	return *arith_skip_blanks(s) == '\0';
}

static bool var_read_slow(
        struct task *t, const struct sym *sym, unsigned nesting, intmax_t *v)
{
	size_t len;
	const char *s = var_get(t, sym, &len);
	*v = 0;
	if (!s) {
		if (!opt_on(t->sh, OPT_NOUNSET))
			return true;
		diag(t, "%s: parameter not set", sym->name);
		return false;
	}
	if (len == 0 || signed_constant(s, v))
		return true;
	if (nesting >= NESTING_MAX || task_stack_low(t)) {
		complain(t, sym->name, "nested too deeply");
		return false;
	}
	return eval_text(t, s, nesting + 1, v) == 0;
}

static inline bool var_read(
        struct task *t, const struct sym *sym, unsigned nesting, intmax_t *v)
{
	const struct var *var = &sym->var;
	if ((var->flags & (VAR_SET | VAR_DYNAMIC)) == VAR_SET &&
	        arith_plain(var->value, var->len, v))
		return true;
	return var_read_slow(t, sym, nesting, v);
}

static inline intmax_t wrap_add(intmax_t l, intmax_t r)
{
	return (intmax_t)((uintmax_t)l + (uintmax_t)r);
}

/** Division that wraps around. -1 after a message. */
static int divide(
        struct task *t, enum arith_bin bin, intmax_t l, intmax_t r, intmax_t *v)
{
	if (r == 0) {
		diag(t, "arithmetic: %jd %c 0: division by zero", l,
		        bin == BIN_DIV ? '/' : '%');
		return -1;
	}
	if (r == -1) /* INTMAX_MIN / -1 has no value */
		*v = bin == BIN_DIV ? (intmax_t)(0 - (uintmax_t)l) : 0;
	else
		*v = bin == BIN_DIV ? l / r : l % r;
	return 0;
}

static inline int binary(
        struct task *t, enum arith_bin bin, intmax_t l, intmax_t r, intmax_t *v)
{
	switch (bin) {
	case BIN_ADD:
		*v = wrap_add(l, r);
		break;
	case BIN_SUB:
		*v = (intmax_t)((uintmax_t)l - (uintmax_t)r);
		break;
	case BIN_MUL:
		*v = (intmax_t)((uintmax_t)l * (uintmax_t)r);
		break;
	case BIN_DIV:
	case BIN_MOD:
		return divide(t, bin, l, r, v);
	case BIN_SHL: /* as the hardware does: the amount modulo the width */
		*v = (intmax_t)((uintmax_t)l << (r & 63));
		break;
	case BIN_SHR:
		*v = l >> (r & 63);
		break;
	case BIN_LT:
		*v = l < r;
		break;
	case BIN_LE:
		*v = l <= r;
		break;
	case BIN_GT:
		*v = l > r;
		break;
	case BIN_GE:
		*v = l >= r;
		break;
	case BIN_EQ:
		*v = l == r;
		break;
	case BIN_NE:
		*v = l != r;
		break;
	case BIN_AND:
		*v = l & r;
		break;
	case BIN_XOR:
		*v = l ^ r;
		break;
	case BIN_OR:
		*v = l | r;
		break;
	case BIN_NONE:
	case BIN_LAND:
	case BIN_LOR:
		break;
	}
	return 0;
}

/** What run() works on besides its registers. */
struct machine {
	struct task *t;
	unsigned nesting;
	const intmax_t *param; /* values of the operands $... */
};

static int run(const struct machine *m, const struct arith *a, intmax_t *sp,
        intmax_t *result)
{
	struct task *t = m->t;
	intmax_t acc = 0;
	intmax_t v = 0;

	for (const struct arith_insn *in = a->code;; in++) {
		switch ((enum arith_op)in->op) {
		case ARITH_CONST:
			*sp++ = acc;
			acc = in->u.value;
			break;
		case ARITH_VAR:
			*sp++ = acc;
			if (!var_read(t, in->u.sym, m->nesting, &acc))
				return -1;
			break;
		case ARITH_PARAM:
			*sp++ = acc;
			acc = m->param[in->u.value];
			break;
		case ARITH_BIN:
			v = *--sp;
			if (binary(t, in->bin, v, acc, &acc))
				return -1;
			break;
		case ARITH_BIN_CONST:
			if (binary(t, in->bin, acc, in->u.value, &acc))
				return -1;
			break;
		case ARITH_BIN_VAR:
			if (!var_read(t, in->u.sym, m->nesting, &v) ||
			        binary(t, in->bin, acc, v, &acc))
				return -1;
			break;
		case ARITH_NEG:
			acc = (intmax_t)(0 - (uintmax_t)acc);
			break;
		case ARITH_NOT:
			acc = !acc;
			break;
		case ARITH_INVERT:
			acc = ~acc;
			break;
		case ARITH_BOOL:
			acc = acc != 0;
			break;
		case ARITH_POP:
			acc = *--sp;
			break;
		case ARITH_AND:
			if (acc)
				acc = *--sp;
			else
				in = a->code + in->u.value - 1;
			break;
		case ARITH_OR:
			if (!acc) {
				acc = *--sp;
			} else {
				acc = 1;
				in = a->code + in->u.value - 1;
			}
			break;
		case ARITH_JUMP_FALSE:
			v = acc;
			acc = *--sp;
			if (!v)
				in = a->code + in->u.value - 1;
			break;
		case ARITH_JUMP:
			in = a->code + in->u.value - 1;
			break;
		case ARITH_ASSIGN:
			if (var_set_int(t, in->u.sym, acc))
				return -1;
			break;
		case ARITH_PRE:
		case ARITH_POST:
			*sp++ = acc;
			if (!var_read(t, in->u.sym, m->nesting, &v))
				return -1;
			acc = wrap_add(v, in->step);
			if (var_set_int(t, in->u.sym, acc))
				return -1;
			if (in->op == ARITH_POST)
				acc = v;
			break;
		case ARITH_END:
			*result = acc;
			return 0;
		}
	}
}

/** Find room for the stack and run A. */
static int run_with_stack(
        const struct machine *m, const struct arith *a, intmax_t *result)
{
	intmax_t stack[STACK_SMALL];
	if (a->depth <= STACK_SMALL)
		return run(m, a, stack, result);

	struct arena *scratch = &m->t->scratch;
	struct arena_mark mark = arena_mark(scratch);
	intmax_t *big = arena_alloc(scratch, a->depth * sizeof(*big));
	int r = run(m, a, big, result);
	arena_release(scratch, mark);
	return r;
}

static int eval_text(
        struct task *t, const char *text, unsigned nesting, intmax_t *result)
{
	struct machine m = {t, nesting, NULL};
	const char *why;
	struct arena_mark mark = arena_mark(&t->scratch);
	const struct arith *a = arith_compile(t, &t->scratch, text, 0, &why);
	int r = a ? run_with_stack(&m, a, result) : complain(t, text, why);
	arena_release(&t->scratch, mark);
	return r;
}

int arith_eval_text(struct task *t, const char *text, intmax_t *result)
{
	return eval_text(t, text, 0, result);
}

int arith_eval(struct task *t, const struct arith *a, intmax_t *result)
{
	intmax_t param[ARITH_PARAMS_MAX];
	struct machine m = {t, 0, param};
	for (unsigned i = 0; i < a->nparam; i++) {
		size_t len;
		const char *s = param_value(t, a->param[i], &len);
		if (!s || !arith_plain(s, len, &param[i]))
			return 1;
	}
	return run_with_stack(&m, a, result);
}
