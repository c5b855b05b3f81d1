/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "builtins/escape.h"
#include "shell/base/utf8.h"
#include "shell/diag.h"
#include "shell/out.h"

/* The C library makes the text of a floating-point number in memory. */
enum {
	FLOAT_MAX = 1000000
};

/** The state of one call. `arg` are the arguments of the current pass. */
struct printer {
	struct task *t;
	char **arg;
	int narg;
	int next; /* argument a conversion without a number takes */
	int used; /* arguments this pass has used */
	int status;
	bool stop; /* \c, or a format that cannot be gone on with */
};

/** A conversion specification. */
struct spec {
	bool left, plus, space, alternate, zero;
	int width;
	int precision; /* -1: none */
	int number;    /* n$, or 0 */
	char conversion;
};

/** Argument NUMBER (0: the next one), or NULL when there is none. */
static const char *take(struct printer *p, int number)
{
	int i = number ? number - 1 : p->next++;
	if (i >= p->narg) {
		p->used = p->narg;
		return NULL;
	}
	if (i + 1 > p->used)
		p->used = i + 1;
	return p->arg[i];
}

static void complain(struct printer *p, const char *what, const char *why)
{
	p->status = builtin_error(p->t, 1, "%s: %s", what, why);
}

static void pad(struct printer *p, char c, int n)
{
	char block[64];
	if (n <= 0)
		return;
	memset(block, c, sizeof(block));
	for (; n > (int)sizeof(block); n -= (int)sizeof(block))
		out_write(p->t, block, sizeof(block));
	out_write(p->t, block, (size_t)n);
}

/** Width minus LEN, both of which fit. */
static int missing(const struct spec *sp, size_t len)
{
	return len < (size_t)sp->width ? sp->width - (int)len : 0;
}

static void print_bytes(
        struct printer *p, const struct spec *sp, const char *s, size_t len)
{
	int n = missing(sp, len);
	if (!sp->left)
		pad(p, ' ', n);
	out_write(p->t, s, len);
	if (sp->left)
		pad(p, ' ', n);
}

/** An argument 'c or "c: the value of its first character. */
static bool character_value(
        const struct printer *p, const char *s, uintmax_t *value)
{
	uint32_t cp = 0;
	if (*s != '\'' && *s != '"')
		return false;
	s++;
	if (*s)
		char_decode(p->t->sh->utf8, s, strlen(s), &cp);
	*value = cp >= CHAR_INVALID ? cp - CHAR_INVALID : cp;
	return true;
}

/** Report what is wrong with the number S that ended at END. */
static void check_number(struct printer *p, const char *s, const char *end)
{
	if (end == s)
		complain(p, s, "not a number");
	else if (*end)
		complain(p, s, "not completely converted");
	else if (errno == ERANGE)
		complain(p, s, "out of range");
}

/** The value of the argument S; *NEGATIVE and the magnitude for signed. */
static uintmax_t integer_value(
        struct printer *p, const char *s, bool is_signed, bool *negative)
{
	uintmax_t value = 0;
	char *end;

	*negative = false;
	if (!s || !*s || character_value(p, s, &value))
		return value;
	errno = 0;
	if (!is_signed) {
		value = strtoumax(s, &end, 0);
	} else {
		intmax_t v = strtoimax(s, &end, 0);
		*negative = v < 0;
		value = v < 0 ? 0 - (uintmax_t)v : (uintmax_t)v;
	}
	if (end == s || *end || errno)
		check_number(p, s, end);
	return value;
}

/** The digits of VALUE, ending before END. Returns their start. */
static char *put_digits(char *end, uintmax_t value, unsigned base, bool upper)
{
	const char *digit = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	for (; value; value /= base)
		*--end = digit[value % base];
	return end;
}

