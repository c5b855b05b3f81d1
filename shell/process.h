/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MARSH_PROCESS_H
#define MARSH_PROCESS_H

#include "jobs/job.h"
#include "shell/ast.h"
#include "shell/shell.h"

/** How the processes of a job are made from commands. */
struct launch {
	struct job *job; /* gets the process */
	bool foreground; /* the job gets the terminal under job control */
	bool async;      /* XCU 2.9.3: signals as for a background command */
	bool replace;    /* make no process: the program replaces this one */
	bool undo;       /* and when that fails this one goes on */
	int close_fd;    /* a private descriptor the child must not keep,
	                    or -1 */
};

/** Become a subshell environment in a forked child (XCU 2.13). */
void subshell_enter(struct task *t);

/**
 * Start the program PATH with ARGV (argv[-1] writable) in a new process that
 * has the task's descriptors and environment. -1 after a message, with
 * t->status set; with `replace` it returns only on failure.
 */
pid_t launch_program(
        struct task *t, const struct launch *l, const char *path, char **argv);
/**
 * Start N in a new process: a program directly where that makes no
 * difference, anything else in a forked subshell. -1 after a message.
 */
pid_t launch_node(struct task *t, const struct launch *l, const struct node *n);
/**
 * Start RUN(t, CTX) in a forked subshell environment, which ends with
 * t->status. -1 after a message.
 */
pid_t launch_code(struct task *t, const struct launch *l,
        void (*run)(struct task *t, void *ctx), void *ctx);
/** Start a forked subshell that parses and runs TEXT. -1 after a message. */
pid_t launch_text(
        struct task *t, const struct launch *l, const char *text, int lineno);
/** JOB_CONTROL and JOB_PIPEFAIL as they are to be for a new job. */
unsigned launch_job_flags(struct task *t);
/** Remember N as the job's text where job control may show it. */
void launch_set_text(struct task *t, struct job *j, const struct node *n);
/**
 * Wait for the foreground job J and set t->status. FLOW_PROMPT when it was
 * suspended: what is left of the list it was part of is given up.
 */
enum flow launch_wait(struct task *t, struct job *j);
/** Drop a job none of whose processes could be started. */
void launch_abandon(struct task *t, struct job *j);

#endif
