/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_LEX_H
#define MARSH_LEX_H

#include "shell/alias.h"
#include "shell/ast.h"
#include "shell/input.h"

/** Tokens (XCU 2.3, 2.10). */
enum token {
	TOK_EOF,
	TOK_NEWLINE,
	TOK_WORD,
	TOK_AND_IF, /* && */
	TOK_OR_IF,  /* || */
	TOK_SEMI,
	TOK_DSEMI,    /* ;; */
	TOK_SEMI_AND, /* ;& */
	TOK_AMP,
	TOK_PIPE,
	TOK_LPAREN,
	TOK_RPAREN,
	TOK_REDIR,
	TOK_ERROR,
};

/** Reserved words (XCU 2.4). */
enum reserved {
	RW_NONE,
	RW_BANG,
	RW_LBRACE,
	RW_RBRACE,
	RW_CASE,
	RW_DO,
	RW_DONE,
	RW_ELIF,
	RW_ELSE,
	RW_ESAC,
	RW_FI,
	RW_FOR,
	RW_IF,
	RW_IN,
	RW_THEN,
	RW_UNTIL,
	RW_WHILE
};

/** An alias value being read in place of a token. */
struct alias_frame {
	struct alias_frame *up;
	struct alias_frame *next_done;
	struct alias *alias;
	const char *p, *end; /* where the text below it goes on */
	size_t pos;          /* P in the input, when it was exhausted */
	bool blank;          /* the value ends in a blank */
};

/** Places in the text, sorted. */
struct lex_seen {
	uintptr_t *at;
	size_t n, cap;
};

struct lexer {
	struct task *t;
	struct input *in;
	struct tree *tree;
	const char *p, *end;       /* text to read now */
	struct alias_frame *frame; /* aliases being read, innermost first */
	struct alias_frame *done;  /* exhausted within the current token:
	                              still not to be substituted again */
	int lineno;
	int depth;                 /* nesting of substitutions, commands */
	bool failed;               /* an error was reported */
	bool alias_next;           /* an alias that ends in a blank precedes */
	bool no_alias;             /* inside a substitution: its text is parsed
	                              again when aliases matter */
	int arith_tries;           /* "$((" being read as arithmetic */
	struct lex_seen not_arith; /* within them, those that are none */
	struct redir *pending;     /* here-documents whose bodies follow */
	struct redir **pending_end;

	/* the current token */
	enum token tok;
	enum reserved rw; /* TOK_WORD: the reserved word it could be */
	bool alias_ok;    /* it follows an alias that ends in a blank */
	int tok_line;
	struct word *word; /* TOK_WORD */
	enum redir_op op;  /* TOK_REDIR */
	bool strip_tabs;   /* TOK_REDIR: <<- */
	int io_number;     /* TOK_REDIR: the number before it, or -1 */
};

void lex_init(
        struct lexer *lx, struct task *t, struct input *in, struct tree *tree);
/** Let go of aliases; give the position back to the input. */
void lex_finish(struct lexer *lx);
/** Read the next token into LX. */
void lex_next(struct lexer *lx);
/** Report a syntax error once; the token becomes TOK_ERROR. */
void lex_error(struct lexer *lx, const char *fmt, ...)
        __attribute__((format(printf, 2, 3)));
/** Replace the current token by its alias's value, if it has one. */
bool lex_alias(struct lexer *lx);
/** Queue the body of a here-document. */
void lex_heredoc(struct lexer *lx, struct redir *r);
/** For messages: the current token as text. */
const char *lex_token_text(const struct lexer *lx);

/** A place to come back to, for the two meanings of "$((". */
struct lex_mark {
	const char *p, *end;
	size_t pos;
	struct alias_frame *frame;
	int lineno;
	struct redir *pending;
	struct redir **pending_end;
};
void lex_mark(const struct lexer *lx, struct lex_mark *m);
void lex_back(struct lexer *lx, const struct lex_mark *m);
/**
 * A copy, in the tree, of the text read since M without its last byte; NULL
 * when it crossed the end of an alias's value.
 */
char *lex_text_since(const struct lexer *lx, const struct lex_mark *m);

/* for lex-word.c */

enum {
	LEX_EOF = -1
};
/** Where a word is being read; decides what ends it and what is special. */
enum lex_context {
	LEX_TOKEN,        /* ends at a blank or operator */
	LEX_BRACE,        /* ${x-here}, unquoted or after # % */
	LEX_BRACE_QUOTED, /* "${x-here}" */
	LEX_ARITH,        /* $((here)) */
	LEX_STRING,       /* here-documents and prompts: to the end */
};

/** Next character without consuming it; line continuations vanish. */
int lex_peek(struct lexer *lx);
/** Next character, consumed. RAW: line continuations are kept. */
int lex_getc(struct lexer *lx);
int lex_getc_raw(struct lexer *lx);
int lex_peek_raw(struct lexer *lx);
/** Read a word; NULL after an error. */
struct word *lex_word(struct lexer *lx, enum lex_context ctx);
enum reserved lex_reserved(const char *s, size_t len);
/** The pattern of a word without expansions, else NULL. */
struct pattern *lex_pattern(struct lexer *lx, const struct word *w);

/* parse.c, for substitutions */

/**
 * The commands of a substitution up to END, the `)` of "$(" or the end of
 * the text between backquotes. NULL when there are none, or after an error.
 */
struct node *parse_substitution(struct lexer *lx, enum token end);
/** Could a command substitution with this body run in this process? */
bool node_pure(const struct node *n);

#endif
