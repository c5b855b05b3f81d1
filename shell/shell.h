/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_SHELL_H
#define MARSH_SHELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "shell/base/arena.h"
#include "shell/base/strbuf.h"
#include "shell/sym.h"

/**
 * How control leaves a command. Everything unwinds by returning this, so
 * that each resource is released on the way out.
 */
enum flow {
	FLOW_NEXT,     /* go on with the next command */
	FLOW_BREAK,    /* leave task->skip enclosing loops */
	FLOW_CONTINUE, /* leave task->skip - 1 loops, go on with the next */
	FLOW_RETURN,   /* leave the function or dot script */
	FLOW_EXIT,     /* leave the shell (environment) with task->status */
	FLOW_ABORT,    /* a shell error (XCU 2.8.1): a non-interactive shell
	                  exits, an interactive one returns to the prompt */
	FLOW_PROMPT,   /* the rest of the complete command is given up, the
	                  main loop goes on with the next: Ctrl-C at an
	                  interactive shell, a suspended job (XCU 2.11) */
};

/** Shell options (set -o); see option.h for names and letters. */
enum shell_option {
	OPT_ALLEXPORT = 1u << 0,
	OPT_NOTIFY = 1u << 1,
	OPT_NOCLOBBER = 1u << 2,
	OPT_ERREXIT = 1u << 3,
	OPT_NOGLOB = 1u << 4,
	OPT_HASHALL = 1u << 5,
	OPT_INTERACTIVE = 1u << 6,
	OPT_MONITOR = 1u << 7,
	OPT_NOEXEC = 1u << 8,
	OPT_STDIN = 1u << 9,
	OPT_NOUNSET = 1u << 10,
	OPT_VERBOSE = 1u << 11,
	OPT_XTRACE = 1u << 12,
	OPT_IGNOREEOF = 1u << 13,
	OPT_NOLOG = 1u << 14,
	OPT_VI = 1u << 15,
	OPT_EMACS = 1u << 16,
	OPT_PIPEFAIL = 1u << 17,
	OPT_POSIX = 1u << 18,
	OPT_COMMAND = 1u << 19, /* -c */
	OPT_LOGIN = 1u << 20,
};

struct fd_info;
struct input;
struct jobs;
struct trap;
struct task;
struct tree;

/** Names the evaluator itself uses, interned once. */
struct known_syms {
	struct sym *ifs, *path, *home, *pwd, *oldpwd, *ps1, *ps2, *ps4, *env,
	        *lineno, *optind, *optarg, *ppid, *cdpath, *lang, *lc_all,
	        *lc_ctype, *lc_collate, *lc_messages, *lc_numeric, *reply;
};

/** The process: what all its tasks share. There is one. */
struct shell {
	struct symtab syms;
	struct known_syms known;
	unsigned opts;          /* enum shell_option */
	const char *arg0;       /* name in messages: "marsh" or "sh" */
	char *script;           /* FILE in messages; NULL when interactive */
	char *name;             /* $0; not owned */
	pid_t pid;              /* $$: also in subshells the main shell's */
	pid_t last_bg;          /* $!, 0 when none */
	bool subshell;          /* this process is a forked shell environment */
	bool utf8;              /* the locale's encoding */
	bool posix_locale;      /* LC_COLLATE is C or POSIX: compare bytes */
	unsigned char ifs[256]; /* IFS_* class of each byte, see split.h */
	bool ifs_multibyte;
	struct task *main;
	struct jobs *jobs;     /* jobs/job.h */
	struct trap *traps;    /* trap.h: array of NSIG_MAX entries */
	struct alias *aliases; /* alias.h */
	char **environ_cache;  /* var.h: var_environ() */
	bool environ_stale;
	char **environ_extra;    /* entries that are not variables, or NULL */
	struct fd_info *fd_info; /* by real descriptor; see fd.c */
	int nfd_info;
	unsigned fd_generation;   /* counts closed and replaced descriptors */
	unsigned file_generation; /* counts what may have changed a file:
	                             writes, files opened for it, processes */
	struct read_ahead *read_ahead; /* of the read builtin, or NULL */
	unsigned functions_changed;    /* generation of function definitions */
	int tty;          /* the terminal when job control is on, or -1 */
	pid_t tty_group;  /* the foreground group before that, or 0 */
	struct input *in; /* what the main loop reads, or NULL */
};

