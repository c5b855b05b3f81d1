/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_OPTION_H
#define MARSH_OPTION_H

#include "shell/shell.h"

struct option_info {
	const char *name; /* for set -o */
	char letter;      /* '\0' when it has none */
	unsigned flag;    /* enum shell_option */
	bool fixed;       /* only settable on invocation */
};

/** All options sorted by name, NULL name at the end. */
extern const struct option_info option_table[];

/** Find by name or letter; NULL when unknown. */
const struct option_info *option_by_name(const char *name);
const struct option_info *option_by_letter(char c);
/** The setter: changes FLAGS and whatever depends on it. -1 after message. */
int option_set(struct task *t, unsigned flag, bool on);
/** The value of $-; BUF has 32 bytes. */
void option_letters(const struct shell *sh, char *buf);

#endif
