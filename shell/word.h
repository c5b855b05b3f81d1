/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_WORD_H
#define MARSH_WORD_H

#include "shell/lex.h"

/** Words being compiled from program text: for the lex-*.c files only. */

enum {
	WORD_LOCAL_PARTS = 8,  /* without an allocation */
	WORD_MAX_DEPTH = 2000, /* of nested substitutions */
};

/** A word under construction. */
struct word_builder {
	struct lexer *lx;
	enum lex_context ctx;
	struct strbuf lit; /* literal text not yet made into a part */
	bool lit_open;     /* there is such text, maybe empty */
	bool lit_quoted;
	bool bare;       /* nothing but unquoted literal text so far */
	unsigned flags;  /* enum word_flag */
	struct sym *sym; /* NAME= was read */
	bool equals;     /* an unquoted = was read */
	int nparts, cap;
	struct part *part;
	struct part local[WORD_LOCAL_PARTS];
};

void word_begin(struct word_builder *b, struct lexer *lx, enum lex_context ctx);
/** The finished word, in the tree. */
struct word *word_build(struct word_builder *b);
/** Let go of the builder, finished or not. */
void word_end(struct word_builder *b);
/** Add a part; what literal text came before becomes one too. */
struct part *word_part(
        struct word_builder *b, enum part_kind kind, bool quoted);
/** Literal text of this kind follows, perhaps none: "" is a part too. */
void word_open(struct word_builder *b, bool quoted);
void word_add(struct word_builder *b, int c, bool quoted);
/** Make the literal text so far into a part. */
void word_flush(struct word_builder *b);

/** Is C a letter or _ ; or also a digit (XBD 3.216)? */
static inline bool name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static inline bool name_char(int c)
{
	return name_start(c) || (c >= '0' && c <= '9');
}

/*
 * Each reads what follows the character it is named for, up to its end.
 * False after an error.
 */
bool lex_dollar(struct word_builder *b, bool quoted);
bool lex_backquote(struct word_builder *b, bool quoted);
bool lex_single_quote(struct word_builder *b);
bool lex_dollar_quote(struct word_builder *b);
bool lex_double_quote(struct word_builder *b);

#endif
