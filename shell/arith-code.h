/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_ARITH_CODE_H
#define MARSH_ARITH_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shell/arith.h"

/**
 * What arithmetic expressions are compiled to: instructions for a machine
 * with an accumulator and a stack, so that long expressions need no
 * recursion when they are evaluated. Private to arith.c and arith-parse.c.
 *
 * "Load" means: push the accumulator, then set it. The first load pushes a
 * value that nobody uses.
 */
enum arith_op {
	ARITH_CONST,     /* load value */
	ARITH_VAR,       /* load the variable sym */
	ARITH_PARAM,     /* load the operand $... number `value` */
	ARITH_BIN,       /* pop the left operand, acc = left `bin` acc */
	ARITH_BIN_CONST, /* acc = acc `bin` value */
	ARITH_BIN_VAR,   /* acc = acc `bin` sym */
	ARITH_NEG,
	ARITH_NOT,        /* ! */
	ARITH_INVERT,     /* ~ */
	ARITH_BOOL,       /* acc = acc != 0 */
	ARITH_POP,        /* acc = pop */
	ARITH_AND,        /* acc false: acc = 0, go to value; else pop */
	ARITH_OR,         /* acc true: acc = 1, go to value; else pop */
	ARITH_JUMP_FALSE, /* pop; the popped-over value false: go to value */
	ARITH_JUMP,
	ARITH_ASSIGN, /* sym = acc */
	ARITH_PRE,    /* load sym += value */
	ARITH_POST,   /* load sym, then sym += value */
	ARITH_END,
};

enum arith_bin {
	BIN_NONE,
	BIN_MUL,
	BIN_DIV,
	BIN_MOD,
	BIN_ADD,
	BIN_SUB,
	BIN_SHL,
	BIN_SHR,
	BIN_LT,
	BIN_LE,
	BIN_GT,
	BIN_GE,
	BIN_EQ,
	BIN_NE,
	BIN_AND,
	BIN_XOR,
	BIN_OR,
	BIN_LAND,
	BIN_LOR, /* only while parsing */
};

struct arith_insn {
	unsigned char op;  /* enum arith_op */
	unsigned char bin; /* enum arith_bin */
	union {
		intmax_t value; /* constant, jump target or operand number */
		struct sym *sym;
	} u;
	intmax_t step; /* ARITH_PRE, ARITH_POST */
};

enum {
	ARITH_PARAMS_MAX = 16
};

struct arith {
	const struct arith_insn *code; /* ends with ARITH_END */
	const struct param **param;    /* the operands $... */
	unsigned nparam;
	unsigned depth; /* stack entries needed */
};

/**
 * Compile TEXT of LEN bytes, NUL-terminated, in which each '$' stands for
 * one of NPARAM operands. NULL and *WHY when it is not an expression.
 */
struct arith *arith_compile(struct task *t, struct arena *arena,
        const char *text, unsigned nparam, const char **why);
/**
 * Read the constant at *S (it starts with a digit), which may be as large
 * as INTMAX_MAX, or one more with NEGATIVE, whose value is then negated.
 * NULL and *S behind it, or what is wrong with it.
 */
const char *arith_constant(const char **s, bool negative, intmax_t *value);

static inline bool arith_blank(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

static inline const char *arith_skip_blanks(const char *s)
{
	while (arith_blank(*s))
		s++;
	return s;
}

/** Is LEN bytes at S a plain number: 0 or digits without leading zeros? */
static inline bool arith_plain(const char *s, size_t len, intmax_t *value)
{
	if (len - 1 > 17 || (unsigned)(*s - '1') > 8) {
		*value = 0;
		return len == 1 && *s == '0';
	}
	intmax_t v = 0;
	do {
		unsigned d = (unsigned)(*s++ - '0');
		if (d > 9)
			return false;
		v = v * 10 + (intmax_t)d;
	} while (--len);
	*value = v;
	return true;
}

#endif
