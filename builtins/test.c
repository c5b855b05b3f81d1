/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell/builtin.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/diag.h"
#include "shell/fd.h"

enum {
	TRUE = 0,
	FALSE = 1,
	ERROR = 2
};

/** The operands, and where a parser of many is. */
struct tester {
	struct task *t;
	char **arg; /* not yet used */
	int n;
};

static int status_of(bool b)
{
	return b ? TRUE : FALSE;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/** The number S; ERROR after a message. */
static int integer(struct task *t, const char *s, intmax_t *value)
{
	const char *p = s;
	while (is_blank(*p))
		p++;
	bool negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	uintmax_t limit = (uintmax_t)INTMAX_MAX + negative;
	uintmax_t v = 0;
	const char *digits = p;
	for (; *p >= '0' && *p <= '9'; p++) {
		unsigned d = (unsigned)(*p - '0');
		if (v > (limit - d) / 10)
			return builtin_error(t, ERROR, "%s: out of range", s);
		v = v * 10 + d;
	}
	bool bad = p == digits;
	while (is_blank(*p))
		p++;
	if (bad || *p)
		return builtin_error(t, ERROR, "%s: not an integer", s);
	*value = (intmax_t)(negative ? 0 - v : v);
	return TRUE;
}

/**
 * The script's descriptor that the file name PATH means (/dev/fd/N,
 * /dev/stdin and the like), or -1.
 */
static int path_fd(const char *path)
{
	if (strncmp(path, "/dev/", 5) != 0)
		return -1;
	path += 5;
	if (strcmp(path, "stdin") == 0)
		return 0;
	if (strcmp(path, "stdout") == 0)
		return 1;
	if (strcmp(path, "stderr") == 0)
		return 2;
	if (strncmp(path, "fd/", 3) != 0 || !path[3])
		return -1;
	int n = 0;
	for (path += 3; *path >= '0' && *path <= '9'; path++)
		if ((n = n * 10 + (*path - '0')) > 100000)
			return -1;
	return *path ? -1 : n;
}

/** stat() for the script's view of PATH. Output kept in memory: a pipe. */
static bool file_stat(struct task *t, const char *path, struct stat *st)
{
	int n = path_fd(path);
	if (n < 0)
		return stat(path, st) == 0;
	if (fd_sink(t, n)) {
		memset(st, 0, sizeof(*st));
		st->st_mode = S_IFIFO | 0600;
		return true;
	}
	int fd = fd_real(t, n);
	return fd >= 0 && fstat(fd, st) == 0;
}

static bool may_access(struct task *t, const char *path, int mode)
{
	char real[32];
	int n = path_fd(path);
	if (n >= 0) {
		if (fd_sink(t, n))
			return mode == W_OK;
		int fd = fd_real(t, n);
		if (fd < 0)
			return false;
		snprintf(real, sizeof(real), "/dev/fd/%d", fd);
		path = real;
	}
	return faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0;
}

static int is_terminal(struct task *t, const char *arg)
{
	intmax_t n;
	if (integer(t, arg, &n))
		return ERROR;
	if (n < 0 || n > INT_MAX)
		return FALSE;
	int fd = fd_real(t, (int)n);
	return status_of(fd >= 0 && isatty(fd));
}

static int file_test(struct task *t, char op, const char *path)
{
	struct stat st;

	switch (op) {
	case 'r':
		return status_of(may_access(t, path, R_OK));
	case 'w':
		return status_of(may_access(t, path, W_OK));
	case 'x':
		return status_of(may_access(t, path, X_OK));
	case 'h':
	case 'L':
		return status_of(lstat(path, &st) == 0 && S_ISLNK(st.st_mode));
	default:
		break;
	}
	if (!file_stat(t, path, &st))
		return FALSE;
	switch (op) {
	case 'b':
		return status_of(S_ISBLK(st.st_mode));
	case 'c':
		return status_of(S_ISCHR(st.st_mode));
	case 'd':
		return status_of(S_ISDIR(st.st_mode));
	case 'f':
		return status_of(S_ISREG(st.st_mode));
	case 'g':
		return status_of(st.st_mode & S_ISGID);
	case 'k':
		return status_of(st.st_mode & S_ISVTX);
	case 'p':
		return status_of(S_ISFIFO(st.st_mode));
	case 's':
		return status_of(st.st_size > 0);
	case 'S':
		return status_of(S_ISSOCK(st.st_mode));
	case 'u':
		return status_of(st.st_mode & S_ISUID);
	case 'O':
		return status_of(st.st_uid == geteuid());
	case 'G':
		return status_of(st.st_gid == getegid());
	default: /* e */
		return TRUE;
	}
}

static bool is_unary(const char *op)
{
	return op[0] == '-' && op[1] && !op[2] &&
	       strchr("bcdefghkLnprsStuwxzOG", op[1]);
}

static int unary(struct task *t, const char *op, const char *arg)
{
	switch (op[1]) {
	case 'n':
		return status_of(*arg != '\0');
	case 'z':
		return status_of(*arg == '\0');
	case 't':
		return is_terminal(t, arg);
	default:
		return file_test(t, op[1], arg);
	}
}

enum binary {
	NONE,
	EQUAL,
	NOT_EQUAL,
	BEFORE,
	AFTER, /* strings */
	EQ,
	NE,
	LT,
	LE,
	GT,
	GE, /* integers */
	SAME_FILE,
	NEWER,
	OLDER, /* files */
	AND,
	OR,
};

#define PAIR(a, b) ((unsigned char)(a) << 8 | (unsigned char)(b))

static enum binary dash_operator(const char *op)
{
	if (!op[1])
		return NONE;
	if (!op[2])
		return op[1] == 'a' ? AND : op[1] == 'o' ? OR : NONE;
	if (op[3])
		return NONE;
	switch (PAIR(op[1], op[2])) {
	case PAIR('e', 'q'):
		return EQ;
	case PAIR('n', 'e'):
		return NE;
	case PAIR('l', 't'):
		return LT;
	case PAIR('l', 'e'):
		return LE;
	case PAIR('g', 't'):
		return GT;
	case PAIR('g', 'e'):
		return GE;
	case PAIR('e', 'f'):
		return SAME_FILE;
	case PAIR('n', 't'):
		return NEWER;
	case PAIR('o', 't'):
		return OLDER;
	default:
		return NONE;
	}
}

static enum binary binary_operator(const char *op)
{
	switch (*op) {
	case '-':
		return dash_operator(op);
	case '=':
		return !op[1] || (op[1] == '=' && !op[2]) ? EQUAL : NONE;
	case '!':
		return op[1] == '=' && !op[2] ? NOT_EQUAL : NONE;
	case '<':
		return op[1] ? NONE : BEFORE;
	case '>':
		return op[1] ? NONE : AFTER;
	default:
		return NONE;
	}
}

static int compare_integers(
        struct task *t, enum binary op, const char *left, const char *right)
{
	intmax_t l, r;
	if (integer(t, left, &l) || integer(t, right, &r))
		return ERROR;
	switch (op) {
	case EQ:
		return status_of(l == r);
	case NE:
		return status_of(l != r);
	case LT:
		return status_of(l < r);
	case LE:
		return status_of(l <= r);
	case GT:
		return status_of(l > r);
	default:
		return status_of(l >= r);
	}
}

/** Is A younger than B? */
static bool younger(const struct stat *a, const struct stat *b)
{
	if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
		return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
	return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/** A file that does not exist is older than any that does. */
static int compare_files(
        struct task *t, enum binary op, const char *left, const char *right)
{
	struct stat l, r;
	bool have_left = file_stat(t, left, &l);
	bool have_right = file_stat(t, right, &r);
	bool both = have_left && have_right;

	if (op == SAME_FILE)
		return status_of(
		        both && l.st_dev == r.st_dev && l.st_ino == r.st_ino);
	if (op == NEWER)
		return status_of(both ? younger(&l, &r) : have_left);
	return status_of(both ? younger(&r, &l) : have_right);
}

static int collate(struct task *t, const char *left, const char *right)
{
	if (t->sh->posix_locale)
		return strcmp(left, right);
	return strcoll(left, right);
}

static int binary(
        struct task *t, enum binary op, const char *left, const char *right)
{
	switch (op) {
	case EQUAL:
		return status_of(strcmp(left, right) == 0);
	case NOT_EQUAL:
		return status_of(strcmp(left, right) != 0);
	case BEFORE:
		return status_of(collate(t, left, right) < 0);
	case AFTER:
		return status_of(collate(t, left, right) > 0);
	case AND:
		return status_of(*left && *right);
	case OR:
		return status_of(*left || *right);
	case SAME_FILE:
	case NEWER:
	case OLDER:
		return compare_files(t, op, left, right);
	default:
		return compare_integers(t, op, left, right);
	}
}

static int negate(int status)
{
	return status == TRUE ? FALSE : status == FALSE ? TRUE : status;
}

/*
 * Expressions of any length: or-terms of and-terms of primaries. An operand
 * is taken for a binary operator's left side when such an operator and
 * another operand follow.
 */
static int parse_or(struct tester *p);

static enum binary operator_ahead(const struct tester *p)
{
	if (p->n < 3)
		return NONE;
	enum binary op = binary_operator(p->arg[1]);
	return op == AND || op == OR ? NONE : op;
}

static void advance(struct tester *p, int n)
{
	p->arg += n;
	p->n -= n;
}

static int parse_parenthesis(struct tester *p)
{
	if (task_stack_low(p->t))
		return builtin_error(p->t, ERROR, "nested too deeply");
	advance(p, 1);
	int status = parse_or(p);
	if (status == ERROR)
		return status;
	if (p->n == 0 || strcmp(*p->arg, ")") != 0)
		return builtin_error(p->t, ERROR, ") missing");
	advance(p, 1);
	return status;
}

static int parse_primary(struct tester *p)
{
	if (p->n == 0)
		return builtin_error(p->t, ERROR, "operand missing");

	char **arg = p->arg;
	enum binary op = operator_ahead(p);
	if (op != NONE) {
		advance(p, 3);
		return binary(p->t, op, arg[0], arg[2]);
	}
	if (strcmp(arg[0], "(") == 0 && p->n > 1)
		return parse_parenthesis(p);
	if (p->n > 1 && is_unary(arg[0])) {
		advance(p, 2);
		return unary(p->t, arg[0], arg[1]);
	}
	advance(p, 1);
	return status_of(*arg[0] != '\0');
}

static int parse_not(struct tester *p)
{
	bool negated = false;
	while (p->n > 1 && strcmp(*p->arg, "!") == 0 &&
	        operator_ahead(p) == NONE) {
		negated = !negated;
		advance(p, 1);
	}
	int status = parse_primary(p);
	return negated ? negate(status) : status;
}

/** Is the next operand OP? Then step over it. */
static bool accept(struct tester *p, const char *op)
{
	if (p->n == 0 || strcmp(*p->arg, op) != 0)
		return false;
	advance(p, 1);
	return true;
}

static int parse_and(struct tester *p)
{
	int status = parse_not(p);
	while (status != ERROR && accept(p, "-a")) {
		int right = parse_not(p);
		if (right == ERROR || right == FALSE)
			status = right;
	}
	return status;
}

static int parse_or(struct tester *p)
{
	int status = parse_and(p);
	while (status != ERROR && accept(p, "-o")) {
		int right = parse_and(p);
		if (right == ERROR || right == TRUE)
			status = right;
	}
	return status;
}

static int test_many(struct task *t, char **arg, int n)
{
	struct tester p = {t, arg, n};
	int status = parse_or(&p);
	if (status != ERROR && p.n > 0)
		return builtin_error(
		        t, ERROR, "%s: unexpected operand", *p.arg);
	return status;
}

static int test_two(struct task *t, char **arg)
{
	if (strcmp(arg[0], "!") == 0)
		return status_of(*arg[1] == '\0');
	if (is_unary(arg[0]))
		return unary(t, arg[0], arg[1]);
	if (binary_operator(arg[1]) != NONE)
		return builtin_error(
		        t, ERROR, "%s: operand missing after it", arg[1]);
	return builtin_error(t, ERROR, "%s: unknown operator", arg[0]);
}

static int test_three(struct task *t, char **arg)
{
	enum binary op = binary_operator(arg[1]);
	if (op != NONE)
		return binary(t, op, arg[0], arg[2]);
	if (strcmp(arg[0], "!") == 0)
		return negate(test_two(t, arg + 1));
	if (strcmp(arg[0], "(") == 0 && strcmp(arg[2], ")") == 0)
		return status_of(*arg[1] != '\0');
	return builtin_error(t, ERROR, "%s: unknown operator", arg[1]);
}

/** The algorithm of XCU test: what an operand is depends on their number. */
static int evaluate(struct task *t, char **arg, int n)
{
	switch (n) {
	case 0:
		return FALSE;
	case 1:
		return status_of(*arg[0] != '\0');
	case 2:
		return test_two(t, arg);
	case 3:
		return test_three(t, arg);
	case 4:
		if (strcmp(arg[0], "!") == 0)
			return negate(test_three(t, arg + 1));
		if (strcmp(arg[0], "(") == 0 && strcmp(arg[3], ")") == 0)
			return test_two(t, arg + 1);
		return test_many(t, arg, n);
	default:
		return test_many(t, arg, n);
	}
}

static int run_test(struct task *t, int argc, char **argv)
{
	return evaluate(t, argv + 1, argc - 1);
}

static int run_bracket(struct task *t, int argc, char **argv)
{
	const char *last = argv[argc - 1];
	if (argc < 2 || last[0] != ']' || last[1])
		return builtin_error(t, ERROR, "] missing");
	return evaluate(t, argv + 1, argc - 2);
}

#define TEST_HELP                                                         \
	"-e -f -d -L -h -p -S -b -c FILE  it exists (is a regular file, " \
	"directory,\n"                                                    \
	"                                 link, pipe, socket, device)\n"  \
	"-r -w -x FILE     it may be read, written, executed\n"           \
	"-s FILE           it is not empty\n"                             \
	"-u -g -k FILE     its set-user-ID, set-group-ID, sticky bit is " \
	"set\n"                                                           \
	"-O -G FILE        it belongs to the effective user, group\n"     \
	"A -nt B, A -ot B  file A is newer, older than file B\n"          \
	"A -ef B           both are the same file\n"                      \
	"-t N              descriptor N is a terminal\n"                  \
	"-n S, -z S        the string is not empty, is empty\n"           \
	"A = B, A != B, A < B, A > B            strings\n"                \
	"A -eq B, -ne, -lt, -le, -gt, -ge       integers\n"               \
	"! E, ( E ), E -a E, E -o E             expressions"

const struct builtin builtin_test = {
        .name = "test",
        .flags = BUILTIN_PURE | BUILTIN_NOOPTS,
        .run = run_test,
        .synopsis = "test [expression]",
        .summary = "evaluate an expression",
        .help = TEST_HELP,
};

const struct builtin builtin_bracket = {
        .name = "[",
        .flags = BUILTIN_PURE | BUILTIN_NOOPTS,
        .run = run_bracket,
        .synopsis = "[ [expression] ]",
        .summary = "evaluate an expression",
        .help = TEST_HELP,
};