static void print_integer(struct printer *p, const struct spec *sp)
{
	char c = sp->conversion;
	bool is_signed = c == 'd' || c == 'i';
	bool negative;
	uintmax_t value =
	        integer_value(p, take(p, sp->number), is_signed, &negative);
	unsigned base = c == 'o' ? 8 : c == 'x' || c == 'X' ? 16 : 10;

	char buf[3 * sizeof(value)];
	char *end = buf + sizeof(buf);
	char *s = put_digits(end, value, base, c == 'X');
	int ndigits = (int)(end - s);
	const char *prefix = "";
	if (is_signed)
		prefix = negative ? "-" : sp->plus ? "+" : sp->space ? " " : "";
	else if (sp->alternate && base == 16 && value)
		prefix = c == 'x' ? "0x" : "0X";

	int nprefix = (int)strlen(prefix);
	int zeros = (sp->precision < 0 ? 1 : sp->precision) - ndigits;
	if (zeros < 0)
		zeros = 0;
	if (sp->alternate && base == 8 && zeros == 0)
		zeros = 1;
	/* each is at most INT_MAX, so the sum needs more */
	long long fill = (long long)sp->width - nprefix - ndigits - zeros;
	if (fill < 0)
		fill = 0;
	if (sp->zero && !sp->left && sp->precision < 0) {
		zeros += (int)fill;
		fill = 0;
	}
	if (!sp->left)
		pad(p, ' ', (int)fill);
	out_write(p->t, prefix, (size_t)nprefix);
	pad(p, '0', zeros);
	out_write(p->t, s, (size_t)ndigits);
	if (sp->left)
		pad(p, ' ', (int)fill);
}

static double float_value(struct printer *p, const char *s)
{
	uintmax_t value;
	char *end;

	if (!s || !*s)
		return 0;
	if (character_value(p, s, &value))
		return (double)value;
	errno = 0;
	double v = strtod(s, &end);
	if (end == s || *end || errno)
		check_number(p, s, end);
	return v;
}

static void print_float(struct printer *p, const struct spec *sp)
{
	char format[16];
	char *f = format;
	double v = float_value(p, take(p, sp->number));

	if (sp->width > FLOAT_MAX || sp->precision > FLOAT_MAX) {
		complain(p, "width or precision", "too large");
		return;
	}
	*f++ = '%';
	if (sp->left)
		*f++ = '-';
	if (sp->plus)
		*f++ = '+';
	if (sp->space)
		*f++ = ' ';
	if (sp->alternate)
		*f++ = '#';
	if (sp->zero)
		*f++ = '0';
	*f++ = '*';
	*f++ = '.'; /* a negative precision is as none */
	*f++ = '*';
	*f++ = sp->conversion;
	*f = '\0';
	out_printf(p->t, format, sp->width, sp->precision, v);
}

static void print_string(struct printer *p, const struct spec *sp)
{
	const char *s = take(p, sp->number);
	if (!s)
		s = "";
	size_t len = sp->precision < 0 ? strlen(s)
	                               : strnlen(s, (size_t)sp->precision);
	print_bytes(p, sp, s, len);
}

static void print_escaped(struct printer *p, const struct spec *sp)
{
	const char *s = take(p, sp->number);
	struct strbuf sb = STRBUF_INIT;
	if (s && !escape_add_all(&sb, s))
		p->stop = true;
	size_t len = sb.len;
	if (sp->precision >= 0 && (size_t)sp->precision < len)
		len = (size_t)sp->precision;
	print_bytes(p, sp, sb.buf, len);
	strbuf_release(&sb);
}

static void print_char(struct printer *p, const struct spec *sp)
{
	const char *s = take(p, sp->number);
	print_bytes(p, sp, s ? s : "", 1); /* of "" its NUL byte */
}

/** Digits at *S; -1 when the number is larger than an int. */
static int parse_int(const char **s)
{
	int n = 0;
	for (; **s >= '0' && **s <= '9'; (*s)++) {
		int d = **s - '0';
		if (n < 0 || n > (INT_MAX - d) / 10)
			n = -1;
		else
			n = n * 10 + d;
	}
	return n;
}

/** A width or precision behind '*': an argument's value. */
static int parse_star(struct printer *p, const char **s)
{
	const char *q = *s;
	int number = parse_int(&q);
	if (number > 0 && *q == '$')
		*s = q + 1;
	else
		number = 0;

	const char *arg = take(p, number);
	bool negative;
	uintmax_t n = integer_value(p, arg, true, &negative);
	if (n > INT_MAX) {
		complain(p, arg, "out of range");
		n = 0;
	}
	return negative ? -(int)n : (int)n;
}

static const char *parse_flags(struct spec *sp, const char *s)
{
	for (;; s++) {
		switch (*s) {
		case '-':
			sp->left = true;
			break;
		case '+':
			sp->plus = true;
			break;
		case ' ':
			sp->space = true;
			break;
		case '#':
			sp->alternate = true;
			break;
		case '0':
			sp->zero = true;
			break;
		default:
			return s;
		}
	}
}

