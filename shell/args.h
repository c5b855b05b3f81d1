/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_ARGS_H
#define MARSH_ARGS_H

#include "shell/shell.h"

/** The command line of the shell itself (XCU sh, OPTIONS). */
struct shell_args {
	const char *command; /* -c: the string, else NULL */
	const char *script;  /* the file operand, else NULL */
	int argc;            /* positional parameters */
	char **argv;
	unsigned on, off; /* enum shell_option: set with - and with + */
	bool version, help;
};

/** 0, or -1 after a message about wrong use. */
int shell_args_parse(
        struct task *t, int argc, char **argv, struct shell_args *a);
/** Print the text of --help on standard output. */
void shell_args_help(struct task *t);

#endif