/** A saved binding, restored when its frame is left. */
struct saved_var {
	struct saved_var *next;
	struct sym *sym;
	struct var var;
};

/** A call frame: a function's or dot script's positional parameters. */
struct frame {
	struct frame *up;
	int argc;    /* $# */
	char **argv; /* $1 is argv[0]; owned by the frame when argv_owned */
	bool argv_owned;
	char **argv_base; /* what to free when argv_owned: shift moves argv */
	struct saved_var *saved; /* locals, newest first */
	struct function *func;   /* NULL outside functions */
	int getopts_pos;         /* getopts' place inside an argument */
};

/**
 * Give F its own copy of ARGC strings as positional parameters, in one
 * allocation; those it owned before are freed (ARGV may point into them).
 */
void frame_set_args(struct frame *f, int argc, char *const *argv);
/** Free the positional parameters that F owns. */
void frame_free_args(struct frame *f);

/** What a script descriptor stands for in a task; see fd.h. */
struct fd_slot {
	int real;            /* FD_SAME, FD_CLOSED or a real descriptor */
	struct strbuf *sink; /* output collected in memory, or NULL */
};

struct fd_table {
	struct fd_slot *slot; /* slots past `n` are FD_SAME */
	int n;
};

/** One flow of control. Every function of the evaluator takes it first. */
struct task {
	struct shell *sh;
	int status;        /* $? */
	int skip;          /* FLOW_BREAK, FLOW_CONTINUE: loops to leave */
	int loop_depth;    /* enclosing loops in this function */
	bool outer_loop;   /* a subshell that was made inside a loop: break
	                      outside its own loops ends it */
	int tested;        /* > 0: errexit is ignored (XCU 2.8, set -e) */
	int lineno;        /* line of the command being run */
	int dot_depth;     /* dot scripts being read */
	int cmdsub_status; /* status of the last $(...), or -1 when none
	                      ran since the command began */
	int trap_status;   /* $? on entry of a trap action, else -1 */
	struct frame *trap_frame; /* the frame in which that action runs */
	bool exiting;             /* the EXIT trap is running */
	struct frame *frame;      /* never NULL */
	struct frame base_frame;
	struct fd_table fds;
	struct arena scratch; /* expansion results, released per command */
	struct strbuf out;    /* what the running builtin has printed */
	int out_error;        /* errno of a failed write of `out`, or 0 */
	char number[16];      /* LINENO as text */
	struct strbuf tmp;    /* reused buffer for building one string */
	struct strbuf mask;   /* quoting beside tmp, see expand.h */
	struct tree *tree;    /* the tree being run, held by its runner */
	int inline_depth;     /* $(...) being run in this process: traps wait */
	char *stack_limit;    /* recursing below this address is an error */
	const char *builtin;  /* name of the running builtin, for messages */
};

static inline bool opt_on(const struct shell *sh, enum shell_option o)
{
	return (sh->opts & o) != 0;
}

/** True when less than MARGIN bytes of T's C stack may still be used. */
static inline bool task_stack_short(const struct task *t, size_t margin)
{
	char here;
	return &here < t->stack_limit + margin;
}

/** True when the C stack of T is nearly used up. */
static inline bool task_stack_low(const struct task *t)
{
	return task_stack_short(t, 0);
}

/** Set up and tear down. shell_free() is for leak checkers. */
void shell_init(struct shell *sh, struct task *main_task, const char *arg0);
void shell_free(struct shell *sh);

#endif