/** Read the specification at S (behind %). NULL after a message. */
static const char *parse_spec(struct printer *p, const char *s, struct spec *sp)
{
	const char *start = s;
	memset(sp, 0, sizeof(*sp));
	sp->precision = -1;

	if (*s >= '1' && *s <= '9') {
		const char *q = s;
		int number = parse_int(&q);
		if (*q == '$') {
			sp->number = number;
			s = q + 1;
		}
	}
	s = parse_flags(sp, s);
	if (*s == '*') {
		s++;
		sp->width = parse_star(p, &s);
		if (sp->width < 0) {
			sp->left = true;
			sp->width = -sp->width;
		}
	} else {
		sp->width = parse_int(&s);
	}
	bool too_large = sp->number < 0 || sp->width < 0;
	if (*s == '.') {
		s++;
		if (*s == '*') {
			s++;
			sp->precision = parse_star(p, &s);
		} else {
			sp->precision = parse_int(&s);
			too_large |= sp->precision < 0;
		}
	}
	while (*s && strchr("hlLjzt", *s)) /* C's sizes: all are the same */
		s++;
	sp->conversion = *s;
	if (!too_large && *s && strchr("sdbciouxXeEfFgGaA", *s))
		return s + 1;
	p->stop = true;
	p->status = builtin_error(p->t, 1, "%%%.*s: %s",
	        (int)(s - start) + (*s != '\0'), start,
	        too_large ? "number too large"
	        : *s      ? "unknown conversion"
	                  : "conversion missing");
	return NULL;
}

static void print_spec(struct printer *p, const struct spec *sp)
{
	switch (sp->conversion) {
	case 's':
		print_string(p, sp);
		break;
	case 'b':
		print_escaped(p, sp);
		break;
	case 'c':
		print_char(p, sp);
		break;
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		print_integer(p, sp);
		break;
	default:
		print_float(p, sp);
		break;
	}
}

/** What the backslash before S introduces. */
static const char *print_escape(struct printer *p, const char *s)
{
	if (*s != '"' && *s != '\'')
		return escape_add(&p->t->out, s, false);
	out_ch(p->t, *s);
	return s + 1;
}

/** Write the format once. */
static void print_pass(struct printer *p, const char *s)
{
	struct spec sp;
	while (*s && !p->stop) {
		size_t n = strcspn(s, "%\\");
		out_write(p->t, s, n);
		s += n;
		if (*s == '\\') {
			s = print_escape(p, s + 1);
		} else if (*s == '%' && s[1] == 's') {
			const char *arg = take(p, 0);
			if (arg)
				out_str(p->t, arg);
			s += 2;
		} else if (*s == '%' && s[1] == '%') {
			out_ch(p->t, '%');
			s += 2;
		} else if (*s == '%') {
			s = parse_spec(p, s + 1, &sp);
			if (s)
				print_spec(p, &sp);
			else
				return;
		}
	}
}

static int run(struct task *t, int argc, char **argv)
{
	int i = 1;
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		i = 2;
	if (i >= argc)
		return builtin_error(t, 2, "format missing");

	struct printer p = {.t = t, .arg = argv + i + 1, .narg = argc - i - 1};
	for (;;) {
		p.next = p.used = 0;
		print_pass(&p, argv[i]);
		p.arg += p.used;
		p.narg -= p.used;
		if (p.stop || p.used == 0 || p.narg == 0)
			return p.status;
	}
}

const struct builtin builtin_printf = {
        .name = "printf",
        .flags = BUILTIN_PURE,
        .run = run,
        .synopsis = "printf format [argument ...]",
        .summary = "write the arguments as the format says",
        .help = "The format is used again until all arguments are written.\n"
                "\n"
                "%s %c        a string, its first byte\n"
                "%b           a string with escape sequences as for echo\n"
                "%d %i %u %o %x %X\n"
                "             a number: 12, 014, 0xc, or 'c, the value of a "
                "character\n"
                "%e %f %g %a %E %F %G %A\n"
                "             a floating-point number\n"
                "%%           a percent sign\n"
                "%N$...       argument N\n"
                "Flags - + # 0 and space, width and precision (also *) are as "
                "in C.\n"
                "Escape sequences: \\a \\b \\f \\n \\r \\t \\v \\\\ and "
                "\\NNN, a byte in octal.",
};
