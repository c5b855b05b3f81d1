/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_BUILTIN_H
#define MARSH_BUILTIN_H

#include "shell/shell.h"

enum builtin_flag {
	BUILTIN_SPECIAL = 1u << 0,   /* XCU 2.15 */
	BUILTIN_DECLARE = 1u << 1,   /* declaration utility (XCU 2.9.1.1) */
	BUILTIN_PURE = 1u << 2,      /* changes no state of the shell: $(...)
	                                may run it without a process */
	BUILTIN_EXTENSION = 1u << 3, /* absent in POSIX mode */
	BUILTIN_NOOPTS = 1u << 4,    /* takes no options: --help is data */
};

/**
 * A builtin. `run` gets a NULL-terminated ARGV with the name in argv[0] and
 * returns the status (0..255), or builtin_flow() to change the flow. It
 * prints with out_*() and reports with builtin_error().
 */
struct builtin {
	const char *name;
	unsigned flags; /* enum builtin_flag */
	int (*run)(struct task *t, int argc, char **argv);
	const char *synopsis; /* "cd [-L|-P [-e]] [directory]" */
	const char *summary;  /* one line, lower case, no full stop */
	const char *help;     /* options and notes, a line each, or NULL */
};

/** All builtins, NULL at the end; generated from the builtins folder. */
extern const struct builtin *const builtin_table[];

/** A builtin's return value that sets the status and changes the flow. */
static inline int builtin_flow(struct task *t, enum flow flow, int status)
{
	t->status = status;
	return -(int)flow;
}

/**
 * The result of a special builtin that failed, after its message: the error
 * ends a non-interactive shell (XCU 2.8.1), FLOW_ABORT. `command` takes such
 * a FLOW_ABORT of a builtin as a plain STATUS.
 */
static inline int special_error(struct task *t, int status)
{
	return builtin_flow(t, FLOW_ABORT, status);
}

/**
 * Option scanner (XBD 12.2). Start with {argv, 1}; opt_next() returns the
 * next option letter, 0 at the end (scan.i is then the first operand), or
 * '?' after a message for an unknown option or a missing argument. SPEC is
 * as for getopt(3) without a leading colon; `arg` is an option's argument.
 */
struct optscan {
	char **argv;
	int i;
	int pos;
	char *arg;
	bool plus; /* accept +x too (set); `sign` tells which it was */
	char sign;
};
int opt_next(struct task *t, struct optscan *scan, const char *spec);
/**
 * For builtins without options: skip an optional "--". Returns the index of
 * the first operand, or -1 after a message when there is an option.
 */
int opt_none(struct task *t, char **argv);

/** Print synopsis and help of B on standard output. */
void builtin_print_help(struct task *t, const struct builtin *b);
/** Enter the table into the symbols, without extensions in POSIX mode. */
void builtin_register(struct shell *sh);

#endif
