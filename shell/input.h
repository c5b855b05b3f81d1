/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_INPUT_H
#define MARSH_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "shell/shell.h"

enum input_kind {
	INPUT_STRING, /* eval, -c, traps: all text is there */
	INPUT_FILE,   /* a script operand or dot: read in blocks */
	INPUT_EXACT,  /* standard input: never read past the current line */
	INPUT_TTY,    /* interactive: prompts before each line */
};

/**
 * Where program text comes from. Text is exposed to the lexer a line at a
 * time, which is also where prompts and `set -v` happen. What belongs to the
 * current complete command stays in the buffer until input_begin().
 */
struct input {
	enum input_kind kind;
	int fd; /* real descriptor; -1 for strings */
	struct strbuf text;
	size_t pos;     /* next byte for the lexer */
	size_t exposed; /* end of the lines given to the lexer */
	int lineno;     /* line of `pos` */
	bool eof;
	bool continued;   /* a command has begun: the next prompt is PS2 */
	bool interrupted; /* SIGINT or a trap's action ended the reading */
	enum flow flow;   /* when interrupted: FLOW_EXIT or FLOW_PROMPT */
	bool blocks;      /* may be read past the current line */
	bool seekable;    /* INPUT_EXACT: and put back */
};

/** Text is copied. */
void input_string(struct input *in, const char *text, size_t len, int line);
/** The caller keeps FD. */
void input_fd(struct input *in, enum input_kind kind, int fd);
void input_release(struct input *in);
/** A new complete command begins: forget the text of the previous ones. */
void input_begin(struct input *in);
/**
 * Expose the next line. False at end of input, on a read error (after a
 * message) and when interrupted.
 */
bool input_more(struct task *t, struct input *in);
/**
 * INPUT_EXACT: put the file offset right after the current line, so that
 * the command about to run finds its input there (XCU sh, STDIN).
 */
void input_sync(struct input *in);

#endif
