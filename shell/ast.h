/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_AST_H
#define MARSH_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shell/base/arena.h"
#include "shell/base/strbuf.h"
#include "shell/sym.h"

struct arith;
struct node;
struct pattern;
struct word;

/** Parameter expansions (XCU 2.6.2). */
enum param_op {
	PARAM_PLAIN,     /* ${x} */
	PARAM_LENGTH,    /* ${#x} */
	PARAM_DEFAULT,   /* ${x-w} */
	PARAM_ASSIGN,    /* ${x=w} */
	PARAM_ERROR,     /* ${x?w} */
	PARAM_ALTERNATE, /* ${x+w} */
	PARAM_PREFIX,    /* ${x#w} */
	PARAM_PREFIX_LONG,
	PARAM_SUFFIX, /* ${x%w} */
	PARAM_SUFFIX_LONG,
};

/** What a parameter names. */
enum param_kind {
	PARAM_VAR,        /* sym */
	PARAM_POSITIONAL, /* index >= 1 */
	PARAM_SPECIAL,    /* the character in `index`: @ * # ? - $ ! 0 */
};

struct param {
	unsigned char op;   /* enum param_op */
	unsigned char kind; /* enum param_kind */
	bool colon;         /* the : form: null counts as unset */
	bool bad;           /* not a valid expansion: an error when reached */
	int index;
	struct sym *sym;
	struct word *word;       /* the operator's word, or NULL */
	struct pattern *pattern; /* compiled when the word is constant */
	bool braces;             /* written as ${...} */
};

enum part_kind {
	PART_LITERAL,
	PART_PARAM,
	PART_COMMAND, /* $(...) and `...` */
	PART_ARITH,
	PART_TILDE,
};

/** A piece of a word. */
struct part {
	unsigned char kind; /* enum part_kind */
	bool quoted;        /* inside quotes: no splitting, no pattern */
	bool assign_only;   /* PART_TILDE: only where an assignment counts */
	union {
		struct {
			const char *s;
			size_t len;
		} lit; /* PART_LITERAL; PART_TILDE: with the ~ */
		struct param *param;
		struct {
			struct node *body; /* NULL: nothing to run */
			const char *src;   /* its text, or NULL: to be parsed
			                      when it runs if aliases matter */
			int lineno;
			bool backquote;
			bool pure; /* may run in this process, see cmdsub.h */
		} cmd;
		struct {
			struct word *word;
			struct arith *code; /* NULL: expand, then compile */
		} arith;
	} u;
};

enum word_flag {
	WORD_LITERAL = 1u << 0, /* `text` is the whole value: no expansion,
	                           no pattern characters, quotes removed */
	WORD_QUOTED = 1u << 1,  /* some part of it was quoted */
	WORD_SPLIT = 1u << 2,   /* has an unquoted expansion */
	WORD_GLOB = 1u << 3,    /* has unquoted literal ? * or [ */
	WORD_AT = 1u << 4,      /* has $@ or $* in quotes: many fields */
	WORD_EFFECT = 1u << 5,  /* expansion may change the shell's state */
	WORD_TILDE = 1u << 6,
	WORD_CMDSUB = 1u << 7,
	WORD_BARE = 1u << 8, /* literal without any quoting as written */
};

/**
 * A word, compiled when it was parsed. Immutable. As an assignment
 * candidate (`assign`), `text` and the parts include NAME=; `value` is what
 * follows it.
 */
struct word {
	unsigned flags; /* enum word_flag */
	int nparts;
	const char *text; /* the value when WORD_LITERAL, else NULL */
	size_t len;
	struct sym *sym;     /* assignment NAME=...: NAME, else NULL */
	struct word *value;  /* with `sym`: the word after the = */
	struct sym *command; /* WORD_LITERAL words without a slash in command
	                        position: the interned name */
	struct pattern *pattern; /* case patterns: compiled when constant */
	struct part *part;
	struct word *next; /* in the list it belongs to */
};

enum redir_op {
	REDIR_IN,      /* < */
	REDIR_OUT,     /* > */
	REDIR_CLOBBER, /* >| */
	REDIR_APPEND,  /* >> */
	REDIR_INOUT,   /* <> */
	REDIR_DUP_IN,  /* <& */
	REDIR_DUP_OUT, /* >& */
	REDIR_HEREDOC, /* << and <<- */
};

struct redir {
	struct redir *next;
	unsigned char op;    /* enum redir_op */
	bool strip_tabs;     /* <<- */
	bool heredoc_quoted; /* the delimiter was quoted: no expansion */
	int fd;
	int lineno;
	struct word *target;   /* file name, descriptor, or the here-document */
	const char *delimiter; /* here-document */
	struct redir *pending; /* while parsing: next body to be read */
};

enum node_type {
	NODE_SIMPLE,
	NODE_PIPELINE,
	NODE_AND_OR,   /* a && b || c */
	NODE_NOT,      /* ! pipeline */
	NODE_LIST,     /* a; b; c */
	NODE_ASYNC,    /* a & */
	NODE_SUBSHELL, /* ( ) */
	NODE_GROUP,    /* { } */
	NODE_IF,
	NODE_WHILE,
	NODE_UNTIL,
	NODE_FOR,
	NODE_CASE,
	NODE_FUNCTION,
};

struct case_item {
	struct case_item *next;
	struct word *patterns; /* list */
	struct node *body;     /* may be NULL */
	bool fall_through;     /* ;& */
};

/** A command. Immutable; lives in its tree's arena. */
struct node {
	unsigned char type; /* enum node_type */
	int lineno;
	bool after_or;        /* in a NODE_AND_OR: || comes before it, not && */
	struct node *next;    /* in a NODE_LIST, NODE_AND_OR or NODE_PIPELINE */
	struct redir *redirs; /* of a compound or simple command */
	union {
		struct {
			struct word *assigns; /* words with `sym` */
			struct word *words;
			int nwords;
			bool literal; /* every word is WORD_LITERAL */
			bool declare; /* a declaration utility by name */
		} simple;
		struct {
			struct node *first; /* list, pipeline: children */
			int count;
		} list;             /* LIST, AND_OR, PIPELINE */
		struct node *child; /* NOT, ASYNC, SUBSHELL, GROUP */
		struct {
			struct node *cond, *then, *otherwise;
		} cond; /* IF; WHILE and UNTIL use cond and then */
		struct {
			struct sym *var;
			struct word *words;
			bool in; /* false: loop over "$@" */
			struct node *body;
		} loop;
		struct {
			struct word *subject;
			struct case_item *items;
		} cases;
		struct {
			struct sym *name;
			struct node *body; /* compound command with redirs */
		} func;
	} u;
};

/**
 * A syntax tree: a complete command, everything in one arena, counted: a
 * running function may be redefined, so whoever runs a node holds the tree.
 */
struct tree {
	unsigned refs;
	struct arena arena;
	struct node *root; /* NULL for an empty line */
};

struct tree *tree_new(void);
struct tree *tree_ref(struct tree *tree);
void tree_unref(struct tree *tree);

/** The command as text on one line, for job lists and messages. */
void ast_print(struct strbuf *sb, const struct node *n);
/** A function definition's text that can be read back. */
void ast_print_word(struct strbuf *sb, const struct word *w);

#endif
