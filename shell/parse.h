/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_PARSE_H
#define MARSH_PARSE_H

#include "shell/ast.h"
#include "shell/input.h"

enum parse_result {
	PARSE_OK,          /* *TREE holds a complete command, maybe empty */
	PARSE_EOF,         /* nothing was left */
	PARSE_ERROR,       /* a syntax error was reported */
	PARSE_INTERRUPTED, /* SIGINT while reading */
};

/**
 * Parse the next complete command of IN (XCU 2.10.2), with the aliases as
 * they are now. The caller owns a reference to *TREE.
 */
enum parse_result parse_command(
        struct task *t, struct input *in, struct tree **tree);
/**
 * Parse TEXT as the inside of a here-document or a prompt: expansions but
 * no quotes. NULL after a syntax error was reported.
 */
struct word *parse_string(
        struct task *t, struct tree *tree, const char *text, size_t len);

#endif
